//! All readings of a sheet at once: for each line the cuts worth a look, and what each reading of the lines so far has
//! left open, the last cell of every column. Sums over all readings (forwards and backwards) give each cut its
//! probability. Ways that differ only in the words that a column began with, on the same line, go on as one, and of very
//! many states only the likeliest are kept: for two columns the sums are all but exact.

use rustc_hash::FxHashMap;

use super::cues::{Before, Cues};
use super::cut::{self, Cut};
use super::judge::{Judge, Step};
use super::measure::{MOST_COLUMNS, Measure};
use super::open::{self, Endings, Open, START, State, Tips, after, ends};
use super::scores::Scores;
use super::sheet::Sheet;

/// A state this much less likely than the best of its line, in nats, is dropped.
const BEHIND: f32 = 9.0;
/// A lattice whose likeliest reading of the lines so far is so much less likely than another lattice's, in nats, is given
/// up: it would have no part in the answer.
const HOPELESS: f32 = 10.0;
/// Ending the columns speaks for a reading by no more than this, in nats.
const ENDING: f32 = 4.0;
/// So much may several ways into a state add to the likeliest of them, in nats.
const MORE: f32 = 2.0;
/// At most so many states of a line are kept, for two columns and for more.
const KEPT: [usize; 2] = [32, 128];

#[derive(Clone, Copy, Debug)]
struct Edge {
    from: u16,
    to: u16,
    score: f32,
}

/// The readings of one line.
#[derive(Clone, Debug)]
struct Layer {
    cuts: Vec<Cut>,
    states: Vec<State>,
    edges: Vec<Edge>,
}

/// All readings of a sheet under one measure.
#[derive(Clone, Debug)]
pub struct Lattice<'s> {
    sheet: &'s Sheet<'s>,
    measure: &'s Measure,
    cues: Cues<'s>,
    endings: Endings,
    layers: Vec<Layer>,
    total: f32,
}

/// The log of the sum of two numbers given by their logs.
fn add_logs(one: f32, other: f32) -> f32 {
    let (more, less) = if one > other { (one, other) } else { (other, one) };
    // What is so much less adds nothing that a number of 32 bits could hold.
    const NOTHING: f32 = 17.0;
    if more - less < NOTHING { more + (less - more).exp().ln_1p() } else { more }
}

/// The log of a sum of numbers given by their logs.
pub fn sum_logs(logs: impl IntoIterator<Item = f32>) -> f32 {
    logs.into_iter().fold(f32::NEG_INFINITY, add_logs)
}

impl<'s> Lattice<'s> {
    /// Builds the readings of a sheet, which must not be empty. Where the true cuts are given, one for each strip,
    /// they are among those looked at, and their states are kept.
    pub fn new(sheet: &'s Sheet<'s>, measure: &'s Measure, judge: &Judge, truth: Option<&[Cut]>) -> Self {
        let mut lattice = Self::start(sheet, measure);
        while lattice.layers.len() < sheet.strips.len() {
            lattice.go_on(judge, truth);
        }
        lattice.end(judge);
        lattice
    }

    /// The same; none where other lattices of the sheet show soon that this one has no hope.
    pub fn beside(sheet: &'s Sheet<'s>, measure: &'s Measure, judge: &Judge, others: &[Lattice]) -> Option<Self> {
        let mut lattice = Self::start(sheet, measure);
        while lattice.layers.len() < sheet.strips.len() {
            lattice.go_on(judge, None);
            let at = lattice.layers.len() - 1;
            let others = others.iter().map(|other| other.layers[at].best()).fold(f32::NEG_INFINITY, f32::max);
            if lattice.layers[at].best() < others - HOPELESS {
                return None;
            }
        }
        lattice.end(judge);
        Some(lattice)
    }

    fn start(sheet: &'s Sheet<'s>, measure: &'s Measure) -> Self {
        let layers = Vec::with_capacity(sheet.strips.len());
        Lattice { sheet, measure, cues: Cues::new(sheet, measure), endings: Endings::default(), layers, total: 0.0 }
    }

    /// Takes in the next strip.
    fn go_on(&mut self, judge: &Judge, truth: Option<&[Cut]>) {
        const FIRST: &[State] = &[State { open: START, cut: 0, forward: 0.0, backward: 0.0 }];
        let strip = self.layers.len();
        let mut cuts = cut::cuts(self.sheet, self.measure, &self.cues, strip);
        if let Some(wanted) = truth.map(|truth| &truth[strip]).filter(|wanted| !cuts.contains(wanted)) {
            cuts.push(wanted.clone());
        }
        let wanted = truth.map(|truth| truth[..=strip].iter().fold(START, |open, cut| after(&open, cut)));
        let before = self.layers.last().map_or(FIRST, |layer| &layer.states);
        let layer = Layer::new(cuts, before, judge, (&self.cues, &mut self.endings), strip, wanted);
        self.layers.push(layer);
    }

