//! All documents of some folders and some open buffers, as one report. A clone is a snapshot and costs next to
//! nothing; what a snapshot answers never changes.

mod beside;
mod findings;
mod lookup;
mod merged;
mod navigation;
mod reading;
mod resolve;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use transcript::columns::Model;
use transcript::columns::said::Said;
use transcript::language::Language;
use transcript::lines::Format;
use transcript::outline::Section;
use transcript::span::Span;
use transcript::text::Text;

use crate::disk::Disk;
use crate::document::Document;
use crate::layer::Layer;
use crate::name::Name;
use crate::pagination::Pagination;
use crate::running::Running;
use crate::settings::{FILE_NAME, Problem, Settings};
use crate::source::{self, ReadError};

pub use self::findings::Reported;
pub use self::merged::Merged;
pub use self::reading::Scan;
pub use self::resolve::Target;
pub(crate) use transcript::check::title_mismatch::same as same_title;

/// The documents and settings at one moment.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    model: Arc<Model>,
    // Whether merged columns are looked for only in what was opened.
    surveys: bool,
    /// Where the surveys are kept for the next start, if anywhere.
    cache: Option<Arc<PathBuf>>,
    roots: Arc<Vec<PathBuf>>,
    editor: Arc<Settings>,
    open: Arc<BTreeMap<Name, Arc<Document>>>,
    /// What the person said of lines, of documents that are open or were.
    said: Arc<BTreeMap<Name, Arc<Said>>>,
    open_layers: Arc<BTreeMap<PathBuf, Arc<Layer>>>,
    disk: Arc<Disk>,
    // Worked out when first asked for, and after an edit looked at once whether it still holds.
    paginations: Arc<Mutex<Paginations>>,
    // Of the files that are not open, by their folder; worked out when first asked for.
    closed_files: Arc<Mutex<HashMap<Option<PathBuf>, Arc<beside::Files>>>>,
    // The lines on the edges of the pages of each folder; an edit leaves it, for while one page is typed on those of all
    // together hardly change.
    running: Arc<Mutex<HashMap<PathBuf, Arc<Running>>>>,
}

/// The printed numbers of the pages in each folder.
type Paginations = HashMap<PathBuf, (Arc<Pagination>, Holds)>;

/// Whether what was worked out before an edit still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Yes,
    Perhaps,
}

impl Workspace {
    /// A workspace without folders or documents.
    pub fn new(model: Arc<Model>) -> Self {
        Self { model, ..Self::default() }
    }

    /// The same workspace, which looks for merged columns only in what was opened: of all other files it knows what they
    /// name and refer to as they stand. That is kept in the folder of a cache, if there is one.
    pub fn surveying(self, cache: Option<PathBuf>) -> Self {
        Self { surveys: true, cache: cache.map(Arc::new), ..self }
    }

    /// Sets the folders (or single files) that belong to the workspace. Files that are in none of them any more are
    /// forgotten; those of new ones come with the next [`Workspace::scan`].
    pub fn set_roots(&mut self, roots: Vec<PathBuf>) {
        let name = |root: PathBuf| Name::file(root).path().map(Path::to_owned);
        self.roots = Arc::new(roots.into_iter().filter_map(name).collect());
        self.forget_outside();
    }

    /// The folders.
    pub fn roots(&self) -> &[PathBuf] {
        &self.roots
    }

    /// Sets what the editor wants; files overrule it.
    pub fn set_editor_settings(&mut self, settings: Settings) {
        self.editor = Arc::new(settings);
        self.speak();
    }

    /// Whether a document lies in none of the folders. Where no folder is open nothing does: there is no inside.
    pub fn is_outside(&self, name: &Name) -> bool {
        let inside = |path: &Path| self.roots.iter().any(|root| path.starts_with(root));
        !self.roots.is_empty() && name.path().is_some_and(|path| !inside(path))
    }

    /// The settings for a file: those of the editor, then those of the folders above it from the outermost in, each
    /// overruling the ones before. For `None`, a buffer without a file, those of the editor.
    pub fn settings_for(&self, path: Option<&Path>) -> Settings {
        let Some(path) = path else { return Settings::clone(&self.editor) };
        let folders: Vec<&Path> = path.ancestors().skip(1).collect();
        let layers = folders.into_iter().rev().filter_map(|folder| self.layer(folder));
        let editor = self.editor.over(Settings::default(), path);
        layers.fold(editor, |below, layer| layer.settings.over(below, path))
    }

    /// The settings for the folders as a whole: those of the first.
    pub fn settings(&self) -> Settings {
        self.settings_for(self.roots.first().map(|root| root.join(FILE_NAME)).as_deref())
    }

