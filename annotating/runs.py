"""Runs divided where a span begins or ends, and a span's text replaced as a tracked revision."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import lxml.etree as etree

from annotating.body import TextSpan, WordParagraph, shown, write
from annotating.package import W

AUTHOR = "gongkai体检"
# What a run may stand in directly and still be replaced: not another revision, not the result of a field.
_HOLDERS = frozenset(f"{W}{name}" for name in ("p", "smartTag", "hyperlink", "sdtContent", "customXml"))


def runs_of(span: TextSpan) -> list[Any]:
    """The outermost runs that hold exactly the characters of a span, divided where they hold more; in order."""
    paragraph = span.paragraph
    for edge in (span.end, span.start):
        if 0 < edge < len(paragraph.text):
            _divide(paragraph, edge)
            paragraph = WordParagraph(paragraph.element)
    runs = [_run(place.node) for _, place in paragraph.places[span.start : span.end] if place.node is not None]
    return list(dict.fromkeys(runs))


def replaceable(span: TextSpan) -> bool:
    """Whether a span is text and nothing else, in no other revision and in no field."""
    covered = span.paragraph.places[span.start : span.end]
    return bool(covered) and all(place.node is not None and _plain(_run(place.node)) for _, place in covered)


def replace(span: TextSpan, new: str, identity: int, date: str) -> None:
    """Strike a replaceable span and put ``new`` behind it, as a revision with two ids from ``identity`` on."""
    runs = runs_of(span)
    properties = runs[0].find(f"{W}rPr")
    for run in runs:
        struck = _revision("del", identity, date)
        run.addprevious(struck)
        struck.append(run)
        for text in run.iter(f"{W}t"):
            kept = shown(text)
            text.tag = f"{W}delText"
            write(text, kept)
    if new:
        added = _revision("ins", identity + 1, date)
        run = etree.SubElement(added, f"{W}r")
        if properties is not None:
            run.append(deepcopy(properties))
            for change in run[0].findall(f"{W}rPrChange"):
                run[0].remove(change)
        write(etree.SubElement(run, f"{W}t"), new)
        runs[-1].getparent().addnext(added)


def _revision(kind: str, identity: int, date: str) -> Any:
    marks = {f"{W}id": str(identity), f"{W}author": AUTHOR, f"{W}date": date}
    return etree.Element(f"{W}{kind}", marks)


def _divide(paragraph: WordParagraph, edge: int) -> None:
    """End a run before the character ``edge`` of the paragraph; ruby stays whole."""
    before, place = (paragraph.places[at][1] for at in (edge - 1, edge))
    node = place.node if place.node is not None else before.node
    if node is None:
        return
    run = node.getparent()
    if run.tag != f"{W}r" or run is not _run(node):
        return
    if place.node is not None and before.node is place.node:
        rest = deepcopy(node)
        text = shown(node)
        write(node, text[: place.at])
        write(rest, text[place.at :])
        node.addnext(rest)
        first = rest
    elif place.node is not None:
        first = node
    else:
        first = next(node.itersiblings(), None)
    if first is None or all(one.tag == f"{W}rPr" for one in first.itersiblings(preceding=True)):
        return
    other = etree.Element(run.tag, dict(run.attrib), nsmap=run.nsmap)
    properties = run.find(f"{W}rPr")
    if properties is not None:
        other.append(deepcopy(properties))
    for child in [first, *first.itersiblings()]:
        other.append(child)
    other.tail, run.tail = run.tail, None
    run.addnext(other)


def _run(node: Any) -> Any:
    """The outermost run that a node of text is in, within its own paragraph."""
    found = node
    for ancestor in node.iterancestors():
        if ancestor.tag == f"{W}p":
            break
        if ancestor.tag == f"{W}r":
            found = ancestor
    return found


def _plain(run: Any) -> bool:
    """Whether a run is text and nothing else, in no revision and no field."""
    if run.tag != f"{W}r" or run.getparent().tag not in _HOLDERS or {child.tag for child in run} - {f"{W}rPr", f"{W}t"}:
        return False
    paragraph = next(run.iterancestors(f"{W}p"))
    marks = {f"{W}ins", f"{W}del", f"{W}moveTo", f"{W}moveFrom", f"{W}fldSimple"}
    if marks & {one.tag for one in run.iterancestors()}:
        return False
    depth = 0
    for one in paragraph.iter(f"{W}fldChar", f"{W}r"):
        if one is run:
            return depth == 0
        if one.tag == f"{W}fldChar":
            depth += {"begin": 1, "end": -1}.get(one.get(f"{W}fldCharType", ""), 0)
    return True
