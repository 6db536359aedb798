"""Stands between a client and the server, hands every byte on, and writes the messages down for tests/schema.

    record.py PROGRAM ARGUMENT...

Writes one message a line, {"from": "client" or "server", "message": ...}, to a file of its own in the folder that
COLUMNIST_SESSIONS names; nothing where that is not set. Ends as the program does.
"""

import json
import os
import subprocess
import sys
import threading


def read(stream):
    """The next message with its header, as bytes, and its body; none at the end."""
    header, length = b"", None
    while (line := stream.readline()).strip():
        header += line
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    if not line:
        return None
    body = stream.read(length)
    return header + line + body, body


def pump(side, stream, forward, record, lock):
    try:
        while message := read(stream):
            whole, body = message
            if record:
                # Before it is handed on: an answer must not be written down before its question.
                with lock:
                    record.write(json.dumps({"from": side, "message": json.loads(body)}) + "\n")
                    record.flush()
            forward.write(whole)
            forward.flush()
        forward.close()
    except (BrokenPipeError, ValueError):
        pass  # the other side is gone


def main():
    folder = os.environ.get("COLUMNIST_SESSIONS")
    record = open(os.path.join(folder, f"independent-{os.getpid()}.jsonl"), "w", encoding="utf-8") if folder else None
    lock = threading.Lock()
    server = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    sides = [
        ("client", sys.stdin.buffer, server.stdin),
        ("server", server.stdout, sys.stdout.buffer),
    ]
    writers = [threading.Thread(target=pump, args=(*side, record, lock), daemon=True) for side in sides]
    for writer in writers:
        writer.start()
    # The client's side may still be waited for; the process ends with the server all the same.
    code = server.wait()
    writers[1].join()
    os._exit(code)


if __name__ == "__main__":
    main()
