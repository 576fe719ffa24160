"""What a sentence claims beyond the passages that it cites, clause by clause.

Four fifths of a sentence may be the article's own words and the last clause invented (，由局长审批),
so each clause needs support of its own, and a word that turns a rule round needs the article's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from answering.law.asked import law_words
from domain import Hit
from gates.citations import loose_names
from gates.support import CLAUSE, bigrams, overlap, unheld

Fault = tuple[str, str]
LEAST = 0.4
"""The share of a clause's pairs that its passages or the question must hold."""
SAME = 0.5
"""From here on two clauses say the same, so that a negation in one of them alone turns it round."""
_GLUE = re.compile(
    r"根据|按照|依据|依照|规定|应当|应该|需要|必须|可以|进行|其中|包括|以及|或者|并且|的|了|（|）|“|”|[一二三四五六七八九]是"
)
NEGATION = re.compile(r"不(?!仅|但|同|断|动产|服|良|限于)|无(?!偿)|未(?!来|成年)|禁止|免(?!疫)|没有|非法")
# Words by which a rule is lifted, limited, dated or doubted: only the passage itself may say them.
_TURNING = re.compile(
    r"取消|暂停|暂缓|停止执行|废止|失效|现行|除外|例外|豁免|自愿|拒绝|而非|而不是|无关|仅限|不再|不适用|反之|我认为|我们|本人|"
    r"可能|大概|也许|据说|建议|去年|今年|明年|上年(?!度)|今天|昨天|目前|近年|逐年|大多数|多数|首位|首次|排名|全额|满分"
)
_SKIPS = re.compile("直接|立即|马上|自行|随时|单独|一律|任何情况|重新|再次|另行")
"""Words by which a step or a limit is passed over: the passage has to say them, the question cannot lend them."""
_EXCEPTED = re.compile(r"除(?!了)[^，。；]{2,60}外|另有规定|从其规定")
# At which level, and which kind of organ: who decides, fines or receives is the heart of a rule.
_LEVEL = re.compile(r"国务院|中央|国家级|省级|市级|县级|区级|乡级|乡镇|街道|本级|同级|上一?级|下一?级")
# Followed by what an organ does, so that 政府信息 and 机构编制 are none.
_ORGAN = re.compile(
    r"([一-龥]{0,4}?)(部门|机关|机构|委员会|办公室|法院|检察院|政府|中心|[局厅])"
    r"(?=[^一-龥]|[应可须不要将负责提报进公处给申和与及或的在同备批审决作]|$)"
)
_OF_WHOM = re.compile(
    r".*(?:[由向对经报受给与被和或及在为于]|有关|相关|级|各|该|本|其|所属|上述|当地|所在地?|应当|可以|必须|需要|以上|以下|依法)"
)
_CLAUSE = re.compile(r"([^，,。；;：:！？!?\n]+)([，,。；;：:！？!?\n]|$)")  # with what ends it
_ENDING = re.compile(r"([一-龥]{2})[的了吗呢吧）)”]*$")
_RULE_BEGINS = re.compile("的|应当|应该|可以|必须|需要")
_SAYS_LITTLE = frozenset(
    (
        "办理 进行 处理 执行 规定 要求 负责 完成 内容 情况 信息 材料 事项 如下 包括 以下 有关 相关 即可 之前 以前 "
        "以内 之内 期限 时间 工作 方式 之一 为止 开始 起算 计算 范围 条件 标准 原则 义务 职责 责任 依据 办法 条例 "
        "主体 对象 机关 部门 单位 需要 应当 可以 必须 而定"
    ).split()
)
"""Endings that add nothing to what stands before them."""
_ASKS_WHAT = re.compile("哪|什么|怎么|怎样|如何|多少|几|谁|多久")
_ASKS_WHETHER = re.compile("吗|[能可会要应是需该]不|是否|能否|可否|有没有|不得|可以不|可不")
_RULE = re.compile("(?:应当|应该|应|可以|可|能够|能|必须|须|需要|要|得|就|则)$")
_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]{2,}")


def presupposed(negation: re.Match[str], sentence: str, question: str) -> bool:
    """Whether a negation of the sentence repeats what the question starts from (对答复不满意怎么办).

    Not where the question asks whether it is so, nor where it is the sentence's own rule or its end.
    """
    words = sentence[negation.start() : negation.end() + 2]
    starts_from = _ASKS_WHAT.search(question) and not _ASKS_WHETHER.search(question) and words in question
    return (
        bool(starts_from)
        and not _RULE.search(sentence[: negation.start()])
        and not sentence.rstrip("。；！").endswith(words)
    )


