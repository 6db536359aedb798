//! Which of the numbers at the edges of pages are their own, told from all of them together: the pages of one text, or of
//! all files of a report.

use rustc_hash::{FxHashMap, FxHashSet};

use super::edge::{Folio, printed};
use super::{Edge, Page};

/// So many pages before and after are asked whether they count on.
const NEAR: usize = 6;

/// The number of each page as it is printed: by its mark, by its folio, or by counting on from its neighbours. The pages
/// are best given in order; folios are found without order too. Pages before the first and after the last known one are
/// numbered only where `whole` says that the pages are those of one text.
pub fn numbers(pages: &[&Page], whole: bool) -> Vec<Option<String>> {
    numbered(pages, &counted(pages), whole)
}

/// The same, where of each page the edge and the number on it that are its folio are known.
pub(super) fn numbered(pages: &[&Page], chosen: &[Option<(usize, usize)>], whole: bool) -> Vec<Option<String>> {
    let value = |(page, chosen): (&&Page, &Option<(usize, usize)>)| match (page.marked, chosen) {
        (true, _) => page.number.as_ref().and_then(|number| number.parse::<i64>().ok()),
        (false, chosen) => chosen.map(|(edge, folio)| page.edges[edge].folios[folio].value),
    };
    let mut values: Vec<Option<i64>> = pages.iter().zip(chosen).map(value).collect();
    count_on(&mut values, whole);
    let number = |(page, value): (&&Page, Option<i64>)| {
        if page.marked { page.number.clone() } else { value.map(printed) }
    };
    pages.iter().zip(values).map(number).collect()
}

/// Of each page the edge and the number on it that are its folio.
pub(super) fn counted(pages: &[&Page]) -> Vec<Option<(usize, usize)>> {
    let groups = Groups::new(pages);
    let values: Vec<Vec<i64>> = pages
        .iter()
        .map(|page| {
            let marked = page.number.as_ref().filter(|_| page.marked).and_then(|number| number.parse().ok());
            folios(page).map(|(_, _, _, folio)| folio.value).chain(marked).collect()
        })
        .collect();
    let choose = |(index, page): (usize, &&Page)| {
        let judged = folios(page).filter_map(|(edge, at, line, folio)| {
            let support = support(&values, index, folio.value);
            let size = groups.size(line, folio);
            let strong = groups.is_strong(line, folio);
            // With words beside it that no other page has, it may be a heading: "1 Inleiding", "2 Methode".
            let lone = size < 2 && !folio.rest.is_empty();
            let sure = if lone {
                support >= 2 && (!folio.first || folio.apart || support >= 4)
            } else {
                support >= 1 && (folio.rest.is_empty() || size >= 2)
            };
            let score = support.min(NEAR) + if strong { 8 } else { 0 };
            (strong || sure).then_some(((score, size, folio.apart), (edge, at)))
        });
        judged.max_by_key(|(score, _)| *score).map(|(_, place)| place)
    };
    pages.iter().enumerate().map(choose).collect()
}

/// Every number at the edges of a page: the edge's place, the number's, and both.
fn folios(page: &Page) -> impl Iterator<Item = (usize, usize, &Edge, &Folio)> {
    page.edges
        .iter()
        .enumerate()
        .flat_map(|(index, edge)| edge.folios.iter().enumerate().map(move |(at, folio)| (index, at, edge, folio)))
}

/// How many of the pages around have the number that they must have if this page has this one.
fn support(values: &[Vec<i64>], index: usize, value: i64) -> usize {
    let near = index.saturating_sub(NEAR)..(index + NEAR + 1).min(values.len());
    near.filter(|&other| other != index && values[other].contains(&(value + other as i64 - index as i64))).count()
}

/// The numbers that stand beside the same words at the same edge.
struct Groups<'p> {
    /// For each: on how many pages, and whether they are hardly ever twice the same and leave few out.
    all: FxHashMap<(bool, &'p str), (usize, bool)>,
}

impl<'p> Groups<'p> {
    fn new(pages: &[&'p Page]) -> Self {
        let mut values: FxHashMap<(bool, &str), Vec<i64>> = FxHashMap::default();
        for page in pages {
            for (_, _, edge, folio) in folios(page).filter(|(_, _, edge, folio)| edge.gives(folio)) {
                values.entry((edge.top, folio.rest.as_str())).or_default().push(folio.value);
            }
        }
        let judge = |values: Vec<i64>| {
            let count = values.len();
            let distinct = values.iter().collect::<FxHashSet<_>>().len();
            let (low, high) = (values.iter().min().copied().unwrap_or(0), values.iter().max().copied().unwrap_or(0));
            let dense = distinct as i64 * 5 >= (high - low + 1) * 2;
            (count, count >= 4 && distinct * 10 >= count * 9 && dense)
        };
        Self { all: values.into_iter().map(|(key, values)| (key, judge(values))).collect() }
    }

    fn get(&self, edge: &'p Edge, folio: &'p Folio) -> (usize, bool) {
        self.all.get(&(edge.top, folio.rest.as_str())).copied().unwrap_or_default()
    }

    fn size(&self, edge: &'p Edge, folio: &'p Folio) -> usize {
        self.get(edge, folio).0
    }

    fn is_strong(&self, edge: &'p Edge, folio: &'p Folio) -> bool {
        edge.gives(folio) && self.get(edge, folio).1
    }
}

/// Gives a page without a number the one between those of its neighbours, or the one after the page before, where the
/// pages around count on steadily.
fn count_on(values: &mut [Option<i64>], whole: bool) {
    let known: Vec<(usize, i64)> =
        values.iter().enumerate().filter_map(|(index, value)| Some((index, (*value)?))).collect();
    let steady = |at: usize, other: Option<usize>| {
        let other = other.and_then(|other| known.get(other));
        other.is_some_and(|(index, value)| value - known[at].1 == *index as i64 - known[at].0 as i64)
    };
    for (index, value) in values.iter_mut().enumerate().filter(|(_, value)| value.is_none()) {
        let next = known.partition_point(|(known, _)| *known < index);
        let before = next.checked_sub(1);
        let from = match (before, known.get(next)) {
            (Some(before), Some(_)) if steady(before, Some(next)) => Some(before),
            (None, Some(_)) if whole && steady(next, Some(next + 1)) => Some(next),
            (Some(before), None) if whole && steady(before, before.checked_sub(1)) => Some(before),
            _ => None,
        };
        let counted = from.map(|at| known[at].1 + index as i64 - known[at].0 as i64);
        *value = counted.filter(|value| *value > 0);
    }
}
