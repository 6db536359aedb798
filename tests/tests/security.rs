//! What SECURITY.md promises, watched from outside: a hostile workspace, full of links and settings that lead out of it,
//! and every method that could follow them.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use columnist_tests::client::Client;
use columnist_tests::command::{columnist, run};
use columnist_tests::drawing::Encoding;
use columnist_tests::folder::Folder;
use columnist_tests::profile::Profile;
use columnist_tests::repository;
use columnist_tests::trace::{Call, Trace};
use serde_json::{Value, json};

/// Where the system keeps what every program needs: libraries, the clock's zone, what is known of the machine.
const SYSTEM: &[&str] = &["/lib", "/lib64", "/usr/lib", "/usr/share", "/etc/ld.so.", "/proc", "/sys", "/dev"];

/// Rules that are looked for above a folder too, as git and other tools look for them.
const RULES: &[&str] =
    &["columnist.toml", ".gitignore", ".ignore", ".rgignore", "exclude", "ignore", "config", ".gitconfig", "gitconfig"];

/// What nobody opened.
const SECRET: &str = "# 9 Geheim\n\nDit is geheim: zie hoofdstuk 1.\n";

/// A folder `report` that leads out in every way, and beside it what it leads to.
fn hostile() -> Folder {
    let folder = Folder::new(
        "
//- elders/geheim.md
//- elders/open.md
# 8 Open

Zie hoofdstuk 1.
//- report/columnist.toml
[files]
include = [\"../**\", \"/**\", \"*\"]
//- report/1.md
# 1 Begin

Lees [dit](../elders/geheim.md) en [dat](../elders/geheim.md#9-geheim), of <file:///etc/passwd> en
![plaat](../elders/geheim.md), [ver](../../../../../../etc/passwd), [web](https://example.org/). Zie hoofdstuk 9.
//- report/deel/2.txt
Hoofdstuk 2 Vervolg
",
    );
    folder.write("elders/geheim.md", SECRET);
    folder.write("elders/geheim.toml", "[geheim]\nsleutel = 1\n");
    symlink("../elders/geheim.md", folder.join("report/link.md")).expect("a link");
    symlink("../elders", folder.join("report/links")).expect("a link");
    symlink("../../elders/geheim.toml", folder.join("report/deel/columnist.toml")).expect("a link");
    symlink("/etc/passwd", folder.join("report/passwd.txt")).expect("a link");
    folder
}

/// Where a path of a call leads, from the folder in which the program runs.
fn place(folder: &Path, path: &Path) -> PathBuf {
    let path = folder.join(path);
    path.canonicalize().unwrap_or(path)
}

/// What is said of calls that no rule allows; the first call is the start of the program itself.
fn offences(calls: &[Call], folder: &Path, may_read: &[&Path], may_change: &[&Path]) -> Vec<String> {
    let within = |path: &PathBuf, places: &[&Path]| places.iter().any(|place| path.starts_with(place));
    let system = |path: &PathBuf| SYSTEM.iter().any(|place| path.to_string_lossy().starts_with(place));
    let rule = |path: &PathBuf| RULES.iter().any(|name| path.file_name().is_some_and(|file| file == *name));
    let started = calls.iter().position(|call| call.name == "execve").map_or(0, |first| first + 1);
    let mut offences = Vec::new();
    for call in calls[started..].iter().filter(|call| !call.failed()) {
        let paths: Vec<_> = call.paths().iter().map(|path| place(folder, path)).collect();
        let wrong = call.starts_a_process()
            || call.uses_a_network()
            || call.changes() && !paths.iter().all(|path| within(path, may_change) || path.starts_with("/dev"))
            || call.reads() && !paths.iter().all(|path| within(path, may_read) || system(path) || rule(path));
        if wrong {
            offences.push(format!("{}({}", call.name, call.rest));
        }
    }
    offences
}

#[test]
fn the_server_starts_nothing_writes_nothing_and_reads_nothing_that_was_not_opened() {
    let folder = hostile();
    let (report, outside) = (folder.join("report"), folder.join("elders/open.md"));
    let Some((trace, mut command)) = Trace::new(folder.path()) else { return };
    // What can be made again may be kept where the system keeps such things.
    let cache = folder.join("cache");
    command.env("XDG_CACHE_HOME", &cache);
    let mut profile = Profile::rich(Encoding::Utf8).pulling();
    profile.folders = json!([{ "uri": folder.uri("report"), "name": "report" }]);
    let mut client = Client::start_with(command, &profile);
    let opened =
        ["report/1.md", "report/deel/2.txt", "report/columnist.toml", "elders/open.md"].map(|name| folder.uri(name));
    for (uri, name) in
        opened.iter().zip(["report/1.md", "report/deel/2.txt", "report/columnist.toml", "elders/open.md"])
    {
        // A sign that no encoding has makes the server look at the file itself.
        client.open(uri, 1, &(String::from_utf8(folder.read(name)).expect("a text") + "\u{fffd}\n"));
    }
    let symbols = client.request("workspace/symbol", json!({ "query": "" })).to_string();
    assert!(symbols.contains("Begin") && symbols.contains("Open") && !symbols.contains("Geheim"), "{symbols}");
    for uri in &opened {
        ask_everything(&mut client, uri);
    }
    let changed: Vec<Value> =
        ["report/link.md", "report/links/geheim.md", "report/../elders/geheim.md", "elders/geheim.md"]
            .map(|name| json!({ "uri": folder.uri(name), "type": 2 }))
            .into();
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changed }));
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": folder.uri("elders/geheim.md") } }));
    let symbols = client.request("workspace/symbol", json!({ "query": "geheim" })).to_string();
    assert!(!symbols.contains("Geheim"), "{symbols}");
    assert_eq!(client.leave(), Some(0));

    let calls = trace.calls();
    assert!(
        calls.iter().any(|call| call.reads() && call.paths().contains(&report.join("1.md"))),
        "nothing was watched"
    );
    let own = repository().join("data");
    let offences = offences(&calls, folder.path(), &[&report, &outside, &own, &cache], &[&cache]);
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

/// Every request that could lead somewhere, at every place of interest of a document.
fn ask_everything(client: &mut Client, uri: &str) {
    let document = json!({ "uri": uri });
    for method in ["documentSymbol", "documentLink", "foldingRange", "codeLens", "diagnostic", "semanticTokens/full"] {
        let _ = ask(client, &format!("textDocument/{method}"), json!({ "textDocument": document }));
    }
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    for method in ["codeAction", "inlayHint"] {
        let params = json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } });
        let _ = ask(client, &format!("textDocument/{method}"), params);
    }
    for (line, character) in [(0, 3), (2, 7), (2, 40), (2, 75), (3, 5), (3, 40), (3, 100)] {
        let at = json!({ "line": line, "character": character });
        for method in [
            "definition",
            "declaration",
            "references",
            "documentHighlight",
            "hover",
            "completion",
            "prepareRename",
            "rename",
        ] {
            let context = json!({ "includeDeclaration": true });
            let params = json!({ "textDocument": document, "position": at, "newName": "7", "context": context });
            let _ = ask(client, &format!("textDocument/{method}"), params);
        }
        for command in ["repair", "notMerged", "mergeBack", "status"] {
            let argument = json!({ "uri": uri, "position": at });
            let params = json!({ "command": format!("columnist/{command}"), "arguments": [argument] });
            let _ = ask(client, "workspace/executeCommand", params);
        }
    }
    let moved = json!({ "oldUri": uri, "newUri": format!("{uri}.moved") });
    let _ = ask(client, "workspace/willRenameFiles", json!({ "files": [moved] }));
    let _ = ask(client, "columnist/readingOrder", json!({ "textDocument": document }));
}

