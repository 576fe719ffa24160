"""Printed figures → the cells of the form, in copies that have lost the lines of their tables.

The form is known: its rows, its columns, their labels, and sums that hold. Labels say where a run of
figures belongs; where a label is torn or lost, the place between its neighbours does, if the sums of
the whole table hold. What neither decides is not read, and told: no figure is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from domain import Cell
from forms import Form, axes
from ingest.blocks import Block
from ingest.report_cells import read_cell
from ingest.report_columns import adds_up
from ingest.report_labels import Labels, bare, spellings
from ingest.report_tokens import Piece, Run, pieces, runs

_EXACT, _PARTS, _NEARLY, _ORDER = 4, 3, 2, 1  # how a row is told: by its label, its torn label, nearly, by its place
_MOST_PARTS = 6  # pieces that one label is torn into


@dataclass
class Assignment:
    """``rows``: the cells of a table by row key; ``open``: labels of rows whose figures could not be placed.

    ``used``: numbers of the blocks that the figures and their labels stand in.
    """

    rows: dict[str, dict[str, Cell]] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class _Placed:
    run: Run
    texts: tuple[str, ...]
    how: int


def assign2(blocks: Sequence[tuple[int, Block]], labels: Labels) -> Assignment:
    """Table 2: each row by its label, its figures in the order of the columns' headings."""
    form, found = labels.form, Assignment()
    printed = pieces(blocks)
    seen: dict[str, list[tuple[Run, tuple[str, ...]]]] = {}
    for run in runs(printed):
        place = next((labels.rows2[name] for name, _ in _names(run, labels.rows2)), None)
        if place is not None:
            block, row = place
            seen.setdefault(row.key, []).append((run, run.fitted(len(block.columns))))
    for block in form.table2:
        order = _order2(printed, labels, block)
        for row in block.rows:
            texts = {texts for _, texts in seen.get(row.key, ())}
            if len(texts) != 1 or len(next(iter(texts))) != len(order):
                found.open += [row.label] if texts else []
                continue
            cells = {column.key: read_cell(text, column.unit) for column, text in zip(order, next(iter(texts)))}
            found.rows[row.key] = {block.key(row, column): cells[column.key] for column in block.columns}
            found.used |= {piece.block for run, _ in seen[row.key] for piece in run.figures}
    return found


def _order2(printed: list[Piece], labels: Labels, block: Any) -> tuple:
    """The columns of a block as they are printed, in the form's order where the headings do not tell another."""
    named = [column for piece in printed if not piece.figure and (column := labels.column2(block, piece.text))]
    first = tuple(dict.fromkeys(named))
    return first if len(first) == len(block.columns) else block.columns


def assign3(blocks: Sequence[tuple[int, Block]], labels: Labels) -> Assignment:
    """Table 3: runs of seven figures, in the form's order of rows."""
    form, found = labels.form, Assignment()
    width = len(form.columns)
    printed = pieces(blocks)
    all_runs = [part for run in runs(printed) for part in _rows_in(run, width, len(form.rows))]
    placed, doubled = _placed(all_runs, labels)
    rows = {key: dict(zip((c.key for c in form.columns), map(read_cell, one.texts))) for key, one in placed.items()}
    sure = len(rows) == len(form.rows) and holds(form, "table3", rows)
    ordered = _standard_headings(printed, all_runs, labels)
    named = _rows_named(printed, labels)
    for row in form.rows:
        one = placed.get(row.key)
        labelled = one is not None and one.how >= _PARTS and (ordered or _adds_up(form, rows[row.key]))
        told = one is not None and row.key not in doubled and (labelled or sure)
        if one is not None and told:
            found.rows[row.key] = rows[row.key]
            found.used |= {piece.block for piece in one.run.figures}
        elif one is not None and not _is_of_another(one.run, labels) or row.key in named:
            found.open.append(f"{row.group}{row.label}")
    if all_runs and not found.rows and not found.open and len(all_runs) > 3:
        found.open += [f"{row.group}{row.label}" for row in form.rows]
    return found


def _adds_up(form: Form, cells: dict[str, Cell]) -> bool:
    """Whether the kinds of applicants sum up to the total: the figures stand in the form's order of columns."""
    numbers = {key: cell for key, cell in cells.items() if isinstance(cell, (int, Decimal))}
    return len(numbers) == len(cells) and sum(numbers[column.key] for column in form.applicants) == numbers["total"]


