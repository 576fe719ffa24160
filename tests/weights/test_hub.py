"""A model hub, played by a small server: its checksum is required, and a broken transfer goes on."""

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from weights import hub
from weights.manifest import HubFile
from weights.registry import NotFetched

CONTENT = bytes(range(256)) * 2000
RIGHT = hashlib.sha256(CONTENT).hexdigest()
MODELSCOPE = HubFile("modelscope", "some/model", "model.gguf")
HUGGINGFACE = HubFile("huggingface", "some/model", "model.gguf")


@pytest.fixture
def server():
    """A hub that breaks off each of its first ``faults`` transfers halfway."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.send_response(200)
            self.send_header("ETag", f'"{self.server.sha256}"')
            self.send_header("X-Linked-ETag", f'"{self.server.sha256}"')
            self.send_header("X-Linked-Size", str(len(CONTENT)))
            self.send_header("X-Repo-Commit", "0" * 40)
            self.send_header("Content-Length", str(len(CONTENT)))
            self.end_headers()

        def do_GET(self):
            if "/files" in self.path:
                row = {"Path": "model.gguf", "Size": len(CONTENT), "Sha256": self.server.sha256}
                return self.reply(200, json.dumps({"Data": {"Files": [row]}}).encode())
            start = int(self.headers.get("Range", "bytes=0-")[6:-1])
            self.server.starts.append(start)
            rest = CONTENT[start:]
            breaks = self.server.faults > 0
            self.server.faults -= breaks
            self.reply(206 if start else 200, rest, sent=len(rest) // 2 if breaks else len(rest))

        def reply(self, status, body, sent=None):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:sent])

        def log_message(self, *_):
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.sha256, running.faults, running.starts = RIGHT, 0, []
    running.address = f"http://127.0.0.1:{running.server_address[1]}"
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.shutdown()
    running.server_close()


@pytest.mark.parametrize("source", [MODELSCOPE, HUGGINGFACE], ids=lambda source: source.hub)
def test_the_hub_states_the_checksum(server, source, tmp_path, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    offer = hub.ask(source, server.address)
    assert (offer.bytes, offer.sha256) == (len(CONTENT), RIGHT)
    hub.download(offer, tmp_path / "model.partial", lambda _: None)
    assert (tmp_path / "model.partial").read_bytes() == CONTENT


def test_a_broken_transfer_goes_on_where_it_stopped(server, tmp_path):
    server.faults = 2
    done = []
    hub.download(hub.ask(MODELSCOPE, server.address), tmp_path / "model.partial", done.append)
    assert (tmp_path / "model.partial").read_bytes() == CONTENT
    assert server.starts[0] == 0 and server.starts == sorted(server.starts) and server.starts[-1] > 0
    assert sum(done) == len(CONTENT)


def test_another_file_than_stated_is_thrown_away(server, tmp_path):
    server.sha256 = "f" * 64
    with pytest.raises(NotFetched, match="SHA-256"):
        hub.download(hub.ask(MODELSCOPE, server.address), tmp_path / "model.partial", lambda _: None)
    assert not (tmp_path / "model.partial").exists()


def test_nothing_is_taken_without_a_checksum(server):
    server.sha256 = "not-a-checksum"
    with pytest.raises(NotFetched, match="校验值"):
        hub.ask(MODELSCOPE, server.address)


def test_a_hub_that_is_not_there(server):
    server.shutdown()
    server.server_close()
    with pytest.raises(NotFetched):
        hub.ask(MODELSCOPE, server.address)
