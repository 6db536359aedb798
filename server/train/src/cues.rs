//! The groups of cues, to tell what each is worth: a judge can be taught without one of them, or with one alone.

use clap::ValueEnum;
use transcript::columns::cues::COMMON;
use transcript::columns::judge::{INPUTS, Judge, LINK_PARTS, STEPS, Step};
use transcript::columns::net::UNITS;

/// Cues that tell of the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Group {
    /// How natural junctions are.
    Junctions,
    /// Widths of cells and columns, and whether the next word would have fitted.
    Widths,
    /// Spaces, white space at the end, blank lines.
    Spaces,
    /// Capitals, ends of sentences, hyphens, brackets.
    Ends,
    /// Words that stand side by side elsewhere on the page.
    Repeats,
}

/// Where the inputs of a group lie among those of each kind of step, in the order of [`INPUTS`].
fn places(group: Group) -> [&'static [(usize, usize)]; STEPS] {
    match group {
        Group::Junctions => [
            &[(0, 2)],
            &[(5, 6)],
            &[(40, 42)],
            &[],
            &[(10, 11), (12, 13), (26, 28), (30, 31), (32, 33)],
            &[(2, 3)],
            &[(4, 5), (14, 15), (16, 17), (18, 19)],
        ],
        Group::Widths => [
            &[],
            &[(0, 3)],
            &[(2, 5), (41, 42), (44, 49)],
            &[(1, 2)],
            &[(0, 6), (25, 26), (29, 30), (34, 42)],
            &[(4, 10)],
            &[(0, 4), (9, 14)],
        ],
        Group::Spaces => [
            &[(3, 7)],
            &[(6, 7), (8, 12)],
            &[(12, 14)],
            &[(6, 7)],
            &[(11, 13), (14, 15), (26, 28), (30, 31)],
            &[(21, 22)],
            &[(4, 5), (14, 16), (18, 19)],
        ],
        Group::Ends => [
            &[(7, 15)],
            &[(12, 19)],
            &[(5, 9), (15, 16), (18, 24), (31, 35), (37, 40), (43, 44), (47, 59)],
            &[(2, 6), (10, 11)],
            &[(16, 23), (24, 25), (33, 34)],
            &[(10, 19), (22, 24)],
            &[(17, 18)],
        ],
        Group::Repeats => [&[(2, 3)], &[], &[(42, 43)], &[], &[], &[(3, 4)], &[]],
    }
}

/// Where they lie among what the lines of a sheet have in common.
fn common(group: Group) -> Vec<usize> {
    match group {
        Group::Junctions => vec![3, 5],
        Group::Widths => vec![0],
        Group::Spaces => vec![1, 2, 4],
        Group::Ends | Group::Repeats => vec![],
    }
}

/// Where what the lines have in common starts among the inputs of a kind of step: it comes last, and in a link last of
/// what the cell that it comes from tells.
fn start_of_common(step: usize) -> usize {
    let end = if step == Step::Link as usize { LINK_PARTS[0] } else { INPUTS[step] };
    end - COMMON
}

/// The inputs of each kind of step that a judge is taught without.
pub(crate) fn left_out(without: &[Group]) -> [Vec<usize>; STEPS] {
    let mut inputs: [Vec<usize>; STEPS] = Default::default();
    for &group in without {
        for (step, places) in places(group).into_iter().enumerate() {
            inputs[step].extend(places.iter().flat_map(|&(start, end)| start..end));
            inputs[step].extend(common(group).into_iter().map(|at| start_of_common(step) + at));
        }
    }
    inputs
}

/// Makes a judge blind to some inputs.
pub(crate) fn blind(judge: &mut Judge, left_out: &[Vec<usize>; STEPS]) {
    for (net, inputs) in judge.nets.iter_mut().zip(left_out) {
        let straight = net.numbers.len() - 1 - net.inputs();
        for &input in inputs {
            net.numbers[input * UNITS..(input + 1) * UNITS].fill(0.0);
            net.numbers[straight + input] = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cmp::Ordering;
    use transcript::columns::cues::{Before, Cues, End};
    use transcript::columns::familiar::Familiar;
    use transcript::columns::junction::Junctions;
    use transcript::columns::measure::Measure;
    use transcript::columns::sheet::{Piece, Sheet};
    use transcript::columns::weights::{Dense, VECTOR, Weights};
    use transcript::columns::width::Face;

    /// The inputs of each kind of step of the second line of a text as it goes on from the first.
    fn inputs(text: &str) -> [Vec<f32>; STEPS] {
        let some = |length: usize| (0..length).map(|at| ((at * 37 % 101) as f32 - 50.0) / 90.0).collect::<Vec<f32>>();
        let weights = Weights {
            vectors: some(VECTOR << 6),
            meetings: some(1 << 8),
            familiar: Familiar::with_all(),
            dense: some(Dense::LENGTH),
        };
        let junctions = Junctions::from_bytes(weights.to_bytes()).expect("a file just made is read back");
        let sheet = Sheet::new(text.lines().enumerate(), &junctions);
        let measure = Measure { face: Face::Sans, columns: vec![9000.0; 2] };
        let cues = Cues::new(&sheet, &measure);
        let (above, left) = (Piece::new(0, 0..3), Piece::new(1, 0..3));
        [
            cues.split(1, 3).to_vec(),
            cues.cell(0, left).to_vec(),
            cues.link(0, Some(above), left).to_vec(),
            cues.skip(1, Some(Piece::new(0, 3..6)), 1).to_vec(),
            cues.outside(1, Before::Outside).to_vec(),
            cues.wrap(&End { column: 0, last: Some(above), first: Some(left), depth: Ordering::Equal }).to_vec(),
            cues.start(1, Before::Outside).to_vec(),
        ]
    }

    /// Two texts that differ in what a group tells of, and in nothing else, differ in its inputs alone.
    fn check(group: Group, one: &str, other: &str) {
        let left_out = left_out(&[group]);
        for (step, (one, other)) in inputs(one).iter().zip(&inputs(other)).enumerate() {
            let differ = (0..one.len()).filter(|&at| one[at] != other[at]);
            let strays: Vec<usize> = differ.filter(|at| !left_out[step].contains(at)).collect();
            assert!(strays.is_empty(), "step {step}: inputs {strays:?} tell of {group:?} too");
        }
    }

    const PLAIN: &str = "de haven lag vol met schepen\nen het water was zeer hoog\nvan de dijk kwam toen niets\n";

    #[test]
    fn spaces_are_told_where_they_are_said_to_be() {
        check(Group::Spaces, PLAIN, &PLAIN.replace("vol met", "vol   met").replace("was zeer", "was   zeer"));
        check(Group::Spaces, PLAIN, &PLAIN.replace("en het", "   en het"));
        check(Group::Spaces, PLAIN, &PLAIN.replace("schepen\n", "schepen \n").replace("hoog\n", "hoog \n"));
        check(Group::Spaces, PLAIN, &PLAIN.replace("schepen\n", "schepen\n\n"));
    }

    #[test]
    fn a_judge_that_is_blind_sees_none_of_it() {
        let mut judge = Judge::new();
        for net in &mut judge.nets {
            net.numbers.iter_mut().enumerate().for_each(|(at, number)| *number = (at % 13) as f32 / 10.0 - 0.6);
        }
        blind(&mut judge, &left_out(&[Group::Spaces]));
        let other = PLAIN.replace("vol met", "vol   met").replace("was zeer", "was   zeer");
        for (net, (one, other)) in judge.nets.iter().zip(inputs(PLAIN).iter().zip(&inputs(&other))) {
            assert_eq!(net.score(one), net.score(other));
        }
    }
}
