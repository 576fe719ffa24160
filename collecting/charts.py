"""Bar charts in a .docx that Word itself draws (DrawingML): no picture, so no font or library of pictures is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_BLUE = "2558A8"
_BAR, _FRAME, _WIDTH = Mm(9), Mm(26), Mm(150)


@dataclass(frozen=True)
class Bars:
    """Bars of one colour from top to bottom: (what, how many)."""

    title: str
    unit: str
    bars: Sequence[tuple[str, int]]


def add_chart(document, chart: Bars) -> None:
    """A paragraph with the chart, and its figures as its description for those who do not see it."""
    package = document.part.package
    number = sum(part.partname.startswith("/word/charts/") for part in package.iter_parts()) + 1
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _TYPE, _xml(chart).encode(), package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    said = "，".join(f"{label}{value}{chart.unit}" for label, value in chart.bars)
    height = _FRAME + _BAR * len(chart.bars)
    paragraph = document.add_paragraph(style="Body Text")
    paragraph.paragraph_format.first_line_indent = 0
    paragraph.paragraph_format.line_spacing = 1.0  # a line of fixed height would cut the chart off
    inline = (
        f'<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{int(_WIDTH)}" cy="{int(height)}"/>'
        f'<wp:docPr id="{100 + number}" name="图{number}" descr={quoteattr(f"{chart.title}：{said}")}/>'
        f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" r:id="{relation}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
    paragraph.add_run()._r.append(parse_xml(inline))


def _xml(chart: Bars) -> str:
    labels = "".join(f'<c:pt idx="{at}"><c:v>{escape(label)}</c:v></c:pt>' for at, (label, _) in enumerate(chart.bars))
    values = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, (_, value) in enumerate(chart.bars))
    count = f'<c:ptCount val="{len(chart.bars)}"/>'
    title = f"{chart.title}（{chart.unit}）"
    off = '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAWING}"><c:chart>'
        f'<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r><a:rPr lang="zh-CN" sz="1200" b="1"/>'
        f'<a:t>{escape(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
        '<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/>'
        '<c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order val="0"/>'
        f'<c:tx><c:strRef><c:f>Sheet1!$B$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(chart.unit)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{_BLUE}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/><c:dLbls>{off}</c:dLbls>'
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${len(chart.bars) + 1}</c:f><c:strCache>{count}{labels}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!$B$2:$B${len(chart.bars) + 1}</c:f><c:numCache><c:formatCode>General</c:formatCode>{count}{values}</c:numCache></c:numRef></c:val>"
        '</c:ser><c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="1"/><c:axPos val="t"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="max"/></c:valAx>'
        '</c:plotArea><c:plotVisOnly val="1"/></c:chart></c:chartSpace>'
    )
