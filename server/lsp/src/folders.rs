//! Reads the folders of the workspace, and what changes in them, away from the wire. One task does all of it, one thing
//! after the other, so that what is read later is never overwritten by what was read before.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::spawn_blocking;

use crate::session::Session;

/// After so many files it is told how many are read.
const STEP: usize = 50;

/// Where to send what is to be read.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    session: Arc<Session>,
    orders: UnboundedSender<Order>,
    /// How many times the folders were to be read; an earlier reading that still runs gives up.
    newest: Arc<AtomicUsize>,
}

#[derive(Debug)]
enum Order {
    Folders(usize),
    Files(Vec<PathBuf>),
}

impl Reader {
    /// Starts the task. `after` is called whenever something was read.
    pub(crate) fn start(session: Arc<Session>, after: impl Fn() + Send + 'static) -> Self {
        let (orders, to_do) = unbounded_channel();
        let newest = Arc::new(AtomicUsize::new(0));
        tokio::spawn(run(Arc::clone(&session), to_do, Arc::clone(&newest), after));
        Self { session, orders, newest }
    }

    /// All of the folders are to be read; from now on those who want to know what is in them wait.
    pub(crate) fn read_folders(&self) {
        self.session.set_reading(0, 0);
        self.send(Order::Folders(self.newest.fetch_add(1, Ordering::SeqCst) + 1));
    }

    /// Files were made, changed or removed.
    pub(crate) fn read_files(&self, paths: Vec<PathBuf>) {
        self.send(Order::Files(paths));
    }

    /// The task ends only with the conversation; nobody waits for what is ordered after that.
    fn send(&self, order: Order) {
        let _ = self.orders.send(order);
    }
}

async fn run(
    session: Arc<Session>,
    mut to_do: UnboundedReceiver<Order>,
    newest: Arc<AtomicUsize>,
    after: impl Fn() + Send,
) {
    while let Some(order) = to_do.recv().await {
        match order {
            Order::Folders(number) => {
                read_folders(&session, number, &newest).await;
                if newest.load(Ordering::SeqCst) == number {
                    session.finish_reading();
                }
            }
            Order::Files(paths) => read_files(&session, paths).await,
        }
        after();
    }
}

async fn read_folders(session: &Arc<Session>, number: usize, newest: &Arc<AtomicUsize>) {
    let (session, newest) = (Arc::clone(session), Arc::clone(newest));
    let read = spawn_blocking(move || {
        let mut workspace = session.snapshot().workspace;
        let tell = |done: usize, total: usize| {
            // Each time somebody is woken.
            if done.is_multiple_of(STEP) {
                session.set_reading(done, total);
            }
        };
        let scan = workspace.scan(&tell, &|| newest.load(Ordering::SeqCst) != number);
        if scan.is_complete() {
            workspace.adopt(scan);
            session.adopt_disk(&workspace);
        }
    });
    if let Err(error) = read.await {
        tracing::error!("the folders could not be read to the end: {error}");
    }
}

async fn read_files(session: &Arc<Session>, paths: Vec<PathBuf>) {
    let session = Arc::clone(session);
    let read = spawn_blocking(move || {
        let mut workspace = session.snapshot().workspace;
        paths.iter().for_each(|path| workspace.refresh(path));
        session.adopt_disk(&workspace);
    });
    if let Err(error) = read.await {
        tracing::error!("changed files could not be read: {error}");
    }
}
