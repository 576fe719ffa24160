"""What stands before every page: who may call the workbench by which name, and what a page may load.

A page of another site that an office's browser has open can send requests to the workbench, and a
name that its owner points at this machine makes them look like the workbench's own. Signing in does
not help where nobody signs in. So the name in ``Host`` has to be one of the workbench, and what a
browser says of where a request comes from (``Origin``, ``Sec-Fetch-Site``) the workbench itself.
"""

from __future__ import annotations

import socket
from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.policy import policy, with_headers

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
ANYWHERE = frozenset({"0.0.0.0", "::", ""})
"""Addresses that mean every one of this machine."""
WRONG_NAME = "这个地址不是工作台的地址。请用启动时显示的地址打开；要用别的主机名，把它写进设置项 GONGKAI_NAMES。\n"
WRONG_ORIGIN = "这个请求来自别的网站，已拒绝。请在工作台自己的页面上操作。\n"
HEADERS = {
    "Content-Security-Policy": policy(),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Guard:
    """Answers 421 to a foreign name and 403 to a foreign site; adds ``HEADERS`` to everything else.

    ``host`` is the address that the workbench listens at, ``names`` the further ones that it goes by,
    with the port where a proxy passes requests on under a name of its own; ``scripts`` are CSP sources.
    """

    def __init__(
        self, app: ASGIApp, host: str = "127.0.0.1", names: Collection[str] = (), scripts: tuple[str, ...] = ()
    ) -> None:
        self._app, self._scripts = app, scripts
        self._anywhere = host in ANYWHERE
        own = {socket.gethostname()} if self._anywhere else {host}
        self._origins = frozenset(name.strip().casefold() for name in names)
        known = {_name(each) for each in self._origins}
        self._names = frozenset({*LOOPBACK, *(name.casefold() for name in own), *known} - {""})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):  # the start and end of the server itself
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not self._is_ours(headers.get("host", "")):
            refusal = PlainTextResponse(WRONG_NAME, 421, HEADERS)
        elif self._is_foreign(scope, headers):
            refusal = PlainTextResponse(WRONG_ORIGIN, 403, HEADERS)
        else:
            await self._app(scope, receive, with_headers(send, HEADERS, self._scripts))
            return
        await refusal(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        name = _name(host)
        if name in self._names:
            return True
        return self._anywhere and _is_address(name)  # nobody can point an address elsewhere

    def _is_foreign(self, scope: Scope, headers: Headers) -> bool:
        """Whether a browser says that another site's page sends this; following a link from one is no matter."""
        origin = headers.get("origin")
        if origin is not None:
            place = origin.casefold().partition("://")[2]
            return place != headers.get("host", "").casefold() and place not in self._origins
        if headers.get("sec-fetch-site", "none") in ("same-origin", "none"):
            return False
        followed = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        return not (scope.get("method") in ("GET", "HEAD") and followed)


def _name(host: str) -> str:
    """A host's name without its port, as names are compared; "" for what is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".").casefold()
    except ValueError:  # brackets that hold no address
        return ""


def _is_address(name: str) -> bool:
    try:
        return bool(ip_address(name))
    except ValueError:
        return False
