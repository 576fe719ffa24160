"""What the values of recognised tables mean: each that is not the form's own is asked about once, with all of its rows."""

from __future__ import annotations

import re
from collections import defaultdict

from intake import applicants
from intake.asking import Asking, IntakeQuestion
from intake.grids import is_empty
from intake.recognising import Reading
from intake.rows import OpenRows, word_in
from intake.tables import Table
from intake.values import NOT_COUNTED, Meaning, choices, columns_with_meanings, own_meaning, propose
from intake.words import kinds
from statutory.spelling import fold, written
from statutory.workbook import Unusable

BLANK = "（空白）"
UNSORTED = "未分类"
_SHOWN = 5


class Meanings:
    """The meanings of the tables of one ledger; ``year`` is the report's (0 while it is open)."""

    def __init__(self, asking: Asking, year: int, open_: OpenRows) -> None:
        self.asking, self.year, self.open = asking, year, open_
        self._meanings: dict[tuple[str, str, str], str | None] = {}
        self._found: dict[tuple[str, str], dict[str, list[tuple[Table, int]]]] = defaultdict(lambda: defaultdict(list))

    def gather(self, table: Table, reading: Reading, apart: frozenset[int] = frozenset()) -> None:
        """Note every value that the table's records hold, so that each is asked about once, with all of its rows."""
        for target, at in reading.columns.items():
            if not self.has_meanings(reading.sheet, target):
                continue
            found = self._found[reading.sheet, target]
            for record in table.records:
                if record in apart:
                    continue
                cell = table.cell(record, at)
                if isinstance(cell, Unusable):
                    continue
                word = BLANK if is_empty(cell) else fold(written(cell))
                if word == BLANK and not self._blank_matters(reading.sheet, target):
                    continue
                found[word].append((table, record))

    def has_meanings(self, sheet: str, target: str) -> bool:
        return (target in columns_with_meanings() and kinds()[sheet].columns[target].filled == "choice") or (
            sheet,
            target,
        ) in (
            ("工作记录", "类型"),
            ("信息发布", "信息类别"),
            ("汇总数据", "指标"),
        )

    def _blank_matters(self, sheet: str, target: str) -> bool:
        return (sheet, target) in (
            ("依申请公开", "申请人类型"),
            ("信息发布", "信息类别"),
            ("复议诉讼", "案件类型"),
            ("复议诉讼", "结果"),
            ("行政执法", "决定类型"),
            ("制度文件", "文件类型"),
        )

    def ask_values(self) -> None:
        """Ask about every value that is not the form's own."""
        for (sheet, target), values in self._found.items():
            if target == "办理状态":
                continue  # asked only where no result says it
            for word, places in values.items():
                self._meanings[sheet, target, word] = self._meaning(sheet, target, word, places)

    def _meaning(self, sheet: str, target: str, word: str, places: list[tuple[Table, int]]) -> str | None:
        if own := own_meaning(target, word, self.year or 2025) if word != BLANK else "":
            return own
        if sheet == "信息发布" and target == "信息类别":
            if word != BLANK:
                return word
            meaning, offered = Meaning(UNSORTED, "没有填写类别"), (UNSORTED, NOT_COUNTED)
        elif (sheet, target) == ("工作记录", "类型"):
            meaning = propose(target, word)
            if word in ("业务培训", "听取汇报") or not meaning.is_ and not re.search("培训|汇报", word):
                return word
            offered = ("业务培训", "听取汇报", word)
        elif (sheet, target) == ("汇总数据", "指标"):
            meaning = propose(target, word)
            if not meaning.is_ or meaning.is_ == word:
                return word
            offered = (meaning.is_, word)
        elif target == "申请人类型" and word.startswith("名称"):
            meaning, offered = Meaning(applicants.proposed(word), "由名称推测，须经确认", False), choices(target)
        else:
            meaning, offered = (propose(target, word) if word != BLANK else Meaning("", "没有填写")), choices(target)
        question = IntakeQuestion(
            id=f"值/{sheet}/{target}/{word}",
            text=self._value_text(sheet, target, word, meaning, places),
            proposal=meaning.is_,
            choices=offered if NOT_COUNTED in offered or target in ("办理状态", "类型") else (*offered, NOT_COUNTED),
            examples=_examples(places),
            count=len(places),
            key="" if word == BLANK else f"值/{sheet}/{target}/{word}",
            free=(sheet, target) in (("信息发布", "信息类别"), ("工作记录", "类型"), ("汇总数据", "指标")),
            sure=meaning.sure,
            group=f"合并/{sheet}/{target}",
            about=word,
            why=meaning.why,
        )
        return self.asking.ask(question)

    def _value_text(self, sheet: str, target: str, word: str, meaning: Meaning, places: list[tuple[Table, int]]) -> str:
        proposed = f"应计为“{meaning.is_}”" if meaning.is_ else "请选择计入哪一项"
        return f"“{sheet}”的“{target}”写作“{word}”（{len(places)}行）：{proposed}（{meaning.why}）"

    def mapped(self, table: Table, reading: Reading, record: int, target: str) -> str | None:
        """The settled meaning of a value; None where it is open, "" where the cell is blank and that says nothing."""
        if target in reading.constants:
            return reading.constants[target]
        word = word_in(table, reading, record, target)
        if not word and not self._blank_matters(reading.sheet, target):
            return ""
        if target not in reading.columns:
            self.open.leave(table, record, f"没有“{target}”")
            return None
        meaning = self._meanings.get((reading.sheet, target, word or BLANK))
        if meaning is None:
            self.open.leave(
                table, record, f"“{table.headings[reading.columns[target]]}”写作“{word or BLANK}”，含义还没有确认"
            )
        return meaning

    def outcome(self, table: Table, reading: Reading, record: int) -> str | None:
        word = word_in(table, reading, record, "办理结果")
        if word:
            return self.mapped(table, reading, record, "办理结果")
        state = word_in(table, reading, record, "办理状态")
        if not state:
            return ""
        places = self._found["依申请公开", "办理状态"].get(state, [(table, record)])
        key = ("依申请公开", "办理状态", state)
        if key not in self._meanings:
            self._meanings[key] = self._meaning("依申请公开", "办理状态", state, places)
        if self._meanings[key] is None:
            self.open.leave(table, record, f"“{state}”的含义还没有确认")
        return self._meanings[key]


def _examples(places: list[tuple[Table, int]]) -> tuple[str, ...]:
    """The first rows that hold a value, by file, sheet and row; never what else stands there."""
    return tuple(f"{table.grid.name}{table.grid.where([table.grid.row(record)])}" for table, record in places[:_SHOWN])
