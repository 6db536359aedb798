//! A block put in reading order by moving lines, not by replacing the text: what stood in the left column stays where
//! it is, and what stood right of it follows as lines of its own, one for every line of the original column. Nothing
//! is reflowed and no word is lost, whatever the cells are.

use std::ops::Range;

use super::{Block, Cell, Place, Row};
use crate::finding::{Edit, Grade, Mend, Repair};
use crate::lines::Lines;
use crate::span::Span;

/// Below this probability that a block is a merge at all, its repair is never [`Grade::Safe`].
const SURE_OF_BLOCK: f32 = 0.9;

/// The repair of a block, graded by [`grade`].
pub fn repair(block: &Block, most_wrong: f32) -> Repair {
    Repair {
        title: format!("Put the {} columns of {} lines in reading order", block.columns, block.rows.len()),
        grade: grade(block, most_wrong),
        mend: Mend::ReadingOrder(block.lines().start),
    }
}

/// Who may repair a block: it is [`Grade::Safe`] where at most `most_wrong` lines' worth of its words are expected to stand
/// in the wrong place and the block is surely a merge.
pub fn grade(block: &Block, most_wrong: f32) -> Grade {
    let safe = block.confidence >= SURE_OF_BLOCK && block.expected_misplaced() <= most_wrong;
    if safe { Grade::Safe } else { Grade::Unsafe }
}

/// The edits that put a block in reading order: on each line all but its left cell goes, and the other columns come
/// where the left one ends, the asides last.
pub fn edits(lines: &Lines, block: &Block) -> Vec<Edit> {
    let last = Place::Column(block.columns.saturating_sub(1));
    let tail = block.rows.iter().rev().take_while(|row| stands_last(lines, row, last)).count();
    let (head, tail) = block.rows.split_at(block.rows.len() - tail);
    if head.is_empty() {
        return Vec::new();
    }
    let line_end = line_end(lines, block);
    let moved: Vec<String> = (1..block.columns).flat_map(|column| texts(lines, head, Place::Column(column))).collect();
    let asides = texts(lines, &block.rows, Place::Aside);
    let (after_head, after_tail) =
        if tail.is_empty() { ([moved, asides].concat(), Vec::new()) } else { (moved, asides) };
    let (end, above) = head.split_last().expect("there is a head");
    let mut edits: Vec<Edit> = above.iter().filter_map(|row| keep_left(lines, row)).collect();
    edits.extend(keep_left_and_insert(lines, end, &after_head, line_end));
    if let Some(row) = tail.last().filter(|_| !after_tail.is_empty()) {
        let text = line_end.to_owned() + &after_tail.join(line_end);
        edits.push(Edit { span: Span::at(lines.span(row.line).end), text });
    }
    edits
}

/// Whether a row may stay where it is although the rows above give up their right cells to lines before it: it holds
/// nothing but a line of the last column.
fn stands_last(lines: &Lines, row: &Row, last: Place) -> bool {
    last != Place::Column(0)
        && matches!(row.cells[..], [cell] if cell.place == last)
        && !lines.line(row.line).contains('\u{c}')
}

/// The text of every cell in one place, with the spaces that ended its line: those tell where a paragraph goes on.
fn texts(lines: &Lines, rows: &[Row], place: Place) -> Vec<String> {
    let of_row = |row: &Row| -> Vec<String> {
        let end = lines.span(row.line).end;
        let cells = row.cells.iter().filter(|cell| cell.place == place);
        let last = row.cells.last().map(|cell| cell.span);
        cells
            .map(|cell| {
                let end = if Some(cell.span) == last { end } else { cell.span.end };
                let spaces = lines.slice(Span::new(cell.span.end, end)).replace('\u{c}', "");
                lines.slice(cell.span).to_owned() + &spaces
            })
            .collect()
    };
    rows.iter().flat_map(of_row).collect()
}

