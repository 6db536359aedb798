//! Learns the weights of the junction model: logistic loss, one junction after the other, with steps that shrink for
//! each weight by itself (AdaGrad; Duchi, Hazan and Singer 2011).

use fastrand::Rng;
use transcript::columns::junction::{Dense, HIDDEN, REACH, VECTOR, Weights, slot};
use transcript::columns::word::{After, Before, FEATURES, Word, meeting};

/// Weights on their way, with the sum of the squares of the slopes seen by each.
pub(crate) struct Learner {
    pub(crate) weights: Weights,
    seen: Weights,
    rng: Rng,
}

/// The sizes of both tables, as powers of two, and the learning rates of the tables and the network.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) vectors: u32,
    pub(crate) meetings: u32,
    pub(crate) vector_rate: f32,
    pub(crate) meeting_rate: f32,
    pub(crate) dense_rate: f32,
    /// How often a word is learnt from by its ending and shape alone, as if it had never been seen.
    pub(crate) unseen: f32,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan { vectors: 16, meetings: 22, vector_rate: 0.05, meeting_rate: 0.08, dense_rate: 0.02, unseen: 0.1 }
    }
}

/// What one junction touches.
struct Touched {
    /// The rows of vectors of the word at each place.
    rows: [[usize; FEATURES]; 2 * REACH],
    present: [bool; 2 * REACH],
    vectors: [[f32; VECTOR]; 2 * REACH],
    hidden: [f32; HIDDEN],
    meetings: Vec<usize>,
}

const NOWHERE: usize = usize::MAX;

impl Learner {
    pub(crate) fn new(plan: Plan, seed: u64) -> Learner {
        let mut rng = Rng::with_seed(seed);
        let rows = VECTOR << plan.vectors;
        let mut dense = vec![0.0; Dense::LENGTH];
        let mut draw =
            |numbers: &mut [f32], size: f32| numbers.iter_mut().for_each(|number| *number = (rng.f32() - 0.5) * size);
        draw(&mut dense, 0.5);
        dense[Dense::BIAS] = 0.0;
        let mut vectors = vec![0.0; rows];
        draw(&mut vectors, 0.1);
        let weights = Weights { vectors, meetings: vec![0.0; 1 << plan.meetings], dense };
        let seen = Weights {
            vectors: vec![0.1; rows],
            meetings: vec![0.1; 1 << plan.meetings],
            dense: vec![1.0; Dense::LENGTH],
        };
        Learner { weights, seen, rng }
    }

    fn touch(&mut self, left: &[Word], right: &[Word], unseen: f32) -> Touched {
        let mask = self.weights.vectors.len() / VECTOR - 1;
        let mut touched = Touched {
            rows: [[NOWHERE; FEATURES]; 2 * REACH],
            present: [false; 2 * REACH],
            vectors: [[0.0; VECTOR]; 2 * REACH],
            hidden: [0.0; HIDDEN],
            meetings: Vec::new(),
        };
        touched.hidden.copy_from_slice(&self.weights.dense[Dense::OFFSETS..Dense::ANSWER]);
        for place in 0..2 * REACH {
            let word = if place < REACH { left.iter().rev().nth(place) } else { right.get(place - REACH) };
            let start = Dense::place(place);
            let Some(word) = word else {
                let missing = &self.weights.dense[start + VECTOR * HIDDEN..][..HIDDEN];
                touched.hidden.iter_mut().zip(missing).for_each(|(unit, add)| *unit += add);
                continue;
            };
            touched.present[place] = true;
            let skipped = usize::from(unseen > 0.0 && self.rng.f32() < unseen);
            for (row, feature) in touched.rows[place].iter_mut().zip(word.features()).skip(skipped) {
                *row = slot(feature, mask) * VECTOR;
                let vector = &self.weights.vectors[*row..*row + VECTOR];
                touched.vectors[place].iter_mut().zip(vector).for_each(|(sum, part)| *sum += part);
            }
            for (part, matrix) in touched.vectors[place].iter().zip(self.weights.dense[start..].chunks_exact(HIDDEN)) {
                touched.hidden.iter_mut().zip(matrix).for_each(|(unit, weight)| *unit += part * weight);
            }
        }
        let at =
            |side: &[Word], index: Option<usize>| index.and_then(|index| side.get(index)).copied().unwrap_or_default();
        let (far, near) = (at(left, left.len().checked_sub(2)), at(left, left.len().checked_sub(1)));
        let (before, after) = (Before::new(&far, &near), After::new(&at(right, Some(0)), &at(right, Some(1))));
        let (features, count) = meeting(&before, &after);
        let mask = self.weights.meetings.len() - 1;
        touched.meetings.extend(features[..count].iter().map(|&feature| slot(feature, mask)));
        touched
    }

