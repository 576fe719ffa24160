"""From a question to the finished answer, as a stream of events."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from answering.figures.answer import answer_figures
from answering.figures.question import FigureQuestion, as_matters, conversation, naming, weakly_read, worded
from answering.knowledge import Knowledge
from answering.law import extract, successors
from answering.law.cite import MarkerNumbering
from answering.law.direct import direct
from answering.law.first import is_statement, judges
from answering.law.followup import supported_reading
from answering.law.grounds import IN_FORCE, Grounds, ended_within, grounds_for, told_ended
from answering.law.judge import MARKER
from answering.law.missing import missing, missing_place
from answering.law.own import OwnMatter, own_matter
from answering.law.question import Question, Turn, read, recent
from answering.law.special import special
from answering.law.successors import successor
from answering.law.write import write
from chat import ChatModel, InLine
from domain import (
    Answer,
    Delta,
    Event,
    Evidence,
    Finished,
    Hit,
    ModelUnavailable,
    Note,
    Progress,
    Rejection,
    YearFigures,
)
from store.elsewhere import MatterElsewhere

NO_MODEL = "没有使用语言模型，答复直接摘录自条文"
SURELY = 0.8
"""So likely must an article answer what could also be read as a question for figures, where nothing of one's own is named."""
_OURS = re.compile(
    r"我们|我局|本局|本单位|本机关|局里|咱们|年|[几多]少?[件份条起次人宗项个]|件数|总数|总共|合计|一共|收到|受理|办结|了多少"
)
_ASKS_WHETHER = re.compile(r"[吗么][？?。]*$|([一-龥])不\1|能否|可否|怎么办")
"""So one asks what may or must be done, and for no figure where nothing is counted (公示早结束了，得删吗)."""
JUDGING = 6
"""Articles found that may judge a statement which the evidence leaves open."""
WHOLE_STATEMENT = 0.75
"""The share of the statement's words that such an article holds."""
TOO_SMALL = "这台电脑上的模型较小，不用它转述条文，答复直接摘录自条文"
NEAREST = "没有找到明确回答这个问题的条文。下面这一条可能相关，请核对："
BEFORE_IT_ENDED = "以下是废止以前的规定和其他有关条文。"
NEAREST_ONLY = Note("nearest", "没有把握这一条就是答案，请核对条文原文")
_COUNTS = re.compile("(?:多少|几)[件份条次个人]|去年|今年|本年|上年|全年|总数|总共|一共")


def answer(
    question: str,
    knowledge: Knowledge,
    model: ChatModel | None = None,
    as_of: date | None = None,
    history: Sequence[Turn] = (),
    cancelled: Callable[[], bool] | None = None,
    fault: str = "",
    figures: Sequence[YearFigures] = (),
) -> Iterator[Event[Answer]]:
    """Events that end with ``Finished(Answer)``; what is streamed has already passed the gates.

    ``history`` holds earlier turns, oldest first. ``fault`` says why there is no model, where that
    is no choice. ``figures`` are the office's own, by organ and year: a question for them is
    answered from them alone. Raises UnusableInput for an empty or over-long question.
    """
    turns = recent(history)
    if told := direct(question, knowledge, as_of, read(question, turns).matter if question.strip() else ()):
        yield from _tell(told)
        return
    matters = as_matters(turns, figures, as_of or date.today())
    asked = read(question, matters)
    ours, others = own_figures(asked.asked, turns, figures, knowledge, as_of)

    before = next((content for role, content in reversed(turns) if role == "user"), "")

    def ask(one: Question, basis: Grounds) -> Iterator[Event[Answer]]:
        return _with_ended(
            _from_articles(one, basis, knowledge, model, cancelled, fault, as_of, before), knowledge, as_of
        )

    if ours:
        if ours.standalone:
            yield Progress(f"按“{ours.standalone}”查找")
        beside = [supported_reading(read(one, matters), knowledge, as_of) for one in others]
        yield from _beside(ours, beside, ask)
        return
    asked, basis = supported_reading(asked, knowledge, as_of)
    yield Progress(f"按“{asked.standalone}”查找依据" if asked.standalone else "正在查找依据")
    for event in ask(asked, basis):
        finished = isinstance(event, Finished)
        yield Finished(replace(event.result, standalone=asked.standalone)) if finished else event


