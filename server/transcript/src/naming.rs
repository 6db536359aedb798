//! Where in a heading, a caption, a contents entry or a reference the number and the title stand, and how a number is
//! written anew in the manner in which it was written there.

use crate::heading::scan;
use crate::number::{Kind, Number, Part, roman};
use crate::span::Span;

/// Where the number stands in a name that spans these bytes; none where it is written as a word, or torn by a gutter.
pub fn number(text: &str, name: Span, kind: Option<Kind>, number: &Number) -> Option<Span> {
    let written = &text[name.range()];
    let kind = kind.unwrap_or(Kind::Section);
    let starts = |at: &usize| !written[..*at].ends_with(char::is_alphanumeric);
    let read = |at: usize| {
        let (found, length) = scan(&written[at..], kind)?;
        (found == *number).then(|| Span::new(at, at + length).shifted(name.start))
    };
    written.char_indices().map(|(at, _)| at).filter(starts).find_map(read)
}

/// Where the title stands at the end of a name that spans these bytes; none where there is none, or where something
/// else stands between its words, as it does in a merged block.
pub fn title(text: &str, name: Span, title: &str) -> Option<Span> {
    let written = text[name.range()].trim_end();
    let first = title.split_whitespace().next()?;
    let ends = |at: &usize| written[*at..].split_whitespace().eq(title.split_whitespace());
    let at = written.match_indices(first).map(|(at, _)| at).find(ends)?;
    Some(Span::new(name.start + at, name.start + written.len()))
}

/// The first place at or after a byte, and not far from it, where these words stand with nothing but white space
/// between them.
pub fn words(text: &str, from: usize, words: &str) -> Option<Span> {
    const NEAR: usize = 40;
    let mut wanted = words.split_whitespace();
    let first = wanted.next()?;
    let rest: Vec<&str> = wanted.collect();
    let stands = |at: usize| {
        let mut end = at + first.len();
        for next in &rest {
            let after = text[end..].trim_start();
            let gap = text.len() - end - after.len();
            if gap == 0 || !after.starts_with(next) {
                return None;
            }
            end += gap + next.len();
        }
        Some(Span::new(at, end))
    };
    text[from..].match_indices(first).map(|(at, _)| from + at).take_while(|at| *at <= from + NEAR).find_map(stands)
}

/// A number that is written so, the parts that it shares with `old` replaced by `new`. Digits stay digits and numerals
/// stay numerals, a hyphen between parts stays a hyphen: "4" for "IV" becomes "6" where the chapter becomes "VI". The
/// letter of a part of a figure stays, "3a" for 3 becomes "4a", unless the part itself gets another number.
pub fn renumbered(written: &str, old: &Number, new: &str) -> Option<String> {
    let (mut head, mut rest) = written.split_at(head(written, old.parts.len())?);
    let lettered = matches!(old.parts.last(), Some(Part::Arabic(_, Some(_))));
    let bare = head.trim_end_matches(|sign: char| sign.is_ascii_lowercase());
    if lettered && rest.starts_with('(') {
        rest = "";
    } else if !lettered && bare.ends_with(|sign: char| sign.is_ascii_digit()) {
        (head, rest) = written.split_at(bare.len());
    }
    let wanted = Number::parse(&new.replace('-', "."))?;
    let joint = if head.contains('-') && !head.contains('.') { "-" } else { "." };
    let parts: Vec<&str> = head.split(['.', '-']).collect();
    let typed: Vec<&str> = new.split(['.', '-']).collect();
    let part = |(index, wanted): (usize, &Part)| {
        let before = parts.get(index).copied().unwrap_or("");
        let digits = before.starts_with(|sign: char| sign.is_ascii_digit());
        let numeral = matches!(old.parts.get(index), Some(Part::Roman(_))) && !digits && !before.is_empty();
        match *wanted {
            Part::Roman(value) if digits => value.to_string(),
            Part::Arabic(value, None) if numeral => cased(roman(value), before),
            Part::Roman(value) if numeral => cased(roman(value), before),
            _ => typed.get(index).copied().unwrap_or("").to_owned(),
        }
    };
    // "A1" has two parts and no joint: what was typed stands as it is.
    if typed.len() != wanted.parts.len() {
        return Some(format!("{new}{rest}"));
    }
    let parts: Vec<String> = wanted.parts.iter().enumerate().map(part).collect();
    Some(parts.join(joint) + rest)
}

