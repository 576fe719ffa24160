"""Native comments: the part that holds them, and where in the text each is anchored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import lxml.etree as etree

from annotating.body import TextSpan
from annotating.package import W, WordPackage
from annotating.runs import AUTHOR, runs_of

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_INITIALS = "体检"


class Comments:
    """The comments of a document, those that it had kept; new ones are numbered behind them."""

    def __init__(self, package: WordPackage, date: str) -> None:
        self._package = package
        self._date = date
        self._name = package.related("comments")
        held = package.read(self._name) if self._name else None
        taken = (
            [int(one.get(f"{W}id", "0")) for one in held if one.get(f"{W}id", "").isdigit()] if held is not None else []
        )
        self._next = max(taken, default=-1) + 1

    def add(self, span: TextSpan, lines: Iterable[str]) -> None:
        """A comment of some lines at a span, at the whole paragraph where the span is empty."""
        identity = str(self._next)
        self._next += 1
        comment = etree.SubElement(
            self._part(),
            f"{W}comment",
            {f"{W}id": identity, f"{W}author": AUTHOR, f"{W}date": self._date, f"{W}initials": _INITIALS},
        )
        for line in lines:
            run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
            etree.SubElement(run, f"{W}t").text = line
        self._anchor(span, identity)

    def _part(self) -> Any:
        if not self._name:
            self._name = self._package.free_name("comments.xml")
            root = etree.Element(f"{W}comments", nsmap={"w": W.strip("{}")})
            self._package.add(self._name, root, "comments", _TYPE)
        return self._package.xml(self._name)

    def _anchor(self, span: TextSpan, identity: str) -> None:
        """The range around what holds the span, each end directly in the paragraph; then the mark of the comment."""
        element = span.paragraph.element
        runs = [_in(element, run) for run in runs_of(span)]
        start = etree.Element(f"{W}commentRangeStart", {f"{W}id": identity})
        end = etree.Element(f"{W}commentRangeEnd", {f"{W}id": identity})
        mark = etree.Element(f"{W}r")
        etree.SubElement(mark, f"{W}commentReference", {f"{W}id": identity})
        if runs:
            runs[0].addprevious(start)
            runs[-1].addnext(end)
        else:
            element.append(start)
            element.append(end)
        end.addnext(mark)


def _in(paragraph: Any, run: Any) -> Any:
    """What stands directly in the paragraph and holds the run."""
    while run.getparent() is not paragraph:
        run = run.getparent()
    return run
