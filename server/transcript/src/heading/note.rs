//! Footnotes: the lines at the foot of a page, or under a title of their own, that open with the number of a mark.

use super::{Heading, Places, Role, Row};
use crate::language;
use crate::letters::small;
use crate::lines::Lines;
use crate::markup::Markup;
use crate::number::{Kind, Number};
use crate::page::Page;
use crate::span::Span;

/// Finds the notes: their rows get their role, and each note is given back.
pub(super) fn find(
    lines: &Lines,
    rows: &[Row],
    pages: &[Page],
    (markup, places): (&Markup, &Places),
    roles: &mut [Role],
    notes: &mut Vec<Heading>,
) {
    for footnote in &markup.footnotes {
        let text = lines.slice(footnote.span);
        let title = text.find("]:").map_or(text, |at| &text[at + 2..]);
        if let Some(number) = Number::parse(&footnote.label) {
            notes.push(note(number, title, footnote.span));
        }
        if let Some(row) = places.row_at(footnote.span.start).filter(|row| rows[*row].span.meets(footnote.span)) {
            roles[row] = Role::Other;
        }
    }
    let mut end = rows.len();
    for (index, page) in pages.iter().enumerate().rev() {
        let start = rows[..end].partition_point(|row| row.page < index);
        foot(lines, page, &rows[start..end], &mut roles[start..end], notes);
        end = start;
    }
    titled(rows, roles, notes);
}

/// The notes at the foot of a page: paragraphs at its end of which each line opens with the next number, or goes on
/// with a note.
fn foot(lines: &Lines, page: &Page, rows: &[Row], roles: &mut [Role], notes: &mut Vec<Heading>) {
    let mut end = rows.len();
    let mut found: Vec<(usize, u32)> = Vec::new();
    // A block may reach over the page's start, and be read in another order.
    let top = lines.span(page.lines.start).start;
    let body = |first: usize| lines.slice(Span::new(top, rows[first].span.start.max(top)));
    loop {
        while end > 0 && rows[end - 1].silent {
            end -= 1;
        }
        let Some(start) = (0..end).rev().find(|&index| rows[index].opens) else { break };
        let Some((first, _)) = mark(rows[start].text) else { break };
        let mut paragraph = vec![(start, first)];
        for (index, row) in rows.iter().enumerate().take(end).skip(start + 1) {
            // A note may be missing whose mark is there, or was lost with it.
            let last = paragraph[paragraph.len() - 1].1;
            let follows = |number: u32| number == last + 1 || number == last + 2 && may_be_marked(body(start), number);
            if let Some((number, _)) = mark(row.text).filter(|(number, _)| follows(*number)) {
                paragraph.push((index, number));
            }
        }
        let follows = found.first().is_none_or(|(_, next)| paragraph[paragraph.len() - 1].1 + 1 == *next);
        if !follows || end - start > 4 * paragraph.len() + 2 {
            break;
        }
        paragraph.extend(found);
        (found, end) = (paragraph, start);
    }
    let Some(&(first, number)) = found.first() else { return };
    let bracketed = rows[first].text.starts_with(['[', '¹', '²', '³']);
    let marked = found.iter().filter(|(_, number)| may_be_marked(body(first), *number)).count();
    let shown = bracketed || may_be_marked(body(first), number) || marked > 1 && marked * 2 >= found.len();
    if !shown || roles[first..].contains(&Role::Section) {
        return;
    }
    for (place, &(index, number)) in found.iter().enumerate() {
        let next = found.get(place + 1).map_or(rows.len(), |(next, _)| *next);
        roles[index..next].fill(Role::Other);
        let (_, title) = mark(rows[index].text).unwrap_or((number, 0));
        notes.push(note(Number::arabic(number), &rows[index].text[title..], rows[index].span));
    }
}

/// The numbered paragraphs under a title such as "Notes", up to the next heading.
fn titled(rows: &[Row], roles: &mut [Role], notes: &mut Vec<Heading>) {
    let mut next = None;
    for index in 0..rows.len() {
        let row = &rows[index];
        if row.silent {
            continue;
        }
        if is_title(row.text) && row.opens {
            next = Some(1);
            continue;
        }
        let Some(expected) = next else { continue };
        if let Some((number, title)) = mark(row.text).filter(|(number, _)| row.opens || *number == expected)
            && (number == expected || expected == 1 || row.opens && number == 1)
            && roles[index] == Role::Text
        {
            roles[index] = Role::Other;
            notes.push(note(Number::arabic(number), &row.text[title..], row.span));
            next = Some(number + 1);
        } else if row.opens
            && (row.text.starts_with('#') || super::opening(row.text).is_some_and(|opening| !opening.loose))
        {
            next = None;
        }
    }
}

