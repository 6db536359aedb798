//! Learns the weights of the junction model: logistic loss, all junctions of a page at once. The tables' steps shrink for
//! each weight by itself (AdaGrad; Duchi, Hazan and Singer 2011), the network's follow Adam (Kingma and Ba 2015).

use crate::junctions::Samples;
use fastrand::Rng;
use std::collections::HashMap;
use std::ops::Range;
use transcript::columns::familiar::Familiar;
use transcript::columns::weights::{Dense, MEMORY, REACH, SIDE, UNITS, VECTOR, Weights, slot};
use transcript::columns::word::{After, Before, FEATURES, Word, meeting};

/// Weights on their way, with the sums of the squares of the slopes seen by each of the tables' and the running means of
/// the network's slopes and of their squares.
pub(crate) struct Learner {
    pub(crate) weights: Weights,
    vectors_seen: Vec<f32>,
    meetings_seen: Vec<f32>,
    means: [Vec<f32>; 2],
    steps: i32,
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
        Plan { vectors: 17, meetings: 20, vector_rate: 0.05, meeting_rate: 0.08, dense_rate: 0.004, unseen: 0.1 }
    }
}

const NOWHERE: usize = usize::MAX;
type Tells = [f32; SIDE];
type Memory = [f32; MEMORY];

/// A word of the page: where its vector comes from, and what it tells.
struct Seen {
    rows: [usize; FEATURES],
    vector: [f32; VECTOR],
    told: Vec<f32>,
    keeps: [Memory; 2],
    /// The slopes of what it tells, and of the gates before they are bent.
    slopes: Vec<f32>,
}

/// One side of junctions: the words from one place of the page to another, what they tell, and the slope of that.
struct End {
    words: Range<usize>,
    tells: Tells,
    slope: Tells,
}

/// The sides of one direction that are read from the same place on: the memory after each word.
struct Scan {
    ends: Vec<usize>,
    memories: Vec<Memory>,
}

/// A page as the network sees it.
struct Pass {
    /// Each word of the page among those seen.
    places: Vec<usize>,
    seen: Vec<Seen>,
    /// The sides of either direction.
    ends: [Vec<End>; 2],
    scans: [Vec<Scan>; 2],
    /// The sides of each sample.
    samples: Vec<[usize; 2]>,
}

/// What was thought of a junction on the way to its answer.
struct Judged {
    answer: f32,
    /// What both sides tell each unit.
    sums: [f32; UNITS],
    meetings: Vec<usize>,
}

impl Judged {
    /// Adds the slopes of both sides, and those of the network's last step.
    fn back(&self, dense: &[f32], slope: f32, [left, right]: [&mut End; 2], slopes: &mut [f32]) {
        for unit in 0..UNITS {
            slopes[Dense::ANSWER + unit] += slope * self.sums[unit].max(0.0);
            let on = f32::from(u8::from(self.sums[unit] > 0.0));
            let part = slope * on * dense[Dense::ANSWER + unit];
            left.slope[unit] += part;
            right.slope[unit] += part;
        }
        for at in UNITS..SIDE {
            left.slope[at] += slope * right.tells[at];
            right.slope[at] += slope * left.tells[at];
        }
        slopes[Dense::BIAS] += slope;
    }
}

impl Learner {
    pub(crate) fn new(plan: Plan, familiar: Familiar, seed: u64) -> Learner {
        let mut rng = Rng::with_seed(seed);
        let rows = VECTOR << plan.vectors;
        let mut dense = vec![0.0; Dense::LENGTH];
        let mut draw =
            |numbers: &mut [f32], size: f32| numbers.iter_mut().for_each(|number| *number = (rng.f32() - 0.5) * size);
        draw(&mut dense, 0.4);
        dense[Dense::OFFSETS..Dense::ANSWER].fill(0.0);
        // At first a memory holds on to what it has.
        dense[Dense::GATES..Dense::RECALL].fill(1.0);
        dense[Dense::BIAS] = 0.0;
        let mut vectors = vec![0.0; rows];
        draw(&mut vectors, 0.2);
        Learner {
            weights: Weights { vectors, meetings: vec![0.0; 1 << plan.meetings], familiar, dense },
            vectors_seen: vec![0.1; rows],
            meetings_seen: vec![0.1; 1 << plan.meetings],
            means: [vec![0.0; Dense::LENGTH], vec![0.0; Dense::LENGTH]],
            steps: 0,
            rng,
        }
    }

