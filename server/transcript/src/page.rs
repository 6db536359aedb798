//! Pages and their furniture: form feeds, page marks, running headers and folios. A folio is known by counting on from
//! page to page, a running header by standing at the edge of several; of a page that stands alone only what cannot well
//! be anything else is taken for either.

use std::collections::HashMap;
use std::ops::Range;

use crate::language;
use crate::lines::Lines;
use crate::number::{Kind, roman_value};
use crate::span::Span;

/// A page of the report as it lies in this text.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its physical lines.
    pub lines: Range<usize>,
    /// The number printed on it, where it is known.
    pub number: Option<String>,
    /// The lines of it that are page furniture (running header, folio), which no reader reads.
    pub furniture: Vec<usize>,
    /// Where the number stands.
    pub folio: Option<Span>,
}

/// How many lines at each edge of a page may be furniture.
const EDGE: usize = 2;

/// The pages of a text, in order, covering every line. A text without form feeds or page marks is one page.
pub fn pages(lines: &Lines) -> Vec<Page> {
    let mut pages = cut(lines);
    let edges: Vec<Vec<Edge>> = pages.iter().map(|page| edges(lines, page)).collect();
    if pages.len() == 1 {
        for edge in &edges[0] {
            if let Some(folio) = edge.folio.as_ref().filter(|_| edge.alone(lines)) {
                take(&mut pages[0], edge, Some(folio));
                break;
            }
        }
        return pages;
    }
    let offset = offset(&edges);
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for page in &edges {
        let mut rests: Vec<&str> = page.iter().map(|edge| edge.rest.as_str()).collect();
        rests.sort_unstable();
        rests.dedup();
        for rest in rests.into_iter().filter(|rest| rest.chars().any(char::is_alphabetic)) {
            *seen.entry(rest).or_default() += 1;
        }
    }
    for (index, page) in pages.iter_mut().enumerate() {
        for edge in &edges[index] {
            let counted = edge.folio.as_ref().filter(|folio| offset == Some(folio.value - index as i64));
            let repeated = seen.get(edge.rest.as_str()).is_some_and(|&times| times >= 2) && edge.outermost;
            if counted.is_some() && (edge.outermost || edge.rest.is_empty()) || repeated {
                take(page, edge, counted.or(edge.folio.as_ref()));
            }
        }
        page.furniture.sort_unstable();
    }
    count_on(&mut pages);
    pages
}

/// A line at the edge of a page.
struct Edge {
    line: usize,
    /// The number on it, where it has one at either end.
    folio: Option<Folio>,
    /// The rest of it, the words by which it is known again.
    rest: String,
    /// Whether nothing but blank lines parts it from the edge.
    outermost: bool,
    /// Whether it stands at the top.
    top: bool,
}

/// A number at an end of a line.
#[derive(Clone, Debug)]
struct Folio {
    value: i64,
    span: Span,
    /// Whether more than a space parts it from the words.
    apart: bool,
    first: bool,
}

impl Edge {
    fn new(lines: &Lines, line: usize, outermost: bool, top: bool) -> Self {
        let folio = folio(lines, line);
        let text = lines.line(line);
        let span = lines.span(line);
        let rest = match &folio {
            Some(folio) => {
                let (before, after) = (&text[..folio.span.start - span.start], &text[folio.span.end - span.start..]);
                format!("{before} {after}")
            }
            None => text.to_owned(),
        };
        let bare =
            |sign: char| sign.is_whitespace() || matches!(sign, '|' | '-' | '–' | '—' | '·' | '•' | '/' | '*' | '_');
        let rest = rest.trim_matches(bare).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        Self { line, folio, rest, outermost, top }
    }

    /// Whether a line is furniture although there is no other page to tell by.
    fn alone(&self, lines: &Lines) -> bool {
        let Some(folio) = self.folio.as_ref().filter(|_| self.outermost) else { return false };
        let blank =
            |line: Option<usize>| line.is_none_or(|line| line >= lines.len() || lines.line(line).trim().is_empty());
        let beside = if self.top { Some(self.line + 1) } else { self.line.checked_sub(1) };
        if self.rest.is_empty()
            || self.rest == "page"
            || language::nouns(&self.rest).iter().any(|noun| noun.kind == Kind::Page)
        {
            return blank(beside);
        }
        let words = self.rest.split(' ').count();
        let named = self.rest.split(' ').next().is_some_and(|word| !language::nouns(word).is_empty());
        let text = lines.line(self.line).trim_start_matches(['\u{c}', '\u{feff}']).trim();
        if words > 12 || named || !self.rest.contains(char::is_alphabetic) || text.contains("...") {
            return false;
        }
        let title = text.starts_with(char::is_uppercase) || folio.first;
        let year = (1900..2100).contains(&folio.value);
        // "Annual Report 2018 57": the report's own name.
        if !year && words <= 8 && self.rest.split(' ').any(language::names_report) {
            return true;
        }
        title && (folio.apart || !folio.first && !year && words >= 2 && self.top)
    }
}

