//! The column model on pages whose columns are known, which are no part of the repository, held to the floors that the
//! README tells. Where the corpora are not at hand the test says so and passes. To see the table:
//!
//!     cargo test --release -p columnist-tests --test columns -- --nocapture

use std::path::Path;
use std::process::Command;

use columnist_tests::{corpora, released_program};
use serde_json::Value;

/// The least that each corpus must reach: split, near, lone, adjacency; and the most of its plain lines that may be
/// taken for merged ones.
const FLOORS: &[(&str, [f64; 4], f64)] = &[
    ("seed", [0.85, 0.99, 0.97, 0.97], 0.0),
    ("real-dev", [0.90, 0.94, 0.84, 0.975], 0.0),
    ("real-dev-de", [0.95, 0.96, 0.95, 0.985], 0.0),
    ("dev-nl", [0.95, 0.98, 0.90, 0.985], 0.0),
    ("dev-en", [0.965, 0.985, 0.97, 0.985], 0.0),
    ("dev-de", [0.96, 0.97, 0.97, 0.985], 0.0),
    ("dev-fr", [0.965, 0.985, 0.86, 0.985], 0.0),
    ("dev-es", [0.97, 0.98, 0.95, 0.985], 0.0),
    ("dev-it", [0.98, 0.98, 0.98, 0.99], 0.0),
    ("dev-pt", [0.97, 0.985, 0.96, 0.985], 0.0),
    ("dev-sv", [0.96, 0.98, 0.97, 0.985], 0.0),
    ("dev-da", [0.97, 0.985, 0.97, 0.985], 0.0),
    ("dev-3col", [0.935, 0.955, 0.75, 0.985], 0.0),
    ("manners-dev", [0.95, 0.97, 0.90, 0.985], 0.0),
    ("clean-dev", [0.0, 0.0, 0.0, 0.0], 0.002),
];

#[test]
fn pages_with_known_columns_stay_above_the_floor() {
    let Some(shared) = corpora() else { return };
    if Command::new("python3").arg("--version").output().is_err() {
        println!("skipped: there is no python3 to score the pages");
        return;
    }
    let pages = FLOORS.iter().map(|(name, ..)| shared.join("corpus/pages").join(format!("{name}.jsonl")));
    let scored = Command::new("python3")
        .arg(shared.join("bench/score_columns.py"))
        .arg("--json")
        .args(pages)
        .arg("--")
        .arg(released_program())
        .args(["columns", "--format", "jsonl"])
        .output()
        .expect("the scorer runs");
    assert!(scored.status.success(), "{}", String::from_utf8_lossy(&scored.stderr));
    let scores: Value = serde_json::from_slice(&scored.stdout).expect("the scorer speaks JSON");
    let measures = ["split", "near", "lone", "adjacency"];
    println!("| pages | {} | outside | page | false | sure | of those right |", measures.join(" | "));
    let mut short = Vec::new();
    for (name, floors, most_false) in FLOORS {
        let of = &scores[format!("{name}.jsonl")];
        let shown = measures.iter().chain(&["outside", "page", "false", "sure", "sure_right"]);
        let row: Vec<String> =
            shown.map(|what| of[what].as_f64().map_or("".to_owned(), |n| format!("{n:.3}"))).collect();
        println!("| {name} | {} |", row.join(" | "));
        for (what, floor) in measures.iter().zip(floors) {
            if of[what].as_f64().is_some_and(|score| score < *floor) {
                short.push(format!("{name}: {what} is {}, and was at least {floor}", of[what]));
            }
        }
        if of["false"].as_f64().is_some_and(|wrong| wrong > *most_false) {
            short.push(format!("{name}: false is {}, and was at most {most_false}", of["false"]));
        }
    }
    assert!(short.is_empty(), "below the floor:\n{}", short.join("\n"));
}

/// How far what the program says of its cells may be above what is right, and below, in each tenth of the confidence from a
/// half on: too little said does no harm.
const OFF: [f64; 2] = [0.10, 0.20];
/// A long run of lines is in doubt as one, so that no page counts for more lines than these in a tenth.
const MOST_OF_A_PAGE: f64 = 20.0;
/// Of the lines of the real pages that a plain `fix` repairs, so many at least end up where they belong.
const RIGHT: f64 = 0.92;

