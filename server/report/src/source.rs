//! Files as they lie on the disk: read whole or not at all, written whole or not at all.

use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

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
    /// A symbolic link that leads out of the folders that were opened.
    Outside,
    /// A pipe, a device or a socket.
    Special,
    /// More bytes than the settings allow.
    TooLarge {
        /// Its size.
        bytes: u64,
        /// What the settings allow.
        limit: u64,
    },
    /// A line of more bytes than the settings allow.
    LongLine {
        /// Which, from 1.
        line: usize,
        /// Its size.
        bytes: u64,
        /// What the settings allow.
        limit: u64,
    },
    /// A folder with more transcriptions than the settings allow: the last of them are not read.
    TooMany {
        /// How many there are.
        files: usize,
        /// What the settings allow.
        limit: usize,
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

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Missing => f.write_str("there is no such file"),
            Fault::Permission => f.write_str("its permissions do not allow it to be read"),
            Fault::Folder => f.write_str("it is a folder, not a file"),
            Fault::Dangling => f.write_str("it is a link that leads nowhere"),
            Fault::Outside => f.write_str("it is a link that leads out of the folder"),
            Fault::Special => f.write_str("it is a pipe, a device or a socket, not a file"),
            Fault::TooLarge { bytes, limit } => write!(f, "it has {bytes} bytes, and the settings allow {limit}"),
            Fault::LongLine { line, bytes, limit } => {
                write!(f, "its line {line} has {bytes} bytes, and the settings allow {limit}")
            }
            Fault::TooMany { files, limit } => {
                write!(
                    f,
                    "there are {files} transcriptions, and the settings allow {limit}: the others were left alone"
                )
            }
            Fault::Encoding { offset, guess } => {
                write!(f, "it is not UTF-8 from byte {offset} on; it looks like {guess}")
            }
            Fault::Binary => f.write_str("it holds NUL bytes, so it is not a text"),
            Fault::Other(words) => f.write_str(words),
        }
    }
}

impl ReadError {
    /// What an error of the file system means for a path.
    pub fn new(path: &Path, error: &io::Error) -> Self {
        let leads_nowhere = || path.is_symlink() && path.metadata().is_err();
        let fault = match fault(error) {
            Fault::Missing | Fault::Other(_) if leads_nowhere() => Fault::Dangling,
            other => other,
        };
        Self { path: path.to_owned(), fault }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault.fmt(f)
    }
}

impl std::error::Error for ReadError {}

/// Reads a file of at most `limit` bytes. Whatever is no plain file is not even opened, so that a pipe without a writer
/// keeps nobody waiting.
pub fn read(path: &Path, limit: u64) -> Result<Source, ReadError> {
    let fail = |fault| ReadError { path: path.to_owned(), fault };
    let metadata = metadata(path).map_err(fail)?;
    if metadata.is_dir() {
        return Err(fail(Fault::Folder));
    }
    if !metadata.is_file() {
        return Err(fail(Fault::Special));
    }
    let too_large = |bytes| fail(Fault::TooLarge { bytes, limit });
    if metadata.len() > limit {
        return Err(too_large(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
    // The file may grow while it is read.
    let read = File::open(path).and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes));
    read.map_err(|error| fail(fault(&error)))?;
    if bytes.len() as u64 > limit {
        return Err(too_large(bytes.len() as u64));
    }
    text(bytes).map(|text| Source { text }).map_err(fail)
}

/// The first line of a text that is longer than the settings allow.
pub fn long_line(text: &str, limit: u64) -> Option<Fault> {
    if text.len() as u64 <= limit {
        return None;
    }
    let long = |(_, line): &(usize, &str)| line.len() as u64 > limit;
    let (number, line) = text.split(['\n', '\r']).enumerate().find(long)?;
    // Of the two signs of a CRLF only one ends a line.
    let pairs = text[..line.as_ptr() as usize - text.as_ptr() as usize].matches("\r\n").count();
    Some(Fault::LongLine { line: number + 1 - pairs, bytes: line.len() as u64, limit })
}

/// What the file system says of a path, its links followed.
fn metadata(path: &Path) -> Result<Metadata, Fault> {
    path.metadata().map_err(|error| ReadError::new(path, &error).fault)
}

fn fault(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::NotFound => Fault::Missing,
        io::ErrorKind::PermissionDenied => Fault::Permission,
        _ => Fault::Other(error.to_string()),
    }
}

/// The text that some bytes are, a byte order mark at its start left in; or why they are none.
pub fn text(bytes: Vec<u8>) -> Result<String, Fault> {
    if let Some(encoding) = utf_16(&bytes) {
        return Err(Fault::Encoding { offset: 0, guess: encoding.name() });
    }
    if bytes.contains(&0) {
        return Err(Fault::Binary);
    }
    String::from_utf8(bytes).map_err(|error| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(error.as_bytes(), true);
        let guess = detector.guess(None, Utf8Detection::Deny).name();
        Fault::Encoding { offset: error.utf8_error().valid_up_to(), guess }
    })
}

/// Whether bytes are UTF-16, and in which order: by their mark, or because nearly every other byte is NUL, as it is for
/// Latin letters.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((marked, _)) = Encoding::for_bom(bytes) {
        return [UTF_16LE, UTF_16BE].into_iter().find(|encoding| *encoding == marked);
    }
    let start = &bytes[..bytes.len().min(4096)];
    let nuls = |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (nuls(0), nuls(1), start.len() / 2);
    match () {
        () if pairs > 1 && odd * 10 >= pairs * 9 && even == 0 => Some(UTF_16LE),
        () if pairs > 1 && even * 10 >= pairs * 9 && odd == 0 => Some(UTF_16BE),
        () => None,
    }
}

/// Replaces a file's content at one stroke: whoever reads meanwhile gets the old or the new content, never a part, and
/// when it fails the old content is still there. Permissions and owner are kept, a symbolic link goes on leading to its
/// (rewritten) target; a second hard link keeps the old content. A file that may not be written is left alone.
pub fn write_atomically(path: &Path, content: &str) -> io::Result<()> {
    let path = match path.canonicalize() {
        Err(error) if error.kind() == io::ErrorKind::NotFound && path.symlink_metadata().is_err() => path.to_owned(),
        canonical => canonical?,
    };
    let old = fs::metadata(&path).ok();
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "its permissions do not allow it to be written"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // The file beside it has a name that nobody gave it and that is gone by then: errors speak of it in no other way.
    let mut beside = tempfile::Builder::new().prefix(".columnist-").tempfile_in(folder).map_err(|error| {
        io::Error::new(error.kind(), format!("no file can be made in its folder: {}", error.kind()))
    })?;
    beside.as_file_mut().write_all(content.as_bytes())?;
    if let Some(old) = old {
        keep_owner(beside.as_file(), &old);
        beside.as_file().set_permissions(old.permissions())?;
    }
    beside.as_file().sync_all()?;
    beside.persist(&path)?;
    Ok(())
}

/// Gives a file the owner of another, where that is allowed; it is not for most users, and not needed for most files.
#[cfg(unix)]
fn keep_owner(file: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    if let Err(error) = fchown(file, Some(old.uid()), Some(old.gid())) {
        tracing::debug!("a rewritten file has another owner now: {error}");
    }
}

/// Owners are the folder's business elsewhere.
#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}
