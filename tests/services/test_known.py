"""What was read and found of a report is the same when it comes back from the database that workbenches share."""

import random
from decimal import Decimal

import pytest

import ingest
from checks.unjudged import Unjudged
from domain import Finding, Mend
from services import examining, known
from services.examining import Examination, examine, prepare
from settings import load_settings
from tests.collecting.county import ORGANS, finished, hand_in, random_tables


@pytest.fixture
def office(tmp_path):
    from ingest.masking import mask
    from office import Office

    opened = Office(tmp_path / "shared", mask)
    yield opened
    opened.close()


@pytest.mark.parametrize("suffix", [".docx", ".html", ".md"])
def test_a_report_comes_back_as_it_was_read(tmp_path, office, suffix):
    path = hand_in(tmp_path, finished(ORGANS[0], 2025, random_tables(random.Random(suffix))), suffix)
    read = ingest.read_report(path)
    assert isinstance(read.tables["table2"]["fees_wan_yuan"], Decimal)
    known.reading(lambda: office).put("key", read)
    other = known.reading(lambda: office)
    assert other.get("key") is None
    other.fetch(["key", "none"])
    assert other.get("key") == read and other.get("none") is None


def test_why_a_file_is_no_report_comes_back(office):
    known.reading(lambda: office).put("key", "读不懂")
    other = known.reading(lambda: office)
    other.fetch(["key"])
    assert other.get("key") == "读不懂"


def test_what_was_found_comes_back(tmp_path, office):
    texts = {"problems": "一是公开不够即时。《政府信息公开条例》第九十九条要求布署。", "other": "2024年没有。"}
    reports = []
    for year in (2024, 2025):
        path = hand_in(tmp_path / str(year), finished(ORGANS[0], year, random_tables(random.Random(year)), "", texts))
        reports.append((path, ingest.read_report(path)))
    prepare(load_settings())
    found = examine(Examination(*reports[1], reports[0][1]))
    examining._HERE.clear()
    assert any(one.mend for one in found.findings)
    known.examination(lambda: office).put("key", found)
    other = known.examination(lambda: office)
    other.fetch(["key"])
    assert other.get("key") == found


def test_what_nothing_can_be_said_of_and_the_likeness_come_back(office):
    mend = Mend("布署", "部署", 3, "table3.granted.total")
    finding = Finding("R", "error", "错", "第1段", mend=mend)
    found = examining.Examined((finding,), "县|2025", (Unjudged("《某办法》第二条", "第一部分", "没有资料"),), 0.25)
    known.examination(lambda: office).put("key", found)
    other = known.examination(lambda: office)
    other.fetch(["key"])
    assert other.get("key") == found


def test_what_another_version_of_the_program_found_is_not_taken_over(office, monkeypatch):
    known.reading(lambda: office).put("key", "读不懂")
    monkeypatch.setattr(known, "_program", lambda: "a later one")
    other = known.reading(lambda: office)
    other.fetch(["key"])
    assert other.get("key") is None


def test_one_machine_keeps_it_in_memory(office):
    alone = known.reading(lambda: None)
    alone.put("key", "读不懂")
    alone.fetch(["key"])
    assert alone.get("key") == "读不懂" and office.known.get("read", ["key"]) == {}