#[test]
fn confidence_is_what_it_says_and_plain_fix_does_what_is_sure() {
    let Some(shared) = corpora() else { return };
    let (mut tenths, mut pages_apart, mut repaired) =
        ([Tenth::default(); 5], [Tenth::default(); 5], Repaired::default());
    for corpus in ["real-dev", "real-dev-de"] {
        let file = shared.join("corpus/pages").join(format!("{corpus}.jsonl"));
        let pages: Vec<Value> = std::fs::read_to_string(file)
            .expect("the corpus is there")
            .lines()
            .map(|line| serde_json::from_str(line).expect("a page is JSON"))
            .collect();
        let folder = tempfile::tempdir().expect("a folder can be made");
        let answers = answers(folder.path(), &pages);
        let before: Vec<String> = (0..pages.len()).map(|at| read(folder.path(), at)).collect();
        // What stays undone is told by the exit status; it is no failure.
        Command::new(released_program()).arg("fix").arg(folder.path()).output().expect("the program runs");
        for (at, (page, answer)) in pages.iter().zip(&answers).enumerate() {
            let lines: Vec<(&Value, &Value)> = lines(page).iter().zip(lines(answer)).collect();
            let mut of_page = [Tenth::default(); 5];
            lines.iter().for_each(|(line, said)| count(line, said, &mut of_page));
            for (at, tenth) in of_page.iter().enumerate() {
                tenths[at].add(tenth, 1.0);
                pages_apart[at].add(tenth, (MOST_OF_A_PAGE / tenth.lines).min(1.0));
            }
            repaired.count(&lines, read(folder.path(), at) != before[at]);
        }
    }
    println!("| said | right | lines |");
    for Tenth { said, right, lines } in tenths {
        println!("| {:.3} | {:.3} | {lines} |", said / lines, right / lines);
    }
    for Tenth { said, right, lines } in pages_apart {
        let off = (said - right) / lines;
        assert!((-OFF[1]..OFF[0]).contains(&off), "said {said} of {lines} lines are right, {right} are");
    }
    let Repaired { pages, repaired, exact, lines, right } = repaired;
    println!(
        "plain fix repairs {repaired} of {pages} real pages, {exact} exactly right, {right} of {lines} lines right"
    );
    assert!(f64::from(right) >= RIGHT * f64::from(lines), "{right} of {lines} lines of repaired pages are right");
}

/// The lines whose confidence lies in one tenth: the sum of the confidence, how many are right, and how many there are.
#[derive(Clone, Copy, Default)]
struct Tenth {
    said: f64,
    right: f64,
    lines: f64,
}

impl Tenth {
    /// Adds the lines of a page, each for so much.
    fn add(&mut self, page: &Tenth, each: f64) {
        if page.lines > 0.0 {
            self.said += each * page.said;
            self.right += each * page.right;
            self.lines += each * page.lines;
        }
    }
}

/// Counts a line that is in columns and was taken for one that is.
fn count(line: &Value, said: &Value, tenths: &mut [Tenth; 5]) {
    let confidence = said["confidence"].as_f64().unwrap_or(0.0);
    let (gold, cells) = (words(line, &line["cells"]), words(line, &said["cells"]));
    if line["score"] == false || gold.is_none() || cells.as_ref().is_none_or(Vec::is_empty) || confidence < 0.5 {
        return;
    }
    let tenth = &mut tenths[((confidence - 0.5) * 10.0).min(4.0) as usize];
    tenth.said += confidence;
    tenth.right += f64::from(u8::from(gold == cells));
    tenth.lines += 1.0;
}

/// What a plain `fix` did.
#[derive(Default)]
struct Repaired {
    pages: u32,
    repaired: u32,
    exact: u32,
    lines: u32,
    right: u32,
}

impl Repaired {
    fn count(&mut self, lines: &[(&Value, &Value)], changed: bool) {
        self.pages += 1;
        if !changed {
            return;
        }
        let inside = lines.iter().filter(|(line, _)| line["score"] != false && words(line, &line["cells"]).is_some());
        let all = inside.clone().count() as u32;
        let right =
            inside.filter(|(line, said)| words(line, &line["cells"]) == words(line, &said["cells"])).count() as u32;
        self.repaired += 1;
        self.exact += u32::from(right == all);
        self.lines += all;
        self.right += right;
    }
}

/// What the program says of some pages, which are written to a folder, a file each.
fn answers(folder: &Path, pages: &[Value]) -> Vec<Value> {
    for (at, page) in pages.iter().enumerate() {
        let text: String =
            lines(page).iter().map(|line| format!("{}\n", line["text"].as_str().unwrap_or(""))).collect();
        std::fs::write(folder.join(name(at)), text).expect("a page can be written");
    }
    let files = (0..pages.len()).map(|at| folder.join(name(at)));
    let said = Command::new(released_program())
        .args(["columns", "--format", "jsonl"])
        .args(files)
        .output()
        .expect("the program runs");
    let said = String::from_utf8(said.stdout).expect("the program writes UTF-8");
    said.lines().map(|line| serde_json::from_str(line).expect("a page's answer is JSON")).collect()
}

fn name(at: usize) -> String {
    format!("{at:03}.txt")
}

fn read(folder: &Path, at: usize) -> String {
    std::fs::read_to_string(folder.join(name(at))).expect("the page is still there")
}

fn lines(page: &Value) -> &[Value] {
    page["lines"].as_array().map_or(&[], Vec::as_slice)
}

/// The cells of a line as columns and words; none outside the blocks.
fn words(line: &Value, cells: &Value) -> Option<Vec<(i64, Vec<String>)>> {
    let text: Vec<char> = line["text"].as_str()?.chars().collect();
    let number = |cell: &Value, at: usize| cell[at].as_i64().unwrap_or(0);
    let cell = |cell: &Value| {
        let (start, end) = (number(cell, 1) as usize, (number(cell, 2) as usize).min(text.len()));
        let part: String = text[start.min(end)..end].iter().collect();
        (number(cell, 0), part.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    };
    Some(cells.as_array()?.iter().map(cell).filter(|(_, words)| !words.is_empty()).collect())
}
