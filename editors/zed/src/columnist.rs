//! Tells Zed which program serves Markdown and plain text. Everything about text is decided in that.

use zed_extension_api::{Command, Extension, LanguageServerId, Result, Worktree, register_extension};

struct Columnist;

impl Extension for Columnist {
    fn new() -> Self {
        Columnist
    }

    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let program = worktree.which("columnist");
        let command = program.ok_or("the program columnist is not on the PATH: build it with `cargo build --release`")?;
        Ok(Command { command, args: vec!["lsp".to_owned()], env: Vec::new() })
    }
}

register_extension!(Columnist);
