"""The first sentence of an answer: what decides the question, in the words of the rule that decides it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from answering.law.asked import Asked, act_terms, asked_for, held, terms_of
from answering.law.premise import Judgement, judge_statement, statement
from answering.law.question import Question
from answering.law.units import Unit, bonded, bound, limited_by_others, limits, units
from answering.law.whether import Ruling, ruling
from domain import Hit
from gates.support import overlap

IN_FORCE = "现行有效"
LONGEST = 260
"""Characters of a paragraph that the first sentence gives whole; of a longer one it gives the sentence that decides."""
LEAST = 0.2
"""The share of the question's words that a rule holds at least, to stand first."""
RANK = 0.12
"""What a passage loses to the one before it in the evidence."""
DIGEST = 0.05
"""What a digest loses to the official text of the same matter."""
NEARLY = 0.35
"""How near to the best passage another one is, that may judge a statement which the best leaves open."""
IN_ITEM = 0.08
"""By how much an item must say more of the question than any other, to be named alone."""
_NUMBER = r"[0-9０-９一二两三四五六七八九十百千]+"
_DURATION = re.compile(rf"{_NUMBER}(?:个)?(?:工作日|日|天|年|个月|月(?!\d*日)|小时)(?![一-龥]?起施行)")
_TERM = re.compile(
    rf"(?<![月第零〇0-9０-９一二两三四五六七八九十百千])({_NUMBER}个?(?:工作日|日|天|年(?!度)|月(?!\d+日|底)|小时))"
)
_DAY = re.compile(
    r"每?年?\d{1,2}月(?:\d{1,2}日|底)(?:以?前|之前)?|\d{4}年\d{1,2}月\d{1,2}日|之日|届满|的当日|即时|立即|下一年度|次年|次月|当月底|年底前"
)
_DATE = re.compile(r"每年\d{1,2}月(?:\d{1,2}日|底)(?:以?前|之前)")
_AMOUNT = re.compile(rf"罚款|(?:{_NUMBER}|[\d.]+)(?:万|千)?元|百分之|倍|费用")
_WHO = re.compile(
    r"由[^，。；]{2,40}?(?:负责|制定|公布|确定|决定|同意|批准|处理|受理|审批|主持|管辖|代为|责令|承担|公开)|主管部门|批准|同意|负责|被告|报[^，。；]{2,30}确定"
)
_MEANS = re.compile(r"是指|所称|以下(?:简|统)?称|，称[一-龥]{2,8}。|[一-龥]是[一-龥]")
_LIST = re.compile(r"下列|以下|包括|如下|分别")
_PENALTY = re.compile(r"罚款|处分|(?:予以|给予|规定)处罚|责令|吊销|拘留|处(?:每次)?[一二三四五六七八九十0-9]")
ELEMENTS = {
    "howlong": _DURATION,
    "when": _DAY,
    "cost": _AMOUNT,
    "penalty": _PENALTY,
    "who": _WHO,
    "what": _MEANS,
    "list": _LIST,
}
ELEMENT = 0.35
"""What it counts for a rule that it holds the kind of thing asked for (a period for 几天)."""
SPOKEN_OF = 0.5
"""The share of a statement's words that the rule and its title hold at least, to judge it."""
DOUBT = 0.2
"""How much less another sentence may say of a statement, to cast doubt on its being false."""
EARLIER = 0.02
"""What a paragraph loses to the one before it: the general rule stands first."""
OF_A_CASE = 0.2
_OF_A_CASE = re.compile("(?:依照|按照)(?:本法|本条例|本办法)第[一二三四五六七八九十百]+条[^，。]*规定")
"""What a paragraph loses that rules for a case of another article (依照本法第二十六条的规定统一办理的)."""
_EXTENDS = re.compile("延长|延期|延迟|延至|^[再能可]?延$|^延(?=[几多])")
_OF_NUMBERS = re.compile(
    r"[\d半一二两三四五六七八九十]|^(?:月底|月末|月初|年底|年末|工作日|以内|之内|期间|就行|就可以|就够|够了|最多|最少|最高|最低|至少|不超过|不少于)$"
)
"""Words of a number or of how it is put, which no rule need hold."""
_BREAK = re.compile(r"[；;]")
_ACT_WITHIN = re.compile(
    r"(?:几|多少)(?:个)?(?:工作日|天|日|个?月|年)(?:之内|以内|内)?(?:要|得|该|应当?|必须)?([一-龥]{2,3}?)(?=$|[？?，,。呢吗]|之后|以后)"
)
"""The act of which a period is asked: 办完 in 多少天要办完."""
OF_THE_ACT = 0.3
_ALL_OF_THEM = re.compile("(?:符合|具备|满足)(?:下列|以下|如下)|同时(?:符合|具备)")
"""What leads conditions of which each has to be met: one alone would be half of the answer."""
_OF_ONE = ("howlong", "when", "cost", "who")
_VERDICTS = ("whether", "must", "premise")
"""What is answered by a word (可以): of the turn before that is said already, and 逾期不补正呢 asks for something else."""
_YES_OR_NO = re.compile(r"吗[？?。]*$|([一-龥])不\1")
"""A follow-up that asks so (征求意见的时间算吗) asks no longer for the period that was asked before."""


