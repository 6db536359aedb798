//! What the person says of lines, who sees the printed page: it counts as certain, whatever the model holds. It is tied to
//! the text of the lines, so it moves with them, goes when they are repaired, and comes back with undo.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::{Block, Cell, Columns, Place, Row};
use crate::lines::Lines;
use crate::span::Span;

/// What was said of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// In how many columns the page was set there; 1 for a line over the full width, none where only the model knows.
    pub columns: Option<u8>,
    /// How the line is cut, where that was said.
    pub cut: Option<Cut>,
}

/// How a line is cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Not at all: it stands in this column, counted from 0.
    Column(u8),
    /// Before these bytes of the line, in ascending order: the first cell stands in the left column, the next one in
    /// the one beside it.
    At(Vec<usize>),
}

/// What a person can say in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saying {
    /// Each of the lines stands in this one column, counted from 0.
    Column(u8),
    /// The lines run over the full width of the page: nothing is merged there.
    FullWidth,
    /// The lines were set in so many columns.
    Columns(u8),
    /// Each of the lines is cut before these of its bytes.
    At(Vec<usize>),
    /// What was said of the lines before is taken back.
    Nothing,
}

/// What was said of one text, in the order in which it was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    runs: Vec<Run>,
}

/// Something that was said of some lines in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    /// Each line by its text, and which of the lines with that text it is, counted from 0.
    lines: Vec<(String, usize)>,
    saying: Saying,
}

/// So much is remembered of one text, the newest.
const MOST_RUNS: usize = 1_000;

impl Said {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Takes in what is said of some lines; the newest word counts.
    pub fn say(&mut self, lines: &Lines, of: Range<usize>, saying: &Saying) {
        let run = Run { lines: keys(lines, of).map(|(_, key)| key).collect(), saying: saying.clone() };
        if matches!(saying, Saying::Nothing | Saying::FullWidth) {
            self.runs.retain(|old| !old.lines.iter().all(|line| run.lines.contains(line)));
        }
        self.runs.push(run);
        let surplus = self.runs.len().saturating_sub(MOST_RUNS);
        self.runs.drain(..surplus);
    }

    /// The words about the lines that stand in a text, by line.
    fn of(&self, lines: &Lines) -> BTreeMap<usize, Word> {
        let mut words: BTreeMap<usize, Word> = BTreeMap::new();
        if self.is_empty() {
            return words;
        }
        let places: HashMap<(String, usize), usize> =
            keys(lines, 0..lines.len()).map(|(line, key)| (key, line)).collect();
        for run in &self.runs {
            for line in run.stands(&places) {
                let before = words.remove(&line).unwrap_or_default();
                words.extend(before.and(&run.saying, lines.line(line).len()).map(|word| (line, word)));
            }
        }
        words
    }

    /// The blocks of a text as they are with what was said. `cut` cuts some lines into so many columns where nothing is
    /// known of them but that.
    pub fn over(&self, lines: &Lines, columns: Columns, cut: impl Fn(Range<usize>, u8) -> Vec<Row>) -> Columns {
        let words = self.of(lines);
        if words.is_empty() {
            return columns;
        }
        let mut table = Table::new(columns);
        table.claim(&words, cut);
        table.place(lines, &words);
        table.blocks(&words)
    }
}

impl Run {
    /// The lines of a text that this was said of. When most of them are gone (a repair has moved them) it was said of
    /// nothing that is there now; a line between two others that was only edited still counts.
    fn stands(&self, places: &HashMap<(String, usize), usize>) -> Vec<usize> {
        let found: Vec<(usize, usize)> =
            self.lines.iter().enumerate().filter_map(|(number, key)| Some((number, *places.get(key)?))).collect();
        if found.len() * 2 < self.lines.len() {
            return Vec::new();
        }
        let mut lines: Vec<usize> = found.iter().map(|(_, line)| *line).collect();
        for pair in found.windows(2) {
            let [(number, line), (next, next_line)] = [pair[0], pair[1]];
            if next_line > line && next_line - line == next - number {
                lines.extend(line + 1..next_line);
            }
        }
        lines
    }
}

