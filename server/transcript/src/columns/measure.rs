//! The measure of a page: how many columns it has, how wide each is, and in which kind of typeface it is set. All that
//! is known of it is how wide the lines are and where their junctions are strange, so this gives the likeliest few
//! guesses, and the search decides between them.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::fullness::{Openings, Setting, fits, fullness, openings};
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

/// The likeliest guess at three columns for lines that were read as two, where hardly one may hold all three cells: those of
/// [`measures`] go by the lines that do. None where columns that may be empty fit much worse as three than as two. How well guesses
/// fit is taken over from before an edit where it stands.
pub fn as_three(sheet: &Sheet, two: &Measure, fits: &mut Fits, differs: Option<&Differs>) -> Option<Measure> {
    /// In nats a line. Of 253 pages of three columns nine in ten fit so well, of 48 real ones of two columns two thirds.
    const MUCH_WORSE: f32 = 0.85;
    let past = if differs.is_some() { std::mem::take(fits) } else { Fits::default() };
    let all: Vec<usize> = (0..sheet.strips.len()).collect();
    let views = FACES.map(|face| View::new((sheet, &all), face, &past, differs).with_empty_cells());
    let guesses = views.iter().flat_map(|view| view.as_wide_as_lines(3));
    let best = guesses.max_by(|one, other| one.0.total_cmp(&other.0));
    let of_two = views.iter().find(|view| view.face == two.face).map_or(0.0, |view| view.score(two));
    *fits = Fits(views.into_iter().flat_map(|view| view.fits.into_inner().0).collect());
    best.filter(|(score, _)| *score > of_two - MUCH_WORSE).map(|(_, measure)| measure)
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
        let mut wide: Vec<f32> =
            widths.iter().skip(widths.len() / 4).copied().map(|width| coarse(width, COARSELY)).collect();
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

/// A width to the nearest of some: guesses lie no closer, and a letter more in a line hardly ever changes one. So many bits of
/// the number are left out.
fn coarse(width: f32, bits: u32) -> f32 {
    f32::from_bits((width.to_bits() + (1 << (bits - 1))) >> bits << bits)
}

/// Bits that are left out: each width is by less than a hundredth wider than the last, or by up to a thirtieth.
const COARSELY: u32 = 16;
const COARSEST: u32 = 18;

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
    /// How wide they are, ascending.
    widths: Vec<f32>,
    /// The width that five lines in a hundred surpass.
    full: f32,
    /// How likely it is that a column is empty on a line, against that it is not.
    empty: f32,
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
        let fits = RefCell::default();
        View { face, strips: strips.len(), openings, widths, full, empty: 0.0, fits, past, others }
    }

    /// The same, where columns may be empty on a line.
    fn with_empty_cells(self) -> Self {
        View { empty: EMPTY, ..self }
    }

    /// How well a measure fits each of the strips tried, as a log.
    fn fits(&self, measure: &Measure) -> Vec<f32> {
        let log = |fit: f32| (fit + FLOOR).ln();
        let setting = Setting { face: measure.face, columns: &measure.columns, empty: self.empty };
        let mut read = Vec::with_capacity(self.openings.len());
        match self.past.0.get(&key(measure)) {
            None => {
                fits(self.openings.iter(), setting, &mut read);
                read.iter_mut().for_each(|fit| *fit = log(*fit));
                read
            }
            Some(past) => {
                let mut known = past.clone();
                fits(self.others.iter().map(|&at| &self.openings[at]), setting, &mut read);
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

    /// Guesses with so many columns, all as wide as one that a line fills with one cell, two or more, each with its score; then
    /// closer about the best few.
    fn as_wide_as_lines(&self, columns: usize) -> Vec<(f32, Measure)> {
        let even = 1.0 / columns as f32;
        let gaps = |cells: usize| self.face.space() * (cells - 1) as f32;
        let wide = self.widths.iter().skip(self.widths.len() / 4);
        let mut wide: Vec<f32> = wide
            .flat_map(|line| (1..=columns).map(move |cells| coarse((line - gaps(cells)) / cells as f32, COARSEST)))
            .collect();
        // A line of one letter is narrower than the gaps between three columns.
        wide.retain(|width| *width > 0.0);
        wide.sort_by(f32::total_cmp);
        wide.dedup();
        let scored = |whole: f32| {
            let measure = shape(self.face, columns, whole, even);
            (self.score(&measure), measure)
        };
        let guesses = wide.into_iter().map(|width| scored(width * columns as f32 + gaps(columns))).collect();
        CLOSER.into_iter().fold(guesses, |mut guesses: Vec<(f32, Measure)>, near| {
            guesses.sort_by(|one, other| other.0.total_cmp(&one.0));
            guesses.truncate(BEST);
            let narrower_and_wider = near.into_iter().filter(|(_, more)| *more == 0.0);
            let closer = narrower_and_wider.flat_map(|(by, _)| guesses.iter().map(move |guess| guess.1.whole() * by));
            let closer: Vec<(f32, Measure)> = closer.map(scored).collect();
            guesses.extend(closer);
            guesses
        })
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

/// A column is so likely to be empty on a line, against that it is not, where that is reckoned with.
const EMPTY: f32 = 0.13;

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
