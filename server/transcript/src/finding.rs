//! What a check reports, and what can be done about it.

use crate::span::Span;

/// Something found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The code of the check that found it; one of [`crate::check::CHECKS`].
    pub code: &'static str,
    /// Where; what an editor underlines.
    pub span: Span,
    /// What is wrong, one sentence or two, for the person who has to mend it.
    pub message: String,
    /// Other places that explain it, each with a few words.
    pub related: Vec<(Span, String)>,
    /// What can be done, the best first.
    pub repairs: Vec<Repair>,
}

/// How much a repair may change without being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Right as far as can be known: applied by `fix` and fix-all.
    Safe,
    /// Likely right: applied by `fix --unsafe`, or by hand.
    Unsafe,
    /// One of several ways: only ever by hand.
    Shown,
}

/// A change that settles a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// What it does, as an editor's menu shows it.
    pub title: String,
    /// Who may apply it.
    pub grade: Grade,
    /// How the text changes.
    pub mend: Mend,
}

/// How a repair changes the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Mend {
    /// By these edits, in ascending order, not overlapping, inside the text.
    Edits(Vec<Edit>),
    /// By putting the block that holds this physical line in reading order. [`crate::analysis::Analysis::edits`] works the
    /// edits out: after a keystroke nobody asks for those of all blocks of a text.
    ReadingOrder(usize),
}

/// Bytes of the text before the repair, and what takes their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes replaced; empty to insert.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// The text after some edits, which must be in ascending order and not overlap.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.span.start]);
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(&text[at..]);
    out
}
