"""The server by HTTP, for this machine alone and for whoever knows the token."""

from __future__ import annotations

import hmac
import json
import os
import socket
from collections.abc import Callable

import uvicorn
from mcp.server.transport_security import TransportSecuritySettings
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistants.server import server_of
from assistants.token import NAME, token_of
from domain import UnusableInput
from services import Gongkai

HOST = "127.0.0.1"
PATH = "/mcp"
_LARGEST = 1 << 20
"""Bytes of a request: texts and paths, never a file."""


class TokenRequired:
    """Lets through who sends ``Authorization: Bearer`` with the token; anyone else is told 401 and nothing more."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._expected = f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":  # the start and end of the server itself
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("authorization", "").encode()
        if hmac.compare_digest(given, self._expected):
            await self._app(scope, receive, send)
            return
        said = json.dumps({"error": "口令不对：请在请求头 Authorization 写 Bearer 和口令"}, ensure_ascii=False)
        headers = {"WWW-Authenticate": "Bearer"}
        await Response(said, 401, headers, "application/json; charset=utf-8")(scope, receive, send)


def serve_http(services: Gongkai, port: int, say: Callable[[str], None]) -> None:
    """Serve until stopped; ``say`` is told the address and where the token stands, never the token.

    UnusableInput where the port is taken or the token cannot be kept.
    """
    home = services.choices.home
    token = token_of(home)
    with _listening(port) as listener:
        port = listener.getsockname()[1]
        app = TokenRequired(_app(services, port), token)
        say(f"其他助手可以连接 http://{HOST}:{port}{PATH}（只限本机），口令在 {home / NAME}")
        settings = uvicorn.Config(app, log_level="error", access_log=False, lifespan="on")
        uvicorn.Server(settings).run(sockets=[listener])


def _app(services: Gongkai, port: int) -> ASGIApp:
    names = [f"{HOST}:{port}", f"localhost:{port}"]
    security = TransportSecuritySettings(allowed_hosts=names, allowed_origins=[f"http://{name}" for name in names])
    return server_of(services).streamable_http_app(
        streamable_http_path=PATH, transport_security=security, max_request_body_size=_LARGEST, host=HOST
    )


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere it lets two programs share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise UnusableInput(f"端口 {port} 已被占用，请用 --port 换一个") from error
    return listener
