"""The list of chains."""

from __future__ import annotations

from dataclasses import dataclass

from chaingraph.errors import Lang
from chaingraph.model.gap_report import LeaderSeen


@dataclass(frozen=True)
class ChainSeen:
    """A chain in the list of chains."""

    id: str
    name: str
    links: int
    upstream: int
    midstream: int
    downstream: int
    feeds: int
    quantified_feeds: int
    leaders: tuple[LeaderSeen, ...]


@dataclass(frozen=True)
class ChainsReport:
    """The chains of the packs."""

    lang: Lang
    title: str
    chains: tuple[ChainSeen, ...]
