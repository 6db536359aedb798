"""Reads the configurations of editors and holds them to what the program is."""

import json
import os
import re
import sys
from pathlib import Path

import tomllib

EDITORS = Path(os.environ["REPOSITORY"]) / "editors"


def kate():
    servers = json.loads((EDITORS / "kate/lspclient.json").read_text())["servers"]
    assert set(servers) == {"markdown", "plaintext"}, servers
    for server in servers.values():
        assert server["command"] == ["columnist", "lsp"], server
        re.compile(server["highlightingModeRegex"])


def sublime():
    text = (EDITORS / "sublime/LSP.sublime-settings").read_text()
    # Sublime's JSON has comments.
    settings = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.M))
    assert settings["clients"]["columnist"]["command"] == ["columnist", "lsp"], settings


def helix():
    languages = tomllib.loads((EDITORS / "helix/languages.toml").read_text())
    server = languages["language-server"]["columnist"]
    assert [server["command"], *server["args"]] == ["columnist", "lsp"], server
    assert all(language["language-servers"] == ["columnist"] for language in languages["language"])


def zed():
    extension = tomllib.loads((EDITORS / "zed/extension.toml").read_text())
    assert extension["language_servers"]["columnist"]["language_ids"]["Plain Text"] == "plaintext"


def readmes():
    for readme in EDITORS.glob("*/README.md"):
        lines = readme.read_text().splitlines()
        assert len(lines) <= 40, f"{readme} has {len(lines)} lines: more than a screen"


failed = False
for check in (kate, sublime, helix, zed, readmes):
    try:
        check()
        print(f"ok: {check.__name__}")
    except (AssertionError, KeyError, ValueError) as error:
        failed = True
        print(f"FAIL: {check.__name__}: {error}")
sys.exit(failed)
