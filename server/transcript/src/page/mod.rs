//! Pages and their furniture: form feeds, page marks, running headers and folios. A folio is known by counting on from
//! page to page, or by numbers that stand in the same place beside the same words and are never twice the same; a
//! running header by standing at the edge of several pages. Of a page that stands alone only what cannot well be
//! anything else is taken for either.

mod count;
mod edge;

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::language;
use crate::letters::small;
use crate::lines::Lines;
use crate::number::Kind;
use crate::span::Span;

pub use count::numbers;
pub(crate) use edge::is_edge;
pub use edge::{Edge, Folio};

/// A page of the report as it lies in this text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Its physical lines.
    pub lines: Range<usize>,
    /// Its bytes, with the last line's end.
    pub span: Span,
    /// The number printed on it, where it is known.
    pub number: Option<String>,
    /// The lines of it that are page furniture (running header, folio), which no reader reads.
    pub furniture: SmallVec<[usize; 2]>,
    /// Where the number stands.
    pub folio: Option<Span>,
    /// Whether a mark of the transcriber gives its number.
    pub marked: bool,
    /// The lines at its edges, by which other files of the report tell its number. Their places are counted from the page's
    /// start, so that a page that moves as a whole keeps them.
    pub edges: Arc<[Edge]>,
}

impl Page {
    /// Whether another page has the same at its edges, wherever in the text it stands: then both have the same part in the
    /// numbering of a report.
    pub fn counts_like(&self, other: &Page) -> bool {
        let same = |one: &Edge, other: &Edge| {
            let folios = one.folios.iter().zip(&other.folios);
            one.text == other.text
                && (&one.words, one.outermost, one.top) == (&other.words, other.outermost, other.top)
                && one.folios.len() == other.folios.len()
                && folios.into_iter().all(|(one, other)| one.counts_like(other))
        };
        (&self.number, self.marked) == (&other.number, other.marked)
            && self.edges.len() == other.edges.len()
            && self.edges.iter().zip(&other.edges[..]).all(|(one, other)| same(one, other))
    }
}

/// The pages of a text, in order, covering every line. A text without form feeds or page marks is one page.
pub fn pages(lines: &Lines) -> Vec<Page> {
    let mut pages = cut(lines);
    for page in &mut pages {
        let last = page.lines.end.saturating_sub(1).max(page.lines.start);
        page.span = Span::new(lines.span(page.lines.start).start, lines.full_span(last).end);
        page.edges = edge::edges(lines, page).into();
    }
    if pages.len() == 1 {
        // The only page starts where the text does.
        let alone = edge::alone(lines, &pages[0].edges).map(|(edge, folio)| (edge.line, folio.clone()));
        if let Some((line, folio)) = alone {
            pages[0].furniture.push(line);
            if pages[0].number.is_none() {
                (pages[0].number, pages[0].folio) = (Some(folio.printed()), Some(folio.span));
            }
        }
        return pages;
    }
    let chosen = count::counted(&pages.iter().collect::<Vec<_>>());
    let numbers = count::numbers(&pages.iter().collect::<Vec<_>>(), true);
    let repeated = Repeated::new(&pages);
    let mut place = 0;
    for ((page, chosen), number) in pages.iter_mut().zip(chosen).zip(numbers) {
        let folio = chosen.map(|(edge, folio)| (edge, page.edges[edge].folios[folio].clone()));
        for (index, edge) in page.edges.iter().enumerate() {
            let counted = folio.as_ref().is_some_and(|(at, folio)| *at == index && edge.gives(folio));
            if counted || repeated.holds(place + index, edge) {
                page.furniture.push(page.lines.start + edge.line);
            }
        }
        place += page.edges.len();
        page.furniture.sort_unstable();
        page.furniture.dedup();
        if !page.marked {
            page.folio = folio.map(|(_, folio)| folio.span.shifted(page.span.start));
        }
        page.number = number;
    }
    pages
}

/// The lines that stand at the same edge of several pages.
struct Repeated {
    /// For each edge of each page in turn: on how many pages it stands word for word, and on how many but for the number
    /// at the end: "Risk management 6.1".
    times: Vec<(usize, usize)>,
}

impl Repeated {
    fn new(pages: &[Page]) -> Self {
        let (mut same, mut counted) = (FxHashMap::default(), FxHashMap::default());
        let edges = || pages.iter().flat_map(|page| &page.edges[..]);
        for edge in edges().filter(|edge| edge.is_worded()) {
            *same.entry((edge.top, edge.text.as_str())).or_insert(0) += 1;
            if let Some(words) = &edge.words {
                *counted.entry((edge.top, words.as_str())).or_insert(0) += 1;
            }
        }
        let of = |map: &FxHashMap<(bool, &str), usize>, edge: &Edge, text: &str| map.get(&(edge.top, text)).copied();
        let times = |edge: &Edge| {
            let alike = of(&same, edge, &edge.text).unwrap_or(0);
            (alike, edge.words.as_ref().and_then(|words| of(&counted, edge, words)).unwrap_or(0))
        };
        Self { times: edges().map(times).collect() }
    }

    /// Whether an edge, given with its place among those of all pages, is a running header.
    fn holds(&self, at: usize, edge: &Edge) -> bool {
        let (same, counted) = self.times[at];
        edge.outermost && edge.is_worded() && (same >= 2 || counted >= 3)
    }
}

/// Cuts a text into pages at form feeds and page marks.
fn cut(lines: &Lines) -> Vec<Page> {
    let page = |start: usize| Page { lines: start..start, ..Page::default() };
    let mut pages = vec![page(0)];
    for line in 0..lines.len() {
        let text = lines.line(line);
        let mark = mark(text);
        let feeds = memchr::memchr(b'\x0c', text.as_bytes()).is_some();
        if (feeds && text.starts_with('\u{c}') || mark.is_some()) && line > 0 {
            pages.push(page(line));
        }
        let Some(last) = pages.last_mut() else { continue };
        if let Some((number, span)) = mark {
            last.number = Some(number.to_owned());
            last.marked = true;
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

/// Whether a line begins a page, or ends one.
pub(crate) fn is_border(text: &str) -> bool {
    text.contains('\u{c}') || mark(text).is_some()
}

/// The number that a mark of a transcriber gives a page ("[p. 17]", "{{17}}", `<pb n="17"/>`,
/// "-----File: 017.png-----", "<!-- page 17 -->"), and where it stands in the line.
fn mark(text: &str) -> Option<(&str, Span)> {
    // Nearly every line opens with a letter.
    if text.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric) {
        return None;
    }
    let line = text.trim();
    if !line.starts_with(['[', '{', '<', '-']) {
        return None;
    }
    let pairs = [("[", "]"), ("{{", "}}"), ("<pb", ">"), ("-----File:", "-"), ("<!--", "-->")];
    let (open, _) = pairs.into_iter().find(|(open, close)| line.starts_with(open) && line.ends_with(close))?;
    let inside = &line[open.len()..];
    let from = inside.find(|sign: char| sign.is_ascii_digit())?;
    let digits = inside[from..].bytes().take_while(u8::is_ascii_digit).count();
    let words = small(inside[..from].trim_matches(|sign: char| !sign.is_alphabetic()));
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
