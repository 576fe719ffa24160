"""Narrative and figures become one report: title, preface, six parts, signature and date."""

from __future__ import annotations

from typing import Mapping

from domain import SECTION_TITLES, Draft, Figures, FinishedReport, LedgerResult
from forms import form_for
from report.outline import NUMERALS, topic_of

# The sections that `build` needs; the overview holds the whole of part 一.
NARRATIVE = ("overview", "problems", "other")

TOPICS = tuple(name for name in SECTION_TITLES if name not in NARRATIVE)

DRAFT_MARK = "草稿（数据未通过校验）"


def assemble(
    ledger: LedgerResult, drafts: Mapping[str, Draft], supplied: frozenset[str] = frozenset()
) -> FinishedReport:
    """The report of a ledger; ``drafts`` has the three sections of NARRATIVE, and may have topics of part 一.

    A topic's draft takes the place of that topic in the overview. ``supplied`` names the drafts that
    somebody wrote or went over. A ledger with a failing identity gives a report that carries
    DRAFT_MARK, never a clean final.
    """
    figures = ledger.figures
    sections = {name: drafts[name].text for name in NARRATIVE}
    sections["overview"] = with_topics(sections["overview"], drafts)
    return FinishedReport(
        figures=figures,
        sections=sections,
        title=f"{figures.org}{figures.year}年政府信息公开工作年度报告",
        preface=preface(figures),
        signature=figures.org,
        date_line=figures.publish_date,
        draft_mark=DRAFT_MARK if ledger.failed else "",
        drafts=dict(drafts),
        supplied=supplied,
    )


def with_topics(overview: str, drafts: Mapping[str, Draft]) -> str:
    """Part 一 with each topic that has a draft of its own under its heading, added where it has none."""
    lines = overview.splitlines()
    for topic in (name for name in TOPICS if name in drafts):
        headed = [place for place, line in enumerate(lines) if topic_of(line) is not None]
        start = next((place for place in headed if topic_of(lines[place]) == topic), len(lines))
        end = next((place for place in headed if place > start), len(lines))
        heading = lines[start:start + 1] or [f"（{NUMERALS[len(headed)]}）{SECTION_TITLES[topic]}"]
        lines[start:end] = [*heading, *drafts[topic].text.splitlines()]
    return "\n".join(lines)


def preface(figures: Figures) -> str:
    """Legal basis and period, and whom to ask as far as the ledger says it; paragraphs by line.

    条例第四十九条 (who, when), 第五十条 (content), and the format's number.
    """
    form = form_for(figures.year)
    where = f"，在{figures.platform}公开" if figures.platform else ""
    contact = "，".join(f"{name}：{text}" for name, text in figures.contact.items())
    return (
        "本报告依照《中华人民共和国政府信息公开条例》第四十九条、第五十条和政府信息公开工作年度报告格式"
        f"（{form.document}）编制{where}。"
        f"数据统计期限为{figures.year}年1月1日至{figures.year}年12月31日。"
    ) + (f"\n如对本报告有疑问，请与{figures.org}联系（{contact}）。" if contact else "")
