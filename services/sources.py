"""What an answer may rest on: the sources that a conversation keeps to, and the files that lie beside it.

A source is the office's own figures, one report held, or the regulations of one level. Unticked, its
documents and figures are as if they were not there; where they would have answered, that is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain import Answer, Document, Hit, Kind, Note, UnusableInput, User, YearFigures
from services.ledgers import LEDGER_SUFFIXES, Bookkeeping

if TYPE_CHECKING:
    from office import Office
    from office.attachments import Attachment
    from store import KnowledgeBase
    from store.elsewhere import MatterElsewhere
    from store.known import Standing
    from store.references import ArticleReference

OWN = "figures"
COLLECTED = "collected"
REPORT_SUFFIXES = (".docx", ".doc", ".wps", ".pdf", ".html", ".htm", ".mht", ".mhtml", ".txt", ".md")
MOST_ATTACHED = 5
# 这份报告, 附件: the file that lies beside the question is meant, and nothing else.
_THIS = re.compile(r"[这该本][份个本张篇](?:文件|报告|年报|材料|台账|表格?|附件)|附件|所附|随附|上传的")
_PARTS = ("总体情况", "主动公开", "依申请公开", "行政复议", "行政诉讼", "问题", "改进", "其他", "培训", "监督", "平台")


@dataclass(frozen=True)
class SourceChoice:
    """Something that can be ticked."""

    key: str
    label: str


class AnswerSources:
    """The sources that there are, and the files beside a conversation."""

    def __init__(
        self, office: Callable[[], Office], knowledge: Callable[[], KnowledgeBase], ledgers: Bookkeeping
    ) -> None:
        self._office = office
        self._knowledge = knowledge
        self._ledgers = ledgers

    def listed(self) -> tuple[SourceChoice, ...]:
        """The office's own figures, each report, the regulations level by level."""
        levels, reports = {}, []
        for held in self._knowledge().documents():
            if held.kind == "report":
                reports.append(SourceChoice(f"report:{held.id}", f"《{held.title}》"))
            else:
                levels.setdefault(held.document.level, set()).add(held.title)
        laws = [
            SourceChoice(f"level:{level}", f"法规：{level or '未分级'}（{len(titles)} 部）")
            for level, titles in levels.items()
        ]
        collected = [SourceChoice(COLLECTED, "汇集的各单位报告")] if self._office().collected.years() else []
        return (SourceChoice(OWN, "本单位台账的数字"), *collected, *reports, *laws)

    def left_out(self, unticked: Collection[str], most: int = 5) -> list[str]:
        """The labels of the unticked sources that hold figures, ``most`` of them by name."""
        some = [one.label for one in self.listed() if one.key in unticked and not one.key.startswith("level:")]
        return some if len(some) <= most else [*some[:most], f"等{len(some)}项"]

    def untick(self, user: User, conversation: int, keys: Collection[str]) -> None:
        """Keep which sources the answers of a conversation leave out."""
        self._office().conversations.untick(user, conversation, keys)

    # --- files beside a conversation --------------------------------------------------------------

    def attached(self, user: User, conversation: int | None) -> tuple[Attachment, ...]:
        """The files beside a conversation; none of one that has not begun."""
        return self._office().attachments.of(user, conversation) if conversation else ()

    def attach(self, user: User, conversation: int, path: Path, name: str) -> tuple[Attachment, ...]:
        """Read a ledger or a report for a conversation; all that lie beside it then.

        UnusableInput where it is neither, cannot be read, or there are ``MOST_ATTACHED`` already.
        """
        held = self._office().attachments.of(user, conversation)
        if len(held) >= MOST_ATTACHED and name not in {one.name for one in held}:
            raise UnusableInput(f"一个对话最多放 {MOST_ATTACHED} 个文件，请先拿走一个")
        told, read = self.read(path, name)
        return self._office().attachments.add(user, conversation, name, told, read)

    def detach(self, user: User, conversation: int, id: int) -> None:
        """Take a file away from a conversation."""
        self._office().attachments.remove(user, conversation, id)

    def read(self, path: Path, name: str) -> tuple[str, YearFigures | Document]:
        """What a file is, in words, and what can be asked of it; UnusableInput where it is neither ledger nor report."""
        suffix = path.suffix.lower()
        if suffix in LEDGER_SUFFIXES:
            return self._ledger(path, name)
        if suffix not in REPORT_SUFFIXES:
            raise UnusableInput(
                f"“{name}”不是台账（{'、'.join(LEDGER_SUFFIXES)}），也不是报告（{'、'.join(REPORT_SUFFIXES)}）"
            )
        import ingest

        document = replace(ingest.read(path, "report"), source=name)
        whose = f"{document.org or '单位不明'} {document.year or '年度不明'}"
        told = f"报告，{whose} 年" if document.year else f"报告，{whose}"
        return told if document.tables else f"{told}，没有读到三张表", document

    def _ledger(self, path: Path, name: str) -> tuple[str, YearFigures]:
        from answering import of_ledger

        result = replace(self._ledgers.answered(path), source=name)
        told = f"台账，{result.figures.org} {result.figures.year} 年"
        if result.failed:
            told += f"，{len(result.failed)} 项校验未通过"
        if result.open_questions:
            told += f"，{len(result.open_questions)} 个问题没有答复"
        return told, of_ledger(result)

    # --- what is kept to --------------------------------------------------------------------------

    def kept_to(
        self, held: Sequence[YearFigures], attached: Sequence[Attachment], unticked: Collection[str]
    ) -> tuple[Kept, ...]:
        """What is to be asked, the narrowest first: the next where one does not answer.

        ``held`` are the office's own figures. Files beside the question come before what the office holds.
        """
        base = self._knowledge()
        summaries = base.documents()
        left = frozenset(one.id for one in summaries if key_of(one) not in unticked)
        ticked = self._figures(held, unticked)
        if not attached:
            return (Kept(Narrowed(base, left), ticked),)
        theirs, documents = figures_of(attached), tuple(one.document for one in attached if one.document)
        orgs = {one.org for one in theirs}
        taken = {(one.org, one.year) for one in theirs}
        same = [one for one in ticked if one.org in orgs and (one.org, one.year) not in taken]
        return (
            Kept(Narrowed(base, frozenset(), documents), theirs, only_this=True),
            Kept(Narrowed(base, left, documents), [*theirs, *same]),
            Kept(Narrowed(base, left, documents), [*theirs, *(one for one in ticked if one not in same)]),
        )

    def _figures(self, held: Sequence[YearFigures], unticked: Collection[str]) -> list[YearFigures]:
        documents = self._knowledge().documents()
        gone = {one.title for one in documents if one.kind == "report" and key_of(one) in unticked}
        return [one for one in held if (OWN not in unticked if one.computed else one.source not in gone)]

    def unticked_in(self, answer: Answer, held: Sequence[YearFigures], unticked: Collection[str]) -> list[str]:
        """The labels of the unticked sources that an answer made of all of them rests on."""
        summaries = self._knowledge().documents()
        cited = {one.hit.title for one in answer.citations}
        keys = {key_of(one) for one in summaries if one.title in cited}
        if answer.mode == "figures":
            told = [one for one in held if one.source and one.source in answer.answer]
            keys |= {OWN for one in told if one.computed}
            keys |= {key_of(one) for one in summaries if one.title in {each.source for each in told}}
        return [one.label for one in self.listed() if one.key in keys & set(unticked)]


