//! Shows the user how far the reading of the folders is.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::sleep;
use tower_lsp::Client;
use tower_lsp::ls_types::ProgressToken;

use crate::session::Session;

/// How often the user is told.
const STEP: Duration = Duration::from_millis(100);

/// Shows the reading that goes on, until it is complete. Never to be awaited in a handler: the client is asked first.
pub(crate) async fn show(session: Arc<Session>, client: Client) {
    let mut reading = session.reading();
    if reading.borrow().complete {
        return;
    }
    let token = ProgressToken::String("columnist/reading".to_owned());
    if client.create_work_done_progress(token.clone()).await.is_err() || reading.borrow().complete {
        return;
    }
    let shown = client.progress(token, "Reading transcriptions").with_percentage(0).begin().await;
    while reading.changed().await.is_ok() {
        let now = *reading.borrow_and_update();
        if now.complete {
            break;
        }
        let percentage = (now.done * 100).checked_div(now.total).unwrap_or(0);
        let percentage = u32::try_from(percentage).unwrap_or(100);
        shown.report_with_message(format!("{} of {} files", now.done, now.total), percentage).await;
        sleep(STEP).await;
    }
    shown.finish().await;
}
