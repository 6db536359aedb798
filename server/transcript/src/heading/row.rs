//! The passages of a text as the search for headings sees them.

use crate::lines::Lines;
use crate::markup::Markup;
use crate::page::Page;
use crate::reading::Reading;
use crate::span::Span;

/// A passage, with what stands around it.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    /// Its text without white space around it.
    pub text: &'t str,
    /// The bytes of that.
    pub span: Span,
    /// The physical line.
    pub line: usize,
    /// The page.
    pub page: usize,
    /// Nothing to read: blank, furniture, code.
    pub silent: bool,
    /// Whether it is page furniture.
    pub furniture: bool,
    /// Whether it is the cell of a merged block.
    pub cell: bool,
    /// Whether a paragraph may start here: nothing, something silent or another column stands before.
    pub opens: bool,
    /// Whether a paragraph may end here, likewise.
    pub closes: bool,
    /// The number of characters.
    pub width: usize,
    /// How many characters the lines around it hold when they are full.
    pub full: usize,
}

impl Row<'_> {
    /// Whether the line was ended on purpose: the first word of the next would still have fitted.
    pub fn breaks_before(&self, next: &Row) -> bool {
        let word = next.text.split_whitespace().next().map_or(0, |word| word.chars().count());
        self.width + 1 + word < self.full
    }

    /// Whether it ends as a sentence does.
    pub fn ends_sentence(&self) -> bool {
        self.text
            .trim_end_matches(['"', '”', '’', '»', ')', ']', '*', '_'])
            .trim_end_matches(|sign: char| sign.is_ascii_digit())
            .ends_with(['.', '!', '?', ':', ';', '…'])
    }
}

/// The rows of a text in the order of reading.
pub fn rows<'t>(lines: &Lines<'t>, reading: &Reading, pages: &[Page], markup: &Markup) -> Vec<Row<'t>> {
    let mut furniture = vec![false; lines.len()];
    let mut page_of = vec![0; lines.len()];
    for (index, page) in pages.iter().enumerate() {
        page_of[page.lines.clone()].fill(index);
        page.furniture.iter().for_each(|&line| furniture[line] = true);
    }
    let mut rows: Vec<Row> = Vec::with_capacity(reading.passages.len());
    let mut places = Vec::with_capacity(reading.passages.len());
    for passage in &reading.passages {
        let raw = lines.slice(passage.span);
        let start = raw.len() - raw.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}').len();
        let text = raw[start..].trim_end();
        let span = Span::new(passage.span.start + start, passage.span.start + start + text.len());
        let silent = text.is_empty() || furniture[passage.line] || markup.is_code(span);
        places.push(passage.cell);
        rows.push(Row {
            text,
            span,
            line: passage.line,
            page: page_of[passage.line],
            silent,
            furniture: furniture[passage.line],
            cell: passage.cell.is_some(),
            opens: true,
            closes: true,
            width: text.chars().count(),
            full: 0,
        });
    }
    for index in 0..rows.len() {
        let parted = |one: usize, other: usize| rows[one].silent || rows[other].silent || places[one] != places[other];
        let (opens, closes) =
            (index == 0 || parted(index - 1, index), index + 1 >= rows.len() || parted(index, index + 1));
        (rows[index].opens, rows[index].closes) = (opens, closes);
    }
    fill(&mut rows);
    rows
}

/// Works out how wide full lines are: of the cells of blocks and of the other rows apart, the width that nine in ten do
/// not pass.
fn fill(rows: &mut [Row]) {
    for cell in [false, true] {
        let mut widths: Vec<usize> =
            rows.iter().filter(|row| row.cell == cell && !row.silent).map(|row| row.width).collect();
        let nine_in_ten = widths.len() * 9 / 10;
        let full = if widths.is_empty() { 0 } else { *widths.select_nth_unstable(nine_in_ten).1 };
        rows.iter_mut().filter(|row| row.cell == cell).for_each(|row| row.full = full);
    }
}

/// Where rows stand, so that one need not go through all of them to find that of a place.
pub(super) struct Places(Vec<(usize, usize)>);

impl Places {
    /// The places of rows.
    pub(super) fn new(rows: &[Row]) -> Self {
        let mut starts: Vec<(usize, usize)> =
            rows.iter().enumerate().map(|(index, row)| (row.span.start, index)).collect();
        // In order but for the cells of blocks, which a stable sort makes the most of.
        starts.sort();
        Self(starts)
    }

    /// The row that holds a byte, or else the last that starts before it.
    pub(super) fn row_at(&self, offset: usize) -> Option<usize> {
        let next = self.0.partition_point(|(start, _)| *start <= offset);
        self.0.get(next.checked_sub(1)?).map(|(_, row)| *row)
    }
}
