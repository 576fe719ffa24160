"""An office's own questions, put to the knowledge base together, and held against the articles that it expects.

A file of questions has one JSON object a line: ``{"q": "…"}`` and, as wanted, ``id``, ``after`` (the earlier
questions of the conversation), ``as_of``, and what is expected: ``gold`` (《title》#number, any of them),
``must`` (words of the answer, ``a|b`` either), ``refused`` or ``"kind": "near"`` (nothing held answers).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import durable
from domain import Answer, Event, Finished, UnusableInput

Ask = Callable[..., Iterator[Event[Answer]]]
"""``Answering.ask``: (text, as_of=, history=) → events."""
LARGEST = 20 * 2**20
"""Bytes; a file of questions is not a library."""
_ARTICLE = re.compile(r"《?([^《》#]+)》?#(\d+)")
_MOST_TOLD = 60
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True)
class Trial:
    """One question of a file, at its line (1-based), and what its answer should be, as far as that is said."""

    line: int
    id: str | int
    question: str
    after: tuple[str, ...] = ()
    as_of: date | None = None
    articles: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    refused: bool = False

    @property
    def expects(self) -> bool:
        """Whether anything is said of what the answer should be."""
        return bool(self.articles or self.must or self.refused)


@dataclass(frozen=True)
class Tried:
    """A question and its answer, or the sentence that says why there is none."""

    trial: Trial
    answer: Answer | None
    problem: str = ""

    @property
    def cited(self) -> tuple[str, ...]:
        """The articles cited, as they are expected: 政府信息公开条例#33."""
        hits = [one.hit for one in self.answer.citations] if self.answer else []
        return tuple(dict.fromkeys(f"{hit.title}#{hit.article_no}" for hit in hits))

    @property
    def faults(self) -> tuple[str, ...]:
        """What is not as expected, a phrase each; () where all is."""
        if self.answer is None:
            return (self.problem,)
        expected, plain = self.trial, _plain(self.answer.answer)
        if expected.refused:
            return () if self.answer.refused else ("应当答“没有找到”，却作了答",)
        faults = ["没有找到"] if self.answer.refused and expected.expects else []
        if expected.articles and not set(expected.articles) & set(self.cited):
            faults.append(f"没有引用{'或'.join(map(named, expected.articles))}")
        missing = [one for one in expected.must if not any(_plain(each) in plain for each in one.split("|"))]
        return (*faults, *(f"没有写到“{one}”" for one in missing))

    @property
    def right(self) -> bool | None:
        """None where nothing is expected."""
        return not self.faults if self.trial.expects or self.answer is None else None

    def as_json(self) -> dict[str, Any]:
        """The answer with the question's ``id``."""
        assert self.answer is not None
        return {"id": self.trial.id, **self.answer.as_json()}


@dataclass
class Questions:
    """The usable questions of a file, and a sentence for each line that is not one."""

    trials: list[Trial] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_trials(path: Path) -> Questions:
    """The questions of a file; UnusableInput where it cannot be read or has none that can be asked."""
    name = path.name
    try:
        if path.stat().st_size > LARGEST:
            raise UnusableInput(f"问题文件 {name} 超过 {LARGEST // 2**20} MB，请分成几个文件")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableInput(f"问题文件 {name} 不是 UTF-8 编码的文本，请另存为 UTF-8") from error
    except OSError as error:
        raise UnusableInput(f"问题文件 {name} 不能读取：{durable.cause(error)}") from error
    found = Questions()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found.trials.append(_trial(number, line))
        except UnusableInput as error:
            found.problems.append(f"{name} 第 {number} 行：{error}")
    if not found.trials:
        problems = tuple(found.problems) or (f"问题文件 {name} 里没有问题",)
        raise UnusableInput(problems[0], problems)
    return found


def asked(ask: Ask, trials: Sequence[Trial], as_of: date | None = None, **how: Any) -> Iterator[Tried]:
    """Each question with its answer, in order; ``as_of`` for those that name no day. One that cannot be asked is told."""
    for trial in trials:
        day = trial.as_of or as_of
        try:
            history: tuple[tuple[str, str], ...] = ()
            for earlier in trial.after:
                said = _last(ask(earlier, as_of=day, history=history, **how)).answer
                history += (("user", earlier), ("assistant", said))
            yield Tried(trial, _last(ask(trial.question, as_of=day, history=history, **how)))
        except UnusableInput as error:
            yield Tried(trial, None, str(error))


def as_csv(done: Sequence[Tried]) -> str:
    """The results for a spreadsheet, one row a question (write with a byte order mark)."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("行", "编号", "问题", "结果", "应引条文", "所引条文", "说明", "答复"))
    for one in done:
        stands = {True: "对", False: "错", None: ""}[one.right]
        cells = (
            str(one.trial.id),
            one.trial.question,
            stands,
            "、".join(map(named, one.trial.articles)),
            "、".join(map(named, one.cited)),
            "；".join(one.faults) if one.right is False else "",
            one.answer.answer if one.answer else "",
        )
        writer.writerow(
            (one.trial.line, *(f"'{cell}" if cell.lstrip(" \u3000").startswith(_FORMULA) else cell for cell in cells))
        )
    return text.getvalue()


def named(article: str) -> str:
    """政府信息公开条例#33 → 《政府信息公开条例》第33条."""
    title, _, number = article.partition("#")
    return f"《{title}》第{number}条"


def _last(events: Iterator[Event[Answer]]) -> Answer:
    result = None
    for event in events:
        if isinstance(event, Finished):
            result = event.result
    assert isinstance(result, Answer)
    return result


def _trial(number: int, line: str) -> Trial:
    """UnusableInput says what is wrong with the line."""
    try:
        said = json.loads(line, strict=False)
    except (json.JSONDecodeError, RecursionError):
        raise UnusableInput(f"不是一个完整的 JSON 对象：{line.strip()[:_MOST_TOLD]}") from None
    if not isinstance(said, dict):
        raise UnusableInput('应当是一个 JSON 对象，如 {"q": "年报什么时候公布？"}')
    question = said.get("q")
    if not isinstance(question, str) or not question.strip():
        raise UnusableInput("没有问题：q 应当是一句话")
    return Trial(
        number,
        _identity(said.get("id"), number),
        question,
        _texts(said, "after"),
        _day(said.get("as_of")),
        tuple(map(_article, _texts(said, "gold"))),
        _texts(said, "must"),
        _refused(said),
    )


def _refused(said: dict[str, Any]) -> bool:
    given = said.get("refused")
    if given is not None and not isinstance(given, bool):
        raise UnusableInput("refused 应当是 true 或者 false")
    return bool(given) or said.get("kind") == "near"


def _identity(said: object, number: int) -> str | int:
    if said is None:
        return number
    if isinstance(said, bool) or not isinstance(said, str | int):
        raise UnusableInput("id 应当是文字或者整数")
    return said


def _texts(said: dict[str, Any], key: str) -> tuple[str, ...]:
    value = said.get(key) or []
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise UnusableInput(f'{key} 应当是文字的列表，如 ["…"]')
    return tuple(value)


def _article(text: str) -> str:
    match = _ARTICLE.fullmatch(text.strip())
    if not match:
        raise UnusableInput(f"gold 的“{text[:_MOST_TOLD]}”应写成 政府信息公开条例#33 的样子")
    return f"{match[1].strip().removeprefix('中华人民共和国')}#{int(match[2])}"  # as held titles are


def _day(value: object) -> date | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise UnusableInput(f"as_of 的日期“{str(value)[:20]}”无法识别，请写成 2023-12-31 的样子") from None


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)
