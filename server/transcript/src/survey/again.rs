//! The survey of a text after an edit: that of the text before with all places moved, and the references of the paragraphs
//! around the edit read anew. Where it is not plain that headings, captions and notes stay what they were, those are looked
//! for in all lines; where they are others elsewhere, or pages are, the survey is made from scratch.

use std::ops::Range;

use super::moved::Moved;
use super::near::{About, keeps_headings, keeps_numbers};
use super::prose::Place;
use super::window::{Side, Window, counts_alike, runs, with};
use super::{Memo, Plan, Survey, noted, outline, prose, references};
use crate::change::Change;
use crate::columns::Block;
use crate::each;
use crate::flow::Flow;
use crate::language::{self, Language};
use crate::lines::{Format, Lines};
use crate::markup::Markup;
use crate::outline::Outline;
use crate::page::{self, Page};
use crate::reference::Reference;
use crate::span::Span;

/// A text before and after an edit, and the lines about it.
struct Edited<'e, 't> {
    was: &'e Survey,
    old: Side<'e, 't>,
    new: Side<'e, 't>,
    /// The marks of the text after it, and its format.
    markup: &'e Markup,
    format: Format,
    change: &'e Change,
    /// The change and the blocks that are others now.
    wide: Change,
    /// Those of the text after it.
    pages: Vec<Page>,
    window: Window<'t>,
    /// The names in the text before, and where those outside of the change stand after it.
    names: Vec<(Span, Place)>,
    moved_names: Vec<(Span, Place)>,
}

