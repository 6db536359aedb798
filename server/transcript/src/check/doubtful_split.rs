//! What stays of a doubt after the repair: two lines between which some words may have to move, with actions that move
//! them. It shows for as long as the lines stand as the repair made them.

use crate::check::DOUBTFUL_SPLIT;
use crate::columns::doubt::{Doubt, Move, Shown, find_doubts};
use crate::finding::{Edit, Finding, Grade, Mend, Repair};
use crate::lines::Lines;
use crate::span::Span;

/// A finding for each doubt whose lines stand in the text.
pub fn findings(lines: &Lines, doubts: &[Doubt]) -> Vec<Finding> {
    find_doubts(lines, doubts).iter().map(|shown| finding(lines, &doubts[shown.doubt], shown)).collect()
}

fn finding(lines: &Lines, doubt: &Doubt, shown: &Shown) -> Finding {
    let (stake, other) = at_stake(lines, doubt, shown);
    let percent = doubt.confidence * 100.0;
    Finding {
        code: DOUBTFUL_SPLIT,
        span: stake,
        message: format!(
            "“{}” may belong to the other column's line. Where it stands now is {percent:.0} % sure.",
            doubt.words
        ),
        related: vec![(other, "the line of the other column".to_owned())],
        repairs: doubt.moves.iter().filter_map(|way| repair(lines, doubt, shown, way)).collect(),
    }
}

/// The words at stake and the line that they may belong to.
fn at_stake(lines: &Lines, doubt: &Doubt, shown: &Shown) -> (Span, Span) {
    for (index, span) in shown.spans.iter().enumerate() {
        let text = lines.slice(*span);
        let start = text.starts_with(&doubt.words).then(|| Span::new(span.start, span.start + doubt.words.len()));
        let end = || text.ends_with(&doubt.words).then(|| Span::new(span.end - doubt.words.len(), span.end));
        // The first of the lines gives away its last words, the others their first.
        let words = if index == 0 { end() } else { start };
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            return (words, shown.spans[usize::from(index == 0)]);
        }
    }
    (shown.spans[0], shown.spans[shown.spans.len() - 1])
}

fn repair(lines: &Lines, doubt: &Doubt, shown: &Shown, way: &Move) -> Option<Repair> {
    let changed = shown.spans.iter().zip(&way.lines).filter(|(span, text)| lines.slice(**span) != text.as_str());
    let edits: Vec<Edit> = changed
        .map(|(span, text)| match text.as_str() {
            "" => Edit { span: lines.full_span(lines.line_of(span.start)), text: String::new() },
            text => Edit { span: *span, text: text.to_owned() },
        })
        .collect();
    let longer = way.lines.iter().zip(&doubt.lines).position(|(new, old)| new.len() > old.len())?;
    let (new, old) = (&way.lines[longer], &doubt.lines[longer]);
    let words = new.strip_prefix(old.as_str()).or_else(|| new.strip_suffix(old.as_str())).unwrap_or(&doubt.words);
    let percent = way.probability * 100.0;
    let title = format!("Move “{}” to the line “{}” ({percent:.0} % likely)", words.trim(), shortened(old));
    Some(Repair { title, grade: Grade::Shown, mend: Mend::Edits(edits) })
}

/// The start of a line, for a menu.
fn shortened(line: &str) -> String {
    const MOST: usize = 30;
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}
