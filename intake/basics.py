"""Which organ and year the report is for: from 基本信息, the titles, the days and last year's report, or asked."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date

from domain import UnusableInput
from intake.asking import Asking, IntakeQuestion
from intake.assigning import Sheet
from intake.grids import CellGrid, is_empty
from intake.profile import Profile
from intake.recognising import UNUSED, names_of
from intake.row_days import years_of
from intake.sources import Sources
from intake.tables import Table
from intake.words import heading_word
from statutory.dates import CHINESE_DIGITS
from statutory.layout import BASIC_KEYS
from statutory.spelling import fold

_CLEARLY = 0.8  # of the dated rows lie in one year: that is the report's
_ORGAN = re.compile(
    r"([一-鿿]{2,14}?(?:县|市|区|州|省|旗|盟)[一-鿿]{0,14}?(?:分局|局|委员会|委|厅|办公室|中心|人民政府))"
)


class Basics(dict[str, object]):
    """单位名称, 报告年度 and so on by name; ``year`` is the report's, the likeliest while it is open."""

    def __init__(self, asking: Asking, known: Profile, sources: Sources, year: int, today: date) -> None:
        super().__init__()
        self.asking, self.known, self.sources, self.year, self.today = asking, known, sources, year, today
        self.notes: list[str] = []

    def settle(self, sheets: Sequence[Sheet]) -> None:
        """Settle both, or ask; a table of another organ is confirmed by a person."""
        self._settle_year(sheets)
        self._settle_organ(sheets)

    def _settle_year(self, sheets: Sequence[Sheet]) -> None:
        if self.year:
            self["报告年度"] = self.year
        if told := _year_in(str(self.get("报告年度", ""))):
            self.year = self["报告年度"] = told
            return
        years = Counter(year for sheet in sheets if sheet.reading for year in years_of(sheet.table, sheet.reading))
        years += Counter({report.year + 1: 1 for report in self.sources.reports if report.year})
        likely = max(years, key=lambda one: (years[one], one)) if years else self.today.year - 1
        if not years:
            years = Counter(
                int(year)
                for sheet in sheets
                for name in names_of(sheet.table)
                for year in set(re.findall(r"20\d\d", name))
            )
            likely = max(years, key=lambda one: (years[one], one)) if years else likely
        following = {report.year + 1 for report in self.sources.reports if report.year}
        if (
            "报告年度" not in self.asking.answers
            and years[likely] >= 5
            and years[likely] >= _CLEARLY * years.total()
            and following <= {likely}
        ):
            self.year = self["报告年度"] = likely
            self.notes.append(f"按{likely}年度的报告计（有日期的行大多是{likely}年的）；不是的请写明报告年度")
            return
        around = range(likely - 1, likely + 2)
        answer = self.asking.ask(
            IntakeQuestion(
                "报告年度",
                f"这是哪一年度的报告？（像是{likely}年）" if years else "这是哪一年度的报告？",
                str(likely),
                tuple(map(str, around)),
                count=years[likely],
                free=True,
            )
        )
        self.year = _year_in(answer) if answer else likely
        if not self.year:
            raise UnusableInput(f"问题“报告年度”的回答“{str(answer)[:40]}”不是年度，请写成 2025 的样子")
        if answer:
            self["报告年度"] = self.year

    def _settle_organ(self, sheets: Sequence[Sheet]) -> None:
        names = [report.org for report in self.sources.reports if report.org]
        titles = [(sheet, found) for sheet in sheets if (found := _organ_of(sheet.table))]
        if not self.get("单位名称"):
            likely = next(iter(names), "") or next((organ for _, organ in titles if "某" not in organ), "")
            choices = tuple(dict.fromkeys([*names, *(organ for _, organ in titles)]))
            key = "值/基本信息/单位名称/本单位"
            if likely or key in self.known.values or "单位名称" in self.asking.answers:
                text = f"报告是“{likely}”的吗？不是的请写全称" if likely else "报告是哪个机关的？请写全称"
                answer = self.asking.ask(IntakeQuestion("单位名称", text, likely, choices, free=True, key=key))
                self |= {"单位名称": answer} if answer else {}
        own = str(self.get("单位名称") or next(iter(names), ""))
        for sheet, organ in titles:
            if own and "某" not in organ and not _same_organ(own, organ) and sheet.is_ != UNUSED:
                self._ask_organ(sheet, organ, own)

    def _ask_organ(self, sheet: Sheet, organ: str, own: str) -> None:
        answer = self.asking.ask(
            IntakeQuestion(
                id=f"单位/{sheet.table.id}",
                text=f"{sheet.table.name}的标题写的是“{organ}”，报告是“{own}”的；这张表是本单位的吗？",
                proposal="",
                choices=("是本单位的", UNUSED),
                count=len(sheet.table.records),
            )
        )
        if answer is None:
            sheet.confirmed = False
        elif answer == UNUSED:
            sheet.is_, sheet.reading, sheet.counts = UNUSED, None, None


def basics_of(grid: CellGrid) -> dict[str, object]:
    """单位名称, 报告年度 and so on from a sheet of keys and values; nothing of any other sheet."""
    found: dict[str, object] = {}
    for row in grid.rows[:40]:
        cells = [cell for cell in row if not is_empty(cell)]
        if len(cells) >= 2 and isinstance(cells[0], str) and (key := fold(cells[0]).strip("：:")) in BASIC_KEYS:
            found.setdefault(key, int(cells[1]) if isinstance(cells[1], float) and cells[1].is_integer() else cells[1])
    return found if {"单位名称", "报告年度"} <= found.keys() else {}


def _organ_of(table: Table) -> str:
    found = _ORGAN.search(heading_word(re.sub(r"20\d\d年?度?", "", table.title)).replace("填报单位", ""))
    return found[1] if found else ""


def _same_organ(own: str, other: str) -> bool:
    return other in own or own in other or own.endswith(other[-6:]) and len(other) <= 6


def _year_in(text: str) -> int:
    """The year that is written: 2025, 2025年度, 二〇二五年; 0 where there is none."""
    digits = "".join(CHINESE_DIGITS.get(char, char) for char in unicodedata.normalize("NFKC", text))
    found = re.search(r"(?<!\d)20\d\d(?!\d)", digits)
    return int(found[0]) if found else 0
