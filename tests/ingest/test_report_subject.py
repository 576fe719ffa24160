"""Whose report, of which year, of which day: from title, preface, signature, file name and the portal's lines."""

from datetime import date

import pytest

from ingest import text_files, web_pages
from ingest.report_headings import part_of
from ingest.reports import parse_report

PREFACE = "根据《中华人民共和国政府信息公开条例》编制本报告。统计期限为2024年1月1日至2024年12月31日。"
BODY = """一、总体情况
（一）主动公开。全年公开政府信息60条。
（二）依申请公开。新收申请6件。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
存在的问题：政策解读形式单一。改进措施：丰富政策解读形式。
六、其他需要报告的事项
本年度发出收费通知0件，总金额0元，实际收取0元。
"""
SIGNED = "2025年1月15日"


def read(top, end="", preface=PREFACE, name="报告.txt"):
    return parse_report(text_files.blocks(f"{top}\n{preface}\n{BODY}{end}"), name, "")


TITLE = "泾川县水务局2024年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "top",
    [
        TITLE,
        f"正文\n{TITLE}",
        f"政府信息公开\n{TITLE}",
        f"附件：\n{TITLE}",
        f"附件1\n{TITLE}",
        f"标题：{TITLE}",
        f"首页 > 政府信息公开 > 政府信息公开年报\n{TITLE}",
        f"您现在的位置：首页 > 政务公开 > 泾川县水务局\n{TITLE}",
        f"索引号：000014349/2025-00012 主题分类：其他\n发布机构：泾川县人民政府办公室 成文日期：2025-01-20\n{TITLE}",
        f"【打印】 【关闭】\n{TITLE}\n发布时间：2025-01-21 10:20 来源：泾川县水务局 浏览次数：35",
        "泾川县水务局政府信息公开工作2024年度报告",
        "2024年泾川县水务局政府信息公开工作年度报告",
        "泾川县水务局2024年度政府信息公开年报",
        "泾川县水务局关于2024年政府信息公开工作的年度报告",
        "泾川县水务局关于2024年政府信息公开工作年度报告",
        "泾川县水务局政府信息公开工作年度报告（2024年度）",
        "2024年政府信息公开工作年度报告（泾川县水务局）",
        "泾川县水务局\n2024年政府信息公开工作年度报告",
        "泾川县水务局\n2024年\n政府信息公开工作年度报告",
        "泾 川 县 水 务 局 2024 年 政 府 信 息 公 开 工 作 年 度 报 告",
        "泾川县水务局二〇二四年政府信息公开工作年度报告",
        f"《{TITLE}》",
        f"{TITLE}全文",
    ],
)
def test_the_organ_and_the_year_of_a_title(top):
    report = read(top)
    assert (report.org, report.year) == ("泾川县水务局", 2024)


@pytest.mark.parametrize(
    ("preface", "org"),
    [
        ("现公布云麓职业学院2024年信息公开工作年度报告。", "云麓职业学院"),
        ("现将泾川县财政局2024年度政府信息公开工作年度报告公布如下。", "泾川县财政局"),
        ("本报告由泾川县教育局编制。统计期限为2024年1月1日至2024年12月31日。", "泾川县教育局"),
        ("根据条例规定，现发布青溪镇人民政府2024年政府信息公开工作年度报告。", "青溪镇人民政府"),
        ("根据《中华人民共和国政府信息公开条例》的规定，由泾川县审计局编制。", "泾川县审计局"),
    ],
)
def test_the_organ_of_a_preface(preface, org):
    assert read("", preface=preface).org == org


@pytest.mark.parametrize(
    ("name", "org", "year"),
    [
        ("泾川县统计局2023年政府信息公开工作年度报告.txt", "泾川县统计局", 2023),
        ("青州市水务局2022年度政府信息公开年报.txt", "青州市水务局", 2022),
        ("泾川县统计局政府信息公开工作年度报告（2021年）.txt", "泾川县统计局", 2021),
    ],
)
def test_a_file_name_tells_what_the_text_does_not(name, org, year):
    report = read("", preface="现将有关情况报告如下。", name=name)
    assert (report.org, report.year) == (org, year)


