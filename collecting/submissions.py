"""The files that were handed in: whose report each is, and which one counts; what is not certain is a question.

Nothing is guessed: a report of another year, of an organ that two names of the list fit or none, a file whose
title and signature name two organs, and two different reports of one organ count for nobody until somebody answers.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from collecting.organs import SHORT, Organ, fold, is_government, match, named_in
from domain import Choice, PublishedReport

ASIDE = "不计"
"""The choice that leaves a file out."""
_TITLE = re.compile(r"^(.*?)(?:关于)?(?:20\d\d|[二〇零一三四五六七八九]{4})年?")
_ALIKE = 0.95
_ANOTHER_FORMAT = (".docx", ".doc", ".wps", ".html", ".htm", ".mht", ".mhtml", ".md", ".txt", ".pdf")


@dataclass(frozen=True)
class HandedIn:
    """One file as it was read: ``name`` is its place in the folder, ``fault`` why it could not be read.

    ``came`` tells of two which came later (0: not known), ``own`` the name that it had then, ``brought_by`` the
    organ whose clerk brought it ("" for the 主管部门).
    """

    name: str
    report: PublishedReport | None = None
    fault: str = ""
    came: int = 0
    own: str = ""
    brought_by: str = ""

    @property
    def day(self) -> date | None:
        """The day on which the report was made public, as it says itself."""
        return (self.report.posted or self.report.signature_date) if self.report else None


@dataclass(frozen=True)
class FileQuestion:
    """A question about the files; ``answer`` is the key of the choice made, "" while it is open."""

    id: str
    text: str
    choices: tuple[Choice, ...]
    answer: str = ""

    def as_json(self) -> dict[str, Any]:
        choices = [choice.as_json() for choice in self.choices]
        return {"id": self.id, "text": self.text, "choices": choices, "answer": self.answer}


@dataclass(frozen=True)
class Unmatched:
    """A file that counts for no organ, and why."""

    file: str
    reason: str
    question: str = ""

    def as_json(self) -> dict[str, str]:
        return {"file": self.file, "reason": self.reason, "question": self.question}


@dataclass
class SortedFiles:
    """Files by the organ that they count for; ``pending`` are organs for which a question is open."""

    organs: tuple[Organ, ...]
    of: dict[str, HandedIn] = field(default_factory=dict)
    government: HandedIn | None = None
    pending: dict[str, list[str]] = field(default_factory=dict)
    unmatched: list[Unmatched] = field(default_factory=list)
    questions: list[FileQuestion] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    older: dict[str, list[HandedIn]] = field(default_factory=dict)
    """Files by organ that a later version took the place of."""

    def note(self, organ: str, said: str) -> None:
        self.notes.setdefault(organ, []).append(said)


def sort(
    files: Sequence[HandedIn],
    year: int,
    organs: Sequence[Organ] = (),
    answers: Mapping[str, str] | None = None,
    returned: Collection[str] = (),
) -> SortedFiles:
    """Every file to its organ of ``organs`` (none: those that the reports name), by ``answers`` where it was asked.

    ``returned`` are the digests of reports that were sent back: what is handed in instead takes their place.
    """
    known = tuple(organ for organ in organs if not organ.government) or _named(files)
    made = SortedFiles(known)
    given = answers or {}
    by_organ: dict[str, list[HandedIn]] = {}
    for file in sorted(files, key=lambda one: one.name):
        if file.report is None:
            made.unmatched.append(Unmatched(file.name, file.fault))
            continue
        if organ := _organ_of(file, file.report, year, made, given):
            by_organ.setdefault(organ, []).append(file)
    for organ, several in by_organ.items():
        if chosen := _one_of(organ, several, made, given, returned):
            if is_government(organ):
                made.government = chosen
            else:
                made.of[organ] = chosen
    made.of = {organ.name: made.of[organ.name] for organ in known if organ.name in made.of}
    return made


def _named(files: Iterable[HandedIn]) -> tuple[Organ, ...]:
    """The organs that the reports themselves name, where there is no list; a short name joins its whole one."""
    names = dict.fromkeys(file.report.org for file in files if file.report and file.report.org)
    found: list[Organ] = []
    for name in sorted(names, key=len, reverse=True):
        if not is_government(name) and match(name, found).how == 0:
            found.append(Organ(name))
    return tuple(sorted(found, key=lambda organ: list(names).index(organ.name)))


def _organ_of(file: HandedIn, report: PublishedReport, year: int, made: SortedFiles, given: Mapping[str, str]) -> str:
    """The organ that a file counts for, "" where it is aside or a question is open."""
    doubt, fits = _doubt(file, report, year, made.organs)
    if not doubt:
        organ, how = fits[0]
        if how == SHORT:
            made.note(organ, f"报告里的名称是“{report.org}”，认作“{organ}”")
        return organ
    others = [organ.name for organ in made.organs]
    first = list(dict.fromkeys(name for name, _ in fits))
    names = first + [name for name in others if name not in first]
    asked = _asked(f"文件/{report.digest[:12]}", f"{file.name}：{doubt}", [*names, ASIDE], given)
    made.questions.append(asked)
    if asked.answer and asked.answer != ASIDE:
        return asked.answer
    why = "按答复不计" if asked.answer else doubt
    made.unmatched.append(Unmatched(file.name, why, "" if asked.answer else asked.id))
    if not asked.answer:
        for name in first:
            made.pending.setdefault(name, []).append(asked.id)
    return ""


def _doubt(
    file: HandedIn, report: PublishedReport, year: int, organs: Sequence[Organ]
) -> tuple[str, list[tuple[str, int]]]:
    """(why somebody has to say whose report it is, "" for nothing; the organs it can be of, with how surely)."""
    if is_government(report.org):
        fits = [(report.org, 3)]
    else:
        found = match(report.org, organs)
        fits = [(name, found.how) for name in found.organs]
    titled = match(_title_organ(report), organs)
    filed = named_in(file.name, organs)
    if not report.year:
        return "报告没有写是哪一年度的，是不是计入？", fits
    if report.year != year:
        return f"报告是{report.year}年度的，不是{year}年度，是不是计入？", fits
    if any(note.code == "more-reports" for note in report.notes):
        return "一个文件里有不止一份报告，只读了第一份，请拆开重交，或者说明第一份是谁的", fits
    if not report.org:
        return "报告里没有单位名称，是哪个单位的？", [(name, filed.how) for name in filed.organs]
    if len(fits) > 1:
        return f"“{report.org}”可能是“{'”或“'.join(name for name, _ in fits)}”，是哪一个？", fits
    if not fits:
        return f"名单里没有“{report.org}”，是哪个单位的？", []
    (own, how), *_ = fits
    if file.brought_by and (theirs := match(file.brought_by, organs)).only != own:
        both = [(own, how), *((name, theirs.how) for name in theirs.organs)]
        return f"是“{file.brought_by}”交来的，报告里的单位是“{report.org}”，是哪个单位的？", both
    for said, other in (("标题", titled), ("文件名", filed)):
        if other.only and own not in other.organs and not is_government(own):
            both = [(own, how), (other.only, other.how)]
            return f"{said}写的是“{other.only}”，报告里的单位是“{report.org}”，是哪个单位的？", both
    return "", fits


def _title_organ(report: PublishedReport) -> str:
    found = _TITLE.match(fold(report.title))
    return found[1] if found else ""


def _one_of(
    organ: str, files: list[HandedIn], made: SortedFiles, given: Mapping[str, str], returned: Collection[str]
) -> HandedIn | None:
    """The file that counts: the only one, one of copies that say the same, a later version, or the one that somebody chose."""
    kinds: list[list[HandedIn]] = []
    for file in files:
        same = next((kind for kind in kinds if _alike(kind[0], file)), None)
        if same is None:
            kinds.append([file])
        else:
            same.append(file)
    copies = [min(same, key=_rank) for same in kinds]
    for kept, same in zip(copies, kinds):
        for other in same:
            if other is not kept:
                made.note(organ, f"{other.name} 与 {kept.name} 内容相同，只计一次")
    if len(copies) == 1:
        return copies[0]
    by_key = {one.report.digest[:12]: one for one in copies if one.report}
    labels = [Choice(key, one.name) for key, one in by_key.items()]
    digest = hashlib.sha256("".join(sorted(by_key)).encode()).hexdigest()[:8]
    key, text = f"重复/{digest}", f"“{organ}”有{len(copies)}份不同的报告，计哪一份？"
    answer = given.get(key, "") if given.get(key, "") in by_key else ""
    if not answer and (later := _later(copies, returned)):
        return _replacing(organ, later, copies, made)
    made.questions.append(FileQuestion(key, text, tuple(labels), answer))
    if not answer:
        made.pending.setdefault(organ, []).append(key)
    for name, one in by_key.items():
        if name != answer:
            why = "按答复不计，计入另一份" if answer else text
            made.unmatched.append(Unmatched(one.name, why, "" if answer else key))
    return by_key.get(answer)


def _later(copies: Sequence[HandedIn], returned: Collection[str]) -> HandedIn | None:
    """The version that took the place of all others: of those sent back, or of one that came earlier by the same name."""

    def gives_way(one: HandedIn, other: HandedIn) -> bool:
        if one is other or one.report is None or other.report is None:
            return False
        sent_back = one.report.digest in returned and other.report.digest not in returned
        if one.came and other.came:
            return one.came < other.came and (sent_back or one.own == other.own)
        return sent_back

    left = [one for one in copies if not any(gives_way(one, other) for other in copies)]
    return left[0] if len(left) == 1 else None


def _replacing(organ: str, later: HandedIn, copies: Sequence[HandedIn], made: SortedFiles) -> HandedIn:
    made.older[organ] = [one for one in copies if one is not later]
    for one in made.older[organ]:
        made.note(organ, f"{later.name} 代替了以前交的 {one.name}")
    return later


def _alike(one: HandedIn, other: HandedIn) -> bool:
    """Whether two files are one report in two formats: the same tables, and all but the same letters in the text."""
    if one.report is None or other.report is None or one.report.tables != other.report.tables:
        return False
    mine, theirs = (_pieces(report) for report in (one.report, other.report))
    if _rank(one)[0] == _rank(other)[0]:  # two files of one format differ because somebody changed the text
        return mine == theirs
    return len(mine & theirs) >= _ALIKE * len(mine | theirs)


def _pieces(report: PublishedReport) -> set[str]:
    """Every run of eight letters of the text: formats break lines and part headings differently."""
    text = "".join(re.sub(r"\W+", "", line) for section in report.sections for line in section.paragraphs)
    return {text[at : at + 8] for at in range(max(1, len(text) - 7))}


def _rank(file: HandedIn) -> tuple[int, str]:
    suffix = "." + file.name.rpartition(".")[2].lower()
    return (_ANOTHER_FORMAT.index(suffix) if suffix in _ANOTHER_FORMAT else 99, file.name)


def _asked(key: str, text: str, choices: list[str], given: Mapping[str, str]) -> FileQuestion:
    answer = given.get(key, "")
    made = FileQuestion(key, text, tuple(Choice(one, one) for one in choices))
    return replace(made, answer=answer if answer in choices else "")
