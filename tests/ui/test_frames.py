"""Results of one handler that reach the browser in one go: each says there what the handler said."""

import json

import gradio as gr
import httpx
import pytest

from ui.frames import Page

NOTHING = {"__type__": "update"}
# What a handler yields one after another, and what each result must still say once all of them have come.
YIELDED = {
    "a label, then nothing": ([gr.Accordion(label="来源：去掉了 1 项"), gr.skip()], ["来源：去掉了 1 项", None]),
    "two labels": ([gr.Accordion(label="甲"), gr.Accordion(label="乙")], ["甲", "乙"]),
    "a label that grows": ([gr.Accordion(label="甲"), gr.Accordion(label="甲乙")], ["甲", "甲乙"]),
    "nothing, a label, nothing": ([gr.skip(), gr.Accordion(label="甲"), gr.skip()], [None, "甲", None]),
    "a label, shut, nothing": (
        [gr.Accordion(label="甲"), gr.Accordion(open=False), gr.skip()],
        ["甲", None, None],
    ),
    "the same twice": ([gr.Accordion(label="甲"), gr.Accordion(label="甲")], ["甲", "甲"]),
}


def edited(old, edits):
    """What Gradio's client makes of an earlier value, in place as it does."""
    for action, path, value in edits:
        if not path:
            old = value if action == "replace" else old + value
            continue
        *way, last = path
        at = old
        for step in way:
            at = at[step]
        if action == "delete":
            del at[last]
        else:
            at[last] = at[last] + value if action == "append" else value
    return old


def results(address, function):
    """The values of the only output in each result, read after the last has come."""
    joined = {"data": [], "fn_index": function, "session_hash": "one", "trigger_id": None}
    httpx.post(f"{address}gradio_api/queue/join", json=joined).raise_for_status()
    values = []
    with httpx.stream("GET", f"{address}gradio_api/queue/data?session_hash=one", timeout=30) as stream:
        for line in stream.iter_lines():
            told = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
            if told.get("msg") == "process_generating":
                [sent] = told["output"]["data"]
                values.append(edited(values[-1], sent) if values else sent)
            if told.get("msg") == "process_completed":
                assert told["success"]
                break
    return values


@pytest.fixture(scope="module")
def address():
    with Page(analytics_enabled=False) as page:
        box = gr.Accordion("来源：全部")
        for yielded, _ in YIELDED.values():

            def handler(yielded=yielded):
                yield from yielded

            page.load(handler, outputs=box)
    _, address, _ = page.launch(
        server_name="127.0.0.1", prevent_thread_lock=True, quiet=True, ssr_mode=False, share=False, _frontend=False
    )
    yield address
    page.close()


@pytest.mark.parametrize("number", range(len(YIELDED)), ids=YIELDED)
def test_each_result_says_what_the_handler_said(address, number):
    _, said = list(YIELDED.values())[number]
    assert [value.get("label") for value in results(address, number)][: len(said)] == said
