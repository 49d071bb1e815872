"""A source with everything that it is cited for."""

from __future__ import annotations

from dataclasses import dataclass

from chaingraph.errors import Lang
from chaingraph.model.entity_report import Fact
from chaingraph.model.evidence import SourceKind
from chaingraph.model.words import Grade


@dataclass(frozen=True)
class Told:
    """An entity and the facts that the source is cited for; each citation is of that source."""

    id: str
    kind: str
    kind_name: str
    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class MatchedLink:
    """A link, and how many firms an import says to make it."""

    link: str
    name: str
    firms: int


@dataclass(frozen=True)
class SourceReport:
    """A source and what it tells.

    ``cited`` counts the entities of packs of which a fact known on the day cites it; ``told`` has the first of them.
    ``matched`` is empty but for an import: the links with the most firms first.
    """

    id: str
    title: str
    publisher: str
    published: str
    kind: SourceKind
    grade: Grade
    url: str | None
    note: str | None
    lang: Lang
    as_of: str
    cited: int
    told: tuple[Told, ...]
    matched: tuple[MatchedLink, ...]
