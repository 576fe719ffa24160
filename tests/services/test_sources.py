"""Files beside a question, and sources that an answer leaves out."""

import shutil
from dataclasses import replace

import pytest

from domain import UnusableInput
from services import EXAMPLES, Gongkai, last_result
from settings import Settings

LEDGERS = {year: EXAMPLES / f"台账示例-{year}.xlsx" for year in (2024, 2025)}
REPORT = EXAMPLES / "年度报告示例-2024.md"
LATE = "申请人反复大量提交申请怎么办？"


@pytest.fixture(scope="module")
def services(filled_home, weights_folder, tmp_path_factory):
    home = tmp_path_factory.mktemp("sources") / "data"
    shutil.copytree(filled_home, home)
    services = Gongkai(Settings(home=home, llm="none", weights=weights_folder))
    yield services
    services.close()


@pytest.fixture
def user(services):
    return services.people.local()


@pytest.fixture
def thread(services, user):
    return services.conversations.start(user).id


def ask(services, question, *attached, unticked=(), ledger=None, history=()):
    return last_result(
        services.answers.ask(question, ledger=ledger, attached=attached, unticked=unticked, history=history)
    )


def key(services, label):
    return next(one.key for one in services.sources.listed() if label in one.label)


@pytest.mark.parametrize(
    ("path", "told", "asked", "said"),
    [
        (LEDGERS[2025], "台账", "新收多少件申请？", "2025年新收政府信息公开申请24件"),
        (LEDGERS[2024], "台账", "这本台账里新收多少件申请？", "台账示例-2024.xlsx"),
        (LEDGERS[2025], "台账", "2025年行政处罚多少件？", "台账示例-2025.xlsx"),
        (REPORT, "报告", "这份报告里新收多少件申请？", "2024年新收政府信息公开申请"),
        (REPORT, "报告", "附件的问题部分怎么写的？", "存在的主要问题"),
        (REPORT, "报告", "这份报告怎么写培训的？", "培训"),
    ],
)
def test_what_lies_beside_the_question_answers_it(services, user, thread, path, told, asked, said):
    (held,) = services.sources.attach(user, thread, path, path.name)
    assert (held.name, held.told[:2]) == (path.name, told)
    answer = ask(services, asked, held)
    assert not answer.refused and said in answer.answer, answer


def test_a_file_beside_the_question_leaves_the_law_to_the_law(services, user, thread):
    (held,) = services.sources.attach(user, thread, LEDGERS[2025], "本年台账.xlsx")
    assert "第三十五条" in ask(services, LATE, held).answer


def test_a_ledger_beside_the_question_comes_before_the_one_on_the_desk(services, user, thread, tmp_path):
    import openpyxl

    book = openpyxl.load_workbook(LEDGERS[2025])
    book["基本信息"]["B1"] = "临河县生态环境局"
    book.save(tmp_path / "别人的.xlsx")
    desk = services.ledgers.compute(LEDGERS[2024])
    (held,) = services.sources.attach(user, thread, tmp_path / "别人的.xlsx", "别人的.xlsx")
    answer = ask(services, "新收多少件申请？", held, ledger=desk)
    assert "别人的.xlsx" in answer.answer and "台账示例-2024" not in answer.answer


@pytest.mark.parametrize("name", ["说明.zip", "图片.png", "数据.json"])
def test_what_is_neither_ledger_nor_report_is_told(services, user, thread, tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UnusableInput, match=f"“{name}”不是台账"):
        services.sources.attach(user, thread, tmp_path / name, name)


def test_a_ledger_that_cannot_be_read_is_told_and_not_kept(services, user, thread, tmp_path):
    (tmp_path / "台账.xlsx").write_bytes(b"no workbook")
    with pytest.raises(UnusableInput):
        services.sources.attach(user, thread, tmp_path / "台账.xlsx", "台账.xlsx")
    assert services.sources.attached(user, thread) == ()


def test_files_are_their_owners_and_go_with_the_conversation(services, user, thread):
    (held,) = services.sources.attach(user, thread, LEDGERS[2025], "台账.xlsx")
    assert services.sources.attach(user, thread, LEDGERS[2025], "台账.xlsx")[0].id != held.id  # the same once more
    other = replace(user, id=user.id + 1)
    with pytest.raises(UnusableInput):
        services.sources.attached(other, thread)
    with pytest.raises(UnusableInput):
        services.sources.detach(other, thread, held.id)
    assert len(services.sources.attached(user, thread)) == 1
    services.conversations.delete(user, thread)
    with pytest.raises(UnusableInput):
        services.sources.attached(user, thread)


def test_no_name_of_an_applicant_is_kept_with_a_ledger(services, user, thread):
    services.sources.attach(user, thread, LEDGERS[2025], "台账.xlsx")
    kept = services.sources.attached(user, thread)[0]
    rows = services.ledgers.explain(LEDGERS[2025], "table3.new_received.total").rows
    assert rows and "申请人" in "".join(rows[0].cells)
    import openpyxl

    sheet = openpyxl.load_workbook(LEDGERS[2025])["依申请公开"]
    people = [
        str(cell.value) for column in sheet.columns if "申请人名称" in str(column[0].value) for cell in column[1:]
    ]
    assert not any(name in str(kept) for name in people if len(name) > 2)


@pytest.mark.parametrize(
    ("asked", "unticked", "where"),
    [
        (LATE, "行政法规", "法规：行政法规"),
        ("《政府信息公开条例》第三十五条怎么规定的？", "行政法规", "法规：行政法规"),
        ("2025年新收多少件申请？", "本单位台账", "本单位台账的数字"),
    ],
)
def test_an_answer_keeps_to_what_is_ticked_and_says_where_the_rest_lies(services, asked, unticked, where):
    ledger = services.ledgers.compute(LEDGERS[2025])
    assert not ask(services, asked, ledger=ledger).refused
    left = ask(services, asked, ledger=ledger, unticked=[key(services, unticked)])
    assert left.refused and where in left.answer and "没有勾选" in left.answer
    assert not left.citations


def test_what_is_ticked_is_as_it_was(services):
    whole = ask(services, LATE)
    report = key(services, "年度报告")
    assert ask(services, LATE, unticked=[report]).answer == whole.answer


def test_what_nothing_answers_is_refused_as_ever(services):
    left = ask(services, "食堂的红烧肉多少钱一份？", unticked=[key(services, "行政法规")])
    assert left.refused and "没有勾选" not in left.answer
