"""Where in a document a finding stands: its cell, its sentence, its paragraph, else the heading of its part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import statutory
from annotating.body import TextSpan, WordParagraph, folded, paragraphs
from checks.subject import NUMERALS, part_of
from checks.subject import paragraphs as report_paragraphs
from domain import Finding, PublishedReport
from forms import Form, form_of

_IN_TABLE = {"表二": "table2", "表三": "table3", "表四": "table4"}
_PART = re.compile(rf"第([{NUMERALS}])部分")
_QUOTED = re.compile(r"“([^“”]{2,60})”")


class Places:
    """The places of one document; ``cells`` leads from a figure's key to its cell (``annotating.cells``)."""

    def __init__(self, root: Any, published: PublishedReport, cells: Mapping[str, Any]) -> None:
        self._paragraphs = [one for one in paragraphs(root) if one.text.strip()]
        self._cells = cells
        self._form = form_of(published.form, published.year)
        self._told = {one.where: folded(one.text)[0] for one in report_paragraphs(published)}
        self._keys = _keys_by_place(self._form)

    def of(self, finding: Finding) -> TextSpan | None:
        """The span that a comment on the finding belongs to; None in a document without any text."""
        span = self.cell(finding.mend.key) if finding.mend and finding.mend.key else None
        for key in () if span else self._figures(finding):
            span = span or self.cell(key)
        return span or self.excerpt(finding) or self._named(finding) or self._heading(finding) or self._first()

    def cell(self, key: str) -> TextSpan | None:
        """The whole of the cell of a figure, by its first paragraph."""
        cell = self._cells.get(key)
        found = paragraphs(cell) if cell is not None else []
        filled = [one for one in found if one.text.strip()] or found
        return filled[0].whole() if filled else None

    def excerpt(self, finding: Finding, words: str = "") -> TextSpan | None:
        """Where the finding's excerpt, or ``words`` of it, stand: in its own paragraph if that is known, else alone."""
        lines = [line for line in (words or finding.excerpt).splitlines() if folded(line)[0]]
        if not lines:
            return None
        own = list(self._own(finding))
        for paragraph in own:
            if span := paragraph.find(lines[0]):
                return span
        spans = [span for one in self._paragraphs if (span := one.find(lines[0]))]
        return spans[0] if len(spans) == 1 or spans and len(folded(lines[0])[0]) >= 4 else None

    def _own(self, finding: Finding) -> Iterator[WordParagraph]:
        """The paragraphs that were read as the one that the finding names."""
        told = self._told.get(finding.where, "")
        for one in self._paragraphs:
            text = one.folded[0]
            if told and (told in text or len(text) >= 4 and text in told):
                yield one

    def _figures(self, finding: Finding) -> Iterator[str]:
        """The keys of the figures that a finding is about, by the words of its place."""
        for said in (f"{finding.rule} {finding.where}", finding.where, finding.excerpt.rpartition("：")[0]):
            yield from self._keys.get(said, ())
        for said, keys in self._keys.items():
            if said and finding.where.startswith(said):
                yield from keys

    def _named(self, finding: Finding) -> TextSpan | None:
        """The paragraph that the place names; else words that the message quotes."""
        for paragraph in self._own(finding):
            return paragraph.whole()
        for quoted in _QUOTED.findall(finding.message):
            spans = [span for one in self._paragraphs if (span := one.find(quoted))]
            if len(spans) == 1:
                return spans[0]
        return None

    def _heading(self, finding: Finding) -> TextSpan | None:
        """The heading of the part that the finding is in, or of its table."""
        named = _PART.search(finding.where)
        part = NUMERALS.index(named[1]) if named else None
        if part is None:
            tables = [f"table{at + 1}" for at, name in enumerate(self._form.parts) if name in finding.where]
            tables += [table for word, table in _IN_TABLE.items() if finding.where.startswith(word)]
            part = int(tables[0][-1]) - 1 if tables else None
        if part is None:
            return None
        headings = [one for one in self._paragraphs if len(one.text) < 40 and part_of(one.text.strip()) == part]
        return headings[0].whole() if headings else None

    def _first(self) -> TextSpan | None:
        return self._paragraphs[0].whole() if self._paragraphs else None


def _keys_by_place(form: Form) -> dict[str, list[str]]:
    """Places in words, as findings name them, → the figures there, the one that a comment belongs to first."""
    found: dict[str, list[str]] = {}
    for key in form.figures():
        where = form.where(key)
        found[where] = [key]
        found.setdefault(where.rpartition("”")[0] + "”", []).append(key)
    for identity in statutory.all_identities(form):
        addresses = (*identity.right[::-1], *identity.left)
        keys = [f"{identity.table}.{row}.{column}" for row, column in addresses]
        found[" ".join(identity.named)] = keys
    rows = {row.key: row.label for row in form.rows}
    for row, label in rows.items():
        for column in form.columns:
            found[f"表三“{label}”行“{column.label}”列"] = [f"table3.{row}.{column.key}"]
    return found
