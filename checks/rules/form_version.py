"""The tables are those of the format of the report's year."""

from __future__ import annotations

from collections.abc import Iterator

from checks.examples import Example
from checks.rule import Rule, looks_for
from checks.subject import Subject
from domain import Finding
from forms import all_forms

FORM_VERSION = Rule(
    id="FORMAT-VERSION",
    title="三张表用报告年度的格式",
    severities=("error", "warning"),
    source="{form}",
    advice="按本年度的格式重新编制三张表",
    speaks=(
        Example(form="2019"),
        Example(form="2019", year=2021, parts={5: "没有收取信息处理费，发出收费通知0件，总金额0元，实际收取0元。"}),
        Example(form="2021", year=2020),
    ),
    silent=(Example(), Example(year=2020, parts={5: "没有其他事项。"}), Example(form="2019", year=2019)),
)


@looks_for(FORM_VERSION, order=20)
def version(subject: Subject) -> Iterator[Finding]:
    """The form that the tables have against the one that the year must have."""
    used, year = subject.published.form, subject.published.year
    first = all_forms()[-1]
    wanted = next((form for form in all_forms() if form.covers(year)), first)
    if used and year and used != wanted.year:
        yield FORM_VERSION.finding(
            subject,
            f"{year}年度报告的表格用的是{used}年的格式，应当用{wanted.year}年的格式",
            "全文",
            f"{used}年格式",
            severity="warning" if wanted == first else "error",  # the trial format was not kept everywhere
        )
