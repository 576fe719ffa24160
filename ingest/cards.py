"""Digest cards: a regulation's articles in our own words, until its official text is imported.

A card file is TOML, one regulation each (the schema is in ``knowledge/cards/README.md``). A card
is shown as 要点（非原文）; its keywords and questions are searched and never shown. When an
official text arrives, ``carry_keywords`` hands it the people's words of its cards.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from domain import Document, Passage, UnusableInput
from ingest.numerals import article_label

CARDS = Path(__file__).resolve().parent.parent / "knowledge" / "cards"
SOURCE_MARK = "要点（非原文）："
LEVELS = ("法律", "行政法规", "部门规章", "规范性文件", "司法解释", "党内法规")

_FILE_REQUIRED: Mapping[str, type] = {
    "title": str,
    "full_title": str,
    "number": str,
    "issuer": str,
    "level": str,
    "effective_from": date,
    "source": str,
    "article": list,
}
_FILE_OPTIONAL: Mapping[str, type] = {
    "aliases": list,
    "checked": date,
    "promulgated": date,
    "effective_to": date,
    "replaced_by": str,
    "partial": bool,
}
_CARD_REQUIRED: Mapping[str, type] = {
    "no": int,
    "digest": str,
    "keywords": list,
    "questions": list,
}
_CARD_OPTIONAL: Mapping[str, type] = {"sub": int, "chapter": str, "label": str}
_TYPE_NAMES = {str: "非空文字", date: "日期", list: "非空列表", bool: "true 或 false", int: "非负整数"}


def load_cards(folder: Path | None = None) -> tuple[Document, ...]:
    """Every card file of ``folder`` (the built-in cards when None) as a Document, by file name.

    Passages are ``verbatim=False``. UnusableInput names the file, and the article where one is at
    fault; one broken file refuses the whole folder, so that no regulation goes missing silently.
    """
    return tuple(_document(path) for path in _card_files(folder))


def load_aliases(folder: Path | None = None) -> dict[str, str]:
    """Other names of the regulations (条例, 信息公开条例) → short title.

    A name that two regulations claim is left out: an ambiguous reference resolves to nothing.
    """
    claims: dict[str, set[str]] = {}
    for path in _card_files(folder):
        data = _read(path)[0]
        for name in (data["full_title"], *data.get("aliases", ())):
            claims.setdefault(name, set()).add(data["title"])
    return {name: titles.pop() for name, titles in claims.items() if len(titles) == 1}


def carry_keywords(document: Document, cards: Iterable[Document]) -> Document:
    """``document`` with each article's ``also`` taken from the card of the same article.

    Only cards of the same version serve: same title, and the same day of promulgation where both
    know it (an amended regulation renumbers its articles). Without such cards it is unchanged.
    """
    fitting = [card for card in cards if _same_version(document, card)]
    if document.kind != "regulation" or not fitting:
        return document
    latest = max(fitting, key=lambda card: card.promulgated or date.min)
    words = {(p.article_no, p.article_sub): p.also for p in latest.passages if p.article_no}
    return replace(
        document,
        passages=tuple(
            replace(passage, also=_joined(passage.also, words.get((passage.article_no, passage.article_sub), "")))
            for passage in document.passages
        ),
    )


def _same_version(document: Document, card: Document) -> bool:
    if document.title != card.title:
        return False
    known = document.promulgated and card.promulgated
    return not known or document.promulgated == card.promulgated


def _joined(own: str, carried: str) -> str:
    """Both, once: carrying twice changes nothing."""
    return own if carried in own else f"{own} {carried}".strip()


def _card_files(folder: Path | None) -> list[Path]:
    place = CARDS if folder is None else folder
    if not place.is_dir():
        raise UnusableInput(f"要点文件夹 {place} 不存在")
    return sorted(place.glob("*.toml"))


def _document(path: Path) -> Document:
    data, digest = _read(path)
    return Document(
        kind="regulation",
        title=data["title"],
        source=SOURCE_MARK + data["source"],
        digest=digest,
        passages=tuple(_passage(card) for card in data["article"]),
        full_title=data["full_title"],
        number=data["number"],
        issuer=data["issuer"],
        level=data["level"],
        promulgated=data.get("promulgated"),
        effective_from=data["effective_from"],
        effective_to=data.get("effective_to"),
        replaced_by=data.get("replaced_by", ""),
    )


def _passage(card: Mapping[str, Any]) -> Passage:
    number, sub = card["no"], card.get("sub", 0)
    return Passage(
        text=card["digest"],
        article=card.get("label") or article_label(number, sub),
        article_no=number,
        article_sub=sub,
        heading=card.get("chapter", ""),
        verbatim=False,
        also=" ".join((*card["keywords"], *card["questions"])),
    )


def _read(path: Path) -> tuple[dict[str, Any], str]:
    """The checked content of a card file and its SHA-256."""
    raw = path.read_bytes()
    try:
        data = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnusableInput(f"要点文件 {path.name} 不是正确的 TOML（UTF-8）：{error}") from error
    _check_keys(data, _FILE_REQUIRED, _FILE_OPTIONAL, f"要点文件 {path.name}")
    if data["level"] not in LEVELS:
        raise UnusableInput(f"要点文件 {path.name} 的 level 应为{'、'.join(LEVELS)}之一，不能是“{data['level']}”")
    for place, card in enumerate(data["article"], start=1):
        if not isinstance(card, dict):
            raise UnusableInput(f"要点文件 {path.name} 的 article 应写成 [[article]] 表")
        _check_keys(card, _CARD_REQUIRED, _CARD_OPTIONAL, _where(path, card, place))
    _check_order(path, data["article"], partial=data.get("partial", False))
    return data, hashlib.sha256(raw).hexdigest()


def _where(path: Path, card: Mapping[str, Any], place: int) -> str:
    number, sub = card.get("no"), card.get("sub", 0)
    if type(card.get("label")) is str:
        return f"要点文件 {path.name} {card['label']}"
    if type(number) is int and number > 0 and type(sub) is int and sub >= 0:
        return f"要点文件 {path.name} {article_label(number, sub)}"
    return f"要点文件 {path.name} 第{place}个 [[article]]"


def _check_keys(
    data: Mapping[str, Any], required: Mapping[str, type], optional: Mapping[str, type], where: str
) -> None:
    expected = {**required, **optional}
    unknown = [key for key in data if key not in expected]
    if unknown:
        raise UnusableInput(f"{where} 有不认识的键：{'、'.join(unknown)}")
    missing = [key for key in required if key not in data]
    if missing:
        raise UnusableInput(f"{where} 缺少：{'、'.join(missing)}")
    for key, value in data.items():
        if not _fits(value, expected[key]):
            raise UnusableInput(f"{where} 的 {key} 应为{_TYPE_NAMES[expected[key]]}")
        if key in ("aliases", "keywords", "questions") and not all(_fits(item, str) for item in value):
            raise UnusableInput(f"{where} 的 {key} 里每一项都应为{_TYPE_NAMES[str]}")


def _fits(value: Any, kind: type) -> bool:
    """Of exactly that type (a TOML date-time is no date, a boolean no number), and not empty."""
    if type(value) is not kind:
        return False
    if kind is str:
        return bool(value.strip())
    return bool(value) if kind is list else not (kind is int and value < 0)


def _check_order(path: Path, cards: list[Mapping[str, Any]], partial: bool) -> None:
    """Articles ascend; a complete file starts at 第一条 and skips none (第十二条之一 may follow 12).

    A card of a topic that has no article number (no = 0) carries a label of its own instead.
    """
    last = (0, 0)
    labels: set[str] = set()
    for place, card in enumerate(cards, start=1):
        name = card.get("label", "")
        if (card["no"] == 0) != bool(name):
            raise UnusableInput(f"{_where(path, card, place)}：没有条号的写 no = 0 和 label，有条号的不写 label")
        if name in labels:
            raise UnusableInput(f"{_where(path, card, place)} 重复")
        if name:
            labels.add(name)
            continue
        here = (card["no"], card.get("sub", 0))
        label = article_label(*here)
        if here <= last:
            raise UnusableInput(f"要点文件 {path.name} 的 {label} 重复或者顺序不对")
        follows = here in ((last[0] + 1, 0), (last[0], last[1] + 1))
        if not partial and not follows:
            raise UnusableInput(f"要点文件 {path.name} 在 {label} 之前有缺条；只收部分条文的，请写 partial = true")
        last = here
