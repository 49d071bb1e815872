"""What a question is asked of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from chaingraph.errors import Lang
    from chaingraph.stores.base import Store
    from chaingraph.stores.rows import RegionRow


class Asked(NamedTuple):
    """An open store and the hash of its packs, a region, a day, a language."""

    store: Store
    pack: str
    place: RegionRow
    on: date
    lang: Lang
