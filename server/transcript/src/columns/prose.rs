//! Whether what was cut into cells is prose set in columns at all, and not a table, a list, code or a comment: its cells
//! go on in their columns better than its lines do as they stand, and where they are made of words they fill their columns
//! unless a paragraph ends. Formulas, code and tables inside the columns say nothing of that.

use rustc_hash::FxHashMap;

use super::junction::tamed;
use super::looks::Closing;
use super::sheet::{Piece, Sheet};
use super::width::Face;

/// What tells of strips that were cut into cells whether they are prose in columns: how sure the splits are; by how much the
/// cells go on better than the lines do, from one to the next (-1 to 1), and the same of those made of words alone; by how
/// much the share of full ones among those is above what it is by chance; how well the lines themselves go on; the share of
/// the strips that are split; and the share of those that are not though they are as wide. The second to the fourth count for
/// less where few cells tell.
pub type Cues = [f32; CUES];

/// How many there are.
pub const CUES: usize = 7;

/// What each cue weighs, in nats, and what stands against all of them, as `columnist-train blocks` fits them (logistic
/// regression) to pages of papers and of the trainer's and to text files of other people's making; doubled, for confidence falls off
/// too slowly else.
const WEIGHS: Cues = [11.9, 17.3, 14.0, 12.3, -1.8, -3.7, -3.7];
const AGAINST: f32 = 16.5;
/// A block that is less likely is none.
pub(super) const LEAST: f32 = 0.6;
/// A line that holds so much of its column is full, its next word counted in.
const EDGE: f32 = 0.95;
/// So many junctions, or ends of lines, say half of what many do.
const HALF: (f32, f32) = (12.0, 8.0);
/// So many of the cells of a text without columns are full, whatever the columns are taken to be.
const FULL: f32 = 0.4;
/// Either face tells: what counts is how cells compare, or lines.
const FACE: Face = Face::Serif;
/// A strip that is not split is as wide as those that are, if it is so much of their median.
const AS_WIDE: f32 = 0.8;

/// How likely what the cues tell of is prose set in columns.
pub(super) fn chance(cues: &Cues) -> f32 {
    let score: f32 = cues.iter().zip(&WEIGHS).map(|(cue, weighs)| cue * weighs).sum();
    1.0 / (1.0 + (AGAINST - score).exp())
}

/// The cues of some strips that were cut into cells, each with its column; those that are split are so with a confidence of
/// `sure` on average. None where they are plainly no prose in columns.
pub(super) fn cues(sheet: &Sheet, run: &[usize], cells: &[(u8, Piece)], sure: f32) -> Option<Cues> {
    let last = cells.iter().map(|cell| cell.0).max().unwrap_or(0);
    let columns: Vec<Vec<Piece>> =
        (0..=last).map(|column| cells.iter().filter(|cell| cell.0 == column).map(|cell| cell.1).collect()).collect();
    if last == 0 || columns.iter().any(|column| is_of_a_table(sheet, column)) {
        return None;
    }
    let flow = |pair: &[Piece]| tamed(sheet.odds(pair[0], pair[1]));
    let pairs = || columns.iter().flat_map(|column| column.windows(2));
    let (cells_go_on, all) = mean(pairs().map(flow));
    let wordy = pairs().filter(|pair| pair.iter().all(|&piece| is_wordy(sheet, piece)));
    let (wordy_go_on, links) = mean(wordy.map(flow));
    let lines_go_on = |pair: &[usize]| tamed(sheet.odds(sheet.whole(pair[0]), sheet.whole(pair[1])));
    let (all_lines_go_on, _) = mean(run.windows(2).map(lines_go_on));
    let split = wordy_splits(sheet, cells);
    let beside = |pair: &&[usize]| pair.iter().any(|strip| split.binary_search(strip).is_ok());
    let (wordy_lines_go_on, _) = mean(run.windows(2).filter(beside).map(lines_go_on));
    let (full, ends) = full(sheet, &columns);
    let (splits, wide) = shares(sheet, run.len(), cells);
    Some([
        sure,
        (cells_go_on - all_lines_go_on) * all / (all + HALF.0),
        (wordy_go_on - wordy_lines_go_on) * links / (links + HALF.0),
        (full - FULL) * ends / (ends + HALF.1),
        all_lines_go_on,
        splits,
        wide,
    ])
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

/// The share of so many strips that are split, and of those that are not but as wide as most that are.
fn shares(sheet: &Sheet, strips: usize, cells: &[(u8, Piece)]) -> (f32, f32) {
    let wide = |cells: &[(u8, Piece)]| {
        let whole = sheet.whole(cells[0].1.strip());
        sheet.facts(whole).width(FACE, whole.words())
    };
    let (split, alone): (Vec<_>, Vec<_>) =
        cells.chunk_by(|one, other| one.1.strip() == other.1.strip()).partition(|cells| cells.len() > 1);
    let mut widths: Vec<f32> = split.into_iter().map(wide).collect();
    let share = widths.len() as f32 / strips as f32;
    widths.sort_by(f32::total_cmp);
    let median = widths.get(widths.len() / 2).copied().unwrap_or(f32::INFINITY);
    let as_wide = alone.into_iter().filter(|cells| wide(cells) > AS_WIDE * median).count();
    (share, as_wide as f32 / strips as f32)
}

/// Whether a column is that of a table, or what stands before the lines of a comment: most of its cells are one word, or a
/// good part of them one mark or the same words, or none of them is made of words.
fn is_of_a_table(sheet: &Sheet, column: &[Piece]) -> bool {
    /// Twice the same line stands in many a page of dummy text.
    const MANY: usize = 3;
    let single = || column.iter().filter(|piece| piece.words().len() == 1);
    let marks = single().filter(|piece| sheet.facts(**piece).tokens[piece.start()].word.is_mark());
    let wordy = column.iter().any(|&piece| is_wordy(sheet, piece));
    let alike = alike(sheet, column);
    2 * single().count() > column.len()
        || 4 * marks.count() > column.len()
        || 4 * alike >= column.len() && alike >= MANY
        || !column.is_empty() && !wordy
}

/// How many cells made of words say the same, word for word: of what most cells say.
fn alike(sheet: &Sheet, column: &[Piece]) -> usize {
    let words = |piece: Piece| sheet.facts(piece).tokens[piece.words()].iter().map(|token| token.word.letters());
    let mut said = FxHashMap::<Vec<u64>, usize>::default();
    for &piece in column.iter().filter(|&&piece| is_wordy(sheet, piece)) {
        *said.entry(words(piece).collect()).or_default() += 1;
    }
    said.into_values().max().unwrap_or(0)
}

/// The share of the cells made of words whose sentence goes on in their column that are full, that is, the next word would
/// not have fitted; and how many such cells there are.
fn full(sheet: &Sheet, columns: &[Vec<Piece>]) -> (f32, f32) {
    let width = |piece: Piece| sheet.facts(piece).width(FACE, piece.words());
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
            let next = sheet.facts(pair[1]).width(FACE, pair[1].start()..pair[1].start() + 1);
            f32::from(u8::from(width(pair[0]) + FACE.space() + next > EDGE * edge))
        });
        full.collect::<Vec<f32>>()
    };
    mean(columns.iter().flat_map(of_column))
}
