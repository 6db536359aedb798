//! What was found in a text, as it stands after an edit outside of it: the same with its places moved.

use std::ops::Range;
use std::sync::Arc;

use crate::change::Change;
use crate::columns::{self, Block, Cell};
use crate::heading::Heading;
use crate::markup::Markup;
use crate::outline::{Outline, Section};
use crate::page::{Edge, Folio, Page};
use crate::span::Span;

/// Things as they stand after a change that lies outside of them, or well inside.
pub(super) struct Moved<'c> {
    pub(super) change: &'c Change,
}

impl Moved<'_> {
    pub(super) fn span(&self, span: Span) -> Span {
        self.change.span(span)
    }

    fn heading(&self, heading: &Heading) -> Heading {
        Heading { span: self.span(heading.span), ..heading.clone() }
    }

    fn headings(&self, headings: &[Heading]) -> Vec<Heading> {
        headings.iter().map(|heading| self.heading(heading)).collect()
    }

    pub(super) fn outline(&self, outline: &Outline) -> Outline {
        let section = |section: &Section| Section {
            heading: self.heading(&section.heading),
            body: self.span(section.body),
            parent: section.parent,
        };
        Outline {
            sections: outline.sections.iter().map(section).collect(),
            others: self.headings(&outline.others),
            loose: self.headings(&outline.loose),
            contents: self.headings(&outline.contents),
        }
    }

    pub(super) fn page(&self, page: &Page) -> Page {
        let lines = self.change.line(page.lines.start)..self.change.line(page.lines.end);
        let span = self.span(page.span);
        let moves_whole = lines.len() == page.lines.len() && span.len() == page.span.len();
        let edge = |edge: &Edge| {
            let folio = |folio: &Folio| {
                let place = self.span(folio.span.shifted(page.span.start));
                Folio { span: Span::new(place.start - span.start, place.end - span.start), ..folio.clone() }
            };
            let line = self.change.line(page.lines.start + edge.line) - lines.start;
            Edge { line, folios: edge.folios.iter().map(folio).collect(), ..edge.clone() }
        };
        let edges = if moves_whole { Arc::clone(&page.edges) } else { page.edges.iter().map(edge).collect() };
        Page {
            furniture: page.furniture.iter().map(|line| self.change.line(*line)).collect(),
            folio: page.folio.map(|folio| self.span(folio)),
            number: page.number.clone(),
            marked: page.marked,
            lines,
            span,
            edges,
        }
    }

    /// The pages as they were found anew, if they begin where they did and have the same furniture.
    pub(super) fn pages_anew(&self, was: &[Page], is: Vec<Page>) -> Option<Vec<Page>> {
        let lines = |page: &Page| self.change.line(page.lines.start)..self.change.line(page.lines.end);
        let furniture = |was: &Page, is: &Page| {
            was.furniture.iter().map(|line| self.change.line(*line)).eq(is.furniture.iter().copied())
        };
        let same = |(was, is): (&Page, &Page)| lines(was) == is.lines && furniture(was, is);
        (was.len() == is.len() && was.iter().zip(&is).all(same)).then_some(is)
    }

    /// Whether what is no prose outside of the change is the same, and none inside is more than code or a link within a line.
    pub(super) fn keeps_cuts(&self, was: &Markup, is: &Markup) -> bool {
        let spans = |was: &[Span], is: &[Span]| {
            let (old, new) = (self.change.old_span(), self.change.new_span());
            let mut reaching = false;
            let mut outside = |span: Span, inside: Span| {
                reaching |= inside.meets(span) && !inside.covers(span);
                !inside.meets(span)
            };
            let was: Vec<Span> = was.iter().filter(|span| outside(**span, old)).map(|span| self.span(*span)).collect();
            let is: Vec<Span> = is.iter().copied().filter(|span| outside(*span, new)).collect();
            was == is && !reaching
        };
        let touched = |lines: &Range<usize>| lines.start < self.change.old.end && self.change.old.start < lines.end;
        let blocks = was.blocks.iter().map(|lines| self.change.line(lines.start)..self.change.line(lines.end));
        spans(&was.code, &is.code)
            && spans(&was.destinations, &is.destinations)
            && !was.blocks.iter().any(touched)
            && blocks.eq(is.blocks.iter().cloned())
    }

    /// Whether the marks of headings and footnotes are the same, and none of them changed.
    pub(super) fn keeps_marks(&self, was: &Markup, is: &Markup) -> bool {
        let all = |was: &mut dyn Iterator<Item = Span>, is: &mut dyn Iterator<Item = Span>| {
            let old = self.change.old_span();
            let was: Vec<Span> = was.collect();
            !was.iter().any(|span| old.meets(*span)) && was.into_iter().map(|span| self.span(span)).eq(is)
        };
        all(&mut was.headings.iter().map(|it| it.span), &mut is.headings.iter().map(|it| it.span))
            && all(&mut was.footnotes.iter().map(|it| it.span), &mut is.footnotes.iter().map(|it| it.span))
    }

    /// Whether a block is another, moved, but for the lines that changed.
    pub(super) fn is_block(&self, was: &Block, is: &Block) -> bool {
        let cells = |was: &[Cell], is: &[Cell]| {
            let same = |(was, is): (&Cell, &Cell)| self.span(was.span) == is.span && was.place == is.place;
            was.len() == is.len() && was.iter().zip(is).all(same)
        };
        let mut kept = is.rows.iter().filter(|row| !self.change.new.contains(&row.line));
        let mut rows = was.rows.iter().filter(|row| !self.change.old.contains(&row.line));
        let same = |row: &columns::Row| {
            let other = kept.next();
            other.is_some_and(|other| self.change.line(row.line) == other.line && cells(&row.cells, &other.cells))
        };
        was.columns == is.columns && rows.all(same) && kept.next().is_none()
    }
}
