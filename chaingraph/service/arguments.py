"""Reads the arguments that every use case shares: a day, a choice out of a few."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from chaingraph.errors import Text, UsageError
from chaingraph.model.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 10**9
"""More of anything nobody reads."""


def day(value: str | date | None) -> date:
    """A day given as text (2026-11-22) or as a date; today where None.

    Raises
    ------
    UsageError
        If the text is no date.
    """
    if value is None:
        return date.today()
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise UsageError(
            Text(f"“{value}”不是日期，请写成 2026-11-22", f"{value!r} is not a date; write it as 2026-11-22")
        ) from None


def count(name: str, value: int | None) -> int | None:
    """``value`` if it is None or at least 1.

    Raises
    ------
    UsageError
        If it is less.
    """
    if value is not None and value < 1:
        name = name.replace("_", "-")
        raise UsageError(Text(f"{name} 应不小于 1，而不是 {value}", f"{name} must be at least 1, not {value}"))
    if value is not None and value > _MOST:
        raise UsageError(Text(f"{name} 最多 {_MOST}", f"{name} is at most {_MOST}"))
    return value


def choice(name: str, value: str | None, allowed: Sequence[str]) -> str | None:
    """``value`` if it is None or one of ``allowed``; the word for one of them, in Chinese too, stands for it.

    Raises
    ------
    UsageError
        If it is neither.
    """
    if value is None or value in allowed:
        return value
    for key in allowed:
        if value in (word(key, "zh"), word(key, "en")):
            return key
    from difflib import get_close_matches

    close = get_close_matches(value, allowed, 1)
    raise UsageError(
        Text(
            f"{name} 不能是“{value}”；可选：{'、'.join(allowed)}" + (f"。是否想写“{close[0]}”？" if close else ""),
            f"{name} cannot be {value!r}; it is one of: {', '.join(allowed)}"
            + (f". Did you mean {close[0]!r}?" if close else ""),
        )
    )
