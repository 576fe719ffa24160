"""The findings of a check put into the report's own file, as comments and tracked revisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from annotating.body import TextSpan, WordParagraph, folded
from annotating.cells import Read, cells
from annotating.comments import Comments
from annotating.package import W, WordPackage
from annotating.places import Places
from annotating.runs import replace, replaceable
from domain import Finding, Mend, Note, PublishedReport

_SEVERITIES = {"error": "错误", "warning": "警告", "notice": "提示"}
_AROUND = (12, 6)  # characters on either side by which the text of a mend is found again
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

    span: TextSpan
    mend: Mend


def annotate(data: bytes, published: PublishedReport, findings: Sequence[Finding], read: Read) -> Annotated:
    """``data`` (a .docx, read as ``published``) with a comment on each finding and a revision for each mend.

    ``read``: see ``annotating.cells``. A mend is left to the comment where its text is inside another
    revision or a field, or where two mends meet. UnusableInput where the bytes are no .docx.
    """
    package = WordPackage(data, published.source)
    root = package.xml(package.main)
    places = Places(root, published, cells(package, published, read))
    found = [(finding, span) for finding in findings if (span := places.of(finding))]
    revisions = _apart({at: one for at, (finding, _) in enumerate(found) if (one := _revision(finding, places))})
    date = datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    comments = Comments(package, date)
    for at, (finding, span) in enumerate(found):
        comments.add(_fresh(span), _told(finding, at in revisions))
    _revise(root, list(revisions.values()), date)
    return Annotated(package.saved(), len(found), len(revisions), (_SIGNED,) if package.signed else ())


def _apart(revisions: dict[int, _Revision]) -> dict[int, _Revision]:
    """The revisions that meet none before them, by the number of their finding."""
    kept: dict[int, _Revision] = {}
    for at, one in revisions.items():
        if not any(_meet(one.span, other.span) for other in kept.values()):
            kept[at] = one
    return kept


def _meet(one: TextSpan, other: TextSpan) -> bool:
    same = one.paragraph.element is other.paragraph.element
    return same and one.start < other.end and other.start < one.end


def _revise(root: Any, revisions: Sequence[_Revision], date: str) -> None:
    """Write the revisions, in each paragraph the last first, so that places before it stay."""
    taken = [int(one.get(f"{W}id", "0")) for one in root.iter(*_REVISIONS) if one.get(f"{W}id", "").isdigit()]
    identity = max(taken, default=0) + 1
    for number, one in enumerate(sorted(revisions, key=lambda revision: -revision.span.start)):
        replace(_fresh(one.span), one.mend.new, identity + 2 * number, date)


def _revision(finding: Finding, places: Places) -> _Revision | None:
    """What a finding's mend replaces, without the characters that stay; None where it is not found as it was read."""
    mend = finding.mend
    if mend is None:
        return None
    if mend.key:
        span = places.cell(mend.key)
        own = span.paragraph.find(mend.old) if span else None
        whole = own is not None and own.paragraph.text.strip() == mend.old
        return _Revision(own, mend) if own and whole and replaceable(own) else None
    to = mend.at + len(mend.old)
    span, words, start = None, "", 0
    for around in (len(finding.excerpt), *_AROUND):  # the whole excerpt may be cut by another hand's revision
        start = max(0, mend.at - around)
        words = finding.excerpt[start : to + around]
        span = places.excerpt(finding, words)
        if span:
            break
    if span is None or span.paragraph.boxed:
        return None
    text, at = span.paragraph.folded
    start = at.index(span.start) + len(folded(words[: mend.at - start])[0])
    old = folded(mend.old)[0]
    if text[start : start + len(old)] != old or len(old) != len(mend.old):
        return None
    before, behind = _common(mend.old, mend.new)
    first, last = start + before, start + len(old) - behind
    changed = Mend(mend.old[before : len(mend.old) - behind], mend.new[before : len(mend.new) - behind])
    if last <= first:
        return None
    exact = TextSpan(span.paragraph, at[first], at[last - 1] + 1)
    return _Revision(exact, changed) if replaceable(exact) else None


def _common(old: str, new: str) -> tuple[int, int]:
    """How many characters at the beginning, and then at the end, two texts have in common."""
    most = min(len(old), len(new))
    before = next((at for at in range(most) if old[at] != new[at]), most)
    behind = next((at for at in range(most - before) if old[-1 - at] != new[-1 - at]), most - before)
    return before, behind


def _fresh(span: TextSpan) -> TextSpan:
    """The span in its paragraph as it is now; in a text box the paragraph that holds the box."""
    element = span.paragraph.element
    box = next(element.iterancestors(f"{W}txbxContent"), None)
    if box is None:
        return TextSpan(WordParagraph(element), span.start, span.end)
    return WordParagraph(next(box.iterancestors(f"{W}p"))).whole()


def _told(finding: Finding, marked: bool) -> list[str]:
    """The lines of a finding's comment; ``marked``: its mend stands in the text as a revision."""
    lines = [f"【{_SEVERITIES[finding.severity]}】{finding.message}"]
    lines += [f"依据：{finding.law}"] if finding.law else []
    lines += [f"建议：{finding.advice}"] if finding.advice else []
    if finding.mend:
        lines.append(f"改法：{finding.mend}{'，已用修订标出，可以接受或拒绝' if marked else ''}")
    return [*lines, finding.rule]