    /// Learns from the junctions of a page, true and false ones weighing the same; gives the sum of their losses, in nats,
    /// before learning, and of their weights.
    pub(crate) fn learn(&mut self, samples: &Samples, rate: f32, plan: Plan) -> (f32, f32) {
        let mut pass = self.pass(samples, plan.unseen);
        let natural = samples.all.iter().filter(|sample| sample.natural).count().max(1) as f32;
        let strange = (samples.all.len() as f32 - natural).max(1.0);
        let mut slopes = vec![0.0; Dense::LENGTH];
        let (mut lost, mut weighed) = (0.0, 0.0);
        for (sample, &[left, right]) in samples.all.iter().zip(&pass.samples) {
            let weight = (natural + strange) / 2.0 / if sample.natural { natural } else { strange };
            let (before, after) = pass.ends.split_at_mut(1);
            let sides = [&mut before[0][left], &mut after[0][right]];
            let judged = self.judge(samples.meeting(sample), &sides);
            let slope = (1.0 / (1.0 + (-judged.answer).exp()) - f32::from(u8::from(sample.natural))) * weight;
            judged.back(&self.weights.dense, slope, sides, &mut slopes);
            self.step_meetings(&judged, slope, rate * plan.meeting_rate, plan.unseen);
            lost += weight * loss(judged.answer, sample.natural);
            weighed += weight;
        }
        for direction in 0..2 {
            self.back(direction, &mut pass, &mut slopes);
        }
        for seen in &pass.seen {
            let matrix = slopes[..Dense::MISSING].chunks_exact_mut(Dense::WORD);
            for (&part, row) in seen.vector.iter().zip(matrix) {
                row.iter_mut().zip(&seen.slopes).for_each(|(slope, told)| *slope += part * told);
            }
        }
        self.step_vectors(&pass, rate * plan.vector_rate);
        self.step_dense(&slopes, weighed.max(1.0), rate * plan.dense_rate);
        (lost, weighed)
    }

    /// The answer for one junction.
    fn judge(&self, (before, after): (Before, After), [left, right]: &[&mut End; 2]) -> Judged {
        let dense = &self.weights.dense;
        let sums: [f32; UNITS] = std::array::from_fn(|unit| left.tells[unit] + right.tells[unit]);
        let mut answer = dense[Dense::BIAS];
        answer += product(&sums.map(|sum| sum.max(0.0)), &dense[Dense::ANSWER..Dense::BIAS]);
        answer += product(&left.tells[UNITS..], &right.tells[UNITS..]);
        let mask = self.weights.meetings.len() - 1;
        let (features, cut) = meeting(&before, &after);
        let features = features.into_iter().chain(cut.into_iter().flatten());
        let meetings: Vec<usize> = features.map(|feature| slot(feature, mask)).collect();
        answer += meetings.iter().map(|&at| self.weights.meetings[at]).sum::<f32>();
        Judged { answer, sums, meetings }
    }

    fn step_meetings(&mut self, judged: &Judged, slope: f32, rate: f32, unseen: f32) {
        for &at in &judged.meetings {
            if unseen == 0.0 || self.rng.f32() >= unseen {
                step(&mut self.weights.meetings[at], &mut self.meetings_seen[at], slope, rate);
            }
        }
    }

    fn pass(&mut self, samples: &Samples, unseen: f32) -> Pass {
        let mut numbers: HashMap<Word, usize> = HashMap::new();
        let mut seen = Vec::new();
        let mut places = Vec::with_capacity(samples.words.len());
        for word in &samples.words {
            let place = *numbers.entry(*word).or_insert_with(|| {
                seen.push(self.see(word, unseen));
                seen.len() - 1
            });
            places.push(place);
        }
        let mut found: [HashMap<(usize, usize), usize>; 2] = Default::default();
        let mut ends: [Vec<End>; 2] = Default::default();
        let mut both = Vec::with_capacity(samples.all.len());
        for sample in &samples.all {
            let mut place = |direction: usize, words: &Range<usize>| {
                *found[direction].entry((words.start, words.end)).or_insert_with(|| {
                    ends[direction].push(End { words: words.clone(), tells: [0.0; SIDE], slope: [0.0; SIDE] });
                    ends[direction].len() - 1
                })
            };
            both.push([place(0, &sample.left), place(1, &sample.right)]);
        }
        let mut pass = Pass { places, seen, ends, scans: Default::default(), samples: both };
        for direction in 0..2 {
            self.scan(direction, &mut pass);
        }
        pass
    }

