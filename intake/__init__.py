"""An office's own files become a ledger: proposed, confirmed by a person, kept for the next year.

``sources`` opens files, folders and archives (``holidays`` reads the State Council's notice), ``grids`` reads
them into cells, ``slips`` puts forms of one record each together, ``tables`` finds the tables in a grid by their
``heading_rows``; ``days`` and ``day_columns`` read what is a day, ``joining`` puts answers to what was received.
``assigning`` says what each table is: ``recognising`` proposes it, by the headings of ``words`` (``kinds.toml``)
and ``samples`` of the values, also where columns must be ``derived`` from others; ``counts`` sees counts instead
of rows. ``basics`` settles organ and year. ``meanings`` asks what an office's words mean in the form, as ``values``
proposes with the reason (``values.toml``), ``applicants`` a class by a name's form. ``asking`` holds the questions
and their answers, ``profile`` those kept from before. ``settling`` makes ``rows`` of what is settled, with their
``row_days``, and lists what is open; ``overlaps`` finds the same rows in two tables, ``stating`` names counts as
figures, ``missing`` says what no file holds and reads what is typed, ``beside`` shows both where a file tells it too,
``carrying`` compares with last year's report. ``proposing`` runs them all; ``writing`` writes the ledger
that ``statutory`` reads. Nothing is guessed: what nobody confirmed counts nowhere.
"""

from intake.profile import FILE_NAME, Profile, load_profile, save_profile
from intake.proposing import Proposal, propose
from intake.sources import Sources, read_sources

__all__ = [
    "FILE_NAME",
    "Profile",
    "Proposal",
    "Sources",
    "load_profile",
    "propose",
    "read_sources",
    "save_profile",
    "write_ledger",
]


def write_ledger(proposal, path):
    """Write the nine-sheet workbook; see ``writing``."""
    from intake import writing  # openpyxl is slow to import, and only this needs it

    writing.write_ledger(proposal, path)
