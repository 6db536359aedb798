//! The workspace as it changes: folders, files on the disk, settings; and what is open, which always wins.

use columnist_tests::client::Client;
use columnist_tests::drawing::Encoding;
use columnist_tests::folder::Folder;
use columnist_tests::profile::Profile;
use serde_json::{Value, json};

const ONE: &str = "//- een.md\n# 1 Begin\n";
const TWO: &str = "//- twee.md\n# 2 Vervolg\n";

/// The headings of all documents.
fn headings(client: &mut Client) -> Vec<String> {
    let found = client.request("workspace/symbol", json!({ "query": "" }));
    let found = found.as_array().expect("a list of headings").iter();
    let mut names: Vec<_> = found.map(|symbol| symbol["name"].as_str().expect("a name").to_owned()).collect();
    names.sort();
    names
}

/// Tells that files changed, and waits until the server has read them.
fn tell_changed(client: &mut Client, folder: &Folder, files: &[&str]) {
    let changes: Vec<_> = files.iter().map(|name| json!({ "uri": folder.uri(name), "type": 2 })).collect();
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    client.wait_for("the word that findings changed", |message| message["method"] == "workspace/diagnostic/refresh");
}

/// A client that is told when the server has read something, in a folder that was read.
fn told_client(folder: &Folder) -> Client {
    let mut client = Client::start(&Profile::rich(Encoding::Utf16).in_folder(folder));
    client.wait_for("the first reading", |message| message["method"] == "workspace/diagnostic/refresh");
    client
}

