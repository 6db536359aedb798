//! The program run by somebody who may not do everything: the tests themselves are often run by root, whom no
//! permission stops.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::command::{Run, run};
use crate::{program, repository};

/// The user who owns nothing, on every Unix.
const NOBODY: u32 = 65534;

/// Runs the program in a folder as a user without privileges; says so and gives none where that cannot be.
pub fn columnist(folder: &Path, arguments: &[&str]) -> Option<Run> {
    let own = fs::metadata(folder).expect("the folder is there").uid();
    if own != 0 {
        let mut command = Command::new(program());
        command.args(arguments).current_dir(folder);
        return Some(run(command, b""));
    }
    // The program and its data may lie where nobody may look.
    let place = tempfile::TempDir::with_prefix("columnist-program-").expect("a folder for temporary files");
    let copy = place.path().join("columnist");
    fs::copy(program(), &copy).expect("the program can be copied");
    let data = place.path().join("data");
    fs::create_dir(&data).expect("a folder of our own");
    for file in fs::read_dir(repository().join("data")).expect("the program has data") {
        let file = file.expect("an entry");
        fs::copy(file.path(), data.join(file.file_name())).expect("data can be copied");
    }
    for path in [place.path(), &copy, folder] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("its owner may");
    }
    let mut command = Command::new(&copy);
    command.args(arguments).current_dir(folder).uid(NOBODY).gid(NOBODY);
    let probe = Command::new(&copy).arg("--version").uid(NOBODY).gid(NOBODY).output();
    if !probe.is_ok_and(|probe| probe.status.success()) {
        println!("skipped: no program can be run here as a user without privileges");
        return None;
    }
    Some(run(command, b""))
}
