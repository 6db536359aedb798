//! What was learnt of columns, and what is kept from one look at them to the next.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::file::ModelError;
use super::judge::Judge;
use super::junction::{Junctions, PAGE};
use super::memory::Memory;
use super::texts::{self, Words};

/// What the model has learnt. Without it nothing is found.
#[derive(Clone, Debug)]
pub struct Model {
    learnt: Later,
    /// So many words are kept.
    room: usize,
    /// The words that were looked up last, some five megabytes each at the most where there is room for a page's.
    words: Kept<Words>,
    /// What was worked out of the sheets that were judged last.
    pub(super) memories: Kept<Memory>,
}

/// The numbers that were learnt from prose and from pages.
#[derive(Debug)]
pub struct Learnt {
    pub(super) junctions: Junctions,
    pub(super) judge: Judge,
}

impl Learnt {
    /// Those of two files, `junctions.bin` and `judge.bin`.
    ///
    /// # Errors
    /// Whatever is not such a file, whole and undamaged.
    pub fn from_bytes(junctions: Vec<u8>, judge: &[u8]) -> Result<Learnt, ModelError> {
        Ok(Learnt { junctions: Junctions::from_bytes(junctions)?, judge: Judge::from_bytes(judge)? })
    }
}

/// What was learnt, once somebody asks for it.
#[derive(Clone, Debug)]
struct Later(Arc<LazyLock<Option<Learnt>, Reading>>);

type Reading = Box<dyn FnOnce() -> Option<Learnt> + Send>;

impl Default for Later {
    fn default() -> Self {
        Later::new(|| None)
    }
}

impl Later {
    fn new(read: impl FnOnce() -> Option<Learnt> + Send + 'static) -> Self {
        Later(Arc::new(LazyLock::new(Box::new(read))))
    }
}

impl Default for Model {
    fn default() -> Self {
        Self { learnt: Later::default(), room: PAGE, words: Kept::default(), memories: Kept::default() }
    }
}

impl Model {
    /// A model from its two files; see [`Learnt::from_bytes`].
    ///
    /// # Errors
    /// Whatever is not such a file, whole and undamaged.
    pub fn from_bytes(junctions: Vec<u8>, judge: &[u8]) -> Result<Model, ModelError> {
        let learnt = Learnt::from_bytes(junctions, judge)?;
        Ok(Model::later(|| Some(learnt)))
    }

    /// A model that is read when it is first asked for, or when [`Model::wait`] is called, whichever is earlier; of nothing
    /// read, a model that has learnt nothing comes.
    pub fn later(read: impl FnOnce() -> Option<Learnt> + Send + 'static) -> Model {
        Model { learnt: Later::new(read), ..Model::default() }
    }

    /// The same model, which remembers so many words between pages: who reads pages without end has more of them come again
    /// than who types in one. It finds the same.
    pub fn keeping(self, words: usize) -> Self {
        Self { room: words, ..self }
    }

    /// Does a task with the words that were looked up last.
    pub(super) fn with_words<R>(&self, task: impl FnOnce(&mut Words) -> R) -> R {
        lend(&self.words, 2, || texts::keeping(self.room), task)
    }

    /// Reads what was learnt, or waits for whoever does.
    pub fn wait(&self) {
        self.learnt();
    }

    pub(super) fn learnt(&self) -> Option<&Learnt> {
        LazyLock::force(&self.learnt.0).as_ref()
    }
}

/// What is kept for whoever looks at columns next.
type Kept<T> = Arc<Mutex<Vec<T>>>;

/// Lends something that is kept, or a new one, and keeps it if there are not `most` already: so many may look at columns at
/// the same time. It is lost where the task panics.
pub(super) fn lend<T, R>(kept: &Kept<T>, most: usize, new: impl FnOnce() -> T, task: impl FnOnce(&mut T) -> R) -> R {
    // Whoever panicked with the lock held had only put things there or taken them.
    let lock = || kept.lock().unwrap_or_else(PoisonError::into_inner);
    let mut lent = lock().pop().unwrap_or_else(new);
    let done = task(&mut lent);
    let mut kept = lock();
    if kept.len() < most {
        kept.push(lent);
    }
    done
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_model_is_read_once_and_not_before_it_is_asked_for() {
        static READ: AtomicUsize = AtomicUsize::new(0);
        let model = Model::later(|| {
            READ.fetch_add(1, Ordering::Relaxed);
            None
        });
        let other = model.clone();
        assert_eq!(READ.load(Ordering::Relaxed), 0);
        model.wait();
        assert!(other.learnt().is_none());
        assert_eq!(READ.load(Ordering::Relaxed), 1);
    }
}
