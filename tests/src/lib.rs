//! What the black-box tests share: the built program, and where the repository and the corpora lie.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The top of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this package lies one folder down")
}

/// The program as built from the sources under test, in the profile of the tests themselves.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(repository()).args(["build", "--quiet", "--package", "columnist"]);
        if !cfg!(debug_assertions) {
            cargo.arg("--release");
        }
        assert!(cargo.status().expect("cargo starts").success(), "the program does not build");
        // Tests lie in PROFILE/deps/, the program in PROFILE/.
        let test = std::env::current_exe().expect("a test knows where it lies");
        let name = format!("columnist{}", std::env::consts::EXE_SUFFIX);
        test.ancestors().nth(2).expect("a test lies two folders deep").join(name)
    })
}

/// The corpora beside the repository, which are not part of it; says so and gives none where they are not there.
pub fn corpora() -> Option<PathBuf> {
    let shared = repository().parent()?.join("shared");
    let found = shared.join("corpus").is_dir();
    if !found {
        println!("skipped: there are no corpora at {}", shared.display());
    }
    found.then_some(shared)
}
