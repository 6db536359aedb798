//! The workspace and the disk: reading folders whole, and single files anew.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::Workspace;
use crate::cache::Cache;
use crate::disk::Disk;
use crate::document::Document;
use crate::layer::Layer;
use crate::name::Name;
use crate::settings::FILE_NAME;
use crate::source::{self, Fault, ReadError};
use crate::walk;

/// What was found on the disk, for [`Workspace::adopt`].
#[derive(Debug, Default)]
pub struct Scan {
    disk: Disk,
    complete: bool,
}

impl Scan {
    /// Whether it came to its end, rather than being cancelled.
    pub fn is_complete(&self) -> bool {
        self.complete
    }
}

impl Workspace {
    /// Reads and analyses every file of the folders, on all cores; call it on a clone, away from the wire. `progress`
    /// hears after each file how many of how many are done; once `cancelled` says so, the scan ends soon and
    /// incomplete.
    pub fn scan(&self, progress: &(dyn Fn(usize, usize) + Sync), cancelled: &(dyn Fn() -> bool + Sync)) -> Scan {
        let found = walk::files(&self.roots, None);
        let mut reader = self.clone();
        reader.disk = Arc::new(reader.layers_for(&found.files));
        let mut files: Vec<&PathBuf> = found.files.par_iter().filter(|file| reader.is_wanted(file)).collect();
        let (count, limit) = (files.len(), reader.settings().max_count());
        files.truncate(limit);
        files.sort_by_cached_key(|file| self.far(file));
        let cache = reader.cache();
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        // One file after the other, whichever core is free: so that those first in order are read first.
        let read = rayon::broadcast(|_| {
            let mut read = Vec::new();
            while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)).filter(|_| !cancelled()) {
                read.push(reader.read(path, cache.as_ref()));
                progress(done.fetch_add(1, Ordering::Relaxed) + 1, files.len());
            }
            read
        });
        if let Some(Err(error)) = cache.filter(|_| !cancelled()).map(Cache::close) {
            tracing::warn!("what is known of the folders is not kept for the next start: {error}");
        }
        let mut scan = Scan { disk: Disk::clone(&reader.disk), complete: !cancelled() };
        found.faults.into_iter().for_each(|error| scan.disk.insert_unreadable(error));
        read.into_iter().flatten().for_each(|document| put(&mut scan.disk, document));
        if let Some(root) = self.roots.first().filter(|_| count > limit) {
            let fault = Fault::TooMany { files: count, limit };
            scan.disk.insert_unreadable(ReadError { path: root.clone(), fault });
        }
        scan
    }

    /// How far a file is from the open documents: how many folders one has to leave to come to it.
    fn far(&self, file: &Path) -> usize {
        let up = |open: &Path| open.ancestors().skip(1).position(|folder| file.starts_with(folder));
        let open = self.open.keys().filter_map(Name::path);
        open.filter_map(up).min().unwrap_or(usize::MAX)
    }

    /// Where surveys are kept, unless the settings of a folder say that they are not.
    fn cache(&self) -> Option<Cache> {
        let may = |root: &PathBuf| self.settings_for(Some(&root.join(FILE_NAME))).caches();
        let folder = self.cache.as_ref().filter(|_| self.roots.iter().all(may))?;
        Some(Cache::open(folder, &self.roots))
    }

    /// Takes in what a scan found.
    pub fn adopt(&mut self, scan: Scan) {
        self.disk = Arc::new(scan.disk);
        self.ask_anew();
        self.speak();
        self.forget_outside();
    }

    /// Takes what another clone of this workspace knows of the disk, open buffers and settings of the editor left as
    /// they are: so the reading of files needs no lock.
    pub fn adopt_disk(&mut self, other: &Workspace) {
        self.disk = Arc::clone(&other.disk);
        self.ask_anew();
        self.forget_outside();
    }

    /// A file or a folder was made, changed or removed on the disk: reads it anew, or forgets it. A change of a
    /// settings file or a .gitignore can concern any file beside it: scan again after one.
    pub fn refresh(&mut self, path: &Path) {
        let Some(path) = Name::file(path).path().map(Path::to_owned) else { return };
        let found = walk::files(&self.roots, Some(&path));
        self.ask_anew();
        let disk = Arc::make_mut(&mut self.disk);
        disk.keep(|file| !file.starts_with(&path));
        let read_layer = |file: &PathBuf| Layer::read(file, &self.model);
        let settings = found.files.iter().filter(|file| Name::file(file).is_settings());
        settings.filter_map(read_layer).for_each(|layer| disk.insert_layer(layer));
        let files: Vec<&PathBuf> = found.files.iter().filter(|file| self.is_wanted(file)).collect();
        let read: Vec<_> = files.into_iter().map(|file| self.read(file, None)).collect();
        let disk = Arc::make_mut(&mut self.disk);
        found.faults.into_iter().filter(|error| error.fault != Fault::Missing).for_each(|e| disk.insert_unreadable(e));
        read.into_iter().for_each(|document| put(disk, document));
    }

    /// Whether a file found in the folders is to be read.
    fn is_wanted(&self, file: &Path) -> bool {
        self.roots.iter().any(|root| root == file) || walk::is_transcription(file, &self.settings_for(Some(file)))
    }

    fn read(&self, path: &Path, cache: Option<&Cache>) -> Result<Arc<Document>, ReadError> {
        let settings = self.settings_for(Some(path));
        let source = source::read(path, settings.max_size())?;
        if let Some(fault) = source::long_line(&source.text, settings.max_line()) {
            return Err(ReadError { path: path.to_owned(), fault });
        }
        let format = walk::format_of(path).unwrap_or_default();
        let document = Document::of_file(Name::file(path), format, source.text, Arc::clone(&self.model));
        let document = document.in_language(settings.language());
        let document = if self.surveys { document.unopened(cache) } else { document };
        document.index();
        document.asked();
        Ok(Arc::new(document))
    }

    /// The settings files among some files, and those above the folders and the open documents.
    fn layers_for(&self, files: &[PathBuf]) -> Disk {
        let mut disk = Disk::default();
        let reader = Workspace { disk: Arc::default(), ..self.clone() };
        let open = self.open.keys().filter_map(Name::path);
        for path in self.roots.iter().map(PathBuf::as_path).chain(open) {
            reader.read_layers_above(path).into_iter().for_each(|layer| disk.insert_layer(layer));
        }
        let settings = files.iter().filter(|file| Name::file(file).is_settings());
        settings.filter_map(|file| Layer::read(file, &self.model)).for_each(|layer| disk.insert_layer(layer));
        disk
    }

    /// The settings files in the folders above a path that are not known yet.
    pub(super) fn read_layers_above(&self, path: &Path) -> Vec<Arc<Layer>> {
        let unknown = path.ancestors().skip(1).filter(|folder| !self.disk.layers().contains_key(*folder));
        unknown.filter_map(|folder| Layer::read(&folder.join(FILE_NAME), &self.model)).collect()
    }

    /// Forgets the files that are in no folder of the workspace and not open. Settings files stay: they are few, and those
    /// above the folders are needed.
    pub(super) fn forget_outside(&mut self) {
        let keep = |path: &Path| {
            let name = Name::file(path);
            name.is_settings() || self.open.contains_key(&name) || self.roots.iter().any(|root| path.starts_with(root))
        };
        let names = self.disk.documents().keys().chain(self.disk.unreadable().keys());
        // Without need the disk is not touched: it may be shared with snapshots, and large.
        if !names.filter_map(Name::path).all(keep) {
            Arc::make_mut(&mut self.disk).keep(keep);
            self.ask_anew();
        }
    }
}

fn put(disk: &mut Disk, read: Result<Arc<Document>, ReadError>) {
    match read {
        Ok(document) => disk.insert(document),
        // It was there a moment ago: it was removed, and that will be told.
        Err(error) if error.fault == Fault::Missing => {}
        Err(error) => disk.insert_unreadable(error),
    }
}
