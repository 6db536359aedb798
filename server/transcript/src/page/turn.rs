//! Where a text without form feeds turns its pages: the running headers and folios that stand between its lines. A page
//! lies between one and the next, and its number counts on.

use std::borrow::Borrow;

use rustc_hash::FxHashMap;

use super::edge::{folios, is_bare};
use super::mark;
use crate::language;
use crate::letters::small;
use crate::lines::Lines;
use crate::number::Kind;

/// A page of columns has so many lines at the least, and hardly more than so many.
const LEAST: usize = 20;
const MOST: usize = 150;
/// A running header has so few words beside its number.
const WORDS: usize = 10;
/// Of headers that say the same, the one on the page before is among the last few.
const NEAR: usize = 3;
/// So often a header stands of which one word is known, which may as well be "Phase 1", and no report is named so.
const OFTEN: usize = 4;
/// Where the words differ from page to page, so many numbers in a row tell, of lines of so few words; two of lines with words, and a
/// blank line beside.
const IN_A_ROW: usize = 3;
const FEW_WORDS: usize = 5;

/// A number at the end of a line that may be a running header or a folio.
struct Candidate {
    line: usize,
    /// The number.
    value: i64,
    /// The words beside it, in small letters.
    words: String,
    /// Whether it stands before them.
    first: bool,
    /// Whether a blank line, or none, stands above it or below.
    apart: bool,
}

/// The lines that turn a page, ascending: marks of the transcriber, running headers and folios that stand at least twice, each
/// with a number that counts on from one to the next as those of pages do. (Of numbers that stand on the edges of pages told
/// by form feeds, [`super::pages`] knows more.)
pub(crate) fn turns(lines: &Lines) -> Vec<usize> {
    let candidates: Vec<Candidate> = (0..lines.len()).flat_map(|line| candidates(lines, line)).collect();
    let mut turns: Vec<usize> = (0..lines.len()).filter(|&line| mark(lines.line(line)).is_some()).collect();
    turns.extend(same_words(&candidates));
    turns.extend(in_a_row(&candidates));
    turns.sort_unstable();
    turns.dedup();
    turns
}

/// Lines of a text, one after the other from some line on, and which of them turn a page by what stands above: fewer than
/// [`turns`] knows, but none for what stands below.
#[derive(Default)]
pub(crate) struct Turning {
    by_words: FxHashMap<String, Vec<Candidate>>,
}

impl Turning {
    /// Whether the next line turns a page; a folio alone does where it is the third that counts on.
    pub(crate) fn turns(&mut self, lines: &Lines, line: usize) -> bool {
        let mut turns = false;
        for candidate in candidates(lines, line).filter(|of| of.is_worded() || of.words.is_empty()) {
            let above = self.by_words.entry(candidate.words.clone()).or_default();
            turns |= match before(&candidate, above) {
                Some(_) if candidate.is_worded() => above.len() + 1 >= candidate.fewest(),
                Some(at) => before(&above[at], &above[..at]).is_some(),
                None => false,
            };
            above.push(candidate);
        }
        turns
    }
}

/// Which of those above that say the same, of the last few, a header or a folio goes on from.
fn before<C: Borrow<Candidate>>(of: &Candidate, above: &[C]) -> Option<usize> {
    let near = above.len().saturating_sub(NEAR);
    (near..above.len()).rev().find(|&at| above[at].borrow().counts_on_to(of))
}

/// The numbers at the ends of a line of few words.
fn candidates(lines: &Lines, line: usize) -> impl Iterator<Item = Candidate> {
    let text = lines.line(line).trim();
    let bare = text.trim_matches(is_bare).as_bytes();
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    // Nearly all lines end here.
    let may_be = is_digit(bare.first()) || is_digit(bare.last());
    let short = may_be && text.split_whitespace().nth(WORDS + 1).is_none();
    let found = match short.then(|| of_all(text)) {
        None => Vec::new(),
        Some(Some((value, words))) => vec![(value, words, false)],
        Some(None) => folios(text, 0).into_iter().map(|folio| (folio.value, folio.rest, folio.first)).collect(),
    };
    let blank = |line: Option<usize>| line.is_none_or(|at| at >= lines.len() || lines.line(at).trim().is_empty());
    let apart = !found.is_empty() && (blank(line.checked_sub(1)) || blank(Some(line + 1)));
    found.into_iter().map(move |(value, words, first)| Candidate { line, value, words, first, apart })
}

