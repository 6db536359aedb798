// Every kind of message that the server sends, with the protocol's type of what it carries. A kind that is not in here
// is an error of the server's, and one that is here and was never sent is one of the tests'.
import type * as lsp from "vscode-languageserver-protocol";

/** What answers a request of the client's. */
export interface Results {
  initialize: lsp.InitializeResult<any>;
  shutdown: null;
  "textDocument/codeAction": (lsp.Command | lsp.CodeAction)[] | null;
  "textDocument/definition": lsp.Definition | lsp.DefinitionLink[] | null;
  "textDocument/diagnostic": lsp.DocumentDiagnosticReport;
  "textDocument/documentSymbol": lsp.DocumentSymbol[] | lsp.SymbolInformation[] | null;
  "textDocument/hover": lsp.Hover | null;
  "textDocument/references": lsp.Location[] | null;
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
  "workspace/configuration": lsp.ConfigurationParams;
  "workspace/diagnostic/refresh": null;
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
