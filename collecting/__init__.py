"""年度汇集: a county collects its organs' annual reports, checks them all, adds them up, answers each organ.

``organs`` reads the list of organs and tells which of them a name means; ``parallel`` does work in several
processes at once. ``submissions`` gives each file to its organ, or asks; ``likeness`` finds what organs copied from
one another; ``totals`` adds tables 2 to 4 up, cell by cell, and holds the government's own report against the
sums; ``collection`` is all of it together, one year's state. It is told as text by ``plain``, as a workbook by
``workbook``, and as ``letters`` to the organs and the leader, with ``charts``; ``government`` makes a ledger's figures of the sums; ``asking`` answers questions over all organs.
"""

from collecting.collection import Collection, collected
from collecting.organs import Organ, listed, read_organs

__all__ = ["Collection", "Organ", "collected", "listed", "read_organs"]
