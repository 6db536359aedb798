//! References whose title is that of another part than the one with their number.

use crate::check::TITLE_MISMATCH;
use crate::finding::{Edit, Finding, Grade, Mend, Repair};
use crate::letters::small;
use crate::reference::Reference;

/// The finding for a reference to a part that is called `there`. `right` is the number of the part that has the title
/// given, where there is exactly one.
pub fn finding(reference: &Reference, there: &str, right: Option<&str>) -> Finding {
    let number = reference.number.as_ref().map(ToString::to_string).unwrap_or_default();
    let title = reference.title.as_deref().unwrap_or_default();
    let mut message = format!("Number {number} is called “{there}”, not “{title}”");
    let mut repairs = Vec::new();
    match right {
        Some(right) => {
            message.push_str(&format!("; that is the title of {right}."));
            repairs.push(Repair {
                title: format!("Write {right}, the number of “{title}”"),
                grade: Grade::Shown,
                mend: Mend::Edits(vec![Edit { span: reference.span, text: right.to_owned() }]),
            });
        }
        None => message.push('.'),
    }
    Finding { code: TITLE_MISMATCH, span: reference.mention, message, related: Vec::new(), repairs }
}

/// Whether two titles may be the same: one starts as the other does, or half of the longer words are common to both.
pub fn same(one: &str, other: &str) -> bool {
    let letters = |title: &str| -> String { small(title).chars().filter(|sign| sign.is_alphanumeric()).collect() };
    let (bare, second) = (letters(one), letters(other));
    !bare.is_empty() && !second.is_empty() && (bare.starts_with(&second) || second.starts_with(&bare))
}

/// Whether two titles have no word of weight in common, so that they are not one title written in two ways.
pub fn differ(one: &str, other: &str) -> bool {
    let words = |title: &str| -> Vec<String> {
        let title = small(title);
        let words = title.split(|sign: char| !sign.is_alphanumeric());
        words.filter(|word| word.chars().count() >= 4).map(str::to_owned).collect()
    };
    let (ours, theirs) = (words(one), words(other));
    !ours.is_empty() && !theirs.is_empty() && !same(one, other) && !ours.iter().any(|word| theirs.contains(word))
}
