//! The numbers of a mention: one, a list or a range.

use crate::heading::{gap, scan, word};
use crate::language::{self, Language, Noun};
use crate::number::{Kind, Number, Part};

/// Each number and where it stands.
pub(super) type Numbers = Vec<(Number, usize, usize)>;

/// Reads the numbers after a noun that ends at `at`, and where the last of them ends. None where there is none.
pub(super) fn read(text: &str, at: usize, noun: &Noun, language: &Language) -> Option<(Numbers, usize)> {
    let dot = usize::from(noun.short && text[at..].starts_with('.'));
    let mut at = at + dot;
    let space = gap(&text[at..]);
    let sign = text[..at].ends_with('§');
    if space == 0 && !sign && !(noun.short && text[at..].starts_with(|sign: char| sign.is_ascii_digit())) {
        return None;
    }
    // Without its stop an abbreviation is too little of a word, unless it is a capital ("H3") or long enough and has a
    // number of digits ("pkt 1.2", "fig 3").
    if noun.short && dot == 0 {
        let letters = text[..at].chars().rev().take_while(|sign| sign.is_alphabetic()).count();
        let counts = space > 0 && letters >= 3 && text[at + space..].starts_with(|sign: char| sign.is_ascii_digit());
        let capital = space == 0 && text[..at].ends_with(char::is_uppercase);
        if !counts && !capital {
            return None;
        }
    }
    at += space;
    let numeral = little(text, at, &language.numeral);
    at += numeral;
    at += little(text, at, &language.from);
    let (number, end) = ends_of_range(text, at, noun, language).or_else(|| number(text, at, noun, language, true))?;
    if is_measured(text, end, language) || !is_counted(&number, noun.kind) {
        return None;
    }
    let mut members = vec![(number, at, end)];
    more(text, noun, language, numeral > 0, &mut members);
    let end = members.last().map_or(end, |member| member.2);
    Some((members, end))
}

/// The first number of "figures 2-4": after a plural the hyphen of one number alone is a range's, though figures are
/// also counted "3-1".
fn ends_of_range(text: &str, at: usize, noun: &Noun, language: &Language) -> Option<(Number, usize)> {
    let (whole, length) = scan(&text[at..], noun.kind).filter(|_| noun.many && !noun.one && !noun.short)?;
    let (first, end) = Number::scan(&text[at..]).filter(|(_, end)| *end < length)?;
    let rising = matches!((&first.parts[..], whole.parts.last()), ([Part::Arabic(from, _)], Some(Part::Arabic(to, _))) if from < to);
    let next = joint(text, at + length, language).and_then(|(after, _)| scan(&text[after..], noun.kind));
    let alone = next.is_none_or(|(next, _)| next.parts.len() == 1);
    (rising && alone).then_some((first, at + end))
}

/// Reads the further members. After a noun in the singular a comma alone joins nothing; a list ends with "and".
fn more(text: &str, noun: &Noun, language: &Language, numeral: bool, members: &mut Numbers) {
    let mut sure = members.len();
    loop {
        let at = members[members.len() - 1].2;
        let Some((after, join)) = joint(text, at, language) else { break };
        let repeated = again(text, after);
        let repeated = repeated + if numeral { little(text, repeated, &language.numeral) } else { 0 };
        let Some((number, end)) = number(text, repeated, noun, language, false) else { break };
        let like = same_form(&members[0].0, &number) && is_counted(&number, noun.kind);
        if !like || is_measured(text, end, language) {
            break;
        }
        members.push((number, repeated, end));
        if noun.many || join != Join::Comma {
            sure = members.len();
        }
        if join == Join::Range && !noun.many && !goes_on(text, end, language) {
            break;
        }
    }
    members.truncate(sure);
}

