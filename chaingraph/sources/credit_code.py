"""The unified social credit code (统一社会信用代码) as GB 32100-2015 makes it: 18 characters, the last a check."""

from __future__ import annotations

import re
from operator import mul

_CHARACTERS = b"0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = bytes.maketrans(_CHARACTERS, bytes(range(31)))
_WEIGHTS = (*(3**place % 31 for place in range(17)), 1)
_shape = re.compile(r"[1-9A-GNY][0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}").fullmatch


def is_credit_code(text: str) -> bool:
    """Whether a text is a credit code whose check character fits, written as the standard writes it.

    The check makes the weighted sum of all 18 characters a multiple of 31.

    >>> is_credit_code("91350100M000100Y43"), is_credit_code("91350100M000100Y4Z")
    (True, False)
    """
    return _shape(text) is not None and not sum(map(mul, text.encode().translate(_VALUES), _WEIGHTS)) % 31


def looks_like_credit_code(text: str) -> bool:
    """Whether a text has the shape of a credit code, be its check right or wrong."""
    return _shape(text) is not None


def office(code: str) -> str:
    """The adcode of the office that registered the firm: characters 3 to 8, as they were when the code was given.

    >>> office("91350100M000100Y43")
    '350100'
    """
    return code[2:8]