    /// What is wrong with the settings files, in the order of their folders.
    pub fn settings_problems(&self) -> Vec<(Name, Problem)> {
        let closed = self.disk.layers().iter().filter(|(folder, _)| !self.open_layers.contains_key(*folder));
        let layers: BTreeMap<_, _> = self.open_layers.iter().chain(closed).collect();
        let problems = |layer: &Arc<Layer>| -> Vec<_> {
            let name = layer.document.name();
            layer.problems.iter().map(|problem| (name.clone(), problem.clone())).collect()
        };
        layers.values().flat_map(|layer| problems(layer)).collect()
    }

    /// The settings file of a folder, as the editor has it where it is open.
    fn layer(&self, folder: &Path) -> Option<&Arc<Layer>> {
        self.open_layers.get(folder).or_else(|| self.disk.layers().get(folder))
    }

    /// A document was opened in the editor: from now on the disk is not asked for it. Of the disk only the settings
    /// files above it are read, where they were not yet; and the file itself, where its text has letters that the
    /// editor could not read, to tell which encoding it has.
    pub fn open(&mut self, name: Name, format: Format, text: &str) {
        let said = self.said.get(&name).cloned().unwrap_or_default();
        let document =
            Document::of_file(name.clone(), format, text.to_owned(), Arc::clone(&self.model)).with_words(said);
        let document = document.in_language(self.settings_for(name.path()).language()).to_edit();
        let document = if self.surveys { document.in_steps() } else { document };
        if let Some(path) = name.path().filter(|path| path.is_absolute()) {
            let layers = self.read_layers_above(path);
            if !layers.is_empty() {
                let disk = Arc::make_mut(&mut self.disk);
                layers.into_iter().for_each(|layer| disk.insert_layer(layer));
            }
            if text.contains(char::REPLACEMENT_CHARACTER)
                && let Err(error) = source::read(path, self.settings_for(Some(path)).max_size())
            {
                Arc::make_mut(&mut self.disk).insert_unreadable(error);
            }
        }
        self.put_open(Arc::new(document));
    }

    /// An open document was edited. Nothing happens when it is not open. Gives the document as it was: to free that takes
    /// the longer the longer it is, and who is in haste can have it done elsewhere.
    pub fn replace_text(&mut self, name: &Name, text: Text) -> Option<Arc<Document>> {
        let document = self.open.get(name)?;
        self.put_open(Arc::new(document.edited(text)))
    }

    fn put_open(&mut self, document: Arc<Document>) -> Option<Arc<Document>> {
        let name = document.name().clone();
        if let Some(folder) = name.path().and_then(Path::parent).filter(|_| name.is_settings()) {
            Arc::make_mut(&mut self.open_layers).insert(folder.to_owned(), Arc::new(Layer::new(Arc::clone(&document))));
        }
        let settles = name.is_settings();
        match self.is_open(&name) {
            true => self.doubt_pagination(&name),
            false => self.ask_anew(),
        }
        let past = Arc::make_mut(&mut self.open).insert(name, document);
        if settles {
            self.speak();
        }
        past
    }

