//! Tells why a page is read as it is: what each step of the true reading and of the likeliest one scores, line by line.

use crate::judging::{sheet, truth};
use crate::page::Page;
use std::fmt::Write;
use transcript::columns::cut::Cut;
use transcript::columns::judge::{Judge, Step};
use transcript::columns::junction::Junctions;
use transcript::columns::lattice::Lattice;
use transcript::columns::measure::{interleaved, measures};
use transcript::columns::sheet::{Piece, Sheet};

/// The steps of both readings under each guess at the measure.
pub(crate) fn why(page: &Page, junctions: &Junctions, judge: &Judge) -> String {
    let sheet = sheet(page, junctions);
    let truth = truth(page);
    let mut told = format!("== {} weave {:.3} {:.3}\n", page.id, sheet.weave(), sheet.woven(3));
    let mut measures = measures(&sheet);
    measures.extend(interleaved(&sheet));
    let columns = truth.iter().flat_map(|cut| &cut.cells).map(|(column, _)| usize::from(*column) + 1).max();
    for measure in &measures {
        let right = columns == Some(measure.columns.len());
        let lattice = Lattice::new(&sheet, measure, judge, right.then_some(&truth[..]));
        let said: Vec<Cut> = (0..sheet.strips.len()).map(|strip| likeliest(&lattice, strip)).collect();
        let scores = [lattice.score(&truth), lattice.score(&said)];
        let _ = writeln!(
            told,
            "-- {measure:?} total {:.2}, true {:?}, likeliest {:?}",
            lattice.total(),
            scores[0],
            scores[1]
        );
        if right {
            let steps = [&truth, &said].map(|reading| steps(&lattice, judge, reading));
            lines(page, &sheet, &[&truth, &said], &steps, &mut told);
        }
    }
    told
}

fn likeliest(lattice: &Lattice, strip: usize) -> Cut {
    let cuts = lattice.cuts(strip);
    cuts.into_iter().max_by(|one, other| one.1.total_cmp(&other.1)).map_or_else(Cut::outside, |(cut, _)| cut)
}

/// The steps of each strip of a reading; those of the end come last.
fn steps(lattice: &Lattice, judge: &Judge, reading: &[Cut]) -> Vec<Vec<(Step, f32)>> {
    let mut all: Vec<Vec<(Step, f32)>> = vec![Vec::new(); reading.len() + 1];
    lattice.steps_of(reading, &mut |strip, step, input| all[strip].push((step, judge.score(step, input))));
    all
}

fn lines(page: &Page, sheet: &Sheet, readings: &[&Vec<Cut>; 2], steps: &[Vec<Vec<(Step, f32)>>; 2], told: &mut String) {
    for strip in 0..=sheet.strips.len() {
        if strip < sheet.strips.len() && steps[0][strip] == steps[1][strip] && readings[0][strip] == readings[1][strip]
        {
            continue;
        }
        for (name, at) in [("G", 0), ("S", 1)] {
            let line = readings[at].get(strip).map(|cut| drawn(page, sheet, cut)).unwrap_or_default();
            let sum: f32 = steps[at][strip].iter().map(|step| step.1).sum();
            let each: Vec<String> =
                steps[at][strip].iter().map(|(step, score)| format!("{step:?} {score:.1}")).collect();
            let _ = writeln!(told, "{strip:3} {name} {sum:6.1} [{}] {line}", each.join(" "));
        }
    }
}

fn drawn(page: &Page, sheet: &Sheet, cut: &Cut) -> String {
    let cell = |(column, piece): &(u8, Piece)| {
        let strip = &sheet.strips[piece.strip()];
        format!("{column}:{}", &page.lines[strip.line].text[strip.facts.span(piece.words()).range()])
    };
    if cut.is_outside() { "~".to_owned() } else { cut.cells.iter().map(cell).collect::<Vec<_>>().join(" ‖ ") }
}
