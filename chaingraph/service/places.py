"""The places that a use case is asked about: a region, the whole map, a park with its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from chaingraph.stores.base import Store
    from chaingraph.stores.listing_rows import ParkRow
    from chaingraph.stores.rows import RegionRow


def place_of(store: Store, region: str | None) -> RegionRow:
    """The region asked for; the pack's home region where None. Raises NotFound."""
    return store.region(store.settings()["manifest"]["home_region"] if region is None else region)


def counties_of(store: Store, region: str) -> tuple[RegionRow, ...]:
    """The counties of a region, by adcode; the region itself where it has none."""
    rows = (store.region(adcode) for adcode in sorted(store.names("region")))
    return tuple(row for row in rows if row.level == "county" and region in row.line) or (store.region(region),)


def everywhere(store: Store) -> str:
    """The adcode of the region that holds all others."""
    return place_of(store, None).line[-1]


def park_of(store: Store, name: str, on: date) -> tuple[ParkRow, frozenset[str]]:
    """A park by id or name, and the ids of it and its parts on a day. Raises NotFound."""
    key = store.entity(name, "park")["id"]
    parks = {park.id: park for park in store.parks(everywhere(store), on)}
    return parks[key], with_parts(parks.values())[key]


def with_parts(parks: Iterable[ParkRow]) -> dict[str, frozenset[str]]:
    """For each park the ids of it, its parts, and their parts."""
    parts: dict[str, set[str]] = {}
    known = list(parks)
    for park in known:
        parts.setdefault(park.id, set())
        if park.part_of:
            parts.setdefault(park.part_of, set()).add(park.id)

    def below(park: str, seen: frozenset[str]) -> frozenset[str]:
        found = frozenset((park,))
        for part in parts.get(park, set()) - seen:
            found |= below(part, seen | {park})
        return found

    return {park.id: below(park.id, frozenset((park.id,))) for park in known}