def _with_ended(events: Iterator[Event[Answer]], knowledge: Knowledge, as_of: date | None) -> Iterator[Event[Answer]]:
    """The same events; the answer's notes also tell of repealed regulations that its articles name."""
    for event in events:
        if isinstance(event, Finished):
            ended = ended_within([one.hit for one in event.result.citations], knowledge, as_of)
            event = Finished(replace(event.result, notes=tuple(dict.fromkeys((*event.result.notes, *ended)))))
        yield event


def own_figures(
    text: str, history: Sequence[Turn], held: Sequence[YearFigures], knowledge: Knowledge, as_of: date | None
) -> tuple[Answer | None, list[str]]:
    """The answer to a question for the office's own figures, and what else it asks; None where it asks for none."""
    earlier = [content for role, content in history if role == "user"]
    questions, others, continued = conversation(text, earlier, held, as_of or date.today())
    if not questions or weakly_read(text, questions) and _of_the_law(text, knowledge, as_of):
        return None, []
    ours = _counts_ours(text, questions)
    if not ours and weakly_read(text, questions) and _ASKS_WHETHER.search(text):
        return None, []
    if not ours and (_of_the_law(text, knowledge, as_of, SURELY) or knowledge.elsewhere(text)):
        return None, []
    if not any(one.years for one in questions) and _continues_the_law(text, history, held, knowledge, as_of):
        return None, []
    result = answer_figures(questions, held, knowledge)
    standalone = "".join(worded(one) for one in questions) if continued else ""
    return replace(result, standalone=standalone), [naming(one, questions) for one in others]


def _continues_the_law(
    text: str, history: Sequence[Turn], held: Sequence[YearFigures], knowledge: Knowledge, as_of: date | None
) -> bool:
    """Whether a short question (那收多少钱) goes on with one that an article answered, and asks for no count."""
    asked = read(text, history)
    if not asked.cited or not (asked.leans or asked.goes_on) or _COUNTS.search(text):
        return False
    earlier = [content for role, content in history if role == "user"]
    if conversation(earlier[-1], earlier[:-1], held, as_of or date.today())[0]:
        return False
    _, basis = supported_reading(asked, knowledge, as_of)
    return bool(basis.evidence) and not basis.nearest


def _counts_ours(text: str, questions: Sequence[FigureQuestion]) -> bool:
    """Whether a question names a year, an organ or what is counted: of 每天加收多少 it is the law that says."""
    named = any(one.years or one.every or one.org or one.elsewhere or one.compare or one.share for one in questions)
    return named or bool(_OURS.search(text))


def _of_the_law(text: str, knowledge: Knowledge, as_of: date | None, least: float = 0.0) -> bool:
    """Whether an article surely answers, and at least so likely."""
    basis = grounds_for(read(text), knowledge, as_of)
    return bool(basis.evidence) and not basis.nearest and max(hit.score for hit in basis.evidence) >= least


def _beside(
    ours: Answer,
    others: Sequence[tuple[Question, Grounds]],
    ask: Callable[[Question, Grounds], Iterator[Event[Answer]]],
) -> Iterator[Event[Answer]]:
    """The figures, then what the articles say to the rest of the question; markers run on."""
    yield Delta(ours.answer)
    for question, basis in others:
        lead = f"\n\n关于“{question.search.rstrip('？?。')}”：\n"
        yield Delta(lead)
        before, found = len(ours.citations), None
        for event in ask(question, basis):
            if isinstance(event, Delta):
                yield Delta(_shifted(event.text, before))
            elif isinstance(event, Finished):
                found = event.result if isinstance(event.result, Answer) else None
            else:
                yield event
        if found:
            cited = tuple(replace(one, marker=one.marker + before) for one in found.citations)
            ours = replace(
                ours,
                answer=ours.answer + lead + _shifted(found.answer, before),
                refused=ours.refused and found.refused,
                citations=ours.citations + cited,
                notes=tuple(dict.fromkeys((*ours.notes, *found.notes))),
                rejected=ours.rejected + found.rejected,
            )
    yield Finished(ours)


