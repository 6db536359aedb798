//! Which guesses at the measure of a sheet are read, one after the other: none any more where one is sure, and three columns
//! too where what was read of two is in doubt. What has no hope against the others is given up.

use super::cohesion;
use super::cut::Cut;
use super::judge::Judge;
use super::lattice::{Lattice, Past};
use super::layer::Breadth;
use super::measure::{Fits, Measure, as_three, interleaved, measures_again};
use super::reread::Differs;
use super::sheet::Sheet;

/// What was worked out of a sheet under the guesses at its measure.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    fits: Fits,
    lattices: Vec<Past>,
}

/// Where the readings under one measure are so sure, no other measure is tried.
const SURE: f32 = 0.99;
/// Where those of two columns are less sure than this, three columns are tried that nothing else spoke for.
const IN_DOUBT: f32 = 0.95;
/// Columns are found where some line is so likely a part of them. Of 882 readings of 199 texts without any 829 are less than half a
/// nat likelier than that nothing is in columns; of 1,464 pages in columns, or texts with some lines of them, that are read rightly the
/// first guess is so on 26.
const FOUND: f32 = 0.3;
/// So likely is a line at the least, in nats, of a page that is rightly read.
const UNLIKELY: f32 = 1.0;
/// Such three columns have to make the page so much likelier a line, in nats, for any page of two can be read as one of three; and
/// so much more yet (with the second) as they are less sure than two. Of 62 pages of three columns that were taken for two
/// these let 22 be read as what they are, and one of 1,200 pages of two columns as three.
const AHEAD: f32 = 0.5;
const ALL_TOLD: f32 = 0.75;
const LESS_SURE: f32 = 3.0;
/// They are given up where down to some line they are not half as far ahead, so many nats granted.
const GRANTED: f64 = 4.0;

/// The readings of a sheet under the guesses so far.
struct Readings<'a, 's> {
    sheet: &'s Sheet<'s>,
    judge: &'a Judge,
    differs: Option<&'s Differs>,
    /// What was worked out before an edit.
    past: Vec<Past>,
    read: Vec<Lattice<'s>>,
    /// What was worked out under guesses that are given up, and on trial.
    given_up: Vec<Past>,
}

