"""A register in two tables, one of what was received and one of what was answered, is one by the applications' numbers."""

from __future__ import annotations

from collections.abc import Sequence

from intake.asking import Asking, IntakeQuestion
from intake.grids import is_empty
from intake.recognising import Reading, read_as
from intake.tables import Table
from intake.words import kinds
from statutory.spelling import written

TOGETHER, APART = "合成一张", "不合成"
LEFT_OUT = "这些行不计"
_SHEET, _NUMBER = "依申请公开", "登记号"
_RECEIVED, _ANSWERED = "收到日期", ("办理结果", "办结日期")
_SHARE = 0.8  # of the answers' numbers stand among those received


def join_parts(tables: Sequence[Table], asking: Asking) -> tuple[list[Table], set[str]]:
    """The tables, those of answers put to those of what was received; and the ids of tables of which that is open."""
    readings = {table.id: read_as(table, kinds()[_SHEET]) for table in tables if len(tables) > 1 and table.records}
    answers = [table for table in tables if table.id in readings and _is_of_answers(readings[table.id])]
    kept, open_ = list(tables), set()
    for part in answers:
        main = next((one for one in kept if one is not part and _belongs(one, part, readings)), None)
        if main is None:
            continue
        answer = asking.ask(
            IntakeQuestion(
                id=f"合成/{main.id}/{part.id}",
                text=f"{part.name}（{len(part.records)}行）是{main.name}里各件申请的答复吗？按编号合成一张登记表",
                proposal=TOGETHER,
                choices=(TOGETHER, APART),
                count=len(part.records),
                key=f"值/{_SHEET}/合成/{main.grid.sheet or main.grid.file}与{part.grid.sheet or part.grid.file}",
            )
        )
        if answer == APART:
            continue
        if not _put_to(main, part, readings, asking) or answer is None:
            open_.add(main.id)
        kept.remove(part)
    return kept, open_


def _is_of_answers(reading: Reading) -> bool:
    columns = reading.columns
    return _NUMBER in columns and _RECEIVED not in columns and any(name in columns for name in _ANSWERED)


def _belongs(main: Table, part: Table, readings: dict[str, Reading]) -> bool:
    reading = readings.get(main.id)
    if reading is None or _NUMBER not in reading.columns or _RECEIVED not in reading.columns:
        return False
    if any(name in reading.columns for name in _ANSWERED):
        return False
    numbers, theirs = _numbers(main, reading), _numbers(part, readings[part.id])
    unique = len(set(numbers)) == len(numbers) and len(set(theirs)) == len(theirs)
    return unique and bool(theirs) and len(set(numbers) & set(theirs)) >= _SHARE * len(theirs)


def _numbers(table: Table, reading: Reading) -> list[str]:
    cells = table.values(reading.columns[_NUMBER])
    return [written(cell) for cell in cells if not is_empty(cell)]


def _put_to(main: Table, part: Table, readings: dict[str, Reading], asking: Asking) -> bool:
    """Add the columns of answers to the table of what was received; whether every answer has its application."""
    at, number = readings[main.id].columns[_NUMBER], readings[part.id].columns[_NUMBER]
    records = {written(main.cell(record, at)): record for record in main.records}
    strangers = [record for record in part.records if written(part.cell(record, number)) not in records]
    for column, heading in enumerate(part.headings):
        if heading in main.headings or column == number or part.columns[column] < 0:
            continue
        values = {
            records[word]: cell
            for record in part.records
            if (word := written(part.cell(record, number))) in records
            and not is_empty(cell := part.cell(record, column))
        }
        main.derive(heading, values)
    if not strangers:
        return True
    answer = asking.ask(
        IntakeQuestion(
            id=f"合成/{main.id}/{part.id}/多出",
            text=f"{part.grid.name}{part.grid.where(part.grid.row(record) for record in strangers)}的编号在{main.name}里没有，"
            f"请补登记后重新读入，或选“{LEFT_OUT}”",
            proposal="",
            choices=(LEFT_OUT,),
            count=len(strangers),
        )
    )
    return answer is not None
