"""批注: comments where the findings stand, revisions that leave no trace once rejected, all else untouched."""

import re
import shutil
import subprocess
import zipfile
from io import BytesIO

import docx
import pytest
from lxml import etree

import ingest
from annotating import annotate
from annotating.body import paragraphs, shown
from checks import check
from domain import UnusableInput
from services import REGISTRY
from store.cited import KnownLaw
from tests.annotating.word_files import FIRST, KINDS, SECOND, W, changed, faulty, packed

AUTHOR = "gongkai体检"
WRONG = {"布署": "应为", "了了": "疑有", "台帐": "应为", "惯彻": "应为", "条列": "应为"}


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    return faulty(tmp_path_factory.mktemp("word") / "报告.docx")


@pytest.fixture
def read(tmp_path):
    def run(data):
        path = tmp_path / "报告.docx"
        path.write_bytes(data)
        return ingest.read_report(path)

    return run


@pytest.fixture
def annotated(read):
    """(the findings, what was made of the bytes)."""

    def run(data):
        published, law = read(data), KnownLaw(REGISTRY)
        found = check(published, validity=law.validity, article_exists=law.article_exists, titles=law.titles)
        return found, annotate(data, published, found, read)

    return run


def body(data):
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def comments(data):
    """Each comment's text → the text that it is anchored at, struck text left out."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        (name,) = [one for one in archive.namelist() if re.search(r"comments\d*\.xml$", one)]
        held = etree.fromstring(archive.read(name))
    root, found = body(data), {}
    for comment in held:
        identity, inside, text = comment.get(f"{W}id"), False, ""
        for node in root.iter():
            if node.tag in (f"{W}commentRangeStart", f"{W}commentRangeEnd") and node.get(f"{W}id") == identity:
                inside = node.tag.endswith("Start")
            elif (
                node.tag in (f"{W}t", f"{W}delText")
                and inside
                and not node.getparent().getparent().tag.endswith("}ins")
            ):
                text += node.text or ""
        assert sum(one.get(f"{W}id") == identity for one in root.iter(f"{W}commentReference")) == 1
        found["\n".join("".join(one.itertext()) for one in comment)] = text
    return found


def texts(root):
    """Every paragraph as it is printed before any revision is accepted: text, tabs, breaks, struck text as such."""
    told = []
    for one in root.iter(f"{W}p"):
        pieces = []
        for node in one.iter():
            if node.tag in (f"{W}t", f"{W}delText"):
                pieces.append((node.tag[-1], shown(node)))
            elif node.tag in (f"{W}tab", f"{W}br"):
                pieces.append(("", node.tag))
        told.append("".join(f"[-{text}-]" if kind == "l" else text for kind, text in pieces))
    return told


def without_revisions(root, author):
    """Reject all revisions of an author: what was added goes, what was struck comes back."""
    for added in [one for one in root.iter(f"{W}ins") if one.get(f"{W}author") == author]:
        added.getparent().remove(added)
    for struck in [one for one in root.iter(f"{W}del") if one.get(f"{W}author") == author]:
        for run in struck:
            for text in run.iter(f"{W}delText"):
                text.tag = f"{W}t"
            struck.addprevious(run)
        struck.getparent().remove(struck)
    return root


@pytest.mark.parametrize("kind", KINDS)
def test_rejecting_all_revisions_gives_the_text_back(kind, original, annotated):
    data = changed(original, KINDS[kind])
    found, made = annotated(data)
    assert made.revisions >= 5 and made.comments == len(found)
    assert texts(without_revisions(body(made.data), AUTHOR)) == texts(body(data))


@pytest.mark.parametrize("kind", KINDS)
def test_accepting_them_mends_the_report(kind, original, annotated, read):
    """The reader takes added text and leaves struck text out, as Word prints it once all is accepted."""
    _, made = annotated(changed(original, KINDS[kind]))
    published = read(made.data)
    told = "\n".join(text for section in published.sections for text in section.paragraphs)
    assert "按照上级部署规范了流程，根据《中华人民共和国政府信息公开条例》办理" in told
    assert "建立台账，贯彻落实政府信息公开条例要求" in told
    granted = published.tables["table3"]["granted"]
    assert granted["total"] == sum(value for key, value in granted.items() if key != "total")


@pytest.mark.parametrize("kind", KINDS)
def test_a_comment_stands_at_its_sentence_or_cell(kind, original, annotated, read):
    _, made = annotated(changed(original, KINDS[kind]))
    found = comments(made.data)

    def at(words):
        return [place for told, place in found.items() if words in told]

    assert all(any(word in place for place in at(f"“{word}”{end}")) for word, end in WRONG.items())
    assert all("国务院政府信息公开条例" in place for place in at("LAW-NAME"))
    published = read(original)
    (row,), (column,) = at("T3-ROW"), at("T3-SUM")
    assert row == str(published.tables["table3"]["granted"]["total"])
    assert column == str(published.tables["table3"]["total_processed"]["total"])


def test_what_was_not_touched_is_the_same_byte_for_byte(original, annotated):
    _, made = annotated(original)
    before, after = (zipfile.ZipFile(BytesIO(one)) for one in (original, made.data))
    own = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "word/comments.xml"}
    assert set(after.namelist()) == set(before.namelist()) | own
    assert all(before.read(name) == after.read(name) for name in set(before.namelist()) - own)
    assert [name for name in after.namelist() if name in before.namelist()] == before.namelist()


def test_comments_that_were_there_stay_and_keep_their_numbers(original, annotated, tmp_path):
    path = tmp_path / "有批注.docx"
    path.write_bytes(original)
    document = docx.Document(str(path))
    document.add_comment(document.paragraphs[0].runs, "请王科长核对", author="张三")
    document.sections[0].header.paragraphs[0].text = "云溪县生态环境局"
    document.save(str(path))
    _, made = annotated(path.read_bytes())
    path.write_bytes(made.data)
    again = docx.Document(str(path))
    told = list(again.comments)
    assert (told[0].author, told[0].text) == ("张三", "请王科长核对")
    assert len({one.comment_id for one in told}) == len(told) == made.comments + 1
    assert again.sections[0].header.paragraphs[0].text == "云溪县生态环境局"


def test_another_hands_revisions_stay(original, annotated):
    _, made = annotated(changed(original, KINDS["revised"]))
    theirs = [
        one for one in body(made.data).iter(f"{W}ins", f"{W}del", f"{W}moveFrom") if one.get(f"{W}author") == "张三"
    ]
    assert ["".join(one.itertext()) for one in theirs] == ["布署", "，并按要求布署", "惯彻落实。"]
    numbers = [one.get(f"{W}id") for one in body(made.data).iter(f"{W}ins", f"{W}del")]
    assert len(set(numbers)) == len(numbers)


def test_a_field_and_another_hands_insertion_are_commented_and_not_changed(original, annotated):
    _, made = annotated(changed(original, KINDS["fielded"]))
    results = [one for one in body(made.data).iter(f"{W}t") if one.text == "布署"]
    assert results and all(one.getparent().getparent().tag == f"{W}p" for one in results)


def test_a_file_without_findings_comes_back_as_it_was(original, read):
    made = annotate(original, read(original), (), read)
    before, after = (zipfile.ZipFile(BytesIO(one)) for one in (original, made.data))
    assert (made.comments, made.revisions) == (0, 0)
    assert before.namelist() == after.namelist()
    assert texts(body(made.data)) == texts(body(original))


def test_a_broken_or_strange_package_is_refused(original, read):
    published = read(original)
    strict = {"word/document.xml": b"<document xmlns='http://purl.oclc.org/ooxml/wordprocessingml/main'/>"}
    with zipfile.ZipFile(BytesIO(original)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for data in (b"%PDF-1.7", original[:3000], packed({"word/document.xml": b"<x/>"}), packed(parts | strict)):
        with pytest.raises(UnusableInput, match="不能加批注"):
            annotate(data, published, (), read)


# --- the words as a reader sees them ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        ("<w:r><w:t>公开</w:t></w:r><w:r><w:t>条例</w:t></w:r>", "公开条例"),
        ("<w:r><w:t>  公开  </w:t></w:r>", "公开"),
        ('<w:r><w:t xml:space="preserve">公开 </w:t></w:r><w:r><w:t>条例</w:t></w:r>', "公开 条例"),
        ("<w:r><w:t>公开</w:t><w:tab/><w:t>条例</w:t><w:br/></w:r>", "公开\t条例\n"),
        ("<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>", "新"),
        ("<w:moveFrom><w:r><w:t>走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>来</w:t></w:r></w:moveTo>", "来"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>xiù</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>岫</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "岫",
        ),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>", ""),
        ("<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>字</w:t></w:r>", "字"),
    ],
)
def test_the_text_of_a_paragraph(inside, seen):
    root = etree.fromstring(f'<w:p xmlns:w="{W.strip("{}")}">{inside}</w:p>')
    assert paragraphs(root)[0].text == seen


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("信息 公开", "信息公开"),
        ("信息公开3件", "信息公开３件"),
        ("电话***询问", "电话010-12345678询问"),
        ("没有的话", None),
    ],
)
def test_words_are_found_without_blanks_and_widths(words, found):
    text = "全年信息公开３件，可拨电话010-12345678询问。"
    root = etree.fromstring(f'<w:p xmlns:w="{W.strip("{}")}"><w:r><w:t>{text}</w:t></w:r></w:p>')
    span = paragraphs(root)[0].find(words)
    assert (text[span.start : span.end] if span else None) == found


# --- LibreOffice ------------------------------------------------------------------------------------

REJECT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Reject(source As String, target As String, rejects As String)
 Dim hidden(0) As New com.sun.star.beans.PropertyValue
 hidden(0).Name = "Hidden" : hidden(0).Value = True
 document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
 If rejects = "yes" Then
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  helper.executeDispatch(document.CurrentController.Frame, ".uno:RejectAllTrackedChanges", "", 0, Array())
 End If
 Dim text(1) As New com.sun.star.beans.PropertyValue
 text(0).Name = "FilterName" : text(0).Value = "Text (encoded)"
 text(1).Name = "FilterOptions" : text(1).Value = "UTF8"
 document.storeToURL(target, text())
 document.close(True)
End Sub
</script:module>"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>"""


