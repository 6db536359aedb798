//! The standard output. A reader that leaves early (`columnist check . | head`) must neither stop a command half-way
//! nor change how it ends, so what nobody reads is dropped in silence.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, StdoutLock, Write};

use anstream::AutoStream;

pub(crate) use transcript::visible::visible;

use crate::ending::Ending;
use crate::failure::Failure;

/// The standard output, buffered, its colours kept where they are wanted. Writing to it never fails: a full disk is
/// remembered and told at the end.
pub(crate) struct Output {
    sink: Option<BufWriter<AutoStream<StdoutLock<'static>>>>,
    fault: Option<io::Error>,
}

impl Output {
    /// The standard output of this process.
    pub(crate) fn stdout() -> Self {
        Self { sink: Some(BufWriter::new(AutoStream::auto(io::stdout()).lock())), fault: None }
    }

    /// Writes what follows as it is, every sign of it, unless a person looks at it: it is a text, or data that hold texts, and
    /// has no colours that could be left out.
    pub(crate) fn write_texts(&mut self) {
        let _ = self.flush();
        if !io::stdout().is_terminal()
            && let Some(Ok(stream)) = self.sink.take().map(BufWriter::into_inner)
        {
            self.sink = Some(BufWriter::new(AutoStream::always_ansi(stream.into_inner())));
        }
    }

    /// Writes the rest, and makes of a command's ending the program's.
    pub(crate) fn end(mut self, ending: Ending) -> Ending {
        let _ = self.flush();
        match self.fault {
            Some(fault) => {
                Failure::new("write the answer", fault, "Make room for it, or write it somewhere else.").tell()
            }
            None => ending,
        }
    }

    /// Does something with the sink, if there still is one, and lets go of it when it is broken.
    fn attempt(&mut self, act: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        let Some(sink) = &mut self.sink else { return };
        if let Err(error) = act(sink) {
            // The buffer is not written out once more on the way.
            self.sink.take().map(BufWriter::into_parts);
            self.fault = (error.kind() != ErrorKind::BrokenPipe).then_some(error);
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.attempt(|sink| sink.write_all(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.attempt(|sink| sink.flush());
        Ok(())
    }
}

/// The name of a file on one line, harmless.
pub(crate) fn visible_name(name: &str) -> String {
    visible(name).replace('\n', "\u{fffd}")
}
