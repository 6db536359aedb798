//! Texts of other people's making, which are no transcriptions: package documentation, licences, change logs, lists,
//! subtitles, whatever lies on the machine. The extensions look at every text file that somebody opens, so on these the
//! checks hold their tongue. None of them is part of the repository: which are read is told by a rule and a seed, and
//! where there are too few the test says so and passes. `COLUMNIST_TEXTS` names other folders to look in, colons between
//! them; `COLUMNIST_TEXTS_ALL=1` reads all that fits, and tells what was found:
//!
//!     COLUMNIST_TEXTS_ALL=1 cargo test -p columnist-tests --test silence -- --nocapture

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use columnist_tests::chance::Chance;
use columnist_tests::repository;
use report::name::Name;
use report::workspace::Workspace;
use transcript::check::{DOUBTFUL_SPLIT, MERGED_COLUMNS};
use transcript::columns::Model;
use transcript::lines::{Format, Lines};

/// The least there must be to speak of: texts, and kinds of them.
const ENOUGH: (usize, usize) = (500, 10);

/// The seed of the draw, and how many texts of a kind it draws at most.
const DRAW: (u64, usize) = (20_220_417, 90);

/// What a machine of other texts may bring of findings of columns, beside those that a reader agreed with: they are
/// told, and have to be read.
const TO_BE_READ: usize = 2;

/// Ends of the paths of texts that a reader would say are set in columns: there a finding of columns is right.
/// (Names with what each did beside them.)
const SET_IN_COLUMNS: &[&str] = &["libmpfr6/AUTHORS"];

/// The sizes that are read, in bytes: a line or two is no text, and a novel holds up the others.
const SIZES: std::ops::Range<u64> = 200..200_000;

/// What a file is called, in small letters, by kind; the first that fits counts. A slash matches in the path, a hyphen
/// at the end of a word means that the name only starts so.
const KINDS: &[(&str, &[&str])] = &[
    ("cmake", &["cmakelists.txt"]),
    ("requirements", &["requirements-"]),
    ("package metadata", &["sources.txt", "top_level.txt", "entry_points.txt", "dependency_links.txt", "record.txt"]),
    ("subtitles", &[".srt", ".vtt", ".sbv"]),
    ("tables", &[".csv", ".tsv"]),
    ("licence", &["license-", "licence-", "copying-", "copyright-", "unlicense-", "notice-", "/common-licenses/"]),
    ("rfc", &["rfc-"]),
    ("release notes", &["/relnotes/", "release-", "releases-"]),
    ("change log", &["changelog-", "changes-", "history-", "news-", "changelog"]),
    ("people", &["authors-", "contributors-", "thanks-", "credits-", "maintainers-"]),
    ("house rules", &["contributing-", "code_of_conduct-", "security-", "governance-"]),
    ("what is to be done", &["todo-", "install-", "bugs-", "hacking-", "upgrading-", "faq-"]),
    ("read me", &["readme-"]),
    ("help", &["/vim90/doc/", "/vim-ale/doc/", "/doc/git/", "/runtime/doc/"]),
    ("verse", &["poem-", "verse-", "sonnet-", "haiku-"]),
    ("test data", &["/tests/", "/test/", "/testdata/", "/fixtures/", "/test-data/"]),
    ("guide", &["/docs/", "/doc/", "/guide/", "/book/"]),
    ("markdown", &[".md", ".markdown"]),
    ("text", &[".txt", ".text"]),
];

#[test]
fn texts_that_are_no_transcriptions_are_left_alone() {
    let mut texts = texts();
    let (kinds, all) = (texts.len(), texts.values().map(Vec::len).sum::<usize>());
    if all < ENOUGH.0 || kinds < ENOUGH.1 {
        println!("skipped: {all} texts of {kinds} kinds on this machine; {} of {} are needed", ENOUGH.0, ENOUGH.1);
        return;
    }
    let everything = std::env::var_os("COLUMNIST_TEXTS_ALL").is_some();
    let mut chance = Chance::new(DRAW.0);
    let mut told = Vec::new();
    let mut read = 0;
    let model = model();
    for (kind, paths) in &mut texts {
        let wanted = if everything { paths.len() } else { DRAW.1.min(paths.len()) };
        // Drawn without putting back.
        for at in 0..wanted {
            let other = at + chance.below(paths.len() - at);
            paths.swap(at, other);
        }
        println!("{kind}: {wanted} of {}", paths.len());
        read += wanted;
        told.extend(paths[..wanted].iter().flat_map(|path| findings(path, &model)));
    }
    println!("{read} texts of {kinds} kinds, {} findings", told.len());
    assert!(read >= ENOUGH.0, "too few texts were drawn");
    let (columns, others): (Vec<_>, Vec<_>) = told.into_iter().partition(|told| told.contains(MERGED_COLUMNS));
    columns.iter().for_each(|told| println!("to be read: {told}"));
    assert!(others.is_empty(), "{} findings where there should be none:\n{}", others.len(), others.join("\n"));
    assert!(columns.len() <= TO_BE_READ, "{} texts are said to be merged:\n{}", columns.len(), columns.join("\n"));
}

