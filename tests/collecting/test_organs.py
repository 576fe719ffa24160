"""Which organ a name means: the whole list of ways in which a county's organs are really written."""

import pytest

from collecting.organs import EXACT, SAME, SHORT, is_government, listed, local, match, named_in, read_organs
from domain import UnusableInput

LIST = listed(
    "1. 青石县教育体育局（教体局）\n2、青石县市场监督管理局\n青石县人民政府办公室\n青石县财政局\n城关镇人民政府，青石经济开发区管理委员会\n"
    "（三）青石县自然资源局\n青石县住房和城乡建设局 青石县人民政府\n市城市管理局\n青石县卫生健康局\n# 以下为乡镇\n临河乡人民政府；临山乡人民政府"
)


def test_a_list_is_read_as_people_write_it():
    assert [organ.name for organ in LIST] == [
        "青石县教育体育局",
        "青石县市场监督管理局",
        "青石县人民政府办公室",
        "青石县财政局",
        "城关镇人民政府",
        "青石经济开发区管理委员会",
        "青石县自然资源局",
        "青石县住房和城乡建设局",
        "青石县人民政府",
        "市城市管理局",
        "青石县卫生健康局",
        "临河乡人民政府",
        "临山乡人民政府",
    ]


@pytest.mark.parametrize(
    ("name", "organ", "how"),
    [
        ("青石县财政局", "青石县财政局", EXACT),
        ("青石县 财政局", "青石县财政局", EXACT),
        ("财政局", "青石县财政局", SAME),
        ("县财政局", "青石县财政局", SAME),
        ("青州市青石县财政局", "青石县财政局", SAME),
        ("教体局", "青石县教育体育局", SAME),
        ("县教体局", "青石县教育体育局", SAME),
        ("青石县市场监管局", "青石县市场监督管理局", SHORT),
        ("市监局", "青石县市场监督管理局", SHORT),
        ("住建局", "青石县住房和城乡建设局", SHORT),
        ("青石县住房城乡建设局", "青石县住房和城乡建设局", SHORT),
        ("卫健委", "青石县卫生健康局", SHORT),
        ("县政府办公室", "青石县人民政府办公室", SAME),
        ("青石县人民政府", "青石县人民政府", EXACT),
        ("经济开发区管委会", "青石经济开发区管理委员会", SHORT),
        ("青石县城关镇人民政府", "城关镇人民政府", SAME),
        ("城管局", "市城市管理局", SHORT),
        ("教育局", "青石县教育体育局", SHORT),
    ],
)
def test_a_name_means_one_organ(name, organ, how):
    assert (match(name, LIST).only, match(name, LIST).how) == (organ, how)


@pytest.mark.parametrize(
    "name",
    [
        "白水县财政局",
        "白水县教育体育局",
        "青石县水务局",
        "青石县林业局",
        "县委办公室",
        "青州市人民政府",
        "青石县财政局城关分局",
        "乡人民政府",
        "",
    ],
)
def test_a_name_of_another_organ_means_none(name):
    assert match(name, LIST).how == 0


def test_a_name_that_fits_two_organs_names_both():
    organs = listed("青石县农业农村局\n青石县农业综合局\n青石县民政局")
    assert match("农业局", organs).organs == ("青石县农业农村局", "青石县农业综合局")
    assert match("农业局", organs).only == ""


@pytest.mark.parametrize(
    ("name", "place", "rest"),
    [
        ("青石县教育局", "青石县", "教育局"),
        ("青州市河口区教育局", "青州市河口区", "教育局"),
        ("市场监督管理局", "", "市场监督管理局"),
        ("市市场监督管理局", "市", "市场监督管理局"),
        ("县政府办公室", "县", "政府办公室"),
        ("市政管理局", "", "市政管理局"),
        ("经济技术开发区管委会", "", "经济技术开发区管委会"),
    ],
)
def test_the_place_of_a_name(name, place, rest):
    assert local(name) == (place, rest)


@pytest.mark.parametrize(
    ("name", "yes"),
    [
        ("青石县人民政府", True),
        ("县政府", True),
        ("城关镇人民政府", False),
        ("青石县人民政府办公室", False),
        ("教育局", False),
    ],
)
def test_which_names_are_of_the_government_itself(name, yes):
    assert is_government(name) is yes


@pytest.mark.parametrize(
    ("file", "organ"),
    [
        ("2025年教育体育局年报.docx", "青石县教育体育局"),
        ("青石县人民政府办公室2025.pdf", "青石县人民政府办公室"),
        ("年报.docx", ""),
        ("财政局转自然资源局.docx", ""),
    ],
)
def test_an_organ_named_by_a_file(file, organ):
    assert named_in(file, LIST).only == organ


@pytest.mark.parametrize(
    ("text", "said"), [("", "没有单位名称"), ("12\n34", "没有单位名称"), ("甲县教育局\n甲县教育局", "写了两次")]
)
def test_a_list_that_cannot_be_used_says_why(text, said):
    with pytest.raises(UnusableInput, match=said):
        listed(text)


def test_a_list_may_be_in_the_encoding_of_windows(tmp_path):
    path = tmp_path / "名单.txt"
    path.write_bytes("序号 单位名称\n青石县教育局\n".encode("gb18030"))
    assert [organ.name for organ in read_organs(path)] == ["青石县教育局"]
    with pytest.raises(UnusableInput, match="没有.txt"):
        read_organs(tmp_path / "没有.txt")
