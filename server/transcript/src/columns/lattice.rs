//! All readings of a sheet at once: for each line the cuts worth a look, and what each reading of the lines so far has
//! left open, the last cell of every column. Sums over all readings (forwards and backwards) give each cut its
//! probability. For two columns the states are nearly all kept, so the sums are exact; for more, only the likeliest.

use std::collections::HashMap;

use super::cut::{self, Cut};
use super::judge::{Cues, Judge, Step};
use super::measure::{MOST_COLUMNS, Measure};
use super::sheet::{Piece, Sheet};

/// A state this much less likely than the best of its line, in nats, is dropped.
const BEHIND: f32 = 12.0;
/// At most so many states of a line are kept, for two columns and for more.
const KEPT: [usize; 2] = [48, 96];

/// What is open after a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Open {
    /// The last cell of each column; all none outside the columns.
    last: [Option<Piece>; MOST_COLUMNS],
    /// Whether the line is outside.
    outside: bool,
}

#[derive(Clone, Copy, Debug)]
struct State {
    open: Open,
    /// Which cut of its line leads here.
    cut: u16,
    forward: f32,
    backward: f32,
}

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
    layers: Vec<Layer>,
    total: f32,
}

/// The log of the sum of two numbers given by their logs.
fn add_logs(one: f32, other: f32) -> f32 {
    let (more, less) = if one > other { (one, other) } else { (other, one) };
    if less == f32::NEG_INFINITY { more } else { more + (less - more).exp().ln_1p() }
}

/// The log of a sum of numbers given by their logs.
pub fn sum_logs(logs: impl IntoIterator<Item = f32>) -> f32 {
    logs.into_iter().fold(f32::NEG_INFINITY, add_logs)
}

/// The state before the first line.
const START: Open = Open { last: [None; MOST_COLUMNS], outside: false };

/// The scores of one line that several readings share.
struct Scores<'a, 's> {
    judge: &'a Judge,
    cues: &'a Cues<'s>,
    strip: usize,
    links: HashMap<(u8, Option<Piece>, Piece), f32>,
    skips: HashMap<(u8, Option<Piece>), f32>,
    outside: HashMap<(bool, u8), f32>,
}

impl Scores<'_, '_> {
    /// The score of a cut's cells and splits by themselves.
    fn cut(&self, cut: &Cut) -> f32 {
        let mut score = 0.0;
        for (at, &(column, piece)) in cut.cells.iter().enumerate() {
            score += self.judge.score(Step::Cell, &self.cues.cell(column.into(), piece));
            if at > 0 {
                score += self.judge.score(Step::Split, &self.cues.split(self.strip, piece.start.into()));
            }
        }
        score
    }

    fn link(&mut self, column: u8, from: Option<Piece>, to: Piece) -> f32 {
        let (judge, cues) = (self.judge, self.cues);
        let score = || judge.score(Step::Link, &cues.link(column.into(), from, to));
        *self.links.entry((column, from, to)).or_insert_with(score)
    }

    fn skip(&mut self, column: u8, last: Option<Piece>) -> f32 {
        let (judge, cues, strip) = (self.judge, self.cues, self.strip);
        let score = || judge.score(Step::Skip, &cues.skip(column.into(), last, strip));
        *self.skips.entry((column, last)).or_insert_with(score)
    }

    fn outside(&mut self, open: &Open, columns: usize) -> f32 {
        let (judge, cues, strip) = (self.judge, self.cues, self.strip);
        let (above, share) = outside_context(cues, open, columns, strip);
        let key = (above.is_some(), share.map_or(u8::MAX, |share| (share * columns as f32) as u8));
        let score = || judge.score(Step::Outside, &cues.outside(strip, above, share));
        *self.outside.entry(key).or_insert_with(score)
    }

    /// The score of going from a state to a cut, which scores `alone` by itself.
    fn step(&mut self, open: &Open, cut: &Cut, alone: f32, columns: usize) -> f32 {
        if cut.is_outside() {
            return self.outside(open, columns);
        }
        let mut score = alone;
        for column in 0..columns {
            let last = open.last[column];
            score += match cut.cell(column) {
                Some(piece) => self.link(column as u8, last, piece),
                None => self.skip(column as u8, last),
            };
        }
        score
    }
}

/// What a line outside the columns follows: the strip above where that is outside too, or the share of columns that
/// stop in the middle of a sentence.
fn outside_context(cues: &Cues, open: &Open, columns: usize, strip: usize) -> (Option<usize>, Option<f32>) {
    if open.outside {
        return (Some(strip - 1), None);
    }
    if *open == START {
        return (None, None);
    }
    let unfinished = open.last[..columns].iter().flatten().filter(|piece| cues.is_open(**piece)).count();
    (None, Some(unfinished as f32 / columns as f32))
}

/// What is open after a cut.
fn after(open: &Open, cut: &Cut) -> Open {
    let mut last = if cut.is_outside() { START.last } else { open.last };
    for &(column, piece) in &cut.cells {
        last[usize::from(column)] = Some(piece);
    }
    Open { last, outside: cut.is_outside() }
}

