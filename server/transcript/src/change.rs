//! What an edit changed of a text: the lines and bytes that it replaced, in the text before and in the text after.

use std::ops::Range;

use crate::lines::Lines;
use crate::span::Span;

/// Lines that became others. Before and after them both texts are alike, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The lines that were.
    pub old: Range<usize>,
    /// The lines that are.
    pub new: Range<usize>,
    /// The bytes of the old lines, their ends included.
    old_span: Span,
    /// The bytes of the new ones.
    new_span: Span,
}

impl Change {
    /// What differs between two texts, in whole lines, and the lines of the second. Where the first is not empty, at least
    /// one byte of it is among the lines that were. `known` is how many bytes at the start and at the end are known to be the
    /// same in both; nought where nothing is known.
    pub fn between<'n>(old: &Lines, new: &'n str, known: (usize, usize)) -> (Self, Lines<'n>) {
        let (prefix, suffix) = alike(old.text().as_bytes(), new.as_bytes(), known);
        let new = Lines::edited(new, old, prefix, suffix);
        let start = old.line_of(prefix).min(new.line_of(prefix));
        // Of an empty last line alone its start is its end: what ends there and what reaches to the end of the text would
        // not be told apart.
        let nothing = old.span(start).start == old.text().len();
        let start = start - usize::from(nothing && start > 0);
        let end = |lines: &Lines| lines.line_of(lines.text().len() - suffix) + 1;
        (Self::of(old, &new, start..end(old), start..end(&new)), new)
    }

    fn of(old: &Lines, new: &Lines, old_lines: Range<usize>, new_lines: Range<usize>) -> Self {
        let span = |lines: &Lines, of: &Range<usize>| {
            let start = lines.span(of.start).start;
            Span::new(start, lines.full_span(of.end - 1).end)
        };
        let (old_span, new_span) = (span(old, &old_lines), span(new, &new_lines));
        Self { old: old_lines, new: new_lines, old_span, new_span }
    }

    /// The same change with so many of the lines before and after it.
    pub fn widened(&self, old: &Lines, new: &Lines, before: usize, after: usize) -> Self {
        let wide = |of: &Range<usize>| of.start - before..of.end + after;
        Self::of(old, new, wide(&self.old), wide(&self.new))
    }

    /// Where a line outside of the change stands after it.
    pub fn line(&self, line: usize) -> usize {
        if line < self.old.end { line } else { line - self.old.end + self.new.end }
    }

    /// Where a byte outside of the change stands after it.
    pub fn offset(&self, offset: usize) -> usize {
        if offset < self.old_span.end { offset } else { offset - self.old_span.end + self.new_span.end }
    }

    /// Where a span stands after the change; its ends lie outside of it.
    pub fn span(&self, span: Span) -> Span {
        Span::new(self.offset(span.start), self.offset(span.end))
    }

    /// The same of any span; none where an end lies among the lines that were.
    pub fn span_outside(&self, span: Span) -> Option<Span> {
        let outside = |offset: usize| offset <= self.old_span.start || offset >= self.old_span.end;
        (outside(span.start) && outside(span.end)).then(|| self.span(span))
    }

    /// The bytes of the lines that were.
    pub fn old_span(&self) -> Span {
        self.old_span
    }

    /// The bytes of the lines that are.
    pub fn new_span(&self) -> Span {
        self.new_span
    }
}

/// How many bytes at the start and at the end of two texts are the same, none counted twice; so many are known to be.
fn alike(old: &[u8], new: &[u8], known: (usize, usize)) -> (usize, usize) {
    const CHUNK: usize = 1024;
    let least = old.len().min(new.len());
    let prefix = known.0.min(least);
    let chunks = old[prefix..].chunks_exact(CHUNK).zip(new[prefix..].chunks_exact(CHUNK));
    let prefix = prefix + chunks.take_while(|(one, other)| one == other).count() * CHUNK;
    let prefix = prefix + old[prefix..].iter().zip(&new[prefix..]).take_while(|(one, other)| one == other).count();
    let suffix = known.1.min(least - prefix);
    let (old, new) = (&old[prefix..old.len() - suffix], &new[prefix..new.len() - suffix]);
    let chunks = old.rchunks_exact(CHUNK).zip(new.rchunks_exact(CHUNK)).take_while(|(one, other)| one == other);
    let more = chunks.count() * CHUNK;
    let (old, new) = (&old[..old.len() - more], &new[..new.len() - more]);
    let rest = old.iter().rev().zip(new.iter().rev()).take_while(|(one, other)| one == other).count();
    (prefix, suffix + more + rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The lines that differ, and where lines and bytes outside of them stand afterwards, each with where it stood.
    fn check(old: &str, new: &str, differ: [Range<usize>; 2], lines: &[(usize, usize)], bytes: &[(usize, usize)]) {
        let (change, _) = Change::between(&Lines::new(old), new, (0, 0));
        assert_eq!([change.old.clone(), change.new.clone()], differ);
        lines.iter().for_each(|&(from, to)| assert_eq!(change.line(from), to, "line {from}"));
        bytes.iter().for_each(|&(from, to)| assert_eq!(change.offset(from), to, "byte {from}"));
    }

    #[test]
    fn the_line_of_a_letter_is_what_changed() {
        check("one\ntwo\nthree\n", "one\ntoo\nthree\n", [1..2, 1..2], &[(0, 0), (2, 2)], &[(3, 3), (8, 8)]);
    }

    #[test]
    fn a_line_more_moves_what_comes_after() {
        let (old, new) = ("one\ntwo\nthree\n", "one\ntwo\nand a half\nthree\n");
        check(old, new, [2..3, 2..4], &[(0, 0), (3, 4)], &[(old.len(), new.len())]);
    }

    #[test]
    fn a_line_end_typed_on_the_empty_last_line_moves_the_end_of_the_text_alone() {
        check("\n\r\n", "\n\r\n\n", [1..3, 1..4], &[(0, 0)], &[(1, 1), (3, 4)]);
    }

    proptest! {
        #[test]
        fn around_a_change_the_lines_are_the_same(old in "[ab\r\n]{0,40}", new in "[ab\r\n]{0,40}", same in "[ab\r\n]{0,300}") {
            let (old, new) = (format!("{same}{old}{same}"), format!("{same}{new}{same}"));
            let old = Lines::new(&old);
            let (told, _) = Change::between(&old, &new, (same.len(), same.len()));
            let (change, new) = Change::between(&old, &new, (0, 0));
            prop_assert_eq!(&told, &change, "what is known of it makes it another");
            let outside = (0..change.old.start).chain(change.old.end..old.len());
            for line in outside {
                prop_assert_eq!(old.line(line), new.line(change.line(line)));
                prop_assert_eq!(change.span(old.full_span(line)), new.full_span(change.line(line)));
            }
            prop_assert_eq!(old.len() - change.old.len(), new.len() - change.new.len());
        }
    }
}
