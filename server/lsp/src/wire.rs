//! The conversation with the client. The framework's service knows the protocol's states and routes each message; its
//! own transport is not used, since it ends at the first broken message and runs all handlers in one task, where a
//! handler that waits stops the others. Here each handler is polled once in the order in which the messages arrived, so
//! that what it does before its first `.await` happens in that order, and goes on in a task of its own.

use std::io;
use std::pin::pin;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite, BufReader};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::{ClientSocket, LanguageServer, LspService};
use tower_service::Service;

mod frame;
mod unread;

use frame::Frame;

/// How long the last answers may take on their way out, once the conversation is over.
const FAREWELL: Duration = Duration::from_secs(1);

/// How a conversation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The client asked the server to shut down, and then to leave.
    Orderly,
    /// The client asked the server to leave without a shutdown before.
    Abrupt,
    /// The client is gone.
    Deserted,
}

/// Talks with the client until it says goodbye or is gone: its messages end, or `deserted` says so.
///
/// # Errors
/// The input could not be read.
pub(crate) async fn converse<S: LanguageServer>(
    input: impl AsyncRead + Unpin,
    mut output: impl AsyncWrite + Unpin + Send + 'static,
    mut service: LspService<S>,
    socket: ClientSocket,
    deserted: impl Future<Output = ()>,
) -> io::Result<Ending> {
    let (mut questions, mut answers) = socket.split();
    let (outbox, mut outgoing) = unbounded_channel::<Vec<u8>>();
    let writer = tokio::spawn(async move {
        while let Some(body) = outgoing.recv().await {
            if let Err(error) = frame::write(&mut output, &body).await {
                tracing::error!("the client does not take our messages any more: {error}");
                break;
            }
        }
    });
    let mut tasks = JoinSet::new();
    let to_client = outbox.clone();
    tasks.spawn(async move {
        while let Some(question) = questions.next().await {
            send(&to_client, &question);
        }
    });

    let mut input = BufReader::new(input);
    let mut deserted = pin!(deserted);
    let mut shut_down = false;
    let ending = loop {
        while tasks.try_join_next().is_some() {}
        // A frame that was read in part is lost with its sender.
        let frame = tokio::select! {
            frame = frame::read(&mut input) => frame?,
            () = &mut deserted => break Ending::Deserted,
        };
        let message = match frame {
            None => break Ending::Deserted,
            Some(Frame::Broken(complaint)) => Message::Broken(Id::Null, parse_error(complaint)),
            Some(Frame::Body(body)) => Message::of(&body),
        };
        match message {
            Message::Broken(id, error) => {
                tracing::warn!("a message from the client cannot be read: {}", error.message);
                send(&outbox, &Response::from_error(id, error));
            }
            // An answer to nothing that was asked, or one that comes too late, is no news.
            Message::Answer(response) => drop(answers.send(response).await),
            Message::Question(request) => {
                let request = match unread::of(&request) {
                    Some(unread) => {
                        send(&outbox, &unread.word);
                        let Some(instead) = unread.instead else { continue };
                        instead
                    }
                    None => request,
                };
                let last = request.method() == "exit";
                shut_down |= request.method() == "shutdown";
                let mut handler = service.call(request);
                match futures_util::poll!(&mut handler) {
                    std::task::Poll::Ready(answer) => reply(&outbox, answer),
                    std::task::Poll::Pending => {
                        let outbox = outbox.clone();
                        tasks.spawn(async move { reply(&outbox, handler.await) });
                    }
                }
                if last {
                    break if shut_down { Ending::Orderly } else { Ending::Abrupt };
                }
            }
        }
    };
    tasks.shutdown().await;
    drop(outbox);
    let _ = tokio::time::timeout(FAREWELL, writer).await;
    Ok(ending)
}

/// A message of the client's.
enum Message {
    Question(Request),
    Answer(Response),
    Broken(Id, Error),
}

impl Message {
    fn of(body: &[u8]) -> Self {
        let mut value: Value = match serde_json::from_slice(body) {
            Ok(value) => value,
            Err(error) => return Message::Broken(Id::Null, parse_error(&error.to_string())),
        };
        let id: Id = value.get("id").and_then(|id| serde_json::from_value(id.clone()).ok()).unwrap_or_default();
        if value.get("method").is_some() {
            mend(&mut value);
            return match serde_json::from_value(value) {
                Ok(request) => Message::Question(request),
                Err(error) => Message::Broken(id, invalid_request(&error.to_string())),
            };
        }
        if id == Id::Null {
            return Message::Broken(id, invalid_request("neither a method nor an answer"));
        }
        // Read by hand: the framework refuses errors with members of the client's own.
        Message::Answer(match value.get_mut("error") {
            Some(error) => {
                let code = error.get("code").and_then(Value::as_i64).unwrap_or(-32603);
                let message = error.get("message").and_then(Value::as_str).unwrap_or_default().to_owned();
                Response::from_error(id, Error { code: ErrorCode::from(code), message: message.into(), data: None })
            }
            None => Response::from_ok(id, value.get_mut("result").map(Value::take).unwrap_or_default()),
        })
    }
}

/// What clients get wrong and the framework takes amiss: `initialized` without parameters, `shutdown` and `exit` with.
fn mend(request: &mut Value) {
    let without = request.get("params").is_none_or(Value::is_null);
    match request.get("method").and_then(Value::as_str) {
        Some("initialized") if without => request["params"] = json!({}),
        Some("shutdown" | "exit") if !without => request["params"] = Value::Null,
        _ => {}
    }
}

fn parse_error(message: &str) -> Error {
    Error { message: format!("Parse error: {message}").into(), ..Error::parse_error() }
}

fn invalid_request(message: &str) -> Error {
    Error { message: format!("Invalid request: {message}").into(), ..Error::invalid_request() }
}

/// Sends what a handler answered; notifications answer nothing.
fn reply<E: std::fmt::Display>(outbox: &UnboundedSender<Vec<u8>>, answer: Result<Option<Response>, E>) {
    match answer {
        Ok(Some(response)) => send(outbox, &response),
        Ok(None) => {}
        Err(error) => tracing::debug!("a message after the end: {error}"),
    }
}

/// Hands a message to the writer. When that is gone, so is the client, and nobody misses the message.
fn send(outbox: &UnboundedSender<Vec<u8>>, message: &impl Serialize) {
    match serde_json::to_vec(message) {
        Ok(body) => drop(outbox.send(body)),
        Err(error) => tracing::error!("a message cannot be written as JSON: {error}"),
    }
}
