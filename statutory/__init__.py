"""The statutory engine: a ledger becomes figures, the three tables, checks and signals.

The data flows through the modules in this order: ``workbook`` opens files into raw sheets,
``ledger`` finds the headings and the rows under them (``layout`` says which there are), ``entries``
reads each cell into a date, a term of the form or a number (``dates``, ``amounts``,
``vocabulary``), ``counting`` turns entries into figures with the rows that each one counts
(``tally``), ``checks`` tests the identities of the tables, ``reconciling`` the ledger against
itself, and ``signals`` derives what a problem can rest on; ``computing`` runs them all, and
``remarks`` gathers what went wrong on the way. ``template`` writes the empty ledger. No model, no
store; integers and exact decimals only.
"""

from pathlib import Path

from statutory.checks import check_identities
from statutory.computing import compute

__all__ = ["check_identities", "compute", "write_template"]


def write_template(path: Path) -> None:
    """Write an empty ledger to ``path``; UnusableInput where it exists or cannot be written."""
    from statutory import template  # openpyxl is slow to import, and only the template needs it

    template.write_template(path)
