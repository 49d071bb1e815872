"""Which leads of a region are in work on a day, and which of them are overdue; and the leads of one firm."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.ledger.clocks import overdue
from chaingraph.ledger.log import Ledger
from chaingraph.service.arguments import day
from chaingraph.service.leads.merged import standing
from chaingraph.service.ledger.desk import Desk
from chaingraph.service.ledger.lead_seen import Telling

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from pathlib import Path

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.ledger_report import LedgerLead
    from chaingraph.service.asked import Asked


class InWork(NamedTuple):
    """A lead that is not closed (销号)."""

    link: str
    chain: str
    overdue: bool


def leads_in_work(workspace: Path, asked: Asked) -> list[InWork]:
    """The leads of the region asked for, or of a county below it, that were not closed at the end of the day."""
    states = Ledger.at(workspace).states(asked.on)
    clocks = asked.store.settings()["scoring"]["clocks"]
    inside = _inside(asked, {state.county or state.region for state in states.values()})
    return [
        InWork(state.link, state.chain, bool(overdue(state, clocks, asked.on)))
        for state in states.values()
        if not state.closed and (state.county or state.region) in inside
    ]


def of_chain(leads: Iterable[InWork], chain: str, links: Collection[str]) -> list[InWork]:
    """Those for a link of a chain, and those accepted in it should it have lost the link."""
    return [lead for lead in leads if lead.link in links or lead.chain == chain]


def leads_of(
    settings: Settings, firm: str, *, as_of: str | date | None = None, lang: Lang | None = None
) -> tuple[LedgerLead, ...]:
    """The leads of a firm, by id, as they stood at the end of a day, closed ones too; the latest changed first."""
    on = day(as_of)
    desk = Desk.opened(settings, lang)
    states = standing(desk.store, desk.ledger.states(on)).values()
    telling = Telling(desk.store, desk.lang, on)
    own = [telling.lead(state) for state in states if state.firm == firm]
    return tuple(sorted(own, key=lambda lead: lead.changed, reverse=True))


def _inside(asked: Asked, places: Iterable[str]) -> set[str]:
    known = asked.store.names("region")
    return {place for place in places if place in known and asked.place.adcode in asked.store.region(place).line}
