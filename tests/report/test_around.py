"""The page around one part's text: what stands before it and after it, and nothing of the text itself."""

from dataclasses import replace

import lxml.html
import pytest

import statutory
from domain import SECTION_TITLES, Filled
from report import html
from report.topics import TOPICS, apart
from tests.report.finished import finished
from tests.report.test_trace import EXAMPLES


@pytest.fixture(scope="module")
def report():
    return finished(statutory.compute(EXAMPLES / "台账示例-2025.xlsx"))


def lines(page):
    body = lxml.html.fromstring(f"<div>{page}</div>")
    return [
        element.text_content().strip()
        for element in body.iter("h1", "h2", "h3", "h4", "p", "table")
        if not element.xpath("ancestor::table")
    ]


def whole(report):
    return lines(html.render(report, marked=True).partition("<article>")[2].partition("</article>")[0])


def sheet(report, section):
    """The lines that the section's own sheet holds."""
    text = report.sections.get(section) or apart(Filled(report.sections["overview"]))[1][section].text
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("section", SECTION_TITLES)
def test_the_page_around_a_part_is_the_page_without_its_text(report, section):
    before, after = html.around(report, section)
    assert [*lines(before), *sheet(report, section), *lines(after)] == whole(report)
    assert lines(before)[-1].endswith(SECTION_TITLES[section] if section in TOPICS else lines(before)[-1])


@pytest.mark.parametrize(
    ("overview", "last_before", "first_after"),
    [
        ("开头。\n（一）主动公开\n甲。\n（六）其他工作\n乙。\n（二）依申请公开\n丙。", "（一）主动公开", "（二）依申请公开"),
        ("开头。\n（一）主动公开\n（二）依申请公开\n丙。", "（一）主动公开", "（二）依申请公开"),
        ("开头。\n（一）主动公开\n甲。\n（二）依申请公开\n丙。\n（三）主动公开\n丁。", "（一）主动公开", "（二）依申请公开"),
        ("开头。\n（一）依申请公开\n丙。", "丙。", "二、主动公开政府信息情况"),  # no heading yet: at the end of part 一
        ("", "一、总体情况", "二、主动公开政府信息情况"),
    ],
)  # fmt: skip
def test_a_topic_stands_where_its_heading_is(report, overview, last_before, first_after):
    changed = replace(report, sections=report.sections | {"overview": overview}, placed={})
    before, after = html.around(changed, "disclosure")
    assert (lines(before)[-1], lines(after)[0]) == (last_before, first_after)
