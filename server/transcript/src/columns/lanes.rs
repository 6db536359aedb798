//! Adding up many numbers at once, as the arithmetic of the junction model and the judge asks for all the time. Sums run
//! in several lanes side by side, for a sum of numbers one after the other must wait for each of them; and where the
//! processor has wider registers than every processor of its kind has, they are used. The order in which numbers are
//! added is the same everywhere, so every machine comes to the same sum, bit for bit.

use fearless_simd::{Level, dispatch};

/// How many sums run side by side.
pub const LANES: usize = 16;

/// A number, or zero where it is below. (`f32::max` looks whether either is not a number too, which takes longer.)
#[inline(always)]
pub fn positive(number: f32) -> f32 {
    if number > 0.0 { number } else { 0.0 }
}

/// The sum of all lanes.
#[inline(always)]
pub fn sum(mut lanes: [f32; LANES]) -> f32 {
    let mut half = LANES / 2;
    while half > 0 {
        for at in 0..half {
            lanes[at] += lanes[at + half];
        }
        half /= 2;
    }
    lanes[0]
}

/// Adds to each of the sums the parts, each times its number in the row of that part; the sums' numbers start at a place
/// of every row, which must be that long.
pub fn add_rows<const N: usize, const ROW: usize>(
    sums: &mut [f32; N],
    parts: &[f32],
    rows: &[[f32; ROW]],
    start: usize,
) {
    *sums = dispatch!(Level::new(), _ => rows_added(*sums, parts, rows, start));
}

// Only what is inlined into the call is compiled for the wider registers.
#[inline(always)]
fn rows_added<const N: usize, const ROW: usize>(
    mut sums: [f32; N],
    parts: &[f32],
    rows: &[[f32; ROW]],
    start: usize,
) -> [f32; N] {
    for (&part, row) in parts.iter().zip(rows) {
        let Some(row) = row[start..].first_chunk::<N>() else { continue };
        for at in 0..N {
            sums[at] += part * row[at];
        }
    }
    sums
}

/// The sum of what two rows come to together: of the first numbers the sum where it is above zero, times a weight; of the
/// others the product.
pub fn meet<const N: usize, const UNITS: usize>(one: &[f32; N], other: &[f32; N], weights: &[f32; UNITS]) -> f32 {
    sum(dispatch!(Level::new(), _ => met(one, other, weights)))
}

#[inline(always)]
fn met<const N: usize, const UNITS: usize>(one: &[f32; N], other: &[f32; N], weights: &[f32; UNITS]) -> [f32; LANES] {
    let mut sums = [0.0; LANES];
    let (one, other) = (one.as_chunks::<LANES>().0, other.as_chunks::<LANES>().0);
    let weights = weights.as_chunks::<LANES>().0;
    for ((one, other), weights) in one.iter().zip(other).zip(weights) {
        for at in 0..LANES {
            sums[at] += positive(one[at] + other[at]) * weights[at];
        }
    }
    for (one, other) in one.iter().zip(other).skip(weights.len()) {
        for at in 0..LANES {
            sums[at] += one[at] * other[at];
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lanes_are_summed() {
        assert_eq!(sum(std::array::from_fn(|at| at as f32)), 120.0);
    }

    #[test]
    fn rows_are_added_from_a_place_on() {
        let mut sums = [1.0, 2.0];
        add_rows(&mut sums, &[10.0, 100.0], &[[0.0, 1.0, 2.0], [0.0, 3.0, 4.0]], 1);
        assert_eq!(sums, [311.0, 422.0]);
    }

    /// So many numbers that no rounding leaves as they are.
    fn some<const N: usize>(seed: usize) -> [f32; N] {
        std::array::from_fn(|at| ((at * 37 + seed * 101) % 211) as f32 / 7.0 - 15.0)
    }

    #[test]
    fn wider_registers_come_to_the_same_sums() {
        for seed in 0..50 {
            let (parts, rows) = (some::<32>(seed), [0; 32].map(|_| some::<80>(seed + 1)));
            let mut sums = some::<64>(seed + 2);
            let plain = rows_added(sums, &parts, &rows, 16);
            add_rows(&mut sums, &parts, &rows, 16);
            assert_eq!(sums, plain);
            let (one, other, weights) = (some::<64>(seed), some::<64>(seed + 3), some::<48>(seed + 4));
            assert_eq!(meet(&one, &other, &weights), sum(met(&one, &other, &weights)));
        }
    }
}
