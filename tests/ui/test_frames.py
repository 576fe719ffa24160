"""Results of one handler that reach the browser in one go: each says there what the handler said."""

import asyncio
import json

import gradio as gr
import httpx
import pytest
from gradio.state_holder import SessionState

from ui.frames import Frames

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
    values: list = []
    with httpx.stream("GET", f"{address}gradio_api/queue/data?session_hash=one", timeout=30) as stream:
        for line in stream.iter_lines():
            told = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
            if told.get("msg") == "process_generating":
                sent = told["output"]["data"]
                earlier = values[-1] if values else None
                values.append([edited(old, new) for old, new in zip(earlier, sent)] if earlier else sent)
            if told.get("msg") == "process_completed":
                assert told["success"]
                break
    return values


def said_of_several():
    """A component by which a handler says what changes: of some Gradio makes all, of some no more than the arguments."""
    yield gr.HTML("新"), gr.Dropdown(["甲"], value="甲"), gr.skip(), gr.Textbox("新"), gr.skip(), gr.skip(), 1
    yield gr.skip(), gr.skip(), gr.Button("新"), gr.skip(), gr.CheckboxGroup(["乙"]), gr.Column(visible=False), 2


@pytest.fixture(scope="module")
def served():
    """The page, and its address."""
    with Frames(analytics_enabled=False) as page:
        box = gr.Accordion("来源：全部")
        for yielded, _ in YIELDED.values():

            def handler(yielded=yielded):
                yield from yielded

            page.load(handler, outputs=box)
        several = [gr.HTML(), gr.Dropdown(), gr.Button(), gr.Textbox(), gr.CheckboxGroup(), gr.Column(), gr.State(0)]
        page.load(said_of_several, outputs=several)
    _, address, _ = page.launch(
        server_name="127.0.0.1", prevent_thread_lock=True, quiet=True, ssr_mode=False, share=False, _frontend=False
    )
    yield page, address
    page.close()


@pytest.fixture
def address(served):
    return served[1]


@pytest.mark.parametrize("number", range(len(YIELDED)), ids=YIELDED)
def test_each_result_says_what_the_handler_said(address, number):
    _, said = list(YIELDED.values())[number]
    assert [value.get("label") for [value] in results(address, number)][: len(said)] == said


def kept(kind):
    """A page of that kind with a handler of four outputs, and the session of one browser."""
    with kind(analytics_enabled=False) as page:
        outputs = [gr.HTML("旧"), gr.Textbox("旧", label="名"), gr.State(1), gr.Button("旧")]
        page.load(lambda: None, outputs=outputs)
    page.queue()
    return page, outputs, SessionState(page)


FOUR = {
    "nothing": lambda *_: gr.skip(),
    "nothing of each": lambda *_: [gr.skip()] * 4,
    "one value": lambda *_: ["新", gr.skip(), gr.skip(), gr.skip()],
    "one by its component": lambda html, text, state, button: {text: "新"},
    "two by their components": lambda html, text, state, button: {button: gr.Button("新", visible=False), state: 2},
    "a state alone": lambda *_: [gr.skip(), gr.skip(), 7, gr.skip()],
    "an update as a dict": lambda *_: [gr.skip(), gr.update(value="新", label="又"), gr.skip(), gr.skip()],
    "an update of nothing": lambda *_: [gr.update(), None, gr.skip(), gr.skip()],
    "all": lambda *_: ["新", "新", 3, gr.Button("新")],
    "no value": lambda *_: [None, None, None, None],
    "a tuple": lambda *_: ("新", gr.skip(), 5, gr.skip()),
}


@pytest.mark.parametrize("said", FOUR.values(), ids=FOUR)
def test_what_is_left_as_it_is_is_sent_as_gradio_sends_it_and_made_by_nobody(said):
    sent, states = [], []
    for kind in (gr.Blocks, Frames):
        page, outputs, session = kept(kind)
        values = asyncio.run(page.postprocess_data(page.default_config.fns[0], said(*outputs), session))
        sent.append(
            [{k: v for k, v in one.items() if k != "props"} if isinstance(one, dict) else one for one in values]
        )
        states.append(session.state_data.get(outputs[2]._id))
    assert sent[0] == sent[1] and states[0] == states[1]


