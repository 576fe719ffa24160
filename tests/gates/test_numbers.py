"""Which numerals are quantities, and which of them a passage supports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gates import find_numerals, unsupported
from gates.numbers import strays

QUANTITIES = [
    ("作出行政许可38件", ["38件"]),
    ("作出行政许可３８件", ["３８件"]),
    ("作出行政许可三十八件", ["三十八件"]),
    ("开展培训两次，听取汇报一次", ["两次", "一次"]),
    ("发布十余条", ["十余条"]),
    ("约十几件、数百条、近百件", ["十几件", "数百条", "近百件"]),
    ("增长百分之五点二，占五成，是上年的三倍", ["百分之五点二", "五成", "三倍"]),
    ("同比翻一番、翻番，过半，半数以上", ["翻一番", "翻番", "过半", "半数"]),
    ("占比5.2%、５％", ["5.2%", "５％"]),
    ("截至2023年12月31日", ["2023年12月31日"]),
    ("二〇二三年一月以来", ["二〇二三年一月"]),
    ("共计三十八，", ["三十八"]),
    ("三至五次", ["三", "五次"]),
    ("①公开；②答复", ["①", "②"]),
    ("收费3.8万元，即三万八千元", ["3.8万元", "三万八千元"]),
    ("三十分钟、十分钟", ["三十分钟", "十分钟"]),
    ("实现零申请，收费为零", ["零", "为零"]),
    ("1,234条", ["1,234条"]),
    ("三 十 八件、三\u200b十八件", ["三 十 八件", "三\u200b十八件"]),
    ("three件、xii件、thirty-eight条", ["three", "xii", "thirty-eight"]),
    ("较上年翻倍，是数倍，用了半年，收到俩", ["翻倍", "数倍", "半", "俩"]),
    ("总数为五。合计共七，", ["五", "七"]),
    ("总数八。", ["八"]),
    (
        "双倍、加倍、减半、多半，个位数，数以千计，若干件，清零",
        ["双倍", "加倍", "减半", "多半", "个位数", "数以千计", "若干件", "清零"],
    ),
    ("十来件、千把条、百余，过百", ["十来件", "千把条", "百余", "过百"]),
    ("卌件、貳件、參拾捌件、○件", ["卌件", "貳件", "參拾捌件", "○件"]),
    ("thirty eight applications, twice, VIII", ["thirty eight", "twice", "VIII"]),
    ("零受理、零结转、零上诉", ["零", "零", "零"]),
    ("收到申请（三十八）件，共（三十八）。", ["三十八", "三十八"]),
    ("三十八，是全年的件数", ["三十八"]),
    ("系统一周、责任一倍、清单一件、合同一份", ["一周", "一倍", "一件", "一份"]),
    ("发生一起，受理一起", ["一起", "一起"]),
    ("由三增加到五，比上年多二，减少了四。", ["三", "五", "二", "四"]),
    ("逾期O件", ["O"]),
    ("增长6.5个百分点，平均6.5个工作日", ["6.5个百分点", "6.5个工作日"]),
    ("六五折，六月五日办结三一件", ["六五折", "六月五日", "三一件"]),
    ("全国12.4万件，三八件", ["12.4万件", "三八件"]),
]

NOT_QUANTITIES = [
    "一是抓落实；二是抓规范；三是抓培训。",
    "依照第十二条第（一）项、第三十六条第（一）、（二）项",
    "第12条",
    "第一批、第三季度",
    "（一）主动公开情况",
    "一、总体情况",
    "十一、附则",
    "一把手亲自抓",
    "做到两个维护、四个意识",
    "危及三安全一稳定",
    "一体化、统一、一律、一定",
    "进一步、唯一、一方面、一些、一般、万一",
    "想方设法、千方百计",
    "推进三公开、五公开",
    "属于四类过程性信息、三类内部事务信息",
    "一站式、一网通办",
    "双随机、一公开",
    "双随机一公开",
    "12345政务服务便民热线",
    "十四五规划",
    "党的二十大精神",
    "十分重视",
    "新的一年",
    "每一条信息",
    "单位：万元",
    "上半年",
    "州、市两级",
    "中央八项规定",
    "PM2.5监测",
    "组成、成立、完成",
    "一事一议、一企一策",
    "零星、零散、零工、零排放、零距离",
    "统一、单一、同一、任一",
    "（二）部分公开；（三）不予公开",
    "二来便于查阅",
    "下一年度、上一年、又一次强调",
    "一件事一次办",
    "三年行动计划",
    "五一假期前",
    "八小时之外",
    "合二为一。",
    "三台县、七台河市、万年县",
    "由上到下、从一体化推进，归于一律。",
    "六五环境日",
    "六·五世界环境日宣传、“六五”环境日活动",
    "6·5世界环境日、“6·5”环境日、6.5环境日",
    "12·4国家宪法日、4·15全民国家安全教育日、5·22国际生物多样性日",
    "四一五全民国家安全教育日、三二二世界水日",
    "三八妇女节、五四青年节、六一儿童节、八一建军节、九九重阳节",
    "补充一句，用一句话说清",
    "过去一段时间、一本账、一把尺子量到底",
    "一五一十、一清二楚、一言一行",
]


@pytest.mark.parametrize(("text", "expected"), QUANTITIES)
def test_quantities_are_found(text: str, expected: list[str]) -> None:
    found = find_numerals(text)
    assert [numeral.text for numeral in found] == expected
    assert all(text[numeral.start : numeral.end] == numeral.text for numeral in found)


@pytest.mark.parametrize("text", NOT_QUANTITIES)
def test_other_words_with_numerals_are_left_alone(text: str) -> None:
    assert find_numerals(text) == []


def test_an_arabic_list_mark_is_sanctioned_only_on_request() -> None:
    assert [numeral.text for numeral in find_numerals("1.公开\n2、答复3件")] == ["1", "2", "3件"]
    assert [numeral.text for numeral in find_numerals("1.公开\n2、答复3件", list_marks=True)] == ["3件"]


SCRIPTS = [
    "0123456789",
    "０１２３４５６７８９",
    "٠١٢٣٤٥٦٧٨٩",
    "०१२३४५६७८९",
    "①②③④⑤⑥⑦⑧⑨⑩",
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
]


@given(
    st.sampled_from(SCRIPTS).flatmap(lambda script: st.text(script, min_size=1, max_size=8)),
    st.sampled_from(
        ["全年作出行政许可决定，均已公示。", "进一步规范，千方百计做好一体化公开；", "收到申请后及时答复！"]
    ),
    st.integers(0, 14),
)
def test_a_digit_of_any_script_is_found_wherever_it_stands(digits: str, sentence: str, place: int) -> None:
    text = sentence[:place] + digits + sentence[place:]
    covered = {index for numeral in find_numerals(text) for index in range(numeral.start, numeral.end)}
    place = min(place, len(sentence))
    assert set(range(place, place + len(digits))) <= covered


@given(st.integers(1, 99999), st.sampled_from(["件", "条", "次", "个工作日", "元"]))
def test_a_chinese_numeral_before_a_measure_word_is_found_with_its_value(number: int, unit: str) -> None:
    (numeral,) = find_numerals(f"共计{_chinese(number)}{unit}。")
    assert numeral.value == str(number)


SUPPORT = [
    ("应当在二十个工作日内答复", ["自收到申请之日起20个工作日内予以答复"], []),
    ("应当在20个工作日内答复[1]", ["自收到申请之日起二十个工作日内"], []),
    ("应当在15个工作日内答复", ["20个工作日内"], ["15个工作日"]),
    ("应当在20日内答复", ["20个工作日内"], ["20日"]),
    ("处五万元以上罚款", ["处5万元以上10万元以下"], []),
    ("自2022年2月8日起施行", ["本办法自2022年2月8日起施行"], []),
    ("2022年施行", ["自2022年2月8日起施行"], []),
    ("每年1月31日前", ["每年１月31日前公布"], []),
    ("占5%", ["百分之五"], []),
    ("三倍以下", ["3倍以下"], []),
    ("共有38件", [], ["38件"]),
    ("3㊳月31日前", ["3月31日前"], ["3㊳月31日"]),
    ("3½月31日前", ["3月31日前"], ["3½月31日"]),
]


@pytest.mark.parametrize(("sentence", "passages", "expected"), SUPPORT)
def test_support_needs_the_same_value_and_unit(sentence: str, passages: list[str], expected: list[str]) -> None:
    assert [numeral.text for numeral in unsupported(sentence, passages)] == expected


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("设三栏目、三艘、五毛", "", ["三栏", "三艘", "五毛"]),
        ("应当在第三十日前答复，位居第七名", "第三方可以提出意见", ["第三十日", "第七名"]),
        ("第三方面", "征求第3方意见", []),
        ("征求第三方意见", "征求第三方意见", []),
        ("三方面", "第三方", ["三方"]),
        ("做到两个维护，一是公开三公经费，十四五期间推进一体化，双随机、一公开", "", []),
        ("二级、三级保护", "实行二级、三级保护", []),
    ],
)
def test_what_else_counts_or_ranks_must_stand_in_a_source(text: str, source: str, expected: list[str]) -> None:
    assert strays(text, [source]) == expected


def _chinese(number: int) -> str:
    digits, out, zero = "零一二三四五六七八九", "", False
    for scale, name in ((10000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            out += ("零" if zero and out else "") + digits[digit] + name
        zero = not digit
    return out


@pytest.mark.parametrize(
    "lines",
    [
        ("全年收到申请38件，", "其中自然人12件。"),
        ("三、", "受理三件", "第三条规定二十日内答复"),
        ("1. 公开信息一百二十条", "2. 收到申请", "五件"),
        ("共计五", "至八件"),
        ("（一）主动公开", "", "", "三至五次；3—5件", ""),
        ("增长百分之五", "。二〇二三年", "12月31日"),
        ("\n", "三十八件\r", " 五 十 件"),
    ],
)
def test_a_line_says_the_same_wherever_it_stands(lines):
    text, at, expected = "\n".join(lines), 0, []
    for line in text.split("\n"):
        alone = find_numerals(f"{line}\n\0")
        expected += [(at + one.start, at + one.end, one.text, one.value, one.unit) for one in alone]
        at += len(line) + 1
    found = find_numerals(text)
    last = {(one.start, one.end, one.text, one.value, one.unit) for one in found}
    assert set(expected) <= last, "a numeral at the end of a text may stand alone, in its middle it may not"
    assert all(text[one.start : one.end] == one.text for one in found)


def test_a_numeral_far_into_a_long_line_has_the_beginning_of_its_range():
    text = "全年公开信息，" * 300 + "召开会议三至五次。"
    assert [one.text for one in find_numerals(text)] == ["三", "五次"]
