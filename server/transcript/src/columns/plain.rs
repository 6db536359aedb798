//! Whether lines plainly read on from one to the next, as those of most texts do: then nothing ran together there, and
//! nothing else has to be looked at.

use super::junction::{Junctions, REACH, tamed};
use super::word::Word;

/// So many lines are judged together.
const WINDOW: usize = 8;
/// Lines read on where the junctions over their ends, each from -1 to 1, are at least this on average. Of 525 merged pages
/// the lowest eight lines are above -0.25 on one, and half of the plain pages are never below -0.08.
const READS_ON: f32 = -0.2;
/// Of fewer lines chance may make any go on in the next.
const FEWEST: usize = 24;
/// A line of fewer words tells nothing of this.
const TELLING: usize = 4;

/// Whether each of some lines goes on in the next, blank lines left out.
pub fn reads_on<'t>(lines: impl Iterator<Item = &'t str>, junctions: &Junctions) -> bool {
    let ends: Vec<Ends> = lines.map(Ends::new).filter(|ends| ends.words > 0).collect();
    let telling = ends.windows(2).filter(|pair| pair[0].words >= TELLING);
    let over = |pair: &[Ends]| junctions.between(&junctions.left(&pair[0].last), &junctions.right(&pair[1].first));
    let over: Vec<f32> = telling.map(|pair| tamed(over(pair))).collect();
    let lowest = over.windows(WINDOW).map(|window| window.iter().sum::<f32>() / WINDOW as f32).fold(1.0, f32::min);
    over.len() >= FEWEST && lowest > READS_ON
}

/// How a line starts and ends.
struct Ends {
    first: Vec<Word>,
    last: Vec<Word>,
    words: usize,
}

impl Ends {
    fn new(line: &str) -> Ends {
        let words: Vec<&str> = line.split_whitespace().collect();
        let read = |words: &[&str]| words.iter().map(|word| Word::new(word)).collect();
        let (first, last) = (REACH.min(words.len()), words.len().saturating_sub(REACH));
        Ends { first: read(&words[..first]), last: read(&words[last..]), words: words.len() }
    }
}
