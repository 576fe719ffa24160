"""Gradio looks at a component's signature whenever a handler touches it, also to leave it as it is; here it is read once.

Of an answer that changes two of eighteen outputs that was half of the server's work on it. ``__signature__`` is what
``inspect`` itself takes for the signature of a function, without reading it anew.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Any


def keep_signatures(components: Iterable[Any]) -> None:
    """Note the signatures of the constructors of these components' classes, and of what they wrap."""
    for kind in {each for component in components for each in type(component).__mro__}:
        made = kind.__dict__.get("__init__")
        while inspect.isfunction(made):
            made.__signature__ = inspect.signature(made)  # type: ignore[attr-defined]
            made = getattr(made, "__wrapped__", None)
