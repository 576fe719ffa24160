"""Whether one sentence of a model may stand: markers, numerals, references, quotations, support.

Each gate looks at the sentence and at the passages it cites and gives the reasons against it; a
sentence with a reason is left out whole, so that no half-sentence is ever shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answering.law.claims import NEGATION, beyond, presupposed
from domain import Hit, Rejection
from gates.citations import find_references
from gates.numbers import strays, unsupported
from gates.support import CLAUSE, bigrams, overlap, prompt_talk

MARKER = re.compile(r"\[(\d{1,3})\]")
SUPPORT = 0.6
"""The share of a sentence's character pairs that its passage must hold; see bench/answers.py."""
SURE_SUPPORT = 0.65
FEW = 3
CLEARLY = 0.25
"""What it takes, and by how much more, to move a marker to another passage than the model's own."""
_META = re.compile(r"条文|资料|编号|段号|上述规定|以上规定|(?:根据|依据|按照)(?=法规|规定，|以上|条|段|第|[0-9])")
_QUOTED = re.compile(r"“([^“”]{2,})”|「([^「」]{2,})」|『([^『』]{2,})』|‘([^‘’]{2,})’|[\"＂]([^\"＂]{2,})[\"＂]")
_NEGATED_ACT = re.compile(
    r"(?:不得|不予|不能|不应|不可|不再|不(?!仅|但|同|断|动产|服|良|限于)|未(?!来|成年)|禁止|严禁)([一-龥]{2})"
)
# Who or what a rule is said to hold for, at the head of a sentence.
_HELD_FOR = re.compile(r"^([一-龥A-Za-z]{2,24}?)，?(?:不?属于|视为|是|应当?|必须|不得|可以|需要?|有权)")
_YES_NO = re.compile(r"^(?:是的?|不是|对的?|好的|不?可以的?|不?能|不?会|不?行|不?需要|不?要|不用|有|没有)[，,：:]")
SHORTEST = 8
_BRACKET = re.compile(r"[\[\]［］]")
_GLUE = re.compile(r"(根据|按照|依据|依照|规定|应当|应该|需要|必须|的|了|，|、)")


@dataclass(frozen=True)
class Verdict:
    """The sentence as it may be shown, or "". ``rejections`` give the reasons, or tell of a moved marker."""

    sentence: str
    rejections: tuple[Rejection, ...] = ()


def judge(sentence: str, evidence: Sequence[Hit], question: str = "") -> Verdict:
    """The verdict on one sentence whose ``[k]`` points to ``evidence[k - 1]``.

    Words of the ``question`` that the sentence repeats need no support: they claim nothing new.
    """
    markers = [int(number) for number in MARKER.findall(sentence)]
    bare = _YES_NO.sub("", MARKER.sub("", sentence).strip())
    if not bare.strip("。；！？，"):
        return Verdict("")
    if not markers:
        return _out(sentence, bare, "没有引用依据")
    if len(bare) < SHORTEST:
        return _out(sentence, bare, "太短，没有说出条文的内容")
    if wrong := [k for k in markers if not 1 <= k <= len(evidence)]:
        return _out(sentence, "".join(f"[{k}]" for k in wrong), "引用编号不在依据之中")
    markers = list(dict.fromkeys(markers))
    held = max(support(bare, evidence[k - 1], question) for k in markers)
    moved: tuple[Rejection, ...] = ()
    if other := _better_source(bare, evidence, held, question):
        marks = "".join(f"[{k}]" for k in markers)
        moved = (Rejection(marks, f"引用编号与内容不符，已改为{evidence[other - 1].article}", sentence),)
        markers = [other]
    # One article must hold the whole sentence: two that hold half of it each make a rule that nobody made.
    reasons = {k: _reasons(bare, [evidence[k - 1]], evidence, question, bool(moved)) for k in markers}
    if all(reasons.values()):
        least = min(reasons.values(), key=len)
        return Verdict("", tuple(Rejection(text, reason, sentence) for text, reason in least))
    dropped = [Rejection(f"[{k}]", "这一条没有这个意思，已去掉编号", sentence) for k in markers if reasons[k]]
    return Verdict(_with_markers(bare, [k for k in markers if not reasons[k]]), (*moved, *dropped))


def _reasons(
    bare: str, cited: Sequence[Hit], evidence: Sequence[Hit], question: str, known: bool
) -> list[tuple[str, str]]:
    """Everything that a sentence says and its passages do not: (words, reason). ``known``: they say it in the main."""
    enough = known or max(support(bare, hit, question) for hit in cited) >= SUPPORT
    return [
        *([] if enough else [(bare, "所引条文没有这个意思")]),
        *((mark, "引用标记不完整") for mark in _BRACKET.findall(bare) if not any(mark in hit.text for hit in cited)),
        *_about_itself(bare, cited),
        *_numerals(bare, cited),
        *_references(bare, cited),
        *_quotations(bare, cited),
        *_polarity(bare, cited, question),
        *_other_matter(bare, cited, evidence),
        *_brought_in(bare, cited, question),
        *beyond(_without_names(bare), cited, question),
    ]


def support(sentence: str, hit: Hit, question: str = "") -> float:
    """How much of what the sentence says, beyond the question, the passage holds, in [0, 1]."""
    said = bigrams(_GLUE.sub("，", _without_names(sentence)))
    held = bigrams(_GLUE.sub("，", f"{hit.heading}，{hit.text}"))
    new = said - bigrams(question)
    shares = [len(pairs & held) / len(pairs) for pairs in (said, new) if len(pairs) >= FEW]
    return max(shares, default=0.0)


