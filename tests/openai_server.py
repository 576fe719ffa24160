"""A small real HTTP server that speaks the OpenAI streaming protocol from a script."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """One reply to a chat request: status, the deltas streamed, and how it goes wrong."""

    deltas: tuple[dict[str, Any], ...] = ()
    status: int = 200
    body: str = ""
    wait: float = 0.0
    pause: float = 0.0  # seconds before each delta
    allowed: threading.Semaphore | None = None  # each delta waits until it is released once more
    break_off: bool = False
    again: str = ""  # sent after the body again and again, until the reader leaves


@dataclass
class Script:
    """The replies in order (the last is repeated) and what was asked."""

    replies: list[Reply]
    models: tuple[str, ...] = ("first-model", "second-model")
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    address: str = ""
    page: str = ""  # answered in place of the list of models
    heard: threading.Condition = field(default_factory=threading.Condition)
    left: threading.Event = field(default_factory=threading.Event)  # a reader of a reply without end has left

    def wait_for(self, times: int, seconds: float = 60.0) -> None:
        """Until so many requests have come."""
        with self.heard:
            assert self.heard.wait_for(lambda: len(self.asked) >= times, seconds), f"{len(self.asked)} requests came"


def words(*pieces: str) -> Reply:
    return Reply(tuple({"content": piece} for piece in pieces))


@contextmanager
def serve(*replies: Reply, models: tuple[str, ...] = ("first-model", "second-model")) -> Iterator[Script]:
    script = Script(list(replies), models)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def do_GET(self) -> None:
            if script.page:
                self._send(200, script.page, "text/html")
                return
            listed = {"object": "list", "data": [{"id": name, "object": "model"} for name in script.models]}
            self._send(200, json.dumps(listed), "application/json")

        def do_POST(self) -> None:
            script.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            script.keys.append(self.headers.get("Authorization", ""))
            with script.heard:
                script.heard.notify_all()
            reply = script.replies.pop(0) if len(script.replies) > 1 else script.replies[0]
            time.sleep(reply.wait)
            if reply.again:
                self._go_on(reply)
                return
            if reply.status != 200 or reply.body:
                self._send(reply.status, reply.body or '{"error": {"message": "no"}}', "application/json")
                return
            self._stream(reply)

        def _send(self, status: int, body: str, kind: str) -> None:
            data = body.encode("utf-8")
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _go_on(self, reply: Reply) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            try:
                self.wfile.write(reply.body.encode())
                while True:
                    time.sleep(reply.pause)
                    self.wfile.write(reply.again.encode())
                    self.wfile.flush()
            except OSError:
                script.left.set()

        def _stream(self, reply: Reply) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            if reply.break_off:
                self.send_header("Content-Length", "100000")
            self.end_headers()
            for delta in reply.deltas:
                time.sleep(reply.pause)
                if reply.allowed and not reply.allowed.acquire(timeout=120):
                    return  # nobody waits for it any more
                chunk = {
                    "id": "1",
                    "object": "chat.completion.chunk",
                    "created": 0,
                    "model": "m",
                    "choices": [{"index": 0, "delta": {"role": "assistant"} | delta, "finish_reason": None}],
                }
                self.wfile.write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())
                self.wfile.flush()
            if not reply.break_off and reply.deltas:
                self.wfile.write(b"data: [DONE]\n\n")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    script.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()
