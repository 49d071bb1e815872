"""Reads that take a name, and how they refuse one: the same in every store, in the same words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.errors import NotFound, Text
from chaingraph.model.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chaingraph.stores.regions import Regions
    from chaingraph.stores.rows import RegionRow

NAMESAKES = 10
"""So many entities of one name are listed."""


class Bearer(NamedTuple):
    """An entity that bears a name; ``of_packs`` tells whether a pack knows it, not imports alone."""

    id: str
    kind: str
    of_packs: bool


class ByName(ABC):
    """Finds entities by name; a store says who bears a name, what is known of an entity, and what sounds alike."""

    @abstractmethod
    def chain_ids(self) -> list[str]:
        """The ids of all chains, sorted."""

    @abstractmethod
    def _region_table(self) -> Regions:
        """All regions."""

    @abstractmethod
    def _bearers(self, name: str) -> list[Bearer]:
        """The entities that bear a name or have it as their id, in the order of records."""

    @abstractmethod
    def _record(self, key: str) -> dict[str, Any]:
        """The record of the entity with an id."""

    @abstractmethod
    def _similar(self, name: str, kind: str | None) -> list[str]:
        """Names of entities that a search for ``name`` finds, typos forgiven; at most five, the best first."""

    def entity(self, name: str, kind: str | None = None) -> dict[str, Any]:
        """An entity by id, name, alias or listing code, with its facts."""
        record = self._find(name, kind)
        if record is None:
            asked = Text(word(kind, "zh"), word(kind, "en")) if kind else Text("对象", "entity")
            raise NotFound.named(asked, name, self._similar(name, kind))
        return record

    def region(self, name: str) -> RegionRow:
        """A region by adcode or name; a park's name is answered with the region to ask for."""
        try:
            return self._region_table().find(name)
        except NotFound:
            park = self._find(name, "park")
            if park is None:
                raise
            at = next(fact for fact in park["facts"] if fact["predicate"] == "in_region")
            see = f"chaingraph show {park['id']}"
            raise NotFound(
                Text(
                    f"“{name}”是园区，不是地区。看园区：{see}；按其所在地区查：--region {at['object_name']}",
                    f"{name!r} is a park, no region. See it: {see}; by its region: --region {at['object_name_en']}",
                )
            ) from None

    def _chain_named(self, name: str) -> str:
        """The id of a chain by id, or by its name or alias."""
        ids = self.chain_ids()
        if name in ids:
            return name
        record = self._find(name, "chain")
        if record is None:
            raise NotFound.named(Text("产业链", "chain"), name, self._similar(name, "chain"), ids)
        key: str = record["id"]
        return key

    def _find(self, name: str, kind: str | None = None) -> dict[str, Any] | None:
        """The record of ``name``: by id first; a name that several bear is refused with their ids."""
        found = [bearer for bearer in self._bearers(name) if kind in (None, bearer.kind)]
        ids = [bearer.id for bearer in found]
        if name not in ids:
            of_packs = [bearer.id for bearer in found if bearer.of_packs]
            # A firm that an import brought under a name that a pack's firm bears must not take that name from it.
            ids = of_packs if len(of_packs) == 1 else ids
            if len(ids) > 1:
                raise self._several(name, ids)
        return self._record(name if name in ids else ids[0]) if ids else None

    def _several(self, name: str, ids: Sequence[str]) -> NotFound:
        records = [self._record(key) for key in ids[:NAMESAKES]]
        more = len(ids) - len(records)
        return NotFound(
            Text(
                f"“{name}”不止一个，请用编号："
                + "、".join(f"{record['id']}（{record['name']}）" for record in records)
                + (f"，另有 {more} 个" if more else ""),
                f"several are named {name!r}; use an id: "
                + ", ".join(f"{record['id']} ({record['name_en']})" for record in records)
                + (f", and {more} more" if more else ""),
            )
        )
