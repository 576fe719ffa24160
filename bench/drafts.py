"""Measure the drafts: ``python bench/drafts.py [LEDGER …] [--previous REPORT] [--local]``.

For each section: its length, the share of the figures offered to it that it states, the similarity to
last year's report (highest and mean of its paragraphs), sentences taken out by the gates, gaps left
for the office, and seconds. --local writes the sections with the configured local model as well
(minutes on two cores).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from domain import SECTION_TITLES, Draft, LedgerResult, PublishedReport  # noqa: E402
from drafting.compose import compose  # noqa: E402
from drafting.grammar import PLACEHOLDER  # noqa: E402
from drafting.work import TURNS, begin  # noqa: E402
from services import EXAMPLES, Gongkai, last_result  # noqa: E402
from settings import Settings  # noqa: E402


def offered(section: str, ledger: LedgerResult, previous: PublishedReport | None) -> set[str]:
    """The names of all figures that some wording of the section states."""
    work = begin(section, ledger, previous=previous)
    return {
        name
        for turn in range(TURNS)
        for line in compose(section, work.material, turn)
        for name in PLACEHOLDER.findall(line)
    }


def line(section: str, draft: Draft, stated: float, seconds: float) -> str:
    shares = [paragraph.share for paragraph in draft.similarity]
    near = f"{max(shares):.0%}/{sum(shares) / len(shares):.0%}" if shares else "-"
    gaps = draft.text.count("【请补充")
    return (
        f"{section:13}{draft.mode:10}{len(draft.text):6}字 占位符{stated:5.0%} 相似{near:>9} "
        f"删去{len(draft.rejected):3} 待补{gaps:2} {seconds:6.1f}s"
    )


def measured(services: Gongkai, ledger: LedgerResult, previous: PublishedReport | None, with_model: bool) -> None:
    for section in SECTION_TITLES:
        start = time.perf_counter()
        draft = last_result(services.writing.draft(section, ledger, with_model=with_model, previous=previous))
        names = offered(section, ledger, previous)
        work = begin(section, ledger, previous=previous)
        phrases = [work.material.catalogue.phrases[name].text for name in names]
        stated = sum(text in draft.text for text in phrases) / max(1, len(phrases))
        print(line(section, draft, stated, time.perf_counter() - start), flush=True)
        for rejection in draft.rejected:
            print(f"    删去“{rejection.text}”：{rejection.reason}｜{rejection.sentence}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledgers", nargs="*", type=Path, default=[EXAMPLES / "台账示例-2025.xlsx"])
    parser.add_argument("--previous", type=Path, default=EXAMPLES / "年度报告示例-2024.md")
    parser.add_argument("--local", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        services = Gongkai(Settings(home=Path(home), llm="local" if given.local else "none"))
        for path in given.ledgers:
            report = services.ledgers.published(given.previous)
            ledger = services.ledgers.compute(path)
            same = report is not None and report.org == ledger.figures.org and report.year == ledger.figures.year - 1
            previous = report if same else None
            print(f"{path.name}，上年报告：{previous.title if previous else '无'}")
            for with_model in (False, True) if given.local else (False,):
                measured(services, ledger, previous, with_model)
        services.close()


if __name__ == "__main__":
    main()
