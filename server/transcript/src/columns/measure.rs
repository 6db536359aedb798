//! The measure of a page: how many columns it has, how wide each is, and in which kind of typeface it is set. All that
//! is known of it is how wide the lines are and where their junctions are strange, so this gives the likeliest few
//! guesses, and the search decides between them.

use std::cell::RefCell;

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x16};
use rustc_hash::FxHashMap;

use super::lanes::{LANES, sum, widely};
use super::reread::Differs;
use super::sheet::{Sheet, Strip};
use super::width::{FACES, Face};

/// The most columns of a page.
pub const MOST_COLUMNS: usize = 4;

/// A guess at how a page is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// The typeface that it resembles.
    pub face: Face,
    /// The width of each column, in thousandths of the type size.
    pub columns: Vec<f32>,
}

impl Measure {
    /// How wide a line is that fills all columns.
    pub fn whole(&self) -> f32 {
        self.columns.iter().sum::<f32>() + self.face.space() * (self.columns.len() - 1) as f32
    }

    /// Whether lines are cut by it much as by another.
    fn is_near(&self, other: &Measure) -> bool {
        let apart = (self.whole() / other.whole() - 1.0).abs().max((self.share() - other.share()).abs());
        self.columns.len() == other.columns.len() && apart < NEAR
    }

    /// The left column's share of the width of all.
    fn share(&self) -> f32 {
        self.columns[0] / self.columns.iter().sum::<f32>()
    }
}

/// What is known of splitting a strip before the columns are known. Row by row, and with room to spare where no gap is, for
/// all of it is gone through very often.
struct Openings {
    /// How many places it might be split at.
    gaps: usize,
    /// How wide the words before each are, ascending.
    before: [f32; LANES],
    /// What speaks for each, as odds; nought where none is.
    gain: [f32; LANES],
    /// How wide the strip is.
    whole: f32,
    /// How wide the next strip's first word is with the space before it: it did not fit any more.
    next: f32,
}

/// At most so many gaps of a strip are tried.
const TRIED: usize = 9;

/// How well guesses fit each of the strips that are tried, kept from one version of a sheet to the next.
#[derive(Clone, Debug, Default)]
pub struct Fits(FxHashMap<(Face, [u32; MOST_COLUMNS]), Vec<f32>>);

/// The likeliest guesses for a sheet, the best first, none of them twice.
pub fn measures(sheet: &Sheet) -> Vec<Measure> {
    measures_again(sheet, &mut Fits::default(), None)
}

/// The same; how well guesses fit is taken over from before an edit where it stands.
pub fn measures_again(sheet: &Sheet, fits: &mut Fits, differs: Option<&Differs>) -> Vec<Measure> {
    let past = if differs.is_some() { std::mem::take(fits) } else { Fits::default() };
    let all: Vec<usize> = (0..sheet.strips.len()).collect();
    let views = FACES.map(|face| View::new((sheet, &all), face, &past, differs));
    let mut guesses = likeliest(&views);
    *fits = Fits(views.into_iter().flat_map(|view| view.fits.into_inner().0).collect());
    if let Some(strange) = sheet.strange() {
        let none = Fits::default();
        let more = likeliest(&FACES.map(|face| View::new((sheet, &strange), face, &none, None)));
        let more: Vec<Measure> =
            more.into_iter().filter(|guess| !guesses.iter().any(|other| other.is_near(guess))).collect();
        guesses.extend(more.into_iter().take(MOST_OF_STRANGE));
    }
    guesses
}

/// At most so many guesses are told of the strange lines alone.
const MOST_OF_STRANGE: usize = 2;

fn likeliest(views: &[View]) -> Vec<Measure> {
    let mut guesses: Vec<(f32, Measure)> = Vec::new();
    for columns in 2..=MOST_COLUMNS {
        let mut best: Vec<(f32, Measure)> = views.iter().flat_map(|view| view.guesses(columns)).collect();
        best.sort_by(|one, other| other.0.total_cmp(&one.0));
        guesses.extend(apart(best, if columns == 2 { 3 } else { 1 }));
    }
    guesses.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (best, doubled) = guesses.first().map_or((0.0, false), |(score, measure)| (*score, is_doubled(measure)));
    // Where two columns look like three, three are read too however much worse they fit: lines of which the last column is
    // empty fit two as well.
    let least = |measure: &Measure| if doubled && measure.columns.len() == 3 { HOPELESS } else { best - BEHIND };
    let mut first = true;
    guesses.retain(|(score, measure)| std::mem::take(&mut first) || *score > least(measure).max(HOPELESS));
    let three = guesses.iter().any(|(_, measure)| measure.columns.len() > 2);
    guesses.retain(|(_, measure)| !(three && is_doubled(measure)));
    guesses.into_iter().map(|(_, measure)| measure).collect()
}

