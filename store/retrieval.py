"""A question → the passages that answer it, best first.

Evidence is standardised over all passages of a kind, so that it can be added: the vector of the text
against the question as asked, that of text and place (title and chapter) against the question as
``asking`` turns it, and the words. Where a card lends people's own words for a passage, and these lie
nearer to the question, they stand for the vectors. How near the question lies to the known ways to ask
for a passage (``asked``) counts by how much it stands out among all of them, and so does how many of its words
stand in these ways, all taken together; not where words are looked for that stand in passages. On top of that come the share of the question
that the place already holds, a preference for the regulation named, and one for enumerations where
the question asks for a list. Weights: measured in ``bench/retrieval.py``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from domain import Hit, Remembered
from store.asked import Sought, ways_to_ask
from store.asking import QuestionMap, question_map
from store.elsewhere import SURE, Elsewhere, MatterElsewhere, Nearest, matters_elsewhere
from store.evidence import Features, WaysMatched, likelihood
from store.filters import EVERYTHING, Filters
from store.lexical import WordCutter
from store.lines import Lines
from store.mapped import let_go
from store.postings import Postings, coverage
from store.products import products
from store.references import Names, find_references
from store.rough import LARGE, SETTLED, Rough
from store.shelf import Shelf, View

if TYPE_CHECKING:
    import numpy as np

    from store.embedding import Embedder

NEAR, TURNED, ALSO, LEXICAL = 0.15, 0.65, 0.85, 0.1
HEADING = 0.25
ASKED = 1.3
"""For each standard deviation by which a way to ask stands out, where it is ``LIKE`` the question at all."""
LIKE, ALIKE = 0.87, 0.92
"""The cosine at which a way to ask begins to count, and that at which it counts in full."""
FEW_KNOWN, STRICTER = 0.2, 0.03
"""Where ways are known for fewer of the passages (a statute library beside), a question is likelier to be for another,
and has to be so much more like one."""
SAID = 0.2
"""For each standard deviation by which the words of a passage's ways match those of the question."""
PENALTY = 0.8
"""For a passage that says what follows, where the question asks how something is punished."""
FALL = 4.0
"""By how much less evidence a passage's score is the e-th part of the best one's."""
LITERAL = 3.0
"""For a passage that holds every word of a search for words. Then nothing is asked, and no way to ask counts."""
NAMED = 1.0
ENUMERATION = 0.75
ENDED = -0.75
"""What counts against a text that is not in force, unless the question names it."""
ANCHORS = 3
_REMEMBERED = 1 << 21
"""Passages that filters keep, remembered for those that people use: some 16 megabytes."""
_MANY = 32
SHARE = 5
"""Of this many places one is the other kind's, where no kind is asked for and it answers as well."""

_ASKS_FOR_A_LIST = re.compile(r"哪些|哪几|哪类|哪种|包括|什么内容|列出|有什么")
_ASKS_FOR_A_PENALTY = re.compile(
    r"(?:怎么|怎样|如何|要|会|被)被?(?:处?罚|处分)|罚多少|多少罚|罚款(?:数额|多少)|罚几|(?:会|有什么)(?:怎么?样|后果)|拘留|追责"
)
_ABOUT_A_REPORT = re.compile(
    r"本局|我局|我单位|本单位|本机关|我委|我厅|我分局|去年|前年|上年|上一年|今年|往年|历年|20\d\d年"
    r"|(?:年报|年度报告|总结)(?:里|中|上)(?:怎么|如何|是怎样)?(?:写|说|讲|提)"
)


