"""A newly counted fact costs its record and the sentence that tells it: the walk of docs/walks.md."""

import pytest

from tests import copied

RECORD = """
[facts.studies]
label = "专题研究政务公开"
unit = "次"
sheet = "工作记录"
ledger = "专题研究"
short = "专题研究"
asked = ["专题研究", "研究 公开"]
told = ['专题研究[^。；\\d]{0,12}(N)次']
phrase = ["专题研究", "专题研究政务公开工作{}次", "未专题研究政务公开工作"]
change = "专题研究次数"
"""
SENTENCE = """
[[organisation]]
at = "1.研究"
some = ["专题研究"]
say = ["全年{专题研究}[，{专题研究次数增减}]。", "{年度}，<本机关>{专题研究}[，{专题研究次数增减}]。"]
"""


@pytest.fixture(scope="module")
def came_of_it(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fact")
    copy = copied.program(folder)
    for file, added in (("matters/facts.toml", RECORD), ("drafting/patterns.toml", SENTENCE)):
        with (copy / file).open("a", encoding="utf-8") as out:
            out.write(added)
    return copied.told(copy, "tests.matters.new_fact", folder)


def test_it_is_offered_counted_drafted_traced_and_answered(came_of_it):
    assert came_of_it["offered"] and came_of_it["figure"] == 3
    assert "专题研究政务公开工作3次" in came_of_it["draft"]
    assert came_of_it["traced"]["facts.studies"] == "专题研究政务公开工作3次"
    assert came_of_it["answer"].startswith("2025年专题研究政务公开3次：3月4日、6月5日、9月8日。")
