//! `columnist columns`: each file looked at alone, line by line, as the column model sees it.

use std::io::Write;
use std::path::Path;

use rayon::prelude::*;
use report::{source, walk};
use serde::Serialize;
use transcript::analysis::Analysis;
use transcript::columns::{Block, Columns, Model, Place, Row};
use transcript::lines::Lines;

use crate::arguments::{self, ColumnsFormat};
use crate::column_data;
use crate::ending::Ending;
use crate::failure::Failure;
use crate::gather::{STDIN, standard_input};
use crate::output::{Output, visible, visible_name};

/// Shows the columns of every file. A block that is found is no fault here: it ends with 0.
pub(crate) fn run(asked: &arguments::Columns, output: &mut Output) -> Ending {
    let model = column_data::model_of_many();
    let answers: Vec<_> = asked.files.par_iter().map(|path| answer(path, asked.format, &model)).collect();
    let mut ending = Ending::Clean;
    for answer in answers {
        match answer {
            Ok(answer) => {
                let _ = output.write_all(answer.as_bytes());
            }
            Err(failure) => ending = failure.tell(),
        }
    }
    ending
}

/// What is written about one file.
fn answer(path: &Path, format: ColumnsFormat, model: &Model) -> Result<String, Failure> {
    let text = if path.as_os_str() == STDIN {
        standard_input()?
    } else {
        let source = source::read(path, u64::MAX);
        source.map_err(|error| Failure::unreadable(&path.display().to_string(), &error))?.text
    };
    // A byte order mark is no part of the text, and no column counts it.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let columns = Analysis::new(text, walk::format_of(path).unwrap_or_default(), model).columns;
    let lines = Lines::new(text);
    Ok(match format {
        ColumnsFormat::Text => drawn(path, &lines, &columns),
        ColumnsFormat::Jsonl => json(path, &lines, &columns),
    })
}

/// The answer of one file, as machines read it.
#[derive(Serialize)]
struct FileAnswer {
    path: String,
    lines: Vec<LineAnswer>,
}

/// One physical line.
#[derive(Serialize)]
struct LineAnswer {
    line: usize,
    /// The number of its block in the file.
    block: Option<usize>,
    /// Column (−1 an aside), start and end in Unicode scalar values.
    cells: Option<Vec<(i16, usize, usize)>>,
    /// The probability that the cells are right; unknown outside of blocks.
    confidence: Option<f64>,
}

/// One JSON object on a line of its own.
fn json(path: &Path, lines: &Lines, columns: &Columns) -> String {
    let mut answers: Vec<_> = (0..physical_lines(lines))
        .map(|line| LineAnswer { line, block: None, cells: None, confidence: None })
        .collect();
    for (number, block) in columns.blocks.iter().enumerate() {
        for row in &block.rows {
            answers[row.line].block = Some(number);
            answers[row.line].cells = Some(scalars(lines, row));
            answers[row.line].confidence = Some((f64::from(row.confidence) * 1e4).round() / 1e4);
        }
    }
    let answer = FileAnswer { path: path.display().to_string(), lines: answers };
    serde_json::to_string(&answer).expect("strings and numbers are always JSON") + "\n"
}

/// How many lines a text has to a reader, to whom nothing stands after the last line end.
fn physical_lines(lines: &Lines) -> usize {
    let last = lines.len() - 1;
    if lines.span(last).is_empty() { last } else { lines.len() }
}

/// The cells of a row, counted in Unicode scalar values from the start of the line.
fn scalars(lines: &Lines, row: &Row) -> Vec<(i16, usize, usize)> {
    let line = lines.span(row.line);
    let until = |byte: usize| lines.text()[line.start..byte].chars().count();
    let cells = row.cells.iter().map(|cell| {
        let place = match cell.place {
            Place::Aside => -1,
            Place::Column(column) => i16::from(column),
        };
        (place, until(cell.span.start), until(cell.span.end))
    });
    cells.collect()
}

/// The blocks with their gutters drawn, to look at.
fn drawn(path: &Path, lines: &Lines, columns: &Columns) -> String {
    let name = visible_name(&path.display().to_string());
    let merged: Vec<_> = columns.merged().collect();
    if merged.is_empty() {
        return format!("{name}: no merged columns\n");
    }
    let mut out = String::new();
    for block in merged {
        let inside = block.lines();
        let (first, last, sure) = (inside.start + 1, inside.end, percent(block.confidence));
        let head = format!("{name}:{first}-{last}");
        out += &format!("\x1b[1m{head}\x1b[0m: {} columns, {sure} % sure that they ran together\n", block.columns);
        let widths: Vec<_> = (0..block.columns).map(|column| width(lines, block, column)).collect();
        let digits = last.to_string().len();
        for row in &block.rows {
            let doubt =
                if row.confidence < SURE { format!("  ? {} %", percent(row.confidence)) } else { String::new() };
            let line = format!("{:digits$} {}", row.line + 1, cells(lines, row, &widths));
            out += &format!("{}\x1b[33m{doubt}\x1b[0m\n", line.trim_end());
        }
    }
    out
}

/// A row that is surer than this is drawn without a question mark.
const SURE: f32 = 0.9;

/// The widest cell of a column, in characters.
fn width(lines: &Lines, block: &Block, column: u8) -> usize {
    let cells = block.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.place == Place::Column(column));
    cells.map(|cell| lines.slice(cell.span).chars().count()).max().unwrap_or(0)
}

/// A row's cells under each other's columns, asides after them in brackets.
fn cells(lines: &Lines, row: &Row, widths: &[usize]) -> String {
    let at = |place| row.cells.iter().filter(move |cell| cell.place == place).map(|cell| lines.slice(cell.span));
    let mut out = String::new();
    for (column, &width) in widths.iter().enumerate() {
        let text = at(Place::Column(column as u8)).collect::<Vec<_>>().join(" ");
        out += &format!("\x1b[36m│\x1b[0m {:width$} ", visible(&text));
    }
    out.extend(at(Place::Aside).map(|aside| format!("[{}] ", visible(aside))));
    out
}

/// A probability in whole hundredths; only certainty is 100.
fn percent(probability: f32) -> u32 {
    (probability * 100.0) as u32
}
