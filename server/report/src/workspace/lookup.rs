//! What the indices of all documents hold, asked in one place: the open documents before the disk.

use std::sync::Arc;

use transcript::number::Kind;
use transcript::reference::Reference;

use super::resolve::keep_if_any;
use super::same_title;
use super::{Target, Workspace};
use crate::document::Document;
use crate::index::{Entry, Key};
use crate::link::{self, Link};
use crate::name::Name;

impl Workspace {
    /// Everything whose key is at or after this one, as long as the keys are wanted, in whatever order. The work grows
    /// with what is found and with what the open documents hold, not with the files on the disk.
    pub(crate) fn entries_from(&self, key: &Key, wanted: impl Fn(&Key) -> bool) -> Vec<(&Arc<Document>, &Entry)> {
        let of_open =
            self.open_documents().flat_map(|document| document.index().keys().map(move |key| (key, document)));
        let of_disk = self.disk.holders_from(key).take_while(|(key, _)| wanted(key));
        let of_closed = of_disk.filter(|(_, document)| !self.is_open(document.name()));
        let keyed = of_open.filter(|(key, _)| wanted(key)).chain(of_closed);
        keyed.flat_map(|(key, document)| document.index().get(key).map(move |entry| (document, entry))).collect()
    }

    /// Everything with a key, in whatever order.
    pub(crate) fn holding(&self, key: &Key) -> Vec<(&Arc<Document>, &Entry)> {
        self.having(key).collect()
    }

    /// The same, one after the other.
    pub(super) fn having(&self, key: &Key) -> impl Iterator<Item = (&Arc<Document>, &Entry)> {
        let closed = self.disk.holders(key).filter(|document| !self.is_open(document.name()));
        let all = self.open_documents().chain(closed);
        all.flat_map(|document| document.index().get(key).map(move |entry| (document, entry)))
    }

    /// Everything with a title that starts as another does, or goes on after it.
    pub(super) fn titled_alike(&self, kind: Kind, title: &str) -> Vec<(&Arc<Document>, &Entry)> {
        let whole = Key::titled(Some(kind), title);
        let mut found = self.entries_from(&whole, |key| whole.starts(key));
        found.extend(whole.shorter().iter().flat_map(|key| self.holding(key)));
        found
    }

    /// The entries of contents lists that a reference of a document means: those of the nearest list.
    pub fn announcing(&self, name: &Name, reference: &Reference) -> Vec<Target> {
        let mut found = self.candidates(name, reference);
        found.retain(|(_, _, entry)| entry.in_contents);
        let Some(best) = found.iter().map(|(rank, ..)| *rank).min() else { return Vec::new() };
        found.retain(|(rank, ..)| *rank == best);
        if let Some(title) = &reference.title {
            keep_if_any(&mut found, |(_, _, entry)| same_title(title, &entry.title));
        }
        found.sort_by_key(|(_, document, entry)| (document.name(), entry.name_span));
        found.into_iter().map(|(_, document, entry)| Target::new(document.name(), &entry)).collect()
    }

    /// The links to a document, with the documents in which they stand; those inside of it too.
    pub fn links_to(&self, name: &Name) -> Vec<(Name, Link)> {
        let itself = self.disk.documents().get(name);
        let closed = self.disk.linkers(name).chain(itself).filter(|document| !self.is_open(document.name()));
        let mut found = Vec::new();
        for document in self.open_documents().chain(closed) {
            let links = link::links(document).into_iter().filter(|link| link.to == *name);
            found.extend(links.map(|link| (document.name().clone(), link)));
        }
        found.sort_by(|(one, first), (other, second)| (one, first.span).cmp(&(other, second.span)));
        found
    }
}
