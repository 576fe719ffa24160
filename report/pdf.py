"""report.pdf, printed by LibreOffice from the .docx where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from report.faces import in_faces

SECONDS = 60
NOT_HERE = "没有生成 PDF：这台电脑上没有找到 LibreOffice，可以用 Word 或 WPS 打开 report.docx 另存为 PDF"
# Where its installers put it without a place on the search path.
_PLACES = (
    Path(os.environ.get("PROGRAMFILES", "C:/Program Files")) / "LibreOffice/program/soffice.exe",
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)


def find_office() -> str:
    """The path of LibreOffice's program; "" where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((str(place) for place in _PLACES if place.is_file()), "")


def render(document: Path, path: Path, instead: Mapping[str, str] | None = None) -> str:
    """Print ``document`` (.docx) to ``path``; return "", or in Chinese why there is no PDF.

    ``instead``: the faces that stand in for fonts that are not here (``faces.stand_ins``).

    LibreOffice gets a profile of its own, so that an open window does not take the document over.
    """
    office = find_office()
    if not office:
        return NOT_HERE
    with tempfile.TemporaryDirectory(prefix="gongkai-pdf-", ignore_cleanup_errors=True) as folder:
        printed = Path(folder) / document.name
        in_faces(document, printed, dict(instead or {}))
        command = [
            office,
            f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf:writer_pdf_Export",
            "--outdir",
            folder,
            str(printed),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
        except subprocess.TimeoutExpired:
            return f"没有生成 PDF：LibreOffice 在 {SECONDS} 秒内没有完成"
        except (subprocess.CalledProcessError, OSError) as error:
            return f"没有生成 PDF：LibreOffice 运行出错（{type(error).__name__}）"
        made = Path(folder) / f"{document.stem}.pdf"
        if not made.is_file():
            return "没有生成 PDF：LibreOffice 没有写出文件"
        shutil.move(made, path)
    return ""
