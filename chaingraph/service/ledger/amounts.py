"""Reads amounts as officers write them: 12亿, 3000万元, 1.2e9, 30亩."""

from __future__ import annotations

import re
from unicodedata import normalize

from chaingraph.errors import Text, UsageError

_SCALES = {"": 1.0, "万": 1e4, "亿": 1e8, "万亿": 1e12}
_CNY = re.compile(r"(\d[\d,]*(?:\.\d+)?(?:e\+?\d+)?)\s*(万亿|亿|万|)\s*(?:元|人民币|cny)?")
_MU = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(万|)\s*(?:亩|mu)?")


def read_cny(value: str | float) -> float | None:
    """An amount of money in CNY; None where the text is empty.

    >>> read_cny("12亿"), read_cny("3,000万元"), read_cny("1.2e9"), read_cny("１２００万")
    (1200000000.0, 30000000.0, 1200000000.0, 12000000.0)

    Raises
    ------
    UsageError
        If the text is no such amount.
    """
    return _read(
        value,
        _CNY,
        Text(f"“{value}”不是投资额（元），请写成 12亿、3000万 或 1.2e9", f"{value!r} is no amount in CNY; write 1.2e9"),
    )


def read_mu(value: str | float) -> float | None:
    """An area in mu; None where the text is empty. Raises UsageError."""
    return _read(value, _MU, Text(f"“{value}”不是用地（亩），请写成 30", f"{value!r} is no area in mu; write 30"))


def _read(value: str | float, form: re.Pattern[str], wrong: Text) -> float | None:
    if not isinstance(value, str):
        return float(value)
    text = normalize("NFKC", value).strip().casefold()
    if not text:
        return None
    found = form.fullmatch(text)
    if found is None:
        raise UsageError(wrong)
    digits, scale = found.groups()
    return float(digits.replace(",", "")) * _SCALES[scale]