/// Whether a text opens with the number of a note.
pub(super) fn is_marked(text: &str) -> bool {
    mark(text).is_some()
}

/// Whether a row can open a note, or be the title of notes.
pub(super) fn may_open(row: &Row) -> bool {
    mark(row.text).is_some() || is_title(row.text)
}

fn is_title(text: &str) -> bool {
    let text = text.trim_start_matches(['#', ' ', '*']).trim_end_matches(['*', ':', ' ']);
    text.len() < 30 && text.starts_with(char::is_uppercase) && {
        let text = small(text);
        language::all().iter().any(|language| language.notes.contains(&text))
    }
}

fn note(number: Number, title: &str, span: Span) -> Heading {
    Heading { kind: Some(Kind::Note), number: Some(number), title: super::one_line(title), span, depth: 1 }
}

/// The digits as marks of notes are printed.
const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// The number that a note opens with, and where its words start: "12 Text", "12. Text", "[12] Text", "¹² Text".
fn mark(text: &str) -> Option<(u32, usize)> {
    let open = usize::from(text.starts_with(['[', '(']));
    let mut value = 0u32;
    let mut at = open;
    let mut digits = 0;
    for sign in text[open..].chars() {
        let digit =
            sign.to_digit(10).or_else(|| RAISED.iter().position(|raised| *raised == sign).map(|digit| digit as u32));
        let Some(digit) = digit.filter(|_| digits < 3) else { break };
        (value, at, digits) = (value * 10 + digit, at + sign.len_utf8(), digits + 1);
    }
    let raised = text[..at].chars().any(|sign| RAISED.contains(&sign));
    let sign = text[at..].starts_with(['.', ')', ']', ':']);
    let closed = at + usize::from(sign);
    let title = closed + super::gap(&text[closed..]);
    let starts = text[title..]
        .chars()
        .next()
        .is_some_and(|sign| sign.is_alphabetic() || matches!(sign, '“' | '"' | '‘' | '«' | '„' | '<' | '('));
    let bracketed = open == 0 || text[at..].starts_with([']', ')']);
    (digits > 0 && value > 0 && starts && bracketed && (title > closed || raised)).then_some((value, title))
}

/// Where the mark of a note stands in a text: its number close upon a word or the stop after one, in brackets, or raised.
pub fn mark_of(text: &str, number: u32) -> Option<Span> {
    let digits = number.to_string();
    let raised: String = digits.chars().filter_map(|digit| RAISED.get(digit.to_digit(10)? as usize).copied()).collect();
    let close = text.match_indices(&digits).find(|(at, _)| {
        let mut before = text[..*at].chars().rev();
        let after = text[at + digits.len()..].chars().next();
        let close = match before.next() {
            Some('[' | '(' | '^') => after.is_some_and(|sign| matches!(sign, ']' | ')')),
            Some(sign) if sign.is_alphabetic() => true,
            Some('.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '"' | '”' | '’' | '»' | '“' | '%') => {
                before.next().is_some_and(|sign| sign.is_alphabetic() || matches!(sign, ')' | '”' | '’' | '»' | '.'))
                    || text[..*at].ends_with(['”', '’', '»', ')'])
            }
            _ => false,
        };
        close && after.is_none_or(|sign| !sign.is_alphanumeric() && sign != '%')
    });
    let found = close.or_else(|| text.match_indices(&raised).next())?;
    Some(Span::new(found.0, found.0 + found.1.len()))
}

/// Whether a text may hold the mark of a note: its number close upon anything but a digit.
pub fn may_be_marked(text: &str, number: u32) -> bool {
    let digits = number.to_string();
    let close = text.match_indices(&digits).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + digits.len()..].chars().next();
        before.is_some_and(|sign| {
            !sign.is_whitespace() && !sign.is_ascii_digit() && !matches!(sign, '-' | '–' | '/' | '€' | '$' | '£')
        }) && after.is_none_or(|sign| !sign.is_alphanumeric() && sign != '%')
    });
    close || mark_of(text, number).is_some()
}
