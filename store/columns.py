"""All that a search needs of the records, in columns: one row a passage, a place, or words that a card lends.

They lie ready in the data folder (``mapped``) under a name that follows from what is held, and are used where
that name fits. Where it does not, they are made anew: what stays is carried over from those before, and only
the records of other documents are read from the database, portion by portion, and proven (``proof``).
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain import Passage
from store.lexical import WordCutter
from store.mapped import Parts, Texts, opened, texts_of
from store.postings import Counting, Postings
from store.proof import prove
from store.records import DocumentSummary, passage_of, place_name
from store.rows import Rows
from store.wording import enumerates, punishes

if TYPE_CHECKING:
    import numpy as np

_FORMAT = "1"
_PORTION = 1000
"""Records read together: Chroma makes an object of every number."""
_MANY_NAMES = 500
"""Names that came or went, from which on all texts are cut anew instead of those in which they stand."""
_MADE_BY = ("columns.py", "lexical.py", "postings.py", "wording.py", "mapped.py")
Read = Callable[[Sequence[str]], Rows]
"""Editions → their records."""


class Moved(Exception):
    """The database did not hold what its list of documents says: somebody writes to it."""


@dataclass(frozen=True)
class RecordColumns:
    """The records of the editions held, in the order of their names.

    ``owner`` is each passage's edition and ``place_of`` its place; ``words_of`` the passage of each row of
    ``words``; ``place_owner`` each place's edition. ``lists`` and ``penalties`` are 1 where a passage is one
    (``wording``). Vectors are float32, one row each. ``names`` are the names that count as words.
    """

    editions: Texts
    names: Texts
    owner: np.ndarray
    bodies: Texts
    vectors: np.ndarray
    words: np.ndarray
    words_of: np.ndarray
    places: np.ndarray
    place_owner: np.ndarray
    headings: Texts
    place_of: np.ndarray
    lists: np.ndarray
    penalties: np.ndarray
    postings: Postings

    @classmethod
    def of(cls, arrays: Mapping[str, np.ndarray]) -> RecordColumns:
        """From the arrays as they were written."""
        postings = Postings(*(arrays[f"terms-{name}"] for name in ("", "starts", "passages", "counts", "lengths")))
        return cls(
            editions=texts_of(arrays, "editions"),
            names=texts_of(arrays, "names"),
            owner=arrays["owner"],
            bodies=texts_of(arrays, "bodies"),
            vectors=arrays["vectors"],
            words=arrays["words"],
            words_of=arrays["words_of"],
            places=arrays["places"],
            place_owner=arrays["place_owner"],
            headings=texts_of(arrays, "headings"),
            place_of=arrays["place_of"],
            lists=arrays["lists"],
            penalties=arrays["penalties"],
            postings=postings,
        )

    def __len__(self) -> int:
        return len(self.owner)

    def passage(self, number: int) -> Passage:
        """A passage, made from its row."""
        text, article, article_no, article_sub, verbatim, also = json.loads(self.bodies[number])
        heading = self.headings[int(self.place_of[number])]
        return Passage(text, article, article_no, article_sub, heading, verbatim, also)

    def passages_of(self, edition: str) -> tuple[Passage, ...] | None:
        """The passages of an edition, in their order; None where it is not among these."""
        at = bisect_left(self.editions, edition)
        if at == len(self.editions) or self.editions[at] != edition:
            return None
        return tuple(map(self.passage, range(*map(int, self.firsts[at : at + 2]))))

    @cached_property
    def firsts(self) -> np.ndarray:
        """Where the passages of each edition begin, and behind the last the number of all."""
        import numpy as np

        return np.searchsorted(self.owner, np.arange(len(self.editions) + 1))


def name_of(held: Sequence[DocumentSummary], names: Sequence[str], model: str) -> str:
    """The folder's name: another where other editions are held, other names are words, or they are made otherwise."""
    digest = hashlib.sha256()
    for part in (_FORMAT, model, _maker(), *sorted(item.edition for item in held), "", *sorted(names)):
        digest.update(part.encode() + b"\n")
    return digest.hexdigest()[:32]


def _maker() -> str:
    """Changes with the code that makes them."""
    import jieba

    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in _MADE_BY)).hexdigest() + jieba.__version__


