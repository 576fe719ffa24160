"""What a page may load and run: only what the workbench itself has put there.

Scripts in the page's own HTML bear a number that is drawn for each answer (CSP's nonce), and the ones
that Gradio puts in from ``HEAD`` are known by their hash. Markup that somebody has smuggled in, an
``onerror`` or a script, is neither and does not run. Gradio makes functions of the text of listeners,
so that ``'unsafe-eval'`` stays; styles stand in elements everywhere.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

_SCRIPT = re.compile(rb"<script(?=[\s>])", re.IGNORECASE)
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def hashes(head: str) -> tuple[str, ...]:
    """CSP sources for the scripts in the HTML ``head``."""
    texts = (text.encode("utf-8") for text in _INLINE.findall(head))
    return tuple(f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'" for text in texts)


def policy(scripts: Iterable[str] = ()) -> str:
    """The header; ``scripts`` are sources of scripts beside the workbench's own files."""
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self' 'unsafe-eval'", *scripts)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "media-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",  # Gradio sets its own address
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def with_headers(send: Send, headers: dict[str, str], scripts: tuple[str, ...]) -> Send:
    """Passes an answer on with ``headers``; one that is HTML once it is whole, its scripts numbered and allowed."""
    held: list[Message] = []

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            said = MutableHeaders(scope=message)
            for name, value in headers.items():
                said[name] = value
            if said.get("content-type", "").startswith("text/html") and "content-encoding" not in said:
                held.append(message)
                return
        elif held and message["type"] == "http.response.body":
            held.append(message)
            if message.get("more_body"):
                return
            start, body = held[0], b"".join(each.get("body", b"") for each in held[1:])
            nonce = secrets.token_urlsafe(16)
            said = MutableHeaders(scope=start)
            said["Content-Security-Policy"] = policy((f"'nonce-{nonce}'", *scripts))
            if body:  # an answer to HEAD has none, and tells the length of what GET gives
                body = _SCRIPT.sub(b'<script nonce="%s"' % nonce.encode(), body)
                said["content-length"] = str(len(body))
            held.clear()
            await send(start)
            await send({"type": "http.response.body", "body": body})
            return
        await send(message)

    return sent
