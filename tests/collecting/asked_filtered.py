"""Who meets conditions: numbers, means, other figures, years, several at once."""

from __future__ import annotations

from fractions import Fraction

from tests.collecting.truth import (
    ALL,
    BE,
    CIN,
    COE,
    COUT,
    DENY,
    DEPT,
    DONE,
    FEE,
    GR,
    INF,
    ISS,
    JU,
    LED,
    LIC,
    NEW,
    NP,
    PEN,
    PG,
    REP,
    REV,
    REVC,
    REVU,
    STREET,
    SUIT,
    TOWN,
    TS,
    YS,
    Questions,
    S,
    avg,
    ch,
    grow,
    suit,
    t3,
    tot,
    v,
    where,
)

Q = Questions()
Q.qt("哪些部门收到的申请高于平均数", (where(lambda o: v(o, NEW) > avg(NEW, DEPT), DEPT), []))
Q.qt("行政处罚低于全县平均水平的局", (where(lambda o: v(o, PEN) < avg(PEN, JU), JU), None))
Q[-1]["alt"] = where(lambda o: v(o, PEN) < avg(PEN, ALL), JU)
Q.qt("有几个部门的申请超过平均值", (None, [len(where(lambda o: v(o, NEW) > avg(NEW, DEPT), DEPT))]))
Q[-1]["orgs"] = None
Q.qt("申请在平均水平以下的乡镇街道有哪些", (where(lambda o: v(o, NEW) < avg(NEW, TS), TS), None))
Q.q("哪些部门收到的申请超过40件", where(lambda o: v(o, NEW) > 40, DEPT))
Q.q("行政许可一千件以上的单位有哪些", where(lambda o: v(o, LIC) >= 1000, ALL))
Q.q("2024年申请不足10件的单位", where(lambda o: v(o, NEW, 2024) < 10, ALL))
Q.q("申请量在10到30件之间的局有哪些", where(lambda o: 10 <= v(o, NEW) <= 30, JU))
Q.q("收费超过100万元的部门", where(lambda o: v(o, FEE) > 100, DEPT))
Q.q("行政处罚大于200件的部门有几个", None, [len(where(lambda o: v(o, PEN) > 200, DEPT))])
Q.q("只收到1件行政复议的部门", where(lambda o: v(o, REV) == 1, DEPT))
Q.q("三件及以上行政诉讼的单位", where(lambda o: v(o, SUIT) >= 3, ALL))
Q.q("哪些部门有纠正的行政复议", where(lambda o: v(o, REVC) > 0, DEPT))
Q.q("哪些单位三年没有收到申请", where(lambda o: not any(v(o, NEW, y) for y in (2023, 2024, 2025)), ALL))
Q.q("哪些局三年没有收到申请", where(lambda o: not any(v(o, NEW, y) for y in (2023, 2024, 2025)), JU))
Q.q("哪些部门的行政处罚超过行政许可", where(lambda o: v(o, PEN) > v(o, LIC), DEPT))
Q.q("处罚比许可多的局有哪些", where(lambda o: v(o, PEN) > v(o, LIC), JU))
Q.q("行政诉讼多于行政复议的单位", where(lambda o: v(o, SUIT) > v(o, REV), ALL))
Q.q("不予公开比予以公开多的部门", where(lambda o: v(o, DENY) > v(o, GR), DEPT))
Q.q("哪些部门办结数小于新收数", where(lambda o: v(o, DONE) < v(o, NEW), DEPT))
Q.q("没有任何行政复议和行政诉讼的部门有哪些", where(lambda o: v(o, REV) == 0 and v(o, SUIT) == 0, DEPT))
Q.q("既没有行政许可又没有行政处罚的单位", where(lambda o: v(o, LIC) == 0 and v(o, PEN) == 0, ALL))
Q.q("有行政诉讼败诉的是哪些部门", where(lambda o: v(o, suit("corrected")) > 0, DEPT))
Q.q("哪些乡镇街道有结转到下年的申请", where(lambda o: v(o, COUT) > 0, TS))
Q.q("哪些部门零申请", where(lambda o: v(o, NEW) == 0, DEPT))
Q.q("哪些单位尚未审结的复议不为零", where(lambda o: v(o, ["table4.review.pending"]) > 0, ALL))
Q.q("以过程性信息为由不予公开的有哪些部门", where(lambda o: v(o, t3("denied.process_information")) > 0, DEPT))
Q.q("涉密不公开的部门都有谁", where(lambda o: v(o, t3("denied.state_secret")) > 0, DEPT))
Q.q("哪些单位制发了规范性文件但没有废止", where(lambda o: v(o, ISS) > 0 and v(o, REP) == 0, ALL))
Q.q("收到企业申请的部门有多少个", None, [len(where(lambda o: v(o, BE) > 0, DEPT))])
Q.q("几个乡镇收到过申请", None, [len(where(lambda o: v(o, NEW) > 0, TOWN))])
Q.q("申请量比上年增长超过50%的部门", where(lambda o: grow(o, NEW) is not None and grow(o, NEW) > Fraction(1, 2), DEPT))
Q.q("申请同比下降一半以上的单位", where(lambda o: grow(o, NEW) is not None and grow(o, NEW) <= -Fraction(1, 2), ALL))
Q.q("哪些部门的申请比去年少了", where(lambda o: ch(o, NEW) < 0, DEPT))
Q.q("近三年申请逐年增加的部门", where(lambda o: v(o, NEW, 2023) < v(o, NEW, 2024) < v(o, NEW, 2025), DEPT))
Q.q("申请比上年多10件以上的部门", where(lambda o: ch(o, NEW) >= 10, DEPT))
Q.q("行政许可翻番的部门", where(lambda o: v(o, LIC, 2024) > 0 and v(o, LIC) >= 2 * v(o, LIC, 2024), DEPT))
Q.q("有几个部门的行政许可比上年减少", None, [len(where(lambda o: ch(o, LIC) < 0, DEPT))])
Q.q("去年收到申请而今年没有的单位", where(lambda o: v(o, NEW, 2024) > 0 and v(o, NEW) == 0, ALL))
Q.q("哪些部门一件申请都没收着", where(lambda o: v(o, NEW) == 0, DEPT))
Q.q("行政诉讼件数超出全县平均的单位有几家", None, [len(where(lambda o: v(o, SUIT) > avg(SUIT, ALL), ALL))])
Q.q("许可量达不到平均水平的局", where(lambda o: v(o, LIC) < avg(LIC, JU), JU))
Q.q("哪些部门一年收到的申请不足15件", where(lambda o: v(o, NEW) < 15, DEPT))
Q.q("申请达到60件的部门有哪些", where(lambda o: v(o, NEW) >= 60, DEPT))
Q.q("行政处罚在五十到一百五十件之间的部门", where(lambda o: 50 <= v(o, PEN) <= 150, DEPT))
Q.q("最近三年每年申请都超过40件的单位", where(lambda o: all(v(o, NEW, y) > 40 for y in (2023, 2024, 2025)), ALL))
Q.q("申请超过40件且有行政诉讼的部门", where(lambda o: v(o, NEW) > 40 and v(o, SUIT) > 0, DEPT))
Q.q("规范性文件现行有效20件以上的单位", where(lambda o: v(o, INF) >= 20, ALL))
Q.q("没有行政复议的乡镇街道", where(lambda o: v(o, REV) == 0, TS))
Q.q("哪些单位既没被复议也没被起诉", where(lambda o: v(o, REV) == 0 and v(o, SUIT) == 0, ALL))
Q.q("哪几个部门复议被维持过", where(lambda o: v(o, REVU) > 0, DEPT))
Q.q("有没有部门以信访举报为由不予处理", where(lambda o: v(o, t3("not_processed.petition")) > 0, DEPT))
Q.q("行政复议少于行政诉讼的部门", where(lambda o: v(o, REV) < v(o, SUIT), DEPT))
Q.q("行政许可是行政处罚两倍以上的局", where(lambda o: v(o, LIC) >= 2 * v(o, PEN), JU))
Q.q("申请数比公安局多的部门有哪些", where(lambda o: v(o, NEW) > v(S("公安局"), NEW), DEPT))
Q.q("哪些部门自然人申请和企业申请都有", where(lambda o: v(o, NP) > 0 and v(o, BE) > 0, DEPT))
Q.q("予以公开率低于40%的部门", where(lambda o: v(o, DONE) > 0 and v(o, GR) / v(o, DONE) < Fraction(2, 5), DEPT))
Q.q(
    "申请较上年增幅超过20%的单位有哪些",
    where(lambda o: grow(o, NEW) is not None and grow(o, NEW) > Fraction(1, 5), ALL),
)
Q.q("申请量降幅在三成以上的单位", where(lambda o: grow(o, NEW) is not None and grow(o, NEW) <= -Fraction(3, 10), ALL))
Q.q("2024年申请比2023年增加的部门有多少个", None, [len(where(lambda o: ch(o, NEW, 2024, 2023) > 0, DEPT))])
Q.q("连续三年没有行政诉讼的局", where(lambda o: not any(v(o, SUIT, y) for y in (2023, 2024, 2025)), JU))
Q.q("2024年有行政强制、2025年没有的部门", where(lambda o: v(o, COE, 2024) > 0 and v(o, COE) == 0, DEPT))
Q.q(
    "有申请的部门几个，没申请的部门几个",
    None,
    [len(where(lambda o: v(o, NEW) > 0, DEPT)), len(where(lambda o: v(o, NEW) == 0, DEPT))],
)
Q.q("哪些部门开过培训", where(lambda o: v(o, ["facts.trainings"]) > 0, LED))
Q.qt("行政许可占全县比重超过10%的单位", (where(lambda o: v(o, LIC) / tot(LIC) > Fraction(1, 10), ALL), None))
Q.q("哪些街道的申请比全县平均少", where(lambda o: v(o, NEW) < avg(NEW, ALL), STREET))
Q.q("处罚件数高出平均线的部门有多少家", None, [len(where(lambda o: v(o, PEN) > avg(PEN, DEPT), DEPT))])
Q.q("2023年申请在50件以上的局", where(lambda o: v(o, NEW, 2023) >= 50, JU))
Q.q("收费不到10万元的部门", where(lambda o: v(o, FEE) < 10, DEPT))
Q.q("行政复议不超过两件的单位", where(lambda o: v(o, REV) <= 2, ALL))
Q.q("申请刚好39件的部门", where(lambda o: v(o, NEW) == 39, DEPT))
Q.q(
    "四年都有行政处罚的部门有哪些",
    where(lambda o: all(v(o, PEN, y) > 0 for y in YS), DEPT),
    alt=where(lambda o: any(v(o, PEN, y) > 0 for y in YS), DEPT),
)
Q.q("哪些部门一件行政处罚也没有", where(lambda o: v(o, PEN) == 0, DEPT))
Q.q(
    "从来没收到过申请的单位",
    where(lambda o: not any(v(o, NEW, y) for y in YS), ALL),
    alt=where(lambda o: v(o, NEW) == 0, ALL),
)
Q.q("有许可没处罚的部门", where(lambda o: v(o, LIC) > 0 and v(o, PEN) == 0, DEPT))
Q.q("部分公开的件数大于予以公开的部门", where(lambda o: v(o, PG) > v(o, GR), DEPT))
Q.q("新收比办结多的单位有哪些", where(lambda o: v(o, NEW) > v(o, DONE), ALL))
Q.q("行政处罚不及行政强制的部门", where(lambda o: v(o, PEN) < v(o, COE), DEPT))
Q.q("行政复议和行政诉讼件数一样多的部门", where(lambda o: v(o, REV) == v(o, SUIT), DEPT))
Q.q("比教育局申请少的部门", where(lambda o: v(o, NEW) < v(S("教育局"), NEW), DEPT))
Q.q("申请同比增加20件及以上的单位", where(lambda o: ch(o, NEW) >= 20, ALL))
Q.q("处罚量较2024年翻番的单位", where(lambda o: v(o, PEN, 2024) > 0 and v(o, PEN) >= 2 * v(o, PEN, 2024), ALL))
Q.q("行政许可和行政处罚都比上年增加的部门", where(lambda o: ch(o, LIC) > 0 and ch(o, PEN) > 0, DEPT))
Q.q("申请持平的部门有哪些", where(lambda o: ch(o, NEW) == 0, DEPT))
Q.q("近三年申请连年下降的单位", where(lambda o: v(o, NEW, 2023) > v(o, NEW, 2024) > v(o, NEW, 2025), ALL))
Q.q("哪些部门听取过政务公开汇报两次以上", where(lambda o: v(o, ["facts.briefings_heard"]) >= 2, LED))
Q.q("哪几个局的行政许可在平均线以上", where(lambda o: v(o, LIC) > avg(LIC, JU), JU))
Q.q("收到的申请不到全区平均数的部门", where(lambda o: v(o, NEW) < avg(NEW, ALL), DEPT))
Q.q("哪些部门办结的申请多于50件", where(lambda o: v(o, DONE) > 50, DEPT))
Q.q("2024年行政诉讼满5件的单位", where(lambda o: v(o, SUIT, 2024) >= 5, ALL))
Q.q("行政许可为零的部门有几家", None, [len(where(lambda o: v(o, LIC) == 0, DEPT))])
Q.q("申请低于20件的乡镇街道有哪些", where(lambda o: v(o, NEW) < 20, TS))
Q.q("哪些局2025年没有行政强制", where(lambda o: v(o, COE) == 0, JU))
Q.q("三年内都没发生过行政诉讼的单位", where(lambda o: not any(v(o, SUIT, y) for y in (2023, 2024, 2025)), ALL))
Q.q("哪些单位发生过行政诉讼败诉的情况", where(lambda o: v(o, suit("corrected")) > 0, ALL))
Q.q("既有行政许可又有行政处罚还有行政强制的局", where(lambda o: v(o, LIC) > 0 and v(o, PEN) > 0 and v(o, COE) > 0, JU))
Q.q("收到了申请却没有予以公开的部门", where(lambda o: v(o, NEW) > 0 and v(o, GR) == 0, DEPT))
Q.q("许可少于处罚的部门有几个", None, [len(where(lambda o: v(o, LIC) < v(o, PEN), DEPT))])
Q.q("结转下年的比上年结转的多的部门", where(lambda o: v(o, COUT) > v(o, CIN), DEPT))
Q.q(
    "申请不少于财政局的局",
    where(lambda o: v(o, NEW) >= v(S("财政局"), NEW), JU),
    alt=where(lambda o: v(o, NEW) >= v(S("财政局"), NEW) and o != S("财政局"), JU),
)
Q.q("处罚超过许可三倍的部门", where(lambda o: v(o, PEN) > 3 * v(o, LIC), DEPT))
Q.q("申请量同比下降超过15%的单位", where(lambda o: grow(o, NEW) is not None and grow(o, NEW) < -Fraction(15, 100), ALL))
Q.q("行政处罚比2022年增加100件以上的单位", where(lambda o: ch(o, PEN, 2025, 2022) >= 100, ALL))
Q.q("申请没有增长的部门有哪些", where(lambda o: ch(o, NEW) <= 0, DEPT))
Q.q("申请和去年一样多的单位", where(lambda o: ch(o, NEW) == 0, ALL))
Q.q("哪些部门申请下降但行政诉讼上升", where(lambda o: ch(o, NEW) < 0 and ch(o, SUIT) > 0, DEPT))
Q.q("行政许可超过500件的部门有几个，分别是谁", where(lambda o: v(o, LIC) > 500, DEPT))
Q.q("哪些乡镇街道的申请超过全县平均", where(lambda o: v(o, NEW) > avg(NEW, ALL), TS))
Q.q("行政许可低于平均值的部门有几个", None, [len(where(lambda o: v(o, LIC) < avg(LIC, DEPT), DEPT))])
Q.q("申请多于30件的局都有哪些", where(lambda o: v(o, NEW) > 30, JU))
Q.q(
    "哪些单位2025年行政处罚在100件以下",
    where(lambda o: v(o, PEN) <= 100, ALL),
    alt=where(lambda o: v(o, PEN) < 100, ALL),
)
Q.q("收费超过500万元的单位", where(lambda o: v(o, FEE) > 500, ALL))
Q.q("行政诉讼恰好3件的单位", where(lambda o: v(o, SUIT) == 3, ALL))
Q.q("没有发生行政复议的部门有哪些", where(lambda o: v(o, REV) == 0, DEPT))
Q.q("近三年都没有行政强制的局", where(lambda o: not any(v(o, COE, y) for y in (2023, 2024, 2025)), JU))
Q.q("有行政复议但没有行政诉讼的单位", where(lambda o: v(o, REV) > 0 and v(o, SUIT) == 0, ALL))
Q.q("哪些部门既有复议被纠正又有诉讼被纠正", where(lambda o: v(o, REVC) > 0 and v(o, suit("corrected")) > 0, DEPT))
Q.q("申请超过30件但没有行政诉讼的部门", where(lambda o: v(o, NEW) > 30 and v(o, SUIT) == 0, DEPT))
Q.q("许可高于处罚的部门有哪些", where(lambda o: v(o, LIC) > v(o, PEN), DEPT))
Q.q("行政诉讼比行政复议少的局", where(lambda o: v(o, SUIT) < v(o, REV), JU))
Q.q("办结和新收相等的部门", where(lambda o: v(o, DONE) == v(o, NEW), DEPT))
Q.q("申请比教育局还多的单位有几家", None, [len(where(lambda o: v(o, NEW) > v(S("教育局"), NEW), ALL))])
Q.q(
    "2025年申请比2024年增长10%以上的单位",
    where(lambda o: grow(o, NEW) is not None and grow(o, NEW) >= Fraction(1, 10), ALL),
)
Q.q("申请量比2023年减少的部门", where(lambda o: ch(o, NEW, 2025, 2023) < 0, DEPT))
Q.q("行政处罚同比减少50件以上的局", where(lambda o: ch(o, PEN) <= -50, JU))
Q.q("三年来申请持续上升的单位", where(lambda o: v(o, NEW, 2023) < v(o, NEW, 2024) < v(o, NEW, 2025), ALL))
Q.q("哪些局的申请量比全市平均水平高", where(lambda o: v(o, NEW) > avg(NEW, ALL), JU))
Q.q("行政诉讼低于平均数的部门", where(lambda o: v(o, SUIT) < avg(SUIT, DEPT), DEPT))
Q.q("受理申请超过45件的单位有多少家", None, [len(where(lambda o: v(o, NEW) > 45, ALL))])
Q.q("行政许可少于一百件的局", where(lambda o: v(o, LIC) < 100, JU))
Q.q("行政复议三到六件的部门有哪些", where(lambda o: 3 <= v(o, REV) <= 6, DEPT))
Q.q("行政处罚不足10件的乡镇街道", where(lambda o: v(o, PEN) < 10, TS))
Q.q("没有行政许可的部门有几个", None, [len(where(lambda o: v(o, LIC) == 0, DEPT))])
Q.q(
    "哪些单位从未收到行政复议",
    where(lambda o: not any(v(o, REV, y) for y in YS), ALL),
    alt=where(lambda o: v(o, REV) == 0, ALL),
)
Q.q("哪些部门有结转下年度继续办理的申请", where(lambda o: v(o, COUT) > 0, DEPT))
Q.q("有行政处罚但没有行政许可的局有哪些", where(lambda o: v(o, PEN) > 0 and v(o, LIC) == 0, JU))
Q.q("予以公开少于不予公开的单位", where(lambda o: v(o, GR) < v(o, DENY), ALL))
Q.q("行政处罚大于行政许可的有几个部门", None, [len(where(lambda o: v(o, PEN) > v(o, LIC), DEPT))])
Q.q("行政诉讼超过公安局的单位", where(lambda o: v(o, SUIT) > v(S("公安局"), SUIT), ALL))
Q.q("行政许可是处罚5倍以上的部门", where(lambda o: v(o, LIC) >= 5 * v(o, PEN), DEPT))
Q.q("申请比上年增加超过5件的部门", where(lambda o: ch(o, NEW) > 5, DEPT))
Q.q(
    "行政许可下降超过一半的单位有哪些",
    where(lambda o: grow(o, LIC) is not None and grow(o, LIC) < -Fraction(1, 2), ALL),
)
Q.q("2025年与2022年相比申请增加的局", where(lambda o: ch(o, NEW, 2025, 2022) > 0, JU))
Q.q(
    "行政处罚连续三年上升的单位",
    where(lambda o: v(o, PEN, 2022) < v(o, PEN, 2023) < v(o, PEN, 2024) < v(o, PEN, 2025), ALL),
    alt=where(lambda o: v(o, PEN, 2023) < v(o, PEN, 2024) < v(o, PEN, 2025), ALL),
)
Q.q("申请减少而诉讼增加的单位", where(lambda o: ch(o, NEW) < 0 and ch(o, SUIT) > 0, ALL))
Q.q("2023年没有行政强制但2024年有的部门", where(lambda o: v(o, COE, 2023) == 0 and v(o, COE, 2024) > 0, DEPT))
Q.q("行政复议高于全市平均的街道", where(lambda o: v(o, REV) > avg(REV, ALL), STREET))
Q.q("收到申请低于部门平均数的部门有多少", None, [len(where(lambda o: v(o, NEW) < avg(NEW, DEPT), DEPT))])
Q.q("哪些部门办结的申请不到30件", where(lambda o: v(o, DONE) < 30, DEPT))
Q.q("行政强制超过20件的单位", where(lambda o: v(o, COE) > 20, ALL))
Q.q("规范性文件现行有效不足5件的部门", where(lambda o: v(o, INF) < 5, DEPT))
Q.q("行政处罚100件以上300件以下的局", where(lambda o: 100 <= v(o, PEN) <= 300, JU))
Q.q("2025年没有行政诉讼的局有几家", None, [len(where(lambda o: v(o, SUIT) == 0, JU))])
Q.q("四年都没有收到申请的单位有哪些", where(lambda o: not any(v(o, NEW, y) for y in YS), ALL))
Q.q("哪些乡镇街道没有行政许可", where(lambda o: v(o, LIC) == 0, TS))
Q.q("既没有收费也没有行政处罚的部门", where(lambda o: v(o, FEE) == 0 and v(o, PEN) == 0, DEPT))
Q.q("有行政强制的单位都有哪些", where(lambda o: v(o, COE) > 0, ALL))
Q.q("有行政复议被纠正的局有几个", None, [len(where(lambda o: v(o, REVC) > 0, JU))])
Q.q("哪些部门收到过科研机构的申请", where(lambda o: v(o, ["table3.new_received.research_institution"]) > 0, DEPT))
Q.q("不予公开超过予以公开的局", where(lambda o: v(o, DENY) > v(o, GR), JU))
Q.q("行政诉讼不少于行政复议的部门", where(lambda o: v(o, SUIT) >= v(o, REV), DEPT))
Q.q("行政许可比财政局少的局有哪些", where(lambda o: v(o, LIC) < v(S("财政局"), LIC), JU))
Q.q("申请同比增长20%以上的部门", where(lambda o: grow(o, NEW) is not None and grow(o, NEW) >= Fraction(1, 5), DEPT))
Q.q(
    "行政处罚比2023年下降30%以上的单位",
    where(lambda o: grow(o, PEN, 2025, 2023) is not None and grow(o, PEN, 2025, 2023) <= -Fraction(3, 10), ALL),
)
Q.q("哪些局申请没有减少", where(lambda o: ch(o, NEW) >= 0, JU))
Q.q("有多少个单位的行政处罚比上年增加了", None, [len(where(lambda o: ch(o, PEN) > 0, ALL))])
Q.q(
    "申请逐年减少的部门有哪些",
    where(lambda o: v(o, NEW, 2022) > v(o, NEW, 2023) > v(o, NEW, 2024) > v(o, NEW, 2025), DEPT),
)
Q.q("2022年有行政诉讼而2025年没有的单位", where(lambda o: v(o, SUIT, 2022) > 0 and v(o, SUIT) == 0, ALL))
