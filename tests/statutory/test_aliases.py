"""Other words come from the alias file only; the office's own goes before the shipped one."""

import pytest

from domain import UnusableInput
from forms import load_form
from statutory import compute
from statutory.aliases import FILE_NAME, load_aliases
from statutory.vocabulary import vocabularies
from tests.statutory.ledger_samples import application, minimal, posted, row, save


@pytest.fixture
def own(tmp_path):
    def write(text):
        path = tmp_path / FILE_NAME
        path.write_text(text, encoding="utf-8")
        return path

    return write


def ledger(tmp_path):
    sheets = minimal()
    sheets["依申请公开"] += [application("2025-03-03", applicant="居民"), application("2025-03-04", applicant="居民")]
    return save(sheets, tmp_path / "台账.xlsx")


def test_the_shipped_aliases_fit_the_form():
    vocabularies(load_form("2021"), load_aliases())


def test_the_offices_own_words(tmp_path, own):
    with pytest.raises(UnusableInput, match="“申请人类型”不在可用的值之内"):
        compute(ledger(tmp_path))
    result = compute(ledger(tmp_path), own('[values."申请人类型"]\n"居民" = "自然人"\n'))
    assert result.figures.table3["new_received"]["natural_person"] == 2
    assert [w for w in result.warnings if "居民" in w] == ["工作表“依申请公开”第2、3行：申请人类型“居民”按“自然人”处理"]


def test_a_shipped_alias_can_be_changed_and_switched_off(tmp_path, own):
    sheets = minimal()
    sheets["依申请公开"].append(application("2025-03-03", applicant="公司"))
    path = save(sheets, tmp_path / "台账.xlsx")
    assert compute(path).figures.table3["new_received"]["business_enterprise"] == 1
    changed = own('[values."申请人类型"]\n"公司" = "其他"\n')
    assert compute(path, changed).figures.table3["new_received"]["other_org"] == 1
    with pytest.raises(UnusableInput, match="不在可用的值之内"):
        compute(path, own('[values."申请人类型"]\n"公司" = ""\n'))


def test_own_names_of_sheets_and_headings(tmp_path, own):
    sheets = minimal()
    sheets["网站信息"] = sheets.pop("信息发布")
    sheets["网站信息"][0][0] = "上网日"
    sheets["网站信息"].append(posted("2025-01-01"))
    words = own('[sheets]\n"网站信息" = "信息发布"\n[headings."信息发布"]\n"上网日" = "发布日期"\n')
    result = compute(save(sheets, tmp_path / "台账.xlsx"), words)
    assert result.figures.facts["published_total"] == 1
    assert {
        "工作表“网站信息”第1行：工作表“网站信息”按“信息发布”处理",
        "工作表“网站信息”第1行：列“上网日”按“发布日期”处理",
    } <= set(result.warnings)


def test_two_columns_of_one_meaning_are_not_guessed(tmp_path):
    sheets = minimal()
    sheets["信息发布"][0] = ["发布时间", "公开时间", "信息类别"]
    with pytest.raises(UnusableInput, match="列“发布日期”出现了两次"):
        compute(save(sheets, tmp_path / "台账.xlsx"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[values\n", "无法读取"),
        ("[value]\n", "不认识的部分[value]"),
        ('[sheets]\n"网站" = "信息发布台"\n', "把“网站”对应到不存在的“信息发布台”"),
        ('[headings."发布"]\n"甲" = "乙"\n', "[headings.发布]不是台账的工作表"),
        ('[headings."信息发布"]\n"甲" = "乙"\n', "把“甲”对应到不存在的“乙”"),
        ('[values."办理结果"]\n"同意" = "给予公开"\n', "把“同意”对应到不存在的值“给予公开”"),
        ('[values]\n"办理结果" = 3\n', "每行应为"),
        ("sheets = 3\n", "[sheets]应为"),
    ],
)
def test_a_wrong_alias_file_is_named(tmp_path, own, text, said):
    with pytest.raises(UnusableInput) as caught:
        compute(save(minimal(), tmp_path / "台账.xlsx"), own(text))
    assert said in str(caught.value) and FILE_NAME in str(caught.value)


def test_nothing_is_taken_by_likeness(tmp_path):
    sheets = minimal()
    sheets["行政执法"].append(row("行政执法", 决定类型="行政处理", 决定日期="2025-01-01"))
    with pytest.raises(UnusableInput, match="是否应为"):
        compute(save(sheets, tmp_path / "台账.xlsx"))


def test_the_file_in_the_data_folder_is_used(tmp_path):
    from services import Gongkai
    from settings import load_settings

    services = Gongkai(load_settings())
    services.choices.settings.home.mkdir()
    (services.choices.settings.home / FILE_NAME).write_text(
        '[values."申请人类型"]\n"居民" = "自然人"\n', encoding="utf-8"
    )
    result = services.ledgers.compute(ledger(tmp_path))
    assert result.figures.table3["new_received"]["natural_person"] == 2
    assert services.ledgers.explain(
        tmp_path / "台账.xlsx", "table3.new_received.natural_person", result
    ).provenance.rows == (
        2,
        3,
    )
