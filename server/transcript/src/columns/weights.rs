//! What the junction model has learnt, as numbers, and the file that holds them: a vector for each feature of a word,
//! a weight for each feature of two words' meeting, and one small network.

use super::familiar::Familiar;
use super::file::{ModelError, check_sum};
use super::lanes::LANES;

/// How many words on either side of a junction are seen one by one, each in its place.
pub const REACH: usize = 3;
/// The length of a word's vector.
pub const VECTOR: usize = 32;
/// How many units both sides of a junction are added up in.
pub const UNITS: usize = 48;
/// How many numbers of one side are multiplied with as many of the other.
pub const MATCHES: usize = 16;
/// How many numbers a side of a junction comes to.
pub const SIDE: usize = UNITS + MATCHES;
/// How many units of a side are worked out from what its words and its memory tell, in each of two layers.
pub const HIDDEN: usize = 64;
/// How many numbers the words and the memory of a side tell it.
pub const TOLD: usize = SIDE + HIDDEN;
/// How many units see both sides at once: as many as are worked out side by side.
pub const TOGETHER: usize = LANES;
/// How many numbers remember the words further off.
pub const MEMORY: usize = 32;

/// The numbers of the model as they are learnt; [`Weights::to_bytes`] makes the file that the program loads.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// A vector for each hashed feature of a word, `VECTOR` numbers each; a power of two of them.
    pub vectors: Vec<f32>,
    /// A weight for each hashed feature of a meeting; a power of two of them.
    pub meetings: Vec<f32>,
    /// The words that have a vector of their own.
    pub familiar: Familiar,
    /// The network, in the order of [`Dense`].
    pub dense: Vec<f32>,
}

/// Where the parts of the network lie among its numbers: first the matrix from a word's vector to all that the word may
/// tell, a row of [`Dense::WORD`] numbers for each element of the vector; then what stands for a missing word at each
/// place, the offsets of the memories' gates, the matrices from a memory to what it tells, the sides' own offsets; the layers
/// of the sides; and what works the answer out. The left side comes before the right one each time.
pub struct Dense;

impl Dense {
    /// What a word may tell: of each of the six places about a junction (the left words from the junction outwards are
    /// places 0 to 2, the right ones 3 to 5) so much; then for either direction a gate and what it lets in.
    pub const WORD: usize = 2 * REACH * TOLD + 4 * MEMORY;
    /// Where the missing words start.
    pub const MISSING: usize = VECTOR * Self::WORD;
    /// Where the gates' offsets start.
    pub const GATES: usize = Self::MISSING + 2 * REACH * TOLD;
    /// Where the matrices from the memories start, a row of `TOLD` for each element.
    pub const RECALL: usize = Self::GATES + 2 * MEMORY;
    /// Where the sides' offsets start.
    pub const OFFSETS: usize = Self::RECALL + 2 * MEMORY * TOLD;
    /// Where the matrices from the first layer's units to a side start, a row of `SIDE` for each.
    pub const FIRST: usize = Self::OFFSETS + 2 * TOLD;
    /// Where the matrices from the first layer's units to the second's start, a row of `HIDDEN` for each.
    pub const DEEPER: usize = Self::FIRST + 2 * HIDDEN * SIDE;
    /// Where the offsets of the second layer's units start.
    pub const DEEPER_OFFSETS: usize = Self::DEEPER + 2 * HIDDEN * HIDDEN;
    /// Where the matrices from the second layer's units to a side start, a row of `SIDE` for each.
    pub const SECOND: usize = Self::DEEPER_OFFSETS + 2 * HIDDEN;
    /// Where the units' weights in the answer start.
    pub const ANSWER: usize = Self::SECOND + 2 * HIDDEN * SIDE;
    /// Where the matrix from these units to those that see both sides starts, a row of `TOGETHER` for each.
    pub const TOGETHER: usize = Self::ANSWER + UNITS;
    /// Where the offsets of those that see both sides start.
    pub const TOGETHER_OFFSETS: usize = Self::TOGETHER + UNITS * TOGETHER;
    /// Where their weights in the answer start.
    pub const TOGETHER_ANSWER: usize = Self::TOGETHER_OFFSETS + TOGETHER;
    /// Where the answer's own offset lies.
    pub const BIAS: usize = Self::TOGETHER_ANSWER + TOGETHER;
    /// How many numbers there are.
    pub const LENGTH: usize = Self::BIAS + 1;

    /// Where, among what a word may tell, the gate of a direction starts, 0 for the left side; what it lets in follows.
    pub const fn gate(direction: usize) -> usize {
        2 * REACH * TOLD + direction * 2 * MEMORY
    }
}

