//! Another number or title for a chapter, wherever the report names it.

use report::rename::{self, Place, Refusal};
use report::settings::Feature;
use tower_lsp::ls_types::{PrepareRenameResponse, RenameParams, TextDocumentPositionParams, WorkspaceEdit};
use transcript::finding::Edit;

use crate::session::Snapshot;
use crate::{convert, edit};

/// What would be renamed at the cursor, or why nothing can be.
pub(crate) fn prepare(
    snapshot: &Snapshot,
    at: TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>, Refusal> {
    let Some(document) = snapshot.document(&at.text_document.uri, Feature::Rename) else { return Ok(None) };
    let offset = convert::offset(document.text(), at.position, snapshot.abilities.encoding);
    let Place { span, written, .. } = rename::place(&snapshot.workspace, document.name(), offset)?;
    let range = snapshot.range(document, span);
    Ok(Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: written }))
}

/// The change of all files that name it.
pub(crate) fn answer(snapshot: &Snapshot, params: RenameParams) -> Result<Option<WorkspaceEdit>, Refusal> {
    let at = params.text_document_position;
    let Some(document) = snapshot.document(&at.text_document.uri, Feature::Rename) else { return Ok(None) };
    let offset = convert::offset(document.text(), at.position, snapshot.abilities.encoding);
    let renamed = rename::edits(&snapshot.workspace, document.name(), offset, &params.new_name)?;
    let change = edit::of(
        snapshot,
        &renamed.workspace,
        renamed.edits.iter().map(|(name, edits): (_, &Vec<Edit>)| (name, &edits[..])),
    );
    Ok(Some(change.ok_or_else(|| Refusal("A file to be changed has no address.".to_owned()))?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::Report;

    /// Renames what is under the cursor, and holds the files after it to what is expected.
    #[track_caller]
    fn check(drawn: &str, new: &str, expected: &str) {
        let report = Report::new(drawn);
        let edit = rename(&report, new).unwrap_or_else(|refusal| panic!("refused: {refusal}"));
        assert_eq!(report.after(Some(&edit)), Report::new(expected).after(None));
    }

    #[track_caller]
    fn check_refused(drawn: &str, new: &str, why: &str) {
        let refusal = rename(&Report::new(drawn), new).expect_err("it must be refused");
        assert!(refusal.0.contains(why), "{refusal}");
    }

    fn rename(report: &Report, new: &str) -> Result<WorkspaceEdit, Refusal> {
        let params = RenameParams {
            text_document_position: report.at(),
            new_name: new.to_owned(),
            work_done_progress_params: Default::default(),
        };
        answer(&report.snapshot(), params).map(|edit| edit.expect("renaming is on"))
    }

    #[test]
    fn a_number_with_all_that_is_counted_under_it() {
        check(
            "
%! 0.txt
Inhoud

Hoofdstuk 1 Haven ... 3
1.1 Kade ............ 4
1.2 Sluis ........... 9
%! 1.md
# Hoofdstuk 1 Haven
            |

## 1.1 Kade

Zie figuur 1 en [de kade](#11-kade).
%! 2.txt
1.2 Sluis

Zie hoofdstuk 1, paragraaf 1.1 (Kade) en de hoofdstukken 1 en 2.
",
            "3",
            "
%! 0.txt
Inhoud

Hoofdstuk 3 Haven ... 3
3.1 Kade ............ 4
3.2 Sluis ........... 9
%! 1.md
# Hoofdstuk 3 Haven

## 3.1 Kade

Zie figuur 1 en [de kade](#31-kade).
%! 2.txt
3.2 Sluis

Zie hoofdstuk 3, paragraaf 3.1 (Kade) en de hoofdstukken 3 en 2.
",
        );
    }

    #[test]
    fn numerals_stay_numerals_and_digits_digits() {
        check(
            "
%! a.txt
Hoofdstuk IV De dienst

De dienst is klein.
%! b.txt
Zie hoofdstuk 4 en ook hoofdstuk IV.
              |
",
            "VI",
            "
%! a.txt
Hoofdstuk VI De dienst

De dienst is klein.
%! b.txt
Zie hoofdstuk 6 en ook hoofdstuk VI.
",
        );
    }

    #[test]
    fn a_title_with_the_references_that_name_it() {
        check(
            "
%! 0.txt
Inhoud

1 Haven ................ 3
1.1 VEILIGE KADE ....... 4
2 Sluis ................ 9
%! 1.md
## 1.1 Veilige kade
       |
%! 2.txt
Zie paragraaf 1.1 (Veilige
kade) en [dat](1.md#11-veilige-kade), en paragraaf 1.1.
%! 3.md
Zie [dat](1.md#11-veilige-kade).
",
            "Dijk",
            "
%! 0.txt
Inhoud

1 Haven ................ 3
1.1 DIJK ....... 4
2 Sluis ................ 9
%! 1.md
## 1.1 Dijk
%! 2.txt
Zie paragraaf 1.1 (Dijk) en [dat](1.md#11-veilige-kade), en paragraaf 1.1.
%! 3.md
Zie [dat](1.md#11-dijk).
",
        );
    }

    #[test]
    fn another_report_keeps_its_numbers() {
        check(
            "
%! a/1.md
# Hoofdstuk 1
            |
%! a/2.txt
Zie hoofdstuk 1.
%! b/1.md
# Hoofdstuk 1

Zie hoofdstuk 1.
",
            "7",
            "
%! a/1.md
# Hoofdstuk 7
%! a/2.txt
Zie hoofdstuk 7.
%! b/1.md
# Hoofdstuk 1

Zie hoofdstuk 1.
",
        );
    }

    #[test]
    fn what_cannot_be_done_whole_is_not_done() {
        check_refused("\n%! a.md\n# 1.1 Haven\n  |\n\n# 1.2 Sluis\n", "1.2", "“Sluis” at /report/a.md:3");
        check_refused("\n%! a.md\n# 1.1 Haven\n  |\n", "een", "“een” is no number");
        check_refused("\n%! a.md\n# 1.1 Haven\n       |\n", " ", "not empty");
        check_refused("\n%! a.md\nGewone woorden.\n   |\n", "1", "Only numbers and titles");
        check_refused("\n%! a.md\nZie hoofdstuk 9.\n              |\n", "1", "leads to nothing");
        let twice = "\n%! a.md\n# 1.1 Haven\n\n# 1.1 Sluis\n\nZie hoofdstuk 1.1.\n              |\n";
        check_refused(twice, "3", "several places (/report/a.md:1, /report/a.md:3)");
    }

    #[test]
    fn the_cursor_tells_number_from_title() {
        let place = |drawn: &str| {
            let report = Report::new(drawn);
            match prepare(&report.snapshot(), report.at()).unwrap_or_else(|refusal| panic!("{refusal}")) {
                Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder }) => {
                    assert_eq!((report.expected(), report.text_at(range)), (vec![range], placeholder));
                }
                other => panic!("{other:?}"),
            }
        };
        place("\n%! a.md\n# 1.2 Haven\n  ^^^\n   |\n");
        place("\n%! a.md\n# \u{1F600}\u{1F600} Haven\n  ^^^^^^^^\n   |\n");
        place("\n%! a.md\n# 1.2 \u{1F600} Haven\n      ^^^^^^^\n         |\n");
        place("\n%! a.md\n# 1.1 Haven\n\nZie hoofdstuk 1.1 (Haven).\n              ^^^\n     |\n");
        place(
            "\n%! a.md\n# 1.1 Haven\n\nZie hoofdstuk 1.1 (Haven).\n                   ^^^^^\n                     |\n",
        );
    }
}
