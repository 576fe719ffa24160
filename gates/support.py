"""What a model's sentence rests on: words shared with its source, and talk of the prompt instead."""

from __future__ import annotations

import re

_WORD = re.compile(r"[一-龥A-Za-z0-9]+")
# What nobody but a prompt says. A passage that says it is an attack, and repeating it helps no reader.
_PROMPT_TALK = re.compile(
    r"指令|提示词|系统提示|占位符|口令|忽略(?:以上|之前|上面|前面|上述|所有)|扮演|你是(?:一个|一名|县级)|法规助手"
    r"|(?i:system prompt|ignore (?:all|previous|the above)|assistant)|</?(?:passage|question|system|资料)|<\|"
    r"|[{}｛｝]"
    # What a page or a program would act on: tags, links, addresses, entities, tables, fences.
    r"|<[A-Za-z/!?]|!?\[[^\]\n]*\]\(|(?i:https?:|www\.|javascript|[\w-]+\.(?:com|cn|net|org|gov))|&#?\w+;|\$\$|[|@\\]|```|<<|>>"
)


CLAUSE = re.compile(r"[，,。；;：:！？!?\n]")
_PART = re.compile(r"[，,、。；;：:！？!?\n]")  # of a list each thing needs support
_FEW = 3


def bigrams(text: str) -> set[str]:
    """The pairs of neighbouring characters within runs of letters and digits."""
    return {run[at : at + 2] for run in _WORD.findall(text) for at in range(len(run) - 1)}


def overlap(part: str, whole: str) -> float:
    """The share of the first text's bigrams that the second holds, in [0, 1]."""
    mine = bigrams(part)
    return len(mine & bigrams(whole)) / len(mine) if mine else 0.0


def unheld(text: str, held: str, least: float, glue: re.Pattern[str] | None = None) -> list[str]:
    """The clauses and listed things, of a few words or more, of which ``held`` holds less than the share ``least``, ``glue`` apart."""
    known = bigrams(glue.sub(" ", held) if glue else held)
    said = {clause: bigrams(glue.sub(" ", clause) if glue else clause) for clause in _PART.split(text)}
    return [clause for clause, pairs in said.items() if len(pairs) >= _FEW and len(pairs & known) / len(pairs) < least]


def prompt_talk(text: str) -> list[str]:
    """Words of instructions, markup, addresses and braces left over: none belongs before a reader."""
    return [match.group() for match in _PROMPT_TALK.finditer(text)]
