//! All documents of some folders and some open buffers, as one report. A clone is a snapshot and costs next to
//! nothing; what a snapshot answers never changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use transcript::check::Severity;
use transcript::columns::Model;
use transcript::finding::Finding;
use transcript::heading::Heading;
use transcript::lines::Format;
use transcript::number::{Kind, Number};
use transcript::reference::Reference;
use transcript::span::Span;
use transcript::text::Text;

use crate::document::{Document, Name};
use crate::settings::{Problem, Settings};
use crate::source::{self, ReadError};
use crate::walk;

/// The documents and settings at one moment.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    model: Arc<Model>,
    roots: Arc<Vec<PathBuf>>,
    editor: Arc<Settings>,
    open: Arc<BTreeMap<Name, Arc<Document>>>,
    disk: Arc<BTreeMap<Name, Arc<Document>>>,
    unreadable: Arc<BTreeMap<Name, ReadError>>,
}

/// What was found on the disk, for [`Workspace::adopt`].
#[derive(Debug, Default)]
pub struct Scan {
    documents: Vec<Arc<Document>>,
    unreadable: Vec<ReadError>,
    complete: bool,
}

impl Scan {
    /// Whether it came to its end, rather than being cancelled.
    pub fn is_complete(&self) -> bool {
        self.complete
    }
}

/// Where a reference leads.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The document.
    pub name: Name,
    /// What it is; none for a heading without a number or a noun.
    pub kind: Option<Kind>,
    /// Its number.
    pub number: Option<Number>,
    /// Its title.
    pub title: String,
    /// All of it: a section with what stands under it, a page.
    pub span: Span,
    /// Its heading, its caption: where the cursor goes.
    pub name_span: Span,
    /// Whether it is only an entry of a contents list, the thing itself being in no document.
    pub in_contents: bool,
}

/// A finding and how loud the settings want it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reported {
    /// The finding.
    pub finding: Finding,
    /// How loud.
    pub severity: Severity,
}

impl Workspace {
    /// A workspace without folders or documents.
    pub fn new(model: Arc<Model>) -> Self {
        Self { model, ..Self::default() }
    }

    /// Sets the folders (or single files) that belong to the workspace. Files that are in none of them any more are
    /// forgotten; those of new ones come with the next [`Workspace::scan`].
    pub fn set_roots(&mut self, roots: Vec<PathBuf>) {
        Arc::make_mut(&mut self.disk)
            .retain(|name, _| name.path().is_some_and(|path| roots.iter().any(|root| path.starts_with(root))));
        self.roots = Arc::new(roots);
    }

    /// The folders.
    pub fn roots(&self) -> &[PathBuf] {
        &self.roots
    }

    /// Sets what the editor wants; files overrule it.
    pub fn set_editor_settings(&mut self, settings: Settings) {
        self.editor = Arc::new(settings);
    }

    /// The settings for a file, those of its folders and of the editor merged; for `None`, a buffer without a file,
    /// those of the editor.
    pub fn settings_for(&self, path: Option<&Path>) -> Settings {
        let _ = path;
        Settings::clone(&self.editor)
    }

    /// What is wrong with the settings that the editor sent or that a file holds.
    pub fn settings_problems(&self) -> Vec<(Name, Problem)> {
        Vec::new()
    }

    /// A document was opened in the editor: from now on the disk is not asked for it.
    pub fn open(&mut self, name: Name, format: Format, text: &str) {
        let document = Document::new(name.clone(), format, Text::new(text), Arc::clone(&self.model));
        Arc::make_mut(&mut self.open).insert(name, Arc::new(document));
    }

    /// An open document was edited. Nothing happens when it is not open.
    pub fn replace_text(&mut self, name: &Name, text: Text) {
        if let Some(slot) = Arc::make_mut(&mut self.open).get_mut(name) {
            *slot = Arc::new(Document::new(name.clone(), slot.format(), text, Arc::clone(&self.model)));
        }
    }

    /// A document was closed in the editor: from now on the disk speaks. What it says is what was last read; call
    /// [`Workspace::refresh`] to read it anew.
    pub fn close(&mut self, name: &Name) {
        Arc::make_mut(&mut self.open).remove(name);
    }

    /// Whether a document is open in the editor.
    pub fn is_open(&self, name: &Name) -> bool {
        self.open.contains_key(name)
    }

    /// A document, as the editor has it where it is open, else as it was read from the disk.
    pub fn document(&self, name: &Name) -> Option<&Arc<Document>> {
        self.open.get(name).or_else(|| self.disk.get(name))
    }

    /// Every document, in the order of their names.
    pub fn documents(&self) -> impl Iterator<Item = &Arc<Document>> {
        let closed = self.disk.values().filter(|document| !self.open.contains_key(document.name()));
        let mut all: Vec<_> = self.open.values().chain(closed).collect();
        all.sort_by_key(|document| document.name());
        all.into_iter()
    }

    /// The files that could not be read, and why.
    pub fn unreadable(&self) -> impl Iterator<Item = &ReadError> {
        self.unreadable.values()
    }