def _rows_in(run: Run, width: int, most: int) -> Iterator[Run]:
    """The run as rows: where no label stands between rows, a run is as long as several of them.

    All figures of the table in one run may also be printed column by column.
    """
    fitted = run.fitted(width)
    if len(fitted) <= width or len(fitted) % width or any(piece.text == "" for piece in run.figures):
        yield run
        return
    for start in range(0, len(fitted), width):
        last = start + width >= len(fitted)
        yield Run(
            run.figures[start : start + width], run.before if not start else (), run.after if last else (), run.first
        )


def _placed(all_runs: list[Run], labels: Labels) -> tuple[dict[str, _Placed], set[str]]:
    """The best assignment of runs to rows in the form's order, and the rows that two different runs claim."""
    form, width = labels.form, len(labels.form.columns)
    usable = [(run, texts) for run in all_runs if len(texts := run.fitted(width)) == width]
    keys = [row.key for row in form.rows]
    scores = [_scores(run, labels) for run, _ in usable]
    best = [[0.0] * (len(keys) + 1) for _ in range(len(usable) + 1)]
    for at in reversed(range(len(usable))):
        for row in reversed(range(len(keys))):
            here = scores[at].get(keys[row], 0)
            best[at][row] = max(best[at + 1][row], best[at][row + 1], best[at + 1][row + 1] + here if here else 0)
    found: dict[str, tuple[int, int]] = {}
    at = row = 0
    while at < len(usable) and row < len(keys):
        here = scores[at].get(keys[row], 0)
        if here and best[at][row] == best[at + 1][row + 1] + here:
            found[keys[row]] = at, here
            at, row = at + 1, row + 1
        elif best[at][row] == best[at][row + 1]:
            row += 1
        else:
            at += 1
    placed = {key: _Placed(*usable[at], how) for key, (at, how) in found.items()}
    placed |= _between(found, usable, keys, scores) | _labelled(usable, scores)
    doubled = {
        key
        for key, one in placed.items()
        if any(marks.get(key) == _EXACT and texts != one.texts for marks, (_, texts) in zip(scores, usable))
    }
    return placed, doubled


def _labelled(usable: list, scores: list[dict[str, int]]) -> dict[str, _Placed]:
    """Rows told by a label that stands before one run alone: their place in the order does not matter."""
    exact = [next((key for key, how in marks.items() if how == _EXACT), "") for marks in scores]
    return {
        key: _Placed(run, texts, _EXACT) for key, (run, texts) in zip(exact, usable) if key and exact.count(key) == 1
    }


def _between(found: dict[str, tuple[int, int]], usable: list, keys: list[str], scores: list) -> dict[str, _Placed]:
    """Runs without a label that stand between told neighbours, as many as there are rows between these."""
    marks = [(-1, -1), *((keys.index(key), at) for key, (at, _) in found.items()), (len(keys), len(usable))]
    extra: dict[str, _Placed] = {}
    for (row, at), (next_row, next_at) in pairwise(marks):
        if next_row - row == next_at - at and next_row - row > 1:
            for step in range(1, next_row - row):
                if not any(how == _EXACT for how in scores[at + step].values()):
                    run, texts = usable[at + step]
                    extra[keys[row + step]] = _Placed(run, texts, _ORDER)
    return extra


def _scores(run: Run, labels: Labels) -> dict[str, int]:
    """How surely a run belongs to each row, by the labels before and behind it."""
    scores: dict[str, int] = {}
    for name, how in _names(run, labels.rows3):
        key = labels.rows3[name].key
        scores[key] = max(scores.get(key, 0), how)
    if not scores and run.before and (near := labels.nearly(bare(run.before[-1]))):
        scores[near.key] = _NEARLY
    return scores


def _names(run: Run, names: Any) -> Iterator[tuple[str, int]]:
    """The labels of a row that the pieces around a run make up: the last ones whole, or torn by the run."""
    for count in range(1, min(_MOST_PARTS, len(run.before)) + 1):
        for name in spellings("".join(run.before[-count:])):
            if name in names:
                yield name, _EXACT
                return
    around = [bare(text) for text in (*run.before[-_MOST_PARTS:], *run.after[:_MOST_PARTS])]
    own = len(run.before[-_MOST_PARTS:])
    torn = {name: length for name in names if (length := _made_of(name, around, own))}
    if torn:
        longest = max(torn, key=len)
        if len(longest) > 2:
            yield longest, _PARTS


