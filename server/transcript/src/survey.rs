//! What other files ask of a text: the pages, headings and references in it. Where columns ran together it is read as the
//! model of columns says; of a file that nobody opened as it stands, which takes microseconds a page.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::columns::Columns;
use crate::flow::Flow;
use crate::heading::{self, Row};
use crate::language::{self, Language};
use crate::lines::{Format, Lines};
use crate::markup::Markup;
use crate::number::{Kind, Number};
use crate::outline::Outline;
use crate::page::{self, Page};
use crate::reading::Reading;
use crate::reference::{self, Reference};
use crate::span::Span;

/// What is named in a text, and what it refers to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Survey {
    /// The pages.
    pub pages: Vec<Page>,
    /// The headings.
    pub outline: Outline,
    /// The references, in the order of reading.
    pub references: Vec<Reference>,
    /// What Markdown marks: links, code, footnotes.
    pub markup: Markup,
    /// The language; none for a text too short to tell.
    #[serde(with = "coded")]
    pub language: Option<&'static Language>,
}

/// A language as its code.
mod coded {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::language::{Language, by_code};

    pub(super) fn serialize<S: Serializer>(of: &Option<&'static Language>, to: S) -> Result<S::Ok, S::Error> {
        of.map(|language| language.code.as_str()).serialize(to)
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Option<&'static Language>, D::Error> {
        Ok(Option::<&str>::deserialize(from)?.and_then(by_code))
    }
}

impl Survey {
    /// Surveys a text as it stands, columns that ran together or not. `language` is what the person said it is in;
    /// else it is recognised.
    pub fn new(text: &str, format: Format, language: Option<&'static Language>) -> Self {
        let lines = Lines::new(text);
        let reading = Reading::new(&lines, &Columns::default());
        Self::in_order(&lines, format, Markup::new(&lines, format), &reading, language, &mut reference::Memo::default())
    }

    /// Surveys a text in its reading order.
    pub(crate) fn in_order(
        lines: &Lines,
        format: Format,
        markup: Markup,
        reading: &Reading,
        language: Option<&'static Language>,
        memo: &mut reference::Memo,
    ) -> Self {
        let language = language.or_else(|| language::recognise(lines.text()));
        let pages = page::pages(lines);
        let rows = heading::rows(lines, reading, &pages, &markup);
        let headings = heading::find(lines, &rows, &pages, &markup, format);
        let outline = Outline::new(headings, lines.text().len());
        let flow = prose(lines, &rows, &outline, &markup);
        let page_of = |offset: usize| pages.partition_point(|page| page.span.end <= offset);
        let noted: HashSet<(usize, &Number)> = outline
            .others
            .iter()
            .filter(|note| note.kind == Some(Kind::Note))
            .filter_map(|note| Some((page_of(note.span.start), note.number.as_ref()?)))
            .collect();
        let notes = |offset: usize, number: u32| noted.contains(&(page_of(offset), &Number::arabic(number)));
        let references = reference::find_again(&flow, language, &notes, memo);
        Self { pages, outline, references, markup, language }
    }
}

/// The prose of a text: paragraphs whole, also over a page's end with its notes and furniture; each heading, caption and
/// note a paragraph of its own, without noun and number, which are no references; contents lists left out.
fn prose(lines: &Lines, rows: &[Row], outline: &Outline, markup: &Markup) -> Flow {
    let mut names: Vec<(Span, Place)> = Vec::new();
    names.extend(outline.sections.iter().map(|section| (section.heading.span, Place::Apart)));
    names.extend(outline.others.iter().map(|other| {
        let note = other.kind == Some(Kind::Note);
        (other.span, if note { Place::Note } else { Place::Apart })
    }));
    names.extend(outline.contents.iter().map(|entry| (entry.span, Place::Contents)));
    names.sort_by_key(|(span, _)| span.start);
    let mut flow = Flow::default();
    let mut notes = Vec::new();
    let mut broken = false;
    let mut page = rows.first().map_or(0, |row| row.page);
    let mut in_note = false;
    for row in rows {
        let place = place(&names, row.span);
        if row.page != page {
            (page, broken) = (row.page, true);
        }
        if row.silent {
            in_note = false;
            continue;
        }
        match place {
            Some(Place::Contents) => continue,
            Some(Place::Note) => in_note = true,
            Some(Place::Apart) => in_note = false,
            None => {}
        }
        if in_note {
            notes.push((row, place.is_some()));
            continue;
        }
        // After a page's end or a note a sentence may go on.
        let goes_on = flow.is_open() && (broken || !notes.is_empty() || !row.opens || row.cell) && place.is_none();
        if row.opens && !goes_on
            || place.is_some()
            || row.text.starts_with(['•', '|', '#', '+', '*'])
            || row.text.starts_with("- ")
        {
            flow.end_paragraph();
        }
        if broken || place.is_some() {
            add_notes(&mut flow, lines, markup, &mut notes, goes_on);
        }
        broken = false;
        add(&mut flow, lines, markup, without_name(row, place, lines));
    }
    flow.end_paragraph();
    add_notes(&mut flow, lines, markup, &mut notes, false);
    flow
}

/// What a row of the text is, where it is not plain prose.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Apart,
    Note,
    Contents,
}

fn place(names: &[(Span, Place)], span: Span) -> Option<Place> {
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

/// Adds notes that stood in the way of a sentence: after it, each a paragraph. While the sentence goes on they wait.
fn add_notes(flow: &mut Flow, lines: &Lines, markup: &Markup, notes: &mut Vec<(&Row, bool)>, wait: bool) {
    if wait || notes.is_empty() {
        return;
    }
    flow.end_paragraph();
    for (row, first) in notes.drain(..) {
        if first {
            flow.end_paragraph();
        }
        add(flow, lines, markup, without_name(row, first.then_some(Place::Note), lines));
    }
    flow.end_paragraph();
}

/// Adds a piece of a line, code and the addresses of links cut out.
fn add(flow: &mut Flow, lines: &Lines, markup: &Markup, span: Span) {
    let mut start = span.start;
    let first = |spans: &[Span]| spans.partition_point(|cut| cut.end <= span.start);
    let cuts = markup.code[first(&markup.code)..].iter().take_while(|cut| cut.start < span.end);
    let more = markup.destinations[first(&markup.destinations)..].iter().take_while(|cut| cut.start < span.end);
    let mut cuts: Vec<Span> = cuts.chain(more).copied().collect();
    cuts.sort_unstable();
    for cut in cuts {
        if cut.start > start {
            flow.push(lines.text(), Span::new(start, cut.start));
        }
        start = start.max(cut.end);
    }
    if start < span.end {
        flow.push(lines.text(), Span::new(start, span.end));
    }
}
