"""A lead from both sides: what the ledger holds of it, and what the graph says for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.errors import NotFound
from chaingraph.service.leads.explain import explain_lead
from chaingraph.service.ledger.board import show_lead

if TYPE_CHECKING:
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang, Text
    from chaingraph.model.lead_report import LeadReport
    from chaingraph.model.ledger_report import HistoryReport


class WholeLead(NamedTuple):
    """At least one of the two sides is there.

    ``history`` is None for a candidate that the ledger does not hold on the day; ``basis`` is None for a lead of the
    ledger that the graph holds no more, and ``gone`` then says why.
    """

    history: HistoryReport | None
    basis: LeadReport | None
    gone: Text | None


def whole_lead(
    settings: Settings,
    lead: str,
    *,
    chain: str | None = None,
    region: str | None = None,
    as_of: str | date | None = None,
    lang: Lang | None = None,
) -> WholeLead:
    """A lead by its id, or by FIRM/LINK; the rest as for ``explain_lead``.

    Raises
    ------
    UsageError
        If ``lead`` has neither form.
    NotFound
        If neither the ledger nor the graph holds it.
    """
    try:
        basis = explain_lead(settings, lead, chain=chain, region=region, as_of=as_of, lang=lang)
    except NotFound as error:
        try:
            return WholeLead(show_lead(settings, lead, as_of=as_of, lang=lang), None, error.text)
        except NotFound:
            # What the graph says of a name is told, not that the ledger does not hold it either.
            raise error from None
    history = show_lead(settings, basis.lead.id, as_of=as_of, lang=lang) if basis.ledger else None
    return WholeLead(history, basis, None)
