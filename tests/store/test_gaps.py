"""A text with gaps never takes the place of the held one of its version; kept beside, it comes up only when that is gone."""

import re
from dataclasses import replace
from datetime import date

import pytest
from docx import Document as Word

from domain import Document, Note, Passage, UnusableInput
from ingest import read
from ingest.law_library import SOURCE
from ingest.numerals import article_label
from store import KnowledgeBase, Registry, open_knowledge, rebuild
from store.gaps import gaps
from store.lookup import by_number, versions
from store.records import edition, identity
from store.validity import Period, in_succession, version_on
from tests.store.conftest import PairEmbedder
from tests.store.memory import MemoryCollections

TITLE = "云岫县井水管理办法"
HEADER = (TITLE, "（2023年5月1日云岫县人民政府公布，自2023年6月1日起施行）")
PLACES = [*range(1, 8), "7之一", *range(8, 13)]


def text(*places, words="管井人每日查看井台并记录水位。"):
    """An article a place, as printed."""
    labels = [article_label(7, 1) if place == "7之一" else article_label(place) for place in places]
    return "\n".join((*HEADER, *(f"{label}　{words}" for label in labels)))


WHOLE = text(*PLACES)


def written(folder, content, name="井水办法.txt"):
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return read(path, "regulation")


def articles(
    *numbers,
    days=("2020-01-01", "2020-03-01"),
    title="晒谷场管理办法",
    words="晒谷场由村委会管理",
    verbatim=True,
    **about,
):
    """A regulation that has the articles of these numbers, promulgated and in force on these days ("" for none)."""
    promulgated, effective = (date.fromisoformat(day) if day else None for day in days)
    pairs = [number if isinstance(number, tuple) else (number, 0) for number in numbers]
    passages = tuple(Passage(f"{words}。", article_label(*pair), *pair, verbatim=verbatim) for pair in pairs)
    source = about.pop("source", f"{title}.txt")
    digest = about.pop("digest", words)
    return Document(
        "regulation", title, source, digest, passages, promulgated=promulgated, effective_from=effective, **about
    )


@pytest.fixture
def knowledge(embedder):
    return KnowledgeBase(MemoryCollections(), embedder, Registry())


def held_numbers(knowledge):
    """The articles of the only document held."""
    (held,) = knowledge.documents()
    return [(passage.article_no, passage.article_sub) for passage in knowledge.document(held.id).passages]


# --- what is refused, and what is said --------------------------------------------------------------


@pytest.mark.parametrize(
    ("damaged", "missing"),
    [
        (text(*PLACES[:9]), "缺少第九条至第十二条，共4条"),  # cut off
        (
            text(*(place for place in PLACES if place not in (3, 5, 6, 10, 11, 12))),
            "缺少第三条、第五条、第六条、第十条至第十二条，共6条",
        ),
        (
            WHOLE.replace("第四条", "笫四条").replace("第五条", "第五杂"),
            "缺少第四条、第五条，共2条",
        ),  # two swallowed by the one before
        (text(*PLACES[6:]), "缺少第一条至第六条，共6条"),  # the second half
        (text(*(place for place in PLACES if place != "7之一")), "缺少第七条之一，共1条"),
        (re.sub("(第十条　).*", r"\1", WHOLE), "缺少第十条，共1条"),  # the heading is there, its text is not
        (f"{TITLE}\n{text(*PLACES[:5]).split(chr(10), 2)[2]}", "没有写明日期"),  # its day is gone with the rest
        (
            text(*PLACES[:5], words="管井人每日查看井台，枯水时每日两次，并记录水位。"),
            "缺少第六条至第十二条，共8条",
        ),  # in other words
    ],
    ids=["tail", "holes", "misread", "second half", "sub", "empty", "undated", "other words"],
)
def test_a_damaged_copy_is_refused_and_the_whole_text_stays(knowledge, tmp_path, damaged, missing):
    whole = written(tmp_path, WHOLE)
    knowledge.add(whole)
    with pytest.raises(UnusableInput) as refused:
        knowledge.add(written(tmp_path, damaged))
    said = str(refused.value)
    assert missing in said and "井水办法.txt" in said and f"《{TITLE}》" in said and "已收入的文本有13条" in said
    assert "没有改动" in said and "--beside" in said
    assert held_numbers(knowledge) == [(n, 0) for n in range(1, 8)] + [(7, 1)] + [(n, 0) for n in range(8, 13)]
    assert knowledge.document(knowledge.documents()[0].id) == whole


