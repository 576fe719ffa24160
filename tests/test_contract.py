"""docs/contract.md says what is there: each subcommand, option and JSON key, and no other."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import click
import pytest
from click.testing import CliRunner

import app
from answering.law.citing import CheckedCitation
from checks import Unjudged
from domain import (
    SECTION_TITLES,
    Answer,
    Change,
    Check,
    Choice,
    Citation,
    Comparison,
    DerivedFact,
    Doubt,
    Draft,
    DueDate,
    Figures,
    Finding,
    FinishedReport,
    Hit,
    LedgerResult,
    Outcome,
    ParagraphSimilarity,
    Phrase,
    Provenance,
    PublishedReport,
    QuestionReading,
    Rejection,
    SheetAccount,
    Signal,
    Status,
)
from services import Built, Checked

ROOT = Path(__file__).parent.parent
CONTRACT = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
HIT = Hit("regulation", "甲法", "第一条", 1, "文字", True, "现行有效", date(2020, 1, 1), None, "", "甲法.txt", 1.0)
PROVENANCE = Provenance("行数", "依申请公开", (4,))
FIGURES = Figures("甲局", 2024, "2025年1月10日", "网站", {}, {}, {}, {})
LEDGER = LedgerResult(FIGURES, {}, ())
TEXTS = {"overview": "", "problems": "", "other": ""}
REPORT = FinishedReport(FIGURES, TEXTS, "标题", "", "甲局", "2025年1月10日")
PUBLISHED = PublishedReport("甲局", 2024, "标题", "报告.md", "", (), {})


def proposal():
    """The proposal for a register of one application."""
    import intake
    from intake.grids import CellGrid
    from intake.sources import Sources

    rows: list[list[object]] = [
        ["收件日期", "申请人性质", "答复类型", "答复日期"],
        ["2025-03-01", "公民", "公开", "2025-03-09"],
    ]
    return intake.propose(Sources([CellGrid("登记.csv", "", rows)]))


PROPOSAL = proposal()


def shapes(monkeypatch):
    """Name in the contract → the object as JSON."""
    from office import Decision
    from report import write
    from report.trace import Traced
    from statutory import Explanation

    monkeypatch.setattr(write, "trace", lambda report: [])
    return {
        "search": HIT.as_json(),
        "citation": Citation(1, HIT).as_json(),
        "ask": Answer("答", "model", False).as_json(),
        "reading": Answer("答", "figures", False, readings=(QuestionReading("读法"),)).as_json()["readings"][0],
        "cite_check": CheckedCitation(*("",) * 3, True, "", None, None, "", "", True, (), None, (), "").as_json(),
        "rejection": Rejection("字", "因").as_json(),
        "draft": Draft("other", "文", "composed").as_json(),
        "phrase": Phrase("名", "facts.trainings", "培训1次", 1, "次", "台账").as_json(),
        "signal": Signal("silent", "线索").as_json(),
        "similarity": ParagraphSimilarity(0, 0.5, "文字").as_json(),
        "tables": LEDGER.as_json(),
        "account": SheetAccount("信息发布").as_json(),
        "question": Doubt("a1", "信息发布", (3,), "是否计入？", (), "counted").as_json(),
        "choice": Choice("counted", "计入").as_json(),
        "due": DueDate("依申请公开", 3, None).as_json(),
        "intake": PROPOSAL.as_json(),
        "intake sheet": PROPOSAL.sheets[0].as_json(),
        "intake column": PROPOSAL.sheets[0].as_json()["columns"][0],
        "intake question": PROPOSAL.questions[0].as_json(),
        "intake missing": PROPOSAL.as_json()["missing"][0],
        "identity": Check("T3-ROW", "pass", "相符").as_json(),
        "provenance": PROVENANCE.as_json(),
        "derived": DerivedFact("derived.handled", "收办", 1, "件", PROVENANCE).as_json(),
        "comparison": Comparison(2023, "上年", ()).as_json(),
        "change": Change("facts.trainings", "培训", "次", 1, 1, 0, None).as_json(),
        "explain": Explanation("facts.trainings", 1, PROVENANCE, ()).as_json(),
        "build": Built(REPORT, LEDGER, ()).as_json(),
        "figures.json": write.traced_figures(REPORT, LEDGER),
        "numeral": Traced("1", {}, "figure", "facts.trainings").as_json(),
        "check": Checked(PUBLISHED, ()).as_json(),
        "not_judged": Unjudged("《甲办法》", "全文", "没有资料").as_json(),
        "finding": Finding("S1", "error", "话", "处").as_json(),
        "decision": Decision("dismissed", "理由", "王", datetime.now(UTC), "S1").as_json(),
        **collections(),
        "forget": forgotten(),
        "ingest": vars(Outcome("甲法.txt", "added")),
    }


def collections():
    """What ``gongkai collect --json`` prints, part by part."""
    from collecting.collection import Collection, OrganReport
    from collecting.likeness import SharedParagraph
    from collecting.submissions import FileQuestion, Unmatched
    from collecting.totals import CellDifference, add_up

    return {
        "collect": Collection(2025, (), (), (), add_up({}, 2025)).as_json(),
        "collected organ": OrganReport("甲局", "未交").as_json(),
        "unmatched": Unmatched("甲.docx", "没有文字").as_json(),
        "collection question": FileQuestion("重复/1", "计哪一份？", ()).as_json(),
        "hierarchy difference": CellDifference("table2.licensing", "表二", 1, 2, (), True).as_json(),
        "copied": SharedParagraph((("甲局", "第1段"),), 0.9, "文字").as_json(),
    }


def forgotten():
    """What ``gongkai forget --json`` prints of one document."""

    held = {"id": "1", "title": "甲法", "source": "甲法.txt", "passages": 3}
    services = SimpleNamespace(library=SimpleNamespace(forget=lambda name: [held]))
    printed = CliRunner().invoke(app.cli.commands["forget"], ["甲法", "--json"], obj=services)
    (gone,) = json.loads(printed.stdout)
    return gone


def keys_of(name):
    """The keys in the table under a heading of the contract, with those of the shape that it extends."""
    (section,) = re.findall(rf"(?ms)^### {re.escape(name)}\n(.*?)(?=^##)", CONTRACT + "\n##")
    listed = re.findall(r"(?m)^\| `(\w+)` \|", section)
    assert len(listed) == len(set(listed))
    extended = re.match(r"\s*(\w+) 的全部键", section)
    return set(listed) | (keys_of(extended.group(1)) if extended else set())


@pytest.mark.parametrize("name", [name for name in re.findall(r"(?m)^### (.+)$", CONTRACT) if name != "status"])
def test_every_json_object_has_the_keys_that_are_promised(name, monkeypatch):
    assert keys_of(name) == set(shapes(monkeypatch)[name])


@pytest.mark.embedding
@pytest.mark.thorough
def test_status_has_the_keys_that_are_promised(filled_home):
    from services import Gongkai
    from settings import load_settings

    services = Gongkai(load_settings(home=filled_home, llm="none"))
    assert set(services.status()) == keys_of("status")


def commands():
    return dict(re.findall(r"(?m)^\| `([a-z]+)` \| ((?:`--?[a-z-]+` ?)*)\|", CONTRACT))


def test_every_subcommand_is_in_the_contract():
    assert set(commands()) == set(app.cli.commands) == set(app.SUBCOMMANDS)


@pytest.mark.parametrize("name", app.SUBCOMMANDS)
def test_every_option_is_in_the_contract(name):
    options = [option for option in app.cli.commands[name].params if isinstance(option, click.Option)]
    real = {word for option in options for word in (*option.opts, *option.secondary_opts)}
    assert set(re.findall(r"`(.+?)`", commands()[name])) == real


def test_the_words_of_the_contract_are_those_of_the_program():
    for word in (*SECTION_TITLES, *get_args(Status)):
        assert f"`{word}`" in CONTRACT
