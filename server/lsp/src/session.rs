//! What the server knows while it runs, behind the only lock of this crate. Every change is one short synchronous call,
//! made before its handler first waits, so that changes happen in the order in which they were sent; every answer is
//! computed from a [`Snapshot`], which is cheap and never changes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use report::document::Document;
use report::name::Name;
use report::settings::{Feature, Settings};
use report::workspace::Workspace;
use tokio::sync::{Notify, watch};
use tower_lsp::ls_types::{DidChangeTextDocumentParams, DidOpenTextDocumentParams, Range, TextDocumentIdentifier, Uri};
use transcript::columns::Model;
use transcript::columns::said::Saying;
use transcript::span::Span;

use crate::capabilities::Abilities;
use crate::convert;

/// The state of the conversation.
#[derive(Debug)]
pub(crate) struct Session {
    state: Mutex<State>,
    /// How far the reading of the folders is.
    reading: watch::Sender<Reading>,
}

/// How far the reading of the folders is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    /// Files read.
    pub(crate) done: usize,
    /// Files to read, as far as is known.
    pub(crate) total: usize,
    /// Whether nothing is left to read.
    pub(crate) complete: bool,
}

#[derive(Debug)]
struct State {
    workspace: Workspace,
    abilities: Arc<Abilities>,
    buffers: Arc<BTreeMap<Name, Buffer>>,
    /// What wakes the publisher of each document that has one.
    publishers: BTreeMap<Name, Arc<Notify>>,
    /// The open documents of which the person was told that their analysis takes too long.
    late: BTreeSet<Name>,
}

/// What is known of an open document besides its text.
#[derive(Clone, Debug)]
pub(crate) struct Buffer {
    /// Its URI as the client spells it.
    pub(crate) uri: Uri,
    /// The client's number for its text.
    pub(crate) version: i32,
}

/// Everything at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    /// The documents.
    pub(crate) workspace: Workspace,
    /// What the client can.
    pub(crate) abilities: Arc<Abilities>,
    buffers: Arc<BTreeMap<Name, Buffer>>,
}

impl Session {
    /// A session that has not begun: no client, no documents.
    pub(crate) fn new(model: Arc<Model>) -> Self {
        let state = State {
            workspace: Workspace::new(model).surveying(report::cache::folder()),
            abilities: Arc::default(),
            buffers: Arc::default(),
            publishers: BTreeMap::new(),
            late: BTreeSet::new(),
        };
        Self { state: Mutex::new(state), reading: watch::Sender::new(Reading { complete: true, ..Reading::default() }) }
    }

    /// The client has told what it can, where its folders are and what its user wants.
    pub(crate) fn begin(&self, abilities: Abilities, roots: Vec<PathBuf>, settings: Settings) {
        let mut state = self.state();
        state.abilities = Arc::new(abilities);
        state.workspace.set_roots(roots);
        state.workspace.set_editor_settings(settings);
    }

