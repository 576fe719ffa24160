"""``gongkai mcp`` as other assistants meet it: the library's own client, by standard input and by HTTP."""

import asyncio
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client

from assistants.token import NAME, token_of
from domain import UnusableInput

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "knowledge" / "examples"
LEDGER = str(EXAMPLES / "台账示例-2025.xlsx")
REPORT = str(next(EXAMPLES.glob("*.md")))
TOOLS = {"search", "ask", "cite_check", "tables", "check"}
pytestmark = [pytest.mark.embedding, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def surroundings(filled_home, weights_folder):
    return os.environ | {
        "GONGKAI_HOME": str(filled_home),
        "GONGKAI_WEIGHTS": str(weights_folder),
        "GONGKAI_LLM": "none",
        "PYTHONPATH": str(ROOT),
    }


def by_http(url, token, use):
    async def run():
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx2.AsyncClient(headers=headers, timeout=120) as http:  # the first call opens the knowledge base
            async with Client(streamable_http_client(url, http_client=http)) as client:
                return await use(client)

    return asyncio.run(run())


@pytest.fixture(scope="module")
def listening(surroundings):
    """The address of a server by HTTP on a free port, and what it said."""
    command = [sys.executable, "-u", str(ROOT / "app.py"), "mcp", "--http", "--port", str(free_port())]
    server = subprocess.Popen(command, env=surroundings, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        said = server.stderr.readline()
        yield re.search(r"http://127\.0\.0\.1:\d+/mcp", said).group(), said
    finally:
        server.terminate()
        server.wait(30)


def free_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def everything(client):
    """Each tool called once, and what is listed."""
    listed = (await client.list_tools()).tools
    calls = [
        ("search", {"text": "延期答复", "k": 2}),
        ("ask", {"text": "政府信息公开条例第六十条是什么"}),
        ("cite_check", {"text": "见《政府信息公开条例》第三十三条。", "as_of": "2023-12-31"}),
        ("tables", {"ledger": LEDGER}),
        ("check", {"file": REPORT}),
    ]
    return listed, {name: (await client.call_tool(name, given)) for name, given in calls}


BEFORE = {"question": "政府信息公开申请多久答复？", "answer": "《政府信息公开条例》第三十三条规定：20个工作日。"}
WRONG = [
    ("search", {}, "参数 text 没有填"),
    ("search", {"text": " "}, "检索词是空的，请输入内容"),
    ("search", {"text": "公" * 20001}, "检索词有 20001 个字，超过 20000 个字的上限"),
    ("search", {"text": "公开", "k": "多"}, "参数 k 应为整数"),
    ("search", {"text": "公开", "k": 0}, "参数 k 应为 1 到 200 的整数，不是 0"),
    (
        "search",
        {"text": "公开", "status": "无效"},
        "参数 status 的值无法使用，可选：现行有效、已废止、尚未施行、已被修订、效力未知",
    ),
    ("search", {"text": "公开", "top": 3}, "没有“top”这个参数，可用：as_of、k、kind、level、org、status、text、year"),
    ("ask", {"text": "公开", "as_of": "去年"}, "参数 as_of 的日期“去年”无法识别，请写成 2023-12-31 的样子"),
    ("ask", {"text": "那多久", "history": [{"q": "延期"}]}, "参数 history.0.question 没有填"),
    ("tables", {"ledger": "台账.xlsx"}, "台账“台账.xlsx”不是完整路径：请写从根目录（或盘符）开始的路径"),
    ("tables", {"ledger": "/没有/台账.xlsx"}, "台账“/没有/台账.xlsx”不存在"),
    ("tables", {"ledger": "~没有这个人/台账.xlsx"}, "台账“~没有这个人/台账.xlsx”不存在"),
    ("check", {"file": str(EXAMPLES)}, f"报告“{EXAMPLES}”不是文件"),
    ("check", {"file": "/dev/zero"}, "报告“/dev/zero”不是文件"),
    ("check", {"file": "/a\0b"}, "报告的路径是空的，或有不能用的字符"),
    ("ingest", {"paths": []}, "没有“ingest”这个工具，可用：search、ask、cite_check、tables、check"),
]


@pytest.fixture(scope="module")
def by_stdio(surroundings, tmp_path_factory):
    """What one process answers over its standard input and output: (listed, found), a continued question, what is wrong."""
    picture = tmp_path_factory.mktemp("picture") / "报告.png"
    picture.write_bytes(b"\x89PNG")

    async def run():
        program = StdioServerParameters(command=sys.executable, args=[str(ROOT / "app.py"), "mcp"], env=surroundings)
        async with Client(stdio_client(program)) as client:
            continued = {"text": "那最多能延长多久？", "history": [BEFORE]}
            return (
                await everything(client),
                await client.call_tool("ask", continued),
                [await client.call_tool(name, given) for name, given, _ in WRONG],
                await client.call_tool("check", {"file": str(picture)}),
            )

    return asyncio.run(run())


def test_each_tool_answers_with_the_json_of_the_contract(by_stdio):
    listed, found = by_stdio[0]
    assert {tool.name for tool in listed} == TOOLS
    assert all(tool.annotations.read_only_hint and re.search("[一-龥]", tool.description) for tool in listed)
    assert not any(result.is_error for result in found.values())
    given = {name: result.structured_content for name, result in found.items()}
    assert given["search"]["hits"][0]["article"] == "第三十三条" and len(given["search"]["hits"]) == 2
    assert {"answer", "refused", "citations"} <= set(given["ask"])
    (cited,) = given["cite_check"]["citations"]
    assert cited["exists"] is True and cited["status"] == "现行有效"
    assert given["tables"]["table3"] and given["tables"]["provenance"]
    assert given["check"]["year"] == 2024 and "findings" in given["check"]
    assert json.loads(found["tables"].content[0].text) == given["tables"]


def test_a_question_may_continue_those_before_it(by_stdio):
    found = by_stdio[1].structured_content
    assert "申请" in found["standalone"] and not found["refused"]


@pytest.mark.skipif(sys.platform == "win32", reason="the paths are those of POSIX")
def test_what_cannot_be_used_is_told_in_one_chinese_sentence(by_stdio):
    *_, results, of_picture = by_stdio
    assert [(result.is_error, result.content[0].text) for result in results] == [(True, told) for *_, told in WRONG]
    assert of_picture.is_error and "报告.png" in of_picture.content[0].text


def test_by_http_only_who_knows_the_token_and_is_on_this_machine_is_answered(surroundings, listening):
    url, said = listening
    token = token_of(Path(surroundings["GONGKAI_HOME"]))
    assert token not in said
    listed, found = by_http(url, token, everything)
    assert {tool.name for tool in listed} == TOOLS and not any(result.is_error for result in found.values())
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    json_only = {"Accept": "application/json, text/event-stream", "Authorization": f"Bearer {token}"}
    foreign = [
        (401, {"Authorization": ""}),
        (401, {"Authorization": "Bearer wrong"}),
        (401, {"Authorization": token}),
        (421, {"Host": "gongkai.example.com"}),
        (403, {"Origin": "http://gongkai.example.com"}),
    ]
    for status, headers in foreign:
        answer = httpx.post(url, json=call, headers=json_only | headers, trust_env=False)
        assert answer.status_code == status, headers
        assert token not in answer.text


def test_a_port_in_use_is_told(surroundings, listening):
    url, _ = listening
    port = url.split(":")[2].split("/")[0]
    command = [sys.executable, str(ROOT / "app.py"), "mcp", "--http", "--port", port]
    second = subprocess.run(command, env=surroundings, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert second.returncode == 2 and second.stderr == f"端口 {port} 已被占用，请用 --port 换一个\n"


@pytest.mark.skipif(os.name != "posix", reason="the rights of files are those of POSIX")
def test_the_token_is_its_owners_alone_and_in_no_backup(tmp_path):
    from zipfile import ZipFile

    from services import Gongkai
    from settings import load_settings

    home = tmp_path / "data"
    token = token_of(home)
    file = home / NAME
    assert file.stat().st_mode & 0o777 == 0o600 and token_of(home) == token and len(token) > 40
    services = Gongkai(load_settings(home=home, llm="none"))
    with ZipFile(services.safekeeping.backup(tmp_path / "备份.zip")) as backup:
        assert NAME not in backup.namelist()
        assert not any(token.encode() in backup.read(name) for name in backup.namelist())
    file.chmod(0o644)
    with pytest.raises(UnusableInput, match="别人也能读"):
        token_of(home)
    file.chmod(0o600)
    file.write_text("短", encoding="utf-8")
    with pytest.raises(UnusableInput, match="口令文件"):
        token_of(home)
