"""A county of its own with its figures, and what is true of them, reckoned without any of the program's ways."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

from domain import YearFigures

P = "云溪县"
DEPT = [
    P + n
    for n in "教育局 公安局 民政局 财政局 自然资源局 交通运输局 农业农村局 市场监督管理局 应急管理局 统计局 审计局 医疗保障局 住房和城乡建设局 人力资源和社会保障局 卫生健康委员会 发展和改革委员会 人民政府办公室".split()
] + ["云州市生态环境局云溪分局"]
TOWN = [P + n for n in "城关镇人民政府 石桥镇人民政府 柳林乡人民政府".split()]
STREET = [P + n for n in "东城街道办事处 西城街道办事处".split()]
ZONE = ["云溪经济开发区管理委员会"]
CO = [P + "供水集团有限公司", P + "公共交通有限公司"]
ALL = DEPT + TOWN + STREET + ZONE + CO
JU = [o for o in DEPT if o.endswith("局")]
WEI = [o for o in DEPT if o.endswith("委员会")]
TS = TOWN + STREET
YS = [2022, 2023, 2024, 2025]
COLS = "natural_person business_enterprise research_institution social_welfare_org legal_service_org other_org".split()
DEN = [
    "denied." + x
    for x in "state_secret prohibited_by_law public_safety third_party_rights internal_affairs process_information enforcement_file administrative_inquiry".split()
]
UNA = ["unavailable." + x for x in "not_held needs_creation still_unclear".split()]
NOT = ["not_processed." + x for x in "petition duplicate publication excessive reconfirmation".split()]
OTH = ["other." + x for x in "no_correction fee_unpaid other".split()]
OUT = ["granted", "partially_granted"] + DEN + UNA + NOT + OTH
r = random.Random(20261130)
D = {}
for i, o in enumerate(ALL):
    scale = r.choice([1, 2, 4, 8])
    carry = dict.fromkeys(COLS, 0)
    for y in YS:
        d = {}
        never = o in (P + "统计局", P + "柳林乡人民政府", P + "公共交通有限公司")
        rows = {}
        for k in OUT:
            rows[k] = {
                c: (
                    0
                    if never
                    else (r.choice([0, 0, 0, 1, 2]) * scale if c == "natural_person" else r.choice([0, 0, 0, 0, 0, 1]))
                )
                for c in COLS
            }
            if k == "granted" and not never:
                rows[k]["natural_person"] += r.randint(0, 9)
        co = {c: (0 if never else r.choice([0, 0, 0, 1, 2]) if c in COLS[:2] else 0) for c in COLS}
        tot = {c: sum(rows[k][c] for k in OUT) for c in COLS}
        # new = total + carried_out - carried_in ; keep >=0
        for c in COLS:
            if tot[c] + co[c] < carry[c]:
                rows["granted"][c] += carry[c] - tot[c] - co[c]
        tot = {c: sum(rows[k][c] for k in OUT) for c in COLS}
        rows["total_processed"] = tot
        rows["carried_in"] = dict(carry)
        rows["carried_out"] = co
        rows["new_received"] = {c: tot[c] + co[c] - carry[c] for c in COLS}
        carry = co
        for k, v in rows.items():
            for c in COLS:
                d[f"table3.{k}.{c}"] = v[c]
            d[f"table3.{k}.total"] = sum(v.values())
        for case in ("review", "litigation_direct", "litigation_after_review"):
            t = 0
            for res in ("upheld", "corrected", "other", "pending"):
                n = 0 if r.random() < 0.62 else r.randint(1, 4)
                if o in TS and case != "review":
                    n = 0
                d[f"table4.{case}.{res}"] = n
                t += n
            d[f"table4.{case}.total"] = t
        law = o not in CO
        d["table2.licensing"] = r.choice([0, r.randint(1, 1500)]) if law else 0
        d["table2.penalties"] = r.choice([0, r.randint(1, 400), r.randint(1, 400)]) if law else 0
        d["table2.coercion"] = r.choice([0, 0, r.randint(1, 40)]) if law else 0
        d["table2.fees_wan_yuan"] = Decimal(r.choice([0, 0, r.randint(1, 99999)])) / 100 if law else Decimal(0)
        for g in ("regulations", "normative_documents"):
            for c in ("issued", "repealed", "in_force"):
                d[f"table2.{g}.{c}"] = (
                    0 if g == "regulations" else r.choice([0, 0, 1, 2, 3]) if c != "in_force" else r.randint(0, 30)
                )
        D[o, y] = d
LED = DEPT[:6]
for o in LED:
    D[o, 2025]["facts.trainings"] = r.randint(0, 6)
    D[o, 2025]["facts.briefings_heard"] = r.randint(0, 5)
    D[o, 2025]["facts.published_total"] = r.randint(50, 900)
GOV = P + "人民政府"


def held():
    got = [
        YearFigures(o, y, f"{o}{y}年政府信息公开工作年度报告", o in LED and y == 2025, dict(d))
        for (o, y), d in D.items()
    ]
    got.append(YearFigures(GOV, 2025, f"{GOV}2025年报", False, dict.fromkeys(D[ALL[0], 2024], 88888)))
    return got


NEW = ["table3.new_received.total"]
CIN = ["table3.carried_in.total"]
COUT = ["table3.carried_out.total"]
DONE = ["table3.total_processed.total"]


def t3(ks, c="total"):
    return [f"table3.{k}.{c}" for k in (ks if isinstance(ks, list) else [ks])]


GR = t3("granted")
PG = t3("partially_granted")
DENY = t3(DEN)
UNAV = t3(UNA)
NOTP = t3(NOT)
LIC = ["table2.licensing"]
PEN = ["table2.penalties"]
COE = ["table2.coercion"]
FEE = ["table2.fees_wan_yuan"]
ISS = ["table2.normative_documents.issued"]
REP = ["table2.normative_documents.repealed"]
INF = ["table2.normative_documents.in_force"]
REV = ["table4.review.total"]
REVC = ["table4.review.corrected"]
REVU = ["table4.review.upheld"]


def suit(res="total"):
    return [f"table4.litigation_direct.{res}", f"table4.litigation_after_review.{res}"]


SUIT = suit()
NP = ["table3.new_received.natural_person"]
BE = ["table3.new_received.business_enterprise"]
LS = ["table3.new_received.legal_service_org"]


def v(o, k, y=2025):
    return sum(Fraction(D[o, y][x]) for x in k)


def tot(k, y=2025, s=ALL):
    return sum(v(o, k, y) for o in s)


def num(x):
    x = Fraction(x)
    if x.denominator == 1:
        return str(int(x))
    return f"{Decimal(x.numerator) / Decimal(x.denominator):.6f}".rstrip("0").rstrip(".")


def r2(x):
    x = Fraction(x)
    n = int(abs(x) * 100 + Fraction(1, 2))
    return f"{n // 100}.{n % 100:02d}"


def pct(a, b):
    return r2(Fraction(a) * 100 / Fraction(b)) + "%"


def top(k, s=ALL, y=2025, n=1, least=False, f=None):
    f = f or (lambda o: v(o, k, y))
    c = [(f(o), o) for o in s if f(o) is not None]
    c.sort(key=lambda p: p[0], reverse=not least)
    last = c[n - 1][0]
    keep = [p for i, p in enumerate(c) if i < n or p[0] == last]
    return {o for _, o in keep}, [p[0] for p in keep]


def nth(k, n, s=ALL, y=2025, least=False):
    """n-th by competition rank value: the value at place n and those who have it."""
    c = sorted((v(o, k, y) for o in s), reverse=not least)
    x = c[n - 1]
    return {o for o in s if v(o, k, y) == x}, [x]


def where(f, s=ALL):
    return {o for o in s if f(o)}


def grow(o, k, now=2025, then=2024):
    b = v(o, k, then)
    return None if not b else (v(o, k, now) - b) / b


def ch(o, k, now=2025, then=2024):
    return v(o, k, now) - v(o, k, then)


def avg(k, s, y=2025):
    return tot(k, y, s) / len(s)


def S(name):
    """The whole name of an organ."""
    return P + name


class Questions(list):
    """Questions, each with the organs and the numbers of its answer; ``refuse``: none is to be given, ``none``: the law's."""

    def q(self, text, orgs=None, nums=None, **more):
        self.append({"q": text, "orgs": orgs, "nums": nums, **more})

    def qt(self, text, pair, **more):
        self.q(text, None if pair[0] is None else set(pair[0]), pair[1], **more)
