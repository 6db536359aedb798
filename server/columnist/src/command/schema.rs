//! `columnist schema`: the JSON schema of `columnist.toml`.

use std::io::Write;

use crate::ending::Ending;
use crate::output::Output;

/// Writes the schema.
pub(crate) fn run(output: &mut Output) -> Ending {
    let _ = writeln!(output, "{:#}", report::settings::schema());
    Ending::Clean
}
