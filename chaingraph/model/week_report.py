"""The weekly list (每周目标企业清单): frozen when it is exported, so that a week once exported can be made again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chaingraph.errors import Lang
from chaingraph.model.gap_report import Part
from chaingraph.model.words import Grade

Change = Literal["added", "up", "down", "moved", "dropped"]
"""``up`` and ``down``: by the lead's own points, its gap's priority, or a veto. ``moved``: another stage."""


@dataclass(frozen=True, slots=True)
class WeekLead:
    """A row of the list, in the words of its language. ``version`` is the ledger's, 0 before the lead is accepted.

    ``stage`` and what follows it to ``reason`` are the officer's to edit: words for a stage and a county, ISO days.
    ``components`` are name, points and reason of each; ``signals`` what the ledger heard about the firm; ``veto``
    what speaks against a lead that is worked all the same, empty where nothing does. It has slots, not a base, since a
    list may have 10,000 of it.
    """

    rank: int | None
    id: str
    chain: str
    chain_name: str
    link: str
    link_name: str
    move: str
    gap_rank: int | None
    priority: float | None
    firm: str
    firm_name: str
    full_name: str
    kind: str
    seat_name: str
    nearest_name: str
    distance_km: float | None
    points: float | None
    points_most: float | None
    components: tuple[tuple[str, float | None, str], ...]
    why: str
    introducer: str
    park: str
    park_why: str
    stage: str
    county: str | None
    owner: str | None
    progress: str | None
    next_step: str | None
    next_due: str | None
    reason: str | None
    overdue: str
    signals: tuple[str, ...]
    veto: str
    grade: Grade | None
    sources: int | None
    source_title: str
    source_url: str | None
    source_as_of: str | None
    version: int


@dataclass(frozen=True, eq=False, repr=False)
class WeekGap(Part):
    """A row of 缺口汇总."""

    chain_name: str
    rank: int
    link: str
    name: str
    direction: str
    move: str
    status: str
    need: float | None
    need_at_least: bool
    unit: str
    need_grade: Grade | None
    coverage: float | None
    priority: float | None
    priority_grade: Grade | None
    leads: int
    vetoed: int
    reason: str


@dataclass(frozen=True, eq=False, repr=False)
class WeekChange(Part):
    """A row of 本周变化: what changed about a lead since the last exported week, and why, in words."""

    change: Change
    change_name: str
    id: str
    firm_name: str
    link_name: str
    rank_before: int | None
    rank_now: int | None
    why: str


@dataclass(frozen=True, eq=False, repr=False)
class WeekVetoed(Part):
    """A row of 剔除名单: a candidate that is no lead, or a lead that was dropped or lost.

    ``source_url`` is empty where no source applies, None where the source has no address.
    """

    id: str
    firm_name: str
    link_name: str
    veto: str
    why: str
    grade: Grade | None
    source_title: str
    source_url: str | None


@dataclass(frozen=True, eq=False, repr=False)
class WeekReport(Part):
    """The list of one week: the leads of the ledger, and of each chain the ``top`` suggestions of its ``first`` gaps.

    ``week`` is an ISO week (2026-W47); ``event`` the number of the ledger's last event beneath it; ``compared_with``
    the week exported before it, None for the first.
    """

    lang: Lang
    region: str
    region_name: str
    chain: str | None
    chain_name: str | None
    week: str
    revision: int
    as_of: str
    pack: str
    event: int
    compared_with: str | None
    first: int
    top: int
    counties: tuple[str, ...]
    owners: tuple[str, ...]
    leads: tuple[WeekLead, ...]
    gaps: tuple[WeekGap, ...]
    changes: tuple[WeekChange, ...]
    vetoed: tuple[WeekVetoed, ...]
    notes: tuple[tuple[str, str], ...]

    @property
    def scope(self) -> str:
        """What is exported week by week: the region, and one chain or all."""
        return scope_of(self.region, self.chain)


def scope_of(region: str, chain: str | None) -> str:
    """The scope of a region and a chain.

    >>> scope_of("441200", None), scope_of("441200", "ev")
    ('441200-all', '441200-chain-ev')
    """
    return f"{region}-all" if chain is None else f"{region}-chain-{chain}"


@dataclass(frozen=True, eq=False, repr=False)
class ExportReport(Part):
    """What an export wrote."""

    lang: Lang
    region_name: str
    week: str
    revision: int
    again: bool
    leads: int
    changes: int
    files: tuple[str, ...]


@dataclass(frozen=True, eq=False, repr=False)
class ImportProblem(Part):
    """Something of an imported workbook that was refused: at a cell, or a conflict with the ledger."""

    cell: str
    lead: str | None
    conflict: bool
    what: str
    mend: str


@dataclass(frozen=True, eq=False, repr=False)
class ImportEdit(Part):
    """A cell that changed the ledger: its column, what the ledger said before, and what it says now; None is empty."""

    cell: str
    lead: str
    firm_name: str
    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True, eq=False, repr=False)
class ImportReport(Part):
    """What an import did.

    ``events`` were added and ``edits`` made, or would have been if ``dry_run``; ``rows_changed`` differ from what was
    exported, ``rows_same`` do not; ``notices`` tell what was passed over.
    """

    lang: Lang
    file: str
    week: str
    revision: int
    user: str
    rows: int
    rows_changed: int
    rows_same: int
    rows_absent: int
    events: int
    again: bool
    dry_run: bool
    notices: tuple[str, ...]
    edits: tuple[ImportEdit, ...]
    problems: tuple[ImportProblem, ...]
