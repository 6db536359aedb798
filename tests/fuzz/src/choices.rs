//! The fuzzer's bytes read as choices, from the front, so that a small change of the bytes is a small change of what is
//! done. When they are used up every choice is the first.

/// Bytes that are yet to be used.
#[derive(Clone, Debug)]
pub struct Choices<'d>(pub &'d [u8]);

impl<'d> Choices<'d> {
    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A byte.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// A number: mostly a small one, now and then any at all.
    pub fn number(&mut self) -> u32 {
        match self.byte() {
            255 => u32::from_le_bytes([self.byte(), self.byte(), self.byte(), self.byte()]),
            small => u32::from(small),
        }
    }

    /// A number below another, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.number() as usize % end
    }

    /// One of some things.
    pub fn of<'t, T>(&mut self, things: &'t [T]) -> &'t T {
        &things[self.below(things.len())]
    }

    /// So many bytes, or what is left of them, as a text; what is none becomes U+FFFD.
    pub fn text(&mut self, bytes: usize) -> String {
        let (text, rest) = self.0.split_at(bytes.min(self.0.len()));
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    /// What is left, as a text.
    pub fn rest(&mut self) -> String {
        self.text(usize::MAX)
    }
}