/// Takes from a line all but its left cell. A line without one goes whole, with its line end. Form feeds stay.
fn keep_left(lines: &Lines, row: &Row) -> Option<Edit> {
    let is_left = |cell: &&Cell| cell.place == Place::Column(0);
    let others = row.cells.iter().filter(|cell| !is_left(cell)).count();
    if others == 0 {
        return None;
    }
    let kept: Vec<&str> = row.cells.iter().filter(is_left).map(|cell| lines.slice(cell.span)).collect();
    let line = lines.span(row.line);
    let gutters = gutters(line, &row.cells);
    let feeds: String = gutters.iter().map(|gutter| form_feeds(lines, gutter.clone().into())).collect();
    // The usual row has its left cell first: only what follows it is touched.
    let first = row.cells[0];
    let span = match kept[..] {
        [] => lines.full_span(row.line),
        [_] if first.place == Place::Column(0) && gutters[0].is_empty() => Span::new(first.span.end, line.end),
        _ => line,
    };
    Some(Edit { span, text: if span.start == line.start { feeds + &kept.join(" ") } else { feeds } })
}

/// What lies between the cells of a line.
fn gutters(line: Span, cells: &[Cell]) -> Vec<Range<usize>> {
    let starts = std::iter::once(line.start).chain(cells.iter().map(|cell| cell.span.end));
    let ends = cells.iter().map(|cell| cell.span.start).chain([line.end]);
    starts.zip(ends).map(|(start, end)| start..end).collect()
}

/// The form feeds of a span: they start a page, so they stay where they are.
fn form_feeds(lines: &Lines, span: Span) -> String {
    lines.slice(span).chars().filter(|c| *c == '\u{c}').collect()
}

/// Does the same to the last line of a run and puts more lines after it, in its place where it goes.
fn keep_left_and_insert(lines: &Lines, row: &Row, texts: &[String], line_end: &str) -> Option<Edit> {
    if texts.is_empty() {
        return keep_left(lines, row);
    }
    let (line, joined) = (lines.span(row.line), texts.join(line_end));
    match keep_left(lines, row) {
        None => Some(Edit { span: Span::at(line.end), text: format!("{line_end}{joined}") }),
        Some(edit) if row.cells.iter().all(|cell| cell.place != Place::Column(0)) => {
            Some(Edit { span: line, text: edit.text + &joined })
        }
        Some(edit) => Some(Edit { span: edit.span, text: edit.text + line_end + &joined }),
    }
}

