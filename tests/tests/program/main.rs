//! The program on the command line: what it answers, how it ends, what it leaves on the disk.

mod answers;
mod bad_files;
mod disk;
mod faults;
mod kept;

use columnist_tests::command::{Run, columnist};
use columnist_tests::folder::Folder;

/// Runs the program in a folder, its arguments separated by spaces.
fn run(folder: &Folder, arguments: &str) -> Run {
    columnist(folder.path(), &arguments.split_whitespace().collect::<Vec<_>>())
}
