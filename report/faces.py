"""The faces of the standard's fonts that this computer has, and which others stand in for the rest in print.

LibreOffice would set everything that it lacks in one sans face. So a copy of the .docx that goes to it
names faces that are there, of the same kind: a serif for 宋 and 仿宋, a sans for 黑, a brush for 楷, bold
for 小标宋. The .docx itself keeps the standard's names, for whoever opens it has them or not.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path

from report.page_format import BODY, FALLBACK, HEADING, SMALL, SUBHEADING, TITLE

# What may stand in for a font of the standard, the likest first; the last ones are on every Linux desktop.
_SERIF = ("Songti SC", "STSong", "Source Han Serif SC", "Noto Serif CJK SC", "AR PL UMing CN", "WenQuanYi Zen Hei")
_SANS = ("Heiti SC", "STHeiti", "Source Han Sans SC", "Noto Sans CJK SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")
_BRUSH = ("Kaiti SC", "STKaiti", "KaiTi", "LXGW WenKai", "AR PL UKai CN", "AR PL KaitiM GB")
_FANGSONG = ("STFangsong", "FangSong", "FZFangSong-Z02", "Zhuque Fangsong (technical preview)")
STAND_INS = {
    TITLE: ("STZhongsong", *_SERIF),
    BODY: (*_FANGSONG, *_SERIF),
    HEADING: _SANS,
    SUBHEADING: (*_BRUSH, *_SERIF),
    SMALL: ("SimSun", *_SERIF),
}
BOLD = (TITLE,)


@cache
def installed() -> frozenset[str]:
    """The names of the font families of this computer as fontconfig lists them; none where there is no fontconfig."""
    program = shutil.which("fc-list")
    if not program:
        return frozenset()
    try:
        told = subprocess.run([program, ":", "family"], capture_output=True, timeout=20, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(name.strip() for line in told.decode("utf-8", "replace").splitlines() for name in line.split(","))


def stand_ins(here: frozenset[str]) -> dict[str, str]:
    """Font of the standard → the face that stands in for it; none for one that is here, or that nothing can stand in for."""
    if not here:
        return {}
    lacking = [name for name in STAND_INS if not {name, FALLBACK[name][0]} & here]
    found = {name: next((face for face in STAND_INS[name] if face in here), "") for name in lacking}
    return {name: face for name, face in found.items() if face}


def told(instead: dict[str, str]) -> str:
    """What is to be said of a print in other faces; "" where all are here."""
    if not instead:
        return ""
    named = "、".join(f"{name}（以 {face} 代替）" for name, face in instead.items())
    return f"这台电脑没有公文用的字体：{named}。PDF 用相近的字体排印；Word 文件仍用规定的字体，正式印发请在装有这些字体的电脑上打印"


def in_faces(document: Path, path: Path, instead: dict[str, str]) -> None:
    """A copy of ``document`` (.docx) at ``path`` in other faces."""
    with zipfile.ZipFile(document) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            content = source.read(item.filename)
            if (
                item.filename.startswith("word/")
                and item.filename.endswith(".xml")
                and "fontTable" not in item.filename
            ):
                content = _replaced(content.decode("utf-8"), instead).encode("utf-8")
            target.writestr(item, content)


def _replaced(xml: str, instead: dict[str, str]) -> str:
    for name, face in instead.items():
        if name in BOLD:
            xml = re.sub(rf'(<w:rFonts[^>]*"{re.escape(name)}"[^>]*/>)<w:b w:val="0"/>', r"\1<w:b/>", xml)
        xml = xml.replace(f'"{name}"', f'"{face}"')
    return xml
