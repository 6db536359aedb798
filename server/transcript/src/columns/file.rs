//! What the files of learnt numbers share: why one is refused, and the sum that tells a damaged one.

/// Why a file is no model that this program can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelError {
    /// It does not start as such a model does.
    Foreign,
    /// It was made for another version of the program.
    Version(u32),
    /// It is shorter or longer than its header says.
    Length {
        /// How many bytes the header asks for.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// Its contents do not agree with its check sum, or hold numbers that no training gives.
    Damaged,
}

impl std::fmt::Display for ModelError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ModelError::Foreign => write!(out, "this is no model of columnist"),
            ModelError::Version(found) => {
                write!(out, "this model has version {found}, and this program reads another version")
            }
            ModelError::Length { expected, found } => {
                write!(out, "this model should have {expected} bytes and has {found}: it was cut short or added to")
            }
            ModelError::Damaged => write!(out, "this model is damaged: its check sum does not agree"),
        }
    }
}

impl std::error::Error for ModelError {}

/// A check against damage, not against malice. Of each 32 bytes the eights go into sums of their own, for a sum waits for
/// itself: so a few megabytes cost no time.
pub(super) fn check_sum(header: &[u8], body: &[u8]) -> u64 {
    let add = |sum: u64, eight: u64| (sum ^ eight).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
    let mut sums = [1, 2, 3, 4].map(|lane| add(0xcbf2_9ce4_8422_2325, lane));
    for part in [header, body] {
        let (rows, rest) = part.as_chunks::<32>();
        for row in rows {
            for (sum, &eight) in sums.iter_mut().zip(row.as_chunks().0) {
                *sum = add(*sum, u64::from_le_bytes(eight));
            }
        }
        sums[0] = rest.iter().fold(sums[0], |sum, &byte| add(sum, byte.into()));
        sums[0] = add(sums[0], part.len() as u64);
    }
    sums.into_iter().fold(0, add)
}
