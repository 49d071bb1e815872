"""Leads of firms that were merged into another: they keep their ids, and speak of the firm that stands for theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chaingraph.model.lead_id import lead_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chaingraph.ledger.state import LeadState
    from chaingraph.stores.base import Store


def standing(store: Store, states: Mapping[str, LeadState]) -> Mapping[str, LeadState]:
    """Leads of the ledger, each with the firm that stands for its own."""
    merged = store.merged()
    if not merged:
        return states
    return {key: replace(state, firm=merged.get(state.firm, state.firm)) for key, state in states.items()}


class LeadIds:
    """The id of the lead of a firm for a link in a region: the ledger's, also one got before the firm was merged."""

    def __init__(self, region: str, states: Mapping[str, LeadState]) -> None:
        self._region = region
        self._held = {(state.firm, state.link): state.id for state in states.values() if state.region == region}
        self._states = states

    def of(self, firm: str, link: str) -> str:
        """The id; where both firms of a merge had one, that of the firm that stands."""
        own = lead_id(self._region, firm, link)
        return own if own in self._states else self._held.get((firm, link), own)
