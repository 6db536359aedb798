//! Numbers that stand before the noun: "in het tweede hoofdstuk", "im 2. Kapitel", "2 luvussa".

use super::members::Numbers;
use super::{Whereabouts, around, titled};
use crate::language::{Language, Noun};
use crate::number::{Kind, Number, Part};

/// A chapter told by an ordinal before it: "in het tweede hoofdstuk", "im 2. Kapitel". Of other things prose has many
/// that are none, "the second part of the year", unless the reader is sent there: "voir la première partie". In some languages a plain number may stand there too: "2 luvussa".
pub(super) fn before(
    text: &str,
    start: usize,
    end: usize,
    noun: &Noun,
    language: &Language,
) -> Option<(usize, (Numbers, usize))> {
    if noun.short || !noun.one || !matches!(noun.kind, Kind::Part | Kind::Chapter | Kind::Section) {
        return None;
    }
    let words = text[..start].trim_end();
    let at = words.rfind(|sign: char| sign.is_whitespace() || matches!(sign, '(' | '“' | '"' | '’' | '\''));
    let at = at.map_or(0, |at| at + words[at..].chars().next().map_or(1, char::len_utf8));
    let word = &words[at..];
    let (number, length) = match language.ordinal(&word.to_lowercase()) {
        Some(value) if noun.kind == Kind::Chapter || noun.kind == Kind::Part && is_meant(text, (at, end), language) => {
            (Number::arabic(value), word.len())
        }
        _ => counted(word, noun.kind, language)?,
    };
    Some((at, (vec![(number, at, at + length)], end)))
}

/// Whether the part of something that stands at a place is one of this report: the reader is sent there, or it is said so.
fn is_meant(text: &str, (start, end): (usize, usize), language: &Language) -> bool {
    titled::is_sent(&text[..start], language)
        || around::whereabouts(text, start, end, Kind::Part, language) == Whereabouts::Inside
}

/// The number in front of a noun and its length without what makes it an ordinal.
fn counted(word: &str, kind: Kind, language: &Language) -> Option<(Number, usize)> {
    if language.leading
        && let Some(number) = Number::parse(word).filter(|_| word.starts_with(|sign: char| sign.is_ascii_digit()))
    {
        return (kind == Kind::Chapter || number.parts.len() > 1).then_some((number, word.len()));
    }
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let numerals = word.bytes().take_while(|byte| matches!(byte, b'I' | b'V' | b'X')).count();
    let length = digits.max(numerals);
    let ending = &word[length..];
    let fits = language.nth.iter().any(|nth| nth == ending) && (digits > 0 || ending == ".");
    let number = Number::parse(&word[..length]).filter(|_| fits && kind == Kind::Chapter && length <= 5)?;
    matches!(number.parts[..], [Part::Arabic(1..100, None) | Part::Roman(_)]).then_some((number, length))
}
