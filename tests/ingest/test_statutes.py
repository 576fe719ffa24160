"""Official texts: every article in its place, nothing lost, references not taken for articles."""

import re
from datetime import date

import pytest

from domain import UnusableInput
from ingest import files, read

HEAD = "# 云川县示范办法\n\n2024年5月6日 云川县人民政府令第7号公布\n\n"


def statute(tmp_path, text, name="示范办法.md"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path)


# --- the official texts at hand


def test_every_official_text_is_whole(shared):
    paths = files([shared / "regulations"])
    assert len(paths) >= 29
    for path in paths:
        document = read(path)
        numbers = [passage.article_no for passage in document.passages]
        assert numbers == list(range(1, len(numbers) + 1)), path.name
        assert all(passage.text and passage.verbatim for passage in document.passages), path.name
        assert not any("缺少" in str(note) or "重复" in str(note) for note in document.notes), (
            path.name,
            document.notes,
        )
        assert document.kind == "regulation" and document.effective_from and document.promulgated and document.level
        if any(passage.heading for passage in document.passages):
            assert "附则" in document.passages[-1].heading, path.name


def test_no_line_of_an_official_text_is_lost(shared):
    for path in files([shared / "regulations"]):
        joined = "\n".join(passage.text for passage in read(path).passages)
        body = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8")).split("\n")
        first = next(at for at, line in enumerate(body) if line.startswith("第一条"))
        for raw in body[first:]:
            line = raw.strip().strip("\u200b\u3000 ")
            if (
                not line
                or line.startswith(("#", "---", ":::"))
                or re.fullmatch(r"第[一二三四五六七八九十]+[章节].{1,30}", line)
            ):
                continue
            text = re.sub(r"^第[一二三四五六七八九十百零]+条[\s　]*", "", line)
            assert text in joined, (path.name, line)


FACTS = [
    ("个人信息保护法(2021-08-20).md", 74, "2021-08-20", "2021-11-01", "", "全国人民代表大会常务委员会", "法律"),
    (
        "企业环境信息依法披露管理办法(2021-12-11).txt",
        33,
        "2021-12-11",
        "2022-02-08",
        "生态环境部令第24号",
        "生态环境部",
        "部门规章",
    ),
    ("优化营商环境条例(2019-10-22).md", 72, "2019-10-22", "2020-01-01", "国务院令第722号", "国务院", "行政法规"),
    ("保守国家秘密法(2010-04-29).md", 53, "2010-04-29", "2010-10-01", "", "全国人民代表大会常务委员会", "法律"),
    ("保守国家秘密法(2024-02-27).md", 65, "2024-02-27", "2024-05-01", "", "全国人民代表大会常务委员会", "法律"),
    ("保守国家秘密法实施条例(2024-07-10).md", 74, "2024-07-10", "2024-09-01", "国务院令第786号", "国务院", "行政法规"),
    ("信访工作条例(2022-02-25).md", 50, "2022-02-25", "2022-05-01", "", "中共中央、国务院", "党内法规"),
    ("噪声污染防治法(2021-12-24).md", 90, "2021-12-24", "2022-06-05", "", "全国人民代表大会常务委员会", "法律"),
    (
        "固体废物污染环境防治法(2020-04-29).md",
        126,
        "2020-04-29",
        "2020-09-01",
        "",
        "全国人民代表大会常务委员会",
        "法律",
    ),
    (
        "国务院关于在线政务服务的若干规定(2019-04-26).md",
        16,
        "2019-04-26",
        "2019-04-26",
        "国务院令第716号",
        "国务院",
        "行政法规",
    ),
    ("土壤污染防治法(2018-08-31).md", 99, "2018-08-31", "2019-01-01", "", "全国人民代表大会常务委员会", "法律"),
    ("大气污染防治法(2018-10-26).md", 129, "2018-10-26", "2016-01-01", "", "全国人民代表大会常务委员会", "法律"),
    (
        "建设项目环境保护管理条例(2017-07-16).md",
        30,
        "2017-07-16",
        "1998-11-29",
        "国务院令第253号",
        "国务院",
        "行政法规",
    ),
    ("排污许可管理条例(2021-01-24).md", 51, "2021-01-24", "2021-03-01", "国务院令第736号", "国务院", "行政法规"),
    ("政府信息公开条例(2019-04-03).md", 56, "2019-04-03", "2019-05-15", "国务院令第711号", "国务院", "行政法规"),
    (
        "最高人民法院关于审理政府信息公开行政案件若干问题的规定(2011-07-29).md",
        13,
        "2011-07-29",
        "2011-08-13",
        "",
        "最高人民法院",
        "司法解释",
    ),
    ("档案法(2020-06-20).md", 53, "2020-06-20", "2021-01-01", "", "全国人民代表大会常务委员会", "法律"),
    ("档案法实施条例(2024-01-12).md", 52, "2024-01-12", "2024-03-01", "", "国务院", "行政法规"),
    ("水污染防治法(2017-06-27).md", 103, "2017-06-27", "2008-06-01", "", "全国人民代表大会常务委员会", "法律"),
    (
        "污染源自动监控管理办法(2005-09-19).txt",
        19,
        "2005-09-19",
        "2005-11-01",
        "国家环境保护总局令第28号",
        "国家环境保护总局",
        "部门规章",
    ),
    ("环境保护法(2014-04-24).md", 70, "2014-04-24", "2015-01-01", "", "全国人民代表大会常务委员会", "法律"),
    ("环境影响评价法(2018-12-29).md", 37, "2018-12-29", "2003-09-01", "", "全国人民代表大会常务委员会", "法律"),
    ("环境行政处罚办法(2010-01-19).txt", 82, "2010-01-19", "2010-03-01", "环境保护部令第8号", "环境保护部", "部门规章"),
    ("行政处罚法(2021-01-22).md", 86, "2021-01-22", "2021-07-15", "", "全国人民代表大会常务委员会", "法律"),
    ("行政复议法(2017-09-01).md", 43, "2017-09-01", "1999-10-01", "", "全国人民代表大会常务委员会", "法律"),
    ("行政复议法(2023-09-01).md", 90, "2023-09-01", "2024-01-01", "", "全国人民代表大会常务委员会", "法律"),
    ("行政强制法(2011-06-30).md", 71, "2011-06-30", "2012-01-01", "", "全国人民代表大会常务委员会", "法律"),
    ("行政许可法(2019-04-23).md", 83, "2019-04-23", "2004-07-01", "", "全国人民代表大会常务委员会", "法律"),
    ("行政诉讼法(2017-06-27).md", 103, "2017-06-27", "1990-10-01", "", "全国人民代表大会常务委员会", "法律"),
]


