"""Reads the name index. A query may have a million answers, so they stay numbers; only the best become objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, get_args

import numpy as np

from chaingraph.model.words import PREDICATES, How
from chaingraph.stores.keys import name_key
from chaingraph.stores.misspelt import misspelt
from chaingraph.stores.names import ID, LETTERS, PRODUCT, TEXT, fold, sounded_keys
from chaingraph.stores.pinyin import syllables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from chaingraph.stores.snapshot import Column, Snapshot

    Rows = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_HOWS: tuple[How, ...] = get_args(How)
_EXACT, _PREFIX, _INITIALS, _PINYIN, _PART, _PRODUCT, _RELATED, _SIMILAR = range(len(_HOWS))
_CONTAINS = tuple(PREDICATES).index("contains")

_NONE = np.iinfo(np.int64).max
"""The rank of what is no answer."""
_HOW_BITS, _LOSS_BITS, _LENGTH_BITS = 56, 52, 32
_LONGEST = (1 << (_LOSS_BITS - _LENGTH_BITS)) - 1


class Match(NamedTuple):
    """A name that answers a query; ``how`` says in which way."""

    record: int
    name: int
    how: How


class Answers(NamedTuple):
    """Records that answer a query, in their order, and the rank of the best name of each: the lower the better.

    A rank is one number: the way, then what is wrong with it, the length of the name, its row. Of records that have
    one rank, because one neighbour answers for them, the first comes first.
    """

    records: Rows
    ranks: Rows

    def best(self, most: int | None = None) -> list[Match]:
        """The best of them, the best first; all where ``most`` is None."""
        ranks, records = self.ranks, self.records
        if most is not None and most < len(ranks):
            kept = np.flatnonzero(ranks <= np.partition(ranks, most)[most])
            ranks, records = ranks[kept], records[kept]
        order = np.argsort(ranks, kind="stable")[:most]
        return [
            Match(record, rank & ((1 << _LENGTH_BITS) - 1), _HOWS[rank >> _HOW_BITS])
            for record, rank in zip(records[order].tolist(), ranks[order].tolist(), strict=True)
        ]


class NameIndex:
    """Reads the index of a snapshot; ties between records are those known on a day (a day number)."""

    def __init__(self, snapshot: Snapshot, day: int) -> None:
        self._snapshot = snapshot
        self._day = day

    def find(self, query: str, kinds: Sequence[str] = (), most: int | None = None) -> list[Match]:
        """The best match of each record of ``kinds`` (all where empty) that answers, the best ``most`` of them."""
        return self.answers(query, kinds).best(most)

    def answers(self, query: str, kinds: Sequence[str] = ()) -> Answers:
        """The records of ``kinds`` (all where empty) that answer ``query``.

        A name answers as a whole, by its beginning, by a part, by its pinyin or its initials; a link also by one of its
        products. Of several words every one must be answered, by the record or by what it is tied to: 深圳 隔膜 finds
        the firms of Shenzhen that make separators. Where nothing does, names that sound the same or are spelt alike
        answer.
        """
        folded = fold(query)
        if not folded:
            return _NOBODY
        words = list(dict.fromkeys(word for word in query.split() if fold(word)))
        ways: list[Callable[[], Answers]] = [
            lambda: self._direct(query),
            lambda: self._all_words(words),
            lambda: self._of_one_sound(folded),
            lambda: self._misspelt(folded, kinds),
        ]
        for way in ways:
            found = self._of_kinds(way(), kinds)
            if len(found.records):
                return found
        return _NOBODY

    def _column(self, name: str) -> Column:
        return self._snapshot.column(f"search_{name}")

    def _of_kinds(self, found: Answers, kinds: Sequence[str]) -> Answers:
        if not kinds or not len(found.records):
            return found
        kept = self._wanted(kinds)[found.records]
        return Answers(found.records[kept], found.ranks[kept])

    def _wanted(self, kinds: Sequence[str]) -> Flags:
        """Which records are of some kinds."""
        numbers = [number for number, kind in enumerate(self._snapshot.table("search_kinds")) if kind in kinds]
        wanted: Flags = np.isin(self._column("kind"), numbers)
        return wanted

    # --- as it is written or sounds ------------------------------------------------------------------------

    def _direct(self, text: str) -> Answers:
        folded = fold(text)
        sort = self._column("sort")
        rows, at_start, whole = self._holding("text", self._written(folded), len(folded.encode(TEXT)) // 2)
        kept = (sort[rows] != ID) | whole
        rows, at_start, whole = rows[kept], at_start[kept], whole[kept]
        parts = [self._ranked(rows, self._way(rows, np.where(whole, _EXACT, np.where(at_start, _PREFIX, _PART))))]
        if folded.isascii():
            for form, at, how in (
                ("pinyin", self._sounding(folded.encode()), _PINYIN),
                ("initials", self._abbreviated(folded.encode()), _INITIALS),
            ):
                heard, at_start, _ = self._holding(form, at, len(folded))
                unwritten = ~_among(heard, rows)
                heard, loss = heard[unwritten], ~at_start[unwritten]
                parts.append(self._ranked(heard, self._way(heard, how), loss))
        return self._by_key(text, self._best(parts))

    def _written(self, folded: str) -> Rows:
        """Where a text stands in the heap of names."""
        units = np.frombuffer(folded.encode(TEXT), dtype=np.uint16)
        key, begin = self._column("text_key"), self._column("text_begin")
        places = np.searchsorted(key, units)
        if not len(key) or np.any(key[np.minimum(places, len(key) - 1)] != units):
            return _NOWHERE
        rarest = int(np.argmin(begin[places + 1] - begin[places]))
        start, stop = begin[places[rarest] : places[rarest] + 2].tolist()
        at = self._column("text_at")[start:stop].astype(np.int64) - rarest
        return _standing(self._column("text_heap"), at, units)

    def _sounding(self, letters: bytes) -> Rows:
        """Where some pinyin stands in the heap of pinyin, from the beginning of a syllable."""
        at = self._syllables(letters)
        at.sort()
        return _standing(self._column("pinyin_heap"), at, np.frombuffer(letters, dtype=np.uint8))

    def _syllables(self, letters: bytes) -> Rows:
        """Where the syllables begin whose first three letters are those of ``letters``, as far as it has three."""
        keys = sounded_keys(letters)
        low, high = np.searchsorted(self._column("pinyin_key"), [keys.start, keys.stop]).tolist()
        start, stop = self._column("pinyin_begin")[[low, high]].tolist()
        return self._column("pinyin_at")[start:stop].astype(np.int64)

    def _abbreviated(self, letters: bytes) -> Rows:
        """Where some initials stand in the heap of initials. They are few letters, so a scan is fast."""
        heap, asked = self._column("initials_heap"), np.frombuffer(letters, dtype=np.uint8)
        if len(heap) < len(asked):
            return _NOWHERE
        hit = heap == asked[0]
        if len(asked) > 1:
            hit[:-1] &= heap[1:] == asked[1]
        return _standing(heap, np.flatnonzero(hit), asked)

    def _holding(self, form: str, at: Rows, length: int) -> tuple[Rows, Flags, Flags]:
        """Names that hold a text at these places; whether at the beginning; whether it is the whole of it."""
        offset = self._column(f"{form}_offset")
        rows = np.searchsorted(offset, at, side="right") - 1
        # Places stand in the order of the heap, so those of one name stand side by side.
        first = np.flatnonzero(np.diff(rows, prepend=-1))
        rows, at = rows[first], at[first]
        at_start = at == offset[rows]
        return rows, at_start, at_start & (at + length + 1 == offset[rows + 1])

    def _by_key(self, text: str, found: Answers) -> Answers:
        """With the records that bear the text as an id or a code of which no part answers."""
        keys = self._snapshot.column("name_key")
        start, stop = (int(np.searchsorted(keys, name_key(text), side)) for side in ("left", "right"))
        owner = self._column("record")
        named = np.unique(self._snapshot.column("name_record")[start:stop]).astype(np.int64)
        named = named[~_among(named, found.records)]
        rows = np.searchsorted(owner, named)
        shown = rows < len(owner)
        rows = rows[shown][owner[rows[shown]] == named[shown]]
        return self._best([(found.records, found.ranks), self._ranked(rows, _EXACT)]) if len(rows) else found

    # --- ranks ---------------------------------------------------------------------------------------------

    def _way(self, rows: Rows, how: int | Rows) -> Rows:
        """In which way names answer: a product in its own."""
        return np.where(self._column("sort")[rows] == PRODUCT, _PRODUCT, how)

    def _ranked(self, rows: Rows, how: int | Rows, loss: Column | int = 0) -> tuple[Rows, Rows]:
        """The owners of names, and the ranks of the names as answers."""
        length = np.minimum(self._column("length")[rows], _LONGEST).astype(np.int64)
        ranks = np.asarray(how, dtype=np.int64) << _HOW_BITS | np.asarray(loss, dtype=np.int64) << _LOSS_BITS
        return self._column("record")[rows].astype(np.int64), ranks | length << _LENGTH_BITS | rows

    @staticmethod
    def _best(parts: Sequence[tuple[Rows, Rows]]) -> Answers:
        """The best rank of each record."""
        records, ranks = (np.concatenate(column) for column in zip(*parts, strict=True))
        if not len(records):
            return _NOBODY
        if len(parts) > 1:
            # The parts are in order each, which this sort makes use of.
            order = np.argsort(records, kind="stable")
            records, ranks = records[order], ranks[order]
        first = np.flatnonzero(np.diff(records, prepend=-1))
        return Answers(records[first], np.minimum.reduceat(ranks, first))

    # --- several words -------------------------------------------------------------------------------------

    def _all_words(self, words: Sequence[str]) -> Answers:
        """Records that answer every word, themselves or by a neighbour; the best of their matches speaks for them."""
        if len(words) < 2:
            return _NOBODY
        direct = []
        for word in words:
            direct.append(self._direct(word))
            if not len(direct[-1].records):
                return _NOBODY
        # Only what the word of the fewest ties reaches can answer them all.
        degree = np.diff(self._snapshot.column("path_start"))
        fewest = min(direct, key=lambda found: int(degree[found.records].sum()))
        records = self._reached(self._with_parts(fewest))
        ranks = np.full(len(records), _NONE)
        for found in direct:
            rank = self._dense(found)[records]
            lacking = np.flatnonzero(rank == _NONE)
            rank[lacking] = self._tied(records[lacking], self._with_parts(found))
            kept = rank < _NONE
            records, ranks = records[kept], np.minimum(ranks, rank)[kept]
        return Answers(records, ranks)

    def _dense(self, found: Answers) -> Rows:
        """The rank of every record."""
        ranks = np.full(len(self._snapshot.column("path_walked")), _NONE)
        ranks[found.records] = found.ranks
        return ranks

    def _with_parts(self, found: Answers) -> Rows:
        """The rank of every record, the regions in a region that answers counted as that region."""
        ranks, predicate = self._dense(found), self._snapshot.column("path_predicate")
        regions = found.records[self._of_regions(found.records)]
        while len(regions):
            place, of = self._ties(regions)
            inner = predicate[place] == _CONTAINS
            parts = self._snapshot.column("path_to")[place[inner]]
            np.minimum.at(ranks, parts, ranks[regions][of[inner]])
            regions = np.unique(parts)
        return ranks

    def _of_regions(self, records: Rows) -> Flags:
        kinds: list[str] = self._snapshot.table("search_kinds")
        regions: Flags = self._column("kind")[records] == (kinds.index("region") if "region" in kinds else -1)
        return regions

    def _reached(self, ranks: Rows) -> Rows:
        """The records that have a rank, and those that are tied to one."""
        place, _ = self._ties(np.flatnonzero(ranks < _NONE))
        reached = np.zeros(len(ranks), dtype=np.bool_)
        reached[self._snapshot.column("path_to")[place[self._known(place)]]] = True
        reached &= self._snapshot.column("path_walked")
        return np.flatnonzero(reached | (ranks < _NONE))

    def _tied(self, records: Rows, ranks: Rows) -> Rows:
        """The rank that each record has by its best neighbour."""
        place, of = self._ties(records)
        known = self._known(place)
        best = np.full(len(records), _NONE)
        np.minimum.at(best, of[known], ranks[self._snapshot.column("path_to")[place[known]]])
        best[~self._snapshot.column("path_walked")[records]] = _NONE
        tied = best < _NONE
        best[tied] = best[tied] & ((1 << _HOW_BITS) - 1) | _RELATED << _HOW_BITS
        return best

    def _ties(self, records: Rows) -> tuple[Rows, Rows]:
        """The places of the ties of some records, and which of the records each is of."""
        start = self._snapshot.column("path_start")
        begin, count = start[records], start[records + 1] - start[records]
        of = np.repeat(np.arange(len(records)), count)
        return begin[of] + np.arange(len(of)) - (np.cumsum(count) - count)[of], of

    def _known(self, place: Rows) -> Flags:
        known: Flags = self._snapshot.column("path_since")[place] <= self._day
        return known

    # --- where nothing answers as it is written --------------------------------------------------------------

    def _of_one_sound(self, folded: str) -> Answers:
        """Names that sound the same as ``folded``."""
        if folded.isascii():
            return _NOBODY
        letters = "".join(syllables(folded)).encode(LETTERS)
        rows, at_start, _ = self._holding("pinyin", self._sounding(letters), len(letters))
        return self._best([self._ranked(rows, _PINYIN, ~at_start)])

    def _misspelt(self, folded: str, kinds: Sequence[str]) -> Answers:
        """Names spelt like ``folded``: a letter in four wrong, none in two."""
        allowed = self._wanted(kinds) if kinds else None
        parts = []
        for form in ("text", "pinyin") if folded.isascii() else ("text",):
            rows, wrong = misspelt(self._snapshot, form, folded, allowed)
            parts.append(self._ranked(rows, _SIMILAR, wrong))
        return self._best(parts)


_NOWHERE = np.zeros(0, dtype=np.int64)
_NOBODY = Answers(_NOWHERE, _NOWHERE)


def _standing(heap: Column, at: Rows, units: Column) -> Rows:
    """The places at which some letters stand, of those tried."""
    at = at[(at >= 0) & (at <= len(heap) - len(units))]
    for place, unit in enumerate(units.tolist()):
        if not len(at):
            break
        at = at[heap[at + place] == unit]
    return at


def _among(rows: Rows, others: Rows) -> Flags:
    """Which of ``rows`` are among ``others``, which are in order."""
    if not len(others):
        return np.zeros(len(rows), dtype=np.bool_)
    found: Flags = others[np.minimum(np.searchsorted(others, rows), len(others) - 1)] == rows
    return found
