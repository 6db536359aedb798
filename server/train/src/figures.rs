//! What stands in a column besides running text: tables, what is left of figures, formulas, code, signs that nobody can
//! read any more, short lives of people, captions. A page has much of this inside its columns and next to none of it outside, so
//! the judge has to learn that lines which are no prose are cells all the same.

use crate::plain;
use crate::prose::Source;
use crate::setter::Piece;
use fastrand::Rng;

/// Something of this kind, in the order in which it stands in the column. Its lines have the body's height on few pages:
/// labels, small type and raised signs stand where they stand.
pub(crate) fn any(source: &Source, rng: &mut Rng) -> Vec<Piece> {
    let height = if rng.bool() { 1.0 } else { 0.55 + rng.f32() * 0.9 };
    let long = if rng.f32() < 0.3 { 3 } else { 1 };
    let kind = rng.usize(..13);
    let rows: Vec<String> = match kind {
        0..3 => (0..long).flat_map(|_| table(source, rng)).collect(),
        3..6 => (0..long).flat_map(|_| figure(source, rng)).collect(),
        6..8 => formula(rng),
        8 => (0..4 + rng.usize(..12 * long)).map(|_| plain::code(source, rng).trim_start().to_owned()).collect(),
        9 => unreadable(source, rng),
        10 => return references(source, rng),
        _ => return lives(source, rng),
    };
    let mut pieces: Vec<Piece> = rows.into_iter().map(|text| Piece::Row { text, height }).collect();
    if kind < 6 && rng.f32() < 0.6 {
        let caption = caption(source, rng);
        pieces.insert(if rng.f32() < 0.3 { 0 } else { pieces.len() }, caption);
    }
    pieces
}

/// What a figure or a table shows.
fn caption(source: &Source, rng: &mut Rng) -> Piece {
    let text = number_of_figure(rng) + &scrap(source, 6 + rng.usize(..40), rng);
    if rng.bool() { Piece::Note(text) } else { Piece::Paragraph(text) }
}

/// What a caption begins with.
pub(crate) fn number_of_figure(rng: &mut Rng) -> String {
    let name = *rng.choice(&["Figure", "Fig.", "Table", "Tabel", "Figuur", "Abb.", "Tab."]).unwrap_or(&"Figure");
    format!("{name} {}{} ", 1 + rng.usize(..12), [":", "."][rng.usize(..2)])
}

/// The first words of some paragraph, as a title would read.
pub(crate) fn scrap(source: &Source, words: usize, rng: &mut Rng) -> String {
    let text = rng.choice(&source.paragraphs).cloned().unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().take(words).collect();
    words.join(" ").trim_end_matches([',', ';', ':', '.']).to_owned()
}

/// Authors, their institutes, their addresses: short runs of words in capitals with commas and numbers.
pub(crate) fn names(source: &Source, rng: &mut Rng) -> String {
    let names: Vec<String> = (0..1 + rng.usize(..6)).map(|_| name(source, rng)).collect();
    names.join(if rng.f32() < 0.7 { ", " } else { " " })
}

fn name(source: &Source, rng: &mut Rng) -> String {
    let words = scrap(source, 1 + rng.usize(..3), rng);
    let mark = if rng.f32() < 0.3 { (1 + rng.usize(..5)).to_string() } else { String::new() };
    words.split_whitespace().map(capital).collect::<Vec<_>>().join(" ") + &mark
}

/// A word with a capital.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Some people, each with a name, a few short lines and what the person did, often in smaller type.
fn lives(source: &Source, rng: &mut Rng) -> Vec<Piece> {
    let (lines, small) = (rng.usize(..4), rng.bool());
    let mut pieces = Vec::new();
    for _ in 0..1 + rng.usize(..4) {
        pieces.push(Piece::Heading(name(source, rng)));
        for _ in 0..lines {
            let text = match rng.usize(..3) {
                0 => format!("{} {}", scrap(source, 1 + rng.usize(..3), rng), 1940 + rng.usize(..70)),
                _ => scrap(source, 2 + rng.usize(..9), rng),
            };
            pieces.push(Piece::Row { text, height: 1.0 });
        }
        let text = rng.choice(&source.paragraphs).cloned().unwrap_or_default();
        pieces.push(if small { Piece::Note(text) } else { Piece::Paragraph(text) });
    }
    pieces
}