/// The number at the start or the end of a line.
fn folio(lines: &Lines, line: usize) -> Option<Folio> {
    let (text, start) = (lines.line(line), lines.span(line).start);
    let bare =
        |sign: char| sign.is_whitespace() || matches!(sign, '|' | '-' | '–' | '—' | '·' | '•' | '*' | '_' | '[' | ']');
    let trimmed = text.trim_start_matches(bare);
    let from = text.len() - trimmed.len();
    let trimmed = trimmed.trim_end_matches(bare);
    let end = from + trimmed.len();
    let number = |word: &str| -> Option<i64> {
        let digits = !word.is_empty() && word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| word.parse().ok()).flatten()
    };
    let gap =
        |text: &str| text.contains('\t') || text.contains("  ") || text.contains('|') || text.contains('\u{2003}');
    let tail = trimmed.rsplit(|sign: char| sign.is_whitespace() || sign == '|').next()?;
    let last = number(tail).map(|value| {
        let at = end - tail.len();
        let apart = gap(&text[..at][text[..at].trim_end_matches(bare).len()..]);
        Folio { value, span: Span::new(start + at, start + end), apart, first: false }
    });
    let head = trimmed.split(|sign: char| sign.is_whitespace() || sign == '|').next()?;
    let first = number(head).filter(|_| head.len() < trimmed.len()).map(|value| {
        let after = &text[from + head.len()..];
        let apart = gap(&after[..after.len() - after.trim_start_matches(bare).len()]);
        Folio { value, span: Span::new(start + from, start + from + head.len()), apart, first: true }
    });
    // With a number at both ends the folio is the one that stands apart, or is no year: "12  Annual Report 2018".
    let likely = |folio: &Folio| (folio.apart, !(1900..2100).contains(&folio.value), !folio.first);
    if let Some(folio) = [first, last].into_iter().flatten().max_by_key(likely) {
        return Some(folio);
    }
    // The first pages of a book are counted in small numerals, alone on their line.
    let value = roman_value(trimmed).filter(|_| trimmed.bytes().all(|byte| byte.is_ascii_lowercase()))?;
    Some(Folio {
        value: i64::from(value) - 10_000,
        span: Span::new(start + from, start + end),
        apart: true,
        first: true,
    })
}

/// The lines at both edges of a page that are not blank, the outermost first.
fn edges(lines: &Lines, page: &Page) -> Vec<Edge> {
    let full = |line: &usize| {
        !lines.line(*line).trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}').is_empty()
    };
    let mut free = page.lines.clone().filter(|line| !page.furniture.contains(line)).filter(full);
    let top: Vec<usize> = free.by_ref().take(EDGE).collect();
    let mut rest: Vec<usize> = free.rev().take(EDGE).collect();
    rest.retain(|line| !top.contains(line));
    let edge = |top: bool| move |(index, line): (usize, usize)| Edge::new(lines, line, index == 0, top);
    let bottom = rest.into_iter().enumerate().map(edge(false));
    top.into_iter().enumerate().map(edge(true)).chain(bottom).collect()
}

/// The number of a page less its place, on which most pages agree; none where fewer than two do.
fn offset(edges: &[Vec<Edge>]) -> Option<i64> {
    let mut votes: HashMap<i64, usize> = HashMap::new();
    for (index, page) in edges.iter().enumerate() {
        let mut offsets: Vec<i64> =
            page.iter().filter_map(|edge| Some(edge.folio.as_ref()?.value - index as i64)).collect();
        offsets.sort_unstable();
        offsets.dedup();
        for offset in offsets {
            *votes.entry(offset).or_default() += 1;
        }
    }
    let (&offset, &times) = votes.iter().max_by_key(|(offset, times)| (**times, -offset.abs()))?;
    (times >= 2).then_some(offset)
}