/// The number of a page that is told beside how many there are, and words that say so: "Pagina 3 van 12", "3/12".
fn of_all(text: &str) -> Option<(i64, String)> {
    /// What stands after a stroke is sooner a year from here on.
    const MOST_PAGES: u16 = 1000;
    let words: Vec<&str> = text.split([' ', '/']).filter(|word| !word.is_empty()).collect();
    let is_page = |word: &str| language::nouns(&small(word)).iter().any(|noun| noun.kind == Kind::Page);
    let (named, words) = match &words[..] {
        [first, rest @ ..] if is_page(first) => (true, rest),
        all => (false, all),
    };
    let (page, all) = match words {
        [page, all] if text.contains('/') => (page, all),
        [page, of, all] if named && of.chars().all(char::is_alphabetic) => (page, all),
        _ => return None,
    };
    let (page, all) = (page.parse::<u16>().ok()?, all.parse::<u16>().ok()?);
    let fits = (1..=all).contains(&page) && (named || all < MOST_PAGES);
    fits.then(|| (page.into(), format!("page of {all}")))
}

impl Candidate {
    /// Whether another, further down, may be on one of the next pages.
    fn counts_on_to(&self, other: &Candidate) -> bool {
        let (lines, pages) = (other.line - self.line, other.value - self.value);
        pages >= 1 && pages as usize <= lines / LEAST
    }

    /// Whether its words are those of a header, and not "Table" or "Chapter", whose number is another.
    fn is_worded(&self) -> bool {
        let first = self.words.split(' ').next().unwrap_or("");
        let letters = self.words.chars().filter(|sign| sign.is_alphabetic()).count();
        letters >= 3 && language::nouns(first).iter().all(|noun| noun.kind == Kind::Page)
    }

    /// How often it has to stand to be a header.
    fn fewest(&self) -> usize {
        let mut words = self.words.split(' ').filter(|word| word.contains(char::is_alphabetic));
        let named = |word: &str| language::names_report(word) || !language::nouns(word).is_empty();
        match (words.next(), words.next()) {
            (Some(word), None) if !named(word) => OFTEN,
            _ => 2,
        }
    }

    /// Whether its number may tell by itself: it stands alone, or after a few words that are a header's.
    fn may_be_in_a_row(&self) -> bool {
        let few = !self.first && self.words.split(' ').count() <= FEW_WORDS;
        self.words.is_empty() || few && self.is_worded() && self.fewest() < OFTEN
    }
}

/// Those that stand beside the same words again and again, if most that do count on.
fn same_words(candidates: &[Candidate]) -> Vec<usize> {
    let mut by_words: FxHashMap<&str, Vec<&Candidate>> = FxHashMap::default();
    for candidate in candidates.iter().filter(|candidate| candidate.is_worded()) {
        by_words.entry(&candidate.words).or_default().push(candidate);
    }
    let turns = by_words.values().flat_map(|all| {
        let two = |at: usize| before(all[at], &all[..at]).map(|above| [all[above].line, all[at].line]);
        let mut counted: Vec<usize> = (0..all.len()).filter_map(two).flatten().collect();
        counted.sort_unstable();
        counted.dedup();
        let is_header = counted.len() >= all[0].fewest() && 2 * counted.len() > all.len();
        if is_header { counted } else { Vec::new() }
    });
    turns.collect()
}

