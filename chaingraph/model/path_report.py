"""How two entities are related."""

from __future__ import annotations

from dataclasses import dataclass

from chaingraph.errors import Lang
from chaingraph.model.entity_report import Fact


@dataclass(frozen=True)
class Stop:
    """An entity on a path."""

    id: str
    kind: str
    kind_name: str
    name: str


@dataclass(frozen=True)
class Step:
    """From one entity to the next, with the facts that tie them, the closest tie first."""

    start: Stop
    end: Stop
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class PathReport:
    """The ways in which two entities are related, the shortest first. No path: nothing that is known ties them."""

    lang: Lang
    as_of: str
    start: Stop
    end: Stop
    paths: tuple[tuple[Step, ...], ...]
