"""Between a sure answer and a refusal: the nearest passage is called that; the best match that has ended is told first."""

from dataclasses import replace
from datetime import date

import pytest

from answering import answer
from answering.law.question import read
from answering.law.relevance import of_another_kind
from answering.respond import NEAREST
from domain import Finished, Hit
from tests.fakes import MemoryKnowledge

TITLE = "井水管理办法"
BOARD = Hit(
    "regulation",
    TITLE,
    "第三条",
    3,
    "管井人应当在每年三月底前更换井台的标牌。",
    True,
    "现行有效",
    date(2020, 1, 1),
    None,
    "",
    "井水办法.txt",
    0.9,
)


class Scored(MemoryKnowledge):
    """Finds its passages for every question, with the scores that they have."""

    def search(self, text, k=10, kind=None, as_of=None):
        return sorted(self.hits, key=lambda hit: -hit.score)[:k]


def told(question, *hits, history=()):
    *_, last = answer(question, Scored(list(hits)), history=history)
    assert isinstance(last, Finished)
    return last.result


@pytest.mark.parametrize(
    ("score", "refused", "nearest"), [(0.9, False, False), (0.5, False, False), (0.45, False, True), (0.2, True, False)]
)
def test_what_is_likely_answers_what_is_possible_is_called_so_and_the_rest_is_refused(score, refused, nearest):
    result = told("井台的标牌几月更换？", replace(BOARD, score=score))
    assert (result.refused, result.answer.startswith(NEAREST)) == (refused, nearest)
    assert any(note.code == "nearest" for note in result.notes) is nearest
    assert bool(result.citations) is not refused


def test_only_the_nearest_passage_is_shown_where_it_is_doubtful():
    other = replace(BOARD, article="第四条", article_no=4, text="井台的标牌由管井人保管。", score=0.44)
    result = told("井台的标牌几月更换？", replace(BOARD, score=0.45), other)
    assert [one.hit.article_no for one in result.citations] == [3]


def test_a_best_match_that_has_ended_is_told_first_with_what_took_its_place():
    old = replace(
        BOARD,
        title="旧井水办法",
        status="已废止",
        effective_to=date(2024, 5, 1),
        replaced_by=TITLE,
        article_no=7,
        article="第七条",
    )
    result = told("井台的标牌几月更换？", old, replace(BOARD, score=0.8))
    assert result.answer.startswith(f"《旧井水办法》自2024年5月1日起已废止，由《{TITLE}》取代")
    assert [(one.hit.title, one.hit.status) for one in result.citations] == [
        ("旧井水办法", "已废止"),
        (TITLE, "现行有效"),
    ]


def test_what_has_ended_and_is_no_better_match_stays_out():
    old = replace(BOARD, title="旧井水办法", status="已废止", effective_to=date(2024, 5, 1), replaced_by=TITLE)
    assert [one.hit.title for one in told("井台的标牌几月更换？", old, BOARD).citations] == [TITLE]


def test_a_report_stands_beside_the_law_only_where_it_is_found_first():
    report = replace(BOARD, kind="report", title="云岫局2024年报告", article="", article_no=0, heading="一、总体情况")
    assert [one.hit.title for one in told("井台的标牌几月更换？", BOARD, replace(report, score=0.85)).citations] == [
        TITLE
    ]
    assert told("井台的标牌几月更换？", replace(BOARD, score=0.5), report).citations[0].hit.kind == "report"


@pytest.mark.parametrize(
    ("asked", "leans"),
    [
        ("那能延长吗？", True),
        ("不服再找谁", True),
        ("没按时交怎么罚？", True),
        ("可以直接起诉吗？", True),
        ("那要几个工作日", True),
        ("要不要交费", True),
        ("人家不同意怎么办", True),
        ("过了期没去延续会怎样？", True),
        ("造假呢，罚多少", True),
        ("那谁来公布", True),
        ("环境管理台账得留几年？", False),
        ("今晚吃什么", False),
        ("行政复议要交钱吗", False),
        ("信访多久办结", False),
        ("噪声扰民怎么罚", False),
        ("商业秘密能公开吗", False),
    ],
)
def test_a_question_that_names_no_matter_of_its_own_continues_the_one_before(asked, leans):
    question = read(
        asked, [("user", "排污许可证有效期几年？"), ("assistant", "《排污许可管理条例》第十四条规定：“5年”[1]")]
    )
    assert question.leans is leans
    if leans:
        assert "排污" in question.search and question.matter == ("排污许可管理条例",)
    else:
        assert question.search == asked


