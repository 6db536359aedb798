//! The model of merged columns: which lines of a text were set in columns that ran together, where each line splits,
//! and how sure that is. It judges the text alone.

pub mod file;
pub mod lanes;
pub mod logs;
pub mod familiar;
pub mod word;
pub mod weights;
pub mod junction;
pub mod width;
pub mod margin;
pub mod looks;
pub mod texts;
pub mod facts;
pub mod plain;
pub mod sheet;
pub mod reread;
mod fullness;
pub mod measure;
pub mod net;
pub mod judge;
pub mod cues;
pub mod cut;
mod open;
mod scores;
mod layer;
pub mod lattice;
mod guess;
mod cohesion;
pub mod readings;
pub mod prose;
pub mod decide;
mod memory;
mod model;
pub mod repair;
pub mod doubt;
pub mod even;
pub mod said;
pub mod moved;

use std::ops::Range;

use crate::lines::Lines;
use crate::page;
use crate::span::Span;
use margin::Marks;
use memory::{Memory, Remembered};
use model::lend;
pub use model::{Learnt, Model};
use readings::Judged;
use reread::{Past, Written};
use sheet::Sheet;
use texts::Words;

/// Where on the page a piece of a line stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A mark in the margin, a watermark: on the line, but of no column.
    Aside,
    /// A column, counted from 0 at the left.
    Column(u8),
}

/// One column's part of a physical line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cell {
    /// Where it stood.
    pub place: Place,
    /// Its bytes in the text, white space at both ends left out; never empty.
    pub span: Span,
}

/// A line inside a block and how it was cut.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The physical line, from zero.
    pub line: usize,
    /// The cells in the order in which they stand on the line; together they hold every word of it. None on a blank
    /// line.
    pub cells: Vec<Cell>,
    /// The probability that the cells are right.
    pub confidence: f32,
    /// Other ways to cut the line that are not out of the question, the likeliest first, each with its probability.
    pub others: Vec<(Vec<Cell>, f32)>,
}

/// A run of lines set in columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// How many columns.
    pub columns: u8,
    /// One row a physical line, without gaps, never empty; neither the first nor the last is blank.
    pub rows: Vec<Row>,
    /// The probability that this is a merge at all.
    pub confidence: f32,
}

impl Block {
    /// The physical lines of the block.
    pub fn lines(&self) -> std::ops::Range<usize> {
        self.rows[0].line..self.rows[self.rows.len() - 1].line + 1
    }

    /// Whether anything of it stands in the wrong order: not where all of it is of one column, as below a picture over all
    /// of them.
    pub fn is_merged(&self) -> bool {
        let mut places = self.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.place);
        let first = places.next();
        places.any(|place| Some(place) != first)
    }

    /// How many lines are expected to be cut wrongly: the sum of the doubts of its rows.
    pub fn expected_wrong(&self) -> f32 {
        self.rows.iter().map(|row| 1.0 - row.confidence).sum()
    }

    /// How many lines' worth of words are expected to stand in the wrong place: a line that may be in the wrong column
    /// counts as a whole, one whose split may be a word off as the share of that word.
    pub fn expected_misplaced(&self) -> f32 {
        self.rows.iter().map(Row::expected_misplaced).sum()
    }
}

impl Row {
    /// The share of the line that is expected to stand in the wrong place.
    fn expected_misplaced(&self) -> f32 {
        /// Ways to cut the line that are too unlikely to be told misplace so large a share of it.
        const UNTOLD: f32 = 0.25;
        /// A line in more doubt of which no other way is told was not weighed: the doubt is of all of it.
        const WEIGHED: f32 = 0.9;
        if self.others.is_empty() && self.confidence < WEIGHED {
            return 1.0 - self.confidence;
        }
        let told: f32 = self.others.iter().map(|(_, chance)| chance).sum();
        let misplaced = self.others.iter().map(|(cells, chance)| chance * self.misplaced(cells));
        misplaced.sum::<f32>() + UNTOLD * (1.0 - self.confidence - told).max(0.0)
    }

    /// The share of the line's letters whose column another way to cut it changes.
    fn misplaced(&self, cells: &[Cell]) -> f32 {
        let all: usize = self.cells.iter().map(|cell| cell.span.len()).sum();
        let shared = |one: &Cell, other: &Cell| {
            let (start, end) = (one.span.start.max(other.span.start), one.span.end.min(other.span.end));
            if one.place == other.place { end.saturating_sub(start) } else { 0 }
        };
        let same: usize = self.cells.iter().flat_map(|one| cells.iter().map(move |other| shared(one, other))).sum();
        1.0 - same.min(all) as f32 / all.max(1) as f32
    }
}

/// What the model says of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// The blocks in the order of their lines; they do not overlap.
    pub blocks: Vec<Block>,
}

