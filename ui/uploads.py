"""Whose an uploaded file is: nobody else fetches it by its path or hands it to a page.

Gradio keeps uploads of everybody in one folder and serves them to whoever is signed in and knows the
path. The folder is emptied at each start, so that owners need not outlive the program.
"""

from __future__ import annotations

import json
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain import UnusableInput

_FETCHED = re.compile(r"/file[=/](?P<path>.+)", re.DOTALL)
_OTHERS = "没有这个文件，或者它是别人上传的。\n"
_LONGEST = 1 << 20  # bytes of an answer that lists what was uploaded

_owners: dict[str, set[str]] = defaultdict(set)
_lock = threading.Lock()


def belongs(name: str, paths: Iterable[str]) -> None:
    """Uploads are the user's of that name; also another's who has uploaded the very same file."""
    with _lock:
        for path in paths:
            _owners[_plain(path)].add(name)


def is_anothers(name: str, path: str) -> bool:
    """Whether others have uploaded that file and the user of that name has not."""
    owners = _owners.get(_plain(path))
    return owners is not None and name not in owners


def refuse_anothers(name: str, inputs: Iterable[Any]) -> None:
    """UnusableInput where a handler is given a file that another user has uploaded."""
    for given in inputs:
        files = given if isinstance(given, list) else [given]
        if any(isinstance(file, str) and file and is_anothers(name, file) for file in files):
            raise UnusableInput("这个文件是别的用户上传的，请自己上传")


class Uploads:
    """Notes who uploads what, and answers 404 to whoever asks for another's; ``who`` tells the user's name."""

    def __init__(self, app: ASGIApp, who: Callable[[Request], str | None]) -> None:
        self._app = app
        self._who = who

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        sends = scope.get("method") == "POST" and path.rstrip("/").endswith("/upload")
        fetched = _FETCHED.search(path)
        if scope["type"] != "http" or not (sends or fetched):
            await self._app(scope, receive, send)
            return
        name = await run_in_threadpool(self._who, Request(scope))
        if fetched and name is not None and is_anothers(name, fetched["path"]):
            await PlainTextResponse(_OTHERS, 404)(scope, receive, send)
            return
        await self._app(scope, receive, _noting(name, send) if sends and name is not None else send)


def _noting(name: str, send: Send) -> Send:
    """Passes an upload's answer on once the files that it lists are known as the user's."""
    parts: list[bytes] = []

    async def noted(message: Message) -> None:
        if message["type"] == "http.response.body":
            parts.append(message.get("body", b""))
            if not message.get("more_body") and sum(map(len, parts)) <= _LONGEST:
                belongs(name, _listed(b"".join(parts)))
        await send(message)

    return noted


def _listed(body: bytes) -> list[str]:
    try:
        listed = json.loads(body)
    except ValueError:  # a refusal in words
        return []
    return [path for path in listed if isinstance(path, str)] if isinstance(listed, list) else []


def _plain(path: str) -> str:
    """One spelling of a path: what Gradio opens under any other is the same file."""
    try:
        return str(Path(re.sub(r"^/{2,}", "/", path)).resolve())
    except (OSError, ValueError):  # too long, or with a zero in it: no file
        return path
