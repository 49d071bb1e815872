"""Where the leads of the ledger stand on a day, and what happened to them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from chaingraph.errors import NotFound, Text
from chaingraph.model.ledger_report import HistoryReport, LedgerReport
from chaingraph.model.words import CLOSED, LEAD_STAGES
from chaingraph.service.arguments import choice, count, day
from chaingraph.service.leads.merged import standing
from chaingraph.service.ledger.desk import Desk, lead_of
from chaingraph.service.ledger.in_work import inside
from chaingraph.service.ledger.lead_seen import Telling
from chaingraph.service.places import place_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.ledger_report import LedgerLead


def list_leads(
    settings: Settings,
    *,
    region: str | None = None,
    stage: str | None = None,
    owner: str | None = None,
    county: str | None = None,
    chain: str | None = None,
    overdue_only: bool = False,
    all: bool = False,  # noqa: A002
    as_of: str | date | None = None,
    top: int | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> LedgerReport:
    """The leads of the ledger as they stood at the end of a day, the longest overdue first.

    Parameters
    ----------
    region
        Only the leads of this region and of what is below it; those of all regions where None.
    stage, owner, county, chain, overdue_only
        Only leads like this; the counts are of all that the region has.
    all
        Closed leads (销号) too; they are also told of where a closed ``stage`` is asked for.
    top
        Keep so many; all where None.

    Raises
    ------
    NotFound
        For an unknown region, county or chain.
    UsageError
        For a stage or a date that is none.
    """
    on = day(as_of)
    stage = choice("stage", stage, LEAD_STAGES)
    count("top", top)
    desk = Desk.opened(settings, lang, progress)
    home = place_of(desk.store, region).adcode
    place = desk.place(county, home).adcode if county else None
    frame = desk.store.chain(chain) if chain else None
    # A link is of several chains; its lead is of each, and of the one it was accepted in should that lose the link.
    links = {link.id for link in frame.links} if frame else set()
    telling = Telling(desk.store, desk.lang, on)
    states = standing(desk.store, desk.ledger.states(on))
    first = next(iter((states or desk.ledger.states()).values()), None)
    here = states.values() if region is None else inside(desk.store, home, states.values())
    leads = [telling.lead(state) for state in here]
    stages = Counter(lead.stage for lead in leads)
    kept = [
        lead
        for lead in leads
        if (lead.stage == stage if stage else all or lead.stage not in CLOSED)
        and (owner is None or lead.owner == owner)
        and (place is None or lead.county == place)
        and (frame is None or lead.link in links or lead.chain == frame.id)
        and (lead.overdue or not overdue_only)
    ]
    return LedgerReport(
        lang=desk.lang,
        as_of=on.isoformat(),
        first=None if first is None else first.created[:10],
        total=len(leads),
        open=sum(lead.stage not in CLOSED for lead in leads),
        overdue=sum(bool(lead.overdue) for lead in leads),
        by_stage={key: stages[key] for key in LEAD_STAGES},
        leads=tuple(sorted(kept, key=most_overdue_first)[:top]),
    )


def show_lead(
    settings: Settings,
    lead: str,
    *,
    as_of: str | date | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> HistoryReport:
    """A lead of the ledger as it stood on a day, with what happened to it by then. Raises NotFound."""
    on = day(as_of)
    desk = Desk.opened(settings, lang, progress)
    key = desk.key(lead)
    state = desk.ledger.state(key, on)
    if state is None:
        created = lead_of(lead, desk.ledger.state(key), desk.ledger).created[:10]
        raise NotFound(
            Text(
                f"{key} 在 {on} 尚未入台账（{created} 入）：请用 {created} 或以后的 --as-of",
                f"{key} was not in the ledger yet on {on} (it entered on {created}): ask --as-of that day or later",
            )
        )
    telling = Telling(desk.store, desk.lang, on)
    events = tuple(telling.event(event) for event in desk.ledger.events(key, on))
    return HistoryReport(desk.lang, on.isoformat(), telling.lead(state), events)


def lead_history(
    settings: Settings,
    lead_id: str | None = None,
    *,
    as_of: str | date | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> HistoryReport:
    """What happened to a lead, or to the whole ledger where None, up to the end of a day. Raises NotFound."""
    if lead_id is not None:
        return show_lead(settings, lead_id, as_of=as_of, lang=lang, progress=progress)
    on = day(as_of)
    desk = Desk.opened(settings, lang, progress)
    telling = Telling(desk.store, desk.lang, on)
    return HistoryReport(
        desk.lang, on.isoformat(), None, tuple(telling.event(event) for event in desk.ledger.events(until=on))
    )


def most_overdue_first(lead: LedgerLead) -> tuple[int, str, str]:
    """Sorts leads: the longest overdue in front, then by the day of the next step."""
    return -max((late.days for late in lead.overdue), default=0), lead.next_due or "9", lead.id
