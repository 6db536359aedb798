//! Where a text without form feeds turns its pages: the running headers and folios that stand between its lines. A page
//! lies between one and the next, and its number counts on.

use rustc_hash::FxHashMap;

use super::edge::{Folio, folios};
use super::mark;
use crate::language;
use crate::letters::small;
use crate::lines::Lines;
use crate::number::Kind;
use crate::span::Span;

/// A page of columns has so many lines at the least, and hardly more than so many.
const LEAST: usize = 20;
const MOST: usize = 150;
/// A running header has so few words beside its number.
const WORDS: usize = 10;
/// Of a header that says the same, the one on the next page is among the next few.
const NEXT: usize = 3;
/// So often a header stands of which one word is known, which may as well be "Phase 1", and no report is named so.
const OFTEN: usize = 4;
/// Where the words differ from page to page, so many numbers in a row tell, of lines of so few words; two of lines with words, and a
/// blank line beside.
const IN_A_ROW: usize = 3;
const FEW_WORDS: usize = 5;

/// A line that may be a running header or a folio.
struct Candidate {
    line: usize,
    folio: Folio,
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

/// The numbers at the ends of a line of few words.
fn candidates(lines: &Lines, line: usize) -> impl Iterator<Item = Candidate> {
    let text = lines.line(line).trim();
    // Nearly all lines end here.
    let digit = |byte: Option<&u8>| byte.is_some_and(|byte| !byte.is_ascii_alphabetic());
    let may_be = digit(text.as_bytes().first()) || digit(text.as_bytes().last());
    let short = may_be && text.split_whitespace().nth(WORDS + 1).is_none();
    let mut found = if short { folios(text, 0) } else { Vec::new() };
    if let Some(folio) = Some(text).filter(|_| short).and_then(of_all) {
        found = vec![folio];
    }
    let blank = |line: Option<usize>| line.is_none_or(|at| at >= lines.len() || lines.line(at).trim().is_empty());
    let apart = !found.is_empty() && (blank(line.checked_sub(1)) || blank(Some(line + 1)));
    found.into_iter().map(move |folio| Candidate { line, folio, apart })
}

/// Lines of a text, one after the other from some line on, and which of them turn a page by what stands above: fewer than
/// [`turns`] knows, but none for what stands below.
#[derive(Default)]
pub(crate) struct Turning {
    by_words: FxHashMap<String, Vec<Candidate>>,
}

impl Turning {
    /// Whether the next line turns a page; its folio alone tells where it is the third in a row.
    pub(crate) fn turns(&mut self, lines: &Lines, line: usize) -> bool {
        let mut turns = false;
        for candidate in candidates(lines, line).filter(|of| of.is_worded() || of.folio.rest.is_empty()) {
            let above = self.by_words.entry(candidate.folio.rest.clone()).or_default();
            let before = |of: &Candidate, above: &[Candidate]| {
                above.iter().rev().take(NEXT).position(|other| other.counts_on_to(of)).map(|at| above.len() - 1 - at)
            };
            turns |= match (before(&candidate, above), candidate.is_worded()) {
                (Some(_), true) => above.len() + 1 >= candidate.fewest(),
                (Some(at), false) => before(&above[at], &above[..at]).is_some(),
                (None, _) => false,
            };
            above.push(candidate);
        }
        turns
    }
}

/// The number of a page that is told beside how many there are: "Pagina 3 van 12", "3/12".
fn of_all(text: &str) -> Option<Folio> {
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
    let (value, all) = (page.parse::<u16>().ok()?, all.parse::<u16>().ok()?);
    let rest = format!("page of {all}");
    (1..=all).contains(&value).then(|| Folio {
        value: value.into(),
        span: Span::default(),
        apart: true,
        first: false,
        rest,
    })
}

impl Candidate {
    /// Whether another, further down, may be on one of the next pages.
    fn counts_on_to(&self, other: &Candidate) -> bool {
        let (lines, pages) = (other.line - self.line, other.folio.value - self.folio.value);
        pages >= 1 && pages as usize <= lines / LEAST
    }

    /// Whether its words are those of a header, and not "Table" or "Chapter", whose number is another.
    fn is_worded(&self) -> bool {
        let rest = &self.folio.rest;
        let first = rest.split(' ').next().unwrap_or("");
        let letters = rest.chars().filter(|sign| sign.is_alphabetic()).count();
        letters >= 3 && language::nouns(first).iter().all(|noun| noun.kind == Kind::Page)
    }

    /// How often it has to stand to be a header.
    fn fewest(&self) -> usize {
        let mut words = self.folio.rest.split(' ').filter(|word| word.contains(char::is_alphabetic));
        let named = |word: &str| language::names_report(word) || !language::nouns(word).is_empty();
        match (words.next(), words.next()) {
            (Some(word), None) if !named(word) => OFTEN,
            _ => 2,
        }
    }
}

/// Those that stand beside the same words again and again, if most that do count on.
fn same_words(candidates: &[Candidate]) -> Vec<usize> {
    let mut by_words: FxHashMap<&str, Vec<&Candidate>> = FxHashMap::default();
    for candidate in candidates.iter().filter(|candidate| candidate.is_worded()) {
        by_words.entry(&candidate.folio.rest).or_default().push(candidate);
    }
    let turns = by_words.values().flat_map(|all| {
        let mut counted: Vec<usize> = Vec::new();
        for (at, one) in all.iter().enumerate() {
            let next = all[at + 1..].iter().take(NEXT).find(|other| one.counts_on_to(other));
            counted.extend(next.iter().flat_map(|next| [one.line, next.line]));
        }
        counted.sort_unstable();
        counted.dedup();
        let is_header = counted.len() >= all[0].fewest() && 2 * counted.len() > all.len();
        if is_header { counted } else { Vec::new() }
    });
    turns.collect()
}

/// Those whose numbers, alone on their lines or after a few words, follow one another page by page.
fn in_a_row(candidates: &[Candidate]) -> Vec<usize> {
    let is_header = |of: &&Candidate| {
        let few = !of.folio.first && of.folio.rest.split(' ').count() <= FEW_WORDS;
        of.folio.rest.is_empty() || few && of.is_worded() && of.fewest() < OFTEN
    };
    let some = candidates.iter().filter(is_header);
    let mut turns = Vec::new();
    let mut rows: FxHashMap<i64, Vec<&Candidate>> = FxHashMap::default();
    for candidate in some {
        let before = rows
            .remove(&(candidate.folio.value - 1))
            .filter(|row| row.last().is_some_and(|last| (LEAST..=MOST).contains(&(candidate.line - last.line))));
        let mut row = before.unwrap_or_default();
        row.push(candidate);
        let plainly = row.len() > 1 && row.iter().all(|one| one.apart && one.is_worded());
        if row.len() >= IN_A_ROW || plainly {
            turns.extend(row.iter().map(|one| one.line));
        }
        rows.insert(candidate.folio.value, row);
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
    }

    #[test]
    fn folios_alone_are_told_by_three_in_a_row() {
        check(&[("> 7", 40), ("> - 8 -", 52), ("> 9", 30)]);
        check(&[("7", 40), ("8", 52), ("11", 30)]);
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
