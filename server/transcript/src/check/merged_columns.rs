//! Lines on which the columns of a page ran together: one finding a block, which says how sure it is.

use crate::check::MERGED_COLUMNS;
use crate::columns::{Block, Columns, Row, repair};
use crate::finding::Finding;
use crate::lines::Lines;
use crate::span::Span;

/// A split less sure than this is pointed out.
const SURE: f32 = 0.8;

/// At most this many splits are pointed out, the least sure first: more would hide the text.
const MOST_RELATED: usize = 10;

/// A finding for each block that is merged. Its repair is safe where at most `expected_wrong` lines' worth of words are
/// expected to end up in the wrong place.
pub fn findings(lines: &Lines, columns: &Columns, expected_wrong: f32) -> Vec<Finding> {
    columns.merged().map(|block| finding(lines, block, expected_wrong)).collect()
}

fn finding(lines: &Lines, block: &Block, expected_wrong: f32) -> Finding {
    let inside = block.lines();
    let span = Span::new(lines.span(inside.start).start, lines.span(inside.end - 1).end);
    let (first, last) = (inside.start + 1, inside.end);
    let message = format!(
        "{} columns ran together on lines {first} to {last}. {} {}",
        count(block.columns),
        how_sure(block.confidence),
        how_right(block)
    );
    Finding {
        code: MERGED_COLUMNS,
        span,
        message,
        related: related(lines, block),
        repairs: vec![repair::repair(block, expected_wrong)],
    }
}

fn count(columns: u8) -> String {
    match columns {
        2 => "Two".to_owned(),
        3 => "Three".to_owned(),
        4 => "Four".to_owned(),
        more => more.to_string(),
    }
}

/// How sure it is that the lines were set in columns at all.
fn how_sure(confidence: f32) -> &'static str {
    match confidence {
        0.98.. => "That is all but certain.",
        0.9.. => "That is very likely.",
        0.7.. => "That is likely.",
        _ => "That is a guess.",
    }
}

/// How many of its lines the repair gets wrong, as far as can be known.
fn how_right(block: &Block) -> String {
    let (wrong, all) = (block.expected_wrong(), block.rows.len());
    match wrong {
        ..0.05 => format!("The repair is expected to get all {all} lines right."),
        ..0.95 => format!("Of its {all} lines the repair is expected to get {wrong:.1} wrong: less than one."),
        _ => format!("Of its {all} lines the repair is expected to get about {wrong:.0} wrong."),
    }
}

/// The splits that are least sure, in the order of the lines.
fn related(lines: &Lines, block: &Block) -> Vec<(Span, String)> {
    let mut doubtful: Vec<&Row> = block.rows.iter().filter(|row| row.confidence < SURE).collect();
    doubtful.sort_by(|a, b| a.confidence.total_cmp(&b.confidence));
    doubtful.truncate(MOST_RELATED);
    doubtful.sort_by_key(|row| row.line);
    doubtful.into_iter().map(|row| doubt(lines, row)).collect()
}

fn doubt(lines: &Lines, row: &Row) -> (Span, String) {
    let percent = row.confidence * 100.0;
    match row.cells[..] {
        [_, right, ..] => {
            let word = lines.slice(right.span).split_whitespace().next().unwrap_or_default();
            (right.span, format!("split before “{word}”, {percent:.0} % sure"))
        }
        _ => (lines.span(row.line), format!("all of it in one column, {percent:.0} % sure")),
    }
}
