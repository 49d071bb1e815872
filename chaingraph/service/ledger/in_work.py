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
    from chaingraph.ledger.state import LeadState
    from chaingraph.model.ledger_report import LedgerLead
    from chaingraph.service.asked import Asked
    from chaingraph.stores.base import Store


class InWork(NamedTuple):
    """A lead that is not closed (销号)."""

    link: str
    chain: str
    overdue: bool


def leads_in_work(workspace: Path, asked: Asked) -> list[InWork]:
    """The leads of the region asked for, or of a county below it, that were not closed at the end of the day."""
    states = inside(asked.store, asked.place.adcode, Ledger.at(workspace).states(asked.on).values())
    clocks = asked.store.settings()["scoring"]["clocks"]
    return [
        InWork(state.link, state.chain, bool(overdue(state, clocks, asked.on))) for state in states if not state.closed
    ]


def inside(store: Store, region: str, states: Iterable[LeadState]) -> list[LeadState]:
    """The leads of a region, given by adcode, and of what is below it; one that has a county counts there."""
    states = list(states)
    known = store.names("region")
    places = {state.county or state.region for state in states}
    within = {place for place in places if place in known and region in store.region(place).line}
    return [state for state in states if (state.county or state.region) in within]


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
