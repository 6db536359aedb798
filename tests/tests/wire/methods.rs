//! The methods around references over the wire: renaming in files that are open and in files that are not, and every
//! method for each of the real clients whose abilities are recorded beside the repository.

use std::fs;

use columnist_tests::client::Client;
use columnist_tests::corpora;
use columnist_tests::drawing::Encoding;
use columnist_tests::folder::Folder;
use columnist_tests::profile::Profile;
use serde_json::{Value, json};

const REPORT: &str = "
//- inhoud.txt
Inhoud

1.1 Haven \u{1F600} ......... 3
1.2 Sluis ............ 9
2.1 Kade ............. 12
//- haven.md
# 1.1 Haven \u{1F600}

De haven is diep.

## 1.1.1 Bodem

Zie [de bodem](#111-bodem).
//- verwijzing.txt
\u{1F600} Zie hoofdstuk 1.1 (Haven \u{1F600}) en paragraaf 1.1.1 hierna, in dit verslag.
";

/// The parameters of a request about a place in a file, which is named by what stands there first.
fn at(folder: &Folder, encoding: Encoding, name: &str, words: &str) -> Value {
    let text = String::from_utf8(folder.read(name)).expect("a text");
    let byte = text.find(words).unwrap_or_else(|| panic!("{name} has no {words:?}"));
    json!({ "textDocument": { "uri": folder.uri(name) }, "position": encoding.position(&text, byte) })
}

fn with(mut params: Value, key: &str, value: Value) -> Value {
    params[key] = value;
    params
}

/// A file as it would be after a change, by whichever of the two ways it was told.
fn after(folder: &Folder, encoding: Encoding, edit: &Value, name: &str) -> String {
    let (text, uri) = (String::from_utf8(folder.read(name)).expect("a text"), folder.uri(name));
    let changes = edit["documentChanges"].as_array();
    let change = changes.and_then(|all| all.iter().find(|change| change["textDocument"]["uri"] == uri));
    let edits = change.map_or(&edit["changes"][&uri], |change| &change["edits"]);
    encoding.edited(&text, edits.as_array().unwrap_or(&Vec::new()))
}

#[test]
fn a_chapter_is_renamed_in_all_files_and_encodings() {
    for encoding in Encoding::ALL {
        let folder = Folder::new(REPORT);
        let mut client = Client::start(&Profile::rich(encoding).in_folder(&folder));
        let text = String::from_utf8(folder.read("verwijzing.txt")).expect("a text");
        client.open(&folder.uri("verwijzing.txt"), 7, &text);
        let here = at(&folder, encoding, "verwijzing.txt", "1.1 (");
        let edit = client.request("textDocument/rename", with(here.clone(), "newName", json!("3.2")));
        let told = |name: &str| after(&folder, encoding, &edit, name);
        assert_eq!(
            told("inhoud.txt"),
            "Inhoud\n\n3.2 Haven \u{1F600} ......... 3\n1.2 Sluis ............ 9\n2.1 Kade ............. 12\n"
        );
        assert_eq!(
            told("haven.md"),
            "# 3.2 Haven \u{1F600}\n\nDe haven is diep.\n\n## 3.2.1 Bodem\n\nZie [de bodem](#321-bodem).\n"
        );
        assert_eq!(
            told("verwijzing.txt"),
            "\u{1F600} Zie hoofdstuk 3.2 (Haven \u{1F600}) en paragraaf 3.2.1 hierna, in dit verslag.\n"
        );
        // Open files are changed at the version that the change was made for, the others as they are on the disk.
        for change in edit["documentChanges"].as_array().expect("the client takes versions") {
            let open = change["textDocument"]["uri"] == folder.uri("verwijzing.txt");
            assert_eq!(change["textDocument"]["version"], if open { json!(7) } else { Value::Null });
        }
        let refusal = client.refusal("textDocument/rename", with(here, "newName", json!("2,3")));
        assert_eq!(refusal["code"], -32803);
        assert!(refusal["message"].as_str().is_some_and(|message| message.contains("no number")), "{refusal}");
        assert_eq!(client.leave(), Some(0));
    }
}

#[test]
fn a_file_that_changed_unseen_is_renamed_as_it_is_now() {
    let folder = Folder::new(REPORT);
    let encoding = Encoding::Utf16;
    let mut client = Client::start(&Profile::plain().in_folder(&folder));
    let text = String::from_utf8(folder.read("verwijzing.txt")).expect("a text");
    client.open(&folder.uri("verwijzing.txt"), 1, &text);
    let here = at(&folder, encoding, "verwijzing.txt", "1.1 (");
    client.request("textDocument/definition", here.clone());
    // This client watches no files: nobody tells the server.
    folder.write("haven.md", "Een regel erbij.\n\n# 1.1 Haven \u{1F600}\n");
    let edit = client.request("textDocument/rename", with(here, "newName", json!("3.2")));
    assert_eq!(after(&folder, encoding, &edit, "haven.md"), "Een regel erbij.\n\n# 3.2 Haven \u{1F600}\n");
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn every_real_client_gets_what_it_can_take() {
    let Some(shared) = corpora() else { return };
    let profiles = fs::read_dir(shared.join("editors/capabilities")).expect("the recorded abilities");
    let mut count = 0;
    for entry in profiles {
        let path = entry.expect("a file").path();
        let recorded: Value = serde_json::from_slice(&fs::read(&path).expect("it is there")).expect("it is JSON");
        check_client(&recorded["capabilities"]);
        count += 1;
    }
    assert!(count > 0, "no client is recorded");
}

/// Asks everything that is offered of a server that was greeted with these abilities.
fn check_client(abilities: &Value) {
    let folder = Folder::new(REPORT);
    let profile = Profile { capabilities: abilities.clone(), ..Profile::plain().in_folder(&folder) };
    let mut client = Client::start(&profile);
    let offered = client.capabilities.clone();
    let encoding = Encoding::ALL.into_iter().find(|encoding| offered["positionEncoding"] == encoding.name());
    let encoding = encoding.expect("an encoding that the protocol knows");
    let wished = &abilities["general"]["positionEncodings"];
    assert!(wished.as_array().map_or(encoding == Encoding::Utf16, |all| all.contains(&json!(encoding.name()))));
    for name in ["haven.md", "verwijzing.txt"] {
        client.open(&folder.uri(name), 1, &String::from_utf8(folder.read(name)).expect("a text"));
    }
    let reference = at(&folder, encoding, "verwijzing.txt", "1.1 (");
    let heading = at(&folder, encoding, "haven.md", "1.1");
    let document = json!({ "textDocument": heading["textDocument"] });

    for (method, ability) in [("definition", "definition"), ("declaration", "declaration")] {
        let found = client.request(&format!("textDocument/{method}"), reference.clone());
        let links = abilities["textDocument"][ability]["linkSupport"] == true;
        let key = if links { "targetUri" } else { "uri" };
        let file = if method == "definition" { "haven.md" } else { "inhoud.txt" };
        assert_eq!(found[0][key], folder.uri(file), "{method}: {found}");
    }
    let symbols = client.request("textDocument/documentSymbol", document.clone());
    let nested = abilities["textDocument"]["documentSymbol"]["hierarchicalDocumentSymbolSupport"] == true;
    assert_eq!(symbols[0].get("location").is_none(), nested);
    if nested {
        assert_eq!(symbols[0]["detail"], "7 lines");
        assert_eq!(symbols[0]["children"][0]["name"], "1.1.1 Bodem");
    }
    let prepares = abilities["textDocument"]["rename"]["prepareSupport"] == true;
    assert_eq!(offered["renameProvider"]["prepareProvider"] == true, prepares);
    let edit = client.request("textDocument/rename", with(heading.clone(), "newName", json!("4.1")));
    let versions = abilities["workspace"]["workspaceEdit"]["documentChanges"] == true;
    assert_eq!((edit.get("documentChanges").is_some(), edit.get("changes").is_none()), (versions, versions));
    assert!(after(&folder, encoding, &edit, "inhoud.txt").contains("4.1 Haven"));
    assert_eq!(
        offered["workspace"].get("fileOperations").is_some(),
        abilities["workspace"]["fileOperations"]["willRename"] == true
    );

    let places = with(reference.clone(), "context", json!({ "includeDeclaration": true }));
    assert_eq!(client.request("textDocument/references", places).as_array().map(Vec::len), Some(2));
    assert_eq!(client.request("textDocument/documentHighlight", reference.clone()).as_array().map(Vec::len), Some(1));
    assert_eq!(client.request("textDocument/documentLink", document.clone()).as_array().map(Vec::len), Some(1));
    assert_eq!(client.request("textDocument/foldingRange", document.clone()).as_array().map(Vec::len), Some(2));
    let cursors = with(document.clone(), "positions", json!([heading["position"]]));
    assert_eq!(client.request("textDocument/selectionRange", cursors).as_array().map(Vec::len), Some(1));
    let lenses = client.request("textDocument/codeLens", document);
    let lens = lenses.as_array().and_then(|all| all.iter().find(|lens| lens["data"]["references"].is_string()));
    let lens = client.request("codeLens/resolve", lens.expect("a lens for the chapter").clone());
    assert_eq!(lens["command"]["title"], "1 reference");
    let typed = at(&folder, encoding, "verwijzing.txt", ".1 (");
    let offers = client.request("textDocument/completion", typed);
    let labels: Vec<_> = offers["items"].as_array().into_iter().flatten().map(|item| &item["label"]).collect();
    assert_eq!(labels, ["1.1 Haven \u{1F600}", "1.1.1 Bodem", "1.2 Sluis"]);
    assert!(offers["items"][0].get("insertTextFormat").is_none(), "no client is given a snippet");
    assert_eq!(client.leave(), Some(0));
}
