//! What the junction model sees of a word: numbers that stand for its letters, its ending, its capitals and the marks
//! around it. A word is what stands between white space. No list of any language's words is needed: whatever a
//! language knows of its endings and little words is learnt from prose, under these numbers.

use std::hash::{Hash, Hasher};

use super::familiar::Familiar;
use crate::letters::spelt;

/// How many numbers describe a word by itself.
pub const FEATURES: usize = 8;

/// The most numbers that describe where words meet; see [`meeting`].
pub const MEETINGS: usize = 18;
/// So many of them speak of a word that was cut, and come last.
const CUT: usize = 4;

/// A word as the junction model sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Hash of the lower-case letters and digits, marks at both ends left out. It is a polynomial, so that the hash
    /// of two halves joined follows from the hashes of the halves.
    core: u64,
    /// The base of that polynomial to the power of the number of characters.
    weight: u64,
    /// The first and the last one to four characters of the core, packed, at 0 to 3.
    first: [u64; 4],
    last: [u64; 4],
    /// Capitals, digits, length.
    shape: u64,
    /// The mark that opens the word, and the marks that close it.
    opening: u64,
    closing: u64,
    /// Ends in a hyphen, as a word does that the column's edge cut.
    broken: bool,
}

const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Spreads the bits of a hash (the finaliser of MurmurHash3, which is in the public domain).
fn spread(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

fn mixed(kind: u64, parts: &[u64]) -> u64 {
    parts.iter().fold(spread(kind ^ BASE), |hash, &part| spread(hash.wrapping_mul(BASE) ^ part))
}

fn is_hyphen(mark: char) -> bool {
    matches!(mark, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}')
}

/// Marks that different typesetters use for the same thing, as one.
fn plain(mark: char) -> u64 {
    let mark = match mark {
        '\u{ad}' | '\u{2010}' | '\u{2011}' => '-',
        '\u{2013}' | '\u{2014}' | '\u{2212}' => '\u{2013}',
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '`' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => '"',
        other => other,
    };
    u64::from(u32::from(mark))
}

/// A character inside a word, capitals and kinds of dashes and quotes made one.
fn code(letter: char) -> u64 {
    if letter.is_ascii_alphanumeric() {
        u64::from(u32::from(letter.to_ascii_lowercase()))
    } else if letter.is_alphanumeric() {
        letter.to_lowercase().next().map_or(0, |small| u64::from(u32::from(small)))
    } else {
        plain(letter)
    }
}

impl Hash for Word {
    /// Words that differ in anything nearly always differ in one of these.
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.core ^ self.shape << 48 ^ self.opening << 24 ^ self.closing);
    }
}

impl Word {
    /// Reads a word; any text will do, also an empty one.
    pub fn new(text: &str) -> Word {
        let text = &*spelt(text);
        let bare = |sign: char| !sign.is_alphanumeric();
        let rest = text.trim_start_matches(bare);
        let (start, core) =
            if rest.is_empty() { (0, "") } else { (text.len() - rest.len(), rest.trim_end_matches(bare)) };
        let (opening, closing) = (&text[..start], &text[start + core.len()..]);
        let mut word = Word {
            weight: 1,
            opening: opening.chars().last().map_or(0, plain),
            closing: closing.chars().take(2).fold(0, |all, mark| all << 21 | plain(mark)),
            broken: !core.is_empty() && closing.chars().last().is_some_and(is_hyphen),
            ..Word::default()
        };
        let (mut upper, mut lower, mut digits, mut inner) = (0, 0, 0, 0);
        let (mut capital, mut tail) = (false, 0);
        for (at, letter) in core.chars().enumerate() {
            capital |= at == 0 && letter.is_uppercase();
            upper += u64::from(letter.is_uppercase());
            lower += u64::from(letter.is_lowercase());
            digits += u64::from(letter.is_numeric());
            inner += u64::from(!letter.is_alphanumeric());
            let code = code(letter);
            word.core = word.core.wrapping_mul(BASE).wrapping_add(code + 1);
            word.weight = word.weight.wrapping_mul(BASE);
            tail = tail << 16 | (code & 0xffff);
            for first in word.first.iter_mut().skip(at) {
                *first = *first << 16 | (code & 0xffff);
            }
        }
        word.last = [1, 2, 3, 4].map(|size| tail & u64::MAX >> (64 - 16 * size));
        let length = upper + lower + digits + inner;
        word.shape = u64::from(capital)
            | u64::from(upper > 1) << 1
            | u64::from(digits > 0) << 2
            | u64::from(lower > 0) << 3
            | u64::from(inner > 0) << 4
            | length.min(15).div_ceil(3) << 5
            | if lower + upper == 0 { digits.min(4) << 8 } else { 0 };
        word
    }

