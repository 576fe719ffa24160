"""A file becomes text and tables, then passages with their place in the source.

``readers`` (with ``text_files``, ``web_pages``, ``word_files``, ``pdf_files``) turns a file into
paragraphs and grids, cleaned and with personal data masked (``masking``); ``statutes`` (with
``enactment``) makes articles of an official text, ``reports`` (with ``report_tables``) parts and
figures of a published report, and ``report_passages`` the passages under which it is found.
"""

from ingest.reading import read, read_report
from ingest.readers import files
from ingest.reports import parse_report

__all__ = ["files", "parse_report", "read", "read_report"]
