//! What is remembered of the sheets that were judged last, for an edit changes a line or two of a sheet, and what was
//! worked out of all others stands. It never changes what is found, only how soon.

use super::readings::Judged;
use super::reread::{self, Written};

/// What was worked out of the sheets that were judged last, those of one stretch of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    /// Those of the stretch before.
    past: Vec<Remembered>,
    /// Those that are judged now.
    sheets: Vec<Remembered>,
}

/// What was worked out of a sheet: its strips, and what became of the guesses at its measure.
#[derive(Clone, Debug, Default)]
pub(super) struct Remembered {
    pub(super) read: reread::Past,
    pub(super) judged: Judged,
}

impl Memory {
    /// Begins with another stretch, or the same once more.
    pub(super) fn turn(&mut self) {
        self.past = std::mem::take(&mut self.sheets);
    }

    /// Ends with a stretch: what was not recalled of the one before is forgotten.
    pub(super) fn forget(&mut self) {
        self.past.clear();
    }

    /// What was worked out of a sheet most of whose lines are as these; it is remembered no longer.
    pub(super) fn recall(&mut self, lines: &[Written]) -> Option<Remembered> {
        let at = self.past.iter().position(|sheet| sheet.read.is_like(lines))?;
        Some(self.past.remove(at))
    }

    /// Remembers a sheet, and forgets the first if there are too many: most stretches have one or two.
    pub(super) fn keep(&mut self, sheet: Remembered) {
        /// Of some megabyte each.
        const MOST: usize = 4;
        if self.sheets.len() == MOST {
            self.sheets.remove(0);
        }
        self.sheets.push(sheet);
    }
}
