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

/// A check against damage, not against malice: eight bytes at a time, so that a few megabytes cost no time.
pub(super) fn check_sum(header: &[u8], body: &[u8]) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325u64;
    for part in [header, body] {
        let (eights, rest) = part.as_chunks();
        let last = rest.iter().fold(rest.len() as u64, |all, &byte| all << 8 | u64::from(byte));
        let mut add = |eight: u64| sum = (sum ^ eight).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
        eights.iter().for_each(|&eight| add(u64::from_le_bytes(eight)));
        add(last);
    }
    sum
}
