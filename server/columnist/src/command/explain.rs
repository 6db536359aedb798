//! `columnist explain`: what a check finds, why it matters and how to switch it off.

use std::io::Write;

use transcript::check::{self, CHECKS};

use crate::arguments::Explain;
use crate::ending::Ending;
use crate::failure::Failure;
use crate::output::Output;

/// Explains a check, or lists them all.
pub(crate) fn run(asked: &Explain, output: &mut Output) -> Ending {
    let Some(code) = &asked.code else {
        let width = CHECKS.iter().map(|check| check.code.len()).max().unwrap_or(0);
        for check in CHECKS {
            let _ = writeln!(output, "{:width$}  {}", check.code, check.summary);
        }
        return Ending::Clean;
    };
    match check::by_code(code) {
        Some(check) => {
            let _ = writeln!(output, "{}", check.explanation.trim_end());
            Ending::Clean
        }
        None => {
            let known: Vec<_> = CHECKS.iter().map(|check| check.code).collect();
            let next = format!("Ask for one of these: {}.", known.join(", "));
            Failure::new(format_args!("explain `{code}`"), "no check has this code", next).tell()
        }
    }
}