    fn see(&mut self, word: &Word, unseen: f32) -> Seen {
        let mask = self.weights.vectors.len() / VECTOR - 1;
        let skipped = usize::from(unseen > 0.0 && self.rng.f32() < unseen);
        let (mut rows, mut vector) = ([NOWHERE; FEATURES], [0.0; VECTOR]);
        for (row, feature) in rows.iter_mut().zip(word.features(&self.weights.familiar)).skip(skipped) {
            *row = slot(feature, mask) * VECTOR;
            let part = &self.weights.vectors[*row..*row + VECTOR];
            vector.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
        }
        let mut told = vec![0.0; Dense::WORD];
        for (&part, row) in vector.iter().zip(self.weights.dense.chunks_exact(Dense::WORD)) {
            told.iter_mut().zip(row).for_each(|(sum, weight)| *sum += part * weight);
        }
        let keeps = [0, 1].map(|direction| {
            let offsets = &self.weights.dense[Dense::GATES + direction * MEMORY..];
            let gates = &told[Dense::gate(direction)..];
            std::array::from_fn(|at| 1.0 / (1.0 + (-gates[at] - offsets[at]).exp()))
        });
        Seen { rows, vector, told, keeps, slopes: vec![0.0; Dense::WORD] }
    }

    /// Reads all sides of a direction, those from the same place on together.
    fn scan(&self, direction: usize, pass: &mut Pass) {
        let mut from: HashMap<usize, usize> = HashMap::new();
        let mut scans: Vec<Scan> = Vec::new();
        for (at, end) in pass.ends[direction].iter().enumerate() {
            let start = if direction == 0 { end.words.start } else { end.words.end };
            let scan = *from.entry(start).or_insert_with(|| {
                scans.push(Scan { ends: Vec::new(), memories: Vec::new() });
                scans.len() - 1
            });
            scans[scan].ends.push(at);
        }
        for scan in &mut scans {
            let longest = scan.ends.iter().map(|&end| pass.ends[direction][end].words.len()).max().unwrap_or(0);
            let some = pass.ends[direction][scan.ends[0]].words.clone();
            let mut memory = [0.0; MEMORY];
            scan.memories.push(memory);
            for step in 0..longest {
                let seen = &pass.seen[pass.places[nth(direction, &some, step)]];
                let brings = &seen.told[Dense::gate(direction) + MEMORY..];
                for at in 0..MEMORY {
                    let keep = seen.keeps[direction][at];
                    memory[at] = memory[at] * keep + (1.0 - keep) * brings[at];
                }
                scan.memories.push(memory);
            }
            for &end in &scan.ends {
                let words = pass.ends[direction][end].words.clone();
                pass.ends[direction][end].tells =
                    self.tell(direction, &words, &scan.memories[words.len()], &pass.places, &pass.seen);
            }
        }
        pass.scans[direction] = scans;
    }

    fn tell(&self, direction: usize, words: &Range<usize>, memory: &Memory, places: &[usize], seen: &[Seen]) -> Tells {
        let dense = &self.weights.dense;
        let mut tells = [0.0; SIDE];
        tells.copy_from_slice(&dense[Dense::OFFSETS + direction * SIDE..][..SIDE]);
        let matrix = &dense[Dense::RECALL + direction * MEMORY * SIDE..][..MEMORY * SIDE];
        for (&part, row) in memory.iter().zip(matrix.chunks_exact(SIDE)) {
            tells.iter_mut().zip(row).for_each(|(sum, weight)| *sum += part * weight);
        }
        for near in 0..REACH {
            let place = direction * REACH + near;
            let adds = match near_word(direction, words, near) {
                Some(word) => &seen[places[word]].told[place * SIDE..][..SIDE],
                None => &dense[Dense::MISSING + place * SIDE..][..SIDE],
            };
            tells.iter_mut().zip(adds).for_each(|(sum, add)| *sum += add);
        }
        tells
    }