/// Those whose numbers, alone on their lines or after a few words, follow one another page by page.
fn in_a_row(candidates: &[Candidate]) -> Vec<usize> {
    let some: Vec<&Candidate> = candidates.iter().filter(|of| of.may_be_in_a_row()).collect();
    let mut by_value: FxHashMap<i64, Vec<usize>> = FxHashMap::default();
    let mut above: Vec<Option<usize>> = Vec::with_capacity(some.len());
    let mut turns = Vec::new();
    for (at, candidate) in some.iter().enumerate() {
        let is_a_page_on = |other: &usize| (LEAST..=MOST).contains(&(candidate.line - some[*other].line));
        let last = by_value.get(&(candidate.value - 1)).and_then(|all| all.iter().rev().copied().find(is_a_page_on));
        above.push(last);
        by_value.entry(candidate.value).or_default().push(at);
        let row: Vec<usize> = std::iter::successors(Some(at), |&at| above[at]).take(IN_A_ROW).collect();
        let plainly = row.len() > 1 && row[..2].iter().all(|&at| some[at].apart && some[at].is_worded());
        if row.len() == IN_A_ROW || plainly {
            turns.extend(row.iter().map(|&at| some[at].line));
        }
    }
    turns
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of lines, each drawn with the number of plain lines below it, and `>` before those that turn a page.
    fn check(drawn: &[(&str, usize)]) {
        let bare = |line: &str| line.trim_start_matches("> ").to_owned();
        let lines =
            |(line, below): &(&str, usize)| [vec![bare(line)], vec!["de haven was druk".to_owned(); *below]].concat();
        let text = drawn.iter().flat_map(lines).collect::<Vec<String>>().join("\n");
        let places = drawn.iter().scan(0, |at, (_, below)| Some(std::mem::replace(at, *at + below + 1)));
        let expected: Vec<usize> =
            places.zip(drawn).filter(|(_, (line, _))| line.starts_with('>')).map(|(at, _)| at).collect();
        assert_eq!(turns(&Lines::new(&text)), expected, "{drawn:?}");
    }

    #[test]
    fn a_header_says_the_same_and_its_number_counts_on() {
        check(&[("> Verslag van de havenraad 14", 40), ("> Verslag van de havenraad 15", 52), ("De kade 3", 1)]);
        check(&[("> 64 Annual Report 2018", 40), ("> Annual Report 2018 65", 40), ("> 66 Annual Report 2018", 3)]);
        check(&[
            ("> De raad 14", 40),
            ("> Schepen en sluizen 15", 40),
            ("> De raad 16", 40),
            ("> Schepen en sluizen 17", 1),
        ]);
        check(&[
            ("> De raad 14", 40),
            ("De raad 3", 2),
            ("> De raad 15", 40),
            ("> De raad 16", 40),
            ("> De raad 18", 40),
        ]);
    }

    #[test]
    fn a_page_may_be_told_among_all() {
        check(&[("> Pagina 3 van 12", 40), ("> Pagina 4 van 12", 40), ("Pagina 40 van 12", 3)]);
        check(&[("> 3/12", 40), ("> 4 / 12", 40), ("1/2", 1)]);
        check(&[("3/2018", 40), ("4/2018", 40)]);
    }

    #[test]
    fn folios_alone_are_told_by_three_in_a_row() {
        check(&[("> 7", 40), ("> - 8 -", 52), ("> 9", 30)]);
        check(&[("7", 40), ("8", 52), ("11", 30)]);
        // A number of something else between them changes nothing.
        check(&[("> 7", 3), ("8", 36), ("> 8", 40), ("> 9", 1)]);
    }

    #[test]
    fn headers_of_other_words_are_told_by_three_in_a_row_or_by_the_lines_beside() {
        check(&[("> De raad 14", 40), ("> Schepen en sluizen 15", 40), ("> De kade 16", 1)]);
        check(&[("De raad 14", 40), ("Schepen en sluizen 15", 1)]);
        check(&[("> De raad 14", 0), ("", 40), ("> Schepen en sluizen 15", 0), ("", 40)]);
    }

    #[test]
    fn what_counts_its_own_kind_turns_no_page() {
        check(&[("Tabel 3", 40), ("Tabel 4", 40), ("Tabel 5", 40), ("Tabel 6", 40)]);
        check(&[("1 Inleiding", 40), ("2 De haven", 40), ("3 De kade", 40)]);
        check(&[("Fase 1", 40), ("Fase 2", 40), ("Fase 3", 40)]);
    }

    #[test]
    fn numbers_that_do_not_count_on_turn_no_page() {
        check(&[("Omzet van de haven 120", 40), ("Omzet van de haven 98", 40)]);
        check(&[("Omzet van de haven 98", 40), ("Omzet van de haven 120", 40)]);
        check(&[("Verslag van de raad 14", 9), ("Verslag van de raad 15", 9), ("Verslag van de raad 16", 9)]);
    }

    #[test]
    fn a_mark_of_the_transcriber_turns_a_page() {
        check(&[("> [p. 17]", 3), ("> {{18}}", 2)]);
    }
}
