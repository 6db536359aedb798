//! Words that say on which side of the sentence a thing stands: "de tabel hieronder", "Figure 2 above".

use serde::{Deserialize, Serialize};

use super::ends_with;
use crate::heading::gap;
use crate::language::{self, Language, Noun};
use crate::number::Kind;

/// On which side of the sentence a thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Toward {
    /// Before it.
    Above,
    /// After it.
    Below,
}

/// The side that the words at `at` say, a comma before them perhaps, and where they end.
pub(super) fn after(text: &str, at: usize, language: &Language) -> Option<(Toward, usize)> {
    let comma = usize::from(text[at..].starts_with(','));
    let start = at + comma + gap(&text[at + comma..]);
    if start == at + comma || text[at..start].contains('\n') {
        return None;
    }
    let here = |words: &[String]| words.iter().find_map(|words| ends_here(text, start, words));
    let above = here(&language.above).map(|end| (Toward::Above, end));
    above.or_else(|| here(&language.below).map(|end| (Toward::Below, end)))
}

/// The side that is said of a single thing whose noun stands at `start..end`, by a word before or after it, and where
/// the mention starts and ends. Only of what has one name in its language: an English paragraph is any piece of prose.
pub(super) fn of_noun(
    text: &str,
    (start, end): (usize, usize),
    noun: &Noun,
    language: &Language,
) -> Option<(Toward, usize)> {
    let named = match noun.kind {
        Kind::Figure | Kind::Table | Kind::Box | Kind::Chapter => true,
        Kind::Section => text[start..end].to_lowercase().starts_with(language.name(noun.kind)),
        _ => false,
    };
    if !named || !noun.one || noun.short {
        return None;
    }
    let words = text[..start].trim_end_matches([' ', '\u{a0}']);
    let before = |words_for: &[String]| words_for.iter().any(|word| ends_with(words, word));
    let said = after(text, end, language).filter(|_| !text[end..].starts_with(','));
    said.or_else(|| before(&language.above).then_some((Toward::Above, end)))
        .or_else(|| before(&language.below).then_some((Toward::Below, end)))
}

/// The side to which the words before `end` send the reader, at the end of a sentence or a part of it ("see below"), and
/// where the words for the side start.
pub(super) fn sent(text: &str, end: usize, language: &Language) -> Option<(usize, Toward)> {
    if !text[end..].is_empty() && !text[end..].starts_with(['.', ',', ';', ':', ')', '\n']) {
        return None;
    }
    let starts = |words: &String| {
        let start = text[..end].char_indices().rev().nth(words.chars().count().checked_sub(1)?)?.0;
        let before = text[..start].trim_end_matches([' ', '\u{a0}']);
        let sees = language.see.iter().any(|see| ends_with(before.trim_end_matches('.'), see));
        (sees && ends_with(&text[..end], words)).then_some(start)
    };
    let above = language.above.iter().find_map(starts).map(|start| (start, Toward::Above));
    above.or_else(|| language.below.iter().find_map(starts).map(|start| (start, Toward::Below)))
}

/// Where some words end that stand at `at`, in capitals or not.
fn ends_here(text: &str, at: usize, words: &str) -> Option<usize> {
    let mut signs = text[at..].char_indices();
    for expected in words.chars() {
        let (_, sign) = signs.next()?;
        let space = expected == ' ' && sign == '\u{a0}';
        if !space && !language::is_alike(sign, expected) {
            return None;
        }
    }
    let end = signs.next().map_or(text.len(), |(length, _)| at + length);
    (!text[end..].starts_with(char::is_alphanumeric)).then_some(end)
}
