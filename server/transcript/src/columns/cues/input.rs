//! How cues are told as numbers of about the same size, and gathered for a network.

pub(super) fn yes(is: bool) -> f32 {
    f32::from(u8::from(is))
}

/// Log-odds brought to a size of about one.
pub(super) fn tamed(odds: f32) -> f32 {
    odds.clamp(-9.0, 9.0) / 3.0
}

/// A number bent to between -1 and 1.
pub(super) fn bent(number: f32) -> f32 {
    number / (1.0 + number * number).sqrt()
}

/// A small deviation told finely near zero, and a large one coarsely.
pub(super) fn fine(over: f32) -> [f32; 3] {
    [bent(over / 0.025), bent(over / 0.1), over.clamp(-1.0, 1.0)]
}

/// How often something stands elsewhere, up to three times.
pub(super) fn repeats(times: u16) -> f32 {
    f32::from(times.min(3)) / 3.0
}

/// Fills an input from its parts.
pub(super) struct Input<const N: usize> {
    numbers: [f32; N],
    filled: usize,
}

impl<const N: usize> Input<N> {
    #[inline(always)]
    pub(super) fn new() -> Self {
        Input { numbers: [0.0; N], filled: 0 }
    }

    #[inline(always)]
    pub(super) fn add(&mut self, numbers: &[f32]) -> &mut Self {
        self.numbers[self.filled..self.filled + numbers.len()].copy_from_slice(numbers);
        self.filled += numbers.len();
        self
    }

    pub(super) fn done(&self) -> [f32; N] {
        debug_assert_eq!(self.filled, N, "an input has another length than was said");
        self.numbers
    }
}
