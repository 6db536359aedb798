//! Texts of others made harmless to show: a name or a quotation that would steer a terminal, or turn the direction of what
//! follows, so that it reads as something else than it is.

use std::borrow::Cow;

/// A text with U+FFFD for the characters that steer rather than show: control characters but for the line feed, and
/// those that set the direction of what follows (Unicode Standard Annex 9, "explicit" and "implicit" marks).
pub fn visible(text: &str) -> Cow<'_, str> {
    let turns =
        |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let steers = |c: char| c.is_control() && c != '\n' || turns(c);
    if text.contains(steers) { Cow::Owned(text.replace(steers, "\u{fffd}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_shown_and_all_else_stays() {
        assert_eq!(visible("a\u{1b}[31mb\u{202e}c\u{9b}d\r"), "a\u{fffd}[31mb\u{fffd}c\u{fffd}d\u{fffd}");
        for text in ["", "één 😀\nregel", "שלום", "a\u{200d}b\u{a0}c"] {
            assert!(matches!(visible(text), Cow::Borrowed(same) if same == text));
        }
    }
}
