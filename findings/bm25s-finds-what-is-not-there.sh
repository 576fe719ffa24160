#!/usr/bin/env bash
# bm25s 0.3.16 on Chinese, with its own tokenizer and without.
# Guess: without a tokenizer of one's own it cuts Chinese into single characters, and a question of
# unknown words returns nothing, or the first passages.
# Seen 2026-11-29: a run of ideographs is one token, so a part of it finds nothing; PM2.5 becomes pm2 and a
# number of one digit vanishes; what shares no word with the question is returned all the same with score
# 0, the last passage first.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'bm25s==0.3.16' 'numpy==2.4.6'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import bm25s

docs = ["企业应当公开环境信息", "排污许可证", "PM2.5 年均浓度 12 微克", "第 5 条 公开"]
same(
    "tokens",
    bm25s.tokenize(docs, return_ids=False, show_progress=False),
    [["企业应当公开环境信息"], ["排污许可证"], ["pm2", "年均浓度", "12", "微克"], ["公开"]],
)
own = bm25s.BM25()
own.index([["公开", "信息"], ["许可"], ["公开"], ["处罚"]], show_progress=False)
for question, expected in ((["没有"], ([3, 2, 1], 0)), (["许可"], ([1, 3, 2], 1)), ([], ([3, 2, 1], 0))):
    found = own.retrieve([question], k=3, show_progress=False)
    above = int((found.scores[0] > 0).sum())
    same(f"question {question}: passages, how many above 0", (found.documents[0].tolist(), above), expected)
PYTHON
venv/bin/python run.py
echo 'as described'