impl Word {
    /// This word and a newer one together, about a line of so many bytes; none when all was taken back.
    fn and(self, saying: &Saying, bytes: usize) -> Option<Word> {
        let columns = self.columns.filter(|columns| *columns > 1);
        Some(match saying {
            Saying::Nothing => return None,
            Saying::FullWidth => Word { columns: Some(1), cut: None },
            Saying::Columns(count) => {
                let fits = |cut: &Cut| match cut {
                    Cut::Column(column) => column < count,
                    Cut::At(at) => at.len() < usize::from(*count),
                };
                Word { columns: Some(*count), cut: self.cut.filter(fits) }
            }
            Saying::Column(column) => Word { columns, cut: Some(Cut::Column(*column)) },
            Saying::At(at) => {
                let at = at.iter().copied().filter(|byte| *byte <= bytes).collect();
                Word { columns, cut: Some(Cut::At(at)) }
            }
        })
    }
}

/// The lines of a range with what they are known by.
fn keys<'l>(lines: &'l Lines, of: Range<usize>) -> impl Iterator<Item = (usize, (String, usize))> + 'l {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    (0..of.end.min(lines.len())).filter_map(move |line| {
        let nth = seen.entry(lines.line(line)).and_modify(|nth| *nth += 1).or_insert(0);
        (line >= of.start).then(|| (line, (lines.line(line).to_owned(), *nth)))
    })
}

/// The rows of all blocks by their lines, each with the block that it is of.
struct Table {
    rows: BTreeMap<usize, (usize, Row)>,
    /// Columns and confidence of each block.
    blocks: Vec<(u8, f32)>,
}

impl Table {
    fn new(columns: Columns) -> Self {
        let mut table = Self { rows: BTreeMap::new(), blocks: Vec::new() };
        for block in columns.blocks {
            let number = table.blocks.len();
            table.blocks.push((block.columns, block.confidence));
            table.rows.extend(block.rows.into_iter().map(|row| (row.line, (number, row))));
        }
        table
    }

    /// Gives lines that were said to be of so many columns to a block of so many, and takes those over the full width
    /// out of theirs.
    fn claim(&mut self, words: &BTreeMap<usize, Word>, cut: impl Fn(Range<usize>, u8) -> Vec<Row>) {
        let mut claimed: Vec<(Range<usize>, u8)> = Vec::new();
        for (&line, word) in words {
            let Some(count) = word.columns else { continue };
            match claimed.last_mut() {
                Some((run, of)) if run.end == line && *of == count => run.end = line + 1,
                _ => claimed.push((line..line + 1, count)),
            }
        }
        for (run, count) in claimed {
            if count < 2 {
                run.for_each(|line| drop(self.rows.remove(&line)));
                continue;
            }
            let around = self.rows.range(run.clone()).map(|(_, (block, _))| *block);
            let block = around.into_iter().find(|block| self.blocks[*block].0 == count).unwrap_or(self.blocks.len());
            if block == self.blocks.len() {
                self.blocks.push((count, 1.0));
            }
            self.blocks[block].1 = 1.0;
            for row in cut(run, count) {
                match self.rows.get_mut(&row.line) {
                    Some((of, _)) if self.blocks[*of].0 == count => *of = block,
                    _ => drop(self.rows.insert(row.line, (block, row))),
                }
            }
        }
    }

    /// Cuts lines as it was said. A line beside a block, or parted from it by blank lines, becomes a part of it.
    fn place(&mut self, lines: &Lines, words: &BTreeMap<usize, Word>) {
        for (&line, word) in words {
            let Some(cut) = &word.cut else { continue };
            let Some(block) = self.block_of(lines, line) else { continue };
            let count = self.blocks[block].0;
            let Some(cells) = cells(lines, line, cut).filter(|cells| fit(cells, count)) else { continue };
            let before = self.rows.get(&line).map_or(&[][..], |(_, row)| &row.cells);
            let cells = beside(lines, cells, before.iter().filter(|cell| cell.place == Place::Aside));
            self.rows.insert(line, (block, Row { line, cells, confidence: 1.0, others: Vec::new() }));
        }
    }

    fn block_of(&mut self, lines: &Lines, line: usize) -> Option<usize> {
        if let Some((block, _)) = self.rows.get(&line) {
            return Some(*block);
        }
        let blank = |line: &usize| lines.line(*line).trim().is_empty();
        let above = (0..line).rev().take_while(blank).count();
        let below = (line + 1..lines.len()).take_while(blank).count();
        let before = line.checked_sub(above + 1).and_then(|other| Some((self.rows.get(&other)?.0, line - above..line)));
        let after = || Some((self.rows.get(&(line + below + 1))?.0, line + 1..line + below + 1));
        let (block, between) = before.or_else(after)?;
        for line in between {
            self.rows.insert(line, (block, Row { line, cells: Vec::new(), confidence: 1.0, others: Vec::new() }));
        }
        Some(block)
    }

