//! Headings, as Markdown marks them and as plain text only shows them.

use crate::number::{Kind, Number};
use crate::span::Span;

/// A heading, a caption or a note: a thing with a name that a reader can be sent to.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// What it heads; none for a heading without a number or a noun.
    pub kind: Option<Kind>,
    /// Its number.
    pub number: Option<Number>,
    /// Its title without noun and number, on one line; empty where there is none.
    pub title: String,
    /// The bytes of the heading from its first to its last character, markup left out.
    pub span: Span,
    /// How deep it stands: 1 for a chapter, 2 for a section "1.2"; 0 for a part above the chapters.
    pub depth: u8,
}