def test_a_word_file_that_lost_its_table_is_refused(knowledge, tmp_path):
    lines = WHOLE.split("\n")
    for name, rows in (("whole.docx", lines[9:]), ("lost.docx", [])):
        word = Word()
        for line in lines[:9]:
            word.add_paragraph(line)
        table = word.add_table(len(rows), 1)
        for row, line in zip(table.rows, rows):
            row.cells[0].text = line
        word.save(tmp_path / name)
    assert knowledge.add(read(tmp_path / "whole.docx", "regulation")) == "added"
    with pytest.raises(UnusableInput, match="缺少第七条之一至第十二条，共6条"):
        knowledge.add(read(tmp_path / "lost.docx", "regulation"))


@pytest.mark.parametrize(
    "part", [slice(None, 19), slice(12, None), slice(None, None, 2)], ids=["first half", "rest", "every other"]
)
def test_an_official_text_without_some_of_its_paragraphs_is_refused(knowledge, shared, tmp_path, part):
    official = next((shared / "regulations").glob("企业环境信息依法披露管理办法*.txt"))
    whole = read(official, "regulation")
    assert knowledge.add(whole) == "added"
    lines = official.read_text(encoding="utf-8").splitlines()
    starts = [at for at, line in enumerate(lines) if re.match(r"[\s　]*第[一二三四五六七八九十]+条[\s　]", line)]
    assert len(starts) == len(whole.passages) == 33
    kept = lines[: starts[0]] + [
        line for at in range(33)[part] for line in lines[starts[at] : (starts[1:] + [len(lines)])[at]]
    ]
    with pytest.raises(UnusableInput, match="已收入的文本有33条，缺少第"):
        knowledge.add(written(tmp_path, "\n".join(kept), official.name))
    assert len(held_numbers(knowledge)) == 33


CARDS = {"verbatim": False, "source": "要点"}


@pytest.mark.parametrize(
    ("held", "new", "told"),
    [
        (articles(*range(1, 11)), articles(*range(1, 11), words="改"), "replaced"),
        (articles(1, 2, 4, 5), articles(1, 2, 4, 5, words="改"), "replaced"),  # lacks what the held one lacks too
        (articles(1, 2, 4, 5), articles(*range(1, 6)), "replaced"),  # the whole text comes after its damaged copy
        (articles(*range(1, 10)), articles(*range(1, 13)), "replaced"),
        (articles(*range(1, 10)), articles(*(n for n in range(1, 13) if n != 4)), "缺少第四条，"),
        (articles(3, 5, 9, **CARDS), articles(*range(1, 13)), "replaced"),  # cards of some articles only
        (articles(*range(1, 11), **CARDS), articles(*range(1, 10)), "缺少第十条，"),
        (
            articles(*range(1, 11), **CARDS),
            articles(1, 2, **CARDS | {"words": "改"}),
            "replaced",
        ),  # cards are the project's own
        (articles(*range(1, 11)), articles(1, 2, **CARDS), "unchanged"),
        (articles(*range(1, 11)), articles(1, 2, source=SOURCE), "unchanged"),
        (articles(*range(1, 11), source=SOURCE), articles(1, 2), "缺少第三条至第十条，"),
        (articles(*range(1, 11)), articles(1, 2, title="晒谷场管理规定"), "added"),
        (articles(11, 12, (12, 1), (12, 2), 13, 14), articles(11, 14), "缺少第十二条至第十三条，共4条"),
        (
            articles(1, 5, 9, 21),
            articles(1, 2),
            "缺少第五条、第九条、第二十一条，",
        ),  # no run: what lies between is not held either
        (articles(0, 1, 2), articles(1, 2, words="改"), "replaced"),  # what has no number is no article
    ],
)
def test_only_articles_that_are_held_are_missed(knowledge, held, new, told):
    knowledge.add(held)
    if told in ("added", "replaced", "unchanged"):
        assert knowledge.add(new) == told
    else:
        with pytest.raises(UnusableInput, match=told):
            knowledge.add(new)
        assert held_numbers(knowledge) == [(passage.article_no, passage.article_sub) for passage in held.passages]


