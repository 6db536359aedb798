//! The model of merged columns: which lines of a text were set in columns that ran together, where each line splits,
//! and how sure that is. It judges the text alone.

pub mod doubt;
pub mod junction;
pub mod repair;
pub mod word;

use crate::lines::Lines;
use crate::span::Span;

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

    /// How many lines are expected to be cut wrongly: the sum of the doubts of its rows.
    pub fn expected_wrong(&self) -> f32 {
        self.rows.iter().map(|row| 1.0 - row.confidence).sum()
    }
}

/// What the model says of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// The blocks in the order of their lines; they do not overlap.
    pub blocks: Vec<Block>,
}

impl Columns {
    /// The block that holds a physical line.
    pub fn block_at(&self, line: usize) -> Option<&Block> {
        let next = self.blocks.partition_point(|block| block.lines().end <= line);
        self.blocks.get(next).filter(|block| block.lines().contains(&line))
    }
}

/// What the model has learnt: without any data it judges by widths, spaces, layout and the text itself.
#[derive(Clone, Debug, Default)]
pub struct Model {}

/// Finds the blocks of a text. `off` are the runs of physical lines that can hold no merge whatever they look like
/// (code, tables, places where the person said so), in ascending order.
pub fn find(lines: &Lines, off: &[std::ops::Range<usize>], model: &Model) -> Columns {
    let _ = (lines, off, model);
    Columns::default()
}
