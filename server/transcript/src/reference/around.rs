//! What stands around a mention: the title given with it, and whether it leads out of the report.

use super::Whereabouts;
use super::members::little;
use super::named::{edition_before, follows_name, is_law, is_report, is_year, read_year};
use crate::heading::{gap, word};
use crate::language::{self, Language};
use crate::number::Kind;

/// Opening quotes and what closes each.
const QUOTES: [(char, &[char]); 10] = [
    ('“', &['”', '“']),
    ('„', &['“', '”']),
    ('«', &['»']),
    ('»', &['«', '»']),
    // As in Swedish and Finnish.
    ('”', &['”']),
    ('’', &['’']),
    ('"', &['"']),
    ('‘', &['’']),
    ('‚', &['‘', '’']),
    ('\'', &['\'']),
];

/// Whether a sign opens a title.
pub(super) fn opens_title(sign: char) -> bool {
    sign == '(' || QUOTES.iter().any(|(open, _)| *open == sign)
}

/// The title after a number that ends at `at`, in brackets or quotes, a comma before them perhaps; and where the
/// mention ends with it.
pub(super) fn title(text: &str, at: usize) -> (Option<String>, usize) {
    let comma = usize::from(text[at..].starts_with([',', ':']));
    let start = at + comma + gap(&text[at + comma..]);
    let found = match text[start..].chars().next() {
        Some('(') if comma == 0 && start > at => bracketed(text, start),
        Some(_) if start > at => quoted(text, start),
        _ => None,
    };
    match found {
        Some((title, end)) => (Some(title), end),
        None => (None, at),
    }
}

/// The words after a comma after a number that ends at `at`, up to the next sign or "and", where they start as a title.
pub(super) fn called(text: &str, at: usize, language: &Language) -> Option<String> {
    let rest = text[at..].strip_prefix(',')?;
    let rest = rest[gap(rest)..].split(['.', ',', ';', ':', '(', ')', '\n']).next()?;
    let joins = |word: &&str| language.and.iter().any(|and| and == word);
    let words: Vec<&str> = rest.split_whitespace().take(8).take_while(|word| !joins(word)).collect();
    let title = words.first().is_some_and(|word| word.starts_with(char::is_uppercase));
    title.then(|| words.join(" "))
}

/// A title in brackets: it starts with a capital or a quote, and is no reference itself.
pub(super) fn bracketed(text: &str, start: usize) -> Option<(String, usize)> {
    let inside = &text[start + 1..];
    if let Some((title, end)) = quoted(text, start + 1)
        && text[end..].starts_with(')')
    {
        return Some((title, end + 1));
    }
    let mut depth = 1;
    for (at, sign) in inside.char_indices().take(160) {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            '\n' => return None,
            _ => {}
        }
        if depth == 0 {
            let title = &inside[..at];
            let first = word(title);
            let named = !language::nouns(&title[..first].to_lowercase()).is_empty();
            let numbered = title.contains(|sign: char| sign.is_ascii_digit()) && named;
            let letters = title.chars().filter(|sign| sign.is_alphabetic()).count();
            let capital = title.starts_with(char::is_uppercase);
            return (capital && letters >= 3 && !numbered).then(|| (one_line(title), start + 1 + at + 1));
        }
    }
    None
}