def beyond(plain: str, cited: Sequence[Hit], question: str) -> list[Fault]:
    """The faults of a sentence; ``plain`` is the sentence without the regulations and articles it names properly."""
    held = "\n".join(f"{hit.title}，{hit.heading}，{hit.text}" for hit in cited)
    return [
        *_clauses(plain, held, question),
        *((name, "这一法规不是所引的依据") for name in loose_names(plain) if name not in held),
        *((word, "所引条文没有这个限制或说法") for word in _turning(plain, held, question)),
        *((word, "所引条文没有这个词") for word in _LATIN.findall(plain) if word not in held + question),
        *((words, "所引条文没有提到这个机关或层级") for words in _authorities(plain, held + question)),
        *_turned(plain, held, question),
        *_endings(plain, held),
    ]


def _turning(plain: str, held: str, question: str) -> list[str]:
    """The words that turn a rule round and are not the passage's; 除外 is also said as 除…外."""
    known = f"{held}{question}{'除外' if _EXCEPTED.search(held) else ''}"
    skipped = [
        match.group()
        for match in _SKIPS.finditer(plain)
        if match.group() not in held and not _negates(CLAUSE.split(plain[: match.start()])[-1])
    ]
    return [word for word in _TURNING.findall(plain) if word not in known] + skipped


def _clauses(plain: str, held: str, question: str) -> list[Fault]:
    return [(clause, "这半句在所引条文中没有依据") for clause in unheld(plain, f"{held}\n{question}", LEAST, _GLUE)]


def _endings(plain: str, held: str) -> list[Fault]:
    """A clause whose last word, which says what is done, the passage does not know, or knows only as negated.

    So 系统向企业收费 does not come of 不得以任何名目向企业收费.
    """
    denied, faults = _denied(held), []
    for clause, end in _CLAUSE.findall(plain):
        match = _ENDING.search(clause)
        if match is None or _negates(clause[: match.start()]):
            continue
        if match[1] in denied:
            faults.append((clause, "条文说的是否定，意思相反"))
        elif not _known(match[1], held) and match[1] not in _SAYS_LITTLE and end not in ("：", ":"):
            faults.append((clause, f"所引条文没有“{match[1]}”"))
    return faults


def _known(word: str, held: str) -> bool:
    """Whether the passage says the word, or what the law says for it (延期: 延长; 除外: 除…外)."""
    if word == "除外" and _EXCEPTED.search(held):
        return True
    return any(one in held for one in (word, *law_words(word)))


def _negates(before: str) -> bool:
    """Whether what follows is negated: by the last negation, unless a rule begins behind it (不公开的，应当…)."""
    *_, last = ["", *NEGATION.finditer(before)]
    return bool(last) and not _RULE_BEGINS.search(before[last.end() :])


def _denied(held: str) -> set[str]:
    """The pairs of characters that the passages say only behind a negation."""
    stated, denied = set(), set()
    for part in filter(None, CLAUSE.split(held)):
        before, *behind = NEGATION.split(part)
        stated |= bigrams(before)
        for one in behind:
            scope = _RULE_BEGINS.search(one)
            denied |= bigrams(one[: scope.start()] if scope else one)
            stated |= bigrams(one[scope.end() :]) if scope else set()
    return denied - stated


def _authorities(plain: str, held: str) -> list[str]:
    """The organs and levels that are not the passage's: 由省级…处罚, 向大数据局提交.

    An organ is known where what stands before its kind is made of pairs that the passage holds.
    """
    wrong = [level for level in _LEVEL.findall(plain) if level not in held]
    for match in _ORGAN.finditer(plain):
        whose, kind = _OF_WHOM.sub("", match[1]), match[2]
        if f"{whose[-2:]}{kind}" in held:
            continue
        pairs = [whose[at - 2 : at] for at in range(len(whose), 1, -2)]
        if whose and (kind not in held or not pairs or any(pair not in held for pair in pairs)):
            wrong.append(f"{whose}{kind}")
    return wrong


def _turned(plain: str, held: str, question: str) -> list[Fault]:
    """A negation of its own before words that the passage states without one, or does not state: 无须披露."""
    parts = [part for part in CLAUSE.split(held) if part]
    known, denied = bigrams(held) | bigrams(question), _denied(held)
    granted = {
        plain[one.start() : one.end() + 2] for one in NEGATION.finditer(plain) if presupposed(one, plain, question)
    }
    for clause in filter(None, CLAUSE.split(plain)):
        ending = _ENDING.search(clause)
        if ending and ending[1] in denied and _negates(clause[: ending.start()]):  # 不得收费, of 不得以任何名目收费
            continue
        said = [clause[one.start() : one.end() + 2] for one in NEGATION.finditer(clause)]
        if all(words in held or words in granted for words in said):
            continue
        negated, words = len(NEGATION.findall(clause)), NEGATION.sub("，", _GLUE.sub("　", clause))
        same = {True: 0.0, False: 0.0}
        for part in parts:
            enough = len(NEGATION.findall(part)) >= negated
            same[enough] = max(same[enough], overlap(words, NEGATION.sub("，", _GLUE.sub("　", part))))
        if same[False] >= SAME and same[False] > same[True] or not bigrams(words) & known:
            return [(clause, "条文没有这个否定，意思相反")]
    return []