    fn answer(&self, touched: &Touched) -> f32 {
        let weights = &self.weights.dense[Dense::ANSWER..Dense::BIAS];
        let network: f32 = touched.hidden.iter().zip(weights).map(|(unit, weight)| unit.max(0.0) * weight).sum();
        let meetings: f32 = touched.meetings.iter().map(|&at| self.weights.meetings[at]).sum();
        self.weights.dense[Dense::BIAS] + network + meetings
    }

    /// Learns from one junction; gives its loss, in nats, before learning. `weight` is how much it counts.
    pub(crate) fn learn(
        &mut self,
        left: &[Word],
        right: &[Word],
        natural: bool,
        weight: f32,
        rate: f32,
        plan: Plan,
    ) -> f32 {
        let touched = self.touch(left, right, plan.unseen);
        let answer = self.answer(&touched);
        let chance = 1.0 / (1.0 + (-answer).exp());
        let slope = (chance - f32::from(u8::from(natural))) * weight;
        for &at in &touched.meetings {
            if plan.unseen == 0.0 || self.rng.f32() >= plan.unseen {
                step(&mut self.weights.meetings[at], &mut self.seen.meetings[at], slope, rate * plan.meeting_rate);
            }
        }
        let mut units = [0.0; HIDDEN];
        let dense_rate = rate * plan.dense_rate;
        for (at, (unit, &hidden)) in units.iter_mut().zip(&touched.hidden).enumerate() {
            let weight = &mut self.weights.dense[Dense::ANSWER + at];
            if hidden > 0.0 {
                *unit = slope * *weight;
                step(weight, &mut self.seen.dense[Dense::ANSWER + at], slope * hidden, dense_rate);
            }
        }
        step(&mut self.weights.dense[Dense::BIAS], &mut self.seen.dense[Dense::BIAS], slope, dense_rate);
        self.steps(Dense::OFFSETS, &units, 1.0, dense_rate);
        for place in 0..2 * REACH {
            self.learn_place(place, &touched, &units, dense_rate, rate * plan.vector_rate);
        }
        loss(answer, natural)
    }

    fn learn_place(
        &mut self,
        place: usize,
        touched: &Touched,
        units: &[f32; HIDDEN],
        dense_rate: f32,
        vector_rate: f32,
    ) {
        let start = Dense::place(place);
        if !touched.present[place] {
            self.steps(start + VECTOR * HIDDEN, units, 1.0, dense_rate);
            return;
        }
        let mut slopes = [0.0; VECTOR];
        for (at, slope) in slopes.iter_mut().enumerate() {
            let row = &self.weights.dense[start + at * HIDDEN..][..HIDDEN];
            *slope = row.iter().zip(units).map(|(weight, unit)| weight * unit).sum();
            self.steps(start + at * HIDDEN, units, touched.vectors[place][at], dense_rate);
        }
        for &row in touched.rows[place].iter().filter(|&&row| row != NOWHERE) {
            for (at, &slope) in slopes.iter().enumerate() {
                step(&mut self.weights.vectors[row + at], &mut self.seen.vectors[row + at], slope, vector_rate);
            }
        }
    }

    fn steps(&mut self, start: usize, units: &[f32; HIDDEN], factor: f32, rate: f32) {
        let weights = &mut self.weights.dense[start..start + HIDDEN];
        let seen = &mut self.seen.dense[start..start + HIDDEN];
        for ((weight, seen), unit) in weights.iter_mut().zip(seen).zip(units) {
            step(weight, seen, unit * factor, rate);
        }
    }
}

fn step(weight: &mut f32, seen: &mut f32, slope: f32, rate: f32) {
    *seen += slope * slope;
    *weight -= rate * slope / seen.sqrt();
}

/// The loss of an answer, in nats.
pub(crate) fn loss(answer: f32, natural: bool) -> f32 {
    let wrong = if natural { -answer } else { answer };
    wrong.max(0.0) + (-wrong.abs()).exp().ln_1p()
}
