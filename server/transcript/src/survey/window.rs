//! The rows about an edit that are read anew, and what is told of the others by them.

use std::ops::Range;

use super::Memo;
use crate::change::Change;
use crate::columns::Columns;
use crate::heading::{Row, Widths, rows_of_part};
use crate::lines::Lines;
use crate::markup::Markup;
use crate::page::Page;
use crate::reading::passages;
use crate::span::Span;

/// No line looks further for what makes it a heading or the like than so many rows with text before and after it.
pub(super) const MARGIN: usize = 3;
/// Of so many full rows between two numbers it makes no difference how many they are.
const PROSE: usize = 4;

/// A text with its columns.
#[derive(Clone, Copy)]
pub(crate) struct Side<'s, 't> {
    /// Its lines.
    pub(crate) lines: &'s Lines<'t>,
    /// Its columns.
    pub(crate) columns: &'s Columns,
}

impl<'t> Side<'_, 't> {
    /// Its rows on some lines; full lines are as wide as they were before the change.
    pub(super) fn rows(&self, of: Range<usize>, pages: &[Page], markup: &Markup, widths: &Widths) -> Vec<Row<'t>> {
        let mut rows = rows_of_part(self.lines, &passages(self.lines, self.columns, of), pages, markup);
        widths.fill(&mut rows);
        rows
    }
}

/// The rows about a change, from one place where the prose may be read from to another.
pub(super) struct Window<'t> {
    pub(super) lines: Range<usize>,
    pub(super) rows: Vec<Row<'t>>,
    /// Those of the rows that stand on changed lines: in a block, the cells of each column by themselves.
    pub(super) changed: Vec<Range<usize>>,
    /// The page of the row that comes after, if one does.
    pub(super) page_after: Option<usize>,
}

impl<'t> Window<'t> {
    /// The memo is that of the text before the change.
    pub(super) fn around(new: Side<'_, 't>, change: &Change, pages: &[Page], markup: &Markup, memo: &Memo) -> Self {
        let fresh = &memo.fresh;
        let hull = new.columns.whole(change.new.clone());
        let wide = |lines: Range<usize>| {
            lines.filter(|line| !new.lines.line(*line).trim().is_empty()).take(MARGIN).count() == MARGIN
        };
        let before = &fresh[..fresh.partition_point(|line| *line <= change.old.start)];
        let start = before.iter().rfind(|line| **line <= hull.start && wide(**line..hull.start));
        let after = &fresh[fresh.partition_point(|line| *line < change.old.end)..];
        let end = after.iter().map(|line| change.line(*line)).find(|line| hull.end <= *line && wide(hull.end..*line));
        let page_after = end.map(|line| pages.partition_point(|page| page.lines.end <= line));
        let lines = start.copied().unwrap_or(0)..end.unwrap_or(new.lines.len());
        let rows = new.rows(lines.clone(), pages, markup, &memo.widths);
        let changed = runs(&rows, &change.new);
        Self { lines, rows, changed, page_after }
    }

    /// Its bytes.
    pub(super) fn span(&self, new: &Lines) -> Span {
        Span::new(new.span(self.lines.start).start, new.full_span(self.lines.end - 1).end)
    }

    /// The bytes that stood there before the change: as many stand after it.
    pub(super) fn old_span(&self, old: &Lines, new: &Lines) -> Span {
        let is = self.span(new);
        Span::new(is.start, old.text().len() - (new.text().len() - is.end))
    }
}

/// Whether what changed has as many full rows as before, as far as that makes a difference, and full lines are as wide.
/// If so, the memo counts the rows as they are now. `before` are the rows about the change in the text before.
pub(super) fn counts_alike(before: &[Row], change: &Change, window: &Window, memo: &mut Memo) -> bool {
    let loud = |rows: &[Row]| rows.iter().filter(|row| !row.silent).count();
    let full = |rows: &[Row]| rows.iter().filter(|row| !row.silent && row.width > 30).take(PROSE).count();
    let was: Vec<&[Row]> = runs(before, &change.old).into_iter().map(|run| &before[run]).collect();
    let is: Vec<&[Row]> = window.changed.iter().map(|run| &window.rows[run.clone()]).collect();
    let alike = was.len() == is.len() && was.iter().zip(&is).all(|(was, is)| full(was) == full(is));
    let first = window.changed.first().map_or(0, |run| run.start);
    let preceded = loud(&window.rows[..first]) > 0;
    if !alike || !preceded && was.iter().chain(&is).any(|rows| loud(rows) == 0) {
        return false;
    }
    let mut widths = memo.widths.clone();
    was.into_iter().flatten().for_each(|row| widths.remove(row));
    is.into_iter().flatten().for_each(|row| widths.add(row));
    let alike = widths.full() == memo.widths.full();
    if alike {
        memo.widths = widths;
    }
    alike
}

/// The lines where prose may be read from, those of the window as they are now.
pub(super) fn with(before: &[usize], inside: Vec<usize>, change: &Change, window: &Window) -> Vec<usize> {
    let start = before.partition_point(|line| *line < window.lines.start);
    let after = before.iter().filter(|line| **line >= change.old.end).map(|line| change.line(*line));
    let after = after.filter(|line| *line >= window.lines.end);
    before[..start].iter().copied().chain(inside).chain(after).collect()
}

/// The runs of rows that stand on some lines.
pub(super) fn runs(rows: &[Row], on: &Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for index in (0..rows.len()).filter(|index| on.contains(&rows[*index].line)) {
        match runs.last_mut().filter(|run| run.end == index) {
            Some(run) => run.end += 1,
            None => runs.push(index..index + 1),
        }
    }
    runs
}
