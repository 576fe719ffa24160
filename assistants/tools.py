"""What an assistant may call: each tool with its description, what it takes, and the JSON of docs/contract.md."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistants.files import readable
from domain import LedgerResult, UnusableInput
from services import Gongkai, last_result

LONGEST = 20_000
"""Characters of one text; more is no question."""
_MOST_TURNS = 20

AsOf = Annotated[str, Field(description="按这一天判断效力，写成 2023-12-31；不填为今天")]
Ledger = Annotated[str, Field(description="台账文件（xlsx、xlsm、xls、ods、et、csv）的完整路径")]
Previous = Annotated[str, Field(description="上年的台账、figures.json 或报告的完整路径，用来与上年比较；可不填")]


class Turn(BaseModel):
    """One earlier question with its answer."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[str, Field(description="以前的问题")]
    answer: Annotated[str, Field(description="当时的答复；没有就写空")] = ""

    def said(self) -> tuple[tuple[str, str], ...]:
        """The turn as ``answering`` takes it: who spoke, and what."""
        return ("user", _bounded(self.question, "以前的问题")), ("assistant", _bounded(self.answer, "以前的答复"))


class Tools:
    """The tools over one data folder. They only read; safe to call from several threads."""

    def __init__(self, services: Gongkai) -> None:
        self._services = services

    def all(self) -> list[tuple[str, Callable[..., dict[str, Any]]]]:
        """Each tool with its title; its docstring is what the assistant reads."""
        return [
            ("检索条文和往年报告", self.search),
            ("带引用的答复", self.ask),
            ("核对引用", self.cite_check),
            ("由台账算三张法定表格", self.tables),
            ("体检一份报告", self.check),
        ]

    def search(
        self,
        text: Annotated[str, Field(description="检索词、法规名称、条号或文号")],
        k: Annotated[int, Field(description="最多几条，1 到 200")] = 10,
        kind: Annotated[
            Literal["regulation", "report", ""], Field(description="只查法规 regulation 或报告 report")
        ] = "",
        as_of: AsOf = "",
        level: Annotated[str, Field(description="只查一个效力级别，如 法律、行政法规、部门规章")] = "",
        status: Annotated[
            Literal["现行有效", "已废止", "尚未施行", "已被修订", "效力未知", ""],
            Field(description="只查这一天是这种效力的"),
        ] = "",
        year: Annotated[int, Field(description="只查这一年度的报告、这一年公布的法规；0 为不限")] = 0,
        org: Annotated[str, Field(description="只查这个机关的报告、制定的法规（名称的一部分）")] = "",
    ) -> dict[str, Any]:
        """检索本机知识库里的法规条文和往年报告，不作答。每条注明标题、条号、是否原文、在某一天的效力、由什么取代。"""
        if not 1 <= k <= 200:
            raise UnusableInput(f"参数 k 应为 1 到 200 的整数，不是 {k}")
        narrowed = {name: value for name, value in (("year", year), ("org", org)) if value}
        hits = self._services.lookup.look_up(
            _bounded(text, "检索词"), k, kind or None, _day(as_of), level, status, **narrowed
        )
        return {"hits": [hit.as_json() for hit in hits]}

    def ask(
        self,
        text: Annotated[str, Field(description="问题，一次问一件事")],
        as_of: AsOf = "",
        history: Annotated[list[Turn] | None, Field(description="同一段对话里以前的问答，从早到晚；追问时填")] = None,
        ledger: Annotated[str, Field(description="问本单位的数字时所依据的台账的完整路径；可不填")] = "",
    ) -> dict[str, Any]:
        """问政府信息公开、生态环境方面的规定，或本单位的数字，得到逐句注明依据的答复。

        数字由程序从台账算出，引用的条文一定存在；知识库里没有依据时 refused 为 true，不要另行编造。
        """
        turns = history or []
        if len(turns) > _MOST_TURNS:
            raise UnusableInput(f"参数 history 有 {len(turns)} 轮，最多 {_MOST_TURNS} 轮")
        told = tuple(said for turn in turns for said in turn.said())
        question = _bounded(text, "问题")
        events = self._services.answers.ask(question, as_of=_day(as_of), history=told, ledger=self._ledger(ledger))
        return last_result(events).as_json()

    def cite_check(
        self,
        text: Annotated[str, Field(description="含有引用的一句或一段话，如 …（《政府信息公开条例》第三十三条）")],
        as_of: AsOf = "",
    ) -> dict[str, Any]:
        """核对文字里的每一处法规引用：条文是否存在，在某一天是否有效、由什么取代，这句话有没有漏掉条文的例外。

        exists、keeps_exception 为 null 时程序判断不了，message 说明原因，请人核对。
        """
        found = self._services.lookup.check_citations(_bounded(text, "要核对的文字"), _day(as_of))
        return {"citations": [one.as_json() for one in found]}

    def tables(self, ledger: Ledger, previous: Previous = "") -> dict[str, Any]:
        """由台账算出政府信息公开工作年度报告的三张法定表格、全部勾稽校验，每个数字注明数到台账的哪几行。"""
        return self._computed(ledger, previous).as_json()

    def check(
        self,
        file: Annotated[str, Field(description="报告的完整路径：docx、doc、wps、pdf、网页、文本")],
        ledger: Annotated[str, Field(description="与这本台账核对：完整路径；可不填")] = "",
        previous: Previous = "",
    ) -> dict[str, Any]:
        """体检一份已成稿的政府信息公开工作年度报告：表格勾稽、文字和表格是否一致、引用的法规是否有效、说法是否规范。"""
        report = readable(file, "报告")
        held = readable(ledger, "台账") if ledger else None
        last = readable(previous, "上年资料") if previous else None
        return self._services.reports.check(report, held, last).as_json()

    def _ledger(self, path: str) -> LedgerResult | None:
        return self._computed(path) if path else None

    def _computed(self, ledger: str, previous: str = "") -> LedgerResult:
        last = readable(previous, "上年资料") if previous else None
        return self._services.ledgers.compute(readable(ledger, "台账"), last)


def _bounded(text: str, what: str) -> str:
    if len(text) > LONGEST:
        raise UnusableInput(f"{what}有 {len(text)} 个字，超过 {LONGEST} 个字的上限")
    return text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise UnusableInput(f"参数 as_of 的日期“{text}”无法识别，请写成 2023-12-31 的样子") from None
