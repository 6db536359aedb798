//! Whether lines plainly read on from one to the next, as those of most texts do: then nothing ran together there, and
//! nothing else has to be looked at. Two things tell. Where columns ran together, what ends a line does not go on in the
//! next; and the words inside a line follow one another far more naturally than those over its end, which in a table, a
//! list or a language that the model does not know they do not.

use super::junction::{Junctions, REACH, tamed};
use super::word::Word;

/// So many lines are judged together.
const WINDOW: usize = 8;
/// Their ends are strange where the junctions over them, each from -1 to 1, are no more than this on average. Of 525 merged
/// pages the lowest eight lines are above -0.25 on one, and half of the plain pages are never below -0.08.
const STRANGE: f32 = -0.2;
/// The same for so few lines, in a text that reads on for the most part.
const FEW: (usize, f32) = (4, -0.45);
/// Where the lines of a text do not read on for the most part, it may be one of which the model knows nothing: then the ends
/// of lines have to be stranger than their insides by this too. On those pages eight lines come to -0.42 or less.
const STRANGER: f32 = -0.36;
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
    !are_strange(&ends, &mut inside, STRANGER)
}

/// Whether anywhere the ends of some lines in a row are strange, and, in a text that does not read on for the most part,
/// stranger than their insides by so much; of each line how natural they are, from -1 to 1.
pub(super) fn are_strange(ends: &[f32], inside: &mut dyn FnMut(usize) -> f32, stranger: f32) -> bool {
    let mean = |numbers: &[f32]| numbers.iter().sum::<f32>() / numbers.len().max(1) as f32;
    let few = || ends.windows(FEW.0).any(|ends| mean(ends) <= FEW.1);
    if mean(ends) > 0.0 {
        return ends.windows(WINDOW).any(|ends| mean(ends) <= STRANGE) || few();
    }
    ends.windows(WINDOW).enumerate().any(|(start, ends)| {
        let inside = |at: usize| inside(start + at);
        mean(ends) <= STRANGE && mean(ends) - (0..WINDOW).map(inside).sum::<f32>() / WINDOW as f32 <= stranger
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
