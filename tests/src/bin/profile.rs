//! Where the time of one keystroke and of one opening goes, by the size of the file.
//!
//!     tests/profile                       a table of both, in milliseconds
//!     profile keystroke BYTES             twenty keystrokes alone, for a profiler to look at
//!     profile prose BYTES                 the same in a report without merged columns
//!     profile open BYTES                  one opening alone, likewise
//!     profile survey BYTES                a file that nobody opens

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use columnist_tests::sample::{Setting, report};
use report::document::Name;
use report::workspace::Workspace;
use transcript::columns::Model;
use transcript::lines::Format;
use transcript::span::Span;
use transcript::survey::Survey;

/// So many keystrokes are looked at.
const KEYSTROKES: usize = 20;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => table(),
        ["keystroke" | "prose", bytes] => {
            let setting = if arguments[0] == "prose" { Setting::Whole } else { Setting::SomeMerged };
            let (mut workspace, name) = opened(bytes.parse().expect("a number of bytes"), setting);
            (0..KEYSTROKES).for_each(|nth| {
                black_box(keystroke(&mut workspace, &name, nth));
            });
        }
        ["survey", bytes] => {
            let text = report(bytes.parse().expect("a number of bytes"), Setting::SomeMerged);
            drop(black_box(survey(&text)));
        }
        ["open", bytes] => drop(black_box(opened(bytes.parse().expect("a number of bytes"), Setting::SomeMerged))),
        _ => panic!("profile, or profile keystroke, prose, open or survey BYTES"),
    }
}

fn table() {
    println!("{:>10}  {:>9}  {:>9}  {:>9}  {:>9}", "bytes", "open ms", "edit ms", "known ms", "told ms");
    for bytes in [10_000, 100_000, 1_000_000, 10_000_000] {
        let start = Instant::now();
        let (mut workspace, name) = opened(bytes, Setting::SomeMerged);
        let open = start.elapsed();
        let mut all: Vec<[Duration; 3]> = (0..KEYSTROKES).map(|nth| keystroke(&mut workspace, &name, nth)).collect();
        let median = |of: usize, all: &mut Vec<[Duration; 3]>| {
            all.sort_by_key(|times| times[of]);
            all[KEYSTROKES / 2][of].as_secs_f64() * 1e3
        };
        let [edit, known, told] = [0, 1, 2].map(|of| median(of, &mut all));
        let open = open.as_secs_f64() * 1e3;
        println!("{bytes:>10}  {open:>9.2}  {edit:>9.3}  {known:>9.3}  {told:>9.3}");
    }
}

/// A workspace in which a report of so many bytes is open, with all that is known of it.
fn opened(bytes: usize, setting: Setting) -> (Workspace, Name) {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    let file = |name: &str| std::fs::read(data.join(name)).expect("the model lies in data/");
    let model = Model::from_bytes(&file("junctions.bin"), &file("judge.bin")).expect("a whole model");
    let mut workspace = Workspace::new(Arc::new(model));
    let name = Name::Unsaved("report".to_owned());
    workspace.open(name.clone(), Format::Plain, &report(bytes, setting));
    black_box(workspace.findings(&name));
    (workspace, name)
}

/// All that is known of a file that nobody opened.
#[inline(never)]
fn survey(text: &str) -> Survey {
    Survey::new(text, Format::Plain, None)
}

/// A letter typed somewhere: how long the edit, the analysis and the checks take.
#[inline(never)]
fn keystroke(workspace: &mut Workspace, name: &Name, nth: usize) -> [Duration; 3] {
    let start = Instant::now();
    let mut text = workspace.document(name).expect("it is open").text().clone();
    let at = text.len() / (KEYSTROKES + 1) * (nth + 1);
    text.edit(Span::at(at), "e");
    workspace.replace_text(name, text);
    let edited = start.elapsed();
    black_box(workspace.document(name).expect("it is open").analysis());
    let known = start.elapsed();
    black_box(workspace.findings(name));
    [edited, known - edited, start.elapsed() - known]
}
