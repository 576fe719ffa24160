"""What several commands print: lines of progress, JSON, a hit as it is cited, the verdict on a ledger."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from commands.options import read_answers
from domain import LedgerResult, Outcome


def place(hit: Any) -> str:
    """A hit as it is cited: 《title》第…条 （status）."""
    successor = f"，由《{hit.replaced_by}》取代" if hit.replaced_by and hit.status in ("已废止", "已被修订") else ""
    digest = "" if hit.verbatim else "，要点，非原文" if hit.article or hit.heading else "，只有版本信息"
    return f"《{hit.title}》{hit.article or hit.heading}（{hit.status}{successor}{digest}）"


def verdict(result: LedgerResult) -> int:
    """1 where an identity fails or a question is open, with these on standard error."""
    for failure in result.failed:
        say(f"校验未通过 {failure.rule} {failure.where}：{failure.message}")
    for question in result.open_questions:
        choices = "、".join(f"{choice.key}（{choice.label}）" for choice in question.choices)
        say(f"待答复 {question.id} {question.text}可选：{choices}；暂按 {question.assumed}")
    if result.open_questions:
        say('以上问题答复以前只出草稿：把答复写成 {"问题编号": "选项"} 的 JSON 文件，用 --answers 交给本命令')
    return 0 if result.final else 1


def tell_stale(result: LedgerResult, answers: Path | None) -> None:
    """Say which answers are to nothing that is asked: the ledger has changed since."""
    asked = {question.id for question in result.questions}
    if stale := [id for id in read_answers(answers) if id not in asked]:
        say(f"提醒：{answers} 里的{'、'.join(stale)}不是这本台账的问题，没有用到")


def say(line: str) -> None:
    """A line of progress, on standard error."""
    click.echo(line, err=True)


def show_json(value: Any, indent: int | None = 1) -> None:
    """One JSON document; ASCII escapes wherever standard output is not UTF-8. ``indent`` None: on one line."""
    unicode_console = (sys.stdout.encoding or "").lower().replace("-", "") in ("utf8", "utf8mb4")
    click.echo(json.dumps(value, ensure_ascii=not unicode_console, indent=indent))


def progress_bar(what: str, total: int, unit: str) -> Any:
    """A bar on standard error; a log file needs a drawing of it only now and then."""
    from tqdm import tqdm

    pace = 0.2 if sys.stderr.isatty() else 10.0
    return tqdm(desc=what, total=total, unit=unit, mininterval=pace, file=sys.stderr)


def in_words(outcome: Outcome) -> str:
    """What became of one file, in a line."""
    words = {"added": "新增", "unchanged": "未变", "replaced": "替换", "rejected": "拒收"}
    size = f"（{outcome.passages} 段）" if outcome.passages else ""
    return f"  {words[outcome.status]} {outcome.title or Path(outcome.path).name}{size} {outcome.reason}".rstrip()