impl<'s> Lattice<'s> {
    /// Builds the readings of a sheet, which must not be empty. Where the true cuts are given, one for each strip,
    /// they are among those looked at, and their states are kept.
    pub fn new(sheet: &'s Sheet<'s>, measure: &'s Measure, judge: &Judge, truth: Option<&[Cut]>) -> Self {
        let cues = Cues::new(sheet, measure);
        let columns = measure.columns.len();
        let mut layers: Vec<Layer> = Vec::with_capacity(sheet.strips.len());
        let mut before = vec![State { open: START, cut: 0, forward: 0.0, backward: 0.0 }];
        let mut true_open = START;
        for strip in 0..sheet.strips.len() {
            let mut cuts = cut::cuts(sheet, measure, &cues, strip);
            let wanted = truth.map(|truth| &truth[strip]);
            if let Some(wanted) = wanted.filter(|wanted| !cuts.contains(wanted)) {
                cuts.push(wanted.clone());
            }
            true_open = wanted.map_or(true_open, |wanted| after(&true_open, wanted));
            let scores = Scores {
                judge,
                cues: &cues,
                strip,
                links: HashMap::new(),
                skips: HashMap::new(),
                outside: HashMap::new(),
            };
            let layer = Layer::new(cuts, &before, scores, columns, wanted.map(|_| true_open));
            before.clone_from(&layer.states);
            layers.push(layer);
        }
        let total = sum_logs(before.iter().map(|state| state.forward));
        let mut lattice = Lattice { sheet, measure, cues, layers, total };
        lattice.go_back();
        lattice
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
            let to = layer.states.iter().position(|state| state.open == open)?;
            let edge = layer.edges.iter().find(|edge| (usize::from(edge.from), usize::from(edge.to)) == (from, to))?;
            score += edge.score;
            from = to;
        }
        Some(score)
    }

    /// Calls `count` with every step of a reading: its kind and its input.
    pub fn steps_of(&self, reading: &[Cut], count: &mut dyn FnMut(Step, &[f32], f32)) {
        let mut open = START;
        for (strip, cut) in reading.iter().enumerate() {
            self.count(strip, &open, cut, 1.0, count);
            self.count_alone(strip, cut, 1.0, count);
            open = after(&open, cut);
        }
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
    }

    /// The steps of a cut that do not depend on what was before.
    fn count_alone(&self, strip: usize, cut: &Cut, chance: f32, count: &mut dyn FnMut(Step, &[f32], f32)) {
        for (at, &(column, piece)) in cut.cells.iter().enumerate() {
            count(Step::Cell, &self.cues.cell(column.into(), piece), chance);
            if at > 0 {
                count(Step::Split, &self.cues.split(strip, piece.start.into()), chance);
            }
        }
    }

    /// The steps of a cut that depend on what was before.
    fn count(&self, strip: usize, open: &Open, cut: &Cut, chance: f32, count: &mut dyn FnMut(Step, &[f32], f32)) {
        let columns = self.measure.columns.len();
        if cut.is_outside() {
            let (above, share) = outside_context(&self.cues, open, columns, strip);
            return count(Step::Outside, &self.cues.outside(strip, above, share), chance);
        }
        for column in 0..columns {
            let last = open.last[column];
            match cut.cell(column) {
                Some(piece) => count(Step::Link, &self.cues.link(column, last, piece), chance),
                None => count(Step::Skip, &self.cues.skip(column, last, strip), chance),
            }
        }
    }

    /// The sheet.
    pub fn sheet(&self) -> &'s Sheet<'s> {
        self.sheet
    }
}

impl Layer {
    /// Goes on from the states before with every cut, and keeps the likeliest states, and the one that is wanted.
    fn new(cuts: Vec<Cut>, before: &[State], mut scores: Scores, columns: usize, wanted: Option<Open>) -> Layer {
        let alone: Vec<f32> = cuts.iter().map(|cut| scores.cut(cut)).collect();
        let mut found: HashMap<Open, u16> = HashMap::new();
        let (mut states, mut edges): (Vec<State>, Vec<Edge>) = (Vec::new(), Vec::new());
        for (from, state) in before.iter().enumerate() {
            for (at, cut) in cuts.iter().enumerate() {
                let score = scores.step(&state.open, cut, alone[at], columns);
                let open = after(&state.open, cut);
                let to = *found.entry(open).or_insert_with(|| {
                    states.push(State { open, cut: at as u16, forward: f32::NEG_INFINITY, backward: 0.0 });
                    (states.len() - 1) as u16
                });
                let forward = &mut states[usize::from(to)].forward;
                *forward = add_logs(*forward, state.forward + score);
                edges.push(Edge { from: from as u16, to, score });
            }
        }
        let mut layer = Layer { cuts, states, edges };
        layer.prune(columns, wanted);
        layer
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
