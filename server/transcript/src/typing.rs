//! What somebody who is typing a reference asks for: the words before the cursor, read backwards.

use crate::heading::tail;
use crate::language::{self, Language, Noun};
use crate::number::Kind;

/// What is asked for at the cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// What the noun before the cursor names; none after "zie", where the noun is asked for too.
    pub kind: Option<Kind>,
    /// The half number, or half word, before the cursor: how many bytes it takes.
    pub typed: usize,
}

/// At most so many words make up a noun ("note de bas de page").
const MOST_WORDS: usize = 5;

/// Reads the text of a line before the cursor. `own` is the language of the text; nouns of another are understood where
/// they are written in full.
pub fn asked(before: &str, own: Option<&'static Language>) -> Option<Asked> {
    let half = before.rfind(|sign: char| !sign.is_alphanumeric() && sign != '.').map_or(0, |at| after(before, at));
    let typed = before.len() - half;
    let line = without_members(&before[..half], own);
    let stem = line.trim_end();
    let sign = stem.ends_with('§');
    if stem.len() == line.len() && !sign {
        return None;
    }
    if sign {
        return Some(Asked { kind: Some(Kind::Section), typed });
    }
    if let Some(noun) = noun(stem, own) {
        return Some(Asked { kind: Some(noun.kind), typed });
    }
    let same_line = stem.len() == before[..half].trim_end().len();
    (same_line && sees(stem, own)).then_some(Asked { kind: None, typed })
}

fn after(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

/// The line less the members of a list that stand before the cursor: "hoofdstukken 2, 3 en " asks for a chapter too.
fn without_members<'t>(line: &'t str, own: Option<&'static Language>) -> &'t str {
    let mut rest = line;
    loop {
        let stem = rest.trim_end();
        let joined = stem.strip_suffix([',', ';', '–', '-']).or_else(|| {
            let joints = own.into_iter().flat_map(|own| own.and.iter().chain(&own.to));
            joints.filter_map(|joint| strip_word(stem, joint)).next()
        });
        let Some(before) = joined.map(str::trim_end) else { return rest };
        let number = before.trim_end_matches(|sign: char| sign.is_ascii_alphanumeric() || sign == '.');
        let digits =
            before[number.len()..].starts_with(|sign: char| sign.is_ascii_digit() || sign.is_ascii_uppercase());
        if !digits || number.trim_end().len() == number.len() {
            return rest;
        }
        rest = number;
    }
}

/// A text without the word at its end, in whatever case; none where another stands there.
fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(word.len())?;
    let (before, last) = (text.get(..at)?, text.get(at..)?);
    (last.to_lowercase() == *word && !before.ends_with(char::is_alphanumeric)).then_some(before)
}

/// The noun at the end of a text.
fn noun(stem: &str, own: Option<&'static Language>) -> Option<&'static Noun> {
    let (stem, stop) = stem.strip_suffix('.').map_or((stem, false), |stem| (stem, true));
    let mut start = stem.len();
    for _ in 0..MOST_WORDS {
        let word = stem[..start].trim_end();
        start = word
            .rfind(|sign: char| !sign.is_alphabetic() && sign != '\'' && sign != '’')
            .map_or(0, |at| after(word, at));
        if start == word.len() {
            return None;
        }
        let ours = |noun: &&Noun| own.is_none_or(|own| own.code == noun.language);
        let fits = |noun: &&Noun| {
            noun.short == stop && (ours(noun) || !noun.short) && tail(noun, stem, word.len()) == Some(stem.len())
        };
        let nouns = language::nouns(&word[start..].to_lowercase());
        let found = nouns.iter().filter(fits);
        if let Some(noun) = found.clone().find(ours).or_else(|| found.clone().next()) {
            return Some(noun);
        }
    }
    None
}

/// Whether a text ends with the words that send a reader elsewhere: "zie", "see also".
fn sees(stem: &str, own: Option<&'static Language>) -> bool {
    let languages = language::all().iter().filter(|other| own.is_none_or(|own| own.code == other.code));
    languages.flat_map(|language| &language.see).any(|words| strip_word(stem, words).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, kind: Option<Kind>, typed: &str) {
        let found = asked(before, language::by_code("nl")).unwrap_or_else(|| panic!("{before:?} asks for nothing"));
        assert_eq!((found.kind, &before[before.len() - found.typed..]), (kind, typed), "{before:?}");
    }

    #[test]
    fn a_noun_asks_for_its_kind() {
        check("Zie hoofdstuk ", Some(Kind::Chapter), "");
        check("Zie hoofdstuk 1.", Some(Kind::Chapter), "1.");
        check("Zie ook par. 2", Some(Kind::Section), "2");
        check("(§ ", Some(Kind::Section), "");
        check("In bijlage B", Some(Kind::Annex), "B");
        check("hoofdstuk Ind", Some(Kind::Chapter), "Ind");
        check("see chapter ", Some(Kind::Chapter), "");
        check("in de hoofdstukken 2, 3 en ", Some(Kind::Chapter), "");
        check("in de hoofdstukken 2, 3", Some(Kind::Chapter), "3");
    }

    #[test]
    fn seeing_asks_for_anything() {
        check("zoals bleek (zie ", None, "");
        check("zoals bleek (zie ho", None, "ho");
        check("Zie ook ", None, "");
    }

    #[test]
    fn other_words_ask_for_nothing() {
        for before in ["", "het ", "hoofdstuk", "een hoofdstuk over ", "drie zie", "12 ", "in 2019 en ", "wezie "] {
            assert_eq!(asked(before, language::by_code("nl")), None, "{before:?}");
        }
    }
}
