"""What a Neo4j server holds, what was pushed to it, and the files of a first load."""

from __future__ import annotations

from dataclasses import dataclass

from chaingraph.errors import Lang


@dataclass(frozen=True)
class PushReport:
    """What a push did. ``unchanged`` of ``batches`` were as they should be.

    ``same``: the server held this very state before, so nothing was written. ``server`` is the address with the
    database, ``snapshot`` the hash of what the server holds now.
    """

    lang: Lang
    server: str
    version: str
    snapshot: str
    nodes: int
    relationships: int
    removed: int
    batches: int
    unchanged: int
    same: bool


@dataclass(frozen=True)
class Counted:
    """How many nodes of a label or relationships of a type the server holds, and how many the last push wrote.

    ``here`` counts the entities of the local snapshot; None where that is not known without making every row.
    """

    name: str
    relationship: bool
    there: int
    pushed: int | None
    here: int | None


@dataclass(frozen=True)
class StatusReport:
    """What a server holds beside what is here. ``missing`` are constraints and indexes that are not there or not ready.

    ``snapshot`` is the hash of what was pushed, ``here`` that of the packs and the workspace as they are now;
    ``changed`` tells that the counts are no longer those of the push.
    """

    lang: Lang
    server: str
    version: str
    layout: int | None
    complete: bool
    pushed_at: str | None
    pushed_by: str | None
    pushed_from: str | None
    snapshot: str | None
    here: str
    drift: bool
    changed: bool
    missing: tuple[str, ...]
    counts: tuple[Counted, ...]


@dataclass(frozen=True)
class SchemaReport:
    """The constraints and indexes of a server: those that were ``made`` now, and those that were there before."""

    lang: Lang
    server: str
    made: tuple[str, ...]
    before: tuple[str, ...]


@dataclass(frozen=True)
class BulkReport:
    """The files of a first load, and the ``command`` that loads them, run in ``folder``."""

    lang: Lang
    folder: str
    snapshot: str
    nodes: int
    relationships: int
    command: str
