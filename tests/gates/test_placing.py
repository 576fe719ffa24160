"""A figure keeps its place, whatever is written around it, beside others that read alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import Draft, Filled, Phrase
from gates import expand, known, place, placing


def phrase(name: str, key: str, text: str) -> Phrase:
    return Phrase(name, key, text, 20, "%", "上年")


ALIKE = [phrase(name, f"change.{name}.rate", "增长20%") for name in "甲乙丙"]
OTHER = [phrase(f"{name}差额", f"change.{name}", f"{name}比上年增加2件") for name in "甲乙丙"]
PHRASES = {one.name: one for one in (*ALIKE, *OTHER)}

words = st.text("的了其中，。；、和办理公开20件", max_size=8)
told = st.lists(st.tuples(words, st.sampled_from(sorted(PHRASES))), max_size=8)


def filled(*pieces: str) -> Filled:
    """Names of phrases become their phrases, everything else stays."""
    parts = (expand(f"{{{piece}}}", PHRASES)[0] if piece in PHRASES else Filled(piece) for piece in pieces)
    return Filled.joined("", parts)


def keys(text: Filled) -> list[str]:
    return [one.phrase.key for one in text.placed]


@given(told=told, around=st.lists(words, min_size=9, max_size=9))
def test_every_figure_keeps_its_key_when_the_words_around_it_change(told, around) -> None:
    order = [name for _, name in told]
    before = filled(*(piece for pair in told for piece in pair))
    after = filled(*(piece for pair in zip(around, order) for piece in pair), around[-1])
    moved = place(after.text, PHRASES.values(), before)
    assert moved == after and keys(moved) == [PHRASES[name].key for name in order]


@given(told=told, cuts=st.lists(st.integers(0, 200), max_size=3))
def test_a_text_in_pieces_is_the_same_when_put_together(told, cuts) -> None:
    text = filled(*(piece for pair in told for piece in pair))
    ends = sorted({min(cut, len(text.text)) for cut in cuts})
    pieces = list(text.cut(text.text[a:b] for a, b in zip([0, *ends], [*ends, len(text.text)])))
    whole = Filled.joined("", pieces)
    assert whole.text == text.text and set(whole.placed) <= set(text.placed)
    assert all(piece.text[start:end] == one.text for piece in pieces for start, end, one in piece.placed)
    assert Filled.joined("\n", text.lines()).text == "\n".join(text.text.splitlines())


@given(told=told, ends=st.lists(st.integers(0, 120), min_size=2, max_size=2).map(sorted))
def test_a_line_or_a_piece_is_what_a_slice_of_the_whole_is(told, ends) -> None:
    text = filled(*(piece for pair in told for piece in pair))
    begins = [sum(map(len, text.text.splitlines(keepends=True)[:n])) for n in range(len(text.text.splitlines()))]
    assert text.lines() == [text[at : at + len(line)] for at, line in zip(begins, text.text.splitlines())]
    a, b = (min(end, len(text.text)) for end in ends)
    assert list(text.cut([text.text[:a], text.text[a:b], text.text[b:]])) == [text[:a], text[a:b], text[b:]]
    assert Filled.joined("、", [text[:a], text[a:b]]) == text[:a] + Filled("、") + text[a:b]


LONG = filled(
    *("今年依申请公开工作的情况如下，各单位都已经报送，", "甲", "；其余的各项工作另见下文各段说明，", "乙差额", "。")
    * 5
)


@given(at=st.integers(0, 400), taken=st.integers(0, 60), written=st.text("的了。，增长20%甲比上年2件", max_size=30))
def test_what_is_far_from_a_change_is_found_where_it_would_be_found_anyway(at, taken, written) -> None:
    at = min(at, len(LONG.text))
    after = LONG.text[:at] + written + LONG.text[at + taken :]
    quick = place(after, PHRASES.values(), LONG)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(placing, "_far_from_change", lambda old, before, after: {})
        assert quick == place(after, PHRASES.values(), LONG)


BOTH = filled("全年", "甲差额", "，", "甲", "；", "乙差额", "，", "乙", "。")
EDITS = {
    "a sentence before it": (
        "年初定了计划。" + BOTH.text,
        ["change.甲", "change.甲.rate", "change.乙", "change.乙.rate"],
    ),
    "two sentences change places": (
        "乙比上年增加2件，增长20%；全年甲比上年增加2件，增长20%。",
        ["change.乙", "change.乙.rate", "change.甲", "change.甲.rate"],
    ),
    "the first rate goes": (
        "全年甲比上年增加2件；乙比上年增加2件，增长20%。",
        ["change.甲", "change.乙", "change.乙.rate"],
    ),
    "the second sentence goes": ("全年甲比上年增加2件，增长20%。", ["change.甲", "change.甲.rate"]),
    "the words for the figures go": ("全年增长20%；其中增长20%。", ["change.甲.rate", "change.乙.rate"]),
    "a number is made another": (
        "全年甲比上年增加2件，增长120%；乙比上年增加2件，增长20%。",
        ["change.甲", "change.乙", "change.乙.rate"],
    ),
    "another sentence is typed instead": ("丙比上年增加2件，增长20%！", ["change.丙", "change.丙.rate"]),
}


@pytest.mark.parametrize(("text", "expected"), EDITS.values(), ids=EDITS)
def test_an_edit_leaves_each_figure_what_it_was(text: str, expected: list[str]) -> None:
    assert keys(place(text, PHRASES.values(), BOTH)) == expected


def test_a_figure_that_the_ledger_gives_no_more_has_no_place() -> None:
    before = filled("全年", "甲差额", "。")
    now = phrase("甲差额", "change.甲", "甲比上年增加3件")
    assert place(before.text, [now], before) == Filled(before.text)


def test_a_draft_without_places_is_read_and_one_with_them_is_not() -> None:
    results = [phrase("维持", f"table4.{case}.maintained", "结果维持1件") for case in ("review", "litigation")]
    totals = (
        phrase("复议", "table4.review.total", "行政复议1件"),
        phrase("诉讼", "table4.litigation.total", "行政诉讼1件"),
    )
    text = "行政诉讼1件，结果维持1件；行政复议1件，结果维持1件。"
    read = known(Draft("applications", text, "composed", figures=(*totals, *results)))
    assert keys(read) == [
        "table4.litigation.total",
        "table4.litigation.maintained",
        "table4.review.total",
        "table4.review.maintained",
    ]
    assert known(Draft("applications", text, "composed", figures=(*totals, *results), placed=())) == Filled(text)
    assert known(Draft("applications", f"全年{text}", "composed", figures=totals, placed=read.placed)).phrases == (
        totals[1],
        totals[0],
    )


def test_a_number_within_another_is_no_figure() -> None:
    days = phrase("日期", "derived.days", "2月、8月")
    assert place("12月、8月", [days]).placed == () and len(place("在2月、8月", [days]).placed) == 1
