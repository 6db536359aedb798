//! Adding up many numbers at once, as the arithmetic of the junction model and the judge asks for all the time. Sums run
//! in several lanes side by side, for a sum of numbers one after the other must wait for each of them; and where the
//! processor has wider registers than every processor of its kind has, they are used. The order in which numbers are
//! added is the same everywhere, and products are added without being rounded first (fused), so every machine comes to the same
//! sum, bit for bit, but for x86 processors of before 2013 (x86-64-v3), which cannot: there the last digits may differ. So does it
//! to what opens the gates of the junction model's memory, of which many are worked out at once too.

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x16};

/// How many sums run side by side.
pub const LANES: usize = 16;

/// So many times as many numbers are added to at once at the most: they have to find room in registers.
const WIDEST: usize = 4;

/// A number, or zero where it is below. (`f32::max` looks whether either is not a number too, which takes longer.)
#[inline(always)]
pub fn positive<S: Simd>(numbers: f32x16<S>) -> f32x16<S> {
    numbers.max(f32x16::splat(numbers.simd, 0.0))
}

/// The logistic function of each number, right to some seven digits, and the same on every machine, which that of a C library
/// is not.
#[inline(always)]
pub fn logistic<const N: usize>(numbers: &mut [f32; N]) {
    numbers.iter_mut().for_each(|number| *number = 1.0 / (1.0 + exp(-*number)));
}

/// The exponential of each number, as right as [`logistic`] and the same everywhere.
#[inline(always)]
pub fn exps(numbers: &mut [f32]) {
    numbers.iter_mut().for_each(|number| *number = exp(*number));
}

/// The exponential of a number: two to the power of a whole one, put together of its bits, times a series for what is left.
/// Written so that many are worked out at once.
#[inline(always)]
fn exp(power: f32) -> f32 {
    /// Added to a number and taken away again it leaves the nearest whole one, and that in the lowest bits of the sum.
    const WHOLE: f32 = 12_582_912.0;
    /// The logarithm of two in two parts, so that multiples of the first are exact (after Cody and Waite).
    const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];
    let power = power.clamp(-87.0, 87.0);
    let sum = power * std::f32::consts::LOG2_E + WHOLE;
    let whole = sum - WHOLE;
    let left = power - whole * LN_2[0] - whole * LN_2[1];
    let series = [1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0];
    let series = series.into_iter().reduce(|series, term| series * left + term).unwrap_or(1.0);
    series * f32::from_bits((sum.to_bits() << 23).wrapping_add(1.0_f32.to_bits()))
}

/// The sum of all lanes.
#[inline(always)]
pub fn sum<S: Simd>(lanes: f32x16<S>) -> f32 {
    let (one, other) = lanes.split();
    let (one, other) = (one + other).split();
    let [one, two, three, four] = (one + other).into();
    (one + three) + (two + four)
}

/// Adds to each of the sums some parts, each times its number in the row of that part; the sums' numbers start at a place
/// of every row, which must be that long.
#[expect(clippy::needless_range_loop, reason = "only where the rows are counted do the sums stay in registers")]
#[inline(always)]
pub fn add_rows<'r, S: Simd, const N: usize, const ROW: usize>(
    simd: S,
    sums: &mut [f32; N],
    rows: impl Iterator<Item = (f32, &'r [f32; ROW])>,
    start: usize,
) {
    const { assert!(N.is_multiple_of(LANES) && N <= WIDEST * LANES) };
    // Said once, so that it is not asked of every row.
    if start > ROW || ROW - start < N {
        return;
    }
    let row_of = |row: &[f32; LANES]| f32x16::simd_from(simd, *row);
    let mut added = [f32x16::splat(simd, 0.0); WIDEST];
    for at in 0..N / LANES {
        added[at] = row_of(&sums.as_chunks().0[at]);
    }
    for (part, row) in rows {
        let Some(row) = row[start..].first_chunk::<N>() else { continue };
        let part = f32x16::splat(simd, part);
        for at in 0..N / LANES {
            added[at] = part.mul_add(row_of(&row.as_chunks().0[at]), added[at]);
        }
    }
    for at in 0..N / LANES {
        sums.as_chunks_mut().0[at] = added[at].into();
    }
}

/// Adds to each of the sums its number of a row.
#[inline(always)]
pub fn add<S: Simd, const N: usize>(simd: S, sums: &mut [f32; N], row: &[f32; N]) {
    for at in 0..N / LANES {
        let (sums, row) = (&mut sums.as_chunks_mut::<LANES>().0[at], &row.as_chunks::<LANES>().0[at]);
        *sums = (f32x16::simd_from(simd, *sums) + f32x16::simd_from(simd, *row)).into();
    }
}

