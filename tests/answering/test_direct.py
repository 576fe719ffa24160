"""What registry and arithmetic answer: standing, articles that do not exist, fees, last days, the special rule first."""

from __future__ import annotations

import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from answering import answer
from answering.law.deadlines import deadline
from answering.law.direct import direct
from answering.law.fees import fee, steps
from answering.law.missing import numeral
from answering.law.own import own_matter
from answering.law.special import special
from tests.answering.test_first import official
from tests.fakes import MemoryKnowledge

LAW = Path(__file__).parents[2] / "answering" / "law"
TODAY = date(2026, 11, 26)
YEAR_END = date(2023, 12, 31)


def said(question: str, knowledge, as_of: date | None = TODAY) -> str:
    *_, last = answer(question, knowledge, as_of=as_of)
    return last.result.answer


@pytest.mark.parametrize(
    ("question", "day", "begins", "holds"),
    [
        ("环境保护法今天还有没有效", YEAR_END, "有效：《环境保护法》", "2023年12月31日有效"),
        ("环境保护法今天还有没有效", TODAY, "已经无效：《环境保护法》", "2026年8月15日起废止，由《生态环境法典》取代"),
        ("2026年的年报还能引用环境保护法吗", TODAY, "不能：", "2026年度报告应当引用《生态环境法典》"),
        ("2025年的年报能不能引用固废法？", TODAY, "能：", "2025年度报告可以引用"),
        ("固废法是什么时候废止的", TODAY, "《固体废物污染环境防治法》", "2026年8月15日起废止"),
        ("环保法被什么法取代了？", TODAY, "《环境保护法》", "由《生态环境法典》取代"),
        ("生态环境法典什么时候施行？", TODAY, "《生态环境法典》自2026年8月15日起施行", ""),
        ("生态环境法典现在生效了吗", YEAR_END, "还没有施行：", "2026年8月15日"),
        ("生态环境法典取代了哪些法律？", TODAY, "《生态环境法典》", "共10部"),
        (
            "现在还能用环境行政处罚办法吗？",
            YEAR_END,
            "已经无效：",
            "2023年7月1日起废止，由《生态环境行政处罚办法》取代",
        ),
        ("《企业环境信息依法披露管理办法》现在有效吗？", TODAY, "有效：", "2022年2月8日"),
        ("政府信息公开条例废止了吗", TODAY, "没有废止：", "有效"),
        ("噪声法2026年8月14日还有效吗", TODAY, "有效：", "2026年8月14日有效"),
        ("噪声法2026年8月15日还有效吗", TODAY, "已经无效：", "生态环境法典"),
        ("水污染防治法和大气污染防治法现在还有效吗", TODAY, "已经无效：", "《水污染防治法》"),
        ("信访条例还有效吗", TODAY, "已经无效：", "《信访工作条例》"),
        ("行政复议法现行版本什么时候施行的", TODAY, "《行政复议法》自2024年1月1日起施行", ""),
        ("清洁生产促进法作废了没有", TODAY, "已废止：", "2026年8月15日"),
        ("国办函〔2020〕109号还有效吗", TODAY, "有效：《政府信息公开信息处理费管理办法》", "2026年11月26日有效"),
        (
            "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）还有效吗",
            TODAY,
            "有效：《政府信息公开信息处理费管理办法》",
            "2021年1月1日起施行",
        ),
        ("固体废物污染环境防治法到今天还有效力吗", TODAY, "已经无效：《固体废物污染环境防治法》", "2026年8月15日"),
        ("水污染防治法还有没有效力", YEAR_END, "有效：《水污染防治法》", "2023年12月31日有效"),
        (
            "最高法2011年那个审理政府信息公开行政案件若干问题的规定，现在还管用吗？",
            TODAY,
            "已经无效：《最高人民法院关于审理政府信息公开行政案件若干问题的规定》",
            "2025年6月1日起废止",
        ),
        ("2010年出台的环境行政处罚办法现在还能用吗", TODAY, "已经无效：《环境行政处罚办法》", "2023年7月1日起废止"),
        ("国务院的排污许可管理条例还管用吗", TODAY, "有效：《排污许可管理条例》", ""),
        ("生态环境部的企业环境信息依法披露管理办法还算数吗", TODAY, "有效：", "2026年11月26日有效"),
        ("政府信息公开条例2024年3月0日有效吗", TODAY, "有效：", "2024年3月1日有效"),
        ("政府信息公开条例第12345条是什么", TODAY, "《政府信息公开条例》共五十六条，没有第12345条", ""),
        ("2026年7月1日办的处罚决定还能用环境行政处罚办法吗", TODAY, "已经无效：", "2023年7月1日起废止"),
        ("2017年那版行政复议法什么时候停用的", TODAY, "《行政复议法》", "自2024年1月1日起修订"),
        ("信访工作条例什么时候开始实行的", TODAY, "《信访工作条例》自2022年5月1日起施行", ""),
        ("政府信息公开条例第十条之十二怎么规定", TODAY, "《政府信息公开条例》共五十六条，没有第十条之十二", ""),
        ("条例第六十条是什么", TODAY, "《政府信息公开条例》共五十六条，没有第六十条", ""),
        (
            "企业环境信息依法披露管理办法第四十条怎么规定",
            TODAY,
            "《企业环境信息依法披露管理办法》共三十三条，没有第四十条",
            "",
        ),
    ],
)
def test_standing_and_articles_that_do_not_exist(built_in, question, day, begins, holds) -> None:
    found = said(question, built_in, day)
    assert found.startswith(begins) and holds in found, found


