"""What a check of packs finds."""

from __future__ import annotations

from dataclasses import dataclass

from chaingraph.errors import Lang


@dataclass(frozen=True)
class ProblemSeen:
    """A problem of a pack."""

    file: str
    line: int
    field: str
    what: str
    mend: str


@dataclass(frozen=True)
class CheckReport:
    """The result of checking packs: the problems, and how much was read."""

    lang: Lang
    packs: tuple[str, ...]
    problems: tuple[ProblemSeen, ...]
    counts: dict[str, int]
    grades: dict[str, int]
