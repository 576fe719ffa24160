"""The numbers of documents cited are those that the documents have: 国办公开办函〔2021〕30号, 国务院令第711号."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from checks.examples import Example
from checks.rule import Rule, looks_for
from checks.subject import Numbered, Paragraph, Subject
from checks.words import read_words
from domain import Finding, Mend

_WORDS = read_words(__file__)
_LETTER, _ORDER, _SERIES = _WORDS["letter"], _WORDS["order"], _WORDS.listed("series")
_FORMAT = "政府信息公开工作年度报告格式"
_KNOWN = {
    "国办公开办函〔2021〕30号": Numbered(_FORMAT, date(2021, 9, 26)),
    "国办公开办函〔2019〕60号": Numbered(f"{_FORMAT}（试行）", None, date(2021, 9, 26)),
    "国办函〔2020〕109号": Numbered("政府信息公开信息处理费管理办法", date(2021, 1, 1)),
    "国务院令第711号": Numbered("政府信息公开条例", date(2019, 5, 15)),
    "国务院令第492号": Numbered("政府信息公开条例", date(2008, 5, 1), date(2019, 5, 15)),
}


def _texts(*given: str) -> tuple[Example, ...]:
    return tuple(Example(text, numbers=_KNOWN) for text in given)


NUMBER = Rule(
    id="DOC-NUMBER",
    title="引用的文号确有其文，报告年度有效",
    severities=("error", "warning"),
    source="所引用的文件",
    advice="核对文号",
    speaks=_texts(
        "根据国办公开函〔2021〕30号编制本报告。",
        "按照国办公开办〔2021〕30号要求编制。",
        f"按照《{_FORMAT}》（国办公开办函〔2021〕3号）编制。",
        "根据国办公开办函〔2020〕30号编制本报告。",
        "根据国办公开办函〔2019〕60号编制本报告。",
        "根据《政府信息公开条例》（国务院令第771号）编制。",
        "根据《政府信息公开条例》（中华人民共和国国务院令第492号）编制。",
        "按照《政府信息公开信息处理费管理办法》（国办发〔2020〕109号）收取信息处理费。",
        "按照《国务院办公厅关于印发《政府信息公开信息处理费管理办法》的通知》（国办函〔2020〕190号）办理。",
    ),
    silent=_texts(
        "根据国办公开办函〔2021〕30号编制本报告。",
        "根据国办公开办函[2021] 30 号编制本报告。",
        "根据《政府信息公开条例》（国务院令第711号）编制。",
        "按照国办发〔2023〕10号和国发〔2024〕3号文件部署工作。",
        "落实云政办函〔2021〕30号要求。",
        "根据《政府信息公开条例》（国务院令711号）编制。",
        "根据《政府信息公开条例》、《关于全面推进基层政务公开工作的指导意见》（国办发〔2019〕54号）编制。",
        "落实《关于做好政府信息公开条例施行准备工作的通知》（国办发〔2007〕54号）。",
        "按照《国务院办公厅关于印发《政府信息公开信息处理费管理办法》的通知》（国办函〔2020〕109号）办理。",
        "国办公开办函〔2019〕60号废止后，改用新格式。",
    ),
)


@dataclass(frozen=True)
class _Cited:
    """A number as printed at ``at`` of its sentence, and as it is compared."""

    printed: str
    plain: str
    sentence: str
    at: int
    where: str


@looks_for(NUMBER, order=355)
def document_numbers(subject: Subject) -> Iterator[Finding]:
    """An error where the document meant is certain: by its title beside the number, or a series that nobody uses."""
    if not subject.numbers:
        return
    for cited in (one for paragraph in subject.paragraphs for one in _all(paragraph)):
        known = subject.numbers.get(cited.plain)
        titled = _titled(cited, subject)
        if known is None or titled and known.title not in {subject.numbers[one].title for one in titled}:
            yield from _unknown(cited, titled, subject)
        elif _ended(known, subject) and not _WORDS["aware"].search(cited.sentence):
            said = f"{cited.printed}（《{known.title}》）自 {known.ends} 起不再适用"
            right = next((one for one in titled if not _ended(subject.numbers[one], subject)), "")
            said += f"，现行的是{right}" if right else ""
            yield NUMBER.finding(subject, said, cited.where, cited.sentence, mend=_mend(cited, right))


def _unknown(cited: _Cited, titled: list[str], subject: Subject) -> Iterator[Finding]:
    """A number that no known document has, or not the one named beside it."""
    if titled:
        right = next((one for one in titled if not _ended(subject.numbers[one], subject)), titled[0])
        said = f"《{subject.numbers[right].title}》的文号是{right}，写成了{cited.printed}"
        yield NUMBER.finding(subject, said, cited.where, cited.sentence, mend=_mend(cited, right))
        return
    series, rest = _parts(cited.plain)
    likely = [one for one in subject.numbers if _parts(one)[1] == rest and set(_parts(one)[0]) & set(series) - {"国"}]
    if len(likely) == 1 and series not in _SERIES:
        said = f"没有“{series}”这个发文字号，{cited.printed}应为{likely[0]}"
        yield NUMBER.finding(subject, said, cited.where, cited.sentence, mend=_mend(cited, likely[0]))
        return
    shared = [one for one in subject.numbers if _parts(one)[0] == series and set(_parts(one)[1]) & set(rest)]
    if _LETTER.search(cited.plain) and (likely or shared):
        choices = "或".join(likely or shared)
        said = f"没有查到{cited.printed}，是否应为{choices}"
        yield NUMBER.finding(subject, said, cited.where, cited.sentence, severity="warning")


def _all(paragraph: Paragraph) -> Iterator[_Cited]:
    for sentence in re.split(r"(?<=[。；\n])", paragraph.text):
        for match in (*_LETTER.finditer(sentence), *_ORDER.finditer(sentence)):
            plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", match["number"]))
            plain = re.sub(r"[〔\[【(](\d{4})[〕\]】)]第?", r"〔\1〕", plain)
            plain = re.sub(r"^国务院令第?", "国务院令第", plain)
            yield _Cited(
                match["number"], plain, sentence.strip(), _at(sentence, match.start("number")), paragraph.where
            )


def _at(sentence: str, start: int) -> int:
    return start - (len(sentence) - len(sentence.lstrip()))


def _titled(cited: _Cited, subject: Subject) -> list[str]:
    """The numbers of the document whose title stands right before the number; an older version's behind."""
    before = cited.sentence[: cited.at]
    inside = unicodedata.normalize("NFKC", _quoted(before))
    plain = {one: unicodedata.normalize("NFKC", known.title) for one, known in subject.numbers.items()}
    longest = max((title for title in plain.values() if _is_named(title, inside)), key=len, default="")
    same = [one for one, title in plain.items() if title == longest and longest]
    return sorted(same, key=lambda one: _ended(subject.numbers[one], subject))


