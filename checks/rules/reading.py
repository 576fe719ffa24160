"""What of the file could not be read: two reports, pictures, a broken download."""

from __future__ import annotations

from collections.abc import Iterator

from checks.examples import Example
from checks.rule import Rule, looks_for
from checks.subject import Subject
from domain import Finding, Note

# What the reader says of a file that is no fault of the report, or that other rules say better.
_NO_FINDING = frozenset(
    {
        "after-signature",
        "characters-read-as",
        "no-headings",
        "no-org",
        "no-year",
        "row-missing",
        "row-read-as",
        "table-is-picture",
        "table-missing",
    }
)

READING = Rule(
    id="READING",
    title="文件能完整读出",
    severities=("warning",),
    source="",
    advice="核对文件是否完整；能读出的部分已经核对",
    speaks=(
        Example(notes=(Note("picture", "第3页是图片，没有文字"),)),
        Example(notes=(Note("two-reports", "文件里像有两份报告，只读了第一份"),)),
    ),
    silent=(
        Example(),
        Example(notes=(Note("no-org", "没有找到编制机关"),)),
        Example(notes=(Note("row-read-as", "“行政许可”一行按“本年处理决定数量”读入"),)),
    ),
)


@looks_for(READING, order=10)
def unread(subject: Subject) -> Iterator[Finding]:
    """The reader's notes, but for those that another rule tells."""
    for note in subject.published.notes:
        if note.code not in _NO_FINDING:
            yield READING.finding(subject, str(note), "全文", str(note))