@dataclass(frozen=True)
class First:
    """``lead`` (可以, 20个工作日, or "") and ``runs``, exact parts of the article; ``units`` that it is taken from.

    ``hit`` is the place in the evidence, from 0.
    """

    hit: int
    lead: str
    runs: tuple[str, ...]
    units: tuple[Unit, ...]


def first_sentence(question: str, standalone: str, evidence: Sequence[Hit]) -> First | None:
    """The part of the evidence that decides, with what it says in a word; None where nothing speaks to the question.

    ``question`` as typed says what is asked for, ``standalone`` (with what a follow-up takes over) what about.
    """
    asked, terms = _asked(question, standalone), _terms(question, standalone)
    ranked: list[tuple[float, int, Unit, int]] = []
    for place, hit in enumerate(evidence):
        unit, score, item = _best(asked, terms, hit)
        ranked.append((score - RANK * place - (0 if hit.verbatim else DIGEST), place, unit, item))
    ranked = sorted((one for one in ranked if one[0] >= LEAST), key=lambda one: -one[0])
    judged: list[First] = []
    for score, place, unit, item in ranked:
        if score < ranked[0][0] - NEARLY:
            break
        found = _worded(standalone, asked, terms, evidence[place], place, unit, item)
        if asked.kind != "premise":
            return found
        judged.append(found)
    if not judged:
        return None
    leads = [one.lead for one in judged if one.lead]
    best = next((one for one in judged if one.lead), judged[0])
    if len({"不对" in lead for lead in leads}) > 1:  # one article bears it out, another does not
        return replace(judged[0], lead="")
    return best


def is_statement(question: str) -> bool:
    """Whether a question asks whether something is so (对吗, 是不是)."""
    return asked_for(question).kind == "premise"


def judges(question: Question, evidence: Sequence[Hit], least: float = 0.0) -> str:
    """What the evidence says of a statement in a word; "" where it leaves it open, or holds less than ``least`` of its words."""
    first = first_sentence(question.asked, question.search, evidence)
    if first is None or not first.lead:
        return ""
    hit = evidence[first.hit]
    spoken = f"{hit.title}，{hit.heading}，{first.units[0].text if first.units else hit.text}"
    return first.lead if _spoken_of(question.search, spoken) >= least else ""


def best_unit(question: str, standalone: str, hit: Hit) -> Unit:
    """The paragraph of a passage that says most of the question."""
    return _best(_asked(question, standalone), _terms(question, standalone), hit)[0]


def _terms(question: str, standalone: str) -> tuple[str, ...]:
    """The words that carry a question; the own ones of a follow-up thrice, for they say which part of the matter."""
    own = () if question == standalone else terms_of(question)
    return (*terms_of(standalone), *own, *own)


def _asked(question: str, standalone: str) -> Asked:
    own = asked_for(question)
    if own.kind or _YES_OR_NO.search(question):
        return own
    before = asked_for(standalone)
    return own if question != standalone and before.kind in _VERDICTS else before


def _best(asked: Asked, terms: Sequence[str], hit: Hit) -> tuple[Unit, float, int]:
    found = [(*_score(asked, terms, unit), unit) for unit in units(hit.text)]
    if not found:
        return Unit(hit.text, hit.text, (), 0), 0.0, -1
    score, item, unit = max(found, key=lambda one: one[0])
    return unit, score, item


def _score(asked: Asked, terms: Sequence[str], unit: Unit) -> tuple[float, int]:
    """How well a unit answers, and its item that says most of the question (-1 for none in particular)."""
    pieces = [*unit.sentences] or [unit.text]
    whole = held(terms, f"{unit.text}")
    sharp = max(held(terms, piece) for piece in pieces)
    item = -1
    if unit.items:
        telling = [term for term in terms if not held((term,), unit.lead)]  # what the lead says fits each item
        shares = [held(telling, one) + (ELEMENT if _holds_kind(asked, one) else 0.0) for one in unit.items]
        lead = held(terms, unit.lead)
        order = sorted(shares, reverse=True)
        if order[0] > 0.15 and (len(order) < 2 or order[0] >= order[1] + IN_ITEM):
            item = shares.index(order[0])
        joined = [held(terms, f"{unit.lead}{one}") for one in unit.items]
        sharp = max(sharp, *joined) if asked.kind != "list" else max(sharp, lead)
    score = 0.5 * whole + 0.5 * sharp - EARLIER * unit.place - (OF_A_CASE if _OF_A_CASE.match(unit.text) else 0.0)
    element = ELEMENTS.get(asked.kind)
    if element and element.search(_without_cases(unit)):
        score += ELEMENT
    if asked.kind == "list" and unit.items:
        score += 0.15
    if asked.act and held(act_terms(asked.act), unit.text) > 0.8:
        score += 0.1
    return score, item


