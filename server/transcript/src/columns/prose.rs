//! Whether what was cut into cells is prose set in columns at all, and not a table, a list, code or a comment: prose is
//! made of words, its lines are full unless a paragraph ends, and its cells go on in their columns better than its lines
//! do as they stand.

use super::facts::Closing;
use super::junction::tamed;
use super::sheet::{Piece, Sheet};
use super::width::Face;

/// What each cue weighs, in nats: how sure the splits are, the share of words that are made of letters, the share of full
/// cells, by how much the cells go on better than the lines do (see [`flow`]), and the logarithm of how many lines are
/// split; and what stands against all of them. Fitted (logistic regression) to the blocks that the model finds on pages
/// of the trainer's and in text files of other people's making, which have none, before lines of single words
/// were left out; sharpened, since of those that pass hardly any is none.
const SURE: f32 = 6.5;
const WORDS: f32 = 25.7;
const FULL: f32 = 5.5;
const BETTER: f32 = 12.5;
const SPLITS: f32 = 2.7;
const AGAINST: f32 = 41.5;
/// More split lines than this say no more.
const MOST_SPLITS: f32 = 20.0;
/// A block that is less likely is none. (Of 61 that were found in 1,343 texts without columns none is likelier; of the lines
/// in columns on 297 pages of the trainer's under four in a hundred are lost.)
pub(super) const LEAST: f32 = 0.6;
/// A line that holds so much of its column is full, its next word counted in.
const EDGE: f32 = 0.95;

/// How likely some strips that were cut into cells, each with its column, are prose set in columns; `splits` of them are
/// split, with a confidence of `sure` on average.
pub(super) fn chance(sheet: &Sheet, run: &[usize], cells: &[(u8, Piece)], splits: usize, sure: f32) -> f32 {
    let last = cells.iter().map(|cell| cell.0).max().unwrap_or(0);
    let columns: Vec<Vec<Piece>> =
        (0..=last).map(|column| cells.iter().filter(|cell| cell.0 == column).map(|cell| cell.1).collect()).collect();
    if splits == 0 || columns.iter().any(|column| is_of_single_words(column)) {
        return 0.0;
    }
    let better = flow(sheet, &columns) - plain_flow(sheet, run);
    let score = SURE * sure + WORDS * words(sheet, run) + FULL * full(sheet, &columns) + BETTER * better - AGAINST
        + SPLITS * (splits as f32).min(MOST_SPLITS).ln();
    1.0 / (1.0 + (-score).exp())
}

/// The share of the words of some strips that are words, and not numbers, codes or addresses.
fn words(sheet: &Sheet, run: &[usize]) -> f32 {
    let tokens = || run.iter().flat_map(|&strip| &sheet.strips[strip].facts.tokens);
    tokens().filter(|token| token.is_word).count() as f32 / tokens().count().max(1) as f32
}

/// Whether most cells of a column are one word, as in a table, or one mark, as before the lines of a comment.
fn is_of_single_words(column: &[Piece]) -> bool {
    2 * column.iter().filter(|piece| piece.words().len() == 1).count() > column.len()
}

/// The share of the cells whose sentence goes on in their column that are full: the next word would not have fitted.
fn full(sheet: &Sheet, columns: &[Vec<Piece>]) -> f32 {
    // Either face tells: what counts is how the cells of one column compare.
    let face = Face::Serif;
    let width = |piece: Piece| sheet.facts(piece).width(face, piece.words());
    let (mut full, mut all) = (0.0, 0.0);
    for column in columns {
        let mut widths: Vec<f32> = column.iter().map(|&piece| width(piece)).collect();
        widths.sort_by(f32::total_cmp);
        let edge = widths.get(widths.len() * 9 / 10).copied().unwrap_or_default();
        for pair in column.windows(2) {
            let last = &sheet.facts(pair[0]).tokens[pair[0].end() - 1];
            if !matches!(last.closing, Closing::Sentence | Closing::Pause) {
                let next = sheet.facts(pair[1]).width(face, pair[1].start()..pair[1].start() + 1);
                all += 1.0;
                full += f32::from(u8::from(width(pair[0]) + face.space() + next > EDGE * edge));
            }
        }
    }
    full / f32::max(all, 1.0)
}

/// How naturally the cells go on from one to the next in their columns, from -1 to 1.
fn flow(sheet: &Sheet, columns: &[Vec<Piece>]) -> f32 {
    let pairs = columns.iter().flat_map(|column| column.windows(2));
    let links: Vec<f32> = pairs.map(|pair| tamed(sheet.odds(pair[0], pair[1]))).collect();
    links.iter().sum::<f32>() / links.len().max(1) as f32
}

/// How naturally the strips themselves do.
fn plain_flow(sheet: &Sheet, run: &[usize]) -> f32 {
    let links = run.windows(2).map(|pair| tamed(sheet.odds(sheet.whole(pair[0]), sheet.whole(pair[1]))));
    links.sum::<f32>() / run.len().saturating_sub(1).max(1) as f32
}
