//! Letters, however a text writes them. It may hold "é" as one character or as a letter and a mark after it, "fi" as one
//! character of print, "s" as the long one, as some PDFs, file systems and old books do. Whoever looks a word up or compares
//! words has them spelt first, a character a letter, while places stay those of the text as it stands.

use std::borrow::Cow;

use memchr::{memchr2_iter, memchr3_iter};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

/// The letters of a text: marks composed with the letter before them where there is such a letter, ligatures taken apart.
/// Each with the bytes that it takes up in the text; those of a ligature are its first letter's.
pub fn letters(text: &str) -> impl Iterator<Item = (char, usize)> {
    let mut signs = text.chars().peekable();
    let mut more = "".chars();
    std::iter::from_fn(move || {
        if let Some(letter) = more.next() {
            return Some((letter, 0));
        }
        let sign = signs.next()?;
        let mut length = sign.len_utf8();
        if let Some(parts) = parts(sign) {
            more = parts.chars();
            return more.next().map(|letter| (letter, length));
        }
        let mut letter = sign;
        while let Some(whole) = signs.peek().filter(|mark| is_mark(**mark)).and_then(|mark| compose(letter, *mark)) {
            length += signs.next().map_or(0, char::len_utf8);
            letter = whole;
        }
        Some((letter, length))
    })
}

/// What letters a character stands for that is none by itself.
fn parts(sign: char) -> Option<&'static str> {
    Some(match sign {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        'ĳ' => "ij",
        'Ĳ' => "IJ",
        'ſ' => "s",
        _ => return None,
    })
}

/// Whether a character is a mark over or under the letter before it.
pub fn is_mark(sign: char) -> bool {
    !sign.is_ascii() && is_combining_mark(sign)
}

/// A letter without its marks.
pub fn base(letter: char) -> char {
    std::iter::once(letter).nfd().next().unwrap_or(letter)
}

/// A quick look at whether each letter of a text in Latin script is one character. "Yes" is certain.
pub fn is_spelt(text: &str) -> bool {
    if text.is_ascii() {
        return true;
    }
    let bytes = text.as_bytes();
    let second = |at: usize| bytes.get(at + 1).copied();
    // The marks are U+0300 to U+037F, the ligatures of print U+FB00 to U+FB06; "ĳ", "Ĳ" and "ſ" stand among other letters.
    let marks = |at: usize| bytes[at] != 0xef || second(at) == Some(0xac);
    let among = |at: usize| matches!((bytes[at], second(at)), (0xc4, Some(0xb2 | 0xb3)) | (0xc5, Some(0xbf)));
    !memchr3_iter(0xcc, 0xcd, 0xef, bytes).any(marks) && !memchr2_iter(0xc4, 0xc5, bytes).any(among)
}

/// A text with its letters spelt, a character each.
pub fn spelt(text: &str) -> Cow<'_, str> {
    if is_spelt(text) { Cow::Borrowed(text) } else { letters(text).map(|(letter, _)| letter).collect() }
}

/// A word in small letters, spelt, as it stands in a table of words.
pub fn small(word: &str) -> String {
    spelt(word).to_lowercase()
}

/// How many bytes of a text are some words in small letters that it starts with, in whatever case and however written; none
/// where it starts with others.
pub fn starts_with(text: &str, words: &str) -> Option<usize> {
    let mut signs = letters(text).map(|(letter, length)| (letter.to_lowercase(), length));
    let (mut wanted, mut bytes) = (words.chars().peekable(), 0);
    while wanted.peek().is_some() {
        let (lower, length) = signs.next()?;
        bytes += length;
        for letter in lower {
            (wanted.next() == Some(letter)).then_some(())?;
        }
    }
    // Not in the middle of a ligature.
    signs.next().is_none_or(|(_, length)| length > 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_starts_with_words_however_it_writes_them() {
        assert_eq!(starts_with("NAD c\u{30c}arou 3", "nad čarou"), Some("NAD c\u{30c}arou".len()));
        assert_eq!(starts_with("ﬁg. 3", "fig"), Some("ﬁg".len()));
        assert_eq!(starts_with("oﬃce", "off"), None);
        assert_eq!(starts_with("nad", "nad čarou"), None);
        assert_eq!(starts_with("pod čarou", "nad čarou"), None);
        assert_eq!(starts_with("pod", ""), Some(0));
    }

    #[test]
    fn each_letter_is_a_character() {
        for (text, whole) in [
            ("capi\u{301}tulo", "capítulo"),
            ("Vie\u{323}\u{302}t Nam", "Việt Nam"),
            ("SEC\u{327}A\u{303}O", "SEÇÃO"),
            ("\u{301}x\u{308}\u{301}", "\u{301}ẍ\u{301}"),
            ("ﬁgure, oﬃce, bĳlage", "figure, office, bijlage"),
            ("ſiehe Abſchnitt", "siehe Abschnitt"),
            ("één żółw", "één żółw"),
        ] {
            assert_eq!(spelt(text), whole);
        }
    }

    proptest! {
        #[test]
        fn all_of_a_text_is_told(text in "[a-zéżﬁﬃĳſ1 \u{300}-\u{304}\u{327}]{0,12}") {
            prop_assert_eq!(letters(&text).map(|(_, length)| length).sum::<usize>(), text.len());
            let spelt: String = letters(&text).map(|(letter, _)| letter).collect();
            prop_assert!(!is_spelt(&text) || spelt == text);
        }
    }
}