def _holds_kind(asked: Asked, text: str) -> bool:
    """Whether a text holds the kind of number asked for: of 几天 an item without a period is no answer."""
    return asked.kind in ("howlong", "when", "cost") and bool(ELEMENTS[asked.kind].search(text))


def _without_cases(unit: Unit) -> str:
    """A unit without the items that name cases (被处以罚款的；): what these hold is no answer."""
    return "\n".join([unit.lead, *(one for one in unit.items if not one.rstrip("；;。").endswith("的"))])


def _worded(question: str, asked: Asked, terms: Sequence[str], hit: Hit, place: int, unit: Unit, item: int) -> First:
    whole = units(hit.text)
    family = bound([unit], whole)
    spoken = f"{hit.title}，{hit.heading}，{hit.text}"
    if unit.items:
        found = _of_items(question, asked, place, unit, item, family)
        return _sure(question, hit, found) if asked.kind == "premise" else found
    sentences = list(unit.sentences)
    at = _deciding(asked, terms, sentences)
    start, end = bonded(sentences, at)
    rule = _between(unit.text, sentences, start, end)
    if asked.kind == "premise":
        return _sure(question, hit, _judged(question, terms, place, unit, whole))
    limited = limited_by_others(unit, family)
    said = ruling(asked, rule, question, spoken, limited) if asked.kind in ("whether", "must") else Ruling()
    if not said.words and rule != unit.text and len(unit.text) <= LONGEST:
        wider = ruling(asked, unit.text, question, spoken, limited)
        if wider.words:
            said, rule = wider, unit.text
    if (said.whole or limited) and len(unit.text) <= LONGEST:
        rule = unit.text
    lead = (said.words or _value(question, asked, terms, rule)) if hit.status == IN_FORCE else ""
    if lead and not said.whole and not limited and (narrow := _segment(asked, terms, rule, lead, said)):
        rule = narrow
    elif not lead and len(unit.text) <= LONGEST and asked.kind not in ("howlong", "when", "who"):
        rule = unit.text
    return First(place, lead, (rule,), tuple(family))


def _sure(question: str, hit: Hit, found: First) -> First:
    """The same without its verdict where the article does not speak of most that the statement speaks of."""
    spoken = f"{hit.title}，{hit.heading}，{''.join(found.runs)}，{found.units[0].text if found.units else ''}"
    return found if not found.lead or _spoken_of(question, spoken) >= SPOKEN_OF else replace(found, lead="")


def _spoken_of(question: str, text: str) -> float:
    """The share of a statement's words, numbers apart, that a text holds."""
    terms = [term for term in terms_of(statement(question)) if not _OF_NUMBERS.search(term)]
    return held(terms, text)


def _judged(question: str, terms: Sequence[str], place: int, unit: Unit, whole: Sequence[Unit]) -> First:
    """What is held to be so, judged by the sentence that speaks most of it, else by its whole paragraph."""
    said, sentences, family = statement(question), list(unit.sentences), bound([unit], whole)
    at = max(
        range(len(sentences)),
        key=lambda place: (held(terms, sentences[place]) + overlap(said, sentences[place]), -place),
    )
    start, end = bonded(sentences, at)
    rule = _between(unit.text, sentences, start, end)
    found = judge_statement(said, rule)
    if found.words.startswith("不对") and (other := _elsewhere(said, terms, rule, whole)):
        if not other[2].words:  # it depends on whose: both are shown
            return First(place, "要看情况", (rule, other[1]), tuple(bound([unit, other[0]], whole)))
        unit, rule, found = other
        family = bound([unit], whole)
    elif not found.words and rule != unit.text:
        wider = judge_statement(said, unit.text)
        found, rule = (wider, unit.text) if wider.words else (found, rule)
    return First(place, _of_judgement(found), (rule,), tuple(family))


def _elsewhere(said: str, terms: Sequence[str], rule: str, whole: Sequence[Unit]) -> tuple[Unit, str, Judgement] | None:
    """Another paragraph of the article that bears the statement out and says nearly as much of it; "" where it is close."""
    own = held(terms, rule)
    for unit in whole:
        for sentence in unit.sentences:
            share = held(terms, sentence)
            if sentence not in rule and share >= own - DOUBT and judge_statement(said, sentence).words.startswith("对"):
                found = judge_statement(said, sentence) if share > own else Judgement()
                return unit, sentence, found
    return None


