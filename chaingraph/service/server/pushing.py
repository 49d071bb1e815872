"""Brings the graph to a Neo4j server: packs, imports and the projects of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.errors import Text, UsageError
from chaingraph.model.server_report import BulkReport, PushReport, SchemaReport
from chaingraph.service.workspace import open_snapshot, spoken
from chaingraph.stores.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chaingraph.config import Neo4jAddress, Settings
    from chaingraph.errors import Lang

    Progress = Callable[[str, float], None]

_DATABASE = "neo4j"
"""The database of a server that knows no other."""


_COMPILING = 0.2
"""The share of a bar that compiling takes, where there is something to compile."""


def address_of(settings: Settings) -> Neo4jAddress:
    """The server that the settings name.

    Raises
    ------
    UsageError
        If they name none.
    """
    if settings.store is None:
        raise UsageError(
            Text(
                "没有指明服务器：请写 --store neo4j://主机:7687，或设置 CHAINGRAPH_STORE",
                "which server? give --store neo4j://HOST:7687, or set CHAINGRAPH_STORE",
            )
        )
    return settings.store


def push_graph(
    settings: Settings, *, anew: bool = False, lang: Lang | None = None, progress: Progress | None = None
) -> PushReport:
    """Makes the graph on the server that of the packs and the workspace as they are now.

    Only what differs is written; a push that broke off goes on where it stopped, and one of the same graph changes
    nothing.

    Parameters
    ----------
    anew
        Write everything, also what is known to be as it should be: for a graph that was changed by hand.

    Raises
    ------
    UsageError
        If no server is named.
    StoreError
        If it cannot be reached or refuses.
    """
    from chaingraph.stores.neo4j.graph_sheets import GraphSheets
    from chaingraph.stores.neo4j.push import push
    from chaingraph.stores.neo4j.server import connect

    address = address_of(settings)
    # Whether the server lets us in is known before a graph of an hour's work is compiled.
    with connect(address) as server:
        store, name = open_snapshot(settings, _part(progress, 0.0, _COMPILING))
        sheets = GraphSheets(Snapshot(settings.workspace / "snapshots" / name))
        done = push(server, sheets, _part(progress, _COMPILING, 1.0), anew=anew)
        return PushReport(
            lang=spoken(lang, store),
            server=str(address),
            version=server.agent,
            snapshot=name,
            nodes=done.nodes,
            relationships=done.relationships,
            removed=done.removed,
            batches=done.batches,
            unchanged=done.unchanged,
        )


def make_schema(settings: Settings, *, lang: Lang | None = None, progress: Progress | None = None) -> SchemaReport:
    """Makes the constraints and indexes that the server lacks. A push does so too; a bulk load needs it afterwards.

    Raises
    ------
    UsageError
        If no server is named.
    StoreError
        If it cannot be reached or refuses.
    """
    from chaingraph.stores.neo4j import schema
    from chaingraph.stores.neo4j.server import connect

    address = address_of(settings)
    with connect(address) as server:
        made = schema.lacking(server)
        schema.make_schema(server)
    store, _ = open_snapshot(settings, progress)
    before = tuple(name for name in schema.NAMES if name not in made)
    return SchemaReport(spoken(lang, store), str(address), made, before)


def write_bulk(
    settings: Settings, folder: Path, *, lang: Lang | None = None, progress: Progress | None = None
) -> BulkReport:
    """Writes the files of a first load and the command that loads them; no server is needed.

    Parameters
    ----------
    folder
        A new or an empty folder.

    Raises
    ------
    UsageError
        If the folder holds something or cannot be written.
    """
    from chaingraph.stores.neo4j import bulk
    from chaingraph.stores.neo4j.graph_sheets import GraphSheets

    store, name = open_snapshot(settings, _part(progress, 0.0, _COMPILING))
    database = (settings.store.database if settings.store else None) or _DATABASE
    sheets = GraphSheets(Snapshot(settings.workspace / "snapshots" / name))
    done = bulk.write_bulk(sheets, folder, database, _part(progress, _COMPILING, 1.0))
    return BulkReport(spoken(lang, store), str(folder), name, done.nodes, done.relationships, done.command)


def _part(progress: Progress | None, start: float, stop: float) -> Progress | None:
    """The progress of one of several steps, as a part of the whole."""
    if progress is None:
        return None
    return lambda label, share: progress(label, start + (stop - start) * share)
