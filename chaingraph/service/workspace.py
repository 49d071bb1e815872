"""Opens the store over the packs and the signed leads: compiles their snapshot anew when either has changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from chaingraph.packs.files import hash_inputs

if TYPE_CHECKING:
    from collections.abc import Callable

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.ledger.log import Ledger
    from chaingraph.stores.base import Store


def open_store(settings: Settings, progress: Callable[[str, float], None] | None = None) -> tuple[Store, str]:
    """The store, and the hash that names the state of its packs and of what the ledger has signed.

    Parameters
    ----------
    settings
        Where the packs and the workspace are.
    progress
        Called with the name of each step and the share done, 0 to 1, only if a snapshot has to be compiled.

    Raises
    ------
    PackError
        If a pack is not there or has problems.
    WorkspaceError
        If the workspace cannot be written.
    """
    from chaingraph.stores.memory import MemoryStore
    from chaingraph.stores.snapshot import compiler, is_whole

    ledger = _ledger(settings.workspace)
    mark = ledger.signed_mark() if ledger else None
    name = hash_inputs(settings.packs, compiler() + (_signing(mark) if mark else b""))
    snapshots = settings.workspace / "snapshots"
    folder = snapshots / name
    if not is_whole(folder):
        folder = _compile(settings, ledger if mark else None, snapshots, name, progress)
    return MemoryStore(folder), name


def spoken(lang: Lang | None, store: Store) -> Lang:
    """The language asked for, else the packs' own."""
    return lang or store.settings()["manifest"]["language"]


def _ledger(workspace: Path) -> Ledger | None:
    """The ledger of a workspace that has one; without it SQLite is not even imported."""
    if not os.path.exists(workspace / "workspace.sqlite"):
        return None
    from chaingraph.ledger.log import Ledger

    return Ledger.at(workspace)


def _signing(mark: str) -> bytes:
    """What the hash takes in where leads were signed: which, and the source of what makes projects of them."""
    return Path(__file__).with_name("signed.py").read_bytes() + mark.encode()


def _compile(
    settings: Settings,
    ledger: Ledger | None,
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

    graph = load(settings.packs, part(0.0, 0.7)).graph_or_raise()
    if ledger is not None:
        from chaingraph.service.signed import with_signed

        graph = with_signed(graph, ledger.signed())
    return compile_snapshot(graph, snapshots, name, part(0.7, 0.3))
