"""Narrative and figures become one report: title, preface, six parts, signature and date."""

from __future__ import annotations

from collections.abc import Mapping

from domain import Draft, Figures, FinishedReport, LedgerResult, OwnFigure
from forms import form_for
from gates import known
from report.topics import NARRATIVE, TOPICS, apart, together

DRAFT_MARK = "草稿（数据未通过校验）"


def assemble(
    ledger: LedgerResult,
    drafts: Mapping[str, Draft],
    supplied: frozenset[str] = frozenset(),
    own: tuple[OwnFigure, ...] = (),
) -> FinishedReport:
    """The report of a ledger; ``drafts`` has the three sections of NARRATIVE, and may have topics of part 一.

    A topic's draft takes the place of that topic in the overview. ``supplied`` names the drafts that
    somebody wrote or went over; ``own`` are the numerals that the office vouches for. A ledger with a
    failing identity or an open question gives a report that carries DRAFT_MARK, never a clean final.
    """
    figures = ledger.figures
    sections = {name: known(drafts[name]) for name in NARRATIVE}
    frame, topics = apart(sections["overview"])
    sections["overview"] = together(frame, topics | {name: known(drafts[name]) for name in TOPICS if name in drafts})
    return FinishedReport(
        figures=figures,
        sections={name: section.text for name, section in sections.items()},
        title=f"{figures.org}{figures.year}年政府信息公开工作年度报告",
        preface=preface(figures),
        signature=figures.org,
        date_line=figures.publish_date,
        draft_mark="" if ledger.final else DRAFT_MARK,
        drafts=dict(drafts),
        supplied=supplied,
        placed={name: section.placed for name, section in sections.items()},
        own=own,
    )


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
