//! The column model on pages whose columns are known, which are no part of the repository, held to the floors that the
//! README tells. Where the corpora are not at hand the test says so and passes. To see the table:
//!
//!     cargo test --release -p columnist-tests --test columns -- --nocapture

use std::process::Command;

use columnist_tests::{corpora, released_program};
use serde_json::Value;

/// The least that each corpus must reach: split, near, lone, adjacency; and the most of its plain lines that may be
/// taken for merged ones.
const FLOORS: &[(&str, [f64; 4], f64)] = &[
    ("seed", [0.85, 0.99, 0.97, 0.97], 0.0),
    ("real-dev", [0.88, 0.93, 0.72, 0.97], 0.0),
    ("real-dev-de", [0.95, 0.96, 0.89, 0.98], 0.0),
    ("dev-nl", [0.94, 0.95, 0.70, 0.98], 0.0),
    ("dev-en", [0.93, 0.96, 0.68, 0.98], 0.0),
    ("dev-de", [0.95, 0.96, 0.86, 0.98], 0.0),
    ("dev-fr", [0.95, 0.97, 0.75, 0.98], 0.0),
    ("dev-es", [0.94, 0.96, 0.94, 0.98], 0.0),
    ("dev-it", [0.98, 0.99, 0.97, 0.99], 0.0),
    ("dev-pt", [0.94, 0.97, 0.95, 0.98], 0.0),
    ("dev-sv", [0.95, 0.97, 0.92, 0.98], 0.0),
    ("dev-da", [0.93, 0.97, 0.84, 0.98], 0.0),
    ("dev-3col", [0.85, 0.89, 0.66, 0.97], 0.0),
    ("manners-dev", [0.89, 0.91, 0.73, 0.97], 0.0),
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
