"""Build last year's example report from its ledger: ``python knowledge/examples/make_report.py``.

Written by gongkai itself without a model, so that a re-run gives the same text.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from report.assemble import NARRATIVE
from services import Gongkai, last_result
from settings import load_settings

HERE = Path(__file__).parent
LEDGER = HERE / "台账示例-2024.xlsx"
REPORT = HERE / "年度报告示例-2024.md"
# What only the office knows: its own words, and its answer where the draft asks for one.
NOTES = {
    "overview": """申请由局办公室统一登记，按职责转相关股室拟办，答复前由法制人员审核。
信息发布前由股室初审、办公室复审、分管领导签发，年中集中清理了过期的办事指南。
局办公室每周巡查门户网站专栏，及时更新机构职能和办事指南，政务新媒体同步发布重要信息。
局办公室牵头、各股室设联络员，公开工作列入股室年度考核，没有发生需要追究责任的情形。""",
}
ANSWERS = {"发出收费通知": "没有发出收费通知，应收总金额为零"}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = make(Path(folder), Path(folder) / "data")
        shutil.copyfile(made, REPORT)


def make(folder: Path, home: Path) -> Path:
    """The report's Markdown, built in ``folder`` with the knowledge base of ``home``."""
    services = Gongkai(load_settings(home=home, llm="none"))
    ledger = services.ledgers.compute(LEDGER)
    drafts = {
        name: last_result(services.writing.draft(name, ledger, with_model=False, notes=NOTES.get(name, "")))
        for name in NARRATIVE
    }
    complete = {name: replace(draft, text=in_own_words(draft.text)) for name, draft in drafts.items()}
    services.reports.build(ledger, folder / "report", supplied=complete)
    return folder / "report" / "report.md"


def in_own_words(text: str) -> str:
    """The draft with each of its requests answered; StopIteration for one that has no answer here."""

    def answer(request: re.Match[str]) -> str:
        return next(words for topic, words in ANSWERS.items() if topic in request.group())

    return re.sub(r"【请补充：[^】]*】", answer, text)


if __name__ == "__main__":
    main()
