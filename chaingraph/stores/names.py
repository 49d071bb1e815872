"""The name index: every name of every entity as text, as pinyin and as initials, found by a scan of one heap each."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args
from unicodedata import normalize

import numpy as np

from chaingraph.model.words import How
from chaingraph.stores.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from chaingraph.stores.snapshot import Snapshot
    from chaingraph.stores.snapshot_writer import Writer

    Rows = NDArray[np.int64]

_END = b"\n"
_NOISE = re.compile(r"[\s\W_]+")
_HOWS: tuple[How, ...] = get_args(How)
_NAME, _PRODUCT, _ID = range(3)
"""What a text of the index is to its record."""
_SHORTEST = 3
"""Below so many letters a misspelling cannot be told from another name."""
_LETTERS_A_TYPO = 4
_TYPOS = 2
"""The most typos forgiven, however long the query."""
_NEAR = 50
"""What rapidfuzz must think of a name, in per cent, for it to be looked at closely."""
_TRIED = 500
_INSIDE = 0.5
"""How alike a name is that holds the sound in its middle, not at its beginning."""


def fold(text: str) -> str:
    """A text as it is compared: full width as half, case folded, without spaces and punctuation."""
    return _NOISE.sub("", normalize("NFKC", text).casefold())


class Match(NamedTuple):
    """A name that answers a query. ``how`` says in which way, the best way first; ``alike`` is 1 save for typos."""

    record: int
    name: int
    how: How
    alike: float


def index_names(records: Sequence[dict[str, Any]], writer: Writer) -> None:
    """Writes the index of ``records``: their ``names``, and their ``products`` where they have any."""
    shown, texts, spelt, initials, owner, sorts = [], [], [], [], [], []
    for row, record in enumerate(records):
        key, *own = record["names"]
        # An id answers as a whole only, save a region's code, which is a name.
        marked = [(key, _NAME if record["kind"] == "region" else _ID), *((name, _NAME) for name in own)]
        marked += [(word, _PRODUCT) for word in record["products"]]
        for name, sort in dict.fromkeys(marked):
            text = fold(name)
            syllables = [] if text.isascii() else [fold(part) for part in _syllables(text)]
            shown.append(name)
            texts.append(text)
            spelt.append(syllables)
            initials.append("".join(part[:1] for part in syllables))
            owner.append(row)
            sorts.append(sort)
    writer.strings("search_shown", shown)
    writer.column("search_record", np.array(owner, dtype=np.int32))
    writer.column("search_sort", np.array(sorts, dtype=np.int8))
    _heap(writer, "search_text", [text.encode() for text in texts])
    _heap(writer, "search_pinyin", ["".join(syllables).encode() for syllables in spelt])
    _heap(writer, "search_initials", [text.encode() for text in initials])
    starts, at = [], 0
    for syllables in spelt:
        for syllable in syllables:
            starts.append(at)
            at += len(syllable.encode())
        at += len(_END)
    writer.column("search_syllable", np.array(starts, dtype=np.int64))


@cache
def _speller() -> Callable[[str], list[str]]:
    from pypinyin import lazy_pinyin, load_single_dict

    # Xiamen and the firms named after it; the first reading that the library gives is that of 大厦.
    load_single_dict({ord("厦"): "xià"})
    return lazy_pinyin


def _syllables(text: str) -> list[str]:
    """The pinyin of each Chinese character, other text as it stands."""
    return _speller()(text)


def _heap(writer: Writer, name: str, lines: Sequence[bytes]) -> None:
    """One line a name, and the offset of each."""
    offsets = np.zeros(len(lines) + 1, dtype=np.int64)
    np.cumsum([len(line) + len(_END) for line in lines], out=offsets[1:])
    writer.column(f"{name}_heap", np.frombuffer(b"".join(line + _END for line in lines), dtype=np.uint8))
    writer.column(f"{name}_offset", offsets)


class NameIndex:
    """Reads the index of a snapshot; ties between records are those known on a day (a day number)."""

    def __init__(self, snapshot: Snapshot, day: int) -> None:
        self._snapshot = snapshot
        self._day = day

    def find(self, query: str, wanted: Callable[[int], bool] = lambda _: True) -> list[Match]:
        """The best match of each ``wanted`` record that answers ``query``, the best first.

        A name answers as a whole, by its beginning, by a part, by its pinyin or its initials; a link also by one of its
        products. Of several words every one must be answered, by the record or by what it is tied to: 深圳 隔膜 finds
        the firms of Shenzhen that make separators. Where nothing does, names that sound the same or are spelt alike
        answer.
        """
        folded = fold(query)
        if not folded:
            return []
        words = [folded_word for word in query.split() if (folded_word := fold(word))]
        ways: list[tuple[Callable[[Any], dict[int, Match]], Any]] = [(self._direct, folded)]
        ways += [(self._all_words, words)] if len(words) > 1 else []
        ways += [(self._similar, folded)]
        for way, asked in ways:
            found = [match for match in way(asked).values() if wanted(match.record)]
            if found:
                return sorted(found, key=self._rank)
        return []

    def _direct(self, folded: str) -> dict[int, Match]:
        return self._best(self._matches(folded))

    def _similar(self, folded: str) -> dict[int, Match]:
        return self._best(self._alike(folded))

    def _all_words(self, words: Sequence[str]) -> dict[int, Match]:
        """Records that answer every word, themselves or by a neighbour; the best of their matches speaks for them."""
        found = []
        for word in words:
            direct = self._direct(word)
            found.append({**self._tied(direct), **direct})
        shared = set(found[0]).intersection(*found[1:])
        return {row: min((part[row] for part in found), key=self._rank) for row in shared}

    def _tied(self, direct: dict[int, Match]) -> dict[int, Match]:
        """What is tied to the records that answer a word, or lies in a region among them."""
        paths = Paths(self._snapshot, self._day)
        tied: dict[int, Match] = {}
        for match in sorted(direct.values(), key=self._rank, reverse=True):
            for row in (match.record, *paths.inside(match.record)):
                tied.update((other, match._replace(record=other, how="related")) for other in paths.walked(row))
        return tied

    def _matches(self, folded: str) -> Iterator[Match]:
        owner, sort = self._snapshot.column("search_record"), self._snapshot.column("search_sort")
        needle = folded.encode()
        forms = [("search_text", False)]
        if folded.isascii():
            forms += [("search_pinyin", True), ("search_initials", True)]
        written: set[int] = set()
        for form, by_sound in forms:
            rows, at_start, whole = self._holding(form, needle)
            if not by_sound:
                written.update(rows.tolist())
            for row, first, full in zip(rows.tolist(), at_start.tolist(), whole.tolist(), strict=True):
                if (by_sound and row in written) or (sort[row] == _ID and not full):
                    continue
                how: How = "exact" if full else "prefix" if first else "part"
                if by_sound:
                    how = "pinyin" if form == "search_pinyin" else "initials"
                if sort[row] == _PRODUCT:
                    how = "product"
                yield Match(int(owner[row]), row, how, 1.0 if first or not by_sound else _INSIDE)

    def _holding(self, form: str, needle: bytes) -> tuple[Rows, NDArray[np.bool_], NDArray[np.bool_]]:
        """Names whose ``form`` holds the needle; whether at the beginning; whether it is the whole of it."""
        heap, offset = self._snapshot.column(f"{form}_heap"), self._snapshot.column(f"{form}_offset")
        at = np.fromiter(
            (hit.start() for hit in re.finditer(b"(?=" + re.escape(needle) + b")", heap.data)), dtype=np.int64
        )
        if form == "search_pinyin" and len(at):
            syllable = self._snapshot.column("search_syllable")
            place = np.minimum(np.searchsorted(syllable, at), len(syllable) - 1)
            at = at[syllable[place] == at]
        rows = np.searchsorted(offset, at, side="right") - 1
        # Hits stand in the order of the heap, so those of one name stand side by side.
        first = np.flatnonzero(np.diff(rows, prepend=-1))
        rows, at = rows[first], at[first]
        at_start = at == offset[rows]
        return rows, at_start, at_start & (at + len(needle) + len(_END) == offset[rows + 1])

    def _alike(self, folded: str) -> Iterator[Match]:
        """Names that sound the same as ``folded``, else those spelt alike: a letter in four wrong, none in two."""
        owner = self._snapshot.column("search_record")
        if not folded.isascii():
            rows, at_start, _ = self._holding("search_pinyin", "".join(_syllables(folded)).encode())
            for row, first in zip(rows.tolist(), at_start.tolist(), strict=True):
                yield Match(int(owner[row]), row, "pinyin", 1.0 if first else _INSIDE)
            if len(rows):
                return
        if len(folded) < _SHORTEST:
            return
        for form in ("search_text", "search_pinyin") if folded.isascii() else ("search_text",):
            for row, wrong in self._misspelt(folded, form):
                yield Match(int(owner[row]), row, "similar", 1 - wrong / len(folded))

    def _misspelt(self, folded: str, form: str) -> Iterator[tuple[int, int]]:
        """Names of which a part is ``folded`` but for a few letters: row, and how many letters are wrong."""
        from rapidfuzz import fuzz, process
        from rapidfuzz.distance import OSA

        most = min(max(1, len(folded) // _LETTERS_A_TYPO), _TYPOS)
        lines = bytes(self._snapshot.column(f"{form}_heap")).decode().splitlines()
        # A name that is shorter than what was asked is a part of it, not a misspelling of it.
        sort = self._snapshot.column("search_sort")
        choices = {row: line for row, line in enumerate(lines) if len(line) >= len(folded) - most and sort[row] != _ID}
        near = process.extract(folded, choices, scorer=fuzz.partial_ratio, score_cutoff=_NEAR, limit=_TRIED)
        for line, _, row in near:
            best = fuzz.partial_ratio_alignment(folded, line)
            at = max(0, min(best.dest_start, len(line) - len(folded))) if best else 0
            parts = (line, line[at : at + len(folded)])
            wrong = min(OSA.distance(folded, part) for part in parts)
            if wrong <= most:
                yield row, wrong

    def _best(self, matches: Iterable[Match]) -> dict[int, Match]:
        """The best match of each record."""
        best: dict[int, Match] = {}
        for match in matches:
            known = best.get(match.record)
            if known is None or self._rank(match) < self._rank(known):
                best[match.record] = match
        return best

    def _rank(self, match: Match) -> tuple[int, float, int, int]:
        """The better way first, then the more alike, then the shorter name."""
        offset = self._snapshot.column("search_text_offset")
        length = int(offset[match.name + 1] - offset[match.name])
        return _HOWS.index(match.how), -match.alike, length, match.name
