//! A part of a text as it is to be read: in reading order, lines joined to paragraphs, words broken at a line's end
//! whole, each piece with the way back to its line. For the eye alone: nothing of it is ever written into the text.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::heading::{Row, rows};
use crate::lines::Lines;
use crate::reading::passages;
use crate::span::Span;

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading or a caption, with how deep it stands; 0 for a caption.
    Heading(u8),
    /// Running text.
    Text,
    /// A running header or a folio.
    Furniture,
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub kind: Kind,
    /// The pieces of lines that make it up, in reading order; never empty.
    pub pieces: Vec<Piece>,
}

/// A piece of one physical line: the whole line, or its cell in one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes.
    pub span: Span,
    /// What it reads: the words, with the space that parts them from the next piece; a word broken at the end without
    /// its hyphen.
    pub reads: String,
}

/// The paragraphs that have something on these physical lines. A block that reaches in is read whole.
pub fn paragraphs(lines: &Lines, analysis: &Analysis, of: Range<usize>) -> Vec<Paragraph> {
    let passages = passages(lines, &analysis.columns, analysis.columns.whole(of));
    let rows = rows(lines, &passages, &analysis.survey.plan.pages, &analysis.survey.plan.markup);
    let names = names(analysis);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut last: Option<(&Row, Option<Span>)> = None;
    for row in rows.iter().filter(|row| !row.text.is_empty()) {
        let name = name_at(&names, row.span);
        let kind = match name {
            _ if row.furniture => Kind::Furniture,
            Some((_, depth)) => Kind::Heading(depth),
            None => Kind::Text,
        };
        let goes_on = last.is_some_and(|(before, of)| goes_on(before, row) && of == name.map(|(span, _)| span));
        last = Some((row, name.map(|(span, _)| span)));
        match paragraphs.last_mut().filter(|paragraph| goes_on && paragraph.kind == kind) {
            Some(paragraph) => add(paragraph, row),
            None => paragraphs.push(Paragraph { kind, pieces: vec![piece(row, kind)] }),
        }
    }
    paragraphs
}

/// The spans of headings and captions, with their depths, in ascending order.
fn names(analysis: &Analysis) -> Vec<(Span, u8)> {
    let outline = &analysis.survey.plan.outline;
    let sections = outline.sections.iter().map(|section| (section.heading.span, section.heading.depth.max(1)));
    let mut names: Vec<_> = sections.chain(outline.others.iter().map(|other| (other.span, 0))).collect();
    names.sort_unstable();
    names
}

fn name_at(names: &[(Span, u8)], span: Span) -> Option<(Span, u8)> {
    let next = names.partition_point(|(name, _)| name.end <= span.start);
    names.get(next).filter(|(name, _)| name.meets(span)).copied()
}

/// Whether a row goes on with the paragraph of the one read before it.
fn goes_on(before: &Row, row: &Row) -> bool {
    let ended = before.ends_sentence() && (row.opens || before.breaks_before(row));
    let marked =
        |text: &str| text.starts_with(['•', '|', '#', '>', '+']) || text.starts_with("- ") || text.starts_with("* ");
    let apart = row.furniture != before.furniture || row.opens && !row.cell || row.silent;
    !ended && !apart && !marked(row.text)
}

/// A row as it reads: a heading without its marks.
fn piece(row: &Row, kind: Kind) -> Piece {
    let reads = if matches!(kind, Kind::Heading(_)) { row.text.trim_matches(['#', ' ']) } else { row.text };
    Piece { span: row.span, reads: reads.to_owned() }
}

/// Joins a row to the paragraph: by nothing where a word was broken, else by a space.
fn add(paragraph: &mut Paragraph, row: &Row) {
    let before = &mut paragraph.pieces.last_mut().expect("a paragraph is never empty").reads;
    let stem = before.strip_suffix(['-', '\u{ad}', '\u{2010}']);
    match stem.filter(|stem| stem.ends_with(char::is_alphabetic) && row.text.starts_with(char::is_lowercase)) {
        Some(stem) => *before = stem.to_owned(),
        None => before.push(' '),
    }
    paragraph.pieces.push(piece(row, paragraph.kind));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Model;
    use crate::columns::said::{Said, Saying};
    use crate::lines::Format;

    /// The paragraphs of a text whose lines from the first on, so many, were said to be two columns; headings with `#`.
    fn check(text: &str, merged: Range<usize>, expected: &[&str]) {
        let lines = Lines::new(text);
        let mut said = Said::default();
        if !merged.is_empty() {
            said.say(&lines, merged, &Saying::Columns(2));
        }
        let analysis = Analysis::with_words(text, Format::Plain, &Model::default(), &said);
        let shown: Vec<String> = paragraphs(&lines, &analysis, 0..lines.len())
            .iter()
            .map(|paragraph| {
                let mark = if matches!(paragraph.kind, Kind::Heading(_)) { "# " } else { "" };
                mark.to_owned() + &paragraph.pieces.iter().map(|piece| piece.reads.as_str()).collect::<String>()
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn lines_make_paragraphs_and_blank_lines_part_them() {
        check("one two\nthree.\n\nfour\n", 0..0, &["one two three.", "four"]);
    }

    #[test]
    fn a_word_broken_at_the_end_is_whole() {
        check("a long ex-\nample here\n", 0..0, &["a long example here"]);
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        check("the left  and the\ncolumn.  right.\n", 0..2, &["the left column.", "and the right."]);
    }

    #[test]
    fn a_sentence_goes_on_in_the_next_column() {
        check("it runs  from the\ninto it  left side\n", 0..2, &["it runs into it from the left side"]);
    }

    #[test]
    fn a_heading_stands_alone() {
        check("1.1 Ships\n\nThey came.\n", 0..0, &["# 1.1 Ships", "They came."]);
    }

    #[test]
    fn only_the_lines_asked_for_are_read() {
        let text = "one.\n\ntwo.\n\nthree.\n";
        let lines = Lines::new(text);
        let analysis = Analysis::new(text, Format::Plain, &Model::default());
        assert_eq!(paragraphs(&lines, &analysis, 2..3).len(), 1);
    }
}
