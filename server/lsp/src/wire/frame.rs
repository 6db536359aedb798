//! Messages on a stream of bytes: a header that tells the length, a blank line, a body. What does not look like that is
//! told, skipped, and the next header found, so that one broken message costs one message.

use std::io;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// A header line longer than this is none; it keeps a stream without line ends from filling the memory.
const LONGEST_LINE: u64 = 64 << 10;

/// A body longer than this many bytes is refused unread.
const LONGEST_BODY: u64 = 1 << 30;

/// What came in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// The body of a message.
    Body(Vec<u8>),
    /// Something that is no message, in words for the client.
    Broken(&'static str),
}

/// Reads the next frame; none at the end of the input.
pub(crate) async fn read(input: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Frame>> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.take(LONGEST_LINE).read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        match Line::of(&line) {
            Line::Length(bytes) if bytes > LONGEST_BODY => return broken("Content-Length is too large"),
            Line::Length(bytes) => length = Some(bytes),
            Line::Blank => match length {
                Some(bytes) => return body(input, bytes).await.map(Some),
                None => return broken("a message without Content-Length"),
            },
            Line::Other => {}
            Line::Garbage(complaint) if length.is_none() => return broken(complaint),
            Line::Garbage(_) => {}
        }
    }
}

/// Writes a frame and sees it out of the door.
pub(crate) async fn write(output: &mut (impl AsyncWrite + Unpin), body: &[u8]) -> io::Result<()> {
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(body);
    output.write_all(&frame).await?;
    output.flush().await
}

fn broken(complaint: &'static str) -> io::Result<Option<Frame>> {
    Ok(Some(Frame::Broken(complaint)))
}

async fn body(input: &mut (impl AsyncBufRead + Unpin), bytes: u64) -> io::Result<Frame> {
    let mut body = Vec::new();
    // Grows as the bytes come in: a length that lies takes no memory.
    let read = input.take(bytes).read_to_end(&mut body).await?;
    Ok(if (read as u64) < bytes { Frame::Broken("the input ended inside a message") } else { Frame::Body(body) })
}

/// What a line of a header says.
enum Line {
    Length(u64),
    Blank,
    /// A header that is not needed.
    Other,
    Garbage(&'static str),
}

impl Line {
    fn of(line: &[u8]) -> Self {
        const NAME: &[u8] = b"content-length:";
        if line.trim_ascii().is_empty() {
            return Line::Blank;
        }
        // Anywhere in the line: the rest of a message whose length was wrong may stand before it.
        let found = line.windows(NAME.len()).position(|window| window.eq_ignore_ascii_case(NAME));
        if let Some(start) = found {
            let value = str::from_utf8(&line[start + NAME.len()..]).unwrap_or_default();
            return value.trim().parse().map_or(Line::Garbage("Content-Length is not a number"), Line::Length);
        }
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        let is_header = name.len() < line.len() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
        if is_header { Line::Other } else { Line::Garbage("a message without Content-Length") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every frame of an input, a body as its text, a broken one as its complaint in brackets.
    async fn frames(mut input: &[u8]) -> Vec<String> {
        let mut frames = Vec::new();
        while let Some(frame) = read(&mut input).await.expect("a slice can be read") {
            frames.push(match frame {
                Frame::Body(body) => String::from_utf8(body).expect("the bodies of these tests are text"),
                Frame::Broken(complaint) => format!("[{complaint}]"),
            });
        }
        frames
    }

    #[tokio::test]
    async fn bodies_come_out_as_they_went_in() {
        let mut wire = Vec::new();
        for body in ["{}", "", "\u{1F600}\r\n\r\nContent-Length: 3"] {
            write(&mut wire, body.as_bytes()).await.expect("a vector can be written");
        }
        assert_eq!(frames(&wire).await, ["{}", "", "\u{1F600}\r\n\r\nContent-Length: 3"]);
    }

    #[tokio::test]
    async fn headers_are_read_with_leniency() {
        let wire = b"content-length: 2\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{}";
        assert_eq!(frames(wire).await, ["{}"]);
    }

    #[tokio::test]
    async fn a_broken_frame_costs_one_message() {
        let cases: [(&[u8], &str); 5] = [
            (b"Content-Type: x\r\n\r\nContent-Length: 2\r\n\r\n{}", "[a message without Content-Length]"),
            (b"{\"jsonrpc\":1}\nContent-Length: 2\r\n\r\n{}", "[a message without Content-Length]"),
            (b"Content-Length: two\r\nContent-Length: 2\r\n\r\n{}", "[Content-Length is not a number]"),
            (b"Content-Length: -1\r\nContent-Length: 2\r\n\r\n{}", "[Content-Length is not a number]"),
            (b"Content-Length: 9999999999999\r\nContent-Length: 2\r\n\r\n{}", "[Content-Length is too large]"),
        ];
        for (wire, complaint) in cases {
            assert_eq!(frames(wire).await, [complaint, "{}"], "{}", String::from_utf8_lossy(wire));
        }
    }

    #[tokio::test]
    async fn a_length_that_is_too_short_is_made_good_at_the_next_header() {
        let wire = b"Content-Length: 2\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n{}";
        assert_eq!(frames(wire).await, ["{\"", "{}"]);
    }

    #[tokio::test]
    async fn an_input_that_ends_early_is_told() {
        assert_eq!(frames(b"Content-Length: 10\r\n\r\n{}").await, ["[the input ended inside a message]"]);
        assert_eq!(frames(b"Content-Len").await, ["[a message without Content-Length]"]);
    }
}