const MAGIC: &[u8; 8] = b"junction";
const VERSION: u32 = 6;
/// Magic, version, log2 of the two tables, how many bytes tell the familiar words, the largest weight of a meeting, check
/// sum.
const HEADER: usize = 8 + 4 + 4 + 4 + 4 + 4 + 8;
/// Where the check sum stands.
const SUM: usize = HEADER - 8;
/// The largest table that a header may ask for, as a power of two.
const LARGEST: u32 = 23;

/// The numbers as the file holds them: each vector in 255 steps of a size of its own, for those of the commonest features
/// are far longer than the rest; the weights of meetings in 255 steps that grow with their square, for most are near
/// zero; the network as it is.
#[derive(Clone)]
pub(super) struct Rounded {
    /// The file. Its tables are looked up where they lie in it: to copy a few megabytes takes as long as to read them.
    bytes: Vec<u8>,
    /// How many vectors there are. The steps lie after the header, two bytes each; then come the vectors.
    rows: usize,
    /// How many meetings there are; after them come the familiar words and the network.
    meetings: usize,
    familiar: Familiar,
    /// What each of the bytes of a meeting stands for.
    pub(super) weighs: [f32; 256],
    pub(super) dense: Vec<f32>,
}

impl Rounded {
    /// Reads a file as [`Weights::to_bytes`] writes it.
    ///
    /// # Errors
    /// Whatever is not such a file, whole and undamaged.
    pub(super) fn from_bytes(bytes: Vec<u8>) -> Result<Rounded, ModelError> {
        let field = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
        let (Some(MAGIC), Some(version)) = (bytes.first_chunk(), field(8)) else { return Err(ModelError::Foreign) };
        if version != VERSION {
            return Err(ModelError::Version(version));
        }
        let short = ModelError::Length { expected: HEADER, found: bytes.len() };
        let header = (field(12), field(16), field(20), field(24), bytes.get(SUM..HEADER));
        let (Some(vectors), Some(meetings), Some(words), Some(most), Some(sum)) = header else { return Err(short) };
        if vectors > LARGEST || meetings > LARGEST || words > 1 << LARGEST || words > 0 && !words.is_power_of_two() {
            return Err(ModelError::Damaged);
        }
        let words = words as usize;
        let (rows, meetings) = (1usize << vectors, 1usize << meetings);
        let expected = HEADER + rows * (2 + VECTOR) + meetings + words + 4 * Dense::LENGTH;
        if bytes.len() != expected {
            return Err(ModelError::Length { expected, found: bytes.len() });
        }
        let most = f32::from_bits(most);
        let (before, dense) = bytes.split_at(expected - 4 * Dense::LENGTH);
        let familiar = Familiar::from_bytes(&before[before.len() - words..]);
        let dense = dense.as_chunks().0;
        let dense: Vec<f32> = dense.iter().map(|&four| f32::from_le_bytes(four)).collect();
        let steps = bytes[HEADER..][..2 * rows].as_chunks().0.iter().map(|&two| long(u16::from_le_bytes(two)));
        let sane = dense.iter().copied().chain(steps).chain([most]).all(|number| number.abs() < 1e6);
        if !sane || sum != check_sum(&bytes[..SUM], &bytes[HEADER..]).to_le_bytes() {
            return Err(ModelError::Damaged);
        }
        let weighs = std::array::from_fn(|byte| weight(byte as u8, most));
        Ok(Rounded { bytes, rows, meetings, familiar, weighs, dense })
    }

    /// How many features of words and of meetings are told apart.
    pub(super) fn sizes(&self) -> [usize; 2] {
        [self.rows, self.meetings]
    }

    /// The words that have a vector of their own.
    pub(super) fn familiar(&self) -> &Familiar {
        &self.familiar
    }

    /// The vector of a feature, in steps, and how long a step is.
    pub(super) fn vector(&self, feature: u64) -> (f32, &[u8]) {
        let row = slot(feature, self.rows - 1);
        let step = self.bytes[HEADER + 2 * row..].first_chunk().map_or(0, |&two| u16::from_le_bytes(two));
        (long(step), &self.bytes[HEADER + 2 * self.rows + row * VECTOR..][..VECTOR])
    }

    /// Numbers of the network that lie side by side, from one on.
    pub(super) fn row<const N: usize>(&self, start: usize) -> &[f32; N] {
        self.dense.get(start..).and_then(|rest| rest.first_chunk()).unwrap_or(const { &[0.0; N] })
    }

