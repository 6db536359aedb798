//! What the files beside a document are like, all together. Those on the disk are asked once and not again until the disk
//! changes, so that a keystroke asks only what is open, however many files the report has.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError};

use transcript::heading::Heading;
use transcript::number::Kind;

use super::Workspace;
use crate::document::Document;
use crate::index::{Form, Key};
use crate::name::Name;

/// So many things of a kind must be numbered in a text before one is missed.
pub(super) const PATTERN: usize = 3;

/// What some files are like.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    count: usize,
    /// How many know the number of a page.
    paged: usize,
    /// How many begin with a chapter or section.
    chaptered: usize,
    /// How many have a contents list.
    listing: usize,
    /// How many things they number, by what the numbers look like.
    forms: HashMap<Form, usize>,
    /// What their contents lists name, and how deep.
    contents: HashMap<Key, u8>,
}

impl Files {
    fn add(&mut self, document: &Document) {
        let survey = document.survey();
        self.count += 1;
        self.paged += usize::from(survey.plan.pages.iter().any(|page| page.number.is_some()));
        let headed = |kind| matches!(kind, Some(Kind::Chapter | Kind::Annex | Kind::Section));
        self.chaptered +=
            usize::from(survey.plan.outline.sections.first().is_some_and(|first| headed(first.heading.kind)));
        self.listing += usize::from(survey.plan.outline.contents.len() >= PATTERN);
        let key = |entry: &Heading| Some((Key::new(entry.kind?, entry.number.as_ref()?), entry.depth));
        self.contents.extend(survey.plan.outline.contents.iter().filter_map(key));
        for (form, count) in document.index().forms() {
            *self.forms.entry(*form).or_default() += count;
        }
    }
}

/// The files beside a document, itself among them: those of its folder; all, for a buffer that is no file.
#[derive(Debug)]
pub(super) struct Beside {
    closed: Arc<Files>,
    open: Files,
    own: HashMap<Form, usize>,
}

impl Beside {
    /// Whether things of this form are numbered in the text itself, or throughout the report that it is a part of.
    pub(super) fn has_pattern(&self, form: Form) -> bool {
        let of = |forms: &HashMap<Form, usize>| forms.get(&form).copied().unwrap_or_default();
        of(&self.own) >= PATTERN || of(&self.closed.forms) + of(&self.open.forms) >= PATTERN && self.is_report()
    }

    /// Whether files lying side by side are the parts of one report: their pages count on, or one lists what the others
    /// hold.
    fn is_report(&self) -> bool {
        let sum = |of: fn(&Files) -> usize| of(&self.closed) + of(&self.open);
        let all = sum(|files| files.count);
        sum(|files| files.paged) * 2 > all || sum(|files| files.listing) > 0 || sum(|files| files.chaptered) * 2 > all
    }

    /// What the contents lists name, once each.
    pub(super) fn listed(&self) -> impl Iterator<Item = &Key> {
        let twice = |key: &&Key| !self.closed.contents.contains_key(key);
        self.closed.contents.keys().chain(self.open.contents.keys().filter(twice))
    }

    /// Whether a contents list names something.
    pub(super) fn is_listed(&self, key: &Key) -> bool {
        self.closed.contents.contains_key(key) || self.open.contents.contains_key(key)
    }
}

impl Workspace {
    /// The files beside a document.
    pub(super) fn beside_of(&self, document: &Document) -> Beside {
        let near = |other: &&Arc<Document>| self.is_beside(document.name(), other.name());
        let mut open = Files::default();
        self.open_documents().filter(near).for_each(|other| open.add(other));
        Beside { closed: self.closed_beside(document.name()), open, own: document.index().forms().clone() }
    }

    /// Whether a document is beside another, or the same.
    pub(super) fn is_beside(&self, name: &Name, other: &Name) -> bool {
        self.distance(name, other).is_some_and(|distance| distance <= 1)
    }

    fn closed_beside(&self, name: &Name) -> Arc<Files> {
        let folder: Option<PathBuf> = name.path().and_then(|path| Some(path.parent()?.to_owned()));
        let known = || self.closed_files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(files) = known().get(&folder) {
            return Arc::clone(files);
        }
        let mut files = Files::default();
        let closed = self.disk.documents().values().filter(|other| !self.is_open(other.name()));
        closed.filter(|other| self.is_beside(name, other.name())).for_each(|other| files.add(other));
        let files = Arc::new(files);
        known().insert(folder, Arc::clone(&files));
        files
    }
}
