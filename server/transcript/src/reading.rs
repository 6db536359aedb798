//! The text in the order in which it is to be read: each line outside the blocks as it stands, each block column by
//! column. Headings and references are looked for here, so that neither is torn by a gutter, and their places lead back
//! to the physical lines.

use crate::columns::{Columns, Place};
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

/// The passages of a text in reading order. Every word of the text is in exactly one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The passages. Asides of a block come after its columns.
    pub passages: Vec<Passage>,
}

impl Reading {
    /// Puts a text in reading order. A blank line inside a block is read as a blank passage of the first column.
    pub fn new(lines: &Lines, columns: &Columns) -> Self {
        let mut passages = Vec::with_capacity(lines.len());
        let mut line = 0;
        for (index, block) in columns.blocks.iter().enumerate() {
            let inside = block.lines();
            passages.extend((line..inside.start).map(|line| Passage { line, span: lines.span(line), cell: None }));
            for place in (0..block.columns).map(Place::Column).chain([Place::Aside]) {
                for row in &block.rows {
                    if row.cells.is_empty() && place == Place::Column(0) {
                        passages.push(Passage {
                            line: row.line,
                            span: lines.span(row.line),
                            cell: Some((index, place)),
                        });
                    }
                    let cells = row.cells.iter().filter(|cell| cell.place == place);
                    passages.extend(cells.map(|cell| Passage {
                        line: row.line,
                        span: cell.span,
                        cell: Some((index, place)),
                    }));
                }
            }
            line = inside.end;
        }
        passages.extend((line..lines.len()).map(|line| Passage { line, span: lines.span(line), cell: None }));
        Self { passages }
    }
}