    /// Rows of the network that lie one after the other, from a number on.
    pub(super) fn rows<const N: usize, const ROWS: usize>(&self, start: usize) -> &[[f32; N]; ROWS] {
        let rows = self.dense.get(start..).and_then(|rest| rest.as_chunks().0.first_chunk());
        rows.unwrap_or(const { &[[0.0; N]; ROWS] })
    }

    /// What each of the features of meetings weighs, as a place in [`Rounded::weighs`]; a power of two of them.
    #[inline]
    pub(super) fn meetings(&self) -> &[u8] {
        &self.bytes[HEADER + (2 + VECTOR) * self.rows..][..self.meetings]
    }
}

impl Weights {
    /// The file that the program reads: both tables rounded, the network as it is.
    pub fn to_bytes(&self) -> Vec<u8> {
        let most = self.meetings.iter().fold(0.0, |most: f32, weight| most.max(weight.abs()));
        let rows = self.vectors.chunks_exact(VECTOR);
        let (bits, meetings) = (rows.len().ilog2(), self.meetings.len().ilog2());
        let mut bytes = MAGIC.to_vec();
        let words = self.familiar.as_bytes().len() as u32;
        for field in [VERSION, bits, meetings, words, most.to_bits()] {
            bytes.extend(field.to_le_bytes());
        }
        let steps: Vec<u16> = rows.clone().map(step).collect();
        let mut body: Vec<u8> = steps.iter().flat_map(|step| step.to_le_bytes()).collect();
        for (row, &step) in rows.zip(&steps) {
            body.extend(row.iter().map(|number| ((number / long(step)).round() as i8).cast_unsigned()));
        }
        body.extend(self.meetings.iter().map(|&weight| byte(weight, most)));
        body.extend(self.familiar.as_bytes());
        body.extend(self.dense.iter().flat_map(|number| number.to_le_bytes()));
        bytes.extend(check_sum(&bytes, &body).to_le_bytes());
        bytes.extend(body);
        bytes
    }
}

/// The upper half of the bits of the step in which the largest number of a vector is the 127th; of zeros some step.
fn step(row: &[f32]) -> u16 {
    let most = row.iter().fold(1e-6, |most: f32, number| most.max(number.abs()));
    // Rounded up, or the largest would not be told.
    ((most / 127.0).to_bits() >> 16) as u16 + 1
}

/// A number of which only the upper half of the bits is kept.
fn long(half: u16) -> f32 {
    f32::from_bits(u32::from(half) << 16)
}

/// The weight of a meeting as a byte, of which the largest is `most`.
fn byte(weight: f32, most: f32) -> u8 {
    let size = (weight.abs() / most.max(f32::MIN_POSITIVE)).sqrt().min(1.0);
    (128.0 + (127.0 * size).round().copysign(weight)) as u8
}

/// What a byte stands for.
fn weight(byte: u8, most: f32) -> f32 {
    let size = (f32::from(byte) - 128.0) / 127.0;
    size * size.abs() * most
}

/// Where a feature's number lies in a table whose length is one more than the mask.
pub fn slot(feature: u64, mask: usize) -> usize {
    (feature >> 20) as usize & mask
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(vectors: Vec<f32>, meetings: Vec<f32>) -> Rounded {
        let weights = Weights { vectors, meetings, familiar: Familiar::with_all(), dense: vec![0.5; Dense::LENGTH] };
        Rounded::from_bytes(weights.to_bytes()).expect("a file just made is read back")
    }

    #[test]
    fn a_long_vector_costs_a_short_one_nothing() {
        let mut vectors = vec![0.01; 2 * VECTOR];
        (vectors[0], vectors[1], vectors[VECTOR]) = (100.0, -60.0, -0.005);
        let read = read(vectors.clone(), vec![0.0; 2]);
        for (at, number) in vectors.iter().enumerate() {
            let (step, row) = read.vector(((at / VECTOR) as u64) << 20);
            let back = f32::from(row[at % VECTOR].cast_signed()) * step;
            let most = if at < VECTOR { 100.0 } else { 0.01 };
            assert!((back - number).abs() < most / 200.0, "{back}, not {number}");
        }
    }

    #[test]
    fn small_weights_of_meetings_come_back_closer_than_large_ones() {
        let meetings = vec![8.0, -7.5, 0.02, -0.005, 0.0, 1.0, -0.1, 3.0];
        let read = read(vec![0.0; VECTOR], meetings.clone());
        for (at, weight) in meetings.into_iter().enumerate() {
            let back = read.weighs[usize::from(read.meetings()[at])];
            assert!((back - weight).abs() <= 0.002 + weight.abs() / 20.0, "{back}, not {weight}");
        }
    }
}
