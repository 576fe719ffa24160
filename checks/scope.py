"""Which part of the whole, and which year, a sentence speaks of before it comes to a number."""

from __future__ import annotations

import re

from checks.subject import Subject
from checks.words import read_words

_WORDS = read_words(__file__)
_SCOPE, _GOVERNMENT, _WHOLE = _WORDS["scope"], _WORDS["government"], _WORDS["whole"]
_GOVERNMENTS, _SMALL_GOVERNMENT, _YEARS = (_WORDS[name] for name in ("governments", "small_government", "years"))


def narrowed(before: str, subject: Subject) -> bool:
    """Whether the sentence speaks of a part of what the table counts (an organ among the government's)."""
    org = subject.published.org
    text = before.replace(org, "") if org else before
    if _SCOPE.search(text):
        return True
    government = org.endswith("人民政府") and not _SMALL_GOVERNMENT.search(org)
    return government and bool(_GOVERNMENT.search(text)) and not _WHOLE.search(text)


def of_more(before: str, subject: Subject) -> bool:
    """Whether the sentence of an office of a government speaks of all that is the government's (全县共收到)."""
    return bool(_WHOLE.search(before)) and not _GOVERNMENTS.search(subject.published.org)


def other_year(before: str, subject: Subject) -> bool:
    """Whether the last year named before the number is not the report's (comparisons left out)."""
    named = list(_YEARS.finditer(re.sub(r"（[^（）]*）", "", before)))
    if not named:
        return False
    year, own = named[-1]["year"], subject.published.year
    return bool(named[-1]["last"]) or bool(year) and bool(own) and int(year) != own
