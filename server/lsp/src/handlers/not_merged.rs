//! That a block is no merge, written down so that it holds tomorrow too: in Markdown as a comment around the lines, in
//! plain text, which has no comments, as an override in the folder's `columnist.toml`. A buffer that is no file has
//! neither: there it is said of the lines, for as long as the server runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use report::document::Document;
use report::name::Name;
use report::settings::FILE_NAME;
use transcript::check::MERGED_COLUMNS;
use transcript::columns::Block;
use transcript::columns::said::Saying;
use transcript::finding::Edit;
use transcript::lines::Format;
use transcript::span::Span;

use super::execute::Done;
use crate::convert;
use crate::edit::Change;
use crate::session::Snapshot;

const LABEL: &str = "Not set in columns";

/// Marks a block as no merge.
pub(super) fn mark(snapshot: &Snapshot, document: &Arc<Document>, block: &Block) -> Done {
    match (document.format(), document.name().path()) {
        (Format::Markdown, _) => {
            let mut change = Change::default();
            change.edit(snapshot, document, &comments(document, block));
            Done::changed(LABEL, change, snapshot)
        }
        (_, Some(path)) => in_settings(snapshot, path, &opening(document, block)),
        (_, None) => {
            let said = Some((Arc::clone(document), block.lines(), Saying::FullWidth));
            Done { said, ..Done::default() }
        }
    }
}

/// Comments that switch the check off: one where the lines are one paragraph, else one before and one after.
fn comments(document: &Document, block: &Block) -> Vec<Edit> {
    let lines = document.lines();
    let inside = block.lines();
    let start = Span::at(lines.span(inside.start).start);
    let one = inside.clone().all(|line| !lines.line(line).trim().is_empty())
        && lines.len() > inside.end
        && lines.line(inside.end).trim().is_empty();
    if one {
        return vec![Edit { span: start, text: format!("<!-- columnist-off-next {MERGED_COLUMNS} -->\n") }];
    }
    let end = Span::at(lines.span(inside.end - 1).end);
    vec![
        Edit { span: start, text: format!("<!-- columnist-off {MERGED_COLUMNS} -->\n") },
        Edit { span: end, text: format!("\n<!-- columnist-on {MERGED_COLUMNS} -->") },
    ]
}

/// An override of what starts with these words, at the end of the settings file that is nearest above, or of a new one
/// in the folder of the report.
fn in_settings(snapshot: &Snapshot, path: &Path, opening: &str) -> Done {
    let workspace = &snapshot.workspace;
    let top = root(snapshot, path);
    // A settings file above the folder that is open is not the person's to change from here.
    let folders = path.ancestors().skip(1).take_while(|folder| folder.starts_with(&top));
    let settings = folders.map(|folder| Name::file(folder.join(FILE_NAME))).find_map(|name| workspace.document(&name));
    let mut change = Change::default();
    match settings {
        Some(document) => {
            let folder = document.name().path().and_then(Path::parent).unwrap_or(path);
            let end = document.text().len();
            let text = document.content();
            let gap = if text.is_empty() || text.ends_with("\n\n") {
                ""
            } else if text.ends_with('\n') {
                "\n"
            } else {
                "\n\n"
            };
            let text = format!("{gap}{}", entry(path, folder, opening));
            change.edit(snapshot, document, &[Edit { span: Span::at(end), text }]);
        }
        None => {
            let folder = top;
            let Some(uri) = convert::uri(&Name::file(folder.join(FILE_NAME))) else {
                return Done::nothing("There is no folder for the settings.");
            };
            change.create(uri, entry(path, &folder, opening));
        }
    }
    Done::changed(LABEL, change, snapshot)
}

/// The folder of the workspace that a file is in, or that of the file itself.
fn root(snapshot: &Snapshot, path: &Path) -> PathBuf {
    let roots = snapshot.workspace.roots().iter().filter(|root| path.starts_with(root) && root.as_path() != path);
    roots.max_by_key(|root| root.as_os_str().len()).map(PathBuf::as_path).or(path.parent()).unwrap_or(path).to_owned()
}

/// How the first line of a block starts that says enough to be known by: line numbers would mean other lines as soon as
/// one is added above.
fn opening(document: &Document, block: &Block) -> String {
    const ENOUGH: usize = 12;
    const LONGEST: usize = 60;
    let lines = document.lines();
    let texts = || block.lines().map(|line| lines.line(line).trim());
    let longest = || texts().max_by_key(|text| text.len()).unwrap_or("");
    let text = texts().find(|text| text.len() >= ENOUGH).unwrap_or_else(longest);
    text.chars().take(LONGEST).collect::<String>().trim_end().to_owned()
}

fn entry(path: &Path, folder: &Path, opening: &str) -> String {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    // A JSON string is a TOML string; signs that mean something in a pattern are taken as they are.
    let pattern = parts.join("/").replace(['[', ']', '*', '?', '{', '}'], "?");
    let pattern = serde_json::Value::from(pattern);
    let starting = serde_json::Value::from(opening);
    format!("[[override]]\npaths = [{pattern}]\nstarting = [{starting}]\nchecks = {{ {MERGED_COLUMNS} = \"off\" }}\n")
}
