"""A model's prose, let out sentence by sentence as each passes the gates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import prompts
from answering.law import extract
from answering.law.excerpt import best_sentences
from answering.law.faithful import cuts_a_word, fluent, lack, worded
from answering.law.grammar import cited_sentences
from answering.law.grounds import Grounds
from answering.law.judge import MARKER, Verdict, judge
from answering.law.places import leaves_out
from answering.law.question import Question
from answering.law.units import bound, units
from chat import ChatModel, Message
from domain import Hit, Rejection
from gates.sentences import visible

MOST_SENTENCES = 3
PROMPT_CHARACTERS = 520  # of evidence: some 350 tokens, seven seconds of reading on two cores
PROMPT_PASSAGES = 4
MOST_TOKENS = 220
_TASK = {
    False: "直接回答问题，最多三句话，每句话末尾标出段号。",
    True: "概括以上规定，最多三句话，每句话末尾标出段号。",
}
# A marker may stand before or behind the end mark; behind is what the grammar asks for.
_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]+[”’」』]*(?:[ 　]*[\[［【][^\]］】\n]{1,12}[\]］】])*")
_MARKER_FORMS = re.compile(
    r"[\[［【]{1,2}(?:依据|来源|段|第|\^)?\s*(\d{1,3}(?:\s*[,，、;；]\s*\d{1,3})*)\s*(?:段|†[^\]］】\n]{0,20})?[\]］】]{1,2}"
)
_ENDS_IN_MARKER = re.compile(r"[^\n]*[\[［【][^\[\]［］【】\n]{1,12}[\]］】]{1,2}\s*$")
LONGEST = 800
"""Characters of one sentence; what goes on without an end is no answer, and is read no further."""
_MARKDOWN = re.compile(r"^(?:依据|条文)[ 　:：]+|^\s*(?:[-*•>#]+\s*|\d{1,2}[.、．)）]\s*)|\*\*|`")

# An answer of its own begins with none of these.
_CONNECTIVE = re.compile(r"^(?:(?:因此|所以|综上(?:所述)?|总之|总的来说)[，,：:]?|(?:答|回答)[，,：:])")


def write(
    question: Question, basis: Grounds, model: ChatModel, cancelled: Callable[[], bool] | None = None
) -> Iterator[Verdict]:
    """The verdict on each sentence as soon as it is whole. Raises ModelUnavailable."""
    places = _shown(question, basis.evidence)
    shown = [basis.evidence[place] for place in places]
    share = PROMPT_CHARACTERS // len(shown)
    texts = [best_sentences(hit.text, question.terms, share) for hit in shown]
    stream = model.stream(
        _messages(question, texts),
        grammar=cited_sentences(texts, MOST_SENTENCES),
        max_tokens=MOST_TOKENS,
        temperature=0.0,
        cancelled=cancelled,
    )
    seen: set[str] = set()
    said: set[str] = set()
    for sentence in sentences(stream):
        if sentence in seen:
            continue
        seen.add(sentence)
        verdict = judge(sentence, shown, question.search)
        if not question.wants_articles:
            verdict = _in_full(verdict, shown, question.search)
        verdict = _faithful(verdict, shown, question, "".join(said))
        if verdict.sentence in said:
            continue
        said |= {verdict.sentence} - {""}
        yield replace(verdict, sentence=MARKER.sub(lambda k: f"[{places[int(k[1]) - 1] + 1}]", verdict.sentence))
        if len(seen) >= MOST_SENTENCES:
            return


def _in_full(verdict: Verdict, shown: Sequence[Hit], question: str) -> Verdict:
    """The article's own words where the sentence names but some of the items that are asked for."""
    for k in map(int, MARKER.findall(verdict.sentence)):
        if counts := leaves_out(verdict.sentence, shown[k - 1].text, question):
            reason = "条文列举了{1}项，模型只说了{0}项，改为摘录条文".format(*counts)
            rejection = Rejection(MARKER.sub("", verdict.sentence), reason, verdict.sentence)
            return Verdict(f"{extract.whole(shown[k - 1], k)}\n", (*verdict.rejections, rejection))
    return verdict


