"""The id of a lead: the same firm and link in the same region keep it for ever, on every machine."""

from __future__ import annotations

import hashlib
from base64 import b32encode

_LENGTH = 10


def lead_id(region: str, firm: str, link: str) -> str:
    """The id of a firm as a lead for a link in a region: L and ten letters or digits.

    >>> lead_id("441200", "senior-material", "separator") == lead_id("441200", "senior-material", "separator")
    True
    """
    digest = hashlib.blake2b(f"{region}/{firm}/{link}".encode(), digest_size=8).digest()
    return "L" + b32encode(digest).decode()[:_LENGTH]


def is_lead_id(text: str) -> bool:
    """Whether a text has the form of a lead's id, in whatever case."""
    return len(text) == _LENGTH + 1 and text[0] in "Ll" and text.isascii() and text.isalnum()
