//! How natural it is that these words follow one another, against words of the same page that are strangers to each
//! other. The answer comes from a table learnt from prose, which the program loads at its start: hashed features of
//! the words where they meet, with a weight each, and beside them a small network over learnt vectors of up to three
//! words on either side.

use rustc_hash::FxHashMap;

use super::file::{ModelError, check_sum};
use super::word::{After, Before, Word, meeting};

/// How many words on either side of a junction are looked at.
pub const REACH: usize = 3;
/// The length of a word's vector.
pub const VECTOR: usize = 16;
/// How many units the network has between its words and its answer.
pub const HIDDEN: usize = 32;

/// The numbers of the model as they are learnt; [`Weights::to_bytes`] makes the file that the program loads.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// A vector for each hashed feature of a word, `VECTOR` numbers each; a power of two of them.
    pub vectors: Vec<f32>,
    /// A weight for each hashed feature of a meeting; a power of two of them.
    pub meetings: Vec<f32>,
    /// The network, in the order of [`Dense`].
    pub dense: Vec<f32>,
}

/// Where the parts of the network lie among its numbers: for each of the six places about a junction the matrix from
/// a word's vector to the hidden units and what stands for a missing word, then the hidden units' own offsets, their
/// weights in the answer, and the answer's offset.
pub struct Dense;

impl Dense {
    const PLACE: usize = VECTOR * HIDDEN + HIDDEN;
    /// Where the hidden units' offsets start.
    pub const OFFSETS: usize = 2 * REACH * Self::PLACE;
    /// Where the hidden units' weights in the answer start.
    pub const ANSWER: usize = Self::OFFSETS + HIDDEN;
    /// Where the answer's own offset lies.
    pub const BIAS: usize = Self::ANSWER + HIDDEN;
    /// How many numbers there are.
    pub const LENGTH: usize = Self::BIAS + 1;

    /// Where the matrix of a place starts: the left words from the junction outwards are places 0 to 2, the right
    /// ones 3 to 5. It holds `HIDDEN` numbers for each element of the vector; those of a missing word follow it.
    pub const fn place(place: usize) -> usize {
        place * Self::PLACE
    }
}

const MAGIC: &[u8; 8] = b"junction";
const VERSION: u32 = 2;
/// Magic, version, log2 of the two tables, their two scales, check sum.
const HEADER: usize = 8 + 4 + 4 + 4 + 4 + 4 + 8;
/// The largest table that a header may ask for, as a power of two.
const LARGEST: u32 = 23;

/// The junction model, ready for use.
#[derive(Clone)]
pub struct Junctions {
    vectors: Vec<i8>,
    vector_scale: f32,
    meetings: Vec<i8>,
    meeting_scale: f32,
    dense: Vec<f32>,
}

impl std::fmt::Debug for Junctions {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Junctions({} vectors, {} meetings)", self.vectors.len() / VECTOR, self.meetings.len())
    }
}

/// A word looked up: what it adds to the hidden units at each place.
struct Known {
    word: Word,
    adds: [[f32; HIDDEN]; 2 * REACH],
}

/// Words that were looked up: a text has most of its words many times.
#[derive(Default)]
pub struct KnownWords {
    places: FxHashMap<Word, usize>,
    all: Vec<Known>,
}

impl KnownWords {
    fn place(&mut self, word: &Word, junctions: &Junctions) -> usize {
        *self.places.entry(*word).or_insert_with(|| {
            self.all.push(junctions.known(word));
            self.all.len() - 1
        })
    }
}

/// The words before a junction, made ready to be met by many.
#[derive(Clone, Copy, Debug)]
pub struct Left {
    meets: Before,
    hidden: [f32; HIDDEN],
}

/// The words after a junction, made ready to be met by many.
#[derive(Clone, Copy, Debug)]
pub struct Right {
    meets: After,
    hidden: [f32; HIDDEN],
}

