//! Decides: from the probabilities of all readings to the blocks of a sheet, each line cut as it is likeliest cut, with
//! the probability that this is right.

use super::cut::Cut;
use super::guess::{Choice, Guesses};
use super::judge::Judge;
use super::lattice::Lattice;
use super::prose::{self, Cues};
use super::readings::{self, Judged};
use super::reread::Differs;
use super::sheet::{Piece, Sheet};
use super::{Block, Cell, Place, Row};
use crate::span::Span;

/// The blocks of a sheet, in the order of their lines. What was worked out of the sheet before an edit is taken over where
/// it stands; after it, `judged` is what was worked out of this one.
pub fn blocks(sheet: &Sheet, judge: &Judge, judged: &mut Judged, differs: Option<&Differs>) -> Vec<Block> {
    read(sheet, judge, judged, differs, among)
}

/// The runs of lines that may be blocks, each with what tells whether it is prose in columns: to fit what that weighs.
pub fn candidates(sheet: &Sheet, judge: &Judge) -> Vec<(Vec<usize>, Cues)> {
    read(sheet, judge, &mut Judged::default(), None, |sheet, strips| {
        let lines = |run: &[usize]| run.iter().map(|&strip| sheet.strips[strip].line).collect();
        let told = runs(strips).into_iter().map(|run| (lines(&run), cues(sheet, strips, &run)));
        told.filter_map(|(lines, cues)| Some((lines, cues?))).collect()
    })
}

/// What is told of the likeliest reading of each strip of a sheet; nothing of a few.
fn read<T>(
    sheet: &Sheet,
    judge: &Judge,
    judged: &mut Judged,
    differs: Option<&Differs>,
    tell: impl FnOnce(&Sheet, &[Choice]) -> Vec<T>,
) -> Vec<T> {
    if sheet.strips.len() < FEWEST {
        return Vec::new();
    }
    readings::read(sheet, judge, judged, differs, |lattices| tell(sheet, &choices(lattices)))
}

/// What is likeliest of each strip by the readings of all guesses.
fn choices(lattices: &[Lattice]) -> Vec<Choice> {
    let guesses = Guesses::new(lattices);
    let mut strips = guesses.reading();
    join(&guesses, &mut strips);
    strips
}

/// The blocks of a sheet of which each strip is read so.
fn among(sheet: &Sheet, strips: &[Choice]) -> Vec<Block> {
    let runs = runs(strips);
    let chances: Vec<f32> = runs.iter().map(|run| chance(sheet, strips, run)).collect();
    // Whether the sheet is set in columns at all is asked once: a run that is too short to tell is weighed together with
    // the likeliest one.
    let best = (0..runs.len()).max_by(|&one, &other| chances[one].total_cmp(&chances[other]));
    let Some(best) = best.filter(|&best| chances[best] >= prose::LEAST) else { return Vec::new() };
    let each = runs.iter().zip(&chances).filter_map(|(run, &alone)| {
        let together = || chance(sheet, strips, &[&runs[best][..], run].concat());
        // Of lines that are all but a few of one column nothing tells by itself that there are others; a few lines may as
        // well be a note.
        let split = run.iter().filter(|&&strip| strips[strip].cut.cells.len() > 1);
        let tells = run.len() < 2 * FEWEST || split.count() >= FEWEST;
        let in_doubt = !tells || alone >= UNLIKELY;
        let prose = if alone < prose::LEAST && in_doubt { together() } else { alone };
        (prose >= prose::LEAST).then(|| block(sheet, strips, run, prose))?
    });
    each.collect()
}

/// A run that is less likely prose set in columns is none, whatever stands beside it.
const UNLIKELY: f32 = 0.05;

/// At most so many lines that no line of columns parts from the next are taken into the columns.
const FEW: usize = 3;

