"""Parks: what they target, their land, what they ask for, what they yield per mu."""

from __future__ import annotations

from dataclasses import dataclass

from chaingraph.errors import Lang
from chaingraph.model.project_report import Amount


@dataclass(frozen=True)
class ParkSeen:
    """A park. A bar that is None is not set; any other None is unknown.

    ``rank`` is by yield per mu among the parks whose yield is known. ``projects`` counts those in the
    park or a part of it by stage, "unknown" where a stage is not known.
    """

    id: str
    name: str
    region: str
    region_name: str
    part_of: str | None
    part_of_name: str | None
    rank: int | None
    area_mu: Amount | None
    ready_land_mu: Amount | None
    bar_investment_cny_per_mu: Amount | None
    bar_tax_cny_per_mu: Amount | None
    yield_cny_per_mu: Amount | None
    investment_cny_per_mu: Amount | None
    chains: tuple[str, ...]
    chain_names: tuple[str, ...]
    links: tuple[str, ...]
    link_names: tuple[str, ...]
    projects: dict[str, int]


@dataclass(frozen=True)
class ParksReport:
    """The parks of a region, by yield a mu; where it is unknown by the investment reached, then by their projects."""

    lang: Lang
    region: str
    region_name: str
    as_of: str
    chain: str | None
    total: int
    parks: tuple[ParkSeen, ...]
