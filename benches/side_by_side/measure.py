"""What is measured: one conversation about one file, and two about a folder."""

import os
import time

from client import Client, Late

TYPED = 20


def file(server, root, patience):
    """The figures of one file; what did not come in time is left out."""
    figures = {}
    path = os.path.join(root, "report.md")
    with open(path, encoding="utf-8") as text:
        text = text.read()
    try:
        client = Client(server, root, patience)
    except Late:
        return figures
    try:
        conversation(client, "file://" + path, text, figures)
    except Late:
        pass
    figures["memory"], figures["cpu"] = client.spent()
    client.end()
    return figures


def conversation(client, uri, text, figures):
    document = {"uri": uri}
    client.open(uri, text)
    if names(client.request("textDocument/documentSymbol", {"textDocument": document})):
        figures["symbols"] = client.since_start()
    lines = text.split("\n")
    link = next(at for at, line in enumerate(lines) if line.startswith("Zie ["))
    # Each is asked what it can follow: the link, or else the words.
    for words in ("](#", "hoofdstuk "):
        at = {"line": link, "character": lines[link].index(words) + 4}
        if client.request("textDocument/definition", {"textDocument": document, "position": at}):
            figures["definition"] = client.since_start()
            break
    line = len(lines) // 2
    while not lines[line]:
        line += 1
    times = [typed(client, document, version, line) for version in range(2, 2 + TYPED // 2)]
    times = sorted(time for time in times if time is not None)
    if times:
        figures["diagnostics"] = times[len(times) // 2]
    stale, version = 0, 100
    for nth in range(TYPED):
        client.insert(uri, version + nth, 2, f"## {nth} Nieuw{nth}\n\n")
        found = names(client.request("textDocument/documentSymbol", {"textDocument": document}))
        stale += found is None or not any(f"Nieuw{nth}" in name for name in found)
    figures["stale"] = stale
    version, waits = 200, []
    for nth in range(100):
        start = time.monotonic()
        client.insert(uri, version + nth, line, "e")
        client.request("textDocument/documentSymbol", {"textDocument": document})
        waits.append((time.monotonic() - start) * 1e3)
        if sum(waits) > client.patience * 1e3:
            break
        time.sleep(max(0.0, 0.1 - (time.monotonic() - start)))
    waits.sort()
    figures["p50"], figures["p99"] = waits[len(waits) // 2], waits[-1 - len(waits) // 100]


def folder(server, root, patience):
    """The figures of a folder, from two starts."""
    figures = {}
    for key in ("last", "again"):
        try:
            client = Client(server, root, patience)
        except Late:
            return figures
        try:
            once(client, root, key, figures)
        except Late:
            pass
        if key == "last":
            figures["memory"], figures["cpu"] = client.spent()
        client.end()
    return figures


def once(client, root, key, figures):
    """One start: how long until the last file is known by its heading."""
    names_of_files = sorted(os.listdir(root))
    with open(os.path.join(root, names_of_files[0]), encoding="utf-8") as first:
        client.open("file://" + os.path.join(root, names_of_files[0]), first.read())
    asked = client.ask("textDocument/documentSymbol",
                       {"textDocument": {"uri": "file://" + os.path.join(root, names_of_files[0])}})
    answer = client.wait(lambda message: message.get("id") == asked and "method" not in message)
    if key == "last" and answer.get("result"):
        figures["beside"] = client.since_start()
    with open(os.path.join(root, names_of_files[-1]), encoding="utf-8") as last:
        heading = last.readline().strip("# \n")
    last = names_of_files[-1]
    while client.since_start() < client.patience * 1e3:
        found = client.request("workspace/symbol", {"query": heading})
        if any(last in str(symbol.get("location")) for symbol in found or []):
            figures[key] = client.since_start()
            return
        if found is None and client.process.poll() is not None:
            return
        time.sleep(0.01)


def typed(client, document, version, line):
    """Milliseconds from a keystroke to the diagnostics of the text with it; none where there are none to be had."""
    start = time.monotonic()
    client.insert(document["uri"], version, line, "e")
    try:
        if client.capabilities.get("diagnosticProvider"):
            client.request("textDocument/diagnostic", {"textDocument": document})
        else:
            client.wait(lambda message: message.get("method") == "textDocument/publishDiagnostics"
                        and message["params"].get("version") in (None, version), min(client.patience, 20))
    except Late:
        return None
    return (time.monotonic() - start) * 1e3


def names(symbols):
    """The names in an outline, those inside others too."""
    if not symbols:
        return None
    found = []
    for symbol in symbols:
        found.append(symbol["name"])
        found += names(symbol.get("children")) or []
    return found