impl<'s> Readings<'_, 's> {
    /// Reads under one guess more; none where those of others show soon that it has no hope, or where it is not so far ahead of
    /// them as `lead` says, given how many lines that are. Of three columns and more very many states are kept, and where no
    /// guess found columns so far another seldom will: so these are looked at with few states first.
    fn under(&mut self, measure: &'s Measure, lead: impl Fn(usize) -> f64) -> Option<Lattice<'s>> {
        let in_vain = !self.read.iter().any(finds);
        if !self.read.is_empty() && (measure.columns.len() > 2 || in_vain) {
            let trial = self.with((measure, Breadth::Trial), &lead)?;
            let is_hopeless = in_vain && !finds(&trial);
            self.given_up.push(trial.into_past());
            if is_hopeless {
                return None;
            }
        }
        self.with((measure, Breadth::Full), lead)
    }

    /// The same, with so many states kept.
    fn with(&mut self, guess: (&'s Measure, Breadth), lead: impl Fn(usize) -> f64) -> Option<Lattice<'s>> {
        let mut lattice = Lattice::again(self.sheet, guess, &mut self.past, self.differs);
        if lattice.read_beside(self.judge, &self.read, lead) {
            return Some(lattice);
        }
        self.given_up.push(lattice.into_past());
        None
    }
}

/// Reads a sheet, which must not be empty, and tells what is to be told of the readings. What was worked out of the sheet before
/// an edit is taken over where it stands; after it, `judged` is what was worked out of this one.
pub(super) fn read<T>(
    sheet: &Sheet,
    judge: &Judge,
    judged: &mut Judged,
    differs: Option<&Differs>,
    tell: impl FnOnce(&[Lattice]) -> T,
) -> T {
    let split = measures_again(sheet, &mut judged.fits, differs);
    let woven = interleaved(sheet);
    let past = std::mem::take(&mut judged.lattices);
    let mut readings = Readings { sheet, judge, differs, past, read: Vec::new(), given_up: Vec::new() };
    // The guesses come in the order of how well they fit; whether lines lie between one another is tried last.
    for measure in split.iter().chain(&woven) {
        let Some(lattice) = readings.under(measure, |_| f64::NEG_INFINITY) else { continue };
        let sure = sureness(&lattice) > SURE;
        readings.read.push(lattice);
        if sure {
            break;
        }
    }
    let more = in_doubt(&readings.read).map_or_else(Vec::new, as_three);
    for measure in &more {
        let lead = |lines: usize| f64::from(AHEAD) / 2.0 * lines as f64 - GRANTED;
        match readings.under(measure, lead) {
            Some(lattice) if is_ahead(&lattice, &readings.read) => readings.read.push(lattice),
            Some(lattice) => readings.given_up.push(lattice.into_past()),
            None => {}
        }
    }
    let Readings { read: mut lattices, given_up: mut pasts, .. } = readings;
    for lattice in &mut lattices {
        let homes = cohesion::at_home(lattice);
        lattice.lean(homes);
    }
    let told = tell(&lattices);
    pasts.extend(lattices.into_iter().map(Lattice::into_past));
    judged.lattices = pasts;
    told
}

/// Whether columns are found by a reading.
fn finds(lattice: &Lattice) -> bool {
    (0..lattice.sheet().strips.len()).any(|strip| lattice.inside(strip) > FOUND)
}

fn likeliest<'l, 's>(lattices: &'l [Lattice<'s>]) -> Option<&'l Lattice<'s>> {
    lattices.iter().max_by(|one, other| one.total().total_cmp(&other.total()))
}

/// The measure of the likeliest readings, where they find two columns, likelier than none, and are in doubt, and most lines hold one
/// cell by them or are hardly better read so than not at all.
fn in_doubt<'s>(lattices: &[Lattice<'s>]) -> Option<&'s Measure> {
    let doubted = |lattice: &&Lattice| {
        let a_line = lattice.total() / lattice.sheet().strips.len().max(1) as f32;
        let may_be_more = || a_line < UNLIKELY || alone(lattice) > 0.0;
        let finds_two = lattice.columns() == 2 && finds(lattice);
        finds_two && a_line > 0.0 && sureness(lattice) < IN_DOUBT && may_be_more()
    };
    likeliest(lattices).filter(doubted).map(Lattice::measure)
}

/// How many lines more are expected to hold one cell than several.
fn alone(lattice: &Lattice) -> f32 {
    let of = |(cut, chance): (Cut, f32)| match cut.cells.len() {
        0 => 0.0,
        1 => chance,
        _ => -chance,
    };
    (0..lattice.sheet().strips.len()).flat_map(|strip| lattice.cuts(strip)).map(of).sum()
}

/// Whether three columns are so much likelier than the likeliest of the others that they are to be reckoned with.
fn is_ahead(three: &Lattice, others: &[Lattice]) -> bool {
    let Some(best) = likeliest(others) else { return true };
    let ahead = (three.total() - best.total()) / three.sheet().strips.len().max(1) as f32;
    ahead > AHEAD && ahead + LESS_SURE * (sureness(three) - sureness(best)) > ALL_TOLD
}

/// How sure a lattice is of its likeliest cuts on average; a strip left outside counts for nothing.
fn sureness(lattice: &Lattice) -> f32 {
    let strips = lattice.sheet().strips.len();
    let surest = |strip: usize| {
        let cuts = lattice.cuts(strip);
        cuts.iter().filter(|(cut, _)| !cut.is_outside()).map(|(_, chance)| *chance).fold(0.0, f32::max)
    };
    (0..strips).map(surest).sum::<f32>() / strips.max(1) as f32
}
