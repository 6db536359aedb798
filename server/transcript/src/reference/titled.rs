//! Titles that stand instead of a number: "zie paragraaf “Doel”", "Abschnitte „Ziel“ und „Weg“", "section (Purpose)".

use super::around::{bracketed, points_to_file, quoted};
use super::members::{joint, little};
use super::{Asked, Members, ends_with};
use crate::heading::gap;
use crate::language::{Language, Noun};

/// Reads the titles after a noun that ends at `at`, and where the last of them ends. None where there is none.
pub(super) fn read(text: &str, at: usize, noun: &Noun, language: &Language) -> Option<(Members, usize)> {
    let stop = usize::from(noun.short && text[at..].starts_with('.'));
    if noun.short && stop == 0 {
        return None;
    }
    let start = at + stop + gap(&text[at + stop..]);
    if start == at + stop || text[at..start].contains('\n') {
        return None;
    }
    if text[start..].starts_with('(') {
        let (title, end) = bracketed(text, start)?;
        return Some((vec![(Asked::Title(title), start + 1, end - 1)], end));
    }
    let mut members = Vec::new();
    let (mut start, mut end) = (start, at);
    while let Some((title, after)) = quoted(text, start).filter(|(title, _)| title.contains(char::is_alphabetic)) {
        let sign = |sign: Option<char>| sign.map_or(0, char::len_utf8);
        let inside = (start + sign(text[start..].chars().next()), after - sign(text[..after].chars().next_back()));
        members.push((Asked::Title(title), inside.0, inside.1));
        end = after;
        let Some((next, _)) = joint(text, after, language) else { break };
        start = next;
    }
    (!members.is_empty()).then_some((members, end))
}

/// Whether a title that ends at `end`, its noun at `start`, is one beyond doubt: the reader is sent there, it is written
/// and set as a title is (in typewriter quotes it may be anything), and nothing says that it is in another text.
pub(super) fn is_sure(text: &str, (start, end): (usize, usize), title: &str, languages: &[&Language]) -> bool {
    let within = |language: &&Language| little(text, end + gap(&text[end..]), &language.within) > 0;
    title.starts_with(|sign: char| sign.is_uppercase() || sign.is_ascii_digit())
        && !text[..end].ends_with('"')
        && !points_to_file(&text[end..])
        && languages.iter().any(|language| is_sent(&text[..start], language))
        && !languages.iter().any(within)
}

/// Whether one of the last words of a text sends the reader somewhere: "see", "see also in the".
pub(super) fn is_sent(before: &str, language: &Language) -> bool {
    const WORDS: usize = 3;
    let mut rest = before.trim_end();
    for _ in 0..=WORDS {
        let sentence = rest.ends_with(['.', '!', '?', ';', ':', '\n']);
        if language.see.iter().any(|see| ends_with(rest.trim_end_matches('.'), see)) {
            return true;
        }
        if sentence {
            return false;
        }
        rest = rest.trim_end_matches(|sign: char| !sign.is_whitespace()).trim_end_matches([' ', '\u{a0}']);
    }
    false
}