    /// The words of a line as they would be without their capitals where it is set in capitals throughout, as whole
    /// paragraphs of licences and contracts are: these tell nothing then. A heading or a name is shorter.
    ///
    /// None where it is not.
    pub(super) fn without_capitals<'w>(line: impl Iterator<Item = &'w Word> + Clone) -> Option<Vec<Word>> {
        const MANY: usize = 5;
        const CAPITALS: u64 = 0b11;
        const SMALL: u64 = 0b1000;
        if line.clone().any(|word| word.shape & SMALL > 0)
            || line.clone().filter(|word| word.shape & CAPITALS > 1).count() < MANY
        {
            return None;
        }
        let small = |word: &Word| match word.shape & CAPITALS {
            0 => *word,
            _ => Word { shape: word.shape & !CAPITALS | SMALL, ..*word },
        };
        Some(line.map(small).collect())
    }

    /// Whether it is made of marks alone.
    pub(super) fn is_mark(&self) -> bool {
        self.weight == 1
    }

    /// Whether the word ends in a hyphen, as one does that the edge of a column cut.
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    /// What its end tells: the marks that close it, and whether it was cut.
    fn end(&self) -> u64 {
        self.closing << 1 | u64::from(self.broken)
    }

    /// A number for these two words standing side by side, whatever their capitals and the marks around them.
    pub fn beside(&self, next: &Word) -> u64 {
        mixed(20, &[self.core, next.core])
    }

    /// A number for the word's letters.
    pub fn letters(&self) -> u64 {
        mixed(1, &[self.core])
    }

    /// The number of the letters of this word and the next in one, where this one was cut.
    pub fn joined(&self, next: &Word) -> u64 {
        mixed(1, &[self.core.wrapping_mul(next.weight).wrapping_add(next.core)])
    }

    /// The numbers that describe the word by itself, each over the whole range of 64 bits; its letters only where it is
    /// familiar.
    pub fn features(&self, familiar: &Familiar) -> [u64; FEATURES] {
        let letters = self.letters();
        [
            if familiar.holds(letters) { letters } else { mixed(9, &[]) },
            mixed(2, &[self.last[1]]),
            mixed(3, &[self.last[2]]),
            mixed(4, &[self.last[3], u64::from(self.broken)]),
            mixed(5, &[self.first[2]]),
            mixed(6, &[self.shape]),
            mixed(7, &[self.closing]),
            mixed(8, &[self.opening]),
        ]
    }
}

/// What the words before a junction bring to each of the numbers that describe it.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    parts: [u64; MEETINGS],
    core: u64,
    broken: bool,
}

/// What the words after a junction bring to each of them.
#[derive(Clone, Copy, Debug)]
pub struct After {
    parts: [u64; MEETINGS],
    core: u64,
    weight: u64,
}

