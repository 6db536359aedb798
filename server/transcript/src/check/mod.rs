//! The checks: what each is called, how loud it is unless the settings say otherwise, and why it is there. One file a
//! check.

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

/// Every check, in the order of their codes.
pub static CHECKS: &[Check] = &[];

/// The check with this code.
pub fn by_code(code: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.code == code)
}