    /// Has every open document in the language that the settings name for it.
    fn speak(&mut self) {
        let language = |document: &Document| self.settings_for(document.name().path()).language();
        let changed: Vec<(Name, Option<&'static Language>)> = self
            .open_documents()
            .map(|document| (document.name().clone(), language(document), document.language()))
            .filter(|(_, wanted, has)| wanted.map(|one| &one.code) != has.map(|other| &other.code))
            .map(|(name, wanted, _)| (name, wanted))
            .collect();
        for (name, language) in changed {
            let Some(document) = self.open.get(&name) else { continue };
            let spoken = Arc::new(document.edited(document.text().clone()).in_language(language));
            Arc::make_mut(&mut self.open).insert(name, spoken);
        }
    }

    /// A document was closed in the editor: from now on the disk speaks. What it says is what was last read; call
    /// [`Workspace::refresh`] to read it anew.
    pub fn close(&mut self, name: &Name) {
        Arc::make_mut(&mut self.open).remove(name);
        self.ask_anew();
        if let Some(folder) = name.path().and_then(Path::parent).filter(|_| name.is_settings()) {
            Arc::make_mut(&mut self.open_layers).remove(folder);
        }
    }

    /// Whether a document is open in the editor.
    pub fn is_open(&self, name: &Name) -> bool {
        self.open.contains_key(name)
    }

    /// A document, as the editor has it where it is open, else as it was read from the disk; a settings file too.
    pub fn document(&self, name: &Name) -> Option<&Arc<Document>> {
        let layer = || self.disk.layers().get(name.path()?.parent()?).map(|layer| &layer.document);
        let settings = || layer().filter(|document| document.name() == name);
        self.open.get(name).or_else(|| self.disk.documents().get(name)).or_else(settings)
    }

    /// Every transcription, in the order of their names.
    pub fn documents(&self) -> impl Iterator<Item = &Arc<Document>> {
        let closed = self.disk.documents().values().filter(|document| !self.open.contains_key(document.name()));
        let mut all: Vec<_> = self.open_documents().chain(closed).collect();
        all.sort_by_key(|document| document.name());
        all.into_iter()
    }

    /// The transcriptions that are open in the editor.
    fn open_documents(&self) -> impl Iterator<Item = &Arc<Document>> {
        self.open.values().filter(|document| !document.name().is_settings())
    }

    /// The printed numbers of a document's pages, told from the other files of its folder too.
    pub fn page_numbers(&self, name: &Name) -> Vec<Option<String>> {
        let Some(document) = self.document(name) else { return Vec::new() };
        match name.path().and_then(Path::parent) {
            Some(folder) => self.pagination(folder).of(name).to_vec(),
            None => document.plan().pages.iter().map(|page| page.number.clone()).collect(),
        }
    }

    /// The page numbers of a folder's files.
    fn pagination(&self, folder: &Path) -> Arc<Pagination> {
        let known = || self.paginations.lock().unwrap_or_else(PoisonError::into_inner);
        let beside = |document: &&Arc<Document>| document.name().path().and_then(Path::parent) == Some(folder);
        let kept = known().get(folder).cloned();
        let kept = kept.filter(|(pagination, holds)| {
            *holds == Holds::Yes || pagination.holds(self.open_documents().filter(beside))
        });
        let pagination = kept.map_or_else(
            || Arc::new(Pagination::new(self.documents().filter(beside).collect(), |name| self.is_open(name))),
            |(pagination, _)| pagination,
        );
        known().insert(folder.to_owned(), (Arc::clone(&pagination), Holds::Yes));
        pagination
    }

    /// The sections of a document without the running headers that only the other files of its folder tell from headings;
    /// what stood under one stands under what held it.
    pub fn sections<'d>(&self, document: &'d Document) -> Cow<'d, [Section]> {
        let all = &document.plan().outline.sections;
        let header = |section: &Section| {
            let heading = &section.heading;
            self.is_header(document, heading.span, heading.number.is_some())
        };
        if !all.iter().any(header) {
            return Cow::Borrowed(all);
        }
        let mut places: Vec<Option<usize>> = Vec::new();
        let mut kept: Vec<Section> = Vec::new();
        for section in all {
            let parent = section.parent.and_then(|parent| places[parent]);
            if header(section) {
                places.push(parent);
            } else {
                places.push(Some(kept.len()));
                kept.push(Section { parent, ..section.clone() });
            }
        }
        Cow::Owned(kept)
    }

    /// Whether what looks like a heading is a running header, told from the other files of its folder.
    pub(crate) fn is_header(&self, document: &Document, name: Span, numbered: bool) -> bool {
        let Some(folder) = document.name().path().and_then(Path::parent) else { return false };
        self.running(folder).is_header(document, name, numbered)
    }

    /// The lines at the edges of a folder's files.
    fn running(&self, folder: &Path) -> Arc<Running> {
        let known = || self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = known().get(folder) {
            return Arc::clone(running);
        }
        let beside = self.documents().filter(|document| document.name().path().and_then(Path::parent) == Some(folder));
        let running = Arc::new(Running::new(beside));
        known().insert(folder.to_owned(), Arc::clone(&running));
        running
    }

    /// An open document is edited: the pages of its folder may have other numbers now.
    fn doubt_pagination(&mut self, name: &Name) {
        let Some(folder) = name.path().and_then(Path::parent) else { return };
        let mut known = self.paginations.lock().unwrap_or_else(PoisonError::into_inner).clone();
        known.get_mut(folder).into_iter().for_each(|(_, holds)| *holds = Holds::Perhaps);
        self.paginations = Arc::new(Mutex::new(known));
    }

    /// Other files are there, or open: what is known of all of them together is worked out anew.
    fn ask_anew(&mut self) {
        self.paginations = Arc::default();
        self.running = Arc::default();
        self.closed_files = Arc::default();
    }

    /// The files and folders that could not be read, and why.
    pub fn unreadable(&self) -> impl Iterator<Item = &ReadError> {
        self.disk.unreadable().values()
    }
}
