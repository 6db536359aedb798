//! A snapshot of a text cut into its physical lines: what the analysis reads. LF, CRLF and CR end a line, nothing else
//! does, exactly as in [`crate::text`]; a test holds the two together.

use std::sync::Arc;

use crate::span::Span;

/// How a transcription is marked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// CommonMark.
    Markdown,
    /// No markup.
    #[default]
    Plain,
}

/// The physical lines of a text.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    spans: Arc<Vec<Span>>,
}

/// Where the lines of a text lie, without the text.
#[derive(Clone, Debug)]
pub struct Cuts(Arc<Vec<Span>>);

impl Default for Cuts {
    /// Those of an empty text.
    fn default() -> Self {
        Lines::new("").cuts()
    }
}

impl<'t> Lines<'t> {
    /// Cuts a text into lines. There is always one line more than there are line ends.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let (mut spans, mut start) = (Vec::with_capacity(bytes.len() / 48), 0);
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if at < start {
                continue; // the second half of a line end
            }
            let pair = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            spans.push(Span::new(start, at));
            start = at + 1 + usize::from(pair);
        }
        spans.push(Span::new(start, bytes.len()));
        Self { text, spans: Arc::new(spans) }
    }

    /// The lines of a text of which it is known where they lie; none where those are plainly another text's.
    pub fn known(text: &'t str, cuts: Cuts) -> Option<Self> {
        let fits = cuts.0.last().is_some_and(|last| last.end == text.len());
        fits.then_some(Self { text, spans: cuts.0 })
    }

    /// The lines of a text after an edit, most of them those of the text before. `prefix` and `suffix` are how many bytes
    /// at the start and at the end are the same in both; the two may not overlap in either.
    pub fn edited(text: &'t str, before: &Lines, prefix: usize, suffix: usize) -> Self {
        // What stands right beside the edit may be half of a line end that is no longer one.
        let kept = before.spans.partition_point(|line| line.end + 2 < prefix);
        let kept = kept.saturating_sub(1);
        let rest = before.text.len() - suffix;
        let moved = before.spans.partition_point(|line| line.start < rest + 2);
        let start = before.spans[kept].start;
        let end = before.spans.get(moved).map(|line| line.start + text.len() - before.text.len());
        let mut spans = Vec::with_capacity(before.spans.len() + 64);
        spans.extend_from_slice(&before.spans[..kept]);
        let middle = Lines::new(&text[start..end.unwrap_or(text.len())]);
        // What ends with a line end has an empty line after it, which here is the first of those that moved.
        let count = middle.spans.len() - usize::from(end.is_some());
        spans.extend(middle.spans[..count].iter().map(|line| line.shifted(start)));
        let (grown, was) = (text.len(), before.text.len());
        let shift = |at: usize| at + grown - was;
        spans.extend(before.spans[moved..].iter().map(|line| Span { start: shift(line.start), end: shift(line.end) }));
        Self { text, spans: Arc::new(spans) }
    }

    /// Where they lie.
    pub fn cuts(&self) -> Cuts {
        Cuts(Arc::clone(&self.spans))
    }

    /// The whole text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The number of lines; never zero.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Never: even an empty text has a line.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// A line without its line end. Panics on a line that is not there.
    pub fn line(&self, line: usize) -> &'t str {
        &self.text[self.spans[line].range()]
    }

    /// The bytes of a line without its line end. Panics on a line that is not there.
    pub fn span(&self, line: usize) -> Span {
        self.spans[line]
    }

    /// The bytes of a line with its line end; the last line has none.
    pub fn full_span(&self, line: usize) -> Span {
        let end = self.spans.get(line + 1).map_or(self.text.len(), |next| next.start);
        Span::new(self.spans[line].start, end)
    }

    /// The line in which a byte lies.
    pub fn line_of(&self, offset: usize) -> usize {
        self.spans.partition_point(|span| span.start <= offset).saturating_sub(1)
    }

    /// The text of a span. Panics on a span that does not fit.
    pub fn slice(&self, span: Span) -> &'t str {
        &self.text[span.range()]
    }

    /// Every line in order, without line ends.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &'t str> + ExactSizeIterator + '_ {
        self.spans.iter().map(|span| &self.text[span.range()])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Text;

    proptest! {
        #[test]
        fn lines_are_those_of_the_rope(content in "[ab\r\n\u{b}\u{c}\u{85}\u{2028}é]{0,60}") {
            let (lines, text) = (Lines::new(&content), Text::new(&content));
            prop_assert_eq!(lines.len(), text.line_count());
            for line in 0..lines.len() {
                prop_assert_eq!(lines.span(line), text.line_span(line));
            }
            for offset in 0..=content.len() {
                if content.is_char_boundary(offset) {
                    prop_assert_eq!(lines.line_of(offset), text.line_of(offset));
                }
            }
        }

        #[test]
        fn lines_after_an_edit_are_those_of_the_text(
            head in "[ab\r\n]{0,20}", old in "[ab\r\n]{0,6}", new in "[ab\r\n]{0,6}", tail in "[ab\r\n]{0,20}",
        ) {
            let (old, new) = (format!("{head}{old}{tail}"), format!("{head}{new}{tail}"));
            let after = Lines::edited(&new, &Lines::new(&old), head.len(), tail.len());
            prop_assert_eq!(after.spans, Lines::new(&new).spans);
        }
    }
}