def _shifted(text: str, by: int) -> str:
    return MARKER.sub(lambda match: f"[{int(match[1]) + by}]", text)


def _from_articles(
    asked: Question,
    basis: Grounds,
    knowledge: Knowledge,
    model: ChatModel | None,
    cancelled: Callable[[], bool] | None,
    fault: str,
    as_of: date | None = None,
    before: str = "",
) -> Iterator[Event[Answer]]:
    absent = missing(asked.search, knowledge, as_of)
    if absent and not basis.named:
        yield from _tell(Answer("；\n".join(absent) + "。", "extractive", False, notes=basis.notes))
        return
    if asked.standalone and (told := direct(asked.search, knowledge, as_of)):
        yield from _tell(told)
        return
    if not basis.named and (led := special(asked.search, knowledge, as_of, before)):
        basis = replace(basis, evidence=(led.hit,), nearest=False, ended=None)
        yield Evidence(basis.evidence)
        yield from _tell(extractive(asked, basis, lead=led.says))
        return
    own = None if basis.named or _told_by_a_report(basis) else own_matter(asked.search)
    basis = _with_judge(asked, basis)
    basis = _with_successors(basis, knowledge, as_of)
    elsewhere = knowledge.elsewhere(asked.search) if basis.nearest or not basis.evidence else None
    if own or elsewhere or not basis.evidence:
        yield from _tell(refusal(basis, knowledge.counts()["passages"], elsewhere, own))
        return
    yield Evidence(basis.evidence)
    if model is None or not model.words_law:
        why = NO_MODEL if model is None else TOO_SMALL
        yield from _tell(extractive(asked, basis, Note("no-model", fault or why)))
        return
    if basis.nearest or basis.ended:
        yield from _tell(extractive(asked, basis))
        return
    with InLine(model) as place:
        yield from place.waits(cancelled)
        yield Progress(f"正在由{model.name}作答")
        yield from _with_model(asked, basis, model, cancelled)


def _with_judge(asked: Question, basis: Grounds) -> Grounds:
    """For 对吗: an article found further down that speaks of the whole statement, where the evidence leaves it open."""
    if (
        basis.named
        or not is_statement(asked.asked)
        or (basis.evidence and not basis.nearest and judges(asked, basis.evidence))
    ):
        return basis
    others = [hit for hit in basis.searched[:JUDGING] if hit.kind == "regulation" and hit.status == IN_FORCE]
    deciding = [hit for hit in others if judges(asked, [hit], WHOLE_STATEMENT)]
    leads = {"不对" in judges(asked, [hit], WHOLE_STATEMENT) for hit in deciding}
    if len(leads) != 1:
        return basis
    beside = () if basis.nearest else tuple(hit for hit in basis.evidence if hit not in deciding)
    return replace(basis, evidence=(deciding[0], *beside), nearest=False, ended=None)


def _with_successors(basis: Grounds, knowledge: Knowledge, as_of: date | None) -> Grounds:
    """The same grounds with the articles held that govern now what repealed ones laid down, behind these."""
    if basis.nearest:
        return basis
    evidence: list[Hit] = []
    for hit in basis.evidence:
        now = successors.governing(hit, knowledge, as_of)
        evidence += [one for one in (hit, now) if one and one not in evidence]
    return replace(basis, evidence=tuple(evidence))


def _told_by_a_report(basis: Grounds) -> bool:
    return bool(basis.evidence) and basis.evidence[0].kind == "report" and not basis.nearest