/// The line end that the block uses; LF where it has none.
fn line_end<'t>(lines: &Lines<'t>, block: &Block) -> &'t str {
    let ends = block.lines().map(|line| &lines.text()[lines.span(line).end..lines.full_span(line).end]);
    ends.into_iter().find(|end| !end.is_empty()).unwrap_or("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::finding::apply;

    /// Reads a block drawn with `‖` before every right cell and `¦` before every aside, two columns; the rest of a
    /// line is its left cell. Returns the text without the marks, and the block.
    fn drawn(drawing: &str) -> (String, Block) {
        let (mut text, mut rows) = (String::new(), Vec::new());
        let lines = Lines::new(drawing);
        for number in 0..lines.len() {
            let line = lines.slice(lines.full_span(number));
            let mut cells = Vec::new();
            let mut place = Place::Column(0);
            for piece in line.split_inclusive(['‖', '¦']) {
                let (words, next) = match piece.chars().last() {
                    Some('‖') => (&piece[..piece.len() - '‖'.len_utf8()], Place::Column(1)),
                    Some('¦') => (&piece[..piece.len() - '¦'.len_utf8()], Place::Aside),
                    _ => (piece, place),
                };
                let start = text.len() + (words.len() - words.trim_start().len());
                if !words.trim().is_empty() {
                    cells.push(Cell { place, span: Span::new(start, start + words.trim().len()) });
                }
                text.push_str(words);
                place = next;
            }
            if !line.is_empty() {
                rows.push(Row { line: number, cells, confidence: 1.0, others: Vec::new() });
            }
        }
        (text, Block { columns: 2, rows, confidence: 1.0 })
    }

    fn check(drawing: &str, expected: &str) {
        let (text, block) = drawn(drawing);
        assert_eq!(apply(&text, &edits(&Lines::new(&text), &block)), expected);
    }

    #[test]
    fn the_right_column_follows_the_left() {
        check("one ‖two\nthree ‖four\n", "one\nthree\ntwo\nfour\n");
    }

    #[test]
    fn a_missing_final_line_end_stays_missing() {
        check("one ‖two\nthree ‖four", "one\nthree\ntwo\nfour");
        check("one ‖two\nthree ¦four", "one\nthree\ntwo\nfour");
    }

    #[test]
    fn line_ends_are_those_of_the_block() {
        check("one ‖two\r\nthree ‖four\r\n", "one\r\nthree\r\ntwo\r\nfour\r\n");
        check("one ‖two\rthree ‖four\r", "one\rthree\rtwo\rfour\r");
    }

    #[test]
    fn a_line_of_the_right_column_alone_moves_whole() {
        check("one ‖two\n‖four\nthree ‖six\n", "one\nthree\ntwo\nfour\nsix\n");
    }

    #[test]
    fn the_right_columns_last_lines_stay_where_they_are() {
        let (text, block) = drawn("one ‖two\nthree\n‖four\n‖six\n");
        let edits = edits(&Lines::new(&text), &block);
        assert_eq!(apply(&text, &edits), "one\nthree\ntwo\nfour\nsix\n");
        assert!(edits.iter().all(|edit| edit.span.end <= text.find("four").unwrap()));
    }

    #[test]
    fn trailing_spaces_go_with_their_cell() {
        check("one  ‖two \nthree \n", "one\nthree \ntwo \n");
    }

    #[test]
    fn asides_come_last() {
        check("one ‖two ¦(A)\nthree ‖four\n", "one\nthree\ntwo\nfour\n(A)\n");
    }

    #[test]
    fn a_form_feed_stays_at_its_place() {
        check("\u{c}‖two\none ‖four\n", "\u{c}one\ntwo\nfour\n");
    }

    /// A text and a block over all its lines with every word in some cell or other.
    fn any_block() -> impl Strategy<Value = (String, Block)> {
        let place = prop_oneof![Just(Place::Aside), (0u8..3).prop_map(Place::Column)];
        let line = proptest::collection::vec(("[a-z\u{e9}\u{1F600}.-]{1,4}", "[ \t\u{c}\u{a0}]{1,3}", place), 0..5);
        let line_end = prop_oneof![Just("\n"), Just("\r\n"), Just("\r")];
        (proptest::collection::vec(("[ \u{c}]{0,2}", line), 1..6), line_end, any::<bool>()).prop_map(
            |(mut lines, line_end, last_end)| {
                // A block neither starts nor ends with a blank line.
                lines[0].1.push(("a".into(), " ".into(), Place::Column(0)));
                lines.last_mut().unwrap().1.push(("b".into(), " ".into(), Place::Column(2)));
                let (mut text, mut rows) = (String::new(), Vec::new());
                let count = lines.len();
                for (number, (indent, words)) in lines.into_iter().enumerate() {
                    text.push_str(&indent);
                    let mut cells: Vec<Cell> = Vec::new();
                    for (word, space, place) in words {
                        let span = Span::new(text.len(), text.len() + word.len());
                        match cells.last_mut().filter(|cell| cell.place == place) {
                            Some(cell) => cell.span.end = span.end,
                            None => cells.push(Cell { place, span }),
                        }
                        text.push_str(&word);
                        text.push_str(&space);
                    }
                    if number + 1 < count || last_end {
                        text.push_str(line_end);
                    }
                    rows.push(Row { line: number, cells, confidence: 1.0, others: Vec::new() });
                }
                (text, Block { columns: 3, rows, confidence: 1.0 })
            },
        )
    }

    fn sorted_words(text: &str) -> Vec<&str> {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        words.sort_unstable();
        words
    }

    proptest! {
        #[test]
        fn words_line_ends_and_form_feeds_are_kept((text, block) in any_block()) {
            let edits = edits(&Lines::new(&text), &block);
            for pair in edits.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start, "{edits:?}");
            }
            let repaired = apply(&text, &edits);
            prop_assert_eq!(sorted_words(&text), sorted_words(&repaired));
            let feeds = |text: &str| text.matches('\u{c}').count();
            prop_assert!(feeds(&repaired) <= feeds(&text));
            prop_assert_eq!(text.ends_with(['\n', '\r']), repaired.ends_with(['\n', '\r']));
        }
    }
}
