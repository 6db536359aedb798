//! The gutter of merged blocks, drawn where each line splits, so that the columns can be told apart without colours:
//! solid where the split is sure, broken and with a question mark where it is in doubt.

use report::document::{Document, SURE};
use report::settings::Feature;
use tower_lsp::ls_types::{InlayHint, InlayHintLabel, InlayHintTooltip};
use transcript::columns::{Cell, Place, Row};
use transcript::span::Span;

use crate::session::Snapshot;

/// What is drawn at a sure split, at a doubtful one, and before a mark in the margin.
const GUTTER: &str = "│";
const DOUBTFUL: &str = "┊?";
const MARGIN: &str = "¦";

/// The gutters on the lines that a span of the text touches.
pub(super) fn hints(snapshot: &Snapshot, document: &Document, within: Span) -> Vec<InlayHint> {
    if !snapshot.enabled(document.name(), Feature::InlayHints) {
        return Vec::new();
    }
    let lines = document.text().line_of(within.start)..=document.text().line_of(within.end);
    let mut hints = Vec::new();
    for merged in snapshot.workspace.merged(document) {
        for row in merged.block.rows.iter().filter(|row| lines.contains(&row.line)) {
            let gutters = gutters(row, merged.block.columns).into_iter();
            hints.extend(gutters.map(|gutter| hint(snapshot, document, row, gutter)));
        }
    }
    hints
}

/// Where a gutter is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Gutter {
    byte: usize,
    /// Whether what follows is a mark in the margin.
    margin: bool,
    /// Whether it stands after the last words of its line.
    after: bool,
}

/// The gutters of a row: before every cell but the first; before the first too where that stands in another column than
/// the left one; and behind a line that ends before the last column.
fn gutters(row: &Row, columns: u8) -> Vec<Gutter> {
    let place = |cell: &&Cell| !matches!(cell.place, Place::Column(0));
    let mut gutters: Vec<Gutter> = row
        .cells
        .iter()
        .enumerate()
        .filter(|(number, cell)| *number > 0 || place(cell))
        .map(|(_, cell)| Gutter { byte: cell.span.start, margin: cell.place == Place::Aside, after: false })
        .collect();
    if let [only] = row.cells[..]
        && matches!(only.place, Place::Column(column) if column + 1 < columns)
    {
        gutters.push(Gutter { byte: only.span.end, margin: false, after: true });
    }
    gutters
}

fn hint(snapshot: &Snapshot, document: &Document, row: &Row, gutter: Gutter) -> InlayHint {
    let doubtful = row.confidence < SURE;
    let label = match (gutter.margin, doubtful) {
        (true, _) => MARGIN,
        (false, true) => DOUBTFUL,
        (false, false) => GUTTER,
    };
    InlayHint {
        position: snapshot.range(document, Span::at(gutter.byte)).start,
        label: InlayHintLabel::String(label.to_owned()),
        kind: None,
        text_edits: None,
        tooltip: Some(InlayHintTooltip::String(how_sure(row))),
        padding_left: Some(gutter.after),
        padding_right: Some(!gutter.after),
        data: None,
    }
}

fn how_sure(row: &Row) -> String {
    let percent = (row.confidence * 100.0).floor();
    match row.cells.len() {
        1 => format!("All of this line stands in one column: {percent} % sure."),
        _ => format!("This line splits here: {percent} % sure."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the gutters of a row of two columns that has these cells, each with its place and its words.
    fn check(cells: &[(Place, &str)], expected: &str) {
        let mut text = String::new();
        let cell = |(place, words): &(Place, &str)| {
            let start = if text.is_empty() { 0 } else { text.len() + 1 };
            text = if text.is_empty() { (*words).to_owned() } else { format!("{text} {words}") };
            Cell { place: *place, span: Span::new(start, start + words.len()) }
        };
        let cells = cells.iter().map(cell).collect();
        let row = Row { line: 0, cells, confidence: 1.0, others: Vec::new() };
        let mut drawn = text.clone();
        for gutter in gutters(&row, 2).iter().rev() {
            drawn.insert(gutter.byte, '|');
        }
        assert_eq!(drawn, expected);
    }

    #[test]
    fn every_row_shows_its_gutter() {
        let (left, right) = (Place::Column(0), Place::Column(1));
        check(&[(left, "one"), (right, "two")], "one |two");
        check(&[(left, "one")], "one|");
        check(&[(right, "two")], "|two");
        check(&[(left, "one"), (right, "two"), (Place::Aside, "A")], "one |two |A");
        check(&[], "");
    }
}
