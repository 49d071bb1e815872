"""Brings the graph to a Neo4j server: packs, imports and the projects of the ledger."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from chaingraph.config import user as user_name
from chaingraph.errors import Text, UsageError
from chaingraph.model.server_report import BulkReport, PushReport, SchemaReport
from chaingraph.service.workspace import open_snapshot, spoken
from chaingraph.stores.neo4j.sheets import Pusher
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


def pusher_of(settings: Settings, user: str | None = None) -> Pusher:
    """Who pushes, and from where: another workspace has other imports and another ledger."""
    return Pusher(user_name(user), f"{platform.node()}:{settings.workspace.resolve()}")


def _of_another(by: str, from_: str) -> UsageError:
    return UsageError(
        Text(
            f"服务器上的图谱是 {by} 从另一个工作区（{from_}）推送的，那里的导入和台账这里没有，"
            "推送会把它们从服务器上移除。请在那里推送；确实要改由这里推送，加 --take-over",
            f"{by} pushed the graph on the server from another workspace ({from_}), whose imports and ledger are not "
            "here: a push would remove them. Push there, or, to push from here from now on, add --take-over",
        )
    )


def push_graph(
    settings: Settings,
    *,
    anew: bool = False,
    take_over: bool = False,
    user: str | None = None,
    lang: Lang | None = None,
    progress: Progress | None = None,
) -> PushReport:
    """Makes the graph on the server that of the packs and the workspace as they are now.

    Only what differs is written; a push that broke off goes on where it stopped, and one of the same graph changes
    nothing.

    Parameters
    ----------
    anew
        Write everything, also what is known to be as it should be: for a graph that was changed by hand.
    take_over
        Push although the graph was pushed from another workspace, whose imports and ledger are not here.
    user
        Who pushes.

    Raises
    ------
    UsageError
        If no server is named, or the graph was pushed from another workspace.
    StoreError
        If it cannot be reached or refuses.
    """
    from chaingraph.stores.neo4j import standing
    from chaingraph.stores.neo4j.graph_sheets import GraphSheets
    from chaingraph.stores.neo4j.push import push
    from chaingraph.stores.neo4j.server import connect

    address, pusher = address_of(settings), pusher_of(settings, user)
    # Whether the server lets us in is known before a graph of an hour's work is compiled.
    with connect(address) as server:
        there = standing.graph(server)
        if there and there.pushed_from not in (None, pusher.from_) and not take_over:
            raise _of_another(there.pushed_by or "", there.pushed_from or "")
        store, name = open_snapshot(settings, _part(progress, 0.0, _COMPILING))
        sheets = GraphSheets(Snapshot(settings.workspace / "snapshots" / name))
        done = push(server, sheets, pusher, _part(progress, _COMPILING, 1.0), anew=anew)
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
            same=done.before == name,
        )


def make_schema(
    settings: Settings,
    *,
    lang: Lang | None = None,
    progress: Progress | None = None,  # noqa: ARG001
) -> SchemaReport:
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
        schema.may_be_read(server)
    before = tuple(name for name in schema.NAMES if name not in made)
    return SchemaReport(lang or "zh", str(address), made, before)


def write_bulk(
    settings: Settings,
    folder: Path,
    *,
    user: str | None = None,
    lang: Lang | None = None,
    progress: Progress | None = None,
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
    done = bulk.write_bulk(sheets, folder, database, pusher_of(settings, user), _part(progress, _COMPILING, 1.0))
    return BulkReport(spoken(lang, store), str(folder), name, done.nodes, done.relationships, done.command)


def _part(progress: Progress | None, start: float, stop: float) -> Progress | None:
    """The progress of one of several steps, as a part of the whole."""
    if progress is None:
        return None
    return lambda label, share: progress(label, start + (stop - start) * share)