@dataclass(frozen=True)
class Kept:
    """What one attempt at an answer may rest on; ``only_this``: for a question that points at the file."""

    knowledge: Narrowed
    figures: list[YearFigures]
    only_this: bool = False


def points_at_a_file(question: str) -> bool:
    """Whether a question is for the file beside it (这份报告)."""
    return bool(_THIS.search(question))


def figures_of(attached: Sequence[Attachment]) -> list[YearFigures]:
    """The figures of the files that hold some."""
    from answering import of_report

    found = []
    for one in attached:
        if one.figures:
            found.append(one.figures)
        elif one.document and one.document.tables:
            found.append(of_report(one.document))
    return found


def key_of(summary: Any) -> str:
    """The source that a document belongs to."""
    return f"report:{summary.id}" if summary.kind == "report" else f"level:{summary.document.level}"


def is_answer(answer: Answer) -> bool:
    """Whether it is more than the nearest that there is."""
    return not answer.refused and all(note.code != "nearest" for note in answer.notes)


def told_unticked(answer: Answer, labels: Sequence[str]) -> Answer:
    """The answer with what is to be known of sources that were left out; it takes the place of one that is none."""
    if not labels:
        return answer
    names = "、".join(labels)
    if is_answer(answer):
        return replace(answer, notes=(*answer.notes, Note("unticked", f"没有勾选的来源里还有所问的内容：{names}")))
    said = f"所问的内容在没有勾选的来源里：{names}。勾选以后可以再问。"
    kept = tuple(note for note in answer.notes if note.code != "nearest")
    return replace(answer, answer=said, refused=True, citations=(), notes=kept)


