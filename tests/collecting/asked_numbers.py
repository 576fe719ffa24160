"""How many, how many more, what share, what mean."""

from __future__ import annotations

from fractions import Fraction

from tests.collecting.truth import (
    ALL,
    BE,
    CO,
    COE,
    COUT,
    DENY,
    DEPT,
    DONE,
    FEE,
    GR,
    INF,
    JU,
    LED,
    LIC,
    LS,
    NEW,
    NP,
    PEN,
    PG,
    REP,
    REV,
    REVC,
    STREET,
    SUIT,
    TOWN,
    TS,
    UNAV,
    WEI,
    YS,
    ZONE,
    Questions,
    S,
    avg,
    nth,
    num,
    pct,
    r2,
    suit,
    t3,
    top,
    tot,
    v,
)

Q = Questions()
Q.q("全县一共收到多少件依申请公开", None, [tot(NEW)])
Q.q("所有单位2025年予以公开合计多少件", None, [tot(GR)])
Q.q("各部门2025年共收到申请多少件", None, [tot(NEW, 2025, DEPT)])
Q.q("各乡镇2024年行政处罚总共多少", None, [tot(PEN, 2024, TOWN)])
Q.q("全县近三年一共收到多少申请", None, [sum(tot(NEW, y) for y in (2023, 2024, 2025))])
Q.q("2022年到2025年行政许可累计多少件", None, [sum(tot(LIC, y) for y in YS)])
Q.q(
    "公安局、财政局和民政局三个局的行政处罚加起来多少",
    None,
    [sum(v(S(o), PEN) for o in ("公安局", "财政局", "民政局"))],
)
Q.q("全县行政复议被纠正的一共有几件", None, [tot(REVC)])
Q.q("街道办一共办结了多少申请", None, [tot(DONE, 2025, STREET)])
Q.q("不掌握相关政府信息的全县共多少件", None, [tot(t3("unavailable.not_held"))])
Q.q("全县行政诉讼败诉多少件", None, [tot(suit("corrected"))])
Q.q("全县合计收费多少万元", None, [tot(FEE)])
Q.q("两个街道合计收到多少件申请", None, [tot(NEW, 2025, STREET)])
Q.q("县属公司共收到几件申请", None, [tot(NEW, 2025, CO)])
Q.q("公安局和教育局收到的申请相差多少件", None, [abs(v(S("公安局"), NEW) - v(S("教育局"), NEW))])
Q.q("城关镇比石桥镇多收多少件申请", None, [abs(v(S("城关镇人民政府"), NEW) - v(S("石桥镇人民政府"), NEW))])
Q.q(
    "2025年住建局的行政许可比人社局多多少",
    None,
    [abs(v(S("住房和城乡建设局"), LIC) - v(S("人力资源和社会保障局"), LIC))],
)
Q.q("收到申请最多的部门比最少的部门多几件", None, [top(NEW, DEPT)[1][0] - top(NEW, DEPT, least=True)[1][0]])
Q.q("卫健委和发改委哪个收到的申请多", None, [v(S("卫生健康委员会"), NEW), v(S("发展和改革委员会"), NEW)])
Q.q("部门和乡镇街道哪边收到的申请多", None, [tot(NEW, 2025, DEPT), tot(NEW, 2025, TS)])
Q.q("审计局2025年比2023年行政复议多几件", None, [v(S("审计局"), REV), v(S("审计局"), REV, 2023)])
Q.q("公安局收到的申请占全县多少", None, [pct(v(S("公安局"), NEW), tot(NEW))])
Q.q("乡镇街道的申请占全县的比重", None, [pct(tot(NEW, 2025, TS), tot(NEW))])
Q.q("自然人申请占全县申请的百分比", None, [pct(tot(NP), tot(NEW))])
Q.q("全县不予公开率是多少", None, [pct(tot(DENY), tot(DONE))])
Q.q("全县行政复议纠错率", None, [pct(tot(REVC), tot(REV))])
Q.q("平均每个部门收到多少件申请", None, [r2(avg(NEW, DEPT)) if avg(NEW, DEPT).denominator != 1 else avg(NEW, DEPT)])
Q.q("各乡镇街道平均行政处罚多少件", None, [r2(avg(PEN, TS)).rstrip("0").rstrip(".")])
Q.q("2023年全县各单位平均行政许可件数", None, [r2(avg(LIC, ALL, 2023)).rstrip("0").rstrip(".")])
Q.q("全县申请比上年增长百分之多少", None, [pct(abs(tot(NEW) - tot(NEW, 2024)), tot(NEW, 2024))])
Q.q("哪年全县行政处罚最多", None, [max(YS, key=lambda y: tot(PEN, y)), tot(PEN, max(YS, key=lambda y: tot(PEN, y)))])
Q.q("历年全县收到申请各多少件", None, [tot(NEW, y) for y in YS])
Q.q("全县收到多少申请，办结多少，结转多少", None, [tot(NEW), tot(DONE), tot(COUT)])
Q.q("各部门共收到多少件申请和行政许可", None, [tot(NEW, 2025, DEPT), tot(LIC, 2025, DEPT)])
Q.q("各部门一共听取了几次汇报", None, [tot(["facts.briefings_heard"], 2025, LED)])
Q.q("四年来全县新收申请总共有多少件", None, [sum(tot(NEW, y) for y in YS)])
Q.q(
    "发改委和卫健委两家2024年行政许可合计多少",
    None,
    [v(S("发展和改革委员会"), LIC, 2024) + v(S("卫生健康委员会"), LIC, 2024)],
)
Q.q("全县不予公开里因为第三方合法权益的有多少件", None, [tot(t3("denied.third_party_rights"))])
Q.q("各街道去年和前年行政处罚各多少", None, [v(o, PEN, y) for o in STREET for y in (2024, 2025)])
Q.q("全县尚未审结的行政复议案件总数", None, [tot(["table4.review.pending"])])
Q.q("各局行政许可总量是多少", None, [tot(LIC, 2025, JU)])
Q.q("教育局的申请比民政局少多少", None, [abs(v(S("教育局"), NEW) - v(S("民政局"), NEW))])
Q.q("申请第一名和第二名差多少件", None, [top(NEW, ALL)[1][0] - nth(NEW, 2, ALL)[1][0]])
Q.q("行政处罚最多的局比最少的局多多少件", None, [top(PEN, JU)[1][0] - top(PEN, JU, least=True)[1][0]])
Q.q("东城街道和西城街道谁收到的申请多，多几件", None, [abs(v(S("东城街道办事处"), NEW) - v(S("西城街道办事处"), NEW))])
Q.q("局和街道相比哪个行政处罚更多", None, [tot(PEN, 2025, JU), tot(PEN, 2025, STREET)])
Q.q("人社局的行政许可占全县许可总量的百分之几", None, [pct(v(S("人力资源和社会保障局"), LIC), tot(LIC))])
Q.q("公安局予以公开占办结的比例", None, [pct(v(S("公安局"), GR), v(S("公安局"), DONE))])
Q.q("2024年全县商业企业申请占多大比例", None, [pct(tot(BE, 2024), tot(NEW, 2024))])
Q.q("申请最多的三个部门占所有部门的多大比例", None, [pct(sum(top(NEW, DEPT, n=3)[1]), tot(NEW, 2025, DEPT))])
Q.q("每个乡镇平均收到几件申请", None, [r2(avg(NEW, TOWN)).rstrip("0").rstrip(".")])
Q.q(
    "公安局近三年平均每年收到多少件申请",
    None,
    [r2(Fraction(sum(v(S("公安局"), NEW, y) for y in (2023, 2024, 2025)), 3)).rstrip("0").rstrip(".")],
)
Q.q("全县行政许可2025年比2022年增加了多少", None, [abs(tot(LIC) - tot(LIC, 2022)), tot(LIC), tot(LIC, 2022)])
Q.q("申请在40件以上的部门一共办结了多少件", None, [sum(v(o, DONE) for o in DEPT if v(o, NEW) >= 40)])
Q.q("全县街道和乡镇2025年共办理行政许可多少件", None, [tot(LIC, 2025, TS)])
Q.q("2023、2024两年全县一共收到多少件申请", None, [tot(NEW, 2023) + tot(NEW, 2024)])
Q.q("各委办局新收申请总数", None, [tot(NEW, 2025, DEPT)])
Q.q("全县复议后起诉的案件有多少", None, [tot(["table4.litigation_after_review.total"])])
Q.q("教育局、审计局、统计局的行政复议分别是多少", None, [v(S(o), REV) for o in ("教育局", "审计局", "统计局")])
Q.q("全县部分公开的申请几件", None, [tot(PG)])
Q.q("开发区2025年收到多少申请", None, [tot(NEW, 2025, ZONE)])
Q.q("全县以公开出版物为由不予处理的有几件", None, [tot(t3("not_processed.publication"))])
Q.q("民政局和财政局行政处罚之和是多少", None, [v(S("民政局"), PEN) + v(S("财政局"), PEN)])
Q.q("市场监管局比应急局多作出多少件行政处罚", None, [abs(v(S("市场监督管理局"), PEN) - v(S("应急管理局"), PEN))])
Q.q("交通局与农业局的申请差距是多少", None, [abs(v(S("交通运输局"), NEW) - v(S("农业农村局"), NEW))])
Q.q("城关镇和柳林乡哪个申请少", None, [v(S("城关镇人民政府"), NEW), v(S("柳林乡人民政府"), NEW)])
Q.q("许可第一的局比第三名多几件", None, [top(LIC, JU)[1][0] - nth(LIC, 3, JU)[1][0]])
Q.q("财政局今年比去年多收了几件申请", None, [v(S("财政局"), NEW), v(S("财政局"), NEW, 2024)])
Q.q("医保局的申请占全部部门申请的比例", None, [pct(v(S("医疗保障局"), NEW), tot(NEW, 2025, DEPT))])
Q.q("不予公开占全县办结总数的几成", None, [pct(tot(DENY), tot(DONE))])
Q.q("全县行政诉讼败诉率", None, [pct(tot(suit("corrected")), tot(SUIT))])
Q.q("全县各单位平均有几件行政诉讼", None, [r2(avg(SUIT, ALL)).rstrip("0").rstrip(".")])
Q.q(
    "四年里教育局年均收到申请多少件",
    None,
    [r2(Fraction(sum(v(S("教育局"), NEW, y) for y in YS), 4)).rstrip("0").rstrip(".")],
)
Q.q("全县行政处罚比上年下降了百分之几", None, [pct(abs(tot(PEN) - tot(PEN, 2024)), tot(PEN, 2024))])
Q.q("全县收到申请多少件，其中自然人多少件", None, [tot(NEW), tot(NP)])
Q.q("全区总共办结了多少件申请", None, [tot(DONE)])
Q.q("全区各单位无法提供的合计几件", None, [tot(UNAV)])
Q.q("街道一共有几件行政复议", None, [tot(REV, 2025, STREET)])
Q.q("自然资源局2023年到2025年一共收到多少件申请", None, [sum(v(S("自然资源局"), NEW, y) for y in (2023, 2024, 2025))])
Q.q("统计局、审计局两家单位许可总数", None, [v(S("统计局"), LIC) + v(S("审计局"), LIC)])
Q.q("2025年全区直接起诉的行政诉讼维持了多少件", None, [tot(["table4.litigation_direct.upheld"])])
Q.q("全区规范性文件现行有效的有多少件", None, [tot(INF)])
Q.q("今年比去年全区多收了多少件申请", None, [abs(tot(NEW) - tot(NEW, 2024))])
Q.q("教育局和公安局的行政诉讼差几件", None, [abs(v(S("教育局"), SUIT) - v(S("公安局"), SUIT))])
Q.q("收费最多的部门和最少的部门相差多少", None, [num(top(FEE, DEPT)[1][0] - top(FEE, DEPT, least=True)[1][0])])
Q.q("乡镇比街道少收多少件申请", None, [abs(tot(NEW, 2025, TOWN) - tot(NEW, 2025, STREET))])
Q.q("申请最多的局比第二名多多少件", None, [top(NEW, JU)[1][0] - nth(NEW, 2, JU)[1][0]])
Q.q("民政局的行政处罚占全区的几成", None, [pct(v(S("民政局"), PEN), tot(PEN))])
Q.q("全区部分公开占办结的比例是多少", None, [pct(tot(PG), tot(DONE))])
Q.q("全区无法提供的占比", None, [pct(tot(UNAV), tot(DONE))])
Q.q("街道行政许可占全区的比例", None, [pct(tot(LIC, 2025, STREET), tot(LIC))])
Q.q("每家单位平均收费多少万元", None, [r2(avg(FEE, ALL)).rstrip("0").rstrip(".")])
Q.q("全区近四年平均每年收到多少申请", None, [r2(Fraction(sum(tot(NEW, y) for y in YS), 4)).rstrip("0").rstrip(".")])
Q.q("全区行政诉讼近几年每年各有多少件", None, [tot(SUIT, y) for y in YS])
Q.q("全县2025年收到自然人申请多少件", None, [tot(NP)])
Q.q("各街道办2025年行政许可共计多少件", None, [tot(LIC, 2025, STREET)])
Q.q("全县近两年行政处罚总量", None, [tot(PEN, 2024) + tot(PEN, 2025)])
Q.q("财政局、教育局、公安局三家行政诉讼合计", None, [sum(v(S(o), SUIT) for o in ("财政局", "教育局", "公安局"))])
Q.q("全县2023年行政复议总数是多少", None, [tot(REV, 2023)])
Q.q("各部门一共废止了多少件规范性文件", None, [tot(REP, 2025, DEPT)])
Q.q("全县有多少件申请结转到下一年", None, [tot(COUT)])
Q.q("公司类单位一共收到多少件申请", None, [tot(NEW, 2025, CO)])
Q.q("统计局和审计局的行政许可相差多少", None, [abs(v(S("统计局"), LIC) - v(S("审计局"), LIC))])
Q.q("石桥镇的行政处罚比城关镇少多少件", None, [abs(v(S("石桥镇人民政府"), PEN) - v(S("城关镇人民政府"), PEN))])
Q.q("应急管理局2025年的行政处罚比2024年多多少", None, [v(S("应急管理局"), PEN), v(S("应急管理局"), PEN, 2024)])
Q.q("申请最多的单位和最少的单位差多少件", None, [top(NEW, ALL)[1][0] - top(NEW, ALL, least=True)[1][0]])
Q.q("行政许可排第一的部门比排第二的多几件", None, [top(LIC, DEPT)[1][0] - nth(LIC, 2, DEPT)[1][0]])
Q.q("教育局的申请占全县申请总数的比例", None, [pct(v(S("教育局"), NEW), tot(NEW))])
Q.q("全县不予公开占办结的比重", None, [pct(tot(DENY), tot(DONE))])
Q.q("全县企业申请占比", None, [pct(tot(BE), tot(NEW))])
Q.q("各部门申请占全县的比例合计多少", None, [pct(tot(NEW, 2025, DEPT), tot(NEW))])
Q.q("前五个部门的行政处罚占全县的百分比", None, [pct(sum(top(PEN, DEPT, n=5)[1]), tot(PEN))])
Q.q("各局平均行政许可件数是多少", None, [r2(avg(LIC, JU)).rstrip("0").rstrip(".")])
Q.q(
    "财政局四年平均每年多少件行政处罚",
    None,
    [r2(Fraction(sum(v(S("财政局"), PEN, y) for y in YS), 4)).rstrip("0").rstrip(".")],
)
Q.q("公安局历年行政处罚各是多少", None, [v(S("公安局"), PEN, y) for y in YS])
Q.q("2024年全县申请同比变化多少", None, [abs(tot(NEW, 2024) - tot(NEW, 2023))])
Q.q("各部门共收到申请多少件、办结多少件", None, [tot(NEW, 2025, DEPT), tot(DONE, 2025, DEPT)])
Q.q("全市各单位2025年共作出多少件行政强制决定", None, [tot(COE)])
Q.q("市里各部门去年总共办结申请多少件", None, [tot(DONE, 2025, DEPT)])
Q.q("三个乡镇一共收到几件申请", None, [tot(NEW, 2025, TOWN)])
Q.q("全市信访举报投诉类申请合计", None, [tot(t3("not_processed.petition"))])
Q.q("2022至2024年全市行政诉讼总件数", None, [sum(tot(SUIT, y) for y in (2022, 2023, 2024))])
Q.q("发改委的行政许可和行政处罚各有多少件", None, [v(S("发展和改革委员会"), LIC), v(S("发展和改革委员会"), PEN)])
Q.q("民政局比统计局多收到多少件申请", None, [abs(v(S("民政局"), NEW) - v(S("统计局"), NEW))])
Q.q("卫健委与医保局的行政处罚差多少件", None, [abs(v(S("卫生健康委员会"), PEN) - v(S("医疗保障局"), PEN))])
Q.q("处罚最多的部门比处罚最少的部门多多少件", None, [top(PEN, DEPT)[1][0] - top(PEN, DEPT, least=True)[1][0]])
Q.q("全市申请今年比去年增加还是减少了多少", None, [abs(tot(NEW) - tot(NEW, 2024))])
Q.q("东城街道收到的申请占所有街道的比例", None, [pct(v(S("东城街道办事处"), NEW), tot(NEW, 2025, STREET))])
Q.q("公安局行政诉讼占全市行政诉讼的比重是多少", None, [pct(v(S("公安局"), SUIT), tot(SUIT))])
Q.q("全市部分公开率", None, [pct(tot(PG), tot(DONE))])
Q.q("法律服务机构的申请占全市申请多少", None, [pct(tot(LS), tot(NEW))])
Q.q("公安局不予公开占办结多少", None, [pct(v(S("公安局"), DENY), v(S("公安局"), DONE))])
Q.q("全市平均每个乡镇收到多少件申请", None, [r2(avg(NEW, TOWN)).rstrip("0").rstrip(".")])
Q.q("全市部门行政复议的平均数是多少", None, [r2(avg(REV, DEPT)).rstrip("0").rstrip(".")])
Q.q("财政局逐年的行政许可是多少", None, [v(S("财政局"), LIC, y) for y in YS])
Q.q("全市申请办结了多少，不予公开了多少", None, [tot(DONE), tot(DENY)])
Q.q("全市各镇2025年收到申请总数", None, [tot(NEW, 2025, [o for o in TOWN if "镇" in o])])
Q.q("2024年全市自然人申请有多少件", None, [tot(NP, 2024)])
Q.q("全市行政复议和行政诉讼总共多少件", None, [tot(REV), tot(SUIT)])
Q.q("各委收到的申请加在一起是多少", None, [tot(NEW, 2025, WEI)])
Q.q("全市近三年行政许可总数", None, [sum(tot(LIC, y) for y in (2023, 2024, 2025))])
Q.q("审计局、统计局、财政局各有几件行政诉讼", None, [v(S(o), SUIT) for o in ("审计局", "统计局", "财政局")])
Q.q("全市以重复申请为由不予处理的申请有几件", None, [tot(t3("not_processed.duplicate"))])
Q.q("西城街道收到的申请比东城街道多多少", None, [abs(v(S("西城街道办事处"), NEW) - v(S("东城街道办事处"), NEW))])
Q.q("民政局的行政诉讼和教育局差多少", None, [abs(v(S("民政局"), SUIT) - v(S("教育局"), SUIT))])
Q.q("行政许可最多的局和最少的局相差多少件", None, [top(LIC, JU)[1][0] - top(LIC, JU, least=True)[1][0]])
Q.q("审计局今年的申请比去年少多少", None, [v(S("审计局"), NEW), v(S("审计局"), NEW, 2024)])
Q.q("部门比乡镇街道多收多少件申请", None, [abs(tot(NEW, 2025, DEPT) - tot(NEW, 2025, TS))])
Q.q("交通运输局的申请占全市百分之几", None, [pct(v(S("交通运输局"), NEW), tot(NEW))])
Q.q("开发区行政处罚占全市多少", None, [pct(tot(PEN, 2025, ZONE), tot(PEN))])
Q.q("全市予以公开率", None, [pct(tot(GR), tot(DONE))])
Q.q("财政局不予公开的比例", None, [pct(v(S("财政局"), DENY), v(S("财政局"), DONE))])
Q.q("平均每个局作出多少件行政处罚", None, [r2(avg(PEN, JU)).rstrip("0").rstrip(".")])
Q.q("2024年各单位平均办结多少件申请", None, [r2(avg(DONE, ALL, 2024)).rstrip("0").rstrip(".")])
Q.q("全市行政许可逐年是多少", None, [tot(LIC, y) for y in YS])
Q.q("2024年和2025年全市行政处罚分别多少", None, [tot(PEN, 2024), tot(PEN)])
