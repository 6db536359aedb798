//! Everything that is known of one text, in one value: what the report and the checks ask.

use crate::columns::{self, Columns, Model};
use crate::lines::{Format, Lines};
use crate::outline::Outline;
use crate::page::{self, Page};
use crate::reading::Reading;
use crate::reference::Reference;

/// What is known of a text.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// The merged columns.
    pub columns: Columns,
    /// The text in reading order.
    pub reading: Reading,
    /// The pages.
    pub pages: Vec<Page>,
    /// The headings.
    pub outline: Outline,
    /// The references.
    pub references: Vec<Reference>,
}

impl Analysis {
    /// Analyses a text from scratch.
    pub fn new(text: &str, format: Format, model: &Model) -> Self {
        let lines = Lines::new(text);
        let _ = format;
        let columns = columns::find(&lines, &[], model);
        let reading = Reading::new(&lines, &columns);
        let pages = page::pages(&lines);
        Self { columns, reading, pages, outline: Outline::default(), references: Vec::new() }
    }
}