def refusal(
    basis: Grounds, passages: int, elsewhere: MatterElsewhere | None = None, own: OwnMatter | None = None
) -> Answer:
    """Nothing was found: what was searched, what governs the matter, or that only the office knows. ``passages``: how many are held."""
    if own:
        return Answer(own.told, "extractive", True)
    titles = list(dict.fromkeys(hit.title for hit in basis.searched))
    if not titles:
        text = "知识库中没有找到能回答这个问题的内容：知识库里还没有任何条文。"
    elif elsewhere:
        laws = "、".join(f"《{title}》" for title in elsewhere.governed)
        named = f"问的像是“{elsewhere.name}”一类的事"
        governed = f"{named}，一般由{laws}等规定，知识库没有收入" if laws else f"{named}，知识库没有收入"
        text = f"知识库中没有找到能回答这个问题的内容：{governed}。"
    else:
        names = "、".join(f"《{title}》" for title in titles[:5])
        text = (
            f"知识库中没有找到能回答这个问题的内容。已检索全部 {passages} 段条文和报告，"
            f"最接近的出自{names}，但都没有回答这个问题。"
        )
    return Answer(text, "extractive", True, notes=basis.notes)


def extractive(
    question: Question, basis: Grounds, *why: Note, rejected: tuple[Rejection, ...] = (), lead: str = ""
) -> Answer:
    """The passages' own words, each with its marker; ``why`` goes into the notes, ``lead`` before the first."""
    evidence = basis.evidence if basis.named else extract.without_purpose(question, basis.evidence)
    numbering = MarkerNumbering(evidence)
    if question.wants_articles and not basis.named:
        body = f"{extract.lead(evidence)}\n{extract.listing(evidence)}"
    else:
        longest = extract.WHOLE if basis.named else 0
        body = extract.quote(question, evidence[: extract.MOST_QUOTED], longest, lead)
    if basis.nearest:
        body, why = f"{NEAREST}\n{extract.whole(evidence[0], 1)}", (*why, NEAREST_ONLY)
    ended = [hit for hit in evidence if successor(hit)]
    now = "".join(f"{sentence}\n" for hit in ended if (sentence := successors.told(hit, evidence)))
    if basis.ended:
        body = (
            f"{told_ended(basis.ended, bool(now))}。\n{now}\n{BEFORE_IT_ENDED}\n{body}"
            if now
            else f"{told_ended(basis.ended, extract.name(basis.ended) not in body.partition('另见：')[0])}。\n{body}"
        )
    elif now:
        body = f"{now}\n{body}"
    text = numbering.renumber(body)
    if absent := missing_place(question.search, evidence):
        text = f"{absent}。\n{text}"
    return Answer(text, "extractive", False, numbering.citations, (*basis.notes, *why), rejected)


def _with_model(
    question: Question, basis: Grounds, model: ChatModel, cancelled: Callable[[], bool] | None
) -> Iterator[Event[Answer]]:
    numbering = MarkerNumbering(basis.evidence)
    said, rejected = "", []
    try:
        for verdict in write(question, basis, model, cancelled):
            rejected += verdict.rejections
            if verdict.sentence:
                # Above a list the articles' names would stand twice.
                show = numbering.renumber if question.wants_articles else numbering.named
                piece = show(verdict.sentence)
                said += piece
                yield Delta(piece)
    except ModelUnavailable as error:
        why = Note("model-failed", f"{error}；改为直接摘录条文")
        yield Finished(extractive(question, basis, why, rejected=tuple(rejected)))
        return
    stopped = bool(cancelled and cancelled())
    if not said:
        reason = "已停止模型作答" if stopped else "模型写的内容没有通过核对"
        why = Note("stopped" if stopped else "none-passed", f"{reason}，改为直接摘录条文")
        yield Finished(extractive(question, basis, why, *_taken_out(rejected), rejected=tuple(rejected)))
        return
    if question.wants_articles and not basis.named:
        listed = numbering.renumber(f"\n\n{extract.listing(basis.evidence)}")
        said += listed
        yield Delta(listed)
    notes = (*basis.notes, *([Note("stopped", "回答在中途停止")] if stopped else []), *_taken_out(rejected))
    yield Finished(Answer(said, "model", False, numbering.citations, notes, tuple(rejected)))


def _taken_out(rejected: Sequence[Rejection]) -> tuple[Note, ...]:
    if not rejected:
        return ()
    return (Note("taken-out", f"模型写的话有 {len(rejected)} 处与条文对不上，没有采用；请以所引条文为准"),)


def _tell(result: Answer) -> Iterator[Event[Answer]]:
    yield Delta(result.answer)
    yield Finished(result)
