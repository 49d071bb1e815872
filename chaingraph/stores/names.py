"""Writes the name index: every name of every entity as text, as pinyin and as initials, and where each sign stands.

A name may be one of millions, so those of imports are folded and spelt many at once and written as they come.
"""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

import numpy as np

from chaingraph.stores.pinyin import Speller, Spelt, syllables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from chaingraph.stores.snapshot_writer import GrowingColumn, Writer

    Batch = tuple[NDArray[np.uint16], NDArray[np.int64]]
    """Keys, and the places where they stand."""

TEXT, LETTERS = "utf-16-le", "utf-8"
"""How texts are held: a unit a character, so that a place in a name is a count. And how pinyin is."""
NAME, PRODUCT, ID = range(3)
"""What a text of the index is to its record."""

_END = "\n"
_SECOND_HALVES = range(0xDC00, 0xE000)
_NOISE = re.compile(r"[\s\W_]+")
_NOISE_OF_LINES = re.compile(r"[^\w\n]+|_+")
_CODE = re.compile(r"[0-9A-Z]{15,}")
"""A credit code, a register number. Nobody types a part of one, so it answers as a whole only, by its key."""
_AT_ONCE = 200_000
"""How many names are spelt at once: some 100 MB."""
_SORTED_AT_ONCE = 1 << 22

SOUNDED = 3
"""Syllables are found by so many letters from where they begin."""
_CLASSES = 28
_CLASS = np.full(256, _CLASSES - 1, dtype=np.uint16)
_CLASS[ord(_END)] = 0
_CLASS[ord("a") : ord("z") + 1] = np.arange(1, 27)
"""Letters as they stand in the key of a syllable: the end of a name, a to z, anything else."""


def fold(text: str) -> str:
    """A text as it is compared: full width as half, case folded, without spaces and punctuation."""
    return _NOISE.sub("", normalize("NFKC", text).casefold())


def sounded_keys(letters: bytes) -> range:
    """The keys of the syllables that may begin with some letters."""
    low, width = 0, _CLASSES**SOUNDED
    for letter in letters[:SOUNDED]:
        width //= _CLASSES
        low += int(_CLASS[letter]) * width
    return range(low, low + width)


class MoreNames(NamedTuple):
    """Names of firms that imports know, or add to those of a firm that a pack knows.

    ``rows`` are the firms' records, those that no pack knows in order behind those of the packs; ``names`` tells
    those of the firm at a place of ``rows`` as one text, a name a line. A firm's id is no name.
    """

    rows: NDArray[np.int32]
    names: Callable[[int], str]


def index_names(records: Sequence[dict[str, Any]], writer: Writer, more: MoreNames | None = None) -> None:
    """Writes the index of ``records``, their ``names`` and the ``products`` of those that have any, and of ``more``."""
    added = _added(more, len(records))
    with _Columns(writer) as columns:
        columns.add(*_marked(records, added))
        if more is not None:
            for owner, shown in _batches(more, len(records)):
                columns.add_many(owner, shown)
    _index_kinds(records, more, writer)
    text, letters = writer.written("search_text_heap"), writer.written("search_pinyin_heap")
    _postings(writer, "search_text", lambda: _units(text))
    _postings(writer, "search_pinyin", lambda: _sounds(letters, columns.starts))


def _added(more: MoreNames | None, packed: int) -> dict[int, list[str]]:
    """What imports add to the names of the packs' own records."""
    added: dict[int, list[str]] = defaultdict(list)
    if more is not None:
        for number in np.flatnonzero(more.rows < packed).tolist():
            added[int(more.rows[number])] += _names(more.names(number))
    return added


def _names(lines: str) -> list[str]:
    """The names of a firm, each once, save those that answer by their key alone."""
    return [name for name in dict.fromkeys(lines.split(_END)) if name and not _CODE.fullmatch(name)]


