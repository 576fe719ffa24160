"""Questions over several organs count what is ticked and what lies beside the question, and nothing else."""

import random
import shutil

import pytest

from services import Gongkai, last_result
from settings import Settings
from tests.collecting.county import ORGANS, finished, hand_in, random_tables

QUESTION = "哪个部门收到的申请最多"
J, Z, C = ORGANS[:3]


def received(org):
    return random_tables(random.Random(org))["table3"]["new_received"]["total"]


def report(folder, org):
    return hand_in(folder, finished(org, 2025, random_tables(random.Random(org))), ".html")


@pytest.fixture(scope="module")
def services(filled_home, weights_folder, tmp_path_factory):
    home = tmp_path_factory.mktemp("organs") / "data"
    shutil.copytree(filled_home, home)
    services = Gongkai(Settings(home=home, llm="none", weights=weights_folder))
    paths = [report(home / "handed", org) for org in (J, Z, C)]
    assert all(one.state == "added" for one in services.library.ingest(paths, "report"))
    yield services
    services.close()


def ask(services, *attached, unticked=()):
    return last_result(services.answers.ask(QUESTION, attached=attached, unticked=unticked))


def first(*organs):
    return max(organs, key=received)


def test_all_that_is_held_is_counted(services):
    assert f"{first(J, Z, C)}最多，{received(first(J, Z, C))}件" in ask(services).answer


@pytest.mark.parametrize("left", [J, Z, C])
def test_an_unticked_report_is_not_counted_and_that_is_told(services, left):
    key = next(one.key for one in services.sources.listed() if left in one.label)
    answer = ask(services, unticked=[key])
    best = first(*{J, Z, C} - {left})
    assert f"{best}最多，{received(best)}件" in answer.answer and left not in answer.answer
    assert any(left in str(note) for note in answer.notes)


def test_a_file_beside_the_question_is_counted_too(services, tmp_path):
    user = services.people.local()
    thread = services.conversations.start(user).id
    best = max(ORGANS, key=received)
    path = report(tmp_path, best)
    held = services.sources.attach(user, thread, path, path.name)
    assert f"{best}最多，{received(best)}件" in ask(services, *held).answer
