"""Last year's report of the same organ: what a draft is measured against and takes its tone from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from domain import PublishedReport

_TABLES = "（表格数据）"
_PROBLEMS = re.compile(r"问题")
# Where the measures begin: those of one problem end with its paragraph (or where the next one begins),
# those of all problems with the part.
_OWN_MEASURE = re.compile(r"改进(?:措施|情况|方向)[：:][^\n]*?(?=[。；][二三四五六七八九十]是[^\n]*改进措施|\n|$)")
_ALL_MEASURES = re.compile(
    r"(?<![^。；\n])(?:针对(?:上述|以上|存在的?|这些)[^。；\n]{0,12}(?:问题|不足)|下一步|下一年|下阶段|今后)[^\n]*?[，,：:][\s\S]*"
    r"|(?m:^\s*[（(]?[一二三四五六]?[）)、.]?\s*(?:下一步|改进)[^。\n]{0,12}$)[\s\S]*"
)
EXAMPLE_LENGTH = 80  # characters; a small local model reads some fifty tokens a second


@dataclass(frozen=True)
class PastReport:
    """The narrative of an earlier report: pairs (heading, text), tables left out."""

    title: str
    year: int
    parts: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.parts)

    @property
    def problems(self) -> str:
        """Part 五, under whichever of its headings."""
        return "\n".join(text for heading, text in self.parts if _PROBLEMS.search(heading))

    @property
    def stated_problems(self) -> str:
        """Part 五 without its measures: 加强培训 as a remedy does not name training as a problem."""
        return _ALL_MEASURES.sub("", _OWN_MEASURE.sub("", self.problems))

    def example(self, topic: str) -> str:
        """A passage on a topic, as an example of tone: without numerals and not long."""
        for heading, text in self.parts:
            if topic and topic in heading:
                line = max(text.split("\n"), key=len)
                return re.sub(r"\d+(?:\.\d+)?", "×", line)[:EXAMPLE_LENGTH]
        return ""


def of_published(published: PublishedReport) -> PastReport:
    """A report that was read from a file."""
    parts = tuple((section.heading, "\n".join(section.paragraphs)) for section in published.sections)
    return PastReport(published.title, published.year, parts)


def find_past(knowledge: Any, org: str, year: int) -> PastReport | None:
    """The latest report of ``org`` before ``year`` that the knowledge base holds, or None."""
    if knowledge is None or not org or not hasattr(knowledge, "documents"):
        return None
    held = [item for item in knowledge.documents() if item.document.kind == "report"]
    earlier = [item for item in held if item.document.org == org and 0 < item.document.year < year]
    report = knowledge.document(max(earlier, key=lambda item: item.document.year).id) if earlier else None
    if report is None:
        return None
    parts = ((passage.heading, passage.text) for passage in report.passages if _TABLES not in passage.heading)
    return PastReport(report.title, report.year, tuple(parts))
