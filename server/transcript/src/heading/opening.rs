//! How a heading, a caption or a contents entry opens: "Hoofdstuk 3", "1.2.", "CHAPTER IV:", "Derde deel".

use crate::language::{self, Noun};
use crate::letters::{is_mark, small, starts_with};
use crate::number::{Kind, Number, Part, roman_value};

/// The noun and number that a line opens with.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// What the noun names; none where the number stands alone.
    pub kind: Option<Kind>,
    /// The number.
    pub number: Number,
    /// Where the title starts; the text's length where there is none.
    pub title: usize,
    /// The sign between number and title: a full stop, colon, comma, dash or bracket.
    pub sign: Option<char>,
    /// Whether there is hardly a sign of its being a number: one part, no noun.
    pub loose: bool,
}

/// The bytes of white space at the start of a text, no-break spaces and marks of emphasis among it.
pub fn gap(text: &str) -> usize {
    text.len() - text.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '*' || sign == '_').len()
}

/// Reads the opening of a line without white space before it. None where it opens with neither noun and number nor a
/// number.
pub fn opening(text: &str) -> Option<Opening> {
    let start = text.len() - text.trim_start_matches(['*', '_', '\\']).len();
    if opens_nothing(&text[start..]) {
        return None;
    }
    let (kind, number, end) = named(text, start).or_else(|| numbered(text, start))?;
    let rest = &text[end..];
    let mark = rest.chars().next();
    let sign = mark.filter(|sign| matches!(sign, '.' | ':' | ',' | ';' | ')' | ']' | '\\'));
    let after = end + sign.map_or(0, char::len_utf8);
    let after = after + usize::from(sign == Some('\\') && text[after..].starts_with('.'));
    let space = gap(&text[after..]);
    let mut title = after + space;
    if title < text.len() && space == 0 && !matches!(text[after..].chars().next(), Some('–' | '—' | '-')) {
        return None;
    }
    let dash = text[title..].chars().next().filter(|sign| matches!(sign, '–' | '—' | '-' | '|' | ':'));
    if let Some(dash) = dash {
        let beyond = title + dash.len_utf8();
        let space = gap(&text[beyond..]);
        if space == 0 && space + gap(&text[after..]) == 0 {
            return None;
        }
        title = beyond + space;
    }
    let loose = kind.is_none() && number.parts.len() == 1;
    Some(Opening { kind, number, title, sign: sign.or(dash), loose })
}

/// A quick look that spares nearly every line: it starts with a word of plain letters that is neither noun nor number.
fn opens_nothing(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let ends = text.as_bytes().get(letters).is_none_or(|next| next.is_ascii() && !matches!(next, b'\'' | b'-'));
    letters > 1 && ends && !language::may_tell(&text[..letters]) && roman_value(&text[..letters]).is_none()
}

/// "Hoofdstuk 3", "Bijlage nr. 2", "DEEL EEN".
fn named(text: &str, start: usize) -> Option<(Option<Kind>, Number, usize)> {
    let length = word(&text[start..]);
    let first = text[start..].chars().next()?;
    if length == 0 || !first.is_uppercase() || !language::may_tell(&text[start..start + length]) {
        return None;
    }
    let lower = small(&text[start..start + length]);
    for noun in language::nouns(&lower) {
        let Some(mut at) = tail(noun, text, start + length) else { continue };
        if noun.short {
            // Only captions are abbreviated: "Fig. 3".
            if !matches!(noun.kind, Kind::Figure | Kind::Table | Kind::Annex) || !text[at..].starts_with('.') {
                continue;
            }
            at += 1;
        }
        let space = gap(&text[at..]);
        if space == 0 && !noun.short {
            continue;
        }
        at += space;
        let by = language::by_code(noun.language)?;
        for numeral in &by.numeral {
            let rest = &text[at..];
            if let Some(length) = starts_with(rest, numeral).filter(|length| gap(&rest[*length..]) > 0) {
                at += length + gap(&rest[length..]);
                break;
            }
        }
        if let Some((number, length)) = scan(&text[at..], noun.kind) {
            return Some((Some(noun.kind), number, at + length));
        }
        let length = word(&text[at..]);
        if let Some(value) = language::number_word(&small(&text[at..at + length]), noun.language)
            && (text[at..].starts_with(char::is_uppercase) || ends(&text[at + length..]))
        {
            return Some((Some(noun.kind), Number::arabic(value), at + length));
        }
    }
    None
}

