//! The survey of a text after an edit within its prose: that of the text before with all places moved, and the
//! references of the paragraphs around the edit read anew. An edit of which it is not plain that headings, pages,
//! captions and notes stay what they were is left to a survey from scratch.

use std::ops::Range;

use super::moved::Moved;
use super::near::{About, MARGIN, keeps_headings, keeps_numbers, runs};
use super::{Memo, Survey, prose, references};
use crate::change::Change;
use crate::columns::{Block, Columns};
use crate::heading::{Row, Widths, rows_of_part};
use crate::language::{self, Language};
use crate::lines::{Format, Lines};
use crate::markup::Markup;
use crate::page::{self, Page};
use crate::reading::passages;
use crate::reference::{self, Reference};

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
    fn rows(&self, of: Range<usize>, pages: &[Page], markup: &Markup, widths: &Widths) -> Vec<Row<'t>> {
        let mut rows = rows_of_part(self.lines, &passages(self.lines, self.columns, of), pages, markup);
        widths.fill(&mut rows);
        rows
    }
}

impl Survey {
    /// The survey of a text after an edit. This one is of the text before, and so is the memo, which is that of the text
    /// after when a survey is given back; none is where one from scratch is called for. `change` is all that differs, and
    /// `markup` that of the text after; `wanted` is the language that the person said both are in.
    pub(crate) fn after(
        &self,
        [old, new]: [Side; 2],
        change: &Change,
        markup: &Markup,
        (format, wanted): (Format, Option<&'static Language>),
        memo: &mut Memo,
    ) -> Option<Self> {
        let moved = Moved { change };
        if !moved.keeps_marks(&self.markup, markup) {
            return None;
        }
        let language = wanted.or_else(|| language::recognise(new.lines.text()));
        let spoken = |language: Option<&'static Language>| language.map(|language| &language.code);
        if spoken(language) != spoken(self.language) {
            return None;
        }
        let wide = over_blocks(old, new, change)?;
        let names = prose::names(&self.outline);
        if prose::place(&names, wide.old_span()).is_some() {
            return None;
        }
        let pages = match keeps_pages(old.lines, new.lines, change, &self.pages) {
            true => self.pages.iter().map(|page| moved.page(page)).collect(),
            false => moved.pages_anew(&self.pages, page::pages_after(new.lines, &self.pages, change))?,
        };
        let window = Window::around(new, &wide, &pages, markup, memo);
        // The same lines before the change, of which as many stand after the window.
        let end = old.lines.len() - (new.lines.len() - window.lines.end);
        let before = old.rows(window.lines.start..end, &self.pages, &self.markup, &memo.widths);
        let moved_names: Vec<_> = names.iter().map(|(span, place)| (moved.span(*span), *place)).collect();
        let was = About::new(old, &before, runs(&before, &wide.old), (&self.pages, &self.markup, &names));
        let is = About::new(new, &window.rows, window.changed.clone(), (&pages, markup, &moved_names));
        if !keeps_numbers([&was, &is], change, format) || !keeps_headings([&was, &is], &Moved { change: &wide }, format)
        {
            return None;
        }
        if !counts_alike(&before, &wide, &window, memo) {
            return None;
        }
        let outline = moved.outline(&self.outline);
        let mut reader =
            prose::Reader::new(new.lines, markup, &moved_names, window.rows.first().map_or(0, |row| row.page));
        window.rows.iter().for_each(|row| reader.read(row));
        if window.page_after.is_some_and(|page| !reader.is_fresh(page)) {
            return None;
        }
        let (flow, fresh) = reader.end();
        let found = references(&flow, &pages, &outline, |flow, notes| reference::find(flow, language, notes));
        let references = self.references_with(found, &moved, (old.lines, new.lines), &window);
        memo.fresh = with(&memo.fresh, fresh, &wide, &window);
        Some(Self { pages, outline, references, markup: markup.clone(), language })
    }

    /// The references, those of the window found anew.
    fn references_with(
        &self,
        found: Vec<Reference>,
        moved: &Moved,
        (old, new): (&Lines, &Lines),
        window: &Window,
    ) -> Vec<Reference> {
        let start = new.span(window.lines.start).start;
        // As many bytes stand after the window as before.
        let after = new.text().len() - new.full_span(window.lines.end - 1).end;
        let end = old.text().len() - after;
        let before = self.references.partition_point(|reference| reference.span.start < start);
        let inside = |reference: &&Reference| reference.span.start < end;
        let after = before + self.references[before..].iter().take_while(inside).count();
        let (before, after) = (&self.references[..before], &self.references[after..]);
        let after = after.iter().map(|reference| Reference {
            span: moved.span(reference.span),
            mention: moved.span(reference.mention),
            ..reference.clone()
        });
        before.iter().cloned().chain(found).chain(after).collect()
    }
}

/// The rows about a change, from one place where the prose may be read from to another.
struct Window<'t> {
    lines: Range<usize>,
    rows: Vec<Row<'t>>,
    /// Those of the rows that stand on changed lines: in a block, the cells of each column by themselves.
    changed: Vec<Range<usize>>,
    /// The page of the row that comes after, if one does.
    page_after: Option<usize>,
}

