"""The statutory engine: a ledger becomes figures, the three tables, checks and signals.

The data flows through the modules in this order: ``workbook`` opens files into raw sheets,
``ledger`` finds the headings and the rows under them (``layout`` says which there are), ``entries``
reads each cell into a date, a term of the form or a number (``dates``, ``amounts``,
``vocabulary``), ``counting`` turns entries into figures with the rows that each one counts,
``checks`` tests the identities of the tables, and ``signals`` derives what a problem can rest on.
``template`` writes the empty ledger. No model, no store; integers and exact decimals only.
"""

from statutory.checks import check_identities
from statutory.compute import compute
from statutory.template import write_template

__all__ = ["check_identities", "compute", "write_template"]
