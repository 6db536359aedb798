//! What is remembered of the sheets that were judged last, for an edit changes a line or two of a sheet, and what was
//! worked out of all others stands. It never changes what is found, only how soon.

use super::decide::Judged;
use super::reread::{self, Written};

/// What was worked out of the sheets that were judged last.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    /// The latest last.
    sheets: Vec<Remembered>,
}

/// What was worked out of a sheet: its strips, and what became of the guesses at its measure.
#[derive(Clone, Debug, Default)]
pub(super) struct Remembered {
    pub(super) read: reread::Past,
    pub(super) judged: Judged,
}

impl Memory {
    /// What was worked out of a sheet most of whose lines are as these; it is remembered no longer.
    pub(super) fn recall(&mut self, lines: &[Written]) -> Option<Remembered> {
        let at = self.sheets.iter().rposition(|sheet| sheet.read.is_like(lines))?;
        Some(self.sheets.remove(at))
    }

    /// Remembers a sheet, and forgets the one that was judged longest ago if there are too many.
    pub(super) fn keep(&mut self, sheet: Remembered) {
        /// Of some half a megabyte each.
        const MOST: usize = 4;
        if self.sheets.len() == MOST {
            self.sheets.remove(0);
        }
        self.sheets.push(sheet);
    }
}
