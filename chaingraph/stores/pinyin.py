"""Pinyin: of one text as the library reads it, and of a million names at once, from a table of characters."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Units = NDArray[np.uint16]

_END = ord("\n")
_ASCII = 128
_LONGEST = 6
"""The letters of zhuang; no syllable has more."""
_SPARE_UNITS = 0xE000
"""Private characters begin here. No folded name holds one, so they stand for second readings."""
_PHRASE = range(2, 5)
"""How many characters the phrases have that decide between two readings."""


@cache
def _reader() -> Callable[[str], list[str]]:
    from pypinyin import lazy_pinyin, load_single_dict

    # Xiamen and the firms named after it; the first reading that the library gives is that of 大厦.
    load_single_dict({ord("厦"): "xià"})
    return lazy_pinyin


def syllables(text: str) -> list[str]:
    """The pinyin of each Chinese character, other text as it stands."""
    return _reader()(text)


class Spelt(NamedTuple):
    """Lines as they sound: the letters and the initials, each line with its end, and where syllables begin."""

    letters: NDArray[np.uint8]
    sizes: NDArray[np.int64]
    """Letters of each line, its end included."""
    starts: NDArray[np.int64]
    initials: NDArray[np.uint8]
    initial_sizes: NDArray[np.int64]


class Speller:
    """Spells many folded lines at once.

    A character has the reading that it has alone, save in the library's phrases of two to four characters that read it
    otherwise: 重庆, 长沙, 银行. It differs from ``syllables`` where phrases overlap and in longer phrases, and
    it passes over characters beyond the basic plane.
    """

    def __init__(self) -> None:
        self._letters = np.zeros((1 << 16, _LONGEST), dtype=np.uint8)
        self._size = np.zeros(1 << 16, dtype=np.uint8)
        self._chinese = np.zeros(1 << 16, dtype=np.bool_)
        self._known = np.zeros(1 << 16, dtype=np.bool_)
        self._know(_END, "\n", chinese=False)
        self._second: dict[str, int] = {}

    def spell(self, units: Units) -> Spelt:
        """Spells lines of UTF-16, each with its end. A line in plain ASCII has no sound of its own."""
        self._learn(units)
        end = units == _END
        first = np.flatnonzero(np.concatenate([[True], end[:-1]]))
        lengths = np.diff(first, append=len(units))
        plain = np.maximum.reduceat(units, first) < _ASCII
        read = self._with_second_readings(units)
        size = self._size[read].astype(np.int64)
        size[np.repeat(plain, lengths) & ~end] = 0
        chinese = self._chinese[read]
        # What is not Chinese is one syllable as far as it goes.
        begins = (size > 0) & ~end & (chinese | np.concatenate([[True], (chinese | end)[:-1]]))
        letters = self._letters[read]
        initial = letters[:, 0]
        told = end | (begins & (initial < _ASCII))
        return Spelt(
            letters[np.arange(_LONGEST) < size[:, None]],
            np.add.reduceat(size, first),
            (np.cumsum(size) - size)[begins],
            initial[told],
            np.add.reduceat(told.astype(np.int64), first),
        )

    def _know(self, unit: int, spelling: str, *, chinese: bool) -> None:
        letters = spelling.encode()[:_LONGEST]
        self._letters[unit, : len(letters)] = list(letters)
        self._size[unit] = len(letters)
        self._chinese[unit] = chinese
        self._known[unit] = True

    def _learn(self, units: Units) -> None:
        """Looks up the characters that occur for the first time."""
        present = np.bincount(units, minlength=1 << 16) > 0
        for unit in np.flatnonzero(present & ~self._known).tolist():
            char = chr(unit)
            half = char.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore") == ""
            spelling = "" if half else syllables(char)[0]
            self._know(unit, spelling, chinese=spelling != char)

    @cached_property
    def _phrases(self) -> dict[tuple[int, ...], list[tuple[int, int]]]:
        """Phrases, by their characters, with the places that are read otherwise there, and the private character."""
        from pypinyin.constants import PHRASES_DICT

        phrases = {}
        for phrase in PHRASES_DICT:
            if len(phrase) not in _PHRASE or max(phrase) > "\uffff":
                continue
            spelt = syllables(phrase)
            alone = [_alone(char) for char in phrase]
            if spelt != alone and len(spelt) == len(alone):
                phrases[tuple(map(ord, phrase))] = [
                    (place, self._second_reading(syllable))
                    for place, (syllable, usual) in enumerate(zip(spelt, alone, strict=True))
                    if syllable != usual
                ]
        return phrases

    def _second_reading(self, syllable: str) -> int:
        """The private character that is read so."""
        if syllable not in self._second:
            self._second[syllable] = _SPARE_UNITS + len(self._second)
            self._know(self._second[syllable], syllable, chinese=True)
        return self._second[syllable]

    @cached_property
    def _pairs(self) -> NDArray[np.uint32]:
        """The first two characters of every phrase as one number, sorted."""
        return np.array(sorted({a << 16 | b for a, b, *_ in self._phrases}), dtype=np.uint32)

    def _with_second_readings(self, units: Units) -> Units:
        """The lines with a private character in place of each that a phrase reads otherwise."""
        pairs = units[:-1].astype(np.uint32) << 16 | units[1:]
        first = np.zeros(1 << 16, dtype=np.bool_)
        first[self._pairs >> 16] = True
        at = np.flatnonzero(first[units[:-1]])
        found = np.searchsorted(self._pairs, pairs[at])
        at = at[self._pairs[np.minimum(found, len(self._pairs) - 1)] == pairs[at]]
        read, done = units.copy(), 0
        for place in at.tolist():
            if place < done:
                continue
            text = tuple(units[place : place + _PHRASE[-1]].tolist())
            for length in reversed(_PHRASE):
                if text[:length] in self._phrases:
                    for offset, unit in self._phrases[text[:length]]:
                        read[place + offset] = unit
                    done = place + length
                    break
        return read


@cache
def _alone(char: str) -> str:
    return syllables(char)[0]
