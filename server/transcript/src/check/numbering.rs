//! The numbering of a text's headings: numbers given twice and numbers left out. What numbering a text has is learnt from
//! the text; below three headings that count on one from another nothing is said.

use rustc_hash::FxHashMap;

use crate::check::{DUPLICATE_NUMBER, NUMBER_GAP};
use crate::finding::Finding;
use crate::lines::Lines;
use crate::number::{Kind, Number, Part, Parts};
use crate::outline::{Outline, Section};

/// So many headings must count on one from another before a text is taken to number its headings.
const PATTERN: usize = 3;

/// A heading with a number, and the run of headings that it is counted in.
struct Counted<'o> {
    section: &'o Section,
    number: Number,
    run: Run,
    last: u32,
}

/// What is counted together: the part of the report that it is in, whether it is annexes, and the number above.
type Run = (Option<usize>, bool, Parts);

/// What is odd in the numbering. `known` tells whether another file of the report holds a number.
pub fn findings(lines: &Lines, outline: &Outline, known: &dyn Fn(Kind, &Number) -> bool) -> Vec<Finding> {
    let counted: Vec<Counted> = outline.sections.iter().filter_map(|section| counted(outline, section)).collect();
    let mut runs: FxHashMap<&Run, Vec<&Counted>> = FxHashMap::default();
    for one in &counted {
        runs.entry(&one.run).or_default().push(one);
    }
    // A text that numbers its headings does so nearly everywhere: of the steps from one to the next few are odd.
    let steps = |run: &[&Counted]| run.windows(2).filter(|pair| pair[1].last == pair[0].last + 1).count();
    let (steady, all) = runs.values().fold((0, 0), |(steady, all), run| (steady + steps(run), all + run.len() - 1));
    if steady + 1 < PATTERN || steady * 3 < all * 2 {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for run in runs.values().filter(|run| run.len() >= PATTERN) {
        twice(lines, run, &mut findings);
        left_out(run, known, &mut findings);
    }
    findings
}

fn counted<'o>(outline: &'o Outline, section: &'o Section) -> Option<Counted<'o>> {
    let number = section.heading.number.as_ref()?.key();
    let kind = section.heading.kind.filter(|kind| matches!(kind, Kind::Chapter | Kind::Section | Kind::Annex))?;
    let (last, above) = number.parts.split_last()?;
    let last = match *last {
        Part::Arabic(value, None) if value < 100 => value,
        Part::Letter(letter) => letter as u32,
        _ => return None,
    };
    let part = std::iter::successors(section.parent, |parent| outline.sections[*parent].parent)
        .find(|parent| outline.sections[*parent].heading.kind == Some(Kind::Part));
    let run = (part, kind == Kind::Annex && above.is_empty(), above.into());
    Some(Counted { section, number, run, last })
}

/// Numbers that two headings of a run have, between others that count on.
fn twice(lines: &Lines, run: &[&Counted], findings: &mut Vec<Finding>) {
    for (at, pair) in run.windows(2).enumerate() {
        let before = at.checked_sub(1).map(|before| run[before].last);
        let after = run.get(at + 2).map(|after| after.last);
        let value = pair[0].last;
        // "3, 3, 4" after a 2: only where the run counts on around the two.
        let fits = before.is_none_or(|before| before + 1 == value)
            && after.is_none_or(|after| after <= value + 2 && after > value);
        if pair[1].last != value || !fits || before.is_none() && after.is_none() {
            continue;
        }
        let (first, second) = (&pair[0].section.heading, &pair[1].section.heading);
        if first.title == second.title {
            continue;
        }
        let line = lines.line_of(first.span.start) + 1;
        findings.push(Finding {
            code: DUPLICATE_NUMBER,
            span: second.span,
            message: format!("Number {} was given to another heading already, on line {line}.", pair[1].number),
            related: vec![(first.span, "the heading with the same number".to_owned())],
            repairs: Vec::new(),
        });
    }
}

/// Numbers that a run leaves out between two of its headings.
fn left_out(run: &[&Counted], known: &dyn Fn(Kind, &Number) -> bool, findings: &mut Vec<Finding>) {
    for pair in run.windows(2) {
        let (from, to) = (pair[0].last, pair[1].last);
        if to <= from + 1 || to > from + 3 {
            continue;
        }
        let between = |value: u32| {
            let mut number = pair[1].number.clone();
            let last = match number.parts.pop() {
                Some(Part::Letter(_)) => Part::Letter(char::from_u32(value).unwrap_or('?')),
                _ => Part::Arabic(value, None),
            };
            number.parts.push(last);
            number
        };
        let kind = pair[1].section.heading.kind.unwrap_or(Kind::Section);
        let missing: Vec<String> = (from + 1..to)
            .map(between)
            .filter(|number| !known(kind, number))
            .map(|number| number.to_string())
            .collect();
        if missing.is_empty() {
            continue;
        }
        let (before, after) = (&pair[0].section.heading, &pair[1].section.heading);
        findings.push(Finding {
            code: NUMBER_GAP,
            span: after.span,
            message: format!(
                "After {} comes {}: {} is not among the headings. It may have been lost between columns.",
                pair[0].number,
                pair[1].number,
                missing.join(" and ")
            ),
            related: vec![(before.span, "the heading before it".to_owned())],
            repairs: Vec::new(),
        });
    }
}
