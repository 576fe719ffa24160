"""The endpoint client against a real server that misbehaves in the ways real servers do."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from chat import open_model
from chat.endpoint import EndpointModel, on_loopback
from domain import ModelUnavailable
from tests.openai_server import Reply, serve, words

ASK = [("system", "你是助手。"), ("user", "你好")]


def said(model: EndpointModel, **options: object) -> str:
    return "".join(model.stream(ASK, **options))  # type: ignore[arg-type]


def test_text_streams_and_the_first_listed_model_is_used() -> None:
    with serve(words("依法", "公开", "。")) as script:
        model = EndpointModel(script.address, api_key="secret-key")
        assert list(model.stream(ASK, max_tokens=7, temperature=0.5)) == ["依法", "公开", "。"]
        asked = script.asked[0]
        assert asked["model"] == "first-model"
        assert asked["temperature"] == 0.5
        assert 7 in (asked.get("max_tokens"), asked.get("max_completion_tokens"))
        assert [turn["role"] for turn in asked["messages"]] == ["system", "user"]
        assert "grammar" not in asked
        assert script.keys == ["Bearer secret-key"]
        assert model.leaves_machine is False
        model.close()
        model.close()


NAMES = ["qwen3-32b", "codex-mini-latest", "gpt-5.1-codex", "gpt-5", "gpt-5-chat-latest", "gpt-4o", "o1", "o1-mini", "o3",
         "o3-mini", "o4-mini", "computer-use-preview", "deepseek-r1", "gpt-oss-120b", "ft:gpt-5:office::1", "openai/o3"]  # fmt: skip


def test_the_request_is_the_same_for_every_name() -> None:
    sent = []
    for name in NAMES:
        with serve(words("好")) as server:
            model = EndpointModel(server.address, name)
            said = "".join(model.stream([("system", "规则"), ("user", "问")], max_tokens=7, temperature=0.3))
            model.close()
            (asked,) = server.asked
            assert said.strip() == "好" and asked.pop("model") == name
            sent.append(asked)
    assert all(asked == sent[0] for asked in sent)
    assert sent[0]["messages"] == [{"role": "system", "content": "规则"}, {"role": "user", "content": "问"}]
    assert (sent[0]["max_tokens"], sent[0]["max_completion_tokens"], sent[0]["temperature"]) == (7, 7, 0.3)


def test_a_grammar_goes_only_to_a_server_that_takes_one() -> None:
    with serve(words("好")) as script:
        said(EndpointModel(script.address, "m", takes_grammar=True), grammar='root ::= "好"')
        assert script.asked[0]["grammar"] == 'root ::= "好"'


def test_who_has_stopped_before_their_turn_asks_nothing_of_the_server() -> None:
    with serve(words("好")) as script:
        model = EndpointModel(script.address, "m")
        assert said(model, cancelled=lambda: True) == "" and script.asked == []
        assert said(model, cancelled=lambda: False) == "好"


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (Reply(status=401), "密钥"),
        (Reply(status=403), "不允许"),
        (Reply(status=404), "没有模型“m”"),
        (Reply(status=400), "不接受"),
        (Reply(body="<html>登录</html>"), "没有返回内容"),
        (Reply(), "没有返回内容"),
        (Reply(deltas=({"content": "  "},)), "没有返回内容"),
        (Reply(deltas=({"content": "<think>想</think>"},)), "没有返回内容"),
    ],
)
def test_a_fault_is_one_chinese_sentence(reply: Reply, sentence: str) -> None:
    with serve(reply) as script:
        with pytest.raises(ModelUnavailable, match=sentence) as caught:
            said(EndpointModel(script.address, "m", "secret-key"))
        assert "\n" not in str(caught.value)
        assert "secret-key" not in str(caught.value)


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again(status: int) -> None:
    with serve(Reply(status=status), words("好的")) as script:
        assert said(EndpointModel(script.address, "m")) == "好的"
        assert len(script.asked) == 2


def test_a_server_that_stays_broken_is_given_up() -> None:
    with serve(Reply(status=500)) as script:
        with pytest.raises(ModelUnavailable, match="内部出错"):
            said(EndpointModel(script.address, "m"))
        assert len(script.asked) == 3


def test_broken_json_in_the_stream() -> None:
    with serve(Reply(body="data: {not json\n\n")) as script, pytest.raises(ModelUnavailable, match="JSON"):
        said(EndpointModel(script.address, "m"))


RUBBISH = {
    "a list": "data: [1, 2]\n\n",
    "nothing": "data: null\n\n",
    "a word": 'data: "好"\n\n',
    "choices that are none": 'data: {"choices": "x"}\n\n',
    "a choice without words": 'data: {"choices": [{}]}\n\n',
    "a number for words": 'data: {"choices": [{"index": 0, "delta": {"content": 5}}]}\n\n',
    "a fault told in the stream": 'data: {"error": {"message": "out of memory", "code": 500}}\n\n',
    "the end alone": "data: [DONE]\n\n",
    "another protocol": "event: ping\nid: 7\n\n",
    "brackets without end": f"data: {'[' * 200_000}\n\n",
    "a line without end": f"data: {'x' * 3_000_000}",
    "control characters": "data: {\x00\x01\x1b[2J}\n\n",
    "a page in the stream": "<html><script>alert(1)</script></html>\n\n",
}


@pytest.mark.parametrize("body", RUBBISH.values(), ids=RUBBISH)
def test_rubbish_in_place_of_the_stream_is_one_sentence(body: str) -> None:
    with serve(Reply(body=body)) as script:
        with pytest.raises(ModelUnavailable) as caught:
            said(EndpointModel(script.address, "m", "secret-key", patience=30.0))
    told = str(caught.value)
    assert told.startswith("模型服务 ") and "\n" not in told and len(told) < 200
    assert not any(word in told for word in ("secret-key", "alert", "out of memory", "xxx", "[["))


def test_rubbish_after_good_words_keeps_the_words() -> None:
    begun = (
        'data: {"id": "1", "object": "chat.completion.chunk", "choices": [{"index": 0, "delta": {"content": "前半"}}]}'
    )
    with serve(Reply(body=f"{begun}\n\ndata: {{broken\n\n")) as script:
        stream = EndpointModel(script.address, "m").stream(ASK)
        assert next(stream) == "前半"
        with pytest.raises(ModelUnavailable, match="JSON"):
            list(stream)


@pytest.mark.parametrize("status", [500, 502, 504, 529])
def test_a_fault_of_the_server_with_a_page_for_a_body(status: int) -> None:
    with serve(Reply(status=status, body="<html>Bad Gateway</html>")) as script:
        with pytest.raises(ModelUnavailable, match=f"内部出错（{status}）") as caught:
            said(EndpointModel(script.address, "m"))
    assert "Gateway" not in str(caught.value)


def test_a_server_that_hangs_in_the_middle_is_given_up_after_what_came() -> None:
    allowed = threading.Semaphore(1)
    with serve(Reply(deltas=({"content": "前半"}, {"content": "后半"}), allowed=allowed)) as script:
        stream = EndpointModel(script.address, "m", patience=1.0).stream(ASK)
        assert next(stream) == "前半"
        with pytest.raises(ModelUnavailable, match="没有回应"):
            list(stream)
        allowed.release()


CHUNK = 'data: {"id": "1", "object": "chat.completion.chunk", "choices": [%s]}\n\n'
WITHOUT_END = {  # what is sent first, and then again and again
    "empty words": ("", CHUNK % '{"index": 0, "delta": {"content": ""}}'),
    "no choice": ("", CHUNK % ""),
    "a thought": (CHUNK % '{"index": 0, "delta": {"content": "<think>"}}', CHUNK % '{"index": 0, "delta": {"content": "想"}}'),
    "a thought beside": ("", CHUNK % '{"index": 0, "delta": {"reasoning_content": "想"}}'),
    "the role": ("", CHUNK % '{"index": 0, "delta": {"role": "assistant"}}'),
    "comments": ("", ": keep-alive\n\n"),
    "pings": ("", "event: ping\n\n"),
    "a line": ("data: ", "x"),
    "no fields": ("", "data:\n\n"),
    "blank lines": ("", "\n"),
}  # fmt: skip


@pytest.mark.parametrize("sent", WITHOUT_END.values(), ids=WITHOUT_END)
def test_a_server_that_says_something_for_ever_is_given_up_and_read_no_further(sent: tuple[str, str]) -> None:
    first, again = sent
    with serve(Reply(body=first, again=again, pause=0.02)) as script:
        model = EndpointModel(script.address, "m", patience=0.5)
        begun = time.monotonic()
        with pytest.raises(ModelUnavailable, match="没有答完|没有回应|JSON"):
            said(model)
        assert time.monotonic() - begun < 20
        assert script.left.wait(20), "it is still read"


def test_a_reply_larger_than_any_is_read_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chat.bounded.MOST", 1 << 20)
    with serve(Reply(body="data: ", again="x" * 65536)) as script:
        with pytest.raises(ModelUnavailable, match="没有尽头"):
            said(EndpointModel(script.address, "m", patience=60.0))
        assert script.left.wait(20)


def test_a_connection_that_breaks_off_raises_after_what_came() -> None:
    with serve(Reply(deltas=({"content": "前半"},), break_off=True)) as script:
        stream = EndpointModel(script.address, "m").stream(ASK)
        assert next(stream) == "前半"
        with pytest.raises(ModelUnavailable, match="连不上"):
            list(stream)


def test_nobody_listens() -> None:
    with serve(words("好")) as script:
        address = script.address
    with pytest.raises(ModelUnavailable, match="连不上"):
        said(EndpointModel(address, "m"))


def test_silence_is_not_borne_for_ever() -> None:
    with serve(Reply(wait=2.0, deltas=({"content": "晚了"},))) as script:
        begun = time.monotonic()
        with pytest.raises(ModelUnavailable, match="没有回应"):
            said(EndpointModel(script.address, "m", patience=0.4))
        assert time.monotonic() - begun < 1.8


def test_cancelling_does_not_wait_for_the_first_word() -> None:
    with serve(Reply(wait=2.0, deltas=({"content": "晚了"},))) as script:
        begun = time.monotonic()
        model = EndpointModel(script.address, "m")
        assert said(model, cancelled=lambda: time.monotonic() - begun > 0.3) == ""
        assert time.monotonic() - begun < 1.5


def test_thoughts_never_reach_the_text() -> None:
    thoughts = Reply(
        (
            {"reasoning_content": "先想一想"},
            {"content": "<thi"},
            {"content": "nk>用户想要"},
            {"content": "三条</th"},
            {"content": "ink>答案"},
            {"content": "在此"},
        )
    )
    with serve(thoughts) as script:
        assert said(EndpointModel(script.address, "m")) == "答案在此"


def test_a_server_that_minds_no_limit_is_read_no_further() -> None:
    with serve(words(*["依法公开。"] * 2000)) as script:
        assert len(said(EndpointModel(script.address, "m"), max_tokens=20)) <= 130


def test_no_listed_model() -> None:
    with serve(words("好"), models=()) as script, pytest.raises(ModelUnavailable, match="GONGKAI_LLM_MODEL"):
        said(EndpointModel(script.address))


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("page", ["<html>登录</html>", "[]", "null", '{"data": "x"}', '{"data": [{}]}'])
def test_a_page_in_place_of_the_list_of_models_is_told_at_once(page: str) -> None:
    with serve(words("好")) as script:
        script.page = page
        begun = time.monotonic()
        with pytest.raises(ModelUnavailable) as caught:
            said(EndpointModel(script.address, patience=30.0))
        assert "没有回应" not in str(caught.value)
        assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://localhost/v1", True),
        ("http://[::1]:1/v1", True),
        ("http://10.0.0.5:8000/v1", False),
        ("https://api.example.com/v1", False),
        ("http://localhost.example.com/v1", False),
    ],
)
def test_whether_prompts_leave_the_machine(address: str, inside: bool) -> None:
    assert on_loopback(address) is inside
    assert EndpointModel(address).leaves_machine is not inside


def test_which_model_the_settings_open(tmp_path: Path) -> None:
    weights = tmp_path / "weights.gguf"
    weights.write_bytes(b"GGUF")
    assert open_model("none", gguf=weights) is None
    assert open_model("") is None
    assert open_model("", gguf=weights).name == "本机模型"  # type: ignore[union-attr]
    assert open_model("http://127.0.0.1:1/v1", "qwen").name == "qwen"  # type: ignore[union-attr]


@pytest.mark.parametrize("llm", ["local", ""])
def test_local_weights_that_are_not_there_are_named(tmp_path: Path, llm: str) -> None:
    for gguf in (tmp_path / "gone.gguf", tmp_path):
        with pytest.raises(ModelUnavailable, match="GONGKAI_LLM=none") as caught:
            open_model(llm, gguf=gguf)
        assert str(gguf) in str(caught.value)


def test_a_local_model_without_weights_says_what_to_do() -> None:
    with pytest.raises(ModelUnavailable, match=r"\./run.*GONGKAI_LLM_GGUF"):
        open_model("local")
