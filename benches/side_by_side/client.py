"""A client of our own: one conversation with one server, whose requests it answers meanwhile."""

import json
import os
import queue
import subprocess
import threading
import time


class Late(Exception):
    """What was waited for did not come in time."""


class Client:
    """A conversation; `patience` is how many seconds an answer is waited for."""

    def __init__(self, server, root, patience):
        self.server, self.root, self.patience = server, root, patience
        self.started = time.monotonic()
        self.process = subprocess.Popen(server.command(), cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL)
        self.writing = threading.Lock()
        self.incoming = queue.Queue()
        self.last = 0
        self.buffers = {}
        self.peak = 0
        self.used = 0.0
        threading.Thread(target=self.listen, daemon=True).start()
        self.capabilities = self.request("initialize", {
            "processId": os.getpid(), "rootUri": "file://" + root,
            "workspaceFolders": [{"uri": "file://" + root, "name": "bench"}],
            "initializationOptions": server.options(),
            "capabilities": {
                "workspace": {"workspaceFolders": True, "symbol": {}},
                "textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
                                 "definition": {}, "publishDiagnostics": {"versionSupport": True}, "diagnostic": {}},
            },
        })["capabilities"]
        self.notify("initialized", {})
        if server.settings:
            self.notify("workspace/didChangeConfiguration", {"settings": server.settings})

    def listen(self):
        out = self.process.stdout
        while True:
            length = None
            while (line := out.readline().strip()):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if length is None:
                self.incoming.put(None)
                return
            message = json.loads(out.read(length))
            if "method" in message and "id" in message:
                self.send({"id": message["id"], "result": self.answer(message["method"], message.get("params"))})
            else:
                self.incoming.put(message)

    def answer(self, method, params):
        if method == "workspace/configuration":
            return [self.server.settings.get(item.get("section", "")) for item in params["items"]]
        return self.server.answer(self, method, params)

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        with self.writing:
            try:
                self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
                self.process.stdin.flush()
            except BrokenPipeError:
                self.incoming.put(None)

    def open(self, uri, text):
        """Opens a document."""
        self.buffers[uri] = text.split("\n")
        self.notify("textDocument/didOpen", {
            "textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}})

    def insert(self, uri, version, line, text):
        """Types at the start of a line."""
        lines = self.buffers[uri]
        lines[line:line + 1] = (text + lines[line]).split("\n")
        place = {"line": line, "character": 0}
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": uri, "version": version},
            "contentChanges": [{"range": {"start": place, "end": place}, "text": text}]})

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params):
        """Sends a request and does not wait. Gives its number."""
        self.last += 1
        self.send({"id": self.last, "method": method, "params": params})
        return self.last

    def request(self, method, params):
        """Asks and waits. An error is an answer of none."""
        asked = self.ask(method, params)
        return self.wait(lambda message: message.get("id") == asked and "method" not in message).get("result")

    def wait(self, wanted, patience=None):
        """The next message that is wanted; those before it are dropped."""
        end = time.monotonic() + (patience or self.patience)
        while True:
            try:
                message = self.incoming.get(timeout=max(0.001, end - time.monotonic()))
            except queue.Empty:
                raise Late from None
            if message is None:
                raise Late
            if wanted(message):
                return message

    def since_start(self):
        """Milliseconds since the server was started."""
        return (time.monotonic() - self.started) * 1e3

    def spent(self):
        """Its peak memory in MB and its processor time in seconds, so far."""
        try:
            with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
                self.peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1e3
            with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
                fields = stat.read().rpartition(")")[2].split()
            self.used = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except (OSError, StopIteration):
            pass
        return self.peak, self.used

    def end(self):
        """Ends the server, politely at first."""
        try:
            self.request("shutdown", None)
            self.notify("exit", None)
            self.process.stdin.close()
            self.process.wait(5)
        except (Late, OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        self.server.close()