/// Whether an opening may end before this: nothing follows, or a sign that a title comes.
fn ends(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty() || rest.starts_with([':', '.', '–', '—', '-'])
}

/// A number, with its noun after it where it has one ("IV. Kapitel", "Derde deel").
fn numbered(text: &str, start: usize) -> Option<(Option<Kind>, Number, usize)> {
    let scanned = Number::scan(&text[start..]);
    let end = start + scanned.as_ref().map_or_else(|| word(&text[start..]), |(_, length)| *length);
    let at = end + usize::from(text[end..].starts_with('.'));
    let at = at + gap(&text[at..]);
    let length = word(&text[at..]);
    let heads = |noun: &&Noun| !noun.short && matches!(noun.kind, Kind::Chapter | Kind::Part | Kind::Annex);
    // The noun ends the opening: "3. Kapitel", "Derde deel – De organisatie"; not "3 delen van".
    if at > end && length > 0 && language::may_tell(&text[at..at + length]) && ends(&text[at + length..]) {
        for noun in language::nouns(&small(&text[at..at + length])).iter().filter(heads) {
            let number = match &scanned {
                Some((number, _)) => Some(number.clone()).filter(|number| number.parts.len() == 1),
                None => language::number_word(&small(&text[start..end]), noun.language).map(Number::arabic),
            };
            // "Drie delen" are parts, not part three; where one form is both, as in German, it stands there as one.
            if let Some(number) = number.filter(|_| !noun.many || scanned.is_some()) {
                return Some((Some(noun.kind), number, at + length));
            }
        }
    }
    let (number, length) = scanned?;
    let end = start + length;
    // "A1 Wegen" is a road; a letter joined by a full stop is a number.
    if let [Part::Letter(_), Part::Arabic(..), ..] = number.parts[..]
        && text.as_bytes().get(start + 1) != Some(&b'.')
    {
        return None;
    }
    // "1) eerst" is the item of a list.
    (!text[end..].starts_with(')')).then_some((None, number, end))
}

/// Reads the number of a caption, section or whatever: figures and tables are also counted "3-1".
pub fn scan(text: &str, kind: Kind) -> Option<(Number, usize)> {
    let (mut number, mut length) = Number::scan(text)?;
    if matches!(kind, Kind::Figure | Kind::Table | Kind::Box)
        && let Some(rest) = text[length..].strip_prefix('-')
        && let Some((second, more)) = Number::scan(rest).filter(|(second, _)| second.parts.len() == 1)
        && rest.starts_with(|sign: char| sign.is_ascii_digit())
    {
        number.parts.extend(second.parts);
        length += 1 + more;
    }
    Some((number, length))
}

/// Where the further words of a noun end; none where they do not stand there.
pub fn tail(noun: &Noun, text: &str, mut at: usize) -> Option<usize> {
    for part in &noun.rest {
        at += gap(&text[at..]);
        at += starts_with(&text[at..], part)?;
    }
    (!text[at..].starts_with(char::is_alphabetic)).then_some(at)
}

/// The bytes of the word that a text starts with: letters and the marks over them, and apostrophes and hyphens between them.
pub fn word(text: &str) -> usize {
    // Nearly every word is of plain letters to its end.
    let plain = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if text.as_bytes().get(plain).is_none_or(|next| next.is_ascii() && !matches!(next, b'\'' | b'-')) {
        return plain;
    }
    let mut end = 0;
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let inner =
            matches!(sign, '\'' | '’' | '-') && at > 0 && signs.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !(sign.is_alphabetic() || inner || at > 0 && is_mark(sign)) {
            break;
        }
        end = at + sign.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_quick_look_passes_over_nothing_that_opens(
            text in "(Hoofdstuk|derde|Deel|iv|IX|Fig|kapitel|[A-Za-z]{1,5})[-' .:é1]{0,2}(deel|Kapitel|[0-9]|[A-Z]|één)?[ .:]?[a-zA-Z]{0,4}",
        ) {
            prop_assert!(!opens_nothing(&text) || named(&text, 0).or_else(|| numbered(&text, 0)).is_none());
        }
    }
}
