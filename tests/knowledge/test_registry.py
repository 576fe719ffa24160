"""The registry of validity: its schema, its continuity in time, and its dates against the official texts."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest import read_library
from ingest.numerals import to_int
from weights import locate

REGISTRY = Path(__file__).resolve().parents[2] / "knowledge" / "registry.toml"
VERSIONS: list[dict[str, Any]] = tomllib.loads(REGISTRY.read_text(encoding="utf-8"))["version"]

REQUIRED = {"title": str, "issuer": str, "level": str, "source": str}
OPTIONAL = {
    "aliases": list,
    "number": str,
    "promulgated": date,
    "effective_from": date,
    "amended_from": date,
    "effective_to": date,
    "ended": str,
    "replaced_by": str,
    "articles": int,
}
LEVELS = {"法律", "行政法规", "部门规章", "规范性文件", "司法解释", "党内法规"}
CODE = "生态环境法典"
CODE_DAY = date(2026, 8, 15)
REPEALED_BY_CODE = {
    "环境保护法",
    "环境影响评价法",
    "海洋环境保护法",
    "大气污染防治法",
    "水污染防治法",
    "土壤污染防治法",
    "固体废物污染环境防治法",
    "噪声污染防治法",
    "放射性污染防治法",
    "清洁生产促进法",
}

each_version = pytest.mark.parametrize("version", VERSIONS, ids=lambda v: f"{v['title']}-{v.get('promulgated', '')}")


def of_title(title: str) -> list[dict[str, Any]]:
    return [version for version in VERSIONS if version["title"] == title]


def begins(version: dict[str, Any]) -> date:
    return version.get("amended_from") or version.get("effective_from", date.min)


def in_force(title: str, day: date) -> list[dict[str, Any]]:
    return [version for version in of_title(title) if begins(version) <= day < version.get("effective_to", date.max)]


@each_version
def test_schema(version: dict[str, Any]):
    assert set(REQUIRED) <= set(version) <= set(REQUIRED) | set(OPTIONAL)
    for key, value in version.items():
        assert type(value) is (REQUIRED | OPTIONAL)[key] and value, key
    assert version["level"] in LEVELS
    assert not version["title"].startswith("中华人民共和国")
    assert all(isinstance(alias, str) and alias != version["title"] for alias in version.get("aliases", ()))


@each_version
def test_an_end_is_told_whole_or_not_at_all(version: dict[str, Any]):
    """An end without a day says that the day is not certain: such a text is in force on no day."""
    assert "ended" in version or "effective_to" not in version
    assert version.get("ended", "废止") in {"废止", "修订"}
    if "replaced_by" in version:
        assert "ended" in version and of_title(version["replaced_by"])


@each_version
def test_days_follow_each_other(version: dict[str, Any]):
    """A law amended in part keeps its own first day, which then lies before the amendment's."""
    start, end = version.get("effective_from", date.min), version.get("effective_to", date.max)
    assert start < end
    if "amended_from" in version:
        assert start < version["amended_from"] < end
        assert version["promulgated"] <= version["amended_from"]
    elif "promulgated" in version:
        assert version["promulgated"] <= version.get("effective_from", date.max)


def test_versions_of_one_title_never_overlap_and_leave_no_gap():
    for title in {version["title"] for version in VERSIONS}:
        ordered = sorted(of_title(title), key=begins)
        for earlier, later in itertools.pairwise(ordered):
            assert earlier.get("effective_to") == begins(later), title


def test_a_name_leads_to_one_title_only():
    claims: dict[str, set[str]] = defaultdict(set)
    for version in VERSIONS:
        for name in (version["title"], *version.get("aliases", ())):
            claims[name].add(version["title"])
    assert not {name: titles for name, titles in claims.items() if len(titles) > 1}


def test_the_code_ends_ten_laws_on_its_first_day():
    (code,) = of_title(CODE)
    assert code["effective_from"] == CODE_DAY and "effective_to" not in code
    ended = [version for version in VERSIONS if version.get("replaced_by") == CODE]
    assert {version["title"] for version in ended} == REPEALED_BY_CODE and len(ended) == 10
    assert all((version["effective_to"], version["ended"]) == (CODE_DAY, "废止") for version in ended)


