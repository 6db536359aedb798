//! The names of laws, papers and other people's works, by which a reader tells that a mention leads out of the report.

use super::ends_with;
use crate::language::{self, Language};
use crate::number::Kind;

/// Whether a law's name, another year's report, somebody's work or the place of such stands close before a mention: "the
/// Act, section 3", "Smith (2012), chapter 2", "ibid., p. 14".
pub(super) fn follows_name(text: &str, start: usize, kind: Kind, language: &Language) -> bool {
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let before = text[line..start].trim_end_matches(|sign: char| sign.is_whitespace() || matches!(sign, ',' | '('));
    let comma = text[line..start].trim_end().ends_with(',');
    let last = before.rsplit(|sign: char| sign.is_whitespace() || sign == '\'' || sign == '’').next().unwrap_or("");
    if edition_before(text, start, language).is_some()
        || names_standard(before)
        || numbers_paper(before)
        || language.cited.iter().any(|cited| ends_with(before.trim_end_matches('.'), cited))
        || follows_paper(before, language)
    {
        return true;
    }
    if is_year(last.trim_matches(['(', ')']).trim_end_matches(['a', 'b', 'c', 'd'])) {
        // "Smith (2012), chapter 2", "Smith 2012, p. 14", "the Companies Act 2006, section 3".
        let named = before[..before.len() - last.len()].trim_end().rsplit(char::is_whitespace).next();
        let named = named.is_some_and(|word| is_law(word, language) && word.starts_with(char::is_uppercase));
        return named || comma && (kind == Kind::Page || last.starts_with('(') && last.ends_with(')'));
    }
    let lawful = last.chars().count() > 2
        && is_law(last, language)
        && (last.starts_with(char::is_uppercase) || language.compounds);
    lawful || comma && names_law(before, language)
}

/// The year of the report that is named close before a mention: "het jaarverslag 2021, paragraaf 1.2", "the 2021 report,
/// section 1.2", and where such words lead, "vuoden 2021 kertomuksen luvussa 1".
pub(super) fn edition_before(text: &str, start: usize, language: &Language) -> Option<u16> {
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line..start];
    let words = before.trim_end_matches([' ', ',', '(', '\u{a0}']);
    if words.ends_with(['.', ';', ':', '!', '?']) {
        return None;
    }
    let parted = words.len() < before.trim_end().len();
    let mut words = words.split_whitespace().rev();
    let (last, second, third) = (words.next()?, words.next()?, words.next().unwrap_or(""));
    let year = if is_year(last) && is_report(second, language) {
        last
    } else if is_report(last, language) && (parted || language.leading) {
        [second, third].into_iter().find(|word| is_year(word))?
    } else {
        return None;
    };
    read_year(year)
}

/// Whether the words since the last sign are the name of a law: "la loi sur l'eau".
fn names_law(before: &str, language: &Language) -> bool {
    const LONGEST: usize = 5;
    let name = before.rsplit(['.', ',', ';', ':', '(', ')']).next().unwrap_or("");
    let short = name.split_whitespace().count() <= LONGEST;
    let mut last = name.split_whitespace().rev().take(LONGEST);
    last.any(|word| is_law(word, language) && (short || word.starts_with(char::is_uppercase)))
}

/// Whether a paper of parliament or a gazette is named close before, with nothing but its numbers between: "Kamerstukken
/// II 2018/19, 35200, nr. 3", "BGBl. I 2018".
fn follows_paper(before: &str, language: &Language) -> bool {
    const LONGEST: usize = 7;
    let mut numbered = false;
    for word in before.split([' ', '\u{a0}']).rev().take(LONGEST) {
        // "(Paper 18/12345). See": the sentence is another.
        if word.ends_with('.') && word.contains(|sign: char| sign.is_ascii_digit() || sign == ')') {
            return false;
        }
        let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        let name = word.to_lowercase();
        if language.paper.contains(&name) {
            return numbered;
        }
        numbered |= word.contains(|sign: char| sign.is_ascii_digit()) || matches!(word, "I" | "II" | "III");
        let little = name.chars().count() <= 2 || language.numeral.contains(&name);
        if !(little || word.contains(|sign: char| sign.is_ascii_digit()) || word == "III") {
            return false;
        }
    }
    false
}

/// Whether a text ends with the number of an act or a paper: "1303/2013", "2014/24/EU", "2018/19:45", "2016: 12". Two
/// years in a row are none.
fn numbers_paper(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    let (last, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if last.ends_with('.') {
        return false;
    }
    if second.strip_suffix(':').is_some_and(is_year) && digits(last) {
        return true;
    }
    let mut parts = last.trim_matches(['(', ')', '[', ']']).split(['/', ':']);
    let (Some(one), Some(other)) = (parts.next(), parts.next()) else { return false };
    let years =
        || read_year(one).is_some_and(|year| [year + 1, (year + 1) % 100].contains(&other.parse().unwrap_or(0)));
    let session = parts.next().is_some();
    let counted = digits(one) && other.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    counted && (one.len() > 2 || other.len() > 2) && (session || !years())
}

/// Whether a text ends with the number of a standard: "RFC3501", "ISO 9001", "EN 1991-1".
fn names_standard(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    let (last, second) = (words.next().unwrap_or(""), words.next().unwrap_or("").trim_start_matches('('));
    let last = last.trim_start_matches('(');
    let capitals = last.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = |text: &str| {
        text.bytes().take_while(u8::is_ascii_digit).count() >= 3
            && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b'.'))
    };
    let shouted = second.len() >= 2 && second.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'/');
    (2..=6).contains(&capitals) && digits(last[capitals..].trim_start_matches('-'))
        || capitals == 0 && shouted && digits(last)
}

pub(super) fn is_law(word: &str, language: &Language) -> bool {
    let lower = word.to_lowercase();
    // In languages that write compounds in one word a law's name ends with the word for law.
    let fits = |law: &str, lower: &str| match law.strip_prefix('-') {
        Some(tail) => lower.ends_with(tail),
        None => lower == law,
    };
    let lawful = |lower: &str| {
        language.law.iter().any(|law| fits(law, lower)) && !language.unlawful.iter().any(|other| other == lower)
    };
    // In the north the genitive ends so.
    lawful(&lower) || language.compounds && lower.strip_suffix('s').is_some_and(lawful)
}

pub(super) fn is_report(word: &str, language: &Language) -> bool {
    let lower = word.to_lowercase();
    // A chapter, "hoofdstuk", is no paper, "stuk".
    let compound = |report: &str| lower.len() > report.len() + 2 && lower.ends_with(report);
    language.report.contains(&lower)
        || language.compounds
            && language.report.iter().any(|report| compound(report))
            && language::nouns(&lower).is_empty()
}

pub(super) fn is_year(word: &str) -> bool {
    read_year(word).is_some()
}

/// A year, a note's mark close upon it perhaps: "2017.12", "2017.[^5".
pub(super) fn read_year(word: &str) -> Option<u16> {
    let (year, rest) = word.split_at_checked(4)?;
    let year = year.parse().ok().filter(|year| (1800..2200).contains(year))?;
    let mark = rest.strip_prefix('.').unwrap_or(rest);
    let marked =
        mark.starts_with('[') || mark.len() < rest.len() && mark.starts_with(|sign: char| sign.is_ascii_digit());
    (rest.is_empty() || marked).then_some(year)
}
