"""The servers: how each is started, and what only it needs of a client."""

import glob
import json
import os
import shutil
import subprocess
import sys

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CACHE = os.path.join(REPOSITORY, ".cache", "peers")


class Server:
    """A server that needs nothing of its own."""

    missing = "it is not on this machine"
    settings = {}

    def __init__(self, name, *places):
        self.name = name
        self.places = places

    def command(self):
        """The words that start it, or none."""
        program, *rest = self.places
        if os.sep in program:
            return [program, *rest] if os.path.exists(program) else None
        found = shutil.which(program, path=os.pathsep.join([os.path.join(CACHE, "venv", "bin"), os.environ["PATH"]]))
        return [found, *rest] if found else None

    def options(self):
        """Its initializationOptions."""
        return None

    def answer(self, client, method, params):
        """The answer to a request of its own."""
        return None

    def close(self):
        """After it ended."""


class Vscode(Server):
    """VS Code's Markdown server has its client read files and parse them: by markdown-it, as VS Code does."""

    missing = "node or vscode-markdown-languageserver is not here; --install gets the latter"
    # Without these it finds nothing.
    settings = {"markdown": {"validate": {
        "enabled": True, "fragmentLinks": {"enabled": "warning"}, "referenceLinks": {"enabled": "warning"},
        "fileLinks": {"enabled": "warning", "markdownFragmentLinks": "inherit"}, "ignoredLinks": []}}}
    script = """
    const md = require('markdown-it')({html: true});
    require('readline').createInterface({input: process.stdin}).on('line', line =>
        process.stdout.write(JSON.stringify(md.parse(JSON.parse(line), {})) + '\\n'));
    """

    def __init__(self):
        main = "node_modules/vscode-markdown-languageserver/dist/node/workerMain.js"
        super().__init__("vscode-markdown", "node", os.path.join(CACHE, main), "--stdio")
        self.parser = None

    def command(self):
        command = super().command()
        return command if command and os.path.exists(command[1]) else None

    def options(self):
        return {"markdownFileExtensions": ["md"], "i10lLocation": None}

    def answer(self, client, method, params):
        path = lambda uri: uri.removeprefix("file://")
        if method == "markdown/findMarkdownFilesInWorkspace":
            return ["file://" + found for found in glob.glob(client.root + "/**/*.md", recursive=True)]
        if method == "markdown/fs/stat":
            return {"isDirectory": os.path.isdir(path(params["uri"]))} if os.path.exists(path(params["uri"])) else None
        if method == "markdown/fs/readFile":
            with open(path(params["uri"]), "rb") as file:
                return list(file.read())
        if method == "markdown/fs/readDirectory":
            return [[entry.name, {"isDirectory": entry.is_dir()}] for entry in os.scandir(path(params["uri"]))]
        if method == "markdown/parse":
            text = params.get("text")
            if text is None and params["uri"] in client.buffers:
                text = "\n".join(client.buffers[params["uri"]])
            if text is None:
                with open(path(params["uri"]), encoding="utf-8") as file:
                    text = file.read()
            return json.loads(self.parsed(text))
        return None

    def parsed(self, text):
        if not self.parser:
            self.parser = subprocess.Popen(["node", "-e", self.script], cwd=CACHE, text=True, stdin=subprocess.PIPE,
                                           stdout=subprocess.PIPE)
        self.parser.stdin.write(json.dumps(text) + "\n")
        self.parser.stdin.flush()
        return self.parser.stdout.readline()

    def close(self):
        if self.parser:
            self.parser.kill()
            self.parser.wait()
            self.parser = None


ALL = [
    Server("columnist", os.environ.get("COLUMNIST", os.path.join(REPOSITORY, "target/release/columnist")), "lsp"),
    Server("rumdl", "rumdl", "server"),
    Server("iwes", "iwes"),
    Vscode(),
    Server("markdown-oxide", "markdown-oxide"),
    Server("marksman", "marksman", "server"),
    Server("harper-ls", "harper-ls", "--stdio"),
]


def install():
    """Gets those that are in a registry, through its own client. iwes takes minutes to build: `cargo install iwes`."""
    os.makedirs(CACHE, exist_ok=True)
    venv = os.path.join(CACHE, "venv")
    for command in [[sys.executable, "-m", "venv", venv],
                    [os.path.join(venv, "bin", "pip"), "install", "--quiet", "rumdl"],
                    ["npm", "install", "--silent", "--prefix", CACHE, "vscode-markdown-languageserver@0.5.0", "markdown-it@14"]]:
        try:
            subprocess.run(command, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{' '.join(command)}: {error}", file=sys.stderr)