@pytest.mark.parametrize(
    ("title", "day", "expected"),
    [
        ("环境保护法", date(2014, 12, 31), date(1989, 12, 26)),
        ("环境保护法", date(2023, 12, 31), date(2014, 4, 24)),
        ("环境保护法", date(2026, 8, 14), date(2014, 4, 24)),
        ("环境保护法", date(2026, 8, 15), None),
        (CODE, date(2026, 8, 14), None),
        (CODE, date(2026, 8, 15), date(2026, 3, 12)),
        ("行政复议法", date(2023, 12, 31), date(2017, 9, 1)),
        ("行政复议法", date(2024, 1, 1), date(2023, 9, 1)),
        ("保守国家秘密法", date(2024, 4, 30), date(2010, 4, 29)),
        ("保守国家秘密法", date(2024, 5, 1), date(2024, 2, 27)),
        ("政府信息公开条例", date(2019, 5, 14), date(2007, 4, 5)),
        ("政府信息公开条例", date(2019, 5, 15), date(2019, 4, 3)),
        ("环境行政处罚办法", date(2023, 6, 30), date(2010, 1, 19)),
        ("环境行政处罚办法", date(2023, 7, 1), None),
        ("企业环境信息依法披露管理办法", date(2022, 2, 7), None),
        ("网络安全法", date(2025, 12, 31), date(2016, 11, 7)),
        ("海洋环境保护法", date(2023, 12, 31), date(2017, 11, 4)),
        ("海洋环境保护法", date(2024, 1, 1), date(2023, 10, 24)),
        ("固体废物污染环境防治法", date(2020, 8, 31), date(2016, 11, 7)),
        ("固体废物污染环境防治法", date(2020, 9, 1), date(2020, 4, 29)),
        ("环境保护税法", date(2023, 12, 31), date(2018, 10, 26)),
        ("环境保护税法", date(2025, 10, 28), date(2025, 10, 28)),
        ("突发事件应对法", date(2024, 10, 31), date(2007, 8, 30)),
        ("突发事件应对法", date(2024, 11, 1), date(2024, 6, 28)),
        ("国家秘密定密管理暂行规定", date(2025, 4, 30), date(2014, 3, 9)),
        ("国家秘密定密管理暂行规定", date(2025, 5, 1), None),
        ("国家秘密定密管理规定", date(2025, 5, 1), date(2025, 3, 18)),
        ("环境监管重点单位名录管理办法", date(2022, 12, 31), None),
        ("环境监管重点单位名录管理办法", date(2023, 1, 1), date(2022, 11, 28)),
        ("网络安全法", date(2026, 1, 1), date(2025, 10, 28)),
    ],
)
def test_the_version_in_force_on_a_day(title: str, day: date, expected: date | None):
    assert [version["promulgated"] for version in in_force(title, day)] == ([expected] if expected else [])


# --- against the official texts and the cards ---------------------------------------------------

_DAY = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
_FROM = re.compile(rf"第[一二三四五六七八九十百零]+条\s*(?:【[^】]*】)?\s*本(?:法|条例|办法|规定)自{_DAY}起施行")
_HEADING = re.compile(rf"(?m)^{_DAY}\s*施行\s*$")
_AT_ONCE = re.compile(r"本(?:法|条例|办法|规定)自(?:公布|发布)之日起施行")


def stated_first_day(text: str) -> date | None:
    """The day that the last article, or the note under the title, gives; the first promulgation if at once."""
    if match := _FROM.search(text) or _HEADING.search(text):
        return date(*map(int, match.groups()))
    if _AT_ONCE.search(text) and (first := re.search(_DAY, text)):
        return date(*map(int, first.groups()))
    return None


def test_every_official_text_has_its_version_with_the_same_first_day(shared: Path):
    files = sorted((shared / "regulations").glob("*(*)*"))
    assert files
    unread = []
    for file in files:
        title, day = re.fullmatch(r"(.+)\((\d{4}-\d\d-\d\d)\)", file.stem).groups()
        found = [v for v in of_title(title) if v.get("promulgated") == date.fromisoformat(day)]
        assert len(found) == 1, file.name
        stated = stated_first_day(file.read_text(encoding="utf-8"))
        unread += [] if stated else [file.name]
        assert found[0]["effective_from"] == stated, file.name
    assert not unread


