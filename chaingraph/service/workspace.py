"""Opens the store over the packs: compiles their snapshot on first use and again when a pack has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.packs.files import hash_inputs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.stores.base import Store


def open_store(settings: Settings, progress: Callable[[str, float], None] | None = None) -> tuple[Store, str]:
    """The store, and the hash that names the state of its packs.

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

    name = hash_inputs(settings.packs, compiler())
    snapshots = settings.workspace / "snapshots"
    folder = snapshots / name
    if not is_whole(folder):
        folder = _compile(settings, snapshots, name, progress)
    return MemoryStore(folder), name


def spoken(lang: Lang | None, store: Store) -> Lang:
    """The language asked for, else the packs' own."""
    return lang or store.settings()["manifest"]["language"]


def _compile(settings: Settings, snapshots: Path, name: str, progress: Callable[[str, float], None] | None) -> Path:
    from chaingraph.packs.loader import load
    from chaingraph.stores.compile import compile_snapshot

    def part(start: float, length: float) -> Callable[[str, float], None] | None:
        if progress is None:
            return None
        return lambda label, share: progress(label, start + length * share)

    graph = load(settings.packs, part(0.0, 0.7)).graph_or_raise()
    return compile_snapshot(graph, snapshots, name, part(0.7, 0.3))
