"""Tables of counts become lines of 汇总数据, each under the name by which the ledger takes it for a figure.

信息发布：环境质量：3月 · 依申请公开：予以公开：自然人 · 行政处罚 · 媒体采用：日报. A table of which the labels do not
tell a figure of the form is used to compare with, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from intake.asking import Asking, IntakeQuestion
from intake.counts import Counted, CountTable, role_of
from intake.settling import Settler
from intake.values import NOT_COUNTED, choices, own_meaning, propose
from statutory.remarks import row_list
from statutory.spelling import fold

BY_PARTS, NOT_USED = "以各项相加为准", "这张表先不用"


@dataclass(frozen=True)
class StatedLine:
    """A line of 汇总数据; ``note`` says where it comes from."""

    name: str
    value: Decimal
    unit: str
    note: str


def stated_lines(tables: Iterable[CountTable], settler: Settler, asking: Asking, notes: list[str]) -> list[StatedLine]:
    """The lines of every table of counts that is settled; two tables that state one figure are asked about."""
    found: dict[str, list[tuple[int, str]]] = {}
    for counts in tables:
        if not _settled(counts, asking, settler):
            continue
        for name, value, rows in _named(counts, settler, notes):
            grid = counts.table.grid
            found.setdefault(name, []).append((value, f"据{grid.source}{grid.where(rows)}"))
    lines = []
    for name, stated in found.items():
        if len({value for value, _ in stated}) > 1:
            chosen = asking.ask(
                IntakeQuestion(
                    f"并存/{name}",
                    f"“{name}”在几张表里不同：{'；'.join(f'{value}（{note}）' for value, note in stated)}，用哪一个？",
                    "",
                    tuple(str(value) for value, _ in stated),
                )
            )
            if chosen is None:
                continue
            stated = [(value, note) for value, note in stated if str(value) == chosen]
        value, note = stated[0]
        lines.append(StatedLine(name, Decimal(value), _unit(name), note))
    return lines


def _unit(name: str) -> str:
    return "条" if name.startswith(("信息发布", "媒体采用")) else "件"


def _settled(counts: CountTable, asking: Asking, settler: Settler) -> bool:
    """Whether the table's numbers can be read and add up, or a person has said what then."""
    table = counts.table
    for row, why in counts.faults:
        settler.open.leave(table, row - table.grid.first, why)
    if counts.faults:
        answer = asking.ask(
            IntakeQuestion(
                f"数字/{table.id}",
                f"{table.name}有{len(counts.faults)}格不是数字（第{row_list(row for row, _ in counts.faults)}行），请改正后重新读入",
                "",
                (NOT_USED,),
                count=len(counts.faults),
            )
        )
        return not (answer is None or answer == NOT_USED)
    if not counts.unequal:
        return True
    answer = asking.ask(
        IntakeQuestion(
            f"合计/{table.id}",
            f"{table.name}的合计与各项不符：{'；'.join(counts.unequal[:5])}",
            "",
            (BY_PARTS, NOT_USED),
            count=len(counts.unequal),
        )
    )
    return answer == BY_PARTS


def _named(counts: CountTable, settler: Settler, notes: list[str]) -> list[tuple[str, int, list[int]]]:
    """The figures of a table by name, with the rows that they are the sum of."""
    sums: dict[str, tuple[int, list[int]]] = {}
    unnamed: list[Counted] = []
    for cell in counts.cells:
        name = _name(counts, cell, settler)
        if name is None:
            unnamed.append(cell)
        elif name:
            value, rows = sums.get(name, (0, []))
            sums[name] = (value + cell.value, [*rows, cell.row])
    if unnamed:
        labels = "、".join(dict.fromkeys(cell.label or cell.beside for cell in unnamed))
        notes.append(f"{counts.table.name}的“{labels[:60]}”不能直接填入法定表格，没有计入")
    return [(name, value, list(dict.fromkeys(rows))) for name, (value, rows) in sums.items()]


def _name(counts: CountTable, cell: Counted, settler: Settler) -> str | None:
    """The line's name; "" for what a person leaves out, None for what no figure of the form is."""
    words = [word for word in (cell.label, cell.beside) if word]
    if counts.area == "信息发布":
        return "：".join(["信息发布", *words[:1], *([f"{cell.month}月"] if cell.month else [])])
    if counts.area == "媒体采用":
        return "：".join(["媒体采用", *words[:1]])
    if counts.area == "行政执法":
        for word in words:
            if (kind := own_meaning("决定类型", word) or propose("决定类型", word).is_) and kind != NOT_COUNTED:
                return kind
        return None
    return _application_name(counts, words, settler)


def _application_name(counts: CountTable, words: list[str], settler: Settler) -> str | None:
    """依申请公开：result：kind of applicant; both are needed, as table 3 has no other cells."""
    applicant = max(words, key=_is_applicant, default="")
    applicant = applicant if _is_applicant(applicant) else ""
    result = next((word for word in words if word != applicant), "")
    if not applicant or not result:
        return None
    kind = own_meaning("申请人类型", applicant) or _asked(counts, settler, "申请人类型", applicant)
    row = role_of(result) or own_meaning("办理结果", result) or _asked(counts, settler, "办理结果", result)
    if kind is None or row is None or row == "总计":
        return "" if row == "总计" else None
    return "" if NOT_COUNTED in (kind, row) else f"依申请公开：{row}：{kind}"


def _is_applicant(word: str) -> int:
    """How surely a label is a kind of applicant rather than a result."""
    if own_meaning("申请人类型", word):
        return 0 if own_meaning("办理结果", word) else 3
    meaning = propose("申请人类型", word)
    return (2 if meaning.sure else 1) * bool(meaning.is_ and not own_meaning("办理结果", word))


def _asked(counts: CountTable, settler: Settler, column: str, word: str) -> str | None:
    meaning = propose(column, word)
    return settler.asking.ask(
        IntakeQuestion(
            id=f"值/依申请公开/{column}/{fold(word)}",
            text=f"{counts.table.name}里的“{word}”应计为{f'“{meaning.is_}”' if meaning.is_ else '哪一项'}（{meaning.why}）",
            proposal=meaning.is_,
            choices=(*choices(column), NOT_COUNTED),
            count=1,
            key=f"值/依申请公开/{column}/{fold(word)}",
            sure=meaning.sure,
            group=f"合并/依申请公开/{column}",
            about=word,
            why=meaning.why,
        )
    )
