//! The prose of a text in one string, paragraph by paragraph in reading order, with the way back to the text. Lines and
//! cells of a paragraph are joined by a space, words broken at their ends are whole again, and what is no prose
//! (furniture, code, the addresses of links) is left out: so a reference is found in one piece wherever it was broken.
//! Its letters are spelt, a character each, as those are of the words that are looked for.

use crate::letters::{is_spelt, letters};
use crate::span::Span;

/// The joined prose. Paragraphs end with a line feed; nothing else in it is one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flow {
    text: String,
    /// Where each piece starts here, and where it starts in the text; ascending by the first.
    pieces: Vec<(usize, usize)>,
    /// Where letters end here that take up other bytes in the text, and how many more all do up to there.
    longer: Vec<(usize, usize)>,
}

impl Flow {
    /// The prose.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Adds a piece of the current paragraph.
    pub fn push(&mut self, text: &str, span: Span) {
        let piece = &text[span.range()];
        if piece.is_empty() {
            return;
        }
        self.join(piece);
        self.pieces.push((self.text.len(), span.start));
        let mut rest = piece;
        while let Some(end) = memchr::memchr2(b'\n', b'\r', rest.as_bytes()) {
            self.add(&rest[..end]);
            self.text.push(' ');
            rest = &rest[end + 1..];
        }
        self.add(rest);
    }

    fn add(&mut self, line: &str) {
        if is_spelt(line) {
            self.text.push_str(line);
        } else {
            self.spell(line);
        }
    }

    /// Adds a text, its letters spelt.
    fn spell(&mut self, text: &str) {
        for (letter, length) in letters(text) {
            self.text.push(letter);
            if length != letter.len_utf8() {
                // All of a ligature is taken up by its first letter, so the sum is never below zero.
                let longer = self.longer.last().map_or(0, |(_, longer)| *longer) + length - letter.len_utf8();
                self.longer.push((self.text.len(), longer));
            }
        }
    }

    /// By how many bytes the letters up to a place here are longer in the text.
    fn longer_by(&self, at: usize) -> usize {
        let before = self.longer.partition_point(|(end, _)| *end <= at);
        before.checked_sub(1).map_or(0, |last| self.longer[last].1)
    }

    /// Ends the current paragraph.
    pub fn end_paragraph(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Whether the current paragraph stops in the middle of a sentence: what follows a page's end goes on with it.
    pub fn is_open(&self) -> bool {
        let words = self.text.trim_end_matches([' ', '\u{a0}']);
        // A mark of a note may stand after the full stop: "planning.12", "planning. [12]", "planning.[^12]".
        let note = |sign: char| sign.is_ascii_digit() || matches!(sign, '[' | ']' | '^' | ' ' | '\u{a0}');
        let bare = words.trim_end_matches(note);
        let ended = |text: &str| {
            let text = text.trim_end_matches(['"', '”', '’', '»', '“', ')', '*', '_']);
            text.is_empty() || text.ends_with(['.', '!', '?', ':', '…', '\n'])
        };
        !ended(words) && !ended(bare)
    }

    /// The place in the text of a place here.
    pub fn source(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        self.pieces.get(piece).map_or(0, |&from| self.place(from, at))
    }

    /// The bytes of the text from `start` up to `end` here, where both lie in one piece.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        let piece = self.pieces.partition_point(|(begin, _)| *begin <= start).checked_sub(1)?;
        let next = self.pieces.get(piece + 1).map_or(self.text.len(), |(begin, _)| *begin);
        let piece = self.pieces[piece];
        (end <= next).then(|| Span::new(self.place(piece, start), self.place(piece, end)))
    }

    /// The place in the text of a place at or after the start of a piece.
    fn place(&self, (start, source): (usize, usize), at: usize) -> usize {
        source + at.saturating_sub(start) + self.longer_by(at) - self.longer_by(start)
    }

    /// Puts what belongs between two pieces: nothing where a word was broken, else a space.
    fn join(&mut self, next: &str) {
        if self.text.is_empty() || self.text.ends_with(['\n', ' ']) {
            return;
        }
        let hyphen =
            self.text.chars().next_back().filter(|sign| matches!(sign, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}'));
        if let Some(hyphen) = hyphen {
            let before = self.text[..self.text.len() - hyphen.len_utf8()].chars().next_back();
            if before.is_some_and(char::is_alphabetic) && next.starts_with(char::is_lowercase) {
                self.text.truncate(self.text.len() - hyphen.len_utf8());
                return;
            }
        }
        self.text.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters::spelt;
    use proptest::prelude::*;

    /// The prose of lines, one paragraph.
    fn flow(text: &str) -> Flow {
        let mut flow = Flow::default();
        let mut at = 0;
        for line in text.split('\n') {
            flow.push(text, Span::new(at, at + line.len()));
            at += line.len() + 1;
        }
        flow
    }

    #[test]
    fn broken_words_are_whole_and_lead_back() {
        let text = "zie hoofd-\nstuk\n1.3 van";
        let flow = flow(text);
        assert_eq!(flow.text(), "zie hoofdstuk 1.3 van");
        let at = flow.text().find("1.3").expect("it is there");
        assert_eq!(flow.span(at, at + 3).map(|span| &text[span.range()]), Some("1.3"));
        assert_eq!(flow.span(4, at + 3), None, "it lies on three lines");
    }

    #[test]
    fn letters_are_spelt_and_places_lead_back() {
        let text = "ve\u{301}ase ﬁgura 2, según\nel capi\u{301}tulo 3";
        let flow = flow(text);
        assert_eq!(flow.text(), "véase figura 2, según el capítulo 3");
        for (found, there) in [("figura 2", "ﬁgura 2"), ("según", "según"), ("capítulo 3", "capi\u{301}tulo 3")] {
            let at = flow.text().find(found).expect("it is there");
            assert_eq!(flow.span(at, at + found.len()).map(|span| &text[span.range()]), Some(there));
            assert_eq!(text[flow.source(at)..].find(there), Some(0));
        }
    }

    proptest! {
        #[test]
        fn every_letter_leads_back_to_itself(text in "[a-cé \u{300}-\u{304}\n-]{0,24}") {
            let flow = flow(&text);
            for (at, letter) in flow.text().char_indices().filter(|(_, letter)| *letter != ' ' && *letter != '\n') {
                let there = flow.span(at, at + letter.len_utf8()).map(|span| spelt(&text[span.range()]).into_owned());
                prop_assert_eq!(there, Some(letter.to_string()));
            }
        }
    }

    #[test]
    fn a_paragraph_is_open_until_its_sentence_ends() {
        for (text, open) in [
            ("op grond van de", true),
            ("bleef.", false),
            ("bleef.12", false),
            ("bleef. [3]", false),
            ("van 2019", true),
        ] {
            assert_eq!(flow(text).is_open(), open, "{text}");
        }
    }
}
