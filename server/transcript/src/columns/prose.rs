//! Whether what was cut into cells is prose set in columns at all, and not a table, a list, code or a comment: its cells
//! go on in their columns better than its lines do as they stand, and where they are made of words they fill their columns
//! unless a paragraph ends. Formulas, code and tables inside the columns say nothing of that.

use super::facts::Closing;
use super::junction::tamed;
use super::sheet::{Piece, Sheet};
use super::width::Face;

/// What each cue weighs, in nats: how sure the splits are; by how much the cells go on better than the lines do, from one to
/// the next (-1 to 1), all of them and those made of words; the share of those made of words that are full; how well the
/// lines themselves go on; and what stands against all of them. Fitted (logistic regression) to the blocks that judges find
/// on 329 pages of papers and 300 of the trainer's, to small ones in the midst of prose, and to those that they find in 2,529
/// text files of other people's making, which have none; doubled, and more put against them, until one of those texts passed.
const SURE: f32 = 13.8;
const BETTER: f32 = 13.1;
const WORDY_BETTER: f32 = 11.0;
const WORDY_FULL: f32 = 11.4;
const LINES_GO_ON: f32 = 5.4;
const AGAINST: f32 = 21.4;
/// A block that is less likely is none.
pub(super) const LEAST: f32 = 0.6;
/// A line that holds so much of its column is full, its next word counted in.
const EDGE: f32 = 0.95;
/// So many junctions, or ends of lines, say half of what many do.
const HALF: (f32, f32) = (12.0, 8.0);

/// How likely some strips that were cut into cells, each with its column, are prose set in columns; those that are split
/// are so with a confidence of `sure` on average.
pub(super) fn chance(sheet: &Sheet, run: &[usize], cells: &[(u8, Piece)], sure: f32) -> f32 {
    let last = cells.iter().map(|cell| cell.0).max().unwrap_or(0);
    let columns: Vec<Vec<Piece>> =
        (0..=last).map(|column| cells.iter().filter(|cell| cell.0 == column).map(|cell| cell.1).collect()).collect();
    if last == 0 || columns.iter().any(|column| is_of_single_words(column)) {
        return 0.0;
    }
    let flow = |pair: &[Piece]| tamed(sheet.odds(pair[0], pair[1]));
    let pairs = || columns.iter().flat_map(|column| column.windows(2));
    let (cells_go_on, _) = mean(pairs().map(flow));
    let wordy = pairs().filter(|pair| pair.iter().all(|&piece| is_wordy(sheet, piece)));
    let (wordy_go_on, links) = mean(wordy.map(flow));
    let lines_go_on = |pair: &[usize]| tamed(sheet.odds(sheet.whole(pair[0]), sheet.whole(pair[1])));
    let (all_lines_go_on, _) = mean(run.windows(2).map(lines_go_on));
    let split = wordy_splits(sheet, cells);
    let beside = |pair: &&[usize]| pair.iter().any(|strip| split.binary_search(strip).is_ok());
    let (wordy_lines_go_on, _) = mean(run.windows(2).filter(beside).map(lines_go_on));
    let (full, ends) = full(sheet, &columns);
    let score = SURE * sure
        + BETTER * (cells_go_on - all_lines_go_on)
        + WORDY_BETTER * (wordy_go_on - wordy_lines_go_on) * links / (links + HALF.0)
        + WORDY_FULL * full * ends / (ends + HALF.1)
        + LINES_GO_ON * all_lines_go_on
        - AGAINST;
    1.0 / (1.0 + (-score).exp())
}

/// The mean of some numbers, 0 of none, and how many they are.
pub(super) fn mean(numbers: impl Iterator<Item = f32>) -> (f32, f32) {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), number| (sum + number, count + 1.0));
    (sum / f32::max(count, 1.0), count)
}

/// Whether a cell is made of words: not of numbers, codes or addresses, and not of one or two words.
fn is_wordy(sheet: &Sheet, piece: Piece) -> bool {
    let tokens = &sheet.facts(piece).tokens[piece.words()];
    let words = tokens.iter().filter(|token| token.is_word).count();
    tokens.len() > 2 && 4 * words >= 3 * tokens.len()
}

/// The strips of several cells, each of them made of words, ascending.
fn wordy_splits(sheet: &Sheet, cells: &[(u8, Piece)]) -> Vec<usize> {
    let strips = cells.chunk_by(|one, other| one.1.strip() == other.1.strip());
    let split = strips.filter(|cells| cells.len() > 1 && cells.iter().all(|cell| is_wordy(sheet, cell.1)));
    split.map(|cells| cells[0].1.strip()).collect()
}

/// Whether most cells of a column are one word, as in a table, or one mark, as before the lines of a comment.
fn is_of_single_words(column: &[Piece]) -> bool {
    2 * column.iter().filter(|piece| piece.words().len() == 1).count() > column.len()
}

/// The share of the cells made of words whose sentence goes on in their column that are full, that is, the next word would
/// not have fitted; and how many such cells there are.
fn full(sheet: &Sheet, columns: &[Vec<Piece>]) -> (f32, f32) {
    // Either face tells: what counts is how the cells of one column compare.
    let face = Face::Serif;
    let width = |piece: Piece| sheet.facts(piece).width(face, piece.words());
    let goes_on = |piece: Piece| {
        let last = &sheet.facts(piece).tokens[piece.end() - 1];
        !matches!(last.closing, Closing::Sentence | Closing::Pause)
    };
    let of_column = |column: &Vec<Piece>| {
        let mut widths: Vec<f32> =
            column.iter().filter(|&&piece| is_wordy(sheet, piece)).map(|&piece| width(piece)).collect();
        widths.sort_by(f32::total_cmp);
        let edge = widths.get(widths.len() * 9 / 10).copied().unwrap_or_default();
        let wordy = column.windows(2).filter(|pair| pair.iter().all(|&piece| is_wordy(sheet, piece)));
        let full = wordy.filter(|pair| goes_on(pair[0])).map(|pair| {
            let next = sheet.facts(pair[1]).width(face, pair[1].start()..pair[1].start() + 1);
            f32::from(u8::from(width(pair[0]) + face.space() + next > EDGE * edge))
        });
        full.collect::<Vec<f32>>()
    };
    mean(columns.iter().flat_map(of_column))
}