/// A title in quotes.
pub(super) fn quoted(text: &str, start: usize) -> Option<(String, usize)> {
    let open = text[start..].chars().next()?;
    let (_, close) = QUOTES.iter().find(|(sign, _)| *sign == open)?;
    let from = start + open.len_utf8();
    let closes = |(at, sign): &(usize, char)| {
        // An apostrophe inside a word closes nothing.
        close.contains(sign) && *at > 0 && !text[from + at + sign.len_utf8()..].starts_with(char::is_alphabetic)
    };
    let (at, sign) = text[from..].char_indices().take(200).take_while(|(_, sign)| *sign != '\n').find(closes)?;
    Some((one_line(text[from..from + at].trim_matches(['\u{a0}', '\u{202f}', ' '])), from + at + sign.len_utf8()))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a file's name, an address or a help tag follows that says where to look: "chapter 27 |usr_27.txt|".
pub(super) fn points_to_file(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', ',', '(', '[', '`', '<', '"', '\'', '\u{a0}']);
    let rest = rest.strip_prefix("of ").or_else(|| rest.strip_prefix("in ")).unwrap_or(rest);
    let word =
        rest.trim_start_matches('`').split(|sign: char| sign.is_whitespace() || matches!(sign, ')' | ']' | '`')).next();
    let word = word.unwrap_or("").trim_end_matches(['.', ',', ';', ':']);
    let named = word.rsplit_once('.').is_some_and(|(stem, extension)| {
        let letters = extension.starts_with(|sign: char| sign.is_ascii_lowercase());
        letters
            && (2..=5).contains(&extension.len())
            && !stem.is_empty()
            && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    rest.starts_with('|') || word.contains("://") || named
}

/// What is said of the report that a mention at `start..end` leads to.
pub(super) fn whereabouts(text: &str, start: usize, end: usize, kind: Kind, language: &Language) -> Whereabouts {
    let at = end + gap(&text[end..]);
    let little = [&language.of_the, &language.of, &language.within].map(|words| little(text, at, words));
    let words = following(text, at + little.into_iter().max().unwrap_or(0));
    if leads_out(text, start, end, kind, language) {
        let edition = edition_before(text, start, language).or_else(|| edition(&words, language));
        return edition.map_or(Whereabouts::Outside, Whereabouts::Edition);
    }
    let own = words.first().is_some_and(|word| language.own.contains(&word.to_lowercase()));
    match own && words.iter().skip(1).take(2).any(|word| is_report(word, language)) {
        true => Whereabouts::Inside,
        false => Whereabouts::Unsaid,
    }
}

/// Whether a mention at `start..end` leads out of the report: "van de Wet", "of the 2017 annual report", "Absatz 1", or
/// a law's name close before it.
fn leads_out(text: &str, start: usize, end: usize, kind: Kind, language: &Language) -> bool {
    let rest = &text[end..];
    let space = gap(rest);
    let at = end + space;
    if follows_name(text, start, kind, language) {
        return true;
    }
    // "title 2, chapter 3, of the code"
    let after = rest.strip_prefix(',').map_or(end, |after| end + 1 + gap(after));
    let of = [&language.of_the, &language.of].map(|words| little(text, after, words)).into_iter().max().unwrap_or(0);
    if after > end && of > 0 && following(text, after + of).iter().take(4).any(|word| is_law(word, language)) {
        return true;
    }
    let comma = at + usize::from(rest[space..].starts_with(','));
    let clause = comma + gap(&text[comma..]);
    if (space > 0 || clause > at) && is_clause(text, clause, language) {
        return true;
    }
    if space == 0 {
        return false;
    }
    let the = little(text, at, &language.of_the);
    let of = little(text, at, &language.of);
    let within = little(text, at, &language.within);
    let words = following(text, at + the.max(of).max(within));
    let Some(first) = words.first() else { return false };
    let lower = first.to_lowercase();
    if language.own.contains(&lower) {
        return false;
    }
    let lawful = words.iter().take(4).any(|word| is_law(word, language));
    let dated = words.iter().any(|word| is_year(word));
    let report = words.iter().take(4).any(|word| is_report(word, language));
    if the + of == 0 {
        // A name close upon the number, or in another case: "§ 5 WHG", "rozdziale 3 ustawy", "section 2 in the Act".
        let capitals = first.chars().filter(|sign| sign.is_uppercase()).count();
        let short = within == 0
            && capitals >= 2
            && first.chars().count() <= 6
            && language::nouns(&lower).is_empty()
            && text[..end].contains('§');
        let inflected = language.adjective.iter().any(|ending| lower.ends_with(ending.as_str()));
        let close = words.iter().take(1 + usize::from(within > 0 || inflected));
        return close.clone().any(|word| is_law(word, language))
            || short
            || close.clone().any(|word| is_report(word, language)) && dated;
    }
    // Where nouns have capitals, an adjective with one makes a name: "der Technischen Anleitung".
    if language.compounds && the > 0 && report && !is_report(first, language) && first.starts_with(char::is_uppercase) {
        return true;
    }
    let inner = language::nouns(&lower).iter().any(|noun| noun.language == language.code && !noun.short);
    if lawful || report && dated {
        return true;
    }
    // Pages, figures and tables are of whatever they show or treat: "figure 3 of the lock".
    if inner || report || !matches!(kind, Kind::Part | Kind::Chapter | Kind::Section | Kind::Annex) {
        return report && words.len() > 1 && named_after(&words, language);
    }
    the > 0 && the >= of && !is_common(&lower) || of > 0 && first.starts_with(char::is_uppercase)
}

/// The year of the report that these words name, unless they go on to say whose it is.
fn edition(words: &[&str], language: &Language) -> Option<u16> {
    let report = words.iter().position(|word| is_report(word, language))?;
    let year = words.iter().position(|word| is_year(word))?;
    let head = |phrases: &[String], word: &str| phrases.iter().any(|phrase| phrase.split(' ').next() == Some(word));
    let after = words.get(report.max(year) + 1).map(|word| word.to_lowercase());
    let owned = after.is_some_and(|word| head(&language.of_the, &word) || head(&language.of, &word));
    let between = report.abs_diff(year) <= 3 && !words.iter().any(|word| is_law(word, language));
    (between && !owned).then(|| read_year(words[year])).flatten()
}

/// Whether the report is said to be somebody's or some year's: "of the report of the city".
fn named_after(words: &[&str], language: &Language) -> bool {
    let Some(at) = words.iter().position(|word| is_report(word, language)) else { return false };
    let after = words[at + 1..].first().map(|word| word.to_lowercase());
    let head = |phrases: &[String], word: &str| phrases.iter().any(|phrase| phrase.split(' ').next() == Some(word));
    after.is_some_and(|word| head(&language.of_the, &word) || head(&language.of, &word))
}

/// The words after a place, up to eight, of the same sentence.
fn following(text: &str, from: usize) -> Vec<&str> {
    let mut words = Vec::new();
    let mut at = from;
    while words.len() < 8 {
        at += gap(&text[at..]);
        let rest = &text[at..];
        let length = rest
            .find(|sign: char| sign.is_whitespace() || matches!(sign, ',' | ';' | ')' | '(' | ':' | '"' | '”'))
            .unwrap_or(rest.len());
        let token = rest[..length].trim_matches(|sign: char| !sign.is_alphanumeric());
        let token = token
            .find(['\'', '’'])
            .filter(|at| *at > 0 && *at <= 4)
            .map(|at| token[at..].trim_start_matches(['\'', '’']))
            .filter(|after| after.chars().count() > 1)
            .unwrap_or(token);
        let token = without_mark(token);
        if token.is_empty() {
            break;
        }
        let counted = words.last().is_some_and(|word: &&str| !language::nouns(&word.to_lowercase()).is_empty());
        words.push(token);
        let stop = rest[..length].ends_with(['.', '!', '?']) && (length > 3 || counted);
        at += length;
        if stop || !text[at..].starts_with(|sign: char| sign.is_whitespace()) || text[at..].starts_with('\n') {
            break;
        }
    }
    words
}

/// A word less the mark of a note that was printed close upon its full stop: "loven.12", "ustawy.[^3".
fn without_mark(token: &str) -> &str {
    let word = |at: &usize| token[..*at].ends_with(char::is_alphabetic);
    let mark = |at: &usize| token[at + 1..].starts_with(|sign: char| sign.is_ascii_digit() || sign == '[');
    token.find('.').filter(|at| word(at) && mark(at)).map_or(token, |at| &token[..at])
}

/// Words that never name another document.
fn is_common(word: &str) -> bool {
    word.chars().count() < 2
}

/// Whether part of an article of law follows: "Abs. 1", "derde lid".
fn is_clause(text: &str, at: usize, language: &Language) -> bool {
    language.clause.iter().any(|clause| {
        let mut signs = text[at..].chars();
        let here = clause.chars().all(|sign| signs.next().is_some_and(|other| language::is_alike(sign, other)));
        let after = signs.as_str();
        let number = after.trim_start_matches(['.', ' ', '\u{a0}']);
        let lettered = || number.starts_with(|sign: char| sign.is_ascii_lowercase()) && number[1..].starts_with(')');
        let counted = || number.starts_with(|sign: char| sign.is_ascii_digit()) || lettered();
        here && !after.starts_with(char::is_alphabetic)
            && (clause.contains(' ') || counted() || clause == "§" || clause.len() == 3)
    })
}
