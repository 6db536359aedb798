//! Links that follow the files they lead to when those are moved or renamed in the editor.

use std::path::PathBuf;

use report::moved;
use report::settings::Feature;
use tower_lsp::ls_types::{RenameFilesParams, Uri, WorkspaceEdit};

use crate::session::Snapshot;
use crate::{convert, edit};

/// The change that has to be made before the files move.
pub(crate) fn answer(snapshot: &Snapshot, params: RenameFilesParams) -> Option<WorkspaceEdit> {
    let path = |uri: &str| convert::path(&uri.parse::<Uri>().ok()?);
    let moves: Vec<(PathBuf, PathBuf)> =
        params.files.iter().filter_map(|file| Some((path(&file.old_uri)?, path(&file.new_uri)?))).collect();
    let mut edits = moved::edits(&snapshot.workspace, &moves);
    edits.retain(|name, edits| !edits.is_empty() && snapshot.enabled(name, Feature::Moves));
    if edits.is_empty() {
        return None;
    }
    edit::of(snapshot, &snapshot.workspace, edits.iter().map(|(name, edits)| (name, &edits[..])))
}

#[cfg(test)]
mod tests {
    use tower_lsp::ls_types::FileRename;

    use super::*;
    use crate::drawn::Report;

    fn check(drawn: &str, moves: &[(&str, &str)], expected: &str) {
        let report = Report::new(drawn);
        let uri = |path: &str| format!("file:///report/{path}");
        let files = moves.iter().map(|(old, new)| FileRename { old_uri: uri(old), new_uri: uri(new) }).collect();
        let edit = answer(&report.snapshot(), RenameFilesParams { files });
        assert_eq!(report.after(edit.as_ref()), Report::new(expected).after(None));
    }

    const BEFORE: &str = "
%! a.md
Zie [b](deel/b.md#1-haven) en [c](c.md).
%! c.md
Zie [a](a.md), [web](https://example.org/a.md).
%! deel/b.md
# 1 Haven

Terug naar [a](../a.md), [dit](#1-haven) of [d](d.md).
%! deel/d.md
Niets.
";

    #[test]
    fn links_to_a_file_and_its_own_follow_it() {
        check(
            BEFORE,
            &[("deel/b.md", "een%20haven.md")],
            "
%! a.md
Zie [b](een%20haven.md#1-haven) en [c](c.md).
%! c.md
Zie [a](a.md), [web](https://example.org/a.md).
%! deel/b.md
# 1 Haven

Terug naar [a](a.md), [dit](#1-haven) of [d](deel/d.md).
%! deel/d.md
Niets.
",
        );
    }

    #[test]
    fn a_folder_takes_its_files_along() {
        check(
            BEFORE,
            &[("deel", "x/twee")],
            "
%! a.md
Zie [b](x/twee/b.md#1-haven) en [c](c.md).
%! c.md
Zie [a](a.md), [web](https://example.org/a.md).
%! deel/b.md
# 1 Haven

Terug naar [a](../../a.md), [dit](#1-haven) of [d](d.md).
%! deel/d.md
Niets.
",
        );
    }
}
