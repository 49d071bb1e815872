"""What a question is asked of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from chaingraph.errors import Lang
    from chaingraph.stores.base import Store
    from chaingraph.stores.rows import ChainFrame, RegionRow


def chain_of(store: Store, chain: str | None) -> ChainFrame:
    """The chain asked for, by id or name; the pack's default chain where None. Raises NotFound."""
    return store.chain(store.settings()["manifest"]["default_chain"] if chain is None else chain)


def default_first(store: Store) -> list[str]:
    """The ids of all chains: the default chain, then the others by id."""
    default = store.settings()["manifest"]["default_chain"]
    return sorted(store.chain_ids(), key=lambda chain: (chain != default, chain))


class Asked(NamedTuple):
    """An open store and the hash of its packs, a region, a day, a language."""

    store: Store
    pack: str
    place: RegionRow
    on: date
    lang: Lang
