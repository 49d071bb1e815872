"""What a search found."""

from __future__ import annotations

from dataclasses import dataclass

from chaingraph.errors import Lang
from chaingraph.model.words import How


@dataclass(frozen=True)
class Hit:
    """An entity that answers a search. ``matched`` is the name that did; ``about`` tells what it is in a few words."""

    id: str
    kind: str
    kind_name: str
    name: str
    matched: str
    how: How
    about: str


@dataclass(frozen=True)
class SearchReport:
    """The best hits of a search; ``found`` counts all."""

    lang: Lang
    text: str
    found: int
    hits: tuple[Hit, ...]
