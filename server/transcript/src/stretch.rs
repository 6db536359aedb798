//! A text is cut into stretches, and the columns of each are found by its own lines alone: so that after an edit those of
//! all others are known, wherever in the text they stand by now. Stretches end with their pages; where a text has no form
//! feeds, between paragraphs that their own words choose, so that a new line moves none but the cuts beside it; and where it has
//! no paragraphs either, at a running header, or at last at a line that its own words choose.

use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHasher};

use crate::change::Change;
use crate::columns::{self, Block, Cell, Columns, Model, Row};
use crate::each::Each;
use crate::lines::Lines;
use crate::page::Turning;

/// A stretch has more lines than a page, where no form feed ends it sooner.
const LEAST_LINES: usize = 120;
/// Of the paragraphs after so many lines one in so many begins a stretch.
const ONE_IN: u64 = 3;

/// After so many lines without a paragraph to choose, some pages and both their headers, a running header begins a stretch;
const SOME_PAGES: usize = 300;
/// after so many one in so many lines.
const MANY_LINES: usize = 600;
const ONE_LINE_IN: u64 = 16;

/// What is known of the stretches of a text, in their order.
#[derive(Clone, Debug, Default)]
pub struct Memo {
    known: Vec<Known>,
}

/// A stretch and what was found in it.
#[derive(Clone, Debug)]
struct Known {
    /// Its physical lines.
    lines: Range<usize>,
    /// The lines of it that can hold no merge, counted from its start.
    off: Vec<Range<usize>>,
    /// Lines and bytes counted from its start.
    blocks: Arc<[Block]>,
}

/// A stretch to be looked at, unless it is known.
struct Asked<'t> {
    lines: Range<usize>,
    /// Its first byte.
    start: usize,
    text: &'t str,
    off: Vec<Range<usize>>,
    known: Option<Arc<[Block]>>,
}

/// Finds the blocks of a text. `off` are the runs of physical lines that can hold no merge whatever they look like, in
/// ascending order. `before` are the lines of the text before an edit, which is the text that the memo is of, and what
/// the edit changed; after it, the memo is of this text. The model has to be the same each time. Several stretches of
/// which nothing is known are looked at as `each` does things.
pub fn columns(
    lines: &Lines,
    off: &[Range<usize>],
    model: &Model,
    before: Option<(&Lines, &Change)>,
    (memo, each): (&mut Memo, Each),
) -> Columns {
    let past = std::mem::take(&mut memo.known);
    let mut asked: Vec<Asked> = match before {
        Some((old, change)) => asked_after(lines, off, &past, (old, change)),
        None => stretches(lines, 0, |_| false).into_iter().map(|stretch| Asked::new(lines, off, stretch)).collect(),
    };
    let mut new: Vec<&mut Asked> = asked.iter_mut().filter(|asked| asked.known.is_none()).collect();
    match &mut new[..] {
        [edited] if before.is_some() => {
            let found = columns::find_again(&Lines::new(edited.text), &edited.off, model);
            edited.known = Some(found.blocks.into());
        }
        new => {
            let found: Vec<OnceLock<Arc<[Block]>>> = new.iter().map(|_| OnceLock::new()).collect();
            each(new.len(), &|at| {
                found[at].get_or_init(|| columns::find(&Lines::new(new[at].text), &new[at].off, model).blocks.into());
            });
            new.iter_mut().zip(found).for_each(|(asked, found)| asked.known = found.into_inner());
        }
    }
    let mut blocks = Vec::new();
    for Asked { lines, start, off, known, .. } in asked {
        let known = known.unwrap_or_default();
        blocks.extend(known.iter().map(|block| moved(block, lines.start, start)));
        memo.known.push(Known { lines, off, blocks: known });
    }
    Columns { blocks }
}

/// The stretches of a text after an edit. Those that end well before it, or begin after it where one began before, are
/// known; of the others those whose text was there.
fn asked_after<'t>(
    lines: &Lines<'t>,
    off: &[Range<usize>],
    past: &[Known],
    (old, change): (&Lines, &Change),
) -> Vec<Asked<'t>> {
    // Where a stretch ends is told by the line after it.
    let before = past.partition_point(|known| known.lines.end < change.old.start);
    let start = past[..before].last().map_or(0, |known| known.lines.end);
    let was = |line: usize| {
        let line = (line + change.old.end).checked_sub(change.new.end).filter(|_| change.new.end <= line)?;
        past.binary_search_by_key(&line, |known| known.lines.start).ok()
    };
    let between = stretches(lines, start, |cut| was(cut).is_some());
    let after = between.last().and_then(|last| was(last.end)).unwrap_or(past.len());
    let text = |known: &Known| old.slice(old.span(known.lines.start).join(old.span(known.lines.end - 1)));
    let by_text: FxHashMap<&str, &Known> = past[before..after].iter().map(|known| (text(known), known)).collect();
    let kept = |known: &Known, stretch: Range<usize>| Asked::new(lines, off, stretch).recalling(Some(known));
    let moved = |known: &Known| kept(known, change.line(known.lines.start)..change.line(known.lines.end));
    let mut asked: Vec<Asked> = past[..before].iter().map(|known| kept(known, known.lines.clone())).collect();
    asked.extend(between.into_iter().map(|stretch| {
        let asked = Asked::new(lines, off, stretch);
        let known = by_text.get(asked.text).copied();
        asked.recalling(known)
    }));
    asked.extend(past[after..].iter().map(moved));
    asked
}

