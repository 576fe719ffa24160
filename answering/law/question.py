"""What is asked: a usable question, made to stand alone, and of which kind."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from answering.terms import ASKING, content_terms
from domain import UnusableInput
from gates.citations import Reference, find_references
from gates.readings import chinese_value

LONGEST = 2000
"""Characters; a question is not a document."""
REMEMBERED = 8
"""Turns that a follow-up can reach back over; older ones are dropped."""
REMEMBERED_CHARACTERS = 4000

Turn = tuple[str, str]
"""``("user" | "assistant", text)``, oldest first."""

_ARTICLES = re.compile(
    r"(哪些|哪几|哪|什么|何种)(个|条|部)?(法律|法规|法|条款|条文|法条|规定|规章|办法|条例|依据|条)"
    r"|(法律|法规|政策)?依据(是|有|在|为)|依据(什么|哪)|(根据|按照|依照)(什么|哪)|有(什么|何)规定|第几条|出自哪"
)
_MEANS = re.compile(
    r"(?:采取|有|想|用|拿[一-龥]{0,4}?)(?:什么|何种)(?:好)?办法|采取(?:哪些|哪种)办法|没(?:有)?(?:什么|啥)办法"
)
"""有什么办法 asks what can be done, not which 办法 governs."""
_POINTS = re.compile(r"^(这|它们?|其(?!他)|该|此|上述|前述|以及)|(这个|那个|这些|那些|它们?|上述|前面)")
_GOES_ON = re.compile(r"^(那么?|还有|另外|再|然后|又|如果|要是|假如|万一|若)")
_OF_ITS_OWN = re.compile(r"(?:哪|什么|何).{0,6}?(?:管|规范|规定|涉及|适用于?|关于)[一-龥]{2}")
_LEADING = re.compile(r"^(那么?|还有|另外|再|然后|又)[，,、\s]*")
_CASE = re.compile(r"^(?:那么?)?[，,、\s]*(?:如果|要是|假如|万一|若)?(?:是|说)?(.{1,10}?)(?:的话)?呢[？?。]*$")
_ASKS = re.compile(r"怎么|怎样|如何|多久|多少|几|什么|由谁|谁|可以|能不能|要不要|是否|应当|哪")
_PRONOUN = re.compile(
    r"^(?:这个|那个|这些|那些|这|它们?|其|该|此|上述|前述)(?:[一-龥]{0,4}?(?=[由是要在报向什怎何能应可多几有]))?"
)
_PLACE = re.compile(
    r"^(第[一二三四五六七八九十百零〇\d]+条(?:之[一二三四五六七八九十]{1,3})?)?(第[一二三四五六七八九十\d]+款)?(第[（(]?[一二三四五六七八九十\d]+[）)]?项)?(?:的|又)?(?:呢|内容|规定|怎么说|怎么规定|是什么|说了什么|说的是什么|有什么规定|怎么规定的)*$"
)
_BETWEEN = re.compile(r"[的和与及或不对、]?")
_WHO = re.compile(r"由谁|谁|什么|怎|哪|多少")  # 由谁来 is one word to the dictionary
_MEASURE = re.compile(r"[多几]少?钱|一[次件页份个]")
FEW_TERMS = 1
FEW_AFTER_OPENING = 2
MOST_READINGS = 8
MOST_MATTERS = 2
SHORTEST_TOPIC = 4
LONG_TOPIC = 5
LONGEST_LEANING = 16
LEANING = Path(__file__).with_name("leaning.toml")
LONGEST_JOINED = 40
"""Characters of a question that is taken over whole by the one that follows it."""


@dataclass(frozen=True)
class Question:
    """``asked`` as typed; ``search`` stands alone; ``own_terms`` are those of the last turn only.

    ``item`` is the place within an article that is asked for (第二项), "" where none is. ``others``
    are further readings of a follow-up, for where nothing answers to ``search``. ``matter`` are the
    regulations that the turn before it was answered from, where it continues that one. ``before`` is the
    question of the turn before, ``cited`` the articles (title, number) that its answer names, in order.
    """

    asked: str
    search: str
    wants_articles: bool
    own_terms: tuple[str, ...]
    item: str = ""
    others: tuple[str, ...] = ()
    matter: tuple[str, ...] = ()
    before: str = ""
    cited: tuple[tuple[str, int], ...] = ()

    @property
    def whole(self) -> str:
        """The question before and this one."""
        return f"{self.before.rstrip('？?。')}，{self.own}" if self.before else self.asked

    @property
    def own(self) -> str:
        """The last turn alone, without the words that lead over to it (要是…呢)."""
        case = _CASE.match(self.asked)
        return case[1] if case else _LEADING.sub("", self.asked) or self.asked

    @property
    def leans(self) -> bool:
        """Whether it names no matter of its own, so that it cannot change the subject."""
        return _leans(self.asked)

    @property
    def goes_on(self) -> bool:
        """Whether it begins as what continues another question (那要多久) and is short."""
        return _goes_on(self.asked)

    @property
    def naming_terms(self) -> tuple[str, ...]:
        """The words of the last turn that name a matter, without those that could be said of anything."""
        return tuple(_naming(self.own))

    @property
    def terms(self) -> tuple[str, ...]:
        """The words that carry the question, with those taken over from an earlier turn."""
        return content_terms(self.search)

    @property
    def standalone(self) -> str:
        """The question as it was understood, where it continues an earlier one, else ""."""
        return "" if self.search == self.asked else self.search


def read(text: str, history: Sequence[Turn] = ()) -> Question:
    """The question of ``text``; UnusableInput where it is empty or too long."""
    asked = " ".join(text.split())
    if not asked:
        raise UnusableInput("问题是空的，请输入要查询的内容")
    if len(asked) > LONGEST:
        raise UnusableInput(f"问题有 {len(asked)} 个字，超过了 {LONGEST} 个字的上限，请缩短后再问")
    turns = recent(history)
    search, *others = _readings(asked, turns)
    own, item = content_terms(asked), item_asked(search)
    matter = _answered_from(turns) if search != asked or others else ()
    before = next((content for role, content in reversed(turns) if role == "user"), "")
    cited = _cited(turns) if len(before) <= LONGEST_JOINED else ()
    return Question(asked, search, _wants_articles(asked), own, item, tuple(others), matter, before, cited)


def _wants_articles(asked: str) -> bool:
    return bool(_ARTICLES.search(_MEANS.sub("", asked)))


def _cited(turns: Sequence[Turn]) -> tuple[tuple[str, int], ...]:
    """(title, number) of the articles that stand in the last answer, in their order, of its first regulations."""
    named = _last_named(turns)
    titles = list(dict.fromkeys(title for title, _ in named))[:MOST_MATTERS]
    numbers = [(title, chinese_value(re.sub("^第|条.*$", "", label))) for title, label in named if title in titles]
    return tuple((title, number) for title, number in numbers if number)


def _answered_from(turns: Sequence[Turn]) -> tuple[str, ...]:
    """The regulations of which articles stand in the last answer, in their order."""
    return tuple(dict.fromkeys(title for title, _ in _last_named(turns)))[:MOST_MATTERS]


def _last_named(turns: Sequence[Turn]) -> list[tuple[str, str]]:
    last = next((content for role, content in reversed(turns) if role == "assistant"), "")
    return [(title, label) for title, label in _named(last) if not title.startswith("本")]


def item_asked(search: str) -> str:
    """The place within an article that is asked for: the item before the paragraph that it is in."""
    for place in ("[项款]", "款"):
        within = "(?:第[一二三四五六七八九十\\d]+款)?" if place == "[项款]" else ""
        if found := re.search(
            rf"条(?:之[一二三四五六七八九十]{{1,3}})?{within}(第[（(]?[一二三四五六七八九十\d]+[）)]?{place})", search
        ):
            return found[1]
    return ""


def _readings(asked: str, turns: Sequence[Turn]) -> list[str]:
    """A question as it stands alone, the likeliest reading first."""
    if not turns:
        return [asked]
    bare = _LEADING.sub("", asked).rstrip("？?。") or asked
    if (place := _PLACE.match(bare)) and any(place.groups()):
        return _at_place(place, turns) or [asked]
    joined = _standing_alone(asked, turns)
    if joined == asked and not _goes_on(asked):
        return [asked]
    earlier = next(content for role, content in reversed(turns) if role == "user")
    rest = _LEADING.sub("", asked)
    whole = f"{earlier.rstrip('？?。')}，{rest}" if len(earlier) <= LONGEST_JOINED else joined
    if joined == asked:
        return [asked, whole] if len(earlier) <= LONGEST_JOINED else [asked]
    matter = next(iter(content_terms(earlier)), "")
    brief = [f"{matter}，{rest}"] if len(matter) > 1 and _leans(asked) else []
    alone = [rest] if len(content_terms(asked)) >= FEW_AFTER_OPENING and not _leans(asked) else []
    return list(dict.fromkeys([joined, whole, *brief, *alone]))


def recent(history: Sequence[Turn]) -> list[Turn]:
    """The last turns within the budget, oldest first; the oldest are dropped."""
    kept: list[Turn] = []
    room = REMEMBERED_CHARACTERS
    for role, content in reversed(history[-2 * REMEMBERED :]):
        plain = " ".join(content.split())
        room -= len(plain)
        if room < 0:
            break
        if plain:
            kept.append((role, plain))
    return kept[::-1]


def _standing_alone(asked: str, history: Sequence[Turn]) -> str:
    """A follow-up joined to what it continues: 那什么时候公布？ takes the topic of the question before it."""
    earlier = [content for role, content in history if role == "user"]
    if not earlier:
        return asked
    before = _readings(earlier[-1], _up_to(history, earlier[-1]))[0]
    subject = topic(before)
    if not (_continues(asked, subject) or _leans(asked)):
        return asked
    if (case := _elliptic(asked)) and (asks := _asking_part(before, subject)):
        return f"{case}{asks}" if _of_another_matter(case, subject) else f"{subject}，{case}{asks}"
    rest = _PRONOUN.sub("", _LEADING.sub("", asked)) or asked
    return f"{subject}，{rest}"


def _elliptic(asked: str) -> str:
    """The X of 要是X呢, which asks nothing itself; "" elsewhere."""
    case = _CASE.match(asked)
    return case[1] if case and not _ASKS.search(case[1]) else ""


def _of_another_matter(text: str, subject: str) -> bool:
    """Whether the words name a matter by more than one word that the subject spoken of does not hold."""
    new = [term for term in content_terms(topic(text)) if term not in subject]
    return len(topic(text)) >= LONG_TOPIC and len(new) > 1


def _asking_part(question: str, subject: str) -> str:
    """What 要是逾期呢 takes over beside the subject: the 怎么罚 of 不披露怎么罚."""
    last = re.split("[，,。？?]", question.rstrip("。？? "))[-1]
    asks = _ASKS.search(last)
    part = last[asks.start() :] if asks else ""
    return f"{part}？" if part and subject not in part else ""


def _up_to(history: Sequence[Turn], question: str) -> Sequence[Turn]:
    at = max(index for index, turn in enumerate(history) if turn == ("user", question))
    return history[:at]


def topic(question: str) -> str:
    """What a question is about: its longest run of words that carry meaning, else the whole of it."""
    runs: list[str] = []
    end = 0
    for term in content_terms(question):
        at = question.find(term, end)
        if at < 0:
            continue
        joined = runs and _BETWEEN.fullmatch(question[end:at])
        if joined:
            runs[-1] += question[end:at] + term
        else:
            runs.append(term)
        end = at + len(term)
    longest = max((_WHO.split(run)[0] for run in runs), key=len, default="")
    return longest if len(longest) >= SHORTEST_TOPIC else question.rstrip("？?。")


def _at_place(place: re.Match[str], history: Sequence[Turn]) -> list[str]:
    """第二项呢 and 第十三条呢: a place in the article, or the regulation, spoken of last.

    An item may be of any article named there, or the article that stands at that place in the list.
    """
    article, paragraph, item = (part or "" for part in place.groups())
    spoken = next((found for _, content in reversed(history) if (found := _named(content))), [])
    if article:
        return [f"《{spoken[0][0]}》{article}{paragraph}{item}怎么规定？"] if spoken else []
    within = [f"《{title}》{label}{paragraph}{item}怎么规定？" for title, label in spoken[:MOST_READINGS]]
    number = chinese_value(re.sub(r"[第（()）项]", "", item)) if item else None
    listed = [f"《{title}》{label}怎么规定？" for title, label in spoken[number - 1 : number]] if number else []
    return within + listed


def _named(text: str) -> list[tuple[str, str]]:
    """(title, label) of the articles that a text names: with their regulation, at a line's head, or before a marker."""
    found: dict[tuple[str, str], None] = {}
    title = ""
    for reference in find_references(text):
        title = reference.title or title
        leads = re.search(r"(?:^|\s)- $", text[: reference.start])
        cited = re.match(r"\[\d", text[reference.end :])
        if title and reference.article_no and (reference.title or leads or cited):
            found[title, _label(text, reference)] = None
    return list(found)


