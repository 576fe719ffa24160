"""Every numeral of the finished text is a figure, a date, a law, the form's wording, or the office's own."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import app
from domain import Draft, OwnFigure, Phrase
from gates import find_numerals
from report.assemble import assemble
from report.trace import trace
from report.write import traced_figures, write
from services import Gongkai
from settings import Settings
from statutory import compute
from tests.report.finished import finished

EXAMPLES = Path(__file__).parents[2] / "knowledge" / "examples"
LEDGERS = ("台账示例-2025.xlsx", "台账示例-2024.xlsx")


@pytest.fixture
def services(tmp_path):
    return Gongkai(Settings(home=tmp_path / "home", llm="none"))


@pytest.fixture(scope="module", params=LEDGERS)
def built(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    ledger = compute(EXAMPLES / request.param)
    write(finished(ledger), ledger, folder)
    return folder, ledger


def numerals_in(text):
    """An independent scan: quantities in any spelling, and every run of digits, as characters."""
    spans = [(one.start, one.end) for one in find_numerals(text)]
    return spans + [match.span() for match in re.finditer(r"\d+", text)]


def test_no_numeral_of_the_printed_text_is_untraced(built):
    folder, _ = built
    traced = json.loads((folder / "figures.json").read_text(encoding="utf-8"))["numerals"]
    assert {one["kind"] for one in traced} <= {"figure", "date", "law", "name", "form"}
    prose = [one for one in traced if "paragraph" in one["where"]]
    printed = [
        line for line in (folder / "report.md").read_text(encoding="utf-8").splitlines() if line and line[0] != "|"
    ]
    lines = [re.sub(r"^#+ ", "", line) for line in printed]
    for line in lines:
        held = [one for one in prose if line[one["where"]["start"] : one["where"]["end"]] == one["text"]]
        for start, end in numerals_in(line):
            inside = [one for one in held if one["where"]["start"] <= start and end <= one["where"]["end"]]
            assert inside, f"{line[start:end]} in {line}"


def test_each_figure_is_found_under_its_key_with_its_value(built):
    folder, ledger = built
    written = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    sources = {one["key"]: one["source"] for phrases in written["narrative"].values() for one in phrases}
    flat = {key: str(value) for key, value in ledger.figures.flat().items()}
    for one in written["numerals"]:
        key = one["key"]
        if one["kind"] == "figure":
            assert key in written["provenance"] or key in written["derived"] or sources.get(key), one
        if one["kind"] == "figure" and key in flat:
            assert re.match(r"[\d.]+", one["text"]).group() == f"{float(flat[key]):.10g}"
    cells = [one for one in written["numerals"] if "row" in one["where"] and one["kind"] == "figure"]
    assert len(cells) == sum(key.startswith("table") for key in flat)


def test_figures_json_can_be_last_years(built, services):
    folder, _ = built
    assert services.reports.check(folder / "report.docx", previous=folder / "figures.json")


def test_own_words_stand_in_the_report_as_the_offices_own(services, tmp_path):
    ledger = services.ledgers.compute(EXAMPLES / LEDGERS[0])
    text = {
        "overview": "全年公开信息800条，行政许可41件。",
        "problems": "一是培训三次偏少。改进措施：培训5次。",
        "other": "没有其他事项。",
    }
    supplied = {name: services.writing.own_text(name, words, ledger) for name, words in text.items()}
    report = services.reports.build(ledger, tmp_path, supplied=supplied).report
    told = {one.text: (one.kind, one.key) for one in trace(report) if one.place["section"] in text}
    assert told == {"800条": ("own", ""), "41件": ("own", "table2.licensing"), "三次": ("own", ""), "5次": ("own", "")}
    assert services.knowledge.held is None  # nothing was drafted: nothing heavy was opened


def test_a_number_typed_into_a_draft_is_the_offices_own_only_once_somebody_vouches_for_it():
    ledger = compute(EXAMPLES / LEDGERS[0])
    phrase = Phrase("业务培训", "facts.trainings", "业务培训1次", 1, "次", "工作记录")
    drafts = {
        name: Draft(name, "业务培训1次，走访7次。", "composed", figures=(phrase,))
        for name in ("overview", "problems", "other")
    }
    own = OwnFigure("7次", "走访7次", "老张", datetime(2026, 1, 20, tzinfo=UTC))
    for vouched, kind in (((), "untraced"), ((own,), "own"), ((replace(own, clause="又走访7次"),), "untraced")):
        report = assemble(ledger, drafts, frozenset({"other"}), vouched)
        told = [(one.kind, one.key) for one in trace(report) if "次" in one.text]
        assert told == [("figure", "facts.trainings"), (kind, "")] * 3
        kept = traced_figures(report, ledger)["own"]
        assert kept == [one.as_json() for one in vouched if one is own]


def test_rates_that_read_alike_belong_to_the_figure_told_before_them():
    ledger = compute(EXAMPLES / LEDGERS[0])
    alike = [
        Phrase(f"{name}{part}", f"change.{name}{key}", text, 1, unit, "上年")
        for name in ("a", "b")
        for part, key, text, unit in (("差额", "", f"{name}比上年增加2件", "件"), ("幅度", ".rate", "增长20%", "%"))
    ]
    text = "b比上年增加2件，增长20%；a比上年增加2件，增长20%。"
    drafts = {name: Draft(name, text, "composed", figures=tuple(alike)) for name in ("overview", "problems", "other")}
    keys = [one.key for one in trace(assemble(ledger, drafts)) if one.place["section"] == "other"]
    assert keys == ["change.b", "change.b.rate", "change.a", "change.a.rate"]


def test_a_topic_of_the_offices_own_takes_its_place_in_part_one(services):
    ledger = services.ledgers.compute(EXAMPLES / LEDGERS[0])
    report = finished(
        ledger, platform=services.writing.own_text("platform", "## 政府信息公开平台建设\n改版专栏3个。", ledger)
    )
    lines = report.sections["overview"].splitlines()
    place = lines.index("（四）政府信息公开平台建设")
    assert lines[place + 1] == "改版专栏3个。" and lines[place + 2].startswith("（五）")
    assert [one.kind for one in trace(report) if one.text == "3个"] == ["own"]


def test_contact_of_the_ledger_is_told_in_the_preface():
    from dataclasses import replace

    ledger = compute(EXAMPLES / LEDGERS[0])
    figures = replace(ledger.figures, contact={"地址": "云岫县环城路5号", "电话": "0878-1234567"})
    drafts = {name: Draft(name, "无。", "composed") for name in ("overview", "problems", "other")}
    report = assemble(replace(ledger, figures=figures), drafts)
    assert "请与云岫县生态环境局联系（地址：云岫县环城路5号，电话：0878-1234567）。" in report.preface
    own = [one for one in trace(report) if one.kind == "own"]
    assert {one.key for one in own} == {"contact"} and not [one for one in trace(report) if one.kind == "untraced"]


@pytest.mark.parametrize(
    ("option", "named"),
    [
        ("summary=文字", "summary"),
        ("other", "other"),
        ("other=@/没有/这个.md", "没有/这个.md"),
        ("other=  ", "其他需要报告的事项"),
    ],
)
def test_a_section_that_cannot_be_used_is_named(option, named, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(
        "sys.argv",
        ["gongkai", "build", str(EXAMPLES / LEDGERS[0]), "--out", str(tmp_path / "out"), "--section", option],
    )
    with pytest.raises(SystemExit) as ended:
        app.main()
    assert ended.value.code == 2 and named in capsys.readouterr().err and not (tmp_path / "out").exists()