def _made_of(name: str, parts: list[str], own: int) -> bool:
    """Whether the pieces make up the label in their order, the one nearest before the run (or behind it) among them."""
    rest, used = name, set()
    for at, part in enumerate(parts):
        if part and rest.startswith(part):
            rest = rest[len(part) :]
            used.add(at)
    nearest = {own - 1} if own else {0}
    return not rest and len(used) > 1 and bool(used & nearest) and bool(used - set(range(own)))


def _is_of_another(run: Run, labels: Labels) -> bool:
    """Whether the label before a run is none of the form's, and no piece of one."""
    name = bare(run.before[-1]) if run.before else ""
    return bool(name) and not any(name in label for label in labels.rows3)


def _rows_named(printed: list[Piece], labels: Labels) -> set[str]:
    """The rows of table 3 whose labels are printed, whole or before and behind figures, also without a figure."""
    named = {labels.rows3[name].key for run in runs(printed) for name, _ in _names(run, labels.rows3)}
    for piece in printed:
        # a bare 其他 or 总计 is a heading of a column
        names = () if piece.figure or labels.column3(piece.text) else spellings(piece.text)
        found = next((labels.rows3[name] for name in names if name in labels.rows3), None)
        found = found or (labels.nearly(bare(piece.text)) if names else None)
        named |= {found.key} if found else set()
    return named


def _standard_headings(printed: list[Piece], all_runs: list[Run], labels: Labels) -> bool:
    """Whether the headings of table 3 stand in the form's order, on one line or with the groups' above."""
    first = next((run.first for run in all_runs if len(run.fitted(len(labels.form.columns))) > 1), len(printed))
    texts = [piece.text for piece in printed[:first] if not piece.figure]
    named = [column.key for text in _joined(texts, labels) for column in _columns(text, labels)]
    plain = [column.key for column in labels.form.columns]
    groups = [column.key for column in labels.form.columns if column.organisation]
    above = [key for key in plain if key not in groups]
    return named in (plain, above + groups)


def _joined(texts: list[str], labels: Labels) -> list[str]:
    """Headings, of which some may go on in the row below (商业, 科研 … 企业, 机构)."""
    found = list(texts)
    halves = [text for text in texts if bare(text) and not labels.column3(text)]
    for at, text in enumerate(texts):
        rest = halves[halves.index(text) + 1 :] if text in halves else []
        below = next((more for more in rest if labels.column3(text + more)), "")
        found[at] = text + below
    return found


def _columns(text: str, labels: Labels) -> list:
    if column := labels.column3(text):
        return [column]
    return [column for word in text.split() if (column := labels.column3(word))]


def assign4(blocks: Sequence[tuple[int, Block]], labels: Labels) -> Assignment:
    """Table 4: a row of fifteen, a row of five for each kind of case, or a row of three for each result."""
    form, found = labels.form, Assignment()
    cases, results = form.cases, form.results
    printed = pieces(blocks)
    all_runs = runs(printed)
    whole = [run for run in all_runs if len(run.fitted(len(cases) * len(results))) == len(cases) * len(results)]
    rows: dict[str, dict[str, Cell]] = {}
    sure = True
    if len({run.fitted(len(cases) * len(results)) for run in whole}) == 1:
        texts = whole[0].fitted(len(cases) * len(results))
        for at, case in enumerate(cases):
            some = texts[at * len(results) : (at + 1) * len(results)]
            rows[case.key] = dict(zip((result.key for result in results), map(read_cell, some)))
        headed = _headed4(printed[: whole[0].first], labels)
        sure = headed or holds(form, "table4", rows) or _by_cases(texts, len(results))
    elif not whole:
        rows, sure = _in_pieces(all_runs, labels)
        if not rows:
            rows, sure = _cut_off(printed, all_runs, labels)
    for case in cases:
        if case.key in rows and sure:
            found.rows[case.key] = rows[case.key]
        elif len(all_runs) > 0 and any(len(run.figures) > 2 for run in all_runs):
            found.open.append(case.label)
    if found.rows:
        found.used |= {piece.block for run in all_runs for piece in run.figures if len(run.figures) > 2}
    return found