    /// Everything as it is now.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let state = self.state();
        Snapshot {
            workspace: state.workspace.clone(),
            abilities: Arc::clone(&state.abilities),
            buffers: Arc::clone(&state.buffers),
        }
    }

    /// A document was opened. Gives its name and what wakes its publisher, if that is yet to be started.
    pub(crate) fn open(&self, params: &DidOpenTextDocumentParams) -> Option<(Name, Arc<Notify>)> {
        let item = &params.text_document;
        let name = convert::name(&item.uri)?;
        let mut state = self.state();
        let format = convert::format(&item.language_id, &name);
        state.workspace.open(name.clone(), format, &item.text);
        let buffer = Buffer { uri: item.uri.clone(), version: item.version };
        Arc::make_mut(&mut state.buffers).insert(name.clone(), buffer);
        if state.abilities.pulls_diagnostics {
            return None;
        }
        if let Some(publisher) = state.publishers.get(&name) {
            publisher.notify_one();
            return None;
        }
        let publisher = Arc::new(Notify::new());
        publisher.notify_one();
        state.publishers.insert(name.clone(), Arc::clone(&publisher));
        Some((name, publisher))
    }

    /// An open document was edited. Gives it as it was, which takes a while to free.
    pub(crate) fn change(&self, params: &DidChangeTextDocumentParams) -> Option<Arc<Document>> {
        let identifier = &params.text_document;
        let name = convert::name(&identifier.uri)?;
        let mut state = self.state();
        let encoding = state.abilities.encoding;
        let Some(buffer) = Arc::make_mut(&mut state.buffers).get_mut(&name) else {
            tracing::warn!("the client changed {name}, which it never opened: ignored");
            return None;
        };
        if identifier.version <= buffer.version {
            tracing::warn!("version {} of {name} follows version {}", identifier.version, buffer.version);
        }
        buffer.version = identifier.version;
        let document = state.workspace.document(&name)?;
        let edit = |text, change| convert::changed(text, change, encoding);
        let text = params.content_changes.iter().fold(document.text().clone(), edit);
        let past = state.workspace.replace_text(&name, text);
        state.wake(&name);
        past
    }

    /// A document was closed. Gives its name when it was open.
    pub(crate) fn close(&self, document: &TextDocumentIdentifier) -> Option<Name> {
        let name = convert::name(&document.uri)?;
        let mut state = self.state();
        state.workspace.close(&name);
        state.late.remove(&name);
        Arc::make_mut(&mut state.buffers).remove(&name)?;
        state.wake(&name);
        Some(name)
    }

    /// Whether it is news that the analysis of a document takes too long.
    pub(crate) fn is_first_late(&self, name: &Name) -> bool {
        self.state().late.insert(name.clone())
    }

    /// The person said something of lines of a document as it was then.
    pub(crate) fn say(&self, then: &Document, lines: std::ops::Range<usize>, saying: &Saying) {
        self.state().workspace.say(then, lines, saying);
    }

    /// Whether the text of a document is still the one of this snapshot.
    pub(crate) fn is_newest(&self, name: &Name, snapshot: &Snapshot) -> bool {
        match (self.state().workspace.document(name), snapshot.workspace.document(name)) {
            (Some(now), Some(then)) => Arc::ptr_eq(now, then),
            _ => false,
        }
    }

    /// Whether the publisher of a document may rest: its document is closed. It is forgotten then, and another will be
    /// started when the document is opened again.
    pub(crate) fn release_publisher(&self, name: &Name) -> bool {
        let mut state = self.state();
        let closed = !state.buffers.contains_key(name);
        if closed {
            state.publishers.remove(name);
        }
        closed
    }

    /// Has every open document's findings worked out anew, but for those of one.
    pub(crate) fn wake_others(&self, but: Option<&Name>) {
        let state = self.state();
        state
            .publishers
            .iter()
            .filter(|(name, _)| Some(*name) != but)
            .for_each(|(_, publisher)| publisher.notify_one());
    }

    /// Folders were added to the workspace or taken away.
    pub(crate) fn change_roots(&self, added: impl IntoIterator<Item = PathBuf>, removed: &[PathBuf]) {
        let mut state = self.state();
        let mut roots = state.workspace.roots().to_vec();
        roots.retain(|root| !removed.contains(root));
        for root in added {
            if !roots.contains(&root) {
                roots.push(root);
            }
        }
        state.workspace.set_roots(roots);
    }

    /// Sets what the user of the editor wants, and says whether that is something else than before.
    pub(crate) fn set_settings(&self, settings: Settings) -> bool {
        let mut state = self.state();
        let new = state.workspace.settings_for(None) != settings;
        state.workspace.set_editor_settings(settings);
        new
    }

    /// Takes what was read from the disk on a clone of the workspace.
    pub(crate) fn adopt_disk(&self, read: &Workspace) {
        self.state().workspace.adopt_disk(read);
    }

    /// Tells how far the reading of the folders is.
    pub(crate) fn set_reading(&self, done: usize, total: usize) {
        self.reading.send_replace(Reading { done, total, complete: false });
    }

    /// The folders are read: who waited for that goes on.
    pub(crate) fn finish_reading(&self) {
        self.reading.send_modify(|reading| reading.complete = true);
    }

    /// How far the reading of the folders is, now and later.
    pub(crate) fn reading(&self) -> watch::Receiver<Reading> {
        self.reading.subscribe()
    }

    /// Waits until the folders are read, and gives the snapshot with what they hold: its open documents are still those
    /// of the moment at which it was taken.
    pub(crate) async fn read_folders(&self, mut snapshot: Snapshot) -> Snapshot {
        // Fails only when the session is gone, and then nobody waits.
        let _ = self.reading.subscribe().wait_for(|reading| reading.complete).await;
        snapshot.workspace.adopt_disk(&self.state().workspace);
        snapshot
    }

    /// No call in here can panic half-way through a change, so a poisoned lock guards a state that is whole.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn wake(&self, name: &Name) {
        if let Some(publisher) = self.publishers.get(name) {
            publisher.notify_one();
        }
    }
}

impl Snapshot {
    /// The document of a URI, where this part of the server is on for it.
    pub(crate) fn document(&self, uri: &Uri, feature: Feature) -> Option<&Arc<Document>> {
        let document = self.workspace.document(&convert::name(uri)?)?;
        self.enabled(document.name(), feature).then_some(document)
    }

    /// Whether a part of the server is on for a document.
    pub(crate) fn enabled(&self, name: &Name, feature: Feature) -> bool {
        self.workspace.settings_for(name.path()).enabled(feature)
    }

    /// Whether the open documents are those of the other snapshot, with the same texts.
    pub(crate) fn same_texts(&self, other: &Snapshot) -> bool {
        let versions = |snapshot: &Snapshot| -> Vec<(Name, i32)> {
            snapshot.buffers.iter().map(|(name, buffer)| (name.clone(), buffer.version)).collect()
        };
        Arc::ptr_eq(&self.buffers, &other.buffers) || versions(self) == versions(other)
    }

    /// What is known of a document if it is open.
    pub(crate) fn buffer(&self, name: &Name) -> Option<&Buffer> {
        self.buffers.get(name)
    }

    /// The URI of a document: as the client spells it where it is open.
    pub(crate) fn uri(&self, name: &Name) -> Option<Uri> {
        self.buffer(name).map(|buffer| buffer.uri.clone()).or_else(|| convert::uri(name))
    }

    /// The range of a span of a document.
    pub(crate) fn range(&self, document: &Document, span: Span) -> Range {
        convert::range(document.range(span, self.abilities.encoding))
    }
}
