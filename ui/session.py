"""Who acts in a handler, whether they may, and what the audit log keeps of it: one place for all tabs."""

from __future__ import annotations

import functools
import inspect
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, Literal, get_type_hints

import gradio as gr

from domain import UnusableInput, User
from services import Gongkai
from ui.faults import plainly
from ui.uploads import refuse_anothers

Needs = Literal["anyone", "reviewer", "administrator"]


def user_of(request: gr.Request, services: Gongkai) -> User:
    """The office's user behind a request, as they are now; UnusableInput once they may not act.

    The name comes from the session that the server keeps (``signin.who``), never from the browser.
    """
    people = services.people
    return people.local() if people.single_user else people.named(request.username or "")


def acting(
    services: Gongkai, does: str = "", on: Callable[..., str] = lambda *inputs: "", needs: Needs = "anyone"
) -> Callable[[Callable], Callable]:
    """Decorate a handler ``(user, *inputs)`` so that Gradio can call it with its inputs.

    It runs for whom ``needs`` allows, and its faults are shown as sentences. ``does`` is a key of
    ``office.audit.ACTIONS``, logged with the object that ``on(*inputs)`` names as soon as there is a
    first result: refused input is no action. Questions and drafts themselves are not logged.
    """

    def decorate(handler: Callable) -> Callable:
        def note(user: User, inputs: tuple) -> None:
            if does:
                services.journal.record(user, does, on(*inputs))

        if inspect.isgeneratorfunction(handler):

            def streamed(request: gr.Request, *inputs: Any) -> Iterator[Any]:
                user = _allowed(user_of(request, services), needs)
                refuse_anothers(user.name, inputs)
                with closing(handler(user, *inputs)) as results:
                    for number, result in enumerate(results):
                        if number == 0:
                            note(user, inputs)
                        yield result
                # Gradio sends the last result twice; what was typed between the two would be lost.
                yield gr.skip()

            return plainly(_called_as(streamed, handler))

        def run(request: gr.Request, *inputs: Any) -> Any:
            user = _allowed(user_of(request, services), needs)
            refuse_anothers(user.name, inputs)
            result = handler(user, *inputs)
            note(user, inputs)
            return result

        return plainly(_called_as(run, handler))

    return decorate


class OnesTurn:
    """``with turn(user)``: what one user asks for is done one thing after another, and holds nobody else up."""

    def __init__(self) -> None:
        self._of: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._making = threading.Lock()

    def __call__(self, user: User) -> threading.Lock:
        with self._making:
            return self._of[user.name]


def _allowed(user: User, needs: Needs) -> User:
    if needs == "administrator" and not user.administers:
        raise UnusableInput("只有管理员可以做这件事")
    if needs == "reviewer" and not user.reviews:
        raise UnusableInput("只有审核人员和管理员可以做这件事")
    return user


def _called_as(run: Callable, handler: Callable) -> Callable:
    """``run`` with the handler's parameters, the request in the user's place: Gradio looks at them."""
    functools.update_wrapper(run, handler)
    _, *rest = inspect.signature(handler).parameters.values()
    request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=gr.Request)
    run.__signature__ = inspect.Signature([request, *rest])  # type: ignore[attr-defined]
    hints = {name: hint for name, hint in get_type_hints(handler).items() if name in {each.name for each in rest}}
    run.__annotations__ = {**hints, "request": gr.Request}
    return run
