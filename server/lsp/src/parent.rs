//! Whether the client's process is still there. An editor that was killed does not say goodbye, and its end of the pipe
//! may be held open by another of its children: the server would stay for ever.

use std::path::Path;
use std::time::Duration;

/// How often it is looked for.
const PERIOD: Duration = Duration::from_secs(2);

/// Waits until a process is gone; for ever where that cannot be known.
pub(crate) async fn gone(process: u32) {
    let ours = starter() == Some(process);
    while is_there(process) && (!ours || starter() == Some(process)) {
        tokio::time::sleep(PERIOD).await;
    }
    tracing::info!("the client's process {process} is gone");
}

/// Whether a process is listed among those that run. Where nothing is listed, not even this one, it may be there.
fn is_there(process: u32) -> bool {
    let listed = |process: u32| Path::new("/proc").join(process.to_string()).exists();
    listed(process) || !listed(std::process::id())
}

/// The process that started this one; when it ends, another takes its place.
#[cfg(unix)]
fn starter() -> Option<u32> {
    Some(std::os::unix::process::parent_id())
}

/// The end of the pipe must tell it elsewhere.
#[cfg(not(unix))]
fn starter() -> Option<u32> {
    None
}
