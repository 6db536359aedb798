//! Footnotes and their marks held against each other. In plain text the numbers of the notes must run on, three of them
//! at least, before anything is missed; in Markdown every mark and every note has its own sign.

use crate::analysis::Analysis;
use crate::check::{MARK_WITHOUT_NOTE, NOTE_WITHOUT_MARK};
use crate::finding::Finding;
use crate::heading::{Heading, mark_of, may_be_marked};
use crate::lines::{Format, Lines};
use crate::number::{Kind, Part};
use crate::span::Span;

/// So many notes must be numbered on before one is missed.
const PATTERN: usize = 3;

/// What is odd among the notes of a text.
pub fn findings(lines: &Lines, analysis: &Analysis, format: Format) -> Vec<Finding> {
    match format {
        Format::Markdown => marked(lines, analysis),
        Format::Plain => plain(lines, analysis),
    }
}

/// Markdown: `[^1]` without `[^1]:`, and the other way round.
fn marked(lines: &Lines, analysis: &Analysis) -> Vec<Finding> {
    let text = lines.text();
    let notes = &analysis.survey.plan.markup.footnotes;
    if notes.len() < PATTERN {
        return Vec::new();
    }
    let is_code = |at: usize| analysis.survey.plan.markup.code.iter().any(|code| code.start <= at && at < code.end);
    let marks: Vec<(Span, &str)> = text
        .match_indices("[^")
        .filter_map(|(at, _)| {
            let length = text[at + 2..].find([']', '\n', '[', ' '])?;
            let end = at + 2 + length;
            let ends = text[end..].starts_with(']') && !text[end + 1..].starts_with(':') && length > 0;
            (ends && !is_code(at)).then(|| (Span::new(at, end + 1), &text[at + 2..end]))
        })
        .collect();
    let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    let unmarked = notes.iter().filter(|note| !marks.iter().any(|(_, label)| same(label, &note.label)));
    let unmarked = unmarked.map(|note| note_finding(note.span, &note.label));
    let unnoted = marks.iter().filter(|(_, label)| !notes.iter().any(|note| same(label, &note.label)));
    unmarked.chain(unnoted.map(|(span, label)| mark_finding(*span, label))).collect()
}

/// Plain text: notes at the feet of the pages.
fn plain(lines: &Lines, analysis: &Analysis) -> Vec<Finding> {
    let number = |note: &Heading| match (note.kind, note.number.as_ref().map(|number| &number.parts[..])) {
        (Some(Kind::Note), Some([Part::Arabic(value, None)])) => Some(*value),
        _ => None,
    };
    let mut notes: Vec<(u32, Span)> =
        analysis.survey.plan.outline.others.iter().filter_map(|note| Some((number(note)?, note.span))).collect();
    notes.sort_by_key(|(_, span)| span.start);
    let steady = notes.windows(2).filter(|pair| pair[1].0 == pair[0].0 + 1).count();
    // Notes that start anew on every page are never missed.
    if notes.len() < PATTERN || steady * 5 < (notes.len() - 1) * 4 {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for pair in notes.windows(2).filter(|pair| pair[1].0 == pair[0].0 + 2) {
        let missing = pair[0].0 + 1;
        let page = analysis.survey.plan.pages.iter().find(|page| page.span.touches(pair[0].1.start));
        let start = page.map_or(0, |page| page.span.start).min(pair[0].1.start);
        let between = Span::new(start, pair[1].1.start);
        if let Some(mark) = mark_of(lines.slice(between), missing) {
            findings.push(mark_finding(mark.shifted(between.start), &missing.to_string()));
        }
    }
    let (mut unmarked, mut sure) = (Vec::new(), 0);
    for (at, (value, span)) in notes.iter().enumerate() {
        // The mark stands between the note before it, or the page's start, and the note itself; or on the next page,
        // where the paragraph that is noted runs over the page's end.
        let page = analysis.survey.plan.pages.partition_point(|page| page.span.end <= span.start);
        let edge = |page: usize| analysis.survey.plan.pages.get(page).map(|page| page.span);
        let before = at.checked_sub(1).map_or(0, |before| notes[before].1.start);
        let start = before.min(edge(page).map_or(0, |page| page.start));
        let over = edge(page + 1).map_or(span.end, |page| page.end).max(span.end);
        let places = [&lines.text()[start..span.start], &lines.text()[span.end..over]];
        sure += usize::from(places.iter().any(|text| mark_of(text, *value).is_some()));
        if !places.iter().any(|text| may_be_marked(text, *value)) {
            let end = lines.span(lines.line_of(span.start)).end.min(span.end);
            unmarked.push(note_finding(Span::new(span.start, end), &value.to_string()));
        }
    }
    // Where many have none, they are no footnotes.
    if sure * 5 >= notes.len() * 4 {
        findings.extend(unmarked);
    }
    findings
}

fn note_finding(span: Span, label: &str) -> Finding {
    let message = format!("Nothing in the text sends the reader to note {label}: its mark may have been lost.");
    Finding { code: NOTE_WITHOUT_MARK, span, message, related: Vec::new(), repairs: Vec::new() }
}

fn mark_finding(span: Span, label: &str) -> Finding {
    let message = format!("There is no note {label} for this mark.");
    Finding { code: MARK_WITHOUT_NOTE, span, message, related: Vec::new(), repairs: Vec::new() }
}
