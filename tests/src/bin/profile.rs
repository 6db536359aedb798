//! Where the time of one keystroke and of one opening goes, by the size of the file.
//!
//!     tests/profile                       a table of both, in milliseconds
//!     profile keystroke BYTES             twenty keystrokes alone, for a profiler to look at
//!     profile prose BYTES                 the same in a report without merged columns
//!     profile merged BYTES                the same, all of them in merged columns
//!     profile open BYTES                  one opening alone, likewise
//!     profile survey BYTES                a file that nobody opens

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use columnist_tests::sample::{Setting, report};
use report::name::Name;
use report::workspace::Workspace;
use transcript::columns::{Block, Model};
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
        ["keystroke" | "prose" | "merged", bytes] => {
            let setting = if arguments[0] == "prose" { Setting::Whole } else { Setting::SomeMerged };
            let (mut workspace, name) = opened(bytes.parse().expect("a number of bytes"), setting);
            let places = if arguments[0] == "merged" { in_blocks } else { all_over };
            for at in places(&workspace, &name) {
                black_box(keystroke(&mut workspace, &name, at));
            }
        }
        ["survey", bytes] => {
            let text = report(bytes.parse().expect("a number of bytes"), Setting::SomeMerged);
            drop(black_box(survey(&text)));
        }
        ["open", bytes] => drop(black_box(opened(bytes.parse().expect("a number of bytes"), Setting::SomeMerged))),
        _ => panic!("profile, or profile keystroke, prose, merged, open or survey BYTES"),
    }
}

fn table() {
    println!(
        "{:>10}  {:>9}  {:>9}  {:>9}  {:>9}  {:>9}  {:>9}",
        "bytes", "open ms", "edit ms", "known ms", "told ms", "first ms", "merged ms"
    );
    for bytes in [10_000, 100_000, 1_000_000, 10_000_000] {
        let start = Instant::now();
        let (mut workspace, name) = opened(bytes, Setting::SomeMerged);
        let open = start.elapsed();
        let mut typed = |places: fn(&Workspace, &Name) -> Vec<usize>| -> Vec<[Duration; 3]> {
            places(&workspace, &name).into_iter().map(|at| keystroke(&mut workspace, &name, at)).collect()
        };
        let (all, merged) = (typed(all_over), typed(in_blocks));
        let [edit, known, told] = [0, 1, 2].map(|of| median(all.iter().map(|times| times[of])));
        // The first letter in a block, and those after it, of which what was worked out of the page is still known.
        let letters = |is_first: bool| {
            let some = merged.iter().enumerate().filter(|(letter, _)| (letter % LETTERS == 0) == is_first);
            median(some.map(|(_, times)| times.iter().sum()))
        };
        let (first, merged) = (letters(true), letters(false));
        let open = open.as_secs_f64() * 1e3;
        println!("{bytes:>10}  {open:>9.2}  {edit:>9.3}  {known:>9.3}  {told:>9.3}  {first:>9.3}  {merged:>9.3}");
    }
}

/// The time in the middle, in milliseconds; not a number where there are none.
fn median(times: impl Iterator<Item = Duration>) -> f64 {
    let mut times: Vec<Duration> = times.collect();
    times.sort_unstable();
    times.get(times.len() / 2).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
}

/// Where to type: in places all over a report.
fn all_over(workspace: &Workspace, name: &Name) -> Vec<usize> {
    let length = workspace.document(name).expect("it is open").text().len();
    (1..=KEYSTROKES).map(|nth| length / (KEYSTROKES + 1) * nth).collect()
}

/// So many letters are typed in a block before the next one.
const LETTERS: usize = 5;

/// Where to type: some letters in the middle of merged columns, block after block from all over the report.
fn in_blocks(workspace: &Workspace, name: &Name) -> Vec<usize> {
    let columns = &workspace.document(name).expect("it is open").analysis().columns;
    let middle = |block: &Block| {
        let cells = block.rows[block.rows.len() / 2..].iter().find_map(|row| row.cells.first());
        cells.map(|cell| cell.span.start)
    };
    let blocks: Vec<usize> = columns.merged().filter_map(middle).collect();
    let apart = (blocks.len() * LETTERS / KEYSTROKES).max(1);
    // The text grows by each letter.
    let each =
        blocks.iter().step_by(apart).cycle().take(KEYSTROKES / LETTERS).flat_map(|&at| (0..LETTERS).map(move |_| at));
    each.enumerate().map(|(letter, at)| at + letter).collect()
}

/// A workspace in which a report of so many bytes is open, with all that is known of it.
fn opened(bytes: usize, setting: Setting) -> (Workspace, Name) {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    let file = |name: &str| std::fs::read(data.join(name)).expect("the model lies in data/");
    let model = Model::from_bytes(file("junctions.bin"), &file("judge.bin")).expect("a whole model");
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

/// A letter typed at a byte: how long the edit, the analysis and the checks take.
#[inline(never)]
fn keystroke(workspace: &mut Workspace, name: &Name, at: usize) -> [Duration; 3] {
    let start = Instant::now();
    let mut text = workspace.document(name).expect("it is open").text().clone();
    text.edit(Span::at(at), "e");
    workspace.replace_text(name, text);
    let edited = start.elapsed();
    black_box(workspace.document(name).expect("it is open").analysis());
    let known = start.elapsed();
    black_box(workspace.findings(name));
    [edited, known - edited, start.elapsed() - known]
}