    /// Ends the columns that are open after the last strip, and sums up.
    fn end(&mut self, judge: &Judge) {
        let Some(layer) = self.layers.last_mut() else { return };
        let (cues, endings) = (&self.cues, &mut self.endings);
        layer.states.iter_mut().for_each(|state| state.backward = endings.score(judge, cues, &state.open));
        self.total = sum_logs(layer.states.iter().map(|state| state.forward + state.backward));
        self.go_back();
    }

    /// Adds to the score of each line of one cell what speaks for its column, a row for each strip, and sums up anew.
    pub fn lean(&mut self, homes: &[[f32; MOST_COLUMNS]]) {
        let mut before = vec![0.0];
        for (layer, home) in self.layers.iter_mut().zip(homes) {
            let lone: Vec<f32> = layer
                .cuts
                .iter()
                .map(|cut| match cut.cells[..] {
                    [(column, _)] => home[usize::from(column)],
                    _ => 0.0,
                })
                .collect();
            layer.states.iter_mut().for_each(|state| state.forward = f32::NEG_INFINITY);
            for edge in &mut layer.edges {
                let to = &mut layer.states[usize::from(edge.to)];
                edge.score += lone[usize::from(to.cut)];
                to.forward = add_logs(to.forward, before[usize::from(edge.from)] + edge.score);
            }
            before = layer.states.iter().map(|state| state.forward).collect();
        }
        let last = self.layers.last().map_or(&[][..], |layer| &layer.states);
        self.total = sum_logs(last.iter().map(|state| state.forward + state.backward));
        self.go_back();
    }

