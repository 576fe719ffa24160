"""The findings of a check put into the report's own file, as comments and tracked revisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from annotating.body import Paragraph, Span, folded
from annotating.cells import Read, cells
from annotating.comments import Comments
from annotating.package import Package, W
from annotating.places import Places
from annotating.runs import replace
from domain import Finding, Mend, Note, PublishedReport

_SEVERITIES = {"error": "错误", "warning": "警告", "notice": "提示"}
_SIGNED = Note("signed", "文件有数字签名，加了批注以后签名失效")
_REVISIONS = (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo", f"{W}rPrChange", f"{W}pPrChange")


@dataclass(frozen=True)
class Annotated:
    """The file with its comments, how many comments and revisions were added, and what is to be said of it."""

    data: bytes
    comments: int
    revisions: int
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class _Revision:
    """A mend and the span that it replaces."""

    span: Span
    mend: Mend


def annotate(data: bytes, published: PublishedReport, findings: Sequence[Finding], read: Read) -> Annotated:
    """``data`` (a .docx, read as ``published``) with a comment on each finding and a revision for each mend.

    ``read``: see ``annotating.cells``. A mend is left to the comment where its text is inside another
    revision or a field, or where two mends meet. UnusableInput where the bytes are no .docx.
    """
    package = Package(data, published.source)
    root = package.xml(package.main)
    places = Places(root, published, cells(package, published, read))
    found = [(finding, span) for finding in findings if (span := places.of(finding))]
    revisions = [one for finding, _ in found if (one := _revision(finding, places))]
    date = datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    comments = Comments(package, date)
    for finding, span in found:
        comments.add(_fresh(span), _told(finding))
    done = _revise(root, revisions, date)
    return Annotated(package.saved(), len(found), done, (_SIGNED,) if package.signed else ())


def _revise(root: Any, revisions: Sequence[_Revision], date: str) -> int:
    """Write the revisions, in each paragraph the last first, so that places before it stay; how many were written."""
    taken = [int(one.get(f"{W}id", "0")) for one in root.iter(*_REVISIONS) if one.get(f"{W}id", "").isdigit()]
    identity, done = max(taken, default=0) + 1, 0
    free: dict[Any, int] = {}
    for one in sorted(revisions, key=lambda revision: -revision.span.start):
        element = one.span.paragraph.element
        if one.span.end <= free.get(element, one.span.end) and replace(_fresh(one.span), one.mend.new, identity, date):
            free[element] = one.span.start
            identity, done = identity + 2, done + 1
    return done


def _revision(finding: Finding, places: Places) -> _Revision | None:
    """What a finding's mend replaces, without the characters that stay; None where it is not found as it was read."""
    mend = finding.mend
    if mend is None:
        return None
    if mend.key:
        span = places.cell(mend.key)
        own = span.paragraph.find(mend.old) if span else None
        return _Revision(own, mend) if own and own.paragraph.text.strip().replace(",", "") == mend.old else None
    span = places.excerpt(finding)
    if span is None or span.paragraph.boxed:
        return None
    text, at = span.paragraph.folded
    start = at.index(span.start) + len(folded(finding.excerpt[: mend.at])[0])
    old = folded(mend.old)[0]
    if text[start : start + len(old)] != old or len(old) != len(mend.old):
        return None
    before, behind = _common(mend.old, mend.new)
    first, last = start + before, start + len(old) - behind
    changed = Mend(mend.old[before : len(mend.old) - behind], mend.new[before : len(mend.new) - behind])
    return _Revision(Span(span.paragraph, at[first], at[last - 1] + 1), changed) if last > first else None


def _common(old: str, new: str) -> tuple[int, int]:
    """How many characters at the beginning, and then at the end, two texts have in common."""
    most = min(len(old), len(new))
    before = next((at for at in range(most) if old[at] != new[at]), most)
    behind = next((at for at in range(most - before) if old[-1 - at] != new[-1 - at]), most - before)
    return before, behind


def _fresh(span: Span) -> Span:
    """The span in its paragraph as it is now; in a text box the paragraph that holds the box."""
    element = span.paragraph.element
    box = next(element.iterancestors(f"{W}txbxContent"), None)
    if box is None:
        return Span(Paragraph(element), span.start, span.end)
    return Paragraph(next(box.iterancestors(f"{W}p"))).whole()


def _told(finding: Finding) -> list[str]:
    """The lines of a finding's comment."""
    lines = [f"【{_SEVERITIES[finding.severity]}】{finding.message}"]
    lines += [f"依据：{finding.law}"] if finding.law else []
    lines += [f"建议：{finding.advice}"] if finding.advice else []
    if finding.mend:
        new = f"改为“{finding.mend.new}”" if finding.mend.new else "删去"
        lines.append(f"改法：“{finding.mend.old}”{new}，已用修订标出的，可以接受或拒绝")
    return [*lines, finding.rule]
