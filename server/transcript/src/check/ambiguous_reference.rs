//! References that several parts of the report answer equally well. Which do, the report knows.

use crate::check::AMBIGUOUS_REFERENCE;
use crate::finding::Finding;
use crate::lines::Lines;
use crate::reference::Reference;

/// The finding for a reference with this many targets; where they are, the report adds.
pub fn finding(lines: &Lines, reference: &Reference, targets: usize) -> Finding {
    let written = lines.slice(reference.mention).split_whitespace().collect::<Vec<_>>().join(" ");
    Finding {
        code: AMBIGUOUS_REFERENCE,
        span: reference.mention,
        message: format!("“{written}” may mean any of {targets} places: they have the same number."),
        related: Vec::new(),
        repairs: Vec::new(),
    }
}
