"""A class of applicants by the form of their names: shown instead of the name, confirmed by a person.

A name is personal data; what is shown and kept is only the class (名称像个人姓名, 名称含“公司”).
"""

from __future__ import annotations

import re

from statutory.spelling import fold

_PERSON = re.compile(r"[一-鿿]{1}[一-鿿某*＊xX×·]{1,3}|[一-鿿·]{5,12}(?<![司厂院所会心队局])")
_CLASSES: tuple[tuple[str, str, str], ...] = (
    ("律师事务所|律所|法律服务所|法律援助", "名称含“律师事务所”等", "法律服务机构"),
    ("研究院|研究所|科研|设计院|科学院", "名称含“研究院”等", "科研机构"),
    ("基金会|公益|慈善|志愿", "名称含“基金会”“公益”等", "社会公益组织"),
    ("公司|企业|集团|工厂|厂$|商行|商店|矿$|有限责任", "名称含“公司”“厂”等", "商业企业"),
    ("村委会|居委会|委员会|政府|局$|院$|学校|大学|医院|中心|协会|学会|商会|合作社|报社|电视台", "名称是其他组织", ""),
)


def by_name(name: str) -> str:
    """The class of a name; "" for a blank."""
    word = fold(name)
    if not word:
        return ""
    for pattern, said, _ in _CLASSES:
        if re.search(pattern, word):
            return said
    return "名称像个人姓名" if _PERSON.fullmatch(word) and len(word) <= 4 else "名称看不出是个人还是单位"


def proposed(said: str) -> str:
    """The kind of applicant that a class is likely to be, "" where it tells none."""
    if said == "名称像个人姓名":
        return "自然人"
    return next((kind for _, word, kind in _CLASSES if word == said), "")
