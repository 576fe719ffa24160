"""The three tables by pandas and openpyxl, as somebody who knows Python and the form would write it in an afternoon.

It reads a workbook with the nine sheets, finds the row of headings by 序号, folds full-width characters, knows the
usual spellings of dates, keeps the rows that have a number, groups and counts. It stops at a date that it cannot
read, at a word that is not the form's, and where the received do not balance the processed.

Job: ``ledgers`` (paths). Answer: for each ``tables`` (as gongkai's JSON has them, with ``published``) or ``problem``.
"""

import json
import re
import sys
import unicodedata
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd

APPLICANTS = {
    "自然人": "natural_person",
    "商业企业": "business_enterprise",
    "科研机构": "research_institution",
    "社会公益组织": "social_welfare_org",
    "法律服务机构": "legal_service_org",
    "其他": "other_org",
}
OUTCOMES = {
    "予以公开": "granted",
    "部分公开": "partially_granted",
    "不予公开-属于国家秘密": "denied.state_secret",
    "不予公开-其他法律行政法规禁止公开": "denied.prohibited_by_law",
    "不予公开-危及“三安全一稳定”": "denied.public_safety",
    "不予公开-保护第三方合法权益": "denied.third_party_rights",
    "不予公开-属于三类内部事务信息": "denied.internal_affairs",
    "不予公开-属于四类过程性信息": "denied.process_information",
    "不予公开-属于行政执法案卷": "denied.enforcement_file",
    "不予公开-属于行政查询事项": "denied.administrative_inquiry",
    "无法提供-本机关不掌握相关政府信息": "unavailable.not_held",
    "无法提供-没有现成信息需要另行制作": "unavailable.needs_creation",
    "无法提供-补正后申请内容仍不明确": "unavailable.still_unclear",
    "不予处理-信访举报投诉类申请": "not_processed.petition",
    "不予处理-重复申请": "not_processed.duplicate",
    "不予处理-要求提供公开出版物": "not_processed.publication",
    "不予处理-无正当理由大量反复申请": "not_processed.excessive",
    "不予处理-要求行政机关确认或重新出具已获取信息": "not_processed.reconfirmation",
    "其他处理-申请人无正当理由逾期不补正": "other.no_correction",
    "其他处理-申请人逾期未按收费通知要求缴纳费用": "other.fee_unpaid",
    "其他处理-其他": "other.other",
}
OPEN = {"", "办理中", "结转下年度继续办理"}
CASES = {
    "行政复议": "review",
    "行政诉讼(未经复议直接起诉)": "litigation_direct",
    "行政诉讼(复议后起诉)": "litigation_after_review",
}
RESULTS = {"结果维持": "upheld", "结果纠正": "corrected", "其他结果": "other", "尚未审结": "pending"}
DOCUMENTS = {"规章": "regulations", "行政规范性文件": "normative_documents"}
DECISIONS = {"行政许可": "licensing", "行政处罚": "penalties", "行政强制": "coercion"}


def tidy(value):
    """A cell as text: full-width characters folded, no spaces around."""
    return "" if value is None or pd.isna(value) else unicodedata.normalize("NFKC", str(value)).strip()


