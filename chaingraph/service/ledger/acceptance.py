"""From a candidate of the graph to a lead of the ledger, for the command and for the import of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.ledger.acceptance import BY_OPTION, Candidate, acceptance
from chaingraph.model.words import word
from chaingraph.service.asked import Asked
from chaingraph.service.leads.finding import lead_named
from chaingraph.service.leads.merged import standing
from chaingraph.service.places import place_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chaingraph.errors import Text
    from chaingraph.ledger.duplicates import Alike
    from chaingraph.ledger.events import Event
    from chaingraph.ledger.log import Writing
    from chaingraph.service.ledger.desk import Desk

_TOLD_BY_THE_LEDGER = ("in_talks", "closed")
"""Vetoes that the ledger itself tells of, with owner and day: as a lead that is held already, or as one alike."""


def candidate_of(desk: Desk, name: str, on: date, region: str | None = None, chain: str | None = None) -> Candidate:
    """What the ledger keeps of a candidate, by the id of its lead or FIRM/LINK; in ``chain`` where that is given.

    Raises
    ------
    NotFound
        For a lead, region or chain that is not known.
    UsageError
        If the link is not of ``chain``.
    """
    asked = Asked(desk.store, desk.pack, place_of(desk.store, region), on, desk.lang)
    lead = lead_named(asked, name, standing(desk.store, desk.ledger.states()), chain)
    firm = desk.store.entity(lead.firm, "firm")
    link = desk.store.names("link")[lead.link]
    names = dict.fromkeys(name for name in (*firm["names"], lead.full_name) if name != firm["id"])
    return Candidate(
        id=lead.id,
        region=asked.place.adcode,
        firm=lead.firm,
        firm_name=firm["name"],
        firm_name_en=firm["name_en"],
        names=tuple(names),
        link=lead.link,
        link_name=link[0],
        link_name_en=link[1],
        chain=lead.chain,
        kind=lead.kind,
        vetoes=tuple(
            f"{word(veto.name, desk.lang)}{'：' if desk.lang == 'zh' else ': '}{veto.why}"
            for veto in lead.vetoes
            if veto.name not in _TOLD_BY_THE_LEDGER
        ),
        judged=lead.grade == "D",
    )


def take(
    desk: Desk,
    writing: Writing,
    candidate: Candidate,
    *,
    county: str | None = None,
    owner: str | None = None,
    despite: str | None = None,
    reason_goes: Text = BY_OPTION,
) -> tuple[Sequence[Event], Sequence[Alike]]:
    """Writes an acceptance within an open transaction; tells the events, and the leads alike it was made in spite of.

    ``county`` is an adcode. Raises UsageError, as ``ledger.acceptance.acceptance`` does.
    """
    accepted = acceptance(
        candidate,
        standing(desk.store, writing.states),
        writing.now.date(),
        first_contact_days=desk.store.settings()["scoring"]["lead_rules"]["first_contact_days"],
        regions=desk.store.names("region"),
        county=county,
        owner=owner,
        despite=despite,
        reason_goes=reason_goes,
    )
    return [writing.append(draft) for draft in accepted.drafts], accepted.alike
