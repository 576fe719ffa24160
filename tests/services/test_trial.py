"""A file of questions as offices write them: what is read, what is told of a line that cannot be, what counts as right."""

import json
from datetime import date

import pytest

from domain import Answer, Citation, Finished, Hit, UnusableInput
from services.trial import Tried, as_csv, asked, read_trials

DAY = date(2024, 12, 31)


def hit(title, number):
    return Hit("regulation", title, f"第{number}条", number, "文字", True, "现行有效", None, None, "", "", 1.0)


def answered(text="每年一月三十一日前公布[1]", *articles, refused=False):
    return Answer(text, "extractive", refused, tuple(Citation(n, hit(*one)) for n, one in enumerate(articles, start=1)))


def written(folder, *lines, encoding="utf-8"):
    path = folder / "问题.jsonl"
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def test_a_question_keeps_its_id_its_conversation_its_day_and_what_is_expected(tmp_path):
    line = {
        "id": "a1",
        "q": "能延期吗",
        "after": ["几天答复"],
        "as_of": "2024-12-31",
        "gold": ["《中华人民共和国政府信息公开条例》#33"],
    }
    (one, two) = read_trials(
        written(tmp_path, json.dumps(line, ensure_ascii=False), "", '{"q": "年报\u2028几月公布"}')
    ).trials
    assert (one.id, one.after, one.as_of, one.articles) == ("a1", ("几天答复",), DAY, ("政府信息公开条例#33",))
    assert (two.id, two.line, two.question, two.expects) == (3, 3, "年报\u2028几月公布", False)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"q": "年报', "不是一个完整的 JSON 对象"),
        ("[" * 100_000, "不是一个完整的 JSON 对象"),
        ('["年报"]', "应当是一个 JSON 对象"),
        ('{"id": 1}', "没有问题"),
        ('{"q": "  "}', "没有问题"),
        ('{"q": 3}', "没有问题"),
        ('{"q": "年报", "after": "几天"}', "after 应当是文字的列表"),
        ('{"q": "年报", "after": [1]}', "after 应当是文字的列表"),
        ('{"q": "年报", "as_of": "2024年"}', "as_of 的日期“2024年”无法识别"),
        ('{"q": "年报", "gold": ["条例第三条"]}', "gold 的“条例第三条”应写成"),
        ('{"q": "年报", "id": [1]}', "id 应当是文字或者整数"),
        ('{"q": "年报", "refused": "是"}', "refused 应当是 true 或者 false"),
    ],
)
def test_a_broken_line_is_told_by_its_number_and_the_others_are_read(tmp_path, line, told):
    read = read_trials(written(tmp_path, '{"q": "甲"}', line, '{"q": "乙"}'))
    assert [one.question for one in read.trials] == ["甲", "乙"]
    (problem,) = read.problems
    assert problem.startswith("问题.jsonl 第 2 行：") and told in problem


@pytest.mark.parametrize(
    ("lines", "encoding", "told"),
    [
        ([], "utf-8", "里没有问题"),
        (["", "  "], "utf-8", "里没有问题"),
        (["甲", "乙"], "utf-8", "第 1 行"),
        (['{"q": "年报"}'], "utf-16", "UTF-8"),
    ],
)
def test_a_file_without_a_question_is_unusable(tmp_path, lines, encoding, told):
    with pytest.raises(UnusableInput, match=told):
        read_trials(written(tmp_path, *lines, encoding=encoding))


@pytest.mark.parametrize(
    ("expected", "answer", "faults"),
    [
        ({}, answered(), 0),
        ({"gold": ["甲法#3", "乙法#4"]}, answered("可以[1]", ("乙法", 4)), 0),
        ({"gold": ["甲法#3"]}, answered("可以[1]", ("甲法", 4)), 1),
        ({"gold": ["甲法#3"], "must": ["20个工作日|二十个工作日"]}, answered("20 个工作日[1]", ("甲法", 3)), 0),
        ({"gold": ["甲法#3"], "must": ["20个工作日"]}, answered("七日[1]", ("甲法", 3)), 1),
        ({"gold": ["甲法#3"], "must": ["20个工作日"]}, answered("没有找到", refused=True), 3),
        ({"kind": "near"}, answered("没有找到", refused=True), 0),
        ({"refused": True}, answered("可以[1]", ("甲法", 3)), 1),
    ],
)
def test_an_answer_is_right_where_it_is_as_expected(tmp_path, expected, answer, faults):
    (trial,) = read_trials(written(tmp_path, json.dumps({"q": "问", **expected}, ensure_ascii=False))).trials
    tried = Tried(trial, answer)
    assert len(tried.faults) == faults
    assert tried.right is (None if not expected else not faults)


def test_the_conversation_before_a_question_is_held_first_and_one_that_cannot_be_asked_stops_no_other(tmp_path):
    heard = []

    def ask(text, as_of=None, history=()):
        heard.append((text, as_of, history))
        if text == "坏":
            raise UnusableInput("问题太长")
        yield Finished(answered(f"答{text}"))

    lines = ['{"q": "丙", "after": ["甲", "乙"]}', '{"q": "坏"}', '{"q": "丁", "as_of": "2024-12-31"}']
    first, broken, last = asked(ask, read_trials(written(tmp_path, *lines)).trials, date(2023, 1, 1))
    assert [text for text, _, _ in heard] == ["甲", "乙", "丙", "坏", "丁"]
    assert heard[2][2] == (("user", "甲"), ("assistant", "答甲"), ("user", "乙"), ("assistant", "答乙"))
    assert [day for _, day, _ in heard][-2:] == [date(2023, 1, 1), DAY]
    assert (broken.answer, broken.faults) == (None, ("问题太长",))
    assert first.as_json()["id"] == 1 and last.as_json()["answer"] == "答丁"


def test_the_results_go_into_a_spreadsheet_as_words(tmp_path):
    lines = ['{"id": "=1+1", "q": "年报", "gold": ["甲法#3"]}', '{"q": "乙"}']
    one, two = read_trials(written(tmp_path, *lines)).trials
    said = as_csv([Tried(one, answered("可以[1]", ("甲法", 3))), Tried(two, None, "问题太长")])
    assert "\n" in said and "1,'=1+1,年报,对,《甲法》第3条,《甲法》第3条,,可以[1]" in said
    assert "2,2,乙,错,,,问题太长," in said
