/**
 * What the server understands beyond the protocol's own methods; `docs/protocol.md` describes it. Only shapes: what is
 * in them is decided in the server.
 */
import { RequestType } from 'vscode-languageclient/node';
import type { DocumentSymbol, Range, TextDocumentIdentifier, WorkspaceEdit } from 'vscode-languageserver-protocol';

/** The languages whose documents the server is for. */
export const LANGUAGES = ['markdown', 'plaintext'] as const;

export interface Piece {
  readonly text: string;
  readonly range: Range;
  readonly doubtful: boolean;
}

export interface Paragraph {
  readonly kind: 'heading' | 'caption' | 'text' | 'furniture';
  readonly depth?: number;
  readonly pieces: readonly Piece[];
}

export const readingOrder = new RequestType<
  { textDocument: TextDocumentIdentifier; range?: Range },
  { version: number | null; paragraphs: Paragraph[] } | null,
  void
>('columnist/readingOrder');

export const reportOutline = new RequestType<
  Record<string, never>,
  { documents: { uri: string; name: string; symbols: DocumentSymbol[] }[] },
  void
>('columnist/reportOutline');

/** The answer to the command `columnist/status`. */
export interface Status {
  readonly summary: string;
  readonly pages: number;
  readonly merged: number;
  readonly doubtful: number;
  readonly work: readonly Work[];
  readonly document?: { readonly language: string | null; readonly findings: number };
}

export interface Work {
  readonly uri: string;
  readonly range: Range;
  readonly page: string | null;
  readonly columns: number;
  readonly expectedWrong: number;
  readonly safe: boolean;
}

/** The answer to the command `columnist/repair` when a preview was asked for. */
export interface Preview {
  readonly blocks: number;
  readonly documents: number;
  readonly edit: WorkspaceEdit | null;
}

/** The answer to the command `columnist/explain`. */
export interface Explanation {
  readonly code: string;
  readonly summary: string;
  readonly explanation: string;
}
