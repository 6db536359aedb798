//! Mentions of chapters, sections, figures, tables, annexes, pages and notes, with what each asks for.

use crate::number::{Kind, Number};
use crate::span::Span;

/// A mention of another place in the report. A list or a range ("hoofdstukken 2, 3 en 5") is one a member.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// What is asked for.
    pub kind: Kind,
    /// The number asked for.
    pub number: Number,
    /// The bytes of the number.
    pub span: Span,
    /// The bytes of the whole mention, noun and all; for a member of a list those of its number alone. Where a line
    /// or a gutter breaks the mention, the number's.
    pub mention: Span,
    /// The title given with the number, in brackets or quotes.
    pub title: Option<String>,
    /// Whether the sentence says that the target is outside of this report ("van de Wet", "of the Act").
    pub outside: bool,
}
