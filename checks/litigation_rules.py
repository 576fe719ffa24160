"""Rules 12, 14 and 16: reviews and lawsuits against table 4, decisions posted against table 2.

Narratives often count concluded cases (总计 − 尚未审结); where such a count fits, it is no contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from checks.applications_rules import narrowed, other_year
from checks.statements import Sentence, Statement, sentences
from checks.subject import Subject
from domain import Finding

_KINDS = {
    "review": ("review",),
    "direct": ("litigation_direct",),
    "after": ("litigation_after_review",),
    "suit": ("litigation_direct", "litigation_after_review"),
}
_KIND = re.compile(
    r"(?P<direct>未经复议(?:直接)?(?:起诉|诉讼)|直接起诉)|(?P<after>复议后(?:又?起诉|诉讼|提起诉讼))|(?P<suit>诉讼|应诉|起诉|败诉|胜诉)|(?P<review>复议)"
)
_RESULTS = {
    "upheld": r"维持",
    "corrected": r"纠正|纠错|撤销|败诉",
    "pending": r"(?:尚?未|没有|正在)审[结理]|在审|未结|未办结|未审理完",
    "other": r"其他结果",
}
# Cases that an office judges itself, of other matters, or counts by another measure.
_OTHER = re.compile(
    r"作为复议机关|复议机构|审理行政复议|受理行政复议|办理行政复议案|办理复议|出庭|[一二]审|调解|率|占|增|减|上升|下降|去年|上年|同期|累计|人民法院收|许可|处罚(?!信息)"
)
_NONE = re.compile(
    r"(?:没有|从未|未|无|零)(?:有|因|被|发生|产生|收到|出现|涉及|引发|存在)*(?P<what>[^，。；：\d]{0,30}?(?:复议|诉讼)[^，。；：]{0,16})"
)
# 9起信息公开行政复议案件; not 120件作出复议决定
_CASES_BEHIND = re.compile(
    r"的?(?:因?政府信息公开|信息公开|公开)?(?:工作|引[发起]|被申请|被提起|类|的)*(?:行政)?(?:复议|诉讼)(?:和?(?:行政)?诉讼)?(?:案件?|申请)?$"
)
_UNITS = frozenset(["件", "起", "宗", "例", "次", "个", "项", "条"])
_DECISIONS = {"licensing": "行政许可", "penalties": "行政处罚", "coercion": "行政强制"}


def narrative_against_table4(subject: Subject) -> Iterator[Finding]:
    """Rule 12: a number of reviews or lawsuits is a total of table 4, or that of the concluded ones."""
    for sentence in sentences(subject):
        if not _of_disclosure(sentence) or _OTHER.search(sentence.text):
            continue
        kinds: tuple[str, ...] = ()
        for statement in sentence.statements:
            words = statement.lead + (statement.tail if _CASES_BEHIND.match(statement.tail) else "")
            named = tuple(dict.fromkeys(kind for match in _KIND.finditer(words) for kind in _KINDS[match.lastgroup]))
            kinds = named or kinds
            counted = (
                statement.counts
                and statement.unit in _UNITS
                and not statement.sentence.statements[0].lead.startswith("第")
            )
            concluded = re.search("审结|结案", statement.lead)
            if (
                kinds
                and counted
                and (named or concluded or _result(statement))
                and not other_year(statement.before, subject)
            ):
                yield from _case_count(statement, kinds, subject)


def no_cases(subject: Subject) -> Iterator[Finding]:
    """Rule 12: 没有发生行政复议、行政诉讼 against the totals of table 4."""
    for sentence in sentences(subject):
        for match in _NONE.finditer(sentence.text):
            what = match["what"]
            if re.search(
                r"纠|败|撤|维持|超|逾|不服|及时|按|经复议|提起过?(?:行政)?(?:复议|诉讼)权|申请书|机关", match.group()
            ) or not _of_disclosure(sentence):
                continue
            kinds = [kind for kind, word in (("review", "复议"), ("suit", "诉讼")) if word in what]
            total = _total(tuple(chain.from_iterable(_KINDS[kind] for kind in kinds)), "total", subject)
            if total and not other_year(sentence.text[: match.start()], subject):
                yield Finding(
                    "NARRATIVE-T4",
                    "warning",
                    f"正文说“{match.group()}”，表四相应的总计却是 {total} 件",
                    sentence.where,
                    f"{subject.form.document}表四",
                    "核对后改正文或表四",
                    sentence.printed,
                )


def all_upheld(subject: Subject) -> Iterator[Finding]:
    """Rule 14: 均获维持 and 无纠错 against the cases corrected, of other result, or pending."""
    for sentence in sentences(subject):
        text = sentence.text
        upheld = re.search(
            r"(?:全部|均|都|皆)(?:获|为|被|予以|得到|结果|复议机关|法院)*维持|维持率(?:均?为|达到?)?100%|结果(?:均|全部)为?维持",
            text,
        )
        uncorrected = re.search(
            r"(?:没有|未|无|零)(?:发生|出现|有|被)*[^，。；\d]{0,16}?(?:纠错|纠正|败诉)|(?:纠错|败诉)(?:案件)?(?:率为?0(?:件|%|$)|0件|率?为零)",
            text,
        )
        claimed = upheld or uncorrected
        kinds = _spoken_of(sentence, claimed) if claimed else ()
        if not kinds or re.search(r"其余|除[^，。；]{1,20}外", text[: claimed.start()]):
            continue
        corrected, pending, other = (
            _total(kinds, result, subject) or 0 for result in ("corrected", "pending", "other")
        )
        claim = claimed.group()
        if corrected:
            severity = "warning" if narrowed(text, subject) else "error"
            yield Finding(
                "ALL-UPHELD",
                severity,
                f"正文说“{claim}”，表四“结果纠正”却有 {corrected} 件",
                sentence.where,
                f"{subject.form.document}表四",
                "核对后改正文或表四",
                sentence.printed,
            )
        elif upheld and (other or pending and not re.search(r"审结|已结|尚未|未审|正在", text)):
            yield Finding(
                "ALL-UPHELD",
                "warning",
                f"正文说“{claim}”，表四另有其他结果 {other} 件、尚未审结 {pending} 件",
                sentence.where,
                f"{subject.form.document}表四",
                "写明“已审结的均获维持”，并写明其他结果和尚未审结的件数",
                sentence.printed,
            )


def _spoken_of(sentence: Sentence, claim: re.Match[str]) -> tuple[str, ...]:
    """The cases that a claim speaks of: courts decide suits; else those named in its own clauses, or before them."""
    if re.search("败诉|胜诉|法院", claim.group()):
        return _KINDS["suit"]
    own = re.split("[；。]", sentence.text[: claim.end()])[-1]
    for text in (own, sentence.text, sentence.topic + sentence.before):
        if kinds := tuple(dict.fromkeys(kind for match in _KIND.finditer(text) for kind in _KINDS[match.lastgroup])):
            return kinds
    return ()


def decisions_in_the_narrative(subject: Subject) -> Iterator[Finding]:
    """Rule 16: decisions posted (条) or made (件) beside table 2; a difference is a question, no error."""
    for sentence in sentences(subject, (0,)):
        for statement in sentence.statements:
            key = next(
                (
                    key
                    for key, label in _DECISIONS.items()
                    if re.search(rf"{label}(?:类)?(?:信息|决定|结果|公示|公开|案件|事项|数据)*$", statement.lead)
                ),
                "",
            )
            key = key or next(
                (
                    key
                    for key, label in _DECISIONS.items()
                    if re.match(rf"(?:的)?{label}(?:决定|信息|结果)", statement.tail)
                ),
                "",
            )
            decided = subject.number(f"table2.{key}") if key else None
            if (
                decided is None
                or not statement.counts
                or statement.fits(decided)
                or other_year(statement.before, subject)
            ):
                continue
            if statement.unit == "项" and re.search(
                "(?:事项|项目)$", statement.lead
            ):  # kinds of decision, in a list of powers
                continue
            if narrowed(statement.before, subject) or re.search(
                r"同比|增|减|占|历年|[和及与、]行政(?:许可|处罚|强制)", statement.lead
            ):
                continue
            posted = statement.unit in ("条", "篇", "则") or re.search(r"发布|公示|公开", statement.lead)
            if posted and _difference_explained(_DECISIONS[key], subject):
                continue
            said = "公开" if posted else "写有"
            yield Finding(
                "POSTED",
                "warning",
                f"正文{said}{_DECISIONS[key]} {statement.value} {statement.unit}，表二“{_DECISIONS[key]}”本年处理决定 {decided} 件，两者不同",
                sentence.where,
                "《政府信息公开条例》第二十条",
                "核对是否有决定未公开或一件多条，必要时说明" if posted else "核对决定件数，改正文或表二",
                sentence.printed,
            )


def _difference_explained(label: str, subject: Subject) -> bool:
    """Whether the report itself says that what was posted is not what was decided."""
    told = re.findall(r"[^，。；]*条数[^。；]{0,10}(?:[少多低高]于|不同|不一致|不相等|差异)[^。；]*", subject.text)
    return any(label in sentence for sentence in told)


def _of_disclosure(sentence: Sentence) -> bool:
    """Whether the sentence can mean the cases of table 4: those about disclosure."""
    return bool(re.search(r"信息公开|依申请|公开工作|申请", sentence.text + sentence.topic + sentence.before))


def _result(statement: Statement) -> str:
    words = statement.lead + statement.tail
    if re.search(r"复议决定|判决|裁[定决]", statement.tail):
        return ""
    return next((key for key, pattern in _RESULTS.items() if re.search(pattern, words)), "")


def _case_count(statement: Statement, kinds: tuple[str, ...], subject: Subject) -> Iterator[Finding]:
    result, where, excerpt = _result(statement), statement.sentence.where, statement.sentence.printed
    if result:
        choices = {cases: _total(cases, result, subject) for cases in _wider(kinds)}
        if (
            None not in choices.values()
            and statement.value not in choices.values()
            and not narrowed(statement.before, subject)
        ):
            label = {"upheld": "结果维持", "corrected": "结果纠正", "pending": "尚未审结", "other": "其他结果"}[result]
            yield Finding(
                "NARRATIVE-T4",
                "warning",
                f"正文“{statement.words}”与表四不符：“{label}”是 {choices[kinds]} 件",
                where,
                f"{subject.form.document}表四",
                "核对后改正文或表四",
                excerpt,
            )
        return
    total, pending = _total(kinds, "total", subject), _total(kinds, "pending", subject)
    singles = [_total((kind,), "total", subject) for kind in kinds]
    if total is None or pending is None or statement.value in (total, *singles):
        return
    if statement.value == total - pending:
        if "审结" in statement.sentence.text:
            return
        yield Finding(
            "NARRATIVE-T4",
            "notice",
            f"正文“{statement.words}”是审结数：表四总计 {total} 件减去尚未审结 {pending} 件等于 {statement.value} 件",
            where,
            f"{subject.form.document}表四",
            "写明是审结数，或改用总计",
            excerpt,
        )
    elif not (narrowed(statement.before, subject) and statement.value < total):
        yield Finding(
            "NARRATIVE-T4",
            "warning",
            f"正文“{statement.words}”与表四不符：总计 {total} 件，审结（总计减尚未审结）{total - pending} 件",
            where,
            f"{subject.form.document}表四",
            "核对后改正文或表四；口径不同的写明口径",
            excerpt,
        )


def _wider(kinds: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The kinds that a result can belong to: those named last, or all of them together."""
    return [kinds, *((kind,) for kind in kinds), tuple(_KINDS["review"] + _KINDS["suit"])]


def _total(cases: tuple[str, ...], result: str, subject: Subject) -> int | None:
    values = [subject.number(f"table4.{case}.{result}") for case in cases]
    return None if None in values else sum(values)
