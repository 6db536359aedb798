//! What a place in a text lies in, from the word out: word, cell, line, paragraph, section after section, all of it.

use crate::analysis::Analysis;
use crate::lines::Lines;
use crate::naming;
use crate::span::Span;

/// The spans around a byte, each inside the next and larger than it. The last is the whole text.
pub fn spans(lines: &Lines, analysis: &Analysis, offset: usize) -> Vec<Span> {
    let line = lines.line_of(offset);
    let offset = offset.min(lines.span(line).end);
    let mut all = vec![naming::word_at(lines.text(), offset)];
    let block = analysis.columns.block_at(line);
    let row = block.and_then(|block| block.rows.iter().find(|row| row.line == line));
    let cells = row.into_iter().flat_map(|row| &row.cells);
    all.extend(cells.map(|cell| cell.span).find(|span| span.touches(offset)));
    all.push(trimmed(lines, lines.span(line)));
    all.push(lines.span(line));
    all.push(paragraph(lines, line));
    let sections = analysis.survey.plan.outline.sections.iter().rev();
    let around = sections.map(|section| section.body).filter(|body| body.start <= offset && offset < body.end);
    all.extend(around);
    all.push(Span::new(0, lines.text().len()));
    let mut nested: Vec<Span> = Vec::with_capacity(all.len());
    for span in all.into_iter().filter(|span| !span.is_empty() && span.touches(offset)) {
        if nested.last().is_none_or(|last| span.covers(*last) && span != *last) {
            nested.push(span);
        }
    }
    if nested.is_empty() {
        nested.push(Span::at(offset));
    }
    nested
}

/// A line without the white space around it.
fn trimmed(lines: &Lines, span: Span) -> Span {
    let text = lines.slice(span);
    let start = span.start + text.len() - text.trim_start().len();
    Span::new(start, start + text.trim().len())
}

/// The lines around a line up to the next blank ones; a blank line alone.
fn paragraph(lines: &Lines, line: usize) -> Span {
    let full = |line: &usize| !lines.line(*line).trim().is_empty();
    if !full(&line) {
        return lines.span(line);
    }
    let first = (0..=line).rev().take_while(full).last().unwrap_or(line);
    let last = (line..lines.len()).take_while(full).last().unwrap_or(line);
    lines.span(first).join(lines.span(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::{Block, Cell, Place, Row};
    use crate::lines::Format;

    #[test]
    fn from_the_word_out() {
        let text = "# 1 Haven\n\n## 1.1 Kade\n\nDe kade is  te laag.\nZo is het.\n\n## 1.2 Sluis\n";
        let lines = Lines::new(text);
        let mut analysis = Analysis::new(text, Format::Markdown, &crate::columns::Model::default());
        let at = text.find("te laag").expect("it is there");
        let cell =
            |start: usize, end: usize, column| Cell { place: Place::Column(column), span: Span::new(start, end) };
        let cells = vec![cell(24, 34, 0), cell(at, at + 8, 1)];
        let row = Row { line: 4, cells, confidence: 1.0, others: Vec::new() };
        analysis.columns.blocks.push(Block { columns: 2, rows: vec![row], confidence: 1.0 });
        let found: Vec<&str> = spans(&lines, &analysis, at + 1).into_iter().map(|span| &text[span.range()]).collect();
        assert_eq!(
            found,
            [
                "te",
                "te laag.",
                "De kade is  te laag.",
                "De kade is  te laag.\nZo is het.",
                "1.1 Kade\n\nDe kade is  te laag.\nZo is het.\n\n## ",
                &text[2..],
                text
            ]
        );
    }

    #[test]
    fn every_place_lies_in_the_whole() {
        for text in ["", "\n", "a", " \n \n", "é\r\n\u{1F600}"] {
            let lines = Lines::new(text);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let found = spans(&lines, &Analysis::default(), at);
                assert!(found.windows(2).all(|pair| pair[1].covers(pair[0])), "{text:?} at {at}: {found:?}");
            }
        }
    }
}
