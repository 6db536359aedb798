//! What each command answers to a good question: 0 nothing was found, 1 something was, 2 something could not be done.

use columnist_tests::command::columnist_reads;
use columnist_tests::folder::Folder;
use expect_test::{Expect, expect};

use crate::run;

const REPORT: &str = "
//- 1-begin.txt
Hoofdstuk 1 Begin

Zie hoofdstuk 2, paragraaf 2.1 en hoofdstuk 7 van dit verslag.
//- deel/2-vervolg.md
# Hoofdstuk 2: Vervolg

## 2.1 Het slot

Zo begon hoofdstuk 1.
//- columnist.toml
[checks]
unresolved-reference = \"warning\"
";

fn check(case: &str, arguments: &str, expected: &Expect) {
    expected.assert_eq(&run(&Folder::new(case), arguments).to_string());
}

#[test]
fn check_draws_findings_and_ends_with_1() {
    check(
        REPORT,
        "check .",
        &expect![[r#"
            warning[unresolved-reference]: “hoofdstuk 7” is in none of the files at hand: it lies outside of this excerpt.
             --> 1-begin.txt:3:35
              |
            3 | Zie hoofdstuk 2, paragraaf 2.1 en hoofdstuk 7 van dit verslag.
              |                                   ^^^^^^^^^^^

            1 finding in 1 of 2 files
            ended with 1
        "#]],
    );
}

#[test]
fn check_of_a_clean_file_ends_with_0() {
    check(
        REPORT,
        "check deel/2-vervolg.md",
        &expect![[r#"
            nothing found in 1 file
            ended with 0
        "#]],
    );
}

#[test]
fn check_for_programs_is_json() {
    check(
        REPORT,
        "check --format json 1-begin.txt",
        &expect![[r#"
            {
              "files": 1,
              "findings": [
                {
                  "code": "unresolved-reference",
                  "elsewhere": [],
                  "message": "“hoofdstuk 7” is in none of the files at hand: it lies outside of this excerpt.",
                  "path": "1-begin.txt",
                  "range": {
                    "end": {
                      "column": 46,
                      "line": 3
                    },
                    "start": {
                      "column": 35,
                      "line": 3
                    }
                  },
                  "related": [],
                  "repairs": [],
                  "severity": "warning"
                }
              ]
            }
            ended with 1
        "#]],
    );
}

#[test]
fn outline_lists_the_headings() {
    check(
        REPORT,
        "outline .",
        &expect![[r#"
            1-begin.txt:1:1: Hoofdstuk 1 Begin
            deel/2-vervolg.md:1:3: Hoofdstuk 2: Vervolg
            deel/2-vervolg.md:3:4:   2.1 Het slot
            ended with 0
        "#]],
    );
}

#[test]
fn refs_tells_where_each_reference_leads() {
    check(
        REPORT,
        "refs .",
        &expect![[r#"
            1-begin.txt:3:5: hoofdstuk 2 -> deel/2-vervolg.md:1:3 Hoofdstuk 2: Vervolg
            1-begin.txt:3:18: paragraaf 2.1 -> deel/2-vervolg.md:3:4 2.1 Het slot
            1-begin.txt:3:35: hoofdstuk 7 -> unresolved
            deel/2-vervolg.md:5:10: hoofdstuk 1 -> 1-begin.txt:1:1 Hoofdstuk 1 Begin
            ended with 0
        "#]],
    );
}

#[test]
fn refs_that_lead_nowhere_end_with_1() {
    check(
        REPORT,
        "refs --unresolved .",
        &expect![[r#"
            1-begin.txt:3:35: hoofdstuk 7 -> unresolved
            ended with 1
        "#]],
    );
    check(
        REPORT,
        "refs --unresolved deel",
        &expect![[r#"
            ended with 0
        "#]],
    );
}

#[test]
fn columns_of_a_text_without_any_end_with_0() {
    check(
        REPORT,
        "columns 1-begin.txt",
        &expect![[r#"
            1-begin.txt: no merged columns
            ended with 0
        "#]],
    );
    check(
        "//- leeg.txt\na\n",
        "columns --format jsonl leeg.txt",
        &expect![[r#"
            {"path":"leeg.txt","lines":[{"line":0,"block":null,"cells":null,"confidence":null}]}
            ended with 0
        "#]],
    );
}

#[test]
fn a_filter_reads_the_standard_input() {
    let folder = Folder::new("");
    let text = b"Hoofdstuk 1 Begin\n\nZie hoofdstuk 1 en hoofdstuk 7 van dit verslag.\n";
    let piped = |arguments: &[&str]| columnist_reads(folder.path(), arguments, text).to_string();
    expect![[r#"
        note[unresolved-reference]: “hoofdstuk 7” is in none of the files at hand: it lies outside of this excerpt.
         --> -:3:20
          |
        3 | Zie hoofdstuk 1 en hoofdstuk 7 van dit verslag.
          |                    ^^^^^^^^^^^

        1 finding in 1 of 1 file
        ended with 1
    "#]]
    .assert_eq(&piped(&["check", "-"]));
    expect![[r#"
        -:1:1: Hoofdstuk 1 Begin
        ended with 0
    "#]]
    .assert_eq(&piped(&["outline", "-"]));
    expect![[r#"
        -:3:5: hoofdstuk 1 -> -:1:1 Hoofdstuk 1 Begin
        -:3:20: hoofdstuk 7 -> unresolved
        ended with 0
    "#]]
    .assert_eq(&piped(&["refs", "-"]));
    expect![[r#"
        -: no merged columns
        ended with 0
    "#]]
    .assert_eq(&piped(&["columns", "-"]));
}

#[test]
fn explain_lists_the_checks_and_knows_each_of_them() {
    let folder = Folder::new("");
    let list = run(&folder, "explain");
    assert_eq!(list.code, Some(0));
    assert!(list.out.lines().count() >= 5, "{list}");
    for line in list.out.lines() {
        let code = line.split_whitespace().next().expect("a code");
        let page = run(&folder, &format!("explain {code}"));
        assert_eq!(page.code, Some(0), "{page}");
        assert!(page.out.lines().count() > 3, "{page}");
    }
    expect![[r#"
        ! error: could not explain `merged-colums`: no check has this code
        !   Ask for one of these: ambiguous-reference, analysis-failed, contents-entry, doubtful-split, duplicate-number, encoding, mark-without-note, merged-columns, not-in-contents, note-without-mark, number-gap, settings, title-mismatch, unknown-check, unresolved-reference.
        ended with 2
    "#]].assert_eq(&run(&folder, "explain merged-colums").to_string());
}

#[test]
fn the_schema_is_json_and_knows_the_settings() {
    let schema = run(&Folder::new(""), "schema");
    assert_eq!(schema.code, Some(0));
    let schema: serde_json::Value = serde_json::from_str(&schema.out).expect("JSON");
    assert!(schema["properties"]["columns"].is_object() && schema["properties"]["override"].is_object());
}

#[test]
fn a_question_that_is_none_ends_with_2() {
    let folder = Folder::new("");
    for arguments in ["", "chek .", "check", "check --format xml .", "fix", "columns", "--no-such-option"] {
        let run = run(&folder, arguments);
        assert_eq!(run.code, Some(2), "{arguments}: {run}");
        assert!(run.err.contains("Usage") || run.err.contains("--help"), "{arguments}: {run}");
    }
}

#[test]
fn a_wrong_setting_is_told_where_it_stands() {
    let case = "//- een.txt\nTekst.\n//- columnist.toml\n[checks]\nmerged-colums = \"off\"\n";
    check(
        case,
        "check .",
        &expect![[r#"
            warning[settings]: `checks.merged-colums`: there is no check `merged-colums`; is `merged-columns` meant?
             --> columnist.toml:2:1
              |
            2 | merged-colums = "off"
              | ^^^^^^^^^^^^^

            1 finding in 1 of 1 file
            ended with 1
        "#]],
    );
}

#[test]
fn a_reader_that_leaves_early_changes_nothing() {
    let folder = Folder::new("");
    folder.write("lang.txt", "Zie hoofdstuk 7 van dit verslag.\n".repeat(3_000));
    let mut shell = std::process::Command::new("bash");
    let program = columnist_tests::program().display();
    shell.current_dir(folder.path()).args(["-c", &format!("{program} check . | head -n 1; echo ${{PIPESTATUS[0]}}")]);
    let run = columnist_tests::command::run(shell, b"");
    assert_eq!(run.out.lines().last(), Some("1"), "{run}");
    assert!(!run.err.contains("error"), "{run}");
}

#[test]
fn the_outline_lists_all_that_has_a_name_where_it_is_asked_to() {
    check(
        "//- verslag.md\n# 1 Water\n\nDe rivieren stegen.[^1]\n\n**Tabel 1.** Rivieren\n\n[^1]: Bij de brug.\n",
        "outline --all verslag.md",
        &expect![[r#"
            verslag.md:1:3: 1 Water
            verslag.md:5:1:   **Tabel 1.** Rivieren
            verslag.md:7:1:   [^1]: Bij de brug.
            ended with 0
        "#]],
    );
}
