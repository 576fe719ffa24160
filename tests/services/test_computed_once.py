"""What is asked for again and again is made once, and made anew as soon as anything that it rests on is another."""

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest

import statutory
from services import EXAMPLES, Gongkai, last_result
from services import ledgers as services_ledgers
from settings import Settings
from store import open_knowledge
from tests.services.test_library import regulation
from tests.store.conftest import PairEmbedder

LEDGER = sorted(EXAMPLES.glob("*.xlsx"))[-1]
ALIAS = '[headings."信息发布"]\n"刊登标题" = "信息标题"\n'


@pytest.fixture
def services(tmp_path):
    opened = Gongkai(Settings(home=tmp_path / "home", llm="none"))
    opened.knowledge.hold(open_knowledge(tmp_path / "home", PairEmbedder()))
    yield opened
    opened.office().close()


@pytest.fixture
def user(services):
    return services.office().users.local()


@pytest.fixture
def computed(monkeypatch):
    """Every time that a ledger is really computed."""
    times, real = [], statutory.compute
    monkeypatch.setattr(
        statutory, "compute", lambda path, *rest, **more: times.append(path) or real(path, *rest, **more)
    )
    return times


def test_a_ledger_that_comes_on_the_desk_is_computed_once_under_each_name(services, user, computed):
    for _ in range(3):
        services.ledgers.take(user, LEDGER)
        services.ledgers.on_desk(user)
    assert len(computed) == 2, "as it was uploaded, and as it is kept"
    assert services.ledgers.on_desk(user) is services.ledgers.on_desk(user)


@pytest.mark.parametrize("what", ["content", "name", "words", "answers", "day"])
def test_a_ledger_is_computed_anew_where_anything_is_another(services, computed, tmp_path, monkeypatch, what):
    path = tmp_path / LEDGER.name
    shutil.copyfile(LEDGER, path)
    services.ledgers.compute(path)
    answers = {}
    if what == "content":
        shutil.copyfile(sorted(EXAMPLES.glob("*.xlsx"))[0], path)
    elif what == "name":
        path = path.rename(tmp_path / "另一个名字.xlsx")
    elif what == "words":
        (services.choices.home / "ledger_aliases.toml").write_text(ALIAS, encoding="utf-8")
    elif what == "answers":
        answers = {"没有这个问题": "counted"}
    else:

        class Tomorrow(date):
            @classmethod
            def today(cls):
                return date.today() + timedelta(days=1)

        monkeypatch.setattr(services_ledgers, "date", Tomorrow)
    for _ in range(2):
        services.ledgers.compute(path, answers=answers)
    assert len(computed) == 2


def test_an_article_that_was_taken_in_is_known_to_what_is_written(services, user, tmp_path):
    (outcome,) = services.library.ingest([regulation(tmp_path, 1, 2, name="井水办法.txt")])
    ledger = statutory.compute(LEDGER)
    text = "根据《云岫县井水管理办法》第三条，井水每日查看。"
    inspect = services.writing.inspect
    (missing,) = inspect(text, ledger)
    assert missing.kind == "citation" and inspect(text, ledger) is inspect(text, ledger)
    (outcome,) = services.library.ingest([regulation(tmp_path, 1, 2, 3, name="井水办法（全）.txt")])
    assert outcome.status == "replaced", outcome
    told = inspect(text, ledger)
    assert not [one for one in told if "没有这一条" in one.message]


def test_by_rule_the_same_ledger_gives_the_same_draft_and_another_its_own(services):
    ledger = statutory.compute(LEDGER)
    other = replace(ledger, figures=replace(ledger.figures, platform="另一个平台"))
    drafts = [
        last_result(services.writing.draft("overview", each, with_model=False, notes=notes))
        for each, notes in [(ledger, ""), (ledger, ""), (other, ""), (ledger, "全年开展培训。")]
    ]
    assert drafts[0] is drafts[1]
    assert "另一个平台" in drafts[2].text and "另一个平台" not in drafts[0].text
    assert "全年开展培训。" in drafts[3].text
