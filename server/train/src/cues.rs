//! The groups of cues, to tell what each is worth: a judge can be taught without one of them, or with one alone.

use clap::ValueEnum;
use transcript::columns::cues::COMMON;
use transcript::columns::judge::{INPUTS, Judge, STEPS};
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
        Group::Junctions => [&[(0, 2)], &[(5, 6)], &[(32, 34)], &[], &[(8, 9), (20, 21)], &[(2, 3)]],
        Group::Widths => [&[], &[(0, 3)], &[(2, 5), (33, 34), (36, 41)], &[(1, 2)], &[(0, 4), (22, 26)], &[(4, 10)]],
        Group::Spaces => [&[(3, 7)], &[(6, 7), (8, 12)], &[(12, 14)], &[(6, 7)], &[(9, 10), (11, 12)], &[(21, 22)]],
        Group::Ends => [
            &[(7, 15)],
            &[(12, 19)],
            &[(5, 9), (15, 16), (25, 29), (31, 32), (35, 36), (39, 43)],
            &[(2, 6), (10, 11)],
            &[(12, 17), (21, 22)],
            &[(10, 19)],
        ],
        Group::Repeats => [&[(2, 3)], &[], &[(34, 35)], &[], &[], &[(3, 4)]],
    }
}

/// Where they lie among what the lines of a sheet have in common, which comes last in every input.
fn common(group: Group) -> Vec<usize> {
    match group {
        Group::Junctions => vec![3, 5],
        Group::Widths => vec![0],
        Group::Spaces => vec![1, 2, 4],
        Group::Ends | Group::Repeats => vec![],
    }
}

/// The inputs of each kind of step that a judge is taught without.
pub(crate) fn left_out(without: &[Group]) -> [Vec<usize>; STEPS] {
    let mut inputs: [Vec<usize>; STEPS] = Default::default();
    for &group in without {
        for (step, places) in places(group).into_iter().enumerate() {
            inputs[step].extend(places.iter().flat_map(|&(start, end)| start..end));
            inputs[step].extend(common(group).into_iter().map(|at| INPUTS[step] - COMMON + at));
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
