"""A ledger's figures, where they come from, and last year's beside them."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from domain import Document, LedgerResult, PublishedReport, Remembered, UnusableInput, User
from services.large import LARGE, Large, content_size, digest
from services.opening import Once
from services.private import Private

if TYPE_CHECKING:
    from office import Office
    from office.ledgers import KeptLedger, OnDesk
    from statutory import Explanation
    from store import KnowledgeBase

_MOST, _SHARE = 256, 1 << 18
"""What results are kept, and the bytes of a ledger's content that count as one: 64 MB of ledgers."""
SUMS = ".json"
"""The suffix of a collection's sums that lie on a desk as the government's ledger."""
LEDGER_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".et", ".csv")


class Bookkeeping:
    """Ledgers, computed and laid on a user's desk.

    ``home`` is the data folder, in which the office's own words for its ledger may stand. ``private`` learns
    whom a ledger names as soon as it is computed.
    """

    def __init__(
        self, home: Path, office: Once[Office], knowledge: Callable[[], KnowledgeBase], private: Private
    ) -> None:
        self._aliases = home / "ledger_aliases.toml"
        self._office = office
        self._knowledge = knowledge
        self._private = private
        # One step at a page asks for the same ledger several times, and each look at a draft for its comparison.
        self._results, self._called, self._compared = Remembered(_MOST), Remembered(64), Remembered(64)
        self._months = Remembered(64)
        self._large = Large()

    def compute(
        self, ledger: Path, previous: Path | None = None, answers: Mapping[str, str] | None = None
    ) -> LedgerResult:
        """Figures, statutory tables, checks, provenance, the account and the questions of a ledger.

        With ``previous`` (last year's ledger, figures.json or report) the comparison as well;
        UnusableInput where it is not of the year before. ``answers`` are those to its questions, by id.
        """
        import statutory

        result = self._computed(ledger, answers or {}, beside=previous is None)
        if previous is None:
            return result
        return statutory.compare(result, self.figures_of(previous), previous.resolve().name, self._aliases)

    def _computed(self, ledger: Path, answers: Mapping[str, str], beside: bool) -> LedgerResult:
        """A ledger's figures, or the sums of a collection that lie on the desk as one."""
        if ledger.suffix == SUMS:
            from collecting.government import load

            return load(ledger.read_bytes(), ledger.name)
        import statutory

        size = content_size(ledger)
        if size > LARGE:
            result = self._large.compute(ledger, self._aliases, answers, beside)
        else:
            same = (ledger.name, digest(ledger), digest(self._aliases), tuple(sorted(answers.items())), beside)
            result = self._results.of(
                (),
                (*same, date.today()),  # a day that is yet to come is doubted
                lambda: statutory.compute(ledger, self._aliases, answers, beside),
                weight=lambda made: 1 + size // _SHARE,
            )
        self._private.learn(result.private, result.figures.org)
        return result

    def explain(self, ledger: Path, key: str, result: LedgerResult | None = None) -> Explanation:
        """The rows of ``ledger`` behind one figure, personal data masked; UnusableInput for an unknown key.

        ``result``: what was computed from that ledger, where it is at hand.
        """
        import statutory

        result = result or self.compute(ledger)
        if ledger.suffix == SUMS:
            from collecting.government import explained

            return explained(result, key)
        return statutory.explain(ledger, result, key, self._private.mask, self._aliases)

    def publications_by_month(self, ledger: Path, result: LedgerResult) -> dict[int, int]:
        """How many items were posted in each month (1-12) of the report's year."""
        return dict(self._months.of((result,), ledger.name, lambda: self._by_month(ledger, result)))

    def _by_month(self, ledger: Path, result: LedgerResult) -> dict[int, int]:
        from statutory.dates import read_date

        months = dict.fromkeys(range(1, 13), 0)
        if "facts.published_total" not in result.provenance:  # sums of reports, which do not say what was posted when
            return months
        for row in self.explain(ledger, "facts.published_total", result).rows:
            if said := re.search(r"：(1[0-2]|[1-9])月", str(row.cells.get("指标", ""))):
                months[int(said[1])] += int(float(row.cells.get("数值") or 0))
                continue
            dated = [cell for heading, cell in row.cells.items() if "日期" in heading or "时间" in heading]
            for cell in dated:
                try:
                    day = read_date(cell)
                except ValueError:
                    continue
                if day and day.year == result.figures.year:
                    months[day.month] += 1
                    break
        return months

    def write_template(self, path: Path, year: int = 0) -> None:
        """Write an empty ledger for a year's report (0: this year's); an existing file is never overwritten."""
        import statutory

        statutory.write_template(path, year)

    def learn_names(self) -> None:
        """Compute every ledger that is kept once, so that the names in it are masked from the start."""
        self.learn_kept(lambda path: True)

    def learn_kept(self, wanted: Callable[[Path], bool] = lambda path: content_size(path) <= LARGE) -> None:
        """Learn the names in the ledgers that are kept, but for large ones, which would hold up whatever is masked first."""
        if not self._office.exists():  # looking must not make it a folder that is worked in
            return
        with suppress(UnusableInput):  # a damaged database is told to whoever works with it
            for path in {kept.path for kept in self._office().ledgers.all()}:
                with suppress(UnusableInput):  # told to whoever opens it
                    if wanted(path):
                        self.compute(path)

    # --- on a desk --------------------------------------------------------------------------------

    def desk(self, user: User) -> OnDesk:
        """The files that the user works on: a ledger, and the one of the year before."""
        return self._office().ledgers.on_desk(user)

    def of_year(self, org: str, year: int) -> KeptLedger | None:
        """The latest ledger kept of an organ's year."""
        return self._office().ledgers.of_year(org, year)

    def take(self, user: User, path: Path, name: str = "") -> LedgerResult:
        """Compute an uploaded ledger, keep it with its figures and lay it on the user's desk.

        UnusableInput where its figures are others than those of a report that was approved.
        """
        result = self.answered(path)
        self._leave_approved(result)
        self._office().ledgers.put_on_desk(user, self._keep(user, path, name, result))
        return self.on_desk(user) or result

    def take_sums(self, user: User, sums: LedgerResult) -> LedgerResult:
        """Lay the sums of a collection on a user's desk as the government's ledger; a former state of them gives way."""
        from collecting.government import dump

        with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
            path = Path(folder) / f"{sums.figures.org}{sums.figures.year}年汇总{SUMS}"
            path.write_bytes(dump(sums))
            return self.take(user, path)

    def on_desk(self, user: User) -> LedgerResult | None:
        """What the user's ledger yields, beside the year before's where it is kept; None without one."""
        desk = self.desk(user)
        if desk.ledger is None:
            return None
        kept, before = desk.ledger, desk.previous.path if desk.previous else None
        answers = self._office().ledgers.answers(kept.org, kept.year)
        computed = self.compute(kept.path, before, answers)
        result = self._called.of((computed,), kept.name, lambda: replace(computed, source=kept.name))
        if result.comparison and desk.previous:
            return replace(result, comparison=replace(result.comparison, source=desk.previous.name))
        return result

    def answered(self, ledger: Path) -> LedgerResult:
        """What a ledger yields with the answers that the office has given for that organ's year."""
        result = self.compute(ledger)
        held = self._answers(result)
        return self.compute(ledger, answers=held) if held else result

    def answers_to(self, ledger: Path) -> dict[str, str]:
        """The office's answers to what a ledger leaves open, by the id of the question."""
        return self._answers(self.compute(ledger))

    def _answers(self, result: LedgerResult) -> dict[str, str]:
        held = self._office().ledgers.answers(result.figures.org, result.figures.year)
        return {question.id: held[question.id] for question in result.questions if question.id in held}

    def answer(self, user: User, question: str, choice: str) -> LedgerResult:
        """Keep an answer to a question about the ledger on the user's desk ("": it is open again).

        It holds for that organ's year, whichever file is uploaded, as long as what was asked stands in it.
        UnusableInput where nothing of the kind is asked.
        """
        kept, result = self.desk(user).ledger, self.on_desk(user)
        asked = next((one for one in result.questions if one.id == question), None) if result else None
        if kept is None or result is None or asked is None:
            raise UnusableInput("台账里已经没有这个问题，请刷新页面")
        if choice and choice not in {one.key for one in asked.choices}:
            raise UnusableInput(f"没有“{choice}”这个选项")
        office = self._office()
        if said := office.handover.closed(kept.org, kept.year):
            raise UnusableInput(said)
        said = asked.said(choice) if choice else "撤回答复"
        with office.together():
            office.ledgers.answer(kept.org, kept.year, question, choice, user)
            office.audit.record(user, "answer", kept.name, f"{asked.text}{said}")
        answered = self.on_desk(user) or result
        office.remember_figures(answered, kept.name)
        return answered

    def take_previous(self, user: User, path: Path, name: str = "") -> LedgerResult:
        """Keep last year's ledger and lay it beside the one on the user's desk; UnusableInput where it does not fit."""
        ledger = self.desk(user).ledger
        if ledger is None:
            raise UnusableInput("还没有台账：请先上传本年的台账")
        compared = self.compute(ledger.path, path)
        self._office().ledgers.put_on_desk(user, ledger, self._keep(user, path, name, self.answered(path)))
        return self.on_desk(user) or compared

    def _leave_approved(self, result: LedgerResult) -> None:
        from answering import of_ledger

        office, now = self._office(), of_ledger(result)
        said = office.handover.closed(now.org, now.year)
        held = next((one for one in office.year_figures() if (one.org, one.year) == (now.org, now.year)), None)
        if said and held and dict(held.figures) != dict(now.figures):
            raise UnusableInput(f"这本台账的数字与定稿时的不同，没有放上来；{said}")

    def _keep(self, user: User, path: Path, name: str, result: LedgerResult) -> KeptLedger:
        office, held = self._office(), result.figures
        kept = office.ledgers.keep(user, path, held.org, held.year, name)
        with office.together():
            office.remember_figures(result, kept.name)
            office.audit.record(user, "upload", kept.name, f"{held.org}{held.year}年台账")
        return kept

    # --- last year's ------------------------------------------------------------------------------

    def beside_last_year(self, ledger: LedgerResult) -> LedgerResult:
        """The ledger compared with the organ's report of the year before, where the knowledge base holds it."""
        org, year = ledger.figures.org, ledger.figures.year
        held = [r for r in self._knowledge().reports() if (r.org, r.year) == (org, year - 1) and r.tables]
        if ledger.comparison or not held or not org:
            return ledger
        changed = self._aliases.stat().st_mtime_ns if self._aliases.is_file() else None
        return self._compared.of((ledger, held[0]), changed, lambda: self._beside(ledger, held[0]))

    def _beside(self, ledger: LedgerResult, report: Document) -> LedgerResult:
        import statutory

        figures = {"year": report.year, "org": report.org} | dict(report.tables)
        try:
            return statutory.compare(ledger, figures, report.source, self._aliases)
        except UnusableInput:  # its tables cannot be compared: the draft does without
            return ledger

    def figures_of(self, path: Path) -> Mapping[str, Any]:
        """The tables of a previous year from a ledger, as the office has answered it, a figures.json or a finished report."""
        import ingest

        if path.is_dir() or path.suffix.lower() in LEDGER_SUFFIXES:
            # a folder that nobody has worked in holds no answers, and looking must not make it one
            worked_in = self._office.exists()
            return (self.answered(path) if worked_in else self.compute(path)).as_json()
        if path.suffix.lower() == ".json":
            return read_figures(path)
        published = ingest.read_report(path)
        return {"year": published.year, "org": published.org, "form": published.form} | dict(published.tables)

    def published(self, path: Path | None) -> PublishedReport | None:
        """Last year's report with its text; None where ``path`` is a ledger or a figures.json."""
        import ingest

        if path is None or path.is_dir() or path.suffix.lower() in (*LEDGER_SUFFIXES, ".json"):
            return None
        return ingest.read_report(path)


def read_figures(path: Path) -> Mapping[str, Any]:
    """A figures.json; UnusableInput where it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number)
    except (OSError, ValueError) as error:
        raise UnusableInput(f"文件 {path} 不能作为 figures.json 读取") from error
    tables = [data.get(name) for name in ("table2", "table3", "table4")] if isinstance(data, dict) else [None]
    rows = [row for table in tables if isinstance(table, dict) for row in table.values()]
    whole = all(isinstance(table, dict) for table in tables)
    if not whole or any(isinstance(row, (str, list)) for row in rows) or not _nested(data):
        raise UnusableInput(f"文件 {path} 不是 figures.json：其中没有三张表的数据")
    return data


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no figure")


def _nested(data: Mapping[str, Any]) -> bool:
    """Whether what has columns has them: every row of tables 3 and 4, the stocks of table 2."""
    stocks = [data["table2"].get(name, {}) for name in ("regulations", "normative_documents")]
    rows = [*data["table3"].values(), *data["table4"].values(), *stocks]
    return all(isinstance(row, dict) for row in rows)
