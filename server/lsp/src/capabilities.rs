//! What the client can, read once from its long list, and what the server offers it in turn.

use tower_lsp::ls_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions,
    CompletionOptions, DeclarationCapability, DiagnosticOptions, DiagnosticServerCapabilities, DocumentLinkOptions,
    ExecuteCommandOptions, FileOperationFilter, FileOperationPattern, FileOperationRegistrationOptions,
    FoldingRangeProviderCapability, HoverProviderCapability, MarkupKind, OneOf, PositionEncodingKind, RenameOptions,
    ResourceOperationKind, SaveOptions, SelectionRangeProviderCapability, SemanticTokensFullOptions,
    SemanticTokensOptions, SemanticTokensServerCapabilities, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WorkDoneProgressOptions,
    WorkspaceFileOperationsServerCapabilities, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};
use transcript::position::Encoding;

use crate::{commands, convert, legend};

/// The one action that repairs all that is sure.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.columnist");

/// The command by which a client shows places that it is given: an address, a position and locations.
pub(crate) const SHOW_REFERENCES: &str = "columnist.showReferences";

/// What the client can. What it does not speak of, it cannot.
#[derive(Clone, Debug, Default)]
pub(crate) struct Abilities {
    /// What a position's column counts: the first of the client's wishes that we know, UTF-16 where it has none.
    pub(crate) encoding: Encoding,
    /// Shows an outline as a tree.
    pub(crate) nested_symbols: bool,
    /// Lists the headings that Markdown marks itself: an outline of ours must not repeat them.
    pub(crate) outlines_markdown: bool,
    /// Takes definitions as links, with the whole of the target.
    pub(crate) definition_links: bool,
    /// Takes declarations so.
    pub(crate) declaration_links: bool,
    /// Asks before a renaming what would be renamed.
    pub(crate) prepares_rename: bool,
    /// Shows a tooltip on a link.
    pub(crate) link_tooltips: bool,
    /// Shows something beside the label of what it completes.
    pub(crate) label_details: bool,
    /// How many folds it takes.
    pub(crate) most_folds: Option<u32>,
    /// Asks before it moves files.
    pub(crate) asks_before_moves: bool,
    /// Shows the places that a lens counted: it has our command for that.
    pub(crate) shows_references: bool,
    /// Asks for diagnostics itself; they must not be pushed then, or it shows each of them twice.
    pub(crate) pulls_diagnostics: bool,
    /// Can be told to ask for diagnostics anew.
    pub(crate) refreshes_diagnostics: bool,
    /// Shows places related to a diagnostic.
    pub(crate) related_information: bool,
    /// Takes edits that name the version they are for.
    pub(crate) versioned_edits: bool,
    /// Can make a file that an edit is for.
    pub(crate) creates_files: bool,
    /// Asks the person about edits that want it.
    pub(crate) change_annotations: bool,
    /// Can be told to ask anew for tokens, hints and lenses.
    pub(crate) refreshes_tokens: bool,
    pub(crate) refreshes_hints: bool,
    pub(crate) refreshes_lenses: bool,
    /// Takes code actions rather than commands only.
    pub(crate) code_actions: bool,
    /// Renders Markdown beside the cursor.
    pub(crate) markdown_hover: bool,
    /// Lets the server say which files to watch.
    pub(crate) watches_files: bool,
    /// Answers `workspace/configuration`.
    pub(crate) configuration: bool,
    /// Lets the server ask to hear of changed settings.
    pub(crate) configuration_changes: bool,
    /// Shows the progress of what the server does unasked.
    pub(crate) progress: bool,
}

