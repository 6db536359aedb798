//! The report that the paths on the command line make up. Files are called as whoever asked for them called them.

use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use report::document::Document;
use report::name::Name;
use report::settings::{FILE_NAME, Problem};
use report::source::{self, Fault, ReadError};
use report::workspace::Workspace;
use transcript::lines::Format;

use crate::column_data;
use crate::failure::Failure;

/// What the standard input is called.
pub(crate) const STDIN: &str = "-";

/// The documents that were asked for, in the report that they belong to.
pub(crate) struct Gathered {
    /// The report. Where a `columnist.toml` stands above what was asked for, it holds all of that folder, so that
    /// references find their targets.
    pub(crate) workspace: Workspace,
    /// The documents that were asked for, in the order of their names.
    pub(crate) names: Vec<Name>,
    /// What was asked for and could not be read.
    pub(crate) failures: Vec<Failure>,
    asked: Vec<Asked>,
}

/// A path as it was given, and where that is.
struct Asked {
    given: PathBuf,
    absolute: PathBuf,
}

impl Gathered {
    /// Reads the files of the paths, and the standard input for `-`.
    pub(crate) fn new(paths: &[PathBuf]) -> Self {
        let mut workspace = Workspace::new(Arc::new(column_data::model_of_many()));
        let (mut asked, mut failures) = (Vec::new(), Vec::new());
        for given in paths.iter().filter(|path| path.as_os_str() != STDIN) {
            match absolute(given) {
                Ok(absolute) => asked.push(Asked { given: given.clone(), absolute }),
                Err(failure) => failures.push(failure),
            }
        }
        let mut roots: Vec<PathBuf> = asked.iter().map(|asked| asked.absolute.clone()).collect();
        roots.extend(asked.iter().filter_map(|asked| project(&asked.absolute)));
        roots.sort();
        roots.dedup();
        workspace.set_roots(roots);
        let scan = workspace.scan(&|_, _| {}, &|| false);
        workspace.adopt(scan);
        if paths.iter().any(|path| path.as_os_str() == STDIN) {
            match standard_input() {
                Ok(text) => workspace.open(Name::Unsaved(STDIN.to_owned()), Format::Plain, &text),
                Err(failure) => failures.push(failure),
            }
        }
        let mut gathered = Self { workspace, names: Vec::new(), failures, asked };
        let names = gathered.workspace.documents().map(|document| document.name().clone());
        gathered.names = names.filter(|name| gathered.is_asked(name)).collect();
        gathered.failures.extend(gathered.unreadable());
        gathered
    }

    /// The documents that were asked for.
    pub(crate) fn documents(&self) -> impl Iterator<Item = &Arc<Document>> {
        self.names.iter().filter_map(|name| self.workspace.document(name))
    }

    /// What is wrong with the settings of the documents that were asked for.
    pub(crate) fn settings_problems(&self) -> Vec<(Name, Problem)> {
        let governs = |name: &Name| {
            let folder = name.path().and_then(Path::parent);
            folder.is_some_and(|folder| {
                self.asked.iter().any(|asked| asked.absolute.starts_with(folder) || folder.starts_with(&asked.absolute))
            })
        };
        let mut problems = self.workspace.settings_problems();
        problems.retain(|(name, _)| governs(name));
        problems
    }

    /// What a document is called to whoever asked for it.
    pub(crate) fn shown(&self, name: &Name) -> String {
        let Some(path) = name.path() else { return name.to_string() };
        let inside = self.asked.iter().filter_map(|asked| Some((asked, path.strip_prefix(&asked.absolute).ok()?)));
        // Of a folder and a file in it, both asked for, the file's own name is the one that was meant.
        if let Some((asked, rest)) = inside.min_by_key(|(_, rest)| rest.as_os_str().len()) {
            let shown = if rest.as_os_str().is_empty() { asked.given.clone() } else { asked.given.join(rest) };
            let bare = shown.strip_prefix("./").ok().filter(|bare| !bare.as_os_str().is_empty());
            return bare.unwrap_or(&shown).display().to_string();
        }
        let here = std::env::current_dir().unwrap_or_default();
        path.strip_prefix(here).unwrap_or(path).display().to_string()
    }

    fn is_asked(&self, name: &Name) -> bool {
        name.path().is_none_or(|path| self.asked.iter().any(|asked| path.starts_with(&asked.absolute)))
    }

    fn unreadable(&self) -> Vec<Failure> {
        let asked = |error: &&ReadError| self.is_asked(&Name::file(&error.path));
        let failure = |error: &ReadError| Failure::unreadable(&self.shown(&Name::file(&error.path)), error);
        self.workspace.unreadable().filter(asked).map(failure).collect()
    }
}

/// Where a path is, without `.` and `..`; links are left as they are.
fn absolute(given: &Path) -> Result<PathBuf, Failure> {
    let place = || -> io::Result<PathBuf> {
        if given.is_dir() {
            given.read_dir()?;
        } else {
            given.symlink_metadata()?;
        }
        let absolute = std::path::absolute(given)?;
        if !absolute.components().any(|part| part == Component::ParentDir) {
            return Ok(absolute);
        }
        match (absolute.parent(), absolute.file_name()) {
            (Some(folder), Some(file)) => Ok(folder.canonicalize()?.join(file)),
            _ => absolute.canonicalize(),
        }
    };
    place().map_err(|error| Failure::unreadable(&given.display().to_string(), &ReadError::new(given, &error)))
}

/// The folder of the settings that stand above a file or a folder, the uppermost where there are several.
fn project(path: &Path) -> Option<PathBuf> {
    path.ancestors().filter(|folder| folder.join(FILE_NAME).is_file()).last().map(Path::to_owned)
}

/// The text of the standard input.
pub(crate) fn standard_input() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = io::stdin().read_to_end(&mut bytes);
    read.map_err(|error| Failure::new("read the standard input", error, "Give it a text, or name a file."))?;
    source::text(bytes).map_err(|fault| {
        let next = match &fault {
            Fault::Encoding { guess, .. } => {
                format!("If it really is {guess}, put `iconv -f {guess} -t UTF-8` before this.")
            }
            _ => "Give it a text.".to_owned(),
        };
        Failure::new("read the standard input", fault, next)
    })
}
