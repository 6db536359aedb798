//! Files as they lie on the disk: read whole or not at all, written whole or not at all.

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its text, a byte order mark at its start left in.
    pub text: String,
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not there.
    Missing,
    /// It may not be read.
    Permission,
    /// It is a folder.
    Folder,
    /// A symbolic link that leads nowhere, or in a circle.
    Dangling,
    /// A pipe, a device or a socket.
    Special,
    /// More bytes than the settings allow.
    TooLarge {
        /// Its size.
        bytes: u64,
        /// What the settings allow.
        limit: u64,
    },
    /// Not UTF-8.
    Encoding {
        /// The byte at which it stops being UTF-8.
        offset: usize,
        /// The encoding that it looks like, by its name on the web.
        guess: &'static str,
    },
    /// Bytes that no text holds: it is some other kind of file.
    Binary,
    /// Anything else, in the words of the system.
    Other(String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}", self.path.display(), self.fault)
    }
}

impl std::error::Error for ReadError {}

/// Reads a file of at most `limit` bytes.
pub fn read(path: &Path, limit: u64) -> Result<Source, ReadError> {
    let fail = |fault| ReadError { path: path.to_owned(), fault };
    let metadata = path.metadata().map_err(|error| fail(Fault::Other(error.to_string())))?;
    if !metadata.is_file() {
        return Err(fail(Fault::Special));
    }
    if metadata.len() > limit {
        return Err(fail(Fault::TooLarge { bytes: metadata.len(), limit }));
    }
    let bytes = std::fs::read(path).map_err(|error| fail(Fault::Other(error.to_string())))?;
    let text = String::from_utf8(bytes)
        .map_err(|error| fail(Fault::Encoding { offset: error.utf8_error().valid_up_to(), guess: "windows-1252" }))?;
    Ok(Source { text })
}

/// Replaces a file's content at one stroke: whoever reads meanwhile gets the old or the new content, never a part.
/// Permissions are kept, and a symbolic link goes on leading to its (rewritten) target.
pub fn write_atomically(path: &Path, content: &str) -> io::Result<()> {
    let path = path.canonicalize()?;
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(content.as_bytes())?;
    beside.as_file().set_permissions(path.metadata()?.permissions())?;
    beside.as_file().sync_all()?;
    beside.persist(path)?;
    Ok(())
}