/// Whether one of two columns is as wide as two others: then three columns are likelier, if they fit at all.
fn is_doubled(measure: &Measure) -> bool {
    let doubled = |share: f32| (share - 2.0 / 3.0).abs() < 0.04 || (share - 1.0 / 3.0).abs() < 0.04;
    measure.columns.len() == 2 && doubled(measure.share())
}

/// Three columns for lines that were read as two: as wide as those on average, and where these differ, as the narrower. Where
/// hardly a line holds all three cells, the widths of lines alone fit two as well.
pub fn as_three(two: &Measure) -> Vec<Measure> {
    /// As a share of the mean: narrower than that, a column differs from it.
    const NARROWER: f32 = 0.93;
    let mean = two.columns.iter().sum::<f32>() / two.columns.len() as f32;
    let least = two.columns.iter().copied().fold(mean, f32::min);
    let widths = [Some(mean), Some(least).filter(|least| *least < NARROWER * mean)];
    widths.into_iter().flatten().map(|width| Measure { face: two.face, columns: vec![width; 3] }).collect()
}

/// The guess that hardly any line holds more than one cell, where the lines look as if those of several columns lay
/// between one another.
pub fn interleaved(sheet: &Sheet) -> Option<Measure> {
    let [two, three] = [sheet.weave(), sheet.woven(3)];
    (two.max(three) > WOVEN).then(|| narrow(sheet, if two >= three { 2 } else { 3 }))
}

/// A guess that fits so much worse than the best, in nats a line, is not looked at.
const BEHIND: f32 = 1.0;
/// Nor is one that hardly fits any line. (The floor of the score is the log of [`FLOOR`], -3.5.)
const HOPELESS: f32 = -3.4;

/// From this on it is worth a look whether the lines of two columns lie between one another; see [`Sheet::weave`].
const WOVEN: f32 = -0.25;

/// The columns are as wide as most full lines are.
fn narrow(sheet: &Sheet, columns: usize) -> Measure {
    let (mut best, mut most) = (Measure { face: Face::Sans, columns: vec![1.0; columns] }, 0.0);
    for face in FACES {
        let widths = widths(sheet.strips.iter(), face);
        let mut wide: Vec<f32> = widths.iter().skip(widths.len() / 4).copied().map(coarse).collect();
        wide.dedup();
        for column in wide {
            let full: f32 = widths.iter().map(|width| fullness(width / column - 1.0)).sum();
            if full > most {
                (best, most) = (Measure { face, columns: vec![column; columns] }, full);
            }
        }
    }
    best
}

/// A width to the nearest of some, each by less than a hundredth wider than the last: guesses lie no closer, and a letter more
/// in a line hardly ever changes one.
fn coarse(width: f32) -> f32 {
    /// So many bits of a number are left out.
    const FINE: u32 = 16;
    f32::from_bits((width.to_bits() + (1 << (FINE - 1))) >> FINE << FINE)
}

/// The widths of some strips, ascending.
fn widths<'s>(strips: impl Iterator<Item = &'s Strip>, face: Face) -> Vec<f32> {
    let width = |strip: &Strip| strip.facts.width(face, 0..strip.facts.len());
    let mut widths: Vec<f32> = strips.map(width).collect();
    widths.sort_by(f32::total_cmp);
    widths
}

/// Guesses of which the left columns' shares, and the widths of all columns, differ by less are near one another.
const NEAR: f32 = 0.03;

/// The best few of some guesses, none of them near a better one, be it in the same face or in another: how a page is cut
/// hangs on the columns' shares more than on the face.
fn apart(guesses: Vec<(f32, Measure)>, most: usize) -> Vec<(f32, Measure)> {
    let mut kept: Vec<(f32, Measure)> = Vec::new();
    for (score, guess) in guesses {
        let near = |other: &(f32, Measure)| (other.1.share() - guess.share()).abs() < NEAR;
        if kept.len() < most && !kept.iter().any(near) {
            kept.push((score, guess));
        }
    }
    kept
}

/// Strips of a sheet seen in one face.
struct View<'s> {
    face: Face,
    /// How many strips.
    strips: usize,
    /// What is known of some of them: enough to tell by, and no more.
    openings: Vec<Openings>,
    /// The width that five lines in a hundred surpass.
    full: f32,
    /// How well guesses fit, and how well they did before an edit, with those of the strips tried for which that is another.
    fits: RefCell<Fits>,
    past: &'s Fits,
    others: Vec<usize>,
}