    /// The blocks, put together anew: each run of lines of one block is one; a run in which nothing stands beside or
    /// after anything is none.
    fn blocks(self, words: &BTreeMap<usize, Word>) -> Columns {
        let mut runs: Vec<(usize, Vec<Row>)> = Vec::new();
        for (line, (block, row)) in self.rows {
            match runs.last_mut() {
                Some((of, rows)) if *of == block && rows.last().is_some_and(|last| last.line + 1 == line) => {
                    rows.push(row)
                }
                _ => runs.push((block, vec![row])),
            }
        }
        let block = |(block, mut rows): (usize, Vec<Row>)| {
            while rows.last().is_some_and(|row| row.cells.is_empty()) {
                rows.pop();
            }
            let blank = rows.iter().take_while(|row| row.cells.is_empty()).count();
            rows.drain(..blank);
            let first = rows.iter().flat_map(|row| &row.cells).next()?.place;
            let (columns, confidence) = self.blocks[block];
            let said = rows.iter().any(|row| words.contains_key(&row.line));
            let merged = rows.iter().flat_map(|row| &row.cells).any(|cell| cell.place != first);
            merged.then_some(Block { columns, rows, confidence: if said { 1.0 } else { confidence } })
        };
        Columns { blocks: runs.into_iter().filter_map(block).collect() }
    }
}

/// The cells of a line that is cut like this; none for a blank line.
pub(super) fn cells(lines: &Lines, line: usize, cut: &Cut) -> Option<Vec<Cell>> {
    let span = lines.span(line);
    let (first, at) = match cut {
        Cut::Column(column) => (*column, &[][..]),
        Cut::At(at) => (0, &at[..]),
    };
    let starts = std::iter::once(0).chain(at.iter().copied());
    let ends = at.iter().copied().chain([span.len()]);
    let pieces = starts.zip(ends).enumerate().map(|(number, (start, end))| {
        let text = lines.line(line).get(start..end).unwrap_or_default();
        let start = span.start + start + (text.len() - text.trim_start().len());
        (first.saturating_add(number as u8), Span::new(start, start + text.trim().len()))
    });
    let filled = pieces.filter(|(_, span)| !span.is_empty());
    let cells: Vec<Cell> = filled.map(|(column, span)| Cell { place: Place::Column(column), span }).collect();
    (!cells.is_empty()).then_some(cells)
}

/// The cells of a line with the marks on it that are of none; one between two words of a cell is a word of that.
fn beside<'c>(lines: &Lines, mut cells: Vec<Cell>, asides: impl Iterator<Item = &'c Cell>) -> Vec<Cell> {
    for aside in asides {
        let Some(at) = cells.iter().position(|cell| cell.span.covers(aside.span)) else { continue };
        let span = cells[at].span;
        let rest = match (aside.span.start == span.start, aside.span.end == span.end) {
            (true, false) => Span::new(aside.span.end, span.end),
            (false, true) => Span::new(span.start, aside.span.start),
            _ => continue,
        };
        let text = lines.slice(rest);
        let start = rest.start + (text.len() - text.trim_start().len());
        cells[at].span = Span::new(start, start + text.trim().len());
        cells.insert(at + usize::from(rest.start == span.start), *aside);
    }
    cells
}

fn fit(cells: &[Cell], count: u8) -> bool {
    cells.iter().all(|cell| !matches!(cell.place, Place::Column(column) if column >= count))
}

#[cfg(test)]
mod tests {
    use super::super::even;
    use super::*;

    /// What a text looks like once something was said of it: `|` before every cell but the first, each with the column
    /// that it stands in; lines outside a block bare.
    fn drawn(text: &str, said: &Said) -> String {
        let lines = Lines::new(text);
        let columns = said.over(&lines, Columns::default(), |run, count| even::cut(&lines, run, count));
        let line = |line: usize| match columns.block_at(line) {
            None => lines.line(line).to_owned(),
            Some(block) => {
                let row = &block.rows[line - block.lines().start];
                let cell = |cell: &Cell| match cell.place {
                    Place::Column(column) => format!("{column}:{}", lines.slice(cell.span)),
                    Place::Aside => format!("-:{}", lines.slice(cell.span)),
                };
                row.cells.iter().map(cell).collect::<Vec<_>>().join("|")
            }
        };
        (0..lines.len()).map(line).collect::<Vec<_>>().join("\n")
    }

    fn check(text: &str, sayings: &[(Range<usize>, Saying)], expected: &str) {
        assert_eq!(drawn(text, &said(text, sayings)), expected);
    }

