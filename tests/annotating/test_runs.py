"""Property: whatever the runs of a paragraph, comments change no text and a rejected revision leaves none behind."""

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from annotating.body import TextSpan, WordParagraph
from annotating.runs import replace, replaceable, runs_of
from tests.annotating.test_annotating import AUTHOR, texts, without_revisions
from tests.annotating.word_files import SPACE, W
from tests.conftest import examples

TEXT = st.text(alphabet="公开条例3， 、\u3000a", min_size=0, max_size=6)
PIECE = st.one_of(
    st.tuples(st.just("t"), TEXT, st.booleans()),
    st.sampled_from([("tab", "", False), ("br", "", False), ("noBreakHyphen", "", False)]),
)
HOLDER = st.sampled_from(["", "", "", "smartTag", "hyperlink", "ins", "fldSimple"])
RUN = st.tuples(HOLDER, st.booleans(), st.lists(PIECE, min_size=1, max_size=4))


@st.composite
def paragraph(draw):
    """A paragraph of runs with and without properties, inside what Word puts around runs."""
    body = etree.Element(f"{W}body", nsmap={"w": W.strip("{}")})
    element = etree.SubElement(body, f"{W}p")
    if draw(st.booleans()):
        etree.SubElement(element, f"{W}pPr")
    for holder, styled, pieces in draw(st.lists(RUN, min_size=1, max_size=6)):
        marks = {f"{W}id": "1", f"{W}author": "张三"} if holder == "ins" else {}
        run = etree.SubElement(etree.SubElement(element, f"{W}{holder}", marks) if holder else element, f"{W}r")
        if styled:
            etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}b")
        for kind, text, kept in pieces:
            node = etree.SubElement(run, f"{W}{kind}")
            if kind == "t":
                node.text = text
                if kept:
                    node.set(SPACE, "preserve")
    return element


@st.composite
def spanned(draw):
    element = draw(paragraph())
    length = len(WordParagraph(element).text)
    start = draw(st.integers(0, length))
    return element, start, draw(st.integers(start, length))


@given(spanned())
@settings(max_examples=examples(400))
def test_dividing_runs_changes_no_text(given_):
    element, start, end = given_
    before = texts(element.getparent())
    whole = WordParagraph(element)
    words = [place for _, place in whole.places[start:end] if place.node is not None]
    runs = runs_of(TextSpan(whole, start, end))
    assert texts(element.getparent()) == before
    assert bool(runs) == bool(words)


@given(spanned(), st.sampled_from(["", "新", "政府 信息"]))
@settings(max_examples=examples(400))
def test_a_rejected_revision_leaves_the_text_and_an_accepted_one_the_mend(given_, new):
    element, start, end = given_
    body, whole = element.getparent(), WordParagraph(element)
    span, before, text = TextSpan(whole, start, end), texts(element.getparent()), whole.text
    if not replaceable(span):
        return
    replace(span, new, 100, "2025-01-01T00:00:00Z")
    assert WordParagraph(element).text == text[:start] + new + text[end:]
    assert {one.get(f"{W}author") for one in body.iter(f"{W}del")} == {AUTHOR}
    assert texts(without_revisions(body, AUTHOR)) == before
