//! One line of a lattice: the cuts worth a look, the states that the readings so far may be in after it, and the steps
//! from the states of the line above into them, each with its score.

use rustc_hash::FxHashMap;

use super::cues::Cues;
use super::cut::Cut;
use super::judge::Judge;
use super::open::{Endings, Open, State, Tips, after, ends};
use super::reread::Differs;
use super::scores::{Known, Scores, Weighed};

/// A state this much less likely than the best of its line, in nats, is dropped.
const BEHIND: f32 = 11.0;
/// Ending the columns speaks for a reading by no more than this, in nats.
const ENDING: f32 = 4.0;
/// So much may several ways into a state add to the likeliest of them, in nats.
const MORE: f32 = 2.0;
/// At most so many states of a line are kept, for two columns and for more.
const KEPT: [usize; 2] = [20, 128];

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

/// The log of the sum of two numbers given by their logs.
#[inline]
pub(super) fn add_logs(one: f32, other: f32) -> f32 {
    let (more, less) = if one > other { (one, other) } else { (other, one) };
    // What is so much less adds nothing that a number of 32 bits could hold.
    const NOTHING: f32 = 17.0;
    if more - less < NOTHING { more + (less - more).exp().ln_1p() } else { more }
}

/// The log of a sum of numbers given by their logs.
pub fn sum_logs(logs: impl IntoIterator<Item = f32>) -> f32 {
    logs.into_iter().fold(f32::NEG_INFINITY, add_logs)
}

/// The steps into a line, and the states that they lead to.
struct Steps {
    found: FxHashMap<Tips, u16>,
    states: Vec<State>,
    /// For each state the likeliest way into it.
    likeliest: Vec<f32>,
    edges: Vec<Edge>,
}

impl Steps {
    /// No steps yet, out of so many states, with so many cuts, and so many likely steps.
    fn new(before: usize, cuts: usize, likely: usize) -> Self {
        let states = (4 * before + cuts).min(likely + 1);
        Steps {
            found: FxHashMap::with_capacity_and_hasher(states, Default::default()),
            states: Vec::with_capacity(states),
            likeliest: Vec::with_capacity(states),
            edges: Vec::with_capacity(likely + before),
        }
    }

    /// Goes from a state to what is open after a cut. Ways that differ only in how the columns began go on as one, with
    /// the beginning of the likeliest, or of the one that is wanted.
    fn go(&mut self, from: usize, state: &State, cut: usize, open: Open, score: f32, is_wanted: bool) {
        let at = usize::from(*self.found.entry(open.tips()).or_insert_with(|| {
            self.states.push(State { open, cut: cut as u16, forward: f32::NEG_INFINITY });
            self.likeliest.push(f32::NEG_INFINITY);
            (self.states.len() - 1) as u16
        }));
        let to = &mut self.states[at];
        let way = if is_wanted { f32::INFINITY } else { state.forward + score };
        if way > self.likeliest[at] {
            self.likeliest[at] = way;
            to.open = open;
        }
        to.forward = on_grid(add_logs(to.forward, state.forward + score));
        self.edges.push(Edge { from: from as u16, to: at as u16, score });
    }
}

impl Layer {
    /// Goes on from the states before with every cut, and keeps the likeliest states, and the one that is wanted. What is
    /// known of the line from before an edit is not worked out again.
    pub(super) fn new(
        Weighed { cuts, alone }: Weighed,
        before: &[State],
        (judge, cues, endings): (&Judge, &Cues, &mut Endings),
        strip: usize,
        wanted: Option<Open>,
        past: Option<(&Layer, &Differs)>,
    ) -> Layer {
        let known = past.map(|(layer, differs)| layer.known(differs));
        let scores = Scores::new((judge, cues), strip, before, (&cuts, alone), known);
        let scored: Vec<f32> = scores.steps(before, &cuts).into_iter().map(on_grid).collect();
        let rows = || before.iter().zip(scored.chunks(cuts.len()));
        let best_of = |row: &[f32]| row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let best = rows().map(|(state, row)| state.forward + best_of(row)).fold(f32::NEG_INFINITY, f32::max);
        let is_likely = |state: &State, score: f32| state.forward + score > best - BEHIND - MORE;
        let likely_of = |(state, row): (&State, &[f32])| row.iter().filter(|score| is_likely(state, **score)).count();
        let mut steps = Steps::new(before.len(), cuts.len(), rows().map(likely_of).sum());
        for (from, (state, row)) in rows().enumerate() {
            for (at, (cut, &score)) in cuts.iter().zip(row).enumerate() {
                let likely = is_likely(state, score);
                if !likely && (wanted.is_none() || cut.is_outside()) {
                    continue;
                }
                let open = after(&state.open, cut);
                let is_wanted = wanted == Some(open);
                if likely || is_wanted {
                    steps.go(from, state, at, open, score, is_wanted);
                }
            }
        }
        let is_wanted = wanted.is_some_and(|wanted| wanted.outside);
        for (at, cut) in cuts.iter().enumerate().filter(|(_, cut)| cut.is_outside()) {
            for (from, state) in before.iter().enumerate() {
                let score = scores.outside(from);
                if is_wanted || state.forward + score > best - BEHIND - ENDING {
                    let ends = endings.score(judge, cues, &state.open);
                    steps.go(from, state, at, after(&state.open, cut), on_grid(score + ends), false);
                }
            }
        }
        let mut layer = Layer { cuts, states: steps.states, edges: steps.edges, step: 0.0, scores };
        layer.prune(cues.columns(), wanted);
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

    fn prune(&mut self, columns: usize, wanted: Option<Open>) {
        /// The place of a state that is dropped.
        const NONE: u16 = u16::MAX;
        let mut forwards: Vec<f32> = self.states.iter().map(|state| state.forward).collect();
        let best = forwards.iter().copied().max_by(f32::total_cmp).unwrap_or(f32::NEG_INFINITY);
        let kept = KEPT[usize::from(columns > 2)];
        let mut least = best - BEHIND;
        if forwards.len() > kept {
            least = least.max(*forwards.select_nth_unstable_by(kept, |one, other| other.total_cmp(one)).1);
        }
        let mut places = vec![NONE; self.states.len()];
        let mut states = Vec::with_capacity(self.states.len().min(kept + 2));
        for (place, state) in places.iter_mut().zip(&self.states) {
            if state.forward >= least || Some(state.open) == wanted {
                *place = states.len() as u16;
                states.push(*state);
            }
        }
        self.edges.retain_mut(|edge| {
            edge.to = places[usize::from(edge.to)];
            edge.to != NONE
        });
        self.states = states;
    }
}
