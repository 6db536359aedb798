//! Whether lines plainly read on from one to the next, as those of most texts do: then nothing ran together there, and
//! nothing else has to be looked at. Two things tell. Where columns ran together, what ends a line does not go on in the
//! next; and the words inside a line follow one another far more naturally than those over its end, which in a table, a
//! list or a language that the model does not know they do not.

use super::junction::{Junctions, REACH, tamed};
use super::word::Word;

/// So many lines are judged together.
const WINDOW: usize = 8;
/// Lines read on where the junctions over their ends, each from -1 to 1, are at least this on average. Of 525 merged pages
/// the lowest eight lines are above -0.25 on one, and half of the plain pages are never below -0.08.
const READS_ON: f32 = -0.2;
/// Nor did lines run together whose ends are no stranger than their insides by this. On those pages eight lines come to
/// -0.42 or less.
const NO_STRANGER: f32 = -0.36;
/// Inside a line so many junctions are looked at.
const INSIDE: usize = 3;
/// Of fewer lines chance may make any go on in the next.
pub(super) const FEWEST: usize = 24;
/// A line of fewer words tells nothing of this.
pub(super) const TELLING: usize = 4;

/// Whether each of some lines goes on in the next, blank lines left out.
pub fn reads_on<'t>(lines: impl Iterator<Item = &'t str>, junctions: &Junctions) -> bool {
    let lines: Vec<Vec<&str>> = lines.map(|line| line.split_whitespace().collect()).collect();
    let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).filter(|words| !words.is_empty()).collect();
    let telling: Vec<&[&[&str]]> = lines.windows(2).filter(|pair| pair[0].len() >= TELLING).collect();
    if telling.len() < FEWEST {
        return false;
    }
    let ends: Vec<f32> = telling.iter().map(|pair| tamed(meeting(pair[0], pair[1], junctions))).collect();
    let mut insides: Vec<Option<f32>> = vec![None; ends.len()];
    let mut inside = |at: usize| *insides[at].get_or_insert_with(|| inside(telling[at][0], junctions));
    are_no_stranger(&ends, &mut inside, NO_STRANGER)
}

/// Whether nowhere the ends of some lines in a row are strange, and stranger than their insides by so much; of each line how
/// natural they are, from -1 to 1.
pub(super) fn are_no_stranger(ends: &[f32], inside: &mut dyn FnMut(usize) -> f32, by: f32) -> bool {
    ends.windows(WINDOW).enumerate().all(|(start, ends)| {
        let mean = |sum: f32| sum / WINDOW as f32;
        let ends = mean(ends.iter().sum());
        ends > READS_ON || ends - mean((start..start + WINDOW).map(&mut *inside).sum()) > by
    })
}

/// How natural the junctions at some places inside a line are on average, from -1 to 1.
fn inside(words: &[&str], junctions: &Junctions) -> f32 {
    let place = |nth: usize| 1 + (words.len() - 2) * (nth + 1) / (INSIDE + 1);
    let odds = (0..INSIDE).map(place).map(|at| tamed(meeting(&words[..at], &words[at..], junctions)));
    odds.sum::<f32>() / INSIDE as f32
}

/// The log-odds that some words go on in others.
fn meeting(before: &[&str], after: &[&str], junctions: &Junctions) -> f32 {
    let read = |words: &[&str]| words.iter().map(|word| Word::new(word)).collect::<Vec<_>>();
    let (before, after) = (&before[before.len().saturating_sub(REACH)..], &after[..after.len().min(REACH)]);
    junctions.between(&junctions.left(&read(before)), &junctions.right(&read(after)))
}
