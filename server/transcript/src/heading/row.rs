//! The passages of a text as the search for headings sees them.

use crate::lines::Lines;
use crate::markup::Markup;
use crate::page::Page;
use crate::reading::Passage;
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

/// The rows of a text in the order of reading, of which these are all passages.
pub fn rows<'t>(lines: &Lines<'t>, passages: &[Passage], pages: &[Page], markup: &Markup) -> Vec<Row<'t>> {
    let mut rows = rows_of_part(lines, passages, pages, markup);
    Widths::of(&rows).fill(&mut rows);
    rows
}

/// The rows of some passages that follow one another in the order of reading. How wide full lines are is not known of
/// them, nor what stands before the first and after the last.
pub fn rows_of_part<'t>(lines: &Lines<'t>, passages: &[Passage], pages: &[Page], markup: &Markup) -> Vec<Row<'t>> {
    let mut rows: Vec<Row> = Vec::with_capacity(passages.len());
    let mut page = 0;
    for (index, passage) in passages.iter().enumerate() {
        let line = passage.line;
        if !pages.get(page).is_some_and(|page| page.lines.contains(&line)) {
            page = pages.partition_point(|page| page.lines.end <= line);
        }
        let raw = lines.slice(passage.span);
        let start = raw.len() - raw.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}').len();
        let text = raw[start..].trim_end();
        let span = Span::new(passage.span.start + start, passage.span.start + start + text.len());
        let furniture = pages.get(page).is_some_and(|page| page.furniture.contains(&line));
        let silent = text.is_empty() || furniture || markup.is_code(span);
        let parted = match (rows.last_mut(), index.checked_sub(1)) {
            (Some(before), Some(last)) => {
                before.closes = before.silent || silent || passages[last].cell != passage.cell;
                before.closes
            }
            _ => true,
        };
        rows.push(Row {
            text,
            span,
            line,
            page,
            silent,
            furniture,
            cell: passage.cell.is_some(),
            opens: parted,
            closes: true,
            width: if text.is_ascii() { text.len() } else { text.chars().count() },
            full: 0,
        });
    }
    rows
}

/// How many rows are how wide, the cells of blocks and the other rows apart. A wider row than [`Widths::WIDEST`] counts
/// as that wide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Widths {
    counts: [Vec<u32>; 2],
    all: [usize; 2],
}

impl Widths {
    const WIDEST: usize = 4096;

    /// Those of rows.
    pub fn of(rows: &[Row]) -> Self {
        let mut widths = Self::default();
        rows.iter().for_each(|row| widths.add(row));
        widths
    }

    /// Counts a row, unless there is nothing in it to read.
    pub fn add(&mut self, row: &Row) {
        if let Some((kind, width)) = Self::place(row) {
            let counts = &mut self.counts[kind];
            if counts.len() <= width {
                counts.resize(width + 1, 0);
            }
            counts[width] += 1;
            self.all[kind] += 1;
        }
    }

    /// Counts a row no longer that was counted.
    pub fn remove(&mut self, row: &Row) {
        if let Some((kind, width)) = Self::place(row) {
            self.counts[kind][width] -= 1;
            self.all[kind] -= 1;
        }
    }

    fn place(row: &Row) -> Option<(usize, usize)> {
        (!row.silent).then(|| (usize::from(row.cell), row.width.min(Self::WIDEST)))
    }

    /// How wide full lines are, those of cells second: the width that nine in ten do not pass.
    pub fn full(&self) -> [usize; 2] {
        [0, 1].map(|kind| {
            let nine_in_ten = self.all[kind] * 9 / 10;
            let mut passed = 0;
            let widest = self.counts[kind].iter().position(|count| {
                passed += *count as usize;
                passed > nine_in_ten
            });
            widest.unwrap_or(0)
        })
    }

    /// Tells rows how wide full lines are.
    pub fn fill(&self, rows: &mut [Row]) {
        let full = self.full();
        rows.iter_mut().for_each(|row| row.full = full[usize::from(row.cell)]);
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
