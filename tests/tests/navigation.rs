//! The outline and the references of reports that are no part of the repository, held to the floor that the README
//! promises. Where the corpora are not at hand the test says so and passes.

use std::path::{Path, PathBuf};
use std::process::Command;

use columnist_tests::{corpora, program};
use serde_json::Value;

#[test]
fn guides_and_made_reports_stay_above_the_floor() {
    let Some(shared) = corpora() else { return };
    let reports = reports(&shared.join("corpus/reports"));
    if reports.is_empty() || Command::new("python3").arg("--version").output().is_err() {
        println!("skipped: there are no reports with known references, or there is no python3 to score them");
        return;
    }
    let scored = Command::new("python3")
        .arg(shared.join("bench/score_navigation.py"))
        .arg("--json")
        .args(&reports)
        .arg("--")
        .args([program(), Path::new("lsp")])
        .output()
        .expect("the scorer runs");
    assert!(scored.status.success(), "{}", String::from_utf8_lossy(&scored.stderr));
    let scores: Value = serde_json::from_slice(&scored.stdout).expect("the scorer speaks JSON");
    let mut short = Vec::new();
    for (name, scores) in scores.as_object().expect("a report each") {
        println!("{name}: {scores}");
        let guide = name.starts_with("guide");
        let (headings, definition, extra) = if guide { (0.99, 0.99, 0.01) } else { (0.98, 0.97, 0.02) };
        let floors = [("headings", headings), ("depth", headings), ("definition", definition)];
        for (what, floor) in floors {
            short.extend(falls(name, what, &scores[what], |score| score >= floor));
        }
        short.extend(falls(name, "extra", &scores["extra"], |score| score <= extra));
        short.extend(falls(name, "wrong", &scores["wrong"], |score| score <= 0.02));
        for (kind, score) in scores["by_kind"].as_object().into_iter().flatten() {
            short.extend(falls(name, kind, score, |score| score >= 0.93));
        }
    }
    assert!(short.is_empty(), "below the floor:\n{}", short.join("\n"));
}

/// The folders of reports whose references are known.
fn reports(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|report| report.join("gold.json").is_file()).collect();
    found.sort();
    found
}

/// What is to be said of a score that is not as it should be. A report without such references has none.
fn falls(report: &str, what: &str, score: &Value, holds: impl Fn(f64) -> bool) -> Option<String> {
    let score = score.as_f64()?;
    (!holds(score)).then(|| format!("{report}: {what} is {score}"))
}
