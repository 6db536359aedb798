//! What was read from the disk: the transcriptions, the settings files, and what could not be read.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use transcript::number::Number;

use crate::document::Document;
use crate::index::Key;
use crate::layer::Layer;
use crate::link;
use crate::name::Name;
use crate::source::ReadError;

/// Files as they were when they were last read.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    documents: BTreeMap<Name, Arc<Document>>,
    unreadable: BTreeMap<Name, ReadError>,
    layers: BTreeMap<PathBuf, Arc<Layer>>,
    // So that neither a reference nor its target need ask every document; in order, so that what begins with a number
    // stands together.
    holders: BTreeMap<Key, Vec<Arc<Document>>>,
    askers: HashMap<Key, Vec<Arc<Document>>>,
    linkers: HashMap<Name, Vec<Arc<Document>>>,
    loose: HashMap<Number, Vec<Arc<Document>>>,
    /// How many transcriptions lie in each folder.
    folders: BTreeMap<PathBuf, usize>,
}

impl Disk {
    /// Every transcription, in the order of their names.
    pub fn documents(&self) -> &BTreeMap<Name, Arc<Document>> {
        &self.documents
    }

    /// The files and folders that could not be read, and why.
    pub fn unreadable(&self) -> &BTreeMap<Name, ReadError> {
        &self.unreadable
    }

    /// The settings files by their folders.
    pub fn layers(&self) -> &BTreeMap<PathBuf, Arc<Layer>> {
        &self.layers
    }

    /// The transcriptions that hold something with this key.
    pub fn holders(&self, key: &Key) -> impl Iterator<Item = &Arc<Document>> {
        self.holders.get(key).into_iter().flatten()
    }

    /// Every key that something has from this one on, in order, with the transcriptions that hold it.
    pub fn holders_from(&self, key: &Key) -> impl Iterator<Item = (&Key, &Arc<Document>)> {
        self.holders.range(key..).flat_map(|(key, holders)| holders.iter().map(move |holder| (key, holder)))
    }

    /// The transcriptions with a reference that asks for this key.
    pub fn askers(&self, key: &Key) -> impl Iterator<Item = &Arc<Document>> {
        self.askers.get(key).into_iter().flatten()
    }

    /// The transcriptions with a link to this document.
    pub fn linkers(&self, to: &Name) -> impl Iterator<Item = &Arc<Document>> {
        self.linkers.get(to).into_iter().flatten()
    }

    /// The transcriptions with a line that may be a heading of this number.
    pub fn loosely(&self, number: &Number) -> impl Iterator<Item = &Arc<Document>> {
        self.loose.get(number).into_iter().flatten()
    }

    /// The folders in which transcriptions lie.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        self.folders.keys().map(PathBuf::as_path)
    }

    /// Takes in a transcription that was read, in place of the one of that name.
    pub fn insert(&mut self, document: Arc<Document>) {
        self.forget_document(document.name());
        for key in document.index().keys() {
            self.holders.entry(key.clone()).or_default().push(Arc::clone(&document));
        }
        for key in document.asked().keys() {
            self.askers.entry(key.clone()).or_default().push(Arc::clone(&document));
        }
        for to in link::linked(&document) {
            self.linkers.entry(to).or_default().push(Arc::clone(&document));
        }
        for number in loose(&document) {
            self.loose.entry(number).or_default().push(Arc::clone(&document));
        }
        if let Some(folder) = document.name().path().and_then(Path::parent) {
            *self.folders.entry(folder.to_owned()).or_default() += 1;
        }
        self.documents.insert(document.name().clone(), document);
    }

    /// Takes in what could not be read.
    pub fn insert_unreadable(&mut self, error: ReadError) {
        self.unreadable.insert(Name::file(&error.path), error);
    }

    /// Takes in a settings file.
    pub fn insert_layer(&mut self, layer: Arc<Layer>) {
        if let Some(folder) = layer.document.name().path().and_then(Path::parent) {
            self.layers.insert(folder.to_owned(), layer);
        }
    }

    /// Forgets every file that a rule does not keep, whatever it is.
    pub fn keep(&mut self, keep: impl Fn(&Path) -> bool) {
        let keeps = |name: &Name| name.path().is_some_and(&keep);
        let gone: Vec<Name> = self.documents.keys().filter(|name| !keeps(name)).cloned().collect();
        gone.iter().for_each(|name| self.forget_document(name));
        self.unreadable.retain(|name, _| keeps(name));
        self.layers.retain(|_, layer| keeps(layer.document.name()));
    }

    fn forget_document(&mut self, name: &Name) {
        let Some(document) = self.documents.remove(name) else { return };
        let forget = |documents: Option<&mut Vec<Arc<Document>>>| {
            if let Some(documents) = documents {
                documents.retain(|other| !Arc::ptr_eq(other, &document));
            }
        };
        document.index().keys().for_each(|key| forget(self.holders.get_mut(key)));
        document.asked().keys().for_each(|key| forget(self.askers.get_mut(key)));
        link::linked(&document).iter().for_each(|to| forget(self.linkers.get_mut(to)));
        loose(&document).iter().for_each(|number| forget(self.loose.get_mut(number)));
        if let Some(folder) = document.name().path().and_then(Path::parent)
            && let Some(files) = self.folders.get_mut(folder)
        {
            *files -= 1;
            if *files == 0 {
                self.folders.remove(folder);
            }
        }
    }
}

/// The numbers of the lines of a document that may be headings, once each.
fn loose(document: &Document) -> HashSet<Number> {
    document.plan().outline.loose.iter().filter_map(|heading| heading.number.clone()).collect()
}