@pytest.mark.parametrize(
    "question",
    [
        "违反环境保护法的处罚决定书何时生效",
        "环境保护法对重点排污单位公开信息有什么规定",
        "信息公开申请多久答复",
        "",
        "行政处罚决定书有效期多久",
    ],
)
def test_what_asks_for_more_is_not_answered_by_the_registry(built_in, question) -> None:
    assert direct(question, built_in, TODAY) is None


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (10, "十"),
        (16, "十六"),
        (20, "二十"),
        (56, "五十六"),
        (106, "一百零六"),
        (120, "一百二十"),
        (1242, "一千二百四十二"),
        (12345, "12345"),
    ],
)
def test_numerals(number, written) -> None:
    assert numeral(number) == written


@pytest.mark.parametrize(
    ("count", "by", "yuan"),
    [
        (1, "items", 0),
        (10, "items", 0),
        (11, "items", 100),
        (30, "items", 2000),
        (31, "items", 2200),
        (32, "items", 2400),
        (40, "items", 4000),
        (41, "items", 4300),
        (51, "items", 7400),
        (30, "pages", 0),
        (31, "pages", 10),
        (100, "pages", 700),
        (101, "pages", 720),
        (200, "pages", 2700),
        (201, "pages", 2740),
        (1000, "pages", 34700),
    ],
)
def test_the_tariff(count, by, yuan) -> None:
    found = steps(count, by)
    assert sum(step.yuan for step in found) == yuan
    assert (found[0].first, found[-1].last) == (1, count)
    assert all(later.first == earlier.last + 1 for earlier, later in pairwise(found))


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("一个月内申请32件，信息处理费一共收多少", "共2400元"),
        ("同一个人这个月交了八件申请，要收多少钱？", "不收费"),
        ("打印材料250页，信息处理费收多少钱", "共4700元"),
        ("一个月申请45件、一共120页，要收多少钱", "不能两种都收"),
        ("一年申请了120件，信息处理费收多少", "每个自然月的件数"),
    ],
)
def test_fees(built_in, question, holds) -> None:
    found = fee(question, built_in, TODAY)
    assert found is not None and holds in found.text
    assert "明显超过合理范围" in found.text or "自然月的件数" in found.text


@pytest.mark.parametrize(
    "question",
    [
        "政府信息公开可以收费吗",
        "去年收到32件申请，收费多少",
        "罚款多少钱",
        "甲申请12件、乙申请35件，信息处理费分别收多少",
        "第31件政府信息公开申请收多少钱",
    ],
)
def test_no_fee_is_computed_where_none_is_asked_for(built_in, question) -> None:
    assert fee(question, built_in, TODAY) is None


@pytest.mark.parametrize(
    ("question", "of"),
    [
        ("信息处理费收费标准是多少", ()),
        ("信息处理费怎么收", ()),
        ("申请政府信息公开要收多少钱", ()),
        ("查政府信息多少钱一件", ()),
        ("信息处理费按页怎么收", ()),
        ("依申请公开的收费标准怎么定的", ()),
        ("政府信息公开一件收多少钱", ()),
        ("那收多少钱", ("政府信息公开条例",)),
        ("那收费标准呢", ("政府信息公开条例",)),
        ("按件怎么收", ("政府信息公开信息处理费管理办法",)),
    ],
)
def test_the_tariff_is_told_where_no_number_is_named(built_in, question, of) -> None:
    found = direct(question, built_in, TODAY, of)
    assert found is not None
    assert "第11至30件每件100元" in found.answer and "第31至100页每页10元" in found.answer
    assert "明显超过合理范围" in found.answer


