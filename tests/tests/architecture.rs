//! What ARCHITECTURE.md promises, kept: which package may depend on what, which module may import which, and that a
//! file says what it knows and stays readable.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use columnist_tests::repository;

/// The packages whose `lib.rs` states the order of its modules, each importing only from those above it.
const ORDERED: &[&str] = &["transcript", "report", "lsp"];

/// What a package must never depend on, however useful it would be.
const WALLS: &[(&str, &[&str])] = &[
    ("transcript", &["tower-lsp", "tokio", "report", "lsp", "ignore", "tempfile", "rayon", "tracing", "serde_json"]),
    ("report", &["tower-lsp", "tokio", "lsp", "clap"]),
    ("lsp", &["ropey", "pulldown-cmark", "regex", "ignore", "clap"]),
];

/// Names that say nothing of what a module knows.
const EMPTY_NAMES: &[&str] = &["utils", "util", "common", "manager", "helpers", "helper", "types", "misc"];

#[test]
fn packages_keep_their_walls() {
    for (package, forbidden) in WALLS {
        let manifest = read(&repository().join("server").join(package).join("Cargo.toml"));
        let dependencies = dependencies(&manifest);
        assert!(!dependencies.is_empty(), "{package}: no dependencies were read");
        for name in *forbidden {
            assert!(!dependencies.contains(*name), "server/{package} must not depend on {name}");
        }
    }
}

/// The names under `[dependencies]`; what only tests use is no wall's business.
fn dependencies(manifest: &str) -> BTreeSet<&str> {
    let section = manifest.split("\n[dependencies]\n").nth(1).unwrap_or("");
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    lines.filter_map(|line| line.split(['.', ' ', '=']).next()).filter(|name| !name.is_empty()).collect()
}

#[test]
fn modules_import_only_from_above() {
    for package in ORDERED {
        let source = repository().join("server").join(package).join("src");
        let violations = violations(&source);
        assert!(violations.is_empty(), "imports that point down:\n{}", violations.join("\n"));
    }
}

/// Every import in a package's sources that names a module standing below the importing one in `lib.rs`.
fn violations(source: &Path) -> Vec<String> {
    let lib = read(&source.join("lib.rs"));
    let order = order(&lib);
    let mut violations = Vec::new();
    for file in rust_files(source) {
        let inside = file.strip_prefix(source).expect("the file lies in the folder");
        let own = inside.components().next().expect("it has a name").as_os_str().to_string_lossy();
        let own = own.trim_end_matches(".rs").to_owned();
        let Some(rank) = order.iter().position(|module| *module == own) else { continue };
        for import in crate_imports(product(&read(&file))) {
            match order.iter().position(|module| *module == import) {
                Some(other) if other > rank => {
                    violations.push(format!("{}: `{own}` imports `{import}`, which stands below it", file.display()));
                }
                _ => {}
            }
        }
    }
    violations
}

/// The modules as `lib.rs` declares them, in order.
fn order(lib: &str) -> Vec<String> {
    let name = |line: &str| {
        let line = line.trim_start_matches("pub(crate) ").trim_start_matches("pub ");
        line.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')).map(str::to_owned)
    };
    lib.lines().filter_map(name).collect()
}

/// A file without its tests, which may look anywhere.
fn product(source: &str) -> &str {
    source.split("\n#[cfg(test)]\nmod tests").next().unwrap_or(source)
}

/// The first segments of every path that starts at the crate's root.
fn crate_imports(source: &str) -> BTreeSet<String> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let segment = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    code.split("crate::")
        .skip(1)
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(group) => {
                let group = group.split_once("};").map_or(group, |(inside, _)| inside);
                top_level(group).map(|part| segment(part.trim())).collect::<Vec<_>>()
            }
            None => vec![segment(rest)],
        })
        .filter(|name| !name.is_empty())
        .collect()
}

/// The parts of a group of imports between its outermost commas.
fn top_level(group: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    group.split(move |c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    })
}

#[test]
fn every_module_says_what_it_knows_and_stays_readable() {
    let mut faults = Vec::new();
    for file in rust_files(&repository().join("server")).chain(rust_files(&repository().join("tests"))) {
        let (text, name) = (read(&file), file.strip_prefix(repository()).expect("inside").display().to_string());
        if !text.starts_with("//!") {
            faults.push(format!("{name}: does not open with `//!`"));
        }
        if text.lines().count() > 500 {
            faults.push(format!("{name}: {} lines, which is probably two modules", text.lines().count()));
        }
        let stem = file.file_stem().expect("it has a name").to_string_lossy();
        if EMPTY_NAMES.contains(&&*stem) {
            faults.push(format!("{name}: a name that says nothing of what it knows"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_reader_of_imports_sees_what_it_should() {
    let source = "use crate::{span::Span, check::{self, a}, text};\n// crate::not\nfn f() -> crate::page::Page {}\n";
    assert_eq!(Vec::from_iter(crate_imports(source)), ["check", "page", "span", "text"]);
    assert_eq!(order("//! x\npub mod a;\npub(crate) mod b;\nmod c;\n#[cfg(test)]\nmod tests {}\n"), ["a", "b", "c"]);
    assert_eq!(
        Vec::from_iter(dependencies(
            "[package]\n\n[dependencies]\nserde.workspace = true\nx = { y = 1 }\n\n[dev-dependencies]\nz = 1\n"
        )),
        ["serde", "x"]
    );
}

/// The Rust files under a folder, in a stable order.
fn rust_files(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("a folder's entry").path();
            if path.is_dir() {
                // What was built there is nobody's to read.
                folders.extend((!path.ends_with("target")).then_some(path));
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files.into_iter()
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
