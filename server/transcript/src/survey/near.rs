//! Whether the headings, captions, notes and contents lists of a text are what they were although some rows changed: told
//! by what the rows about the change say, before it and after.

use std::ops::Range;

use super::moved::Moved;
use super::prose::{Place, place};
use super::window::{MARGIN, Side};
use crate::change::Change;
use crate::columns::Block;
use crate::heading::{
    Claim, Row, claims, is_dull, is_entry, is_silent_of_itself, may_hold_contents, may_open_note, opens_note,
};
use crate::lines::Format;
use crate::markup::Markup;
use crate::page::Page;
use crate::span::Span;

/// So many characters on either side of what changed must hold no digit, or no note may stand at the foot of the page:
/// by those its mark is told.
const BESIDE: usize = 4;

/// The rows about a change, in the text before it or after.
pub(super) struct About<'a, 't> {
    side: Side<'a, 't>,
    rows: &'a [Row<'t>],
    /// Those of the rows that stand on changed lines.
    changed: Vec<Range<usize>>,
    pages: &'a [Page],
    markup: &'a Markup,
    names: &'a [(Span, Place)],
}

impl<'a, 't> About<'a, 't> {
    /// `changed` are those of the rows that stand on changed lines; pages, marks and names are those of the text.
    pub(super) fn new(
        side: Side<'a, 't>,
        rows: &'a [Row<'t>],
        changed: Vec<Range<usize>>,
        (pages, markup, names): (&'a [Page], &'a Markup, &'a [(Span, Place)]),
    ) -> Self {
        Self { side, rows, changed, pages, markup, names }
    }

    /// Whether a block reaches over the start of a page. The rows of both are read in one another then, and what is taken for
    /// the foot of a page hangs on all of them.
    fn mixes_pages(&self) -> bool {
        let page = |line: usize| self.pages.partition_point(|page| page.lines.end <= line);
        self.side.columns.blocks.iter().map(Block::lines).any(|lines| page(lines.start) != page(lines.end - 1))
    }

