//! Pages and their furniture: form feeds, page marks, running headers and folios. A folio is known by counting on from
//! page to page, or by numbers that stand in the same place beside the same words and are never twice the same; a
//! running header by standing at the edge of several pages. Of a page that stands alone only what cannot well be
//! anything else is taken for either.

mod count;
mod edge;
mod turn;

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::change::Change;
use crate::language;
use crate::letters::small;
use crate::lines::Lines;
use crate::number::Kind;
use crate::span::Span;

pub use count::numbers;
pub(crate) use edge::is_edge;
pub use edge::{Edge, Folio};
pub(crate) use turn::{Turning, turns};

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
    /// A page before anything is known of the others; what stands at its edges may be known. Only its first line may be a mark.
    fn new(lines: &Lines, of: Range<usize>, edges: Option<&Arc<[Edge]>>) -> Self {
        let start = lines.span(of.start).start;
        let last = of.end.saturating_sub(1).max(of.start);
        let mut page = Self { span: Span::new(start, lines.full_span(last).end), lines: of, ..Self::default() };
        // Between two form feeds in a row there is a page without lines.
        if let Some((number, span)) = mark(lines.line(page.lines.start)).filter(|_| !page.lines.is_empty()) {
            (page.number, page.folio, page.marked) = (Some(number.to_owned()), Some(span.shifted(start)), true);
            page.furniture.push(page.lines.start);
        }
        page.edges = edges.map_or_else(|| edge::edges(lines, &page).into(), Arc::clone);
        page
    }

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
        let all_same = || {
            let edges = self.edges.iter().zip(&other.edges[..]);
            self.edges.len() == other.edges.len() && edges.into_iter().all(|(one, other)| same(one, other))
        };
        // Nearly always the page is the very same, moved.
        (&self.number, self.marked) == (&other.number, other.marked)
            && (Arc::ptr_eq(&self.edges, &other.edges) || all_same())
    }
}

/// The pages of a text, in order, covering every line. A text without form feeds or page marks is one page.
pub fn pages(lines: &Lines) -> Vec<Page> {
    furnished(lines, cut(lines, 0..lines.len()))
}

/// The same, where the pages of the text before an edit are known: those that it leaves alone need no look.
pub fn pages_after(lines: &Lines, before: &[Page], change: &Change) -> Vec<Page> {
    // The line before a page and its first one tell where it begins.
    let first = before.partition_point(|page| page.lines.end < change.old.start);
    let last = before.partition_point(|page| page.lines.start <= change.old.end).max(first);
    let moved = |page: &Page| {
        let moved = change.line(page.lines.start)..change.line(page.lines.end);
        Page::new(lines, moved, Some(&page.edges))
    };
    let from = before[..first].last().map_or(0, |page| page.lines.end);
    let to = before.get(last).map_or(lines.len(), |page| change.line(page.lines.start));
    let mut pages: Vec<Page> = before[..first].iter().map(moved).collect();
    pages.extend(cut(lines, from..to));
    pages.extend(before[last..].iter().map(moved));
    furnished(lines, pages)
}

/// Pages with their numbers and their furniture.
fn furnished(lines: &Lines, mut pages: Vec<Page>) -> Vec<Page> {
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
    let all: Vec<&Page> = pages.iter().collect();
    let chosen = count::counted(&all);
    let numbers = count::numbered(&all, &chosen, true);
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

/// Cuts some lines of a text into pages at form feeds and page marks. The first of them begins a page.
fn cut(lines: &Lines, of: Range<usize>) -> Vec<Page> {
    let mut starts = vec![of.start];
    for line in of.clone() {
        let text = lines.line(line);
        let feeds = memchr::memchr(b'\x0c', text.as_bytes()).is_some();
        let opens = feeds && text.starts_with('\u{c}');
        if line > of.start && (opens || mark(text).is_some()) {
            starts.push(line);
        }
        if feeds && !opens && line + 1 < of.end {
            starts.push(line + 1);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([of.end]);
    starts.iter().zip(ends).map(|(start, end)| Page::new(lines, *start..end, None)).collect()
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Texts of pages: form feeds at the starts and ends of lines and alone, marks, folios, running headers.
    fn some() -> impl Strategy<Value = String> {
        const PIECES: &[&str] = &[
            "\u{c}",
            "\u{c}12\n",
            "\n",
            "[p. 3]\n",
            "<pb n=\"4\"/>\n",
            "iv\n",
            "Jaarverslag 2018  7\n",
            "8\n",
            "De haven was druk.\n",
            "Haven\n",
            "De kade",
            " en de sluis\n",
        ];
        let piece = prop::sample::select(PIECES);
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn after_an_edit_the_pages_are_those_from_scratch(
            text in some(), at in any::<prop::sample::Index>(), gone in 0..40usize, new in some(),
        ) {
            let borders: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
            let start = at.index(borders.len());
            let end = borders[(start + gone).min(borders.len() - 1)];
            let edited = [&text[..borders[start]], &new, &text[end..]].concat();
            let old = Lines::new(&text);
            let (change, lines) = Change::between(&old, &edited, (0, 0));
            prop_assert_eq!(pages_after(&lines, &pages(&old), &change), pages(&lines));
        }
    }
}