impl Survey {
    /// The survey of a text after an edit. This one is of the text before, and so is the memo, which is that of the text
    /// after when a survey is given back; none is where one from scratch is called for. `change` is all that differs, and
    /// `markup` that of the text after; `wanted` is the language that the person said both are in.
    pub(crate) fn after(
        &self,
        sides: [Side; 2],
        change: &Change,
        markup: &Markup,
        (format, wanted): (Format, Option<&'static Language>),
        memo: &mut Memo,
    ) -> Option<Self> {
        let language = wanted.or_else(|| language::recognise(sides[1].lines.text()));
        let spoken = |language: Option<&'static Language>| language.map(|language| &language.code);
        if spoken(language) != spoken(self.plan.language) {
            return None;
        }
        let edited = Edited::new(self, sides, change, (markup, format), memo)?;
        let (outline, anew) = match edited.keeps_names(memo) {
            true => (Moved { change }.outline(&self.plan.outline), None),
            false => edited.names_anew(memo).map(|(outline, names)| (outline, Some(names)))?,
        };
        let (flow, fresh) = edited.read(anew.as_ref().unwrap_or(&edited.moved_names))?;
        let found = references(&flow, &edited.pages, &outline, language, each::in_turn);
        let references = edited.references_with(found);
        memo.fresh = with(&memo.fresh, fresh, &edited.wide, &edited.window);
        let plan = Plan { pages: edited.pages, outline, markup: markup.clone(), language };
        Some(Self { plan, references })
    }
}

impl<'e, 't> Edited<'e, 't> {
    /// None where it is more than an edit within the prose, headings and the like of one page.
    fn new(
        was: &'e Survey,
        [old, new]: [Side<'e, 't>; 2],
        change: &'e Change,
        (markup, format): (&'e Markup, Format),
        memo: &Memo,
    ) -> Option<Self> {
        let moved = Moved { change };
        if !moved.keeps_cuts(&was.plan.markup, markup) {
            return None;
        }
        let wide = over_blocks(old, new, change)?;
        let pages = match keeps_pages(old.lines, new.lines, change, &was.plan.pages) {
            true => was.plan.pages.iter().map(|page| moved.page(page)).collect(),
            false => moved.pages_anew(&was.plan.pages, page::pages_after(new.lines, &was.plan.pages, change))?,
        };
        let window = Window::around(new, &wide, &pages, markup, memo);
        let names = prose::names(&was.plan.outline);
        let moved_names = names.iter().filter_map(|name| moved_name(change, name)).collect();
        Some(Self { was, old, new, markup, format, change, wide, pages, window, names, moved_names })
    }

    /// Whether all headings, captions, notes and contents lists are what they were, as far as the rows about the change tell.
    /// If so, the memo counts the rows as they are now; it is that of the text before.
    fn keeps_names(&self, memo: &mut Memo) -> bool {
        if !(Moved { change: self.change }).keeps_marks(&self.was.plan.markup, self.markup)
            || prose::place(&self.names, self.wide.old_span()).is_some()
        {
            return false;
        }
        // The same lines before the change, of which as many stand after the window.
        let end = self.old.lines.len() - (self.new.lines.len() - self.window.lines.end);
        let lines = self.window.lines.start..end;
        let before = self.old.rows(lines, &self.was.plan.pages, &self.was.plan.markup, &memo.widths);
        let was = About::new(
            self.old,
            &before,
            runs(&before, &self.wide.old),
            (&self.was.plan.pages, &self.was.plan.markup, &self.names),
        );
        let is = About::new(
            self.new,
            &self.window.rows,
            self.window.changed.clone(),
            (&self.pages, self.markup, &self.moved_names),
        );
        keeps_numbers([&was, &is], self.change, self.format)
            && keeps_headings([&was, &is], &Moved { change: &self.wide }, self.format)
            && counts_alike(&before, &self.wide, &self.window, memo)
    }

    /// The outline and the names in it from scratch, where none outside of the window is another: the prose there is read
    /// as it was. The memo counts the rows as they are now.
    fn names_anew(&self, memo: &mut Memo) -> Option<(Outline, Vec<(Span, Place)>)> {
        let (_, outline) = outline(self.new, &self.pages, (self.markup, self.format), memo);
        let anew = prose::names(&outline);
        let (old, new) = (self.window.old_span(self.old.lines, self.new.lines), self.window.span(self.new.lines));
        let was = self.names.iter().filter(|(span, _)| !old.covers(*span));
        let is = anew.iter().filter(|(span, _)| !new.covers(*span));
        let alike = was.map(|name| moved_name(self.change, name)).eq(is.copied().map(Some));
        let notes_alike = noted(&self.was.plan.outline, &self.was.plan.pages) == noted(&outline, &self.pages);
        (alike && notes_alike).then_some((outline, anew))
    }

    /// The prose of the window, and the lines in it where prose may be read from. None where that cannot be told without what
    /// stands before the window, or what stands after it is not read as it was.
    fn read(&self, names: &[(Span, Place)]) -> Option<(Flow, Vec<usize>)> {
        let Window { lines, rows, page_after, .. } = &self.window;
        let page = rows.first().map_or(0, |row| row.page);
        let mut reader = prose::Reader::new(self.new.lines, self.markup, names, page);
        rows.iter().for_each(|row| reader.read(row));
        let is_fresh = page_after.is_none_or(|page| reader.is_fresh(page));
        let (flow, fresh) = reader.end();
        // What has become a note there would have a sentence before it go on after it.
        let was_fresh = lines.start == 0 || fresh.first() == Some(&lines.start);
        (was_fresh && is_fresh).then_some((flow, fresh))
    }

    /// The references, those of the window found anew.
    fn references_with(&self, found: Vec<Reference>) -> Vec<Reference> {
        let Span { start, end } = self.window.old_span(self.old.lines, self.new.lines);
        let references = &self.was.references;
        let before = references.partition_point(|reference| reference.span.start < start);
        let inside = |reference: &&Reference| reference.span.start < end;
        let after = before + references[before..].iter().take_while(inside).count();
        let (before, after) = (&references[..before], &references[after..]);
        let after = after.iter().map(|reference| Reference {
            span: self.change.span(reference.span),
            mention: self.change.span(reference.mention),
            ..reference.clone()
        });
        before.iter().cloned().chain(found).chain(after).collect()
    }
}

/// A name after a change; none where a part of it is among the lines that were.
fn moved_name(change: &Change, (span, place): &(Span, Place)) -> Option<(Span, Place)> {
    change.span_outside(*span).map(|span| (span, *place))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Columns;

    /// How much of a text is looked at after an edit.
    #[derive(Debug, PartialEq)]
    enum Reach {
        /// The lines about it.
        Near,
        /// For headings and the like all lines, for references those about it.
        Headings,
        /// All of it.
        Text,
    }
    use Reach::{Headings, Near, Text};

    /// How much is looked at of a text in which a bar stands where something is typed, or where the words between two bars are
    /// replaced by it. Whatever it is, what is found is what is found from scratch.
    fn reach(text: &str, typed: &str) -> Reach {
        let parts: Vec<&str> = text.split('¦').collect();
        let (old, new) = (parts.concat(), [parts[0], typed, parts[parts.len() - 1]].concat());
        let old = Lines::new(&old);
        let (change, new) = Change::between(&old, &new, (0, 0));
        let (columns, markup, mut memo) = (Columns::default(), Markup::default(), Memo::default());
        let of = |lines: &Lines, memo: &mut Memo| {
            Survey::in_order(lines, (Markup::default(), Format::Plain), &columns, None, (memo, each::in_turn))
        };
        let before = of(&old, &mut memo);
        let sides = [&old, &new].map(|lines| Side { lines, columns: &columns });
        let edited = Edited::new(&before, sides, &change, (&markup, Format::Plain), &memo);
        let near = edited.is_some_and(|edited| edited.keeps_names(&mut memo.clone()));
        let after = before.after(sides, &change, &markup, (Format::Plain, None), &mut memo);
        let scratch = of(&new, &mut Memo::default());
        let Some(after) = after else { return Text };
        assert_eq!(
            (&after.plan.outline, &after.references, &after.plan.pages),
            (&scratch.plan.outline, &scratch.references, &scratch.plan.pages)
        );
        if near { Near } else { Headings }
    }

    const BEFORE: &str = "1.1 Haven\n\nDe haven was in dat jaar drukker dan ooit,\nen het water stond er hoger dan tevoren.\n\nDe dienst mat er in het voorjaar,\nen in het najaar nog een keer.\nHij vond dat de kade lager lag.\n\n";
    const AFTER: &str = "\n\nWie er aanlegt moet wachten,\nsoms wel een uur of twee.\nDat staat ook in hoofdstuk 2.\n\nIn de winter was het stil.\nEr kwam geen schip voorbij.\n\n1.2 Sluis\n\nDe sluis is oud.\n";

    fn check(line: &str, typed: &str, expected: Reach) {
        assert_eq!(reach(&format!("{BEFORE}{line}{AFTER}"), typed), expected, "{line:?} {typed:?}");
    }

    #[test]
    fn letters_words_and_lines_within_prose_move_the_rest() {
        check("De kade is te laag ge¦bouwd.", "n", Near);
        check("De kade is te laag ¦gebouwd, zie hoofdstuk 1¦.", "", Headings);
        check("De kade is te laag ¦gebouwd¦.", "en te kort", Near);
        check("De kade is te laag, ¦zo bleek.", "\n", Near);
        check("De kade is te laag.¦ Zij zakt.", "\n\n", Near);
        check("De kade is te laag (zie hoofd¦).", "stuk A", Near);
    }

    #[test]
    fn what_looks_like_a_title_is_none_inside_a_paragraph() {
        check("Zij legt aan bij de kade, want\nDe Dienst Ha¦ mat het na", "ven", Near);
        check("De Dienst Ha¦ mat het na", "ven", Headings);
    }

    #[test]
    fn a_title_that_no_longer_stands_apart_has_all_headings_looked_for() {
        let prose =
            "Er kwam in dat hele jaar geen enkel schip,\nen ook in het jaar erna bleef het er stil.\n\n".repeat(20);
        let check = |text: &str, typed: &str| {
            assert_eq!(reach(&format!("{prose}{text}\n\n{prose}"), typed), Headings, "{text:?}")
        };
        check("De Dienst Haven\n¦\nEr kwam in dat hele jaar geen enkel schip,", "x");
        check("De Dienst Haven\n¦ \nEr kwam in dat hele jaar geen enkel schip,", "zag dat en ");
        check(
            "De haven lag er toen\nverlaten bij.\n¦De Dienst Haven\n\nEr kwam in dat hele jaar geen enkel schip,",
            "\n",
        );
    }

    #[test]
    fn what_may_be_a_heading_or_a_note_has_all_headings_looked_for() {
        check("¦", "Hoofdstuk 2 Kade", Headings);
        check("¦", "DE KADE EN DE SLUIS", Headings);
        check("¦", "12 De kade is te laag.", Headings);
        check("De kade is te laag.¦", "\u{c}", Text);
    }

    #[test]
    fn beside_a_heading_in_a_list_and_near_a_number_the_rest_moves_too() {
        let below = "De kade is te laag ge¦bouwd, zo bleek toen,\nen zij zakt nog altijd.";
        check(&format!("1.1.1 Kade\n\n{below}"), "n", Near);
        check(&format!("De Dienst Haven\n\n{below}"), "n", Near);
        check(
            &format!("De kade is laag.\n\n- een lijst\n- van twee ¦stuks\n\n{below}").replace("ge¦", "ge"),
            "hele ",
            Near,
        );
        check("In 201¦ was dat anders.", "9", Near);
        check("De kade is te laag.¦", "1", Near);
    }

    #[test]
    fn where_what_stands_near_says_something_else_all_headings_are_looked_for() {
        // Before a line that opens with a small letter there stands no title.
        check(
            "De Dienst Haven\n\n¦D¦e kade is te laag gebouwd, zo bleek toen,\nen zij zakt nog altijd.",
            "d",
            Headings,
        );
        let text = format!("{BEFORE}{BEFORE}De kade is te laag.¦ Zij zakt.\n\n1 Een noot.\n");
        assert_eq!(reach(&text, "1"), Headings);
    }

    #[test]
    fn where_there_are_other_notes_all_is_read_anew() {
        // A heading ends the notes under a title where a paragraph begins with it.
        let heading = "1.2 Kade\nen sluis zijn oud.\n\n1 Een noot.\n\nIn de winter was het er stil.\n";
        let text = format!("{BEFORE}{BEFORE}Noten\n\nDe kade is te laag¦ gebouwd.\n\n¦{heading}");
        assert_eq!(reach(&text, ".\n"), Text);
    }

    #[test]
    fn a_heading_that_is_typed_has_the_prose_elsewhere_left_alone() {
        let below = "De kade is te laag gebouwd, zo bleek toen,\nen zij zakt nog altijd.";
        check(&format!("1.1.1 Ka¦\n\n{below}"), "de", Headings);
        check(&format!("1.1.1 Kade¦\n\n{below}"), " en sluis", Headings);
        check(&format!("¦{below}"), "1.1.1 Kade\n\n", Headings);
        check(&format!("¦1.1.1 Kade\n\n¦{below}"), "", Headings);
    }
}
