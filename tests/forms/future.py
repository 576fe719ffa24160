"""A format of years to come, on its whole way: run inside a copy of the program that has one more form file.

Argument: a folder to write into. Prints what came of each step as JSON.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook

from domain import Hit
from services import Gongkai, last_result
from settings import Settings
from tests.fakes import MemoryKnowledge

ORG, YEAR = "云岫县生态环境分局", 2027
ROW, COLUMN, LABEL = "other.withdrawn", "cooperative", "农民合作社"
DAY = date(2027, 5, 20)


class Held(MemoryKnowledge):
    """No passages, no reports, and every article that a draft asks for."""

    def article(self, title: str, no: int, sub: int = 0, as_of: date | None = None) -> Hit:
        return Hit("regulation", title, f"第{no}条", no, "", True, "现行有效", None, None, "", "", 1.0, article_sub=sub)

    def documents(self) -> list:
        return []

    def reports(self) -> list:
        return []


def with_basics(book: Workbook, year: int) -> None:
    """The template with what every ledger must say."""
    basics = {row[0].value: row[1] for row in book["基本信息"].iter_rows(min_row=3)}
    for name, value in {
        "单位名称": ORG,
        "报告年度": year,
        "发布日期": f"{year + 1}-01-10",
        "发布平台": "门户网站",
    }.items():
        basics[name].value = value
    for at, name in enumerate(("行政事业性收费", "信息处理费"), start=5):
        for column, value in enumerate((name, 0), start=2):
            book["汇总数据"].cell(at, column, value)


def with_rows(book: Workbook, sheet: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Rows under the template's headings."""
    columns = {cell.value: cell.column for cell in book[sheet][3]}
    for at, given in enumerate(rows, start=5):
        for heading, value in given.items():
            book[sheet].cell(at, columns[heading], value)


def filled_in(path: Path, outcome: str) -> Path:
    """The template with three applications of the new kind, two of them by the new kind of applicant."""
    book = load_workbook(path)
    with_basics(book, YEAR)
    closed = {"收到日期": DAY, "办理结果": outcome, "办结日期": DAY}
    with_rows(book, "依申请公开", ({"申请人类型": applicant} | closed for applicant in (LABEL, LABEL, "自然人")))
    book.save(path)
    return path


def main(folder: Path) -> dict:
    services = Gongkai(Settings(home=folder / "data", llm="none"))
    services.knowledge.hold(Held([]))
    template = folder / "台账.xlsx"
    services.ledgers.write_template(template, YEAR)
    offered = [cell.value for column in load_workbook(template)["选项"].iter_cols() for cell in column]
    outcome = next(word for word in offered if word and word.endswith("撤回申请"))
    book = filled_in(template, outcome)
    asked = services.ledgers.compute(book).open_questions  # its days are yet to come
    ledger = services.ledgers.compute(book, answers={doubt.id: doubt.choices[0].key for doubt in asked})
    built = services.reports.build(ledger, folder / "report", with_model=False, with_pdf=False)
    checked = services.reports.check(folder / "report" / "report.docx", template)
    asked = [f"{YEAR}年申请人主动撤回申请的有几件？", f"{YEAR}年新收{LABEL}的申请有几件？"]
    return {
        "offered": [word for word in offered if word in (outcome, LABEL)],
        "table": ledger.figures.table3[ROW],
        "failed": [check.rule for check in ledger.failed],
        "draft_mark": built.report.draft_mark,
        "drafts": {name: draft.text for name, draft in built.report.drafts.items()},
        "form": checked.published.form,
        "read": checked.published.tables["table3"][ROW],
        "errors": [(finding.rule, finding.message) for finding in checked.errors],
        "answers": [last_result(services.answers.ask(text, ledger=ledger)).answer for text in asked],
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1])), ensure_ascii=False))
