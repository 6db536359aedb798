//! Faults of the disk while the program works: a repair is made whole or not at all, and what was there stays.

use std::fs;
use std::process::Command;

use columnist_tests::command::{Run, run as run_to_its_end};
use columnist_tests::folder::Folder;
use columnist_tests::{program, unprivileged};
use expect_test::expect;

use crate::kept::merged;

/// A folder with a file that `fix --unsafe` repairs.
fn folder() -> Folder {
    let folder = Folder::new("");
    folder.write("blad.txt", merged());
    folder
}

/// The file is as it was, and nothing lies beside it.
fn untouched(folder: &Folder) {
    assert_eq!(folder.read("blad.txt"), merged().as_bytes());
    assert_eq!(folder.names(), ["blad.txt"]);
}

/// Runs a line of shell in a folder, the program being `$COLUMNIST`.
fn shell(folder: &Folder, line: &str) -> Run {
    let mut shell = Command::new("bash");
    shell.current_dir(folder.path()).args(["-c", line]).env("COLUMNIST", program());
    run_to_its_end(shell, b"")
}

#[test]
fn a_full_disk_leaves_the_old_file() {
    let folder = folder();
    // No file may grow over one block: that is what a full disk looks like from inside.
    let run = shell(&folder, "trap '' XFSZ; ulimit -f 1; exec \"$COLUMNIST\" fix --unsafe blad.txt");
    assert_eq!(run.code, Some(2), "{run}");
    expect![[r#"
        error: could not write `blad.txt`: File too large (os error 27)
          The file is as it was. See to that, and try again.
    "#]]
    .assert_eq(&run.err);
    untouched(&folder);
}

#[test]
fn a_file_and_a_folder_that_may_not_be_written_are_left_alone() {
    let folder = folder();
    folder.set_mode("blad.txt", 0o444);
    let Some(run) = unprivileged::columnist(folder.path(), &["fix", "--unsafe", "blad.txt"]) else { return };
    expect![[r#"
        ! error: could not write `blad.txt`: its permissions do not allow it to be written
        !   The file is as it was. See to that, and try again.
        ended with 2
    "#]]
    .assert_eq(&run.to_string());
    untouched(&folder);
    folder.set_mode("blad.txt", 0o666);
    folder.set_mode("", 0o555);
    let Some(run) = unprivileged::columnist(folder.path(), &["fix", "--unsafe", "blad.txt"]) else { return };
    expect![[r#"
        ! error: could not write `blad.txt`: no file can be made in its folder: permission denied
        !   The file is as it was. See to that, and try again.
        ended with 2
    "#]]
    .assert_eq(&run.to_string());
    untouched(&folder);
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

#[test]
fn a_repair_killed_at_any_of_its_calls_leaves_the_old_file_or_the_new_one() {
    let trace = |folder: &Folder, inject: &str| {
        let options = "-f -qq -o trace.log -e trace=openat,write,fsync,fchmod,fchown,rename,renameat,renameat2,close";
        shell(folder, &format!("strace {options} {inject} \"$COLUMNIST\" fix --unsafe blad.txt"))
    };
    let first = folder();
    let traced = trace(&first, "");
    if !first.join("trace.log").is_file() || traced.code.is_none_or(|code| code > 1) {
        println!("skipped: strace cannot be used here, so nothing is killed in the middle of a repair");
        return;
    }
    let repaired = first.read("blad.txt");
    assert_ne!(repaired, merged().as_bytes());
    let mut ends = [0, 0];
    for call in ["write", "fsync", "fchmod", "rename"] {
        let calls = fs::read_to_string(first.join("trace.log")).expect("a log");
        let count = calls.lines().filter(|line| line.contains(&format!(" {call}("))).count();
        for number in 1..=count {
            let folder = folder();
            trace(&folder, &format!("-e inject={call}:signal=KILL:when={number}"));
            let left = folder.read("blad.txt");
            assert!(left == merged().as_bytes() || left == repaired, "{call} {number}: {left:?}");
            ends[usize::from(left == repaired)] += 1;
        }
    }
    assert!(ends[0] > 0, "it was never killed before its end: {ends:?}");
}
