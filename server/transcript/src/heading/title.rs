//! Headings of plain text that have no number: they are known by standing alone before a paragraph, or by their capitals.

use std::collections::HashMap;

use super::{Heading, Headings, Marks, Role, Row};

/// Headings without a number: in capitals, or a short line that stands alone before a paragraph.
pub(super) fn unnumbered(rows: &[Row], roles: &mut [Role], found: &mut Headings) {
    let mut seen = HashMap::new();
    let titles: Vec<bool> = rows.iter().map(|row| !row.silent && is_title(row)).collect();
    // What stands inside a paragraph repeats no title.
    let alike = rows.iter().zip(&titles).filter(|(row, title)| **title && (stands_apart(row) || is_in_capitals(row)));
    alike.for_each(|(row, _)| *seen.entry(row.text).or_insert(0) += 1);
    let any =
        (0..rows.len()).any(|index| roles[index] == Role::Text && is_in_capitals(&rows[index]) && rows[index].opens);
    for index in 0..rows.len() {
        let row = &rows[index];
        if !titles[index] || roles[index] != Role::Text || seen.get(row.text).is_some_and(|count| *count > 2) {
            continue;
        }
        let above = is_below_prose(rows, index) || roles[index - 1] != Role::Text;
        let standing = standing(rows, index);
        let depth = if standing.loud || !any { 1 } else { 2 };
        if above && (standing.loud && standing.ended || standing.bare) {
            roles[index] = Role::Section;
            let heading = Heading { kind: None, number: None, title: super::one_line(row.text), span: row.span, depth };
            found.sections.push((heading, Marks::Words));
        }
    }
}

/// Whether the row before a row is the end of a sentence, or none of the same paragraph.
pub(super) fn is_below_prose(rows: &[Row], index: usize) -> bool {
    index == 0 || rows[index].opens || rows[index - 1].ends_sentence()
}

/// How a row that may be a title stands before the next row with text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Standing {
    /// Whether it is in capitals and has a word of some length.
    loud: bool,
    /// Whether its line was ended on purpose.
    ended: bool,
    /// Whether it stands by itself before a paragraph.
    bare: bool,
}

/// How a row stands; what stands before nothing is no title.
pub(super) fn standing(rows: &[Row], index: usize) -> Standing {
    let row = &rows[index];
    let Some(next) = rows[index + 1..].iter().find(|row| !row.silent) else { return Standing::default() };
    let follows = next.text.starts_with(|sign: char| {
        sign.is_uppercase() || sign.is_ascii_digit() || matches!(sign, '“' | '"' | '‘' | '«' | '„' | '(')
    });
    let loud = is_in_capitals(row)
        && row.text.split_whitespace().any(|word| word.chars().filter(|sign| sign.is_alphabetic()).count() >= 4);
    let prose = next.width >= 40.min(next.full * 2 / 3) && !is_title(next);
    let breaks = row.breaks_before(next);
    Standing { loud, ended: row.closes || breaks, bare: follows && prose && breaks && stands_apart(row) }
}

/// Whether a row can be a heading without a number.
pub(super) fn may_be_title(row: &Row) -> bool {
    is_in_capitals(row) || stands_apart(row) && is_title(row)
}

/// Whether a row is a paragraph by itself, or a cell so short that it may be.
fn stands_apart(row: &Row) -> bool {
    row.opens && row.closes || row.cell && row.width * 3 < row.full * 2
}

fn is_in_capitals(row: &Row) -> bool {
    if row.width > 70 || row.text.contains(char::is_lowercase) {
        return false;
    }
    let letters = row.text.chars().filter(|sign| sign.is_alphabetic()).count();
    letters >= 4 && letters * 2 > row.width
}

/// Whether a line could be a title by its own looks: short, words only, a capital first and no sentence's end.
pub(super) fn is_title(row: &Row) -> bool {
    let letters = || row.text.chars().filter(|sign| sign.is_alphabetic()).count();
    // What is soonest told comes first: nearly no line is a title.
    row.width <= 70
        && row.text.starts_with(char::is_uppercase)
        && row.text.split_whitespace().count() <= 8
        && matches!(letters(), letters if letters >= 4 && letters * 10 > row.width * 6)
        && row.text.ends_with(|sign: char| sign.is_alphanumeric() || matches!(sign, ')' | '?' | '”' | '’' | '"'))
        && !row.text.ends_with(|sign: char| sign.is_ascii_digit())
        && !row.text.contains("  ")
        && !row.text.contains(['@', '\t', '|', '='])
}
