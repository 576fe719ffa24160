"""Fifty people at once: ``python bench/load.py [--people 50] [--seconds 600] [--hurry]``.

A workbench of its own process and real HTTP, every person signed in with a session of their own. Of fifty, twenty
search, fifteen ask, five lay a ledger on their desk again and again, and ten type a draft on a ledger of their own, a
sentence each second, on one section each. Each pauses as a person would (1 to 5 s; ``--hurry``: no pause, for how many
more it bears). What the page does by itself is done as well: a new desk has its tables and its sheet laid out.

First one person alone does the same, in the same process: the baseline, without the signing in. Prints for each kind how many, p50 and p95
of the first byte in both runs with their ratio, the seconds of a core that one costs (which other programs' load does
not change), the errors, sentences typed that the draft does not hold, and the server's memory as it goes: how much it
rises in a minute and for a thousand things done, after the beginning. Exit code 1
where anything failed or was lost.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import bcrypt  # noqa: E402
import httpx  # noqa: E402

PASSWORD = "够长的密码二〇二五"
SECTIONS = ("overview", "other", "problems", "applications")
"""Whoever types works on one of these."""
PARAGRAPH, CONVERSATION = 6, 8
"""Sentences of a paragraph, and questions of a conversation."""
WORDS = (
    "延期答复",
    "商业秘密",
    "申请人反复申请",
    "年度报告 1月31日",
    "过程性信息",
    "环境影响评价公开",
    "收费标准",
    "内部事务信息",
    "排污许可 公开",
    "三安全一稳定",
)
QUESTIONS = ("依申请公开多久答复？", "申请人反复申请怎么办？", "年度报告什么时候公布？", "涉及第三方怎么处理？", "可以收费吗？", "内部会议纪要要公开吗？", "排污单位要公开哪些信息？")  # fmt: skip
OPENINGS = ("", "请问，", "我局想知道，", "群众来问：", "年底了，", "今天接到电话，", "新来的同事问：")
SHARES = {"search": 20, "ask": 15, "tables": 5, "typing": 10}
LOOK, WARMING = 5.0, 0.3
"""Seconds between two looks at the server's memory; the part of a run that is left out of how it rises."""
AIMS = {"search": 0.5, "ask": 1.0, "tables": 2.0}  # seconds, p95 of the first byte


