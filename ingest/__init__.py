"""A file becomes text and tables, then passages with their place in the source.

``readers`` (with ``text_files``, ``web_pages``, ``word_files``, ``pdf_files``) turns a file into
paragraphs and grids, cleaned and with personal data masked (``masking``); ``statutes`` (with
``enactment``) makes articles of an official text, ``reports`` (with ``report_tables``) parts and
figures of a published report, and ``report_passages`` the passages under which it is found.
``archives`` unpacks a .zip for them; ``law_library`` reads the statute library's data file.
``cards`` loads the digest cards that ship with the project and lends their words to official texts.
"""

from ingest.archives import unpacked
from ingest.cards import carry_keywords, load_aliases, load_cards
from ingest.law_library import count_laws, read_library
from ingest.readers import ARCHIVES, files
from ingest.reading import read, read_report
from ingest.reports import parse_report

__all__ = [
    "ARCHIVES",
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
