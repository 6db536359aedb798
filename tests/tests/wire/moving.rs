//! What is asked before something moves, and what is shown beside the text, in every encoding.

use columnist_tests::client::Client;
use columnist_tests::drawing::{Encoding, drawn};
use columnist_tests::folder::Folder;
use columnist_tests::profile::Profile;
use expect_test::expect;
use serde_json::{Value, json};

const ONE: &str = "# Hoofdstuk 1: 😀 Haven\n\nDe 😀 sluis: zie [werken](twee.md), hoofdstuk 2.\n";
const TWO: &str = "# Hoofdstuk 2: 𝕏 Werken\n";

fn client(encoding: Encoding, options: &Value) -> (Client, Folder) {
    let folder = Folder::new(&format!("//- een.md\n{ONE}//- twee.md\n{TWO}"));
    let mut profile = Profile::rich(encoding).in_folder(&folder);
    profile.capabilities["textDocument"]["rename"] = json!({ "prepareSupport": true });
    profile.capabilities["textDocument"]["inlayHint"] = json!({});
    profile.capabilities["workspace"]["fileOperations"] = json!({ "willRename": true });
    profile.options = options.clone();
    let client = Client::start(&profile);
    client.open(&folder.uri("een.md"), 1, ONE);
    (client, folder)
}

#[test]
fn what_can_be_renamed_is_told_before() {
    let range = Encoding::in_all(|encoding| {
        let (mut client, folder) = client(encoding, &Value::Null);
        let at = encoding.position(ONE, ONE.rfind('2').expect("a number"));
        let asked = json!({ "textDocument": { "uri": folder.uri("een.md") }, "position": at });
        let told = client.request("textDocument/prepareRename", asked);
        drawn(ONE, encoding.bytes(ONE, if told.get("range").is_some() { &told["range"] } else { &told }))
    });
    expect![[r#"
        3 | De 😀 sluis: zie [werken](twee.md), hoofdstuk ⟦2⟧.
    "#]]
    .assert_eq(&range);
}

#[test]
fn links_follow_a_file_that_moves() {
    let after = Encoding::in_all(|encoding| {
        let (mut client, folder) = client(encoding, &Value::Null);
        let files = json!({ "files": [{ "oldUri": folder.uri("twee.md"), "newUri": folder.uri("deel/drie.md") }] });
        let edit = client.request("workspace/willRenameFiles", files);
        let change = &edit["documentChanges"][0];
        assert_eq!(change["textDocument"], json!({ "uri": folder.uri("een.md"), "version": 1 }));
        encoding.edited(ONE, change["edits"].as_array().expect("edits"))
    });
    expect![[r#"
        # Hoofdstuk 1: 😀 Haven

        De 😀 sluis: zie [werken](deel/drie.md), hoofdstuk 2.
    "#]]
    .assert_eq(&after);
}

#[test]
fn titles_are_shown_after_bare_numbers_where_they_are_wanted() {
    let hints = Encoding::in_all(|encoding| {
        let (mut client, folder) = client(encoding, &json!({ "features": { "title-hints": true } }));
        let whole = json!({ "start": encoding.position(ONE, 0), "end": encoding.position(ONE, ONE.len()) });
        let asked = json!({ "textDocument": { "uri": folder.uri("een.md") }, "range": whole });
        // The report is read by then.
        client.request("workspace/symbol", json!({ "query": "" }));
        let hints = client.request("textDocument/inlayHint", asked);
        let hints = hints.as_array().expect("a list").iter();
        let place = |hint: &Value| encoding.byte(ONE, &hint["position"]);
        hints.map(|hint| format!("{}: {}\n", drawn(ONE, place(hint)..place(hint)).trim_end(), hint["label"])).collect()
    });
    expect![[r#"
        3 | De 😀 sluis: zie [werken](twee.md), hoofdstuk 2⟦⟧.: "𝕏 Werken"
    "#]]
    .assert_eq(&hints);
}