@dataclass(frozen=True)
class Signals:
    """What a question and each passage have in common: float32, one value a passage.

    ``also`` is -1 where nobody's words are known, ``asked`` where no way to ask is; ``asking`` are the mean
    and the standard deviation of all ways; ``said`` is how well their words match, 0 where none is known; ``away``
    is the nearest matter that no held text governs.
    """

    near: np.ndarray
    also: np.ndarray
    turned: np.ndarray
    lexical: np.ndarray
    held: np.ndarray
    asked: np.ndarray
    asking: tuple[float, float]
    said: np.ndarray
    away: Nearest
    settle: Callable[[np.ndarray], None] | None = None
    """Makes ``near`` and ``turned`` of these passages exact, where they are ``rough``."""

    def standing(self, numbers: np.ndarray | int) -> np.ndarray:
        """By how many standard deviations the best way to ask for passages stands out, where one is known."""
        mean, spread = self.asking
        return (self.asked[numbers] - mean) / spread

    @cached_property
    def usual(self) -> tuple[float, float, float]:
        """The mean of ``near``, and mean and standard deviation of ``turned``: what any passage has."""
        return float(self.near.mean()), float(self.turned.mean()), float(self.turned.std())


@dataclass(frozen=True)
class Finder:
    """Everything a search needs, for one state of the knowledge base."""

    shelf: Shelf
    words: WordCutter
    index: Postings
    names: Names
    embedder: Embedder

    # Only a search needs these: an article that is named is found without waiting for the model.

    @cached_property
    def lists(self) -> np.ndarray:
        """1.0 for each passage that enumerates."""
        return self.shelf.columns.lists.astype("float32")

    @cached_property
    def penalties(self) -> np.ndarray:
        """1.0 for each passage that says what follows a breach."""
        return self.shelf.columns.penalties.astype("float32")

    @cached_property
    def sought(self) -> Sought:
        """How people ask for the passages."""
        shelf = self.shelf
        ways = ways_to_ask(self.embedder)
        asked = (
            (number, document, shelf.passage(number))
            for owner, document in enumerate(shelf.documents)
            if document.title in ways.titles
            for number in range(*map(int, shelf.columns.firsts[owner : owner + 2]))
        )
        return Sought.on(ways, asked, len(shelf))

    @cached_property
    def elsewhere(self) -> Elsewhere:
        """What people ask that no held text governs."""
        return matters_elsewhere(self.embedder)

    @cached_property
    def titles(self) -> frozenset[str]:
        """The titles of the regulations held."""
        return frozenset(document.title for document in self.shelf.documents if document.kind == "regulation")

    def governed_elsewhere(self, vector: np.ndarray) -> MatterElsewhere | None:
        """The matter that a question is surely about, and that no held text governs."""
        away = self.elsewhere.nearest(vector, self.titles)
        best, *_ = self.sought.nearness(vector)
        return away.matter if away.like >= max(SURE, float(best.max(initial=-1.0))) else None

    @cached_property
    def asking(self) -> QuestionMap:
        """How this model's questions are turned."""
        return question_map(self.embedder)

    @cached_property
    def lengths(self) -> np.ndarray:
        """See ``QuestionMap.lengths``."""
        found = self.asking.lengths(self.shelf.vectors, self.shelf.places, self.shelf.place_of)
        if self.rough:
            let_go(self.shelf.vectors)
        return found

    @cached_property
    def rough(self) -> tuple[Rough, Rough] | None:
        """For the first look over a large library: texts and places."""
        shelf = self.shelf
        return (Rough.of(shelf.vectors), Rough.of(shelf.places)) if len(shelf) >= LARGE else None

    @cached_property
    def place_names(self) -> Lines:
        """Where passages stand, to look words up in."""
        return Lines(self.shelf.place_names)

    @cached_property
    def _filtered(self) -> Remembered:
        return Remembered(_REMEMBERED)

    def kept(self, filters: Filters, day: date) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Whether each document is kept, and the passages kept: of reports, and of regulations."""
        import numpy as np

        def find() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
            shelf = self.shelf
            kept = filters.documents(shelf, shelf.on(day))
            reports, regulations = (
                np.flatnonzero((kept & wanted)[shelf.owner]) for wanted in (shelf.is_report, ~shelf.is_report)
            )
            return kept, reports, regulations

        return self._filtered.of((), (filters, day), find, lambda found: sum(map(len, found)))

    @cached_property
    def _told(self) -> tuple[np.ndarray, np.ndarray]:
        """Of each passage whether a card lends words for it, and whether ways to ask for it are known."""
        import numpy as np

        lent, asked = np.zeros((2, len(self.shelf)), dtype=bool)
        lent[self.shelf.words_of] = True
        asked[self.sought.asked_for] = True
        return lent, asked

    def references(self, text: str, day: date) -> list[int]:
        """The passages that ``text`` names by title and article."""
        found = []
        for reference in find_references(text, self.names):
            for number in self.shelf.of_title(reference.title, day):
                passage = self.shelf.passage(number)
                if (passage.article_no, passage.article_sub) == (reference.article_no, reference.sub):
                    found.append(number)
        return found

    def find(self, text: str, vector: np.ndarray, k: int, day: date, filters: Filters = EVERYTHING) -> list[Hit]:
        """At most ``k`` hits. What the text names comes first, with score 1."""
        view = self.shelf.on(day)
        kept, *candidates = self.kept(filters, day)
        named = [number for number in self.references(text, day) if kept[self.shelf.owner[number]]]
        ranked = self._ranked(text, vector, k, candidates, view)
        chosen = [(number, score) for number, score in ranked if number not in named]
        return [self.shelf.hit(n, day, score) for n, score in ([(n, 1.0) for n in named] + chosen)[:k]]

    def signals(self, question: str, vector: np.ndarray) -> Signals:
        """Everything that is measured, before it is weighed."""
        import numpy as np

        also = np.full(len(self.shelf), -1.0, dtype=np.float32)
        also[self.shelf.words_of] = products(self.shelf.words, vector)[0]
        turned = self.asking.turned(vector)
        texts, places, place_of = self.shelf.vectors, self.shelf.places, self.shelf.place_of
        of_texts, of_places = (
            [each.products for each in self.rough]
            if self.rough
            else [partial(products, each) for each in (texts, places)]
        )
        near, text = of_texts(vector, turned[0])
        place = of_places(turned[1])[0][place_of]
        asked = self.index.weights(self.words.asked(question))
        query = self.words.query(question)
        sought, *asking = self.sought.nearness(vector)
        to_place = self.asking.nearness(turned, text, place, self.lengths)

        def settle(numbers: np.ndarray) -> None:
            near[numbers], text = products(texts[numbers], vector, turned[0])
            (place,) = products(places[place_of[numbers]], turned[1])
            to_place[numbers] = self.asking.nearness(turned, text, place, self.lengths[numbers])

        return Signals(
            near=near,
            also=also,
            turned=to_place,
            lexical=self.index.scores(query),
            held=self.place_names.held(asked)[place_of],
            asked=sought,
            asking=(asking[0], asking[1]),
            said=self.sought.matched(query),
            away=self.elsewhere.nearest(vector, self.titles),
            settle=settle if self.rough else None,
        )

    def features(self, text: str, signals: Signals, number: int) -> Features:
        """How well one passage answers, in measures that mean the same for every question."""
        asked = self.index.weights(self.words.asked(text))
        near, turned, spread = signals.usual
        like = float(signals.asked[number])
        return Features(
            near=(float(max(signals.near[number], signals.also[number])) - near) / max(1.0 - near, 1e-6),
            turned=(float(signals.turned[number]) - turned) / max(spread, 1e-6),
            held=coverage(asked, f"{self.shelf.searchable(number)} {self.sought.words.get(number, '')}"),
            asked=WaysMatched(like, float(signals.standing(number)), signals.away.like) if like > -1.0 else None,
        )

    def _ranked(
        self, text: str, vector: np.ndarray, k: int, candidates: Sequence[np.ndarray], view: View
    ) -> list[tuple[int, float]]:
        signals = self.signals(text, vector)
        literal = self.index.holding(self.words.looked_for(text))
        bonus = self._bonus(text, view) + LITERAL * literal
        asked = 0.0 if literal.any() else 1.0
        reports, regulations = (self._best(text, signals, bonus, asked, each, k) for each in candidates)
        if reports and _ABOUT_A_REPORT.search(text):
            half = max(1, (k + 1) // 2)  # one's own year first, and what the law says of it
            return reports[:half] + regulations[: k - min(half, len(reports))] + reports[half:]
        share = k // SHARE if reports and regulations else 0
        return regulations[: k - min(share, len(reports))] + reports

    def _best(
        self, text: str, signals: Signals, bonus: np.ndarray, asked: float, candidates: np.ndarray, k: int
    ) -> list[tuple[int, float]]:
        """The ``k`` best of the candidates, with scores: the best's likelihood, and shares of it."""
        import numpy as np

        if not len(candidates):
            return []
        usual = [_usual(values[candidates]) for values in (signals.near, signals.turned, signals.lexical)]

        # Where nothing is asked the words themselves rank: the maps are learned from questions.
        near, turned, words = (NEAR, TURNED, LEXICAL) if asked else (NEAR + TURNED, 0.0, TURNED)

        def weighed(numbers: np.ndarray) -> np.ndarray:
            total = near * _standard(signals.near[numbers], *usual[0])
            total += turned * _standard(signals.turned[numbers], *usual[1])
            lent, known = (np.flatnonzero(told[numbers]) for told in self._told)
            also = (signals.also[numbers[lent]] - usual[0][0]) / max(usual[0][1], 1e-6)
            total[lent] = np.maximum(total[lent], ALSO * also)
            total += words * _standard(signals.lexical[numbers], *usual[2])
            total += HEADING * signals.held[numbers]
            total[known] += self._by_ways(signals, numbers[known], asked)
            total += bonus[numbers]
            return total

        total = weighed(candidates)
        if signals.settle and len(candidates) > k:
            candidates = candidates[np.sort(_highest(total, SETTLED + k))]
            signals.settle(candidates)
            total = weighed(candidates)
        best = _highest(total, k)
        top = max(likelihood(self.features(text, signals, int(candidates[at]))) for at in best[:ANCHORS])
        behind = total[best] - total[best[0]]
        return [(int(candidates[at]), top * math.exp(float(by) / FALL)) for at, by in zip(best, behind)]

    def _by_ways(self, signals: Signals, numbers: np.ndarray, asked: float) -> np.ndarray:
        """What the ways to ask say for each of these passages: the best of them by its vector, all by their words."""
        import numpy as np

        known = min(1.0, self.sought.known / FEW_KNOWN)
        least = LIKE if known == 1.0 else LIKE + STRICTER
        alike = np.clip((signals.asked[numbers] - least) / (ALIKE - LIKE), 0.0, 1.0)
        return asked * (ASKED * signals.standing(numbers) * alike + SAID * known * signals.said[numbers])

    def _bonus(self, text: str, view: View) -> np.ndarray:
        """What a passage has or lacks whatever its words: validity, being named, being a list."""
        import numpy as np

        mentioned = self.names.mentioned(text)
        by_document = np.where(view.in_force, 0.0, ENDED).astype(np.float32)
        if mentioned:
            named = [document.title in mentioned for document in self.shelf.documents]
            by_document[named] = NAMED
        bonus = by_document[self.shelf.owner]
        if _ASKS_FOR_A_PENALTY.search(text):
            bonus = bonus + PENALTY * self.penalties
        return bonus + ENUMERATION * self.lists if _ASKS_FOR_A_LIST.search(text) else bonus


def _highest(values: np.ndarray, k: int) -> np.ndarray:
    """Where the ``k`` highest values stand, the highest first; of equal ones the earlier."""
    import numpy as np

    among = np.arange(len(values))
    if k * _MANY < len(values):  # what is not among the k highest of as many rows' highest cannot be among the k
        of_rows = values[: len(values) // _MANY * _MANY].reshape(_MANY, -1).max(axis=0)
        among = np.flatnonzero(values >= _least(of_rows, k))
    if k < len(among):
        among = among[values[among] >= _least(values[among], k)]
    return among[np.argsort(-values[among], kind="stable")][:k]


def _least(values: np.ndarray, k: int) -> np.floating:
    """The lowest of the ``k`` highest."""
    import numpy as np

    return np.partition(values, len(values) - k)[len(values) - k]


def _usual(values: np.ndarray) -> tuple[float, float]:
    """Mean and standard deviation."""
    return float(values.mean()), float(values.std())


def _standard(values: np.ndarray, mean: float, spread: float) -> np.ndarray:
    """Against the usual of all; zeros where all are alike."""
    return (values - mean) / spread if spread > 1e-9 else values * 0.0
