//! Letters and the marks over them. A text may hold "é" as one character or as a letter and a mark after it, as some PDFs
//! and file systems do; whoever looks a word up or compares words has them composed first, while places stay those of the
//! text as it stands.

use std::borrow::Cow;

use memchr::memchr2;
use unicode_normalization::char::{compose, is_combining_mark};

/// The letters of a text, marks composed with the letter before them where there is such a letter, each with the bytes
/// that it takes up in the text. One is never longer by itself than there.
pub fn letters(text: &str) -> impl Iterator<Item = (char, usize)> {
    let mut signs = text.chars().peekable();
    std::iter::from_fn(move || {
        let mut letter = signs.next()?;
        let mut length = letter.len_utf8();
        while let Some(whole) = signs.peek().filter(|mark| is_mark(**mark)).and_then(|mark| compose(letter, *mark)) {
            length += signs.next().map_or(0, char::len_utf8);
            letter = whole;
        }
        Some((letter, length))
    })
}

/// Whether a character is a mark over or under the letter before it.
pub fn is_mark(sign: char) -> bool {
    !sign.is_ascii() && is_combining_mark(sign)
}

/// A quick look at whether a text may hold marks after their letters. "No" is certain for the marks of Latin script.
pub fn has_marks(text: &str) -> bool {
    // U+0300 to U+037F are those two bytes and another.
    memchr2(0xcc, 0xcd, text.as_bytes()).is_some()
}

/// A text with its marks composed.
pub fn composed(text: &str) -> Cow<'_, str> {
    if has_marks(text) { letters(text).map(|(letter, _)| letter).collect() } else { Cow::Borrowed(text) }
}

/// A word in small letters, composed, as it stands in a table of words.
pub fn small(word: &str) -> String {
    composed(word).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_are_composed_with_their_letters() {
        for (text, whole) in [
            ("capi\u{301}tulo", "capítulo"),
            ("Vie\u{323}\u{302}t Nam", "Việt Nam"),
            ("SEC\u{327}A\u{303}O", "SEÇÃO"),
            ("\u{301}x\u{308}\u{301}", "\u{301}ẍ\u{301}"),
            ("één", "één"),
        ] {
            assert_eq!(composed(text), whole);
        }
    }

    proptest! {
        #[test]
        fn all_of_a_text_is_told(text in "[a-zé1 \u{300}-\u{304}\u{327}]{0,12}") {
            prop_assert_eq!(letters(&text).map(|(_, length)| length).sum::<usize>(), text.len());
            prop_assert!(letters(&text).all(|(letter, length)| letter.len_utf8() <= length));
        }
    }
}
