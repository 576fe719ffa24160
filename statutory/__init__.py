"""The statutory engine: a ledger becomes figures, the three tables, checks and signals.

The data flows through the modules in this order: ``workbook`` opens files into raw sheets (``package``
looks for what a workbook hides and ``marginalia`` for what stands beside its values, ``legacy`` reads .xls,
``webtable`` the web pages that are called so), ``naming`` tells which sheet is which and ``headings`` which
column, ``ledger`` takes the rows under them (``rows`` tells records from other lines, ``marked`` what a row
says of itself, ``layout`` which sheets and columns there are, ``aliases`` by what other words an office
calls them) into ``lines``, ``merged`` asks about rows that share merged dates, ``doubles`` finds what was entered twice, ``entries`` reads each cell into a
date, a term of the form or a number (``dates``, ``amounts``, ``fees``, ``clock``, ``vocabulary``,
``work_kinds``, all of them on words that ``spelling`` has folded), ``misdated`` looks at dates that can
hardly be meant, ``counting`` turns entries into figures with the rows that each one counts (``tally``),
``checks`` tests the identities of the tables, ``reconciling`` the ledger against itself (``summary``: what
a line of 汇总数据 says again, ``stated``: what it says instead of rows, ``pending``: what the ledger itself
calls open), ``derived`` adds the facts that no table holds (the module ``working_days`` measures answers),
and ``signals`` says what a problem can rest on; ``computing`` runs them all. On the way ``remarks`` gathers
what went wrong and ``doubts`` what a person has to decide (``places`` are the rows as the user sees them);
``account`` says what became of every row. With last year's figures (``last_year``: those in the workbook itself) ``comparing`` adds the changes;
``explaining`` shows the rows behind a figure. ``template`` writes the empty ledger. No model, no store;
integers and exact decimals only.
"""

from pathlib import Path

from statutory.checks import all_identities, check_identities
from statutory.comparing import compare, rate_of_change, state_change
from statutory.computing import compute
from statutory.explaining import Explanation, explain

__all__ = [
    "Explanation",
    "all_identities",
    "check_identities",
    "compare",
    "compute",
    "explain",
    "rate_of_change",
    "state_change",
    "write_template",
]


def write_template(path: Path, year: int = 0) -> None:
    """Write an empty ledger for a year's report (0: this year's); UnusableInput where that cannot be done."""
    from statutory import template  # openpyxl is slow to import, and only the template needs it

    template.write_template(path, year)
