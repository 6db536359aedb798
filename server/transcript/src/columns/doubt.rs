//! What stays doubtful in a block after its repair: the lines that may have been cut at the wrong word, as they stand
//! once the block is in reading order, and what they would be if it were cut otherwise. A doubt is known by the text
//! of its lines and by nothing else, so it shows wherever both lines stand, goes when the repair is undone or a line is
//! mended by hand, and comes back with redo.

use rustc_hash::FxHashMap;

use super::{Block, Cell, Row};
use crate::lines::Lines;
use crate::span::Span;

/// A line that may have been cut wrongly.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// The lines that it became, from the leftmost column on, white space at both ends left out. At least two.
    pub lines: Vec<String>,
    /// The words that may belong to the neighbouring line.
    pub words: String,
    /// The probability that the lines are right as they are.
    pub confidence: f32,
    /// What the lines may have to be instead, the likeliest first.
    pub moves: Vec<Move>,
}

/// Another way to cut a doubtful line.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// The new text of each of the doubt's lines; an empty one goes, with its line end.
    pub lines: Vec<String>,
    /// How likely it is.
    pub probability: f32,
}

/// Where a doubt shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Which doubt, an index into those asked for.
    pub doubt: usize,
    /// The bytes of each of its lines, white space at both ends left out.
    pub spans: Vec<Span>,
}

/// The doubts of a block: of every line of two cells or more whose cut is less sure than `least_sure`.
pub fn doubts(lines: &Lines, block: &Block, least_sure: f32) -> Vec<Doubt> {
    block.rows.iter().filter(|row| row.confidence < least_sure).filter_map(|row| doubt(lines, row)).collect()
}

fn doubt(lines: &Lines, row: &Row) -> Option<Doubt> {
    if row.cells.len() < 2 {
        return None;
    }
    let moves: Vec<Move> =
        row.others.iter().filter_map(|(cells, probability)| recut(lines, &row.cells, cells, *probability)).collect();
    let first = row.others.iter().find(|(cells, probability)| recut(lines, &row.cells, cells, *probability).is_some());
    let words = at_stake(lines, &row.cells, &first?.0);
    let lines = row.cells.iter().map(|cell| lines.slice(cell.span).to_owned()).collect();
    Some(Doubt { lines, words, confidence: row.confidence, moves })
}

/// The lines of a row if it were cut into `others`; none where that needs a column that the row has no line for.
fn recut(lines: &Lines, cells: &[Cell], others: &[Cell], probability: f32) -> Option<Move> {
    if others.iter().any(|other| cells.iter().all(|cell| cell.place != other.place)) {
        return None;
    }
    let text = |cell: &Cell| -> String {
        let other = others.iter().find(|other| other.place == cell.place);
        other.map(|other| lines.slice(other.span).to_owned()).unwrap_or_default()
    };
    Some(Move { lines: cells.iter().map(text).collect(), probability })
}

/// The words between where a row is cut and where it may have to be.
fn at_stake(lines: &Lines, cells: &[Cell], others: &[Cell]) -> String {
    let mut cuts: Vec<usize> =
        [cells, others].iter().flat_map(|cells| cells.iter().skip(1)).map(|c| c.span.start).collect();
    cuts.sort_unstable();
    let end = cells[cells.len() - 1].span.end;
    match cuts[..] {
        [start, .., stop] if start < stop => lines.slice(Span::new(start, stop)).trim().to_owned(),
        [start, ..] => lines.slice(Span::new(start, end)).trim().to_owned(),
        [] => String::new(),
    }
}

/// Where doubts show in a text: those of which every line stands in it, in order and exactly once.
pub fn find_doubts(lines: &Lines, doubts: &[Doubt]) -> Vec<Shown> {
    let mut wanted: FxHashMap<&str, Option<usize>> = FxHashMap::default();
    let mut twice: Vec<&str> = Vec::new();
    for text in doubts.iter().flat_map(|doubt| &doubt.lines) {
        wanted.insert(text, None);
    }
    if wanted.is_empty() {
        return Vec::new();
    }
    for (number, line) in lines.iter().enumerate() {
        if let Some(found) = wanted.get_mut(line.trim())
            && found.replace(number).is_some()
        {
            twice.push(line.trim());
        }
    }
    for text in twice {
        wanted.remove(text);
    }
    let show = |(doubt, asked): (usize, &Doubt)| -> Option<Shown> {
        let found: Option<Vec<usize>> = asked.lines.iter().map(|text| wanted.get(text.as_str()).copied()?).collect();
        let found = found.filter(|found| found.is_sorted_by(|a, b| a < b))?;
        let spans = found.into_iter().map(|line| trimmed(lines, line)).collect();
        Some(Shown { doubt, spans })
    };
    doubts.iter().enumerate().filter_map(show).collect()
}

/// The bytes of a line without the white space at its ends.
fn trimmed(lines: &Lines, line: usize) -> Span {
    let (span, text) = (lines.span(line), lines.line(line));
    let start = span.start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}

#[cfg(test)]
mod tests {
    use super::super::Place;
    use super::*;

    /// A row of one line, cut before the words named, the likeliest cut first.
    fn row(line: &str, cuts: &[(&str, f32)]) -> Row {
        let cells = |word: &str| {
            let at = line.find(word).unwrap();
            let left = Cell { place: Place::Column(0), span: Span::new(0, line[..at].trim_end().len()) };
            vec![left, Cell { place: Place::Column(1), span: Span::new(at, line.len()) }]
        };
        let others = cuts[1..].iter().map(|(word, p)| (cells(word), *p)).collect();
        Row { line: 0, cells: cells(cuts[0].0), confidence: cuts[0].1, others }
    }

    fn block(rows: Vec<Row>) -> Block {
        Block { columns: 2, rows, confidence: 1.0 }
    }

    #[test]
    fn a_doubt_names_the_words_and_both_ways_to_cut() {
        let line = "the left cell and the right one";
        let found = doubts(&Lines::new(line), &block(vec![row(line, &[("and", 0.6), ("the right", 0.3)])]), 0.9);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].lines, ["the left cell", "and the right one"]);
        assert_eq!(found[0].words, "and");
        assert_eq!(found[0].moves[0].lines, ["the left cell and", "the right one"]);
    }

    #[test]
    fn a_sure_line_is_no_doubt() {
        let line = "the left cell and the right one";
        let sure = block(vec![row(line, &[("and", 0.95), ("the right", 0.04)])]);
        assert_eq!(doubts(&Lines::new(line), &sure, 0.9), []);
    }

    /// Where the one doubt shows in a text: the lines, or nothing.
    fn shown(text: &str) -> Vec<&str> {
        let doubt = Doubt {
            lines: vec!["the left cell".into(), "and the right one".into()],
            words: "and".into(),
            confidence: 0.6,
            moves: Vec::new(),
        };
        let lines = Lines::new(text);
        let places = find_doubts(&lines, &[doubt]);
        places.iter().flat_map(|place| &place.spans).map(|span| &text[span.range()]).collect()
    }

    #[test]
    fn a_doubt_shows_while_both_lines_stand() {
        assert_eq!(shown("the left cell\nmore\nand the right one \n"), ["the left cell", "and the right one"]);
        assert_eq!(shown("the left cell and the right one\n"), [""; 0]);
        assert_eq!(shown("the left cell and\nmore\nthe right one\n"), [""; 0]);
    }

    #[test]
    fn a_line_that_stands_twice_is_left_alone() {
        assert_eq!(shown("the left cell\nthe left cell\nand the right one\n"), [""; 0]);
    }
}
