"""The organs that a county collects from, and which of them a name means: asked where two could be meant.

A place that both names have must be the same: 白水县教育局 is never 青石县教育局. A name without a place, or with
a mere 县 before it, fits whatever place; an abbreviation (教体局) is the letters of the whole name in their order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from domain import UnusableInput

_WHOLE_WORDS = 6  # letters; so many do not stand in the middle of another organ's name by chance
EXACT, SAME, SHORT = 3, 2, 1
"""How sure a match is: letter for letter, but for the place, by an abbreviation."""
_PLACE = re.compile(r"^(?:[一-龥]{2,7}?(?:自治[州县区旗]|(?<!开发)(?<![园社景矿林])[省市州县区旗]))+")
_LEVEL = re.compile(r"^[省市州县区旗](?!场|政(?!府)|域|长|容)")  # 县教育局, and not 市场监督管理局
_BRACKET = re.compile(r"[（(]([^（）()]{2,})[）)]\s*$")
_BULLET = re.compile(r"^(?:[（(]?\d+[)）.、．]?|[（(]?[一二三四五六七八九十]+[)）、.．]|[-*•·●])\s*")
_ORGAN = re.compile(r"(?:局|委|委员会|办|办公室|政府|院|署|处|街道|中心|公司|学校|站|所|会|管委会)$")
_SEPARATORS = re.compile(r"[\n\r\t,，;；、|]+")
_HEADINGS = frozenset("序号 单位 单位名称 机关 机关名称 部门 部门名称 名称 备注".split())
_GOVERNMENT = frozenset(("人民政府", "政府"))


@dataclass(frozen=True)
class Organ:
    """An organ by its whole name, with the other names that the list gives it in brackets."""

    name: str
    others: tuple[str, ...] = ()

    @property
    def government(self) -> bool:
        """Whether it is the government whose organs the others are, whose report adds theirs up."""
        return is_government(self.name)


@dataclass(frozen=True)
class OrganMatch:
    """The organs that a name fits best, and how surely (EXACT, SAME, SHORT; 0 for none)."""

    organs: tuple[str, ...] = ()
    how: int = 0

    @property
    def only(self) -> str:
        """The one organ meant, "" where it is none or several."""
        return self.organs[0] if len(self.organs) == 1 else ""


def read_organs(path: Path) -> tuple[Organ, ...]:
    """The organs of a text file, one a line or parted by marks; UnusableInput where it holds none or one twice."""
    try:
        text = path.read_bytes()
    except OSError as error:
        raise UnusableInput(f"单位名单 {path} 不能读取，请用文本文件，一行一个单位") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return listed(text.decode(encoding), path.name)
        except UnicodeDecodeError:
            continue
    raise UnusableInput(f"单位名单 {path} 不是文本文件，请另存为文本，一行一个单位")


def listed(text: str, source: str = "单位名单") -> tuple[Organ, ...]:
    """The organs that a typed or pasted text lists; numbers, bullets and headings of a table are left out."""
    found: dict[str, Organ] = {}
    twice: list[str] = []
    for piece in _pieces(text):
        name = _BULLET.sub("", piece.strip()).strip()
        if not re.search(r"[一-龥]{2}", name) or _HEADINGS.issuperset(name.split()) or piece.lstrip().startswith("#"):
            continue
        bracket = _BRACKET.search(name)
        organ = Organ(_BRACKET.sub("", name).strip() or name, tuple(bracket[1].split("/")) if bracket else ())
        if fold(organ.name) in found:
            twice.append(organ.name)
        found.setdefault(fold(organ.name), organ)
    if not found:
        raise UnusableInput(f"{source} 里没有单位名称，请一行写一个单位")
    if twice:
        raise UnusableInput(f"{source} 里“{'”“'.join(dict.fromkeys(twice))}”写了两次，请删去一个")
    return tuple(found.values())


def _pieces(text: str) -> Iterator[str]:
    """What marks and lines part, and blanks too where a name stands on either side."""
    for piece in _SEPARATORS.split(text):
        words = piece.split()
        named = [word for word in words if _ORGAN.search(_BRACKET.sub("", word))]
        yield from words if len(named) == len(words) else [piece]


def fold(name: str) -> str:
    """A name without blanks and quotation marks, its brackets and digits in half width."""
    return re.sub(r"[\s“”\"'《》]+", "", unicodedata.normalize("NFKC", name))


def local(name: str) -> tuple[str, str]:
    """(place, the rest) of a name: 青石县教育局 → 青石县, 教育局; 县教育局 → 县, 教育局; "" where it names no place."""
    name = fold(name)
    match = _LEVEL.match(name) or _PLACE.match(name)
    return (match.group(), name[match.end() :]) if match and match.end() < len(name) else ("", name)


def is_government(name: str) -> bool:
    """Whether it is a government with departments: 青石县人民政府, and neither 城关镇人民政府 nor its office."""
    place, rest = local(name)
    return bool(place) and rest in _GOVERNMENT


def kind_of(org: str) -> str:
    """What kind of organ a name is of: 部门, 乡镇街道, 开发区, 学校医院等."""
    rest = local(org)[1]
    if re.search(r"[镇乡]人民政府$|[镇乡]政府$|街道(?:办事处)?$", rest):
        return "乡镇街道"
    if re.search(r"开发区|园区|管理委员会$|管委会$", rest):
        return "开发区"
    return "部门" if re.search(r"[局委办厅署处]$|办公室$|委员会$|分局$", rest) else "其他单位"


def match(name: str, organs: Iterable[Organ]) -> OrganMatch:
    """The organs that ``name`` can mean, all of them at the best likeness there is."""
    if not name:
        return OrganMatch()
    by_likeness: dict[int, list[str]] = {}
    for organ in organs:
        place = local(organ.name)[0]
        others = (other if local(other)[0] else place + other for other in organ.others)
        likeness = max(_likeness(name, other) for other in (organ.name, *others))
        by_likeness.setdefault(likeness, []).append(organ.name)
    best = max(by_likeness, default=0)
    return OrganMatch(tuple(by_likeness[best]), best) if best else OrganMatch()


def keys(name: str) -> set[str]:
    """What two names of one organ (EXACT or SAME) have in common: their rests without the place, one at least."""
    return {fold(name)} | {rest for _, rest in _readings(name)}


def named_in(text: str, organs: Sequence[Organ]) -> OrganMatch:
    """The organ whose name stands in a file's name, the longest where one lies within another."""
    plain = fold(text)
    found: dict[str, str] = {}
    for organ in organs:
        names = {name for given in (organ.name, *organ.others) for name in (fold(given), local(given)[1])}
        stands = [name for name in names if len(name) >= 3 and name in plain]
        if stands:
            found[organ.name] = max(stands, key=len)
    inside = {
        organ for organ, name in found.items() if any(name != other and name in other for other in found.values())
    }
    left = tuple(organ for organ in found if organ not in inside)
    return OrganMatch(left, SAME if left else 0)


