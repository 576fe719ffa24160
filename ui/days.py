"""The day on which validity is judged: today, the end of a report's year, or any day typed."""

from __future__ import annotations

import re
from datetime import date

import gradio as gr

from domain import UnusableInput

TODAY = "今天"
_YEARS = 6
_REPORT = re.compile(r"(\d{4})\s*年度报告")
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")


def day_control(label: str, name: str, **options) -> gr.Dropdown:
    """Today, the report years of late, or a day typed in."""
    choices = [
        TODAY,
        *(f"{year}年度报告（{year}年12月31日）" for year in range(date.today().year, date.today().year - _YEARS, -1)),
    ]
    return gr.Dropdown(
        choices, value=TODAY, label=label, elem_id=name, allow_custom_value=True, filterable=True, **options
    )


def day_of(chosen: str | None) -> date:
    """The day that a choice means; UnusableInput for words that name none."""
    words = (chosen or TODAY).strip() or TODAY
    if words == TODAY:
        return date.today()
    if report := _REPORT.match(words):
        return date(int(report[1]), 12, 31)
    if day := _DAY.fullmatch(words):
        try:
            return date(*(int(part) for part in day.groups()))
        except ValueError:
            pass  # the 31st of a month that has none: told below like any other
    raise UnusableInput(f"“{words}”不是日期，请从列表中选，或写成 2019-05-15")


def in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