/// For each pair of rows multiplies the numbers by the one and adds the other.
#[expect(clippy::needless_range_loop, reason = "only where the rows are counted do the sums stay in registers")]
#[inline(always)]
pub fn scale_and_add<'r, S: Simd, const N: usize>(
    simd: S,
    numbers: &mut [f32; N],
    rows: impl Iterator<Item = (&'r [f32; N], &'r [f32; N])>,
) {
    const { assert!(N.is_multiple_of(LANES) && N <= WIDEST * LANES) };
    let row_of = |row: &[f32; LANES]| f32x16::simd_from(simd, *row);
    let mut kept = [f32x16::splat(simd, 0.0); WIDEST];
    for at in 0..N / LANES {
        kept[at] = row_of(&numbers.as_chunks().0[at]);
    }
    for (by, more) in rows {
        for at in 0..N / LANES {
            kept[at] = kept[at].mul_add(row_of(&by.as_chunks().0[at]), row_of(&more.as_chunks().0[at]));
        }
    }
    for at in 0..N / LANES {
        numbers.as_chunks_mut().0[at] = kept[at].into();
    }
}

/// Which of some numbers are above zero, ascending: of units that are zero below it, what the others would add needs no adding
/// up, a twelfth of all the work on pages in columns.
#[derive(Clone, Copy, Debug)]
pub struct Above<const N: usize> {
    places: [u8; N],
    count: usize,
}

impl<const N: usize> Above<N> {
    /// Looks at all of them.
    #[inline(always)]
    pub fn zero(numbers: &[f32; N]) -> Above<N> {
        const { assert!(N <= 256) };
        let mut above = Above { places: [0; N], count: 0 };
        for (place, number) in numbers.iter().enumerate() {
            // Written in any case: to ask first would be guessed wrong half of the time.
            above.places[above.count.min(N - 1)] = place as u8;
            above.count += usize::from(*number > 0.0);
        }
        above
    }

    /// Their places.
    #[inline(always)]
    pub fn places(&self) -> impl Iterator<Item = usize> {
        self.places[..self.count.min(N)].iter().map(|&place| usize::from(place))
    }
}

/// What two rows of numbers are looked at by where they meet.
#[derive(Clone, Copy, Debug)]
pub struct Together<'n, const UNITS: usize> {
    /// The weights of the first numbers of both rows added up, where that is above zero.
    pub answer: &'n [f32; UNITS],
    /// A row for each of these, of what it adds to units more.
    pub matrix: &'n [[f32; LANES]; UNITS],
    /// The offsets of those.
    pub offsets: &'n [f32; LANES],
    /// Their weights.
    pub weights: &'n [f32; LANES],
}

/// The sum of what two rows come to together: of the first numbers the sum where it is above zero, times a weight, and
/// what units over these come to; of the others the product.
#[expect(clippy::needless_range_loop, reason = "only where the rows are counted do the sums stay in registers")]
#[inline(always)]
pub fn meet<S: Simd, const N: usize, const UNITS: usize>(
    simd: S,
    one: &[f32; N],
    other: &[f32; N],
    together: &Together<UNITS>,
) -> f32 {
    const { assert!(UNITS / LANES <= WIDEST) };
    let row = |row: &[f32; LANES]| f32x16::simd_from(simd, *row);
    let mut sums = f32x16::splat(simd, 0.0);
    let (one, other) = (one.as_chunks::<LANES>().0, other.as_chunks::<LANES>().0);
    let answer = together.answer.as_chunks::<LANES>().0;
    let mut units = [[0.0; LANES]; WIDEST];
    for at in 0..UNITS / LANES {
        let both = positive(row(&one[at]) + row(&other[at]));
        sums = both.mul_add(row(&answer[at]), sums);
        units[at] = both.into();
    }
    for at in UNITS / LANES..N / LANES {
        sums = row(&one[at]).mul_add(row(&other[at]), sums);
    }
    // Several sums side by side, for each waits for itself.
    let mut seen = [f32x16::splat(simd, 0.0); WIDEST];
    seen[0] = row(together.offsets);
    for lane in 0..LANES {
        for at in 0..UNITS / LANES {
            let unit = f32x16::splat(simd, units[at][lane]);
            seen[at] = unit.mul_add(row(&together.matrix[at * LANES + lane]), seen[at]);
        }
    }
    let seen = (seen[0] + seen[1]) + (seen[2] + seen[3]);
    sums = positive(seen).mul_add(row(together.weights), sums);
    sum(sums)
}

