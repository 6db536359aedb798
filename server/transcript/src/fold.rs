//! What can be folded away: sections under their headings, pages, contents lists, merged blocks.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::lines::Lines;

/// What is folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Folded {
    /// What stands under a heading.
    Section,
    /// The entries of a contents list.
    Contents,
    /// A block of merged lines.
    Block,
    /// A page.
    Page,
}

/// The folds of a text, the outermost first, in the order of their first lines: each with its physical lines, of which
/// the first stays to be seen. Blank lines at the end of one are left out; a fold of one line is none.
pub fn folds(lines: &Lines, analysis: &Analysis) -> Vec<(Range<usize>, Folded)> {
    let mut folds = Vec::new();
    for section in &analysis.survey.plan.outline.sections {
        let first = lines.line_of(section.heading.span.start);
        // A body ends where the next heading starts, after the marks of that.
        let next = lines.line_of(section.body.end);
        let end = if section.body.end >= lines.text().len() { lines.len() } else { next.max(first + 1) };
        folds.push((first..end, Folded::Section));
    }
    if analysis.survey.plan.pages.len() > 1 {
        folds.extend(analysis.survey.plan.pages.iter().map(|page| (page.lines.clone(), Folded::Page)));
    }
    folds.extend(analysis.columns.merged().map(|block| (block.lines(), Folded::Block)));
    folds.extend(contents(lines, analysis).into_iter().map(|lines| (lines, Folded::Contents)));
    for (range, _) in &mut folds {
        let blank = |line: &usize| lines.line(*line).trim().is_empty();
        range.end -= (range.start + 1..range.end).rev().take_while(blank).count();
    }
    folds.retain(|(range, _)| range.len() > 1);
    folds.sort_by_key(|(range, folded)| (range.start, std::cmp::Reverse(range.end), *folded));
    folds.dedup_by(|next, before| next.0 == before.0);
    folds
}

/// The runs of lines that hold contents entries, at most a blank line or a broken entry between two.
fn contents(lines: &Lines, analysis: &Analysis) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut entries: Vec<usize> =
        analysis.survey.plan.outline.contents.iter().map(|entry| lines.line_of(entry.span.start)).collect();
    entries.sort_unstable();
    for line in entries {
        match runs.last_mut().filter(|run| line <= run.end + 2) {
            Some(run) => run.end = line + 1,
            None => runs.push(line..line + 1),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Model;
    use crate::lines::Format;

    /// The lines of each fold, first and last, and what it is.
    fn check(text: &str, format: Format, expected: &[(usize, usize, Folded)]) {
        let analysis = Analysis::new(text, format, &Model::default());
        let found = folds(&Lines::new(text), &analysis);
        let found: Vec<_> = found.into_iter().map(|(range, folded)| (range.start, range.end - 1, folded)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn sections_without_the_blank_lines_after_them() {
        let text = "# 1 Haven\n\nTekst.\n\n## 1.1 Kade\n\nMeer.\n\n\n# 2 Sluis\n\nNiets.\n";
        check(text, Format::Markdown, &[(0, 6, Folded::Section), (4, 6, Folded::Section), (9, 11, Folded::Section)]);
    }

    #[test]
    fn pages_and_contents_lists() {
        let text = "Inhoud\n\n1 Haven .......... 3\n1.1 Kade ......... 4\n2 Sluis .......... 5\n\u{c}Een pagina.\nNog een regel.\n";
        check(
            text,
            Format::Plain,
            &[(0, 6, Folded::Section), (0, 4, Folded::Page), (2, 4, Folded::Contents), (5, 6, Folded::Page)],
        );
    }
}