/// The answer to a request, or the refusal: which of them, is for other tests.
fn ask(client: &mut Client, method: &str, params: Value) -> Result<Value, Value> {
    let id = client.ask(method, params);
    client.answer(id)
}

#[test]
fn a_link_out_of_the_folders_leads_nowhere_and_says_so() {
    let folder = hostile();
    let mut profile = Profile::rich(Encoding::Utf8);
    profile.folders = json!([{ "uri": folder.uri("report"), "name": "report" }]);
    let mut client = Client::start(&profile);
    let uri = folder.uri("report/1.md");
    client.open(&uri, 1, &String::from_utf8(folder.read("report/1.md")).expect("a text"));
    let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 2, "character": 7 } });
    assert_eq!(client.request("textDocument/definition", at.clone()), json!([]));
    let hover = client.request("textDocument/hover", at)["contents"]["value"].to_string();
    assert!(hover.contains("leads out of the open folders") && hover.contains("It is not followed"), "{hover}");
    let links = client.request("textDocument/documentLink", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(links, json!([]));
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn a_repair_writes_in_the_folder_that_it_was_given_and_nowhere_else() {
    let folder = hostile();
    let merged = fs::read(repository().join("examples/report/1-haven.txt")).expect("the example is there");
    folder.write("report/blad.txt", merged);
    let Some((trace, mut command)) = Trace::new(folder.path()) else { return };
    command.args(["fix", "--unsafe", "report"]);
    let repaired = run(command, b"");
    assert!(repaired.err.contains("1 repair made"), "{repaired}");
    let (calls, report, own) = (trace.calls(), folder.join("report"), repository().join("data"));
    assert!(calls.iter().any(|call| call.changes() && !call.failed()), "nothing was watched");
    // The folder as it was named is looked at too: it is an argument.
    let offences = offences(&calls, folder.path(), &[&report, &own], &[&report]);
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn links_out_of_a_folder_are_told_and_read_when_they_are_named() {
    let folder = hostile();
    let told = columnist(folder.path(), &["outline", "report"]);
    assert!(!told.out.contains("Geheim"), "{told}");
    assert!(told.err.contains("could not read `report/link.md`: it is a link that leads out of the folder"), "{told}");
    assert!(told.err.contains("name this link itself"), "{told}");
    let named = columnist(folder.path(), &["outline", "report/link.md"]);
    assert!(named.out.contains("Geheim"), "{named}");
}

#[test]
fn links_within_a_folder_that_was_opened_by_a_link_lead_nowhere_else() {
    let folder = Folder::new("//- report/1.md\n# 1 Begin\n");
    symlink("1.md", folder.join("report/nogmaals.md")).expect("a link");
    symlink("report", folder.join("spiegel")).expect("a link");
    let told = columnist(folder.path(), &["outline", "spiegel"]);
    assert_eq!((told.out.lines().count(), told.err.as_str()), (1, ""), "{told}");
}

#[test]
fn a_settings_file_that_is_a_link_to_something_else_does_not_show_it() {
    let folder = hostile();
    let told = columnist(folder.path(), &["check", "report"]);
    assert!(!format!("{told}").contains("sleutel") && !format!("{told}").contains("[geheim]"), "{told}");
    let words = "could not read `report/deel/columnist.toml`: it is a link that leads out of the folder";
    assert!(told.err.contains(words), "{told}");
}

#[test]
fn what_steers_a_terminal_or_turns_the_text_is_shown_harmless() {
    let folder = Folder::new("");
    let text = "# Hoofdstuk 1: Kop\u{1b}[2J\u{202e}fdp\n\nZie ook hoofdstuk 1 van dit verslag.\n\n\
                <!-- columnist-off \u{1b}[31mrood\u{202e} -->\n";
    folder.write("een.md", text);
    let mut client = Client::start(&Profile::rich(Encoding::Utf8).in_folder(&folder));
    let uri = folder.uri("een.md");
    client.open(&uri, 1, text);
    let document = json!({ "textDocument": { "uri": uri } });
    let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 2, "character": 12 } });
    let mut shown = vec![json!(client.pushed(&uri, Some(1)))];
    shown.push(client.request("textDocument/documentSymbol", document.clone()));
    shown.push(client.request("workspace/symbol", json!({ "query": "kop" })));
    shown.push(client.request("textDocument/hover", at));
    shown.push(client.request("textDocument/documentLink", document));
    assert!(shown.iter().all(|shown| shown.to_string().len() > 4), "{shown:#?}");
    for shown in shown {
        let steers = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let strings = strings(&shown);
        let odd: Vec<_> = strings.iter().filter(|text| text.replace('\n', "").contains(steers)).collect();
        assert!(odd.is_empty(), "{odd:?}");
    }
}

/// Every text in a value.
fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::Object(keys) => keys.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_folder_that_is_not_trusted_names_no_program_to_vs_code() {
    let package = fs::read_to_string(repository().join("editors/vscode/package.json")).expect("it is there");
    let package: Value = serde_json::from_str(&package).expect("JSON");
    let untrusted = &package["capabilities"]["untrustedWorkspaces"];
    assert_eq!(untrusted["supported"], "limited");
    let restricted: BTreeSet<&str> =
        untrusted["restrictedConfigurations"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let settings = package["contributes"]["configuration"]["properties"].as_object();
    let settings = settings.expect("the extension has settings");
    // Whatever names something to run, or a place, is for the person to set.
    let names_a_place =
        |key: &&String| ["path", "command", "program", "folder", "arg"].iter().any(|word| key.contains(word));
    let places: BTreeSet<&str> = settings.keys().filter(names_a_place).map(String::as_str).collect();
    assert!(places.contains("columnist.server.path"), "{places:?}");
    assert_eq!(places.difference(&restricted).count(), 0, "{places:?} {restricted:?}");
    for key in &restricted {
        assert!(
            ["machine", "machine-overridable"].contains(&settings[*key]["scope"].as_str().unwrap_or_default()),
            "{key}"
        );
    }
}
