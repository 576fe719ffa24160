"""Questions that go on from others, that cannot be answered, and that are the law's."""

from __future__ import annotations

from tests.collecting.truth import (
    ALL,
    DEPT,
    FEE,
    JU,
    LIC,
    NEW,
    PEN,
    REV,
    STREET,
    SUIT,
    TOWN,
    TS,
    Questions,
    S,
    avg,
    nth,
    pct,
    r2,
    top,
    tot,
    v,
    where,
)

Q = Questions()
for t in (
    "哪个部门上半年收到的申请最多",
    "哪个部门网上申请最多",
    "哪个部门的处长收到申请最多",
    "2019年哪个部门申请最多",
    "哪个部门答复最慢",
    "气象局比公安局多几件申请",
    "哪个部门明年申请会最多",
    "哪个科室收到的申请最多",
    "满意度最高的部门",
):
    Q.q(t, refuse=True)
Q.qt("那去年呢", top(NEW, DEPT, 2024), after=["哪个部门收到的申请最多"])
Q[-1]["alt"] = top(NEW, DEPT, 2025)[0]
Q.qt("最少的呢", top(NEW, DEPT, least=True), after=["2025年哪个部门收到的申请最多"])
Q.q(
    "差多少",
    None,
    [top(NEW, DEPT)[1][0] - top(NEW, DEPT, least=True)[1][0]],
    after=["收到申请最多和最少的部门分别是哪个"],
)
Q.qt("乡镇呢", top(NEW, TOWN), after=["哪个部门收到的申请最多"])
Q.qt("第二名呢", nth(NEW, 2, DEPT), after=["哪个部门收到的申请最多"])
Q.q("占全县多少", None, [pct(top(NEW, DEPT)[1][0], tot(NEW))], after=["哪个部门收到的申请最多"])
Q.q("行政处罚呢", None, [tot(PEN)], after=["全县一共收到多少件申请"])
Q.q("比去年呢", None, [tot(NEW), tot(NEW, 2024)], after=["全县一共收到多少件申请"])
for t in (
    "行政处罚决定应当在多少日内公开",
    "哪个机关负责主管全县政府信息公开工作",
    "各部门应当公开哪些信息",
    "乡镇人民政府要公开哪些内容",
    "不予公开的情形最多有几种",
    "延长答复期限最多多少天",
    "收费标准是哪个部门定的",
):
    Q.q(t, none=True)
Q.qt("哪个部门的纠错率最高", (None, None), refuse=True)
for t in (
    "哪个部门平均答复天数最短",
    "第三季度哪个部门申请最多",
    "哪个部门微博发布信息最多",
    "各部门2020年共收到多少申请",
    "哪个部门的行政许可收入最多",
    "水利局的申请在全县排第几",
    "申请人满意率最高的是哪个局",
    "哪个部门下一年申请会超过100件",
):
    Q.q(t, refuse=True)
Q.qt("2023年的呢", top(PEN, JU, 2023), after=["哪个局行政处罚最多"])
Q.qt("街道呢", (None, [tot(NEW, 2025, STREET)]), after=["乡镇一共收到多少件申请"])
Q.qt("倒数第一呢", top(NEW, TS, least=True), after=["乡镇街道里申请最多的是哪个"])
Q.qt("前五呢", top(LIC, DEPT, n=5), after=["行政许可最多的部门是哪个"])
Q.q("超过60件的呢", where(lambda o: v(o, NEW) > 60, DEPT), after=["哪些部门收到的申请超过40件"])
Q.qt("那诉讼呢", top(SUIT, DEPT), after=["哪个部门行政复议最多"])
Q.q("比财政局呢", None, [abs(v(S("公安局"), NEW) - v(S("财政局"), NEW))], after=["公安局比教育局多几件申请"])
for t in (
    "行政机关收到申请后多少日内答复",
    "哪些信息各乡镇必须主动公开",
    "对部门不予公开决定不服向哪个部门申请复议",
    "行政复议被纠正后怎么办",
    "年度报告应当在每年几月前公布",
    "街道办事处可以收取信息处理费吗",
):
    Q.q(t, none=True)
for t in (
    "哪个部门的网站点击量最高",
    "去年五月哪个部门申请最多",
    "哪个村收到的申请最多",
    "林业局收到的申请最多的一年",
    "2018年到2020年全县收到多少申请",
    "哪个部门的申请处理得最好",
    "各部门政务公开工作人员有多少人",
    "预计哪个部门的诉讼会增加",
):
    Q.q(t, refuse=True)
Q.qt("前年呢", top(NEW, DEPT, 2024), after=["去年哪个部门收到的申请最多"])
Q.qt("那最低的呢", top(FEE, JU, least=True), after=["收费最高的局是哪个"])
Q.q("有几个", None, [len(where(lambda o: v(o, NEW) > 40, DEPT))], after=["哪些部门收到的申请超过40件"])
Q.q("它比公安局多多少", None, [top(NEW, DEPT)[1][0] - v(S("公安局"), NEW)], after=["哪个部门收到的申请最多"])
Q.q("街道呢", where(lambda o: v(o, PEN) == 0, STREET), after=["哪些部门没有行政处罚"])
Q.q("2024年呢", None, [pct(v(S("公安局"), NEW, 2024), tot(NEW, 2024))], after=["公安局收到的申请占全县的比例"])
for t in (
    "申请人对街道办的答复不满意找哪个部门",
    "各单位多久更新一次公开指南",
    "部门之间相互推诿不公开怎么处理",
    "不予公开决定最晚几日内作出",
):
    Q.q(t, none=True)
