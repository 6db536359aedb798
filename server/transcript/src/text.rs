//! The text of a document while it is edited: a rope, so that an edit and a snapshot cost next to nothing however long
//! the text is. LF, CRLF and CR end a line and nothing else does (the protocol's rule); a form feed starts a page and
//! stays in the text of its line. Only this module and [`crate::position`] know the rope.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};

use ropey::Rope;
use smallvec::SmallVec;

use crate::span::Span;

/// So many edits back it is known what a text was.
const EDITS_BACK: usize = 4;

/// A text with cheap edits and snapshots. Offsets are bytes; one that falls inside a character or past the end is
/// moved back to the nearest border, so that no call can fail.
#[derive(Clone, Debug, Default)]
pub struct Text {
    rope: Rope,
    /// Texts of the same edition are the same; nought is the empty one's.
    edition: u64,
    /// What it was before the last edits, the oldest first.
    past: SmallVec<[Past; EDITS_BACK]>,
}

/// A text before some edits.
#[derive(Clone, Copy, Debug)]
struct Past {
    edition: u64,
    /// So many bytes at the start and at the end are still the same.
    alike: (usize, usize),
}

/// An edition that no text has yet.
fn new_edition() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

impl Text {
    /// A text with this content.
    pub fn new(content: &str) -> Self {
        Self { rope: Rope::from_str(content), edition: new_edition(), past: SmallVec::new() }
    }

    /// The number of bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Whether the text holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of it in one piece.
    pub fn whole(&self) -> String {
        let mut whole = String::new();
        self.fill(&mut whole);
        whole
    }

    fn fill(&self, held: &mut String) {
        held.clear();
        held.reserve_exact(self.len());
        self.rope.chunks().for_each(|chunk| held.push_str(chunk));
    }

    /// Makes all of it of a string, which must hold another text in one piece: where this one is that one after a few edits,
    /// only what they moved is written.
    pub fn write_over(&self, held: &mut String, other: &Text) {
        match self.since(other) {
            Some((start, end)) => {
                // So that letters typed one after the other do not have it grow each time.
                if held.capacity() < self.len() {
                    held.reserve_exact(self.len() - held.len() + self.len() / 64);
                }
                held.replace_range(start..other.len() - end, &self.slice(Span::new(start, self.len() - end)));
            }
            None => self.fill(held),
        }
    }

    /// So many bytes at the start and at the end are the same in another text: after few edits all but those about them, else
    /// as far as the pieces tell that both have in common. More may be the same, and where all are the two meet.
    pub fn alike(&self, other: &Text) -> (usize, usize) {
        self.since(other).or_else(|| other.since(self)).unwrap_or_else(|| self.pieces_alike(other))
    }

    /// The same, where this text is the other after a few edits; then the two do not meet.
    fn since(&self, other: &Text) -> Option<(usize, usize)> {
        if self.edition == other.edition {
            return Some((self.len(), 0));
        }
        self.past.iter().find(|past| past.edition == other.edition).map(|past| past.alike)
    }

    fn pieces_alike(&self, other: &Text) -> (usize, usize) {
        let length = |pieces: &mut dyn Iterator<Item = (&str, &str)>| -> usize {
            pieces.take_while(|(one, other)| std::ptr::eq(*one, *other)).map(|(one, _)| one.len()).sum()
        };
        let [from_the_end, of_the_other] = [self, other].map(|text| text.rope.chunks_at_byte(text.len()).0.reversed());
        let start = length(&mut self.rope.chunks().zip(other.rope.chunks()));
        (start, length(&mut from_the_end.zip(of_the_other)))
    }

    /// Replaces the bytes of a span. A span that does not fit is cut to the text.
    pub fn edit(&mut self, span: Span, with: &str) {
        let start = self.char_at(span.start);
        let end = self.char_at(span.end).max(start);
        let alike = (self.rope.char_to_byte(start), self.len() - self.rope.char_to_byte(end));
        for past in &mut self.past {
            past.alike = (past.alike.0.min(alike.0), past.alike.1.min(alike.1));
        }
        if self.past.len() == EDITS_BACK {
            self.past.remove(0);
        }
        self.past.push(Past { edition: self.edition, alike });
        self.edition = new_edition();
        self.rope.remove(start..end);
        self.rope.insert(start, with);
    }

