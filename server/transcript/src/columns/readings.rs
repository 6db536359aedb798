//! Which guesses at the measure of a sheet are read, one after the other: none any more where one is sure, and three columns
//! too where what was read of two is in doubt. What has no hope against the others is given up.

use super::cohesion;
use super::cut::Cut;
use super::guess::worth;
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
    /// The same where columns may be empty on a line.
    fits_of_three: Fits,
    lattices: Vec<Past>,
}

/// Where the readings under one measure are so sure, no other measure is tried.
const SURE: f32 = 0.99;
/// Where those of two columns are less sure than this, three columns are tried that nothing else spoke for: where most lines hold one
/// cell by them, or few do.
const IN_DOUBT: f32 = 0.95;
const IN_MORE_DOUBT: f32 = 0.85;
/// Such three columns are given up where they are not so much likelier a line than two, in nats, down to some line, so many nats
/// granted; on trial also where they are worth so much less.
const AHEAD: f64 = 0.1;
const GRANTED: f64 = 4.0;
const BEHIND: f32 = 5.0;
/// Columns are found where some line is so likely a part of them. Of 882 readings of 199 texts without any 829 are less than half a
/// nat likelier than that nothing is in columns; of 1,464 pages in columns, or texts with some lines of them, that are read rightly the
/// first guess is so on 26.
const FOUND: f32 = 0.3;
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
        let best = self.read.iter().map(worth).fold(f32::NEG_INFINITY, f32::max);
        if !self.read.is_empty() && (measure.columns.len() > 2 || in_vain) {
            let trial = self.with((measure, Breadth::Trial), &lead)?;
            let is_hopeless = if in_vain { !finds(&trial) } else { worth(&trial) < best - BEHIND };
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
    // Where three columns are not looked at now, what is known of them is no longer of the version before the next edit.
    let mut fits = std::mem::take(&mut judged.fits_of_three);
    let three = in_doubt(&readings.read).and_then(|two| {
        let three = as_three(sheet, two, &mut fits, differs);
        judged.fits_of_three = fits;
        three
    });
    if let Some(measure) = &three {
        let lattice = readings.under(measure, |lines| AHEAD * lines as f64 - GRANTED);
        readings.read.extend(lattice);
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

/// The measure of the likeliest readings, where they find two columns, likelier than none, and are in doubt, the more of it where
/// few lines hold one cell by them.
fn in_doubt<'s>(lattices: &[Lattice<'s>]) -> Option<&'s Measure> {
    let is_in_doubt = |lattice: &&Lattice| {
        let least = if alone(lattice) > 0.0 { IN_DOUBT } else { IN_MORE_DOUBT };
        lattice.columns() == 2 && lattice.total() > 0.0 && sureness(lattice) < least && finds(lattice)
    };
    let likeliest = lattices.iter().max_by(|one, other| one.total().total_cmp(&other.total()));
    likeliest.filter(is_in_doubt).map(Lattice::measure)
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

/// How sure a lattice is of its likeliest cuts on average; a strip left outside counts for nothing.
fn sureness(lattice: &Lattice) -> f32 {
    let strips = lattice.sheet().strips.len();
    let surest = |strip: usize| {
        let cuts = lattice.cuts(strip);
        cuts.iter().filter(|(cut, _)| !cut.is_outside()).map(|(_, chance)| *chance).fold(0.0, f32::max)
    };
    (0..strips).map(surest).sum::<f32>() / strips.max(1) as f32
}
