"""An answer put into the document as a paragraph, through the same gates and versions as everything that is written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain import SECTION_TITLES, Answer, Draft, Hit, LedgerResult, Remark, UnusableInput, User
from services.sheets import Sheets
from services.writing import Writing

LONGEST = 2000
_MARKERS = re.compile(r"(?:\[\d{1,3}\])+")
_SENTENCE = re.compile(r"[^。！？；]*(?:[。！？；]+[”’）]*)?(?:\[\d{1,3}\])*")
# 20个工作日：《…》第三十三条对此有规定，以下是要点（非原文）： in an answer; 按照《…》第三十三条， in a document.
_LEAD = re.compile(r"^(?:[^《》。：]{1,20}：)?(《[^》]+》[^：“”]{0,40}?)对此有规定，以下是要点（非原文）：")
_LED = re.compile(r"^[^《》。：]{1,20}：(?=《)")
_OF_A_REPORT = re.compile(r"^《[^》]+》[^：“”]{0,40}?(?:写道|对此有记载，以下是要点（非原文）)：")


class Insertion:
    """``paragraph`` makes it of an answer, ``against`` says what of it is not accounted for, ``put`` writes it."""

    def __init__(self, sheets: Sheets, writing: Writing) -> None:
        self._sheets = sheets
        self._writing = writing

    def against(self, ledger: LedgerResult, section: str, text: str) -> tuple[Remark, ...]:
        """What the gates say against a paragraph: what has to be put right, and numerals that need somebody's word."""
        told = self._sheets.told(ledger, section)
        said = self._writing.inspect(text, ledger, told, own=self._sheets.own(ledger))
        return tuple(one for one in said if one.kind not in ("note", "own"))

    def put(self, user: User, ledger: LedgerResult, section: str, text: str, vouched: bool = False) -> Draft:
        """Write a paragraph at the end of a section, as a version of its own; the draft that it is now.

        ``vouched``: the user vouches for the numerals that the ledger does not give. UnusableInput where one
        is not accounted for, a citation does not hold, or the report is closed.
        """
        paragraph = " ".join(text.split())
        if section not in SECTION_TITLES:
            raise UnusableInput("请先选写进哪个部分")
        if not paragraph or len(paragraph) > LONGEST:
            raise UnusableInput(f"要写进报告的文字应为 1 到 {LONGEST} 个字")
        against = self.against(ledger, section, paragraph)
        if wrong := [one for one in against if one.kind != "numeral"]:
            raise UnusableInput(f"没有写进报告：“{wrong[0].quote}”{wrong[0].message}")
        if against and not vouched:
            named = "、".join(dict.fromkeys(f"“{one.quote}”" for one in against))
            raise UnusableInput(
                f"没有写进报告：{named}不是本单位台账算出的数字，请删去，或者核对以后勾选“本单位已核实”"
            )
        self._sheets.stand(user, ledger)
        draft = self._sheets.add_paragraph(user, ledger, section, paragraph)
        at = draft.text.rindex(paragraph)
        for one in against:
            self._sheets.vouch(user, ledger, section, at + one.start, at + one.end)
        return draft


def paragraph(answer: Answer) -> str:
    """An answer as one paragraph of a document: its citations by name, without [n], sources or what else may be seen."""
    hits = {one.marker: one.hit for one in answer.citations}
    lines = []
    for line in answer.answer.split("\n"):
        if line.startswith("另见："):
            break
        if line.strip() and not line.startswith("来源："):
            lines.append(_sentences(line.strip().removeprefix("- "), hits))
    return "".join(line if re.search(r"[。！？；：”]$", line) else f"{line}。" for line in lines)


def _sentences(line: str, hits: dict[int, Hit]) -> str:
    if whole := _OF_A_REPORT.match(line):  # an office's own words are no citation
        return re.sub(r"^“|”$", "", _MARKERS.sub("", line[whole.end() :]))
    line = _LEAD.sub(r"按照\1，", line)
    line = _LED.sub("", line)
    said = ""
    for piece in _SENTENCE.findall(line):
        cited = [hits[int(n)] for n in re.findall(r"\[(\d+)\]", piece) if int(n) in hits]
        bare = _MARKERS.sub("", piece)
        missing = [hit for hit in cited if hit.kind == "regulation" and (hit.article or hit.title) not in said + bare]
        said += f"按照{named(missing)}，{bare}" if missing else bare
    return said


def named(hits: Sequence[Hit]) -> str:
    """《甲》第一条、第二条和《乙》第三条."""
    by_title: dict[str, list[str]] = {}
    for hit in hits:
        places = by_title.setdefault(hit.title, [])
        if hit.article and hit.article not in places:
            places.append(hit.article)
    return "和".join(f"《{title}》{'、'.join(places)}" for title, places in by_title.items())