#[test]
fn folders_come_and_go() {
    let (one, two) = (Folder::new(ONE), Folder::new(TWO));
    let mut client = Client::start(&Profile::plain().in_folder(&one));
    assert_eq!(headings(&mut client), ["1 Begin"]);
    let change = |added: Value, removed: Value| json!({ "event": { "added": added, "removed": removed } });
    let folder = |folder: &Folder| json!([{ "uri": folder.uri(""), "name": "f" }]);
    client.notify("workspace/didChangeWorkspaceFolders", change(folder(&two), json!([])));
    assert_eq!(headings(&mut client), ["1 Begin", "2 Vervolg"]);
    client.notify("workspace/didChangeWorkspaceFolders", change(json!([]), folder(&one)));
    assert_eq!(headings(&mut client), ["2 Vervolg"]);
    client.notify("workspace/didChangeWorkspaceFolders", change(json!([]), folder(&two)));
    assert_eq!(headings(&mut client), Vec::<String>::new());
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn the_files_to_watch_are_registered_where_the_client_can() {
    let mut client = Client::start(&Profile::rich(Encoding::Utf16));
    let asked = client.wait_for("the registration", |message| message["method"] == "client/registerCapability");
    let registrations = asked["params"]["registrations"].as_array().expect("a list");
    let watch = registrations.iter().find(|one| one["method"] == "workspace/didChangeWatchedFiles").expect("files");
    let watchers = watch["registerOptions"]["watchers"].as_array().expect("a list");
    let globs: Vec<_> = watchers.iter().map(|watcher| watcher["globPattern"].as_str().expect("a pattern")).collect();
    assert_eq!(globs, ["**/columnist.toml", "**/.gitignore", "**/.ignore", "**/*.{md,markdown,txt,text}"]);
    assert!(registrations.iter().any(|one| one["method"] == "workspace/didChangeConfiguration"));

    let mut client = Client::start(&Profile::plain());
    let told = client.rest();
    assert!(told.iter().all(|message| message.get("id").is_none()), "it was asked what it cannot: {told:?}");
}

#[test]
fn files_are_made_changed_and_removed() {
    let folder = Folder::new(ONE);
    let mut client = told_client(&folder);
    assert_eq!(headings(&mut client), ["1 Begin"]);
    folder.write("diep/er/twee.md", "# 2 Vervolg\n");
    tell_changed(&mut client, &folder, &["diep/er/twee.md"]);
    assert_eq!(headings(&mut client), ["1 Begin", "2 Vervolg"]);
    folder.write("een.md", "# 1 Anders\n");
    tell_changed(&mut client, &folder, &["een.md"]);
    assert_eq!(headings(&mut client), ["1 Anders", "2 Vervolg"]);
    std::fs::remove_dir_all(folder.join("diep")).expect("it is there");
    tell_changed(&mut client, &folder, &["diep"]);
    assert_eq!(headings(&mut client), ["1 Anders"]);
}

#[test]
fn the_outline_of_the_report_goes_file_by_file() {
    let folder = Folder::new(
        "//- b/twee.md\n# 2 Vervolg\n\n## 2.1 Deel\n//- a.txt\nGeen kop, zoveel is zeker.\n//- c.md\n# Slot\n",
    );
    let mut client = Client::start(&Profile::rich(Encoding::Utf16).in_folder(&folder));
    let outline = client.request("columnist/reportOutline", json!({}));
    let shown = |document: &Value| {
        let names = document["symbols"].as_array().expect("a list").iter().map(|symbol| &symbol["name"]);
        format!("{}: {}", document["name"], names.map(Value::to_string).collect::<Vec<_>>().join(", "))
    };
    let documents = outline["documents"].as_array().expect("a list");
    assert_eq!(
        documents.iter().map(shown).collect::<Vec<_>>(),
        ["\"b/twee.md\": \"2 Vervolg\"", "\"c.md\": \"Slot\"",]
    );
}

#[test]
fn what_is_open_wins_over_the_disk() {
    let folder = Folder::new(ONE);
    let uri = folder.uri("een.md");
    let mut client = told_client(&folder);
    client.open(&uri, 1, "# 1 Open\n");
    assert_eq!(headings(&mut client), ["1 Open"]);
    folder.write("een.md", "# 1 Schijf\n");
    tell_changed(&mut client, &folder, &["een.md"]);
    assert_eq!(headings(&mut client), ["1 Open"]);
    client.close(&uri);
    client.wait_for("the file", |message| message["method"] == "workspace/diagnostic/refresh");
    assert_eq!(headings(&mut client), ["1 Schijf"]);
}

#[test]
fn what_gitignore_names_is_left_out() {
    let folder = Folder::new("//- een.md\n# 1 Begin\n//- weg/oud.md\n# 9 Oud\n//- .gitignore\nweg/\n");
    let mut client = told_client(&folder);
    assert_eq!(headings(&mut client), ["1 Begin"]);
    folder.write(".gitignore", "");
    tell_changed(&mut client, &folder, &[".gitignore"]);
    assert_eq!(headings(&mut client), ["1 Begin", "9 Oud"]);
}

#[test]
fn settings_of_a_folder_change_while_the_server_runs() {
    let folder = Folder::new("//- een.md\n# 1 Begin\n//- weg/oud.md\n# 9 Oud\n");
    let mut client = told_client(&folder);
    assert_eq!(headings(&mut client), ["1 Begin", "9 Oud"]);
    folder.write("columnist.toml", "[files]\nexclude = [\"weg\"]\n");
    tell_changed(&mut client, &folder, &["columnist.toml"]);
    assert_eq!(headings(&mut client), ["1 Begin"]);
}

/// Settings that switch the only finding off, as clients tell them.
#[test]
fn settings_of_the_editor_reach_the_findings_however_they_are_told() {
    let off = json!({ "checks": { "unresolved-reference": "off" } });
    let mut at_start = Profile::rich(Encoding::Utf16).pulling();
    at_start.options = off.clone();
    let mut in_section = at_start.clone();
    in_section.options = json!({ "columnist": off });
    let mut when_asked = Profile::rich(Encoding::Utf16).pulling();
    when_asked.answers.configuration = off.clone();
    let untold = Profile::rich(Encoding::Utf16).pulling();
    for (profile, findings) in [(at_start, 0), (in_section, 0), (when_asked, 0), (untold, 1)] {
        let mut client = Client::start(&profile);
        client.open("untitled:a.txt", 1, "Zie hoofdstuk 7 van dit verslag.\n");
        // Two readings: that of the folders, and, where settings came, that which follows them.
        client.rest();
        assert_eq!(client.pulled("untitled:a.txt").len(), findings, "{:?}", profile.options);
    }
    let mut plain = Profile::plain();
    plain.capabilities = json!({ "textDocument": { "diagnostic": {} } });
    let mut client = Client::start(&plain);
    client.open("untitled:a.txt", 1, "Zie hoofdstuk 7 van dit verslag.\n");
    assert_eq!(client.pulled("untitled:a.txt").len(), 1);
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "columnist": off } }));
    client.rest();
    assert_eq!(client.pulled("untitled:a.txt").len(), 0);
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    client.rest();
    assert_eq!(client.pulled("untitled:a.txt").len(), 0, "null says nothing");
}

#[test]
fn a_wrong_setting_is_told_to_the_user() {
    let mut profile = Profile::rich(Encoding::Utf16);
    profile.answers.configuration = json!({ "checks": { "merged-colums": "off" } });
    let mut client = Client::start(&profile);
    let told = client.wait_for("a message", |message| message["method"] == "window/showMessage");
    let message = told["params"]["message"].as_str().expect("a text");
    assert!(message.contains("merged-colums") && message.contains("merged-columns"), "{message}");
}
