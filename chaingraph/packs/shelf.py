"""Where the loader puts records: by kind and key, each with the place it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chaingraph.errors import Text
from chaingraph.model.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.model.evidence import Record
    from chaingraph.packs.records import Place

Key = tuple[str, ...]

NAMED = ("chains", "links", "firms", "parks", "projects", "platforms", "policies", "targets", "actuals")
"""The kinds whose ids share one namespace."""


@dataclass
class Shelf:
    """Records by kind and key, with the place each came from. Putting a key again in a later layer overrides it."""

    records: dict[str, dict[Key, Any]] = field(default_factory=dict)
    places: dict[str, dict[Key, Place]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    """Ids of records that were not valid: a reference to one is no second problem."""

    def put(self, kind: str, key: Key, record: Record, place: Place, seen: dict[tuple[str, Key], Place]) -> None:
        """Adds a record; a key that this layer has put before is a problem."""
        first = seen.setdefault((kind, key), place)
        if first is not place:
            name = "→".join(key)
            where = f"{first.file.name}:{first.file.line(first.path)}"
            place.report(
                (),
                Text(f"{word(kind, 'zh')}“{name}”重复，已在 {where}", f"{kind} {name!r} is a duplicate of {where}"),
                Text("合并为一条，或改编号", "merge the two, or change the id"),
            )
            return
        self.records.setdefault(kind, {})[key] = record
        self.places.setdefault(kind, {})[key] = place

    def by_id(self, kind: str) -> dict[str, Any]:
        """The records of ``kind`` keyed by the first part of their key."""
        return {key[0]: record for key, record in self.records.get(kind, {}).items()}

    def all(self, kind: str) -> tuple[Any, ...]:
        """The records of ``kind`` in file order."""
        return tuple(self.records.get(kind, {}).values())

    def placed(self, kind: str) -> Iterator[tuple[Any, Place]]:
        """The records of ``kind`` with their places."""
        places = self.places.get(kind, {})
        for key, record in self.records.get(kind, {}).items():
            yield record, places[key]