impl Before {
    /// Looks at the last word; no other stands before it.
    pub fn new(near: &Word) -> Before {
        let far = &Word::default();
        let end = near.end();
        let [second, third, fourth] = [near.last[1], near.last[2], near.last[3]];
        let parts = [
            mixed(20, &[near.core]),
            mixed(21, &[near.core, end]),
            mixed(22, &[far.core]),
            mixed(23, &[near.core]),
            mixed(24, &[far.core, near.core]),
            mixed(25, &[near.core]),
            mixed(26, &[near.core, end]),
            mixed(27, &[third, end]),
            mixed(28, &[third, end]),
            mixed(29, &[near.shape, end]),
            mixed(30, &[end]),
            mixed(31, &[far.shape, far.closing, near.shape, end]),
            mixed(32, &[far.last[1], third, end]),
            mixed(33, &[third, end]),
            0,
            mixed(35, &[second]),
            mixed(36, &[third]),
            mixed(37, &[fourth]),
        ];
        Before { parts, core: near.core, broken: near.broken }
    }

    /// The same where another word stands before the last, which is told once more.
    #[must_use]
    pub fn with(mut self, far: &Word, near: &Word) -> Before {
        let end = near.end();
        self.parts[2] = mixed(22, &[far.core]);
        self.parts[4] = mixed(24, &[far.core, near.core]);
        self.parts[11] = mixed(31, &[far.shape, far.closing, near.shape, end]);
        self.parts[12] = mixed(32, &[far.last[1], near.last[2], end]);
        self
    }
}

impl After {
    /// Looks at the first word; no other stands after it.
    pub fn new(near: &Word) -> After {
        let beyond = &Word::default();
        let third = near.last[2];
        let parts = [
            mixed(40, &[near.core]),
            mixed(41, &[near.core, near.shape]),
            mixed(42, &[near.core]),
            mixed(43, &[beyond.core]),
            mixed(44, &[near.core]),
            mixed(45, &[near.core, beyond.core]),
            mixed(46, &[third]),
            mixed(47, &[near.core]),
            mixed(48, &[third]),
            mixed(49, &[near.shape, near.opening]),
            mixed(50, &[near.core, near.shape]),
            mixed(51, &[near.shape]),
            mixed(52, &[third]),
            mixed(53, &[third, beyond.last[1]]),
            0,
            mixed(55, &[near.first[1]]),
            mixed(56, &[near.first[2]]),
            mixed(57, &[near.first[0], third]),
        ];
        After { parts, core: near.core, weight: near.weight }
    }

    /// The same where another word stands after the first, which is told once more.
    #[must_use]
    pub fn with(mut self, near: &Word, beyond: &Word) -> After {
        self.parts[3] = mixed(43, &[beyond.core]);
        self.parts[5] = mixed(45, &[near.core, beyond.core]);
        self.parts[13] = mixed(53, &[near.last[2], beyond.last[1]]);
        self
    }
}

/// The numbers that describe where words meet, each over the whole range of 64 bits, and those more where a word was cut.
/// Each is the sum of what either side brings, so that the sides are looked at once and met by many; only the letters of
/// two halves joined are not.
#[inline]
pub fn meeting(before: &Before, after: &After) -> ([u64; MEETINGS - CUT], Option<[u64; CUT]>) {
    let sum = |at: usize| before.parts[at].wrapping_add(after.parts[at]);
    let cut = || {
        let mut cut = std::array::from_fn(|at| sum(MEETINGS - CUT + at));
        cut[0] = mixed(34, &[before.core.wrapping_mul(after.weight).wrapping_add(after.core)]);
        cut
    };
    (std::array::from_fn(sum), before.broken.then(cut))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<Word> {
        line.split_whitespace().map(Word::new).collect()
    }

    #[test]
    fn a_line_in_capitals_throughout_is_read_as_if_it_had_none() {
        let read = |line: &str| Word::without_capitals(words(line).iter());
        assert_eq!(
            read("WHETHER IN WRITING OR BY WORD, IN 2016"),
            Some(words("whether in writing or by word, in 2016"))
        );
        for other in ["THE TOWN HALL", "The UN, the EU, the IMF and the OECD", "A B C D E F G"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
