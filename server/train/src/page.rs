//! Pages as the corpora of this project keep them: physical lines and which part of each stood in which column.

use serde::{Deserialize, Serialize};

/// A page, one JSON object a line.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub(crate) struct Page {
    pub(crate) id: String,
    pub(crate) lang: String,
    pub(crate) lines: Vec<PageLine>,
}

/// A physical line.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub(crate) struct PageLine {
    pub(crate) text: String,
    /// Column (-1 for an aside), start and end in characters; none where the line is no part of a block.
    pub(crate) cells: Option<Vec<(i32, usize, usize)>>,
    /// Whether the line counts when lines are counted.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub(crate) score: bool,
}

fn yes() -> bool {
    true
}

fn is_yes(score: &bool) -> bool {
    *score
}

impl PageLine {
    /// The words of the line with the column of each; none outside a block.
    pub(crate) fn words(&self) -> Option<Vec<(i32, &str)>> {
        let cells = self.cells.as_ref()?;
        let mut words = Vec::new();
        for &(column, start, end) in cells {
            words.extend(characters(&self.text, start, end).split_whitespace().map(|word| (column, word)));
        }
        Some(words)
    }
}

/// The part of a text between two counts of characters.
fn characters(text: &str, start: usize, end: usize) -> &str {
    let at = |count: usize| text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    &text[at(start)..at(end).max(at(start))]
}
