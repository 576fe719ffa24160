"""Typed figures beside what files hold: where both tell of one figure, a person says which counts, and both are shown."""

from __future__ import annotations

from collections.abc import Sequence

from intake.asking import Asking, IntakeQuestion
from intake.counts import CountTable
from intake.missing import Typed
from intake.rows import LedgerRow
from intake.stating import StatedLine
from statutory.spelling import written


class Beside:
    """``typed`` are a person's figures; ``denied`` names those that a table contradicts."""

    def __init__(self, asking: Asking, typed: Sequence[Typed]) -> None:
        self.asking, self.typed = asking, typed
        self.denied: set[str] = set()

    def lines(
        self, lines: list[StatedLine], rows: dict[str, list[LedgerRow]], counts: Sequence[CountTable]
    ) -> list[StatedLine]:
        """Typed figures beside what files state; a figure that both give stands twice under its name, and is asked."""
        held = {line.name: line for line in lines}
        told = {str(row.cells.get("指标")): row for row in rows.get("汇总数据", ())}
        for one in self.typed:
            if not one.value and not self._is_really_none(one, counts):
                continue
            if (row := told.get(one.name)) and not self._typed_counts(one, row):
                continue
            if row:
                rows["汇总数据"].remove(row)
                lines.append(
                    StatedLine(one.name, one.value, one.unit, f"{one.note}；{row.source}是{row.cells['数值']}")
                )
                continue
            other = held.get(one.name)
            if other and other.value == one.value:
                continue
            if other:
                answer = self.asking.ask(
                    IntakeQuestion(
                        id=f"并存/{one.name}",
                        text=f"“{one.name}”：文件里是{other.value}（{other.note}），填写的是{one.value}，用哪一个？",
                        proposal="",
                        choices=(f"文件里的{other.value}", f"填写的{one.value}"),
                    )
                )
                if answer != f"填写的{one.value}":
                    continue
                lines.remove(other)
                lines.append(
                    StatedLine(one.name, one.value, one.unit, f"{one.note}；文件里是{other.value}（{other.note}）")
                )
            else:
                lines.append(StatedLine(one.name, one.value, one.unit, one.note))
        return lines

    def _is_really_none(self, one: Typed, counts: Sequence[CountTable]) -> bool:
        """Whether 没有 holds though a table of counts, which fills no cell of the form, counts some."""
        other = next(
            (found for found in counts if found.area == one.name and any(cell.value for cell in found.cells)), None
        )
        if other is None:
            return True
        answer = self.asking.ask(
            IntakeQuestion(
                id=f"并存/{one.name}",
                text=f"“{one.name}”填写的是没有，{other.table.name}里却有数（共{sum(cell.value for cell in other.cells)}），确实没有吗？",
                proposal="",
                choices=("确实没有", "有，先空着"),
            )
        )
        if answer != "确实没有":
            self.denied.add(one.name)
        return answer == "确实没有"

    def _typed_counts(self, one: Typed, row: LedgerRow) -> bool:
        """Whether what was typed counts, and not the figure of a file's row."""
        said = written(row.cells.get("数值"))
        if said == written(float(one.value)):
            return False
        chosen = f"填写的{one.value}"
        answer = self.asking.ask(
            IntakeQuestion(
                id=f"并存/{one.name}",
                text=f"“{one.name}”：{row.source}是{said}，填写的是{one.value}，用哪一个？",
                proposal="",
                choices=(f"文件里的{said}", chosen),
            )
        )
        return answer == chosen
