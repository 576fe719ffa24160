"""Reports to check: random figures that hold together, told in the wordings of many offices.

``Sample.finished()`` goes through the project's own renderers; its words do not come from the
composer. ``stated`` holds every number that the narrative names, so that a defect can be planted
in the narrative, in the tables, or in last year's report alone.
"""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from check_wordings import MEASURES, WORDINGS

from domain import Figures, FinishedReport
from forms import load_form

FORM = load_form("2021")
APPLICANTS = tuple(column.key for column in FORM.applicants)
ORGANS = (
    ("云溪县生态环境局", False),
    ("青州市生态环境局河口分局", False),
    ("南屏区教育局", False),
    ("云溪县人民政府", True),
    ("青州市人民政府", True),
    ("青州市水务局", False),
    ("东江省财政厅", False),
    ("南屏区人民政府", True),
)
MAKES_REGULATIONS = ("青州市人民政府", "东江省财政厅")


@dataclass
class Sample:
    """One report and the year's before it. ``wordings`` picks a pattern of each group."""

    org: str
    government: bool
    year: int
    tables: dict[str, Any]
    previous: dict[str, Any]
    stated: dict[str, Any]
    wordings: dict[str, int]
    last_wordings: dict[str, int]
    problems: list[int]
    date_line: str
    publisher: str = ""
    title: str = ""
    preface: str = ""
    extra: dict[str, list[str]] = field(default_factory=dict)
    replaced: list[tuple[str, str]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def copy(self) -> Sample:
        return copy.deepcopy(self)

    def sections(self, wordings: dict[str, int] | None = None) -> dict[str, str]:
        """The three narrative sections, with what was planted in them."""
        chosen = self.wordings if wordings is None else wordings
        said = {name: group[chosen[name]] for name, group in WORDINGS.items()}
        own = {
            "overview": [*said["overview"].format_map(self.lines(said)).splitlines(), *self.extra.get("overview", [])],
            "problems": self._problems(said["problems"]) + self.extra.get("problems", []),
            "other": [said["fees"].format_map(self.stated), *self.extra.get("other", [])],
        }
        texts = {name: "\n".join(lines) for name, lines in own.items()}
        for old, new in self.replaced:
            texts = {name: text.replace(old, new) for name, text in texts.items()}
        return texts

    def lines(self, said: dict[str, str]) -> dict[str, str]:
        """The sentences of part 一 by name; where nothing was received they say so."""
        stated, lines = self.stated, {}
        for name in (
            "posted",
            "decided",
            "received",
            "none",
            "results",
            "compared",
            "disputes",
            "management",
            "platform",
            "organisation",
        ):
            lines[name] = said[name].format_map(stated)
        if not stated["new"] and not stated["carried_in"]:
            lines["received"], lines["results"], lines["compared"], lines["disputes"] = lines["none"], "", "", ""
        if not self.stated["last_new"]:
            lines["compared"] = ""
        return lines

    def _problems(self, frame: str) -> list[str]:
        problems = "".join(f"{'一二三'[at]}是{MEASURES[pick][0]}；" for at, pick in enumerate(self.problems))[:-1]
        measures = "".join(f"{'一二三'[at]}是{MEASURES[pick][1]}；" for at, pick in enumerate(self.problems))[:-1]
        return frame.format(problems=problems, measures=measures).splitlines()

    def finished(self) -> FinishedReport:
        title = self.title or f"{self.org}{self.year}年政府信息公开工作年度报告"
        preface = self.preface or (
            f"根据《中华人民共和国政府信息公开条例》有关规定，编制{self.year}年度政府信息公开工作报告。"
            f"本报告所列数据的统计期限自{self.year}年1月1日起至{self.year}年12月31日止。"
        )
        figures = Figures(self.org, self.year, self.date_line, "政府网站", **self.tables, facts={})
        return FinishedReport(figures, self.sections(), title, preface, self.publisher or self.org, self.date_line, "")

    def finished_before(self) -> FinishedReport:
        """Last year's report: its own tables, other wordings, other numbers."""
        figures = Figures(self.org, self.year - 1, "", "政府网站", **self.previous, facts={})
        last = self.copy()
        last.stated |= {"year": self.year - 1, "last": self.year - 2}
        last.replaced, last.extra = [], {}
        if self.last_wordings != self.wordings:  # not copied: last year had other problems
            last.problems = [pick for pick in range(len(MEASURES)) if pick not in self.problems][:2]
        title = f"{self.org}{self.year - 1}年政府信息公开工作年度报告"
        date_line = f"{self.year}年1月12日"
        preface = f"本报告由{self.org}按照《政府信息公开条例》编制，统计期限为{self.year - 1}年1月1日至12月31日。"
        return FinishedReport(figures, last.sections(self.last_wordings), title, preface, self.org, date_line, "")


def make(seed: int) -> Sample:
    """A report without a defect, the same for the same seed."""
    chance = random.Random(seed)
    org, government = chance.choice(ORGANS)
    year = chance.choice((2021, 2022, 2023, 2024, 2025))
    scale = chance.choice((0, 0, 6, 40, 900, 20000))
    tables, previous = _tables(chance, org, scale)
    wordings = {name: chance.randrange(len(group)) for name, group in WORDINGS.items()}
    last = {name: (wordings[name] + 1) % len(group) for name, group in WORDINGS.items()}
    month, day = (3, chance.randint(1, 31)) if government else (1, chance.randint(5, 31))
    sample = Sample(
        org,
        government,
        year,
        tables,
        previous,
        _stated(chance, tables, previous, year),
        wordings,
        last,
        chance.sample(range(len(MEASURES)), chance.choice((2, 3))),
        f"{year + 1}年{month}月{day}日",
    )
    fee = sample.stated["fee_received"]
    tables["table2"]["fees_wan_yuan"] = Decimal(fee) / 10000 + Decimal(chance.randrange(0, 90000)) / 10000
    previous["table2"]["fees_wan_yuan"] = tables["table2"]["fees_wan_yuan"]
    return sample


def _tables(chance: random.Random, org: str, scale: int) -> tuple[dict[str, Any], dict[str, Any]]:
    now, before = _blank(), _blank()
    for table in (before, now):
        stock = table["table2"]["normative_documents"]
        stock |= {"issued": chance.randint(0, 9), "repealed": chance.randint(0, 5)}
    for key in ("licensing", "penalties", "coercion"):
        last = before["table2"][key] = chance.randint(scale // 2, scale * 2 + 30)
        now["table2"][key] = last * chance.randint(60, 150) // 100
    before["table2"]["normative_documents"]["in_force"] = last = chance.randint(20, 90)
    mine = now["table2"]["normative_documents"]
    mine["in_force"] = last + mine["issued"] - mine["repealed"]
    if org in MAKES_REGULATIONS:
        for table in (before, now):
            table["table2"]["regulations"] |= {"in_force": 11}
    earlier, carried, left = ({key: chance.randint(scale // 40, scale // 15) for key in APPLICANTS} for _ in range(3))
    _applications(chance, before, earlier, scale, carried)
    _applications(chance, now, carried, scale, left)
    if scale:
        for case in FORM.cases:
            row = {
                result.key: chance.randint(0, 3 + scale // 300) for result in FORM.results if result.role == "result"
            }
            now["table4"][case.key] = row | {"total": sum(row.values())}
    for case in FORM.cases:
        before["table4"][case.key] = dict(now["table4"][case.key])
    return now, before


def _blank() -> dict[str, Any]:
    return {
        "table2": {
            "regulations": {"issued": 0, "repealed": 0, "in_force": 0},
            "normative_documents": {"issued": 0, "repealed": 0, "in_force": 0},
            "licensing": 0,
            "penalties": 0,
            "coercion": 0,
            "fees_wan_yuan": Decimal(0),
        },
        "table3": {row.key: {column.key: 0 for column in FORM.columns} for row in FORM.rows},
        "table4": {case.key: {result.key: 0 for result in FORM.results} for case in FORM.cases},
    }


def _applications(chance: random.Random, tables: dict, carried_in: dict, scale: int, carried_out: dict) -> None:
    """Fill table 3 column by column so that every identity holds."""
    table3 = tables["table3"]
    for place, column in enumerate(APPLICANTS):
        new = chance.randint(scale // 2, scale) if place == 0 else chance.randint(0, scale // 8)
        new = max(new, carried_out[column] - carried_in[column])
        left = new + carried_in[column] - carried_out[column]
        values = {
            "new_received": new,
            "carried_in": carried_in[column],
            "total_processed": left,
            "carried_out": carried_out[column],
        }
        for row in FORM.outcomes[:-1]:
            part = chance.randint(0, left) if row.key == "granted" else chance.randint(0, left // 4)
            values[row.key], left = part, left - part
        values[FORM.outcomes[-1].key] = left
        for key, value in values.items():
            table3[key][column] = value
    for row in table3.values():
        row["total"] = sum(row[column] for column in APPLICANTS)


def _stated(chance: random.Random, tables: dict, previous: dict, year: int) -> dict[str, Any]:
    """Every number of the narrative, as the tables have it."""
    totals = {key: row["total"] for key, row in tables["table3"].items()}
    grouped = {
        name: sum(v for key, v in totals.items() if key.startswith(f"{name}."))
        for name in ("denied", "unavailable", "not_processed", "other")
    }
    new, done, last = totals["new_received"], totals["total_processed"], previous["table3"]["new_received"]["total"]
    review, suits = (
        tables["table4"]["review"],
        [tables["table4"][key] for key in ("litigation_direct", "litigation_after_review")],
    )
    parts = [chance.randint(3, 400) for _ in range(4)]
    notices = chance.choice((0, 0, 1, 2, 5)) if new else 0
    due = chance.choice((100, 300, 2000)) * notices
    return {
        "year": year,
        "last": year - 1,
        "posted": sum(parts),
        "a": parts[0],
        "b": parts[1],
        "c": parts[2],
        "d": parts[3],
        "wan": f"{Decimal(sum(parts)) / 10000:.4f}".rstrip("0"),
        "issued": tables["table2"]["normative_documents"]["issued"],
        "in_force": tables["table2"]["normative_documents"]["in_force"],
        "licensing": tables["table2"]["licensing"],
        "penalties": tables["table2"]["penalties"],
        "new": new,
        "carried_in": totals["carried_in"],
        "handled": new + totals["carried_in"],
        "done": done,
        "carried_out": totals["carried_out"],
        "granted": totals["granted"],
        "partial": totals["partially_granted"],
        **grouped,
        "persons": tables["table3"]["new_received"]["natural_person"],
        "bodies": new - tables["table3"]["new_received"]["natural_person"],
        "last_new": last,
        "direction": "增长" if new >= last else "下降",
        "more": "增加" if new >= last else "减少",
        "difference": abs(new - last),
        "rate": percent(abs(new - last), last),
        "share": percent(totals["granted"], done),
        "review": review["total"],
        "review_upheld": review["upheld"],
        "review_corrected": review["corrected"],
        "review_closed": review["total"] - review["pending"],
        "suits": sum(one["total"] for one in suits),
        "suits_closed": sum(one["total"] - one["pending"] for one in suits),
        "trainings": chance.randint(1, 6),
        "fee_notices": notices,
        "fee_due": due,
        "fee_received": due,
    }


def percent(part: int, whole: int) -> str:
    """``part`` of ``whole`` in per cent, two places, half up; "0.00" of nothing."""
    value = Decimal(part) * 100 / whole if whole else Decimal(0)
    return str(value.quantize(Decimal("0.01"), ROUND_HALF_UP))
