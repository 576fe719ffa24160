#!/usr/bin/env bash
# cn2an 0.5.24: transform() on running office prose, both ways.
# Guess: it changes numerals and leaves adverbs, names of places and idioms alone; the other way it
# changes numbers and leaves standard numbers and telephone numbers recognisable.
# Seen 2026-11-29: 统一, 一般, 四川, 九江 and 一一对应 lose their characters, "three to five years" becomes 35;
# the other way a hyphen between digits is read as a minus sign and the thousands comma cuts a number in two.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'cn2an==0.5.24' 'setuptools==80.9.0'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import warnings

import cn2an

warnings.simplefilter("ignore")
for text, seen in {
    "统一领导": "统1领导",
    "一般情况": "1般情况",
    "四川省九江市": "4川省9江市",
    "一一对应": "11对应",
    "三五年": "35年",
    "零件": "0件",
    "十七八件": "十七八件",
    "万一": "万一",
}.items():
    same(f"cn2an {text}", cn2an.transform(text, "cn2an"), seen)
for text, seen in {
    "GB/T 9704-2012": "GB/T 九千七百零四负二千零一十二",
    "010-12345": "十负一万二千三百四十五",
    "1,234件": "一,二百三十四件",
    "HJ 819—2017": "HJ 八百一十九—二千零一十七",
}.items():
    same(f"an2cn {text}", cn2an.transform(text, "an2cn"), seen)
PYTHON
venv/bin/python run.py
echo 'as described'