@pytest.mark.parametrize(
    ("held", "new", "same"),
    [
        (("2020-01-01", "2020-03-01"), ("2020-01-01", ""), True),  # its last article is gone
        (("2020-01-01", "2020-03-01"), ("", "2020-03-01"), True),  # its head is gone
        (("2020-01-01", "2020-03-01"), ("2020-01-11", "2020-03-01"), True),  # begins on the same day
        (("2020-01-01", "2020-03-01"), ("", ""), True),
        (("", ""), ("2020-01-01", "2020-03-01"), True),
        (("", ""), ("", ""), True),
        (("", "2003-09-01"), ("2018-12-29", "2003-09-01"), True),
        (("2018-12-29", "2003-09-01"), ("2009-08-27", "2003-09-01"), False),  # amended twice
        (("2019-04-03", "2019-05-15"), ("2007-04-05", "2008-05-01"), False),
        (("2019-04-03", "2019-05-15"), ("2025-04-03", "2025-05-15"), False),
        (("2019-04-03", "2019-05-15"), ("", "2008-05-01"), False),
    ],
)
def test_another_version_may_be_shorter(knowledge, held, new, same):
    knowledge.add(articles(*range(1, 11), days=held))
    shorter = articles(1, 2, 3, days=new)
    if same:
        with pytest.raises(UnusableInput, match="缺少第四条至第十条"):
            knowledge.add(shorter)
    else:
        assert knowledge.add(shorter) == "added"
        assert knowledge.counts()["documents"] == 2


def test_reports_have_no_articles_to_miss(knowledge):
    first = Document("report", "年度报告", "一.txt", "1", (Passage("甲"), Passage("乙")), org="清溪县", year=2023)
    assert [knowledge.add(first), knowledge.add(replace(first, passages=first.passages[:1]))] == ["added", "replaced"]


def test_of_many_taken_in_together_the_one_with_gaps_is_told_and_the_others_come_in(knowledge):
    library = [articles(*range(1, 6), title=f"第{n}号法", source=SOURCE) for n in range(3)]
    short = articles(1, 2, 4, title="第1号法", source=SOURCE, words="改")
    first, second, refused, third = knowledge.add_all([*library[:2], short, library[2]])
    assert (first, second, third) == ("added",) * 3
    assert (
        isinstance(refused, UnusableInput) and "缺少第三条、第五条" in str(refused) and "--beside" not in str(refused)
    )
    assert sum(held.passages for held in knowledge.documents()) == 15


def test_another_program_that_comes_first_with_the_whole_text_is_not_overwritten(tmp_path, document):
    class Overtaken(PairEmbedder):
        def embed_passages(self, texts, advance=None):
            if not self.embedded:
                other = open_knowledge(tmp_path, PairEmbedder())
                assert other.add(articles(*range(1, 11))) == "added"
            return super().embed_passages(texts, advance)

    knowledge = open_knowledge(tmp_path, Overtaken())
    with pytest.raises(UnusableInput, match="缺少第三条至第十条"):
        knowledge.add(articles(1, 2, words="改"))
    assert len(held_numbers(open_knowledge(tmp_path, PairEmbedder()))) == 10


# --- kept beside ------------------------------------------------------------------------------------

ALL = articles(*range(1, 11), number="乡令第1号")
COPY = articles(1, 2, 3, words="残本只有三条", beside=True)


def test_a_copy_beside_is_held_and_neither_found_nor_cited(knowledge):
    assert [knowledge.add(ALL), knowledge.add(COPY), knowledge.add(COPY)] == ["added", "added", "unchanged"]
    assert knowledge.counts()["documents"] == 2 and [held.document.beside for held in knowledge.documents()] == [
        False,
        True,
    ]
    assert len(knowledge.articles(ALL.title)) == 10
    for kept in ({}, {"status": "现行有效"}):
        assert not any("残本" in hit.text for hit in knowledge.search("残本只有三条", k=20, **kept))
    assert len(versions(knowledge, ALL.title)) == 1
    assert len(by_number(knowledge, "乡令第1号", date(2024, 1, 1))) == 10
    assert len({period for _, period in knowledge.periods()}) == 1
    with pytest.raises(UnusableInput, match="缺少第四条至第十条"):
        knowledge.add(replace(COPY, beside=False))


