"""What is counted, each matter one record: its label, its unit, and every word for it.

``records`` joins the words of ``facts.toml``, ``derived.toml`` and ``tables.toml`` with what a form says
of its rows and columns: how a matter is asked for, how a narrative states it, its phrase in a draft, its
word in the ledger. ``words`` reads them: it finds the matters that a text names, and where.
"""

from matters.records import Matter, Phrasing, by_main_figure, facts, main_figure, matter, matters, plain, together, work
from matters.words import Spotted, Word, spot, stated, stated_last, without

__all__ = [
    "Matter",
    "Phrasing",
    "Spotted",
    "Word",
    "by_main_figure",
    "facts",
    "main_figure",
    "matter",
    "matters",
    "plain",
    "spot",
    "stated",
    "stated_last",
    "together",
    "without",
    "work",
]