/// The texts on this machine, by kind, in the order of their paths; of those that are the same the first.
fn texts() -> BTreeMap<&'static str, Vec<PathBuf>> {
    let mut found: BTreeMap<&str, Vec<PathBuf>> = BTreeMap::new();
    let mut seen = HashSet::new();
    for folder in folders() {
        let mut files = Vec::new();
        walk(&folder, &mut files);
        for path in files {
            let Some(kind) = kind(&path) else { continue };
            let Ok(text) = fs::read_to_string(&path) else { continue };
            if !text.contains('\0') && seen.insert(text) {
                found.entry(kind).or_default().push(path);
            }
        }
    }
    found
}

/// Where other people's texts lie: what the system's packages brought, and the sources of the crates.
fn folders() -> Vec<PathBuf> {
    if let Some(folders) = std::env::var_os("COLUMNIST_TEXTS") {
        return std::env::split_paths(&folders).collect();
    }
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let system = ["/usr/share", "/usr/lib", "/usr/local/lib", "/usr/local/share"].map(PathBuf::from);
    system.into_iter().chain(home.map(|home| home.join("registry/src"))).collect()
}

/// The files of a folder and those below that are of a size to be read, in order, links not followed.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let mut entries: Vec<_> = entries.map(|entry| entry.path()).filter(|path| path != repository()).collect();
    entries.sort();
    for path in entries {
        match path.symlink_metadata() {
            Ok(meta) if meta.is_dir() => walk(&path, files),
            Ok(meta) if meta.is_file() && SIZES.contains(&meta.len()) => files.push(path),
            _ => {}
        }
    }
}

/// What a file is by its name; none where it is no text.
fn kind(path: &Path) -> Option<&'static str> {
    let whole = path.to_str()?.to_lowercase();
    let name = path.file_name()?.to_str()?.to_lowercase();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if !matches!(extension, "" | "txt" | "text" | "md" | "markdown" | "srt" | "vtt" | "sbv" | "csv" | "tsv") {
        return None;
    }
    let fits = |pattern: &&str| match pattern.strip_suffix('-') {
        Some(start) => {
            name.strip_prefix(start).is_some_and(|rest| !rest.starts_with(|sign: char| sign.is_alphabetic()))
        }
        None if pattern.starts_with('/') => !extension.is_empty() && whole.contains(pattern),
        None if pattern.starts_with('.') => name.ends_with(pattern),
        None => name == **pattern,
    };
    KINDS.iter().find(|(_, patterns)| patterns.iter().any(&fits)).map(|(kind, _)| *kind)
}

/// What is said of a text, as somebody sees it who opens that file alone.
fn findings(path: &Path, model: &Arc<Model>) -> Vec<String> {
    let Ok(text) = fs::read_to_string(path) else { return Vec::new() };
    let marked = path.extension().is_some_and(|extension| extension == "md" || extension == "markdown");
    let name = Name::file(Path::new("/alone").join(path.file_name().unwrap_or_default()));
    let mut workspace = Workspace::new(model.clone());
    workspace.set_roots(vec![PathBuf::from("/alone")]);
    workspace.open(name.clone(), if marked { Format::Markdown } else { Format::Plain }, &text);
    let lines = Lines::new(&text);
    let columns = |code: &str| code == MERGED_COLUMNS || code == DOUBTFUL_SPLIT;
    let in_columns = SET_IN_COLUMNS.iter().any(|end| path.ends_with(end));
    let counts = |code: &str| !columns(code) || !in_columns;
    let reported = workspace.findings(&name).into_iter().filter(|reported| counts(reported.finding.code));
    let told = reported.map(|reported| {
        let line = lines.line_of(reported.finding.span.start);
        let (code, message) = (reported.finding.code, &reported.finding.message);
        format!("{}:{}: {code}: {message}\n    {}", path.display(), line + 1, lines.line(line).trim())
    });
    told.collect()
}

/// The model that the program carries.
fn model() -> Arc<Model> {
    let read = |name: &str| fs::read(repository().join("data").join(name)).expect("the model is in the repository");
    Arc::new(Model::from_bytes(read("junctions.bin"), &read("judge.bin")).expect("the model is one"))
}