/// Entries of a bibliography, numbered one after the other.
fn references(source: &Source, rng: &mut Rng) -> Vec<Piece> {
    let (first, bracketed) = (1 + rng.usize(..60), rng.bool());
    let entry = |number: usize, rng: &mut Rng| {
        let mark = if bracketed { format!("[{number}]") } else { format!("{number}.") };
        let (authors, title) = (names(source, rng), scrap(source, 4 + rng.usize(..12), rng));
        let (journal, year) = (name(source, rng), 1960 + rng.usize(..65));
        let (volume, page) = (1 + rng.usize(..99), 1 + rng.usize(..900));
        format!("{mark} {authors}. {}. {journal} {volume}:{page}–{}, {year}.", capital(&title), page + rng.usize(..30))
    };
    (0..3 + rng.usize(..12)).map(|at| Piece::Item(entry(first + at, rng))).collect()
}

/// The rows of a small table: a few words and some numbers each.
pub(crate) fn table(source: &Source, rng: &mut Rng) -> Vec<String> {
    let numbers = 1 + rng.usize(..4);
    let years: Vec<String> = (0..numbers).map(|back| (2024 - back).to_string()).collect();
    let mut rows = vec![scrap(source, 2 + rng.usize(..6), rng), years.join(" ")];
    for _ in 0..2 + rng.usize(..8) {
        let label = scrap(source, 1 + rng.usize(..4), rng);
        let cells: Vec<String> = (0..numbers).map(|_| number(rng)).collect();
        rows.push(format!("{label} {}", cells.join(" ")));
    }
    rows
}

/// A number as a table holds it.
pub(crate) fn number(rng: &mut Rng) -> String {
    let (whole, part) = (rng.u32(..900), rng.u32(..1000));
    match rng.usize(..6) {
        0 => format!("{whole},{part:03}"),
        1 => format!("({whole})"),
        2 => format!("{}.{}%", whole / 10, part / 100),
        3 => format!("{whole}.{part:03}"),
        4 => "–".to_owned(),
        _ => whole.to_string(),
    }
}

/// What is left of a figure: its labels, a line each.
fn figure(source: &Source, rng: &mut Rng) -> Vec<String> {
    let terse = rng.f32();
    let label = |rng: &mut Rng| match rng.f32() {
        drawn if drawn < 0.3 * terse => number(rng),
        drawn if drawn < 0.6 * terse => signs(rng, 3),
        _ => scrap(source, 1 + rng.usize(..3), rng),
    };
    let line = |rng: &mut Rng| {
        let labels = if rng.f32() < 0.3 { 2 + rng.usize(..4) } else { 1 };
        (0..labels).map(|_| label(rng)).collect::<Vec<_>>().join(" ")
    };
    (0..3 + rng.usize(..8)).map(|_| line(rng)).collect()
}

/// Up to so many signs as formulas have them.
fn signs(rng: &mut Rng, most: usize) -> String {
    const SIGNS: &[char] = &['x', 'k', 'n', 'i', '=', '+', '−', '(', ')', '1', '2', '0', '∑', '/', '#', 'P', ',', '.'];
    (0..1 + rng.usize(..most)).filter_map(|_| rng.choice(SIGNS)).collect()
}

/// A formula: signs, a line or three of them, at times with its number.
fn formula(rng: &mut Rng) -> Vec<String> {
    let line = |rng: &mut Rng| (0..1 + rng.usize(..6)).map(|_| signs(rng, 6)).collect::<Vec<_>>().join(" ");
    let mut lines: Vec<String> = (0..1 + rng.usize(..3)).map(|_| line(rng)).collect();
    if rng.bool() {
        let at = rng.usize(..lines.len());
        lines[at] += &format!(" ({})", 1 + rng.usize(..20));
    }
    lines
}

/// Labels in a font whose letters were lost: each letter came out as another sign, and spaces may be gone.
fn unreadable(source: &Source, rng: &mut Rng) -> Vec<String> {
    let (shift, joined) = (1 + rng.u32(..90), rng.bool());
    let other = |letter: char| match letter {
        ' ' if joined => '+',
        ' ' => ' ',
        _ => char::from_u32(33 + (letter as u32 + shift) % 94).unwrap_or('#'),
    };
    let line = |rng: &mut Rng| scrap(source, 1 + rng.usize(..4), rng).chars().map(other).collect();
    (0..2 + rng.usize(..20)).map(|_| line(rng)).collect()
}