@pytest.mark.parametrize(("name", "articles", "promulgated", "effective", "number", "issuer", "level"), FACTS)
def test_known_facts(shared, name, articles, promulgated, effective, number, issuer, level):
    document = read(shared / "regulations" / name)
    assert len(document.passages) == articles
    assert (str(document.promulgated), str(document.effective_from)) == (promulgated, effective)
    assert (document.number, document.issuer, document.level) == (number, issuer, level)
    assert document.title == name.split("(")[0]
    assert document.source == name


def test_the_full_title_keeps_the_state_and_the_article_its_place(shared):
    document = read(shared / "regulations" / "个人信息保护法(2021-08-20).md")
    assert document.full_title == "中华人民共和国个人信息保护法"
    assert document.issuer == "全国人民代表大会常务委员会"
    article = document.passages[27]
    assert (article.article, article.heading) == ("第二十八条", "第二章 个人信息处理规则/第二节 敏感个人信息的处理规则")


def test_paragraphs_and_items_are_kept(shared):
    document = read(shared / "regulations" / "政府信息公开条例(2019-04-03).md")
    lines = document.passages[29].text.split("\n")
    assert document.passages[29].article == "第三十条" and len(lines) == 1
    assert sum(line.startswith(("（", "(")) for line in document.passages[19].text.split("\n")) == 15


def test_a_file_name_that_disagrees_is_noted(shared):
    document = read(shared / "regulations" / "建设项目环境保护管理条例(2017-07-16).md")
    assert any("2017-07-16" in str(note) and "1998-11-29" in str(note) for note in document.notes)


# --- what statutes can look like


def test_articles_in_every_print(tmp_path):
    document = statute(
        tmp_path,
        HEAD + "目　录\n第一章 总则\n第二章　附　则\n\n## 第一章　总　　则\n\n第一条 为了示范，制定本办法。\n\n"
        "第二条　【范围】\u200b本办法适用于示范。\n（一）甲；\n（二）乙。\n第三条为了无空格的印法。\n"
        "第三条之一 插入的一条。\n第三条之二 又一条。\n第4条 阿拉伯数字。\n\n## 第二章　附　则\n\n第五条 本办法自二〇二四年七月一日起施行。\n",
    )
    assert [(p.article, p.article_no, p.article_sub) for p in document.passages] == [
        ("第一条", 1, 0),
        ("第二条", 2, 0),
        ("第三条", 3, 0),
        ("第三条之一", 3, 1),
        ("第三条之二", 3, 2),
        ("第四条", 4, 0),
        ("第五条", 5, 0),
    ]
    assert [p.heading for p in document.passages[:2]] == ["第一章 总则", "第一章 总则/范围"]
    assert document.passages[1].text == "【范围】本办法适用于示范。\n（一）甲；\n（二）乙。"
    assert document.passages[-1].heading == "第二章 附则"
    assert document.effective_from == date(2024, 7, 1)
    assert (document.number, document.level) == ("云川县人民政府令第7号", "地方政府规章")
    assert document.notes == ()