def test_only_components_that_change_are_made_anew():
    page, outputs, session = kept(Frames)
    before = [session[one._id] for one in outputs]
    said = {outputs[1]: gr.Textbox("新")}
    asyncio.run(page.postprocess_data(page.default_config.fns[0], said, session))
    assert [session[one._id] is old for one, old in zip(outputs, before, strict=True)] == [True, False, True, True]


def test_too_few_values_are_told():
    page, _, session = kept(Frames)
    with pytest.raises(ValueError, match="enough output values"):
        asyncio.run(page.postprocess_data(page.default_config.fns[0], ["新"], session))


def test_what_a_handler_says_is_not_kept_for_good(served):
    page, address = served
    results(address, 0)
    session = page.state_holder.session_data["one"]
    before = set(session.blocks_config.blocks), len(page.temp_file_sets)
    for number in range(len(YIELDED) + 1):
        results(address, number)
    assert (set(session.blocks_config.blocks), len(page.temp_file_sets)) == before
    assert set(session.blocks_config.blocks) == set(page.blocks), "and nothing that is on the page went"


def test_each_kind_of_component_may_say_what_changes(served):
    _, address = served
    first, second, *_ = results(address, len(YIELDED))
    assert [first[0]["value"], first[1]["value"], first[3]["value"]] == ["新", "甲", "新"]
    assert [second[2]["value"], second[4]["choices"], second[5]["visible"]] == ["新", [["乙", "乙"]], False]
    assert second[0].get("value") is None, "left as it is"


def asked(kind):
    """A page of that kind with a handler of four inputs, and the session of one browser."""
    with kind(analytics_enabled=False) as page:
        inputs = [gr.Textbox(), gr.Dropdown(["甲", "乙"]), gr.State(5), gr.Checkbox()]
        page.load(lambda *_: None, inputs=inputs)
    page.queue()
    return page, SessionState(page)


GIVEN = {
    "words and a choice": ["字", "乙", None, True],
    "nothing": [None, None, None, None],
    "a number for words": [12, "甲", None, False],
    "more than is asked for": ["字", "甲", None, True, "多"],
    "a choice that there is not": ["字", "丙", None, True],
    "too few": ["字"],
    "a thing for words": [{"path": "/etc/passwd"}, "甲", None, False],
}


@pytest.mark.parametrize("sent", GIVEN.values(), ids=GIVEN)
def test_a_handler_is_given_what_gradio_gives_it_and_the_same_is_refused(sent):
    given = []
    for kind in (gr.Blocks, Frames):
        page, session = asked(kind)
        try:
            given.append(asyncio.run(page.preprocess_data(page.default_config.fns[0], [*sent], session)))
        except Exception as error:
            given.append((type(error).__name__, str(error).partition("[<")[0]))
    assert given[0] == given[1]


def test_a_choice_is_held_against_the_list_that_the_session_shows():
    """A handler has given the list other choices: these count, and no longer the first ones."""
    page, session = asked(Frames)
    box = page.default_config.fns[0].inputs[1]
    session[box._id] = gr.Dropdown(["丙"], render=False)
    handler = page.default_config.fns[0]
    assert asyncio.run(page.preprocess_data(handler, ["字", "丙", None, True], session)) == ["字", "丙", 5, True]
    with pytest.raises(gr.Error, match="甲"):
        asyncio.run(page.preprocess_data(handler, ["字", "甲", None, True], session))


ONE = {  # made for each: Gradio takes an update apart
    "a value": lambda: "新",
    "nothing": gr.skip,
    "no value": lambda: None,
    "an update": lambda: gr.update(value="新"),
    "a component": lambda: gr.Textbox("新"),
    "a number": lambda: 3,
}


@pytest.mark.parametrize("said", ONE.values(), ids=ONE)
def test_a_handler_of_one_output_is_sent_as_gradio_sends_it(said):
    sent = []
    for kind in (gr.Blocks, Frames):
        with kind(analytics_enabled=False) as page:
            page.load(lambda: None, outputs=gr.Textbox("旧"))
        page.queue()
        values = asyncio.run(page.postprocess_data(page.default_config.fns[0], said(), SessionState(page)))
        sent.append(
            [{k: v for k, v in one.items() if k != "props"} if isinstance(one, dict) else one for one in values]
        )
    assert sent[0] == sent[1]