def _by_cases(texts: tuple[str, ...], width: int) -> bool:
    """Whether fifteen figures stand by kinds of case, and not by results: more of the sums hold that way, if not all."""
    cases = len(texts) // width
    rows = [texts[start : start + width] for start in range(0, len(texts), width)]
    turned = [texts[at::cases] for at in range(cases)]
    summed = [sum(map(adds_up, ways)) for ways in (rows, turned)]
    return summed[0] == cases - 1 and summed[1] < summed[0] - 1


def _headed4(before: list[Piece], labels: Labels) -> bool:
    """Whether the kinds of case and then the results are named before the figures, in the form's order."""
    named = [key for piece in before for key in _cases_in(piece.text, labels)]
    return list(dict.fromkeys(named)) == [case.key for case in labels.form.cases]


def _cases_in(text: str, labels: Labels) -> list[str]:
    name = bare(text)
    places = sorted((name.find(label), case.key) for label, case in labels.cases.items() if label in name)
    return list(dict.fromkeys(key for _, key in places))


def _in_pieces(all_runs: list[Run], labels: Labels) -> tuple[dict[str, dict[str, Cell]], bool]:
    """The rows of a table 4 printed in pieces: by the kind of case named before each, else in their order."""
    form = labels.form
    cases, results = [case.key for case in form.cases], [result.key for result in form.results]
    by_case = [run for run in all_runs if len(run.fitted(len(results))) == len(results)]
    by_result = [run for run in all_runs if len(run.fitted(len(cases))) == len(cases)]
    named = [
        named[-1] if (named := [k for text in run.before for k in _cases_in(text, labels)]) else "" for run in by_case
    ]
    rows = {
        key: dict(zip(results, map(read_cell, run.fitted(len(results))))) for key, run in zip(named, by_case) if key
    }
    if len(rows) == len(by_case) > 0:
        return rows, True
    if len(by_case) == len(cases):
        rows = {key: dict(zip(results, map(read_cell, run.fitted(len(results))))) for key, run in zip(cases, by_case)}
        return rows, holds(form, "table4", rows)
    if len(by_result) == len(results) and not by_case:
        told = [
            labels.results[name].key
            for run in by_result
            for name in (bare("".join(run.before[-1:])),)
            if name in labels.results
        ]
        columns = [run.fitted(len(cases)) for run in by_result]
        rows = {
            case: {result: read_cell(column[at]) for result, column in zip(results, columns)}
            for at, case in enumerate(cases)
        }
        return rows, told == results and holds(form, "table4", rows)
    return {}, False


def _cut_off(printed: list[Piece], all_runs: list[Run], labels: Labels) -> tuple[dict[str, dict[str, Cell]], bool]:
    """The first kinds of case of a row that the edge of the page cuts off, where their sums hold."""
    form = labels.form
    results = [result.key for result in form.results]
    long = [run for run in all_runs if len(results) < len(run.texts) < len(results) * len(form.cases)]
    if len(long) != 1 or "" in long[0].texts:
        return {}, False
    texts = long[0].texts
    named = [labels.results[name].key for piece in printed for name in spellings(piece.text) if name in labels.results]
    whole = len(texts) // len(results)
    rows = {
        case.key: dict(zip(results, map(read_cell, texts[at * len(results) :])))
        for at, case in enumerate(form.cases[:whole])
    }
    headed = named == (results * len(form.cases))[: len(texts)] or any(row["total"] for row in rows.values())
    return rows, headed and holds(form, "table4", rows)


def holds(form: Form, table: str, rows: dict[str, dict[str, Cell]]) -> bool:
    """Whether every sum of a table is known and holds; blanks count as nothing, other text as not known."""
    if any(isinstance(cell, str) for row in rows.values() for cell in row.values()):
        return False
    lines, columns = axes(form, table)
    for identity in form.identities:
        if identity.table != table:
            continue
        parts, across = (columns, [line for line in lines if line.key in rows])
        if identity.each == "column":
            parts, across = lines, columns
        for other in across:
            sides = []
            for roles in (identity.left, identity.right):
                keys = [part.key for part in parts if part.role in roles]
                cells = [rows[other.key][key] if identity.each == "row" else rows[key][other.key] for key in keys]
                sides.append(sum((Decimal(cell) for cell in cells if isinstance(cell, (int, Decimal))), Decimal(0)))
            if sides[0] != sides[1]:
                return False
    return True