def day(value):
    """A cell as a date, or None where it is blank."""
    if value is None or pd.isna(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float):
        if 19_000_000 < value < 22_000_000:
            return datetime.strptime(str(int(value)), "%Y%m%d").date()
        return date(1899, 12, 30) + timedelta(days=int(value))
    text = tidy(value)
    if not text:
        return None
    if found := re.fullmatch(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", text):
        return date(*map(int, found.groups()))
    return datetime.strptime(text, "%Y%m%d").date()


def rows(book, name, *dates):
    """The numbered rows of a sheet under its headings."""
    sheet = book[name].map(lambda value: tidy(value) if isinstance(value, str) else value)
    at = next(i for i in range(len(sheet)) if "序号" in sheet.iloc[i].tolist())
    frame = sheet.iloc[at + 1 :].set_axis(sheet.iloc[at].tolist(), axis=1)
    frame = frame[pd.to_numeric(frame["序号"], errors="coerce").notna()]
    for column in dates:
        frame = frame.assign(**{column: [day(value) for value in frame[column]]})
    return frame


def counts(frame, column, names):
    """How many rows there are of each word."""
    words = frame[column].map(tidy)
    if unknown := set(words) - set(names):
        raise ValueError(f"{column}: {unknown}")
    found = words.value_counts()
    return {key: int(found.get(word, 0)) for word, key in names.items()}


def in_year(frame, column, year):
    return frame[[value is not None and value.year == year for value in frame[column]]]


def tables(path):
    book = pd.read_excel(path, sheet_name=None, header=None, dtype=object, engine="openpyxl")
    basics = {tidy(row[0]): row[1] for row in book["基本信息"].itertuples(index=False)}
    year = int(basics["报告年度"])
    applications = rows(book, "依申请公开", "收到日期", "办结日期")
    table3 = of_applications(applications, year)
    cases = in_year(rows(book, "复议诉讼", "受理日期"), "受理日期", year)
    table4 = {}
    kinds = cases["案件类型"].map(tidy)
    if unknown := set(kinds) - set(CASES):
        raise ValueError(f"案件类型: {unknown}")
    for word, key in CASES.items():
        table4[key] = counts(cases[kinds == word], "结果", RESULTS)
        table4[key]["total"] = sum(table4[key].values())
    published = in_year(rows(book, "信息发布", "发布日期"), "发布日期", year)
    return {
        "table2": of_the_office(book, year),
        "table3": table3,
        "table4": table4,
        "published": len(published),
    }


def of_the_office(book, year):
    documents = rows(book, "制度文件", "制发日期", "废止日期")
    issued, ended = documents["制发日期"], documents["废止日期"]
    valid = [begun.year <= year and (end is None or end.year > year) for begun, end in zip(issued, ended, strict=True)]
    some = {
        "issued": counts(in_year(documents, "制发日期", year), "文件类型", DOCUMENTS),
        "repealed": counts(in_year(documents, "废止日期", year), "文件类型", DOCUMENTS),
        "in_force": counts(documents[valid], "文件类型", DOCUMENTS),
    }
    table2 = {kind: {what: found[kind] for what, found in some.items()} for kind in DOCUMENTS.values()}
    table2 |= counts(in_year(rows(book, "行政执法", "决定日期"), "决定日期", year), "决定类型", DECISIONS)
    figures = rows(book, "汇总数据")
    for word, value in zip(figures["指标"].map(tidy), figures["数值"], strict=True):
        if word in DECISIONS and not table2[DECISIONS[word]]:  # not listed one by one
            table2[DECISIONS[word]] = int(value)
    fee = figures[figures["指标"].map(tidy) == "行政事业性收费"].iloc[0]
    wan = 10_000 if tidy(fee["单位"]) == "元" else 1
    return table2 | {"fees_wan_yuan": round(float(fee["数值"]) / wan, 6)}


def of_applications(frame, year):
    received = [value.year for value in frame["收到日期"]]
    done = [9999 if value is None else value.year for value in frame["办结日期"]]
    outcomes = [tidy(value) for value in frame["办理结果"]]
    done = [9999 if word in OPEN else end for word, end in zip(outcomes, done, strict=True)]
    parts = {
        "new_received": [begun == year for begun in received],
        "carried_in": [begun < year <= end for begun, end in zip(received, done, strict=True)],
        "total_processed": [end == year for end in done],
        "carried_out": [begun <= year < end for begun, end in zip(received, done, strict=True)],
    }
    table = {key: counts(frame[chosen], "申请人类型", APPLICANTS) for key, chosen in parts.items()}
    processed = frame[parts["total_processed"]]
    counts(processed, "办理结果", OUTCOMES)
    words = processed["办理结果"].map(tidy)
    table |= {key: counts(processed[words == word], "申请人类型", APPLICANTS) for word, key in OUTCOMES.items()}
    for row in table.values():
        row["total"] = sum(row.values())
    left, right = ("new_received", "carried_in"), ("total_processed", "carried_out")
    if sum(table[key]["total"] for key in left) != sum(table[key]["total"] for key in right):
        raise ValueError("第一项加第二项之和不等于第三项加第四项之和")
    return table


def told(path):
    try:
        return {"tables": tables(path)}
    except Exception as error:  # a traceback, as its user would see it
        return {"problem": f"{type(error).__name__}: {error}"[:200]}


if __name__ == "__main__":
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Path(sys.argv[2]).write_text(json.dumps([told(path) for path in job["ledgers"]]), encoding="utf-8")
