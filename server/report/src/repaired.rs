//! The repairs that were made in a document, remembered so that a block can be merged back long after, when undo would
//! take back other work too.

use transcript::columns::{Block, repair};
use transcript::finding::{Edit, apply};
use transcript::lines::Lines;
use transcript::span::Span;

/// A block before its repair and after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    before: String,
    after: String,
}

/// The blocks that stand repaired in the text that an edit made.
pub fn between(lines: &Lines, blocks: &[Block], after: &str) -> Vec<Repaired> {
    let mut found = Vec::new();
    // The blocks above the edit stand where they stood, those below it so many bytes further down.
    let mut shift = 0_isize;
    for block in blocks {
        let inside = block.lines();
        let span = Span::new(lines.span(inside.start).start, lines.span(inside.end - 1).end);
        let start = span.start.checked_add_signed(shift);
        let here = start.and_then(|start| after.get(start..)).unwrap_or_default();
        if here.starts_with(lines.slice(span)) {
            continue;
        }
        let mut edits = repair::edits(lines, block);
        // An edit may take the last line's end with it.
        let end = edits.iter().map(|edit| edit.span.end).fold(span.end, usize::max);
        let whole = Span::new(span.start, end);
        edits
            .iter_mut()
            .for_each(|edit| edit.span = Span::new(edit.span.start - span.start, edit.span.end - span.start));
        let repaired = apply(lines.slice(whole), &edits);
        if here.starts_with(&repaired) {
            // No text is so long that its length has no sign.
            shift += repaired.len() as isize - whole.len() as isize;
            found.push(Repaired { before: lines.slice(whole).to_owned(), after: repaired });
        }
    }
    found
}

/// The edit that merges the repaired lines around a byte back to what they were; none where no repair is remembered, or
/// where its lines were changed since.
pub fn merge_back(repaired: &[Repaired], text: &str, at: usize) -> Option<Edit> {
    repaired.iter().rev().find_map(|made| {
        let mut places = text.match_indices(&made.after).map(|(start, _)| Span::new(start, start + made.after.len()));
        let span = places.find(|span| span.touches(at))?;
        Some(Edit { span, text: made.before.clone() })
    })
}

#[cfg(test)]
mod tests {
    use transcript::columns::said::Saying;
    use transcript::lines::Format;
    use transcript::text::Text;

    use super::*;
    use crate::name::Name;
    use crate::repairs;
    use crate::workspace::Workspace;
    use transcript::finding::Grade;

    /// Repairs the lines `merged` of a text, does something to it, and merges back at the first `$` word of it.
    fn check(
        text: &str,
        merged: std::ops::Range<usize>,
        then: impl Fn(&str) -> String,
        at: &str,
        expected: Option<&str>,
    ) {
        let mut workspace = Workspace::default();
        let name = Name::Unsaved("page".to_owned());
        workspace.open(name.clone(), Format::Plain, text);
        let document = std::sync::Arc::clone(workspace.document(&name).expect("it is open"));
        workspace.say(&document, merged, &Saying::Columns(2));
        let document = workspace.document(&name).expect("it is open");
        let edits = repairs::of(document, &workspace.findings(&name), Grade::Unsafe).edits;
        workspace.replace_text(&name, Text::new(&apply(text, &edits)));
        let later = then(workspace.document(&name).expect("it is open").content());
        workspace.replace_text(&name, Text::new(&later));
        let document = workspace.document(&name).expect("it is open");
        let edit = merge_back(document.repaired(), &later, later.find(at).expect("it is there"));
        assert_eq!(edit.map(|edit| apply(&later, &[edit])).as_deref(), expected);
    }

    #[test]
    fn a_repaired_block_is_merged_back_after_other_work() {
        let then = |text: &str| format!("new\n{text}more\n");
        check("a b\nc d\n", 0..2, then, "b", Some("new\na b\nc d\nmore\n"));
        check("a   b\nc   d\n", 0..2, then, "b", Some("new\na   b\nc   d\nmore\n"));
        check("top\na b\nc d\nend", 1..3, |text| text.to_owned(), "d", Some("top\na b\nc d\nend"));
    }

    #[test]
    fn what_was_changed_since_is_not_merged_back() {
        check("a b\nc d\n", 0..2, |text| text.replace('c', "x"), "b", None);
    }

    #[test]
    fn other_lines_are_not_merged_back() {
        check("top\na b\nc d\n", 1..3, |text| text.to_owned(), "top", None);
    }
}
