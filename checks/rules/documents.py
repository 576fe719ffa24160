"""The documents under which a report is made are those of its year, under their own names and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.examples import texts
from checks.rule import Rule, looks_for
from checks.subject import Subject
from checks.words import read_words
from domain import Finding

_WORDS = read_words(__file__)
_TRIAL, _NUMBER, _MISNAMED = _WORDS["trial"], _WORDS["number"], _WORDS["misnamed"]
_KNOWN = dict(entry.split(" ", 1) for entry in _WORDS.listed("known"))
_TITLED = dict(entry.split(" ", 1) for entry in _WORDS.listed("titled"))
_FIRST_OF_2021 = 2021

DOCUMENTS = Rule(
    id="DOCUMENT",
    title="引用的文件名称、文号真实，是报告年度的",
    severities=("warning",),
    source="{form}",
    advice="按文件原文核对名称和文号",
    speaks=texts(
        "根据《中华人民共和国政府信息公开工作年度报告格式（试行）》编制。",
        "按照国办公开办函〔2019〕60号的要求编制。",
        "按照国办公开函〔2021〕30号编制。",
        "按照国办函〔2021〕30号编制。",
        "依据《国务院政府信息公开条例》开展工作。",
        "依据《中华人民共和国政府信息公开工作条例》开展工作。",
        "按照《政府信息公开信息处理费管理办法》（国办函〔2020〕190号）收费。",
        "按照《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕3号）编制。",
    ),
    silent=texts(
        "按照国办公开办函〔2021〕30号编制。",
        "根据《中华人民共和国政府信息公开工作年度报告格式》编制。",
        "根据《政府信息公开条例》《云南省政府信息公开规定》编制。",
        "按照《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）收费。",
        "印发《云政办函〔2021〕30号》文件。",
        "按照市政办函〔2021〕30号要求。",
    ),
)


@looks_for(DOCUMENTS, order=145)
def documents(subject: Subject) -> Iterator[Finding]:
    """Trial format in a later year, numbers and names that are nearly those of a document and are none."""
    for paragraph in subject.paragraphs:
        for said, start, end in _faults(paragraph.text, subject.published.year):
            excerpt = paragraph.text[max(0, start - 10) : end + 10]
            yield DOCUMENTS.finding(subject, said, paragraph.where, excerpt)


def _faults(text: str, year: int) -> Iterator[tuple[str, int, int]]:
    if year >= _FIRST_OF_2021 or not year:
        for match in _TRIAL.finditer(text):
            yield (
                f"引用的“{match.group()}”是 2019、2020 年度的试行格式，本年度应当用国办公开办函〔2021〕30号的格式",
                *match.span(),
            )
    for match in _MISNAMED.finditer(text):
        yield f"没有“{match.group()}”这部法规，应为《中华人民共和国政府信息公开条例》", *match.span()
    for match in _NUMBER.finditer(text):
        issuer, plain = match["issuer"], f"〔{match['year']}〕{match['no']}号"
        titled = next(
            (known for title, known in _TITLED.items() if title in text[max(0, match.start() - 45) : match.start()]), ""
        )
        own = _KNOWN.get(plain)
        if own and issuer != own and _alike(issuer, own):
            yield f"没有“{match.group()}”这个文号，疑为{own}{plain}", *match.span()
        elif titled and titled.replace(" ", "") != f"{issuer}{plain}":
            yield f"“{match.group()}”与文件名称不符，该文件的文号是{titled.replace(' ', '')}", *match.span()


def _alike(one: str, other: str) -> bool:
    """Whether one issuer's word is the other with characters left out or added: 国办公开函 for 国办公开办函."""
    if not one.startswith(other[:2]):
        return False
    shorter, longer = sorted((one, other), key=len)
    return bool(re.fullmatch(".*".join(map(re.escape, shorter)), longer)) or set(one) == set(other)
