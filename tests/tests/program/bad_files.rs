//! Files that are no transcriptions: each is named with what is wrong with it and what to do, left alone, and the rest
//! is done all the same.

use std::os::unix::fs::symlink;
use std::process::Command;

use columnist_tests::command::{columnist, columnist_reads};
use columnist_tests::folder::Folder;
use columnist_tests::unprivileged;
use expect_test::{Expect, expect};

use crate::run;

/// A good file, beside which the bad ones stand.
const GOOD: &str = "//- goed.txt\nHoofdstuk 1 Goed\n";

/// Every command tells what is wrong with a file, once for the file's own sake and once for its folder's, and changes
/// nothing on the disk.
fn check(folder: &Folder, file: &str, expected: &Expect) {
    let before = folder.names();
    let told = run(folder, &format!("check {file}"));
    assert_eq!(told.code, Some(2), "{told}");
    expected.assert_eq(&told.err);
    for command in ["outline", "refs", "fix", "fix --unsafe", "fix --diff"] {
        let again = run(folder, &format!("{command} {file}"));
        assert_eq!((&again.err, again.code), (&told.err, Some(2)), "{command}");
    }
    let all = run(folder, "outline .");
    assert!(all.out.contains("Goed"), "{all}");
    assert!(all.err.contains(told.err.lines().next().expect("it was told")), "{all}");
    assert_eq!(all.code, Some(2));
    assert_eq!(folder.names(), before);
}

