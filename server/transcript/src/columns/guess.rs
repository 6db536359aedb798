//! The readings of a sheet under each guess at its measure, weighed together: what is likeliest of each line, with regard to
//! the lines beside it, and how likely that is.

use super::cut::Cut;
use super::lattice::Lattice;
use super::logs::sum_logs;

/// Other cuts of a line that are less likely than this are not told.
const LEAST_TOLD: f32 = 0.02;
/// At most so many other cuts of a line are told.
const MOST_TOLD: usize = 4;
/// A guess at the measure that is so much less likely than the best, in nats, is left out.
const BEHIND: f32 = 8.0;

/// How sure readings are of a line counts for so much, in nats: those under a wrong measure seldom are.
const SURE: f32 = 2.0;
/// So much less counts a line that holds several cells but not one of every column, in nats: three columns of which one is all but
/// empty fit any page of two.
const PARTLY: f32 = 1.0;

/// What is decided of a strip.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) cut: Cut,
    /// The probability of the cut.
    pub(super) confidence: f32,
    /// The probability that it is part of the columns at all.
    pub(super) inside: f32,
    /// Other cuts, the likeliest first, each with its probability.
    pub(super) others: Vec<(Cut, f32)>,
}

/// The readings under each guess at the measure, and how likely each guess is.
pub(super) struct Guesses<'a> {
    lattices: Vec<(&'a Lattice<'a>, f32)>,
}

/// The cuts of a strip under all guesses.
struct Ways {
    /// Each with its probability.
    cuts: Vec<(Cut, f32)>,
    /// How likely the strip is no part of the columns.
    outside: f32,
    /// For each guess where its own cuts stand among these.
    places: Vec<Vec<usize>>,
}

impl<'a> Guesses<'a> {
    /// Takes the number of columns of the reading that is worth the most, and weighs its guesses.
    pub(super) fn new(lattices: &'a [Lattice<'a>]) -> Self {
        let best = lattices.iter().max_by(|&one, &other| worth(one).total_cmp(&worth(other)));
        let columns = best.map_or(2, Lattice::columns);
        let of = || lattices.iter().filter(|lattice| lattice.columns() == columns);
        let all = sum_logs(of().map(Lattice::total));
        let weighed = of().map(|lattice| (lattice, (lattice.total() - all).exp()));
        Guesses { lattices: weighed.filter(|(_, share)| *share > (-BEHIND).exp()).collect() }
    }

    /// What is likeliest of each strip, with regard to those beside it: see [`together`].
    pub(super) fn reading(&self) -> Vec<Choice> {
        let strips = self.lattices.first().map_or(0, |(lattice, _)| lattice.sheet().strips.len());
        let all: Vec<Ways> = (0..strips).map(|strip| self.ways(strip)).collect();
        let own: Vec<Vec<f32>> = all.iter().map(Ways::chances).collect();
        let pairs: Vec<Vec<Vec<f32>>> =
            all.windows(2).enumerate().map(|(above, two)| self.pairs(above + 1, [&two[0], &two[1]])).collect();
        all.into_iter().zip(together(&own, &pairs)).map(|(ways, at)| ways.choice(at)).collect()
    }

    /// What is likeliest of a strip if it is part of the columns; none where nothing is known of that.
    pub(super) fn inside(&self, strip: usize) -> Option<Choice> {
        let ways = self.ways(strip);
        let inside = (0..ways.cuts.len()).filter(|&at| !ways.cuts[at].0.is_outside());
        let likeliest = inside.max_by(|&one, &other| ways.cuts[one].1.total_cmp(&ways.cuts[other].1))?;
        Some(ways.choice(likeliest))
    }

    fn ways(&self, strip: usize) -> Ways {
        let mut cuts: Vec<(Cut, f32)> = Vec::new();
        let mut places = Vec::with_capacity(self.lattices.len());
        for (lattice, share) in &self.lattices {
            let place = |(cut, chance): (Cut, f32)| {
                let at = cuts.iter().position(|(other, _)| *other == cut).unwrap_or(cuts.len());
                if at == cuts.len() {
                    cuts.push((cut, 0.0));
                }
                cuts[at].1 += chance * share;
                at
            };
            places.push(lattice.cuts(strip).into_iter().map(place).collect());
        }
        let outside = cuts.iter().filter(|(cut, _)| cut.is_outside()).map(|(_, chance)| chance).sum();
        Ways { cuts, outside, places }
    }

    /// How likely each cut of a strip comes after each of the strip above, a row for each of the strip's.
    fn pairs(&self, strip: usize, [above, ways]: [&Ways; 2]) -> Vec<Vec<f32>> {
        let mut pairs = vec![vec![0.0; above.cuts.len()]; ways.cuts.len()];
        for (guess, (lattice, share)) in self.lattices.iter().enumerate() {
            lattice.pairs(strip, &mut |from, to, chance| {
                pairs[ways.places[guess][to]][above.places[guess][from]] += chance * share;
            });
        }
        pairs
    }

    /// Whether a strip is no wider than a column, by the likeliest guess.
    pub(super) fn is_narrow(&self, strip: usize) -> bool {
        let likeliest = self.lattices.iter().max_by(|one, other| one.1.total_cmp(&other.1));
        likeliest.is_some_and(|(lattice, _)| lattice.is_narrow(strip))
    }
}

