"""Names spelt alike: of a million the few that may be, picked by numpy, and those looked at letter by letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chaingraph.stores.names import ID, LETTERS, SOUNDED, TEXT, sounded_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from chaingraph.stores.snapshot import Column, Snapshot

    Rows = NDArray[np.int64]

LETTERS_NEEDED = 3
"""Below so many letters a misspelling cannot be told from another name."""
_LETTERS_A_TYPO = 4
_TYPOS = 2
"""The most typos forgiven, however long the query."""
_NEAR = 50
"""What rapidfuzz must think of a name, in per cent, for it to be looked at closely."""
_TRIED = 500
_ALL_TRIED = 50_000
"""Of so many names each is held beside the query; of more those that hold most of its letters near their places."""
_PICKED = 2_000
_SAMPLED = 1 << 18
"""So many letters of names tell which letters are rare."""
_ANCHORED = 32
"""So many of the first letters are tried as those that are right."""


def misspelt(snapshot: Snapshot, form: str, folded: str) -> tuple[Rows, Rows]:
    """Names of which a part is ``folded`` but for a few letters: their rows, and how many letters are wrong."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA

    most = min(max(1, len(folded) // _LETTERS_A_TYPO), _TYPOS)
    sort = snapshot.column("search_sort")
    # A name that is shorter than what was asked is a part of it, not a misspelling of it.
    choices = {
        row: line
        for row, line in _lines(snapshot, form, folded, most)
        if len(line) >= len(folded) - most and sort[row] != ID
    }
    near = process.extract(folded, choices, scorer=fuzz.partial_ratio, score_cutoff=_NEAR, limit=_TRIED)
    found = []
    for line, _, row in near:
        best = fuzz.partial_ratio_alignment(folded, line)
        at = max(0, min(best.dest_start, len(line) - len(folded))) if best else 0
        parts = (line, line[at : at + len(folded)])
        wrong = min(OSA.distance(folded, part) for part in parts)
        if wrong <= most:
            found.append((row, wrong))
    rows, wrongs = np.array(sorted(found), dtype=np.int64).reshape(-1, 2).T
    return rows, wrongs


def _lines(snapshot: Snapshot, form: str, folded: str, most: int) -> Iterator[tuple[int, str]]:
    """The names that are worth a closer look, with their rows."""
    heap, offset = snapshot.column(f"search_{form}_heap"), snapshot.column(f"search_{form}_offset")
    encoding = TEXT if form == "text" else LETTERS
    if len(offset) - 1 <= _ALL_TRIED:
        yield from enumerate(heap.tobytes().decode(encoding).split("\n")[:-1])
        return
    units = np.frombuffer(folded.encode(encoding), dtype=heap.dtype)
    if len(units) - most >= np.diff(offset).max():
        return
    at = _characters(snapshot, units, most) if form == "text" else _syllables(snapshot, folded, most)
    at, lost = _near(heap, at, units, most)
    rows = np.searchsorted(offset, at, side="right") - 1
    # The nearest first; of one name its nearest part.
    order = np.lexsort((rows, lost))
    _, first = np.unique(rows[order], return_index=True)
    for row in rows[order][np.sort(first)[:_PICKED]].tolist():
        yield row, heap[offset[row] : offset[row + 1] - 1].tobytes().decode(encoding)


def _characters(snapshot: Snapshot, units: Column, most: int) -> Rows:
    """Where the query may begin, judged by its rarest characters: so many more than may be wrong that one is right."""
    key, begin = snapshot.column("search_text_key"), snapshot.column("search_text_begin")
    places = np.searchsorted(key, units)
    present = key[np.minimum(places, len(key) - 1)] == units
    count = np.where(present, begin[np.minimum(places + 1, len(key))] - begin[np.minimum(places, len(key) - 1)], 0)
    rarest = np.unique(units)
    rarest = rarest[np.argsort([count[units == unit][0] for unit in rarest], kind="stable")][: most + 1]
    at = snapshot.column("search_text_at")
    starts = [
        at[begin[places[letter]] : begin[places[letter] + 1]].astype(np.int64) - letter
        for letter in np.flatnonzero(np.isin(units, rarest) & present).tolist()
    ]
    return _once(starts)


def _syllables(snapshot: Snapshot, folded: str, most: int) -> Rows:
    """Where the query may begin, judged by some letters that are right at the beginning of a syllable.

    Two letters, or three within a query long enough for two typos: it has more syllables that may be right.
    """
    key, begin = snapshot.column("search_pinyin_key"), snapshot.column("search_pinyin_begin")
    at = snapshot.column("search_pinyin_at")
    starts = []
    for letter in range(min(len(folded) - 1, _ANCHORED)):
        right = 2 if most == 1 or letter == 0 else SOUNDED
        keys = sounded_keys(folded[letter : letter + right].encode())
        low, high = np.searchsorted(key, [keys.start, keys.stop]).tolist()
        starts.append(at[begin[low] : begin[high]].astype(np.int64) - letter)
    return _once(starts)


def _once(starts: list[Rows]) -> Rows:
    """The places in order, each once."""
    at = np.sort(np.concatenate(starts)) if starts else np.zeros(0, dtype=np.int64)
    return at[np.flatnonzero(np.diff(at, prepend=-(1 << 40)))]


def _near(heap: Column, at: Rows, units: Column, most: int) -> tuple[Rows, Rows]:
    """The places near which all letters but ``most`` stand, each within ``most`` of its own; how many do not."""
    lost = np.zeros(len(at), dtype=np.int8)
    for letter in _rarest_first(heap, units):
        there = np.zeros(len(at), dtype=np.bool_)
        for shift in range(letter - most, letter + most + 1):
            there |= heap.take(at + shift, mode="clip") == units[letter]
        lost += ~there
        kept = lost <= most
        at, lost = at[kept], lost[kept]
        if not len(at):
            break
    return np.maximum(at, 0), lost.astype(np.int64)


def _rarest_first(heap: Column, units: Column) -> list[int]:
    """The letters of the query, those that names seldom hold first: they rule out most.

    Most places are tried because the first two letters stand there, so those rule out least.
    """
    seen = np.bincount(heap[:_SAMPLED], minlength=int(units.max()) + 1)
    order: list[int] = np.argsort(seen[units], kind="stable").tolist()
    return [letter for letter in order if letter > 1] + [letter for letter in order if letter <= 1]
