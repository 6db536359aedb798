//! One transcription of the report: its name, its text and, once asked for, all that is known of it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use transcript::analysis::Analysis;
use transcript::columns::Model;
use transcript::lines::Format;
use transcript::text::Text;

/// What a document is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Name {
    /// A file, by its absolute path without `.` and `..`.
    File(PathBuf),
    /// A buffer that is no file yet, by the name that the editor gives it.
    Unsaved(String),
}

impl Name {
    /// The name of a file.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Name::File(path.into())
    }

    /// The path of a file; none for a buffer that was never saved.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Name::File(path) => Some(path),
            Name::Unsaved(_) => None,
        }
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

/// A transcription as it was at one moment: an edit makes a new one.
#[derive(Debug)]
pub struct Document {
    name: Name,
    format: Format,
    text: Text,
    model: Arc<Model>,
    content: OnceLock<String>,
    analysis: OnceLock<Analysis>,
}

impl Document {
    /// A document with this text.
    pub fn new(name: Name, format: Format, text: Text, model: Arc<Model>) -> Self {
        Self { name, format, text, model, content: OnceLock::new(), analysis: OnceLock::new() }
    }

    /// Its name.
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// How it is marked up.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Its text, for positions and edits.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Its text in one piece, for reading.
    pub fn content(&self) -> &str {
        self.content.get_or_init(|| self.text.to_string())
    }

    /// What is known of it: worked out when first asked for, which takes milliseconds a page, and kept.
    pub fn analysis(&self) -> &Analysis {
        self.analysis.get_or_init(|| Analysis::new(self.content(), self.format, &self.model))
    }
}
