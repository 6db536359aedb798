//! A small network with one layer of hidden units, and a straight way past it: numbers in, one score out. It is what
//! the judge weighs its cues with; the trainer learns its weights by following the slopes that it gives.

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x16};

use super::lanes::{LANES, add, add_rows, positive, sum, widely};

/// How many hidden units a network has: those of two that were taught apart, of which the answer is the mean. Either one's
/// luck at school is halved by it.
pub const UNITS: usize = 2 * LANES;

/// The weights of a network of so many inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Net {
    inputs: usize,
    /// For each input its weight in every unit; the units' offsets; the units' weights in the answer; each input's
    /// weight in the answer; the answer's offset.
    pub numbers: Vec<f32>,
}

/// What some of a network's inputs come to: many inputs that share a part have it summed once.
#[derive(Clone, Copy, Debug)]
pub struct Sums {
    units: [f32; UNITS],
    straight: f32,
}

impl Sums {
    /// Both together.
    #[inline(always)]
    fn plus<S: Simd>(&self, simd: S, other: &Sums) -> Sums {
        let mut sums = *self;
        add(simd, &mut sums.units, &other.units);
        sums.straight += other.straight;
        sums
    }
}

impl Net {
    /// A network of so many inputs whose weights are all zero.
    pub fn new(inputs: usize) -> Net {
        Net { inputs, numbers: vec![0.0; Net::length(inputs)] }
    }

    /// How many numbers a network of so many inputs has.
    pub fn length(inputs: usize) -> usize {
        inputs * UNITS + UNITS + UNITS + inputs + 1
    }

    /// How many inputs it has.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    fn offsets(&self) -> usize {
        self.inputs * UNITS
    }

    /// Which unit each of the numbers belongs to, in their order; none for those of the straight way.
    pub fn units(&self) -> impl Iterator<Item = Option<usize>> {
        let of_units = (0..(self.inputs + 2) * UNITS).map(|at| Some(at % UNITS));
        of_units.chain(std::iter::repeat_n(None, self.inputs + 1))
    }

    /// The sums of no input at all.
    #[inline(always)]
    pub fn begin(&self) -> Sums {
        let mut sums = Sums { units: [0.0; UNITS], straight: self.numbers[self.numbers.len() - 1] };
        sums.units.copy_from_slice(&self.numbers[self.offsets()..][..UNITS]);
        sums
    }

    /// The same sums with some inputs more, the first of which is that at `at`.
    #[must_use]
    pub fn with(&self, sums: Sums, at: usize, inputs: &[f32]) -> Sums {
        widely!(simd => self.added(simd, sums, at, inputs))
    }

    /// What some inputs come to by themselves, the first of which is that at `at`.
    pub fn part(&self, at: usize, inputs: &[f32]) -> Sums {
        self.with(Sums { units: [0.0; UNITS], straight: 0.0 }, at, inputs)
    }

    /// The score that sums come to, whose inputs are all in.
    pub fn end(&self, sums: &Sums) -> f32 {
        widely!(simd => self.ended(simd, sums))
    }

    /// The scores that the same sums come to with each of some parts, to which belong inputs of its own, the first of them
    /// that at `at`, so that all are in.
    pub fn ends<const N: usize>(
        &self,
        sums: &Sums,
        parts: &[Sums],
        at: usize,
        inputs: &[[f32; N]],
        ends: &mut Vec<f32>,
    ) {
        widely!(simd => {
            for (part, inputs) in parts.iter().zip(inputs) {
                ends.push(self.ended(simd, &self.added(simd, sums.plus(simd, part), at, inputs)));
            }
        });
    }

    /// The score of an input, which must have as many numbers as the network has inputs.
    pub fn score(&self, input: &[f32]) -> f32 {
        widely!(simd => self.ended(simd, &self.added(simd, self.begin(), 0, input)))
    }

    #[inline(always)]
    fn added<S: Simd>(&self, simd: S, mut sums: Sums, at: usize, inputs: &[f32]) -> Sums {
        let rows = self.numbers[at * UNITS..].as_chunks::<UNITS>().0;
        let straight = &self.numbers[self.offsets() + 2 * UNITS + at..];
        add_rows(simd, &mut sums.units, inputs.iter().copied().zip(rows), 0);
        sums.straight += inputs.iter().zip(straight).map(|(value, weight)| value * weight).sum::<f32>();
        sums
    }

    #[inline(always)]
    fn ended<S: Simd>(&self, simd: S, sums: &Sums) -> f32 {
        let answer = self.numbers[self.offsets() + UNITS..][..UNITS].as_chunks::<LANES>().0;
        let row = |row: &[f32; LANES]| f32x16::simd_from(simd, *row);
        let mut told = f32x16::splat(simd, 0.0);
        for (units, weights) in sums.units.as_chunks().0.iter().zip(answer) {
            told = positive(row(units)).mul_add(row(weights), told);
        }
        sums.straight + sum(told)
    }

    /// Adds to `slopes`, one for each of the numbers, how the score of an input changes with them, times `by`.
    pub fn add_slopes(&self, input: &[f32], by: f32, slopes: &mut [f32]) {
        let units = self.with(self.begin(), 0, input).units;
        let answer = self.offsets() + UNITS;
        for (at, &unit) in units.iter().enumerate().filter(|(_, unit)| **unit > 0.0) {
            slopes[answer + at] += by * unit;
            let slope = by * self.numbers[answer + at];
            slopes[self.offsets() + at] += slope;
            for (input, &value) in input.iter().enumerate() {
                slopes[input * UNITS + at] += slope * value;
            }
        }
        let straight = answer + UNITS;
        for (at, &value) in input.iter().enumerate() {
            slopes[straight + at] += by * value;
        }
        slopes[straight + self.inputs] += by;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_those_of_the_score() {
        let mut net = Net::new(3);
        let count = net.numbers.len();
        net.numbers.iter_mut().enumerate().for_each(|(at, number)| *number = ((at * 37 % 19) as f32 - 8.7) / 10.0);
        let input = [0.5, -1.0, 2.0];
        let mut slopes = vec![0.0; count];
        net.add_slopes(&input, 1.0, &mut slopes);
        for (at, known) in slopes.iter().enumerate() {
            let (mut more, mut less) = (net.clone(), net.clone());
            more.numbers[at] += 1e-3;
            less.numbers[at] -= 1e-3;
            let slope = (more.score(&input) - less.score(&input)) / 2e-3;
            assert!((slope - known).abs() < 1e-2, "{at}: {slope} {known}");
        }
    }
}