/// Takes a few lines into the columns that are left out between lines of columns though none is wider than one: what
/// stands between columns and parts them stands over their whole width.
fn join(guesses: &Guesses, strips: &mut [Choice]) {
    let mut start = 0;
    while start < strips.len() {
        let left_out = strips[start..].iter().take_while(|choice| choice.cut.is_outside()).count();
        let gap = start..start + left_out;
        start += left_out.max(1);
        let is_between = gap.start > 0 && gap.end < strips.len() && (1..=FEW).contains(&left_out);
        if is_between && gap.clone().all(|strip| guesses.is_narrow(strip)) {
            gap.for_each(|strip| guesses.inside(strip).into_iter().for_each(|inside| strips[strip] = inside));
        }
    }
}

/// The runs of strips that are part of the columns.
fn runs(strips: &[Choice]) -> Vec<Vec<usize>> {
    let mut runs = vec![Vec::new()];
    for (strip, choice) in strips.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if !choice.cut.is_outside() => run.push(strip),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// Fewer lines are no block.
const FEWEST: usize = 4;

/// The cells of some strips, each with its column.
fn cells(strips: &[Choice], run: &[usize]) -> Vec<(u8, Piece)> {
    run.iter().flat_map(|&strip| strips[strip].cut.cells.iter().copied()).collect()
}

/// How likely a run of strips is prose set in columns.
fn chance(sheet: &Sheet, strips: &[Choice], run: &[usize]) -> f32 {
    cues(sheet, strips, run).map_or(0.0, |cues| prose::chance(&cues))
}

/// What tells whether a run of strips is prose set in columns; nothing of one that plainly is not.
fn cues(sheet: &Sheet, strips: &[Choice], run: &[usize]) -> Option<Cues> {
    if run.len() < FEWEST {
        return None;
    }
    let split = run.iter().map(|&strip| &strips[strip]).filter(|choice| choice.cut.cells.len() > 1);
    match prose::mean(split.map(|choice| choice.confidence)) {
        (_, 0.0) => None,
        (sure, _) => prose::cues(sheet, run, &cells(strips, run), sure),
    }
}

/// A run of strips as a block; `prose` is how likely it is prose set in columns.
fn block(sheet: &Sheet, strips: &[Choice], run: &[usize], prose: f32) -> Option<Block> {
    let cells = cells(strips, run);
    let [first, last] = [cells.iter().map(|cell| cell.0).min()?, cells.iter().map(|cell| cell.0).max()?];
    // Where a column stands alone it is the first: a text that ends within its columns leaves the others empty.
    let empty = if first == last { first } else { 0 };
    let columns = (last + 1 - empty).max(2);
    let mut rows: Vec<Row> = Vec::new();
    for &strip in run {
        let line = sheet.strips[strip].line;
        let next = rows.last().map_or(line, |row| row.line + 1);
        rows.extend((next..line).map(|line| Row { line, cells: Vec::new(), confidence: 1.0, others: Vec::new() }));
        rows.push(row(sheet, &strips[strip], line, empty));
    }
    let inside = run.iter().map(|&strip| strips[strip].inside).sum::<f32>() / run.len() as f32;
    Some(Block { columns, rows, confidence: inside.min(prose) })
}

/// A line's row; so many columns at the left are empty in the whole block, and left out.
fn row(sheet: &Sheet, choice: &Choice, line: usize, empty: u8) -> Row {
    let cells = |cut: &Cut| -> Vec<Cell> {
        let cell = |&(column, piece): &(u8, Piece)| Cell {
            place: Place::Column(column.saturating_sub(empty)),
            span: sheet.facts(piece).span(piece.words()),
        };
        let mut cells: Vec<Cell> = cut.cells.iter().map(cell).collect();
        let asides = cut.cells.first().map_or(&[][..], |(_, piece)| &sheet.facts(*piece).asides);
        // A mark between two words of one cell stays a word of it.
        let is_apart =
            |aside: &&Span| !cells.iter().any(|cell| cell.span.start < aside.start && aside.end < cell.span.end);
        let apart: Vec<Cell> = asides.iter().filter(is_apart).map(|&span| Cell { place: Place::Aside, span }).collect();
        cells.extend(apart);
        cells.sort_by_key(|cell| cell.span.start);
        cells
    };
    let others = choice.others.iter().map(|(cut, chance)| (cells(cut), *chance)).collect();
    Row { line, cells: cells(&choice.cut), confidence: choice.confidence.min(1.0), others }
}
