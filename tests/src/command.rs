//! The program run as a person or a script runs it.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use crate::program;

/// No command of these tests takes so long, on the slowest machine; one that does hangs.
const PATIENCE: Duration = Duration::from_secs(600);

/// What came of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// What it wrote to the standard output.
    pub out: String,
    /// What it wrote to the standard error.
    pub err: String,
}

impl std::fmt::Display for Run {
    /// As a person sees it, what went to the standard error marked with `!`, without white space at the ends of lines.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.out.lines().try_for_each(|line| writeln!(f, "{}", line.trim_end()))?;
        self.err.lines().try_for_each(|line| writeln!(f, "! {}", line.trim_end()))?;
        match self.code {
            Some(code) => writeln!(f, "ended with {code}"),
            None => writeln!(f, "killed"),
        }
    }
}

/// Runs the program in a folder, with nothing on its standard input.
pub fn columnist(folder: &Path, arguments: &[&str]) -> Run {
    columnist_reads(folder, arguments, b"")
}

/// Runs the program in a folder, with this on its standard input.
pub fn columnist_reads(folder: &Path, arguments: &[&str], input: &[u8]) -> Run {
    let mut command = Command::new(program());
    command.args(arguments).current_dir(folder);
    run(command, input)
}

/// Runs any command to its end.
///
/// # Panics
/// When it does not end.
pub fn run(mut command: Command, input: &[u8]) -> Run {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let mut stdin = child.stdin.take().expect("it is piped");
    let input = input.to_owned();
    // A program that ends without reading all of it is none of our business.
    thread::spawn(move || drop(stdin.write_all(&input)));
    let out = reader(child.stdout.take().expect("it is piped"));
    let err = reader(child.stderr.take().expect("it is piped"));
    let code = ended(child, PATIENCE).unwrap_or_else(|| panic!("{command:?} does not end")).code();
    Run { code, out: out.join().expect("a reader"), err: err.join().expect("a reader") }
}

/// Waits for the end of a process; kills it and gives nothing when that does not come in time.
pub fn ended(mut child: Child, patience: Duration) -> Option<ExitStatus> {
    let id = child.id();
    let (tell, told) = channel();
    thread::spawn(move || drop(tell.send(child.wait())));
    match told.recv_timeout(patience) {
        Ok(status) => Some(status.expect("a child can be waited for")),
        Err(_) => {
            // The thread owns the child, so it is stopped by its number: it runs, for nobody has waited for it yet.
            let _ = Command::new("kill").args(["-9", &id.to_string()]).status();
            None
        }
    }
}

fn reader(mut from: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).expect("a pipe can be read");
        String::from_utf8(bytes).expect("the program writes UTF-8")
    })
}
