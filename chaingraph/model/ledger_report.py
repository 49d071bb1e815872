"""The reports on the ledger (台账): where each lead stands, what happened to it, what is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chaingraph.errors import Lang
from chaingraph.model.gap_report import Part
from chaingraph.model.words import LeadKind, LeadStage

LEDGER_SOURCE = "ledger"
"""The id of the source that the projects of signed leads cite."""

Clock = Literal["respond", "assess", "feed_back", "report", "next_step"]
"""The response clocks, and the date of the next step."""


@dataclass(frozen=True, eq=False, repr=False)
class Overdue(Part):
    """A clock that has run out: due on an ISO day, ``days`` ago."""

    clock: Clock
    name: str
    due: str
    days: int


@dataclass(frozen=True, eq=False, repr=False)
class Approval(Part):
    """One of the two approvals: the county selects (县选), the city files (市备)."""

    by: Literal["county", "city"]
    user: str
    at: str


@dataclass(frozen=True, eq=False, repr=False)
class Heard(Part):
    """A sign that the firm expands, as an officer heard it: of which day, and who wrote it down when."""

    date: str
    said: str
    user: str
    at: str


@dataclass(frozen=True, eq=False, repr=False)
class SignedProject(Part):
    """The project that a signed lead became, as far as it is told: the ISO day of its signing, the rest if known."""

    park: str | None
    park_name: str | None
    investment_cny: float | None
    area_mu: float | None
    date: str


@dataclass(frozen=True, eq=False, repr=False)
class LedgerLead(Part):
    """A lead as the ledger holds it on a day.

    ``version`` is the number of its latest event that changed it; ``since`` the day it entered its stage; ``project``
    is None unless it is signed.
    """

    id: str
    region: str
    firm: str
    firm_name: str
    link: str
    link_name: str
    chain: str
    kind: LeadKind
    county: str | None
    county_name: str | None
    owner: str | None
    stage: LeadStage
    stage_name: str
    since: str
    progress: str | None
    next_step: str | None
    next_due: str | None
    reason: str | None
    approvals: tuple[Approval, ...]
    signals: tuple[Heard, ...]
    created: str
    created_by: str
    changed: str
    changed_by: str
    version: int
    overdue: tuple[Overdue, ...]
    project: SignedProject | None


@dataclass(frozen=True, eq=False, repr=False)
class LedgerReport(Part):
    """The leads of the ledger on a day, those overdue first.

    ``first`` is the day its first lead entered, on that day or after it; None where it holds none.
    """

    lang: Lang
    as_of: str
    first: str | None
    total: int
    open: int
    overdue: int
    by_stage: dict[str, int]
    leads: tuple[LedgerLead, ...]


@dataclass(frozen=True, eq=False, repr=False)
class EventSeen(Part):
    """One event of the log: what happened, when, by whom, told in a sentence."""

    number: int
    at: str
    user: str
    kind: str
    kind_name: str
    lead: str | None
    said: str


@dataclass(frozen=True, eq=False, repr=False)
class HistoryReport(Part):
    """The events of a lead, or of the whole ledger where ``lead`` is None, in their order."""

    lang: Lang
    as_of: str
    lead: LedgerLead | None
    events: tuple[EventSeen, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Similar(Part):
    """Another lead that speaks of the same firm, and how that is known."""

    lead: LedgerLead
    why: str


@dataclass(frozen=True, eq=False, repr=False)
class ChangeReport(Part):
    """What a command of the ledger did: the lead as it stands now, the events added, similar leads it was told of.

    ``notes`` are what the officer should know of it: what is still missing, what is unusual.
    """

    lang: Lang
    lead: LedgerLead
    events: tuple[EventSeen, ...]
    similar: tuple[Similar, ...]
    notes: tuple[str, ...]
