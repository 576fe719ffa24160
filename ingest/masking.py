"""Identity and phone numbers are masked before anything read leaves this package.

Legal source: 个人信息保护法 第四条、第二十八条; the knowledge base needs none of them.
"""

from __future__ import annotations

import re

MASKED = "***"
_D = "[0-9０-９]"
_GAP = r"[-－—– ]?"
_PATTERNS = tuple(
    re.compile(rf"(?<![0-9０-９A-Za-z.．]){pattern}(?![0-9０-９A-Za-z])")
    for pattern in (
        # 身份证: region, date of birth, sequence, check character; and the 15-digit one before 1999.
        rf"[1-9１-９]{_D}{{5}} ?(?:[1１][89８９]|[2２][0０]){_D}{{2}}[01０１]{_D}[0-3０-３]{_D} ?{_D}{{3}}[0-9０-９XxＸｘ]",
        rf"[1-9１-９]{_D}{{7}}[01０１]{_D}[0-3０-３]{_D}{_D}{{3}}",
        # Mobile numbers, with or without the country code and grouping.
        rf"(?:(?:\+|＋|00)?86{_GAP})?[1１][3-9３-９]{_D}{_GAP}{_D}{{4}}{_GAP}{_D}{{4}}",
        # Landlines with area code and perhaps an extension; 400/800 numbers.
        rf"[0０]{_D}{{2,3}}[)）]?{_GAP}{_D}{{7,8}}(?:{_GAP}(?:转|-)?{_D}{{1,6}})?",
        rf"[48４８]00{_GAP}{_D}{{3,4}}{_GAP}{_D}{{3,4}}",
    )
)
# A local number is told only by the word before it.
_AFTER_LABEL = re.compile(
    rf"((?:电话|传真|手机|联系方式|热线|座机)(?:号码?)?\s*[:：为是]?\s*)[2-8２-８]{_D}{{2,3}}{_GAP}{_D}{{4}}(?!{_D})"
)


def mask(text: str) -> str:
    """``text`` with identity numbers, mobile and landline numbers replaced by ``***``."""
    for pattern in _PATTERNS:
        text = pattern.sub(MASKED, text)
    return _AFTER_LABEL.sub(rf"\g<1>{MASKED}", text)
