"""An entity with its facts and their citations; and a link of a gap report with the facts beneath its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from chaingraph.errors import Lang
from chaingraph.model.gap_report import GapRow
from chaingraph.model.words import Basis, Grade


@dataclass(frozen=True)
class Citation:
    """One citation of a fact, with its source spelt out."""

    source: str
    title: str
    publisher: str
    published: str
    url: str | None
    locator: str
    grade: Grade
    as_of: str
    note: str | None


@dataclass(frozen=True)
class Fact:
    """A fact of an entity. ``used`` is False where a better or later fact of the same kind stands beside it.

    ``object`` is the id of the other entity, ``object_kind`` its kind; None where the fact has none.
    """

    predicate: str
    label: str
    object: str | None
    object_kind: str | None
    object_name: str | None
    value: float | str | None
    unit: str | None
    date: str | None
    by: bool
    basis: Basis
    used: bool
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class EntityReport:
    """An entity with all facts known of it on a day; ``names`` are its others, by which it is found too."""

    id: str
    kind: str
    kind_name: str
    name: str
    names: tuple[str, ...]
    lang: Lang
    as_of: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class GapExplanation:
    """One link of a gap report, with the facts that its numbers rest on."""

    chain: str
    chain_name: str
    region: str
    region_name: str
    as_of: str
    lang: Lang
    row: GapRow
    facts: tuple[Fact, ...]
