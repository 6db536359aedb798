//! How well lines fill columns of some width, before it is known where they are split: all ways to split each at once.

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x16};

use super::lanes::{LANES, sum, widely};
use super::sheet::Sheet;
use super::width::Face;

/// What is known of splitting a strip before the columns are known. Row by row, and with room to spare where no gap is, for
/// all of it is gone through very often.
pub(super) struct Openings {
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

/// Columns of some widths in a face, and how likely each is to be empty on a line, against that it is not.
#[derive(Clone, Copy)]
pub(super) struct Setting<'m> {
    pub(super) face: Face,
    pub(super) columns: &'m [f32],
    pub(super) empty: f32,
}

/// What is known of splitting a strip, its widths taken in a face.
pub(super) fn openings(sheet: &Sheet, strip: usize, face: Face) -> Openings {
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

/// How well each of some strips can be split into columns: the sum over all ways, of which each counts for so much less as
/// columns are empty, with every one that it leaves so.
pub(super) fn fits<'o>(openings: impl Iterator<Item = &'o Openings>, setting: Setting, fits: &mut Vec<f32>) {
    widely!(simd => {
        for openings in openings {
            let can_be = setting.empty > 0.0 || openings.gaps + 1 >= setting.columns.len();
            fits.push(if can_be { fitted(simd, openings, setting) } else { 0.0 });
        }
    });
}

// Only what is inlined into the call is compiled for the wider registers.
#[inline(always)]
fn fitted<S: Simd>(simd: S, openings: &Openings, setting: Setting) -> f32 {
    let Openings { gaps, before, gain, whole, next } = openings;
    let Setting { face, columns, empty } = setting;
    let space = face.space();
    let of = |number: f32| f32x16::splat(simd, number);
    let (befores, gains) = (f32x16::simd_from(simd, *before), f32x16::simd_from(simd, *gain));
    // For each gap the sum of all ways to fill the columns so far that end there; of those that end with the strip; and of the one
    // that fills none.
    let (mut ways, mut ended, mut none) = (of(0.0), 0.0, 1.0);
    let last = columns.len() - 1;
    for (column, width) in columns.iter().enumerate() {
        let narrow = width.recip();
        // Where the strip starts with this column, the next line's first word did not fit any more.
        let tight = |over: f32x16<S>| {
            let room = (over + of(next * narrow)).min(of(0.0)) / of(0.08);
            of(1.0) / (of(1.0) + room * room)
        };
        ended *= empty;
        if empty > 0.0 {
            let over = of(whole * narrow - 1.0);
            let alone: [f32; LANES] = (fullnesses(over) * tight(over)).into();
            ended += none * alone[0];
        }
        if column > 0 {
            ended += sum(ways * fullnesses((of(*whole) - befores - of(space)) * of(narrow) - of(1.0)));
        }
        if column == last {
            break;
        }
        let mut further = ways * of(empty);
        if column > 0 {
            let ways_to: [f32; LANES] = ways.into();
            // From each gap to all at once; to those before it there is no way.
            for (start, way) in before.iter().zip(ways_to).take(*gaps) {
                let start = of(*start);
                let on = of(way) * gains * fullnesses((befores - start - of(space)) * of(narrow) - of(1.0));
                further += befores.simd_gt(start).select(on, of(0.0));
            }
        }
        if none > 0.0 {
            let left = befores * of(narrow) - of(1.0);
            further += of(none) * gains * fullnesses(left) * tight(left);
        }
        ways = further;
        none *= empty;
    }
    ended
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
