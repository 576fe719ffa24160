"""Who is first, second, last: by figures, shares and growth."""

from __future__ import annotations

from tests.collecting.truth import (
    ALL,
    BE,
    CIN,
    CO,
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
    LS,
    NEW,
    NOTP,
    NP,
    OTH,
    PEN,
    PG,
    REP,
    REV,
    REVU,
    STREET,
    SUIT,
    TOWN,
    TS,
    UNAV,
    WEI,
    YS,
    Questions,
    S,
    ch,
    grow,
    nth,
    pct,
    suit,
    t3,
    top,
    tot,
    v,
)

Q = Questions()
Q.qt("2025年各部门里收到政府信息公开申请最多的是哪家", top(NEW, DEPT))
Q.qt("哪个乡镇行政处罚最多", top(PEN, TOWN))
Q.qt("申请第二多的部门", nth(NEW, 2, DEPT))
Q.qt("行政许可件数排第三的是哪个局", nth(LIC, 3, JU))
Q.qt("第二少的乡镇是哪个，按收到的申请算", nth(NEW, 2, TOWN, least=True))
Q.qt("收到申请第2名是哪个单位", nth(NEW, 2, ALL))
Q.qt("不予公开件数最多的前三个部门", top(DENY, DEPT, n=3))
Q.qt("2023年度行政诉讼最多的单位", top(SUIT, ALL, 2023))
Q.qt("哪家公司收到的申请最多", top(NEW, CO))
Q.qt("哪个委收到的申请多", top(NEW, WEI))
Q.qt("收费最高的五个部门", top(FEE, DEPT, n=5))
Q.qt("法律服务机构申请最多的单位", top(LS, ALL))
Q.qt("哪个单位企业申请最多", top(BE, ALL))
Q.qt("哪个部门信访举报投诉类申请最多", top(t3("not_processed.petition"), DEPT))
Q.qt("重复申请最多的是谁", top(t3("not_processed.duplicate"), ALL))
Q.qt("无法提供最多的三家单位", top(UNAV, ALL, n=3))
Q.qt("被复议最多的部门是哪个", top(REV, DEPT))
Q.qt("现行有效规范性文件最多的部门", top(INF, DEPT))
Q.qt("把各街道按收到的申请从多到少排一下", top(NEW, STREET, n=2))
Q.qt("各乡镇街道申请量排名", top(NEW, TS, n=5))
Q.qt("谁家官司最多", top(SUIT, ALL))
Q.qt("罚得最多的是哪个局", top(PEN, JU))
Q.qt("许可证发的最多的局", top(LIC, JU))
Q.qt("结转下年最多的三个部门", top(COUT, DEPT, n=3))
Q.qt("办结申请最多的部门", top(DONE, DEPT))
Q.qt(
    "予以公开率最高的部门",
    top(None, DEPT, f=lambda o: v(o, GR) / v(o, DONE) if v(o, DONE) else None),
)
Q[-1]["nums"] = None
Q.qt("哪个单位自然人申请占比最低", top(None, ALL, least=True, f=lambda o: v(o, NP) / v(o, NEW) if v(o, NEW) else None))
Q[-1]["nums"] = None
Q.qt("前三名部门的申请合计占全县多少", (set(), [pct(sum(top(NEW, DEPT, n=3)[1]), tot(NEW))]))
Q[-1]["orgs"] = None
Q.qt("依申请公开增长最快的五个部门", top(None, DEPT, n=5, f=lambda o: grow(o, NEW)))
Q[-1]["nums"] = None
Q.qt("申请增加最多的乡镇", top(None, TOWN, f=lambda o: ch(o, NEW)))
Q[-1]["nums"] = [top(None, TOWN, f=lambda o: ch(o, NEW))[1][0]]
Q.qt(
    "和2023年比，2025年行政处罚减少最多的部门",
    (top(None, DEPT, least=True, f=lambda o: ch(o, PEN, 2025, 2023))[0], None),
)
Q.qt("那个部门收到申请最多", top(NEW, DEPT))
Q.qt("哪个部们申请最多", top(NEW, DEPT))
Q.qt("申请最多的部门？", top(NEW, DEPT))
Q.qt("咱县哪个局被告得最多", top(SUIT, JU))
Q.qt(
    "收到申请最多和最少的部门分别是哪个",
    (top(NEW, DEPT)[0] | top(NEW, DEPT, least=True)[0], [top(NEW, DEPT)[1][0], top(NEW, DEPT, least=True)[1][0]]),
)
Q.qt(
    "哪个部门行政许可最多？哪个部门行政处罚最多？",
    (top(LIC, DEPT)[0] | top(PEN, DEPT)[0], [top(LIC, DEPT)[1][0], top(PEN, DEPT)[1][0]]),
)
Q.qt("哪个部门培训次数最多", (top(["facts.trainings"], LED)))
Q.qt("请问2025年度哪一个部门办结的依申请公开件最多呀", top(DONE, DEPT))
Q.qt("申请量倒数第二的街道是哪个", nth(NEW, 2, STREET, least=True))
Q.qt("申请数量排在第4位的部门", nth(NEW, 4, DEPT))
Q.qt("行政强制最多的3个单位分别是谁", top(COE, ALL, n=3))
Q.qt("2022年收费最少的委是哪个", top(FEE, WEI, 2022, least=True))
Q.qt("哪个单位法院判输的官司最多", top(suit("corrected"), ALL))
Q.qt("予以公开件数最多的街道办", top(GR, STREET))
Q.qt("按部分公开件数给各部门排序", (set(DEPT), None))
Q.qt("科研机构来申请最多的是哪家单位", top(["table3.new_received.research_institution"], ALL))
Q.qt(
    "这几年行政处罚下降最多的三个局",
    (top(None, JU, n=3, least=True, f=lambda o: ch(o, PEN, 2025, 2022))[0], None),
    alt=top(None, JU, n=3, least=True, f=lambda o: ch(o, PEN))[0],
)
Q.qt("全县哪一年的申请最少", (None, [min(YS, key=lambda y: tot(NEW, y)), min(tot(NEW, y) for y in YS)]))
Q.qt(
    "公安局哪年收到的申请最多",
    (None, [max(YS, key=lambda y: v(S("公安局"), NEW, y)), max(v(S("公安局"), NEW, y) for y in YS)]),
)
Q.qt("那些局行政处发最多的前3", (top(PEN, JU, n=3)[0], None))
Q.qt(
    "许可最多的局是谁，许可最少的局又是谁",
    (top(LIC, JU)[0] | top(LIC, JU, least=True)[0], [top(LIC, JU)[1][0], top(LIC, JU, least=True)[1][0]]),
)
Q.qt("有行政诉讼的部门里面申请最多的是哪个", top(NEW, [o for o in DEPT if v(o, SUIT) > 0]))
Q.qt("全县所有单位中，2025年收到申请数量居首的是谁", top(NEW, ALL))
Q.qt("行政许可办得最多的部门是哪一个，办了多少件", top(LIC, DEPT))
Q.qt("2024年哪几个部门的行政处罚排前三", top(PEN, DEPT, 2024, n=3))
Q.qt("行政复议第三多的部门", nth(REV, 3, DEPT))
Q.qt("申请最少的两个乡镇", top(NEW, TOWN, n=2, least=True))
Q.qt("哪个街道不予公开的多", top(DENY, STREET))
Q.qt("公益组织提出申请最多的单位", top(["table3.new_received.social_welfare_org"], ALL))
Q.qt("要求重新出具信息的申请最多的部门", top(t3("not_processed.reconfirmation"), DEPT))
Q.qt("没有现成信息需要另行制作的，哪个部门最多", top(t3("unavailable.needs_creation"), DEPT))
Q.qt("逾期不补正最多的是哪个单位", top(t3("other.no_correction"), ALL))
Q.qt("按办结数给乡镇街道排个名次", (set(TS), None))
Q.qt("直接起诉案件最多的局", top(["table4.litigation_direct.total"], JU))
Q.qt("上年结转最多的单位是谁", top(CIN, ALL))
Q.qt("废止规范性文件最多的单位", top(REP, ALL))
Q.qt("自然人申请占比最高的部门", top(None, DEPT, f=lambda o: v(o, NP) / v(o, NEW) if v(o, NEW) else None))
Q[-1]["nums"] = None
Q.qt("申请增长最快的街道", (top(None, STREET, f=lambda o: grow(o, NEW))[0], None))
Q.qt("咱们县哪家单位挨告最多", top(SUIT, ALL))
Q.qt("哪个部门申情最多", top(NEW, DEPT))
Q.qt("申请最多的部门是谁？比最少的多多少？", (None, [top(NEW, DEPT)[1][0]]))
Q.qt("全区哪个单位去年收到的申请最多", top(NEW, ALL))
Q.qt("今年申请数量最高的前两个部门是？", top(NEW, DEPT, n=2))
Q.qt("想了解一下哪个镇的行政许可最少", top(LIC, [o for o in TOWN if "镇" in o], least=True))
Q.qt("处罚数量第三高的局", nth(PEN, 3, JU))
Q.qt("行政强制倒数第三的部门", nth(COE, 3, DEPT, least=True))
Q.qt("给我看各局收费从高到低的前五", top(FEE, JU, n=5))
Q.qt("2024年办结件数最少的三个局", top(DONE, JU, 2024, n=3, least=True))
Q.qt("不予处理申请最多的部门", top(NOTP, DEPT))
Q.qt("其他处理最多的单位", top(t3(OTH), ALL))
Q.qt("属于行政执法案卷而不予公开最多的局", top(t3("denied.enforcement_file"), JU))
Q.qt("律师事务所申请最多的部门是哪家", top(LS, DEPT))
Q.qt("复议结果维持最多的单位", top(REVU, ALL))
Q.qt("出台规范性文件最多的部门", top(ISS, DEPT))
Q.qt(
    "不予公开率最高的三个部门",
    (top(None, DEPT, n=3, f=lambda o: v(o, DENY) / v(o, DONE) if v(o, DONE) else None)[0], None),
)
Q.qt("近三年申请增长最多的五个单位", (top(None, ALL, n=5, f=lambda o: ch(o, NEW, 2025, 2023))[0], None))
Q.qt("2024年比2023年申请下降最快的部门", (top(None, DEPT, least=True, f=lambda o: grow(o, NEW, 2024, 2023))[0], None))
Q.qt("全区收到申请最多的是哪年", (None, [max(YS, key=lambda y: tot(NEW, y)), max(tot(NEW, y) for y in YS)]))
Q.qt("哪家局行政许克办的最多", top(LIC, JU))
Q.qt("申请最多的单位", top(NEW, ALL))
Q.qt("谁罚得最多", top(PEN, ALL))
Q.qt("各类申请人中自然人申请最多的部门", top(NP, DEPT))
Q.qt(
    "哪个部门申请最多、哪个部门诉讼最多、哪个部门处罚最多",
    (top(NEW, DEPT)[0] | top(SUIT, DEPT)[0] | top(PEN, DEPT)[0], None),
)
Q.qt("主动公开信息最多的部门", top(["facts.published_total"], LED))
Q.qt("2025年全县哪家单位办结的申请最多", top(DONE, ALL))
Q.qt("请列出行政处罚件数排在前五位的局", top(PEN, JU, n=5))
Q.qt("收到申请数第二少的部门", nth(NEW, 2, DEPT, least=True))
Q.qt("2023年申请第三多的单位是哪个", nth(NEW, 3, ALL, 2023))
Q.qt("哪个乡收到的信息公开申请最多", top(NEW, [S("柳林乡人民政府")]))
Q.qt("委员会里面申请最多的是哪家", top(NEW, WEI), alt=top(NEW, ALL)[0])
Q.qt("哪个部门因国家秘密不予公开的最多", top(t3("denied.state_secret"), DEPT))
Q.qt("本机关不掌握的情形哪个部门最多", top(t3("unavailable.not_held"), DEPT))
Q.qt("大量反复申请最多的单位", top(t3("not_processed.excessive"), ALL))
Q.qt("尚未审结的行政诉讼最多的部门", top(suit("pending"), DEPT))
Q.qt("其他结果的行政复议最多的单位", top(["table4.review.other"], ALL))
Q.qt("行政许可最多的两个街道", top(LIC, STREET, n=2))
Q.qt("把各部门的行政诉讼由多到少排列", (set(DEPT), None))
Q.qt(
    "行政诉讼败诉率最高的单位",
    (top(None, ALL, f=lambda o: v(o, suit("corrected")) / v(o, SUIT) if v(o, SUIT) else None)[0], None),
)
Q.qt("行政许可增长最快的三个部门", (top(None, DEPT, n=3, f=lambda o: grow(o, LIC))[0], None))
Q.qt("申请降得最多的单位", (top(None, ALL, least=True, f=lambda o: ch(o, NEW))[0], None))
Q.qt("全县行政诉讼最多的是哪一年", (None, [max(YS, key=lambda y: tot(SUIT, y)), max(tot(SUIT, y) for y in YS)]))
Q.qt("申清最多的前三个单位", top(NEW, ALL, n=3))
Q.q("处罚最狠的局是哪个", refuse=True)
Q.qt("哪个部门行政许可最多，哪个街道行政许可最多", (top(LIC, DEPT)[0] | top(LIC, STREET)[0], None))
Q.qt("汇报次数最多的部门", top(["facts.briefings_heard"], LED))
Q.qt("全市2025年哪个部门作出的行政处罚最多", top(PEN, DEPT))
Q.qt("收到申请最少的局是哪一家", top(NEW, JU, least=True))
Q.qt("行政许可数量第二的部门", nth(LIC, 2, DEPT))
Q.qt("2024年度收费金额最高的三家单位", top(FEE, ALL, 2024, n=3))
Q.qt("哪些部门的申请量位居前四", top(NEW, DEPT, n=4))
Q.qt("各镇中申请最多的是哪个", top(NEW, [o for o in TOWN if "镇" in o]))
Q.qt("商业企业申请量最大的部门", top(BE, DEPT))
Q.qt("属于内部事务信息不予公开最多的单位", top(t3("denied.internal_affairs"), ALL))
Q.qt("补正后仍不明确的申请哪个单位最多", top(t3("unavailable.still_unclear"), ALL))
Q.qt("行政复议未审结最多的部门", top(["table4.review.pending"], DEPT))
Q.qt("给所有局按收费多少排个名", (set(JU), None))
Q.qt("行政诉讼维持最多的局", top(suit("upheld"), JU))
Q.qt("哪家单位新收申请排倒数第二", nth(NEW, 2, ALL, least=True))
Q.qt("不予处理占比最高的部门", (top(None, DEPT, f=lambda o: v(o, NOTP) / v(o, DONE) if v(o, DONE) else None)[0], None))
Q.qt("申请增幅最大的前三个局", (top(None, JU, n=3, f=lambda o: grow(o, NEW))[0], None))
Q.qt("行政诉讼比上年增加最多的部门", (top(None, DEPT, f=lambda o: ch(o, SUIT))[0], None))
Q.qt("教育局哪一年申请最少", (None, [min(v(S("教育局"), NEW, y) for y in YS)]))
Q.qt("那家单位申请最多", top(NEW, ALL))
Q.qt("哪个局公开申请收的最多", top(NEW, JU))
Q.qt("罚得最少的局", top(PEN, JU, least=True))
Q.qt("行政复议最多的是谁，有多少件", top(REV, ALL))
Q.qt("培训最少的部门", top(["facts.trainings"], LED, least=True))
Q.qt("说一下2025年全市哪个单位行政复议最多", top(REV, ALL))
Q.qt("申请件数最多的是哪个街道", top(NEW, STREET))
Q.qt("行政处罚第五多的局是哪个", nth(PEN, 5, JU))
Q.qt("2022年收到申请最多的部门是哪一个", top(NEW, DEPT, 2022))
Q.qt("予以公开件数最少的三个部门", top(GR, DEPT, n=3, least=True))
Q.qt("各局行政许可情况排名", (set(JU), None))
Q.qt("法律行政法规禁止公开的信息哪个部门最多", top(t3("denied.prohibited_by_law"), DEPT))
Q.qt("企业来申请最多的是哪个局", top(BE, JU))
Q.qt("公共企事业里哪家公司收到申请最多", top(NEW, CO)) if 0 else None
Q.qt("复议后起诉最多的部门", top(["table4.litigation_after_review.total"], DEPT))
Q.qt("制定规范性文件最多的三家单位", top(ISS, ALL, n=3))
Q.qt("部分公开占比最高的单位是谁", (top(None, ALL, f=lambda o: v(o, PG) / v(o, DONE) if v(o, DONE) else None)[0], None))
Q.qt("占全市行政处罚比例最大的三个局", (top(PEN, JU, n=3)[0], None))
Q.qt("申请下降幅度最大的部门", (top(None, DEPT, least=True, f=lambda o: grow(o, NEW))[0], None))
Q.qt("2025年比2023年行政许可增加最多的三个单位", (top(None, ALL, n=3, f=lambda o: ch(o, LIC, 2025, 2023))[0], None))
Q.qt(
    "公安局哪一年行政处罚最多",
    (None, [max(YS, key=lambda y: v(S("公安局"), PEN, y)), max(v(S("公安局"), PEN, y) for y in YS)]),
)
Q.qt("申请最多的步门", top(NEW, DEPT))
Q.qt("行政处发最多的局", top(PEN, JU))
Q.qt("申请最多的三个局和最少的三个局分别是谁", (top(NEW, JU, n=3)[0] | top(NEW, JU, n=3, least=True)[0], None))
Q.qt("哪个部门行政复议最多，其中被纠正几件", (None, [top(REV, DEPT)[1][0]]))
Q.qt("听取汇报最多的部门是哪个", top(["facts.briefings_heard"], LED))
