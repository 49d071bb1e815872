"""What an officer may choose from: chains, the counties and parks of a region, the owners that the ledger knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.service.arguments import day
from chaingraph.service.leads.merged import standing
from chaingraph.service.ledger.desk import Desk
from chaingraph.service.places import counties_of, place_of
from chaingraph.service.told import names_in

if TYPE_CHECKING:
    from chaingraph.config import Settings
    from chaingraph.errors import Lang

Named = tuple[tuple[str, str], ...]
"""Ids, each with its name."""


class Choices(NamedTuple):
    """``counties`` by adcode, ``parks`` and ``chains`` by id; ``owners`` are names, in their order."""

    chains: Named
    counties: Named
    parks: Named
    owners: tuple[str, ...]


def choices(settings: Settings, *, region: str | None = None, lang: Lang | None = None) -> Choices:
    """The choices in a region, by adcode or name; the pack's home region where None. Raises NotFound."""
    desk = Desk.opened(settings, lang)
    place = place_of(desk.store, region)
    zh = desk.lang == "zh"
    parks = names_in(desk.store, "park", desk.lang)
    chains = names_in(desk.store, "chain", desk.lang)
    states = standing(desk.store, desk.ledger.states())
    return Choices(
        chains=tuple((key, chains[key]) for key in desk.store.chain_ids()),
        counties=tuple((row.adcode, row.name if zh else row.name_en) for row in counties_of(desk.store, place.adcode)),
        parks=tuple((row.id, parks[row.id]) for row in desk.store.parks(place.adcode, day(None))),
        owners=tuple(sorted({state.owner for state in states.values() if state.owner})),
    )