impl Junctions {
    /// Reads a model as [`Weights::to_bytes`] writes it.
    ///
    /// # Errors
    /// Whatever is not such a file, whole and undamaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Junctions, ModelError> {
        let field = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
        let (Some(MAGIC), Some(version)) = (bytes.first_chunk(), field(8)) else { return Err(ModelError::Foreign) };
        if version != VERSION {
            return Err(ModelError::Version(version));
        }
        let short = ModelError::Length { expected: HEADER, found: bytes.len() };
        let header = (field(12), field(16), field(20), field(24), bytes.get(28..HEADER));
        let (Some(vectors), Some(meetings), Some(vector_scale), Some(meeting_scale), Some(sum)) = header else {
            return Err(short);
        };
        if vectors > LARGEST || meetings > LARGEST {
            return Err(ModelError::Damaged);
        }
        let (vectors, meetings) = (VECTOR << vectors, 1usize << meetings);
        let expected = HEADER + vectors + meetings + 4 * Dense::LENGTH;
        if bytes.len() != expected {
            return Err(ModelError::Length { expected, found: bytes.len() });
        }
        let (vectors, rest) = bytes[HEADER..].split_at(vectors);
        let (meetings, dense) = rest.split_at(meetings);
        let signed = |bytes: &[u8]| bytes.iter().map(|&byte| byte.cast_signed()).collect::<Vec<i8>>();
        let model = Junctions {
            vectors: signed(vectors),
            vector_scale: f32::from_bits(vector_scale),
            meetings: signed(meetings),
            meeting_scale: f32::from_bits(meeting_scale),
            dense: dense.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)).collect(),
        };
        let scales = [model.vector_scale, model.meeting_scale];
        let sane = model.dense.iter().chain(&scales).all(|number| number.is_finite() && number.abs() < 1e6);
        if sane && sum == check_sum(&bytes[..28], &bytes[HEADER..]).to_le_bytes() {
            Ok(model)
        } else {
            Err(ModelError::Damaged)
        }
    }

    /// The logarithm of how much likelier the junction is in running prose than between strangers of the same page,
    /// natural base. `left` are the last words before it and `right` the first ones after it, in reading order; up to
    /// three of each count, and fewer, or none, may be known.
    pub fn log_odds(&self, left: &[&str], right: &[&str]) -> f32 {
        let read = |words: &[&str]| words.iter().map(|word| Word::new(word)).collect::<Vec<_>>();
        self.between(&self.left(&read(left)), &self.right(&read(right)))
    }

    /// Makes the words before a junction ready; the last ones count.
    pub fn left(&self, words: &[Word]) -> Left {
        let at = |back: usize| words.len().checked_sub(back + 1).map(|at| &words[at]);
        let mut hidden = [0.0; HIDDEN];
        for place in 0..REACH {
            self.add_word(place, at(place), &mut hidden);
        }
        let word = |back: usize| at(back).copied().unwrap_or_default();
        Left { meets: Before::new(&word(1), &word(0)), hidden }
    }

    /// Makes the words after a junction ready; the first ones count.
    pub fn right(&self, words: &[Word]) -> Right {
        let mut hidden = [0.0; HIDDEN];
        hidden.copy_from_slice(&self.dense[Dense::OFFSETS..Dense::ANSWER]);
        for place in 0..REACH {
            self.add_word(REACH + place, words.get(place), &mut hidden);
        }
        let word = |ahead: usize| words.get(ahead).copied().unwrap_or_default();
        Right { meets: After::new(&word(0), &word(1)), hidden }
    }

    /// Makes every junction of a run of words ready: for each place from before the first word to after the last what
    /// stands on either side of it. Words looked up before are not looked up again.
    pub fn sides(&self, words: &[Word], known: &mut KnownWords) -> Vec<(Left, Right)> {
        let places: Vec<usize> = words.iter().map(|word| known.place(word, self)).collect();
        let known: Vec<&Known> = places.into_iter().map(|place| &known.all[place]).collect();
        let side = |at: usize| {
            let left = &known[at.saturating_sub(REACH)..at];
            let right = &known[at..known.len().min(at + REACH)];
            (self.left_of(left), self.right_of(right))
        };
        (0..=words.len()).map(side).collect()
    }

    fn left_of(&self, words: &[&Known]) -> Left {
        let at = |back: usize| words.len().checked_sub(back + 1).map(|at| words[at]);
        let mut hidden = [0.0; HIDDEN];
        for place in 0..REACH {
            self.add(place, at(place), &mut hidden);
        }
        let word = |back: usize| at(back).map_or_else(Word::default, |known| known.word);
        Left { meets: Before::new(&word(1), &word(0)), hidden }
    }

    fn right_of(&self, words: &[&Known]) -> Right {
        let mut hidden = [0.0; HIDDEN];
        hidden.copy_from_slice(&self.dense[Dense::OFFSETS..Dense::ANSWER]);
        for place in 0..REACH {
            self.add(REACH + place, words.get(place).copied(), &mut hidden);
        }
        let word = |ahead: usize| words.get(ahead).map_or_else(Word::default, |known| known.word);
        Right { meets: After::new(&word(0), &word(1)), hidden }
    }

    /// What a word adds to the hidden units at each place.
    fn known(&self, word: &Word) -> Known {
        let vector = self.vector(word);
        let mut adds = [[0.0; HIDDEN]; 2 * REACH];
        adds.iter_mut().enumerate().for_each(|(place, adds)| self.add_vector(place, &vector, adds));
        Known { word: *word, adds }
    }

    fn vector(&self, word: &Word) -> [f32; VECTOR] {
        let mut sums = [0i32; VECTOR];
        let mask = self.vectors.len() / VECTOR - 1;
        for feature in word.features() {
            let start = slot(feature, mask) * VECTOR;
            let row = &self.vectors[start..start + VECTOR];
            sums.iter_mut().zip(row).for_each(|(sum, &part)| *sum += i32::from(part));
        }
        sums.map(|sum| sum as f32 * self.vector_scale)
    }

    fn add_vector(&self, place: usize, vector: &[f32; VECTOR], hidden: &mut [f32; HIDDEN]) {
        let matrix = &self.dense[Dense::place(place)..][..VECTOR * HIDDEN];
        for (&part, row) in vector.iter().zip(matrix.as_chunks::<HIDDEN>().0) {
            hidden.iter_mut().zip(row).for_each(|(unit, weight)| *unit += part * weight);
        }
    }

    /// Adds what the word at a place tells the hidden units.
    fn add_word(&self, place: usize, word: Option<&Word>, hidden: &mut [f32; HIDDEN]) {
        match word {
            Some(word) => self.add_vector(place, &self.vector(word), hidden),
            None => self.add(place, None, hidden),
        }
    }

    /// [`Junctions::log_odds`] of words made ready.
    pub fn between(&self, left: &Left, right: &Right) -> f32 {
        let mut answer = self.dense[Dense::BIAS];
        let weights = &self.dense[Dense::ANSWER..Dense::BIAS];
        for ((before, after), weight) in left.hidden.iter().zip(&right.hidden).zip(weights) {
            answer += (before + after).max(0.0) * weight;
        }
        let (features, count) = meeting(&left.meets, &right.meets);
        let mask = self.meetings.len() - 1;
        let sum: i32 = features[..count].iter().map(|&feature| i32::from(self.meetings[slot(feature, mask)])).sum();
        answer + sum as f32 * self.meeting_scale
    }

    /// Adds what the word at a place, looked up before, tells the hidden units.
    fn add(&self, place: usize, word: Option<&Known>, hidden: &mut [f32; HIDDEN]) {
        let missing = &self.dense[Dense::place(place) + VECTOR * HIDDEN..][..HIDDEN];
        let adds = word.map_or(missing, |known| &known.adds[place][..]);
        hidden.iter_mut().zip(adds).for_each(|(unit, add)| *unit += add);
    }
}

