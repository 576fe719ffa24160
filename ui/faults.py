"""A fault of the input becomes a message on the page, in the words of the exception."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable

import gradio as gr

from domain import ModelUnavailable, UnusableInput


def plainly(handler: Callable) -> Callable:
    """Wrap an event handler: unusable input and a missing model are shown, not traced."""
    if inspect.isgeneratorfunction(handler):

        @functools.wraps(handler)
        def stream(*arguments):
            try:
                yield from handler(*arguments)
            except (UnusableInput, ModelUnavailable) as error:
                raise gr.Error(str(error), title="不能继续", print_exception=False) from error

        return stream

    @functools.wraps(handler)
    def call(*arguments):
        try:
            return handler(*arguments)
        except (UnusableInput, ModelUnavailable) as error:
            raise gr.Error(str(error), title="不能继续", print_exception=False) from error

    return call
