//! Which files lie in some folders: what .gitignore names and what is hidden left out, links to folders not followed,
//! so that no circle of them is ever walked.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use transcript::lines::Format;

use crate::settings::{FILE_NAME, Settings};
use crate::source::ReadError;

/// What was found in some folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The files, in the order of their paths, each once.
    pub files: Vec<PathBuf>,
    /// The folders that could not be looked into, and roots that are not there.
    pub faults: Vec<ReadError>,
}

/// How a file is marked up, by its name; none for a file that is no transcription unless the settings say so.
pub fn format_of(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "md" | "markdown" => Some(Format::Markdown),
        "txt" | "text" => Some(Format::Plain),
        _ => None,
    }
}

/// Whether a file found in a folder is a transcription, under its settings.
pub fn is_transcription(path: &Path, settings: &Settings) -> bool {
    let fits = |patterns: &[crate::settings::Pattern]| patterns.iter().any(|pattern| pattern.fits(path));
    let ours = path.file_name().is_some_and(|name| name == FILE_NAME);
    !ours && !fits(&settings.files.exclude) && (format_of(path).is_some() || fits(&settings.files.include))
}

/// The files in and under `roots`. With `within`, only those at or under that path: what a change there may concern.
/// A root that is a file is taken as it is.
pub fn files(roots: &[PathBuf], within: Option<&Path>) -> Found {
    let mut found = Found::default();
    for root in roots.iter().filter(|root| within.is_none_or(|within| meet(root, within))) {
        let mut walk = WalkBuilder::new(root);
        walk.require_git(false);
        if let Some(within) = within.map(Path::to_owned) {
            walk.filter_entry(move |entry| meet(entry.path(), &within));
        }
        for entry in walk.build() {
            match entry {
                Ok(entry) if is_file(&entry, roots) => found.files.push(entry.into_path()),
                Ok(_) => {}
                Err(error) => found.faults.extend(read_error(root, &error)),
            }
        }
    }
    if let Some(within) = within {
        found.files.retain(|file| file.starts_with(within));
    }
    found.files.sort();
    found.files.dedup();
    found
}

/// Whether one path is, or lies under, the other.
fn meet(one: &Path, other: &Path) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

/// Whether an entry is to be read, or at least to be reported as unreadable. A link to a file of the roots is none: the
/// file itself is there.
fn is_file(entry: &ignore::DirEntry, roots: &[PathBuf]) -> bool {
    let Some(kind) = entry.file_type() else { return false };
    if kind.is_dir() || entry.depth() == 0 || !kind.is_symlink() {
        return !kind.is_dir();
    }
    match entry.path().canonicalize() {
        Ok(target) => !target.is_dir() && !roots.iter().any(|root| target.starts_with(root)),
        Err(_) => true,
    }
}

/// The walker's error as one of reading; none for a faulty line in a .gitignore, which is not ours to judge.
fn read_error(root: &Path, error: &ignore::Error) -> Option<ReadError> {
    Some(ReadError::new(path_of(error).unwrap_or(root), error.io_error()?))
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}
