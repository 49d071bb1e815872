"""What stands on the server: nodes and relationships as plain rows, cut into batches that are written one by one.

A batch is some entities of one label with the relationships that they tell: those that go out of them, who owns them,
and what sources tell of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator

LABELS = {
    "chain": "Chain",
    "link": "Link",
    "firm": "Firm",
    "project": "Project",
    "park": "Park",
    "region": "Region",
    "platform": "Platform",
    "policy": "Policy",
    "target": "Target",
    "actual": "Actual",
}
"""The label of each kind of entity."""

TOLD_BY_SOURCES = ("TELLS", "STATES", "MATCHES")
"""Types of the relationships that start at a source."""

_AT_MOST = 5_000
"""So many entities a batch holds on average, at most."""


class Pusher(NamedTuple):
    """Who pushes, and from which workspace on which machine."""

    by: str
    from_: str


class Node(NamedTuple):
    """An entity or a source; ``properties`` hold its id too, and nothing that is unknown."""

    label: str
    id: str
    properties: dict[str, Any]


class Relationship(NamedTuple):
    """A relationship between two nodes by their ids; ``key`` tells it from others of its type between the two."""

    type: str
    start: str
    end: str
    key: str
    properties: dict[str, Any]


def told(**properties: Any) -> dict[str, Any]:
    """The properties that are known: neither None nor an empty list."""
    return {name: value for name, value in properties.items() if value is not None and value != []}


def parts_of(total: int) -> int:
    """Into how many batches so many entities are cut: a power of two, so that it seldom changes."""
    parts = 1
    while total > parts * _AT_MOST:
        parts *= 2
    return parts


def batch_name(label: str, part: int, parts: int) -> str:
    """The id of a batch.

    >>> batch_name("Firm", 17, 128)
    'Firm 17/128'
    """
    return f"{label} {part}/{parts}"


class Batch(NamedTuple):
    """Some entities of one label; their rows are made when they are asked for."""

    id: str
    label: str
    rows: range | list[int]
    """Where they stand among the entities of the label."""


def batches(label: str, ids: Iterator[str]) -> list[Batch]:
    """The batches of the entities of a label, given by their ids in order.

    In which batch an entity is goes by its id alone: another one more or less does not move it.
    """
    parts_by_row = [crc32(key.encode()) for key in ids]
    parts = parts_of(len(parts_by_row))
    rows: list[list[int]] = [[] for _ in range(parts)]
    for row, number in enumerate(parts_by_row):
        rows[number % parts].append(row)
    return [Batch(batch_name(label, part, parts), label, rows[part]) for part in range(parts)]