/// Takes a line out of a page's text, and its number as the page's.
fn take(page: &mut Page, edge: &Edge, folio: Option<&Folio>) {
    page.furniture.push(edge.line);
    if let Some(folio) = folio.filter(|_| page.number.is_none()) {
        page.number = Some(printed(folio.value));
        page.folio = Some(folio.span);
    }
}

/// A page's number as it is printed.
fn printed(value: i64) -> String {
    match u32::try_from(value) {
        Ok(value) => value.to_string(),
        Err(_) => crate::number::roman(u32::try_from(value + 10_000).unwrap_or(0)).to_lowercase(),
    }
}

/// Gives a page without a number the one between those of its neighbours, or the one after the page before.
fn count_on(pages: &mut [Page]) {
    let value = |page: &Page| page.number.as_ref().and_then(|number| number.parse::<u32>().ok());
    let known: Vec<(usize, u32)> =
        pages.iter().enumerate().filter_map(|(index, page)| Some((index, value(page)?))).collect();
    let (Some(&first), Some(&last)) = (known.first(), known.last()) else { return };
    let steady = |(index, number): (usize, u32)| {
        known.iter().any(|&(other, n)| other != index && n as i64 - other as i64 == number as i64 - index as i64)
    };
    for (index, page) in pages.iter_mut().enumerate().filter(|(_, page)| page.number.is_none()) {
        let before = known.iter().rev().find(|(other, _)| *other < index);
        let after = known.iter().find(|(other, _)| *other > index);
        let number = match (before, after) {
            (Some(&(a, n)), Some(&(b, m))) if m as i64 - n as i64 == b as i64 - a as i64 => {
                Some(n + (index - a) as u32)
            }
            (None, Some(_)) if steady(first) => {
                first.1.checked_sub((first.0 - index) as u32).filter(|number| *number > 0)
            }
            (Some(_), None) if steady(last) => Some(last.1 + (index - last.0) as u32),
            _ => None,
        };
        page.number = number.map(|number| number.to_string());
    }
}

/// Cuts a text into pages at form feeds and page marks.
fn cut(lines: &Lines) -> Vec<Page> {
    let page = |start: usize| Page { lines: start..start, number: None, furniture: Vec::new(), folio: None };
    let mut pages = vec![page(0)];
    for line in 0..lines.len() {
        let text = lines.line(line);
        let mark = mark(text);
        let feeds = text.contains('\u{c}');
        if (feeds && text.starts_with('\u{c}') || mark.is_some()) && line > 0 {
            pages.push(page(line));
        }
        let Some(last) = pages.last_mut() else { continue };
        if let Some((number, span)) = mark {
            last.number = Some(number.to_owned());
            last.folio = Some(span.shifted(lines.span(line).start));
            last.furniture.push(line);
        }
        last.lines.end = line + 1;
        if feeds && !text.starts_with('\u{c}') && line + 1 < lines.len() {
            pages.push(page(line + 1));
        }
    }
    pages
}

/// The number that a mark of a transcriber gives a page ("[p. 17]", "{{17}}", `<pb n="17"/>`,
/// "-----File: 017.png-----", "<!-- page 17 -->"), and where it stands in the line.
fn mark(text: &str) -> Option<(&str, Span)> {
    let line = text.trim();
    let pairs = [("[", "]"), ("{{", "}}"), ("<pb", ">"), ("-----File:", "-"), ("<!--", "-->")];
    let (open, _) = pairs.into_iter().find(|(open, close)| line.starts_with(open) && line.ends_with(close))?;
    let inside = &line[open.len()..];
    let from = inside.find(|sign: char| sign.is_ascii_digit())?;
    let digits = inside[from..].bytes().take_while(u8::is_ascii_digit).count();
    let words = inside[..from].trim_matches(|sign: char| !sign.is_alphabetic()).to_lowercase();
    let named = language::nouns(&words).iter().any(|noun| noun.kind == Kind::Page);
    let after = inside[from + digits..].trim_matches(|sign: char| !sign.is_alphanumeric());
    let fits = match open {
        "[" | "<!--" => named && after.is_empty(),
        "{{" => words.is_empty() && after.is_empty(),
        _ => true,
    };
    let at = text.len() - text.trim_start().len() + open.len() + from;
    let zeros = text[at..at + digits].bytes().take_while(|byte| *byte == b'0').count().min(digits - 1);
    let span = Span::new(at + zeros, at + digits);
    (fits && digits <= 4).then(|| (&text[span.range()], span))
}