/// A numeral in small letters where the one before it was.
fn cased(numeral: String, like: &str) -> String {
    if like.starts_with(|sign: char| sign.is_ascii_lowercase()) { numeral.to_lowercase() } else { numeral }
}

/// The bytes that the first parts of a written number take.
fn head(written: &str, count: usize) -> Option<usize> {
    let bytes = written.as_bytes();
    let mut at = 0;
    for index in 0..count {
        let start = at;
        let glued = index == 0
            && bytes.first().is_some_and(u8::is_ascii_uppercase)
            && bytes.get(1).is_some_and(u8::is_ascii_digit);
        at += if glued { 1 } else { bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count() };
        if at == start {
            return None;
        }
        if index + 1 < count && matches!(bytes.get(at), Some(b'.' | b'-')) {
            at += 1;
        }
    }
    Some(at)
}

/// The word at a byte: the letters, digits, apostrophes and hyphens around it. Empty between two spaces.
pub fn word_at(text: &str, offset: usize) -> Span {
    let inner = |sign: char| sign.is_alphanumeric() || matches!(sign, '\'' | '’' | '-' | '\u{ad}');
    let before: usize = text[..offset].chars().rev().take_while(|sign| inner(*sign)).map(char::len_utf8).sum();
    let after: usize = text[offset..].chars().take_while(|sign| inner(*sign)).map(char::len_utf8).sum();
    Span::new(offset - before, offset + after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_and_title_are_found_in_a_name() {
        let check = |name: &str, kind: Option<Kind>, wanted: &str, title_of: &str| {
            let span = Span::new(0, name.len());
            let found = number(name, span, kind, &Number::parse(wanted).expect("a number"));
            let title = title(name, span, title_of).map(|span| &name[span.range()]);
            (found.map(|span| name[span.range()].to_owned()), title.map(str::to_owned))
        };
        let some = |number: &str, title: &str| (Some(number.to_owned()), Some(title.to_owned()));
        assert_eq!(check("1.3 Industrie", None, "1.3", "Industrie"), some("1.3", "Industrie"));
        assert_eq!(check("Hoofdstuk IV: De dienst", None, "IV", "De dienst"), some("IV", "De dienst"));
        assert_eq!(check("Figuur 3-1. Hoogte", Some(Kind::Figure), "3.1", "Hoogte"), some("3-1", "Hoogte"));
        assert_eq!(
            check("1.2 Een titel\nop twee", None, "1.2", "Een titel op twee"),
            some("1.2", "Een titel\nop twee")
        );
        assert_eq!(check("1.2 Een |andere kolom|\nop twee", None, "1.2", "Een op twee"), (Some("1.2".into()), None));
        assert_eq!(check("Derde deel", Some(Kind::Part), "3", ""), (None, None));
    }

    #[test]
    fn a_number_is_written_anew_in_its_own_manner() {
        let check =
            |written: &str, old: &str, new: &str| renumbered(written, &Number::parse(old).expect("a number"), new);
        for (written, old, new, expected) in [
            ("1.3", "1.3", "1.4", "1.4"),
            ("1.3.2", "1.3", "1.4", "1.4.2"),
            ("IV", "IV", "VI", "VI"),
            ("iv", "IV", "VI", "vi"),
            ("4", "IV", "VI", "6"),
            ("IV.2", "IV", "6", "VI.2"),
            ("3-1", "3", "4", "4-1"),
            ("A.2", "A", "B", "B.2"),
            ("A1", "A", "B", "B1"),
            ("2", "2", "2.1", "2.1"),
            ("3a", "3", "4", "4a"),
            ("3(a)", "3", "4", "4(a)"),
            ("3(a)", "3a", "4a", "4a"),
            ("3-1a", "3", "4", "4-1a"),
        ] {
            assert_eq!(check(written, old, new).as_deref(), Some(expected), "{written}: {old} to {new}");
        }
        assert_eq!(check("1.3", "1.3", "een"), None);
    }

    #[test]
    fn words_are_found_over_a_line_end_and_not_over_other_words() {
        let text = "1.3 (Veilige\n  haven) en zo";
        assert_eq!(words(text, 3, "Veilige haven").map(|span| &text[span.range()]), Some("Veilige\n  haven"));
        assert_eq!(words("1.3 (Veilige kolom haven)", 3, "Veilige haven"), None);
    }
}
