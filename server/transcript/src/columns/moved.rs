//! How the split of a line moves by a word: what the person then says of the line.

use super::said::Saying;
use super::{Cell, Place, Row};
use crate::lines::Lines;

/// What to say so that one split of a row moves by so many words, to the right for a positive number: of its splits the
/// one that is nearest to a byte of the text. None where it cannot move so far. Marks that are of no column are passed over.
pub fn moved(lines: &Lines, columns: u8, row: &Row, near: usize, by: isize) -> Option<Saying> {
    let line = lines.span(row.line);
    let column = |cell: &Cell| match cell.place {
        Place::Aside => None,
        Place::Column(column) => Some(column),
    };
    let is_aside = |byte: usize| {
        let mut asides = row.cells.iter().filter(|cell| cell.place == Place::Aside);
        asides.any(|aside| (aside.span.start..aside.span.end).contains(&byte))
    };
    // Where each column begins, those without a cell where the next one does.
    let start = |wanted: u8| {
        let cell = row.cells.iter().find(|cell| column(cell).is_some_and(|column| column >= wanted));
        cell.map_or(line.end, |cell| cell.span.start)
    };
    let mut starts: Vec<usize> = (1..columns).map(start).collect();
    let chosen = (0..starts.len()).min_by_key(|&split| starts[split].abs_diff(near))?;
    let words = lines.slice(line).split_whitespace().map(|word| offset(lines.text(), word));
    let mut words: Vec<usize> = words.filter(|word| !is_aside(*word)).collect();
    words.push(line.end);
    let at = words.iter().position(|word| *word >= starts[chosen])?;
    let to = *words.get(at.checked_add_signed(by)?)?;
    // The splits on either side make way.
    starts[..chosen].iter_mut().for_each(|split| *split = (*split).min(to));
    starts[chosen..].iter_mut().for_each(|split| *split = (*split).max(to));
    starts[chosen] = to;
    Some(Saying::At(starts.into_iter().map(|start| start - line.start).collect()))
}

/// Where a part of a text lies in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

#[cfg(test)]
mod tests {
    use super::super::said::{Cut, cells};
    use super::*;
    use crate::span::Span;

    /// Moves the split of the first line of two columns, cut where `|` is drawn, and draws it where it is then.
    fn check_move(drawn: &str, by: isize, expected: Option<&str>) {
        let cut = drawn.find('|').expect("a split is drawn");
        let text = drawn.replace('|', "");
        let lines = Lines::new(&text);
        let cells = cells(&lines, 0, &Cut::At(vec![cut])).expect("there are words");
        let row = Row { line: 0, cells, confidence: 1.0, others: Vec::new() };
        let moved = moved(&lines, 2, &row, 0, by).map(|saying| match saying {
            Saying::At(at) => format!("{}|{}", &text[..at[0]], &text[at[0]..]),
            other => panic!("{other:?}"),
        });
        assert_eq!(moved.as_deref(), expected);
    }

    #[test]
    fn a_split_moves_by_words() {
        check_move("one |two three", 1, Some("one two |three"));
        check_move("one two |three", -1, Some("one |two three"));
    }

    #[test]
    fn a_mark_on_the_line_is_passed_over() {
        let text = "one two 5 three four";
        let lines = Lines::new(text);
        let span = |part: &str| {
            let start = text.find(part).expect("it is in the text");
            Span::new(start, start + part.len())
        };
        let cells = [(Place::Column(0), "one two"), (Place::Aside, "5"), (Place::Column(1), "three four")];
        let cells = cells.map(|(place, part)| Cell { place, span: span(part) }).to_vec();
        let row = Row { line: 0, cells, confidence: 1.0, others: Vec::new() };
        let check = |by: isize, expected: &str| {
            assert_eq!(moved(&lines, 2, &row, 0, by), Some(Saying::At(vec![span(expected).start])));
        };
        check(1, "four");
        check(-1, "two");
    }

    #[test]
    fn a_split_moves_up_to_the_ends_of_the_line_and_no_further() {
        check_move("one two |three", 1, Some("one two three|"));
        check_move("one |two three", -1, Some("|one two three"));
        check_move("|one two", -1, None);
        check_move("one two|", 1, None);
    }
}
