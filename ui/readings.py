"""An answer over several organs: how the question was read, each part with what it could be, its table and a chart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from html import escape

from domain import Answer, QuestionReading
from ui.charts import Chart, svg

_ROW = re.compile(r"^\|(.+)\|$")
_RULE = re.compile(r"^\|[\s|:-]+\|$")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_MOST_BARS = 15  # more are read in the table


def reading(answer: Answer, message: int) -> str:
    """The parts of the reading; those that can be corrected open a list of questions that ask otherwise."""
    if not answer.readings or not answer.readings[0].parts:
        return ""
    parts = "".join(_part(answer.readings[0], at, message) for at in range(len(answer.readings[0].parts)))
    return f'<div class="reading" role="group" aria-label="问题的读法，可以改">{parts}</div>'


def _part(read: QuestionReading, at: int, message: int) -> str:
    part = read.parts[at]
    said = f"<small>{escape(part.part)}</small> {escape(part.said)}"
    if not part.choices:
        return f"<span>{said}</span>"
    choices = "".join(
        f'<li><button type="button" data-pick="read:{message}:{at}:{n}">{escape(one.label)}</button></li>'
        for n, one in enumerate(part.choices)
    )
    return f'<details><summary title="改{escape(part.part)}">{said}</summary><ul>{choices}</ul></details>'


def is_row(line: str) -> bool:
    """Whether a line of an answer is a row of a table."""
    return bool(_ROW.match(line.strip()))


def table(lines: Sequence[str]) -> str:
    """Rows of an answer as a table, the first one its head, with a chart where there is one number for each row."""
    rows = [
        [cell.strip() for cell in _ROW.sub(r"\1", line.strip()).split(" | ")] for line in lines if not _RULE.match(line)
    ]
    if len(rows) < 2:
        return ""
    head, *body = rows
    heads = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    told = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in body
    )
    return (
        f'<div class="table" role="region" tabindex="0" aria-label="各单位的数字"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{told}</tbody></table></div>{_chart(head, body)}"
    )


def _chart(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """Bars of the one column of numbers, or of one organ's years; none where there are several."""
    if len(head) == 2:
        title, bars = head[1], [(row[0], row[1]) for row in body]
    elif len(body) == 1:
        title, bars = body[0][0], [*zip(head[1:], body[0][1:], strict=False)]
    else:
        return ""
    named = [(label, Decimal(value)) for label, value in bars if _NUMBER.fullmatch(value)]
    if not 2 < len(named) <= _MOST_BARS or not any(value for _, value in named):
        return ""
    unit = re.search(r"（([^（）]+)）$", title)
    chart = Chart(re.sub(r"（[^（）]+）$", "", title), unit[1] if unit else "件", tuple(named))
    return f'<details class="drawn"><summary>图</summary><figure class="chart">{svg(chart)}</figure></details>'
