//! Sums of numbers that are given by their logarithms: of how likely readings are, which no number of 32 bits would hold.

use super::lanes::{exps, widely};

/// The log of the sum of two numbers given by their logs.
#[inline]
fn add_logs(one: f32, other: f32) -> f32 {
    let (more, less) = if one > other { (one, other) } else { (other, one) };
    // What is so much less adds nothing that a number of 32 bits could hold.
    const NOTHING: f32 = 17.0;
    if more - less < NOTHING { more + (less - more).exp().ln_1p() } else { more }
}

/// The log of a sum of numbers given by their logs.
pub fn sum_logs(logs: impl IntoIterator<Item = f32>) -> f32 {
    logs.into_iter().fold(f32::NEG_INFINITY, add_logs)
}

/// The logs of so many sums, each of the terms that are told with its place, which must be less than that: of a sum without
/// terms, minus infinity. What all terms of a sum have in common is added to it unrounded but for the last digit, so that a
/// grid on which they lie stays one.
pub(super) fn sums_of(count: usize, terms: impl Iterator<Item = (usize, f32)> + Clone) -> Vec<f32> {
    let mut most = vec![f32::NEG_INFINITY; count];
    terms.clone().for_each(|(to, term)| most[to] = most[to].max(term));
    let mut shares: Vec<f32> = terms.clone().map(|(to, term)| term - most[to]).collect();
    widely!(_simd => exps(&mut shares));
    let mut sums = vec![0.0; count];
    terms.zip(shares).for_each(|((to, _), share)| sums[to] += share);
    most.iter().zip(&sums).map(|(most, sum): (&f32, &f32)| if *sum > 0.0 { most + sum.ln() } else { *most }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_numbers() {
        let logs = |terms: &[(usize, f32)]| {
            let terms = terms.iter().map(|(to, number)| (*to, f32::ln(*number)));
            sums_of(3, terms).into_iter().map(f32::exp).map(|sum| (1e4 * sum).round() / 1e4).collect::<Vec<f32>>()
        };
        assert_eq!(logs(&[(0, 0.5), (2, 3.0), (0, 0.25), (0, 0.0)]), [0.75, 0.0, 3.0]);
        assert_eq!(logs(&[(1, 0.0), (1, 0.0)]), [0.0; 3]);
        assert!((sum_logs([0.5, 0.25, 0.0].map(f32::ln)) - 0.75_f32.ln()).abs() < 1e-6);
    }
}