/// Log-odds as a number from -1 to 1, so that many can be averaged and none decides alone.
pub fn tamed(odds: f32) -> f32 {
    (odds / 3.0).tanh()
}

/// Where a feature's number lies in a table whose length is one more than the mask.
pub fn slot(feature: u64, mask: usize) -> usize {
    (feature >> 20) as usize & mask
}

impl Weights {
    /// The file that [`Junctions::from_bytes`] reads: both tables rounded to 255 steps, the network as it is.
    pub fn to_bytes(&self) -> Vec<u8> {
        let (vectors, vector_scale) = rounded(&self.vectors);
        let (meetings, meeting_scale) = rounded(&self.meetings);
        let mut bytes = MAGIC.to_vec();
        let vector_bits = (self.vectors.len() / VECTOR).ilog2();
        for field in
            [VERSION, vector_bits, self.meetings.len().ilog2(), vector_scale.to_bits(), meeting_scale.to_bits()]
        {
            bytes.extend(field.to_le_bytes());
        }
        let mut body = vectors;
        body.extend(meetings);
        body.extend(self.dense.iter().flat_map(|number| number.to_le_bytes()));
        bytes.extend(check_sum(&bytes, &body).to_le_bytes());
        bytes.extend(body);
        bytes
    }
}

/// Numbers in 255 steps, and the size of a step. The few largest are cut off, or they would cost all others their
/// precision.
fn rounded(numbers: &[f32]) -> (Vec<u8>, f32) {
    let mut sizes: Vec<f32> = numbers.iter().map(|number| number.abs()).filter(|&size| size > 0.0).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    let largest = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 10_000)).copied().unwrap_or(1.0);
    let step = largest / 127.0;
    let round = |number: &f32| ((number / step).round().clamp(-127.0, 127.0) as i8).cast_unsigned();
    (numbers.iter().map(round).collect(), step)
}