impl<'s> View<'s> {
    fn new((sheet, strips): (&Sheet, &[usize]), face: Face, past: &'s Fits, differs: Option<&Differs>) -> Self {
        let widths = widths(strips.iter().map(|&strip| &sheet.strips[strip]), face);
        let every = strips.len().div_ceil(ENOUGH).max(1);
        let some = strips.iter().copied().step_by(every);
        let openings = some.clone().map(|strip| openings(sheet, strip, face)).collect();
        // The next strip's first word tells how much room a strip has.
        let stands =
            |strip: usize| differs.is_some_and(|differs| differs.cuts_stand(strip) && differs.is_same(strip + 1));
        let others = some.enumerate().filter(|&(_, strip)| !stands(strip)).map(|(at, _)| at).collect();
        let full = widths.get(widths.len() * 95 / 100).copied().unwrap_or(1.0);
        View { face, strips: strips.len(), openings, full, fits: RefCell::default(), past, others }
    }

    /// How well a measure fits each of the strips tried, as a log.
    fn fits(&self, measure: &Measure) -> Vec<f32> {
        let log = |fit: f32| (fit + FLOOR).ln();
        let mut read = Vec::with_capacity(self.openings.len());
        match self.past.0.get(&key(measure)) {
            None => {
                fits(self.openings.iter(), measure, &mut read);
                read.iter_mut().for_each(|fit| *fit = log(*fit));
                read
            }
            Some(past) => {
                let mut known = past.clone();
                fits(self.others.iter().map(|&at| &self.openings[at]), measure, &mut read);
                self.others.iter().zip(read).for_each(|(&at, fit)| known[at] = log(fit));
                known
            }
        }
    }

    /// How well a measure fits, in nats a line.
    fn score(&self, measure: &Measure) -> f32 {
        let mut known = self.fits.borrow_mut();
        let fits: f32 = known.0.entry(key(measure)).or_insert_with(|| self.fits(measure)).iter().sum();
        let uneven = (measure.columns[0] / measure.columns[measure.columns.len() - 1]).ln().abs();
        let penalty = if uneven < 0.06 { 0.0 } else { 2.0 + 8.0 * uneven };
        fits / self.openings.len().max(1) as f32 - penalty / self.strips.max(1) as f32
    }

    /// Guesses with so many columns, each with its score: coarse ones first, then closer about the best few.
    fn guesses(&self, columns: usize) -> Vec<(f32, Measure)> {
        let scored = |(total, share)| {
            let measure = shape(self.face, columns, self.full * total, share);
            (self.score(&measure), measure)
        };
        let even = 1.0 / columns as f32;
        let mut coarse: Vec<(f32, f32)> = COARSE.map(|total| (total, even)).to_vec();
        if columns == 2 {
            coarse.extend(uneven().flat_map(|share| COARSER.map(|total| (total, share))));
        }
        let mut guesses: Vec<(f32, Measure)> = coarse.into_iter().map(scored).collect();
        for near in CLOSER {
            guesses.sort_by(|one, other| other.0.total_cmp(&one.0));
            guesses.truncate(BEST);
            for at in 0..guesses.len() {
                let (total, share) = (guesses[at].1.whole() / self.full, guesses[at].1.share());
                let near = near.into_iter().filter(|(_, more)| columns == 2 || *more == 0.0);
                guesses.extend(near.map(|(by, more)| scored((total * by, share + more))).collect::<Vec<_>>());
            }
        }
        guesses
    }
}

/// What tells a measure from others.
fn key(measure: &Measure) -> (Face, [u32; MOST_COLUMNS]) {
    let mut columns = [0; MOST_COLUMNS];
    columns.iter_mut().zip(&measure.columns).for_each(|(bits, width)| *bits = width.to_bits());
    (measure.face, columns)
}

/// So many strips are enough to tell how well a measure fits.
const ENOUGH: usize = 30;

/// The shares of the left of two columns that are tried first, where they differ.
fn uneven() -> impl Iterator<Item = f32> {
    (0..5).flat_map(|at| [0.3 + 0.04 * at as f32, 0.7 - 0.04 * at as f32])
}

/// Tried first: how wide a full line is, against the width that five lines in a hundred surpass; and more coarsely.
const COARSE: [f32; 4] = [0.95, 0.98, 1.01, 1.04];
const COARSER: [f32; 2] = [0.965, 1.02];
/// So many of the best guesses are looked at closer, and closer again: somewhat narrower and wider, the left column with
/// somewhat less and more.
const BEST: usize = 4;
const CLOSER: [[(f32, f32); 4]; 2] =
    [[(0.985, 0.0), (1.015, 0.0), (1.0, -0.02), (1.0, 0.02)], [(0.993, 0.0), (1.007, 0.0), (1.0, -0.01), (1.0, 0.01)]];

/// A line that fits nowhere costs so much and no more: it has one cell, or is no part of the columns.
const FLOOR: f32 = 0.03;

