//! How natural it is that these words follow one another, against words of the same page that are strangers to each
//! other. The answer comes from numbers learnt from prose, which the program loads at its start: hashed features of
//! the words where they meet, with a weight each, and beside them a small network over learnt vectors of the words on
//! either side, the nearest three each in its place, and those further off by what a gated memory keeps of them.
//! (The memory is the minGRU of Feng, Tung and others 2024, "Were RNNs All We Needed?": its gates see the word alone, so
//! that what a word does to it is worked out once.)

use std::sync::{Arc, OnceLock};

use fearless_simd::Simd;
use rustc_hash::FxHashMap;

use super::file::ModelError;
use super::lanes::{Above, Together, add, add_rows, logistic, meet, scale_and_add, widely};
pub use super::weights::VECTOR;
use super::weights::{Dense, HIDDEN, MEMORY, REACH, Rounded, SIDE, TOLD, UNITS, slot};
use super::word::{After, Before, Word, meeting};

/// The junction model, ready for use.
#[derive(Clone)]
pub struct Junctions(Rounded);

impl std::fmt::Debug for Junctions {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [vectors, meetings] = self.0.sizes();
        write!(out, "Junctions({vectors} vectors, {meetings} meetings)")
    }
}

/// A word looked up: its vector, what it does to the memory in either direction, and, once it is asked for, what it tells
/// at each place.
#[derive(Clone, Debug)]
pub struct Known {
    word: Word,
    vector: [f32; VECTOR],
    keeps: [Memory; 2],
    brings: [Memory; 2],
    /// What it brings where it meets others, as the last of some words and as the first.
    before: OnceLock<Box<Before>>,
    after: OnceLock<Box<After>>,
    tells: [OnceLock<Box<Told>>; 2 * REACH],
}

/// So many words are kept for a page, which has a few hundred.
pub const PAGE: usize = 1024;

/// Words that were looked up: a text has most of its words many times, and so have the pages of a report.
#[derive(Clone, Debug)]
pub struct KnownWords {
    /// So many are kept twice over.
    most: usize,
    /// Those of late.
    late: FxHashMap<Word, Arc<Known>>,
    /// Those before them; what is met again is moved on.
    before: FxHashMap<Word, Arc<Known>>,
}

impl Default for KnownWords {
    fn default() -> Self {
        Self::keeping(PAGE)
    }
}

impl KnownWords {
    /// None yet; so many will be kept twice over, of some one to four kilobytes each.
    pub fn keeping(most: usize) -> Self {
        Self { most, late: FxHashMap::default(), before: FxHashMap::default() }
    }

    /// The words of a line, which were looked up; others where all of it is set in capitals, for these say nothing then
    /// ([`Word::without_capitals`]).
    pub(super) fn line(&mut self, words: Vec<Arc<Known>>, junctions: &Junctions) -> Vec<Arc<Known>> {
        match Word::without_capitals(words.iter().map(|known| &known.word)) {
            Some(small) => self.look_up(small.into_iter(), junctions),
            None => words,
        }
    }

    /// Looks words up.
    pub fn look_up(&mut self, words: impl Iterator<Item = Word>, junctions: &Junctions) -> Vec<Arc<Known>> {
        words.map(|word| self.one(word, junctions)).collect()
    }

    /// Looks a word up.
    pub(super) fn one(&mut self, word: Word, junctions: &Junctions) -> Arc<Known> {
        if let Some(known) = self.late.get(&word) {
            return Arc::clone(known);
        }
        if self.late.len() >= self.most {
            self.before = std::mem::take(&mut self.late);
        }
        let known = self.before.remove(&word).unwrap_or_else(|| Arc::new(junctions.known(&word)));
        self.late.insert(word, Arc::clone(&known));
        known
    }
}

/// The words before a junction, made ready to be met by many.
#[derive(Clone, Copy, Debug)]
pub struct Left {
    meets: Before,
    tells: [f32; SIDE],
}

/// The words after a junction, made ready to be met by many.
#[derive(Clone, Copy, Debug)]
pub struct Right {
    meets: After,
    tells: [f32; SIDE],
}

type Memory = [f32; MEMORY];

/// What a word tells a side.
#[derive(Clone, Copy, Debug)]
struct Told {
    side: [f32; SIDE],
    /// What its units are worked out from.
    units: [f32; HIDDEN],
}

impl Known {
    pub(super) fn word(&self) -> &Word {
        &self.word
    }

    fn before(&self) -> &Before {
        self.before.get_or_init(|| Box::new(Before::new(&self.word)))
    }

    fn after(&self) -> &After {
        self.after.get_or_init(|| Box::new(After::new(&self.word)))
    }

    /// What it does to the memory of a direction.
    fn step(&self, direction: usize) -> (&Memory, &Memory) {
        (&self.keeps[direction], &self.brings[direction])
    }
}

