//! What other files ask of a text: the pages, headings and references in it. Where columns ran together it is read as the
//! model of columns says; of a file that nobody opened as it stands, which takes microseconds a page.

mod again;
mod moved;
mod near;
mod prose;
mod window;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
pub(crate) use window::Side;

use crate::columns::Columns;
use crate::each::{self, Each};
use crate::flow::Flow;
use crate::heading::{self, Row, Widths};
use crate::language::{self, Language};
use crate::lines::{Format, Lines};
use crate::markup::Markup;
use crate::number::{Kind, Number};
use crate::outline::Outline;
use crate::page::{self, Page};
use crate::reading::passages;
use crate::reference::{self, Reference};

/// What is named in a text, and what it refers to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Survey {
    /// What is named in it.
    pub plan: Plan,
    /// The references, in the order of reading.
    pub references: Vec<Reference>,
}

/// What is named in a text: all that an outline needs, which does not wait for the references.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Plan {
    /// The pages.
    pub pages: Vec<Page>,
    /// The headings.
    pub outline: Outline,
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

/// What is remembered of the survey of a text, beside itself, so that the next one need not start from scratch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memo {
    /// How wide its rows are.
    widths: Widths,
    /// The physical lines at which its prose may be read from: what stands before them has no part in it.
    fresh: Vec<usize>,
}

impl Survey {
    /// Surveys a text as it stands, columns that ran together or not. `language` is what the person said it is in;
    /// else it is recognised.
    pub fn new(text: &str, format: Format, language: Option<&'static Language>) -> Self {
        let lines = Lines::new(text);
        let markup = Markup::new(&lines, format);
        Self::in_order(&lines, (markup, format), &Columns::default(), language, (&mut Memo::default(), each::in_turn))
    }

    /// The same in as little memory as it takes: of files that nobody opened there may be very many.
    #[must_use]
    pub fn shrunk(mut self) -> Self {
        let Outline { sections, others, loose, contents } = &mut self.plan.outline;
        sections.shrink_to_fit();
        [others, loose, contents].into_iter().for_each(Vec::shrink_to_fit);
        self.references.shrink_to_fit();
        self.plan.pages.shrink_to_fit();
        self.plan.markup.shrink();
        self
    }

    /// Surveys a text in its reading order; the memo is of it then.
    pub(crate) fn in_order(
        lines: &Lines,
        marked: (Markup, Format),
        columns: &Columns,
        language: Option<&'static Language>,
        (memo, each): (&mut Memo, Each),
    ) -> Self {
        let (plan, rows) = Plan::in_order(Side { lines, columns }, marked, language, memo);
        let references = plan.references(lines, &rows, (memo, each));
        Self { plan, references }
    }

    /// The same of a text of which the plan is known; the memo is what it was then.
    pub(crate) fn of(plan: Plan, lines: &Lines, columns: &Columns, (memo, each): (&mut Memo, Each)) -> Self {
        let rows = rows(Side { lines, columns }, &plan.pages, &plan.markup);
        let references = plan.references(lines, &rows, (memo, each));
        Self { plan, references }
    }
}

impl Plan {
    /// The plan of a text in its reading order, and its rows; the memo counts them then.
    pub(crate) fn in_order<'t>(
        side: Side<'_, 't>,
        (markup, format): (Markup, Format),
        language: Option<&'static Language>,
        memo: &mut Memo,
    ) -> (Self, Vec<Row<'t>>) {
        let language = language.or_else(|| language::recognise(side.lines.text()));
        let pages = page::pages(side.lines);
        let (rows, outline) = outline(side, &pages, (&markup, format), memo);
        (Self { pages, outline, markup, language }, rows)
    }

    /// The references in a text that has this plan and these rows; the memo knows then where its prose may be read from.
    fn references(&self, lines: &Lines, rows: &[Row], (memo, each): (&mut Memo, Each)) -> Vec<Reference> {
        let names = prose::names(&self.outline);
        let mut reader = prose::Reader::new(lines, &self.markup, &names, rows.first().map_or(0, |row| row.page));
        rows.iter().for_each(|row| reader.read(row));
        let (flow, fresh) = reader.end();
        memo.fresh = fresh;
        references(&flow, &self.pages, &self.outline, self.language, each)
    }
}

/// The rows of a text and the outline that they make; the memo counts them then.
fn outline<'t>(
    side: Side<'_, 't>,
    pages: &[Page],
    (markup, format): (&Markup, Format),
    memo: &mut Memo,
) -> (Vec<Row<'t>>, Outline) {
    let mut rows = rows(side, pages, markup);
    memo.widths = Widths::of(&rows);
    memo.widths.fill(&mut rows);
    let headings = heading::find(side.lines, &rows, pages, markup, format);
    (rows, Outline::new(headings, side.lines.text().len()))
}

/// The rows of a text, of which it is not told yet how wide others are.
fn rows<'t>(Side { lines, columns }: Side<'_, 't>, pages: &[Page], markup: &Markup) -> Vec<Row<'t>> {
    heading::rows_of_part(lines, &passages(lines, columns, 0..lines.len()), pages, markup)
}

/// The references of a prose, found with the help of the notes of a text.
fn references(
    flow: &Flow,
    pages: &[Page],
    outline: &Outline,
    language: Option<&'static Language>,
    each: Each,
) -> Vec<Reference> {
    let noted = noted(outline, pages);
    let notes = |offset: usize, number: u32| noted.contains(&(page_of(pages, offset), &Number::arabic(number)));
    reference::find(flow, language, &notes, each)
}

/// The notes of a text by their numbers, each with its page.
fn noted<'o>(outline: &'o Outline, pages: &[Page]) -> FxHashSet<(usize, &'o Number)> {
    let notes = outline.others.iter().filter(|note| note.kind == Some(Kind::Note));
    notes.filter_map(|note| Some((page_of(pages, note.span.start), note.number.as_ref()?))).collect()
}

fn page_of(pages: &[Page], offset: usize) -> usize {
    pages.partition_point(|page| page.span.end <= offset)
}
