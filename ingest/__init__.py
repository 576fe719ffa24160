"""A file becomes text and tables, then passages with their place in the source.

``readers`` (with ``text_files``, ``web_pages``, ``word_files``, ``word_numbering``, ``pdf_files``)
turns a file into ``blocks``, paragraphs and grids, in the ``characters`` that are meant and with personal
data masked (``masking``); ``reading`` tells what kind of document it is. ``statutes`` (with ``enactment`` and
``numerals``) makes articles of an official text, ``notices`` parts of one without articles;
``reports`` makes parts and figures of a published report (``report_headings`` tells its parts,
``report_subject`` whose it is, of which year and day, ``report_organs`` by its own sentences, ``report_kinds`` whether the format is for it), and ``report_passages`` the passages under
which it is found. Its tables are read by ``report_tables`` (with ``report_labels``, ``report_columns``,
``report_cells``); what a copy has torn or lost ``report_copies`` assigns anew (``report_assignment``) from
the labels and figures in the order in which they are printed (``report_tokens``).
``archives`` unpacks a .zip for them; ``law_library`` reads the statute library's data file.
``cards`` loads the digest cards that ship with the project and lends their words to official texts.
"""

from ingest.archives import unpacked
from ingest.cards import carry_keywords, load_aliases, load_cards
from ingest.law_library import FAULTS, count_laws, read_library
from ingest.readers import ARCHIVES, files
from ingest.reading import read, read_report
from ingest.reports import parse_report

__all__ = [
    "ARCHIVES",
    "FAULTS",
    "carry_keywords",
    "count_laws",
    "files",
    "load_aliases",
    "load_cards",
    "parse_report",
    "read",
    "read_library",
    "read_report",
    "unpacked",
]
