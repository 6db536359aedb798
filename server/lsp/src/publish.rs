//! Pushes the findings of open documents to clients that do not pull them. One task a document: it waits until nothing
//! was typed for a moment, works out the findings of the newest text on another thread, and sends them only if the text
//! is still the newest; so no findings of an older version ever follow those of a newer one. When the document is closed
//! the findings go.

use std::sync::Arc;
use std::time::Duration;

use report::index::Named;
use report::name::Name;
use tokio::sync::Notify;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tower_lsp::Client;
use tower_lsp::ls_types::{Diagnostic, Uri};

use crate::session::{Session, Snapshot};
use crate::{diagnostics, limits};

/// Something changed that all findings, and what is drawn in the text, may depend on: what was pushed is worked out
/// anew, and a client that asks itself is told to ask.
pub(crate) fn anew(session: &Session, client: &Client) {
    session.wake_others(None);
    let (abilities, client) = (session.snapshot().abilities, client.clone());
    tokio::spawn(async move {
        // Each waits for an answer, and a client that does not give one must not keep the others from going out.
        let _ = tokio::join!(
            async {
                if abilities.refreshes_diagnostics { client.workspace_diagnostic_refresh().await } else { Ok(()) }
            },
            async { if abilities.refreshes_tokens { client.semantic_tokens_refresh().await } else { Ok(()) } },
            async { if abilities.refreshes_hints { client.inlay_hint_refresh().await } else { Ok(()) } },
            async { if abilities.refreshes_lenses { client.code_lens_refresh().await } else { Ok(()) } },
        );
    });
}

/// Publishes the findings of a document whenever it is woken, until the document is closed.
pub(crate) async fn run(session: Arc<Session>, client: Client, name: Name, wake: Arc<Notify>, quiet: Duration) {
    let mut shown: Option<Uri> = None;
    let mut last_targets = None;
    loop {
        wake.notified().await;
        while !quiet.is_zero() && timeout(quiet, wake.notified()).await.is_ok() {}
        // Before the folders are read, a reference to another file would be called unresolved.
        let snapshot = session.read_folders(session.snapshot()).await;
        let Some(buffer) = snapshot.buffer(&name).cloned() else {
            if let Some(uri) = shown.take() {
                client.publish_diagnostics(uri, Vec::new(), None).await;
            }
            if session.release_publisher(&name) {
                return;
            }
            continue;
        };
        let (asked, of) = (snapshot.clone(), name.clone());
        let mut work = spawn_blocking(move || work_out(&asked, &of));
        let patience = snapshot.workspace.settings().patience();
        let worked = match timeout(patience, &mut work).await {
            Ok(worked) => worked,
            Err(_) => {
                limits::tell_late(&session, &client, &name, patience);
                shown = Some(buffer.uri.clone());
                let mark = vec![limits::finding(patience)];
                client.publish_diagnostics(buffer.uri.clone(), mark, Some(buffer.version)).await;
                // It cannot be stopped. Of a newer text another is begun when this one is done, and no sooner.
                work.await
            }
        };
        let Ok((diagnostics, targets)) = worked else {
            tracing::error!("the findings of {name} could not be worked out: please report this with the text");
            continue;
        };
        if !session.is_newest(&name, &snapshot) {
            continue; // a newer text has woken us already
        }
        shown = Some(buffer.uri.clone());
        client.publish_diagnostics(buffer.uri, diagnostics, Some(buffer.version)).await;
        if last_targets.as_ref().is_some_and(|last| *last != targets) {
            session.wake_others(Some(&name));
        }
        last_targets = Some(targets);
    }
}

/// The findings of a document, and what other documents may refer to in it.
fn work_out(snapshot: &Snapshot, name: &Name) -> (Vec<Diagnostic>, Option<Named>) {
    let targets = snapshot.workspace.document(name).map(|document| document.index().named());
    (diagnostics::of(snapshot, name), targets)
}