/// What speaks for readings against those under other guesses at the measure, in nats.
pub(super) fn worth(lattice: &Lattice) -> f32 {
    let columns = lattice.columns();
    let line = |strip: usize| {
        let inside = lattice.cuts(strip).into_iter().filter(|(cut, _)| !cut.is_outside());
        inside.fold((0.0, 0.0), |(surest, partly), (cut, chance)| {
            let is_partly = (2..columns).contains(&cut.cells.len());
            (chance.max(surest), if is_partly { partly + chance } else { partly })
        })
    };
    let lines = (0..lattice.sheet().strips.len()).map(line);
    lattice.total() + lines.map(|(surest, partly): (f32, f32)| SURE * surest - PARTLY * partly).sum::<f32>()
}

impl Ways {
    /// How likely each cut is, of those that come into question.
    fn chances(&self) -> Vec<f32> {
        let chance = |at| if self.is_likely(at) { self.cuts[at].1 } else { f32::NEG_INFINITY };
        (0..self.cuts.len()).map(chance).collect()
    }

    /// Whether a cut takes the strip to be what it likelier is, part of the columns or none.
    fn is_likely(&self, at: usize) -> bool {
        self.cuts[at].0.is_outside() == (self.outside > 0.5)
    }

    /// The choice of a cut; others are told that take the strip to be the same, part of the columns or none.
    fn choice(self, at: usize) -> Choice {
        let (cut, confidence) = self.cuts[at].clone();
        let is_told = |(place, (other, chance)): &(usize, (Cut, f32))| {
            *place != at && other.is_outside() == cut.is_outside() && *chance > LEAST_TOLD
        };
        let others = self.cuts.into_iter().enumerate().filter(is_told);
        let mut others: Vec<(Cut, f32)> = others.map(|(_, other)| other).collect();
        others
            .sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cells.len().cmp(&other.0.cells.len())));
        others.truncate(MOST_TOLD);
        Choice { cut, confidence, inside: 1.0 - self.outside, others }
    }
}

/// Of each line the one of its cuts by which the most lines, and the most pairs of lines, are expected to be right. So where one
/// reading of many lines is as likely as its mirror image, as it is when lines of two columns lie between one another, the
/// lines are not dealt out to both. `own` is how likely each cut of each line is, `pairs` of each line but the first how likely
/// each of its cuts comes after each of those above, a row for each of its own.
fn together(own: &[Vec<f32>], pairs: &[Vec<Vec<f32>>]) -> Vec<usize> {
    let most = |expected: &mut dyn Iterator<Item = f32>| -> (usize, f32) {
        let first = (0, f32::NEG_INFINITY);
        expected.enumerate().fold(first, |most, (at, expected)| if expected > most.1 { (at, expected) } else { most })
    };
    // Of each cut what is expected down to it at best, and after which of the line above.
    let mut best: Vec<Vec<(usize, f32)>> = Vec::with_capacity(own.len());
    for (line, own) in own.iter().enumerate() {
        let above = best.last().zip(line.checked_sub(1).and_then(|pair| pairs.get(pair)));
        let way = |(at, own): (usize, &f32)| match above {
            Some((above, pairs)) => {
                let (from, expected) = most(&mut above.iter().zip(&pairs[at]).map(|((_, sum), pair)| sum + pair));
                (from, own + expected)
            }
            None => (0, *own),
        };
        best.push(own.iter().enumerate().map(way).collect());
    }
    let mut at = best.last().map_or(0, |best| most(&mut best.iter().map(|(_, expected)| *expected)).0);
    let mut chosen: Vec<usize> = Vec::with_capacity(own.len());
    for best in best.iter().rev() {
        chosen.push(at);
        at = best[at].0;
    }
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of lines with two cuts, `a` and `b`, the readings with their probabilities: what is chosen.
    fn check(readings: &[(&str, f32)], expected: &str) {
        let place = |reading: &str, line: usize| usize::from(reading.as_bytes()[line] == b'b');
        let lines = expected.len();
        let mut own = vec![vec![0.0; 2]; lines];
        let mut pairs = vec![vec![vec![0.0; 2]; 2]; lines - 1];
        for (reading, chance) in readings {
            (0..lines).for_each(|line| own[line][place(reading, line)] += chance);
            (1..lines).for_each(|line| pairs[line - 1][place(reading, line)][place(reading, line - 1)] += chance);
        }
        let chosen: String = together(&own, &pairs).into_iter().map(|at| if at == 0 { 'a' } else { 'b' }).collect();
        assert_eq!(chosen, expected);
    }

    #[test]
    fn lines_are_not_dealt_out_to_a_reading_and_its_mirror_image() {
        // Each line by itself is likeliest `a`, if only by a little.
        check(&[("abab", 0.46), ("baba", 0.44), ("bbbb", 0.0), ("aaaa", 0.1)], "abab");
        check(&[("abab", 0.44), ("baba", 0.46), ("aaaa", 0.1)], "baba");
    }

    #[test]
    fn what_is_sure_of_a_line_is_chosen_whatever_stands_beside_it() {
        check(&[("aab", 0.9), ("bba", 0.1)], "aab");
        check(&[("b", 0.6), ("a", 0.4)], "b");
    }
}
