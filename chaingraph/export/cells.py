"""What every sheet is made of: cells, headers in a language, numbers with their grade."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chaingraph.errors import Lang
    from chaingraph.model.project_report import Amount


Cell = str | float | None


class Sheet(NamedTuple):
    """Headers and rows of cells; None is unknown, an empty text does not apply."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def heads(lang: Lang, *pairs: tuple[str, str]) -> tuple[str, ...]:
    """The headers in a language, out of pairs of Chinese and English."""
    return tuple(pair[0 if lang == "zh" else 1] for pair in pairs)


def joined(names: Iterable[str], lang: Lang) -> str:
    """Names as a list in one cell."""
    return ("、" if lang == "zh" else ", ").join(names)


def amount(amount: Amount | None) -> tuple[Cell, Cell]:
    """A number and its grade; both unknown where it is."""
    return (amount.value, amount.grade) if amount else (None, None)


def yes(holds: bool, lang: Lang) -> str:
    """Yes, or an empty cell."""
    return ("是" if lang == "zh" else "yes") if holds else ""


def short(value: float | None) -> float | None:
    """A share or a score to four decimals."""
    return None if value is None else round(value, 4)
