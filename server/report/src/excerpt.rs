//! A few lines of a document, to be shown away from it: in reading order, without what no reader reads.

use transcript::heading::Heading;
use transcript::span::Span;

use crate::document::Document;

/// The text of a span on one line, white space run together.
pub fn one_line(document: &Document, span: Span) -> String {
    let text = document.text().slice(span);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A heading as a list shows it: as it is written where it stands on one line and in one column, else its number and
/// its title; never empty.
pub fn label(document: &Document, heading: &Heading) -> String {
    let written = one_line(document, heading.span);
    let title = heading.title.split_whitespace().collect::<Vec<_>>().join(" ");
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
        let next = analysis.pages.partition_point(|page| page.lines.end <= line);
        analysis.pages.get(next).is_some_and(|page| page.furniture.contains(&line))
    };
    let passages = analysis.reading.passages.iter();
    // In reading order, what stands under a heading comes after it, whatever the order of the bytes.
    let under =
        passages.skip_while(|passage| !passage.span.meets(heading)).skip_while(|passage| passage.span.meets(heading));
    under
        .take_while(|passage| passage.span.meets(body))
        .filter(|passage| !furniture(passage.line))
        .map(|passage| one_line(document, passage.span))
        .filter(|line| !line.is_empty())
        .take(most)
        .collect()
}