def _label(text: str, reference: Reference) -> str:
    words = text[reference.start : reference.end]
    match = re.search(r"第\s*[^第条\s]+条(?:之[一二三四五六七八九十]{1,3})?", words)
    return match.group() if match else f"第{reference.article_no}条"


def _goes_on(asked: str) -> bool:
    """Whether a short question begins with a word that leads on from another."""
    return len(asked) <= LONGEST_LEANING and bool(_GOES_ON.match(asked))


def _leans(asked: str) -> bool:
    """Whether a short question names no matter of its own: every word of it could be said of anything (``leaning.toml``)."""
    plain = _LEADING.sub("", asked)
    return len(plain) <= LONGEST_LEANING and not _naming(plain)


def _naming(text: str) -> list[str]:
    """The words of a text that name a matter."""
    words = _leaning_words()
    return [term for term in content_terms(text) if len(term) > 1 and not _made_of(term, words)]


def _made_of(term: str, words: frozenset[str]) -> bool:
    """Whether a word is one of the words or put together from them and words of asking (要交, 谁定, 几月份)."""
    if term in words:
        return True
    parts = ((term[:at], term[at:]) for at in range(1, len(term)))
    return any((head in words or head in ASKING) and (tail in ASKING or _made_of(tail, words)) for head, tail in parts)


@cache
def _leaning_words() -> frozenset[str]:
    return frozenset(tomllib.loads(LEANING.read_text(encoding="utf-8"))["words"].split())


def _continues(asked: str, subject: str) -> bool:
    """Whether a question leans on the one before it: it says so, or it names no matter of its own.

    Words of the ``subject`` are no matter of its own, nor is a lone verb (不报怎么罚).
    """
    if _POINTS.search(asked) or _elliptic(asked):
        return True
    new = [term for term in content_terms(_MEASURE.sub("", asked)) if term not in subject]
    words = [term for term in new if len(term) > 1]
    if _OF_ITS_OWN.search(asked) or any(len(term) >= SHORTEST_TOPIC for term in new):
        return False
    if _GOES_ON.search(asked):
        return len(words) <= FEW_AFTER_OPENING and not _of_another_matter(_LEADING.sub("", asked), subject)
    return (len(new) <= FEW_TERMS or not words and len(new) <= FEW_AFTER_OPENING) and len(asked) <= 12