@pytest.mark.parametrize(
    ("end", "org", "day"),
    [
        ("泾川县水务局\n2025年1月15日", "泾川县水务局", date(2025, 1, 15)),
        ("泾川县水务局\n2025-01-15", "泾川县水务局", date(2025, 1, 15)),
        ("泾川县水务局\n2025.1.15", "泾川县水务局", date(2025, 1, 15)),
        ("泾川县水务局\n2025/01/15", "泾川县水务局", date(2025, 1, 15)),
        ("泾川县水务局  2025年1月15日", "泾川县水务局", date(2025, 1, 15)),
        ("泾川县水务局（盖章）\n2025年1月15日", "泾川县水务局", date(2025, 1, 15)),
        ("泾川县水务局\n二〇二五年一月十五日", "泾川县水务局", date(2025, 1, 15)),
        ("2025年1月15日\n泾川县水务局", "泾川县水务局", date(2025, 1, 15)),
        ("泾川县水务局", "泾川县水务局", None),
        ("泾川县水务局\n2025年1月15日\n【打印】 【关闭】", "泾川县水务局", date(2025, 1, 15)),
        ("泾川县水务局\n2025年1月15日\n来源：县政府办", "泾川县水务局", date(2025, 1, 15)),
        ("（二〇二五年一月十五日）", "", date(2025, 1, 15)),
    ],
)
def test_signatures(end, org, day):
    report = read("2024年政府信息公开工作年度报告", end)
    assert (report.org, report.signature_date) == (org, day)


@pytest.mark.parametrize(
    ("head", "body", "org", "posted"),
    [
        ('<meta name="PubDate" content="2025-01-21 00:00:00">', "", "", date(2025, 1, 21)),
        ('<meta name="publishdate" content="2025/2/8">', "", "", date(2025, 2, 8)),
        ("", "<p>发布时间：2025-01-21 00:00 来源：泾川县水务局</p>", "泾川县水务局", date(2025, 1, 21)),
        ("", "<p>发布日期：2025年3月2日　发布机构：泾川县水务局</p>", "泾川县水务局", date(2025, 3, 2)),
        ("<title>泾川县水务局2024年政府信息公开工作年度报告-泾川县人民政府</title>", "", "泾川县水务局", None),
        ('<meta name="ArticleTitle" content="泾川县水务局2024年政府信息公开工作年度报告">', "", "泾川县水务局", None),
        ("", "<div>来源：泾川县水务局 | 时间：2025-01-09</div>", "泾川县水务局", date(2025, 1, 9)),
    ],
)
def test_what_a_page_says_around_the_report(head, body, org, posted):
    paragraphs = "".join(f"<p>{line}</p>" for line in (PREFACE, *BODY.splitlines()))
    html = f"<html><head>{head}</head><body>{body}<p>2024年政府信息公开工作年度报告</p>{paragraphs}</body></html>"
    if "title" in head.lower() and not body:
        html = html.replace("<p>2024年政府信息公开工作年度报告</p>", "")
    report = parse_report(web_pages.blocks(html), "报告.html", "")
    assert (report.org, report.year, report.posted) == (org, 2024, posted)


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("五、存在问题及改进情况", 5),
        ("五、政府信息公开工作主要问题及改进情况", 5),
        ("五、存在的不足及改进措施", 5),
        ("五、工作中存在的薄弱环节和改进措施", 5),
        ("5.存在的主要问题及改进情况", 5),
        ("（五）存在的主要问题及改进情况", 5),
        ("第五部分 存在的主要问题及改进情况", 5),
        ("六、其它需要报告的事项", 6),
        ("六、其他事项", 6),
        ("六、需要说明的其他事项", 6),
        ("六 其他需要报告的事项", 6),
        ("一、概述", 1),
        ("一、2024年政府信息公开工作总体情况", 1),
        ("一、基本情况", 1),
        ("二、主动公开情况", 2),
        ("二、主动公开政府信息的情况", 2),
        ("三、依申请公开情况", 3),
        ("三、政府信息公开申请办理情况", 3),
        ("四、行政复议和行政诉讼情况", 4),
        ("四、因政府信息公开被申请行政复议、提起行政诉讼情况", 4),
        ("（五）监督保障", 0),
        ("（二）依申请公开情况", 0),
        ("（一）主动公开情况", 0),
        ("（一）存在的问题", 0),
        ("二、改进措施", 0),
        ("一、本年新收政府信息公开申请数量", 0),
        ("二、上年结转政府信息公开申请数量", 0),
        ("三、本年度办理结果", 0),
        ("四、结转下年度继续办理", 0),
        ("五、加强监督，解决存在的问题。", 0),
        ("1.主动公开政府信息", 0),
    ],
)
def test_headings(heading, part):
    assert part_of(heading) == part