    /// Fills in the sums of all readings of the lines below each state.
    fn go_back(&mut self) {
        for at in (1..self.layers.len()).rev() {
            let (above, below) = self.layers.split_at_mut(at);
            let (above, below) = (&mut above[at - 1], &below[0]);
            above.states.iter_mut().for_each(|state| state.backward = f32::NEG_INFINITY);
            for edge in &below.edges {
                let from = &mut above.states[usize::from(edge.from)];
                from.backward = add_logs(from.backward, edge.score + below.states[usize::from(edge.to)].backward);
            }
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
        for state in &layer.states {
            cuts[usize::from(state.cut)].1 += (state.forward + state.backward - self.total).exp();
        }
        cuts
    }

    /// The score of a reading, one cut for each strip; none where the lattice does not hold it.
    pub fn score(&self, reading: &[Cut]) -> Option<f32> {
        let (mut open, mut from, mut score) = (START, 0, 0.0);
        for (layer, cut) in self.layers.iter().zip(reading) {
            open = after(&open, cut);
            let to = layer.states.iter().position(|state| state.open.tips() == open.tips())?;
            let edge = layer.edges.iter().find(|edge| (usize::from(edge.from), usize::from(edge.to)) == (from, to))?;
            score += edge.score;
            from = to;
        }
        let last = self.layers.last()?;
        Some(score + last.states[from].backward)
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
        /// Less likely steps are left out.
        const LEAST: f32 = 1e-4;
        let start = [State { open: START, cut: 0, forward: 0.0, backward: 0.0 }];
        for (strip, layer) in self.layers.iter().enumerate() {
            let before = strip.checked_sub(1).map_or(&start[..], |above| &self.layers[above].states);
            for (cut, chance) in self.cuts(strip).iter().filter(|(_, chance)| *chance > LEAST) {
                self.count_alone(strip, cut, *chance, count);
            }
            for edge in &layer.edges {
                let (from, to) = (&before[usize::from(edge.from)], &layer.states[usize::from(edge.to)]);
                let chance = (from.forward + edge.score + to.backward - self.total).exp();
                if chance > LEAST {
                    self.count(strip, &from.open, &layer.cuts[usize::from(to.cut)], chance, count);
                }
            }
        }
        for state in self.layers.last().map(|layer| &layer.states).into_iter().flatten() {
            self.count_end(&state.open, (state.forward + state.backward - self.total).exp(), count);
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

/// The steps into a line, and the states that they lead to.
#[derive(Default)]
struct Steps {
    found: FxHashMap<Tips, u16>,
    states: Vec<State>,
    /// For each state the likeliest way into it.
    likeliest: Vec<f32>,
    edges: Vec<Edge>,
}

impl Steps {
    /// Goes from a state to what is open after a cut. Ways that differ only in how the columns began go on as one, with
    /// the beginning of the likeliest, or of the one that is wanted.
    fn go(&mut self, from: usize, state: &State, cut: usize, open: Open, score: f32, is_wanted: bool) {
        let states = &mut self.states;
        let to = *self.found.entry(open.tips()).or_insert_with(|| {
            states.push(State { open, cut: cut as u16, forward: f32::NEG_INFINITY, backward: 0.0 });
            self.likeliest.push(f32::NEG_INFINITY);
            (states.len() - 1) as u16
        });
        let way = if is_wanted { f32::INFINITY } else { state.forward + score };
        if way > self.likeliest[usize::from(to)] {
            self.likeliest[usize::from(to)] = way;
            states[usize::from(to)].open = open;
        }
        let forward = &mut states[usize::from(to)].forward;
        *forward = add_logs(*forward, state.forward + score);
        self.edges.push(Edge { from: from as u16, to, score });
    }
}

impl Layer {
    /// Goes on from the states before with every cut, and keeps the likeliest states, and the one that is wanted.
    fn new(
        cuts: Vec<Cut>,
        before: &[State],
        judge: &Judge,
        (cues, endings): (&Cues, &mut Endings),
        strip: usize,
        wanted: Option<Open>,
    ) -> Layer {
        let columns = cues.columns();
        let scores = Scores::new(judge, cues, strip, before, &cuts, columns);
        let scored = scores.steps(before, &cuts);
        let forward = |from: usize, at: usize| before[from].forward + scored[from * cuts.len() + at];
        let pairs = || (0..before.len()).flat_map(|from| (0..cuts.len()).map(move |at| (from, at)));
        let best = pairs().map(|(from, at)| forward(from, at)).fold(f32::NEG_INFINITY, f32::max);
        let mut steps = Steps::default();
        steps.found.reserve(2 * before.len());
        for (from, at) in pairs() {
            let likely = forward(from, at) > best - BEHIND - MORE;
            if !likely && (wanted.is_none() || cuts[at].is_outside()) {
                continue;
            }
            let open = after(&before[from].open, &cuts[at]);
            let is_wanted = wanted == Some(open);
            if likely || is_wanted {
                steps.go(from, &before[from], at, open, scored[from * cuts.len() + at], is_wanted);
            }
        }
        let is_wanted = wanted.is_some_and(|wanted| wanted.outside);
        let mut contexts: Vec<(Before, f32)> = Vec::new();
        for (at, cut) in cuts.iter().enumerate().filter(|(_, cut)| cut.is_outside()) {
            for (from, state) in before.iter().enumerate() {
                let context = open::before(cues, &state.open, columns);
                let known = contexts.iter().find(|(other, _)| *other == context).map(|(_, score)| *score);
                let score = known.unwrap_or_else(|| {
                    let score = judge.score(Step::Outside, &cues.outside(strip, context));
                    contexts.push((context, score));
                    score
                });
                if is_wanted || state.forward + score > best - BEHIND - ENDING {
                    let ends = endings.score(judge, cues, &state.open);
                    steps.go(from, state, at, after(&state.open, cut), score + ends, false);
                }
            }
        }
        let mut layer = Layer { cuts, states: steps.states, edges: steps.edges };
        layer.prune(columns, wanted);
        layer
    }

    /// The log of how likely the likeliest way to this line is, with those that go on as one with it.
    fn best(&self) -> f32 {
        self.states.iter().map(|state| state.forward).fold(f32::NEG_INFINITY, f32::max)
    }

    fn prune(&mut self, columns: usize, wanted: Option<Open>) {
        let mut forwards: Vec<f32> = self.states.iter().map(|state| state.forward).collect();
        forwards.sort_by(|one, other| other.total_cmp(one));
        let kept = KEPT[usize::from(columns > 2)];
        let least = (forwards[0] - BEHIND).max(forwards.get(kept).copied().unwrap_or(f32::NEG_INFINITY));
        let mut places = vec![None; self.states.len()];
        let mut states = Vec::new();
        for (place, state) in places.iter_mut().zip(&self.states) {
            if state.forward >= least || Some(state.open) == wanted {
                *place = Some(states.len() as u16);
                states.push(*state);
            }
        }
        self.edges.retain_mut(|edge| match places[usize::from(edge.to)] {
            Some(place) => {
                edge.to = place;
                true
            }
            None => false,
        });
        self.states = states;
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::Facts;
    use super::super::judge::Judge;
    use super::super::junction::{Junctions, VECTOR};
    use super::super::weights::{Dense, Weights};
    use super::super::width::Face;
    use super::*;

    /// Junctions and a judge with some numbers in them: what a lattice sums up does not depend on their being wise.
    fn junctions() -> Junctions {
        let some = |length: usize| (0..length).map(|at| ((at * 37 % 101) as f32 - 50.0) / 90.0).collect::<Vec<f32>>();
        let weights = Weights { vectors: some(VECTOR << 6), meetings: some(1 << 8), dense: some(Dense::LENGTH) };
        Junctions::from_bytes(&weights.to_bytes()).expect("a file just made is read back")
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
        let facts = text.lines().enumerate().map(|(line, text)| (line, Facts::new(text, 0)));
        let sheet = Sheet::new(facts, &junctions);
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