impl<'t> Window<'t> {
    /// The memo is that of the text before the change.
    fn around(new: Side<'_, 't>, change: &Change, pages: &[Page], markup: &Markup, memo: &Memo) -> Self {
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
}

/// Whether what changed has as many full rows as before, as far as that makes a difference, and full lines are as wide.
/// If so, the memo counts the rows as they are now. `before` are the rows about the change in the text before.
fn counts_alike(before: &[Row], change: &Change, window: &Window, memo: &mut Memo) -> bool {
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

/// The change and the blocks that are others now, but for the lines that changed.
fn over_blocks(old: Side, new: Side, change: &Change) -> Option<Change> {
    let moved = Moved { change };
    let (was, is) = (&old.columns.blocks, &new.columns.blocks);
    let alike = |(was, is): &(&Block, &Block)| moved.is_block(was, is);
    let before = was.iter().zip(is).take_while(alike).count();
    let (was, is) = (&was[before..], &is[before..]);
    let after = was.iter().rev().zip(is.iter().rev()).take_while(alike).count();
    let (was, is) = (&was[..was.len() - after], &is[..is.len() - after]);
    if was.is_empty() && is.is_empty() {
        return Some(change.clone());
    }
    let reach = |blocks: &[Block], lines: &Range<usize>| {
        let start = blocks.first().map_or(lines.start, |block| block.lines().start);
        let end = blocks.last().map_or(lines.end, |block| block.lines().end);
        (lines.start.saturating_sub(start), end.saturating_sub(lines.end))
    };
    let ((above, below), (also_above, also_below)) = (reach(was, &change.old), reach(is, &change.new));
    let wide = change.widened(old.lines, new.lines, above.max(also_above), below.max(also_below));
    let cuts = |side: Side, lines: &Range<usize>| side.columns.whole(lines.clone()) != *lines;
    (!cuts(old, &wide.old) && !cuts(new, &wide.new)).then_some(wide)
}

/// Whether a change leaves the borders and the edges of pages alone.
fn keeps_pages(old: &Lines, new: &Lines, change: &Change, pages: &[Page]) -> bool {
    let page = pages.partition_point(|page| page.lines.end <= change.old.start);
    let Some(page) = pages.get(page).filter(|page| change.old.end <= page.lines.end) else { return false };
    let inner = |lines: &Lines, of: &Range<usize>| of.clone().all(|line| !page::is_border(lines.line(line)));
    let edge = |lines: Range<usize>| page::is_edge(old, lines);
    inner(old, &change.old)
        && inner(new, &change.new)
        && edge(page.lines.start..change.old.start)
        && edge(change.old.end..page.lines.end)
}

/// The lines where prose may be read from, those of the window as they are now.
fn with(before: &[usize], inside: Vec<usize>, change: &Change, window: &Window) -> Vec<usize> {
    let start = before.partition_point(|line| *line < window.lines.start);
    let after = before.iter().filter(|line| **line >= change.old.end).map(|line| change.line(*line));
    let after = after.filter(|line| *line >= window.lines.end);
    before[..start].iter().copied().chain(inside).chain(after).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text in which a bar stands where something is typed, or where the words between two bars are replaced by it:
    /// whether the survey after it is made of the one before.
    fn is_moved(text: &str, typed: &str) -> bool {
        let parts: Vec<&str> = text.split('¦').collect();
        let (old, new) = (parts.concat(), [parts[0], typed, parts[parts.len() - 1]].concat());
        let old = Lines::new(&old);
        let (change, new) = Change::between(&old, &new, (0, 0));
        let (columns, mut memo) = (Columns::default(), Memo::default());
        let of = |lines: &Lines, memo: &mut Memo| {
            Survey::in_order(lines, Format::Plain, Markup::default(), &columns, None, memo)
        };
        let before = of(&old, &mut memo);
        let sides = [&old, &new].map(|lines| Side { lines, columns: &columns });
        let after = before.after(sides, &change, &Markup::default(), (Format::Plain, None), &mut memo);
        let scratch = of(&new, &mut Memo::default());
        if let Some(after) = &after {
            assert_eq!(
                (&after.outline, &after.references, &after.pages),
                (&scratch.outline, &scratch.references, &scratch.pages)
            );
        }
        after.is_some()
    }

    const BEFORE: &str = "1.1 Haven\n\nDe haven was in dat jaar drukker dan ooit,\nen het water stond er hoger dan tevoren.\n\nDe dienst mat er in het voorjaar,\nen in het najaar nog een keer.\nHij vond dat de kade lager lag.\n\n";
    const AFTER: &str = "\n\nWie er aanlegt moet wachten,\nsoms wel een uur of twee.\nDat staat ook in hoofdstuk 2.\n\nIn de winter was het stil.\nEr kwam geen schip voorbij.\n\n1.2 Sluis\n\nDe sluis is oud.\n";

    fn check(line: &str, typed: &str, moved: bool) {
        assert_eq!(is_moved(&format!("{BEFORE}{line}{AFTER}"), typed), moved, "{line:?} {typed:?}");
    }

    #[test]
    fn letters_words_and_lines_within_prose_move_the_rest() {
        check("De kade is te laag ge¦bouwd.", "n", true);
        check("De kade is te laag ¦gebouwd, zie hoofdstuk 1¦.", "", false);
        check("De kade is te laag ¦gebouwd¦.", "en te kort", true);
        check("De kade is te laag, ¦zo bleek.", "\n", true);
        check("De kade is te laag.¦ Zij zakt.", "\n\n", true);
        check("De kade is te laag (zie hoofd¦).", "stuk A", true);
    }

    #[test]
    fn what_looks_like_a_title_is_none_inside_a_paragraph() {
        check("Zij legt aan bij de kade, want\nDe Dienst Ha¦ mat het na", "ven", true);
        check("De Dienst Ha¦ mat het na", "ven", false);
    }

    #[test]
    fn a_title_that_no_longer_stands_apart_calls_for_a_survey_from_scratch() {
        let prose =
            "Er kwam in dat hele jaar geen enkel schip,\nen ook in het jaar erna bleef het er stil.\n\n".repeat(20);
        let check =
            |text: &str, typed: &str| assert!(!is_moved(&format!("{prose}{text}\n\n{prose}"), typed), "{text:?}");
        check("De Dienst Haven\n¦\nEr kwam in dat hele jaar geen enkel schip,", "x");
        check("De Dienst Haven\n¦ \nEr kwam in dat hele jaar geen enkel schip,", "zag dat en ");
        check(
            "De haven lag er toen\nverlaten bij.\n¦De Dienst Haven\n\nEr kwam in dat hele jaar geen enkel schip,",
            "\n",
        );
    }

    #[test]
    fn what_may_be_a_heading_or_a_note_calls_for_a_survey_from_scratch() {
        check("¦", "Hoofdstuk 2 Kade", false);
        check("¦", "DE KADE EN DE SLUIS", false);
        check("¦", "12 De kade is te laag.", false);
        check("De kade is te laag.¦", "\u{c}", false);
    }

    #[test]
    fn beside_a_heading_in_a_list_and_near_a_number_the_rest_moves_too() {
        let below = "De kade is te laag ge¦bouwd, zo bleek toen,\nen zij zakt nog altijd.";
        check(&format!("1.1.1 Kade\n\n{below}"), "n", true);
        check(&format!("De Dienst Haven\n\n{below}"), "n", true);
        check(
            &format!("De kade is laag.\n\n- een lijst\n- van twee ¦stuks\n\n{below}").replace("ge¦", "ge"),
            "hele ",
            true,
        );
        check("In 201¦ was dat anders.", "9", true);
        check("De kade is te laag.¦", "1", true);
    }

    #[test]
    fn where_what_stands_near_says_something_else_the_survey_is_made_from_scratch() {
        // Before a line that opens with a small letter there stands no title.
        check("De Dienst Haven\n\n¦D¦e kade is te laag gebouwd, zo bleek toen,\nen zij zakt nog altijd.", "d", false);
        let check = |text: &str, typed: &str| assert!(!is_moved(&format!("{BEFORE}{BEFORE}{text}"), typed), "{text:?}");
        check("De kade is te laag.¦ Zij zakt.\n\n1 Een noot.\n", "1");
        // A heading ends the notes under a title where a paragraph begins with it.
        let heading = "1.2 Kade\nen sluis zijn oud.\n\n1 Een noot.\n\nIn de winter was het er stil.\n";
        check(&format!("Noten\n\nDe kade is te laag¦ gebouwd.\n\n¦{heading}"), ".\n");
    }
}
