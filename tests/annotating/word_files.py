"""Reports as Word, WPS and LibreOffice write them: the same text in other XML, and things of the office's own in it."""

import zipfile
from io import BytesIO

import docx
from lxml import etree

from report import docx as rendering
from statutory import compute
from tests.report.finished import finished
from tests.test_app import LEDGER

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
FIRST = "，认真按照上级布署规范了了流程，根据《国务院政府信息公开条例》办理"
SECOND = "建立台帐，惯彻落实政府信息公开条列要求。"


def faulty(path):
    """A report with wrong characters, a doubled word, a name that is none and a wrong total; its bytes."""
    rendering.render(finished(compute(LEDGER)), path)
    document = docx.Document(str(path))
    first, second = [one for one in document.paragraphs if len(one.text) > 40][:2]
    first.runs[0].text = first.runs[0].text.rstrip("。") + FIRST
    second.add_run(SECOND)
    row = next(
        row for row in document.tables[1].rows if "予以公开" in row.cells[1].text and "部分" not in row.cells[1].text
    )
    total = row.cells[-1].paragraphs[0].runs[0]
    total.text = str(int(total.text) + 3)
    document.save(str(path))
    return path.read_bytes()


def changed(data, change):
    """The bytes with the body of the document changed by ``change``."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    root = etree.fromstring(parts["word/document.xml"])
    change(root)
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(parts)


def packed(parts):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _runs(root):
    return [run for run in root.iter(f"{W}r") if run.find(f"{W}t") is not None and run.getparent().tag == f"{W}p"]


def shredded(root):
    """Each character a run with its own rsid, spelling marks and bookmarks between: much edited in Word."""
    for run in _runs(root):
        texts = run.findall(f"{W}t")
        if len(texts) != 1 or len(run) > 2:
            continue
        for number, char in enumerate(texts[0].text or ""):
            one = etree.Element(f"{W}r", {f"{W}rsidR": f"00AB{number:04X}"})
            if run.find(f"{W}rPr") is not None:
                one.append(etree.fromstring(etree.tostring(run.find(f"{W}rPr"))))
            text = etree.SubElement(one, f"{W}t")
            text.text = char
            text.set(SPACE, "preserve")
            run.addprevious(one)
            if number % 3 == 0:
                run.addprevious(etree.Element(f"{W}proofErr", {f"{W}type": "spellStart"}))
            if number % 7 == 0:
                run.addprevious(
                    etree.Element(f"{W}bookmarkStart", {f"{W}id": str(9000 + number), f"{W}name": f"b{number}"})
                )
                run.addprevious(etree.Element(f"{W}bookmarkEnd", {f"{W}id": str(9000 + number)}))
        run.getparent().remove(run)


def tagged(root):
    """Runs in smart tags and inline content controls."""
    for number, run in enumerate(_runs(root)):
        if number % 2:
            holder = etree.Element(f"{W}smartTag", {f"{W}uri": "urn:x", f"{W}element": "date"})
            run.addprevious(holder)
            holder.append(run)
        else:
            control = etree.Element(f"{W}sdt")
            etree.SubElement(control, f"{W}sdtPr")
            run.addprevious(control)
            etree.SubElement(control, f"{W}sdtContent").append(run)


def revised(root):
    """Another hand has struck and added words, and moved a sentence."""
    paragraph = next(one for one in root.iter(f"{W}p") if FIRST in "".join(one.itertext()))
    marks = {f"{W}author": "张三", f"{W}date": "2025-01-05T08:00:00Z"}
    struck = etree.SubElement(paragraph, f"{W}del", {f"{W}id": "7", **marks})
    etree.SubElement(etree.SubElement(struck, f"{W}r"), f"{W}delText").text = "布署"
    added = etree.SubElement(paragraph, f"{W}ins", {f"{W}id": "8", **marks})
    etree.SubElement(etree.SubElement(added, f"{W}r"), f"{W}t").text = "，并按要求布署"
    moved = etree.SubElement(paragraph, f"{W}moveFrom", {f"{W}id": "9", **marks})
    etree.SubElement(etree.SubElement(moved, f"{W}r"), f"{W}t").text = "惯彻落实。"


def fielded(root):
    """A cross-reference whose result is wrong text, a tab, a break and blanks that do not count."""
    paragraph = next(one for one in root.iter(f"{W}p") if SECOND in "".join(one.itertext()))
    for kind, name, text in (
        ("fldChar", "begin", None),
        ("instrText", "", " REF x "),
        ("fldChar", "separate", None),
        ("t", "", "布署"),
        ("fldChar", "end", None),
    ):
        node = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}{kind}")
        if name:
            node.set(f"{W}fldCharType", name)
        node.text = text
    run = etree.SubElement(paragraph, f"{W}r")
    etree.SubElement(run, f"{W}t").text = "\n   惯"
    etree.SubElement(run, f"{W}tab")
    etree.SubElement(run, f"{W}t").text = "彻执行，按上级布署 "
    etree.SubElement(run, f"{W}br")
    etree.SubElement(run, f"{W}t").text = " 办理  "


def plain(root):
    """As it is."""


KINDS = {"plain": plain, "shredded": shredded, "tagged": tagged, "revised": revised, "fielded": fielded}