def _without_names(text: str) -> str:
    """The text without the regulations and articles that it names."""
    for reference in reversed(find_references(text)):
        text = text[: reference.start] + "，" + text[reference.end :]
    return text


def _better_source(bare: str, evidence: Sequence[Hit], held: float, question: str) -> int | None:
    """The place of a passage that clearly says this, where the cited ones (``held``) hardly do."""
    best = max(range(len(evidence)), key=lambda at: support(bare, evidence[at], question))
    found = support(bare, evidence[best], question)
    return best + 1 if found >= SURE_SUPPORT and found >= held + CLEARLY else None


def _about_itself(bare: str, cited: Sequence[Hit]) -> list[tuple[str, str]]:
    """Talk of the prompt instead of the law."""
    plain = _without_names(bare)
    wrong = [word for word in _META.findall(plain) if not any(word in hit.text for hit in cited)]
    return [(word, "说的是提示，不是条文") for word in (*wrong, *prompt_talk(plain))]


def _numerals(bare: str, cited: Sequence[Hit]) -> list[tuple[str, str]]:
    found = [numeral.text for numeral in unsupported(bare, [hit.text for hit in cited])]
    found += strays(_without_names(bare), [f"{hit.title}\n{hit.heading}\n{hit.text}" for hit in cited])
    return [(words, "数字不在所引条文中") for words in found]


def _references(bare: str, cited: Sequence[Hit]) -> list[tuple[str, str]]:
    """What the sentence names must be a passage that it cites, or be named in that passage."""
    wrong = []
    for reference in find_references(bare):
        words = bare[reference.start : reference.end]
        known = any(
            (not reference.title or _same_title(reference.title, hit.title))
            and (not reference.article_no or (reference.article_no, reference.sub) == (hit.article_no, hit.article_sub))
            for hit in cited
        )
        # An article that the passage itself refers to stays in the words around it (有第八条情形).
        around = bare[max(0, reference.start - 1) : reference.end]
        if not known and not (len(around) > len(words) and any(around in hit.text for hit in cited)):
            wrong.append((words, "这一法规条文不是所引的依据"))
    return wrong


def _same_title(written: str, title: str) -> bool:
    """A short form (条例, 本办法) stands for a title that ends in it."""
    short = written.removeprefix("本").removeprefix("该").removeprefix("中华人民共和国")
    return bool(short) and (title == short or title.endswith(short))


def _quotations(bare: str, cited: Sequence[Hit]) -> list[tuple[str, str]]:
    """What stands in quotation marks is the official wording; a digest has none to quote."""
    quoted = [next(filter(None, groups)) for groups in _QUOTED.findall(bare)]
    official = [hit.text for hit in cited if hit.verbatim]
    return [(words, "引号内的话不是所引条文的原文") for words in quoted if not any(words in text for text in official)]


def _other_matter(bare: str, cited: Sequence[Hit], evidence: Sequence[Hit]) -> list[tuple[str, str]]:
    """A negated act (不披露) that only another passage speaks of: the sentence mixes two articles."""
    wrong = []
    for phrase in _negated_acts(bare):
        elsewhere = [hit for hit in evidence if phrase in hit.text and hit not in cited]
        if elsewhere and not any(phrase in hit.text for hit in cited):
            wrong.append((phrase, f"这是{elsewhere[0].article}的情形，所引条文没有"))
    return wrong


def _brought_in(bare: str, cited: Sequence[Hit], question: str) -> list[tuple[str, str]]:
    """A matter that only the question speaks of, put under a rule that does not mention it."""
    match = _HELD_FOR.match(_without_names(bare).lstrip("，"))
    if match is None:
        return []
    said = bigrams(match[1])
    spoken = set().union(*(bigrams(f"{hit.title}，{hit.heading}，{hit.text}") for hit in cited))
    if said and said <= bigrams(question) and not said & spoken:
        return [(match[1], "所引条文没有提到它")]
    return []


def _polarity(bare: str, cited: Sequence[Hit], question: str) -> list[tuple[str, str]]:
    """A negation that the passage does not know, or one of the passage's that the sentence drops."""
    negated = next((one for one in NEGATION.finditer(bare) if not presupposed(one, bare, question)), None)
    if negated and not any(NEGATION.search(hit.text) for hit in cited):
        return [(negated.group(), "所引条文没有这个否定")]
    parts = [part for hit in cited for part in CLAUSE.split(hit.text) if part]
    for clause in CLAUSE.split(_without_names(bare)):
        if NEGATION.search(clause):
            continue
        for act, negation in {
            match[1]: match.group() for part in parts for match in _NEGATED_ACT.finditer(part)
        }.items():
            if act in clause and _nearest(clause, parts, act, True) > _nearest(clause, parts, act, False):
                return [(clause, f"条文说的是“{negation}”，意思相反")]
    return []


def _nearest(clause: str, parts: Sequence[str], act: str, negated: bool) -> float:
    """How near a clause comes to those parts of a passage that negate an act, or that do not."""
    same = [part for part in parts if act in part and bool(_NEGATED_ACT.search(part)) is negated]
    return max((overlap(clause, part) for part in same), default=0.0)


def _negated_acts(text: str) -> list[str]:
    return [match.group() for match in _NEGATED_ACT.finditer(text)]


def _with_markers(bare: str, markers: Sequence[int]) -> str:
    marks = "".join(f"[{k}]" for k in dict.fromkeys(markers))
    end = re.search(r"[。；！？!?;]+$", bare)
    return f"{bare[: end.start()]}{marks}{end.group()[0]}" if end else f"{bare}{marks}。"


def _out(sentence: str, text: str, reason: str) -> Verdict:
    return Verdict("", (Rejection(text, reason, sentence.strip()),))
