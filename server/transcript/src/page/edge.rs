//! The lines at the edges of a page, and the numbers on them that may be its own.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Page;
use crate::language;
use crate::lines::Lines;
use crate::number::{Kind, roman, roman_value};
use crate::span::Span;

/// How many lines at each edge of a page may be furniture.
const EDGE: usize = 2;

/// What is taken from the numbers of a preface, "iv", so that they never are those of other pages.
const PREFACE: i64 = 10_000;

/// A line at the edge of a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// The physical line, counted from the page's first.
    pub line: usize,
    /// Its text in small letters, white space and rules run together.
    pub text: String,
    /// The same without the number at its end, where it is a title with the number of a section after it.
    pub words: Option<String>,
    /// The numbers at its ends.
    pub folios: Vec<Folio>,
    /// Whether nothing but blank lines parts it from the edge.
    pub outermost: bool,
    /// Whether it stands at the top.
    pub top: bool,
}

/// A number at an end of a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Folio {
    /// The number; those of a preface are far below nought.
    pub value: i64,
    /// Where it stands, counted from the page's start.
    pub span: Span,
    /// Whether more than a space parts it from the words.
    pub apart: bool,
    /// Whether it opens the line.
    pub first: bool,
    /// The rest of the line in small letters, the words by which it is known again; digits are `#`.
    pub rest: String,
}

impl Folio {
    /// Whether another is the same but for its place.
    pub(super) fn counts_like(&self, other: &Folio) -> bool {
        (self.value, self.apart, self.first, &self.rest) == (other.value, other.apart, other.first, &other.rest)
    }

    /// The number as it is printed.
    pub fn printed(&self) -> String {
        printed(self.value)
    }
}

/// A page's number as it is printed.
pub(super) fn printed(value: i64) -> String {
    match u32::try_from(value) {
        Ok(value) => value.to_string(),
        Err(_) => roman(u32::try_from(value + PREFACE).unwrap_or(0)).to_lowercase(),
    }
}

/// White space and what is drawn between a folio and its header.
pub(super) fn is_bare(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(sign, '|' | '-' | '–' | '—' | '·' | '•' | '/' | '*' | '_' | '[' | ']' | '#' | '\u{feff}')
}

impl Edge {
    fn new(lines: &Lines, page: &Page, line: usize, outermost: bool, top: bool) -> Self {
        let text = joined(lines.line(line));
        let start = lines.span(line).start - page.span.start;
        let words = text.rsplit_once(' ').filter(|(words, tail)| {
            let first = words.split(' ').next().unwrap_or("");
            tail.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
                && words.starts_with(char::is_alphabetic)
                && language::nouns(first).is_empty()
        });
        let words = words.map(|(words, _)| words.to_owned());
        let folios = folios(lines.line(line), start);
        Self { line: line - page.lines.start, folios, words, text, outermost, top }
    }

    /// Whether it holds a word by which it can be known again.
    pub fn is_worded(&self) -> bool {
        self.text.chars().filter(|sign| sign.is_alphabetic()).count() >= 3
    }

    /// Whether the line is there for its number: it stands at the very edge or holds nothing else.
    pub fn gives(&self, folio: &Folio) -> bool {
        self.outermost || folio.rest.is_empty()
    }
}

fn joined(text: &str) -> String {
    text.trim_matches(is_bare).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether a line has text on it.
fn is_full(text: &str) -> bool {
    !text.trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}').is_empty()
}

/// The lines at both edges of a page that are not blank, the outermost first.
pub(super) fn edges(lines: &Lines, page: &Page) -> Vec<Edge> {
    let free = |line: &usize| !page.furniture.contains(line) && is_full(lines.line(*line));
    let mut free = page.lines.clone().filter(free);
    let top: Vec<usize> = free.by_ref().take(EDGE).collect();
    let rest: Vec<usize> = free.rev().take(EDGE).collect();
    let edge = |top: bool| move |(index, line): (usize, usize)| Edge::new(lines, page, line, index == 0, top);
    let bottom = rest.into_iter().enumerate().map(edge(false));
    top.into_iter().enumerate().map(edge(true)).chain(bottom).collect()
}

/// Whether some lines at one end of a page are enough to be its edge, whatever stands beyond.
pub(crate) fn is_edge(lines: &Lines, of: Range<usize>) -> bool {
    let free = |line: &usize| !super::is_border(lines.line(*line)) && is_full(lines.line(*line));
    of.filter(free).take(EDGE).count() == EDGE
}

