//! Running headers of reports that lie one page a file: a line at the edge of a page says nothing by itself, the same
//! line at the same edge of other files does.

use std::collections::HashMap;
use std::sync::Arc;

use transcript::lines::Format;
use transcript::page::Edge;
use transcript::span::Span;

use crate::document::Document;
use crate::name::Name;

/// A line is a running header when so many files have it.
const FILES: usize = 3;

/// The lines that stand at the edges of a folder's files, in how many, and in which first.
#[derive(Debug, Default)]
pub struct Running {
    files: HashMap<(bool, String), (usize, Name)>,
}

impl Running {
    /// Counts the lines at the edges of documents that lie in one folder, given in their order.
    pub fn new<'d>(documents: impl Iterator<Item = &'d Arc<Document>>) -> Self {
        let mut files: HashMap<_, (usize, Name)> = HashMap::new();
        for document in documents {
            for edge in edges(document) {
                files.entry(key(edge)).or_insert_with(|| (0, document.name().clone())).0 += 1;
            }
        }
        Self { files }
    }

    /// Whether what looks like a heading of a document is a running header. Of a chapter's number and title, repeated
    /// on each of its pages, the first is the heading.
    pub fn is_header(&self, document: &Document, name: Span, numbered: bool) -> bool {
        // The only page starts where the text does.
        edges(document).filter(|edge| document.text().line_span(edge.line).meets(name)).any(|edge| {
            let repeated = self.files.get(&key(edge)).filter(|(files, _)| *files >= FILES);
            repeated.is_some_and(|(_, first)| !numbered || first != document.name())
        })
    }
}

/// The edges of a document that is one page of plain text. Markdown says itself what is a heading, and a text of several
/// pages has its headers to compare.
fn edges(document: &Document) -> impl Iterator<Item = &Edge> {
    let pages = &document.plan().pages[..];
    let one = pages.first().filter(|_| pages.len() == 1 && document.format() == Format::Plain);
    one.into_iter().flat_map(|page| &page.edges[..]).filter(|edge| edge.outermost && edge.is_worded())
}

/// By what a line is known again: its words, without a number at their end.
fn key(edge: &Edge) -> (bool, String) {
    let words = edge.words.as_deref().unwrap_or(&edge.text);
    (edge.top, words.to_owned())
}
