"""The report on one link: the gap with its facts, leads for it, what the ledger holds, its sources and neighbours."""

from __future__ import annotations

from dataclasses import dataclass

from chaingraph.model.entity_report import Fact, GapExplanation
from chaingraph.model.gap_report import Part
from chaingraph.model.lead_report import GapLeads
from chaingraph.model.ledger_report import LedgerLead
from chaingraph.model.words import Grade


@dataclass(frozen=True, eq=False, repr=False)
class ChainOfLink(Part):
    """A chain that has the link."""

    chain: str
    name: str


@dataclass(frozen=True, eq=False, repr=False)
class SourceSeen(Part):
    """A source that facts of the link rest on: its best ``grade``, the places cited, the latest day it speaks of."""

    source: str
    title: str
    publisher: str
    published: str
    url: str | None
    grade: Grade
    locators: tuple[str, ...]
    as_of: str


@dataclass(frozen=True, eq=False, repr=False)
class LinkReport(Part):
    """A link around the leaders of a chain.

    ``chains`` are all that have it, the default chain first; ``neighbours`` what it feeds and is fed by, in any chain;
    ``leads`` the firms that could make it here; ``ledger`` the leads of the ledger on it, closed ones too; ``sources``
    those of the facts beneath its numbers, the best first.
    """

    explanation: GapExplanation
    pack: str
    chains: tuple[ChainOfLink, ...]
    neighbours: tuple[Fact, ...]
    leads: GapLeads
    ledger: tuple[LedgerLead, ...]
    sources: tuple[SourceSeen, ...]
