//! Cuts lines of which only the number of columns is known, because the person said it: at the gap that the spaces show,
//! else at the space nearest to where columns of the same width would part. A guess, and it says so.

use std::ops::Range;

use super::{Cell, Place, Row};
use crate::lines::Lines;
use crate::span::Span;

/// How sure a cut is that wide spaces show, one by the width alone, and that a short line stands in the left column.
const SPACES: f32 = 0.9;
const WIDTH: f32 = 0.5;
const SHORT: f32 = 0.6;

/// A row for each of the lines, cut into at most so many columns.
pub fn cut(lines: &Lines, of: Range<usize>, columns: u8) -> Vec<Row> {
    let widths = of.clone().map(|line| lines.line(line).trim_end().chars().count());
    let widest = widths.max().unwrap_or(0);
    of.map(|line| row(lines, line, columns, widest)).collect()
}

fn row(lines: &Lines, line: usize, columns: u8, widest: usize) -> Row {
    let (span, text) = (lines.span(line), lines.line(line));
    let gaps = gaps(text);
    let mut cuts: Vec<usize> = gaps.iter().filter(|gap| gap.wide).map(|gap| gap.end).collect();
    let mut confidence = SPACES;
    if cuts.is_empty() || cuts.len() >= usize::from(columns) {
        (cuts, confidence) = by_width(text, &gaps, columns, widest);
    }
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([text.len()]);
    let cell = |(column, (start, end)): (usize, (usize, usize))| {
        let cell = &text[start..end];
        let start = span.start + start + (cell.len() - cell.trim_start().len());
        Cell { place: Place::Column(column as u8), span: Span::new(start, start + cell.trim().len()) }
    };
    let cells = starts.zip(ends).enumerate().map(cell).filter(|cell| !cell.span.is_empty()).collect();
    Row { line, cells, confidence, others: Vec::new() }
}

/// Where columns of the same width would part a line of so many characters at the widest.
fn by_width(text: &str, gaps: &[Gap], columns: u8, widest: usize) -> (Vec<usize>, f32) {
    let column = widest as f32 / f32::from(columns);
    let characters = text.trim_end().chars().count() as f32;
    let mut cuts: Vec<usize> = Vec::new();
    for part in 1..columns {
        let wanted = column * f32::from(part);
        if characters < wanted + column / 3.0 {
            break;
        }
        let nearest = gaps.iter().filter(|gap| cuts.last().is_none_or(|last| gap.end > *last));
        let nearest = nearest.min_by(|a, b| (a.middle - wanted).abs().total_cmp(&(b.middle - wanted).abs()));
        cuts.extend(nearest.map(|gap| gap.end));
    }
    let confidence = if cuts.is_empty() { SHORT } else { WIDTH };
    (cuts, confidence)
}

/// White space between two words of a line.
struct Gap {
    /// The byte at which the next word starts.
    end: usize,
    /// Its middle, in characters from the start of the line.
    middle: f32,
    /// Whether it is wider than a space between words.
    wide: bool,
}

fn gaps(text: &str) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let (mut start, mut wide, mut seen) = (None, 0, false);
    for (number, (byte, c)) in text.char_indices().enumerate() {
        if c.is_whitespace() {
            start = start.or(seen.then_some(number));
            wide += if c == '\t' { 2 } else { 1 };
        } else {
            if let Some(start) = start.take() {
                gaps.push(Gap { end: byte, middle: (start + number) as f32 / 2.0, wide: wide > 1 });
            }
            (wide, seen) = (0, true);
        }
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts a text into so many columns and draws a `|` at each cut.
    fn check(text: &str, columns: u8, expected: &str) {
        let lines = Lines::new(text);
        let drawn = cut(&lines, 0..lines.len(), columns).into_iter().map(|row| {
            let cells: Vec<_> = row.cells.iter().map(|cell| lines.slice(cell.span)).collect();
            cells.join("|")
        });
        assert_eq!(drawn.collect::<Vec<_>>().join("\n"), expected);
    }

    #[test]
    fn wide_spaces_part() {
        check("one  two\nthree\tfour five six seven", 2, "one|two\nthree|four five six seven");
    }

    #[test]
    fn without_wide_spaces_the_middle_parts() {
        check("some words here and others there\nleft only", 2, "some words here|and others there\nleft only");
    }

    #[test]
    fn three_columns_are_cut_twice() {
        check("aaaa bbbb cccc\n  dddd  eeee  ffff", 3, "aaaa|bbbb|cccc\ndddd|eeee|ffff");
    }

    #[test]
    fn a_blank_line_has_no_cells() {
        check("a b\n\nc d", 2, "a|b\n\nc|d");
    }
}
