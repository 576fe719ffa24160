"""A report as ``gongkai build`` makes it, composed by rule from a ledger, without filling a store for it."""

from domain import Draft, FinishedReport, Hit, LedgerResult, PublishedReport
from drafting import draft
from report.assemble import NARRATIVE, assemble
from services import last_result


class EveryArticle:
    """A knowledge base that holds every article asked for, in force, and no report; not the code of 2026."""

    def state(self):
        return ""

    def article(self, title, no, sub=0, as_of=None):
        if title == "生态环境法典":
            return None
        return Hit("regulation", title, f"第{no}条", no, "", True, "现行有效", None, None, "", "", 1.0, article_sub=sub)

    def documents(self):
        return []


def composed(ledger: LedgerResult, notes: str = "", previous: PublishedReport | None = None) -> dict[str, Draft]:
    return {
        name: last_result(
            draft(name, ledger, EveryArticle(), notes=notes if name == "overview" else "", previous=previous)
        )
        for name in NARRATIVE
    }


def finished(ledger: LedgerResult, **drafts: Draft) -> FinishedReport:
    return assemble(ledger, composed(ledger) | drafts, frozenset(drafts))