impl<'t> Asked<'t> {
    fn new(lines: &Lines<'t>, off: &[Range<usize>], stretch: Range<usize>) -> Self {
        let span = lines.span(stretch.start).join(lines.span(stretch.end - 1));
        let off = inside(off, &stretch);
        Asked { lines: stretch, start: span.start, text: lines.slice(span), off, known: None }
    }

    /// The same with what is known of a stretch with this text, where the same lines of it can hold no merge.
    fn recalling(mut self, known: Option<&Known>) -> Self {
        self.known = known.filter(|known| known.off == self.off).map(|known| Arc::clone(&known.blocks));
        self
    }
}

/// The stretches of a text from a line on, one after the other: together they have all of its lines, or those up to where
/// one begins at which they are to stop.
fn stretches(lines: &Lines, from: usize, stops: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let (mut start, mut turning) = (from, Turning::default());
    for line in from..lines.len() {
        let (text, length) = (lines.line(line), line - start);
        let chosen = || lines.line(line - 1).trim().is_empty() && !text.trim().is_empty() && is_one_in(ONE_IN, text);
        let turns = turning.turns(lines, line);
        let begins = length > 0 && text.starts_with('\u{c}')
            || length >= LEAST_LINES && chosen()
            || length >= SOME_PAGES && turns
            || length >= MANY_LINES && is_one_in(ONE_LINE_IN, text);
        if begins {
            stretches.push(start..line);
            (start, turning) = (line, Turning::default());
            turning.turns(lines, line);
            if stops(line) {
                return stretches;
            }
        }
    }
    stretches.push(start..lines.len());
    stretches
}

/// Whether a line is chosen by its words, as one of so many is.
fn is_one_in(many: u64, line: &str) -> bool {
    let mut hasher = FxHasher::default();
    line.hash(&mut hasher);
    hasher.finish().is_multiple_of(many)
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
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_form_feed_ends_a_stretch_and_a_new_line_moves_no_cut_but_those_beside_it() {
        let paragraph = |nth: usize| format!("This is paragraph {nth}.\nIt has two lines.\n\n");
        let plain: String = (0..400).map(paragraph).collect();
        let cuts = |text: &str| -> Vec<String> {
            let lines = Lines::new(text);
            stretches(&lines, 0, |_| false).iter().map(|stretch| lines.line(stretch.start).to_owned()).collect()
        };
        let before = cuts(&plain);
        let after = cuts(&plain.replacen("paragraph 5.\n", "paragraph 5.\nA new line.\n", 1));
        assert!(before.len() > 5);
        assert_eq!(before[before.len() - 3..], after[after.len() - 3..]);
        assert_eq!(cuts("one\n\u{c}two\nthree\n"), ["one", "\u{c}two"]);
    }

    #[test]
    fn a_text_without_paragraphs_is_cut_at_its_running_headers_or_anywhere() {
        let lengths =
            |text: &str| -> Vec<usize> { stretches(&Lines::new(text), 0, |_| false).iter().map(Range::len).collect() };
        let line = |nth: usize| format!("This is line {nth} of the text.\n");
        let page = |number: usize| format!("Report of the board {number}\n") + &(0..59).map(line).collect::<String>();
        assert_eq!(lengths(&(1..=15).map(page).collect::<String>()), [300, 300, 301]);
        let long = lengths(&(0..6000).map(line).collect::<String>());
        assert!(long.iter().all(|length| (1..900).contains(length)), "{long:?}");
    }

    /// Pages with headers that count on, or not, and lines and paragraphs without.
    fn some() -> impl Strategy<Value = String> {
        let piece = (0..5_u8, 0..90_usize, 0..30_u16).prop_map(|(kind, length, number)| {
            let first = match kind {
                0 => format!("Report of the board {number}\n"),
                1 => format!("{number}\n"),
                2 => "\n".to_owned(),
                3 if number == 0 => "\u{c}".to_owned(),
                _ => String::new(),
            };
            first + &(0..length).map(|nth| format!("Line {nth} of {number} that are alike.\n")).collect::<String>()
        });
        prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn after_an_edit_the_stretches_are_those_from_scratch(
            text in some(), at in any::<prop::sample::Index>(), gone in 0..200_usize, new in prop_oneof![Just(String::new()), some()],
        ) {
            let start = at.index(text.len() + 1);
            let end = (start + gone).min(text.len());
            let edited = [&text[..start], &new, &text[end..]].concat();
            let of = |lines: &Lines| stretches(lines, 0, |_| false);
            let old = Lines::new(&text);
            let known = |lines: Range<usize>| Known { lines, off: Vec::new(), blocks: Arc::default() };
            let past: Vec<Known> = of(&old).into_iter().map(known).collect();
            let (change, lines) = Change::between(&old, &edited, (0, 0));
            let after: Vec<Range<usize>> =
                asked_after(&lines, &[], &past, (&old, &change)).into_iter().map(|asked| asked.lines).collect();
            prop_assert_eq!(after, of(&lines));
        }
    }
}
