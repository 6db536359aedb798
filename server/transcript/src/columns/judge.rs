//! Weighs what speaks for and against each step of a reading of the page: splitting a line here, putting these words in
//! that column, going on from this cell to that one, leaving a column empty on a line, leaving a line out of the
//! columns. What speaks for each is a few numbers ([`super::cues`]), which a small network weighs; the weights are
//! learnt from pages that the trainer sets.

use super::file::{ModelError, check_sum};
use super::net::Net;

/// How many numbers speak for each step.
pub const SPLIT: usize = 22;
/// See [`SPLIT`].
pub const CELL: usize = 26;
/// How many numbers speak for a link: those of the cell that it comes from, of the one that it goes to, and of both.
pub const LINK_PARTS: [usize; 3] = [31, 9, 19];
/// See [`SPLIT`].
pub const LINK: usize = LINK_PARTS[0] + LINK_PARTS[1] + LINK_PARTS[2];
/// See [`SPLIT`].
pub const SKIP: usize = 19;
/// See [`SPLIT`].
pub const OUTSIDE: usize = 49;
/// See [`SPLIT`].
pub const WRAP: usize = 33;
/// See [`SPLIT`].
pub const START: usize = 26;

/// The kinds of steps, in the order in which their networks are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Splitting a line before a word.
    Split,
    /// Some words of a line as one column's cell.
    Cell,
    /// A cell as what follows another in its column.
    Link,
    /// A line on which a column is empty.
    Skip,
    /// A line that is no part of the columns.
    Outside,
    /// The end of one column as what the start of the next goes on from.
    Wrap,
    /// The first line of columns.
    Start,
}

/// How many kinds of steps there are.
pub const STEPS: usize = 7;

/// How many numbers each kind of step has, in their order.
pub const INPUTS: [usize; STEPS] = [SPLIT, CELL, LINK, SKIP, OUTSIDE, WRAP, START];

const MAGIC: &[u8; 8] = b"coljudge";
/// Changes with the networks' inputs and the check sum.
const VERSION: u32 = 7;
/// Magic, version, check sum.
const HEADER: usize = 8 + 4 + 8;

/// The networks that weigh the steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Judge {
    /// One for each kind of step.
    pub nets: [Net; STEPS],
}

impl Judge {
    /// A judge that has learnt nothing.
    pub fn new() -> Judge {
        Judge { nets: INPUTS.map(Net::new) }
    }

    /// Reads a judge as [`Judge::to_bytes`] writes it.
    ///
    /// # Errors
    /// Whatever is not such a file, whole and undamaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Judge, ModelError> {
        let field = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
        let (Some(MAGIC), Some(version)) = (bytes.first_chunk(), field(8)) else { return Err(ModelError::Foreign) };
        if version != VERSION {
            return Err(ModelError::Version(version));
        }
        let expected = HEADER + 4 * INPUTS.map(Net::length).iter().sum::<usize>();
        if bytes.len() != expected {
            return Err(ModelError::Length { expected, found: bytes.len() });
        }
        let (header, body) = bytes.split_at(HEADER);
        let mut numbers = body.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four));
        let mut judge = Judge::new();
        judge.nets.iter_mut().flat_map(|net| &mut net.numbers).for_each(|number| {
            *number = numbers.next().unwrap_or(f32::NAN);
        });
        let sane = judge.nets.iter().flat_map(|net| &net.numbers).all(|number| number.abs() < 1e6);
        let sum = check_sum(&header[..HEADER - 8], body).to_le_bytes();
        if sane && header[HEADER - 8..] == sum { Ok(judge) } else { Err(ModelError::Damaged) }
    }

    /// The file that [`Judge::from_bytes`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let body: Vec<u8> = self.nets.iter().flat_map(|net| &net.numbers).flat_map(|n| n.to_le_bytes()).collect();
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(check_sum(&bytes, &body).to_le_bytes());
        bytes.extend(body);
        bytes
    }

    /// The score of a step, in nats.
    pub fn score(&self, step: Step, input: &[f32]) -> f32 {
        self.net(step).score(input)
    }

    /// The network of a kind of step.
    pub fn net(&self, step: Step) -> &Net {
        &self.nets[step as usize]
    }
}

impl Default for Judge {
    fn default() -> Self {
        Judge::new()
    }
}
