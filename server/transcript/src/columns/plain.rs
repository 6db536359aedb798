//! Whether lines plainly read on from one to the next, as those of most texts do: then nothing ran together there, and
//! nothing else has to be looked at.

use super::facts::Facts;
use super::junction::{Junctions, REACH};

/// So many lines are judged together.
const WINDOW: usize = 8;
/// Lines read on where the junctions over their ends, each from -1 to 1, are at least this on average. On the pages of
/// the corpora, eight lines of merged columns are never above -0.28, and half of the plain pages never below -0.08.
const READS_ON: f32 = -0.1;
/// Of fewer lines chance may make any go on in the next.
const FEWEST: usize = 24;
/// A line of fewer words tells nothing of this.
const TELLING: usize = 4;

/// Whether each line of a run goes on in the next, blank lines left out.
pub fn reads_on(lines: &[Facts], junctions: &Junctions) -> bool {
    let end = |facts: &Facts| {
        let words: Vec<_> = facts.tokens[facts.len().saturating_sub(REACH)..].iter().map(|token| token.word).collect();
        junctions.left(&words)
    };
    let start = |facts: &Facts| {
        let words: Vec<_> = facts.tokens.iter().take(REACH).map(|token| token.word).collect();
        junctions.right(&words)
    };
    let full: Vec<&Facts> = lines.iter().filter(|facts| !facts.is_empty()).collect();
    let telling = full.windows(2).filter(|pair| pair[0].len() >= TELLING);
    let ends: Vec<f32> = telling.map(|pair| (junctions.between(&end(pair[0]), &start(pair[1])) / 3.0).tanh()).collect();
    let lowest = ends.windows(WINDOW).map(|window| window.iter().sum::<f32>() / WINDOW as f32).fold(1.0, f32::min);
    ends.len() >= FEWEST && lowest > READS_ON
}
