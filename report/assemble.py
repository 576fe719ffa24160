"""Narrative and figures become one report: title, preface, six parts, signature and date."""

from __future__ import annotations

from typing import Mapping

from domain import Draft, Figures, FinishedReport, LedgerResult
from forms import form_for

# The sections that `build` needs; the overview holds the whole of part 一.
NARRATIVE = ("overview", "problems", "other")

DRAFT_MARK = "草稿（数据未通过校验）"


def assemble(ledger: LedgerResult, drafts: Mapping[str, Draft]) -> FinishedReport:
    """The report of a ledger; ``drafts`` has the three sections of NARRATIVE.

    A ledger with a failing identity gives a report that carries DRAFT_MARK, never a clean final.
    """
    figures = ledger.figures
    return FinishedReport(
        figures=figures,
        sections={name: drafts[name].text for name in NARRATIVE},
        title=f"{figures.org}{figures.year}年政府信息公开工作年度报告",
        preface=preface(figures),
        signature=figures.org,
        date_line=figures.publish_date,
        draft_mark=DRAFT_MARK if ledger.failed else "",
        drafts=dict(drafts),
    )


def preface(figures: Figures) -> str:
    """Legal basis and period; 条例第四十九条 (who, when), 第五十条 (content), and the format's number."""
    form = form_for(figures.year)
    where = f"，在{figures.platform}公开" if figures.platform else ""
    return (
        "本报告依照《中华人民共和国政府信息公开条例》第四十九条、第五十条和政府信息公开工作年度报告格式"
        f"（{form.document}）编制{where}。"
        f"数据统计期限为{figures.year}年1月1日至{figures.year}年12月31日。"
    )
