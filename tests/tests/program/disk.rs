//! A disk that does not do as it should while it is read, and names that not every system would have.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::process::Command;

use columnist_tests::command::{Run, run as run_to_its_end};
use columnist_tests::folder::Folder;
use columnist_tests::program;
use expect_test::expect;

use crate::kept::merged;
use crate::run;

/// Runs the program in a folder while the calls that concern one of its files fail as strace is told; says so and gives
/// none where strace cannot be used.
fn failing(folder: &Folder, file: &str, inject: &str, arguments: &[&str]) -> Option<Run> {
    let strace = |arguments: &[&str]| {
        let mut command = Command::new("strace");
        command.current_dir(folder.path()).args(["-f", "-qq", "-o", "/dev/null", "-P"]).arg(folder.join(file));
        command.args(["-e", inject]).arg(program()).args(arguments);
        command
    };
    if strace(&["--version"]).output().is_ok_and(|probe| probe.status.success()) {
        return Some(run_to_its_end(strace(arguments), b""));
    }
    println!("skipped: strace cannot be used here, so no call of the program fails");
    None
}

#[test]
fn a_file_that_vanishes_between_the_walk_and_the_reading_is_told_and_the_rest_is_read() {
    let folder = Folder::new("//- blijft.txt\nHoofdstuk 1 Blijft\n//- weg.txt\nHoofdstuk 2 Weg\n");
    let Some(run) = failing(&folder, "weg.txt", "inject=openat:error=ENOENT", &["outline", "."]) else { return };
    expect![[r#"
        blijft.txt:1:1: Hoofdstuk 1 Blijft
        ended with 0
    "#]]
    .assert_eq(&run.to_string());
}

#[test]
fn a_file_that_cannot_be_read_to_its_end_is_told_and_not_repaired() {
    let folder = Folder::new("//- heel.txt\nHoofdstuk 1 Heel\n");
    folder.write("stuk.txt", merged());
    let Some(run) = failing(&folder, "stuk.txt", "inject=read:error=EIO", &["fix", "--unsafe", "."]) else { return };
    expect![[r#"
        ! error: could not read `stuk.txt`: Input/output error (os error 5)
        !   See to that, and try again.
        ended with 2
    "#]]
    .assert_eq(&run.to_string());
    assert_eq!(folder.read("stuk.txt"), merged().as_bytes());
    assert_eq!(folder.names(), ["heel.txt", "stuk.txt"]);
}

#[test]
fn a_file_on_a_disk_that_may_only_be_read_is_left_alone() {
    let folder = Folder::new("");
    folder.write("blad.txt", merged());
    // In a view of the disk that only this command has.
    let unshared = |line: &str| {
        let mut unshare = Command::new("unshare");
        unshare.args(["--mount", "--map-root-user", "bash", "-c"]).current_dir(folder.path());
        let mount = "mount --bind . . && mount -o remount,bind,ro . && cd \"$PWD\" &&";
        unshare.arg(format!("{mount} {line}")).env("COLUMNIST", program());
        unshare
    };
    if !unshared("! touch nieuw 2> /dev/null").output().is_ok_and(|probe| probe.status.success()) {
        println!("skipped: no disk can be made one that may only be read here");
        return;
    }
    let run = run_to_its_end(unshared("exec \"$COLUMNIST\" fix --unsafe blad.txt"), b"");
    expect![[r#"
        ! error: could not write `blad.txt`: no file can be made in its folder: read-only filesystem or storage medium
        !   The file is as it was. See to that, and try again.
        ended with 2
    "#]]
    .assert_eq(&run.to_string());
    assert_eq!(folder.read("blad.txt"), merged().as_bytes());
    assert_eq!(folder.names(), ["blad.txt"]);
}

#[test]
fn a_file_of_five_gigabytes_is_not_even_opened() {
    let folder = Folder::new("//- goed.txt\nHoofdstuk 1 Goed\n");
    let large = File::create(folder.join("groot.txt")).expect("a file of a test's own");
    // It takes no room: nothing is in it.
    large.set_len(5 << 30).expect("it holds nothing");
    expect![[r#"
        goed.txt:1:1: Hoofdstuk 1 Goed
        ! error: could not read `groot.txt`: it has 5368709120 bytes, and the settings allow 67108864
        !   Cut it up, or raise `files.max-size` in columnist.toml.
        ended with 2
    "#]]
    .assert_eq(&run(&folder, "outline .").to_string());
}

#[test]
fn a_name_that_is_no_text_is_shown_and_its_file_repaired() {
    let folder = Folder::new("");
    let name = folder.path().join(OsStr::from_bytes(b"blad\xff.txt"));
    if fs::write(&name, merged()).is_err() {
        println!("skipped: names are texts on this disk");
        return;
    }
    folder.write("ander.txt", "Hoofdstuk 1 Ander\n");
    expect![[r#"
        ander.txt:1:1: Hoofdstuk 1 Ander
        blad�.txt:2:1: 1 De haven in het jaar
        blad�.txt:4:1:   1.1 Schepen en lading
        blad�.txt:10:54:   1.3 Veiligheid op de kade
        blad�.txt:19:1:   1.2 Het water
        blad�.txt:26:1:   1.4 Vooruitblik
        ended with 0
    "#]]
    .assert_eq(&run(&folder, "outline .").to_string());
    let run = run(&folder, "fix --unsafe .");
    assert!(run.err.starts_with("blad\u{fffd}.txt: 1 repair made\n"), "{run}");
    assert_ne!(fs::read(&name).expect("it is there"), merged().as_bytes());
    assert_eq!(folder.names().len(), 2);
}

#[test]
fn files_whose_names_differ_in_their_case_alone_are_two_files() {
    let folder = Folder::new("");
    folder.write("blad.txt", merged());
    folder.write("Blad.txt", "Hoofdstuk 1 Ander\n");
    if folder.names().len() < 2 {
        println!("skipped: names differ in more than their case on this disk");
        return;
    }
    let run = run(&folder, "fix --unsafe .");
    assert!(run.err.starts_with("blad.txt: 1 repair made\n"), "{run}");
    assert_ne!(folder.read("blad.txt"), merged().as_bytes());
    assert_eq!(folder.read("Blad.txt"), b"Hoofdstuk 1 Ander\n");
}
