"""The leads of a chain: for each gap the firms that could fill it, the best first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.ledger.log import Ledger
from chaingraph.model.lead_report import GapLeads, LeadsReport
from chaingraph.model.words import RINGS
from chaingraph.service.arguments import choice, count, day
from chaingraph.service.asked import Asked, chain_of
from chaingraph.service.explain import row_named
from chaingraph.service.gaps import report_on
from chaingraph.service.leads.candidate import Candidate, candidates_of
from chaingraph.service.leads.ground import Ground
from chaingraph.service.leads.merged import standing
from chaingraph.service.places import place_of
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.ledger.state import LeadState
    from chaingraph.model.gap_report import GapReport, GapRow
    from chaingraph.stores.rows import ChainFrame


def suggest_leads(
    settings: Settings,
    chain: str | None = None,
    *,
    link: str | None = None,
    ring: str = "nation",
    top: int = 3,
    region: str | None = None,
    as_of: str | date | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> LeadsReport:
    """The firms that could fill the gaps of a chain, the best first for each gap.

    Parameters
    ----------
    chain, region, as_of
        As for ``gaps``.
    link
        Only this link, whether or not it is a gap; by id or name.
    ring
        Only firms whose nearest plant or seat lies within this ring or a smaller one: "home", "county", "city",
        "near", "bay_area", "province" or "nation".
    top
        Keep so many leads a gap; all vetoed candidates are told.

    Raises
    ------
    UsageError
        For a ring, a top or a date that is none.
    NotFound
        For an unknown chain, link or region.
    """
    on = day(as_of)
    store, pack = open_store(settings, progress)
    lang = spoken(lang, store)
    frame = chain_of(store, chain)
    asked = Asked(store, pack, place_of(store, region), on, lang)
    states = standing(store, Ledger.at(settings.workspace).states(on))
    return suggest_on(asked, frame, report_on(asked, frame), link=link, ring=ring, top=top, states=states)


def suggest_on(
    asked: Asked,
    frame: ChainFrame,
    report: GapReport,
    *,
    link: str | None = None,
    ring: str = "nation",
    top: int = 3,
    states: Mapping[str, LeadState],
) -> LeadsReport:
    """The leads for the gaps of a chain's report; ``states`` are the leads of the ledger on the day."""
    within = choice("ring", ring, RINGS) or "nation"
    most = count("top", top)
    rows = report.gaps if link is None else (row_named(report, asked.store, link),)
    ground = Ground(asked, frame, states)
    found = candidates_of(ground, rows)
    reached = RINGS[: RINGS.index(within) + 1]
    return LeadsReport(
        chain=frame.id,
        chain_name=report.chain_name,
        region=report.region,
        region_name=report.region_name,
        as_of=report.as_of,
        lang=asked.lang,
        pack=asked.pack,
        ring=within,
        top=top,
        gaps=tuple(
            _gap(row, [candidate for candidate in found[row.link] if candidate.row.ring in reached], most)
            for row in rows
        ),
    )


def _gap(row: GapRow, candidates: Sequence[Candidate], top: int | None) -> GapLeads:
    ranked = sorted(candidates, key=lambda candidate: candidate.order)
    kept = [candidate for candidate in ranked if not candidate.vetoes][:top]
    return GapLeads(
        rank=row.rank,
        link=row.link,
        name=row.name,
        direction=row.direction,
        move=row.move,
        status=row.status,
        priority=row.priority,
        priority_grade=row.priority_grade,
        reason=row.reason,
        without_data=row.without_data,
        candidates=len(ranked),
        leads=tuple(candidate.lead(number) for number, candidate in enumerate(kept, 1)),
        vetoed=tuple(candidate.lead(None, landing=False) for candidate in ranked if candidate.vetoes),
    )
