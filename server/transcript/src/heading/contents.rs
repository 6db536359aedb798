//! Contents lists: runs of lines that name sections and, most often, the pages where they begin.

use super::{Heading, Role, Row, opening};
use crate::language;
use crate::letters::small;
use crate::number::roman_value;
use crate::span::Span;

/// Finds the contents lists: their rows get their role, their entries are given back as headings.
pub(super) fn find(rows: &[Row], roles: &mut [Role], entries: &mut Vec<Heading>) {
    let loud: Vec<usize> = (0..rows.len()).filter(|&index| !rows[index].silent).collect();
    let found: Vec<Option<Entry>> = loud.iter().map(|&index| entry(rows[index].text)).collect();
    let mut at = 0;
    while at < loud.len() {
        let titled = is_title(rows[loud[at]].text);
        let start = at + usize::from(titled);
        let end = run(rows, &loud, &found, start, titled);
        if end > start {
            for place in start..end {
                let (row, found) = (&rows[loud[place]], &found[place]);
                roles[loud[place]] = Role::Contents;
                let name = found.as_ref().map_or(row.text, |entry| &row.text[..entry.name]);
                entries.push(read(row, name));
            }
            at = end;
        } else {
            at += 1;
        }
    }
    entries.retain(|entry| !entry.title.is_empty() || entry.number.is_some());
}

/// A line that ends with the page that it sends to.
struct Entry {
    /// Where the name ends.
    name: usize,
    page: u32,
    /// Whether dots or a wide gap lead to the page.
    led: bool,
    numbered: bool,
}

/// Whether a line is the title of a contents list.
pub(super) fn is_title(text: &str) -> bool {
    let text = text.trim_start_matches(['#', ' ', '*', '_']).trim_end_matches(['*', '_', ':', ' ']);
    if text.len() > 40 || !text.starts_with(char::is_uppercase) {
        return false;
    }
    let text = small(text);
    language::all().iter().any(|language| language.contents.contains(&text))
}

/// Whether a row is an entry.
pub(super) fn is_entry(row: &Row) -> bool {
    entry(row.text).is_some()
}

/// Whether a row can be the title of a list, or of an entry that shows by itself to be one.
pub(super) fn may_hold(row: &Row) -> bool {
    is_title(row.text) || entry(row.text).is_some_and(|entry| entry.led || entry.numbered)
}

/// Where the run of entries that starts at `start` ends; `start` where there is none.
fn run(rows: &[Row], loud: &[usize], found: &[Option<Entry>], start: usize, titled: bool) -> usize {
    let (mut at, mut page, mut led, mut entries, mut last) = (start, 0, 0, 0, start);
    while at < loud.len() {
        let row = &rows[loud[at]];
        let near = at == start || row.line <= rows[loud[at - 1]].line + 3;
        match &found[at] {
            Some(entry) if near && entry.page + 2 >= page && (entry.led || entry.numbered || titled) => {
                (page, entries, led) = (entry.page, entries + 1, led + usize::from(entry.led));
                last = at + 1;
            }
            // An entry may be broken over two lines, or stand there without its page.
            _ if near
                && at > start
                && last + 2 > at
                && row.width < 100
                && !row.ends_sentence()
                && !is_bulleted(row.text) => {}
            _ => break,
        }
        at += 1;
    }
    let bare = bare_run(rows, loud, start);
    let enough = if titled { 1 } else { 3 };
    match () {
        () if entries >= enough && (led * 2 >= entries || titled || entries >= 4) => last,
        () if titled && bare > start + 1 || bare >= start + 4 => bare,
        () => start,
    }
}

/// Where a run of numbered names without pages ends, one close upon the other: no section between them holds a word.
fn bare_run(rows: &[Row], loud: &[usize], start: usize) -> usize {
    let mut at = start;
    while let Some(&index) = loud.get(at) {
        let row = &rows[index];
        let numbered = opening(row.text.trim_start_matches(['-', '*', ' ', '['])).is_some_and(|opening| {
            !opening.loose
                && row.text[opening.title.min(row.text.len())..].chars().next().is_none_or(char::is_uppercase)
        });
        let close = at == start || row.line == rows[loud[at - 1]].line + 1;
        if !numbered || !close || row.text.starts_with('#') || row.ends_sentence() || row.text.contains("  ") {
            break;
        }
        at += 1;
    }
    at
}

fn is_bulleted(text: &str) -> bool {
    text.starts_with(['|', '#', '>'])
}

/// Reads a line that ends with a page number, dots or space before it.
fn entry(text: &str) -> Option<Entry> {
    let text = text.trim_end_matches(['\\', ' ', '|']);
    let from = text
        .rfind(|sign: char| !sign.is_ascii_alphanumeric())
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let word = &text[from..];
    let page = match word.parse::<u32>() {
        Ok(page) if word.len() <= 4 => page,
        _ if word.starts_with(|sign: char| sign.is_ascii_lowercase()) => roman_value(word)?,
        _ => return None,
    };
    let leader = |sign: char| sign.is_whitespace() || matches!(sign, '.' | '…' | '_' | '·' | '-' | '–');
    let name = text[..from].trim_end_matches(leader);
    let between = &text[name.len()..from];
    let dots =
        between.chars().filter(|sign| !sign.is_whitespace()).map(|sign| if sign == '…' { 3 } else { 1 }).sum::<usize>();
    let led = dots >= 3 || between.contains('\t') || between.chars().filter(|sign| sign.is_whitespace()).count() >= 3;
    let parted = led || dots == 0 && !between.is_empty();
    let letters = name.chars().filter(|sign| sign.is_alphabetic()).count();
    let table = name.split("  ").filter(|cell| !cell.trim().is_empty()).count() > 2 && dots < 3;
    if !parted || letters < 3 || table || name.len() > 200 {
        return None;
    }
    let numbered = opening(name.trim_start_matches(['-', '*', ' ', '[', '|'])).is_some();
    Some(Entry { name: name.len(), page, led: dots >= 3 || led && letters > 3, numbered })
}

/// An entry as a heading.
fn read(row: &Row, name: &str) -> Heading {
    let start = name.len() - name.trim_start_matches(['-', '*', '+', ' ', '[', '|', '\u{a0}']).len();
    let link = name[start..].find("](").map_or(name.len(), |at| start + at);
    let name = &name[start..link];
    let span = Span::new(row.span.start + start, row.span.start + start + name.len());
    Heading::read(name, span, 1)
}
