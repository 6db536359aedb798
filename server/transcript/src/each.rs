//! How work of many like parts is done. What is analysed in here knows of no threads; who calls for it hands in a way to
//! have the parts done on as many cores as there are.

/// Does a task for each of so many numbers, in whatever order, on as many cores as it likes.
pub type Each = fn(usize, &(dyn Fn(usize) + Sync));

/// One after the other.
pub fn in_turn(count: usize, task: &(dyn Fn(usize) + Sync)) {
    (0..count).for_each(task);
}
