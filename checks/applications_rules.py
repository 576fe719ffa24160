"""Rules 11, 13 and 14 on applications: what the narrative says of them against table 3.

A number is compared with what its own wording can mean (收到 is the new ones, 收办 also those carried
in). It is an error only where every word of its clause is understood; with a word that may narrow the
count (本级, 某类), or one that is not known, the finding is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checks.statements import Sentence, Statement, sentences
from checks.subject import Subject
from domain import Finding

_ADVICE = "对照台账核对，改正正文或表格；口径不同的，在正文写明口径"
_NEW = r"新收到?|收到|接收|接到|受理|新增|收取"
_HANDLED = r"收办|承办|办理(?!完)|处理(?!完)"
_DONE = r"办结|答复|回复|办理完[毕结成]|处理完毕"
_OBJECT = re.compile(r"申请|依申请公开")
# What else an office receives and closes; after these words 办结 and 收到 speak of no application for information.
OTHER_MATTERS = (
    "许可|复议|诉讼|应诉|投诉|举报|信访|咨询|留言|来信|来电|建议|提案|议案|热线|工单|诉求|登记|备案|公证|鉴定|救助|专利|审批|证照"
    "|处罚|资助|补贴|仲裁|认定|办件|(?<!公开)事项(?!申请)"
)
# Words that take one part, or a change, out of the whole: no number of table 3 is meant.
_PARTIAL = re.compile(
    r"通过|渠道|网络|网上|线上|线下|信函|邮寄|邮件|当面|当场|现场|窗口|传真|平台|系统|电话|口头|涉及|关于|主要|集中|方面|领域"
    r"|延期|延长|超期|逾期(?!未|不)|补正(?!后)|征求|转办|转交|撤回|撤销|平均|[每日月]均|每[件个年月]|增[加长]|减少|上升|下降|[多少降升]了?$|同比|环比"
    r"|占|率|累计|历年|以来|[上下]半年|季度|\d月|去年|同期|上年度?(?!结转|转)|上一年度?(?!结转)|不服|引发|便民|告知书|文书"
)
_SCOPE = re.compile(
    r"本级|各(?:部门|单位|街道|乡镇|区|县|市)|办公室|办公厅|政府办|乡镇|街道办|代表|牵头|直属|下属|所属|垂管|其他部门"
)
_WHOLE = re.compile(r"全[市县区省州旗镇乡]|各级|及其部门|[我本](?:市|县|区|省|州|旗|自治区)(?![政委办局人])")
_NEUTRAL = re.compile(
    r"20\d\d年度?|(?:1月1日[至到])?12月31日|截[至止]|[本当今全]年度?|年度|年内|一年来|报告期|期间|[我本全][局县市区厅委办镇乡街道省州部院所站处队旗会]{1,2}|本机关|本单位|机关"
    r"|单位|各级|行政|及其部门|共计?|总计|合计|一共|总共|总数|新增|新收到?|收到|收办|受理|接收|接到|收取|承办|办理完?[毕结成]?|处理|办结|答复|回复"
    r"|依法|依规|按[时期]|及时|均|全部|已|并|和|及|与|或|、|〔[^〕]*〕|政府|政务|信息|公开|依申请|申请|公民|数量|件数?|表|的|类|各|有效|有|为|是|了|其中|另|共|含|由"
    r"|作出|决定|予以|同意|部分|不予|无法提供|提供|结转|至|到|[下上本次]年度?|继续|下一年度?|上一年度?|转入|尚未|未|正在|中|其他|情形|因|属于|以|类型|相关|人|向|提出|提交|来自|内|情况|方面|需|应|连同|加上"
)


@dataclass(frozen=True)
class _Measure:
    """A wording, the sums of rows of table 3 that it can mean (the first in the strict sense), its name."""

    wording: str
    readings: tuple[tuple[str, ...], ...]
    name: str
    column: str = "total"
    legal_persons: bool = False


_DENIED, _UNAVAILABLE, _UNPROCESSED = "denied.", "unavailable.", "not_processed."
_PROCESSED = (
    ("total_processed",),
    ("new_received",),
    ("new_received", "carried_in"),
    ("total_processed", "-other."),
    ("total_processed", "-other.other"),
)
_ITEMS = (
    _Measure(r"国家秘密", (("denied.state_secret",),), "属于国家秘密"),
    _Measure(r"行政法规(?:规定)?禁止公开", (("denied.prohibited_by_law",),), "其他法律行政法规禁止公开"),
    _Measure(r"三安全一稳定", (("denied.public_safety",),), "危及“三安全一稳定”"),
    _Measure(r"第三方合法权益", (("denied.third_party_rights",),), "保护第三方合法权益"),
    _Measure(r"内部事务", (("denied.internal_affairs",),), "属于三类内部事务信息"),
    _Measure(r"过程性", (("denied.process_information",),), "属于四类过程性信息"),
    _Measure(r"执法案卷", (("denied.enforcement_file",),), "属于行政执法案卷"),
    _Measure(r"查询事项", (("denied.administrative_inquiry",),), "属于行政查询事项"),
    _Measure(r"不掌握|信息不存在", (("unavailable.not_held",),), "本机关不掌握相关政府信息"),
    _Measure(r"没有现成|需要?另行制作", (("unavailable.needs_creation",),), "没有现成信息需要另行制作"),
    _Measure(r"内容仍?不明确", (("unavailable.still_unclear",),), "补正后申请内容仍不明确"),
    _Measure(r"信访举报投诉类", (("not_processed.petition",),), "信访举报投诉类申请"),
    _Measure(r"公开出版物", (("not_processed.publication",),), "要求提供公开出版物"),
    _Measure(r"重新出具", (("not_processed.reconfirmation",),), "要求确认或重新出具已获取信息"),
    _Measure(r"大量反复申请", (("not_processed.excessive",),), "无正当理由大量反复申请"),
    _Measure(r"逾期不补正", (("other.no_correction",),), "申请人无正当理由逾期不补正"),
    _Measure(r"缴纳费用|缴费", (("other.fee_unpaid",),), "申请人逾期未缴纳费用"),
    _Measure(r"其他处理〔其他情形", (("other.other",),), "其他处理中的其他"),
    _Measure(
        r"重复申请", (("not_processed.duplicate",), ("not_processed.duplicate", "not_processed.excessive")), "重复申请"
    ),
)
_OUTCOMES = (
    _Measure(r"(?:上一?|20\d\d)年度?(?:结转|转[入至])|结转(?:自)?上", (("carried_in",),), "上年结转"),
    _Measure(
        r"结转(?:至|到|入)?(?:下|次|20\d\d|明)|转(?:入|至|下)下?一?年|尚未办结|未办结|正在办理|仍在办理",
        (("carried_out",),),
        "结转下年度继续办理",
    ),
    _Measure(r"结转", (("carried_in",), ("carried_out",)), "结转"),
    _Measure(
        r"公开(?:和|或|及|、|与|以及)部分公开",
        (("granted", "partially_granted"), ("partially_granted",)),
        "予以公开和部分公开",
    ),
    _Measure(r"部分公开|区分处理", (("partially_granted",),), "部分公开"),
    _Measure(
        r"不予公开|不同意公开",
        (
            (_DENIED,),
            (_DENIED, _UNPROCESSED),
            (_DENIED, _UNAVAILABLE),
            (_DENIED, _UNAVAILABLE, _UNPROCESSED),
            (_DENIED, _UNAVAILABLE, _UNPROCESSED, "other."),
        ),
        "不予公开",
    ),
    _Measure(r"无法提供", ((_UNAVAILABLE,),), "无法提供"),
    _Measure(r"不予处理", ((_UNPROCESSED,),), "不予处理"),
    _Measure(r"其他处理", (("other.",),), "其他处理"),
    _Measure(r"(?:予以|同意|准予|全部)公开", (("granted",), ("granted", "partially_granted")), "予以公开"),
)
_RECEIVED_ROWS = (("new_received",), ("new_received", "carried_in"), ("total_processed",))
_CARRIED_OUT = next(measure for measure in _OUTCOMES if measure.readings == (("carried_out",),))
_LEFT = re.compile(
    r"(?:申请)?(?:均|都|已|依法|按规定|将)*(?:结转|转[入至]|尚未|未办结|正在|仍在|于次年|于下一?年|于20\d\d年)"
)
_APPLICANTS = (
    _Measure(r"自然人|公民个人|个人申请", _RECEIVED_ROWS, "自然人", "natural_person"),
    _Measure(r"商业企业", _RECEIVED_ROWS, "商业企业", "business_enterprise"),
    _Measure(r"科研机构", _RECEIVED_ROWS, "科研机构", "research_institution"),
    _Measure(r"社会公益组织", _RECEIVED_ROWS, "社会公益组织", "social_welfare_org"),
    _Measure(r"法律服务机构", _RECEIVED_ROWS, "法律服务机构", "legal_service_org"),
    _Measure(r"法人(?:(?:[和或及、]|或者|以及)?其他组织)?", _RECEIVED_ROWS, "法人或其他组织", legal_persons=True),
    _Measure(r"其他组织", _RECEIVED_ROWS, "其他", "other_org"),
)
_NONE_RECEIVED = re.compile(
    rf"(?:没有|从未|尚未|未|无)(?P<verb>{_NEW})?过?(?P<what>[^。；，：]{{0,24}}?)(?:申请(?:公开)?|依申请公开)(?P<rest>[^。；，]*)|零申请"
)
_RECEIVED = _Measure(_NEW, (("new_received",), ("new_received", "carried_in")), "收到申请")
_HANDLED_ALL = _Measure(_HANDLED, (("new_received", "carried_in"), ("new_received",), ("total_processed",)), "办理申请")
_PROCESSED_ALL = _Measure(_DONE, _PROCESSED, "办结申请")


def narrative_against_table3(subject: Subject) -> Iterator[Finding]:
    """Rules 11 and 13: each number on applications is one that table 3 gives for its wording."""
    for sentence in sentences(subject):
        for statement in sentence.statements:
            if measures := _measures(statement, subject):
                yield from _compared(statement, measures, subject)


def no_applications(subject: Subject) -> Iterator[Finding]:
    """Rule 13: 没有收到申请 means that table 3 shows none received."""
    received = subject.number("table3.new_received.total")
    if not received:
        return
    for sentence in sentences(subject):
        for match in _NONE_RECEIVED.finditer(sentence.text):
            before = sentence.text[: match.start()]
            if not _none_of_all(match) or other_year(before, subject):
                continue
            yield Finding(
                "NO-APPLICATIONS",
                "warning" if narrowed(before, subject) else "error",
                f"正文说“{match.group()}”，表三“本年新收政府信息公开申请数量”总计却是 {received} 件",
                sentence.where,
                f"{subject.form.document}表三",
                _ADVICE,
                sentence.printed,
            )


def _none_of_all(match: re.Match[str]) -> bool:
    """Whether 没有收到…申请 speaks of all applications, not of some kind or of another matter."""
    if match.group() == "零申请":
        return True
    if re.search(
        rf"{OTHER_MATTERS}|{_PARTIAL.pattern}|法人(?!(?:[和或及、]|以及)?其他组织)|企业|自然人|第三方|减免|收费|超|因|按",
        match.group(),
    ):
        return False
    if "收" in match["rest"] or "费" in match.group():  # 无依申请公开收费, 未收取申请人费用
        return False
    return bool(match["verb"]) or bool(re.fullmatch(r"(?:有|政府|政务|信息|公开|相关|任何|新|的)*", match["what"]))


def all_closed(subject: Subject) -> Iterator[Finding]:
    """Rule 14: 全部办结 leaves nothing to be carried out; 全部按期答复 asks for a look at what is."""
    left = subject.number("table3.carried_out.total")
    if not left:
        return
    for sentence in sentences(subject):
        claim = re.search(
            rf"(?:全部|均|都)(?:已)?(?:[^，。；\d]{{0,14}})(?:{_DONE})|(?<![按及][时期])(?<!时限)(?<!限内)办结率(?:均?为|达到?|均达)?100%",
            sentence.text,
        )
        if not claim or not _on_applications(sentence.text[: claim.start()], sentence):
            continue
        if re.search(r"结转|除|其余|尚未|未到期", sentence.text):
            continue
        certain = (
            "办结" in claim.group()
            and not narrowed(sentence.text[: claim.start()], subject)
            and "率" not in claim.group()
        )
        yield Finding(
            "ALL-CLOSED",
            "error" if certain else "warning",
            f"正文说申请“{claim.group()}”，表三“结转下年度继续办理”总计却有 {left} 件",
            sentence.where,
            f"{subject.form.document}表三",
            "写明年末尚有几件在办，或核对表三",
            sentence.printed,
        )


def on_applications(statement: Statement) -> bool:
    """Whether a number speaks of applications for information, not of another matter of the office."""
    return _on_applications(statement.before + statement.tail, statement.sentence)


def totals(subject: Subject) -> dict[str, int]:
    """The totals of table 3 that a narrative calls the whole, by name; those not known are left out."""
    rows = {
        "本年新收": ("new_received",),
        "新收加结转": ("new_received", "carried_in"),
        "办结总计": ("total_processed",),
    }
    return {name: value for name, keys in rows.items() if (value := _sum(subject, keys, "total")) is not None}


def readings(statement: Statement, tables: Subject, subject: Subject) -> list[int | None]:
    """The values that ``tables`` (this year's, or last year's) give for what a statement counts."""
    return [value for measure in _measures(statement, subject) for _, value in _values(measure, tables)]


def _compared(statement: Statement, measures: list[_Measure], subject: Subject) -> Iterator[Finding]:
    known = [(keys, value) for measure in measures for keys, value in _values(measure, subject) if value is not None]
    strict = [value for measure in measures if (value := _values(measure, subject)[0][1]) is not None]
    if not known or any(map(statement.fits, strict)) or len(strict) < len(measures):
        return
    names, values = "、".join(measure.name for measure in measures), sorted({value for _, value in known})
    excerpt, where = statement.sentence.printed, statement.sentence.where
    if any(map(statement.fits, values)):
        if measures == [_RECEIVED] and not statement.step:
            new, carried = values[0], values[-1] - values[0]
            yield Finding(
                "NARRATIVE-T3",
                "warning" if "新" in statement.lead else "notice",
                f"正文“{statement.words}”等于本年新收 {new} 件加上年结转 {carried} 件：这是收办数，不是新收数",
                where,
                f"{subject.form.document}表三",
                "写成“收办（含上年结转）”，或改用新收数",
                excerpt,
            )
        return
    certain = _certain(statement, subject)
    if not certain and narrowed(statement.before, subject) and statement.value < max(strict):
        return
    rule = "NO-APPLICATIONS" if _RECEIVED in measures and not any(strict) else "NARRATIVE-T3"
    table = (
        "、".join(f"{'加'.join(map(_row_name, keys))} {value} 件" for keys, value in dict(known).items())
        if len(known) < 4
        else ""
    )
    yield Finding(
        rule,
        "error" if certain else "warning",
        f"正文“{statement.words}”与表三不符：{names}按表三是 {strict[0]} 件"
        + (f"（{table}）" if len(known) > 1 and table else ""),
        where,
        f"{subject.form.document}表三",
        _ADVICE,
        excerpt,
    )


def _row_name(key: str) -> str:
    names = {
        "new_received": "本年新收",
        "carried_in": "上年结转",
        "carried_out": "结转下年度",
        "total_processed": "办结总计",
        "granted": "予以公开",
        "partially_granted": "部分公开",
    }
    return names.get(key, key)


def _measures(statement: Statement, subject: Subject) -> list[_Measure]:
    """What a number on applications can mean; none where it is something else, or a part of it."""
    tail, sentence = statement.tail, statement.sentence
    lead = re.sub(r"^.*申请(?:事项)?中", "", statement.lead)  # 45件申请中已办结41件
    if re.search(r"[和与及]$", lead):  # 42件新收申请和3件…: those words are the other number's
        return []
    around = lead + tail
    if not statement.counts or _PARTIAL.search(_without(_ROW_WORDS, lead)) or other_year(statement.before, subject):
        return []
    if re.match(r"(?:增|减|上升|下降)", tail):
        return []
    if re.match(r"其?中?(?:包含|包括|含)", lead) and not re.search("结转|转[入至]", lead):
        return []
    outcome = _last(_ITEMS, lead) or _last(_OUTCOMES, lead)
    if not outcome and _LEFT.match(tail) and re.fullmatch(r"(?:其余|剩余|另有|尚有|还有|余)?的?", lead):
        outcome = _CARRIED_OUT  # 9件结转至下年办理
    if outcome and _on_applications(statement.before + tail, sentence):
        return [outcome]
    applicant = _last(_APPLICANTS, around if re.search(r"自然人|法人|企业|机构|组织", tail) else lead)
    if applicant and _on_applications(statement.before + tail, sentence):
        return [applicant] if not re.search(_DONE, around) else []
    if not _on_applications(statement.before + tail, sentence):
        return []
    named = _OBJECT.search(_without(OTHER_MATTERS, around))
    if not named and not re.fullmatch(
        rf"(?:其?中?|{_NEUTRAL.pattern})*(?:{_NEW}|{_HANDLED}|{_DONE})(?:{_NEUTRAL.pattern})*", lead
    ):
        return []
    found = [measure for measure in (_RECEIVED, _HANDLED_ALL, _PROCESSED_ALL) if re.search(measure.wording, lead)]
    bare = not found and re.search(
        r"申请(?:公开)?(?:的?(?:政府)?信息)?(?:数量?|总数|总量|件数)?(?:为|共|共计|是|有)?$", lead
    )
    return found or ([_RECEIVED, _HANDLED_ALL] if bare and "主动" not in lead else [])


# 逾期未按收费通知缴费, 补正后不明确 and the like are rows, not narrowings.
_ROW_WORDS = r"补正后|逾期[未不][^，。]*|上一?年度?(?:结转|转入)|结转[^，。]*年度?|信访举报投诉类|行政查询事项|公开(?:和|或|及|、)部分公开"


def _on_applications(text: str, sentence: Sentence) -> bool:
    """Whether the last matter named is an application for information."""
    text = _without(_ROW_WORDS, text)
    last = None
    for match in re.finditer(
        rf"(?P<other>{OTHER_MATTERS})|(?P<own>依申请公开|信息公开申请|公开申请|申请公开|申请)", text
    ):
        if match["own"] == "申请" and last and last["other"] and match.start() - last.end() <= 2:
            continue  # 行政许可申请
        last = match
    if last:
        return bool(last["own"]) and "被申请" not in text[max(last.start() - 1, 0) : last.end()]
    return bool(re.search(r"依申请公开|信息公开申请|申请公开", sentence.topic + sentence.before))


def _values(measure: _Measure, subject: Subject) -> list[tuple[tuple[str, ...], int | None]]:
    found = []
    for keys in measure.readings:
        value = _sum(subject, keys, measure.column)
        if measure.legal_persons:
            natural = _sum(subject, keys, "natural_person")
            value = value - natural if value is not None and natural is not None else None
        found.append((keys, value))
    return found


def _sum(subject: Subject, keys: tuple[str, ...], column: str) -> int | None:
    """The sum of rows of table 3, ``denied.`` for all its items, ``-`` to be taken off; None where one is not known."""
    total = 0
    for key in keys:
        sign, name = (-1, key[1:]) if key.startswith("-") else (1, key)
        rows = [
            row.key for row in subject.form.rows if row.key == name or name.endswith(".") and row.key.startswith(name)
        ]
        cells = [subject.number(f"table3.{row}.{column}") for row in rows]
        if not cells or None in cells:
            return None
        total += sign * sum(cells)
    return total


def _certain(statement: Statement, subject: Subject) -> bool:
    """Whether every word of the clause is understood, so that a difference is a contradiction."""
    if narrowed(statement.before, subject):
        return False
    words = _without(_ROW_WORDS, statement.lead + statement.tail)
    org = subject.published.org
    if org:
        words = words.replace(org, "")
    for measure in (*_ITEMS, *_OUTCOMES, *_APPLICANTS):
        words = _without(measure.wording, words)
    left = _NEUTRAL.sub("", words)
    return not left or left in org


def narrowed(before: str, subject: Subject) -> bool:
    """Whether the sentence speaks of a part of what the table counts (an organ among the government's)."""
    org = subject.published.org
    text = before.replace(org, "") if org else before
    if _SCOPE.search(text):
        return True
    government = org.endswith("人民政府") and not re.search(r"[镇乡]人民政府$|街道", org)
    return government and bool(re.search(r"[市县区省州旗]政府", text)) and not _WHOLE.search(text)


def other_year(before: str, subject: Subject) -> bool:
    """Whether the last year named before the number is not the report's (comparisons left out)."""
    before = re.sub(r"（[^（）]*）", "", before)
    named = re.findall(
        r"(?<![较比同与])(?<!转)(?<!转[至到入])(20\d\d)年(?!1月1日|度?(?:结转|转[入至]))|(?<![较比同与])([上去]年)(?!度?结转|转入)|([本今全]年|年内)",
        before,
    )
    if not named:
        return False
    year, last, _ = named[-1]
    return bool(last) or bool(year) and bool(subject.published.year) and int(year) != subject.published.year


def _last(measures: tuple[_Measure, ...], text: str) -> _Measure | None:
    """The measure whose wording stands last in the text; where two end together, the first listed."""
    found = [
        (match.end(), -place, measure)
        for place, measure in enumerate(measures)
        for match in re.finditer(measure.wording, text)
    ]
    return max(found, key=lambda item: item[:2])[2] if found else None


def _without(pattern: str, text: str) -> str:
    return re.sub(pattern, "", text)