def test_without_the_whole_text_the_copy_comes_up_until_it_is_back(knowledge):
    knowledge.add(ALL)
    knowledge.add(COPY)
    assert knowledge.remove(identity(ALL))
    assert [hit.text for hit in knowledge.articles(ALL.title)] == ["残本只有三条。"] * 3
    assert len(versions(knowledge, ALL.title)) == 1
    assert knowledge.add(replace(COPY, beside=False)) == "unchanged"
    with pytest.raises(UnusableInput, match="缺少第三条"):
        knowledge.add(articles(1, 2))
    assert knowledge.add(ALL) == "added"
    assert len(knowledge.articles(ALL.title)) == 10


@pytest.mark.parametrize(
    ("whole", "copy"), [(("2020-01-01", "2020-03-01"), ("", "")), (("", ""), ("2020-01-01", "2020-03-01"))]
)
@pytest.mark.parametrize("day", [date(2010, 1, 1), date(2024, 1, 1)])
def test_a_copy_never_comes_up_because_its_days_or_the_whole_texts_are_not_known(knowledge, whole, copy, day):
    knowledge.add(articles(*range(1, 11), days=whole))
    knowledge.add(articles(1, 2, days=copy, words="残本", beside=True))
    assert len(knowledge.articles("晒谷场管理办法", day)) == 10
    (both,) = {period for _, period in knowledge.periods()}
    assert both.status(date(2024, 1, 1)) == ("现行有效" if whole[0] else "效力未知")  # as the whole text


def test_another_model_gets_the_copy_too_and_whatever_gaps_are_held(tmp_path, embedder, other_embedder):
    old, new = open_knowledge(tmp_path, embedder), open_knowledge(tmp_path, other_embedder)
    held = [ALL, COPY, articles(1, 2, days=("", ""), words="没有日期")]
    assert list(old.add_all(held, copying=True)) == ["added"] * 3  # the last as an earlier program took it in
    assert rebuild(old, new, lambda done, total: None, lambda: False)
    assert [each.edition for each in new.documents()] == [each.edition for each in old.documents()]
    assert [each.document.beside for each in open_knowledge(tmp_path, other_embedder).documents()] == [
        False,
        False,
        True,
    ]
    assert len(new.articles(ALL.title)) == 10


def test_every_other_edition_is_named_as_it_was_before_there_were_copies(document):
    known = document(also=("谁管", ""), number="乡令第1号", notes=(Note("no-number", "没有找到文号"),))
    assert edition(known) == "58079fa6e10c8ee35f19-aece42715c73"
    assert identity(replace(known, beside=True)) != identity(known)
    assert identity(replace(known, beside=True)) != identity(replace(known, beside=True, digest="另一份"))


# --- texts that begin on one day --------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2020, 3, 1), date(2030, 1, 1)])
def test_of_texts_that_begin_on_one_day_the_first_given_is_shown(day):
    began = Period(date(2020, 3, 1), date(2029, 1, 1), "废止")
    assert version_on([began, began], day) == 0
    assert version_on([Period(None, None), Period(None, None)], day) == 0


def test_of_texts_that_begin_on_one_day_the_better_one_is_shown_whichever_came_first(knowledge):
    titles = [f"第{n}号办法" for n in range(8)]  # their order by id is as good as drawn by lot
    for title in titles:
        short, long = (
            articles(1, 2, title=title, days=("", "2020-03-01")),
            articles(*range(1, 6), title=title, words="全文"),
        )
        cards = articles(*range(1, 8), title=title, days=("2020-01-02", "2020-03-01"), **CARDS)
        assert list(knowledge.add_all([short, long, cards], copying=True)) == ["added"] * 3
    for title in titles:
        assert [hit.text for hit in knowledge.articles(title)] == ["全文。"] * 5


def test_two_texts_of_one_day_both_end_when_the_next_version_begins():
    began, later = Period(date(2010, 1, 1), None), Period(date(2024, 5, 1), None)
    first, second, third = in_succession([began, began, later], "保密法")
    assert (
        first == second == replace(began, end=date(2024, 5, 1), ended="修订", replaced_by="保密法") and third == later
    )


def test_gaps_are_counted():
    found = gaps(articles(1, 3), articles(1, 2, 3, 4).passages)
    assert (str(found), found.own, found.held, found.count) == ("缺少第二条、第四条，共2条", 2, 4, 2)
