//! Which files of some folders are transcriptions.

use std::path::{Path, PathBuf};

use transcript::lines::Format;

/// How a file is marked up, by its name; none for a file that is no transcription.
pub fn format_of(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "md" | "markdown" => Some(Format::Markdown),
        "txt" | "text" => Some(Format::Plain),
        _ => None,
    }
}

/// The transcriptions in and under `roots`, in the order of their paths, each once. A root that is a file is always
/// taken, whatever its name.
pub fn files(roots: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for root in roots {
        for entry in ignore::WalkBuilder::new(root).build().flatten() {
            let is_file = entry.file_type().is_some_and(|kind| !kind.is_dir());
            if is_file && (entry.depth() == 0 || format_of(entry.path()).is_some()) {
                found.push(entry.into_path());
            }
        }
    }
    found.sort();
    found.dedup();
    found
}