def _likeness(name: str, organ: str) -> int:
    if fold(name) == fold(organ):
        return EXACT
    return max(_as_read(one, other) for one in _readings(name) for other in _readings(organ))


def _readings(name: str) -> set[tuple[str, str]]:
    """(place, the rest); a mere 市 at the head may be of the name itself (市监局)."""
    place, rest = local(name)
    return {(place, _plain(rest)), ("", _plain(fold(name)))} if len(place) == 1 else {(place, _plain(rest))}


def _plain(rest: str) -> str:
    for long, short in (("人民政府", "政府"), ("委员会", "委"), ("管委会", "管委"), ("办公室", "办")):
        rest = rest.replace(long, short)
    return rest


def _as_read(one: tuple[str, str], other: tuple[str, str]) -> int:
    if not _places_agree(one[0], other[0]):
        return 0
    if one[1] == other[1]:
        return SAME
    return SHORT if _abbreviates(one[1], other[1]) or _abbreviates(other[1], one[1]) else 0


def _places_agree(one: str, other: str) -> bool:
    """Whether two places can be the same: one is not said, is a mere 县, or stands at the end of the other."""
    return not one or not other or one.endswith(other) or other.endswith(one)


def _abbreviates(short: str, whole: str) -> bool:
    """Whether the letters of ``short`` stand in ``whole`` in order, to its last one: 教体局, 卫健委 of 卫生健康局.

    From its first one, too, unless ``whole`` begins with a place of its own (青石经济开发区管委).
    """
    ends = short[-1:] == whole[-1:] or {short[-1:], whole[-1:]} == {"局", "委"}
    if not 2 < len(short) < len(whole) or not ends or short[0] != whole[0] and len(short) < _WHOLE_WORDS:
        return False
    if whole.startswith(short):  # 财政局城关分局 is a branch of 财政局
        return False
    rest = iter(whole[:-1])
    return all(letter in rest for letter in short[:-1])
