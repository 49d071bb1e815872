"""Opens the store: a server's, or one over packs, signed leads and imports, compiled anew when any has changed."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.packs.files import hash_inputs

if TYPE_CHECKING:
    from collections.abc import Callable

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.stores.base import Store
    from chaingraph.stores.memory import MemoryStore


def open_store(settings: Settings, progress: Callable[[str, float], None] | None = None) -> tuple[Store, str]:
    """The store that the settings name, and the hash that names the state of what it holds.

    Parameters
    ----------
    settings
        Where the graph is: on a server, else in the packs and the workspace.
    progress
        As ``open_snapshot``.

    Raises
    ------
    PackError
        If a pack is not there or has problems.
    WorkspaceError
        If the workspace cannot be written.
    StoreError
        If the server cannot be used, or the graph has not been pushed to it.
    """
    if settings.store is None:
        return open_snapshot(settings, progress)
    from chaingraph.stores.neo4j.server import kept
    from chaingraph.stores.neo4j.store import Neo4jStore

    store = Neo4jStore(kept(settings.store))
    return store, store.snapshot


def open_snapshot(
    settings: Settings, progress: Callable[[str, float], None] | None = None, *, signed: bool = True
) -> tuple[MemoryStore, str]:
    """The embedded store, and the hash that names its packs, what is signed and what was imported.

    Parameters
    ----------
    settings
        Where the packs and the workspace are.
    progress
        Called with the name of each step and the share done, 0 to 1, only if a snapshot has to be compiled.
    signed
        Whether the signed leads of the ledger are projects of the store.

    Raises
    ------
    PackError
        If a pack is not there or has problems.
    WorkspaceError
        If the workspace cannot be written.
    """
    from chaingraph.stores.memory import MemoryStore
    from chaingraph.stores.snapshot import compiler, is_whole

    more = _More.of(settings.workspace)
    if not signed:
        more = more._replace(signed=None)
    name = hash_inputs(settings.packs, compiler() + more.salt())
    snapshots = settings.workspace / "snapshots"
    folder = snapshots / name
    if not is_whole(folder):
        # Of a server's many threads one compiles, and the others read what it made.
        with _ONE_COMPILES:
            if not is_whole(folder):
                folder = _compile(settings, more, snapshots, name, progress)
    return MemoryStore(folder), name


def spoken(lang: Lang | None, store: Store) -> Lang:
    """The language asked for, else the packs' own."""
    return lang or store.settings()["manifest"]["language"]


_ONE_COMPILES = Lock()
_IMPORTED_BY = ("imports/*.py", "service/imports/columns.py", "service/imports/census.py", "analysis/matching/*.py")
"""What makes columns of what was imported."""


class _More(NamedTuple):
    """What the workspace adds to the packs: the marks of what its ledger has signed and of what was imported."""

    workspace: Path
    signed: str | None = None
    imported: str | None = None

    @classmethod
    def of(cls, workspace: Path) -> _More:
        """The marks of a workspace; without its file SQLite is not even imported."""
        if not os.path.exists(workspace / "workspace.sqlite"):
            return cls(workspace)
        from chaingraph.imports.room import Imports
        from chaingraph.ledger.log import Ledger

        return cls(workspace, Ledger.at(workspace).signed_mark(), Imports.at(workspace).mark())

    def salt(self) -> bytes:
        """What the hash takes in: the marks, and the source of what makes records and columns of what they tell."""
        salt = b""
        if self.signed:
            salt += _source("service/signed.py") + self.signed.encode()
        if self.imported:
            salt += _source(*_IMPORTED_BY) + self.imported.encode()
        return salt


def _source(*patterns: str) -> bytes:
    package = Path(__file__).parents[1]
    return b"".join(file.read_bytes() for pattern in patterns for file in sorted(package.glob(pattern)))


def _compile(
    settings: Settings,
    more: _More,
    snapshots: Path,
    name: str,
    progress: Callable[[str, float], None] | None,
) -> Path:
    from chaingraph.packs.loader import load
    from chaingraph.stores.compile import compile_snapshot

    def part(start: float, length: float) -> Callable[[str, float], None] | None:
        if progress is None:
            return None
        return lambda label, share: progress(label, start + length * share)

    # Of many imported firms the packs are the smaller part of the work.
    packs, matching = (0.1, 0.5) if more.imported else (0.7, 0.0)
    graph = load(settings.packs, part(0.0, packs)).graph_or_raise()
    if more.signed:
        from chaingraph.imports.room import Imports
        from chaingraph.ledger.log import Ledger
        from chaingraph.service.signed import with_signed

        graph = with_signed(graph, Ledger.at(settings.workspace).signed(), Imports.at(settings.workspace))
    imported = None
    if more.imported:
        from chaingraph.imports.room import Imports
        from chaingraph.service.imports.columns import imported_columns

        imported = imported_columns(Imports.at(settings.workspace), graph, part(packs, matching))
    done = packs + matching
    return compile_snapshot(graph, snapshots, name, part(done, 1.0 - done), imported)
