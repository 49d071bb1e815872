"""Names spelt alike: of a million the few that may be, picked by numpy, and those looked at letter by letter.

What is picked does not hang on which names stand beside them, so another store picks the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chaingraph.stores.names import ID, LETTERS, SOUNDED, TEXT, sounded_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from chaingraph.stores.snapshot import Column, Snapshot

    Rows = NDArray[np.int64]
    Flags = NDArray[np.bool_]

LETTERS_NEEDED = 3
"""Below so many letters a misspelling cannot be told from another name."""
PICKED = 2_000
"""So many names are held beside the query: of more, those that lack the fewest of its letters, then the shortest."""
_LETTERS_A_TYPO = 4
_TYPOS = 2
"""The most typos forgiven, however long the query."""
_NEAR = 50
"""What rapidfuzz must think of a name, in per cent, for it to be looked at closely: less than any typo forgiven."""
_PARTED = 3
_ANCHORED = 32
"""So many of the first letters are tried as those that are right."""
_SAMPLED = 1 << 18
"""So many letters of names tell which letters are rare."""
_LONGEST = 1_000
"""No name is longer, so a longer query is no name misspelt."""


class Piece(NamedTuple):
    """Some letters of a query, with the place where they stand in it."""

    place: int
    letters: str


def typos(folded: str) -> int:
    """How many letters of a query may be wrong: one in four, at most two; none of a query that is no name's length."""
    if not LETTERS_NEEDED <= len(folded) <= _LONGEST:
        return 0
    return min(max(1, len(folded) // _LETTERS_A_TYPO), _TYPOS)


def sounded_pieces(folded: str) -> list[Piece]:
    """Of which letters some must be right at the beginning of a syllable, in a name that sounds like the query.

    Two letters, or three within a query long enough for two typos: it has more syllables that may be right.
    """
    two = typos(folded) == 1
    return [
        Piece(place, folded[place : place + (2 if two or place == 0 else SOUNDED)])
        for place in range(min(len(folded) - 1, _ANCHORED))
    ]


def pairs_needed(folded: str) -> int:
    """How many pairs of neighbouring letters must stand near their places in a name that sounds like the query.

    A typo that swaps letters parts three pairs. One that loses a letter parts two: for each letter that is not near its
    place one more pair is needed, and in any case as many as may be wrong.
    """
    return len(folded) - 1 - _PARTED * typos(folded)


def wrong_letters(folded: str, lines: Iterable[str]) -> Iterator[int | None]:
    """Of each line how many letters of its likest part are not those of a query; None for more than are forgiven."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import OSA

    most = typos(folded)
    for line in lines:
        best = fuzz.partial_ratio_alignment(folded, line, score_cutoff=_NEAR)
        if best is None:
            yield None
            continue
        at = max(0, min(best.dest_start, len(line) - len(folded)))
        wrong = min(OSA.distance(folded, part) for part in (line, line[at : at + len(folded)]))
        yield wrong if wrong <= most else None


def misspelt(snapshot: Snapshot, form: str, folded: str, allowed: Flags | None = None) -> tuple[Rows, Rows]:
    """Names of which a part is ``folded`` but for a few letters: their rows, and how many letters are wrong.

    Parameters
    ----------
    form
        "text" or "pinyin".
    allowed
        Which records count; all where None.
    """
    rows = _picked(snapshot, form, folded, typos(folded), allowed)
    heap, offset = snapshot.column(f"search_{form}_heap"), snapshot.column(f"search_{form}_offset")
    encoding = TEXT if form == "text" else LETTERS
    lines = [heap[offset[row] : offset[row + 1] - 1].tobytes().decode(encoding) for row in rows.tolist()]
    found = sorted(
        (row, wrong)
        for row, wrong in zip(rows.tolist(), wrong_letters(folded, lines), strict=True)
        if wrong is not None
    )
    alike, wrongs = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return alike, wrongs


def _picked(snapshot: Snapshot, form: str, folded: str, most: int, allowed: Flags | None) -> Rows:
    """The names that are worth a closer look."""
    heap, offset = snapshot.column(f"search_{form}_heap"), snapshot.column(f"search_{form}_offset")
    units = np.frombuffer(folded.encode(TEXT if form == "text" else LETTERS), dtype=heap.dtype)
    if not most or len(offset) == 1 or len(units) - most >= np.diff(offset).max():
        return _NOWHERE
    find = _by_letters if form == "text" else _by_syllables
    rows, lacking = find(snapshot, folded, units, most)
    length = offset[rows + 1] - offset[rows] - 1
    # A name that is shorter than what was asked is a part of it, not a misspelling of it.
    kept = (length >= len(units) - most) & (snapshot.column("search_sort")[rows] != ID)
    if allowed is not None:
        kept &= allowed[snapshot.column("search_record")[rows]]
    rows, lacking, length = rows[kept], lacking[kept], length[kept]
    picked: Rows = rows[np.lexsort((rows, length, lacking))[:PICKED]]
    return picked


# --- as they are written -----------------------------------------------------------------------------------------


def _by_letters(snapshot: Snapshot, folded: str, units: Column, most: int) -> tuple[Rows, Rows]:  # noqa: ARG001
    """The names that lack so few of the letters of a query, each letter counted once; how many they lack."""
    key, begin = snapshot.column("search_text_key"), snapshot.column("search_text_begin")
    offset, stands = snapshot.column("search_text_offset"), snapshot.column("search_text_at")
    postings = sorted((_standing(key, begin, stands, unit) for unit in np.unique(units).tolist()), key=len)
    # Of so many letters a name that lacks fewer holds one.
    tried = [np.searchsorted(offset, at, side="right") - 1 for at in postings[: most + 1]]
    rows = np.unique(np.concatenate(tried)) if tried else _NOWHERE
    lacking = np.zeros(len(rows), dtype=np.int64)
    for at in postings:
        here = at.dtype.type
        lacking += np.searchsorted(at, offset[rows].astype(here)) == np.searchsorted(at, offset[rows + 1].astype(here))
        kept = lacking <= most
        rows, lacking = rows[kept], lacking[kept]
    return rows, lacking


def _standing(key: Column, begin: Column, at: Column, unit: int) -> Column:
    """Where a letter stands."""
    place = int(np.searchsorted(key, key.dtype.type(unit)))
    there = place < len(key) and int(key[place]) == unit
    return at[int(begin[place]) : int(begin[place + 1])] if there else at[:0]


# --- as they sound -----------------------------------------------------------------------------------------------


def _by_syllables(snapshot: Snapshot, folded: str, units: Column, most: int) -> tuple[Rows, Rows]:
    """The names in which a syllable is right and around it all letters but a few stand near; how many do not."""
    heap, offset = snapshot.column("search_pinyin_heap"), snapshot.column("search_pinyin_offset")
    at, right = _near(heap, *_syllables(snapshot, folded), units, most)
    # By the syllable that is right: the query may begin before the name. And what stands near may be another name's.
    rows = np.searchsorted(offset, at + right, side="right") - 1
    first, behind = offset[rows], offset[rows + 1]
    lost, paired = np.zeros(len(at), dtype=np.int64), np.zeros(len(at), dtype=np.int64)
    before: list[Flags] = []
    for letter, unit in enumerate(units.tolist()):
        places = [at + shift for shift in range(letter - most, letter + most + 1)]
        here = [(place >= first) & (place < behind) & (heap.take(place, mode="clip") == unit) for place in places]
        lost += ~np.logical_or.reduce(here)
        if before:
            paired += np.logical_or.reduce([one & other for one, other in zip(before, here, strict=True)])
        before = here
    kept = (lost <= most) & (paired >= np.maximum(most, pairs_needed(folded) + lost))
    rows, lost = rows[kept], lost[kept]
    order = np.lexsort((lost, rows))
    rows, lost = rows[order], lost[order]
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    return rows[first], lost[first]


def _syllables(snapshot: Snapshot, folded: str) -> tuple[Rows, Rows]:
    """Where the query may begin, judged by its pieces, and the place in it of the piece that is right."""
    key, begin = snapshot.column("search_pinyin_key"), snapshot.column("search_pinyin_begin")
    heap, stands = snapshot.column("search_pinyin_heap"), snapshot.column("search_pinyin_at")
    starts, right = [_NOWHERE], [_NOWHERE]
    for piece in sounded_pieces(folded):
        letters = piece.letters.encode()
        keys = sounded_keys(letters)
        low, high = np.searchsorted(key, [keys.start, keys.stop]).tolist()
        at = stands[begin[low] : begin[high]].astype(np.int64)
        if not letters.isalpha():
            # All that is no letter has one key.
            for place, unit in enumerate(letters):
                at = at[heap.take(at + place, mode="clip") == unit]
        starts.append(at - piece.place)
        right.append(np.full(len(at), piece.place))
    return np.concatenate(starts), np.concatenate(right)


def _near(heap: Column, at: Rows, right: Rows, units: Column, most: int) -> tuple[Rows, Rows]:
    """The places near which all letters but ``most`` stand, each within ``most`` of its own."""
    lost = np.zeros(len(at), dtype=np.int8)
    for letter in _rarest_first(heap, units):
        there = np.zeros(len(at), dtype=np.bool_)
        for shift in range(letter - most, letter + most + 1):
            there |= heap.take(at + shift, mode="clip") == units[letter]
        lost += ~there
        kept = lost <= most
        at, right, lost = at[kept], right[kept], lost[kept]
        if not len(at):
            break
    return at, right


def _rarest_first(heap: Column, units: Column) -> list[int]:
    """The letters of the query, those that names seldom hold first: they rule out most.

    Most places are tried because the first two letters stand there, so those rule out least.
    """
    seen = np.bincount(heap[:_SAMPLED], minlength=int(units.max()) + 1)
    order: list[int] = np.argsort(seen[units], kind="stable").tolist()
    return [letter for letter in order if letter > 1] + [letter for letter in order if letter <= 1]


_NOWHERE = np.zeros(0, dtype=np.int64)
