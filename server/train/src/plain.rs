//! Pages that hold no columns and look as if they might: tables, lists, contents lists, verse, paragraphs on one line,
//! a sentence a line, keys and values, terms and what they mean, lines of code. The judge has to learn to leave these alone.

use crate::figures::{number, scrap, table};
use crate::prose::Source;
use fastrand::Rng;

/// The lines of such a page.
pub(crate) fn lines(source: &Source, rng: &mut Rng) -> Vec<String> {
    let count = 12 + rng.usize(..60);
    let kind = rng.usize(..11);
    let blanks = if rng.bool() { 0.0 } else { rng.f32() * 0.3 };
    let mut lines: Vec<String> = Vec::new();
    while lines.len() < count {
        match kind {
            0 => lines.extend(wide_table(source, rng)),
            1 => lines.extend(table(source, rng)),
            2 => lines.push(contents(source, lines.len(), rng)),
            3 => lines.push(scrap(source, 2 + rng.usize(..6), rng)),
            4 => lines.push(paragraph(source, rng)),
            5 => lines.extend(sentences(source, rng)),
            6 => lines.push(format!("{}: {}", scrap(source, 1 + rng.usize(..2), rng), scrap(source, 8, rng))),
            7 => lines.push(code(source, rng)),
            8 | 9 => lines.extend(terms(source, rng)),
            _ => lines.push(format!("{} {}", rng.choice(["-", "*", "•"]).unwrap_or("-"), scrap(source, 14, rng))),
        }
        if rng.f32() < blanks {
            lines.push(String::new());
        }
    }
    lines
}

/// A table over the whole width, its columns under each other or a space apart.
fn wide_table(source: &Source, rng: &mut Rng) -> Vec<String> {
    let (columns, aligned) = (2 + rng.usize(..5), rng.bool());
    let row = |rng: &mut Rng| {
        let label = scrap(source, 1 + rng.usize(..6), rng);
        let mut row = if aligned { format!("{label:<44}") } else { label };
        for _ in 0..columns {
            let cell = if rng.f32() < 0.2 { scrap(source, 2, rng) } else { number(rng) };
            row += &if aligned { format!("{cell:>12}") } else { format!(" {cell}") };
        }
        row
    };
    (0..4 + rng.usize(..12)).map(|_| row(rng)).collect()
}

fn contents(source: &Source, at: usize, rng: &mut Rng) -> String {
    let title = scrap(source, 2 + rng.usize(..7), rng);
    let dots = [" ", " ..... ", "\t", "   "][rng.usize(..4)];
    format!("{}.{} {title}{dots}{}", 1 + at / 8, 1 + at % 8, 3 + at)
}

fn paragraph(source: &Source, rng: &mut Rng) -> String {
    let text = rng.choice(&source.paragraphs).cloned().unwrap_or_default();
    text.split_whitespace().take(70).collect::<Vec<_>>().join(" ")
}

fn sentences(source: &Source, rng: &mut Rng) -> Vec<String> {
    let text = paragraph(source, rng);
    text.split_inclusive(". ").map(|sentence| sentence.trim().to_owned()).collect()
}

/// Terms and what each means: the meanings stand beside the terms, under each other, and go on over several lines.
fn terms(source: &Source, rng: &mut Rng) -> Vec<String> {
    let (tabs, place) = (rng.bool(), 10 + rng.usize(..20));
    let width = 32 + rng.usize(..34);
    let indent = if tabs { "\t".repeat(place.div_ceil(8)) } else { " ".repeat(place) };
    let short = rng.bool();
    let mut lines = Vec::new();
    for _ in 0..2 + rng.usize(..8) {
        let term = format!("{}{}", ["", ":", "--", "<"][rng.usize(..4)], scrap(source, 1 + rng.usize(..2), rng));
        let gap = place.saturating_sub(term.chars().count()).max(2);
        let mut line = if tabs { format!("{term}{}", "\t".repeat(gap.div_ceil(8))) } else { term + &" ".repeat(gap) };
        let meaning = scrap(source, if short { 3 + rng.usize(..8) } else { 6 + rng.usize(..50) }, rng);
        let mut room = width;
        for word in meaning.split_whitespace() {
            let letters = word.chars().count() + 1;
            if letters > room {
                lines.push(std::mem::replace(&mut line, indent.clone()));
                room = width;
            }
            if room < width {
                line.push(' ');
            }
            line.push_str(word);
            room = room.saturating_sub(letters);
        }
        lines.push(line);
    }
    lines
}

/// A text broken into lines of so many letters at the most, and up to some fewer, as a person does who types.
pub(crate) fn typed(text: &str, letters: usize, fewer: usize, rng: &mut Rng) -> Vec<String> {
    let (mut lines, mut line, mut most) = (Vec::new(), String::new(), letters);
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > most {
            lines.push(std::mem::take(&mut line));
            most = letters - rng.usize(..=fewer.min(letters));
        }
        line.extend([if line.is_empty() { "" } else { " " }, word]);
    }
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    lines
}

/// A line of code.
pub(crate) fn code(source: &Source, rng: &mut Rng) -> String {
    let name = scrap(source, 2, rng).to_lowercase().replace(' ', "_");
    let indent = " ".repeat(4 * rng.usize(..3));
    let tail = ["= ", "(", "-> ", "# ", "{ "][rng.usize(..5)];
    format!("{indent}{name} {tail}{}", scrap(source, 1 + rng.usize(..5), rng))
}