/// Whether more members follow a range after a singular: after a comma, or a number of several parts after "and".
fn goes_on(text: &str, end: usize, language: &Language) -> bool {
    let Some((after, join)) = joint(text, end, language) else { return false };
    join == Join::Comma || Number::scan(&text[after..]).is_some_and(|(number, _)| number.parts.len() > 1)
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Join {
    Comma,
    And,
    Range,
}

/// What joins a member to the next, and where that one starts.
pub(super) fn joint(text: &str, at: usize, language: &Language) -> Option<(usize, Join)> {
    let space = gap(&text[at..]);
    let mark = at + space;
    if let Some(dash) =
        text[mark..].chars().next().filter(|sign| matches!(sign, '–' | '—' | '-' | '\u{2010}' | '\u{2011}'))
    {
        let after = mark + dash.len_utf8();
        return Some((after + gap(&text[after..]), Join::Range));
    }
    let comma = text[mark..].starts_with([',', ';']);
    let mut after = mark + usize::from(comma);
    after += gap(&text[after..]);
    for (words, join) in [(&language.to, Join::Range), (&language.and, Join::And)] {
        let length = little(text, after, words);
        if length > 0 {
            return Some((after + length, join));
        }
    }
    let parted = after > mark + 1 || text[after..].starts_with(|sign: char| sign.is_ascii_digit());
    (comma && parted).then_some((after, Join::Comma))
}

/// Where a member's number starts when the section sign stands before it again. "fig. 3 en fig. 4" are two mentions.
fn again(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start_matches('§');
    let after = text.len() - rest.len();
    if after > at { after + gap(rest) } else { at }
}

/// The length of the longest of these words that stands here, with the space after it; nought where none does.
pub(super) fn little(text: &str, at: usize, words: &[String]) -> usize {
    let Some(first) = text[at..].chars().next() else { return 0 };
    let opens = |phrase: &&String| phrase.starts_with(|sign| language::is_alike(first, sign));
    let longest = words.iter().filter(opens).filter_map(|phrase| {
        let mut end = at;
        for (index, part) in phrase.split(' ').enumerate() {
            if index > 0 {
                let space = gap(&text[end..]);
                if space == 0 {
                    return None;
                }
                end += space;
            }
            let mut signs = text[end..].chars();
            for expected in part.chars() {
                let sign = signs.next()?;
                if !language::is_alike(sign, expected) {
                    return None;
                }
            }
            end = text.len() - signs.as_str().len();
        }
        let space = gap(&text[end..]);
        let open = phrase.ends_with(['\'', '’', '.', '&', '°', 'º']);
        (space > 0 || open).then_some(end + space - at)
    });
    longest.max().unwrap_or(0)
}

/// A number, or a number word after a noun in full.
fn number(text: &str, at: usize, noun: &Noun, language: &Language, first: bool) -> Option<(Number, usize)> {
    if let Some((number, length)) = and_on(&text[at..], noun.kind).or_else(|| panel(&text[at..], noun.kind)) {
        return Some((number, at + length));
    }
    if let Some((number, length)) = scan(&text[at..], noun.kind) {
        let end = at + length;
        // A capital that opens a word of prose is no number, and a bare one before a name hardly is.
        let letter = matches!(number.parts[..], [Part::Letter(_)]);
        let initial = letter
            && first
            && text[end..].starts_with('.')
            && text[end + 1..].trim_start().starts_with(char::is_uppercase)
            && noun.many
            && !noun.one
            && !noun.short;
        let unfit = matches!(noun.kind, Kind::Page | Kind::Note) || noun.short && noun.kind != Kind::Annex;
        let elided =
            text[end..].starts_with(['\'', '’']) && text[end..].chars().nth(1).is_some_and(char::is_alphabetic);
        // Numerals in small letters number pages; elsewhere they are words: "di", "vi", "mi".
        let small = matches!(number.parts[0], Part::Roman(_)) && text[at..].starts_with(char::is_lowercase);
        let word = small && noun.kind != Kind::Page;
        return (!(letter && (unfit || initial || elided)) && !word).then_some((number, end));
    }
    if !noun.one || matches!(noun.kind, Kind::Page | Kind::Note) {
        return None;
    }
    let length = word(&text[at..]);
    let lower = text[at..at + length].to_lowercase();
    let roman = matches!(noun.kind, Kind::Part | Kind::Chapter | Kind::Annex)
        .then(|| crate::number::roman_value(&lower))
        .flatten();
    let value = language::number_word(&lower, &language.code)?;
    let ordinary = language.and.contains(&lower) || language.from.contains(&lower);
    (roman.is_none() && !ordinary && matches!(noun.kind, Kind::Part | Kind::Chapter))
        .then(|| (Number::arabic(value), at + length))
}

/// A number with "and the following" close upon it: "15ff.", of pages also "15f.".
fn and_on(text: &str, kind: Kind) -> Option<(Number, usize)> {
    let length = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let rest = &text[length..];
    let after = rest.strip_prefix("ff").or_else(|| rest.strip_prefix('f').filter(|_| kind == Kind::Page))?;
    let number = Number::parse(&text[..length])?;
    (!after.starts_with(char::is_alphanumeric)).then_some((number, length))
}

/// A part of a figure with its letter in brackets: "figure 1(a)" is 1a.
fn panel(text: &str, kind: Kind) -> Option<(Number, usize)> {
    let (mut number, end) = scan(text, kind).filter(|_| matches!(kind, Kind::Figure | Kind::Table | Kind::Box))?;
    let &[b'(', letter @ b'a'..=b'z', b')'] = text.as_bytes().get(end..end + 3)? else { return None };
    let Some(Part::Arabic(_, none @ None)) = number.parts.last_mut() else { return None };
    *none = Some(letter as char);
    Some((number, end + 3))
}

/// Whether what is counted here may have such a number: no year is a chapter.
fn is_counted(number: &Number, kind: Kind) -> bool {
    match (&number.parts[..], kind) {
        ([Part::Arabic(value, _)], Kind::Page | Kind::Note) => *value < 3000,
        ([Part::Arabic(value, _), ..], _) => *value < 500,
        (_, Kind::Page) => matches!(number.parts[..], [Part::Roman(_)]),
        _ => true,
    }
}

/// Whether a number is an amount: a sign or a unit stands after it.
fn is_measured(text: &str, end: usize, language: &Language) -> bool {
    let rest = &text[end..];
    let space = gap(rest);
    let next = &rest[space..];
    let sign = next.starts_with(['%', '‰', '€', '$', '£', '°']);
    sign || space > 0 && little(next, 0, &language.unit) > 0 || unit_at_end(next, language)
}

/// A unit at the end of a paragraph or before a stop, where no space follows it.
fn unit_at_end(text: &str, language: &Language) -> bool {
    let length = word(text);
    length > 0 && language.unit.contains(&text[..length].to_lowercase())
}

/// Whether two numbers are of a form, so that they can stand in one list.
fn same_form(one: &Number, other: &Number) -> bool {
    let rank = |number: &Number| match number.parts[0] {
        Part::Arabic(..) => 0,
        Part::Roman(_) => 1,
        Part::Letter(_) => 2,
    };
    // "bijlagen H, I en J": a numeral among letters is a letter; "B.1 en 2" stays what it is.
    rank(one) == rank(other)
        || rank(one) + rank(other) == 3 && one.parts.len() == other.parts.len()
        || rank(one) == 2 && other.parts.len() == 1 && one.parts.len() > 1
}
