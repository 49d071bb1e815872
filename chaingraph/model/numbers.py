"""How numbers are written for people: thousands grouped, four significant figures, money in 亿元 or CNY."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING

from chaingraph.model.words import word

if TYPE_CHECKING:
    from chaingraph.errors import Lang
    from chaingraph.model.words import Basis, Grade


def number(value: float) -> str:
    """A number with grouped thousands and at most four significant decimals.

    >>> number(16000.0), number(9.75), number(0.000065), number(2), number(999.96)
    ('16,000', '9.75', '0.000065', '2', '1,000')
    """
    if abs(value) < 1000 and value != round(value):
        value = float(f"{value:.4g}")
    if abs(value) >= 1000 or value == round(value):
        return f"{value:,.0f}"
    decimals = 3 - floor(log10(abs(value)))
    return f"{value:.{decimals}f}".rstrip("0")


def money(value: float, lang: Lang) -> str:
    """CNY in the unit people use.

    >>> money(5.19e9, "zh"), money(32000, "zh"), money(5.19e9, "en")
    ('51.9 亿元', '3.2 万元', 'CNY 5.19 bn')
    """
    scales = ((1e8, "亿元"), (1e4, "万元"), (1, "元")) if lang == "zh" else ((1e9, "bn"), (1e6, "m"), (1, ""))
    for scale, name in scales:
        if abs(value) >= scale or scale == 1:
            text = number(value / scale if scale > 1 else value)
            return f"{text} {name}" if lang == "zh" else f"CNY {text} {name}".rstrip()
    raise AssertionError("the last scale is 1")


def percent(value: float) -> str:
    """A share as a whole percentage.

    >>> percent(0.415)
    '42%'
    """
    return f"{100 * value:.0f}%"


def marked(text: str, grade: Grade | None) -> str:
    """The text with a D behind it where it rests on a curator's judgement.

    >>> marked("16,000 t", "D"), marked("16,000 t", "A")
    ('16,000 t D', '16,000 t')
    """
    return f"{text} D" if grade == "D" else text


def basis_mark(basis: Basis, year: int | None, lang: Lang) -> str:
    """A capacity's kind and year in brackets behind it; nothing for a figure that is stated as it stands.

    >>> basis_mark("target", 2025, "zh"), basis_mark("planned", None, "en"), basis_mark("stated", 2025, "zh")
    ('（2025 年目标值）', ' (a plan)', '')
    """
    if basis == "stated":
        return ""
    said = dated_basis(basis, year, lang)
    return f"（{said}）" if lang == "zh" else f" ({said})"


def dated_basis(basis: Basis, year: int | None, lang: Lang) -> str:
    """A capacity's kind, of a year where one is known.

    >>> dated_basis("target", 2025, "en")
    'a target of 2025'
    """
    said = word(f"{basis}_figure", lang)
    if year is None:
        return said
    return f"{year} 年{said}" if lang == "zh" else f"{said} of {year}"


def counted(count: int, noun: str) -> str:
    """An English count.

    >>> counted(1, "gap"), counted(2, "gap")
    ('1 gap', '2 gaps')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
