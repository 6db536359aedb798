//! The repairs of many findings as one change.

use transcript::finding::{Edit, Grade};

use crate::workspace::Reported;

/// The edits of the best repair of every finding that has one of this grade or a surer one, in ascending order. Of
/// repairs that would touch the same place the first is taken; the others are for another round.
pub fn edits<'r>(findings: impl IntoIterator<Item = &'r Reported>, at_most: Grade) -> Vec<Edit> {
    let mut taken: Vec<Edit> = Vec::new();
    for reported in findings {
        let Some(repair) = reported.finding.repairs.iter().find(|repair| repair.grade <= at_most) else { continue };
        if repair.edits.iter().all(|edit| taken.iter().all(|other| !other.span.meets(edit.span))) {
            taken.extend(repair.edits.iter().cloned());
        }
    }
    taken.sort_by_key(|edit| edit.span);
    taken
}
