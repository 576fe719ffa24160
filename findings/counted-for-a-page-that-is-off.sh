#!/usr/bin/env bash
# gradio 6.31.0: what does the monitoring page cost that is switched off (enable_monitoring=False, no analytics)?
# Guess: nothing; its figures are made when somebody asks for them.
# Seen 2026-11-30: after each event of the queue all events kept, up to ten thousand, are put into a pandas table and
# grouped by function: some milliseconds of a core for each press of a button. Only the environment variable
# GRADIO_ANALYTICS_CACHE_FREQUENCY, set before the page is made, spaces them out.
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
import time

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
if len(sys.argv) > 1:
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = sys.argv[1]

import gradio as gr
import pandas as pd
from gradio_client import Client

tables = []
plain = pd.DataFrame.__init__


def counted(self, *given, **named):
    tables.append(1)
    plain(self, *given, **named)


with gr.Blocks() as page:
    box = gr.Textbox()
    gr.Button().click(lambda: "ok", None, box, api_name="press")
page.launch(server_name="127.0.0.1", prevent_thread_lock=True, quiet=True, enable_monitoring=False)
client = Client(page.local_url, verbose=False)
pd.DataFrame.__init__ = counted
for _ in range(5):
    client.predict(api_name="/press")
time.sleep(1)
pd.DataFrame.__init__ = plain
spaced = len(sys.argv) > 1
same(f"tables made for five presses{', spaced out' if spaced else ''}", len(tables) >= 5, not spaced)
page.close()
PYTHON
venv/bin/python run.py
venv/bin/python run.py 1000000
