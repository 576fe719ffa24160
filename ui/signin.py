"""Sign-in: who a request comes from, and the pages for signing in and out and a new password.

Gradio asks ``who`` at every request (its ``auth_dependency``), so that users made, disabled or given
another password a moment ago count at once. The pages are plain forms on the server that Gradio
itself is: a cookie that scripts cannot read is set by a response, which no event handler can send.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from domain import UnusableInput, User
from services import Gongkai
from ui.pages import password_form, signin_form

COOKIE = "gongkai_session"
LONGEST = 256  # characters of a name or password that are looked at
_PRIVATE = {"Cache-Control": "no-store", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}


def who(services: Gongkai) -> Callable[[Request], str | None]:
    """Gradio's ``auth_dependency``: the user's name, or None who has to sign in first."""

    def name(request: Request) -> str | None:
        people = services.people
        if people.single_user:
            return people.local().name
        user = people.signed_in(request.cookies.get(COOKIE))
        return user.name if user else None

    return name


def routes(services: Gongkai) -> list[Route]:
    """``/signin``, ``/signout`` and ``/password``."""
    pages = (
        ("/signin", _signin, ["GET", "POST"]),
        ("/signout", _signout, ["POST"]),
        ("/password", _password, ["GET", "POST"]),
    )
    return [Route(path, partial(page, services), methods=methods) for path, page, methods in pages]


async def to_signin(request: Request, error: Exception) -> Response:
    """The answer to whoever is not signed in: the page leads to the form, all else is refused."""
    if request.method == "GET" and request.url.path.rstrip("/") == request.scope.get("root_path", "").rstrip("/"):
        return RedirectResponse("signin", 303)
    return JSONResponse({"detail": "请先登录"}, 401)


async def unusable(request: Request, error: Exception) -> Response:
    """The answer where what all hangs on is away, a shared database say: its sentence, and to try again."""
    return PlainTextResponse(f"{error}\n", 503, {**_PRIVATE, "Retry-After": "5"})


async def _signin(services: Gongkai, request: Request) -> Response:
    if services.people.single_user:
        return RedirectResponse("./", 303)
    if request.method == "GET":
        return HTMLResponse(signin_form(), headers=_PRIVATE)
    name, password = await _fields(request, "name", "password")
    try:
        token = await run_in_threadpool(services.people.sign_in, name, password, _source(request))
    except UnusableInput as error:
        return HTMLResponse(signin_form(name, str(error)), 400, headers=_PRIVATE)
    return _with_token(request, token)


async def _signout(services: Gongkai, request: Request) -> Response:
    services.people.sign_out(request.cookies.get(COOKIE))
    response = RedirectResponse("./", 303)
    response.delete_cookie(COOKIE)
    return response


async def _password(services: Gongkai, request: Request) -> Response:
    user = services.people.signed_in(request.cookies.get(COOKIE))
    if user is None:
        return RedirectResponse("./", 303)
    if request.method == "GET":
        return HTMLResponse(password_form(user.name), headers=_PRIVATE)
    old, new, again = await _fields(request, "old", "new", "again")
    try:
        token = await run_in_threadpool(_changed, services, user, old, new, again, _source(request))
    except UnusableInput as error:
        return HTMLResponse(password_form(user.name, str(error)), 400, headers=_PRIVATE)
    return _with_token(request, token)


def _changed(services: Gongkai, user: User, old: str, new: str, again: str, source: str) -> str:
    if new != again:
        raise UnusableInput("两次输入的新密码不一样")
    return services.people.change_password(user, old, new, source)


def _with_token(request: Request, token: str) -> Response:
    response = RedirectResponse("./", 303)
    response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=request.url.scheme == "https")
    return response


def _source(request: Request) -> str:
    return request.client.host if request.client else ""


async def _fields(request: Request, *names: str) -> list[str]:
    form = await request.form()
    return [value[:LONGEST] if isinstance(value := form.get(name), str) else "" for name in names]