@pytest.mark.parametrize(
    ("asked", "another"),
    [
        ("食品经营许可证有效期几年", True),
        ("取水许可证有效期几年", True),
        ("辐射安全许可证有效期几年", True),
        ("危险化学品经营许可证怎么办理", True),
        ("烟草专卖许可证多久换一次", True),
        ("安全生产许可证到期前多久延期", True),
        ("排污许可证有效期几年", False),
        ("排污单位的许可证几年", False),
        ("没有许可证会怎么样", False),
        ("伪造排污许可证罚多少", False),
        ("许可证到期怎么办", False),
        ("换了法人代表几天内要去变更排污许可证", False),
        ("证件没有排污许可证行不行", False),
    ],
)
def test_a_licence_of_another_kind_is_another_matter(asked, another):
    permit = replace(BOARD, title="排污许可管理条例", text="排污许可证有效期为5年。排污单位应当于届满60日前申请延续。")
    assert of_another_kind(asked, permit) is another


def test_a_short_name_of_a_kind_is_known_in_the_long_one():
    waste = replace(BOARD, title="固体废物污染环境防治法", text="从事危险废物经营活动的单位，应当申请取得许可证。")
    assert not of_another_kind("危废经营许可证怎么办", waste)


@pytest.mark.parametrize(
    ("asked", "another"),
    [
        ("政府采购投诉几天答复", True),
        ("劳动仲裁多久出结果", True),
        ("工伤认定要多少天", True),
        ("医疗事故鉴定几天出结果", True),
        ("商标异议多久答复", True),
        ("消费者投诉几天答复", True),
        ("群众投诉几天答复", False),
        ("对信息公开投诉几天答复", False),
        ("收到投诉几天答复", False),
        ("第三方提出异议怎么办", False),
        ("申请几天答复", False),
    ],
)
def test_a_procedure_of_another_field_is_another_matter(asked, another):
    answers = replace(
        BOARD, title="政府信息公开条例", text="不能当场答复的，应当自收到申请之日起20个工作日内予以答复。"
    )
    assert of_another_kind(asked, answers) is another


@pytest.mark.parametrize(
    ("question", "text", "answered"),
    [
        ("规范性文件要不要备案", "规范性文件不得设定行政处罚。", False),
        ("规范性文件需不需要合法性审查", "规范性文件不得设定行政许可。", False),
        ("罚款决定要不要公证", "罚款决定应当送达当事人。", False),
        ("公开指南要不要备案", "公开指南应当及时更新。", False),
        ("处罚决定必须审计吗", "处罚决定应当书面作出。", False),
        ("井台标牌要不要招标", "管井人应当更换井台的标牌。", False),
        ("登记表要不要备案", "登记表报县级主管部门备案。", True),
        ("执法人员该不该回避", "执法人员与案件有利害关系的，应当回避。", True),
        ("达标规划要不要公示", "达标规划应当向社会公开。", True),
        ("文件要不要归档", "文件应当按照规定归档。", True),
        ("标牌要不要更换", "井台的标志由管井人换新。", True),
    ],
)
def test_whether_an_act_must_be_done_is_not_answered_by_what_does_not_name_the_act(question, text, answered):
    assert told(question, replace(BOARD, text=text)).refused is not answered


def test_a_report_lends_the_law_no_likelihood():
    report = replace(BOARD, kind="report", title="某局年度报告", article="", article_no=0, score=0.47)
    weak = replace(BOARD, score=0.15)

    class Both(Scored):
        def search(self, text, k=10, kind=None, as_of=None):
            return [weak, report]

    *_, last = answer("废止了的文件还要不要公开", Both([weak, report]))
    assert last.result.refused


@pytest.mark.parametrize(
    ("question", "law"),
    [
        ("工伤认定几天出结果", "工伤保险条例"),
        ("交了社保能取公积金买房吗", "住房公积金管理条例"),
        ("政府采购质疑几天内要回复", "政府采购法"),
        ("注册商标要几个月", "商标法"),
        ("食品店的经营许可证几年一换", "食品安全法"),
    ],
)
def test_what_another_law_governs_is_told_by_its_name(built_in, question, law):
    *_, last = answer(question, built_in)
    assert last.result.refused and not last.result.citations
    assert f"《{law}》" in last.result.answer


@pytest.mark.parametrize(
    "question",
    [
        "依申请公开多久答复",
        "企业环境信息每年几月前要披露",
        "排污许可证有效期几年",
        "年报几月前公布",
        "信息处理费怎么算",
    ],
)
def test_what_is_held_is_not_sent_elsewhere(built_in, question):
    *_, last = answer(question, built_in)
    assert not last.result.refused and last.result.citations
