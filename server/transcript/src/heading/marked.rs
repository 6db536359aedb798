//! Headings that marks show, and which of them have a number of one part: "# 1 Haven" is a chapter, "# 3 wensen" none.

use std::collections::BTreeMap;

use super::{Heading, Marks, Opening, Places, Role, Row, opening};
use crate::lines::Lines;
use crate::markup::Markup;
use crate::number::Part;

/// The headings that Markdown marks, those over a contents list's entries left out.
pub(super) fn find(
    lines: &Lines,
    rows: &[Row],
    (markup, places): (&Markup, &Places),
    roles: &mut [Role],
    sections: &mut Vec<(Heading, Marks)>,
) {
    for marked in &markup.headings {
        let Some(row) = places.row_at(marked.span.start).filter(|row| rows[*row].span.meets(marked.span)) else {
            continue;
        };
        if roles[row] == Role::Contents {
            continue;
        }
        let last = lines.line_of(marked.span.end);
        for (row, role) in rows.iter().zip(roles.iter_mut()).skip(row) {
            if row.line > last {
                break;
            }
            *role = Role::Section;
        }
        let text = lines.slice(marked.span);
        sections.push((Heading::read(text, marked.span, marked.level), Marks::Level(marked.level)));
    }
    number(lines, sections);
}

/// Gives the marked headings that open with a number of one part this number, where it is one: those of a level count
/// on one from another, or sections are counted inside of it, or it opens a text that has no other such heading.
pub(super) fn number(lines: &Lines, sections: &mut [(Heading, Marks)]) {
    let mut levels: BTreeMap<u8, Vec<(usize, u32, Opening)>> = BTreeMap::new();
    for (index, (heading, marks)) in sections.iter().enumerate() {
        let Marks::Level(level) = *marks else { continue };
        if let Some((value, opening)) = bare(lines, heading) {
            levels.entry(level).or_default().push((index, value, opening));
        }
    }
    for bare in levels.values() {
        let counts_on = bare.windows(2).all(|pair| pair[1].1 == pair[0].1 + 1);
        let first = bare[0].0 == 0;
        for (index, value, opening) in bare {
            let inside = sections.iter().filter_map(|(heading, _)| heading.number.as_ref());
            let holds = inside.into_iter().any(|inside| {
                inside.parts.len() > 1 && inside.key().parts.first() == Some(&Part::Arabic(*value, None))
            });
            if counts_on && (bare.len() > 1 || first || holds) {
                let span = sections[*index].0.span;
                let title = &lines.slice(span)[opening.title..];
                sections[*index].0 = Heading::of(opening, title.trim_end_matches(['*', '_']), span);
            }
        }
    }
}

/// The number of one part that a heading opens with: digits, or numerals with a full stop.
fn bare(lines: &Lines, heading: &Heading) -> Option<(u32, Opening)> {
    let text = lines.slice(heading.span);
    let opening = opening(text).filter(|opening| heading.number.is_none() && opening.loose)?;
    let value = match opening.number.parts[0] {
        Part::Arabic(value, None) if (1..100).contains(&value) => value,
        Part::Roman(value) if opening.sign == Some('.') => value,
        _ => return None,
    };
    let title = text[opening.title..].trim_start_matches(['*', '_', '“', '"', '«', '‘', '„', '¿', '¡']);
    title.starts_with(|sign: char| sign.is_uppercase() || sign.is_ascii_digit()).then_some((value, opening))
}
