"""规章 are made by ministries, provinces and cities with districts only."""

from __future__ import annotations

from collections.abc import Iterator

from checks.examples import Example
from checks.rule import Rule, looks_for
from checks.subject import Subject
from checks.words import read_words
from domain import Finding

_COUNTY = read_words(__file__)["county"]
_MADE = ("issued", "repealed", "in_force", "newly_made")

REGULATIONS = Rule(
    id="REGULATIONS",
    title="县级机关没有规章",
    severities=("error",),
    source="立法法关于规章制定权限的规定",
    advice="核对是否把行政规范性文件填进了规章一行",
    speaks=(
        Example(cells={"table2.regulations.in_force": 1}),
        Example(cells={"table2.regulations.issued": 2}, org="青州市生态环境局河口分局"),
    ),
    silent=(
        Example(),
        Example(cells={"table2.normative_documents.in_force": 3}),
        Example(cells={"table2.regulations.in_force": 12}, org="青州市人民政府"),
    ),
)


@looks_for(REGULATIONS, order=330)
def regulations(subject: Subject) -> Iterator[Finding]:
    """Rule 25: cells of the row that are not 0 (立法法第九十一、九十三条)."""
    if not _COUNTY.search(subject.published.org):
        return
    for name in (f"table2.regulations.{key}" for key in _MADE):
        if value := subject.number(name):
            where = subject.form.where(name)
            said = f"县级机关无权制定规章，{where}却为 {value}"
            yield REGULATIONS.finding(subject, said, where, subject.named(name))
