//! A place in a text: a half-open range of bytes. Everything that the analysis says about a text, it says in spans;
//! lines and columns of an editor are made from them at the very edge (see [`crate::position`]).

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Bytes `start..end` of a text. Both ends lie on the borders of Unicode scalar values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to and without `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span ends before it starts: {start}..{end}");
        Self { start, end }
    }

    /// The empty span at a byte.
    pub fn at(offset: usize) -> Self {
        Self { start: offset, end: offset }
    }

    /// The number of bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether a byte lies in the span; its end counts, since a cursor may stand there.
    pub fn touches(self, offset: usize) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// Whether two spans share a byte, or one is empty and touches the other.
    pub fn meets(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
            || self.is_empty() && other.touches(self.start)
            || other.is_empty() && self.touches(other.start)
    }

    /// Whether the other span lies within this one.
    pub fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span over both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same length, `by` bytes further on.
    pub fn shifted(self, by: usize) -> Span {
        Span { start: self.start + by, end: self.end + by }
    }

    /// The span as a range, to slice a `str` with.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// The nearest border of characters at or before a byte that is not past the end of a text.
pub fn border(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}
