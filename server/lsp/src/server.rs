//! The methods of the protocol. A notification changes the session before it first waits; a request takes its snapshot
//! before it first waits and is answered on a thread of its own. Requests of ours to the client are never awaited in
//! here: the answer could not come in.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use report::rename::Refusal;
use report::settings::Feature;
use serde_json::Value;
use tokio::sync::{Semaphore, oneshot};
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::request::ApplyWorkspaceEdit;
use tower_lsp::ls_types::request::{GotoDeclarationParams, GotoDeclarationResponse};
use tower_lsp::ls_types::*;
use tower_lsp::{Client, LanguageServer};

use crate::capabilities::Abilities;
use crate::commands::Command;
use crate::folders::Reader;
use crate::handlers::execute;
use crate::handlers::reading_order::{ReadingOrder, ReadingOrderParams};
use crate::handlers::report_outline::{ReportOutline, ReportOutlineParams};
use crate::limits::{self, TooMany};
use crate::session::{Session, Snapshot};
use crate::{Options, configuration, convert, handlers, progress, publish, registration};

/// The server of one conversation.
#[derive(Debug)]
pub(crate) struct Server {
    client: Client,
    options: Options,
    session: Arc<Session>,
    reader: Reader,
    /// Held while a command is worked out.
    commands: tokio::sync::Mutex<()>,
    /// As many requests are worked out at the same time as there are cores; those that wait can still be cancelled.
    turns: Arc<Semaphore>,
    /// Where to say which process the client is.
    tell_parent: Mutex<Option<oneshot::Sender<u32>>>,
}

impl Server {
    /// A server that has not been greeted yet. Must be called inside of a runtime.
    pub(crate) fn new(client: Client, options: Options, tell_parent: oneshot::Sender<u32>) -> Self {
        let session = Arc::new(Session::new(Arc::clone(&options.model)));
        let (again, to) = (Arc::clone(&session), client.clone());
        let too_many = TooMany::default();
        let reader = Reader::start(Arc::clone(&session), move || {
            publish::anew(&again, &to);
            too_many.tell(&again.snapshot().workspace, &to);
        });
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let (turns, tell_parent) = (Arc::new(Semaphore::new(cores)), Mutex::new(Some(tell_parent)));
        let commands = tokio::sync::Mutex::default();
        Self { client, options, session, reader, commands, turns, tell_parent }
    }

    /// Answers from the text as it is when this is first polled, that is, as of the last change received before.
    async fn answer<P, A>(&self, params: P, handler: fn(&Snapshot, P) -> A) -> Result<A>
    where
        P: Send + 'static,
        A: Send + 'static,
    {
        let snapshot = self.session.snapshot();
        self.work_out(snapshot, params, handler).await
    }

    /// The same for what needs the other documents: waits until the folders are read.
    async fn answer_from_report<P, A>(&self, params: P, handler: fn(&Snapshot, P) -> A) -> Result<A>
    where
        P: Send + 'static,
        A: Send + 'static,
    {
        let snapshot = self.session.snapshot();
        let snapshot = self.session.read_folders(snapshot).await;
        self.work_out(snapshot, params, handler).await
    }

    async fn work_out<P, A>(&self, snapshot: Snapshot, params: P, handler: fn(&Snapshot, P) -> A) -> Result<A>
    where
        P: Send + 'static,
        A: Send + 'static,
    {
        let _turn = self.turns.acquire().await;
        let patience = snapshot.workspace.settings().patience();
        let work = timeout(patience, spawn_blocking(move || handler(&snapshot, params))).await;
        work.map_err(|_| limits::refusal(patience))?.map_err(|error| {
            tracing::error!("a request could not be answered: {error}");
            Error::internal_error()
        })
    }

