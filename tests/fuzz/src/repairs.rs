//! Repairs: of blocks that are made up, whatever their cells, and of all that is found on a page that was set in columns
//! and merged. Edits are in order, do not overlap and lie in the text; every word is kept; what is repaired to the end
//! stays as it is when it is repaired again.

use std::sync::Arc;

use report::name::Name;
use report::repairs;
use report::workspace::Workspace;
use transcript::check::{DOUBTFUL_SPLIT, MERGED_COLUMNS};
use transcript::columns::repair;
use transcript::columns::{Block, Cell, Place, Row};
use transcript::finding::{Edit, Grade, apply};
use transcript::lines::{Format, Lines};
use transcript::span::Span;
use transcript::text::Text;

use crate::analysis::{blocks, inside};
use crate::choices::Choices;
use crate::learnt;

/// So many times a repair may bring another into sight.
const ROUNDS: usize = 8;

/// Repairs something.
pub fn run(data: &[u8]) {
    let mut choices = Choices(data);
    match choices.byte() % 3 {
        0 => made_up(&mut choices),
        1 => page(&choices.rest()),
        _ => page(&set(&mut choices)),
    }
}

/// A block over some of the lines of a text, cut wherever the fuzzer likes.
fn made_up(choices: &mut Choices) {
    let columns = 2 + choices.below(3) as u8;
    let cuts = Choices(&choices.0[..choices.0.len() / 4]);
    let text = Choices(&choices.0[choices.0.len() / 4..]).rest();
    let lines = Lines::new(&text);
    let mut cuts = cuts;
    let mut rows: Vec<Row> = Vec::new();
    for line in 0..lines.len() {
        let cells = cells(&mut cuts, &lines, line, columns);
        if rows.is_empty() && cells.is_empty() {
            continue;
        }
        rows.push(Row { line, cells, confidence: 1.0, others: Vec::new() });
    }
    let end = rows.iter().rposition(|row| !row.cells.is_empty()).map_or(0, |last| last + 1);
    rows.truncate(end);
    if rows.is_empty() {
        return;
    }
    let block = Block { columns, rows, confidence: 1.0 };
    blocks(&lines, std::slice::from_ref(&block));
    kept(&text, &repair::edits(&lines, &block));
}

/// The words of a line, each in the place of the word before it or in another.
fn cells(cuts: &mut Choices, lines: &Lines, line: usize, columns: u8) -> Vec<Cell> {
    let start = lines.span(line).start;
    let text = lines.line(line);
    let mut cells: Vec<Cell> = Vec::new();
    for word in text.split_whitespace() {
        let at = start + (word.as_ptr() as usize - text.as_ptr() as usize);
        let span = Span::new(at, at + word.len());
        let place = match cuts.byte() % (columns + 4) {
            0 => Some(Place::Aside),
            column if column <= columns => Some(Place::Column(column - 1)),
            _ => None,
        };
        match (cells.last_mut(), place) {
            (Some(cell), None) => cell.span.end = span.end,
            (Some(cell), Some(place)) if cell.place == place => cell.span.end = span.end,
            (_, place) => cells.push(Cell { place: place.unwrap_or(Place::Column(0)), span }),
        }
    }
    cells
}

/// Prose of our own, which the model holds for prose.
const PROSE: &str = include_str!("../../../examples/report/1-haven.txt");

/// A page set in two columns and merged, with some bytes that do not belong there.
fn set(choices: &mut Choices) -> String {
    let words: Vec<&str> = PROSE.split_whitespace().collect();
    let width = 20 + choices.below(40);
    let rows = 4 + choices.below(12);
    let mut columns = [choices.below(words.len()), choices.below(words.len())].map(|first| words[first..].iter());
    let mut page = String::new();
    for _ in 0..rows {
        let what = choices.byte();
        for (number, column) in columns.iter_mut().enumerate() {
            if what >> (4 + number) == 0b1111 >> number {
                continue; // a gap in this column
            }
            let mut line = String::new();
            while line.len() < width {
                let Some(word) = column.next() else { break };
                line.push_str(word);
                line.push(' ');
            }
            page.push_str(line.trim_end());
            page.push_str(["  ", " ", "\t"][usize::from(what) % 3]);
        }
        page.push_str(["\n", "\r\n", "\n\n", "\r", "\n\u{c}"][if what % 16 == 15 { choices.below(5) } else { 0 }]);
    }
    while !choices.is_empty() {
        let at = choices.below(page.len().max(1));
        let at = (0..=at).rev().find(|at| page.is_char_boundary(*at)).expect("0 is one");
        let length = choices.below(6);
        page.insert_str(at, &choices.text(length));
    }
    page
}

/// Every repair of what is found in a text, and all of them until nothing is left.
fn page(text: &str) {
    let once = repaired(text);
    assert_eq!(words(text), words(&once), "{text:?}");
    let twice = repaired(&once);
    assert_eq!(once, twice, "repaired again, {text:?} becomes something else");
}

/// A text after all of its repairs of columns, made as `fix --unsafe` makes them.
fn repaired(text: &str) -> String {
    let mut workspace = Workspace::new(learnt::model());
    let name = Name::Unsaved("fuzz".to_owned());
    workspace.open(name.clone(), Format::Plain, text);
    let mut after = text.to_owned();
    for _ in 0..ROUNDS {
        let mut findings = workspace.findings(&name);
        let document = Arc::clone(workspace.document(&name).expect("it is open"));
        for finding in findings.iter().map(|reported| &reported.finding) {
            for repair in &finding.repairs {
                let edits = document.edits(repair);
                edits.iter().for_each(|edit| inside(&after, edit.span));
                in_order(&edits);
                if [MERGED_COLUMNS, DOUBTFUL_SPLIT].contains(&finding.code) {
                    kept(&after, &edits);
                }
            }
        }
        findings.retain(|reported| reported.finding.code == MERGED_COLUMNS);
        let edits = repairs::of(&document, &findings, Grade::Unsafe).edits;
        if edits.is_empty() {
            return after;
        }
        kept(&after, &edits);
        after = apply(&after, &edits);
        workspace.replace_text(&name, Text::new(&after));
    }
    after
}

/// Edits that can be made, and that keep every word.
fn kept(text: &str, edits: &[Edit]) {
    edits.iter().for_each(|edit| inside(text, edit.span));
    in_order(edits);
    let after = apply(text, edits);
    assert_eq!(words(text), words(&after), "{text:?} becomes {after:?}");
}

fn in_order(edits: &[Edit]) {
    for pair in edits.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "edits that overlap: {edits:?}");
    }
}

fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.sort_unstable();
    words
}
