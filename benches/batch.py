"""How much text `columnist fix --jsonl` and `check --jsonl` take a second, and whether their memory stays flat.

    python3 benches/batch.py PAGES.jsonl [--megabytes 100]

Each line of PAGES.jsonl is a page as in the corpora, {"lines": [{"text": …}, …]}, or {"text": …}. They are repeated, each
time with another number in them, until the input is as long as was asked for. Seconds are those that the program itself
worked on a core: what else the machine does does not count.
"""

import argparse
import json
import os
import resource
import subprocess
import tempfile
import threading

PROGRAM = os.environ.get("COLUMNIST", os.path.join(os.path.dirname(__file__), "../target/release/columnist"))


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("pages", nargs="+")
    asked.add_argument("--megabytes", type=float, default=100)
    asked = asked.parse_args()
    print(f"{'pages':28} {'command':8} {'MB':>8} {'MB/s a core':>12} {'peak at a tenth':>16} {'peak MB':>8}")
    for path in asked.pages:
        texts = []
        with open(path, encoding="utf-8") as pages:
            for page in map(json.loads, pages):
                texts.append(page.get("text") or "\n".join(line["text"] for line in page["lines"]))
        for command in ("fix", "check"):
            size, seconds, early, peak = run(command, texts, asked.megabytes * 1e6)
            name = os.path.basename(path)
            print(f"{name:28} {command:8} {size / 1e6:8.1f} {size / 1e6 / seconds:12.2f} {early:16.1f} {peak:8.1f}", flush=True)


def run(command, texts, wanted):
    """Runs a command over as much text as is wanted: bytes of text, seconds of work, peak MB after a tenth and after all."""
    with tempfile.TemporaryFile() as errors:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        process = subprocess.Popen([PROGRAM, command, "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)
        count = [0]

        def drain():
            for _ in process.stdout:
                count[0] += 1

        reader = threading.Thread(target=drain)
        reader.start()
        size, sent, early, peak = 0, 0, None, 0.0
        while size < wanted:
            text = texts[sent % len(texts)] + f"\n\n{sent}"
            process.stdin.write(json.dumps({"id": sent, "text": text}).encode() + b"\n")
            size, sent = size + len(text.encode()), sent + 1
            if early is None and size > wanted / 10:
                early = memory(process.pid)
        peak = memory(process.pid)
        process.stdin.close()
        process.wait()
        reader.join()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        errors.seek(0)
        assert b"not looked for" not in errors.read(), "the program has no model of columns: set COLUMNIST_DATA"
        assert count[0] == sent, f"{sent} lines went in and {count[0]} came out"
        return size, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, early or peak, peak


def memory(process):
    with open(f"/proc/{process}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1e3


if __name__ == "__main__":
    main()
