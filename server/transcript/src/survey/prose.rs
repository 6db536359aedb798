//! The prose of a text: paragraphs whole, also over a page's end with its notes and furniture; each heading, caption and
//! note a paragraph of its own, without noun and number, which are no references; contents lists left out.

use crate::flow::Flow;
use crate::heading::{self, Row};
use crate::lines::Lines;
use crate::markup::Markup;
use crate::number::Kind;
use crate::outline::Outline;
use crate::span::Span;

/// A reader of rows, who was handed some of them in the order of reading and holds the prose of those.
pub(super) struct Reader<'l, 't> {
    lines: &'l Lines<'t>,
    markup: &'l Markup,
    names: &'l [(Span, Place)],
    flow: Flow,
    /// The lines at which a reader who starts there reads what one reads who comes from before.
    fresh: Vec<usize>,
    notes: Vec<(Row<'t>, bool)>,
    broken: bool,
    page: usize,
    in_note: bool,
}

impl<'l, 't> Reader<'l, 't> {
    /// A reader who starts on a page; `names` are the places of all that is no plain prose.
    pub(super) fn new(lines: &'l Lines<'t>, markup: &'l Markup, names: &'l [(Span, Place)], page: usize) -> Self {
        let (flow, fresh, notes) = (Flow::default(), Vec::new(), Vec::new());
        Self { lines, markup, names, flow, fresh, notes, broken: false, page, in_note: false }
    }

    /// Whether a reader who starts at the next row, which opens a paragraph and lies on this page, reads what this one
    /// is going to.
    pub(super) fn is_fresh(&self, page: usize) -> bool {
        self.notes.is_empty() && !self.in_note && !self.broken && self.page == page
    }

    /// Reads a row.
    pub(super) fn read(&mut self, row: &Row<'t>) {
        let place = place(self.names, row.span);
        if row.page != self.page {
            (self.page, self.broken) = (row.page, true);
        }
        if row.silent {
            self.in_note = false;
            return;
        }
        if row.opens && !row.cell && place.is_none() && self.is_fresh(row.page) {
            self.fresh.push(row.line);
        }
        match place {
            Some(Place::Contents) => return,
            Some(Place::Note) => self.in_note = true,
            Some(Place::Apart) => self.in_note = false,
            None => {}
        }
        if self.in_note {
            self.notes.push((*row, place.is_some()));
            return;
        }
        // After a page's end or a note a sentence may go on.
        let after = self.broken || !self.notes.is_empty() || !row.opens || row.cell;
        let goes_on = after && place.is_none() && self.flow.is_open();
        if row.opens && !goes_on
            || place.is_some()
            || row.text.starts_with(['•', '|', '#', '+', '*'])
            || row.text.starts_with("- ")
        {
            self.flow.end_paragraph();
        }
        if self.broken || place.is_some() {
            self.add_notes(goes_on);
        }
        self.broken = false;
        self.add(without_name(row, place, self.lines));
    }

    /// The prose that was read, and the lines at which a reader may start.
    pub(super) fn end(mut self) -> (Flow, Vec<usize>) {
        self.flow.end_paragraph();
        self.add_notes(false);
        (self.flow, self.fresh)
    }

    /// Adds notes that stood in the way of a sentence: after it, each a paragraph. While the sentence goes on they wait.
    fn add_notes(&mut self, wait: bool) {
        if wait || self.notes.is_empty() {
            return;
        }
        self.flow.end_paragraph();
        for (row, first) in std::mem::take(&mut self.notes) {
            if first {
                self.flow.end_paragraph();
            }
            self.add(without_name(&row, first.then_some(Place::Note), self.lines));
        }
        self.flow.end_paragraph();
    }

    /// Adds a piece of a line, code and the addresses of links cut out.
    fn add(&mut self, span: Span) {
        let text = self.lines.text();
        let mut start = span.start;
        for cut in self.cuts(span) {
            if cut.start > start {
                self.flow.push(text, Span::new(start, cut.start));
            }
            start = start.max(cut.end);
        }
        if start < span.end {
            self.flow.push(text, Span::new(start, span.end));
        }
    }

    /// Code and the addresses of links in a piece of a line.
    fn cuts(&self, span: Span) -> Vec<Span> {
        let meeting = |spans: &'l [Span]| {
            let first = spans.partition_point(|cut| cut.end <= span.start);
            spans[first..].iter().take_while(move |cut| cut.start < span.end)
        };
        let mut cuts: Vec<Span> =
            meeting(&self.markup.code).chain(meeting(&self.markup.destinations)).copied().collect();
        cuts.sort_unstable();
        cuts
    }
}

/// What a row of the text is, where it is not plain prose.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    Apart,
    Note,
    Contents,
}

/// What stands at a place, where that is no plain prose.
pub(super) fn place(names: &[(Span, Place)], span: Span) -> Option<Place> {
    let next = names.partition_point(|(name, _)| name.end <= span.start);
    names.get(next).filter(|(name, _)| name.meets(span)).map(|(_, place)| *place)
}

/// A row without the noun and number that make it a heading, caption or note.
fn without_name(row: &Row, place: Option<Place>, lines: &Lines) -> Span {
    let marks = row.text.len() - row.text.trim_start_matches(['#', ' ', '*', '_', '[', '^']).len();
    let text = lines.slice(row.span);
    match place {
        Some(_) => {
            let title = heading::opening(&text[marks..]).map_or(marks, |opening| marks + opening.title);
            Span::new(row.span.start + title, row.span.end)
        }
        None => {
            let quote = text.len() - text.trim_start_matches(['>', ' ']).len();
            Span::new(row.span.start + quote, row.span.end)
        }
    }
}

/// The places of all that is no plain prose, in ascending order, none within another: a line over a rule of hyphens is a
/// heading with all its paragraph, whatever stands in that.
pub(super) fn names(outline: &Outline) -> Vec<(Span, Place)> {
    let mut names: Vec<(Span, Place)> = Vec::new();
    names.extend(outline.sections.iter().map(|section| (section.heading.span, Place::Apart)));
    names.extend(outline.others.iter().map(|other| {
        let note = other.kind == Some(Kind::Note);
        (other.span, if note { Place::Note } else { Place::Apart })
    }));
    names.extend(outline.contents.iter().map(|entry| (entry.span, Place::Contents)));
    names.sort_by_key(|(span, _)| span.start);
    names.dedup_by(|(next, _), (before, _)| next.start < before.end);
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::Format;
    use crate::survey::Survey;

    #[test]
    fn no_name_lies_within_another() {
        let text = "Inhoud\n1.2 De kade ...... 3\nbijlage A voor de metingen\nFiguur 2 De haven\n---\nDe sluis\n";
        let outline = Survey::new(text, Format::Markdown, None).plan.outline;
        let names: Vec<&str> = names(&outline).iter().map(|(span, _)| &text[span.range()]).collect();
        assert_eq!(names, ["Inhoud\n1.2 De kade ...... 3\nbijlage A voor de metingen\nFiguur 2 De haven"]);
        assert_eq!(outline.contents.len(), 1, "an entry stands in the heading");
    }
}
