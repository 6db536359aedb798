//! Which words the junction model has a vector for. Most of a language's words are rare, and were rare in the prose: what
//! was learnt of one is chance, and would be mixed into the vector that another, common one has in the same place. So the
//! letters of a rare word say nothing but that it is rare; its ending, beginning and shape say the rest.

/// The words that were common in the prose, in a Bloom filter (Bloom 1970) of three bits a word: it holds all of them, and
/// takes a few in a hundred of the others for such.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Familiar(Vec<u8>);

/// How many bits of the filter stand for a word.
const BITS: u32 = 3;
/// As a power of two, the most bits that there may be: so many bits of a word's number find each.
const LARGEST: u32 = 20;

impl Familiar {
    /// Of words that go by these numbers ([`super::word::Word::letters`]), in a filter of so many bits, as a power of two
    /// from 3 to 20.
    pub fn new(words: impl Iterator<Item = u64>, size: u32) -> Familiar {
        let mut bits = vec![0; 1 << (size.clamp(3, LARGEST) - 3)];
        for word in words {
            for (at, bit) in places(word, bits.len()) {
                bits[at] |= bit;
            }
        }
        Familiar(bits)
    }

    /// One that takes every word for familiar.
    pub fn with_all() -> Familiar {
        Familiar(Vec::new())
    }

    /// Reads one as [`Familiar::as_bytes`] gives it: a power of two of bytes, or none.
    pub(super) fn from_bytes(bytes: &[u8]) -> Familiar {
        Familiar(bytes.to_vec())
    }

    /// The bits of the filter.
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether a word that goes by this number was common.
    pub fn holds(&self, word: u64) -> bool {
        self.0.is_empty() || places(word, self.0.len()).all(|(at, bit)| self.0[at] & bit != 0)
    }
}

/// Where the bits of a word lie in a filter of so many bytes: which byte, and which of its bits.
fn places(word: u64, bytes: usize) -> impl Iterator<Item = (usize, u8)> {
    (0..BITS).map(move |nth| {
        let bit = (word >> (nth * LARGEST)) as usize & (8 * bytes - 1);
        (bit / 8, 1 << (bit % 8))
    })
}

#[cfg(test)]
mod tests {
    use super::super::word::Word;
    use super::*;

    #[test]
    fn all_words_are_held_and_few_others() {
        let words = |from: usize| (from..from + 10_000).map(|at| Word::new(&format!("woord{at}")).letters());
        let familiar = Familiar::new(words(0), 17);
        assert!(words(0).all(|word| familiar.holds(word)));
        let others = words(20_000).filter(|word| familiar.holds(*word)).count();
        assert!(others < 300, "{others} of 10,000 others");
        assert!(words(20_000).all(|word| Familiar::with_all().holds(word)));
    }
}