def _marked(
    records: Sequence[dict[str, Any]], added: dict[int, list[str]]
) -> tuple[list[int], list[int], list[str], list[list[str]]]:
    """The names of the packs' records: owner, what the text is to it, the text, its syllables where it is Chinese."""
    owner, sorts, shown, spelt = [], [], [], []
    for row, record in enumerate(records):
        key, *own = record["names"]
        # An id answers as a whole only, save a region's code, which is a name.
        marked = [(key, NAME if record["kind"] == "region" else ID), *((name, NAME) for name in own)]
        marked += [(name, NAME) for name in added.get(row, ())]
        marked += [(word, PRODUCT) for word in record["products"]]
        for name, sort in dict.fromkeys(marked):
            text = fold(name)
            owner.append(row)
            sorts.append(sort)
            shown.append(name)
            spelt.append([] if text.isascii() else [fold(part) for part in syllables(text)])
    return owner, sorts, shown, spelt


def _batches(more: MoreNames, packed: int) -> Iterator[tuple[NDArray[np.int32], list[str]]]:
    """The names of the firms that no pack knows, with their records in order, as many as are spelt at once."""
    own = np.flatnonzero(more.rows >= packed)
    own = own[np.argsort(more.rows[own], kind="stable")]
    owner: list[int] = []
    shown: list[str] = []
    for row, number in zip(more.rows[own].tolist(), own.tolist(), strict=True):
        names = _names(more.names(number))
        shown += names
        owner += [row] * len(names)
        if len(shown) >= _AT_ONCE:
            yield np.array(owner, dtype=np.int32), shown
            owner, shown = [], []
    if shown:
        yield np.array(owner, dtype=np.int32), shown


class _Columns:
    """The columns of one row a name, and the heaps of its forms, as they grow."""

    def __init__(self, writer: Writer) -> None:
        self._stack = ExitStack()
        self._speller = Speller()
        self._ends: dict[str, int] = {}
        self.starts: list[NDArray[np.int32]] = []
        """Where syllables begin in the heap of pinyin."""
        kinds = {"record": np.int32, "sort": np.int8, "length": np.int32}
        for form, unit in (("shown", np.uint8), ("text", np.uint16), ("pinyin", np.uint8), ("initials", np.uint8)):
            kinds |= {f"{form}_heap": unit, f"{form}_offset": np.int64}
        self._columns: dict[str, GrowingColumn] = {
            name: self._stack.enter_context(writer.growing(f"search_{name}", kind)) for name, kind in kinds.items()
        }

    def __enter__(self) -> _Columns:
        for form in ("shown", "text", "pinyin", "initials"):
            self._ends[form] = 0
            self._columns[f"{form}_offset"].add(np.zeros(1, dtype=np.int64))
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def add(self, owner: list[int], sorts: list[int], shown: list[str], spelt: list[list[str]]) -> None:
        """Adds names with their syllables."""
        texts = [fold(name) for name in shown]
        self._add_names(
            np.array(owner, dtype=np.int32), np.array(sorts, dtype=np.int8), shown, "".join(map(_line, texts))
        )
        letters = [_line("".join(parts)).encode(LETTERS) for parts in spelt]
        initials = [_line("".join(part[:1] for part in parts)).encode(LETTERS) for parts in spelt]
        sizes = [[len(part.encode(LETTERS)) for part in parts] for parts in spelt]
        flat = np.array([size for line in sizes for size in (*line, len(_END))], dtype=np.int64)
        within = np.array([begins for line in sizes for begins in (*(True for _ in line), False)], dtype=np.bool_)
        self._add_sounds(
            Spelt(
                np.frombuffer(b"".join(letters), dtype=np.uint8),
                np.array([len(line) for line in letters], dtype=np.int64),
                (np.cumsum(flat) - flat)[within],
                np.frombuffer(b"".join(initials), dtype=np.uint8),
                np.array([len(line) for line in initials], dtype=np.int64),
            )
        )

    def add_many(self, owner: NDArray[np.int32], shown: list[str]) -> None:
        """Adds names that are folded and spelt all at once."""
        lines = _NOISE_OF_LINES.sub("", normalize("NFKC", _END.join(shown)).casefold()) + _END
        units = self._add_names(owner, np.full(len(owner), NAME, dtype=np.int8), shown, lines)
        self._add_sounds(self._speller.spell(units))

    def _add_names(
        self, owner: NDArray[np.int32], sorts: NDArray[np.int8], shown: list[str], lines: str
    ) -> NDArray[np.uint16]:
        self._columns["record"].add(owner)
        self._columns["sort"].add(sorts)
        written = [name.encode() for name in shown]
        self._add_form("shown", np.frombuffer(b"".join(written), np.uint8), [len(name) for name in written])
        units = np.frombuffer(lines.encode(TEXT), dtype=np.uint16)
        self._add_form("text", units, _sizes(units))
        # A character beyond the basic plane takes two units.
        self._columns["length"].add(_sizes(units[(units < _SECOND_HALVES.start) | (units >= _SECOND_HALVES.stop)]) - 1)
        return units

    def _add_sounds(self, spelt: Spelt) -> None:
        self.starts.append((spelt.starts + self._ends["pinyin"]).astype(np.int32))
        self._add_form("pinyin", spelt.letters, spelt.sizes)
        self._add_form("initials", spelt.initials, spelt.initial_sizes)

    def _add_form(self, form: str, heap: NDArray[Any], sizes: Sequence[int] | NDArray[np.int64]) -> None:
        ends = self._ends[form] + np.cumsum(sizes, dtype=np.int64)
        self._columns[f"{form}_heap"].add(heap)
        self._columns[f"{form}_offset"].add(ends)
        self._ends[form] += len(heap)


