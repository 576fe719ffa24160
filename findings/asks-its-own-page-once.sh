#!/usr/bin/env bash
# gradio 6.31.0, Blocks.launch: it asks its own page before it goes on; what if the first answer takes four seconds,
# as on a busy machine?
# Guess: it asks again, as the loop over five attempts in networking.url_ok says.
# Seen 2026-11-30: the time limit of 3 s ends the loop, so that one slow answer is enough: launch raises "When
# localhost is not accessible, a shareable link must be created", with the server running and the second answer quick.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'gradio==6.31.0'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import asyncio
import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
from starlette.middleware import Middleware

asked = []


class SlowAtFirst:
    """The first answer to HEAD / takes four seconds, every other none."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http" and scope["method"] == "HEAD":
            asked.append(scope["path"])
            if len(asked) == 1:
                await asyncio.sleep(4)
        await self.app(scope, receive, send)


with gr.Blocks() as page:
    gr.Markdown("公开")
said = "went on"
try:
    page.launch(
        server_name="127.0.0.1", prevent_thread_lock=True, quiet=True, app_kwargs={"middleware": [Middleware(SlowAtFirst)]}
    )
except ValueError as error:
    said = str(error).split(",")[0]
same("launch", said, "When localhost is not accessible")
same("how often it asked", len(asked), 1)
page.close()
PYTHON
venv/bin/python run.py