/// Columns that differ from even ones by less than this, as a share of all, are as wide as one another: hardly any page is
/// set otherwise, and a guess that says so would have lines of either column fit better in the other.
const ALIKE: f32 = 0.02;

/// A page of some width, of which the left column has a share; the other columns are alike.
fn shape(face: Face, columns: usize, whole: f32, share: f32) -> Measure {
    let even = 1.0 / columns as f32;
    let share = if (share - even).abs() < ALIKE { even } else { share };
    let total = whole - face.space() * (columns - 1) as f32;
    let rest = total * (1.0 - share) / (columns - 1) as f32;
    let widths = (0..columns).map(|column| if column == 0 { total * share } else { rest });
    Measure { face, columns: widths.collect() }
}

fn openings(sheet: &Sheet, strip: usize, face: Face) -> Openings {
    let this = &sheet.strips[strip];
    let mut words: Vec<usize> = (1..this.facts.len()).collect();
    if words.len() > TRIED {
        words.sort_by(|&one, &other| this.gains[other].total_cmp(&this.gains[one]));
        words.truncate(TRIED);
        words.sort_unstable();
    }
    let (mut before, mut gain) = ([0.0; LANES], [0.0; LANES]);
    for (at, &word) in words.iter().enumerate() {
        (before[at], gain[at]) = (this.facts.width(face, 0..word), this.gains[word].exp());
    }
    let next = sheet.strips.get(strip + 1).map_or(0.0, |next| next.facts.width(face, 0..1) + face.space());
    Openings { gaps: words.len(), before, gain, whole: this.facts.width(face, 0..this.facts.len()), next }
}

/// How well each of some strips can be split into all columns of a measure: the sum over all ways.
fn fits<'o>(openings: impl Iterator<Item = &'o Openings>, measure: &Measure, fits: &mut Vec<f32>) {
    widely!(simd => {
        for openings in openings {
            let can_be = openings.gaps + 1 >= measure.columns.len();
            fits.push(if can_be { fitted(simd, openings, measure) } else { 0.0 });
        }
    });
}

// Only what is inlined into the call is compiled for the wider registers.
#[inline(always)]
fn fitted<S: Simd>(simd: S, openings: &Openings, measure: &Measure) -> f32 {
    let Openings { gaps, before, gain, whole, next } = openings;
    let columns = &measure.columns;
    let (first, last) = (columns[0].recip(), columns[columns.len() - 1].recip());
    let space = measure.face.space();
    let of = |number: f32| f32x16::splat(simd, number);
    let (befores, gains) = (f32x16::simd_from(simd, *before), f32x16::simd_from(simd, *gain));
    // For each gap the sum of all ways to fill the columns so far that end there.
    let left = befores * of(first) - of(1.0);
    // The next line's first word did not fit any more.
    let room = (left + of(next * first)).min(of(0.0)) / of(0.08);
    let mut ways = gains * fullnesses(left) / (of(1.0) + room * room);
    for column in &columns[1..columns.len() - 1] {
        let mut further = of(0.0);
        let narrow = column.recip();
        let ways_to: [f32; LANES] = ways.into();
        // From each gap to all at once; to those before it there is no way.
        for (start, way) in before.iter().zip(ways_to).take(*gaps) {
            let start = of(*start);
            let on = of(way) * gains * fullnesses((befores - start - of(space)) * of(narrow) - of(1.0));
            further += befores.simd_gt(start).select(on, of(0.0));
        }
        ways = further;
    }
    sum(ways * fullnesses((of(*whole) - befores - of(space)) * of(last) - of(1.0)))
}

/// [`fullness`] of many.
#[inline(always)]
fn fullnesses<S: Simd>(over: f32x16<S>) -> f32x16<S> {
    let of = |number: f32| f32x16::splat(over.simd, number);
    let is_over = over.simd_gt(of(0.0));
    let bent = over * is_over.select(of(WIDER.0), of(NARROWER.0));
    (of(1.0) / (of(1.0) + bent * bent)).max(is_over.select(of(WIDER.1), of(NARROWER.1)))
}

/// How sharply a cell is the less likely the wider it is than its column, or the narrower, and how likely it is at least.
const WIDER: (f32, f32) = (1.0 / 0.012, 0.003);
const NARROWER: (f32, f32) = (1.0 / 0.1, 0.05);

/// How likely a cell is to be so much wider than its column, as a share of it, against one that fills it exactly: most
/// are a little narrower, by what the next word lacked, and hardly any is wider.
pub(super) fn fullness(over: f32) -> f32 {
    let (sharp, least) = if over > 0.0 { WIDER } else { NARROWER };
    let bent = over * sharp;
    (1.0 + bent * bent).recip().max(least)
}