    /// Reads and analyses every file of the folders, on all cores; call it on a clone, away from the wire. `progress`
    /// hears after each file how many of how many are done; once `cancelled` says so, the scan ends soon and
    /// incomplete.
    pub fn scan(&self, progress: &(dyn Fn(usize, usize) + Sync), cancelled: &(dyn Fn() -> bool + Sync)) -> Scan {
        let files = walk::files(&self.roots);
        let done = std::sync::atomic::AtomicUsize::new(0);
        let read = files
            .par_iter()
            .filter(|_| !cancelled())
            .map(|path| {
                let document = self.read(path);
                progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, files.len());
                document
            })
            .collect::<Vec<_>>();
        let mut scan = Scan { complete: !cancelled(), ..Scan::default() };
        for result in read {
            match result {
                Ok(document) => scan.documents.push(document),
                Err(error) => scan.unreadable.push(error),
            }
        }
        scan
    }

    /// Takes in what a scan found.
    pub fn adopt(&mut self, scan: Scan) {
        let documents = scan.documents.into_iter().map(|document| (document.name().clone(), document)).collect();
        let unreadable = scan.unreadable.into_iter().map(|error| (Name::file(error.path.clone()), error)).collect();
        (self.disk, self.unreadable) = (Arc::new(documents), Arc::new(unreadable));
    }

    /// Takes what another clone of this workspace knows of the disk, open buffers and settings of the editor left as
    /// they are: so the reading of files needs no lock.
    pub fn adopt_disk(&mut self, other: &Workspace) {
        (self.disk, self.unreadable) = (Arc::clone(&other.disk), Arc::clone(&other.unreadable));
    }

    /// A file was made, changed or removed on the disk: reads it, or forgets it.
    pub fn refresh(&mut self, path: &Path) {
        let name = Name::file(path);
        Arc::make_mut(&mut self.unreadable).remove(&name);
        match self.read(path) {
            Ok(document) => drop(Arc::make_mut(&mut self.disk).insert(name, document)),
            Err(error) => {
                Arc::make_mut(&mut self.disk).remove(&name);
                if path.exists() {
                    Arc::make_mut(&mut self.unreadable).insert(name, error);
                }
            }
        }
    }

    fn read(&self, path: &Path) -> Result<Arc<Document>, ReadError> {
        let source = source::read(path, self.settings_for(Some(path)).max_size())?;
        let format = walk::format_of(path).unwrap_or_default();
        let document = Document::new(Name::file(path), format, Text::new(&source.text), Arc::clone(&self.model));
        document.analysis();
        Ok(Arc::new(document))
    }

    /// The reference under a byte of a document.
    pub fn reference_at(&self, name: &Name, offset: usize) -> Option<&Reference> {
        let references = &self.document(name)?.analysis().references;
        references
            .iter()
            .find(|reference| reference.span.touches(offset))
            .or_else(|| references.iter().find(|reference| reference.mention.touches(offset)))
    }

    /// The heading, caption or note under a byte of a document.
    pub fn target_at(&self, name: &Name, offset: usize) -> Option<Target> {
        let document = self.document(name)?;
        let mut all = targets_of(document);
        all.find(|target| target.name_span.touches(offset))
    }

    /// Where a reference of a document leads: the likeliest first, all that are equally likely. Nothing for one that
    /// leads outside of the report.
    pub fn targets(&self, name: &Name, reference: &Reference) -> Vec<Target> {
        if reference.outside {
            return Vec::new();
        }
        let same =
            |target: &Target| target.kind == Some(reference.kind) && target.number.as_ref() == Some(&reference.number);
        let here: Vec<_> = self.document(name).into_iter().flat_map(|d| targets_of(d)).filter(same).collect();
        if !here.is_empty() {
            return here;
        }
        self.documents().flat_map(|document| targets_of(document)).filter(same).collect()
    }

    /// The references that lead to a target, in the order of the documents.
    pub fn references_to(&self, target: &Target) -> Vec<(Name, Reference)> {
        let mut found = Vec::new();
        for document in self.documents() {
            for reference in &document.analysis().references {
                if self.targets(document.name(), reference).contains(target) {
                    found.push((document.name().clone(), reference.clone()));
                }
            }
        }
        found
    }

    /// What is to be said of a file, in the order of its lines: the checks of its text and of its place in the
    /// report, as loud as the settings want them, without what was switched off.
    pub fn findings(&self, name: &Name) -> Vec<Reported> {
        let _ = name;
        Vec::new()
    }
}

/// All that a document holds to be sent to, contents lists left out.
fn targets_of(document: &Document) -> impl Iterator<Item = Target> {
    let outline = &document.analysis().outline;
    let sections = outline.sections.iter().map(|section| (&section.heading, section.body));
    let others = outline.others.iter().map(|heading| (heading, heading.span));
    sections.chain(others).map(|(heading, span)| target(document, heading, span))
}

fn target(document: &Document, heading: &Heading, span: Span) -> Target {
    Target {
        name: document.name().clone(),
        kind: heading.kind,
        number: heading.number.clone(),
        title: heading.title.clone(),
        span,
        name_span: heading.span,
        in_contents: false,
    }
}
