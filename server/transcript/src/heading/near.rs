//! What rows say to the search for headings with nothing but the rows beside them to tell by. After an edit the headings of
//! a text are what they were if the rows about the edit say what they said: the rest is told of them in these claims.

use super::plain::{Candidate, candidates, marks};
use super::title::{Standing, is_below_prose, may_be_title, standing};
use super::{Headings, Marks, Opening, Places, Role, Row, contents, marked, note, opening};
use crate::lines::{Format, Lines};
use crate::markup::Markup;
use crate::span::Span;

/// What a row says, or some rows together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Claim {
    /// The bytes of the rows.
    pub(crate) span: Span,
    says: Says,
}

/// To be what.
#[derive(Clone, Debug, PartialEq)]
enum Says {
    Marked(Marks),
    Caption,
    /// A heading by its opening, and whether it stands apart.
    Opens(Opening, bool),
    /// A heading without number: whether it begins a paragraph, whether the row before leaves it free to, how it stands.
    Titles(bool, bool, Standing),
    /// Something or other; whether it begins a paragraph. Of notes under a title that tells where they begin and end.
    Begins(bool),
}

/// The claims of some rows that follow one another.
pub(crate) fn claims(lines: &Lines, rows: &[Row], markup: &Markup, format: Format) -> Vec<Claim> {
    let is_marked = format == Format::Markdown;
    let (mut roles, mut found) = (vec![Role::Text; rows.len()], Headings::default());
    if is_marked {
        marked::find(lines, rows, (markup, &Places::new(rows)), &mut roles, &mut found.sections);
    } else {
        marks(lines, rows, &mut roles, &mut found);
    }
    let candidates = candidates(rows, is_marked, &mut roles, &mut found);
    let claim = |span: Span, says: Says| Claim { span, says };
    let mut claims: Vec<Claim> =
        found.sections.iter().map(|(heading, marks)| claim(heading.span, Says::Marked(*marks))).collect();
    claims.extend(found.others.iter().map(|caption| claim(caption.span, Says::Caption)));
    claims.extend(candidates.into_iter().map(|Candidate { row, last, opening, alone }| {
        claim(rows[row].span.join(rows[last].span), Says::Opens(opening, alone))
    }));
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| !row.silent) {
        if !is_marked && may_be_title(row) {
            let says = Says::Titles(row.opens, is_below_prose(rows, index), standing(rows, index));
            claims.push(claim(row.span, says));
        }
        if !is_silent_of_itself(row) {
            claims.push(claim(row.span, Says::Begins(row.opens)));
        }
    }
    claims
}

/// Whether a row of text has no part in any heading, caption, note or contents list, whatever stands around it; and no
/// other row that is three or more rows with text away from it has another part in one because of what it says.
pub(crate) fn is_dull(row: &Row) -> bool {
    !row.text.starts_with(SIGNS) && says_nothing(row)
}

/// Whether a row makes no claim, whatever stands around it, nor a rule beneath one: an item of a list is such a row too.
pub(crate) fn is_silent_of_itself(row: &Row) -> bool {
    let listed = row.text.trim_start_matches(['-', '*', ' ', '[', '|']);
    let ruled = row.text.chars().all(|sign| SIGNS.contains(&sign));
    let numbered = || opening(listed).is_some_and(|opening| !opening.loose);
    !row.text.starts_with(['#', '=', '~', '<']) && !ruled && !numbered() && says_nothing(row)
}

/// Signs by which rows are marked as more than prose.
const SIGNS: [char; 15] = ['#', '|', '>', '-', '+', '!', '=', '~', '[', '<', '*', '_', '\\', '•', '·'];

fn says_nothing(row: &Row) -> bool {
    let headed = || {
        let opening = opening(row.text)?;
        let title = row.text[opening.title..].chars().next();
        (!opening.loose || !title.is_some_and(char::is_lowercase)).then_some(())
    };
    headed().is_none() && !contents::may_hold(row) && !note::may_open(row) && !may_be_title(row)
}

/// Whether a row can open a note, or be the title of notes.
pub(crate) fn may_open_note(row: &Row) -> bool {
    note::may_open(row)
}

/// Whether a text opens with the number of a note.
pub(crate) fn opens_note(text: &str) -> bool {
    note::is_marked(text)
}

/// Whether a row can be the title of a contents list, or of an entry that shows by itself to be one.
pub(crate) fn may_hold_contents(row: &Row) -> bool {
    contents::may_hold(row)
}

/// Whether a row ends as an entry of a contents list does.
pub(crate) fn is_entry(row: &Row) -> bool {
    contents::is_entry(row)
}
