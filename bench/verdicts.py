"""Wrong verdicts over every rule of the official texts: 能不能 and 要不要 of each act, and each sentence as it stands and turned.

    python bench/verdicts.py [folder of official texts]

Each clause with 可以, 不得, 应当 or 不予 is asked for as 能不能 and 要不要: a verdict must not be the opposite.
Each sentence is put as 对吗: as it stands, with its rule turned (应当 → 不用), and with its first number changed.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import ingest  # noqa: E402
from answering.law.first import first_sentence  # noqa: E402
from answering.law.quantities import quantities  # noqa: E402
from domain import Hit  # noqa: E402

_RULE = re.compile(r"([^，。；：\n]{0,20})(可以(?!不)|不得|应当|不予|无需|可以不予)([一-龥]{2,8})(?=[，。；\n])")
_OPPOSITE = {
    "能不能": {
        "可以": ("不可以",),
        "不得": ("可以", "一般可以", "符合"),
        "应当": ("不可以",),
        "不予": ("可以", "符合"),
    },
    "要不要": {
        "可以": ("不可以", "不用"),
        "不得": ("要", "一般要"),
        "应当": ("不", "可以不"),
        "不予": ("要", "一般要"),
    },
}
_TURNED = {"应当": "不用", "不得": "可以", "可以": "不得"}
SHORTEST, LONGEST = 8, 60


def main(folder: Path) -> None:
    hits = list(_articles(folder))
    asked, wrong = Counter(), []
    for hit in hits:
        for question, opposite in _questions(hit.text):
            lead = _lead(question, hit)
            asked["能不能、要不要", bool(lead)] += 1
            wrong += [(question, lead, hit)] if lead.startswith(opposite) else []
        for statement, true in _statements(hit.text):
            lead = _lead(f"{statement}，对吗？", hit)
            said = None if "对" not in lead else "不对" not in lead
            asked["对吗", said is not None] += 1
            wrong += [(statement, lead, hit)] if said is not None and said is not true else []
    for question, lead, hit in wrong:
        print(f"  {hit.title}{hit.article}：{question} → {lead}")
    for kind in ("能不能、要不要", "对吗"):
        decided, left = asked[kind, True], asked[kind, False]
        print(f"{kind}: {decided + left} asked of {len(hits)} articles, {decided / (decided + left):.2f} decided")
    print(f"wrong: {len(wrong)}")


def _lead(question: str, hit: Hit) -> str:
    first = first_sentence(question, question, [hit])
    return first.lead if first else ""


def _questions(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for before, rule, act in _RULE.findall(text):
        for asks, opposite in _OPPOSITE.items():
            if rule in opposite and not act.endswith("的"):
                yield f"{before}{asks}{act}？", opposite[rule]


def _statements(text: str) -> Iterator[tuple[str, bool]]:
    for sentence in re.split(r"[。；\n]", text):
        if not SHORTEST <= len(sentence) <= LONGEST or re.match(r"[（(]", sentence):
            continue
        yield sentence, True
        if match := re.search("应当|不得|可以(?!不)", sentence):
            yield sentence[: match.start()] + _TURNED[match.group()] + sentence[match.end() :], False
        numbers = [one for one in quantities(sentence) if one.dimension not in ("日期", "百分之")]
        if numbers:
            words = numbers[0].words
            other = "9" if words[0] in "8八" else "8"
            yield sentence.replace(words, re.sub(r"^[\d零〇一二两三四五六七八九十百千]+", other, words), 1), False


def _articles(folder: Path) -> Iterator[Hit]:
    for path in sorted(folder.iterdir()):
        document = ingest.read(path)
        for one in document.passages:
            yield Hit(
                "regulation",
                document.title,
                one.article,
                one.article_no,
                one.text,
                True,
                "现行有效",
                document.effective_from,
                None,
                "",
                document.source,
                1.0,
                heading=one.heading,
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "regulations")