    /// Brings the slopes of a direction's sides back to the words and the network.
    fn back(&self, direction: usize, pass: &mut Pass, slopes: &mut [f32]) {
        let recall = Dense::RECALL + direction * MEMORY * SIDE;
        for scan in &pass.scans[direction] {
            let mut memory_slopes = vec![[0.0; MEMORY]; scan.memories.len()];
            for &end in &scan.ends {
                let end = &pass.ends[direction][end];
                let offsets = &mut slopes[Dense::OFFSETS + direction * SIDE..][..SIDE];
                offsets.iter_mut().zip(&end.slope).for_each(|(sum, slope)| *sum += slope);
                for near in 0..REACH {
                    let place = direction * REACH + near;
                    let adds = match near_word(direction, &end.words, near) {
                        Some(word) => &mut pass.seen[pass.places[word]].slopes[place * SIDE..][..SIDE],
                        None => &mut slopes[Dense::MISSING + place * SIDE..][..SIDE],
                    };
                    adds.iter_mut().zip(&end.slope).for_each(|(sum, slope)| *sum += slope);
                }
                let (memory, memory_slope) = (&scan.memories[end.words.len()], &mut memory_slopes[end.words.len()]);
                for at in 0..MEMORY {
                    let row = &self.weights.dense[recall + at * SIDE..][..SIDE];
                    memory_slope[at] += product(row, &end.slope);
                    let row = &mut slopes[recall + at * SIDE..][..SIDE];
                    row.iter_mut().zip(&end.slope).for_each(|(sum, slope)| *sum += memory[at] * slope);
                }
            }
            let some = pass.ends[direction][scan.ends[0]].words.clone();
            for step in (0..scan.memories.len() - 1).rev() {
                let seen = &mut pass.seen[pass.places[nth(direction, &some, step)]];
                let start = Dense::gate(direction);
                for at in 0..MEMORY {
                    let slope = memory_slopes[step + 1][at];
                    let keep = seen.keeps[direction][at];
                    let gate = slope * (scan.memories[step][at] - seen.told[start + MEMORY + at]) * keep * (1.0 - keep);
                    seen.slopes[start + at] += gate;
                    seen.slopes[start + MEMORY + at] += slope * (1.0 - keep);
                    slopes[Dense::GATES + direction * MEMORY + at] += gate;
                    memory_slopes[step][at] += slope * keep;
                }
            }
        }
    }

    fn step_vectors(&mut self, pass: &Pass, rate: f32) {
        for seen in &pass.seen {
            let matrix = self.weights.dense.chunks_exact(Dense::WORD).take(VECTOR);
            let slopes: Vec<f32> = matrix.map(|row| product(row, &seen.slopes)).collect();
            for &row in seen.rows.iter().filter(|&&row| row != NOWHERE) {
                for (at, &slope) in slopes.iter().enumerate() {
                    step(&mut self.weights.vectors[row + at], &mut self.vectors_seen[row + at], slope, rate);
                }
            }
        }
    }

    fn step_dense(&mut self, slopes: &[f32], weighed: f32, rate: f32) {
        self.steps += 1;
        let (first, second) = (1.0 - 0.9f32.powi(self.steps), 1.0 - 0.999f32.powi(self.steps));
        let [means, squares] = &mut self.means;
        for (at, slope) in slopes.iter().enumerate() {
            let slope = slope / weighed;
            means[at] += 0.1 * (slope - means[at]);
            squares[at] += 0.001 * (slope * slope - squares[at]);
            self.weights.dense[at] -= rate * (means[at] / first) / ((squares[at] / second).sqrt() + 1e-8);
        }
    }
}

/// The sum of the products of two rows, whose length is a multiple of sixteen: so many sums go on side by side.
fn product(one: &[f32], other: &[f32]) -> f32 {
    let mut sums = [0.0f32; 16];
    for (one, other) in one.as_chunks::<16>().0.iter().zip(other.as_chunks::<16>().0) {
        sums.iter_mut().zip(one.iter().zip(other)).for_each(|(sum, (one, other))| *sum += one * other);
    }
    sums.iter().sum()
}

/// The word of a side that is read so manieth: the left side is read onwards, the right one backwards.
fn nth(direction: usize, words: &Range<usize>, step: usize) -> usize {
    if direction == 0 { words.start + step } else { words.end - 1 - step }
}

/// The word of a side that is so near to the junction.
fn near_word(direction: usize, words: &Range<usize>, near: usize) -> Option<usize> {
    (near < words.len()).then(|| if direction == 0 { words.end - 1 - near } else { words.start + near })
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
