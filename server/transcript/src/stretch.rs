//! A text is cut into stretches, and the columns of each are found by its own lines alone: so that after an edit those of
//! all others are known, wherever in the text they stand by now. Stretches end with their pages; where a text has no form
//! feeds, between paragraphs that their own words choose, so that a new line moves none but the cuts beside it.

use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

use crate::columns::{self, Block, Cell, Columns, Model, Row};
use crate::lines::Lines;

/// A stretch has more lines than a page, where no form feed ends it sooner.
const LEAST_LINES: usize = 120;
/// Of the paragraphs after so many lines one in so many begins a stretch.
const ONE_IN: u64 = 3;

/// What is known of the stretches of a text, by their own text.
#[derive(Clone, Debug, Default)]
pub struct Memo {
    known: FxHashMap<Box<str>, Found>,
}

/// What was found in a stretch.
#[derive(Clone, Debug)]
struct Found {
    /// The lines of it that could hold no merge.
    off: Vec<Range<usize>>,
    /// Lines and bytes counted from its start.
    blocks: Arc<[Block]>,
}

/// Finds the blocks of a text, with what is remembered of it from before an edit; after it, what is known of this text is
/// remembered. `off` are the runs of physical lines that can hold no merge whatever they look like, in ascending order.
/// The model has to be the same each time.
pub fn columns(lines: &Lines, off: &[Range<usize>], model: &Model, memo: &mut Memo) -> Columns {
    let (mut blocks, mut next) = (Vec::new(), Memo::default());
    for stretch in stretches(lines) {
        let span = lines.span(stretch.start).join(lines.span(stretch.end - 1));
        let text = lines.slice(span);
        let off = inside(off, &stretch);
        let found = memo.take(text, &off, &mut next).unwrap_or_else(|| {
            let blocks: Arc<[Block]> = columns::find(&Lines::new(text), &off, model).blocks.into();
            next.known.insert(text.into(), Found { off, blocks: Arc::clone(&blocks) });
            blocks
        });
        blocks.extend(found.iter().map(|block| moved(block, stretch.start, span.start)));
    }
    *memo = next;
    Columns { blocks }
}

impl Memo {
    /// What is known of a stretch; it goes over into `next`, for the text has it still.
    fn take(&mut self, text: &str, off: &[Range<usize>], next: &mut Memo) -> Option<Arc<[Block]>> {
        if let Some(found) = next.known.get(text) {
            return (found.off == off).then(|| Arc::clone(&found.blocks));
        }
        let (text, found) = self.known.remove_entry(text).filter(|(_, found)| found.off == off)?;
        let blocks = Arc::clone(&found.blocks);
        next.known.insert(text, found);
        Some(blocks)
    }
}

/// The stretches of a text, one after the other; together they have all of its lines.
fn stretches(lines: &Lines) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let mut start = 0;
    for line in 1..lines.len() {
        let text = lines.line(line);
        let chosen = || lines.line(line - 1).trim().is_empty() && !text.trim().is_empty() && is_chosen(text);
        if text.starts_with('\u{c}') || line - start >= LEAST_LINES && chosen() {
            stretches.push(start..line);
            start = line;
        }
    }
    stretches.push(start..lines.len());
    stretches
}

/// Whether a line is one of those that may begin a stretch.
fn is_chosen(line: &str) -> bool {
    let mut hasher = FxHasher::default();
    line.hash(&mut hasher);
    hasher.finish().is_multiple_of(ONE_IN)
}

/// The runs of lines that lie in a stretch, counted from its start.
fn inside(off: &[Range<usize>], stretch: &Range<usize>) -> Vec<Range<usize>> {
    let first = off.partition_point(|run| run.end <= stretch.start);
    let meeting = off[first..].iter().take_while(|run| run.start < stretch.end);
    let cut = |run: &Range<usize>| run.start.max(stretch.start)..run.end.min(stretch.end);
    meeting.map(cut).map(|run| run.start - stretch.start..run.end - stretch.start).collect()
}

/// A block of a stretch that starts at a line and a byte.
fn moved(block: &Block, line: usize, byte: usize) -> Block {
    let cell = |cell: &Cell| Cell { span: cell.span.shifted(byte), ..*cell };
    let cells = |cells: &[Cell]| -> Vec<Cell> { cells.iter().map(cell).collect() };
    let row = |row: &Row| Row {
        line: row.line + line,
        cells: cells(&row.cells),
        others: row.others.iter().map(|(other, chance)| (cells(other), *chance)).collect(),
        confidence: row.confidence,
    };
    Block { rows: block.rows.iter().map(row).collect(), ..*block }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_feed_ends_a_stretch_and_a_new_line_moves_no_cut_but_those_beside_it() {
        let paragraph = |nth: usize| format!("This is paragraph {nth}.\nIt has two lines.\n\n");
        let plain: String = (0..400).map(paragraph).collect();
        let cuts = |text: &str| -> Vec<String> {
            let lines = Lines::new(text);
            stretches(&lines).iter().map(|stretch| lines.line(stretch.start).to_owned()).collect()
        };
        let before = cuts(&plain);
        let after = cuts(&plain.replacen("paragraph 5.\n", "paragraph 5.\nA new line.\n", 1));
        assert!(before.len() > 5);
        assert_eq!(before[before.len() - 3..], after[after.len() - 3..]);
        assert_eq!(cuts("one\n\u{c}two\nthree\n"), ["one", "\u{c}two"]);
    }
}