@pytest.mark.parametrize(
    "line",
    [
        "第五十条的规定处罚。",
        "第五条第二款规定的情形除外。",
        "第九条、第十条另有规定的，从其规定。",
        "第九条 规定的情形，依照其规定。",
    ],
)
def test_a_reference_at_the_start_of_a_line_is_no_article(tmp_path, line):
    document = statute(tmp_path, HEAD + f"第一条 甲依照本办法\n{line}\n第二条 乙。\n第三条 本办法自公布之日起施行。\n")
    assert [p.article_no for p in document.passages] == [1, 2, 3]
    assert document.passages[0].text == f"甲依照本办法\n{line}"
    assert document.effective_from == document.promulgated == date(2024, 5, 6)


def test_gaps_and_duplicates_are_noted_not_silent(tmp_path):
    document = statute(tmp_path, HEAD + "第一条 甲。\n第二条 乙。\n第二条 又乙。\n第五条 丙。\n第六条\n第七条 丁。\n")
    assert [p.article_no for p in document.passages] == [1, 2, 5, 7]
    assert document.passages[1].text == "乙。\n第二条 又乙。"
    notes = "；".join(map(str, document.notes))
    assert "缺少第三条至第四条" in notes and "第二条”重复" in notes and "第六条没有正文" in notes
    assert "没有找到施行日期" in notes


def test_what_follows_the_last_article_is_left_out_and_noted(tmp_path):
    document = statute(
        tmp_path, HEAD + "第一条 甲。\n第二条 本办法自2024年7月1日起施行。\n《旧办法》同时废止。\n附件：示范表\n甲 乙\n"
    )
    assert document.passages[-1].text == "本办法自2024年7月1日起施行。\n《旧办法》同时废止。"
    assert any("附件" in str(note) for note in document.notes)


def test_the_order_above_the_title_is_not_the_title(tmp_path):
    document = statute(
        tmp_path,
        "中华人民共和国国务院令\n第999号\n《示范条例》已经2024年1月5日国务院第1次常务会议通过，现予公布，自2024年3月1日起施行。\n"
        "总理　某某\n2024年1月12日\n中华人民共和国示范条例\n第一条　甲。\n第二条　乙。\n",
        "条例.txt",
    )
    assert (document.title, document.full_title) == ("示范条例", "中华人民共和国示范条例")
    assert document.effective_from == date(2024, 3, 1)
    assert (document.number, document.level, document.issuer) == ("国务院令第999号", "行政法规", "国务院")
    assert document.promulgated == date(2024, 1, 12)


def test_the_date_in_the_file_name_serves_where_the_text_has_none(tmp_path):
    document = statute(tmp_path, "示范规定\n第一条 甲。\n第二条 本规定自公布之日起施行。\n", "示范规定(2023-02-03).txt")
    assert document.promulgated == document.effective_from == date(2023, 2, 3)


def test_wrong_kind_is_said(tmp_path):
    path = tmp_path / "杂文.txt"
    path.write_text("今天天气很好。\n我们去公园。", encoding="utf-8")
    with pytest.raises(UnusableInput, match="杂文.txt 既不像法规"):
        read(path)
    with pytest.raises(UnusableInput, match="没有找到“第一条”"):
        read(path, "regulation")
    with pytest.raises(UnusableInput, match="不能作为年度报告"):
        read(path, "report")


# A title that ends in 法 says nothing of who made it.
UNTOLD = ["测试材料提交办法", "车辆管理办法", "值班值守办法", "考核办法", "工作方法", "学习法", "废水检测方法", "示范办法",
          "公章使用管理暂行办法", "会议室使用办法", "某某法"]  # fmt: skip
TOLD = [
    ("测试材料提交办法", "（2024年1月5日云山部令第3号公布）", "部门规章"),
    ("测试材料提交办法", "（2024年1月5日云山市人民政府令第3号公布）", "地方政府规章"),
    ("测试材料提交办法", "（云环发〔2024〕3号）", "规范性文件"),
    ("云山法", "（2024年1月5日第十四届全国人民代表大会常务委员会第七次会议通过）", "法律"),
    ("云山法", "（2024年1月5日中华人民共和国主席令第三号公布）", "法律"),
    ("中华人民共和国云山法", "", "法律"),
]


@pytest.mark.parametrize(("title", "made", "level"), [*((title, "", "") for title in UNTOLD), *TOLD])
def test_the_level_comes_from_the_text_or_is_not_known(tmp_path, title, made, level):
    body = "第一条　为了示范，制定本规定。\n\n第二条　资料应当在每月十日前提交。\n"
    document = statute(tmp_path, f"{title}\n\n{made}\n\n{body}", f"{title}.txt")
    assert (document.title, document.level) == (title.removeprefix("中华人民共和国"), level)