def _line(text: str) -> str:
    return text + _END


def _sizes(heap: NDArray[Any]) -> NDArray[np.int64]:
    """The length of each line, its end included."""
    return np.diff(np.flatnonzero(heap == ord(_END)), prepend=-1)


def _index_kinds(records: Sequence[dict[str, Any]], more: MoreNames | None, writer: Writer) -> None:
    """Writes the kind of each record: a number, and the list of what the numbers mean."""
    kinds = sorted({"firm", *(record["kind"] for record in records)})
    last = len(records) if more is None or not len(more.rows) else max(len(records), int(more.rows.max()) + 1)
    numbers = np.full(last, kinds.index("firm"), dtype=np.int8)
    numbers[: len(records)] = [kinds.index(record["kind"]) for record in records]
    writer.column("search_kind", numbers)
    writer.table("search_kinds", kinds)


def _units(heap: NDArray[np.uint16]) -> Iterator[Batch]:
    """Each character of a heap of texts, with its place."""
    for start in range(0, len(heap), _SORTED_AT_ONCE):
        part = heap[start : start + _SORTED_AT_ONCE]
        at = np.flatnonzero(part != ord(_END))
        yield part[at], at + start


def _sounds(heap: NDArray[np.uint8], starts: Sequence[NDArray[np.int32]]) -> Iterator[Batch]:
    """The key of each syllable, with the place where it begins."""
    for batch in starts:
        for part in range(0, len(batch), _SORTED_AT_ONCE):
            at = batch[part : part + _SORTED_AT_ONCE].astype(np.int64)
            key, alive = np.zeros(len(at), dtype=np.uint16), np.ones(len(at), dtype=np.bool_)
            for letter in range(SOUNDED):
                here = np.where(alive, _CLASS[heap[np.minimum(at + letter, len(heap) - 1)]], 0)
                key = key * np.uint16(_CLASSES) + here.astype(np.uint16)
                alive = here > 0
            yield key, at


def _postings(writer: Writer, name: str, batches: Callable[[], Iterator[Batch]]) -> None:
    """Writes the places of each key, in order: the keys, where those of each begin, the places.

    A counting sort in two passes, so that no more than a batch is in memory.
    """
    count = np.zeros(1 << 16, dtype=np.int64)
    for key, _ in batches():
        count += np.bincount(key, minlength=1 << 16)
    present = np.flatnonzero(count)
    begin = np.zeros(len(present) + 1, dtype=np.int64)
    np.cumsum(count[present], out=begin[1:])
    writer.column(f"{name}_key", present.astype(np.uint16))
    writer.column(f"{name}_begin", begin)
    places = writer.blank(f"{name}_at", np.int32, int(begin[-1]))
    following = np.cumsum(count) - count
    for key, at in batches():
        order = np.argsort(key, kind="stable")
        key, at = key[order], at[order]
        here = np.bincount(key, minlength=1 << 16)
        places[(following - np.cumsum(here) + here)[key] + np.arange(len(key))] = at
        following += here
