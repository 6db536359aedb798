//! A settings file and what it says.

use std::path::Path;
use std::sync::Arc;

use transcript::columns::Model;
use transcript::lines::Format;

use crate::document::Document;
use crate::name::Name;
use crate::settings::{FILE_NAME, Problem, Settings};
use crate::source::{self, Fault, ReadError};

/// A settings file of more bytes is none.
const MOST_BYTES: u64 = 1 << 20;

/// The settings of one folder.
#[derive(Debug)]
pub struct Layer {
    /// The file.
    pub document: Arc<Document>,
    /// What it says, its patterns seen from its folder.
    pub settings: Settings,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

impl Layer {
    /// Reads the text of a settings file.
    pub fn new(document: Arc<Document>) -> Self {
        let (settings, problems) = Settings::parse(document.content());
        let folder = document.name().path().and_then(Path::parent).unwrap_or(Path::new(""));
        let settings = settings.anchored(folder);
        Self { document, settings, problems }
    }

    /// Reads a settings file from the disk; none where there is none. One that cannot be read says nothing but that, and
    /// so does a link to a file of another name, whose words would be shown as what is wrong with them.
    pub fn read(path: &Path, model: &Arc<Model>) -> Option<Arc<Self>> {
        let foreign = || path.canonicalize().is_ok_and(|target| target.file_name() != path.file_name());
        let words = format!("it is a link to a file that is not called {FILE_NAME}");
        let read = if path.is_symlink() && foreign() {
            Err(ReadError { path: path.to_owned(), fault: Fault::Other(words) })
        } else {
            source::read(path, MOST_BYTES)
        };
        let (text, problem) = match read {
            Ok(source) => (source.text, None),
            Err(error) if error.fault == Fault::Missing => return None,
            Err(error) => (String::new(), Some(Problem { span: None, message: error.to_string() })),
        };
        let document = Document::of_file(Name::file(path), Format::Plain, text, Arc::clone(model));
        let mut layer = Layer::new(Arc::new(document));
        layer.problems.extend(problem);
        Some(Arc::new(layer))
    }
}