    /// The bytes of a span, cut to the text; borrowed where they lie together in memory.
    pub fn slice(&self, span: Span) -> Cow<'_, str> {
        let start = self.char_at(span.start);
        let end = self.char_at(span.end).max(start);
        self.rope.slice(start..end).into()
    }

    /// The number of lines: one more than there are line ends.
    pub fn line_count(&self) -> usize {
        self.rope.len_lines()
    }

    /// The line in which a byte lies, counted from zero; past the end, the last line.
    pub fn line_of(&self, offset: usize) -> usize {
        self.rope.char_to_line(self.char_at(offset))
    }

    /// The bytes of a line without its line end; for a line that is not there, the empty span at the end.
    pub fn line_span(&self, line: usize) -> Span {
        if line >= self.line_count() {
            return Span::at(self.len());
        }
        let start = self.rope.line_to_byte(line);
        let end = self.rope.line_to_byte(line + 1);
        let tail = self.slice(Span::new(end.saturating_sub(2).max(start), end));
        let terminator = if tail.ends_with("\r\n") { 2 } else { usize::from(tail.ends_with(['\n', '\r'])) };
        Span::new(start, end - terminator)
    }

    /// The character index of a byte, moved back to a border of characters.
    pub(crate) fn char_at(&self, offset: usize) -> usize {
        self.rope.byte_to_char(offset.min(self.len()))
    }

    /// The rope, for the conversion of positions.
    pub(crate) fn rope(&self) -> &Rope {
        &self.rope
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rope.chunks().try_for_each(|chunk| f.write_str(chunk))
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.rope == *other
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The lines of a text, one a string.
    fn lines(content: &str) -> Vec<String> {
        let text = Text::new(content);
        (0..text.line_count()).map(|line| text.slice(text.line_span(line)).into_owned()).collect()
    }

    #[test]
    fn lf_crlf_and_cr_end_a_line() {
        assert_eq!(lines("a\nb\r\nc\rd"), ["a", "b", "c", "d"]);
        assert_eq!(lines("a\n\r\nb\n"), ["a", "", "b", ""]);
        assert_eq!(lines(""), [""]);
    }

    #[test]
    fn nothing_else_ends_a_line() {
        for c in ['\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'] {
            assert_eq!(lines(&format!("a{c}b")).len(), 1, "{c:?}");
        }
    }

    #[test]
    fn edits_that_do_not_fit_are_cut() {
        let mut text = Text::new("één");
        text.edit(Span::new(1, 2), "E"); // inside the first é: from its start to its end
        assert_eq!(text.to_string(), "Eén");
        text.edit(Span::new(90, 99), "!");
        assert_eq!(text.to_string(), "Eén!");
    }

    #[test]
    fn after_edits_all_but_what_is_about_them_is_alike() {
        const PIECE: usize = 5_000;
        let text = Text::new(&"De haven was drukker dan ooit.\n".repeat(4_000));
        let mut edited = text.clone();
        let mut check = |edits: usize, off: usize| {
            (0..edits).for_each(|edit| edited.edit(Span::at(60_000 - edit), "é"));
            for (start, end) in [edited.alike(&text), text.alike(&edited)] {
                assert!((60_000 - off..=60_000).contains(&start), "{start}");
                let after = text.len() - 60_000;
                assert!((after - off..=after).contains(&end), "{end} of {after}");
            }
        };
        check(1, 0);
        check(EDITS_BACK - 1, EDITS_BACK);
        check(1, PIECE);
        assert_eq!(text.alike(&text), (text.len(), 0));
    }

    proptest! {
        #[test]
        fn what_is_told_to_be_alike_is(
            content in "[ab\n]{0,9000}",
            edits in prop::collection::vec((0..9000usize, 0..9000usize, "[ab]{0,9}"), 1..9),
        ) {
            let text = Text::new(&content);
            let mut edited = text.clone();
            edits.iter().for_each(|(start, end, new)| edited.edit(Span::new(*start, *start.max(end)), new));
            let (old, new) = (text.whole(), edited.whole());
            let (start, end) = edited.alike(&text);
            prop_assert_eq!(&old[..start], &new[..start]);
            prop_assert_eq!(&old[old.len() - end..], &new[new.len() - end..]);
            let mut held = old;
            edited.write_over(&mut held, &text);
            prop_assert_eq!(held, new);
        }

        #[test]
        fn edits_equal_those_of_a_string(
            content in "[a-zé\u{1F600}\r\n\u{c} ]{0,40}",
            edits in proptest::collection::vec((0usize..50, 0usize..50, "[a-zé\u{1F600}\r\n]{0,5}"), 0..20),
        ) {
            let mut text = Text::new(&content);
            let mut string = content;
            for (a, b, with) in edits {
                let border = |i: usize| (0..=i.min(string.len())).rev().find(|i| string.is_char_boundary(*i)).unwrap();
                let (start, end) = (border(a.min(b)), border(a.max(b)));
                text.edit(Span::new(start, end), &with);
                string.replace_range(start..end, &with);
                prop_assert_eq!(text.to_string(), string.as_str());
            }
        }
    }
}
