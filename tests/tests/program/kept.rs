//! What `fix` keeps: every word, and every byte that is no part of a repair.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use columnist_tests::command::columnist_reads;
use columnist_tests::folder::Folder;
use columnist_tests::repository;

use crate::run;

/// A page on which two columns ran together, which `fix` repairs.
pub(crate) fn merged() -> String {
    fs::read_to_string(repository().join("examples/report/1-haven.txt")).expect("the example is there")
}

/// A folder with a file of this content, after `fix`, which must have repaired it.
fn fixed(content: &[u8]) -> Vec<u8> {
    let folder = Folder::new("");
    folder.write("blad.txt", content);
    let run = run(&folder, "fix --unsafe blad.txt");
    assert!(run.err.contains("blad.txt: 1 repair made"), "{run}");
    let after = folder.read("blad.txt");
    assert_ne!(after, content);
    assert_eq!(folder.names(), ["blad.txt"]);
    after
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("a text stays a text")
}

fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<_> = text.split_whitespace().collect();
    words.sort_unstable();
    words
}

#[test]
fn every_word_is_kept_and_headings_stand_on_lines_of_their_own() {
    let (before, after) = (merged(), text(fixed(merged().as_bytes())));
    assert_eq!(words(&before), words(&after));
    assert!(!before.lines().any(|line| line.trim() == "1.3 Veiligheid op de kade"));
    assert!(after.lines().any(|line| line.trim() == "1.3 Veiligheid op de kade"));
    // What stands outside of the block is not touched.
    assert_eq!(before.lines().take(3).collect::<Vec<_>>(), after.lines().take(3).collect::<Vec<_>>());
    assert_eq!(before.lines().rev().take(5).collect::<Vec<_>>(), after.lines().rev().take(5).collect::<Vec<_>>());
}

#[test]
fn line_ends_stay_as_they_are() {
    let plain = text(fixed(merged().as_bytes()));
    for end in ["\r\n", "\r"] {
        let after = text(fixed(merged().replace('\n', end).as_bytes()));
        assert_eq!(after, plain.replace('\n', end), "{end:?}");
    }
}

#[test]
fn a_text_that_comes_in_goes_out_with_every_sign_of_it() {
    let text = "a\u{7f}b \u{7}c \u{1b}[1md \u{9b}e\n";
    let fixed = columnist_reads(repository(), &["fix", "-"], text.as_bytes());
    assert_eq!(fixed.out, text);
}

#[test]
fn a_byte_order_mark_and_a_missing_last_line_end_stay() {
    let plain = text(fixed(merged().as_bytes()));
    assert_eq!(text(fixed(format!("\u{feff}{}", merged()).as_bytes())), format!("\u{feff}{plain}"));
    assert_eq!(text(fixed(merged().trim_end().as_bytes())), plain.trim_end());
}

#[test]
fn a_second_repair_has_nothing_to_do() {
    let folder = Folder::new("");
    let once = fixed(merged().as_bytes());
    folder.write("blad.txt", &once);
    let run = run(&folder, "fix --unsafe blad.txt");
    assert!(!run.err.contains("made"), "{run}");
    assert_eq!(folder.read("blad.txt"), once);
}

#[test]
fn a_filter_writes_what_the_file_would_hold() {
    let filtered = columnist_reads(Folder::new("").path(), &["fix", "--unsafe", "-"], merged().as_bytes());
    assert_eq!(filtered.out, text(fixed(merged().as_bytes())));
}

#[test]
fn a_diff_shows_the_repair_and_changes_nothing() {
    let folder = Folder::new("");
    folder.write("blad.txt", merged());
    let run = run(&folder, "fix --diff --unsafe blad.txt");
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.out.starts_with("--- a/blad.txt\n+++ b/blad.txt\n@@ "), "{run}");
    assert!(run.out.contains("\n+1.3 Veiligheid op de kade\n"), "{run}");
    assert_eq!(folder.read("blad.txt"), merged().as_bytes());
}

#[test]
fn permissions_and_links_are_kept() {
    let folder = Folder::new("");
    folder.write("echt.txt", merged());
    folder.set_mode("echt.txt", 0o640);
    symlink("echt.txt", folder.join("blad.txt")).expect("a link");
    run(&folder, "fix --unsafe blad.txt");
    assert!(folder.join("blad.txt").is_symlink());
    assert_eq!(folder.read("echt.txt"), fixed(merged().as_bytes()));
    let mode = fs::metadata(folder.join("echt.txt")).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}
