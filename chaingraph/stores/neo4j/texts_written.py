"""What an entity is found by, out of a snapshot's name index: its names as they stand, as folded, as they sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from chaingraph.stores.names import LETTERS, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chaingraph.stores.snapshot import Column, Snapshot

_APART = " "
"""Between names: a folded name holds no space, nor does its sound."""
_END = "\n"
_LEADS, _FOLLOWS = 0xC0, 0x80
"""The bits that tell a byte within a character of UTF-8 from one that begins it."""


class NamesWritten:
    """Reads the names of records, by row."""

    def __init__(self, snapshot: Snapshot) -> None:
        records = len(snapshot.column("search_kind"))
        self._first = np.searchsorted(snapshot.column("search_record"), np.arange(records + 1))
        self._sort = snapshot.column("search_sort")
        self._shown = snapshot.strings("search_shown")
        self._heaps = {form: snapshot.column(f"search_{form}_heap") for form in ("text", "pinyin", "initials")}
        self._offsets = {form: snapshot.column(f"search_{form}_offset") for form in self._heaps}
        self._begins = self._syllables(snapshot)

    def _syllables(self, snapshot: Snapshot) -> Column:
        """As the heap of pinyin: 1 where a syllable begins, 0 elsewhere, and the ends of lines."""
        heap = self._heaps["pinyin"]
        begins = np.where(heap == ord(_END), ord(_END), ord("0")).astype(np.uint8)
        begins[snapshot.column("search_pinyin_at")] = ord("1")
        return begins

    def of(self, record: int) -> dict[str, Any]:
        """The names of a record as properties of its node."""
        first, last = self._first[record : record + 2].tolist()
        return {
            "names": [self._shown[row] for row in range(first, last)],
            "sorts": self._sort[first:last].tolist(),
            "written": self._lines("text", self._heaps["text"], first, last, TEXT),
            "spelt": self._lines("pinyin", self._heaps["pinyin"], first, last, LETTERS),
            "begins": self._marks(first, last),
            "initials": self._lines("initials", self._heaps["initials"], first, last, LETTERS),
        }

    def _marks(self, first: int, last: int) -> str:
        """Where syllables begin in the pinyin of a record: one mark a character, though some take several bytes."""
        start, stop = self._offsets["pinyin"][[first, last]].tolist()
        leading = (self._heaps["pinyin"][start:stop] & _LEADS) != _FOLLOWS
        marks: bytes = self._begins[start:stop][leading].tobytes()
        return marks.decode()[:-1].replace(_END, _APART)

    def _lines(self, form: str, heap: Column, first: int, last: int, encoding: str) -> str:
        start, stop = int(self._offsets[form][first]), int(self._offsets[form][last])
        return heap[start:stop].tobytes().decode(encoding)[:-1].replace(_END, _APART)


def keys_of(names: Iterable[str]) -> str:
    """Exact names, each between spaces, folded as ``stores.keys.name_key`` folds them."""
    folded = dict.fromkeys("".join(name.casefold().split()) for name in names)
    return _APART + _APART.join(name for name in folded if name) + _APART
