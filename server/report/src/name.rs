//! What the documents of a report are known by, and their order.

use std::cmp::Ordering;
use std::fmt;
use std::path::{Component, Path, PathBuf, is_separator};

use crate::settings::FILE_NAME;

/// What a document is known by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Name {
    /// A file, by its path without `.` and `..`.
    File(PathBuf),
    /// A buffer that is no file yet, by the name that the editor gives it.
    Unsaved(String),
}

impl Name {
    /// The name of a file: `.` and `..` are worked out, links are left as they are, for the editor calls the file by
    /// this name too.
    pub fn file(path: impl AsRef<Path>) -> Self {
        let mut clean = PathBuf::new();
        for component in path.as_ref().components() {
            match component {
                Component::CurDir => {}
                Component::ParentDir if clean.file_name().is_some() => drop(clean.pop()),
                other => clean.push(other),
            }
        }
        Name::File(clean)
    }

    /// The path of a file; none for a buffer that was never saved.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Name::File(path) => Some(path),
            Name::Unsaved(_) => None,
        }
    }

    /// Whether it is a settings file, which is no transcription.
    pub fn is_settings(&self) -> bool {
        self.path().and_then(Path::file_name).is_some_and(|name| name == FILE_NAME)
    }
}

impl Ord for Name {
    /// Files first, in the order in which a walk through their folders meets them. As paths without `..` compare, but byte
    /// by byte, for names are compared very often.
    fn cmp(&self, other: &Self) -> Ordering {
        let (one, other) = match (self, other) {
            (Name::File(one), Name::File(other)) => (one.as_os_str(), other.as_os_str()),
            (Name::Unsaved(one), Name::Unsaved(other)) => return one.cmp(other),
            (Name::File(_), Name::Unsaved(_)) => return Ordering::Less,
            (Name::Unsaved(_), Name::File(_)) => return Ordering::Greater,
        };
        let (one, other) = (one.as_encoded_bytes(), other.as_encoded_bytes());
        // What lies in a folder comes before what its name only begins with.
        let place = |byte: u8| if is_separator(byte.into()) { 0 } else { byte };
        let differ = one.iter().zip(other).find(|(one, other)| one != other);
        differ.map_or(one.len().cmp(&other.len()), |(one, other)| place(*one).cmp(&place(*other)))
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Name::File(path) => write!(f, "{}", path.display()),
            Name::Unsaved(name) => f.write_str(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn names_compare_as_paths(one in "/?([-a][.]?/?){0,6}", other in "/?([-a][.]?/?){0,6}") {
            let (one, other) = (Name::file(one), Name::file(other));
            prop_assert_eq!(one.cmp(&other), one.path().cmp(&other.path()));
        }
    }
}
