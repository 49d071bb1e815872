"""The desk that a use case of the ledger works at: the store, the ledger, the language, names looked up."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.errors import NotFound, Text, UsageError
from chaingraph.ledger.log import Ledger
from chaingraph.model.lead_id import lead_id
from chaingraph.service.leads.finding import pair_named
from chaingraph.service.places import place_of
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.ledger.state import LeadState
    from chaingraph.stores.base import Store


class Desk(NamedTuple):
    """An open store with its name, the ledger of its workspace, and the language asked for."""

    store: Store
    pack: str
    ledger: Ledger
    lang: Lang

    @classmethod
    def opened(
        cls, settings: Settings, lang: Lang | None, progress: Callable[[str, float], None] | None = None
    ) -> Desk:
        """The desk of a workspace."""
        store, pack = open_store(settings, progress)
        return cls(store, pack, Ledger.at(settings.workspace), spoken(lang, store))

    def key(self, lead: str) -> str:
        """The id of a lead, of FIRM/LINK in the home region too. Raises NotFound for an unknown firm or link."""
        pair = pair_named(self.store, lead)
        return key_of(lead) if pair is None else lead_id(place_of(self.store, None).adcode, *pair)

    def county(self, name: str | None, region: str) -> str | None:
        """The adcode of a county in the region of a lead; an empty text stays empty.

        Raises
        ------
        NotFound
            For an unknown region.
        UsageError
            For one that lies elsewhere.
        """
        if name is None or not name.strip():
            return name
        row = self.store.region(name.strip())
        if region not in row.line:
            home = self.store.region(region)
            raise UsageError(
                Text(f"{row.name}不在{home.name}：请写{home.name}的县区", f"{row.name_en} is not in {home.name_en}")
            )
        return row.adcode


def key_of(lead: str) -> str:
    """A lead's id as the ledger keeps it, in whatever case it was typed."""
    return lead.strip().upper()


def no_lead(lead: str, known: Iterable[str]) -> NotFound:
    """The error for a lead that the ledger does not hold."""
    close = get_close_matches(key_of(lead), list(known), 3, 0.7)
    return NotFound(
        Text(
            f"台账里没有线索“{lead}”。"
            + (f"相近的有：{'、'.join(close)}；" if close else "")
            + "编号见 chaingraph leads list，候选先用 chaingraph leads accept 入台账",
            f"the ledger holds no lead {lead!r}. "
            + (f"Did you mean: {', '.join(close)}? " if close else "")
            + "See chaingraph leads list; a candidate enters by chaingraph leads accept",
        )
    )


def lead_of(lead: str, state: LeadState | None, ledger: Ledger) -> LeadState:
    """The state of a lead. Raises NotFound where the ledger holds none."""
    if state is None:
        raise no_lead(lead, ledger.states())
    return state