@pytest.fixture(scope="module")
def office(tmp_path_factory, libreoffice):
    """Run LibreOffice with a profile of its own."""
    profile = tmp_path_factory.mktemp("profile")

    def run(*arguments):
        command = [libreoffice, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}", *arguments]
        subprocess.run(command, capture_output=True, timeout=180, check=False, stdin=subprocess.DEVNULL)

    run("--terminate_after_init")
    basic = profile / "user" / "basic" / "Standard"
    basic.mkdir(parents=True, exist_ok=True)
    (basic / "Module1.xba").write_text(REJECT, encoding="utf-8")
    (basic / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    return run


@pytest.mark.thorough
def test_libreoffice_gives_the_text_back_when_all_is_rejected(original, annotated, office, tmp_path):
    _, made = annotated(original)
    told = {}
    for name, data, rejects in (("before", original, "no"), ("after", made.data, "yes")):
        source, target = tmp_path / f"{name}.docx", tmp_path / f"{name}.txt"
        source.write_bytes(data)
        office(f'macro:///Standard.Module1.Reject("{source.as_uri()}","{target.as_uri()}","{rejects}")')
        told[name] = target.read_text(encoding="utf-8-sig")
    assert FIRST in told["before"] and SECOND in told["before"]
    assert told["after"] == told["before"]


@pytest.mark.thorough
def test_a_file_that_libreoffice_wrote_is_annotated(original, annotated, office, tmp_path):
    source = tmp_path / "报告.docx"
    source.write_bytes(original)
    office("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "out"), str(source))
    data = (tmp_path / "out" / "报告.docx").read_bytes()
    found, made = annotated(data)
    assert made.revisions >= 5 and made.comments == len(found)
    assert texts(without_revisions(body(made.data), AUTHOR)) == texts(body(data))
    shutil.rmtree(tmp_path / "out")