impl Columns {
    /// The blocks of which anything stands in the wrong order.
    pub fn merged(&self) -> impl Iterator<Item = &Block> + Clone {
        self.blocks.iter().filter(|block| block.is_merged())
    }

    /// These physical lines, and those of the blocks that reach in.
    pub fn whole(&self, lines: std::ops::Range<usize>) -> std::ops::Range<usize> {
        self.blocks.iter().map(Block::lines).fold(lines, |lines, block| {
            let meets = block.start < lines.end && lines.start < block.end;
            if meets { lines.start.min(block.start)..lines.end.max(block.end) } else { lines }
        })
    }

    /// The block that holds a physical line.
    pub fn block_at(&self, line: usize) -> Option<&Block> {
        let next = self.blocks.partition_point(|block| block.lines().end <= line);
        self.blocks.get(next).filter(|block| block.lines().contains(&line))
    }
}

/// A line of more words is no line of a page set in columns, but a paragraph.
const MOST_WORDS: usize = 80;
/// A sheet has at most so many lines: a page has fewer.
const MOST_LINES: usize = 150;

/// Finds the blocks of a text. `off` are the runs of physical lines that can hold no merge whatever they look like
/// (code, tables, places where the person said so), in ascending order.
pub fn find(lines: &Lines, off: &[Range<usize>], model: &Model) -> Columns {
    find_with(lines, off, model, None)
}

/// The same; what was worked out of the sheets that were judged last so, of whatever text, is taken over where it stands,
/// and what is worked out of these is remembered with the model.
pub fn find_again(lines: &Lines, off: &[Range<usize>], model: &Model) -> Columns {
    // One person types in one place.
    lend(&model.memories, 1, Memory::default, |memory| {
        memory.turn();
        let found = find_with(lines, off, model, Some(memory));
        memory.forget();
        found
    })
}

/// The runs of lines of a text that may be blocks, each with what tells whether it is one: to fit what that weighs.
pub fn candidates(lines: &Lines, off: &[Range<usize>], model: &Model) -> Vec<(Vec<usize>, prose::Cues)> {
    let Some(learnt) = model.learnt() else { return Vec::new() };
    let mut candidates = Vec::new();
    each_part(lines, off, learnt, &mut Words::default(), |lines, known| {
        let (lines, after_blank) = inked(lines);
        let (sheet, _) = Sheet::again((&lines, &after_blank), &learnt.junctions, known, Past::default());
        if !sheet.is_whole() {
            candidates.extend(decide::candidates(&sheet, &learnt.judge));
        }
    });
    candidates
}

fn find_with(lines: &Lines, off: &[Range<usize>], model: &Model, mut memory: Option<&mut Memory>) -> Columns {
    let Some(learnt) = model.learnt() else { return Columns::default() };
    let find = |known: &mut Words| {
        let mut blocks = Vec::new();
        each_part(lines, off, learnt, known, |lines, known| {
            blocks.extend(blocks_of(lines, learnt, known, memory.as_deref_mut()));
        });
        blocks
    };
    Columns { blocks: model.with_words(find) }
}

/// Goes through the parts of a text in which columns may have run together.
fn each_part<'t>(
    lines: &Lines<'t>,
    off: &[Range<usize>],
    learnt: &Learnt,
    known: &mut Words,
    mut look: impl FnMut(Vec<Written<'t>>, &mut Words),
) {
    for sheet in sheets(lines, off) {
        let text: Vec<&str> = sheet.clone().map(|line| bare(lines, line)).collect();
        for part in plain::parts(&text, &learnt.junctions, known) {
            let written = part.map(|at| {
                let line = sheet.start + at;
                let start = lines.span(line).end - text[at].len();
                Written { line, text: text[at], start, asides: Marks::default() }
            });
            look(written.collect(), known);
        }
    }
}

/// The lines of a sheet that are not blank, with the marks beside them; and which stand after a blank one.
fn inked(lines: Vec<Written>) -> (Vec<Written>, Vec<bool>) {
    let (mut lines, after_blank) = reread::inked(lines.into_iter());
    let marks = margin::marks(&lines.iter().map(|line| line.text).collect::<Vec<&str>>());
    lines.iter_mut().zip(marks).for_each(|(line, marks)| line.asides = marks);
    (lines, after_blank)
}

/// The blocks of one sheet.
fn blocks_of(
    lines: Vec<Written>,
    Learnt { junctions, judge }: &Learnt,
    known: &mut Words,
    mut memory: Option<&mut Memory>,
) -> Vec<Block> {
    let (lines, after_blank) = inked(lines);
    let recalled = memory.as_deref_mut().and_then(|memory| memory.recall(&lines));
    let Remembered { read, mut judged } = recalled.unwrap_or_default();
    let (sheet, differs) = Sheet::again((&lines, &after_blank), junctions, known, read);
    let mut blocks = Vec::new();
    if sheet.is_whole() {
        // What was worked out of an earlier version says nothing of what will differ from this one.
        judged = Judged::default();
    } else {
        blocks = decide::blocks(&sheet, judge, &mut judged, differs.as_ref());
    }
    if let Some(memory) = memory {
        memory.keep(Remembered { read: sheet.into_past(&lines), judged });
    }
    blocks
}

