"""How a snapshot holds days and names: shared by its compiler and its reader."""

from __future__ import annotations

import hashlib
from datetime import date

_EPOCH = 719163


def days(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def name_key(text: str) -> int:
    """The key of a name in the name index: 63 bits of a hash of it, case and spaces folded."""
    folded = "".join(text.casefold().split())
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest(), "big") >> 1


def iso(day: int) -> str:
    """The ISO date of a day number."""
    return date.fromordinal(day + _EPOCH).isoformat()
