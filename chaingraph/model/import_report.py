"""What an import brought, which imports there are, and which firms a person is asked about."""

from __future__ import annotations

from dataclasses import dataclass

from chaingraph.errors import Lang


@dataclass(frozen=True)
class Refused:
    """What was not taken for one reason: how often, and the first place. ``whole``: rows, else only values of them."""

    kind: str
    count: int
    whole: bool
    file: str
    row: int
    field: str
    value: str
    what: str
    mend: str


@dataclass(frozen=True)
class LinkMatched:
    """How many of an import's firms make a link by its words."""

    link: str
    name: str
    firms: int


@dataclass(frozen=True)
class ImportDone:
    """An import as it stands in the list. ``counts`` are whole numbers by name; days are ISO.

    ``as_of`` is the day that its files speak of, ``made_as_of`` that of its products where they are older; ``region``
    is the name of the region that it is a census of, None where it is none.
    """

    number: int
    kind: str
    kind_name: str
    files: tuple[str, ...]
    publisher: str | None
    as_of: str
    made_as_of: str | None
    region: str | None
    industries: tuple[str, ...]
    user: str
    at: str
    counts: dict[str, int]
    undone_by: str | None
    undone_at: str | None


@dataclass(frozen=True)
class TakenReport:
    """What an import brought. ``unchanged``: the same files were imported before and stand, so nothing was written.

    ``makers`` of its firms make a link by its words, ``links`` which; ``refused`` is empty where nothing was read.
    ``unknown_columns`` are headers that told nothing known; ``refused_file`` where every refusal was written.
    """

    lang: Lang
    unchanged: bool
    done: ImportDone
    makers: int
    links: tuple[LinkMatched, ...]
    refused: tuple[Refused, ...]
    unknown_columns: tuple[str, ...]
    refused_file: str | None


@dataclass(frozen=True)
class ImportsReport:
    """Every import in order, those taken back too."""

    lang: Lang
    imports: tuple[ImportDone, ...]


@dataclass(frozen=True)
class Doubtful:
    """Two firms that may be one. ``score`` is from 0 to 100; ``decided`` is "same", "different", or None while open."""

    number: int
    firm: str
    firm_name: str
    other: str
    other_name: str
    score: float
    why: str
    decided: str | None
    by: str | None
    at: str | None
    import_number: int


@dataclass(frozen=True)
class Merged:
    """An id that was merged into another firm, which answers to both."""

    gone: str
    kept: str
    name: str


@dataclass(frozen=True)
class ReviewReport:
    """The pairs of firms that a person is asked about; ``open`` counts those that nobody has decided.

    ``merged`` are all merges in force, by review or by hand, where everything was asked for.
    """

    lang: Lang
    open: int
    doubtful: tuple[Doubtful, ...]
    merged: tuple[Merged, ...]
