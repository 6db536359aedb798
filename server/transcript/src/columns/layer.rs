//! One line of a lattice: the cuts worth a look, the states that the readings so far may be in after it, and the steps
//! from the states of the line above into them, each with its score.

use rustc_hash::FxHashMap;

use super::cues::Cues;
use super::cut::Cut;
use super::judge::Judge;
use super::logs::sums_of;
use super::open::{Endings, Open, State, Tips, after, ends};
use super::reread::Differs;
use super::scores::{Known, Scores, Weighed};

/// A state this much less likely than the best of its line, in nats, is dropped; and one inside the columns that is so much less
/// likely than the best of these (with the second). A block pays for its beginning at once and earns it line by line, so that
/// inside and outside may lie far apart for a while; readings inside differ by a line or two.
const BEHIND: f32 = 11.0;
const BEHIND_INSIDE: f32 = 7.0;
/// Ending the columns speaks for a reading by no more than this, in nats.
const ENDING: f32 = 4.0;
/// So much may several ways into a state add to the likeliest of them, in nats.
const MORE: f32 = 2.0;

/// How many states of a line are kept at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breadth {
    /// So many that hardly a reading is lost.
    Full,
    /// Enough to see whether a guess at the measure has any hope.
    Trial,
}

impl Breadth {
    fn kept(self, columns: usize) -> usize {
        match (columns, self) {
            (_, Breadth::Trial) => 8,
            (..=2, _) => 16,
            (_, Breadth::Full) => 80,
        }
    }
}

/// No state.
const NONE: u16 = u16::MAX;

/// A step from a state of the line above into one of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) from: u16,
    pub(super) to: u16,
    pub(super) score: f32,
}

/// The readings of one line.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    pub(super) cuts: Vec<Cut>,
    pub(super) states: Vec<State>,
    pub(super) edges: Vec<Edge>,
    /// How likely the likeliest state is, as a log, against the likeliest one of the line above.
    pub(super) step: f32,
    scores: Scores,
}

/// A number to the nearest of a grid, a four-thousandth apart. Sums of numbers on it lie on it, so that readings which an
/// edit makes likelier by the same are weighed against one another as before it, bit for bit: what it changes dies out a few
/// lines further down.
fn on_grid(number: f32) -> f32 {
    // Numbers of this size lie as far apart as those of the grid.
    const APART: f32 = 3072.0;
    (number + APART) - APART
}

/// Which of the states before are alike to a cut: they differ in nothing but the cells on which its own follow, so that it leads
/// from all of them into one state. The same are so for all cuts with cells in the same columns.
struct Alike<'s> {
    before: &'s [State],
    /// For the columns in which cuts have cells, a bit each: a number for each state, the same for those that are alike.
    classes: Vec<(u8, Vec<u16>)>,
}

impl<'s> Alike<'s> {
    fn new(before: &'s [State]) -> Self {
        Alike { before, classes: Vec::new() }
    }

    /// For each state before, a number: the same for those that are alike to the cut, less than there are states.
    fn to(&mut self, cut: &Cut) -> &[u16] {
        let columns = cut.cells.iter().fold(0, |columns, (column, _)| columns | 1 << column);
        let known = self.classes.iter().position(|(other, _)| *other == columns);
        let at = known.unwrap_or_else(|| {
            let mut found = FxHashMap::<Tips, u16>::with_capacity_and_hasher(self.before.len(), Default::default());
            let mut class = |state: &State| {
                let next = found.len() as u16;
                *found.entry(after(&state.open, cut).tips()).or_insert(next)
            };
            self.classes.push((columns, self.before.iter().map(&mut class).collect()));
            self.classes.len() - 1
        });
        &self.classes[at].1
    }
}

/// The steps into a line, and the states that they lead to.
struct Steps<'s> {
    before: &'s [State],
    states: Vec<State>,
    /// For each state the likeliest way into it.
    likeliest: Vec<f32>,
    edges: Vec<Edge>,
}

impl<'s> Steps<'s> {
    /// The steps from some states with some cuts, but for those hardly likely; `ended` tells what it scores to end the columns
    /// that are open.
    fn of(
        cuts: &[Cut],
        scores: &Scores,
        before: &'s [State],
        wanted: Option<Open>,
        mut ended: impl FnMut(&Open) -> f32,
    ) -> Self {
        let scored: Vec<f32> = scores.steps(before, cuts).into_iter().map(on_grid).collect();
        let rows = || before.iter().zip(scored.chunks(cuts.len()));
        let best_of = |row: &[f32]| row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let best = rows().map(|(state, row)| state.forward + best_of(row)).fold(f32::NEG_INFINITY, f32::max);
        let is_likely = |state: &State, score: f32| state.forward + score > best - BEHIND_INSIDE - MORE;
        let mut steps = Steps { before, states: Vec::new(), likeliest: Vec::new(), edges: Vec::new() };
        let (mut alike, mut to) = (Alike::new(before), vec![NONE; before.len()]);
        for (at, cut) in cuts.iter().enumerate() {
            let alike = alike.to(cut);
            to.fill(NONE);
            for (from, state) in before.iter().enumerate() {
                let is_wanted = wanted.is_some_and(|wanted| wanted == after(&state.open, cut));
                let (score, likely) = if cut.is_outside() {
                    let score = scores.outside(from);
                    let likely = state.forward + score > best - BEHIND - ENDING;
                    let ends = if likely || is_wanted { ended(&state.open) } else { 0.0 };
                    (on_grid(score + ends), likely)
                } else {
                    let score = scored[from * cuts.len() + at];
                    (score, is_likely(state, score))
                };
                if likely || is_wanted {
                    steps.go(from, (at, cut), &mut to[usize::from(alike[from])], score, is_wanted);
                }
            }
        }
        steps
    }

