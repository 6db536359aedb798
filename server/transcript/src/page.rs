//! Pages and their furniture: form feeds, page marks, running headers and folios.

use crate::lines::Lines;
use crate::span::Span;

/// A page of the report as it lies in this text.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its physical lines.
    pub lines: std::ops::Range<usize>,
    /// The number printed on it, where it is known.
    pub number: Option<String>,
    /// The lines of it that are page furniture (running header, folio), which no reader reads.
    pub furniture: Vec<usize>,
    /// Where the number stands.
    pub folio: Option<Span>,
}

/// The pages of a text, in order, covering every line. A text without form feeds or page marks is one page.
pub fn pages(lines: &Lines) -> Vec<Page> {
    vec![Page { lines: 0..lines.len(), number: None, furniture: Vec::new(), folio: None }]
}