def _of_judgement(found: Judgement) -> str:
    return f"{found.words}，{found.is_it}" if found.is_it else found.words


def _of_items(question: str, asked: Asked, place: int, unit: Unit, item: int, family: Sequence[Unit]) -> First:
    """A list: whole where it is asked for, else its lead with the item that is asked about.

    No verdict: an item is a case or a condition, and says neither 可以 nor 不可以 by itself.
    """
    if asked.kind == "premise":
        said, one = statement(question), unit.items[item] if item >= 0 else ""
        rules = [unit.lead, *([f"{unit.lead}\n{one}", one] if one else []), unit.text]
        found = next((it for rule in rules if (it := judge_statement(said, rule)).words), Judgement())
        return First(place, _of_judgement(found), (unit.lead, one) if one else (unit.text,), tuple(family))
    if asked.kind == "list" or item < 0 or _ALL_OF_THEM.search(unit.lead) and asked.kind not in _OF_ONE:
        return First(place, "", (unit.text,), tuple(family))
    one = unit.items[item]
    lead = unit.sentences[-1] if unit.lead.rstrip().endswith(("：", ":")) else unit.lead
    after = [other.text for other in family if other.place > unit.place and re.search("前款|前项", other.text)]
    runs = (lead, one, *after) if asked.kind == "penalty" else (lead, one)
    return First(place, "", runs, tuple(family))


def _deciding(asked: Asked, terms: Sequence[str], sentences: Sequence[str]) -> int:
    """The sentence that says most of the question and holds what is asked for."""
    element = ELEMENTS.get(asked.kind)

    def score(at: int) -> float:
        text = sentences[at]
        return held(terms, text) + (ELEMENT if element and element.search(text) else 0.0)

    return max(range(len(sentences)), key=lambda at: (score(at), -at))


def _between(text: str, sentences: Sequence[str], start: int, end: int) -> str:
    """The exact part of a text from one sentence to another."""
    begins = text.find(sentences[start])
    ends = text.find(sentences[end], begins) + len(sentences[end])
    return text[begins:ends]


def _value(question: str, asked: Asked, terms: Sequence[str], rule: str) -> str:
    """The one period or date in the rule that can be meant, else ""."""
    if asked.kind == "howlong":
        if "分别" in rule and len(set(_TERM.findall(rule))) > 1:
            return ""  # of two that differ, which is meant
        extends = any(_EXTENDS.search(term) for term in terms)
        act = (_ACT_WITHIN.findall(question) or [""])[-1]
        found = []
        for segment in _BREAK.split(rule):
            for clause in re.split("[，。]", segment):
                if bool(_EXTENDS.search(clause)) == extends or extends and _EXTENDS.search(segment):
                    found += [
                        match[1]
                        for match in _TERM.finditer(clause)
                        if not re.match(r"\d{4}年", match[1]) and _limits_it(terms, act, segment, clause, match)
                    ]
        return found[0] if len(set(found)) == 1 else ""
    if asked.kind == "when":
        days = list(dict.fromkeys(_DATE.findall(rule)))
        return days[0] if len(days) == 1 else ""
    return ""


def _limits_it(terms: Sequence[str], act: str, segment: str, clause: str, period: re.Match[str]) -> bool:
    """Whether a period limits what is asked about: of …日内 the act behind it, else what the clause is about."""
    behind = clause[period.end() :]
    if not re.match(r"以?内|之内|前", behind):
        return any(held((term,), segment) > 0.5 for term in terms)
    behind = segment[segment.find(clause) + period.end() :]
    if act and held((act,), behind) < OF_THE_ACT:  # 三日内将副本发送被申请人 is not the period of 办完
        return False
    return any(held((term,), behind) > 0.5 for term in terms)


def _segment(asked: Asked, terms: Sequence[str], rule: str, lead: str, said: Ruling) -> str:
    """The rule from the part between semicolons that decides, "" where no part does or a limit would be lost."""
    parts = [part for part in _BREAK.split(rule) if part]
    if len(parts) < 2 or limits(rule):
        return ""
    if said.words:
        fitting = [part for part in parts if ruling(asked, part, "", part).words == said.words]
        chosen = max(fitting, key=lambda part: held(terms, part)) if fitting else ""
    else:
        fitting = [part for part in parts if lead in part]
        chosen = fitting[0] if len(fitting) == 1 and held(terms, fitting[0]) >= held(terms, rule) - 0.15 else ""
    return rule[rule.index(chosen) :] if chosen else ""  # what follows says how
