//! Faults of the disk while the program works.

use std::process::Command;

use columnist_tests::command::{Run, run as run_to_its_end};
use columnist_tests::folder::Folder;
use columnist_tests::program;
use expect_test::expect;

/// Runs a line of shell in a folder, the program being `$COLUMNIST`.
fn shell(folder: &Folder, line: &str) -> Run {
    let mut shell = Command::new("bash");
    shell.current_dir(folder.path()).args(["-c", line]).env("COLUMNIST", program());
    run_to_its_end(shell, b"")
}

#[test]
fn an_answer_that_cannot_be_written_is_told() {
    let folder = Folder::new("//- een.txt\nHoofdstuk 1 Begin\n");
    let run = shell(&folder, "exec \"$COLUMNIST\" outline een.txt > /dev/full");
    expect![[r#"
        ! error: could not write the answer: No space left on device (os error 28)
        !   Make room for it, or write it somewhere else.
        ended with 2
    "#]]
    .assert_eq(&run.to_string());
}