@dataclass
class Run:
    """First bytes in seconds by kind, errors, and what was typed by whom."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    typed: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def answered(self) -> int:
        """How much was done by now, of every kind."""
        return sum(map(len, self.took.values()))


class Person:
    """A signed-in browser: what it sends and how soon the first byte of an answer comes."""

    def __init__(self, address: str, name: str, run: Run) -> None:
        self.name, self.run, self.session = name, run, secrets.token_hex(6)
        self.http = httpx.AsyncClient(base_url=address, timeout=120, follow_redirects=True)
        self.config: dict[str, Any] = {}
        self.section, self.text, self.shown = SECTIONS[sum(map(ord, name)) % len(SECTIONS)], "", ""

    async def sign_in(self) -> None:
        await self.http.post("/signin", data={"name": self.name, "password": PASSWORD})
        self.config = (await self.http.get("/config")).json()

    def handler(self, what: str, event: str) -> dict[str, Any]:
        meant = {
            each["id"]
            for each in self.config["components"]
            if what in [each["props"].get(name) for name in ("elem_id", "label")]
        }
        return next(each for each in self.config["dependencies"] if any([id, event] in each["targets"] for id in meant))

    async def does(self, kind: str, what: str, event: str, *given: Any) -> str:
        """Do to a control what a user would; all that the server answered."""
        return await self._runs(kind, self.handler(what, event), *given)

    async def _runs(self, kind: str, handler: dict[str, Any], *given: Any) -> str:
        values = iter(given)
        states = {each["id"] for each in self.config["components"] if each["type"] == "state"}
        data = [None if id in states else next(values, None) for id in handler["inputs"]]
        sent = {"data": data, "fn_index": handler["id"], "session_hash": self.session, "trigger_id": None}
        begun, first, said, changed = time.perf_counter(), 0.0, [], []
        try:
            (await self.http.post("/gradio_api/queue/join", json=sent)).raise_for_status()
            async with self.http.stream(
                "GET", "/gradio_api/queue/data", params={"session_hash": self.session}
            ) as answer:
                async for line in answer.aiter_lines():
                    message = json.loads(line[5:]) if line.startswith("data:") else {}
                    if message.get("msg") in ("process_generating", "process_completed"):
                        first = first or time.perf_counter() - begun
                        said.append(line)
                        if message["msg"] == "process_completed":
                            changed = (message.get("output") or {}).get("changed_state_ids") or []
                            if not message.get("success"):
                                self.run.errors.append(f"{kind}：{str(message.get('output'))[:200]}")
                            break
        except (httpx.HTTPError, ValueError) as error:
            self.run.errors.append(f"{kind}：{type(error).__name__} {error}"[:200])
        if kind and first:
            self.run.took[kind].append(first)
        for follows in self.config["dependencies"]:  # what the page does where a state has become another
            if any([id, "change"] in follows["targets"] for id in changed):
                self.shown = await self._runs("", follows, self.section) or self.shown
        return "\n".join(said)

    async def searches(self, number: int) -> None:
        await self.does(
            "search",
            "words",
            "change",
            f"{WORDS[number % len(WORDS)]} {WORDS[(number // len(WORDS) + len(self.name)) % len(WORDS)][:2]}{number % 97}",
            "不限",
            "不限",
            "不限",
            "今天",
        )

    async def asks(self, number: int) -> None:
        if number % CONVERSATION == 0:
            await self.does("", "clear", "click")
        asked = f"{OPENINGS[number // len(QUESTIONS) % len(OPENINGS)]}{QUESTIONS[number % len(QUESTIONS)]}"
        await self.does("ask", "send", "click", asked, "今天")

    async def looks_at_tables(self, number: int) -> None:
        await self.does("tables", "example-ledger", "click")

    async def uploads(self, ledger: Path, kind: str = "tables") -> None:
        sent = await self.http.post("/gradio_api/upload", files={"files": (ledger.name, ledger.read_bytes())})
        sent.raise_for_status()
        file = {"path": sent.json()[0], "orig_name": ledger.name, "meta": {"_type": "gradio.FileData"}}
        await self.does(kind, "ledger", "upload", [file])

    async def opens_sheet(self) -> None:
        """The section that is typed on, as the page shows it."""
        said = await self.does("", "section", "change", self.section)
        shown = next(json.loads(one) for one in _strings(said) if one.startswith('{"open": true'))
        self.text = "\n".join("".join(piece for piece, _ in line) for line in shown["paragraphs"])

    async def types(self, number: int, org: str) -> None:
        text = f"{self.text}{'' if number % PARAGRAPH else chr(10)}补写第{number}句。"
        sent = [{"org": org, "year": 2025, "section": self.section, "number": number + 1, "text": text}]
        sent[0] |= {"bases": [self.text]}
        said = await self.does("typing", "draft-text", "input", json.dumps(sent, ensure_ascii=False), self.section)
        if "没有写进报告" in said or "没有保存" in said:
            self.run.errors.append(f"typing：{self.name}的第{number}句没有保存：{said[-400:]}")
        elif said:
            self.run.typed[self.name].append(number)
            self.text = text


def _strings(said: str) -> list[str]:
    """Every value of the answers of the server."""
    answers = (json.loads(line[5:])["output"].get("data") or [] for line in said.splitlines() if line)
    return [value for answer in answers for value in answer if isinstance(value, str)]


def ledger_of(folder: Path, org: str) -> Path:
    import openpyxl

    path = folder / f"{org}.xlsx"
    book = openpyxl.load_workbook(sorted((ROOT / "knowledge" / "examples").glob("*.xlsx"))[-1])
    basics = book["基本信息"]
    for number in range(1, basics.max_row + 1):
        if basics.cell(number, 1).value == "单位名称":
            basics.cell(number, 2, org)
    book.save(path)
    return path


def office_of(person: str) -> str:
    return f"青石县{person}分局"


async def work(
    address: str,
    people: dict[str, str],
    seconds: float,
    pause: tuple[float, float],
    folder: Path,
    begin: Callable[[], None] = lambda: None,
    run: Run | None = None,
) -> Run:
    """What people do for so many seconds, once all of them are signed in and have before them what they work on."""
    run, ends, ready = run or Run(), 0.0, asyncio.Barrier(len(people))

    async def one(name: str, kind: str) -> None:
        person, chance = Person(address, name, run), random.Random(name)
        try:
            await person.sign_in()
            if kind == "typing":
                await person.uploads(folder / f"{office_of(name)}.xlsx", "upload")
                await person.opens_sheet()
        except BaseException:  # else all others wait for this one for ever
            await ready.abort()
            raise
        does: dict[str, Callable[[int], Awaitable[None]]] = {
            "search": person.searches,
            "ask": person.asks,
            "tables": person.looks_at_tables,
            "typing": lambda number: person.types(number, office_of(name)),
        }
        await ready.wait()
        nonlocal ends
        if not ends:
            begin()
            ends = time.perf_counter() + seconds
        await asyncio.sleep(chance.uniform(0, pause[1]))
        number = chance.randrange(100) if kind != "typing" else 0
        while time.perf_counter() < ends:
            await does[kind](number)
            number += 1
            await asyncio.sleep(1 if kind == "typing" and pause[1] else chance.uniform(*pause))
        await person.http.aclose()

    for done in await asyncio.gather(*(one(name, kind) for name, kind in people.items()), return_exceptions=True):
        if isinstance(done, BaseException):
            run.errors.append(f"{type(done).__name__}: {done}"[:200])
    return run


def lost(home: Path, run: Run) -> list[str]:
    """Sentences that were acknowledged and are not in the draft, or there twice."""
    from ingest.masking import mask
    from office import Office
    from services.parts import shown, texts_of

    office = Office(home, mask)
    with closing(office):
        wrong = []
        for name, numbers in run.typed.items():
            held = texts_of(office.drafts.current(office_of(name), 2025))
            section = Person("http://127.0.0.1", name, run).section
            there = [int(each) for each in re.findall(r"补写第(\d+)句。", shown(section, held))]
            if there != numbers:
                wrong.append(f"{name}写了{len(numbers)}句，草稿里{len(there)}句")
    return wrong


def spent(process: subprocess.Popen) -> float:
    """Seconds of a core that the server has used, which no other program's load makes longer."""
    ticks = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def memory(process: subprocess.Popen) -> int:
    """The server's resident megabytes."""
    said = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+)", said)[0]) // 1024


