//! A quick look at a word that tells, letter by letter as it is read, that it is in none of the tables: nearly no word of
//! a text is, and each is looked at with every keystroke.

/// The letters of a word as they are read, capitals aside, in one number.
#[derive(Clone, Copy, Debug, Default)]
pub struct Letters(u64);

impl Letters {
    /// Takes the next letter, which must be one of the 26.
    pub fn take(&mut self, letter: u8) {
        const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
        self.0 = (self.0.rotate_left(5) ^ u64::from(letter | 0x20)).wrapping_mul(FACTOR);
    }

    /// Those of a word; none where not all of it are such letters.
    pub(super) fn of(word: &str) -> Option<Self> {
        let mut letters = Self::default();
        for byte in word.bytes() {
            if !byte.is_ascii_alphabetic() {
                return None;
            }
            letters.take(byte);
        }
        Some(letters)
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
        words.filter_map(|word| Letters::of(word)).map(Self::place).for_each(|(at, bit)| bits[at] |= bit);
        Self(bits)
    }

    /// Where the bit of a word lies.
    fn place(letters: Letters) -> (usize, u64) {
        let bit = letters.0 >> (64 - Self::BITS);
        ((bit >> 6) as usize, 1 << (bit & 63))
    }

    /// Whether a word is let through.
    pub(super) fn holds(&self, letters: Letters) -> bool {
        let (at, bit) = Self::place(letters);
        self.0[at] & bit != 0
    }

    /// The same of any word: one with other letters may be anything.
    pub(super) fn lets_through(&self, word: &str) -> bool {
        Letters::of(word).is_none_or(|letters| self.holds(letters))
    }
}
