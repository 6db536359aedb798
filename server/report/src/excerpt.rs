//! A few lines of a document, to be shown away from it: in reading order, without what no reader reads.

use transcript::heading::Heading;
use transcript::reading::passages;
use transcript::span::Span;
use transcript::visible::visible;

use crate::document::Document;

/// The text of a span on one line, white space run together, harmless to show.
pub fn one_line(document: &Document, span: Span) -> String {
    let text = &document.content()[span.range()];
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// A heading as a list shows it: as it is written where it stands on one line and in one column, else its number and
/// its title; never empty.
pub fn label(document: &Document, heading: &Heading) -> String {
    let written = one_line(document, heading.span);
    let title = visible(&heading.title.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned();
    if title.is_empty() || written.ends_with(&title) {
        return if written.is_empty() { "\u{2026}".to_owned() } else { written };
    }
    match &heading.number {
        Some(number) => format!("{number} {title}"),
        None => title,
    }
}

/// The first `most` lines of `body` after `heading` that hold text, in reading order: each block column by column,
/// running headers and folios left out.
pub fn first_lines(document: &Document, body: Span, heading: Span, most: usize) -> Vec<String> {
    let analysis = document.analysis();
    let furniture = |line: usize| {
        let next = analysis.survey.plan.pages.partition_point(|page| page.lines.end <= line);
        analysis.survey.plan.pages.get(next).is_some_and(|page| page.furniture.contains(&line))
    };
    let lines = document.lines();
    let of = lines.line_of(body.start.min(heading.start))..lines.line_of(body.end) + 1;
    let passages = passages(&lines, &analysis.columns, analysis.columns.whole(of)).into_iter();
    // In reading order, what stands under a heading comes after it, whatever the order of the bytes.
    let under =
        passages.skip_while(|passage| !passage.span.meets(heading)).skip_while(|passage| passage.span.meets(heading));
    under
        .take_while(|passage| body.covers(passage.span))
        .filter(|passage| !furniture(passage.line))
        .map(|passage| one_line(document, passage.span))
        .filter(|line| !line.is_empty())
        .take(most)
        .collect()
}

/// The labels of the headings above one, from the outermost in.
pub fn path(document: &Document, name: Span) -> Vec<String> {
    let sections = &document.plan().outline.sections;
    let around =
        |section: &&transcript::outline::Section| section.body.covers(name) && section.heading.span.end <= name.start;
    sections.iter().filter(around).map(|section| label(document, &section.heading)).collect()
}

/// The number printed on the page that holds a byte, where it is known.
pub fn printed_page(document: &Document, offset: usize) -> Option<&str> {
    let pages = &document.plan().pages;
    let at = pages.partition_point(|page| page.span.end <= offset);
    pages.get(at).or(pages.last())?.number.as_deref()
}

/// What an outline says of a section beside its name: the printed page on which it begins, and how many lines it has.
pub fn detail(document: &Document, body: Span, name: Span) -> String {
    let last = document.line_of(body.end.max(body.start + 1) - 1);
    let count = last + 1 - document.line_of(body.start).min(last);
    let size = if count == 1 { "1 line".to_owned() } else { format!("{count} lines") };
    printed_page(document, name.start).map_or_else(|| size.clone(), |page| format!("p. {page}, {size}"))
}
