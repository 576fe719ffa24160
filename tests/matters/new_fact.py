"""A fact that is newly counted, on its whole way: run inside a copy of the program that has its record.

Argument: a folder to write into. Prints what came of each step as JSON.
"""

import json
import sys
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from services import Gongkai, last_result
from settings import Settings
from tests.forms.future import Held, with_basics, with_rows

KIND = "专题研究"
DAYS = (date(2025, 3, 4), date(2025, 6, 5), date(2025, 9, 8), date(2024, 9, 8))


def with_studies(path: Path) -> Path:
    """The template with three studies in the year, and one in the year before."""
    book = load_workbook(path)
    with_basics(book, 2025)
    with_rows(book, "工作记录", ({"日期": day, "类型": KIND} for day in DAYS))
    book.save(path)
    return path


def main(folder: Path) -> dict:
    services = Gongkai(Settings(home=folder / "data", llm="none"))
    services.knowledge.hold(Held([]))
    template = folder / "台账.xlsx"
    services.ledgers.write_template(template, 2025)
    offered = [cell.value for column in load_workbook(template)["选项"].iter_cols() for cell in column]
    ledger = services.ledgers.compute(with_studies(template))
    draft = last_result(services.writing.draft("organisation", ledger, with_model=False))
    return {
        "offered": KIND in offered,
        "figure": ledger.figures.facts["studies"],
        "draft": draft.text,
        "traced": {phrase.key: phrase.text for phrase in draft.figures},
        "answer": last_result(services.answers.ask("2025年专题研究政务公开几次？", ledger=ledger)).answer,
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1])), ensure_ascii=False))