def test_an_order_number_in_a_text_is_the_registry_s(shared: Path):
    """The number under the title, of the latest order; a law's 主席令 is not printed in its text."""
    for file in sorted((shared / "regulations").glob("*(*)*")):
        heading = file.read_text(encoding="utf-8")[:300].replace("中华人民共和国国务院", "国务院")
        numbers = re.findall(
            r"日((?:国务院|[\u4e00-\u9fff]{3,8}部|国家环境保护总局)令第\d+号)", heading.replace(" ", "")
        )
        title, day = re.fullmatch(r"(.+)\((\d{4}-\d\d-\d\d)\)", file.stem).groups()
        if numbers:
            (version,) = [v for v in of_title(title) if v["promulgated"] == date.fromisoformat(day)]
            assert version["number"] == numbers[-1], file.name


def test_the_number_of_articles_is_that_of_the_official_text(shared: Path):
    """The number of the last article in the text; every official text at hand has it in the registry."""
    for file in sorted((shared / "regulations").glob("*(*)*")):
        title, day = re.fullmatch(r"(.+)\((\d{4}-\d\d-\d\d)\)", file.stem).groups()
        (version,) = [v for v in of_title(title) if v["promulgated"] == date.fromisoformat(day)]
        found = re.findall(r"(?m)^\W*第([一二三四五六七八九十百零]+)条", file.read_text(encoding="utf-8"))
        assert version.get("articles") == max(map(to_int, found)), file.name


@pytest.mark.parametrize(
    ("title", "day", "articles"),
    [
        ("政府信息公开条例", date(2018, 12, 31), 38),
        ("政府信息公开条例", date(2024, 12, 31), 56),
        ("行政处罚法", date(2020, 12, 31), 64),
        ("行政处罚法", date(2024, 12, 31), 86),
        ("行政复议法", date(2023, 12, 31), 43),
        ("固体废物污染环境防治法", date(2024, 12, 31), 126),
        (CODE, date(2026, 12, 31), 1242),
    ],
)
def test_the_number_of_articles_on_a_day(title: str, day: date, articles: int):
    assert [version["articles"] for version in in_force(title, day)] == [articles]


# --- the national laws beside the registry --------------------------------------------------------

NATIONAL: dict[str, Any] = tomllib.loads((REGISTRY.parent / "national_laws.toml").read_text(encoding="utf-8"))


def test_a_law_stands_in_the_registry_or_in_the_list_never_in_both():
    names = {name for version in VERSIONS for name in (version["title"], *version.get("aliases", ()))}
    assert not names & {*NATIONAL["laws"], *NATIONAL["former"]}
    assert not set(NATIONAL["laws"]) & set(NATIONAL["former"])
    assert set(NATIONAL["repealed"]) <= set(NATIONAL["former"])
    for title, law in NATIONAL["laws"].items():
        assert not title.startswith("中华人民共和国") and set(law) == {"since", "articles"}, title
        assert type(law["since"]) is date and law["since"] <= NATIONAL["drawn_up"] or law["articles"], title


LONG_AGO = date(1949, 10, 1)


def _begun(law) -> date:
    return max([day for day in (law.promulgated, law.effective_from) if day], default=LONG_AGO)


def test_the_list_and_the_registry_have_the_numbers_of_the_statute_library():
    """Where its data file was fetched (``./run --laws``): the same laws, days and numbers of articles."""
    path = next(iter(locate.default_folder().absolute().rglob("laws.db")), None)
    if path is None:
        pytest.skip("no statute library; ./run --laws fetches it")
    library = list(read_library(path))
    for law in library:
        last = max((passage.article_no for passage in law.passages), default=0)
        later = [one for one in library if one.title == law.title and _begun(one) > _begun(law)]
        if law.title in NATIONAL["laws"] and not later:
            days = [day for day in (law.promulgated, law.effective_from) if day]
            assert NATIONAL["laws"][law.title] == {"since": max(days), "articles": last}, law.title
        for version in of_title(law.title):
            if law.promulgated and version.get("promulgated") == law.promulgated:
                assert version["articles"] == last, law.title


def test_the_cards_carry_the_dates_of_the_registry():
    for path in sorted((REGISTRY.parent / "cards").glob("*.toml")):
        card = tomllib.loads(path.read_text(encoding="utf-8"))
        keys = ("promulgated", "effective_from", "number", "issuer", "level")
        assert [
            version
            for version in of_title(card["title"])
            if [version.get(key) for key in keys] == [card.get(key) for key in keys]
        ], path.name
