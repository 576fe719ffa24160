"""Articles that Word numbers by itself are read with the numbers that it prints."""

from copy import deepcopy

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest import read
from ingest.word_numbering import _written


def numbered(document, number, levels, style=""):
    """A list definition: levels are (format, pattern); returns nothing, ``number`` is its numId."""
    root = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{inner}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def paragraph(document, text, number=0, level=0, style=None):
    added = document.add_paragraph(text, style=style)
    if number:
        added._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        )
    return added


@pytest.fixture
def statute(tmp_path):
    document = docx.Document()
    numbered(document, 71, [("chineseCountingThousand", "第%1章"), ("chineseCountingThousand", "（%2）")])
    numbered(document, 72, [("chineseCountingThousand", "第%1条"), ("bullet", "•"), ("decimal", "%3.")])
    document.add_paragraph("云川县示范办法")
    document.add_paragraph("（2024年5月6日云川县人民政府令第7号公布　自2024年7月1日起施行）")
    paragraph(document, "总则", 71)
    paragraph(document, "为了示范，制定本办法。", 72)
    paragraph(document, "本办法适用于下列事项：", 72)
    paragraph(document, "甲；", 71, 1)
    paragraph(document, "乙。", 71, 1)
    paragraph(document, "附则", 71)
    styled = document.styles.add_style("条", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    styled.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="72"/></w:numPr>'))
    paragraph(document, "由县政府解释。", style="条")
    paragraph(document, "", 72)  # prints a number, and is no article
    paragraph(document, "点", 72, 1)
    document.save(tmp_path / "办法.docx")
    return read(tmp_path / "办法.docx")


def test_articles_chapters_and_items_have_their_printed_numbers(statute):
    assert [(p.article, p.heading) for p in statute.passages][:2] == [
        ("第一条", "第一章 总则"),
        ("第二条", "第一章 总则"),
    ]
    assert statute.passages[1].text == "本办法适用于下列事项：\n（一）甲；\n（二）乙。"
    assert (statute.passages[2].article, statute.passages[2].heading) == ("第三条", "第二章 附则")
    assert statute.passages[2].text.startswith("由县政府解释。")
    assert (statute.number, statute.promulgated.isoformat()) == ("云川县人民政府令第7号", "2024-05-06")


def test_a_list_may_begin_anew(tmp_path):
    document = docx.Document()
    numbered(document, 72, [("chineseCounting", "第%1条")])
    root = document.part.numbering_part.element
    again = deepcopy(root.findall("{*}num")[-1])
    again.set(again.keys()[0], "73")
    again.append(parse_xml(f'<w:lvlOverride {nsdecls("w")} w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'))
    root.append(again)
    document.add_paragraph("示范规定")
    for number in (72, 72, 73):
        paragraph(document, "内容。", number)
    document.save(tmp_path / "规定.docx")
    assert [p.article_no for p in read(tmp_path / "规定.docx").passages] == [1, 2, 5]


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("ideographTraditional", "甲乙丙"),
        ("ideographZodiac", "子丑寅"),
        ("chineseLegalSimplified", "壹贰叁"),
        ("chineseCounting", "一二三"),
        ("decimalEnclosedCircleChinese", "①②③"),
        ("decimalEnclosedCircle", "①②③"),
        ("decimalEnclosedParen", "⑴⑵⑶"),
        ("ideographEnclosedCircle", "㊀㊁㊂"),
        ("decimal", "123"),
        ("upperLetter", "ABC"),
        ("upperRoman", ["I", "II", "III"]),
    ],
)
def test_each_form_of_number_is_printed_as_word_prints_it(form, printed):
    assert [_written(number, form) for number in (1, 2, 3)] == list(printed)


def test_the_tenth_of_each_form():
    assert [_written(10, form) for form in ("chineseLegalSimplified", "ideographTraditional", "chineseCounting")] == [
        "壹拾",
        "癸",
        "十",
    ]


def run(text, tag=""):
    inner = f"<w:r><w:t>{text}</w:t></w:r>"
    return f'<w:{tag} w:id="1" w:author="甲" w:date="2025-01-02T00:00:00Z">{inner}</w:{tag}>' if tag else inner


RUBY = "<w:r><w:ruby><w:rt><w:r><w:t>jing</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>泾</w:t></w:r></w:rubyBase></w:ruby></w:r>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (run("行政许可38件", "moveFrom") + run("，") + run("行政许可38件", "moveTo"), "，行政许可38件"),
        (run("行政处罚38件", "moveTo") + run("。") + run("行政处罚38件", "moveFrom"), "行政处罚38件。"),
        (run("公开") + run("六", "del") + run("七", "ins") + run("条"), "公开七条"),
        (RUBY + run("县生态环境局"), "泾县生态环境局"),
        (run("云") + RUBY + run("镇"), "云泾镇"),
    ],
)
def test_moved_text_counts_once_and_ruby_is_no_part_of_the_sentence(inner, text):
    from ingest.word_files import _text

    assert _text(parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>")) == text
