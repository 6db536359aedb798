//! What could not be done, told to the person who asked: what was asked, what stood in its way and where, and what to
//! do next.

use std::fmt::Display;

use report::source::{Fault, ReadError};

use crate::ending::Ending;
use crate::output::visible;

/// Something that could not be done.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    asked: String,
    wrong: String,
    next: String,
}

impl Failure {
    /// `asked` reads on from "could not", `next` is a whole sentence.
    pub(crate) fn new(asked: impl Display, wrong: impl Display, next: impl Display) -> Self {
        Self { asked: asked.to_string(), wrong: wrong.to_string(), next: next.to_string() }
    }

    /// A file, called `shown` by whoever asked for it, that could not be read.
    pub(crate) fn unreadable(shown: &str, error: &ReadError) -> Self {
        let next = match &error.fault {
            Fault::Missing => "Check the name, or where you are.".to_owned(),
            Fault::Permission => "Give yourself the right to read it, or leave it out.".to_owned(),
            Fault::Folder => "Name the files in it.".to_owned(),
            Fault::Dangling => "Mend the link, or name the file that it should lead to.".to_owned(),
            Fault::Outside => "If it is meant, name this link itself, or the folder that it leads to.".to_owned(),
            Fault::Special => "Name a file, or pipe the text in under the name `-`.".to_owned(),
            Fault::TooLarge { .. } => "Cut it up, or raise `files.max-size` in columnist.toml.".to_owned(),
            Fault::LongLine { .. } => "Break its lines, or raise `files.max-line` in columnist.toml.".to_owned(),
            Fault::TooMany { .. } => "Name fewer folders, or raise `files.max-count` in columnist.toml.".to_owned(),
            Fault::Encoding { guess, .. } => format!(
                "The file was left alone. Look whether it really is {guess}; if so, `iconv -f {guess} -t UTF-8` makes \
                 it UTF-8."
            ),
            Fault::Binary => "Name a file of text; this one was left alone.".to_owned(),
            Fault::Other(_) => "See to that, and try again.".to_owned(),
        };
        Self::new(format_args!("read `{shown}`"), error, next)
    }

    /// Tells it on the standard error.
    pub(crate) fn tell(&self) -> Ending {
        let (asked, wrong, next) = (visible(&self.asked), visible(&self.wrong), visible(&self.next));
        anstream::eprintln!("\x1b[1;31merror\x1b[0m: could not {asked}: {wrong}\n  {next}");
        Ending::Failed
    }

    /// Tells all of them.
    pub(crate) fn tell_all<'f>(failures: impl IntoIterator<Item = &'f Failure>) -> Ending {
        failures.into_iter().map(Failure::tell).max().unwrap_or_default()
    }
}
