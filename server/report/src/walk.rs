//! Which files lie in some folders: what .gitignore names and what is hidden left out, links to folders not followed,
//! so that no circle of them is ever walked, nor links out of the folders: those may have been put there by somebody else.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use transcript::lines::Format;

use crate::settings::{FILE_NAME, Settings};
use crate::source::{Fault, ReadError};

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
                Ok(entry) => match leads(&entry, roots) {
                    Leads::ToFile => found.files.push(entry.into_path()),
                    Leads::Out => found.faults.extend(out(&entry)),
                    Leads::Elsewhere => {}
                },
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

/// Where an entry of a folder leads.
enum Leads {
    /// To a file that is to be read, or at least to be reported as unreadable.
    ToFile,
    /// Out of the folders, which nobody who opened them has asked for.
    Out,
    /// To a folder, or to a file of the folders that is there by its own name too.
    Elsewhere,
}

fn leads(entry: &ignore::DirEntry, roots: &[PathBuf]) -> Leads {
    let Some(kind) = entry.file_type() else { return Leads::Elsewhere };
    if kind.is_dir() || entry.depth() == 0 && entry.path().is_dir() {
        return Leads::Elsewhere;
    }
    if entry.depth() == 0 || !kind.is_symlink() {
        return Leads::ToFile;
    }
    // A folder may itself have been opened by a link.
    let holds = |root: &PathBuf, target: &Path| {
        target.starts_with(root) || root.canonicalize().is_ok_and(|root| target.starts_with(root))
    };
    match entry.path().canonicalize() {
        Ok(target) if target.is_dir() || roots.iter().any(|root| holds(root, &target)) => Leads::Elsewhere,
        Ok(_) => Leads::Out,
        Err(_) => Leads::ToFile,
    }
}

/// A transcription or a settings file that is a link out of the folders; none for any other file, of which nobody asks why
/// it is not read.
fn out(entry: &ignore::DirEntry) -> Option<ReadError> {
    let path = entry.path();
    let ours = format_of(path).is_some() || entry.file_name() == FILE_NAME;
    ours.then(|| ReadError { path: path.to_owned(), fault: Fault::Outside })
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
