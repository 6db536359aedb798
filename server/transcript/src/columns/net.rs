//! A small network with one layer of hidden units, and a straight way past it: numbers in, one score out. It is what
//! the judge weighs its cues with; the trainer learns its weights by following the slopes that it gives.

/// How many hidden units a network has.
pub const UNITS: usize = 16;

/// The weights of a network of so many inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Net {
    inputs: usize,
    /// For each input its weight in every unit; the units' offsets; the units' weights in the answer; each input's
    /// weight in the answer; the answer's offset.
    pub numbers: Vec<f32>,
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

    fn offsets(&self) -> usize {
        self.inputs * UNITS
    }

    fn units(&self, input: &[f32]) -> [f32; UNITS] {
        let mut units = [0.0; UNITS];
        units.copy_from_slice(&self.numbers[self.offsets()..][..UNITS]);
        for (&value, row) in input.iter().zip(self.numbers.chunks_exact(UNITS)) {
            if value != 0.0 {
                units.iter_mut().zip(row).for_each(|(unit, weight)| *unit += value * weight);
            }
        }
        units
    }

    /// The score of an input, which must have as many numbers as the network has inputs.
    pub fn score(&self, input: &[f32]) -> f32 {
        let units = self.units(input);
        let rest = &self.numbers[self.offsets() + UNITS..];
        let (answer, rest) = rest.split_at(UNITS);
        let (straight, offset) = rest.split_at(self.inputs);
        let bent: f32 = units.iter().zip(answer).map(|(unit, weight)| unit.max(0.0) * weight).sum();
        let straight: f32 = input.iter().zip(straight).map(|(value, weight)| value * weight).sum();
        offset[0] + bent + straight
    }

    /// Adds to `slopes`, one for each of the numbers, how the score of an input changes with them, times `by`.
    pub fn add_slopes(&self, input: &[f32], by: f32, slopes: &mut [f32]) {
        let units = self.units(input);
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
