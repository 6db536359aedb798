//! Where the time of one keystroke goes: each part of the analysis of a report, by its size. Without the column model's
//! data the columns cost nothing; it is looked for in `data/`, at the top of the repository.
//!
//!     cargo bench -p columnist-transcript --bench keystroke

use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;

use columnist_transcript::analysis::Analysis;
use columnist_transcript::columns::{self, Model};
use columnist_transcript::heading;
use columnist_transcript::language;
use columnist_transcript::lines::{Format, Lines};
use columnist_transcript::markup::Markup;
use columnist_transcript::outline::Outline;
use columnist_transcript::page;
use columnist_transcript::reading::passages;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// A report of about so many bytes: pages of chapters and sections in plain Dutch, with references, notes and furniture.
fn report(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 4096);
    let mut page = 0;
    while text.len() < bytes {
        page += 1;
        let _ = write!(text, "\u{c}Havenbericht\n\n{}.{} De kade van vak {page}\n\n", page / 20 + 1, page % 20 + 1);
        for line in 0..40 {
            let _ = writeln!(
                text,
                "Het water stond op dag {line} hoger dan de dienst had verwacht, zie paragraaf {}.{}.",
                (page * 7 + line) % 20 + 1,
                line % 20 + 1
            );
            if line % 8 == 7 {
                text.push('\n');
            }
        }
        let _ = write!(text, "\n{page}\n");
    }
    text
}

fn model() -> Model {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let file = |name: &str| std::fs::read(data.join(name)).ok();
    let files = file("junctions.bin").zip(file("judge.bin"));
    files.and_then(|(junctions, judge)| Model::from_bytes(junctions, &judge).ok()).unwrap_or_default()
}

fn keystroke(criterion: &mut Criterion) {
    let model = model();
    for bytes in [10_000, 100_000, 1_000_000, 10_000_000] {
        let text = report(bytes);
        let lines = Lines::new(&text);
        for format in [Format::Plain, Format::Markdown] {
            let mut group = criterion.benchmark_group(format!("{format:?}"));
            group.sample_size(10).throughput(Throughput::Bytes(text.len() as u64));
            let mut bench = |part: &str, work: &mut dyn FnMut()| {
                group.bench_function(BenchmarkId::new(part, bytes), |bencher| bencher.iter(&mut *work));
            };
            let markup = Markup::new(&lines, format);
            let found = columns::find(&lines, &markup.blocks, &model);
            let reading = passages(&lines, &found, 0..lines.len());
            let pages = page::pages(&lines);
            bench("lines", &mut || drop(black_box(Lines::new(&text))));
            bench("markup", &mut || drop(black_box(Markup::new(&lines, format))));
            bench("columns", &mut || drop(black_box(columns::find(&lines, &markup.blocks, &model))));
            bench("language", &mut || {
                black_box(language::recognise(&text));
            });
            bench("reading", &mut || drop(black_box(passages(&lines, &found, 0..lines.len()))));
            bench("pages", &mut || drop(black_box(page::pages(&lines))));
            bench("headings", &mut || {
                let headings =
                    heading::find(&lines, &heading::rows(&lines, &reading, &pages, &markup), &pages, &markup, format);
                black_box(Outline::new(headings, text.len()));
            });
            bench("all", &mut || drop(black_box(Analysis::new(&text, format, &model))));
        }
    }
}

criterion_group!(benches, keystroke);
criterion_main!(benches);