    /// Does a command: works it out, then has the client make the change, or tells the person why there is none.
    async fn execute(&self, command: Command) -> Result<Option<Value>> {
        let asked = self.session.snapshot();
        // One after the other: a split that is moved twice is moved by two words.
        let _turn = self.commands.lock().await;
        // Where the text is still what it was, what was said since counts too.
        let now = self.session.snapshot();
        let snapshot = if now.same_texts(&asked) { now } else { asked };
        let snapshot = self.session.read_folders(snapshot).await;
        let done = match command {
            Command::Repair(asked) => self.work_out(snapshot, asked, execute::repair).await?,
            Command::Say(asked) => self.work_out(snapshot, asked, execute::say).await?,
            Command::MoveSplit(asked) => self.work_out(snapshot, asked, execute::move_split).await?,
            Command::NotMerged(asked) => self.work_out(snapshot, asked, execute::not_merged).await?,
            Command::MergeBack(asked) => self.work_out(snapshot, asked, execute::merge_back).await?,
            Command::Explain(asked) => self.work_out(snapshot, asked, execute::explain).await?,
            Command::Status(asked) => self.work_out(snapshot, asked, execute::status).await?,
        };
        if let Some((document, lines, saying)) = done.said {
            self.session.say(&document, lines, &saying);
            publish::anew(&self.session, &self.client);
        }
        let client = self.client.clone();
        tokio::spawn(async move {
            if let Some((label, edit)) = done.change {
                let params = ApplyWorkspaceEditParams { label: Some(label), edit };
                if let Ok(answer) = client.send_request::<ApplyWorkspaceEdit>(params).await
                    && !answer.applied
                {
                    tracing::warn!("the client did not make a change: {}", answer.failure_reason.unwrap_or_default());
                }
            }
            if let Some(complaint) = done.complaint {
                client.show_message(MessageType::INFO, complaint).await;
            }
        });
        Ok(Some(done.answer))
    }

    /// `columnist/readingOrder`.
    pub(crate) async fn reading_order(&self, params: ReadingOrderParams) -> Result<Option<ReadingOrder>> {
        self.answer(params, handlers::reading_order::answer).await
    }

    /// `columnist/reportOutline`.
    pub(crate) async fn report_outline(&self, params: ReportOutlineParams) -> Result<ReportOutline> {
        self.answer_from_report(params, handlers::report_outline::answer).await
    }

