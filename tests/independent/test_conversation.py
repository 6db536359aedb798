"""A conversation from greeting to goodbye, with a client that is not ours, in every encoding: characters of four bytes
stand before every column that is asserted."""

from pathlib import Path

import pytest
from lsprotocol import types

ONE = """Hoofdstuk 1 Het 😀 begin

😀𝕏 Zie hoofdstuk 2, en é 😀 paragraaf 2.1; over 😀 hoofdstuk 9 van dit verslag zwijgen wij.
"""

TWO = """# Hoofdstuk 2: Het 😀 vervolg

Tekst.

## 2.1 𝕏 Eerst

Zo.
"""

# Two columns that ran together.
MERGED = (Path(__file__).parent.parent.parent / "examples/report/1-haven.txt").read_text(encoding="utf-8")

FILES = {"een.txt": ONE, "twee.md": TWO}

pytestmark = pytest.mark.asyncio


async def test_the_encoding_is_one_that_the_client_offered(client):
    general = client.capabilities.general
    offered = list(general.position_encodings or []) if general else []
    known = [encoding for encoding in offered if encoding in ("utf-8", "utf-16", "utf-32")]
    assert client.encoding == (known[0] if known else "utf-16")


async def test_only_what_the_client_can_use_is_offered(client):
    offer = client.answer.capabilities
    assert (offer.diagnostic_provider is not None) == client.pulls()
    assert (offer.code_action_provider is not None) == client.can("text_document.code_action.code_action_literal_support")


async def test_findings_come_once_and_stand_where_they_belong(client):
    client.open("een.txt", ONE)
    [finding] = await client.findings("een.txt", 1)
    assert client.slice(ONE, finding.range) == "hoofdstuk 9"
    assert finding.code == "unresolved-reference"
    if client.pulls():
        assert client.lsp.diagnostics == {}, "pulled and pushed, every finding would be shown twice"


async def test_an_edit_changes_what_is_found(client):
    client.open("een.txt", ONE)
    await client.findings("een.txt", 1)
    start = client.position(ONE, "9 van")
    end = client.position(ONE, " van dit")
    client.edit("een.txt", 2, start, end, "1 en 😀 hoofdstuk 7")
    text = ONE.replace("9 van", "1 en 😀 hoofdstuk 7 van")
    [finding] = await client.findings("een.txt", 2)
    assert client.slice(text, finding.range) == "hoofdstuk 7"


async def test_the_outline_is_a_tree_or_a_list(client):
    client.open("twee.md", TWO)
    asked = types.DocumentSymbolParams(types.TextDocumentIdentifier(client.uri("twee.md")))
    symbols = await client.lsp.text_document_document_symbol_async(asked)
    if client.can("text_document.document_symbol.hierarchical_document_symbol_support"):
        [chapter] = symbols
        [section] = chapter.children
        assert client.slice(TWO, chapter.selection_range) == "Hoofdstuk 2: Het 😀 vervolg"
        assert client.slice(TWO, section.selection_range) == "2.1 𝕏 Eerst"
    else:
        chapter, section = symbols
        assert (chapter.container_name, section.container_name) == (None, chapter.name)
        assert client.slice(TWO, section.location.range).startswith("2.1 𝕏 Eerst")
    assert (chapter.name, section.name) == ("Hoofdstuk 2: Het 😀 vervolg", "2.1 𝕏 Eerst")


async def test_a_definition_is_a_link_or_a_place(client):
    client.open("een.txt", ONE)
    at = client.position(ONE, "2.1; over")
    asked = types.DefinitionParams(types.TextDocumentIdentifier(client.uri("een.txt")), at)
    [target] = await client.lsp.text_document_definition_async(asked)
    if client.can("text_document.definition.link_support"):
        assert client.slice(ONE, target.origin_selection_range) == "paragraaf 2.1"
        uri, place = target.target_uri, target.target_selection_range
    else:
        uri, place = target.uri, target.range
    assert uri == client.uri("twee.md")
    assert client.slice(TWO, place) == "2.1 𝕏 Eerst"


async def test_hover_is_written_as_the_client_reads_it(client):
    client.open("een.txt", ONE)
    at = client.position(ONE, "hoofdstuk 2, en")
    asked = types.HoverParams(types.TextDocumentIdentifier(client.uri("een.txt")), at)
    hover = await client.lsp.text_document_hover_async(asked)
    formats = getattr(client.capabilities.text_document.hover, "content_format", None) or []
    assert hover.contents.kind == ("markdown" if "markdown" in formats else "plaintext")
    assert "Het 😀 vervolg" in hover.contents.value
    assert client.slice(ONE, hover.range) == "hoofdstuk 2"


async def test_references_are_found_from_their_target(client):
    client.open("twee.md", TWO)
    at = client.position(TWO, "Eerst")
    context = types.ReferenceContext(include_declaration=False)
    asked = types.ReferenceParams(context, types.TextDocumentIdentifier(client.uri("twee.md")), at)
    [place] = await client.lsp.text_document_references_async(asked)
    assert place.uri == client.uri("een.txt")
    assert client.slice(ONE, place.range) == "2.1"


async def test_headings_of_the_whole_report_are_found(client):
    client.open("een.txt", ONE)
    found = await client.lsp.workspace_symbol_async(types.WorkspaceSymbolParams(query="vervolg"))
    [symbol] = found
    assert client.slice(TWO, symbol.location.range) == "Hoofdstuk 2: Het 😀 vervolg"


async def test_a_merged_page_is_put_in_reading_order(client):
    page = "😀 𝔻eel\n" + MERGED.replace("haven binnen,", "h😀ven binnen,", 1)
    client.open("blad.txt", page, version=4)
    findings = await client.findings("blad.txt", 4)
    [block] = [finding for finding in findings if finding.code == "merged-columns"]
    assert "h😀ven binnen" in client.slice(page, block.range)
    at = client.position(page, "h😀ven")
    context = types.CodeActionContext(diagnostics=[block], only=[types.CodeActionKind.QuickFix])
    asked = types.CodeActionParams(types.TextDocumentIdentifier(client.uri("blad.txt")), types.Range(at, at), context)
    if not client.can("text_document.code_action.code_action_literal_support"):
        pytest.skip("this client takes no code actions but commands")
    action = (await client.lsp.text_document_code_action_async(asked))[0]
    if client.can("workspace.workspace_edit.document_changes"):
        [change] = action.edit.document_changes
        assert change.text_document.version == 4
        edits = change.edits
    else:
        edits = action.edit.changes[client.uri("blad.txt")]
    after = page
    # From the last to the first, so that the places of those before stay as they are.
    for edit in sorted(edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True):
        old, start = client.slice(page, edit.range), client.offset(page, edit.range.start)
        after = after[:start] + edit.new_text + after[start + len(old) :]
    assert sorted(after.split()) == sorted(page.split())
    assert "\n1.3 Veiligheid op de kade\n" in after and "\n1.3 Veiligheid op de kade\n" not in page
