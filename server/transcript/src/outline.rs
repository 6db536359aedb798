//! The tree of a text's headings.

use crate::heading::Heading;
use crate::span::Span;

/// A heading and what stands under it.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The heading.
    pub heading: Heading,
    /// From the heading's first byte to the byte before the next heading that is not under it.
    pub body: Span,
    /// The section that this one stands under, as an index into [`Outline::sections`]; it is smaller than its own.
    pub parent: Option<usize>,
}

/// The sections of a text, in the order of its lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Chapters, sections, annexes, unnumbered headings: what the outline of an editor shows.
    pub sections: Vec<Section>,
    /// Captions and notes, in the order of the lines: targets of references that are no sections.
    pub others: Vec<Heading>,
    /// The entries of contents lists, in the order of the lines: where a reference leads when the section itself is
    /// not transcribed yet.
    pub contents: Vec<Heading>,
}