def _faithful(verdict: Verdict, shown: Sequence[Hit], question: Question, said: str) -> Verdict:
    """The verdict, where the sentence says what its article says; else nothing, or the article's own words."""
    places = [int(k) for k in MARKER.findall(verdict.sentence)]
    plain = MARKER.sub("", verdict.sentence).strip()
    if not places or "：“" in plain:
        return verdict
    if not fluent(plain):
        reason = Rejection(plain, "这句话不完整", verdict.sentence)
        return Verdict("", (*verdict.rejections, reason))
    hit = shown[places[0] - 1]
    found = lack(plain, hit.text, question.asked, MARKER.sub("", said))
    if found is None:
        return verdict
    rejections = (*verdict.rejections, Rejection(plain, found.reason, verdict.sentence))
    if found.turned:
        return Verdict("", rejections)
    own = [unit.text for unit in bound([worded(plain, hit.text)], units(hit.text))]
    return Verdict(f"{extract.whole(hit, places[0], own)}\n", rejections)


def _shown(question: Question, evidence: Sequence[Hit]) -> list[int]:
    """The places of the passages that the model reads: the best, or of a list one from each chapter."""
    places = list(range(len(evidence)))
    if question.wants_articles and len(places) > PROMPT_PASSAGES:
        first_of = {(hit.title, hit.heading): at for at, hit in reversed(list(enumerate(evidence)))}
        # The general provisions come last: what they say of everything is no summary.
        firsts = sorted(first_of.values(), key=lambda at: ("总则" in evidence[at].heading, at))
        places = firsts + [at for at in places if at not in first_of.values()]
    return sorted(places[:PROMPT_PASSAGES])


def sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Whole sentences of a stream, each with its markers; an unfinished last one is left out."""
    waiting = ""
    for piece in pieces:
        waiting += visible(piece)
        while (match := _SENTENCE.match(waiting)) and _settled(waiting[match.end() :]):
            yield from _worded(match.group())
            waiting = waiting[match.end() :]
        if len(waiting) > LONGEST:
            yield waiting[:LONGEST]
            return
    if match := _SENTENCE.match(waiting) or _ENDS_IN_MARKER.match(waiting):
        yield from _worded(match.group())


def _settled(rest: str) -> bool:
    """Whether what follows shows that no further marker belongs to the sentence."""
    rest = rest.lstrip(" 　")
    return bool(rest) and rest[0] not in "[［【"


def _worded(sentence: str) -> Iterator[str]:
    """The sentence without list marks and Markdown, its markers in one form."""
    whole = _MARKDOWN.sub("", _MARKER_FORMS.sub(_single_markers, sentence)).strip()
    plain = _CONNECTIVE.sub("", whole)
    if cuts_a_word(whole, plain):
        plain = whole
    if plain:
        yield plain


def _single_markers(match: re.Match[str]) -> str:
    return "".join(f"[{number}]" for number in re.findall(r"\d+", match[1]))


def _messages(question: Question, texts: Sequence[str]) -> list[Message]:
    """The system prompt stands first and never changes, so that its reading is cached.

    The model is not told the names of regulations and articles: they come from the citation.
    """
    passages = [{"marker": marker, "text": " ".join(text.split())} for marker, text in enumerate(texts, start=1)]
    task = _TASK[question.wants_articles]
    # Asked 哪些条款, a model lists article numbers; the list below does that, and without mistakes.
    topic = f"法规是怎么规定{''.join(question.terms)}的？"
    put = topic if question.wants_articles else question.search
    asked = prompts.render("answer_question", passages=passages, question=put, task=task)
    return [("system", prompts.render("answer_system")), ("user", asked)]
