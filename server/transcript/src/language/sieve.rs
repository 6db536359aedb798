//! A quick look at a word that tells, as it is read, that it is in none of the tables: nearly no word of a text is, and each
//! is looked at with every keystroke. Eight bytes are read at a time.

/// The same byte eight times over.
const EACH: u64 = 0x0101_0101_0101_0101;
/// The top bit of each byte.
const TOP: u64 = 0x80 * EACH;

/// The word of the 26 letters that a text opens with.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainWord {
    /// How many letters it has; none where the text opens with something else.
    pub length: usize,
    /// Whether one after the first is a capital.
    pub humped: bool,
    /// What it is known by, capitals aside.
    mark: u64,
}

impl PlainWord {
    /// The one that these bytes open with.
    pub fn opening(bytes: &[u8]) -> Self {
        const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
        let (mut word, mut first) = (Self::default(), 0x80);
        loop {
            let eight = eight(&bytes[word.length..]);
            let small = eight | (0x20 * EACH);
            let from_a = (small & !TOP) + u64::from(0x80 - b'a') * EACH;
            let past_z = (small & !TOP) + u64::from(0x7f - b'z') * EACH;
            let letters = from_a & !past_z & !eight & TOP;
            let count = (!letters & TOP).trailing_zeros() / 8;
            let kept = u64::MAX.checked_shr(64 - 8 * count).unwrap_or(0);
            // What makes a letter small is the sixth bit of its byte.
            word.humped |= letters & kept & !(eight << 2) & !first != 0;
            if count > 0 {
                word.mark = (word.mark.rotate_left(5) ^ (small & kept)).wrapping_mul(FACTOR);
            }
            word.length += count as usize;
            if count < 8 {
                return word;
            }
            first = 0;
        }
    }

    /// A word as such a one; none where not all of it are such letters.
    fn of(word: &str) -> Option<Self> {
        Some(Self::opening(word.as_bytes())).filter(|plain| plain.length == word.len())
    }
}

/// The first eight bytes, noughts where there are fewer, the first one lowest.
fn eight(bytes: &[u8]) -> u64 {
    match bytes.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => bytes.iter().rev().fold(0, |eight, byte| (eight << 8) | u64::from(*byte)),
    }
}

/// A quick look at a word that spares nearly every word of a text the look into the tables: a Bloom filter of one bit.
#[derive(Debug)]
pub(super) struct Sieve(Vec<u64>);

impl Sieve {
    /// As a power of two, so many bits: some hundred times the words in the tables.
    const BITS: u32 = 17;

    /// Lets these words through.
    pub(super) fn new<'w>(words: impl Iterator<Item = &'w String>) -> Self {
        let mut bits = vec![0; 1 << (Self::BITS - 6)];
        words.filter_map(|word| PlainWord::of(word)).map(Self::place).for_each(|(at, bit)| bits[at] |= bit);
        Self(bits)
    }

    /// Where the bit of a word lies.
    fn place(word: PlainWord) -> (usize, u64) {
        let bit = word.mark >> (64 - Self::BITS);
        ((bit >> 6) as usize, 1 << (bit & 63))
    }

    /// Whether a word is let through.
    pub(super) fn holds(&self, word: PlainWord) -> bool {
        let (at, bit) = Self::place(word);
        self.0[at] & bit != 0
    }

    /// The same of any word: one with other letters may be anything.
    pub(super) fn lets_through(&self, word: &str) -> bool {
        PlainWord::of(word).is_none_or(|word| self.holds(word))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn eight_bytes_at_a_time_are_read_as_one_at_a_time(text in "[a-cX-Z]{0,20}[ -~é]{0,3}[a-z]{0,9}") {
            let letters: Vec<u8> = text.bytes().take_while(u8::is_ascii_alphabetic).collect();
            let word = PlainWord::opening(text.as_bytes());
            prop_assert_eq!(word.length, letters.len());
            prop_assert_eq!(word.humped, letters.iter().skip(1).any(u8::is_ascii_uppercase));
            // What comes after the word, and capitals, make no difference to what it is known by.
            let alone = PlainWord::opening(&letters.to_ascii_uppercase());
            prop_assert_eq!(word.mark, alone.mark);
        }
    }
}