/// Does something with the widest registers there are, as far as it is inlined.
macro_rules! widely {
    ($simd:pat => $task:expr) => {
        fearless_simd::dispatch!(fearless_simd::Level::new(), $simd => $task)
    };
}
pub(super) use widely;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logistic_function_is_that_of_the_library_but_for_the_last_digits() {
        for step in -4000..4000_i16 {
            let number = f32::from(step) / 32.0;
            let mut found = [number; LANES];
            widely!(_simd => logistic(&mut found));
            let expected = 1.0 / (1.0 + (-f64::from(number)).exp());
            let mut slow = [number];
            logistic(&mut slow);
            assert_eq!(found, [slow[0]; LANES], "wider registers come to another");
            let off = (f64::from(slow[0]) - expected).abs() / expected.max(1e-30);
            assert!(off < 4e-7, "{number}: {} instead of {expected}", slow[0]);
        }
    }

    #[test]
    fn all_lanes_are_summed() {
        assert_eq!(widely!(simd => sum(f32x16::from_fn(simd, |at| at as f32))), 120.0);
    }

    #[test]
    fn numbers_above_zero_are_told() {
        let places = |numbers: &[f32; 4]| Above::zero(numbers).places().collect::<Vec<_>>();
        assert_eq!(places(&[1.0, 0.0, -3.0, 0.5]), [0, 3]);
        assert_eq!(places(&[1.0, 2.0, 3.0, 4.0]), [0, 1, 2, 3]);
        assert_eq!(places(&[-0.0, f32::NAN, -1.0, 0.0]), [0; 0]);
    }

    #[test]
    fn rows_are_added_from_a_place_on() {
        let mut sums = [1.0; LANES];
        let row = |by: f32| std::array::from_fn::<f32, 17, _>(|at| at as f32 * by);
        let (one, other) = (row(1.0), row(3.0));
        widely!(simd => add_rows(simd, &mut sums, [(10.0, &one), (100.0, &other)].into_iter(), 1));
        assert_eq!(sums, std::array::from_fn(|at| 1.0 + 310.0 * (at + 1) as f32));
    }

    /// So many numbers that no rounding leaves as they are.
    fn some<const N: usize>(seed: usize) -> [f32; N] {
        std::array::from_fn(|at| ((at * 37 + seed * 101) % 211) as f32 / 7.0 - 15.0)
    }

    /// Sums as they are said to be worked out, one after the other.
    fn plain(mut lanes: [f32; LANES]) -> f32 {
        for half in [8, 4, 2, 1] {
            (0..half).for_each(|at| lanes[at] += lanes[at + half]);
        }
        lanes[0]
    }

    /// What of a product that is rounded is lost, many times over; nothing where it was rounded before it was added to.
    #[inline(always)]
    fn lost<S: Simd>(simd: S) -> f32 {
        const NUMBER: f32 = 1.0 + f32::EPSILON;
        let [number, less] = [NUMBER, -NUMBER * NUMBER].map(|number| f32x16::splat(simd, number));
        sum(number.mul_add(number, less))
    }

    #[test]
    fn wider_registers_come_to_the_same_sums() {
        let fused = widely!(simd => lost(simd)) != 0.0;
        let add = |one: f32, other: f32, sum: f32| if fused { one.mul_add(other, sum) } else { one * other + sum };
        for seed in 0..50 {
            let (parts, rows) = (some::<32>(seed), [0; 32].map(|_| some::<80>(seed + 1)));
            let mut sums = some::<64>(seed + 2);
            let mut slow = sums;
            for (part, row) in parts.iter().zip(&rows) {
                slow.iter_mut().zip(&row[16..]).for_each(|(sum, number)| *sum = add(*part, *number, *sum));
            }
            widely!(simd => add_rows(simd, &mut sums, parts.iter().copied().zip(&rows), 16));
            assert_eq!(sums, slow);
            let (by, more) = (some::<64>(seed + 5), some::<64>(seed + 6));
            slow.iter_mut().zip(by).zip(more).for_each(|((number, by), more)| *number = add(*number, by, more));
            widely!(simd => scale_and_add(simd, &mut sums, std::iter::once((&by, &more))));
            assert_eq!(sums, slow);
            let (one, other, answer) = (some::<64>(seed), some::<64>(seed + 3), some::<48>(seed + 4));
            let matrix: [[f32; LANES]; 48] = std::array::from_fn(|at| some(seed + at));
            let (offsets, weights) = (some(seed + 7), some(seed + 8));
            let together = Together { answer: &answer, matrix: &matrix, offsets: &offsets, weights: &weights };
            let units: [f32; 48] = std::array::from_fn(|at| (one[at] + other[at]).max(0.0));
            let mut lanes = [0.0; LANES];
            (0..48).for_each(|at| lanes[at % LANES] = add(units[at], answer[at], lanes[at % LANES]));
            (48..64).for_each(|at| lanes[at % LANES] = add(one[at], other[at], lanes[at % LANES]));
            for lane in 0..LANES {
                let part = |from: usize, start: f32| {
                    (from..from + LANES).fold(start, |sum, at| add(units[at], matrix[at][lane], sum))
                };
                let seen = (part(0, offsets[lane]) + part(16, 0.0)) + (part(32, 0.0) + 0.0);
                lanes[lane] = add(seen.max(0.0), weights[lane], lanes[lane]);
            }
            assert_eq!(widely!(simd => meet(simd, &one, &other, &together)), plain(lanes));
        }
    }
}