    /// Takes what the client said that its user wants; asks for it too, where the client can be asked.
    fn configure(&self, told: Option<Value>) {
        let (session, client, reader) = (Arc::clone(&self.session), self.client.clone(), self.reader.clone());
        tokio::spawn(async move {
            let asked =
                if session.snapshot().abilities.configuration { configuration::ask(&client).await } else { None };
            let Some((settings, problems)) = asked.or_else(|| told.as_ref().map(configuration::read)) else { return };
            if session.set_settings(settings) {
                reader.read_folders();
            }
            configuration::complain(&client, &problems).await;
        });
    }
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let options = params.initialization_options.as_ref().unwrap_or(&Value::Null);
        let abilities = Abilities::of(&params.capabilities).with_options(options);
        let capabilities = abilities.offer();
        let (settings, problems) = configuration::read(options);
        for problem in problems {
            tracing::warn!("initializationOptions: {}", problem.message);
        }
        let tell_parent = self.tell_parent.lock().ok().and_then(|mut tell| tell.take());
        if let (Some(process), Some(tell)) = (params.process_id, tell_parent) {
            let _ = tell.send(process);
        }
        self.session.begin(abilities, roots(params), settings);
        self.reader.read_folders();
        let version = Some(env!("CARGO_PKG_VERSION").to_owned());
        let server_info = Some(ServerInfo { name: "columnist".to_owned(), version });
        Ok(InitializeResult { capabilities, server_info, ..InitializeResult::default() })
    }

    async fn initialized(&self, _: InitializedParams) {
        let abilities = self.session.snapshot().abilities;
        if abilities.progress {
            tokio::spawn(progress::show(Arc::clone(&self.session), self.client.clone()));
        }
        let client = self.client.clone();
        tokio::spawn(async move { registration::run(&client, &abilities).await });
        self.configure(None);
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let Some((name, wake)) = self.session.open(&params) else { return };
        let (session, client) = (Arc::clone(&self.session), self.client.clone());
        tokio::spawn(publish::run(session, client, name, wake, self.options.quiet));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let past = self.session.change(&params);
        // The next message does not wait for that.
        spawn_blocking(move || drop(past));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let closed = self.session.close(&params.text_document);
        // What the disk holds may have changed while the buffer spoke for it.
        if let Some(path) = closed.as_ref().and_then(|name| name.path()) {
            self.reader.read_files(vec![path.to_owned()]);
        }
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        if let Some(path) = convert::path(&params.text_document.uri) {
            self.reader.read_files(vec![path]);
        }
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let paths: Vec<_> = params.changes.iter().filter_map(|change| convert::path(&change.uri)).collect();
        let is_rule =
            |path: &PathBuf| path.file_name().is_some_and(|name| registration::RULES.iter().any(|rule| name == *rule));
        if paths.iter().any(is_rule) {
            self.reader.read_folders();
        } else if !paths.is_empty() {
            self.reader.read_files(paths);
        }
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let paths = |folders: &[WorkspaceFolder]| -> Vec<PathBuf> {
            folders.iter().filter_map(|folder| convert::path(&folder.uri)).collect()
        };
        self.session.change_roots(paths(&params.event.added), &paths(&params.event.removed));
        self.reader.read_folders();
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.configure(Some(params.settings).filter(|settings| !settings.is_null()));
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let (snapshot, uri) = (self.session.snapshot(), params.text_document.uri.clone());
        let answer = self.work_out(snapshot.clone(), params, handlers::document_symbol::answer).await;
        // Whoever has an outline follows a reference next, or types: neither shall wait for what the outline did not need.
        let unfinished = snapshot.document(&uri, Feature::Outline).filter(|document| document.is_unfinished()).cloned();
        if let Some(document) = unfinished {
            spawn_blocking(move || {
                document.analysis();
            });
        }
        answer
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        self.answer_from_report(params, handlers::workspace_symbol::answer).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        self.answer_from_report(params, handlers::definition::answer).await
    }

    async fn goto_declaration(&self, params: GotoDeclarationParams) -> Result<Option<GotoDeclarationResponse>> {
        self.answer_from_report(params, handlers::declaration::answer).await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        self.answer(params, handlers::highlight::answer).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.answer_from_report(params, handlers::document_link::answer).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        if !handlers::completion::is_asked(&self.session.snapshot(), &params) {
            return Ok(None);
        }
        self.answer_from_report(params, handlers::completion::answer).await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        self.answer_from_report(params, handlers::rename::prepare).await?.map_err(refused)
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        self.answer_from_report(params, handlers::rename::answer).await?.map_err(refused)
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        self.answer_from_report(params, handlers::will_rename::answer).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.answer(params, handlers::folding_range::answer).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.answer(params, handlers::selection_range::answer).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.answer(params, handlers::code_lens::answer).await
    }

    async fn code_lens_resolve(&self, lens: CodeLens) -> Result<CodeLens> {
        self.answer_from_report(lens, handlers::code_lens::resolve).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.answer_from_report(params, handlers::inlay_hint::answer).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        self.answer_from_report(params, handlers::references::answer).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        self.answer_from_report(params, handlers::hover::answer).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let name = convert::name(&params.text_document.uri);
        match self.answer_from_report(params, handlers::diagnostic::answer).await {
            Err(error) if limits::is_refusal(&error) => {
                let patience = self.session.snapshot().workspace.settings().patience();
                if let Some(name) = name {
                    limits::tell_late(&self.session, &self.client, &name, patience);
                }
                Ok(handlers::diagnostic::marked(limits::finding(patience)))
            }
            answer => answer,
        }
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        self.answer_from_report(params, handlers::code_action::answer).await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let asked = (params.text_document.uri, None);
        Ok(self.answer(asked, handlers::semantic_tokens::answer).await?.map(SemanticTokensResult::Tokens))
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let asked = (params.text_document.uri, Some(params.range));
        Ok(self.answer(asked, handlers::semantic_tokens::answer).await?.map(SemanticTokensRangeResult::Tokens))
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        self.execute(Command::read(&params.command, params.arguments)?).await
    }
}

/// Tells the client why what it asked for was not done, in words for its user.
fn refused(refusal: Refusal) -> Error {
    /// `RequestFailed`: the request was right and could not be met.
    const REQUEST_FAILED: i64 = -32803;
    Error { code: ErrorCode::from(REQUEST_FAILED), message: refusal.0.into(), data: None }
}

/// The folders that the client has open; none is a fine number.
#[expect(deprecated, reason = "clients from before workspace folders are clients too")]
fn roots(params: InitializeParams) -> Vec<PathBuf> {
    match params.workspace_folders {
        Some(folders) if !folders.is_empty() => {
            folders.iter().filter_map(|folder| convert::path(&folder.uri)).collect()
        }
        _ => params
            .root_uri
            .as_ref()
            .and_then(convert::path)
            .or(params.root_path.map(PathBuf::from))
            .into_iter()
            .collect(),
    }
}
