//! Where the column model's data lies, and what is said when it is not there.

use std::path::{Path, PathBuf};

use transcript::columns::{Learnt, Model};

/// Names the folder of the data, before all other places.
const VARIABLE: &str = "COLUMNIST_DATA";

/// The column model, which is read when it is first asked for. Where what it has learnt is not found, or is no good, this
/// is said on standard error, and the model finds nothing.
pub(crate) fn model() -> Model {
    Model::later(learnt)
}

/// Who reads pages without end remembers so many words. Of 20 MB in which the same handbooks come again and again that spares two
/// fifths of the time for eleven megabytes more; in columns, of whose words more is worked out, hardly any for eighty more;
/// where no text comes again it spares nothing. The server remembers those of a page.
const WORDS: usize = 4096;

/// The same model for a command that reads many pages.
pub(crate) fn model_of_many() -> Model {
    model().keeping(WORDS)
}

fn learnt() -> Option<Learnt> {
    let places = places();
    let Some(folder) = places.iter().find(|folder| folder.join("judge.bin").is_file()) else {
        let looked: Vec<String> = places.iter().map(|place| place.display().to_string()).collect();
        eprintln!("columnist: merged columns are not looked for: no model lies in {}", looked.join(", "));
        return None;
    };
    read(folder)
        .inspect_err(|why| {
            let folder = folder.display();
            eprintln!("columnist: merged columns are not looked for: the model in {folder} cannot be used: {why}");
        })
        .ok()
}

fn read(folder: &Path) -> Result<Learnt, Box<dyn std::error::Error>> {
    let file = |name: &str| std::fs::read(folder.join(name)).map_err(|why| format!("{name}: {why}"));
    Ok(Learnt::from_bytes(file("junctions.bin")?, &file("judge.bin")?)?)
}

/// Where the data may lie: where the person says, beside the program, where packages put it, and in the repository
/// that the program was built in.
fn places() -> Vec<PathBuf> {
    let mut places: Vec<PathBuf> = std::env::var_os(VARIABLE).map(PathBuf::from).into_iter().collect();
    let program = std::env::current_exe().and_then(std::fs::canonicalize).ok();
    if let Some(folder) = program.as_deref().and_then(Path::parent) {
        places.push(folder.join("data"));
        places.push(folder.join("../share/columnist"));
        // target/release/columnist, or target/TRIPLE/release/columnist.
        places.extend(folder.ancestors().skip(2).take(2).map(|folder| folder.join("data")));
    }
    places
}
