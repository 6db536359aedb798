//! Files with names that not every system has, files that are slow, and the many ways to write a URI: each document is
//! one, and no two are the same.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use columnist_tests::client::{self, Client};
use columnist_tests::drawing::Encoding;
use columnist_tests::folder::Folder;
use columnist_tests::profile::Profile;
use columnist_tests::program;
use serde_json::json;

/// The names in the outline of a document.
fn outline(client: &mut Client, uri: &str) -> Vec<String> {
    let symbols = client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
    let symbols = symbols.as_array().map(Vec::as_slice).unwrap_or_default().iter();
    symbols.map(|symbol| symbol["name"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn a_document_is_the_same_however_its_uri_is_escaped() {
    let mut client = Client::start(&Profile::rich(Encoding::Utf16));
    for (opened, asked) in [
        ("file:///c%3A/verslag/a%20b.md", "file:///c:/verslag/a%20b.md"),
        ("file:///verslag/%C3%A9%C3%A9n.md", "file:///verslag/%c3%a9%c3%a9n.md"),
        ("file:///verslag/./deel/../x.md", "file:///verslag/%78.md"),
        ("file://localhost/verslag/y.md", "file:///verslag/y.md"),
    ] {
        client.open(opened, 1, "# Kop\n");
        assert_eq!(outline(&mut client, asked), ["Kop"], "{asked}");
        client.close(opened);
        assert_eq!(outline(&mut client, asked), [""; 0], "{asked}");
    }
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn no_two_files_are_one_document_and_each_keeps_its_text() {
    let mut client = Client::start(&Profile::rich(Encoding::Utf16));
    // Bytes that are no text, a NUL, machines of others, case, escaped slashes.
    let all = [
        "file:///verslag/a.md",
        "file:///verslag/a%FF.md",
        "file:///verslag/a%FE.md",
        "file:///verslag/a%EF%BF%BD.md",
        "file:///verslag/a%00.md",
        "file://server/verslag/a.md",
        "file:///Verslag/a.md",
        "file:///verslag/%5C%5Cserver%5Ca.md",
        "untitled:/verslag/a.md",
    ];
    for (number, uri) in all.iter().enumerate() {
        client.open(uri, 1, &format!("# Kop {number}\n"));
    }
    for (number, uri) in all.iter().enumerate() {
        assert_eq!(outline(&mut client, uri), [format!("Kop {number}")], "{uri}");
    }
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn a_reference_leads_to_a_file_whose_name_is_no_text() {
    let folder = Folder::new("//- een.md\nZie hoofdstuk 2 van dit verslag.\n");
    if fs::write(folder.path().join(OsStr::from_bytes(b"twee\xff.md")), "# Hoofdstuk 2: Vervolg\n").is_err() {
        println!("skipped: names are texts on this disk");
        return;
    }
    let mut client = Client::start(&Profile::rich(Encoding::Utf16).in_folder(&folder));
    client.open(&folder.uri("een.md"), 1, "Zie hoofdstuk 2 van dit verslag.\n");
    let at = json!({ "line": 0, "character": 8 });
    let uri = json!({ "uri": folder.uri("een.md") });
    let links = client.request("textDocument/definition", json!({ "textDocument": uri, "position": at }));
    assert_eq!(links[0]["targetUri"], folder.uri("twee%FF.md"), "{links}");
    client.open(&folder.uri("twee%FF.md"), 1, "# Hoofdstuk 3: Anders\n");
    let links = client.request("textDocument/definition", json!({ "textDocument": uri, "position": at }));
    assert_eq!(links.as_array().map_or(0, Vec::len), 0, "the editor's text is what counts: {links}");
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn a_disk_that_is_slow_keeps_nobody_waiting_who_does_not_need_it() {
    let text = "# Kop\n\nZie hoofdstuk 2 van dit verslag.\n";
    let folder = Folder::new("//- een.md\n# Kop\n//- traag.md\n# Hoofdstuk 2: Vervolg\n");
    let slow = || {
        let mut slow = client::command(Path::new("strace"));
        slow.args(["-f", "-qq", "-o", "/dev/null", "-P"]).arg(folder.join("traag.md"));
        slow.args(["-e", "trace=openat", "-e", "inject=openat:delay_enter=2000000"]).arg(program());
        slow
    };
    if !slow().arg("--version").output().is_ok_and(|probe| probe.status.success()) {
        println!("skipped: strace cannot be used here, so no disk is slow");
        return;
    }
    let mut client = Client::start_with(slow(), &Profile::rich(Encoding::Utf16).in_folder(&folder));
    let document = json!({ "uri": folder.uri("een.md") });
    client.open(&folder.uri("een.md"), 1, text);
    let at = json!({ "line": 2, "character": 8 });
    let definition = client.ask("textDocument/definition", json!({ "textDocument": document, "position": at }));
    let outline = client.ask("textDocument/documentSymbol", json!({ "textDocument": document }));
    let first = client.wait_for("an answer", |message| message.get("method").is_none());
    assert_eq!(first["id"], outline, "{first}");
    let links = client.answer(definition).expect("an answer");
    assert_eq!(links[0]["targetUri"], folder.uri("traag.md"), "{links}");
    assert_eq!(client.leave(), Some(0));
}
