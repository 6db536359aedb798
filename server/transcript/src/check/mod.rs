//! The checks: what each is called, how loud it is unless the settings say otherwise, and why it is there. One file a
//! check, with its page of explanation beside it. [`run`] asks those that one text can answer; the others are asked
//! where more is known: of the report's other files, of the bytes on the disk.

pub mod ambiguous_reference;
pub mod contents;
pub mod doubtful_split;
pub mod merged_columns;
pub mod notes;
pub mod numbering;
pub mod title_mismatch;
pub mod unknown_check;
pub mod unresolved_reference;

use crate::analysis::Analysis;
use crate::columns::doubt::Doubt;
use crate::finding::Finding;
use crate::lines::Lines;
use crate::suppression::Suppressions;

/// How loud a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Barely shown.
    Hint,
    /// For your information.
    Info,
    /// Should be looked at.
    Warning,
    /// Wrong.
    Error,
}

/// A check, as the registry knows it.
#[derive(Debug)]
pub struct Check {
    /// The code by which settings, comments and people name it.
    pub code: &'static str,
    /// One line on what it finds.
    pub summary: &'static str,
    /// How loud it is by default.
    pub severity: Severity,
    /// A page in Markdown: what it finds, why it matters, an example, how to switch it off.
    pub explanation: &'static str,
}

/// The code of the check of references that several places answer.
pub const AMBIGUOUS_REFERENCE: &str = "ambiguous-reference";
/// The code of the check of files over which the program itself fell.
pub const ANALYSIS_FAILED: &str = "analysis-failed";
/// The code of the check of contents entries without a heading.
pub const CONTENTS_ENTRY: &str = "contents-entry";
/// The code of the check of lines that may have been split at the wrong word.
pub const DOUBTFUL_SPLIT: &str = "doubtful-split";
/// The code of the check of headings that have the number of the one before.
pub const DUPLICATE_NUMBER: &str = "duplicate-number";
/// The code of the check of files that are not UTF-8.
pub const ENCODING: &str = "encoding";
/// The code of the check of marks without a footnote.
pub const MARK_WITHOUT_NOTE: &str = "mark-without-note";
/// The code of the check of columns that ran together.
pub const MERGED_COLUMNS: &str = "merged-columns";
/// The code of the check of headings that the contents list leaves out.
pub const NOT_IN_CONTENTS: &str = "not-in-contents";
/// The code of the check of footnotes without a mark.
pub const NOTE_WITHOUT_MARK: &str = "note-without-mark";
/// The code of the check of numbers that the headings skip.
pub const NUMBER_GAP: &str = "number-gap";
/// The code of the check of settings files.
pub const SETTINGS: &str = "settings";
/// The code of the check of references whose title is another part's.
pub const TITLE_MISMATCH: &str = "title-mismatch";
/// The code of the check of comments that name no check.
pub const UNKNOWN_CHECK: &str = "unknown-check";
/// The code of the check of references without a target.
pub const UNRESOLVED_REFERENCE: &str = "unresolved-reference";

/// Every check, in the order of their codes.
pub static CHECKS: &[Check] = &[
    Check {
        code: AMBIGUOUS_REFERENCE,
        summary: "A reference that several parts of the report answer.",
        severity: Severity::Hint,
        explanation: include_str!("ambiguous-reference.md"),
    },
    Check {
        code: ANALYSIS_FAILED,
        summary: "A file over which the program fell: a fault of the program's.",
        severity: Severity::Error,
        explanation: include_str!("analysis-failed.md"),
    },
    Check {
        code: CONTENTS_ENTRY,
        summary: "An entry of the contents list that no heading answers.",
        severity: Severity::Info,
        explanation: include_str!("contents-entry.md"),
    },
    Check {
        code: DOUBTFUL_SPLIT,
        summary: "A line that a repair may have split at the wrong word.",
        severity: Severity::Info,
        explanation: include_str!("doubtful-split.md"),
    },
    Check {
        code: DUPLICATE_NUMBER,
        summary: "A heading with the number of the heading before it.",
        severity: Severity::Info,
        explanation: include_str!("duplicate-number.md"),
    },
    Check {
        code: ENCODING,
        summary: "A file that is not UTF-8, or not a text, and is left alone.",
        severity: Severity::Error,
        explanation: include_str!("encoding.md"),
    },
    Check {
        code: MARK_WITHOUT_NOTE,
        summary: "The mark of a footnote that is not there.",
        severity: Severity::Info,
        explanation: include_str!("mark-without-note.md"),
    },
    Check {
        code: MERGED_COLUMNS,
        summary: "Lines on which the columns of a page ran together.",
        severity: Severity::Warning,
        explanation: include_str!("merged-columns.md"),
    },
    Check {
        code: NOT_IN_CONTENTS,
        summary: "A heading that the contents list leaves out.",
        severity: Severity::Info,
        explanation: include_str!("not-in-contents.md"),
    },
    Check {
        code: NOTE_WITHOUT_MARK,
        summary: "A footnote that no mark in the text leads to.",
        severity: Severity::Info,
        explanation: include_str!("note-without-mark.md"),
    },
    Check {
        code: NUMBER_GAP,
        summary: "A number that the headings skip.",
        severity: Severity::Info,
        explanation: include_str!("number-gap.md"),
    },
    Check {
        code: SETTINGS,
        summary: "A key or value in columnist.toml that means nothing.",
        severity: Severity::Warning,
        explanation: include_str!("settings.md"),
    },
    Check {
        code: TITLE_MISMATCH,
        summary: "A reference with the title of another part.",
        severity: Severity::Warning,
        explanation: include_str!("title-mismatch.md"),
    },
    Check {
        code: UNKNOWN_CHECK,
        summary: "A comment that switches off a check that there is not.",
        severity: Severity::Warning,
        explanation: include_str!("unknown-check.md"),
    },
    Check {
        code: UNRESOLVED_REFERENCE,
        summary: "A reference to a part that is in none of the report's files.",
        severity: Severity::Hint,
        explanation: include_str!("unresolved-reference.md"),
    },
];

/// The check with this code.
pub fn by_code(code: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.code == code)
}

/// What the checks need to know besides the text.
#[derive(Clone, Copy, Debug)]
pub struct Wishes<'d> {
    /// A block is repaired unasked when at most this many lines' worth of its words are expected in the wrong place.
    pub expected_wrong: f32,
    /// The doubts that repairs made in this document so far have left.
    pub doubts: &'d [Doubt],
}

/// What the checks find in one text, in the order of the lines, whether it was switched off there or not.
pub fn run(lines: &Lines, analysis: &Analysis, suppressions: &Suppressions, wishes: Wishes) -> Vec<Finding> {
    let mut findings = merged_columns::findings(lines, &analysis.columns, wishes.expected_wrong);
    findings.extend(doubtful_split::findings(lines, wishes.doubts));
    findings.extend(unknown_check::findings(lines, suppressions));
    findings.sort_by_key(|finding| (finding.span, finding.code));
    findings
}
