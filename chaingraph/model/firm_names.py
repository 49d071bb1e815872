"""A firm's name without what is only its dress: two spellings of one name come out alike."""

from __future__ import annotations

import re
from unicodedata import normalize

_DRESS = re.compile(r"[\s()\[\]{}<>《》「」【】〔〕·・.,，。、'’\"“”&-]+")
"""Spaces, brackets and points. What stands in brackets stays: it often names a place (宁德时代（肇庆）)."""

_FORMS = (
    *("股份有限公司", "有限责任公司", "股份公司", "有限公司", "总公司", "公司", "集团"),
    *(
        "companylimited",
        "corporation",
        "incorporated",
        "coltd",
        "limited",
        "group",
        "gmbh",
        "corp",
        "ltd",
        "llc",
        "inc",
    ),
)


def plain_firm_name(name: str) -> str:
    """A firm's name, code or alias, folded to compare: no case, no spaces, no brackets, no legal form at its end.

    >>> plain_firm_name("瑞庆时代 (肇庆) 集团有限公司")
    '瑞庆时代肇庆'
    """
    plain = whole = _DRESS.sub("", normalize("NFKC", name).casefold())
    while form := next((form for form in _FORMS if plain.endswith(form)), None):
        plain = plain.removesuffix(form)
    return plain or whole