/// A line without the byte order mark that a text may begin with: it is no part of its first word.
fn bare<'t>(lines: &Lines<'t>, line: usize) -> &'t str {
    lines.line(line).trim_start_matches('\u{feff}')
}

/// The runs of lines that are judged together.
fn sheets(lines: &Lines, off: &[Range<usize>]) -> Vec<Range<usize>> {
    let turns = page::turns(lines);
    let mut sheets: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for line in 0..=lines.len() {
        let end = line == lines.len();
        let text = if end { "" } else { bare(lines, line) };
        let is_title = is_heading(text) && (start..line).all(|above| lines.line(above).trim().is_empty());
        let turns_page = turns.binary_search(&line).is_ok();
        let barred = end || is_off(off, line) || is_paragraph(text) || is_title || turns_page;
        if barred || text.starts_with('\u{c}') {
            if start < line {
                sheets.push(start..line);
            }
            start = if barred { line + 1 } else { line };
        } else if line - start >= MOST_LINES {
            let blank = |line: &usize| lines.line(*line).trim().is_empty();
            let cut = (start + MOST_LINES / 2..line).rev().find(blank).unwrap_or(line);
            sheets.push(start..cut);
            start = cut;
        }
    }
    sheets
}

fn is_off(off: &[Range<usize>], line: usize) -> bool {
    off.get(off.partition_point(|range| range.end <= line)).is_some_and(|range| range.contains(&line))
}

/// Whether a line is marked as a heading in Markdown: at the head of a sheet that is a title over all columns, and further
/// down perhaps a heading inside one, marked by whoever mends the page.
fn is_heading(line: &str) -> bool {
    let title = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - title.len())) && title.starts_with(' ')
}

fn is_paragraph(line: &str) -> bool {
    // Each word takes a letter and a space.
    line.len() > 2 * MOST_WORDS && line.split_whitespace().nth(MOST_WORDS).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many lines' worth of words a block of one row is expected to misplace: the cells, drawn as a row of letters a
    /// column with `-` for what is in none, with their probability; and the other ways to cut the line.
    fn check(cells: &str, confidence: f32, others: &[(&str, f32)], expected: f32) {
        let read = |drawn: &str| -> Vec<Cell> {
            let cell = |(column, letter)| {
                let start = drawn.find(letter)?;
                let span = Span::new(start, drawn.rfind(letter)? + 1);
                Some(Cell { place: Place::Column(column), span })
            };
            [(0, 'l'), (1, 'r')].into_iter().filter_map(cell).collect()
        };
        let others = others.iter().map(|(drawn, chance)| (read(drawn), *chance)).collect();
        let rows = vec![Row { line: 0, cells: read(cells), confidence, others }];
        let misplaced = Block { columns: 2, rows, confidence: 1.0 }.expected_misplaced();
        assert!((misplaced - expected).abs() < 1e-4, "{cells}: {misplaced}, not {expected}");
    }

    /// The sheets of lines, each drawn with how many plain lines stand below it.
    fn check_sheets(drawn: &[(&str, usize)], expected: &[Range<usize>]) {
        let lines = |(line, below): &(&str, usize)| format!("{line}\n{}", "de haven was druk\n".repeat(*below));
        let text: String = drawn.iter().map(lines).collect();
        assert_eq!(sheets(&Lines::new(text.trim_end()), &[]), expected, "{drawn:?}");
    }

    #[test]
    fn a_sheet_ends_with_its_page_or_before_a_blank_line_or_where_it_is_too_long() {
        check_sheets(&[("Jaarverslag 1", 40), ("Jaarverslag 2", 40)], &[1..41, 42..82]);
        check_sheets(&[("[p. 1]", 4), ("[p. 2]", 4)], &[1..5, 6..10]);
        check_sheets(&[("", 100), ("", 100)], &[0..101, 101..202]);
        check_sheets(&[("", 40), ("", 160)], &[0..150, 150..202]);
    }

    #[test]
    fn a_word_off_counts_as_its_share_and_a_line_in_the_wrong_column_as_a_whole() {
        check("llllrrrr", 1.0, &[], 0.0);
        check("llllrrrr", 0.5, &[("lllrrrrr", 0.5)], 0.5 / 8.0);
        check("llllllll", 0.6, &[("rrrrrrrr", 0.4)], 0.4);
    }

    #[test]
    fn what_was_not_weighed_is_in_doubt_as_a_whole() {
        check("llllrrrr", 0.5, &[], 0.5);
        check("llllrrrr", 0.96, &[], 0.01);
    }
}