def kept_columns(folder: Path) -> RecordColumns | None:
    """Those of a folder; None where it is not there, or not what was written."""
    arrays = opened(folder)
    return RecordColumns.of(arrays) if arrays else None


def make(
    parts: Parts,
    held: Sequence[DocumentSummary],
    words: WordCutter,
    before: RecordColumns | None,
    read: Read,
) -> None:
    """Write the columns of ``held``; ``words`` knows the names. Moved, Damaged or OSError where that cannot be done."""
    _Making(parts, words, before, sorted(held, key=lambda item: item.edition)).make(read)


class _Making:
    def __init__(
        self, parts: Parts, words: WordCutter, before: RecordColumns | None, held: Sequence[DocumentSummary]
    ) -> None:
        import numpy as np

        self._parts, self._words, self._before, self._held = parts, words, before, held
        self._counting = Counting()
        self._lengths: list[np.ndarray] = []
        self._passages = self._places = self._editions = 0
        self._now = np.full(len(before) if before else 0, -1, dtype=np.int32)
        self._again = np.array(sorted(self._to_be_cut_again() if before else ()), dtype=np.int64)

    def make(self, read: Read) -> None:
        import numpy as np

        old = {edition: at for at, edition in enumerate(self._before.editions)} if self._before else {}

        self._begin()
        for ready, group in groupby(self._held, key=lambda item: item.edition in old):
            if ready:
                for item in group:
                    self._carry(old[item.edition])
            else:
                for portion in _portions(group):
                    self._read(portion, read([item.edition for item in portion]))
        self._parts.add_texts("editions", [item.edition for item in self._held])
        self._parts.add_texts("names", sorted(self._words.names))
        lengths = np.concatenate(self._lengths) if self._lengths else np.zeros(0, dtype=np.int32)
        entries = self._counting.entries()
        if self._before:
            entries = [self._before.postings.entries(self._now), *entries]
        postings = Postings.of(entries, lengths)
        for name in ("terms", "starts", "passages", "counts", "lengths"):
            self._parts.add(f"terms-{'' if name == 'terms' else name}", getattr(postings, name))

    def _begin(self) -> None:
        """Every array is there, also where nothing comes."""
        import numpy as np

        for name in ("bodies", "headings"):
            self._parts.add_texts(name, [])
        for name in ("owner", "place_of", "words_of", "place_owner"):
            self._parts.add(name, np.zeros(0, dtype=np.int32))
        for name in ("lists", "penalties"):
            self._parts.add(name, np.zeros(0, dtype=np.uint8))

    def _read(self, held: Sequence[DocumentSummary], rows: Rows) -> None:
        by_edition: dict[str, list[int]] = {item.edition: [] for item in held}
        for number, metadata in enumerate(rows.metadata):
            by_edition.get((metadata or {}).get("edition", ""), []).append(number)
        if any(len(by_edition[item.edition]) != item.records for item in held):
            raise Moved
        prove(held, rows)
        for item in held:
            self._put(item, rows, sorted(by_edition[item.edition], key=lambda number: rows.ids[number]))

    def _put(self, item: DocumentSummary, rows: Rows, numbers: Sequence[int]) -> None:
        """The records of one edition, in the order of their ids."""
        import numpy as np

        role: dict[str, list[int]] = {"passage": [], "words": [], "place": []}
        for number in numbers:
            role[rows.metadata[number]["role"]].append(number)
        headings = [str(rows.metadata[number]["heading"]) for number in role["place"]]
        place = {heading: at for at, heading in enumerate(headings)}
        passages = [passage_of(rows.texts[number], dict(rows.metadata[number])) for number in role["passage"]]
        at = {rows.ids[number]: n for n, number in enumerate(role["passage"])}
        count = len(passages)
        self._add("owner", np.full(count, self._editions), np.int32)
        self._parts.add_texts("bodies", [_body(passage) for passage in passages])
        self._parts.add("vectors", rows.vectors[role["passage"]])
        self._parts.add("words", rows.vectors[role["words"]])
        self._add("words_of", [self._passages + at[rows.ids[number][:-1]] for number in role["words"]], np.int32)
        self._parts.add("places", rows.vectors[role["place"]])
        self._add("place_owner", np.full(len(headings), self._editions), np.int32)
        self._parts.add_texts("headings", headings)
        self._add("place_of", [self._places + place[passage.heading] for passage in passages], np.int32)
        self._add("lists", [enumerates(passage.text) for passage in passages], np.uint8)
        self._add("penalties", [punishes(passage.text) for passage in passages], np.uint8)
        lengths = [self._cut(self._passages + n, searchable(item.title, passage)) for n, passage in enumerate(passages)]
        self._lengths.append(np.array(lengths, dtype=np.int32))
        self._move_on(count, len(headings))

    def _carry(self, old: int) -> None:
        """An edition as it lies ready in the columns before."""
        import numpy as np

        before, parts = self._before, self._parts
        assert before
        first, last = map(int, before.firsts[old : old + 2])
        p_first, p_last = map(int, np.searchsorted(before.place_owner, (old, old + 1)))
        w_first, w_last = map(int, np.searchsorted(before.words_of, (first, last)))
        self._add("owner", np.full(last - first, self._editions), np.int32)
        parts.carry_texts("bodies", before.bodies, first, last)
        parts.add("vectors", before.vectors[first:last])
        parts.add("words", before.words[w_first:w_last])
        self._add("words_of", before.words_of[w_first:w_last] - first + self._passages, np.int32)
        parts.add("places", before.places[p_first:p_last])
        self._add("place_owner", np.full(p_last - p_first, self._editions), np.int32)
        parts.carry_texts("headings", before.headings, p_first, p_last)
        self._add("place_of", before.place_of[first:last] - p_first + self._places, np.int32)
        parts.add("lists", before.lists[first:last])
        parts.add("penalties", before.penalties[first:last])
        lengths = np.array(before.postings.lengths[first:last])
        self._now[first:last] = np.arange(self._passages, self._passages + last - first)
        title = self._held[self._editions].title
        for number in self._again[slice(*np.searchsorted(self._again, (first, last)))].tolist():
            passage = before.passage(number)
            lengths[number - first] = self._cut(int(self._now[number]), searchable(title, passage))
            self._now[number] = -1
        self._lengths.append(lengths)
        self._move_on(last - first, p_last - p_first)

    def _to_be_cut_again(self) -> set[int]:
        """The passages of before in which a name stands that has become a word, or is none any more."""
        import numpy as np

        before = self._before
        assert before
        changed = set(before.names) ^ set(self._words.names)
        if len(changed) > _MANY_NAMES:
            return set(range(len(before)))
        titles = {item.edition: item.title for item in self._held}
        names = [
            place_name(titles.get(before.editions[int(owner)], ""), before.headings[number])
            for number, owner in enumerate(before.place_owner if changed else ())
        ]
        found: set[int] = set()
        for name in changed:
            found |= before.bodies.holding(json.dumps(name, ensure_ascii=False)[1:-1])
            places = [number for number, words in enumerate(names) if name in words]
            found |= set(np.flatnonzero(np.isin(before.place_of, places)).tolist()) if places else set()
        return found

    def _cut(self, passage: int, text: str) -> int:
        terms = self._words.of(text) or [""]
        self._counting.count(passage, terms)
        return len(terms)

    def _add(self, name: str, values: Any, kind: Any) -> None:
        import numpy as np

        self._parts.add(name, np.asarray(values, dtype=kind))

    def _move_on(self, passages: int, places: int) -> None:
        self._passages += passages
        self._places += places
        self._editions += 1


def searchable(title: str, passage: Passage) -> str:
    """All words under which a passage can be found."""
    return f"{place_name(title, passage.heading)} {passage.text} {passage.also}"


def _body(passage: Passage) -> str:
    told = (passage.text, passage.article, passage.article_no, passage.article_sub, passage.verbatim, passage.also)
    return json.dumps(told, ensure_ascii=False)


def _portions(held: Iterator[DocumentSummary]) -> Iterator[list[DocumentSummary]]:
    portion: list[DocumentSummary] = []
    for item in held:
        if portion and sum(each.records for each in portion) + item.records > _PORTION:
            yield portion
            portion = []
        portion.append(item)
    if portion:
        yield portion
