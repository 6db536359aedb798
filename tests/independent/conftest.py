"""The clients: three of our own, one for each position encoding, and, where they lie beside the repository, real
editors by the capabilities that they send."""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import converters, types
from pygls.workspace import PositionCodec
from pytest_lsp import ClientServerConfig, LanguageClient

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent
EDITORS = REPOSITORY.parent / "shared" / "editors" / "capabilities"
KNOWN = ["utf-8", "utf-16", "utf-32"]


@dataclass
class Client:
    """A client in a conversation with the server, in a folder of its own."""

    lsp: LanguageClient
    capabilities: types.ClientCapabilities
    answer: types.InitializeResult
    folder: Path

    @property
    def encoding(self):
        """What both agreed upon."""
        return self.answer.capabilities.position_encoding or "utf-16"

    @property
    def codec(self):
        """The client's own arithmetic of positions."""
        return PositionCodec(encoding=types.PositionEncodingKind(self.encoding))

    def pulls(self):
        return self.capabilities.text_document.diagnostic is not None

    def can(self, path):
        """Whether it says that it can, for instance `text_document.definition.link_support`."""
        value = self.capabilities
        for name in path.split("."):
            value = getattr(value, name, None)
        return bool(value)

    def uri(self, name):
        return (self.folder / name).as_uri()

    def position(self, text, place):
        """The position of the first character of a text, as the client counts."""
        at = text.index(place)
        lines = text[:at].split("\n")
        before = types.Position(len(lines) - 1, len(lines[-1]))
        return self.codec.position_to_client_units(text.splitlines(keepends=True), before)

    def offset(self, text, position):
        """The character that a position of the server's stands before, by the client's arithmetic."""
        lines = text.splitlines(keepends=True)
        place = self.codec.position_from_client_units(lines, position)
        return sum(map(len, lines[: place.line])) + place.character

    def slice(self, text, place):
        """What a range of the server's stands for."""
        return text[self.offset(text, place.start) : self.offset(text, place.end)]

    def open(self, name, text, version=1):
        language = "markdown" if name.endswith(".md") else "plaintext"
        item = types.TextDocumentItem(uri=self.uri(name), language_id=language, version=version, text=text)
        self.lsp.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def edit(self, name, version, start, end, text):
        change = types.TextDocumentContentChangePartial(range=types.Range(start, end), text=text)
        document = types.VersionedTextDocumentIdentifier(uri=self.uri(name), version=version)
        self.lsp.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def findings(self, name, version):
        """The findings of a version of a document, pulled or pushed, as the client wants them."""
        if self.pulls():
            asked = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(self.uri(name)))
            return (await self.lsp.text_document_diagnostic_async(asked)).items
        while True:
            told = await self.lsp.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
            if told.uri == self.uri(name) and told.version == version:
                return list(told.diagnostics)


def own(encoding):
    """A client that counts in one encoding and can all that the server has a use for."""
    return {
        "general": {"positionEncodings": [encoding]},
        "workspace": {"workspaceEdit": {"documentChanges": True}, "configuration": True},
        "textDocument": {
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
            "definition": {"linkSupport": True},
            "hover": {"contentFormat": ["markdown"]},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source"]}}},
            "publishDiagnostics": {"versionSupport": True},
        },
    }


def clients():
    for encoding in KNOWN:
        yield pytest.param(own(encoding), id=encoding)
    editors = sorted(EDITORS.glob("*.json"))
    for editor in editors:
        yield pytest.param(json.loads(editor.read_text(encoding="utf-8"))["capabilities"], id=editor.stem)
    if not editors:
        missing = pytest.mark.skip(reason=f"the capabilities of real editors are not at {EDITORS}")
        yield pytest.param({}, id="editors", marks=missing)


def make_client():
    """A client that takes what real ones take and pytest-lsp does not."""
    client = pytest_lsp.make_test_lsp_client()
    for method in (
        types.CLIENT_REGISTER_CAPABILITY,
        types.WORKSPACE_CODE_LENS_REFRESH,
        types.WORKSPACE_INLAY_HINT_REFRESH,
        types.WORKSPACE_SEMANTIC_TOKENS_REFRESH,
    ):
        if method not in client.protocol.fm.features:
            client.feature(method)(lambda params=None: None)
    return client


COMMAND = [sys.executable, str(HERE / "record.py"), os.environ["COLUMNIST"], "lsp"]
CONFIG = ClientServerConfig(server_command=COMMAND, client_factory=make_client)


@pytest_lsp.fixture(params=clients(), config=CONFIG)
async def lsp(request, lsp_client: LanguageClient, tmp_path):
    """A conversation, from greeting to goodbye, in a folder with the module's files."""
    capabilities = converters.get_converter().structure(request.param, types.ClientCapabilities)
    for file, text in request.module.FILES.items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    folder = types.WorkspaceFolder(uri=tmp_path.as_uri(), name="report")
    greeting = types.InitializeParams(capabilities=capabilities, process_id=os.getpid(), workspace_folders=[folder])
    answer = await lsp_client.initialize_session(greeting)
    lsp_client.conversation = Client(lsp_client, capabilities, answer, tmp_path)
    yield
    await lsp_client.shutdown_session()


@pytest.fixture
def client(lsp):
    return lsp.conversation
