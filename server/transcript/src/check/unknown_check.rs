//! Comments that name a check that there is not: they would switch nothing off and nobody would know.

use crate::check::{CHECKS, UNKNOWN_CHECK, by_code};
use crate::finding::Finding;
use crate::lines::Lines;
use crate::suppression::Suppressions;

/// A finding for each unknown code in the comments.
pub fn findings(lines: &Lines, suppressions: &Suppressions) -> Vec<Finding> {
    let unknown = suppressions.codes().iter().filter(|code| by_code(lines.slice(**code)).is_none());
    let known: Vec<&str> = CHECKS.iter().map(|check| check.code).collect();
    unknown
        .map(|code| Finding {
            code: UNKNOWN_CHECK,
            span: *code,
            message: format!(
                "There is no check `{}`, so this switches nothing off. There are {}.",
                lines.slice(*code),
                known.join(", ")
            ),
            related: Vec::new(),
            repairs: Vec::new(),
        })
        .collect()
}