def _quoted(before: str) -> str:
    """The title in 《》, with titles within it, whose number the words go on with; "" for none."""
    behind = re.search(r"》[^《》]{0,6}[（(][^（）()]{0,12}$", before)
    depth = 0
    for at in range(behind.start() if behind else -1, -1, -1):
        depth += (before[at] == "》") - (before[at] == "《")
        if not depth:
            return before[at + 1 : behind.start()] if behind else ""
    return ""


def _is_named(title: str, inside: str) -> bool:
    """Whether a title in 《》 is that one, or the notice that brings it out, and not of another document about it."""
    name = rf"(?:中华人民共和国)?{re.escape(title)}(?:\([^()]*\))?"
    return bool(
        re.fullmatch(rf"(?:.*(?:印发|公布|发布))?[《〈<「“\"]*{name}[》〉>」”\"]*(?:的(?:通知|公告|决定|令))?", inside)
    )


def _ended(known: Numbered, subject: Subject) -> bool:
    """Whether it applied to no day of the report's year."""
    return bool(known.ends and subject.published.year and known.ends <= date(subject.published.year, 1, 1))


def _parts(number: str) -> tuple[str, tuple[str, ...]]:
    """(the words of a number, its digits): 国办函〔2020〕109号 → 国办函, 2020, 109."""
    return re.sub(r"[^一-龥]|[号第]", "", number), tuple(re.findall(r"\d+", number))


def _mend(cited: _Cited, right: str) -> Mend | None:
    return Mend(cited.printed, right, cited.at) if right else None
