//! Where a word may be cut at a line's end: after a vowel before a single consonant, and between two consonants that
//! stand between vowels. Coarser than a dictionary, and the same in every language of the prose, which is enough for
//! pages to learn from.

use transcript::letters::base;

/// What is left on either side of a cut has at least so many letters.
const BEFORE: usize = 2;
const AFTER: usize = 3;

/// The byte offsets at which a word may be cut, ascending. Only letters between the marks at both ends are cut apart.
pub(crate) fn points(word: &str) -> Vec<usize> {
    let letters: Vec<(usize, char)> = word.char_indices().collect();
    let is_vowel = |at: usize| "aeiouyæœøıAEIOUYÆŒØ".contains(base(letters[at].1));
    let first = letters.iter().position(|(_, letter)| letter.is_alphabetic()).unwrap_or(letters.len());
    let last = letters.iter().rposition(|(_, letter)| letter.is_alphabetic()).map_or(0, |at| at + 1);
    let whole = letters.get(first..last).is_some_and(|core| core.iter().all(|(_, letter)| letter.is_alphabetic()));
    if !whole {
        return Vec::new();
    }
    (first + BEFORE..(last + 1).saturating_sub(AFTER))
        .filter(|&at| {
            let vowel_before = (first..at).any(is_vowel);
            let open = is_vowel(at - 1) && !is_vowel(at) && is_vowel(at + 1);
            let closed = !is_vowel(at - 1) && !is_vowel(at) && is_vowel(at + 1) && is_vowel(at - 2);
            vowel_before && (open || closed)
        })
        .map(|at| letters[at].0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, cut: &str) {
        let mut text = word.to_owned();
        points(word).into_iter().rev().for_each(|at| text.insert(at, '-'));
        assert_eq!(text, cut);
    }

    #[test]
    fn words_are_cut_between_syllables() {
        check("vergaderen", "ver-ga-de-ren");
        check("Žádostí", "Žá-dostí");
        check("(economische)", "(eco-no-mische)");
        check("weg", "weg");
        check("12,5", "12,5");
        check("", "");
    }
}
