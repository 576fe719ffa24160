"""A ledger's result made by hand, and a model that says what it is told to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from domain import Figures, Hit, LedgerResult, ModelUnavailable, Provenance, Signal
from forms import load_form

FORM = load_form("2021")


class ScriptedModel:
    """Replies in turn with ``replies``, the last again and again; keeps the prompts it was given."""

    name, leaves_machine, words_law = "脚本模型", False, True

    def __init__(self, *replies: str, fails: bool = False) -> None:
        self.replies, self.fails, self.prompts = list(replies), fails, []

    def stream(self, messages: Sequence, **options) -> Iterator[str]:
        self.prompts.append("\n".join(content for _, content in messages))
        if self.fails:
            raise ModelUnavailable("连接不到模型")
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        yield from (reply[start : start + 3] for start in range(0, len(reply), 3))

    def close(self) -> None:
        pass


class Statutes:
    """A knowledge base that holds every article of 政府信息公开条例 and nothing else."""

    def article(self, title: str, no: int, sub: int = 0, as_of: date | None = None) -> Hit | None:
        if title != "政府信息公开条例":
            return None
        labels = {
            4: "四",
            10: "十",
            12: "十二",
            17: "十七",
            18: "十八",
            19: "十九",
            20: "二十",
            23: "二十三",
            29: "二十九",
            33: "三十三",
            36: "三十六",
            42: "四十二",
            47: "四十七",
        }
        return Hit("regulation", title, f"第{labels[no]}条", no, "……", False, "现行有效", None, None, "", "", 1.0)


def ledger(received: int = 0, **facts) -> LedgerResult:
    """A small office's year; ``received`` applications of natural persons, all granted but one."""
    rows = {row.key: {column.key: 0 for column in FORM.columns} for row in FORM.rows}

    def put(row: str, count: int) -> None:
        rows[row]["natural_person"] = rows[row]["total"] = count

    if received:
        put("new_received", received)
        put("granted", received - 1)
        put("total_processed", received - 1)
        put("carried_out", 1)
    stock = {"issued": 2, "repealed": 1, "in_force": 12}
    figures = Figures(
        org="甲县生态环境局",
        year=2023,
        publish_date="2024年1月10日",
        platform="甲县人民政府门户网站",
        table2={
            "regulations": dict.fromkeys(stock, 0),
            "normative_documents": stock,
            "licensing": 38,
            "penalties": 10,
            "coercion": 0,
            "fees_wan_yuan": 0,
        },
        table3=rows,
        table4={case.key: {result.key: 0 for result in FORM.results} for case in FORM.cases},
        facts={
            "published_total": 41,
            "published_by_category": {"环评公示信息": 26, "行政许可": 15},
            "media_submitted": 0,
            "media_adopted": {},
            "briefings_heard": 2,
            "trainings": 1,
            "info_processing_fee_yuan": 0,
        }
        | facts,
    )
    signals = (
        Signal(
            "posted_below_decided.licensing",
            "行政许可信息的发布条数少于行政许可决定件数",
            "逐件核对行政许可决定的公开情况",
        ),
        Signal("anything_new", "有3个月没有更新政务公开指南", "每月核对一次"),
    )
    provenance = {"table2.licensing": Provenance("决定类型为“行政许可”的行数", "行政执法", (4, 5))}
    return LedgerResult(figures, provenance, (), signals)
