//! A folder on the disk that lives as long as its test.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::drawing;

/// A folder with files of a test's own.
#[derive(Debug)]
pub struct Folder {
    // Held for its `Drop`.
    _folder: TempDir,
    path: PathBuf,
}

impl Folder {
    /// A folder with the files of a case, see [`drawing::files`]; the cursor is left out of them.
    pub fn new(case: &str) -> Self {
        let folder = TempDir::with_prefix("columnist-test-").expect("a folder for temporary files");
        let path = folder.path().canonicalize().expect("it is there");
        let folder = Self { _folder: folder, path };
        for (name, text) in drawing::files(case) {
            folder.write(&name, drawing::cursor(&text).0);
        }
        folder
    }

    /// Where it is, links followed.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where one of its files is.
    pub fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Writes one of its files, with the folders that it lies in.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.join(name);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder of a test's own");
        fs::write(path, content).expect("a file of a test's own");
    }

    /// Reads one of its files as bytes.
    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The names of what lies in it, sorted.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.path).expect("a folder of a test's own");
        let mut names: Vec<_> =
            entries.map(|entry| entry.expect("an entry").file_name().display().to_string()).collect();
        names.sort();
        names
    }

    /// Takes all permissions from one of its files or folders.
    pub fn forbid(&self, name: &str) {
        self.set_mode(name, 0o000);
    }

    /// Gives them back, without which a folder cannot be cleared away.
    pub fn allow(&self, name: &str) {
        self.set_mode(name, 0o755);
    }

    /// Sets the permissions of one of its files or folders.
    pub fn set_mode(&self, name: &str, mode: u32) {
        let path = self.join(name);
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a file of a test's own");
    }

    /// The URI of one of its files; of itself for an empty name. The names of these tests need no escapes.
    pub fn uri(&self, name: &str) -> String {
        format!("file://{}", self.path.join(name).display()).trim_end_matches('/').to_owned()
    }
}
