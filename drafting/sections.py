"""One narrative section from start to finish: by the model where there is one, else by rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from chat import ChatModel
from domain import (
    SECTION_TITLES,
    Delta,
    Draft,
    Event,
    Evidence,
    Finished,
    LedgerResult,
    ModelUnavailable,
    Phrase,
    Progress,
    Rejection,
    UnusableInput,
)
from drafting.basis import Basis, Knowledge
from drafting.compose import ORDER, TOPICS, Material, compose
from drafting.grammar import PLACEHOLDER
from drafting.phrases import catalogue
from drafting.problems import problem
from drafting.screen import Screen, leads
from drafting.write import Writer
from gates.citations import find_references
from gates.placeholders import expand, unbound
from gates.sentences import split

BY_RULE = {"other": "收费说明按规定的三项内容直接写成，不由模型改写"}
REVIEW = "模型改写的文字请核对；数字由系统填入，不必重算"


def draft(
    section: str,
    ledger: LedgerResult,
    knowledge: Knowledge | None = None,
    model: ChatModel | None = None,
    as_of: date | None = None,
    notes: str = "",
    cancelled: Callable[[], bool] | None = None,
    fault: str = "",
) -> Iterator[Event]:
    """The section as it is written, the last event being ``Finished(Draft)``.

    section: a key of ``domain.SECTION_TITLES``, else UnusableInput. as_of: the date on which cited
    articles must be in force (the last day of the report's year when unset). notes: the office's own
    remarks, taken over word for word. fault: why there is no model, if one was wanted.
    """
    if section not in SECTION_TITLES:
        raise UnusableInput(f"没有“{section}”这一部分，可以起草的部分有：{'、'.join(SECTION_TITLES)}")
    basis = Basis(knowledge, as_of or date(ledger.figures.year, 12, 31))
    work = _Work(section, Material(ledger, catalogue(ledger, notes), basis, notes), cancelled)
    templates = compose(section, work.material)
    if basis.cited:
        yield Evidence(tuple(basis.cited))
    if model is None or section in BY_RULE:
        reason = BY_RULE.get(section) if model is not None else fault or "没有使用模型，按台账直接写成"
        work.notes += [reason] if reason else []
    else:
        yield Progress(f"正在由{model.name}起草“{SECTION_TITLES[section]}”")
        try:
            yield from work.by_model(model, templates)
        except ModelUnavailable as error:
            work.notes.append(f"{error}；已改为按台账直接写成")
            work.restart()
    if not work.paragraphs:
        yield from work.by_rule(templates)
    yield Finished(work.finished())


@dataclass
class _Work:
    """A section under way: its paragraphs so far, the figures in them, and what was taken out."""

    section: str
    material: Material
    cancelled: Callable[[], bool] | None
    paragraphs: list[str] = field(default_factory=list)
    used: list[Phrase] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    mode: str = "composed"

    def restart(self) -> None:
        """Forget the paragraphs; what was taken out stays reported."""
        self.paragraphs, self.used, self.mode = [], [], "composed"

    def by_rule(self, templates: list[str]) -> Iterator[Event]:
        for template in templates:
            yield from self._compose(template)

    def by_model(self, model: ChatModel, templates: list[str]) -> Iterator[Event]:
        """The model's paragraphs, each from one of the composer's; those without figures stay."""
        writer = Writer(model, self.material, self._screen(templates), self.cancelled)
        try:
            if self.section == "problems" and self.material.ledger.signals:
                yield from self._problems(writer, templates)
            else:
                yield from self._rewritten(writer, templates)
        finally:
            self.rejected += writer.rejected
        self.used += writer.used
        if not writer.accepted:
            tried = "模型写的内容没有一句通过检查，已改为" if writer.rejected else "这部分只有固定表述，"
            self.notes.append(f"{tried}按台账直接写成")
            self.restart()
            return
        self.mode = "model"
        self.notes.append(REVIEW)

    def _problems(self, writer: Writer, templates: list[str]) -> Iterator[Event]:
        yield from self._compose(templates[0])
        count = min(len(self.material.ledger.signals), len(ORDER))
        for number in range(count):
            if self._stopped():
                yield from self._compose(templates[1 + number])
                continue
            yield Progress(f"正在写第{ORDER[number]}个问题，共{ORDER[count - 1]}个")
            self.paragraphs.append("")
            for text in writer.problem(number, problem(self.material, number)):
                self.paragraphs[-1] += text
                yield Delta(text)
            yield Delta("\n")
        for template in templates[1 + count :]:
            yield from self._compose(template)

    def _rewritten(self, writer: Writer, templates: list[str]) -> Iterator[Event]:
        heading = SECTION_TITLES[self.section]
        for template in templates:
            if template.startswith("（") and template[3:] in TOPICS.values():
                heading = template[3:]
            text = writer.paragraph(template, heading) if self._worth_rewriting(template) else ""
            if text:
                self.paragraphs.append(text)
                yield Delta(text + "\n")
            else:
                yield from self._compose(template)

    def _worth_rewriting(self, template: str) -> bool:
        """A paragraph of figures; not a heading, a gap for the office, a legal basis or a zero statement."""
        names = PLACEHOLDER.findall(template)
        fixed = "【" in template or "《" in template or not all(map(self.material.catalogue.value, names))
        return bool(names) and not fixed and not self._stopped()

    def _compose(self, template: str) -> Iterator[Event]:
        text, used, rejections = expand(template, self.material.catalogue.phrases)
        self.used += used
        self.rejected += rejections
        if text.strip():
            self.paragraphs.append(text)
            yield Delta(text + "\n")

    def _screen(self, templates: list[str]) -> Screen:
        figures = self.material.ledger.figures
        signals = [text for signal in self.material.ledger.signals for text in (signal.message, signal.measure)]
        known = [*templates, *signals, self.material.notes, figures.platform, *self.material.catalogue.phrases]
        articles = {(hit.title, hit.article_no) for hit in self.material.basis.cited}
        blank = replace(self.material, basis=Basis(None, self.material.basis.as_of), notes="")
        worded = [line for section in SECTION_TITLES for line in compose(section, blank)]
        return Screen(self.material.catalogue.phrases, "\n".join(known), articles, leads(worded))

    def _stopped(self) -> bool:
        return bool(self.cancelled and self.cancelled())

    def finished(self) -> Draft:
        """The whole draft; a numeral that no phrase, reference or name accounts for ends its sentence."""
        text = "\n".join(kept for paragraph in self.paragraphs if (kept := self._bound(paragraph)))
        used = [phrase for phrase in dict.fromkeys(self.used) if phrase.text in text]
        if self._stopped():
            self.notes.append("起草被停止，其余部分按台账直接写成")
        return Draft(
            section=self.section,
            text=text,
            mode=self.mode,
            figures=self.material.catalogue.single(used),
            citations=self.material.basis.citations(text),
            signals=self.material.ledger.signals if self.section == "problems" else (),
            rejected=tuple(dict.fromkeys(self.rejected)),
            notes=tuple(self.notes),
        )

    def _bound(self, paragraph: str) -> str:
        figures = self.material.ledger.figures
        names = [name for name in (figures.org, figures.platform, *self.material.catalogue.phrases) if name]
        kept = []
        for sentence in split(paragraph):
            spans = [(r.start, r.end) for r in find_references(sentence)]
            for name in names:
                at = sentence.find(name)
                spans += [(at, at + len(name))] if at >= 0 else []
            stray = unbound(sentence, self.used, spans)
            self.rejected += [Rejection(n.text, "数字没有对应的台账依据", sentence.strip()) for n in stray]
            if not stray:
                kept.append(sentence)
        return "".join(kept).strip()
