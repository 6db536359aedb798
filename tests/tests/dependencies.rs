//! What deny.toml allows the packages of others to be, kept without a network and without another tool: licences,
//! sources, duplicates, lock files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use columnist_tests::repository;
use serde_json::Value;

fn read(name: &str) -> String {
    fs::read_to_string(repository().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A list of texts in deny.toml.
fn allowed(table: &str, key: &str) -> BTreeSet<String> {
    let deny: toml::Table = read("deny.toml").parse().expect("deny.toml is TOML");
    let list = deny[table][key].as_array().unwrap_or_else(|| panic!("no {table}.{key}"));
    list.iter().map(|item| item.as_str().expect("a text").to_owned()).collect()
}

/// Every package that is built from, as cargo tells it, for the workspace of this manifest.
fn packages(manifest: &str) -> Vec<Value> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version", "1", "--locked", "--manifest-path"]).arg(repository().join(manifest));
    let told = cargo.output().expect("cargo starts");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told: Value = serde_json::from_slice(&told.stdout).expect("cargo tells JSON");
    told["packages"].as_array().expect("a list of packages").clone()
}

/// The names of what is really built, with every feature of ours, each with its versions: the packages above may also be
/// ones that a feature would ask for which nobody has switched on.
fn built() -> BTreeMap<String, BTreeSet<String>> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(repository()).args(["tree", "--locked", "--workspace", "--all-features", "--target", "all"]);
    let told = cargo.args(["--prefix", "none", "--format", "{p}"]).output().expect("cargo starts");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in String::from_utf8(told.stdout).expect("names are text").lines() {
        let mut words = line.split_whitespace();
        let (Some(name), Some(version)) = (words.next(), words.next()) else { continue };
        versions.entry(name.to_owned()).or_default().insert(version.trim_start_matches('v').to_owned());
    }
    versions
}

fn text<'v>(package: &'v Value, key: &str) -> &'v str {
    package[key].as_str().unwrap_or_default()
}

/// Whether an expression of licences (SPDX) can be met with some of them.
fn is_met(expression: &str, by: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = &words[..];
    let met = any_of(&mut rest, by);
    assert!(rest.is_empty(), "{expression} is not understood");
    met
}

fn any_of(words: &mut &[&str], by: &BTreeSet<String>) -> bool {
    let mut met = all_of(words, by);
    while let Some(("OR", rest)) = split(words) {
        *words = rest;
        met |= all_of(words, by);
    }
    met
}

fn all_of(words: &mut &[&str], by: &BTreeSet<String>) -> bool {
    let mut met = one(words, by);
    while let Some(("AND", rest)) = split(words) {
        *words = rest;
        met &= one(words, by);
    }
    met
}

fn one(words: &mut &[&str], by: &BTreeSet<String>) -> bool {
    let Some((word, rest)) = split(words) else { return false };
    *words = rest;
    if word == "(" {
        let met = any_of(words, by);
        *words = words.get(1..).unwrap_or_default();
        return met;
    }
    match split(words) {
        Some(("WITH", rest)) => {
            *words = rest.get(1..).unwrap_or_default();
            by.contains(&format!("{word} WITH {}", rest.first().unwrap_or(&"")))
        }
        _ => by.contains(word),
    }
}

fn split<'w, 's>(words: &&'s [&'w str]) -> Option<(&'w str, &'s [&'w str])> {
    words.split_first().map(|(first, rest)| (*first, rest))
}

#[test]
fn expressions_of_licences_are_understood() {
    let by = BTreeSet::from(["MIT".to_owned(), "Unicode-3.0".to_owned()]);
    for met in ["MIT", "Apache-2.0 OR MIT", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
        assert!(is_met(met, &by), "{met}");
    }
    for unmet in ["", "GPL-3.0", "MIT AND GPL-3.0", "Apache-2.0 WITH LLVM-exception", "(MIT OR X) AND Y"] {
        assert!(!is_met(unmet, &by), "{unmet}");
    }
}

#[test]
fn every_licence_lets_the_program_be_given_away() {
    let licences = allowed("licenses", "allow");
    for package in packages("Cargo.toml") {
        let licence = text(&package, "license");
        assert!(is_met(licence, &licences), "{} is under `{licence}`", text(&package, "name"));
    }
}

#[test]
fn packages_come_from_the_registry_alone() {
    for manifest in ["Cargo.toml", "tests/fuzz/Cargo.toml"] {
        for package in packages(manifest) {
            let (name, source) = (text(&package, "name"), text(&package, "source"));
            let ours = source.is_empty() && Path::new(text(&package, "manifest_path")).starts_with(repository());
            assert!(ours || source == "registry+https://github.com/rust-lang/crates.io-index", "{name}: {source:?}");
        }
    }
}

#[test]
fn no_package_is_there_twice_but_those_that_are_named() {
    let versions = built();
    assert!(versions.contains_key("columnist") && versions.len() > 100, "cargo tells too few: {versions:?}");
    let skipped = allowed("bans", "skip");
    let twice: Vec<_> = versions.iter().filter(|(_, versions)| versions.len() > 1).collect();
    for (name, versions) in &twice {
        let surplus = versions.iter().filter(|version| {
            !skipped.iter().any(|skip| skip.split_once('@').is_some_and(|(of, old)| of == **name && old == **version))
        });
        assert_eq!(surplus.count(), 1, "{name}: {versions:?}");
    }
    assert_eq!(twice.len(), skipped.len(), "deny.toml names what is not there twice: {twice:?}");
}

#[test]
fn what_is_locked_is_locked_with_its_checksum() {
    let locked: toml::Table = read("Cargo.lock").parse().expect("Cargo.lock is TOML");
    let packages = locked["package"].as_array().expect("a list of packages");
    for package in packages.iter().filter(|package| package.get("source").is_some()) {
        assert_eq!(package["checksum"].as_str().map(str::len), Some(64), "{package}");
    }
    let node: Value = serde_json::from_str(&read("editors/vscode/package-lock.json")).expect("JSON");
    for (name, package) in node["packages"].as_object().expect("packages").iter().filter(|(name, _)| !name.is_empty()) {
        assert!(text(package, "integrity").starts_with("sha512-"), "{name} has no checksum");
    }
}