#[test]
fn a_file_in_another_encoding_is_named_with_the_encoding_it_looks_like() {
    let folder = Folder::new(GOOD);
    let latin = b"Hoofdstuk 1 Co\xf6rdinatie\n\nDe co\xf6rdinatie van de financi\xeble dienst, \x80 5.\n".to_vec();
    folder.write("oud.txt", &latin);
    check(
        &folder,
        "oud.txt",
        &expect![[r#"
            error: could not read `oud.txt`: it is not UTF-8 from byte 14 on; it looks like windows-1252
              The file was left alone. Look whether it really is windows-1252; if so, `iconv -f windows-1252 -t UTF-8` makes it UTF-8.
        "#]],
    );
    assert_eq!(folder.read("oud.txt"), latin);
}

#[test]
fn utf_16_is_known_with_and_without_its_mark() {
    let folder = Folder::new(GOOD);
    let little: Vec<u8> = "Hoofdstuk 1 Twee bytes per letter\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.write("zonder.txt", &little);
    check(
        &folder,
        "zonder.txt",
        &expect![[r#"
            error: could not read `zonder.txt`: it is not UTF-8 from byte 0 on; it looks like UTF-16LE
              The file was left alone. Look whether it really is UTF-16LE; if so, `iconv -f UTF-16LE -t UTF-8` makes it UTF-8.
        "#]],
    );
    std::fs::remove_file(folder.join("zonder.txt")).expect("it is there");
    folder.write("met.txt", [&[0xff, 0xfe], &little[..]].concat());
    check(
        &folder,
        "met.txt",
        &expect![[r#"
            error: could not read `met.txt`: it is not UTF-8 from byte 0 on; it looks like UTF-16LE
              The file was left alone. Look whether it really is UTF-16LE; if so, `iconv -f UTF-16LE -t UTF-8` makes it UTF-8.
        "#]],
    );
}

#[test]
fn nul_bytes_make_a_file_no_text() {
    let folder = Folder::new(GOOD);
    folder.write("beeld.txt", b"Hoofdstuk 1\n\0\x01\x02 en nog wat\n");
    check(
        &folder,
        "beeld.txt",
        &expect![[r#"
            error: could not read `beeld.txt`: it holds NUL bytes, so it is not a text
              Name a file of text; this one was left alone.
        "#]],
    );
}

#[test]
fn a_link_that_leads_nowhere_is_told_and_so_is_a_circle() {
    let folder = Folder::new(GOOD);
    symlink("nergens.txt", folder.join("los.txt")).expect("a link");
    check(
        &folder,
        "los.txt",
        &expect![[r#"
            error: could not read `los.txt`: it is a link that leads nowhere
              Mend the link, or name the file that it should lead to.
        "#]],
    );
    std::fs::remove_file(folder.join("los.txt")).expect("it is there");
    symlink("kring.txt", folder.join("rond.txt")).expect("a link");
    symlink("rond.txt", folder.join("kring.txt")).expect("a link");
    check(
        &folder,
        "rond.txt",
        &expect![[r#"
            error: could not read `rond.txt`: it is a link that leads nowhere
              Mend the link, or name the file that it should lead to.
        "#]],
    );
}

#[test]
fn a_pipe_keeps_nobody_waiting() {
    let folder = Folder::new(GOOD);
    let made = Command::new("mkfifo").arg(folder.join("pijp.txt")).status().expect("mkfifo is on every Unix");
    assert!(made.success());
    check(
        &folder,
        "pijp.txt",
        &expect![[r#"
            error: could not read `pijp.txt`: it is a pipe, a device or a socket, not a file
              Name a file, or pipe the text in under the name `-`.
        "#]],
    );
    let columns = run(&folder, "columns pijp.txt");
    assert_eq!(columns.code, Some(2), "{columns}");
}

#[test]
fn a_device_is_no_file() {
    let told = run(&Folder::new(GOOD), "check /dev/zero");
    expect![[r#"
        nothing found in 0 files
        ! error: could not read `/dev/zero`: it is a pipe, a device or a socket, not a file
        !   Name a file, or pipe the text in under the name `-`.
        ended with 2
    "#]]
    .assert_eq(&told.to_string());
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let told = run(&Folder::new(GOOD), "check nergens.txt goed.txt");
    expect![[r#"
        nothing found in 1 file
        ! error: could not read `nergens.txt`: there is no such file
        !   Check the name, or where you are.
        ended with 2
    "#]]
    .assert_eq(&told.to_string());
}

#[test]
fn a_circle_of_folders_is_walked_once() {
    let folder = Folder::new("//- deel/goed.txt\nHoofdstuk 1 Goed\n");
    symlink("..", folder.join("deel/terug")).expect("a link");
    symlink(folder.path(), folder.join("deel/heel")).expect("a link");
    expect![[r#"
        deel/goed.txt:1:1: Hoofdstuk 1 Goed
        ended with 0
    "#]]
    .assert_eq(&run(&folder, "outline .").to_string());
}

#[test]
fn a_file_of_more_bytes_than_the_settings_allow_is_told() {
    let folder = Folder::new(&format!("{GOOD}//- columnist.toml\n[files]\nmax-size = 1000\n"));
    folder.write("groot.txt", "Een regel van een groot bestand.\n".repeat(100));
    check(
        &folder,
        "groot.txt",
        &expect![[r#"
            error: could not read `groot.txt`: it has 3300 bytes, and the settings allow 1000
              Cut it up, or raise `files.max-size` in columnist.toml.
        "#]],
    );
}

#[test]
fn a_line_longer_than_the_settings_allow_is_told() {
    let folder = Folder::new(&format!("{GOOD}//- columnist.toml\n[files]\nmax-line = 50\n"));
    folder.write("lang.txt", "Kort.\r\n\r\n".to_owned() + &"lang ".repeat(20));
    check(
        &folder,
        "lang.txt",
        &expect![[r#"
            error: could not read `lang.txt`: its line 3 has 100 bytes, and the settings allow 50
              Break its lines, or raise `files.max-line` in columnist.toml.
        "#]],
    );
}

#[test]
fn more_files_than_the_settings_allow_are_told() {
    let folder = Folder::new("//- een.txt\nEen.\n//- twee.txt\nTwee.\n//- columnist.toml\n[files]\nmax-count = 1\n");
    expect![[r#"
        nothing found in 1 file
        ! error: could not read `.`: there are 2 transcriptions, and the settings allow 1: the others were left alone
        !   Name fewer folders, or raise `files.max-count` in columnist.toml.
        ended with 2
    "#]]
    .assert_eq(&run(&folder, "check .").to_string());
}

#[test]
fn without_permission_a_file_and_a_folder_are_told() {
    let folder = Folder::new("//- goed.txt\nHoofdstuk 1 Goed\n//- dicht.txt\nGeheim\n//- deel/ook.txt\nGeheim\n");
    folder.forbid("dicht.txt");
    folder.forbid("deel");
    let Some(run) = unprivileged::columnist(folder.path(), &["outline", "."]) else { return };
    expect![[r#"
        goed.txt:1:1: Hoofdstuk 1 Goed
        ! error: could not read `deel`: its permissions do not allow it to be read
        !   Give yourself the right to read it, or leave it out.
        ! error: could not read `dicht.txt`: its permissions do not allow it to be read
        !   Give yourself the right to read it, or leave it out.
        ended with 2
    "#]]
    .assert_eq(&run.to_string());
    let Some(run) = unprivileged::columnist(folder.path(), &["check", "deel", "dicht.txt"]) else { return };
    expect![[r#"
        nothing found in 0 files
        ! error: could not read `deel`: its permissions do not allow it to be read
        !   Give yourself the right to read it, or leave it out.
        ! error: could not read `dicht.txt`: its permissions do not allow it to be read
        !   Give yourself the right to read it, or leave it out.
        ended with 2
    "#]]
    .assert_eq(&run.to_string());
    folder.allow("deel");
}

#[test]
fn an_empty_file_is_a_text_without_anything() {
    let folder = Folder::new("");
    folder.write("leeg.txt", "");
    for command in ["check", "fix", "outline", "refs"] {
        assert_eq!(run(&folder, &format!("{command} leeg.txt")).code, Some(0), "{command}");
    }
    assert_eq!(run(&folder, "columns --format jsonl leeg.txt").out, "{\"path\":\"leeg.txt\",\"lines\":[]}\n");
    assert_eq!(folder.read("leeg.txt"), b"");
    let filtered = columnist_reads(folder.path(), &["fix", "-"], b"");
    assert_eq!((filtered.code, filtered.out.as_str()), (Some(0), ""));
}

#[test]
fn a_line_of_ten_megabytes_is_read_and_nothing_is_lost() {
    let folder = Folder::new("");
    let line =
        format!("{} zie hoofdstuk 7 van dit verslag; ", "regel zonder eind en verder niets;".repeat(10_000)).repeat(29);
    assert!(line.len() > 9_800_000);
    folder.write("lang.txt", &line);
    for command in ["check", "fix --unsafe"] {
        let run = run(&folder, &format!("{command} lang.txt"));
        assert!(run.code.is_some_and(|code| code < 2), "{command}: {:.200}", run.err);
    }
    assert_eq!(folder.read("lang.txt"), line.as_bytes());
}

#[test]
fn what_comes_in_by_the_pipe_is_held_to_the_same() {
    let folder = Folder::new("");
    let piped = |bytes: &[u8]| columnist_reads(folder.path(), &["fix", "-"], bytes).to_string();
    expect![[r#"
        ! error: could not read the standard input: it is not UTF-8 from byte 5 on; it looks like windows-1252
        !   If it really is windows-1252, put `iconv -f windows-1252 -t UTF-8` before this.
        ended with 2
    "#]]
    .assert_eq(&piped(b"De co\xf6rdinatie van de financi\xeble dienst.\n"));
    expect![[r#"
        ! error: could not read the standard input: it holds NUL bytes, so it is not a text
        !   Give it a text.
        ended with 2
    "#]]
    .assert_eq(&piped(b"\0\0"));
}

#[test]
fn names_that_steer_a_terminal_are_shown_harmless() {
    let folder = Folder::new("");
    folder.write("\u{1b}[31mrood\n.txt", "Zie hoofdstuk 7 van dit verslag.\n");
    folder.write("\u{202e}txt.gnikrew.txt", b"\xff\xff");
    for command in ["check", "outline", "refs", "columns", "fix"] {
        let run = columnist(folder.path(), &[command, if command == "columns" { "\u{1b}[31mrood\n.txt" } else { "." }]);
        let told = format!("{}{}", run.out, run.err);
        assert!(!told.contains(['\u{1b}', '\u{202e}']), "{command}: {told:?}");
    }
}