impl Junctions {
    /// Reads a model as [`super::weights::Weights::to_bytes`] writes it.
    ///
    /// # Errors
    /// Whatever is not such a file, whole and undamaged.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Junctions, ModelError> {
        Rounded::from_bytes(bytes).map(Junctions)
    }

    /// The logarithm of how much likelier the junction is in running prose than between strangers of the same page,
    /// natural base. `left` are the words before it and `right` those after it, in reading order; any number of each
    /// may be known, also none.
    pub fn log_odds(&self, left: &[&str], right: &[&str], known: &mut KnownWords) -> f32 {
        let mut look_up = |words: &[&str]| known.look_up(words.iter().map(|word| Word::new(word)), self);
        let (left, right) = (look_up(left), look_up(right));
        self.between(&self.left(&left), &self.right(&right))
    }

    /// Whether a word that goes by this number ([`Word::letters`], [`Word::joined`]) was common in the prose.
    pub fn knows(&self, word: u64) -> bool {
        self.0.familiar().holds(word)
    }

    /// Makes the words before a junction ready.
    pub fn left(&self, words: &[Arc<Known>]) -> Left {
        let mut memory = [0.0; MEMORY];
        widely!(simd => scale_and_add(simd, &mut memory, words.iter().map(|word| word.step(0))));
        self.left_of(words, &memory)
    }

    /// Makes the words after a junction ready.
    pub fn right(&self, words: &[Arc<Known>]) -> Right {
        let mut memory = [0.0; MEMORY];
        widely!(simd => scale_and_add(simd, &mut memory, words.iter().rev().map(|word| word.step(1))));
        self.right_of(words, &memory)
    }

    /// Makes every junction of a run of words ready: for each place from before the first word to after the last what
    /// stands on either side of it.
    pub fn sides(&self, words: &[Arc<Known>]) -> (Vec<Left>, Vec<Right>) {
        let (mut before, mut after) = ([0.0; MEMORY], [0.0; MEMORY]);
        let (mut lefts, mut rights) = (Vec::with_capacity(words.len() + 1), Vec::with_capacity(words.len() + 1));
        lefts.push(self.left_of(&[], &before));
        rights.push(self.right_of(&[], &after));
        for (at, word) in words.iter().enumerate() {
            widely!(simd => scale_and_add(simd, &mut before, std::iter::once(word.step(0))));
            lefts.push(self.left_of(&words[..=at], &before));
        }
        for (at, word) in words.iter().enumerate().rev() {
            widely!(simd => scale_and_add(simd, &mut after, std::iter::once(word.step(1))));
            rights.push(self.right_of(&words[at..], &after));
        }
        rights.reverse();
        (lefts, rights)
    }

    fn left_of(&self, words: &[Arc<Known>], memory: &Memory) -> Left {
        let at = |back: usize| words.len().checked_sub(back + 1).map(|at| &*words[at]);
        let tells = self.side(0, [at(0), at(1), at(2)], memory);
        let meets = match (at(0), at(1)) {
            (None, _) => Before::new(&Word::default()),
            (Some(near), None) => *near.before(),
            (Some(near), Some(far)) => near.before().with(&far.word, &near.word),
        };
        Left { meets, tells }
    }

    fn right_of(&self, words: &[Arc<Known>], memory: &Memory) -> Right {
        let at = |ahead: usize| words.get(ahead).map(|word| &**word);
        let tells = self.side(1, [at(0), at(1), at(2)], memory);
        let meets = match (at(0), at(1)) {
            (None, _) => After::new(&Word::default()),
            (Some(near), None) => *near.after(),
            (Some(near), Some(beyond)) => near.after().with(&near.word, &beyond.word),
        };
        Right { meets, tells }
    }

    /// What a side comes to, 0 for the left one: what its own offsets, the memory and the words nearest to the junction tell,
    /// none where there are no more, and two layers of units over that.
    fn side(&self, direction: usize, words: [Option<&Known>; REACH], memory: &Memory) -> [f32; SIDE] {
        let network = &self.0;
        let told: [(&[f32; SIDE], &[f32; HIDDEN]); REACH] = std::array::from_fn(|nearness| {
            let place = direction * REACH + nearness;
            match words[nearness] {
                Some(known) => {
                    let told = known.tells[place].get_or_init(|| Box::new(self.tell(&known.vector, place)));
                    (&told.side, &told.units)
                }
                None => {
                    let start = Dense::MISSING + place * TOLD;
                    (network.row(start), network.row(start + SIDE))
                }
            }
        });
        let offsets = Dense::OFFSETS + direction * TOLD;
        let (mut tells, mut units) = (*network.row(offsets), *network.row(offsets + SIDE));
        let mut deeper: [f32; HIDDEN] = *network.row(Dense::DEEPER_OFFSETS + direction * HIDDEN);
        let recall = network.rows::<TOLD, MEMORY>(Dense::RECALL + direction * MEMORY * TOLD);
        let first = network.rows::<SIDE, HIDDEN>(Dense::FIRST + direction * HIDDEN * SIDE);
        let between = network.rows::<HIDDEN, HIDDEN>(Dense::DEEPER + direction * HIDDEN * HIDDEN);
        let second = network.rows::<SIDE, HIDDEN>(Dense::SECOND + direction * HIDDEN * SIDE);
        widely!(simd => {
            add_rows(simd, &mut tells, memory.iter().copied().zip(recall), 0);
            add_rows(simd, &mut units, memory.iter().copied().zip(recall), SIDE);
            for (side, more) in told {
                add(simd, &mut tells, side);
                add(simd, &mut units, more);
            }
            let above = Above::zero(&units);
            add_rows(simd, &mut tells, above.places().map(|unit| (units[unit], &first[unit])), 0);
            add_rows(simd, &mut deeper, above.places().map(|unit| (units[unit], &between[unit])), 0);
            let above = Above::zero(&deeper);
            add_rows(simd, &mut tells, above.places().map(|unit| (deeper[unit], &second[unit])), 0);
        });
        tells
    }

    /// What a word tells at one of the places about a junction.
    fn tell(&self, vector: &[f32; VECTOR], place: usize) -> Told {
        Told { side: self.told(vector, place * TOLD), units: self.told(vector, place * TOLD + SIDE) }
    }

    fn known(&self, word: &Word) -> Known {
        let vector = self.vector(word);
        let (mut keeps, mut brings) = ([[0.0; MEMORY]; 2], [[0.0; MEMORY]; 2]);
        for direction in 0..2 {
            // The gates, and what they let in.
            let told: [f32; 2 * MEMORY] = self.told(&vector, Dense::gate(direction));
            let offsets = &self.0.dense[Dense::GATES + direction * MEMORY..][..MEMORY];
            let (gates, lets_in) = told.split_at(MEMORY);
            widely!(_simd => {
                let keeps = &mut keeps[direction];
                keeps.iter_mut().zip(gates).zip(offsets).for_each(|((keep, gate), offset)| *keep = gate + offset);
                logistic(keeps);
                let brings = brings[direction].iter_mut().zip(lets_in).zip(keeps);
                brings.for_each(|((brings, part), keep)| *brings = part * (1.0 - *keep));
            });
        }
        let (before, after) = (OnceLock::new(), OnceLock::new());
        Known { word: *word, vector, keeps, brings, before, after, tells: Default::default() }
    }

    /// A part of what a word may tell, which starts at a place of the rows of [`Dense`].
    fn told<const N: usize>(&self, vector: &[f32; VECTOR], start: usize) -> [f32; N] {
        let mut told = [0.0; N];
        let rows = vector.iter().copied().zip(self.0.dense.as_chunks::<{ Dense::WORD }>().0);
        widely!(simd => add_rows(simd, &mut told, rows, start));
        told
    }

    fn vector(&self, word: &Word) -> [f32; VECTOR] {
        let mut vector = [0.0; VECTOR];
        for feature in word.features(self.0.familiar()) {
            let (step, row) = self.0.vector(feature);
            vector.iter_mut().zip(row).for_each(|(sum, part)| *sum += f32::from(part.cast_signed()) * step);
        }
        vector
    }

    /// [`Junctions::log_odds`] of words made ready.
    pub fn between(&self, left: &Left, right: &Right) -> f32 {
        widely!(simd => self.odds(simd, left, right))
    }

    /// Adds [`Junctions::between`] of what stands before a junction and each of what may stand after it.
    pub fn each<'r>(&self, left: &Left, rights: impl Iterator<Item = &'r Right>, odds: &mut Vec<f32>) {
        // A closure would not be compiled for the wider registers.
        widely!(simd => {
            for right in rights {
                odds.push(self.odds(simd, left, right));
            }
        });
    }

    #[inline(always)]
    fn odds<S: Simd>(&self, simd: S, left: &Left, right: &Right) -> f32 {
        let network = &self.0;
        let together: Together<UNITS> = Together {
            answer: network.row(Dense::ANSWER),
            matrix: network.rows(Dense::TOGETHER),
            offsets: network.row(Dense::TOGETHER_OFFSETS),
            weights: network.row(Dense::TOGETHER_ANSWER),
        };
        let sides = meet(simd, &left.tells, &right.tells, &together);
        self.0.dense[Dense::BIAS] + sides + self.met(&left.meets, &right.meets)
    }

    /// What the words that meet say by their meeting.
    #[inline(always)]
    fn met(&self, before: &Before, after: &After) -> f32 {
        let meetings = self.0.meetings();
        let (features, cut) = meeting(before, after);
        let mut met = 0.0;
        for feature in features {
            met += self.0.weighs[usize::from(meetings[slot(feature, meetings.len() - 1)])];
        }
        for feature in cut.into_iter().flatten() {
            met += self.0.weighs[usize::from(meetings[slot(feature, meetings.len() - 1)])];
        }
        met
    }
}

/// Log-odds as a number from -1 to 1, so that many can be averaged and none decides alone.
pub fn tamed(odds: f32) -> f32 {
    (odds / 3.0).tanh()
}
