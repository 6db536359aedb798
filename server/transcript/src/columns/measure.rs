//! The measure of a page: how many columns it has, how wide each is, and in which kind of typeface it is set. All that
//! is known of it is how wide the lines are and where their junctions are strange, so this gives the likeliest few
//! guesses, and the search decides between them.

use super::sheet::Sheet;
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
}

/// What is known of splitting a strip before the columns are known.
struct Openings {
    /// The words before which it might be split, ascending.
    gaps: Vec<Gap>,
    /// How many words it has.
    words: usize,
}

struct Gap {
    word: usize,
    /// How strange the junction is that would be cut, and how natural those that the cut would make, in nats.
    gain: f32,
    /// How wide the next line's first word is: it did not fit any more.
    next: f32,
}

/// At most so many gaps of a strip are tried.
const TRIED: usize = 9;

/// The likeliest guesses for a sheet, none of them twice.
pub fn measures(sheet: &Sheet) -> Vec<Measure> {
    let mut guesses = Vec::new();
    for columns in 2..=MOST_COLUMNS {
        let mut best: Vec<(f32, Measure)> = FACES.iter().flat_map(|&face| guesses_in(sheet, face, columns)).collect();
        best.sort_by(|one, other| other.0.total_cmp(&one.0));
        guesses.extend(apart(best, if columns == 2 { 2 } else { 1 }));
    }
    guesses
}

/// The best few of some guesses, none of them near a better one.
fn apart(guesses: Vec<(f32, Measure)>, most: usize) -> Vec<Measure> {
    let mut kept: Vec<Measure> = Vec::new();
    for (_, guess) in guesses {
        let near = |other: &Measure| (other.columns[0] / other.whole() - guess.columns[0] / guess.whole()).abs() < 0.03;
        if kept.len() < most && !kept.iter().any(near) {
            kept.push(guess);
        }
    }
    kept
}

/// Guesses with so many columns in one face, each with its score.
fn guesses_in(sheet: &Sheet, face: Face, columns: usize) -> Vec<(f32, Measure)> {
    let mut widths: Vec<f32> = sheet.strips.iter().map(|strip| strip.facts.width(face, 0..strip.facts.len())).collect();
    widths.sort_by(f32::total_cmp);
    let Some(&full) = widths.get(widths.len() * 95 / 100) else { return Vec::new() };
    let openings: Vec<Openings> = (0..sheet.strips.len()).map(|strip| openings(sheet, strip, face)).collect();
    let mut guesses = Vec::new();
    for measure in shapes(face, columns, full) {
        let fits: f32 = openings
            .iter()
            .enumerate()
            .map(|(strip, openings)| (fit(sheet, strip, openings, &measure).exp() + FLOOR).ln())
            .sum();
        let even = (measure.columns[0] / measure.columns[columns - 1]).ln().abs();
        guesses.push((fits - if even < 0.06 { 0.0 } else { 2.0 + 8.0 * even }, measure));
    }
    guesses
}

/// A line that fits nowhere costs so much and no more: it has one cell, or is no part of the columns.
const FLOOR: f32 = 0.02;

/// The shapes that are tried for a page whose full lines are so wide.
fn shapes(face: Face, columns: usize, full: f32) -> Vec<Measure> {
    let spaces = face.space() * (columns - 1) as f32;
    let totals = [0.94, 0.97, 1.0, 1.03, 1.06].map(|part| full * part - spaces);
    let shares: Vec<f32> = match columns {
        2 => (30..=70).map(|part| part as f32 / 100.0).collect(),
        more => vec![1.0 / more as f32],
    };
    let mut shapes = Vec::new();
    for total in totals {
        for &share in &shares {
            let rest = total * (1.0 - share) / (columns - 1) as f32;
            let widths = (0..columns).map(|column| if column == 0 { total * share } else { rest });
            shapes.push(Measure { face, columns: widths.collect() });
        }
    }
    shapes
}

fn openings(sheet: &Sheet, strip: usize, face: Face) -> Openings {
    let this = &sheet.strips[strip];
    let next = sheet.strips.get(strip + 1).map_or(0.0, |next| next.facts.width(face, 0..1) + face.space());
    let mut gaps: Vec<Gap> =
        (1..this.facts.len()).map(|word| Gap { word, gain: this.gains[word], next }).collect();
    if gaps.len() > TRIED {
        gaps.sort_by(|one, other| other.gain.total_cmp(&one.gain));
        gaps.truncate(TRIED);
        gaps.sort_by_key(|gap| gap.word);
    }
    Openings { gaps, words: this.facts.len() }
}

/// How well a strip can be split into all columns of a measure: the log of the sum over all ways.
fn fit(sheet: &Sheet, strip: usize, openings: &Openings, measure: &Measure) -> f32 {
    let facts = &sheet.strips[strip].facts;
    let (gaps, columns) = (&openings.gaps, measure.columns.len());
    if gaps.len() + 1 < columns {
        return f32::NEG_INFINITY;
    }
    let width = |start: usize, end: usize| facts.width(measure.face, start..end);
    // For each gap the sum of all ways to fill the columns so far that end there.
    let mut ways: Vec<f32> = gaps
        .iter()
        .map(|gap| {
            let left = width(0, gap.word);
            let room = (left + gap.next) / measure.columns[0] - 1.0;
            (gap.gain + fullness(left / measure.columns[0] - 1.0) + (room * 12.0).clamp(-2.0, 0.0)).exp()
        })
        .collect();
    for column in 1..columns - 1 {
        let further = |at: usize| {
            let sum: f32 = (0..at)
                .map(|from| {
                    let middle = width(gaps[from].word, gaps[at].word) / measure.columns[column] - 1.0;
                    ways[from] * fullness(middle).exp()
                })
                .sum();
            sum * gaps[at].gain.exp()
        };
        ways = (0..gaps.len()).map(further).collect();
    }
    let last = measure.columns[columns - 1];
    let all: f32 = gaps
        .iter()
        .zip(&ways)
        .map(|(gap, way)| way * fullness(width(gap.word, openings.words) / last - 1.0).exp())
        .sum();
    all.max(f32::MIN_POSITIVE).ln()
}

/// How likely a cell is to be so much wider than its column, as a share of it: most are a little narrower, by what the
/// next word lacked, and hardly any is wider.
pub(super) fn fullness(over: f32) -> f32 {
    if over > 0.0 { (-over / 0.015).max(-6.0) } else { (over / 0.08).max(-3.0) }
}