    fn said(text: &str, sayings: &[(Range<usize>, Saying)]) -> Said {
        let mut said = Said::default();
        sayings.iter().for_each(|(of, saying)| said.say(&Lines::new(text), of.clone(), saying));
        said
    }

    const PAGE: &str = "title\naa bb\ncc dd\nee ff\nend";

    #[test]
    fn lines_said_to_be_columns_are_a_block() {
        check(PAGE, &[(1..4, Saying::Columns(2))], "title\n0:aa|1:bb\n0:cc|1:dd\n0:ee|1:ff\nend");
    }

    #[test]
    fn a_line_over_the_full_width_parts_a_block() {
        let sayings = [(1..4, Saying::Columns(2)), (2..3, Saying::FullWidth)];
        check(PAGE, &sayings, "title\n0:aa|1:bb\ncc dd\n0:ee|1:ff\nend");
    }

    #[test]
    fn a_line_stands_in_the_column_that_was_said() {
        let sayings = [(1..4, Saying::Columns(2)), (2..3, Saying::Column(1)), (3..4, Saying::Column(0))];
        check(PAGE, &sayings, "title\n0:aa|1:bb\n1:cc dd\n0:ee ff\nend");
    }

    #[test]
    fn a_line_beside_a_block_becomes_a_part_of_it() {
        check(
            PAGE,
            &[(1..3, Saying::Columns(2)), (3..4, Saying::Column(1))],
            "title\n0:aa|1:bb\n0:cc|1:dd\n1:ee ff\nend",
        );
        check("aa bb\n\nright", &[(0..1, Saying::Columns(2)), (2..3, Saying::Column(1))], "0:aa|1:bb\n\n1:right");
    }

    #[test]
    fn a_split_is_where_it_was_put() {
        check(
            "a b c d\ne f g h",
            &[(0..2, Saying::Columns(2)), (0..1, Saying::At(vec![2]))],
            "0:a|1:b c d\n0:e f|1:g h",
        );
    }

    #[test]
    fn a_mark_at_the_edge_of_a_cell_stays_aside() {
        let (text, line) = ("(A) one two 5 three", 0);
        let lines = Lines::new(text);
        let check = |at: usize, expected: &str| {
            let asides = [Span::new(0, 3), Span::new(12, 13)].map(|span| Cell { place: Place::Aside, span });
            let cells = cells(&lines, line, &Cut::At(vec![at])).expect("there are words");
            let told = |cell: &Cell| match cell.place {
                Place::Column(column) => format!("{column}:{}", lines.slice(cell.span)),
                Place::Aside => format!("-:{}", lines.slice(cell.span)),
            };
            let cells: Vec<String> = beside(&lines, cells, asides.iter()).iter().map(told).collect();
            assert_eq!(cells.join("|"), expected);
        };
        check(14, "-:(A)|0:one two|-:5|1:three");
        check(12, "-:(A)|0:one two|-:5|1:three");
        check(8, "-:(A)|0:one|1:two 5 three");
    }

    #[test]
    fn the_newest_word_counts_and_can_be_taken_back() {
        check(PAGE, &[(1..4, Saying::Columns(2)), (1..4, Saying::FullWidth)], PAGE);
        check(PAGE, &[(1..4, Saying::Columns(2)), (1..4, Saying::Nothing)], PAGE);
    }

    #[test]
    fn what_was_said_moves_with_the_lines_and_outlives_an_edit_of_one() {
        let said = said(PAGE, &[(1..4, Saying::Columns(2))]);
        assert_eq!(drawn("new\naa bb\ncc dX\nee ff", &said), "new\n0:aa|1:bb\n0:cc|1:dX\n0:ee|1:ff");
    }

    #[test]
    fn what_was_said_of_a_block_is_over_once_that_is_repaired() {
        let text = "aa bb\ncc dd\nleft\nee ff";
        let said = said(text, &[(0..4, Saying::Columns(2))]);
        assert_eq!(drawn("aa\ncc\nleft\nee\nbb\ndd\nff", &said), "aa\ncc\nleft\nee\nbb\ndd\nff");
        assert_eq!(drawn(text, &said), "0:aa|1:bb\n0:cc|1:dd\n0:left\n0:ee|1:ff");
    }

    #[test]
    fn of_lines_that_read_the_same_only_the_one_is_meant() {
        check("aa bb\naa bb", &[(1..2, Saying::Columns(2))], "aa bb\n0:aa|1:bb");
    }
}
