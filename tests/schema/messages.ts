// Every kind of message that the server sends, with the protocol's type of what it carries. A kind that is not in here
// is an error of the server's, and one that is here and was never sent is one of the tests'.
import type * as lsp from "vscode-languageserver-protocol";

/** Ours beyond the protocol, as docs/protocol.md has it. */
interface ReadingOrder {
  version: lsp.integer | null;
  paragraphs: {
    kind: "heading" | "caption" | "text" | "furniture";
    depth?: lsp.uinteger;
    pieces: { text: string; range: lsp.Range; doubtful: boolean }[];
  }[];
}

/** What answers a request of the client's. */
export interface Results {
  "columnist/readingOrder": ReadingOrder | null;
  "columnist/reportOutline": { documents: { uri: lsp.DocumentUri; name: string; symbols: lsp.DocumentSymbol[] }[] };
  initialize: lsp.InitializeResult<any>;
  shutdown: null;
  "codeLens/resolve": lsp.CodeLens;
  "textDocument/codeAction": (lsp.Command | lsp.CodeAction)[] | null;
  "textDocument/codeLens": lsp.CodeLens[] | null;
  "textDocument/completion": lsp.CompletionItem[] | lsp.CompletionList | null;
  "textDocument/declaration": lsp.Declaration | lsp.DeclarationLink[] | null;
  "textDocument/definition": lsp.Definition | lsp.DefinitionLink[] | null;
  "textDocument/diagnostic": lsp.DocumentDiagnosticReport;
  "textDocument/documentHighlight": lsp.DocumentHighlight[] | null;
  "textDocument/documentLink": lsp.DocumentLink[] | null;
  "textDocument/documentSymbol": lsp.DocumentSymbol[] | lsp.SymbolInformation[] | null;
  "textDocument/foldingRange": lsp.FoldingRange[] | null;
  "textDocument/hover": lsp.Hover | null;
  "textDocument/inlayHint": lsp.InlayHint[] | null;
  "textDocument/prepareRename": lsp.PrepareRenameResult | null;
  "textDocument/references": lsp.Location[] | null;
  "textDocument/rename": lsp.WorkspaceEdit | null;
  "textDocument/selectionRange": lsp.SelectionRange[] | null;
  "textDocument/semanticTokens/full": lsp.SemanticTokens | null;
  "textDocument/semanticTokens/range": lsp.SemanticTokens | null;
  "workspace/executeCommand": any;
  "workspace/willRenameFiles": lsp.WorkspaceEdit | null;
  "workspace/symbol": lsp.SymbolInformation[] | lsp.WorkspaceSymbol[] | null;
}

/** What the server tells. */
export interface Notifications {
  "$/progress": {
    token: lsp.ProgressToken;
    value: lsp.WorkDoneProgressBegin | lsp.WorkDoneProgressReport | lsp.WorkDoneProgressEnd;
  };
  "textDocument/publishDiagnostics": lsp.PublishDiagnosticsParams;
  "window/logMessage": lsp.LogMessageParams;
  "window/showMessage": lsp.ShowMessageParams;
}

/** What the server asks. */
export interface Requests {
  "client/registerCapability": lsp.RegistrationParams;
  "window/workDoneProgress/create": lsp.WorkDoneProgressCreateParams;
  "workspace/applyEdit": lsp.ApplyWorkspaceEditParams;
  "workspace/codeLens/refresh": null;
  "workspace/configuration": lsp.ConfigurationParams;
  "workspace/diagnostic/refresh": null;
  "workspace/inlayHint/refresh": null;
  "workspace/semanticTokens/refresh": null;
}

/** What it asks to hear of, within `client/registerCapability`. */
export interface Registrations {
  "workspace/didChangeConfiguration": lsp.DidChangeConfigurationRegistrationOptions;
  "workspace/didChangeWatchedFiles": lsp.DidChangeWatchedFilesRegistrationOptions;
}

export interface Messages {
  results: Results;
  notifications: Notifications;
  requests: Requests;
  registrations: Registrations;
}