    /// Goes from a state with a cut; `to` is where those lead that are alike to it, as far as that is known yet. Ways that differ
    /// only in how the columns began go on as one, with the beginning of the likeliest, or of the one that is wanted.
    fn go(&mut self, from: usize, (at, cut): (usize, &Cut), to: &mut u16, score: f32, is_wanted: bool) {
        let state = &self.before[from];
        let way = if is_wanted { f32::INFINITY } else { state.forward + score };
        if *to == NONE {
            *to = self.states.len() as u16;
            self.states.push(State { open: after(&state.open, cut), cut: at as u16, forward: 0.0 });
            self.likeliest.push(way);
        } else if way > self.likeliest[usize::from(*to)] {
            self.likeliest[usize::from(*to)] = way;
            self.states[usize::from(*to)].open = after(&state.open, cut);
        }
        self.edges.push(Edge { from: from as u16, to: *to, score });
    }

    /// The states, each with how likely all ways into it are, and the steps.
    fn done(mut self) -> (Vec<State>, Vec<Edge>) {
        let forward = |edge: &Edge| self.before[usize::from(edge.from)].forward + edge.score;
        let sums = sums_of(self.states.len(), self.edges.iter().map(|edge| (usize::from(edge.to), forward(edge))));
        self.states.iter_mut().zip(sums).for_each(|(state, sum)| state.forward = on_grid(sum));
        (self.states, self.edges)
    }
}

impl Layer {
    /// Goes on from the states before with every cut, and keeps the likeliest states, and the one that is wanted. What is
    /// known of the line from before an edit is not worked out again.
    pub(super) fn new(
        Weighed { cuts, alone }: Weighed,
        before: &[State],
        (judge, cues, endings): (&Judge, &Cues, &mut Endings),
        (strip, breadth): (usize, Breadth),
        wanted: Option<Open>,
        past: Option<(&Layer, &Differs)>,
    ) -> Layer {
        let known = past.map(|(layer, differs)| layer.known(differs));
        let scores = Scores::new((judge, cues), strip, before, (&cuts, alone), known);
        let ended = |open: &Open| endings.score(judge, cues, open);
        let (states, edges) = Steps::of(&cuts, &scores, before, wanted, ended).done();
        let mut layer = Layer { cuts, states, edges, step: 0.0, scores };
        layer.prune(breadth.kept(cues.columns()), wanted);
        layer.step = layer.states.iter().map(|state| state.forward).fold(f32::NEG_INFINITY, f32::max);
        layer.states.iter_mut().for_each(|state| state.forward -= layer.step);
        layer
    }

    /// What is known of the line after an edit.
    fn known<'k>(&'k self, differs: &'k Differs) -> Known<'k> {
        Known { cuts: &self.cuts, scores: &self.scores, differs }
    }

    /// The ways to cut the line that may have a part in a reading, where they stand after an edit.
    pub(super) fn weighed(&self, cues: &Cues, strip: usize, differs: &Differs) -> Option<Weighed> {
        self.known(differs).weighed(cues, strip)
    }

    /// Whether all that was worked out of the line stands after an edit, if the states before it are as they were.
    pub(super) fn stands(&self, before: &[State], cues: &Cues, strip: usize, differs: &Differs) -> bool {
        let ends = || before.iter().flat_map(|state| ends(&state.open, cues.columns()));
        differs.looks_same(strip)
            && self.known(differs).stands(cues, strip)
            && ends().all(|end| end.stands(cues.sheet(), differs))
    }

    /// Drops all states but so many, the likeliest, and the one that is wanted, and the steps into them.
    fn prune(&mut self, kept: usize, wanted: Option<Open>) {
        let mut forwards: Vec<f32> = self.states.iter().map(|state| state.forward).collect();
        let best = |is_outside: bool| {
            let those = self.states.iter().filter(|state| state.open.outside == is_outside);
            those.map(|state| state.forward).fold(f32::NEG_INFINITY, f32::max)
        };
        let (inside, outside) = (best(false), best(true));
        let mut least = inside.max(outside) - BEHIND;
        if forwards.len() > kept {
            least = least.max(*forwards.select_nth_unstable_by(kept, |one, other| other.total_cmp(one)).1);
        }
        let least_inside = least.max(inside - BEHIND_INSIDE);
        let is_kept = |state: &State| {
            state.forward >= if state.open.outside { least } else { least_inside } || Some(state.open) == wanted
        };
        let mut places = vec![NONE; self.states.len()];
        let mut states = Vec::with_capacity(self.states.len().min(kept + 2));
        for (place, state) in places.iter_mut().zip(&self.states).filter(|(_, state)| is_kept(state)) {
            *place = states.len() as u16;
            states.push(*state);
        }
        self.edges.retain_mut(|edge| {
            edge.to = places[usize::from(edge.to)];
            edge.to != NONE
        });
        self.states = states;
    }
}
