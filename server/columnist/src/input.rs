//! What the commands read: a file, or the standard input under the name `-`.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use transcript::lines::Format;

/// The text of a file or of the standard input, without its byte order mark.
pub(crate) fn read(path: &Path) -> Result<String, io::Error> {
    let text = if path.as_os_str() == "-" {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text)?;
        text
    } else {
        fs::read_to_string(path)?
    };
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// How a file is marked up, by its name.
pub(crate) fn format(path: &Path) -> Format {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("md" | "markdown") => Format::Markdown,
        _ => Format::Plain,
    }
}
