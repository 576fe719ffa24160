"""A decoding grammar (GBNF) under which every sentence ends in a marker and copies its numerals."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from gates.numbers import find_numerals

# Neither digits of any script, nor brackets, blanks and end marks, nor what forges markup or names.
_BARRED = r"0-9０-９①-⑳《》\[\]【】（）()<>{}*#`|。！？!?;: 　\n\r\t"
_NUMERALS = "一二三四五六七八九十百〇零"
# 根据《…》第…条 is added from the citation; a model that begins so and may not go on writes junk.
_NO_BEGINNING = "根据依按条因所，、；："
SHORTEST = 12
"""Characters of a sentence at least; left alone, a small model answers 可以 or 不可以."""
# With its neighbours (有第八条情形): alone, a model would list 第八条 for ever.
_ORDINAL = re.compile(f"[一-龥]第[{_NUMERALS}]+[条款项章方人次批][一-龥]{{1,2}}")
_HAS_DIGIT = re.compile(r"[0-9０-９]")


def cited_sentences(passages: Sequence[str], at_most: int = 3) -> str:
    """The grammar of one to ``at_most`` sentences, each ``…。[k]`` with k in 1…len(passages).

    A digit occurs only inside a numeral that stands in passage k itself, as it is written there.
    No regulation is named, and an ordinal (第八条, 第三方) only where it stands in passage k.
    """
    plain = f"[^{_BARRED}第]"
    rules = [f"root ::= sentence{{1,{at_most}}}"]
    names = range(1, len(passages) + 1)
    rules.append("sentence ::= " + " | ".join(f"s{k}" for k in names))
    for k, passage in zip(names, passages):
        copied = {numeral.text for numeral in find_numerals(passage) if _HAS_DIGIT.search(numeral.text)}
        digits = [json.dumps(text, ensure_ascii=False) for text in sorted(copied)]
        ordinals = [f'"{text}"' for text in sorted(set(_ORDINAL.findall(passage)))]
        rules.append(f's{k} ::= f{k} b{k}{{{SHORTEST},}} "。[{k}]"')
        rules.append(f"f{k} ::= [^{_BARRED}第{_NO_BEGINNING}]" + "".join(f" | {one}" for one in digits))
        rules.append(f"b{k} ::= " + " | ".join([plain, *digits, *ordinals]))
    return "\n".join(rules) + "\n"