/// The numbers at the start and the end of a line that starts at a byte.
pub(super) fn folios(text: &str, start: usize) -> Vec<Folio> {
    if text.len() > 400 {
        return Vec::new();
    }
    let trimmed = text.trim_start_matches(is_bare);
    let from = text.len() - trimmed.len();
    let trimmed = trimmed.trim_end_matches(is_bare);
    let end = from + trimmed.len();
    let number = |word: &str| -> Option<i64> {
        let digits = !word.is_empty() && word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| word.parse().ok()).flatten()
    };
    let rest = |text: &str| {
        let mut rest = String::new();
        for sign in joined(text).chars() {
            match sign.is_ascii_digit() {
                true if rest.ends_with('#') => {}
                true => rest.push('#'),
                false => rest.push(sign),
            }
        }
        rest
    };
    let gap = |text: &str| text.contains(['\t', '|', '\u{2003}']) || text.contains("  ");
    let break_ = |sign: char| sign.is_whitespace() || sign == '|';
    let mut found = Vec::new();
    let tail = trimmed.rsplit(break_).next().unwrap_or("");
    if let Some(value) = number(tail) {
        let at = end - tail.len();
        let apart = gap(&text[..at][text[..at].trim_end_matches(is_bare).len()..]);
        let span = Span::new(start + at, start + end);
        found.push(Folio { value, span, apart, first: false, rest: rest(&text[..at]) });
    }
    let head = trimmed.split(break_).next().unwrap_or("");
    if let Some(value) = number(head).filter(|_| head.len() < trimmed.len()) {
        let after = &text[from + head.len()..];
        let apart = gap(&after[..after.len() - after.trim_start_matches(is_bare).len()]);
        let span = Span::new(start + from, start + from + head.len());
        found.push(Folio { value, span, apart, first: true, rest: rest(after) });
    }
    // The first pages of a book are counted in small numerals, alone on their line.
    let lower = trimmed.bytes().all(|byte| byte.is_ascii_lowercase());
    if let Some(value) = roman_value(trimmed).filter(|value| lower && *value < 100) {
        let span = Span::new(start + from, start + end);
        let (value, rest) = (i64::from(value) - PREFACE, String::new());
        found.push(Folio { value, span, apart: true, first: true, rest });
    }
    found
}

/// The folio of a page that has no others beside it and starts where the text does: the likeliest of what can hardly be anything else.
pub(super) fn alone<'e>(lines: &Lines, edges: &'e [Edge]) -> Option<(&'e Edge, &'e Folio)> {
    let likely = |edge: &'e Edge| {
        // With a number at both ends the folio is the one that stands apart, or is no year: "12  Annual Report 2018".
        let order = |folio: &&Folio| (folio.apart, !is_year(folio.value), !folio.first);
        let folio = edge.folios.iter().max_by_key(order)?;
        Some((certainty(lines, edge, folio)?, edge, folio))
    };
    let found = edges.iter().filter(|edge| edge.outermost).filter_map(likely);
    found.min_by_key(|(certainty, ..)| *certainty).map(|(_, edge, folio)| (edge, folio))
}

fn is_year(value: i64) -> bool {
    (1900..2100).contains(&value)
}

/// How sure a line at the edge is furniture although there is no other page to tell by, the surest first.
fn certainty(lines: &Lines, edge: &Edge, folio: &Folio) -> Option<u8> {
    let blank = |line: Option<usize>| line.is_none_or(|line| line >= lines.len() || lines.line(line).trim().is_empty());
    let beside = if edge.top { Some(edge.line + 1) } else { edge.line.checked_sub(1) };
    if folio.rest.is_empty() || language::nouns(&folio.rest).iter().any(|noun| noun.kind == Kind::Page) {
        return blank(beside).then_some(0);
    }
    let words = folio.rest.split(' ').count();
    let named = folio.rest.split(' ').next().is_some_and(|word| !language::nouns(word).is_empty());
    let text = lines.line(edge.line).trim_start_matches(['\u{c}', '\u{feff}']).trim();
    if words > 12 || named || !folio.rest.contains(char::is_alphabetic) || text.contains("...") {
        return None;
    }
    let title = text.starts_with(char::is_uppercase) || folio.first;
    // "Annual Report 2018 57": the report's own name.
    if !is_year(folio.value) && words <= 8 && folio.rest.split(' ').any(language::names_report) {
        return Some(1);
    }
    let apart = folio.apart || !folio.first && !is_year(folio.value) && words >= 2 && edge.top;
    (title && apart).then_some(2)
}
