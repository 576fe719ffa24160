"""Two versions of one law side by side: articles paired, changed words marked."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape

from domain import Hit
from ui.panels import empty

Pair = tuple[Hit | None, Hit | None]
Version = tuple[str, Sequence[Hit]]
"""How a version is named, and its articles."""
_AKIN = 0.5
"""Share of common characters from which two articles with other words and numbers are taken for one."""


def paired(old: Sequence[Hit], new: Sequence[Hit]) -> list[Pair]:
    """Every article of both, in order: those of the same words, then those akin, then what stands alone."""
    matcher = difflib.SequenceMatcher(a=[hit.text for hit in old], b=[hit.text for hit in new], autojunk=False)
    pairs: list[Pair] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        pairs += zip(old[a:b], new[c:d]) if kind == "equal" else _akin(old[a:b], new[c:d])
    return pairs


def _akin(old: Sequence[Hit], new: Sequence[Hit]) -> Iterator[Pair]:
    """Pairs within a stretch that changed; the order of both is kept."""
    at = 0
    for hit in old:
        found = next((n for n in range(at, len(new)) if _same_matter(hit, new[n])), None)
        if found is None:
            yield hit, None
            continue
        yield from ((None, added) for added in new[at:found])
        yield hit, new[found]
        at = found + 1
    yield from ((None, added) for added in new[at:])


def _same_matter(old: Hit, new: Hit) -> bool:
    matcher = difflib.SequenceMatcher(None, old.text, new.text, autojunk=False)
    return matcher.real_quick_ratio() > _AKIN and matcher.quick_ratio() > _AKIN and matcher.ratio() > _AKIN


def changed_words(old: str, new: str) -> tuple[str, str]:
    """Both texts as HTML, what only the old has in ``<del>`` and what only the new has in ``<ins>``."""
    a, b = _words(old), _words(new)
    left, right = [], []
    for kind, start, end, begin, stop in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        taken, put = escape("".join(a[start:end])), escape("".join(b[begin:stop]))
        left.append(f"<del>{taken}</del>" if taken and kind != "equal" else taken)
        right.append(f"<ins>{put}</ins>" if put and kind != "equal" else put)
    return "".join(left), "".join(right)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    import jieba

    return tuple(jieba.cut(text))


def compared(old: Version, new: Version, only_changes: bool) -> str:
    """A table of two columns, the older version at the left, under a count of what changed."""
    pairs = paired(old[1], new[1])
    changed = [pair for pair in pairs if pair[0] and pair[1] and pair[0].text != pair[1].text]
    gone, added = sum(not b for _, b in pairs), sum(not a for a, _ in pairs)
    same = len(pairs) - len(changed) - gone - added
    count = f'<p class="count">改动 {len(changed)} 条，新增 {added} 条，删去 {gone} 条，未变 {same} 条。</p>'
    shown = [pair for pair in pairs if not only_changes or not (pair[0] and pair[1] and pair[0].text == pair[1].text)]
    if not shown:
        return count + empty("两个版本的条文相同。")
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name, _ in (old, new))
    rows = "".join(_row(*pair) for pair in shown)
    return f'{count}<div class="compared"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _row(old: Hit | None, new: Hit | None) -> str:
    left, right = changed_words(old.text if old else "", new.text if new else "")
    return f"<tr>{_cell(old, left, '（旧版没有这一条）')}{_cell(new, right, '（新版没有这一条）')}</tr>"


def _cell(hit: Hit | None, text: str, absent: str) -> str:
    if hit is None:
        return f'<td class="absent">{absent}</td>'
    return f"<td><b>{escape(hit.article or hit.heading)}</b> {text}</td>"
