//! All readings of a sheet at once: for each line the cuts worth a look, and what each reading of the lines so far has
//! left open, the last cell of every column. Sums over all readings (forwards and backwards) give each cut its
//! probability. Ways that differ only in the words that a column began with, on the same line, go on as one, and of very
//! many states only the likeliest are kept: for two columns the sums are all but exact.

use super::cues::{COMMON, Cues};
use super::cut::{self, Cut};
use super::judge::{Judge, Step};
use super::layer::{Breadth, Edge, Layer};
use super::logs::{sum_logs, sums_of};
use super::measure::{MOST_COLUMNS, Measure};
use super::open::{self, Endings, Open, START, State, after, ends};
use super::reread::Differs;
use super::scores::Weighed;
use super::sheet::Sheet;

/// A lattice whose likeliest reading of the lines so far is so much less likely than another lattice's, in nats, is given
/// up: it would have hardly any part in the answer.
const HOPELESS: f64 = 4.5;
/// The same of three columns and more, which need some lines to show what speaks for them.
const HOPELESS_OF_MORE: f64 = 6.0;

/// So much more is granted to one of which few states are kept.
const ON_TRIAL: f64 = 2.0;

/// All readings of a sheet under one measure.
#[derive(Clone, Debug)]
pub struct Lattice<'s> {
    sheet: &'s Sheet<'s>,
    measure: &'s Measure,
    breadth: Breadth,
    cues: Cues<'s>,
    endings: Endings,
    layers: Vec<Layer>,
    /// The log of how likely the likeliest way to each layer is, with those that go on as one with it.
    bests: Vec<f64>,
    /// For each strip what speaks for each column as the one of a line of one cell; none as long as nothing does.
    homes: Vec<[f32; MOST_COLUMNS]>,
    /// For each state of each layer the logs of the sums of all readings of the lines so far that end in it, and of all
    /// readings of the lines below.
    sums: Vec<Vec<[f32; 2]>>,
    total: f32,
    /// What was worked out before an edit, as far as the strips have not come to it yet.
    past: Option<(Past, &'s Differs)>,
    /// Whether the last layer is one from before the edit.
    stands: bool,
}

/// What was worked out of the readings of a sheet under one measure.
#[derive(Clone, Debug)]
pub struct Past {
    measure: Measure,
    breadth: Breadth,
    common: [f32; COMMON],
    endings: Endings,
    layers: Vec<Layer>,
}

/// Steps less likely than this are left out.
const LEAST: f32 = 1e-4;

/// The state above the first line.
const FIRST: &[State] = &[State { open: START, cut: 0, forward: 0.0 }];

impl<'s> Lattice<'s> {
    /// Builds the readings of a sheet, which must not be empty. Where the true cuts are given, one for each strip,
    /// they are among those looked at, and their states are kept.
    pub fn new(sheet: &'s Sheet<'s>, measure: &'s Measure, judge: &Judge, truth: Option<&[Cut]>) -> Self {
        let mut lattice = Self::start(sheet, (measure, Breadth::Full));
        while lattice.layers.len() < sheet.strips.len() {
            lattice.go_on(judge, truth);
        }
        lattice.end(judge);
        lattice
    }

