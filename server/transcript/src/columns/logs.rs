//! Sums of numbers that are given by their logarithms: of how likely readings are, which no number of 32 bits would hold.

use super::lanes::{exps, widely};

/// The log of a sum of numbers given by their logs; of none, minus infinity.
pub fn sum_logs(logs: impl Iterator<Item = f32> + Clone) -> f32 {
    sums_of(1, logs.map(|log| (0, log)))[0]
}

/// The logs of so many sums, of terms given by their logs, each with the place of its sum, which must be less than that; of a sum
/// without terms, minus infinity. Terms that are all greater by the same, and lie on a grid of which no number is rounded, come to
/// a sum that is greater by just that, but for the rounding of its last digit.
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
        assert!((sum_logs([0.5, 0.25, 0.0].map(f32::ln).into_iter()) - 0.75_f32.ln()).abs() < 1e-6);
    }
}
