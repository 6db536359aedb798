//! The protocol: a server as the program runs it, in this process, and a client that sends whatever the fuzzer makes up.
//! Each request is answered exactly once, what comes out is always a message, the server's text is the client's, and it
//! ends when it should. No message names a folder that is there, so that nothing is read.

mod client;
mod message;

use std::time::Duration;

use lsp::{Ending, Options};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use tokio::time::timeout;

use self::client::Client;
use crate::choices::Choices;
use crate::learnt;

/// Nothing takes so long; what does hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes that may wait in either direction.
const PIPE: usize = 1 << 20;

/// Plays a conversation.
pub fn run(data: &[u8]) {
    let mut choices = Choices(data);
    let raw = choices.byte() % 4 == 3;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_time().build();
    let runtime = runtime.expect("a runtime");
    runtime.block_on(async {
        let played = async { if raw { bytes(choices.0).await } else { conversation(choices).await } };
        timeout(PATIENCE, played).await.expect("the conversation hangs");
    });
    runtime.shutdown_background();
}

fn options() -> Options {
    Options { model: learnt::model(), quiet: Duration::ZERO }
}

/// Messages of all kinds, each in a good frame.
async fn conversation(mut choices: Choices<'_>) {
    let (mut to_server, input) = duplex(PIPE);
    let (output, mut from_server) = duplex(PIPE);
    let mut client = Client::new(choices.byte());
    let mut messages = client.greeting();
    let mut acts = 0;
    while !choices.is_empty() && acts < 40 {
        acts += 1;
        messages.extend(client.act(&mut choices));
    }
    messages.extend(client.comparison());
    let server = lsp::serve(input, output, options());
    let talk = async {
        for message in messages {
            to_server.write_all(&framed(&message.to_string())).await.expect("the server reads");
        }
        client.listen(&mut from_server).await;
        for message in
            [json!({"jsonrpc": "2.0", "id": -1, "method": "shutdown"}), json!({"jsonrpc": "2.0", "method": "exit"})]
        {
            to_server.write_all(&framed(&message.to_string())).await.expect("the server reads");
        }
        // What is still said must be read: a server that cannot speak cannot leave.
        let _ = from_server.read_to_end(&mut Vec::new()).await;
    };
    let (ending, ()) = tokio::join!(server, talk);
    assert_eq!(ending.expect("a pipe can be read"), Ending::Orderly);
}

/// Any bytes at all, until there are no more.
async fn bytes(bytes: &[u8]) {
    if message::names_folders(bytes) {
        return;
    }
    let (mut to_server, input) = duplex(PIPE);
    let (output, mut from_server) = duplex(PIPE);
    let greeting = Client::new(255).greeting();
    let server = lsp::serve(input, output, options());
    let talk = async move {
        for message in greeting {
            to_server.write_all(&framed(&message.to_string())).await.expect("the server reads");
        }
        let (mut rest, mut said) = (bytes, Vec::new());
        // A server that was told to leave does not read on.
        while !rest.is_empty() && to_server.write_all(&rest[..rest.len().min(7)]).await.is_ok() {
            rest = &rest[rest.len().min(7)..];
        }
        drop(to_server);
        from_server.read_to_end(&mut said).await.expect("a pipe can be read");
        let mut said = &said[..];
        while !said.is_empty() {
            said = message::first(said).expect("whole messages").1;
        }
    };
    let (ending, ()) = tokio::join!(server, talk);
    ending.expect("a pipe can be read");
}

fn framed(body: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}
