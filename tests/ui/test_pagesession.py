"""A page that was opened costs its states and no more; each has its own, and they work as Gradio's do."""

import json

import gradio as gr
import httpx
import pytest
from gradio import state_holder
from gradio.state_holder import StateHolder

from ui.frames import Frames
from ui.pagesession import PageSession, keep_no_looks


def counts(number, choice):
    """Another state, a label and other choices."""
    return number + 1, gr.Textbox(label=f"第{number + 1}次"), gr.Dropdown([choice, f"第{number + 1}项"], value=choice)


@pytest.fixture
def served(monkeypatch):
    monkeypatch.setattr(state_holder, "SessionState", state_holder.SessionState)  # put back afterwards
    keep_no_looks()
    with Frames(analytics_enabled=False) as page:
        number, box = gr.State(0), gr.Dropdown(["第0项"], value="第0项")
        page.load(counts, [number, box], [number, gr.Textbox("字"), box])
    _, address, _ = page.launch(
        server_name="127.0.0.1",
        prevent_thread_lock=True,
        quiet=True,
        ssr_mode=False,
        share=False,
        _frontend=False,
        state_session_capacity=3,
    )
    yield page, address
    page.close()


def does(address, session, choice):
    """What the server answers to one event of a page."""
    sent = {"data": [None, choice], "fn_index": 0, "session_hash": session, "trigger_id": None}
    httpx.post(f"{address}gradio_api/queue/join", json=sent).raise_for_status()
    with httpx.stream("GET", f"{address}gradio_api/queue/data?session_hash={session}", timeout=30) as stream:
        for line in stream.iter_lines():
            told = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
            if told.get("msg") == "process_completed":
                return told
    raise AssertionError("no answer")


def test_each_page_has_its_own_states_and_choices_and_no_looks_are_kept(served):
    page, address = served
    labels = [does(address, name, choice)["output"]["data"][1]["label"] for name, choice in (("甲", "第0项"), ("乙", "第0项"), ("甲", "第1项"))]  # fmt: skip
    assert labels == ["第1次", "第1次", "第2次"]
    assert not does(address, "乙", "第2项")["success"], "a choice that only the other page has"
    sessions = page.state_holder.session_data
    assert {type(each) for each in sessions.values()} == {PageSession}
    assert not any(each.config_values for each in sessions.values())


def test_only_the_pages_used_last_are_kept(served):
    page, address = served
    for name in "甲乙丙甲丁":
        does(address, name, "第0项")
    assert list(page.state_holder.session_data) == ["丙", "甲", "丁"]


def test_it_is_what_gradio_makes_but_for_the_looks():
    with Frames(analytics_enabled=False) as page:
        number, text = gr.State(1), gr.Textbox("字")
        page.load(lambda: None, outputs=[number, text])
    page.queue()
    made = [PageSession.__base__(page), PageSession(page)]
    for each in made:
        each[number._id] = 2
        each[text._id] = text
        each._update_config(text._id)
        each._update_value_in_config(text._id, "新")
    whole, bare = ({name: value for name, value in vars(each).items() if name not in ("config_values", "blocks_config", "_state_ttl")} for each in made)  # fmt: skip
    assert whole == bare and [each[number._id] for each in made] == [2, 2]
    assert made[0].blocks_config.blocks == made[1].blocks_config.blocks
    assert made[0]._state_ttl.keys() == made[1]._state_ttl.keys()
    assert not bare.get("config_values") and list(made[0].components) and not list(made[1].components)


def test_a_holder_makes_them_once_told():
    holder, before = StateHolder(), state_holder.SessionState
    with Frames(analytics_enabled=False) as page:
        gr.Textbox()
    holder.set_blocks(page)
    try:
        keep_no_looks()
        assert isinstance(holder["甲"], PageSession)
    finally:
        state_holder.SessionState = before