    /// No readings yet, of which so many will be kept; what was worked out before an edit, if that is known of this measure, is
    /// taken over where it stands.
    pub fn again(
        sheet: &'s Sheet<'s>,
        (measure, breadth): (&'s Measure, Breadth),
        past: &mut Vec<Past>,
        differs: Option<&'s Differs>,
    ) -> Self {
        let mut lattice = Self::start(sheet, (measure, breadth));
        let common = |common: &[f32; COMMON]| common.map(f32::to_bits);
        let same = |past: &Past| {
            past.measure == *measure && past.breadth == breadth && common(&past.common) == common(lattice.cues.common())
        };
        let known = past.iter().position(same).zip(differs);
        if let Some((at, differs)) = known {
            let mut past = past.swap_remove(at);
            lattice.endings = std::mem::take(&mut past.endings);
            lattice.endings.keep(sheet, differs);
            lattice.past = Some((past, differs));
        }
        lattice
    }

    /// Reads the sheet; false where other lattices of it show soon that this one has no hope, or where it is not so much
    /// likelier than they down to some line as `lead` says, given how many lines that are.
    pub fn read_beside(&mut self, judge: &Judge, others: &[Lattice], lead: impl Fn(usize) -> f64) -> bool {
        let hopeless = if self.columns() > 2 { HOPELESS_OF_MORE } else { HOPELESS };
        let granted = if self.breadth == Breadth::Trial { ON_TRIAL } else { 0.0 };
        while self.layers.len() < self.sheet.strips.len() {
            let at = self.layers.len();
            self.go_on(judge, None);
            let others = others.iter().map(|other| other.bests[at]).fold(f64::NEG_INFINITY, f64::max);
            if self.bests[at] < others + lead(at + 1).max(-hopeless) - granted {
                return false;
            }
        }
        self.end(judge);
        true
    }

    /// What is to be remembered of it.
    pub fn into_past(self) -> Past {
        let Lattice { measure, breadth, endings, layers, .. } = self;
        Past { measure: measure.clone(), breadth, common: *self.cues.common(), endings, layers }
    }

    fn start(sheet: &'s Sheet<'s>, (measure, breadth): (&'s Measure, Breadth)) -> Self {
        Lattice {
            sheet,
            measure,
            breadth,
            cues: Cues::new(sheet, measure),
            endings: Endings::default(),
            layers: Vec::with_capacity(sheet.strips.len()),
            bests: Vec::with_capacity(sheet.strips.len()),
            homes: Vec::new(),
            sums: Vec::new(),
            total: 0.0,
            past: None,
            stands: true,
        }
    }

    /// Takes in the next strip.
    fn go_on(&mut self, judge: &Judge, truth: Option<&[Cut]>) {
        let layer = self.next(judge, truth);
        self.bests.push(self.bests.last().copied().unwrap_or_default() + f64::from(layer.step));
        self.layers.push(layer);
    }

    fn next(&mut self, judge: &Judge, truth: Option<&[Cut]>) -> Layer {
        let strip = self.layers.len();
        let before = self.layers.last().map_or(FIRST, |layer| &layer.states);
        let (mut weighed, mut known) = (None, None);
        if let Some((past, differs)) = &mut self.past
            && strip < past.layers.len()
        {
            self.stands = (self.stands || past.layers[strip - 1].states == *before)
                && past.layers[strip].stands(before, &self.cues, strip, differs);
            if self.stands {
                return std::mem::take(&mut past.layers[strip]);
            }
            let differs: &Differs = differs;
            weighed = past.layers[strip].weighed(&self.cues, strip, differs);
            known = Some((&past.layers[strip], differs));
        }
        let weigh = (judge, &self.cues);
        let looked_at = || cut::cuts(self.sheet, self.measure, &self.cues, strip);
        let mut weighed = weighed.unwrap_or_else(|| Weighed::of(weigh, strip, looked_at()));
        if let Some(wanted) = truth.map(|truth| &truth[strip]).filter(|wanted| !weighed.cuts.contains(wanted)) {
            weighed.add(weigh, strip, wanted);
        }
        let wanted = truth.map(|truth| truth[..=strip].iter().fold(START, |open, cut| after(&open, cut)));
        Layer::new(weighed, before, (judge, &self.cues, &mut self.endings), (strip, self.breadth), wanted, known)
    }

    /// Ends the columns that are open after the last strip, and sums up.
    fn end(&mut self, judge: &Judge) {
        let forward = |best: f64, state: &State| (best + f64::from(state.forward)) as f32;
        let sums =
            |(layer, &best): (&Layer, &f64)| layer.states.iter().map(|state| [forward(best, state), 0.0]).collect();
        self.sums = self.layers.iter().zip(&self.bests).map(sums).collect();
        let Some((layer, sums)) = self.layers.last().zip(self.sums.last_mut()) else { return };
        let ended = |state: &State| self.endings.score(judge, &self.cues, &state.open);
        sums.iter_mut().zip(layer.states.iter().map(ended)).for_each(|(sums, ended)| sums[1] = ended);
        self.sum_up();
    }

    /// Adds to the score of each line of one cell what speaks for its column, a row for each strip, and sums up anew.
    pub fn lean(&mut self, homes: Vec<[f32; MOST_COLUMNS]>) {
        self.homes = homes;
        let first = [[0.0; 2]];
        for at in 0..self.layers.len() {
            let (above, below) = self.sums.split_at_mut(at);
            let before = above.last().map_or(&first[..], |above| above);
            let (layer, sums) = (&self.layers[at], &mut below[0]);
            let leans: Vec<f32> = layer.cuts.iter().map(|cut| leaning(&self.homes, at, cut)).collect();
            let way = |edge: &Edge| {
                let (from, to) = (usize::from(edge.from), usize::from(edge.to));
                (to, before[from][0] + edge.score + leans[usize::from(layer.states[to].cut)])
            };
            let forwards = sums_of(sums.len(), layer.edges.iter().map(way));
            sums.iter_mut().zip(forwards).for_each(|(sums, forward)| sums[0] = forward);
        }
        self.sum_up();
    }

    /// Fills in the sums of all readings of the lines below each state, but for the last line, where they are known.
    fn sum_up(&mut self) {
        let last = self.sums.last().map_or(&[][..], |sums| sums);
        self.total = sum_logs(last.iter().map(|[forward, backward]| forward + backward));
        for at in (1..self.layers.len()).rev() {
            let (above, below) = self.sums.split_at_mut(at);
            let (above, below, layer) = (&mut above[at - 1], &below[0], &self.layers[at]);
            let leans: Vec<f32> = layer.cuts.iter().map(|cut| leaning(&self.homes, at, cut)).collect();
            let way = |edge: &Edge| {
                let (from, to) = (usize::from(edge.from), usize::from(edge.to));
                (from, edge.score + leans[usize::from(layer.states[to].cut)] + below[to][1])
            };
            let backwards = sums_of(above.len(), layer.edges.iter().map(way));
            above.iter_mut().zip(backwards).for_each(|(sums, backward)| sums[1] = backward);
        }
    }

    /// The log of the sum over all readings.
    pub fn total(&self) -> f32 {
        self.total
    }

    /// The cuts of a strip, each with its probability.
    pub fn cuts(&self, strip: usize) -> Vec<(Cut, f32)> {
        let layer = &self.layers[strip];
        let mut cuts: Vec<(Cut, f32)> = layer.cuts.iter().map(|cut| (cut.clone(), 0.0)).collect();
        for (state, [forward, backward]) in layer.states.iter().zip(&self.sums[strip]) {
            cuts[usize::from(state.cut)].1 += (forward + backward - self.total).exp();
        }
        cuts
    }

    /// How likely a strip is part of the columns.
    pub(super) fn inside(&self, strip: usize) -> f32 {
        let inside = self.layers[strip].states.iter().zip(&self.sums[strip]).filter(|(state, _)| !state.open.outside);
        inside.map(|(_, [forward, backward])| (forward + backward - self.total).exp()).sum()
    }

    /// Calls `count` with the steps from the strip above into a strip: the cuts of both, by their places in
    /// [`Lattice::cuts`], the one above first, and how likely it is. Hardly likely ones are left out.
    pub fn pairs(&self, strip: usize, count: &mut dyn FnMut(usize, usize, f32)) {
        let Some(above) = strip.checked_sub(1) else { return };
        let (layer, before) = (&self.layers[strip], &self.layers[above]);
        let cut = |of: &Layer, state: u16| usize::from(of.states[usize::from(state)].cut);
        for (edge, chance) in self.likely(strip) {
            count(cut(before, edge.from), cut(layer, edge.to), chance);
        }
    }

    /// The steps into a strip, each with its probability; those hardly likely are left out.
    fn likely(&self, strip: usize) -> impl Iterator<Item = (&Edge, f32)> {
        let (layer, above) = (&self.layers[strip], strip.checked_sub(1));
        let chance = move |edge: &Edge| {
            let (from, to) = (usize::from(edge.from), usize::from(edge.to));
            let forward = above.map_or(0.0, |above| self.sums[above][from][0]);
            let score = edge.score + leaning(&self.homes, strip, &layer.cuts[usize::from(layer.states[to].cut)]);
            (forward + score + self.sums[strip][to][1] - self.total).exp()
        };
        layer.edges.iter().map(move |edge| (edge, chance(edge))).filter(|(_, chance)| *chance > LEAST)
    }

    /// The score of a reading, one cut for each strip; none where the lattice does not hold it.
    pub fn score(&self, reading: &[Cut]) -> Option<f32> {
        let (mut open, mut from, mut score) = (START, 0, 0.0);
        for (strip, (layer, cut)) in self.layers.iter().zip(reading).enumerate() {
            open = after(&open, cut);
            let to = layer.states.iter().position(|state| state.open.tips() == open.tips())?;
            let edge = layer.edges.iter().find(|edge| (usize::from(edge.from), usize::from(edge.to)) == (from, to))?;
            score += edge.score + leaning(&self.homes, strip, cut);
            from = to;
        }
        Some(score + self.sums.last()?[from][1])
    }

    /// Calls `count` with every step of a reading: the strip, past the last one for the end, its kind and its input.
    pub fn steps_of(&self, reading: &[Cut], count: &mut dyn FnMut(usize, Step, &[f32])) {
        let mut open = START;
        for (strip, cut) in reading.iter().enumerate() {
            let count = &mut |step: Step, input: &[f32], _: f32| count(strip, step, input);
            self.count(strip, &open, cut, 1.0, count);
            self.count_alone(strip, cut, 1.0, count);
            open = after(&open, cut);
        }
        self.count_end(&open, 1.0, &mut |step, input, _| count(reading.len(), step, input));
    }

    /// Calls `count` with every step of all readings, each with its probability.
    pub fn steps(&self, count: &mut dyn FnMut(Step, &[f32], f32)) {
        for (strip, layer) in self.layers.iter().enumerate() {
            let above = strip.checked_sub(1);
            let before = above.map_or(FIRST, |above| &self.layers[above].states);
            for (cut, chance) in self.cuts(strip).iter().filter(|(_, chance)| *chance > LEAST) {
                self.count_alone(strip, cut, *chance, count);
            }
            for (edge, chance) in self.likely(strip) {
                let cut = &layer.cuts[usize::from(layer.states[usize::from(edge.to)].cut)];
                self.count(strip, &before[usize::from(edge.from)].open, cut, chance, count);
            }
        }
        let last = self.layers.last().zip(self.sums.last()).into_iter();
        for (state, [forward, backward]) in last.flat_map(|(layer, sums)| layer.states.iter().zip(sums)) {
            self.count_end(&state.open, (forward + backward - self.total).exp(), count);
        }
    }

    /// The steps of ending the columns that are open.
    fn count_end(&self, open: &Open, chance: f32, count: &mut dyn FnMut(Step, &[f32], f32)) {
        for end in ends(open, self.measure.columns.len()) {
            count(Step::Wrap, &self.cues.wrap(&end), chance);
        }
    }

    /// The steps of a cut that do not depend on what was before.
    fn count_alone(&self, strip: usize, cut: &Cut, chance: f32, count: &mut dyn FnMut(Step, &[f32], f32)) {
        for (at, &(column, piece)) in cut.cells.iter().enumerate() {
            count(Step::Cell, &self.cues.cell(column.into(), piece), chance);
            if at > 0 {
                count(Step::Split, &self.cues.split(strip, piece.start()), chance);
            }
        }
    }

    /// The steps of a cut that depend on what was before.
    fn count(&self, strip: usize, open: &Open, cut: &Cut, chance: f32, count: &mut dyn FnMut(Step, &[f32], f32)) {
        let columns = self.measure.columns.len();
        if cut.is_outside() {
            let before = open::before(&self.cues, open, columns);
            count(Step::Outside, &self.cues.outside(strip, before), chance);
            return self.count_end(open, chance, count);
        }
        if !open.is_inside() {
            count(Step::Start, &self.cues.start(strip, open::before(&self.cues, open, columns)), chance);
        }
        for column in 0..columns {
            let last = open.last[column];
            match cut.cell(column) {
                Some(piece) => count(Step::Link, &self.cues.link(column, last, piece), chance),
                None => count(Step::Skip, &self.cues.skip(column, last, strip), chance),
            }
        }
    }

    /// The measure.
    pub fn measure(&self) -> &'s Measure {
        self.measure
    }

    /// How many columns its measure has.
    pub fn columns(&self) -> usize {
        self.measure.columns.len()
    }

    /// Whether a strip is no wider than a column.
    pub fn is_narrow(&self, strip: usize) -> bool {
        self.cues.is_narrow(strip)
    }

    /// The sheet.
    pub fn sheet(&self) -> &'s Sheet<'s> {
        self.sheet
    }
}

/// What speaks for the column of a cut of one cell, as far as anything does.
fn leaning(homes: &[[f32; MOST_COLUMNS]], strip: usize, cut: &Cut) -> f32 {
    match (homes.get(strip), &cut.cells[..]) {
        (Some(home), [(column, _)]) => home[usize::from(*column)],
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::familiar::Familiar;
    use super::super::judge::Judge;
    use super::super::junction::{Junctions, VECTOR};
    use super::super::weights::{Dense, Weights};
    use super::super::width::Face;
    use super::*;

    /// Junctions and a judge with some numbers in them: what a lattice sums up does not depend on their being wise.
    fn junctions() -> Junctions {
        let some = |length: usize| (0..length).map(|at| ((at * 37 % 101) as f32 - 50.0) / 90.0).collect::<Vec<f32>>();
        let weights = Weights {
            vectors: some(VECTOR << 6),
            meetings: some(1 << 8),
            familiar: Familiar::with_all(),
            dense: some(Dense::LENGTH),
        };
        Junctions::from_bytes(weights.to_bytes()).expect("a file just made is read back")
    }

    fn judge() -> Judge {
        let mut judge = Judge::new();
        for net in &mut judge.nets {
            net.numbers.iter_mut().enumerate().for_each(|(at, number)| {
                *number = ((at * 53 % 97) as f32 - 48.0) / 400.0;
            });
        }
        judge
    }

    /// Every reading that can be made of the cuts of all lines.
    fn readings(lattice: &Lattice) -> Vec<Vec<Cut>> {
        let mut readings = vec![Vec::new()];
        for layer in &lattice.layers {
            readings = readings
                .iter()
                .flat_map(|reading| {
                    layer.cuts.iter().map(|cut| [reading.as_slice(), std::slice::from_ref(cut)].concat())
                })
                .collect();
        }
        readings
    }

    /// How much of the sum over all readings, counted one by one, the lattice holds; and how far the probability of
    /// any cut is off.
    fn check(text: &str, columns: usize) -> (f32, f32) {
        let (junctions, judge) = (junctions(), judge());
        let sheet = Sheet::new(text.lines().enumerate(), &junctions);
        let measure = Measure { face: Face::Sans, columns: vec![9000.0; columns] };
        let lattice = Lattice::new(&sheet, &measure, &judge, None);
        let all = readings(&lattice);
        let scored: Vec<(&Vec<Cut>, f32)> =
            all.iter().filter_map(|reading| Some((reading, lattice.score(reading)?))).collect();
        let total = sum_logs(scored.iter().map(|(_, score)| *score));
        let mut off = 0.0f32;
        for strip in 0..sheet.strips.len() {
            for (cut, chance) in lattice.cuts(strip) {
                let those = scored.iter().filter(|(reading, _)| reading[strip] == cut);
                off = off.max(((sum_logs(those.map(|(_, score)| *score)) - total).exp() - chance).abs());
            }
            // Each cut comes after one of those above.
            let cuts = lattice.cuts(strip);
            let mut after = vec![0.0; cuts.len()];
            lattice.pairs(strip, &mut |_, cut, chance| after[cut] += chance);
            let lost = cuts.iter().zip(after).map(|((_, chance), after): (_, f32)| (chance - after).abs());
            assert!(strip == 0 || lost.fold(0.0, f32::max) < 0.02, "{text:?}");
        }
        ((lattice.total() - total).exp(), off)
    }

    #[test]
    fn two_columns_are_summed_exactly() {
        let (share, off) = check("de haven lag vol schepen\nen het water was hoog\nvan de dijk\nkwam niets terug\n", 2);
        assert!((share - 1.0).abs() < 1e-3 && off < 1e-3, "{share} {off}");
    }

    #[test]
    fn three_columns_lose_little_to_pruning() {
        let (share, off) = check("de haven lag vol schepen\nen het water was hoog\nvan de dijk kwam\n", 3);
        assert!((share - 1.0).abs() < 0.02 && off < 0.02, "{share} {off}");
    }
}
