//! The links that have to change when files are moved or renamed: those to them, and their own to others.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use transcript::finding::Edit;

use crate::link::{self, Link};
use crate::name::Name;
use crate::workspace::Workspace;

/// The edits, by the names that the documents have before they move, for files or folders that go from one path to
/// another. Links whose files do not move against each other stay as they are.
pub fn edits(workspace: &Workspace, moves: &[(PathBuf, PathBuf)]) -> BTreeMap<Name, Vec<Edit>> {
    let moves: Vec<(PathBuf, PathBuf)> = moves.iter().map(|(from, to)| (clean(from), clean(to))).collect();
    let moved = |name: &Name| name.path().is_some_and(|path| after(path, &moves) != path);
    let mut edits: BTreeMap<Name, Vec<Edit>> = BTreeMap::new();
    for document in workspace.documents().filter(|document| moved(document.name())) {
        let own = link::links(document).into_iter().map(|link| (document.name().clone(), link));
        for (from, link) in own.chain(workspace.links_to(document.name())) {
            let Some(edit) = edit(workspace, &from, &link, &moves) else { continue };
            let edits = edits.entry(from).or_default();
            if !edits.contains(&edit) {
                edits.push(edit);
            }
        }
    }
    edits.values_mut().for_each(|edits| edits.sort_by_key(|edit| edit.span));
    edits
}

fn edit(workspace: &Workspace, from: &Name, link: &Link, moves: &[(PathBuf, PathBuf)]) -> Option<Edit> {
    let span = link.path.filter(|path| !path.is_empty())?;
    let (source, target) = (from.path()?, link.to.path()?);
    let (new_source, new_target) = (after(source, moves), after(target, moves));
    let path = link::relative(&new_source, &new_target)?;
    let written = workspace.document(from)?.text().slice(span).into_owned();
    let same = link::relative(source, target).is_some_and(|before| before == path);
    (!same && written != path).then_some(Edit { span, text: path })
}

/// Where a file lies after the moves; the innermost that speaks of it counts.
fn after(path: &Path, moves: &[(PathBuf, PathBuf)]) -> PathBuf {
    let speaking = moves.iter().filter(|(from, _)| path.starts_with(from));
    let Some((from, to)) = speaking.max_by_key(|(from, _)| from.components().count()) else { return path.to_owned() };
    match path.strip_prefix(from) {
        Ok(rest) if rest.as_os_str().is_empty() => to.clone(),
        Ok(rest) => to.join(rest),
        Err(_) => path.to_owned(),
    }
}

fn clean(path: &Path) -> PathBuf {
    Name::file(path).path().map_or_else(|| path.to_owned(), Path::to_owned)
}