class Narrowed:
    """A knowledge base (``answering.Knowledge``) of which only some documents count, and files beside it."""

    def __init__(self, base: KnowledgeBase, only: frozenset[str], beside: Sequence[Document] = ()) -> None:
        self._base = base
        self._only = only
        self._beside = beside
        held = base.documents()
        self._titles = {one.title for one in held if one.id in only}
        self._dropped = {one.title for one in held} - self._titles
        self._passages = sum(one.passages for one in held if one.id in only)

    def search(
        self, text: str, k: int = 10, kind: Kind | None = None, as_of: date | None = None, title: str | None = None
    ) -> list[Hit]:
        found = self._base.search(text, k=k, kind=kind, as_of=as_of, title=title, only=self._only)
        beside = [] if kind == "regulation" or title else passages_for(text, self._beside)
        return sorted([*beside, *found], key=lambda hit: -hit.score)[:k]

    def resolve(self, text: str, as_of: date | None = None) -> list[Hit]:
        return [hit for hit in self._base.resolve(text, as_of) if hit.title in self._titles]

    def only_known(self, text: str, as_of: date | None = None) -> list[Hit]:
        return [hit for hit in self._base.only_known(text, as_of) if hit.title not in self._dropped]

    def articles(self, title: str, as_of: date | None = None) -> list[Hit]:
        return [] if title in self._dropped else self._base.articles(title, as_of)

    def standing(self, text: str) -> list[Standing]:
        return [one for one in self._base.standing(text) if one.title not in self._dropped]

    def replaced(self, title: str) -> list[str]:
        return self._base.replaced(title)

    def references(self, text: str) -> list[ArticleReference]:
        return [one for one in self._base.references(text) if one.title not in self._dropped]

    def elsewhere(self, text: str) -> MatterElsewhere | None:
        return None if self._beside else self._base.elsewhere(text)  # a file may well speak of it

    def counts(self) -> dict[str, int]:
        return {**self._base.counts(), "passages": self._passages + sum(len(one.passages) for one in self._beside)}


def passages_for(text: str, documents: Sequence[Document]) -> list[Hit]:
    """The passages of files beside a question, by how far they hold its words (no index is made of a file)."""
    from answering.terms import content_terms, coverage

    asked = _THIS.sub("", text)
    parts = [part for part in _PARTS if part in asked]
    terms = [term for term in content_terms(asked) if term not in {"报告", "年报", "年度报告", "年度"}]
    hits = []
    for document in documents:
        for number, passage in enumerate(document.passages):
            held = coverage(terms, f"{passage.heading}{passage.article}{passage.text}") if terms else 0.0
            if any(part in f"{passage.heading}{passage.article}" for part in parts):
                held = max(held, 0.9)
            hits.append(_hit(document, number, held))
    return sorted(hits, key=lambda hit: -hit.score)


def _hit(document: Document, number: int, score: float) -> Hit:
    passage = document.passages[number]
    return Hit(
        kind="report",
        title=document.title,
        article=passage.article,
        article_no=passage.article_no,
        article_sub=passage.article_sub,
        text=passage.text,
        verbatim=passage.verbatim,
        status="现行有效",
        effective_from=None,
        effective_to=None,
        replaced_by="",
        source=document.source,
        heading=passage.heading,
        score=min(score, 1.0),
        passage_id=f"beside:{document.digest[:12]}:{number}",
    )
