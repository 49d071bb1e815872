"""What a page offers to choose from: chains, and regions around home."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.service.asked import default_first
from chaingraph.service.places import counties_of, place_of
from chaingraph.service.told import names_in
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from chaingraph.config import Settings
    from chaingraph.errors import Lang


class Choices(NamedTuple):
    """Pairs of id and name: the chains, the default one first; the home region, its counties, what it lies in."""

    chains: tuple[tuple[str, str], ...]
    regions: tuple[tuple[str, str], ...]


def choices(settings: Settings, *, lang: Lang | None = None) -> Choices:
    """What there is to choose from."""
    store, _ = open_store(settings)
    lang = spoken(lang, store)
    home = place_of(store, None)
    counties = [row.adcode for row in counties_of(store, home.adcode)]
    around = dict.fromkeys([home.adcode, *counties, *home.line])
    chains, regions = names_in(store, "chain", lang), names_in(store, "region", lang)
    return Choices(
        tuple((key, chains[key]) for key in default_first(store)),
        tuple((key, regions[key]) for key in around),
    )