@dataclass(frozen=True)
class Moment:
    """Seconds since the beginning, what was done by then, and the server's megabytes."""

    at: float
    answered: int
    megabytes: int


async def remembered(process: subprocess.Popen, run: Run, kept: list[Moment]) -> None:
    began = time.perf_counter()
    while process.poll() is None:
        with suppress(OSError, IndexError):
            kept.append(Moment(time.perf_counter() - began, run.answered, memory(process)))
        await asyncio.sleep(LOOK)


def growth(kept: list[Moment]) -> str:
    """How the memory rises once the first part is over, by which all has been loaded and done once: straight lines."""
    late = kept[round(len(kept) * WARMING) :]
    if len({one.answered for one in late}) < 3:
        return "太短，看不出升降"
    of = lambda place: statistics.linear_regression([*map(place, late)], [one.megabytes for one in late]).slope  # noqa: E731
    minutes = (late[-1].at - late[0].at) / 60
    return (
        f"后 {minutes:.1f} 分钟由 {late[0].megabytes} 到 {late[-1].megabytes} MB，每分钟 {of(lambda one: one.at / 60):+.2f} MB，"
        f"每千件 {of(lambda one: one.answered / 1000):+.2f} MB"
    )


def started(folder: Path, people: list[str]) -> tuple[subprocess.Popen, str]:
    secret = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
    (folder / "users.txt").write_text("".join(f"{name}:{secret}\n" for name in people), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"GONGKAI_HOME": str(folder / "data"), "GONGKAI_LLM": "none", "GONGKAI_USERS": str(folder / "users.txt")}
    with (folder / "server.log").open("w", encoding="utf-8") as log:
        command = [sys.executable, "-P", str(ROOT / "app.py"), "serve", "--port", str(port)]
        environment = os.environ | settings | {"PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    for _ in range(900):
        with suppress(httpx.HTTPError):
            if httpx.get(f"{address}/signin", timeout=5).status_code == 200:
                return process, address
        if process.poll() is not None:
            break
        time.sleep(0.3)
    raise SystemExit((folder / "server.log").read_text(encoding="utf-8"))


def percentile(values: list[float], share: float) -> float:
    return (
        statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1]
        if len(values) > 1
        else (values or [0])[0]
    )


