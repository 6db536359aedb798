//! A text is cut into stretches, and the columns of each are found by its own lines alone: so that after an edit those of
//! all others are known, wherever in the text they stand by now. Stretches end with their pages; where a text has no form
//! feeds, between paragraphs that their own words choose, so that a new line moves none but the cuts beside it.

use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHasher};

use crate::columns::{self, Block, Cell, Columns, Model, Row};
use crate::lines::Lines;

/// A stretch has more lines than a page, where no form feed ends it sooner.
const LEAST_LINES: usize = 120;
/// Of the paragraphs after so many lines one in so many begins a stretch.
const ONE_IN: u64 = 3;

/// Does a task for each of so many numbers, in whatever order, on as many cores as it likes.
pub type Each = fn(usize, &(dyn Fn(usize) + Sync));

/// What is known of the stretches of a text, by their own text; and how several new ones are looked at.
#[derive(Clone, Debug)]
pub struct Memo {
    known: FxHashMap<Box<str>, Found>,
    each: Each,
}

impl Default for Memo {
    fn default() -> Self {
        Self::new(|count, task| (0..count).for_each(task))
    }
}

/// What was found in a stretch.
#[derive(Clone, Debug)]
struct Found {
    /// The lines of it that could hold no merge.
    off: Vec<Range<usize>>,
    /// Lines and bytes counted from its start.
    blocks: Arc<[Block]>,
}

/// A stretch to be looked at.
struct Asked<'t> {
    /// Its first physical line and its first byte.
    start: (usize, usize),
    text: &'t str,
    /// The lines of it that can hold no merge.
    off: Vec<Range<usize>>,
}

/// Finds the blocks of a text, with what is remembered of it from before an edit; after it, what is known of this text is
/// remembered. `off` are the runs of physical lines that can hold no merge whatever they look like, in ascending order.
/// The model has to be the same each time. Several stretches of which nothing is known are looked at as the memo says.
pub fn columns(lines: &Lines, off: &[Range<usize>], model: &Model, memo: &mut Memo) -> Columns {
    let asked: Vec<Asked> = stretches(lines).into_iter().map(|stretch| Asked::new(lines, off, &stretch)).collect();
    let new: Vec<&Asked> = asked.iter().filter(|asked| memo.find(asked).is_none()).collect();
    let look =
        |asked: &Asked| -> Arc<[Block]> { columns::find(&Lines::new(asked.text), &asked.off, model).blocks.into() };
    let found: Vec<OnceLock<Arc<[Block]>>> = new.iter().map(|_| OnceLock::new()).collect();
    (memo.each)(new.len(), &|at| {
        found[at].get_or_init(|| look(new[at]));
    });
    let found = new.into_iter().zip(found).filter_map(|(asked, found)| Some((asked, found.into_inner()?)));
    for (asked, blocks) in found.collect::<Vec<_>>() {
        memo.known.insert(asked.text.into(), Found { off: asked.off.clone(), blocks });
    }
    let (mut blocks, mut next) = (Vec::new(), Memo::new(memo.each));
    for asked in &asked {
        // A stretch that stands there twice, under other lines that can hold no merge, is remembered once.
        let known = memo.find(asked).or_else(|| next.find(asked)).map_or_else(|| look(asked), Arc::clone);
        let (line, byte) = asked.start;
        blocks.extend(known.iter().map(|block| moved(block, line, byte)));
        if let Some((text, found)) = memo.known.remove_entry(asked.text) {
            next.known.insert(text, found);
        }
    }
    *memo = next;
    Columns { blocks }
}

impl<'t> Asked<'t> {
    fn new(lines: &Lines<'t>, off: &[Range<usize>], stretch: &Range<usize>) -> Self {
        let span = lines.span(stretch.start).join(lines.span(stretch.end - 1));
        Asked { start: (stretch.start, span.start), text: lines.slice(span), off: inside(off, stretch) }
    }
}

impl Memo {
    /// A memo of nothing.
    pub fn new(each: Each) -> Self {
        Self { known: FxHashMap::default(), each }
    }

    /// What is known of a stretch.
    fn find(&self, asked: &Asked) -> Option<&Arc<[Block]>> {
        self.known.get(asked.text).filter(|found| found.off == asked.off).map(|found| &found.blocks)
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
