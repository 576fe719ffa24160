"""Precision and recall by rule in every layout: ``python bench/check_layouts.py [SEEDS] [CLEAN]`` (1 and 4 unless told).

Each kind of defect is planted in SEEDS reports in each of the layouts in which copies come down, and CLEAN
reports without a defect are printed in each. What is told beside the planted defect's rules that the same
report without it does not have is false; so is every error or warning in a clean report but for those that
the same report has in its own format. Cells read wrong are counted in all.
"""

from __future__ import annotations

import logging
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from check import TRIES, write
from check_defects import DEFECTS
from check_samples import FORM, Sample, make

from domain import Finding, FinishedReport
from forms import value_at
from services import Gongkai
from settings import load_settings
from tests.ingest.report_layouts import LAYOUTS, report

_WITH_LAST_YEAR = ("carried_over", "stock", "likeness", "fee_unit", "rate")  # what only last year's report shows


def copied(finished: FinishedReport, path: Path, layout: str, removed: list[str]) -> Path:
    """The report as a copy in one of the layouts."""
    figures, sections = finished.figures, finished.sections
    tables = {"table2": figures.table2, "table3": figures.table3, "table4": figures.table4}
    lines = {name: text.splitlines() for name, text in sections.items()}
    text = report(
        tables,
        FORM,
        layout,
        random.Random(layout),
        org=finished.signature,
        year=figures.year,
        overview=[finished.preface, *lines["overview"]],
        problems=lines["problems"],
        other=lines["other"],
        signed=finished.date_line,
    )
    text = text.replace(text.splitlines()[0], finished.title, 1)
    for heading in removed:
        text = text.replace(f"\n{heading}\n", "\n", 1)
    path.write_text(text, encoding="utf-8")
    return path


def checked(
    services: Gongkai, sample: Sample, folder: Path, layout: str, last: bool = False
) -> tuple[tuple[Finding, ...], int]:
    """(what the check says, cells read wrong) of a sample in a layout, with ``last`` year's report beside it."""
    finished = sample.finished()
    path = copied(finished, folder / "报告.txt", layout, sample.removed)
    before = write(sample.finished_before(), folder / "上年.html", []) if last else None
    found = services.reports.check(path, previous=before)
    wrong = sum(_is_wrong(found.published.tables, key, sample) for key in _keys())
    return found.findings, wrong


def _keys() -> list[str]:
    two = [f"table2.{key}" for block in FORM.table2 for key in block.keys()]
    three = [f"table3.{row.key}.{column.key}" for row in FORM.rows for column in FORM.columns]
    return two + three + [f"table4.{case.key}.{result.key}" for case in FORM.cases for result in FORM.results]


def _is_wrong(tables, key: str, sample: Sample) -> bool:
    read = value_at(tables, key, "缺")
    printed = value_at(sample.tables, key, "缺")
    return (
        read != "缺"
        and str(read if read is not None else "") != str(printed if printed is not None else "")
        and read != printed
    )


def main() -> None:
    seeds, clean = (int(sys.argv[at]) if len(sys.argv) > at else default for at, default in ((1, 1), (2, 4)))
    logging.disable(logging.WARNING)
    found, planted, false = Counter(), Counter(), Counter()
    missed, wrong = Counter(), 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        services = Gongkai(load_settings(home=folder / "data"))
        for layout in LAYOUTS:
            clean_ones: dict[tuple[int, bool], set[tuple[str, str]]] = {}
            for defect in DEFECTS:
                made = 0
                for seed in range(TRIES):
                    sample = make(seed)
                    rules = defect(sample, random.Random(seed))
                    if not rules or made == seeds:
                        if made == seeds:
                            break
                        continue
                    made += 1
                    last = defect.__name__ in _WITH_LAST_YEAR
                    if (seed, last) not in clean_ones:
                        plain = checked(services, make(seed), folder, layout, last)[0]
                        clean_ones[seed, last] = {(one.rule, one.message) for one in plain}
                    before = clean_ones[seed, last]
                    findings, cells = checked(services, sample, folder, layout, last)
                    wrong += cells
                    new = [one for one in findings if (one.rule, one.message) not in before]
                    hit = any(one.rule in rules for one in new)
                    planted[rules[0]] += 1
                    found[rules[0]] += hit
                    missed[f"{defect.__name__} {layout}"] += not hit
            for seed in range(1000, 1000 + clean):
                findings, cells = checked(services, make(seed), folder, layout)
                wrong += cells
                for one in findings:
                    if one.severity != "notice":
                        false[one.rule, one.severity] += 1
                        print(f"   误报 {layout} {seed} {one.severity} {one.rule}：{one.message[:80]}", flush=True)
    print("| 规则 | 植入 | 查出 | 查出率 | 无误报告中的错误 | 警告 |\n|---|---|---|---|---|---|")
    for rule in sorted({*planted, *(rule for rule, _ in false)}):
        share = f"{found[rule] / planted[rule]:.2f}" if planted[rule] else "—"
        print(
            f"| {rule} | {planted[rule]} | {found[rule]} | {share} | {false[rule, 'error']} | {false[rule, 'warning']} |"
        )
    print(f"版式 {len(LAYOUTS)} 种；查出 {sum(found.values())}/{sum(planted.values())}；读错的单元格 {wrong} 个")
    print("没有查出：", "、".join(name for name, count in missed.items() if count) or "无")


if __name__ == "__main__":
    main()