async def measured(process: subprocess.Popen, address: str, names: dict[str, str], options: Any, folder: Path) -> int:
    alone = {kind: name for name, kind in names.items()}
    idle = Run()
    await work(
        address, {alone["search"]: "search", alone["ask"]: "ask"}, 3, (0, 0), folder
    )  # the first waits for what is loaded
    costs: dict[str, float] = {}
    for kind in SHARES:  # one person alone, one thing at a time
        before_it: list[float] = []
        at_begin = lambda: before_it.append(spent(process))  # noqa: E731, B023
        got = await work(address, {alone[kind]: kind}, options.alone, (0.2, 0.5), folder, at_begin)
        costs[kind] = (spent(process) - before_it[0]) / max(1, len(got.took.get(kind, ())))
        idle.took |= got.took
        idle.typed |= got.typed
        idle.errors += got.errors
    failed = lost(folder / "data", idle) + idle.errors
    for name in idle.typed:  # who has typed already goes on elsewhere
        names = {each: kind for each, kind in names.items() if each != name}
    run, rests = Run(), list[Moment]()
    watching = asyncio.ensure_future(remembered(process, run, rests))
    began: list[tuple[float, float]] = []
    at_beginning = lambda: began.append((time.perf_counter(), spent(process)))  # noqa: E731
    await work(address, names, options.seconds, (0, 0) if options.hurry else (1, 5), folder, at_beginning, run)
    watching.cancel()
    busy = (spent(process) - began[0][1]) / (time.perf_counter() - began[0][0])
    print(f"{len(names)} 人，{options.seconds:.0f} 秒，负载 {os.getloadavg()[0]:.1f}，处理器 {os.cpu_count()} 个")
    print(
        "| | 次数 | 第一个字节 p50 | p95 | 一人时 p50 | p95 | p95 之比 | 目标 | 一次用核秒 |\n|---|---|---|---|---|---|---|---|---|"
    )
    for kind, took in run.took.items():
        one = idle.took.get(kind) or [0.0]
        middle, late, before, last = (
            percentile(took, 0.5),
            percentile(took, 0.95),
            percentile(one, 0.5),
            percentile(one, 0.95),
        )
        print(
            f"| {kind} | {len(took)} | {middle:.2f} | {late:.2f} | {before:.2f} | {last:.2f} | {late / last if last else 0:.1f} | {AIMS.get(kind, '')} | {costs.get(kind, 0):.3f} |"
        )
    failed += lost(folder / "data", run) + run.errors
    print(
        f"写下 {sum(map(len, run.typed.values()))} 句；出错和丢失 {len(failed)} 处；服务器用了 {busy:.2f} 个核，共 {run.answered:,} 件"
    )
    print(f"内存 MB：{'、'.join(str(one.megabytes) for one in rests[:: max(1, len(rests) // 12)])}；{growth(rests)}")
    print(*failed[:10], sep="\n")
    return 1 if failed else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument(
        "--alone", type=float, default=10, help="seconds of each kind for the one person of the baseline"
    )
    parser.add_argument("--hurry", action="store_true")
    options = parser.parse_args()
    kinds = [kind for kind, share in SHARES.items() for _ in range(round(share * options.people / 50) or 1)]
    names = {f"第{number}人": kind for number, kind in enumerate(kinds)}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = Path(place)
        for name, kind in names.items():
            if kind == "typing":
                ledger_of(folder, office_of(name))
        process, address = started(folder, list(names))
        try:
            return asyncio.run(measured(process, address, names, options, folder))
        finally:
            process.terminate()
            process.wait(timeout=60)


if __name__ == "__main__":
    sys.exit(main())
