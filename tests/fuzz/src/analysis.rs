//! The whole analysis on any text: it ends, every place that it names lies in the text and between two characters,
//! what must be in order is in order, and all that a report answers from it can be asked at any place. After an edit it
//! says what it says of the same text from scratch.

use std::sync::Arc;

use report::name::Name;
use report::workspace::Workspace;
use report::{completion, hint, rename, search, status::Status};
use transcript::analysis::Analysis;
use transcript::columns::{Block, Place};
use transcript::lines::{Format, Lines};
use transcript::reading::passages;
use transcript::span::Span;
use transcript::survey::{Plan, Survey};
use transcript::text::Text;
use transcript::{enclosing, fold, paragraph};

use crate::choices::Choices;
use crate::learnt;

/// Analyses a text, and the same text after an edit.
pub fn run(data: &[u8]) {
    let mut choices = Choices(data);
    let flags = choices.byte();
    let (at, removed, added) = (choices.byte(), choices.byte(), choices.byte());
    let text = choices.rest();
    let format = if flags & 1 == 0 { Format::Plain } else { Format::Markdown };
    let name = Name::Unsaved("fuzz".to_owned());
    let mut workspace = Workspace::new(learnt::model());
    workspace.open(name.clone(), format, &text);
    whole(&workspace, &name, usize::from(at));
    if flags & 2 == 0 {
        return;
    }
    let mut edited = Text::new(&text);
    let start = edited.len() * usize::from(at) / 255;
    let new = ["", "x", "\n", "\n# ", "hoofdstuk 1", "\u{c}", "  ", "\n\n"][usize::from(added) % 8];
    edited.edit(Span::new(start, (start + usize::from(removed)).min(edited.len().max(start))), new);
    workspace.replace_text(&name, edited.clone());
    let typed = workspace.document(&name).expect("it is open").analysis();
    let (after, told) = (edited.to_string(), format!("an edit of {text:?} is not the text that it makes"));
    let (lines, scratch) = (Lines::new(&after), Analysis::new(&after, format, &learnt::model()));
    // What is worked out once it is asked for need not be known of both.
    let of = |analysis: &Analysis| format!("{:?}", (&analysis.cuts, &analysis.columns, &analysis.survey));
    assert_eq!(of(typed), of(&scratch), "{told}");
    assert_eq!(typed.suppressions(&lines, format), scratch.suppressions(&lines, format), "{told}");
    assert_eq!(typed.openings(&lines), scratch.openings(&lines), "{told}");
}

/// Everything that is answered of a document.
fn whole(workspace: &Workspace, name: &Name, at: usize) {
    let document = Arc::clone(workspace.document(name).expect("it is open"));
    let (text, analysis) = (document.content(), document.analysis());
    let (plan, references) = (&analysis.survey.plan, &analysis.survey.references);
    assert_eq!(document.failure(), None);
    let lines = Lines::new(text);
    places(text, analysis);
    blocks(&lines, &analysis.columns.blocks);
    for pages in plan.pages.windows(2) {
        assert_eq!(pages[0].lines.end, pages[1].lines.start);
    }
    for (index, section) in plan.outline.sections.iter().enumerate() {
        assert!(section.parent.is_none_or(|parent| parent < index));
        assert!(section.body.covers(section.heading.span));
    }
    for (range, _) in fold::folds(&lines, analysis) {
        assert!(range.start < range.end && range.end <= lines.len(), "a fold of {range:?}");
    }
    drop(paragraph::paragraphs(&lines, analysis, 0..lines.len()));
    let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).expect("0 is one");
    let around = enclosing::spans(&lines, analysis, at);
    assert!(around.windows(2).all(|pair| pair[1].covers(pair[0])), "{around:?}");
    for reported in workspace.findings(name) {
        let finding = &reported.finding;
        inside(text, finding.span);
        finding.related.iter().for_each(|(span, _)| inside(text, *span));
    }
    for reference in references {
        for target in workspace.targets(name, reference) {
            drop(workspace.references_to(&target));
        }
    }
    drop((workspace.reference_at(name, at), workspace.target_at(name, at), workspace.page_numbers(name)));
    drop((completion::offers(workspace, name, at), rename::edits(workspace, name, at, "4")));
    drop((hint::titles(workspace, name, Span::new(0, text.len())), search::headings(workspace, "ha", 9, |_| true)));
    drop(Status::of(workspace, workspace.documents().map(|document| &**document)).sum());
}

/// Every place that the analysis names.
fn places(text: &str, analysis: &Analysis) {
    let Survey { plan: Plan { pages, outline, markup, .. }, references } = &analysis.survey;
    let headings = outline.sections.iter().map(|section| &section.heading);
    let headings = headings.chain(&outline.others).chain(&outline.loose).chain(&outline.contents);
    headings.for_each(|heading| inside(text, heading.span));
    outline.sections.iter().for_each(|section| inside(text, section.body));
    for reference in references {
        inside(text, reference.span);
        inside(text, reference.mention);
    }
    for page in pages {
        inside(text, page.span);
        page.folio.into_iter().for_each(|folio| inside(text, folio));
    }
    let lines = Lines::new(text);
    let passages = passages(&lines, &analysis.columns, 0..lines.len());
    passages.iter().for_each(|passage| inside(text, passage.span));
    markup.links.iter().for_each(|link| inside(text, link.span));
    markup.code.iter().chain(&markup.destinations).for_each(|span| inside(text, *span));
}

/// What is promised of blocks: rows without gaps, each word of a line in one cell, cells in the order of the line.
pub(crate) fn blocks(lines: &Lines, blocks: &[Block]) {
    for pair in blocks.windows(2) {
        assert!(pair[0].lines().end <= pair[1].lines().start, "blocks that overlap");
    }
    for block in blocks {
        assert!((0.0..=1.0).contains(&block.confidence), "{}", block.confidence);
        for (row, line) in block.rows.iter().zip(block.lines()) {
            assert_eq!(row.line, line);
            assert!((0.0..=1.0).contains(&row.confidence), "{}", row.confidence);
            let mut words = Vec::new();
            let mut end = lines.span(line).start;
            for cell in &row.cells {
                inside(lines.text(), cell.span);
                assert!(end <= cell.span.start && cell.span.end <= lines.span(line).end, "{row:?}");
                assert!(!cell.span.is_empty());
                assert!(!matches!(cell.place, Place::Column(column) if column >= block.columns), "{row:?}");
                words.extend(lines.slice(cell.span).split_whitespace());
                end = cell.span.end;
            }
            let all: Vec<&str> = lines.line(line).split_whitespace().collect();
            assert_eq!(words, all, "the cells of line {line} are not its words");
        }
        let ends = [block.rows.first(), block.rows.last()];
        assert!(ends.into_iter().flatten().all(|row| !row.cells.is_empty()), "a block with a blank end");
    }
}

/// A place lies in the text, between two characters.
pub(crate) fn inside(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} is no place in {text:?}");
}