Q.q("局均行政处罚多少件", None, None, refuse=True)
for t in (
    "哪个部门的局长签发的申请最多",
    "国庆期间哪个单位收到申请最多",
    "哪个部门办理申请用时最长",
    "各部门收到多少封表扬信",
    "海事局收到多少件申请比公安局",
    "哪个部门口头申请最多",
    "2016年哪个部门行政处罚最多",
    "哪个街道的居民申请意愿最强",
):
    Q.q(t, refuse=True)
Q.qt("第三呢", nth(NEW, 3, DEPT), after=["收到申请最多的部门"])
Q.q("那是哪些部门", where(lambda o: v(o, SUIT) > 0, DEPT), after=["有多少个部门有行政诉讼"])
Q.qt("全部单位呢", top(NEW, ALL), after=["哪个部门收到的申请最多"])
Q.q("平均呢", None, [r2(avg(NEW, DEPT)).rstrip("0").rstrip(".")], after=["各部门一共收到多少件申请"])
Q.q("没有的呢", where(lambda o: v(o, SUIT) == 0, DEPT), after=["哪些部门有行政诉讼"])
Q.q("2023年呢", where(lambda o: v(o, LIC, 2023) < v(o, PEN, 2023), DEPT), after=["哪些部门的处罚超过许可"])
for t in (
    "单位收到申请当天算不算期限",
    "哪个部门可以认定国家秘密",
    "所有部门都要编制年度报告吗",
    "行政处罚信息公开满几年可以撤下",
    "街道办是不是信息公开的主体",
):
    Q.q(t, none=True)
for t in (
    "哪个部门的申请办理成本最高",
    "元旦前后哪个部门申请最多",
    "哪个部门邮寄申请最多",
    "全县2012年申请多少件",
    "哪个部门政务公开考核得分最高",
    "教育局的申请里有几件是关于招生的",
    "水利局收到多少件申请比财政局多",
    "哪个部门申请人最年轻",
):
    Q.q(t, refuse=True)
Q.qt("最多的呢", top(PEN, JU), after=["行政处罚最少的局是哪个"])
Q.qt("前三呢", top(SUIT, DEPT, n=3), after=["行政诉讼最多的部门"])
Q.qt("那2022年呢", top(SUIT, DEPT, 2022), after=["行政诉讼最多的部门"])
Q.q("乡镇街道呢", where(lambda o: v(o, NEW) > 30, TS), after=["哪些部门收到的申请超过30件"])
Q.q("占全县多大比例", None, [pct(v(S("公安局"), LIC), tot(LIC))], after=["公安局的行政许可有多少件"])
for t in (
    "部门收到申请后转办给下级怎么答复",
    "哪些信息属于内部事务信息",
    "街道办事处公开哪些执法信息",
    "多个部门共同制作的信息由谁公开",
    "申请人一年申请超过多少件要收费",
):
    Q.q(t, none=True)
Q.q("交通运输局、水利局和公安局共收到多少件申请", refuse=True)
Q.qt("申请和诉讼都最多的部门", (None, None), refuse=False, orgs_any=1) if 0 else None
for t in (
    "哪个部门的电话咨询最多",
    "春节期间哪个部门申请最多",
    "2010年各部门申请多少件",
    "哪个部门的处长最多",
    "林业局比公安局多几件申请",
    "哪个部门回复最及时",
    "哪个部门申请的平均字数最多",
    "下半年行政处罚最多的局",
):
    Q.q(t, refuse=True)
Q.qt("2022年呢", top(PEN, DEPT, 2022), after=["哪个部门作出的行政处罚最多"])
Q.qt("第四呢", nth(PEN, 4, DEPT), after=["哪个部门作出的行政处罚最多"])
Q.q("局呢", where(lambda o: v(o, NEW) > 45, JU), after=["哪些单位的申请超过45件"])
Q.q("那行政复议呢", None, [tot(REV)], after=["全市行政诉讼一共多少件"])
Q.q("它占全市多少", None, [pct(top(NEW, DEPT)[1][0], tot(NEW))], after=["哪个部门收到的申请最多"])
for t in (
    "对行政处罚不服多少天内申请复议",
    "部门不答复怎么办",
    "哪些情形属于过程性信息",
    "乡镇政府的年报报给谁",
    "申请公开的信息涉及第三方要征求意见吗",
):
    Q.q(t, none=True)
for t in (
    "哪个部门的热线最忙",
    "五一期间收到申请最多的部门",
    "哪个部门线上办结的申请最多",
    "2005年行政处罚最多的局",
    "哪个部门的人员编制最多",
    "海关比财政局多几件申请",
    "哪个部门处理申请最快",
    "申请人重复率最高的部门",
):
    Q.q(t, refuse=True)
Q.qt("那最少的是谁", top(REV, JU, least=True), after=["行政复议最多的局是哪个"])
Q.q("2023年呢", None, [tot(PEN, 2023)], after=["全市行政处罚一共多少件"])
Q.q("比上年呢", None, [tot(PEN), tot(PEN, 2024)], after=["全市行政处罚一共多少件"])
Q.qt("部门呢", top(NEW, DEPT), after=["哪个单位收到的申请最多"])
Q.q("街道呢", None, [tot(NEW, 2025, STREET)], after=["全市收到多少件申请"])
for t in (
    "征求第三方意见的时间算在期限内吗",
    "局机关和分局谁是公开主体",
    "哪个部门负责保密审查",
    "申请人要求的形式不能提供怎么办",
    "不予公开要告知哪些救济途径",
):
    Q.q(t, none=True)
