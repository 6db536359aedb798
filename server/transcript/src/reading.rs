//! The text in the order in which it is to be read: each line outside the blocks as it stands, each block column by
//! column. Headings and references are looked for here, so that neither is torn by a gutter, and their places lead back
//! to the physical lines.

use std::ops::Range;

use crate::columns::{Block, Columns, Place};
use crate::lines::Lines;
use crate::span::Span;

/// A piece of one physical line that is read in one go: a whole line outside a block, or one cell inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The physical line.
    pub line: usize,
    /// Its bytes: of a whole line without the line end, of a cell without white space around it.
    pub span: Span,
    /// The block (index into [`Columns::blocks`]) and the place in it; none outside blocks.
    pub cell: Option<(usize, Place)>,
}

/// The passages of some physical lines, which cut no block, in the order of reading: every word of them is in exactly
/// one. A blank line inside a block is read as a blank passage of the first column; asides of a block come after its
/// columns.
pub fn passages(lines: &Lines, columns: &Columns, of: Range<usize>) -> Vec<Passage> {
    let whole = |line| Passage { line, span: lines.span(line), cell: None };
    let mut passages = Vec::with_capacity(of.len());
    let mut line = of.start;
    let first = columns.blocks.partition_point(|block| block.lines().end <= of.start);
    for (index, block) in columns.blocks.iter().enumerate().skip(first) {
        let inside = block.lines();
        if inside.start >= of.end {
            break;
        }
        passages.extend((line..inside.start).map(whole));
        add_block(lines, index, block, &mut passages);
        line = inside.end;
    }
    passages.extend((line..of.end).map(whole));
    passages
}

fn add_block(lines: &Lines, index: usize, block: &Block, passages: &mut Vec<Passage>) {
    for place in (0..block.columns).map(Place::Column).chain([Place::Aside]) {
        for row in &block.rows {
            let passage = |span| Passage { line: row.line, span, cell: Some((index, place)) };
            if row.cells.is_empty() && place == Place::Column(0) {
                passages.push(passage(lines.span(row.line)));
            }
            passages.extend(row.cells.iter().filter(|cell| cell.place == place).map(|cell| passage(cell.span)));
        }
    }
}
