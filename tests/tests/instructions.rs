//! How much work a keystroke is, counted in instructions, for on a shared machine times are noise: valgrind's callgrind
//! runs the profile program. Ratios of counts of one run are held to, with slack, so that no version of a compiler or of
//! a library fails them.

use std::process::Command;

/// The instructions of a function of the profile program, of what it was asked to do in a report of so many bytes.
fn instructions(asked: &str, bytes: usize, function: &str) -> Option<u64> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    valgrind.arg(format!("--toggle-collect=profile::{function}*"));
    let output = valgrind.arg(env!("CARGO_BIN_EXE_profile")).args([asked, &bytes.to_string()]).output().ok()?;
    let words = String::from_utf8_lossy(&output.stderr);
    let count = words.lines().find_map(|line| line.split_once("Collected : "))?.1;
    Some(count.trim().parse().expect("a number of instructions"))
}

#[test]
fn a_keystroke_is_less_than_half_an_opening_and_grows_slowly() {
    let (small, large) = (20_000, 120_000);
    let Some(opening) = instructions("open", large, "opened") else {
        println!("skipped: instructions of a keystroke: valgrind is not here (on Debian: apt-get install valgrind)");
        return;
    };
    // In a report without merged columns: how much of a small file is merged would count for more than its size.
    let keystrokes = |bytes| instructions("prose", bytes, "keystroke").expect("valgrind is here") / 20;
    let (in_small, in_large) = (keystrokes(small), keystrokes(large));
    println!("opening {large} bytes: {opening}; a keystroke in them: {in_large}, in {small} bytes: {in_small}");
    // Of the columns a stretch is worked out anew and of the rest what stands around the edit; places are moved on.
    assert!(in_large * 2 < opening, "a keystroke is {in_large} instructions, opening {opening}");
    assert!(in_large < in_small * 2, "a keystroke is {in_large} instructions in {large} bytes, {in_small} in {small}");
}
