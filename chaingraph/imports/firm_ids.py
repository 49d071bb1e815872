"""Ids of firms that imports bring: derived from what the firm is, so that each is the same for ever."""

from __future__ import annotations

import re
from hashlib import blake2b

_DERIVED = re.compile(r"(uscc)-[0-9a-z]{18}|(listed)-[0-9a-z]+-[a-z]+|(firm)-[0-9a-f]{16}")
_RANKS = {"uscc": 1, "listed": 2, "firm": 3}


def firm_id(credit_code: str | None, listing_code: str | None, plain: str, seat: str) -> str:
    """The id of a firm that no pack knows: by its credit code, else its listing code, else its plain name and seat.

    >>> firm_id(None, "300750.SZ", "宁德时代新能源科技", "350900")
    'listed-300750-sz'
    """
    if credit_code is not None:
        return id_of_credit_code(credit_code)
    if listing_code is not None:
        return id_of_listing_code(listing_code)
    # 64 bits: of five million firms none meets another, but for once in a million such registries.
    return f"firm-{blake2b(f'{plain} {seat}'.encode(), digest_size=8).hexdigest()}"


def id_of_credit_code(code: str) -> str:
    """The id of the firm with a credit code."""
    return f"uscc-{code.lower()}"


def id_of_listing_code(code: str) -> str:
    """The id of the firm with a listing code."""
    return f"listed-{code.lower().replace('.', '-')}"


def credit_code_of(firm: str) -> str | None:
    """The credit code that an id was derived from."""
    return firm[5:].upper() if _kind(firm) == "uscc" else None


def listing_code_of(firm: str) -> str | None:
    """The listing code that an id was derived from."""
    return ".".join(firm.upper().split("-")[1:]) if _kind(firm) == "listed" else None


def rank(firm: str) -> tuple[int, str]:
    """Which of several ids stands for a merged firm, the least first: a pack's, one by credit code, by listing code."""
    return _RANKS.get(_kind(firm) or "", 0), firm


def of_a_pack(firm: str) -> bool:
    """Whether the id is none of ours."""
    return _kind(firm) is None


def _kind(firm: str) -> str | None:
    found = _DERIVED.fullmatch(firm)
    return None if found is None else found[found.lastindex or 0]
