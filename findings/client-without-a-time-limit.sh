#!/usr/bin/env bash
# chromadb 1.5.9, HttpClient: what a call does while the server is stopped (SIGSTOP; a hung disk, a suspended machine).
# Guess: after some seconds, at the latest after the minute that chroma_query_request_timeout_seconds sets, an error.
# Seen 2026-11-30: the client's session is made with timeout=None and the setting does not reach it: twenty seconds
# after, though a limit of five was set, the call is still waiting, and it is answered when the server goes on.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'chromadb==1.5.9'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import signal
import socket
import subprocess
import threading
import time

import chromadb
from chromadb.config import Settings

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
server = subprocess.Popen(
    ["venv/bin/chroma", "run", "--path", "store", "--host", "127.0.0.1", "--port", str(port)],
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
)
try:
    settings = Settings(anonymized_telemetry=False, chroma_query_request_timeout_seconds=5)
    for _ in range(300):
        try:
            client = chromadb.HttpClient("127.0.0.1", port, settings=settings)
            break
        except Exception:  # not yet
            time.sleep(0.2)
    same("time limit of the session", client._server._session.timeout.read, None)
    answered = threading.Event()
    server.send_signal(signal.SIGSTOP)
    threading.Thread(target=lambda: (client.list_collections(), answered.set()), daemon=True).start()
    same("answered or refused after 20 s, with a limit of 5 set", answered.wait(20), False)
    server.send_signal(signal.SIGCONT)
    same("answered when the server goes on", answered.wait(60), True)
finally:
    server.send_signal(signal.SIGCONT)
    server.terminate()
    server.wait()
PYTHON
venv/bin/python run.py