    fn inside(&self) -> impl Iterator<Item = &Row<'t>> {
        self.changed.iter().flat_map(|run| &self.rows[run.clone()]).filter(|row| !row.silent)
    }

    /// The rows with text that stand before a run of changed rows, the nearest first.
    fn before(&self, run: &Range<usize>) -> impl Iterator<Item = &Row<'t>> {
        self.rows[..run.start].iter().rev().filter(|row| !row.silent)
    }

    /// Whether none of the changed rows, nor what stands near them, has a part in a heading or the like.
    fn is_dull(&self) -> bool {
        let unmarked = self.rows.iter().filter(|row| row.opens).all(|row| !may_open_note(row));
        // What stands before a blank line tells nothing about what comes after it.
        let after = |run: &Range<usize>| self.rows[run.end..].iter().take_while(|row| !row.silent).take(MARGIN);
        unmarked
            && self.ends_contents()
            && self.inside().all(is_dull)
            && self.changed.iter().all(|run| self.before(run).take(MARGIN).all(is_dull) && after(run).all(is_dull))
    }

    /// Whether no contents list reaches from before a run of changed rows into it.
    fn ends_contents(&self) -> bool {
        self.changed.iter().all(|run| {
            let before: Vec<&Row> = self.before(run).take(MARGIN).collect();
            before.len() < MARGIN || before.windows(2).any(|two| two.iter().all(|row| !is_entry(row)))
        })
    }

    /// Whether the changed rows say nothing of themselves and part what stands before them from what stands after, so that
    /// all that is told of the rows about them is told by their claims.
    fn parts(&self) -> bool {
        let holds = |run: &Range<usize>| {
            let after = self.rows[run.end..].iter().filter(|row| !row.silent).take(MARGIN);
            self.before(run).take(MARGIN).chain(after).any(may_hold_contents)
        };
        let full = |run: &Range<usize>| self.rows[run.clone()].iter().any(|row| !row.silent);
        // What is a list's or a note's says so to the rows beside it, and where those end is not told by the rows about it.
        let plain = |row: &Row| matches!(place(self.names, row.span), None | Some(Place::Apart));
        self.rows.iter().all(plain)
            && self.changed.iter().all(|run| full(run) && !holds(run) && !self.is_in_note(run))
            && self.ends_contents()
            && self.inside().all(is_silent_of_itself)
    }

    /// Whether the paragraph that reaches to a run of changed rows may be a note.
    fn is_in_note(&self, run: &Range<usize>) -> bool {
        let last = self.rows[..=run.start].iter().rposition(|row| !row.silent);
        let opens = last.and_then(|last| self.rows[..=last].iter().rposition(|row| row.opens));
        opens.is_none_or(|opens| may_open_note(&self.rows[opens]))
    }

    /// Whether all that changed is on one page, of which the last paragraph is none that may be a note: then none is looked
    /// for above.
    fn has_no_notes(&self) -> bool {
        let mut on = self.changed.iter().flat_map(|run| &self.rows[run.clone()]).map(|row| row.page);
        let first = on.next().filter(|first| on.all(|page| page == *first));
        let Some(page) = first.and_then(|page| self.pages.get(page)) else { return false };
        let lines = self.side.lines;
        let text = |line: usize| lines.line(line).trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}');
        let silent = |line: usize| text(line).is_empty() || page.furniture.contains(&line);
        let Some(last) = page.lines.clone().rev().find(|line| !silent(*line)) else { return true };
        let opens = (page.lines.start..last + 1).rev().take_while(|line| !silent(*line)).last().unwrap_or(last);
        // A block may end with a column that opens as a note does.
        let in_block = (opens..last + 1).any(|line| self.side.columns.block_at(line).is_some());
        !in_block && !opens_note(text(opens))
    }
}

/// Whether the headings and the like are what they were, where they stand by now.
pub(super) fn keeps_headings(both: [&About; 2], moved: &Moved, format: Format) -> bool {
    if both.iter().any(|side| side.mixes_pages()) {
        return false;
    }
    if both.iter().all(|side| side.is_dull()) {
        return true;
    }
    let [was, is] = both;
    let spans = [moved.change.old_span(), moved.change.new_span()];
    let claimed = |side: &About| claims(side.side.lines, side.rows, side.markup, format);
    let outside = |claims: &[Claim], changed: Span| claims.iter().all(|claim| !changed.meets(claim.span));
    if !both.iter().all(|side| side.parts()) {
        return false;
    }
    let (mut then, now) = (claimed(was), claimed(is));
    if !outside(&then, spans[0]) || !outside(&now, spans[1]) {
        return false;
    }
    then.iter_mut().for_each(|claim| claim.span = moved.span(claim.span));
    then == now
}

/// Whether the marks of notes are what they were: no digit changed and none stands close to what did, or there are no
/// notes for which they would be looked for.
pub(super) fn keeps_numbers(both: [&About; 2], change: &Change, format: Format) -> bool {
    let [old, new] = both.map(|side| side.side.lines);
    let (was, is) = (old.slice(change.old_span()), new.slice(change.new_span()));
    let same = was.chars().zip(is.chars()).take_while(|(one, other)| one == other).count();
    let tail = was.chars().rev().zip(is.chars().rev()).take_while(|(one, other)| one == other).count();
    let plain = |text: &str| {
        let count = text.chars().count();
        let start = same.saturating_sub(BESIDE);
        let end = (count - tail.min(count - same.min(count)) + BESIDE).min(count);
        !text.chars().skip(start).take(end.saturating_sub(start)).any(char::is_numeric)
    };
    plain(was) && plain(is)
        || format == Format::Plain && both.iter().all(|side| side.has_no_notes() && !side.inside().any(is_entry))
}
