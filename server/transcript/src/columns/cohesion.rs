//! In which column a line of its own is at home, by its words: what a text speaks of it speaks of again, so the words
//! of a line are sooner those of the lines above and below it in its own column. The lines that are split tell what
//! either column speaks of; those of one cell are told by it. Where the lines of two columns lie between one another
//! this says which are which, when the junctions at the ends of the run do not. (Lexical cohesion, as Hearst's
//! TextTiling of 1997 uses it to part topics.)

use rustc_hash::FxHashMap;

use super::lattice::Lattice;
use super::measure::MOST_COLUMNS;
use super::sheet::{Piece, Sheet};

/// A split that is less likely tells nothing.
const SURE: f32 = 0.7;
/// How far the words of a line are remembered: so many lines on they count for a third.
const NEAR: f32 = 20.0;
/// How often every word is taken to stand in each column besides.
const ANYWAY: f32 = 0.5;
/// How much the words count, against what the lattice holds.
const WEIGHT: f32 = 0.42;
/// A word that stands on more of the split lines, or on one strip of twelve, is too common to tell.
const COMMON: usize = 3;
/// One line says no more than this.
const MOST: f32 = 1.0;
/// A shorter word says nothing of what a text speaks of.
const LETTERS: usize = 4;

/// For each strip and column, in nats, what speaks for its words' being at home there.
pub(super) fn at_home(lattice: &Lattice) -> Vec<[f32; MOST_COLUMNS]> {
    let sheet = lattice.sheet();
    let mut spoken: FxHashMap<u64, Vec<(usize, u8)>> = FxHashMap::default();
    for strip in 0..sheet.strips.len() {
        let split = lattice.cuts(strip).into_iter().find(|(cut, chance)| cut.cells.len() > 1 && *chance > SURE);
        for (column, piece) in split.into_iter().flat_map(|(cut, _)| cut.cells) {
            for word in words(sheet, piece) {
                spoken.entry(word).or_default().push((strip, column));
            }
        }
    }
    let common = COMMON.max(sheet.strips.len() / 12);
    let home = |strip: usize| {
        let mut home = [0.0; MOST_COLUMNS];
        for word in words(sheet, sheet.whole(strip)) {
            let Some(places) = spoken.get(&word).filter(|places| places.len() <= common) else { continue };
            let mut near = [ANYWAY; MOST_COLUMNS];
            for &(other, column) in places.iter().filter(|place| place.0 != strip) {
                near[usize::from(column)] += (-(strip.abs_diff(other) as f32) / NEAR).exp();
            }
            home.iter_mut().zip(near).for_each(|(sum, near)| *sum += WEIGHT * (near / ANYWAY).ln());
        }
        // Only the columns are weighed against one another, not lines of one cell against others.
        let best = home.iter().copied().fold(0.0, f32::max);
        home.map(|of| (of - best).max(-MOST))
    };
    (0..sheet.strips.len()).map(home).collect()
}

/// The words of a piece that may say what it speaks of, each once.
fn words(sheet: &Sheet, piece: Piece) -> Vec<u64> {
    let tokens = &sheet.facts(piece).tokens[piece.words()];
    let long = tokens.iter().filter(|token| token.has_letters && token.span.len() >= LETTERS);
    let mut words: Vec<u64> = long.map(|token| token.word.letters()).collect();
    words.sort_unstable();
    words.dedup();
    words
}
