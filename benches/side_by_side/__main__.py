"""Language servers side by side, in one run, over their standard input and output, on the same made-up reports.

    python3 benches/side_by_side [--install] [--sizes 10000,100000,1000000] [--files 100,1000] [--only NAME,NAME]

Servers that are not on this machine are left out, which is said; --install gets those that pip and npm have into .cache/.
Writes docs/speed.md, the table, and docs/speed-*.svg, how the figures grow with size; --out FOLDER puts them elsewhere.
Wall times of a busy machine are noise: what counts is the ratio of two servers in one run.
"""

import argparse
import json
import os
import platform
import sys
import tempfile

import made
import measure
import picture
import servers

ROWS = [
    # key, what it is, unit, whether it is told of single files or of folders
    ("symbols", "start to the first outline", "ms", "file"),
    ("definition", "start to the first definition", "ms", "file"),
    ("diagnostics", "keystroke to diagnostics", "ms", "file"),
    ("stale", "outlines without the last edit, of 20", "", "file"),
    ("p50", "outline while typing, median", "ms", "file"),
    ("p99", "outline while typing, 99th of 100", "ms", "file"),
    ("memory", "peak memory", "MB", "file"),
    ("cpu", "processor time", "s", "file"),
    ("last", "start to the last file's workspace symbol", "ms", "folder"),
    ("again", "the same, started a second time", "ms", "folder"),
    ("beside", "start to the outline of an open file", "ms", "folder"),
    ("memory", "peak memory", "MB", "folder"),
    ("cpu", "processor time", "s", "folder"),
]


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--install", action="store_true")
    asked.add_argument("--sizes", default="10000,100000,1000000,10000000")
    asked.add_argument("--files", default="100,1000,10000")
    asked.add_argument("--only", default="")
    asked.add_argument("--patience", type=float, default=60, help="seconds after which a server is given up on")
    asked.add_argument("--out", default=os.path.join(servers.REPOSITORY, "docs"))
    asked = asked.parse_args()
    if asked.install:
        servers.install()
    there = [server for server in servers.ALL if not asked.only or server.name in asked.only.split(",")]
    for server in there:
        if not server.command():
            print(f"skipped: {server.name}: {server.missing}", file=sys.stderr)
    there = [server for server in there if server.command()]
    found = {"file": {}, "folder": {}}
    with tempfile.TemporaryDirectory(prefix="columnist-bench-") as folder:
        for kind, sizes, measured in [
            ("file", asked.sizes, lambda server, size: measure.file(server, made.file(folder, size), asked.patience)),
            ("folder", asked.files, lambda server, size: measure.folder(server, made.folder(folder, size), asked.patience)),
        ]:
            for size in [int(size) for size in sizes.split(",") if size]:
                for server in there:
                    figures = measured(server, size)
                    found[kind].setdefault(size, {})[server.name] = figures
                    print(kind, size, server.name, json.dumps(figures), file=sys.stderr, flush=True)
    names = [server.name for server in there]
    text = "\n".join(table(kind, found[kind], names) for kind in ("file", "folder") if found[kind])
    os.makedirs(asked.out, exist_ok=True)
    with open(os.path.join(asked.out, "speed.md"), "w", encoding="utf-8") as page:
        page.write(PAGE.format(machine=f"{os.cpu_count()} cores, {platform.system()}", table=text))
    for kind, key, title in [("file", "diagnostics", "Keystroke to diagnostics, ms, by the bytes of the file"),
                             ("folder", "last", "Start to the last file's symbol, ms, by the number of files")]:
        if found[kind]:
            lines = {name: [(size, found[kind][size][name].get(key)) for size in found[kind]] for name in names}
            picture.draw(os.path.join(asked.out, f"speed-{key}.svg"), title, lines)
    print(text)


def table(kind, found, names):
    sizes = sorted(found)
    head = {"file": "One file", "folder": "A folder of pages of 6 kB"}[kind]
    lines = [f"### {head}", ""]
    for size in sizes:
        lines += [f"{size:,} {'bytes' if kind == 'file' else 'files'}:", ""]
        lines += ["| | " + " | ".join(names) + " |", "|---|" + "--:|" * len(names)]
        for key, what, unit, of in ROWS:
            if of == kind:
                cells = [shown(found[size][name].get(key)) for name in names]
                lines.append(f"| {what}{', ' + unit if unit else ''} | " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


def shown(value):
    if value is None:
        return "–"
    return f"{value:.1f}" if value < 10 and value != int(value) else f"{value:,.0f}"


PAGE = """# Speed, measured

Servers side by side in one run of `python3 benches/side_by_side`, on {machine}; other work ran on the same machine, so
read across, not down. “–” is no answer, or none within the time that was waited. Columnist is asked with its merged
columns on, which no other looks for.

What a keystroke costs, in instructions and at the worst: [`keystroke.md`](keystroke.md).

![Keystroke to diagnostics](speed-diagnostics.svg)
![Start to the last file's symbol](speed-last.svg)

{table}
"""

if __name__ == "__main__":
    main()
