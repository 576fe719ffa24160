"""Figures written as an office would keep them, confirmed by a person who knows, come back exactly; unconfirmed, none does."""

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import intake
from domain import UnusableInput
from statutory import compute
from tests.conftest import examples
from tests.intake.exports import EXPORTS
from tests.intake.files import zipped
from tests.intake.offices import DECISIONS, MEANINGS, YEAR, office_of, others
from tests.intake.registers import REGISTERS
from tests.statutory.organs import expected, organs

ROUNDS = 5
WITHOUT_HEADINGS = {"收到日期": "第2列", "申请人类型": "第3列", "办理结果": "第4列", "办结日期": "第5列"}


class Knowing:
    """A person who knows what every table and word is."""

    def __init__(self, tables):
        self.tables = tables  # (file, sheet) or file → what it is

    def answer(self, question):
        kind, _, rest = question.id.partition("/")
        if kind == "表":
            file, _, sheet = rest.partition("/")
            named = re.sub(r"等\d+个文件$", "", file)
            return self.tables.get((file, sheet.split("/")[0])) or self.tables[named]
        if kind == "值":
            _, column, word = rest.split("/", 2)
            return MEANINGS.get((column, word)) or question.proposal
        if kind == "列" and not question.proposal:
            place = WITHOUT_HEADINGS.get(rest.rpartition("/")[2], "")
            return place if place in question.choices else "没有这一列"
        return question.proposal


def told(sources, person, typed, **more):
    """The proposal after the person has answered everything, and how many confirmations that took."""
    answers, asked = {}, 0
    for _ in range(ROUNDS):
        proposal = intake.propose(sources, answers, typed=typed, year=YEAR, **more)
        if not proposal.questions:
            return proposal, asked
        for question in proposal.questions:
            asked += 1
            for part in question.parts or (question,):
                answers[part.id] = person.answer(part)
    raise AssertionError([(question.id, question.text) for question in proposal.questions])


def files_of(organ, choices, folder):
    office = office_of(organ)
    register, export, decisions = choices
    tables, paths = {}, []
    if office.applications:
        path, kind = REGISTERS[register](office, folder)
        paths.append(path)
        tables[path.name] = kind
    if office.posted:
        path, kind = EXPORTS[export](office, folder)
        paths.append(path)
        tables[path.name] = kind
    for make in (DECISIONS[decisions], others):
        made, kinds = make(office, organ, folder)
        for path in made:
            paths.append(path)
            tables |= {(path.name, sheet) if sheet else path.name: kind for sheet, kind in kinds.items()}
    return paths, tables


def typed_for(organ):
    """What no file holds because there was none of it."""
    typed = {"单位名称": "示例局", "发布日期": "2026-01-10", "发布平台": "网站"}
    typed |= {
        name: "没有"
        for name, key in (("行政许可", "licensing"), ("行政处罚", "penalties"), ("行政强制", "coercion"))
        if not organ["decided"][key]
    }
    typed |= {} if organ["applications"] else {"依申请公开": "没有"}
    typed |= {} if sum(organ["posted"].values()) else {"信息发布": "没有"}
    typed |= {} if sum(organ["media"].values()) else {"媒体采用": "没有"}
    typed |= {} if organ["cases"] else {"复议诉讼": "没有"}
    typed |= {
        name: "0"
        for name, regulation in (("规章", True), ("行政规范性文件", False))
        if not any(one == regulation for one, _ in organ["documents"])
    }
    return typed | {name: "没有" for name in ("听取汇报", "业务培训") if not organ["work"].get(name)}


layouts = st.tuples(
    st.integers(0, len(REGISTERS) - 1), st.integers(0, len(EXPORTS) - 1), st.integers(0, len(DECISIONS) - 1)
)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(organs(), layouts, st.booleans())
def test_whatever_the_layout_the_figures_come_back(organ, choices, archive):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths, tables = files_of(organ, choices, folder)
        sources = intake.read_sources([zipped(paths, folder / "年报材料.zip")] if archive else paths)
        person = Knowing(tables)
        untold = intake.propose(sources)
        assert not any(untold.rows.values()) and not untold.lines
        if untold.questions:
            with pytest.raises(UnusableInput):
                intake.write_ledger(untold, folder / "无.xlsx")
        proposal, _ = told(sources, person, typed_for(organ))
        assert not proposal.open and not proposal.problems
        intake.write_ledger(proposal, folder / "生成.xlsx")
        result = compute(folder / "生成.xlsx")
        assert {question.sheet for question in result.open_questions} <= {"基本信息", "汇总数据"} and not result.failed
        table2, table3, table4, facts = expected(organ)
        assert result.figures.table3 == table3
        assert result.figures.table4 == table4
        assert result.figures.table2 == table2
        assert result.figures.facts == facts
        again = intake.propose(sources, {}, proposal.profile, typed=typed_for(organ), year=YEAR)
        asked = [q.id for q in again.questions if not q.id.startswith(("表/", "列/")) or "第1列" not in q.examples]
        assert asked == []
