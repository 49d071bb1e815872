"""One lead with all that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.analysis.leads.reasons import park_unknown, unknown
from chaingraph.ledger.log import Ledger
from chaingraph.model.lead_report import LeadReport
from chaingraph.service.arguments import day
from chaingraph.service.asked import Asked
from chaingraph.service.explain import facts_beneath
from chaingraph.service.leads.finding import found_named
from chaingraph.service.leads.merged import standing
from chaingraph.service.ledger.lead_seen import lead_seen
from chaingraph.service.places import place_of
from chaingraph.service.told import facts_of
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang


def explain_lead(
    settings: Settings,
    lead: str,
    *,
    chain: str | None = None,
    region: str | None = None,
    as_of: str | date | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> LeadReport:
    """One lead: the gap it fills, its components, every park, the firm's facts with sources, what is unknown.

    Parameters
    ----------
    lead
        Its id, or FIRM/LINK by ids or names.
    chain
        The chain to rate it in, where the link is of several.

    Raises
    ------
    UsageError
        If ``lead`` has neither form.
    NotFound
        If there is no such lead.
    """
    on = day(as_of)
    store, pack = open_store(settings, progress)
    lang = spoken(lang, store)
    asked = Asked(store, pack, place_of(store, region), on, lang)
    states = standing(store, Ledger.at(settings.workspace).states(on))
    candidate, report = found_named(asked, lead, states, chain)
    told = candidate.lead(None)
    state = states.get(told.id)
    return LeadReport(
        lang=lang,
        region=report.region,
        region_name=report.region_name,
        as_of=report.as_of,
        pack=pack,
        lead=told,
        leaders=report.leaders,
        gap=candidate.gap,
        parks=tuple(candidate.parks()),
        facts=(
            *facts_of(store, store.entity(told.firm), on, lang),
            *facts_beneath(store, report, candidate.gap, on),
        ),
        unknown=tuple(unknown(told, candidate.gap, lang)),
        park_unknown=tuple(park_unknown(told, lang)),
        ledger=lead_seen(store, state, on, lang) if state else None,
    )
