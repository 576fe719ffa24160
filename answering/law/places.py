"""The places within an article: its items （一）（二）…, its paragraphs, and how many of them a sentence names."""

from __future__ import annotations

import re

from gates.readings import chinese_value
from gates.support import overlap

_MARK = re.compile(r"[（(]([一二三四五六七八九十]{1,3})[）)]|([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])")
_LISTED = re.compile(r"[^：。；]*[：:](?=[^。]*；[^。]*；[^。]*；)")
_BRACKETS = re.compile(r"（[^（）]*）")  # details and examples, which a summary may leave out
_ASKS_FOR_LIST = re.compile(
    r"哪些|哪几|包括什么|包含什么|什么内容|写什么|有什么|[要应]写|什么情况|什么情形|几种|都要|分别"
)
NAMED = 0.5
"""The share of an item's character pairs that a sentence holds where it names the item."""
FEWEST = 3


def part(text: str, place: str) -> list[str]:
    """The runs of ``text`` for a place (第二项, 第三款): what introduces the list, and the item; [] where there is none."""
    number = re.sub(r"\D", "", place)
    wanted = int(number) if number else chinese_value(re.sub(r"[第款项（()）]", "", place)) or 0
    if place.endswith("款"):
        paragraphs = [line for line in text.split("\n") if line.strip() and not _MARK.match(line.strip())]
        return [paragraphs[wanted - 1].strip()] if 0 < wanted <= len(paragraphs) else []
    spans = _item_spans(text)
    if not spans and (opening := _LISTED.search(text)) and 0 < wanted <= len(listed := items(text)):
        return [opening.group().strip(), listed[wanted - 1].strip()]
    if not 0 < wanted <= len(spans):
        return []
    head = re.search(r"[^。；\n]*$", text[: spans[0][0]].rstrip())
    item = text[slice(*spans[wanted - 1])].strip()
    return [head.group().strip(), item] if head and head.group().strip() else [item]


def items(text: str) -> list[str]:
    """The items that an article enumerates: （一）…, ①…, or four and more between semicolons after a colon."""
    if spans := _item_spans(text):
        return [_MARK.sub("", text[start:end], count=1).strip("；;。\n ") for start, end in spans]
    listed = _LISTED.search(text)
    if listed is None:
        return []
    return [one for one in text[listed.end() :].split("。")[0].split("；") if one.strip()]


def leaves_out(sentence: str, text: str, question: str) -> tuple[int, int] | None:
    """(named, all) where a list is asked for and ``sentence`` names only some of the article's items."""
    if not _ASKS_FOR_LIST.search(question):
        return None
    whole = items(text)
    if len(whole) < FEWEST:
        return None
    named = sum(overlap(_BRACKETS.sub("", one), sentence) >= NAMED for one in whole)
    return (named, len(whole)) if 0 < named < len(whole) else None


def _item_spans(text: str) -> list[tuple[int, int]]:
    """Where each item begins and ends, in order; a mark out of order (第（三）项 within a sentence) begins none."""
    starts = []
    for match in _MARK.finditer(text):
        number = chinese_value(match[1]) if match[1] else ord(match[2]) - ord("①") + 1
        if number == len(starts) + 1:
            starts.append(match.start())
    if len(starts) < 2:
        return []
    line_end = text.find("\n", starts[-1])
    ends = [*starts[1:], line_end if line_end >= 0 else len(text)]
    return list(zip(starts, ends, strict=True))
