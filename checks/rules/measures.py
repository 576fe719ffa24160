"""Part five names problems, and each of them has a measure that speaks of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.examples import Example
from checks.rule import Rule, looks_for
from checks.statements import plain
from checks.subject import Subject, part_of
from checks.words import read_words
from domain import Finding

_WORDS = read_words(__file__)
_START_OF_MEASURES, _OWN_MEASURE, _ITEM = _WORDS["start_of_measures"], _WORDS["own_measure"], _WORDS["item"]
_WANTING, _REMEDY, _NO_PROBLEM = _WORDS["wanting"], _WORDS["remedy"], _WORDS["no_problem"]
_SUBJECTS, _ONLY_ANSWERS = _WORDS.group("subjects"), _WORDS.group("only_answers")
_SPECIFIC = _WORDS.listed("specific")
_REAL_PROBLEMS = "对照本年工作写出具体、真实的问题"
_ONE_EACH = "为每个问题写一条具体措施"


def _examples(*given: str) -> tuple[Example, ...]:
    return tuple(Example(parts={4: text}) for text in given)


MEASURES = Rule(
    id="MEASURES",
    title="问题具体，每个问题都有对应的改进措施",
    severities=("warning",),
    source="《政府信息公开条例》第五十条",
    advice="为这个问题写一条具体措施",
    speaks=_examples(
        "无。",
        "本年度信息公开工作不存在问题。",
        "2024年信息公开工作取得新成效，受到群众好评。",
        "一是政策解读形式单一，二是业务培训不够。",
        "政策解读形式单一。\n下一步，加强业务学习。",
        "一是政策解读质量不高；二是公开不够及时；三是业务能力不足。\n下一步：\n一是提高解读质量。\n二是及时更新信息。",
    ),
    silent=_examples(
        "政策解读形式单一。\n下一步，丰富政策解读形式。",
        "一是解读形式单一。针对这一问题，增加图解和视频解读。二是公开时效不强。针对这一问题，限时更新栏目。",
        "（一）存在问题。一是解读单一；二是培训不足。\n（二）改进措施。一是丰富解读形式；二是组织培训。",
        "一是个别申请办理周期较长。改进措施：加强督办。\n二是培训开展不足。改进措施：制定培训计划。",
    ),
)


@looks_for(MEASURES, order=250)
def measures(subject: Subject) -> Iterator[Finding]:
    """Rule 22: what is wrong with the part as a whole, else the problems that no measure answers."""
    text = "\n".join(plain(paragraph.text) for paragraph in subject.paragraphs if paragraph.part == 4)
    if not text.strip():
        if any(part_of(section.heading) == 4 for section in subject.published.sections):  # else told with the headings
            yield _finding(subject, "“问题及改进”部分是空的", "写明存在的问题和对应的改进措施")
        return
    problems, improvements = ([], "") if _NO_PROBLEM.search(text) else _divided(text)
    if not problems:
        said = "写的是没有问题" if _NO_PROBLEM.search(text) else "没有写出具体的问题"
        yield _finding(subject, said, _REAL_PROBLEMS, text)
        return
    if not improvements:
        yield _finding(subject, "列出了问题，没有改进措施", _ONE_EACH, text)
        return
    listed, answered = len(_items("\n".join(problems))), len(_items(improvements))
    if listed >= 2 and 1 <= answered < listed:
        yield _finding(subject, f"列出 {listed} 个问题，只有 {answered} 条改进措施", _ONE_EACH, text)
    for name, problem in _unanswered(problems, improvements).items():
        yield _finding(subject, f"“{name}”列为问题，却没有对应的改进措施", MEASURES.advice, problem)


def _finding(subject: Subject, message: str, advice: str, excerpt: str = "") -> Finding:
    return MEASURES.finding(subject, message, "第五部分", excerpt.strip(), advice=advice)


def _unanswered(problems: list[str], improvements: str) -> dict[str, str]:
    """What a problem is about that no measure speaks of → the problem; of a vague one, where nothing of it is."""
    told: dict[str, str] = {}
    for problem in problems:
        about = [name for name, words in _SUBJECTS.items() if _ONLY_ANSWERS.get(name, words).search(problem)]
        missing = [name for name in about if not _SUBJECTS[name].search(improvements)]
        specific = [name for name in missing if name in _SPECIFIC]
        for name in specific or (missing if len(missing) == len(about) else [])[:1]:
            told.setdefault(name, problem)
    return told


def _divided(text: str) -> tuple[list[str], str]:
    """(clauses that name a problem, the text of the measures), whether they stand apart or by turns."""
    problems, improving = [], []
    improves = False
    for sentence, paragraph in _sentences(text):
        start = _START_OF_MEASURES.search(sentence)
        own = paragraph.startswith(sentence) and _OWN_MEASURE.search(paragraph)
        if not start and improves and _ITEM.match(sentence) and (own or _names_problem(sentence)):
            improves = False  # by turns: the next problem
        if start and start.start() and not improves:
            problems += _problems(sentence[: start.start()])
        improves = improves or bool(start)
        if improves:
            improving.append(sentence)
        else:
            problems += _problems(sentence)
    return problems, "".join(improving)


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """Each sentence with its paragraph."""
    for paragraph in text.splitlines(keepends=True):
        for sentence in re.findall(r"[^。；\n]+[。；\n]*", paragraph):
            yield sentence, paragraph


def _problems(sentence: str) -> list[str]:
    return [
        clause
        for clause in re.split("[，。；\n]", sentence)
        if _names_problem(clause) and not clause.endswith(("问题", "问题：", "情况"))
    ]


def _names_problem(text: str) -> bool:
    return bool(_WANTING.search(text)) and not _REMEDY.search(text)


def _items(text: str) -> list[str]:
    return _ITEM.findall(text)
