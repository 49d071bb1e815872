"""A firm's name without what is only its dress: two spellings of one name come out alike."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

_DRESS = re.compile(r"[\s()\[\]{}<>《》「」【】〔〕·・.,，。、'’\"“”&-]+")
"""Spaces, brackets and points. What stands in brackets stays: it often names a place (宁德时代（肇庆）)."""

_CHINESE_FORMS = (
    *("股份有限公司", "有限责任公司", "有限公司", "股份公司", "总公司", "公司", "集团"),
    *("有限合伙企业", "普通合伙企业", "合伙企业", "有限合伙", "普通合伙", "特殊普通合伙", "个体工商户", "个人独资企业"),
)
_LATIN_FORMS = (
    *("companylimited", "corporation", "incorporated", "coltd", "limited", "group"),
    *("gmbh", "corp", "ltd", "llc", "inc"),
)
_FORMS = (*_CHINESE_FORMS, *_LATIN_FORMS)
_BRANCHES = ("分公司", "子公司")
"""Endings that look like a form and are none: without them a branch would bear half a name."""

_CJK = range(0x3400, 0xA000)


def plain_firm_name(name: str) -> str:
    """A firm's name, code or alias, folded to compare: no case, no spaces, no brackets, no legal form at its end.

    Traditional characters come out as simplified ones.

    >>> plain_firm_name("瑞慶時代 (肇慶) 集团有限公司")
    '瑞庆时代肇庆'
    """
    return firm_name_parts(name)[0]


def firm_name_parts(name: str) -> tuple[str, str]:
    """The plain name and the legal form that stood at its end, "" where none did.

    >>> firm_name_parts("瑞庆时代（集团）股份有限公司")
    ('瑞庆时代', '集团股份有限公司')
    """
    plain = whole = _DRESS.sub("", simplified(normalize("NFKC", name)).casefold())
    while plain.endswith(_FORMS) and not plain.endswith(_BRANCHES):
        plain = plain.removesuffix(next(form for form in _FORMS if plain.endswith(form)))
    return (plain, whole[len(plain) :]) if plain else (whole, "")


def simplified(text: str) -> str:
    """The text in simplified characters, character by character.

    Those of GB 2312, the set of the mainland, stay as they are: 乾 is no 干 there.
    """
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return text.translate(_simplified_characters())
    return text


@cache
def _simplified_characters() -> dict[int, str]:
    # Loading the library's dictionary takes a while, and few names need it.
    from opencc import OpenCC

    converter = OpenCC("t2s")
    table = {}
    for point in _CJK:
        character = chr(point)
        try:
            character.encode("gb2312")
        except UnicodeEncodeError:
            simple = converter.convert(character)
            if simple != character:
                table[point] = simple
    return table
