"""Official texts as saved from a ministry's page: its table of facts, navigation and footer are not the text."""

from datetime import date

import pytest

from ingest import read

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>云川公开办法_部令</title><script>alert("第九条 恶意。")</script></head><body>
<ul><li>要闻动态</li><li>法规标准</li></ul><div>当前位置：首页 &gt; 政策文件 &gt; 部令</div>
{facts}
<h2>云川公开办法</h2><p>{order}</p><p>《云川公开办法》已于2023年4月24日由生态环境部2023年第1次部务会议审议通过，现予公布，自2023年7月1日起施行。</p>
<p>部长　某某</p><p>2023年5月8日</p><p><b>云川公开办法</b></p>
<p>第一章　总　则</p><p>　　<strong>第一条</strong>　为了示范，制定本办法。</p><p>　　<strong>第二条</strong> 包括：<br>　　（一）甲；<br>　　（二）乙。</p>
<p>第二章　附　则</p><p>　　第三条　标准如下：</p><table><tr><th>件数</th><th>标准</th></tr><tr><td>10件以下</td><td>免费</td></tr></table>
<p>　　第四条　本办法自2023年7月1日起施行。《云川旧办法》（环境保护部令第8号）同时废止。</p>
<p>抄送：各省、自治区。</p><p>【打印】【关闭】</p><div>扫一扫在手机打开当前页</div><div>附件：</div><div>版权所有：某部</div></body></html>"""
TABLE = """<table><tr><td>名　称</td><td colspan="3">云川公开办法</td></tr><tr><td>索 引 号</td><td>000014672/2023-00321</td>
<td>分　类</td><td>部门规章</td></tr><tr><td>发布机关：</td><td>生态环境部</td><td>生成日期：</td><td>2023-05-08</td></tr>
<tr><td>文　号</td><td>生态环境部令 第99号</td><td>主 题 词</td><td></td></tr></table>"""
LINES = "<p>名称：云川公开办法</p><p>发布机关：生态环境部　文号：生态环境部令第99号</p>"


@pytest.mark.parametrize(
    ("facts", "order"),
    [(TABLE, "部令 第99号"), (LINES, "部令 第99号"), ("", "生态环境部令 第99号"), ("", "部令 第99号")],
)
@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030")])
def test_a_saved_page_gives_the_text_and_its_facts(tmp_path, facts, order, charset, encoding):
    path = tmp_path / "页面.html"
    path.write_text(PAGE.format(charset=charset, facts=facts, order=order), encoding=encoding)
    law = read(path)
    assert (law.title, law.number, law.issuer, law.level) == (
        "云川公开办法",
        "生态环境部令第99号",
        "生态环境部",
        "部门规章",
    )
    assert (law.promulgated, law.effective_from) == (date(2023, 5, 8), date(2023, 7, 1))
    assert [(p.article_no, p.heading) for p in law.passages] == [
        (1, "第一章 总则"),
        (2, "第一章 总则"),
        (3, "第二章 附则"),
        (4, "第二章 附则"),
    ]
    assert law.passages[1].text == "包括：\n（一）甲；\n（二）乙。"
    assert law.passages[2].text == "标准如下：\n件数 标准\n10件以下 免费"
    assert law.passages[3].text.endswith("同时废止。")
    assert len(law.notes) == 1 and "抄送" in str(law.notes[0])


def test_a_notice_whose_number_and_maker_stand_only_in_the_table(tmp_path):
    (tmp_path / "通知.html").write_text(
        "<table><tr><td>名 称</td><td colspan=3>关于做好云川监测工作的通知</td></tr><tr><td>发布机关</td><td>生态环境部办公厅</td>"
        "<td>文 号</td><td>环办监测〔2023〕12号</td></tr></table><h2>关于做好云川监测工作的通知</h2><p>各省、自治区、直辖市：</p>"
        "<p>为做好工作，现通知如下：</p><p>一、提高认识</p><p>要做好。</p><p>二、加强领导</p><p>要领导。</p><p>生态环境部办公厅</p><p>2023年6月1日</p>",
        encoding="utf-8",
    )
    notice = read(tmp_path / "通知.html")
    assert (notice.title, notice.number, notice.issuer) == (
        "关于做好云川监测工作的通知",
        "环办监测〔2023〕12号",
        "生态环境部办公厅",
    )
    assert [p.article for p in notice.passages] == ["", "一、", "二、"]


def test_a_title_printed_under_its_maker(tmp_path):
    (tmp_path / "解释.txt").write_text(
        "最高人民法院\n关于审理云川案件若干问题的解释\n（2025年4月14日最高人民法院审判委员会第1次会议通过，自2025年6月1日起施行）\n"
        "法释〔2025〕99号\n第一条 甲。\n第二条 本解释自2025年6月1日起施行。\n",
        encoding="utf-8",
    )
    law = read(tmp_path / "解释.txt")
    assert (law.title, law.number, law.level) == (
        "最高人民法院关于审理云川案件若干问题的解释",
        "法释〔2025〕99号",
        "司法解释",
    )
