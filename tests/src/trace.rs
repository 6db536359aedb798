//! What a program does to the world outside of itself, as the system sees it: strace writes down every call that names
//! a file, starts a process or uses a network, and the calls are read here.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::program;

/// Calls that change what a path is, or what lies there.
const CHANGING: &[&str] = &[
    "creat",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "rmdir",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "truncate",
    "chmod",
    "fchmodat",
    "chown",
    "lchown",
    "fchownat",
    "mknod",
    "mknodat",
    "mount",
    "utimensat",
    "setxattr",
    "lsetxattr",
    "removexattr",
];

/// A program that is watched.
#[derive(Debug)]
pub struct Trace {
    folder: TempDir,
}

/// A call to the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Its name.
    pub name: String,
    /// What it was given and what came of it, as strace writes it.
    pub rest: String,
}

impl Trace {
    /// A command that runs the program in a folder, watched; none, and said so, where nothing can be watched.
    pub fn new(folder: &Path) -> Option<(Self, Command)> {
        let trace = Self { folder: TempDir::with_prefix("columnist-trace-").expect("a folder for temporary files") };
        let mut probe = trace.command(folder);
        let works = probe.arg("--version").output().is_ok_and(|run| run.status.success()) && !trace.calls().is_empty();
        if !works {
            println!("skipped: strace cannot be used here, so nobody watches what the program opens");
            return None;
        }
        let command = trace.command(folder);
        Some((trace, command))
    }

    fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-e", "trace=%file,%network,%process", "-e", "signal=none", "-o"]).arg(self.log());
        command.arg(program()).current_dir(folder);
        command
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// The calls, once the program has ended.
    pub fn calls(&self) -> Vec<Call> {
        let log = fs::read(self.log()).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        log.lines().filter_map(Call::read).collect()
    }
}

impl Call {
    /// Reads a line: a process, a call with what it was given, what came of it. The second half of a call that another
    /// one interrupted says nothing new.
    fn read(line: &str) -> Option<Self> {
        let (_, call) = line.split_once(' ')?;
        let (name, rest) = call.trim_start().split_once('(')?;
        let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        is_name.then(|| Self { name: name.to_owned(), rest: rest.to_owned() })
    }

    /// The paths that it names.
    pub fn paths(&self) -> Vec<PathBuf> {
        self.rest.split('"').skip(1).step_by(2).map(PathBuf::from).collect()
    }

    /// Whether nothing came of it.
    pub fn failed(&self) -> bool {
        self.rest.contains(") = -1 ")
    }

    /// Whether it opens a file or a folder to be read.
    pub fn reads(&self) -> bool {
        matches!(&*self.name, "open" | "openat" | "openat2") && !self.changes()
    }

    /// Whether it changes what lies on the disk, or could.
    pub fn changes(&self) -> bool {
        let flags = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND"];
        let opens = matches!(&*self.name, "open" | "openat" | "openat2");
        CHANGING.contains(&&*self.name) || opens && flags.iter().any(|flag| self.rest.contains(flag))
    }

    /// Whether it makes a process, rather than a thread of this one, or turns this one into another program.
    pub fn starts_a_process(&self) -> bool {
        match &*self.name {
            "fork" | "vfork" | "execve" | "execveat" => true,
            "clone" | "clone3" => !self.rest.contains("CLONE_THREAD") && !self.rest.contains("resumed"),
            _ => false,
        }
    }

    /// Whether it has to do with a network or a socket.
    pub fn uses_a_network(&self) -> bool {
        const NETWORK: &[&str] = &[
            "socket",
            "socketpair",
            "connect",
            "bind",
            "listen",
            "accept",
            "accept4",
            "sendto",
            "recvfrom",
            "sendmsg",
            "recvmsg",
            "sendmmsg",
            "recvmmsg",
            "getsockname",
            "getpeername",
            "setsockopt",
            "getsockopt",
            "shutdown",
        ];
        NETWORK.contains(&&*self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_read() {
        let read = |line: &str| Call::read(line).expect("a call");
        let open = read("12 openat(AT_FDCWD, \"/a b\", O_RDONLY|O_CLOEXEC) = 3");
        assert!(open.reads() && !open.failed() && !open.changes());
        assert_eq!(open.paths(), [PathBuf::from("/a b")]);
        assert!(read("12  openat(AT_FDCWD, \"/a\", O_RDWR|O_CREAT, 0600) = -1 EACCES (Permission denied)").failed());
        assert!(read("1 rename(\"/a\", \"/b\") = 0").changes());
        assert!(read("1 execve(\"/a\", [\"a\"], 0x7ff /* 20 vars */) = 0").starts_a_process());
        assert!(!read("1 clone3({flags=CLONE_VM|CLONE_THREAD}, 88) = 7").starts_a_process());
        assert!(read("1 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3").uses_a_network());
        assert_eq!(Call::read("1 <... openat resumed>) = 3"), None);
    }
}
