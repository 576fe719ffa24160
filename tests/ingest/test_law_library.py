"""The statute library's data file: every law whole, its faults told, nothing made up in their place."""

import sqlite3
from datetime import date

import pytest

from domain import UnusableInput
from ingest import count_laws, read_library
from store.validity import Registry

LAW = {
    "law_id": "a",
    "law_name": "中华人民共和国示范法",
    "doc_type": "法律",
    "level": "法律",
    "status": "现行有效",
    "issuing_body": "全国人民代表大会常务委员会",
    "publish_date": "2020-01-02",
    "effective_date": "2020-03-01",
    "version_date": "2020-01-02",
    "law_department": "行政法",
}
ARTICLE = {"chapter": "第一章 总则", "section": None, "article_text": "为了示范，制定本法。"}


def library(folder, laws, articles):
    """A data file of our own making, in the library's layout."""
    path = folder / "laws.db"
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE laws ({','.join(LAW)})")
        database.execute("CREATE TABLE articles (id, law_id, article_no, chapter, section, article_text)")
        for law in laws:
            row = LAW | law
            database.execute(f"INSERT INTO laws VALUES ({','.join('?' * len(row))})", tuple(row.values()))
        for number, article in enumerate(articles):
            row = {"id": number, "law_id": "a", "article_no": "第一条"} | ARTICLE | article
            columns = ("id", "law_id", "article_no", "chapter", "section", "article_text")
            database.execute("INSERT INTO articles VALUES (?,?,?,?,?,?)", tuple(row[name] for name in columns))
    database.close()
    return path


def only(folder, law=(), articles=({},)):
    (document,) = read_library(library(folder, [dict(law)], articles))
    return document


def test_a_law_as_it_should_be(tmp_path):
    law = only(tmp_path, articles=[{}, {"article_no": "第一条之一"}, {"article_no": "第二条", "section": "第一节 甲"}])
    assert (law.title, law.full_title, law.level) == ("示范法", "中华人民共和国示范法", "法律")
    assert (law.promulgated, law.effective_from, law.notes) == (date(2020, 1, 2), date(2020, 3, 1), ())
    assert [(p.article, p.article_no, p.article_sub, p.heading) for p in law.passages] == [
        ("第一条", 1, 0, "第一章 总则"),
        ("第一条之一", 1, 1, "第一章 总则"),
        ("第二条", 2, 0, "第一章 总则/第一节 甲"),
    ]


@pytest.mark.parametrize(
    ("law", "field", "value", "said"),
    [
        ({"publish_date": ""}, "promulgated", None, "公布日期“空”不是日期"),
        ({"effective_date": "2020-13-01"}, "effective_from", None, "施行日期“2020-13-01”不是日期"),
        ({"effective_date": "1999-01-01"}, "effective_from", date(1999, 1, 1), "初次施行的日期"),
        ({"issuing_body": None}, "level", "", "效力层级不明"),
        ({"status": "已废止"}, "ended", "废止", "没有给出废止日期"),
    ],
)
def test_what_is_wrong_or_missing_is_told_and_not_made_up(tmp_path, law, field, value, said):
    document = only(tmp_path, law)
    assert getattr(document, field) == value
    assert any(said in str(note) for note in document.notes)


def test_gaps_and_repetitions_are_told_and_everything_is_kept(tmp_path):
    law = only(tmp_path, articles=[{}, {"article_no": "第四条"}, {"article_no": "第四条"}])
    assert [p.article_no for p in law.passages] == [1, 4, 4]
    assert "条文库缺少第二条至第三条，其文字可能并入了前一条" in map(
        str, law.notes
    ) and "第四条重复出现，都已保留" in map(str, law.notes)


def test_headings_left_at_the_end_of_an_article_go_where_they_belong(tmp_path):
    texts = ["甲。\n第二编 物　权\n第一分编 通 则", "乙。\n第二分编 所有权", "丙。\n附　　则", "丁。\n附件一：\n表 | 1"]
    articles = [{"article_no": f"第{n}条", "article_text": text} for n, text in zip("一二三四", texts)]
    law = only(tmp_path, articles=articles)
    assert [(p.text, p.heading) for p in law.passages] == [
        ("甲。", "第一章 总则"),
        ("乙。", "第二编 物权/第一分编 通则/第一章 总则"),
        ("丙。", "第二编 物权/第二分编 所有权/第一章 总则"),
        ("丁。", "附则"),
        ("附件一：\n表 | 1", "附则/附件一："),
    ]


def test_the_dates_decide_and_not_what_the_file_says_of_validity(tmp_path):
    old = only(tmp_path, {"status": "历史版本"})
    assert Registry().period(old).status(date(2026, 1, 1)) == "现行有效"  # until a later version begins
    assert Registry().period(old).status(date(2019, 1, 1)) == "尚未施行"


def test_a_law_that_ended_on_an_untold_day_is_never_shown_as_in_force(tmp_path):
    period = Registry().period(only(tmp_path, {"status": "已废止"}))
    assert [period.status(date(year, 6, 1)) for year in (2021, 2026)] == ["已废止", "已废止"]


def test_items_of_a_decision_are_no_articles(tmp_path):
    law = only(tmp_path, articles=[{"article_no": "条目二"}, {"article_no": "全文"}])
    assert [(p.article, p.article_no) for p in law.passages] == [("二、", 0), ("", 0)]


@pytest.mark.parametrize("content", [b"not a database" * 100, b""])
def test_another_file_is_refused(tmp_path, content):
    (tmp_path / "laws.db").write_bytes(content)
    with pytest.raises(UnusableInput, match="laws.db 无法读取"):
        list(read_library(tmp_path / "laws.db"))
    with pytest.raises(UnusableInput, match="laws.db 无法读取"):
        count_laws(tmp_path / "laws.db")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("增加五条，内容如下：", "text-cut-short"),
        ("增加五条，内容如下:", "text-cut-short"),
        ("有下列情形之一的，", "text-cut-short"),
        ("甲、", "text-cut-short"),
        ("（一）甲；", "text-cut-short"),
        ("依照《", "text-cut-short"),
        ("", "text-cut-short"),
        ('图案{width="5in" height="3in"}', "picture-left-out"),
        ("为了示范，制定本法。", None),
        ("修改为：“甲。”", None),
        ('修改为:"甲。"', None),
        ("税目 | 税率\n甲 | 百分之三", None),
        ("本法所称船舶，是指：\n甲。", None),
        ("甲（乙）", None),
    ],
)
def test_a_text_cut_short_and_a_picture_left_out_are_told(tmp_path, text, code):
    law = only(tmp_path, articles=[{"article_text": text}])
    assert [note.code for note in law.notes] == ([code] if code else [])


@pytest.mark.parametrize("status", ["历史版本", "已被修改"])
def test_a_version_that_was_changed_later_is_told(tmp_path, status):
    (note,) = only(tmp_path, {"status": status}).notes
    assert note.code == "changed-later" and status in str(note)
