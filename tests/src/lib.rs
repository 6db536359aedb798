//! What the black-box tests share: the built program, where the repository and the corpora lie, texts with places drawn
//! into them, folders, and a client. The modules stand in order of knowledge.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

pub mod chance;
pub mod sample;
pub mod drawing;
pub mod folder;
pub mod command;
pub mod unprivileged;
pub mod recording;
pub mod profile;
pub mod client;
pub mod trace;

/// The top of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this package lies one folder down")
}

/// The program, built from the sources under test.
pub fn program() -> &'static Path {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| built(&[], "debug"));
    &PROGRAM
}

/// The program as it is released: what figures are measured on.
pub fn released_program() -> &'static Path {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| built(&["--release"], "release"));
    &PROGRAM
}

/// Builds the program and says where it lies.
fn built(options: &[&str], profile: &str) -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(repository()).args(["build", "--quiet", "--package", "columnist"]).args(options);
    assert!(cargo.status().expect("cargo starts").success(), "the program does not build");
    // A test lies in TARGET/PROFILE/deps/, the program in TARGET/PROFILE/.
    let test = std::env::current_exe().expect("a test knows where it lies");
    let target = test.ancestors().nth(3).expect("a test lies three folders deep");
    target.join(profile).join(format!("columnist{}", std::env::consts::EXE_SUFFIX))
}

/// The corpora and their scorers beside the repository, which are no part of it; says so and gives none where they are
/// not there.
pub fn corpora() -> Option<PathBuf> {
    let shared = repository().parent()?.join("shared");
    let found = shared.join("corpus").is_dir();
    if !found {
        println!("skipped: there are no corpora at {}", shared.display());
    }
    found.then_some(shared)
}
