"""A sound ledger as a workbook to be, and its file as an office hands it over."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tests.statutory.ledger_samples import minimal

Sheets = dict[str, list[list]]
OUTCOMES = (
    "予以公开",
    "部分公开",
    "无法提供-本机关不掌握相关政府信息",
    "不予公开-属于行政执法案卷",
    "不予处理-重复申请",
)


@dataclass
class Book:
    """A workbook to be: its sheets, and what stands beside the values. ``sheet`` is where the trouble lies."""

    sheets: Sheets
    sheet: str = ""
    struck: list[tuple[str, int]] = field(default_factory=list)
    comments: list[tuple[str, int, str]] = field(default_factory=list)
    hidden: list[tuple[str, int]] = field(default_factory=list)
    merged: list[tuple[str, str]] = field(default_factory=list)
    beside: dict[str, Sheets] = field(default_factory=dict)
    csv: str = ""
    said: tuple[str, ...] = ()
    right: dict[str, int] = field(default_factory=dict)


def sound() -> Sheets:
    """A ledger without trouble, that tells of each sheet something."""
    sheets = minimal()
    for name in sheets:
        if name not in ("基本信息", "汇总数据"):
            sheets[name] = [["序号", *sheets[name][0]]]
    sheets["汇总数据"] = [
        ["序号", *sheets["汇总数据"][0]],
        *([n, *row] for n, row in enumerate(sheets["汇总数据"][1:], 1)),
    ]
    sheets["信息发布"] += [
        [n, f"2025-{n:02d}-{10 + n}", f"第{n}期", ("环境质量", "行政许可公示", "政策解读")[n % 3], "门户网站", "", ""]
        for n in range(1, 13)
    ]
    sheets["媒体采用"] += [[n, f"2025-{n:02d}-02", f"信息{n}期", ("县融媒体中心", "")[n % 2]] for n in range(1, 7)]
    sheets["依申请公开"] += [
        [
            n,
            f"2025-{n:03d}",
            f"2025-{n:02d}-06",
            ("自然人", "商业企业")[n % 2],
            f"申请人{n}",
            "",
            f"事项{n}",
            f"2025-{n:02d}-2{n % 9}",
            OUTCOMES[n % len(OUTCOMES)],
        ]
        for n in range(1, 10)
    ]
    sheets["依申请公开"].append([10, "2025-010", "2025-12-18", "自然人", "申请人10", "", "事项10", "", ""])
    sheets["复议诉讼"].append([1, "2025-06-10", "行政复议", "结果维持"])
    sheets["制度文件"].append([1, "某办法", "行政规范性文件", "2025-06-12", ""])
    sheets["行政执法"] += [[n, ("行政许可", "行政处罚")[n % 2], f"2025-{n:02d}-03", f"决字{n}号"] for n in range(1, 9)]
    sheets["工作记录"] += [[1, "2025-03-01", "听取汇报", "汇报"], [2, "2025-09-09", "业务培训", "培训"]]
    return sheets


def write(book: Book, folder: Path) -> Path:
    """The ledger as an office would hand it over: a workbook, or a folder where something lies beside it."""
    if book.csv:
        home = folder / "台账"
        home.mkdir()
        for name, rows in book.sheets.items():
            text = "\n".join(book.csv.join(str(cell) for cell in row) for row in rows)
            (home / f"{name}.csv").write_text(text, encoding="utf-8")
        return home
    home = folder / "台账" if book.beside else folder
    home.mkdir(exist_ok=True)
    for name, sheets in ({"台账.xlsx": book.sheets} | book.beside).items():
        made = Workbook()
        made.remove(made.active)
        for sheet, rows in sheets.items():
            written = made.create_sheet(sheet)
            for row in rows:
                written.append(row)
        if name == "台账.xlsx":
            for sheet, row in book.struck:
                for cell in made[sheet][row]:
                    cell.font = Font(strike=True)
            for sheet, row, said in book.comments:
                made[sheet].cell(row, 2).comment = Comment(said, "王")
            for sheet, row in book.hidden:
                made[sheet].row_dimensions[row].hidden = True
            for sheet, span in book.merged:
                made[sheet].merge_cells(span)
        made.save(home / name)
    return home if book.beside else home / "台账.xlsx"