impl Abilities {
    /// Reads the client's list.
    pub(crate) fn of(client: &ClientCapabilities) -> Self {
        let text = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let wishes = client.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let pulls = text.is_some_and(|text| text.diagnostic.is_some());
        let pulled = text.and_then(|text| text.diagnostic.as_ref()?.related_information);
        let pushed = text.and_then(|text| text.publish_diagnostics.as_ref()?.related_information);
        let yes = |ability: Option<bool>| ability == Some(true);
        Self {
            encoding: wishes.unwrap_or_default().iter().find_map(convert::encoding).unwrap_or_default(),
            nested_symbols: yes(
                text.and_then(|text| text.document_symbol.as_ref()?.hierarchical_document_symbol_support)
            ),
            outlines_markdown: false,
            definition_links: yes(text.and_then(|text| text.definition.as_ref()?.link_support)),
            declaration_links: yes(text.and_then(|text| text.declaration.as_ref()?.link_support)),
            prepares_rename: yes(text.and_then(|text| text.rename.as_ref()?.prepare_support)),
            link_tooltips: yes(text.and_then(|text| text.document_link.as_ref()?.tooltip_support)),
            label_details: yes(
                text.and_then(|text| text.completion.as_ref()?.completion_item.as_ref()?.label_details_support)
            ),
            most_folds: text.and_then(|text| text.folding_range.as_ref()?.range_limit),
            asks_before_moves: yes(workspace.and_then(|all| all.file_operations.as_ref()?.will_rename)),
            shows_references: shows_references(client),
            pulls_diagnostics: pulls,
            refreshes_diagnostics: yes(workspace.and_then(|all| all.diagnostics.as_ref()?.refresh_support)),
            // Clients that pull often speak of it under pushing alone.
            related_information: yes(pulled) || yes(pushed),
            versioned_edits: yes(workspace.and_then(|all| all.workspace_edit.as_ref()?.document_changes)),
            creates_files: workspace
                .and_then(|all| all.workspace_edit.as_ref()?.resource_operations.as_ref())
                .is_some_and(|operations| operations.contains(&ResourceOperationKind::Create)),
            change_annotations: workspace
                .and_then(|all| all.workspace_edit.as_ref()?.change_annotation_support.as_ref())
                .is_some(),
            refreshes_tokens: yes(workspace.and_then(|all| all.semantic_tokens.as_ref()?.refresh_support)),
            refreshes_hints: yes(workspace.and_then(|all| all.inlay_hint.as_ref()?.refresh_support)),
            refreshes_lenses: yes(workspace.and_then(|all| all.code_lens.as_ref()?.refresh_support)),
            code_actions: text
                .and_then(|text| text.code_action.as_ref()?.code_action_literal_support.as_ref())
                .is_some(),
            markdown_hover: text
                .and_then(|text| text.hover.as_ref()?.content_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            watches_files: yes(workspace.and_then(|all| all.did_change_watched_files.as_ref()?.dynamic_registration)),
            configuration: yes(workspace.and_then(|all| all.configuration)),
            configuration_changes: yes(
                workspace.and_then(|all| all.did_change_configuration.as_ref()?.dynamic_registration)
            ),
            progress: yes(client.window.as_ref().and_then(|window| window.work_done_progress)),
        }
    }

    /// The same, with what clients of ours tell that the protocol has no word for.
    pub(crate) fn with_options(mut self, options: &serde_json::Value) -> Self {
        let told = options.get("complementMarkdownOutline").and_then(serde_json::Value::as_bool);
        self.outlines_markdown = told.unwrap_or(false);
        self
    }

    /// What the server offers this client.
    pub(crate) fn offer(&self) -> ServerCapabilities {
        ServerCapabilities {
            position_encoding: Some(self.encoding_kind()),
            text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
                ..TextDocumentSyncOptions::default()
            })),
            document_symbol_provider: Some(OneOf::Left(true)),
            workspace_symbol_provider: Some(OneOf::Left(true)),
            definition_provider: Some(OneOf::Left(true)),
            declaration_provider: Some(DeclarationCapability::Simple(true)),
            document_highlight_provider: Some(OneOf::Left(true)),
            document_link_provider: Some(DocumentLinkOptions {
                resolve_provider: Some(false),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }),
            completion_provider: Some(CompletionOptions {
                resolve_provider: Some(false),
                // A number after a noun, and the next part of a number.
                trigger_characters: Some([" ", ".", "§"].map(str::to_owned).to_vec()),
                ..CompletionOptions::default()
            }),
            rename_provider: Some(if self.prepares_rename {
                OneOf::Right(RenameOptions {
                    prepare_provider: Some(true),
                    work_done_progress_options: WorkDoneProgressOptions::default(),
                })
            } else {
                OneOf::Left(true)
            }),
            folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
            selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
            code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(true) }),
            inlay_hint_provider: Some(OneOf::Left(true)),
            references_provider: Some(OneOf::Left(true)),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            code_action_provider: self.code_actions.then(|| {
                CodeActionProviderCapability::Options(CodeActionOptions {
                    code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR_REWRITE, FIX_ALL]),
                    ..CodeActionOptions::default()
                })
            }),
            semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(
                SemanticTokensOptions {
                    legend: legend::legend(),
                    range: Some(true),
                    full: Some(SemanticTokensFullOptions::Bool(true)),
                    ..SemanticTokensOptions::default()
                },
            )),
            execute_command_provider: Some(ExecuteCommandOptions {
                commands: commands::ALL.iter().map(|name| (*name).to_owned()).collect(),
                ..ExecuteCommandOptions::default()
            }),
            diagnostic_provider: self.pulls_diagnostics.then(|| {
                DiagnosticServerCapabilities::Options(DiagnosticOptions {
                    identifier: Some("columnist".to_owned()),
                    // A heading in one file settles a reference in another.
                    inter_file_dependencies: true,
                    ..DiagnosticOptions::default()
                })
            }),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                file_operations: self.asks_before_moves.then(moves),
            }),
            ..ServerCapabilities::default()
        }
    }

    fn encoding_kind(&self) -> PositionEncodingKind {
        convert::encoding_kind(self.encoding)
    }
}

/// Whether the client has a command of ours that shows places. Clients tell of such beyond the protocol.
fn shows_references(client: &ClientCapabilities) -> bool {
    let commands = client.experimental.as_ref().and_then(|all| all.pointer("/commands/commands")?.as_array());
    commands.is_some_and(|all| all.iter().any(|command| command == SHOW_REFERENCES))
}

/// Files and folders: links may lead to either.
fn moves() -> WorkspaceFileOperationsServerCapabilities {
    let pattern = FileOperationPattern { glob: "**/*".to_owned(), matches: None, options: None };
    let filters = vec![FileOperationFilter { scheme: Some("file".to_owned()), pattern }];
    WorkspaceFileOperationsServerCapabilities {
        will_rename: Some(FileOperationRegistrationOptions { filters }),
        ..WorkspaceFileOperationsServerCapabilities::default()
    }
}
