#!/usr/bin/env bash
# gradio 6.31.0: a handler of twenty outputs changes one and answers gr.skip() for the others. What do these cost?
# Guess: nothing; what is skipped is left alone.
# Seen 2026-11-30: every skipped output's component is constructed anew with all its arguments, once for each result.
# A chat page whose generator has eighteen outputs and yields four times makes 72 components for one answer.
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


import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
from gradio_client import Client

made = []
plain = gr.Textbox.__init__


def counted(self, *given, **named):
    made.append(type(self).__name__)
    plain(self, *given, **named)


def answers():
    for step in range(4):
        yield [f"step {step}", *[gr.skip()] * 19]


with gr.Blocks() as page:
    boxes = [gr.Textbox() for _ in range(20)]
    gr.Button().click(answers, None, boxes, api_name="answers")
page.launch(server_name="127.0.0.1", prevent_thread_lock=True, quiet=True)
client = Client(page.local_url, verbose=False)
gr.Textbox.__init__ = counted
list(client.submit(api_name="/answers"))
gr.Textbox.__init__ = plain
same("components made for four results of nineteen skipped outputs", len(made), 4 * 19)
page.close()
PYTHON
venv/bin/python run.py