@pytest.mark.parametrize(
    ("question", "of"),
    [
        ("那收多少钱", ("行政处罚法",)),
        ("那收多少钱", ()),
        ("收费标准谁来定", ("政府信息公开条例",)),
        ("信息处理费上缴国库吗，标准是多少", ()),
        ("政府信息公开可以收费吗", ()),
        ("去年政府信息公开收费多少", ()),
        ("政府信息公开被罚多少钱", ()),
        ("信息公开申请要多少天", ()),
        ("不服信息处理费的收费怎么办", ()),
        ("那标准是什么", ("政府信息公开条例",)),
    ],
)
def test_the_tariff_is_not_told_where_something_else_is_asked(built_in, question, of) -> None:
    found = direct(question, built_in, TODAY, of)
    assert found is None or "每件100元" not in found.answer


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("3月2日收到的申请，最晚哪天答复？", ["2026年3月30日", "2026年4月28日", "按2026年计算"]),
        ("2026年3月2日收到申请，3月6日发了补正通知，3月16日收到补正，最晚什么时候答复？", ["最晚2026年4月14日"]),
        ("2026年4月1日收到申请，征求第三方意见用了10个工作日，最晚哪天答复", ["最晚2026年5月18日", "10个工作日"]),
        ("2026年4月1日收到申请，4月3日书面征求第三方意见，4月20日收到意见，最晚哪天答复", ["最晚2026年5月18日"]),
        ("2026年9月28日收到申请，截止哪天答复", ["最晚2026年10月30日"]),
        ("2026年4月1日收到处罚决定书，最晚哪天申请复议？", ["2026年6月1日", "顺延"]),
        ("2026年4月1日收到不予公开告知书，最晚哪天起诉？", ["不能直接起诉", "2026年6月1日"]),
        ("2026年6月3日收到复议决定书，最晚哪天起诉", ["最晚2026年6月18日"]),
        ("2026年1月5日收到处罚决定书，最晚哪天起诉", ["最晚2026年7月6日"]),
        ("2026年1月5日收到处罚决定书，最晚哪天告到法院", ["最晚2026年7月6日"]),
        ("2026年6月3日收到不予受理决定，最晚哪天起诉", ["起诉"]),
        ("2090年12月31日收到的申请最晚哪天答复", ["不能算出是哪一天"]),
    ],
)
def test_last_days(question, holds) -> None:
    found = deadline(question, MemoryKnowledge(list(official().values())), TODAY)
    assert found is not None
    assert all(words in found.text for words in holds), found.text


@pytest.mark.parametrize(
    "question",
    [
        "申请最晚多少天答复",
        "年报最晚哪天公布",
        "2月30日收到申请最晚哪天答复",
        "2026年3月2日收到申请怎么登记",
        "复议机关2026年3月2日收到复议申请，最晚哪天办结",
        "2026年3月2日收到行政复议申请，最晚哪天受理",
        "2026年3月2日收到起诉状副本，最晚哪天提交答辩状",
        "2026年3月2日收到一审判决，最晚哪天上诉，诉讼费交多少",
        "2026年3月2日发布公告，公告到哪天到期",
    ],
)
def test_no_last_day_is_computed_where_none_can_be(question) -> None:
    assert deadline(question, MemoryKnowledge(list(official().values())), TODAY) is None


@pytest.mark.parametrize("entry", tomllib.loads((LAW / "special.toml").read_text(encoding="utf-8"))["special"])
def test_the_special_rule_is_found_where_it_decides(entry) -> None:
    knowledge = MemoryKnowledge([hit for hit in official().values() if hit.title == entry["title"]])
    assert all(special(one, knowledge, TODAY) for one in entry["finds"])
    assert not any(special(one, knowledge, TODAY) for one in entry["passes"])


def test_the_special_rule_goes_first_while_it_is_in_force() -> None:
    knowledge = MemoryKnowledge(list(official().values()))
    found = special("局里不肯公开，我可以直接起诉吗？", knowledge, TODAY)
    assert found and (found.hit.title, found.hit.article_no) == ("行政复议法", 23)
    *_, last = answer("局里不肯公开，我可以直接起诉吗？", knowledge, as_of=TODAY)
    assert last.result.answer.startswith("不能直接起诉，要先申请行政复议：《行政复议法》第二十三条规定")
    assert special("局里不肯公开，我可以直接起诉吗？", MemoryKnowledge([]), TODAY) is None


OWN = tomllib.loads((LAW / "own.toml").read_text(encoding="utf-8"))["matter"]


@pytest.mark.parametrize("entry", OWN, ids=[one["name"] for one in OWN])
def test_the_matters_of_the_office_itself(entry) -> None:
    found = {one: own_matter(one) for one in entry["finds"]}
    assert [one for one, matter in found.items() if matter is None or matter.name != entry["name"]] == []
    assert [one for one in entry["passes"] if own_matter(one)] == []
