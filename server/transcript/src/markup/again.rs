//! The marks of a text after an edit. Between blank lines, where a paragraph begins at the margin and nothing is open
//! that blank lines do not end, Markdown starts anew: only what lies between two such places around the edit is read.

use std::ops::Range;

use super::{Footnote, Link, Marked, Markup, Memo, has_metadata};
use crate::change::Change;
use crate::lines::{Format, Lines};
use crate::span::Span;

impl Markup {
    /// The marks of a text after an edit, of which this are the marks before, and the memo is; after it, the memo is of
    /// this text.
    pub(crate) fn after(&self, (old, new): (&Lines, &Lines), change: &Change, format: Format, memo: &mut Memo) -> Self {
        let pieced = (format == Format::Markdown).then(|| self.pieced((old, new), change, *memo)).flatten();
        pieced.unwrap_or_else(|| Self::read(new, format, memo))
    }

    /// The marks before and after a part around the change, and those of that part read anew. None where the change may
    /// tell on other parts.
    fn pieced(&self, (old, new): (&Lines, &Lines), change: &Change, memo: Memo) -> Option<Self> {
        let start = (1..change.old.start).rev().find(|line| self.starts_anew(old, *line)).unwrap_or(0);
        let end = (change.old.end + 1..old.len()).find(|line| self.starts_anew(old, *line));
        let part = Part {
            old: start..end.unwrap_or(old.len()),
            new: start..end.map_or(new.len(), |end| change.line(end)),
            last: end.is_none(),
        };
        let (was, is) = (text(old, &part.old), text(new, &part.new));
        // What a link stands for may be defined anywhere, and what a definition is for may be anywhere. In a text with
        // metadata, what stands between two rules is taken for such.
        let linked = |text: &str| text.contains("]:") || memo.defines && text.contains('[');
        let ruled = |text: &str| has_metadata(old) && text.contains("---");
        if has_metadata(old) != has_metadata(new) || [was, is].into_iter().any(|text| linked(text) || ruled(text)) {
            return None;
        }
        let read = Self::new(&Lines::new(is), Format::Markdown);
        // A fence that stays open, or a comment, would take in what comes after.
        let open = |span: &Span| span.end >= is.trim_end().len();
        if !part.last && (read.code.iter().any(open) || read.blocks.iter().any(|lines| lines.end >= part.new.len())) {
            return None;
        }
        Some(self.with(&read, &part, (old, new), change))
    }

    /// Whether what is read from a line on does not depend on what stands before it.
    fn starts_anew(&self, lines: &Lines, line: usize) -> bool {
        let blank = lines.line(line - 1).trim_matches([' ', '\t']).is_empty();
        let letter = lines.line(line).starts_with(|sign: char| sign.is_alphabetic());
        let next = self.blocks.partition_point(|block| block.end < line);
        blank && letter && self.blocks.get(next).is_none_or(|block| block.start > line)
    }

    /// These marks with those of a part put in the place of what was there.
    fn with(&self, read: &Markup, part: &Part, (old, new): (&Lines, &Lines), change: &Change) -> Self {
        let within = new.span(part.new.start).start;
        let place = |span: Span, new: bool| if new { span.shifted(within) } else { change.span(span) };
        let end = if part.last { usize::MAX } else { old.span(part.old.end).start };
        let mixed = Mixed { start: old.span(part.old.start).start, end };
        let spans = |was: &[Span], is: &[Span]| mixed.of(was, is, |span| *span, |span, new| place(*span, new));
        let before = self.blocks.iter().filter(|block| block.start < part.old.start).cloned();
        let read_blocks = read.blocks.iter().map(|block| block.start + part.new.start..block.end + part.new.start);
        let after = self.blocks.iter().filter(|block| !part.last && part.old.end <= block.start);
        let after = after.map(|block| change.line(block.start)..change.line(block.end));
        Markup {
            headings: mixed.of(
                &self.headings,
                &read.headings,
                |it| it.span,
                |it, new| Marked { span: place(it.span, new), level: it.level },
            ),
            links: mixed.of(
                &self.links,
                &read.links,
                |it| it.span,
                |it, new| Link { span: place(it.span, new), destination: it.destination.clone() },
            ),
            footnotes: mixed.of(
                &self.footnotes,
                &read.footnotes,
                |it| it.span,
                |it, new| Footnote { span: place(it.span, new), label: it.label.clone() },
            ),
            code: spans(&self.code, &read.code),
            destinations: spans(&self.destinations, &read.destinations),
            blocks: before.chain(read_blocks).chain(after).collect(),
        }
    }
}

/// The lines that are read anew, before and after the change.
struct Part {
    old: Range<usize>,
    new: Range<usize>,
    /// Whether it reaches to the end of the text.
    last: bool,
}

/// The text of some lines, with their ends.
fn text<'t>(lines: &Lines<'t>, of: &Range<usize>) -> &'t str {
    lines.slice(lines.span(of.start).join(lines.full_span(of.end - 1)))
}

/// The bytes between which all is read anew, in the text before.
struct Mixed {
    start: usize,
    end: usize,
}

impl Mixed {
    /// Things before these bytes, new ones, and things after them, each as it stands in the text after; the last is told
    /// whether a thing is new.
    fn of<T>(&self, old: &[T], new: &[T], span: impl Fn(&T) -> Span, put: impl Fn(&T, bool) -> T) -> Vec<T> {
        let before = old.iter().take_while(|thing| span(thing).start < self.start).map(|thing| put(thing, false));
        let after = old.iter().skip_while(|thing| span(thing).start < self.end).map(|thing| put(thing, false));
        before.chain(new.iter().map(|thing| put(thing, true))).chain(after).collect()
    }
}
