"""What 汇集 shows to whom, by the handlers that the page calls; no browser."""

import json

import gradio as gr
import pytest

from domain import UnusableInput
from tests.collecting.county import ORGANS
from tests.services.test_submissions import EDUCATION, LAND, YEAR, County
from ui.collecting import NOBODY, _Collecting, _lay_out


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    home = tmp_path_factory.mktemp("fences")
    made = County(home)
    made.collect(home / "收到")
    return made


@pytest.fixture(scope="module")
def page(county):
    with gr.Blocks():
        return _Collecting(county.services, gr.State(None), _lay_out(county.services))


def shown(page, user):
    return "".join(str(part) for part in page._shown(user, str(YEAR)))


def test_the_county_sees_every_organ(county, page):
    told = shown(page, county.people["主管"])
    assert all(org in told for org in ORGANS[:3]) and "data-send='table" in told.replace('"', "'")


@pytest.mark.parametrize("name", ["教育", "教育审核"])
def test_an_organs_people_see_their_own_row_and_no_word_of_others(county, page, name):
    told = shown(page, county.people[name])
    assert EDUCATION in told and not any(org in told for org in ORGANS[1:3])
    assert "data-collect" not in told and "table3." not in told
    visible = [part.get("visible") for part in page.begun(county.people[name], str(YEAR))[2:5]]
    assert visible == [False, False, False]  # the list, the check, what is written of all
    opened = page.opened(county.people[name], json.dumps({"send": EDUCATION}), str(YEAR))
    assert EDUCATION in opened[2] and "不是问题" not in str(opened[-2])
    with pytest.raises(UnusableInput):
        page.opened(county.people[name], json.dumps({"send": LAND}), str(YEAR))


def test_who_is_of_no_organ_sees_nothing(county, page):
    told = shown(page, county.people["本办"])
    assert NOBODY in told and not any(org in told for org in ORGANS)


@pytest.mark.parametrize(
    "call",
    [
        lambda page, by: page.making("letters")(by, str(YEAR)),
        lambda page, by: page.making("workbook")(by, str(YEAR)),
        lambda page, by: page.letter(by, LAND, str(YEAR)),
        lambda page, by: page.reported(by, str(YEAR)),
        lambda page, by: page.into_library(by, str(YEAR)),
        lambda page, by: page.judging("通过")(by, "好", LAND, str(YEAR), "全部"),
        lambda page, by: page.behind(by, json.dumps({"send": "table2.licensing"}), str(YEAR)),
        lambda page, by: page.listed(by, EDUCATION, str(YEAR)),
        lambda page, by: list(page.answered(by, json.dumps({"values": {"文件/1": "不计"}}), str(YEAR))),
        lambda page, by: list(page.changed(by, json.dumps({"send": "aside 1"}), str(YEAR))),
    ],
)
def test_what_the_page_does_not_offer_is_refused_as_well(county, page, call):
    with pytest.raises(UnusableInput):
        call(page, county.people["教育"])
