"""Whether a citation exists, is in force, and keeps the exception: certain, or said not to be."""

from datetime import date

import pytest

from answering.law.citing import check_citations, exceptions_kept
from domain import Document, Passage
from store import open_knowledge
from tests.copied import ROOT

# Rules in our own words; the exception is the last sentence or the last part of one.
WELLS = "村民打井应当报村委会备案。但是，井深不足三米的，不需要备案。"
BOATS = "夜间不得出船。救人或者送医的除外。"
LAMPS = "路灯由街道负责维修，费用由街道承担。法律另有规定的，从其规定。"
STALLS = "集市摊位费按月收取。\n前款规定不适用于残疾人设置的摊位。"
TREES = "砍伐行道树应当经过批准，枯死的除外。"
SHEDS = "除业主自己搭建的外，车棚的雨檐由物业清洗。"
NONE = "渡口应当在每天六点以前打开，并挂出时刻表。"
TABLE = [
    # rule, what is said, kept, whether something is dropped
    (WELLS, "村民打井都应当报村委会备案", False, True),
    (WELLS, "村民打井应当报村委会备案，井深不足三米的不需要备案", True, False),
    (WELLS, "打井应当向村委会备案，但不足三米深的井不用", None, False),
    (WELLS, "村民打井应当备案。", False, True),
    (BOATS, "按照规定，夜间一律不得出船", False, True),
    (BOATS, "夜间不得出船，救人或者送医的除外", True, False),
    (LAMPS, "路灯由街道负责维修，费用由街道承担", False, True),
    (LAMPS, "路灯由街道负责维修，费用由街道承担，法律另有规定的除外", True, False),
    (STALLS, "集市的摊位费应当按月收取", False, True),
    (STALLS, "集市摊位费按月收取，不适用于残疾人设置的摊位", True, False),
    (TREES, "砍伐行道树应当经过批准", False, True),
    (TREES, "砍伐行道树应当经过批准，但枯死的除外", True, False),
    (SHEDS, "车棚的雨檐由物业清洗", False, True),
    (SHEDS, "除业主自建的外，车棚的雨檐由物业清洗", True, False),
    (SHEDS, "车棚由物业清洗，不过自己搭的不算", None, False),
    (NONE, "渡口应当在每天六点以前打开", None, False),
    (WELLS, "打井", None, False),
    (WELLS, "养殖户应当给牲畜打疫苗并登记", None, False),
    ("", "村民打井应当报村委会备案", None, False),
]


@pytest.mark.parametrize(("rule", "said", "kept", "dropped"), TABLE)
def test_an_exception_is_kept_dropped_or_left_open(rule, said, kept, dropped):
    exceptions, whether, lacking = exceptions_kept(rule, said)
    assert (whether, bool(lacking)) == (kept, dropped)
    assert set(lacking) <= set(exceptions) and all(one in rule for one in exceptions)


class Plain:
    """Vectors are of no account here."""

    name, fingerprint = "plain", "plain"

    def embed_passages(self, texts, advance=None):
        import numpy as np

        return np.eye(1, 4, dtype=np.float32).repeat(len(texts), axis=0)

    def embed_query(self, text):
        return self.embed_passages([text])[0]


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory):
    knowledge = open_knowledge(
        tmp_path_factory.mktemp("citing"), Plain(), registry_file=ROOT / "knowledge" / "registry.toml"
    )
    articles = tuple(
        Passage(text, article, number)
        for number, (article, text) in enumerate([("第一条", WELLS), ("第二条", NONE)], 1)
    )
    knowledge.add(
        Document(
            "regulation",
            "打井管理条例",
            "打井.txt",
            "0",
            articles,
            effective_from=date(2020, 5, 1),
            effective_to=date(2024, 1, 1),
            replaced_by="水井条例",
        )
    )
    return knowledge


CITED = [
    ("打井应当备案（《打井管理条例》第一条）", date(2023, 1, 1), [("第一条", True, "现行有效")]),
    ("《打井管理条例》第二条", date(2025, 1, 1), [("第二条", True, "已废止")]),
    ("《打井管理条例》第二条", date(2019, 1, 1), [("第二条", True, "尚未施行")]),
    ("《打井管理条例》第九条", date(2023, 1, 1), [("第九条", False, "现行有效")]),
    ("《打井管理条例》第一条和第九条", date(2023, 1, 1), [("第一条", True, "现行有效"), ("第九条", False, "现行有效")]),
    ("依据《打井管理条例》。第二条另有规定", date(2023, 1, 1), [("", True, "现行有效"), ("第二条", True, "现行有效")]),
    ("《捕鱼条例》第一条", None, [("第一条", None, "")]),
    ("第三条", None, [("第三条", None, "")]),
    ("《环境保护法》", date(2025, 1, 1), [("", True, "现行有效")]),
    ("《环境保护法》", date(2026, 12, 31), [("", True, "已废止")]),
    ("《环境保护法》第五十五条", date(2026, 12, 31), [("第五十五条", None, "已废止")]),
    ("没有引用任何条文的一句话。", None, []),
]


@pytest.mark.parametrize(("text", "day", "found"), CITED)
def test_what_is_cited_exists_and_is_in_force_or_not(knowledge, text, day, found):
    checked = check_citations(text, knowledge, day)
    assert [(one.article, one.exists, one.status) for one in checked] == found
    assert all(one.message and one.written in text for one in checked)


def test_a_message_names_what_took_its_place_and_what_was_dropped(knowledge):
    (ended,) = check_citations("《打井管理条例》第二条", knowledge, date(2025, 1, 1))
    assert ended.message == "《打井管理条例》第二条存在，已废止（自2024年1月1日起），由《水井条例》取代"
    (short,) = check_citations("村民打井应当报村委会备案（《打井管理条例》第一条）。", knowledge, date(2023, 1, 1))
    assert "漏了例外：但是，井深不足三米的，不需要备案。" in short.message
