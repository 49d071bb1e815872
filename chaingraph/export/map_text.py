"""What a cell of the map says, in lines that fit it: SVG does not wrap, so the text is measured and cut here."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from chaingraph.model.numbers import money
from chaingraph.model.words import word

if TYPE_CHECKING:
    from chaingraph.errors import Lang

NAME_SIZE = 13.0
INFO_SIZE = 10.5
NAME_LINE = 16.0
INFO_LINE = 13.5
PAD_LEFT, PAD_RIGHT, PAD_TOP, PAD_BOTTOM = 11.0, 5.0, 5.0, 5.0
LEAST_HEIGHT = PAD_TOP + 2 * NAME_LINE + INFO_LINE + PAD_BOTTOM
BADGE = 15.0
"""Sizes in canvas units. The lowest cell holds a name of two lines and one line below it.

The badge of the rank stands on the upper right corner, outside of the text.
"""
_LATIN, _CAPITAL, _WIDE, _NARROW = 0.555, 0.68, 0.84, 0.3


def text_width(text: str, size: float) -> float:
    """About how wide a text is drawn, never less: a Chinese character is a square, a Latin letter half of it."""
    return size * sum(_width(letter) for letter in text)


def _width(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Mn"):
        return 0.0
    if unicodedata.east_asian_width(letter) in ("W", "F", "A"):
        return 1.0
    if letter in " .,:;'|ijl-()":
        return _NARROW
    if letter in "mwMW@%&":
        return _WIDE
    return _CAPITAL if letter.isupper() else _LATIN


def plain(text: str) -> str:
    """The text without what XML cannot hold; a line break is a space."""
    kept = (" " if letter in "\t\r\n" else letter for letter in text)
    return "".join(letter for letter in kept if _is_xml(letter))


def _is_xml(letter: str) -> bool:
    return 0x20 <= ord(letter) <= 0xD7FF or 0xE000 <= ord(letter) <= 0xFFFD or ord(letter) >= 0x10000


def wrapped(text: str, width: float, size: float, lines: int) -> tuple[str, ...]:
    """The text in at most ``lines`` lines no wider than ``width``, the last with an ellipsis where it is cut.

    Latin words stay whole where they fit; Chinese breaks anywhere.
    """
    rest = " ".join(plain(text).split())
    found: list[str] = []
    while rest and len(found) < lines:
        last = len(found) == lines - 1
        if text_width(rest, size) <= width:
            found.append(rest)
            break
        count = _fitting(rest, width - (text_width("…", size) if last else 0.0), size)
        if last:
            found.append(rest[:count].rstrip() + "…")
            break
        end = _word_end(rest, count)
        # A word longer than the line is broken with a hyphen in the room of its last letter.
        broken = end == count and count > 3 and rest[count - 1].isalpha() and _joins(rest[count - 1] + rest[count])
        found.append(f"{rest[: count - 1]}-" if broken else rest[:end].rstrip())
        rest = rest[count - 1 :] if broken else rest[end:].lstrip()
    return tuple(found)


def _fitting(text: str, width: float, size: float) -> int:
    """How many letters fit; at least one."""
    total = 0.0
    for count, letter in enumerate(text):
        total += size * _width(letter)
        if total > width:
            return max(1, count)
    return len(text)


def _word_end(text: str, count: int) -> int:
    """The last place up to ``count`` where a line may end; ``count`` itself within a word longer than the line."""
    if not _joins(text[count - 1 : count + 1]):
        return count
    end = count
    while end > 1 and _joins(text[end - 1]):
        end -= 1
    return end if end > 1 else count


def _joins(letters: str) -> bool:
    """Whether all of the letters belong to one Latin word."""
    return letters.isascii() and not any(letter.isspace() or letter == "-" for letter in letters)


def name_lines(name: str, width: float, height: float) -> tuple[str, ...]:
    """A link's name in a cell of that size, which keeps room for one line below it."""
    lines = int((height - PAD_TOP - INFO_LINE - PAD_BOTTOM) / NAME_LINE + 0.01)
    return wrapped(name, width - PAD_LEFT - PAD_RIGHT, NAME_SIZE, max(1, lines))


def short_money(value: float, lang: Lang) -> str:
    """CNY with three figures, in a cell where the unit is told elsewhere.

    >>> short_money(712500000.0, "zh"), short_money(1.05e9, "en"), short_money(0.0, "zh")
    ('7.12 亿', '1.05 bn', '0 元')
    """
    if not value:
        return money(value, lang)
    rounded = float(f"{value:.3g}")
    return money(rounded, lang).removeprefix("CNY ").removesuffix("元").strip()


def distance(km: float) -> str:
    """How far the nearest maker is.

    >>> distance(0.4), distance(1183.7)
    ('<1 km', '1,184 km')
    """
    return "<1 km" if km < 1 else f"{km:,.0f} km"


def info_lines(
    status: str, unmet: str, km: float | None, width: float, lang: Lang, leaders: str = ""
) -> tuple[str, ...]:
    """What stands below the name: status, unmet value, how far the nearest maker is; as much in a line as fits.

    ``unmet`` is the value as it is written, empty where it is unknown. A covered link needs no maker from afar; at the
    leaders' own link their names stand alone. An unknown distance is told by the tip of the cell.
    """
    told = [word(status, lang), unmet or word("unknown", lang)]
    if status == "leader":
        told = [f"★ {leaders}" if leaders else word(status, lang)]
    elif status != "covered" and km is not None:
        told.append(distance(km))
    room = width - PAD_LEFT - PAD_RIGHT
    lines: list[str] = []
    for part in told:
        joined = f"{lines[-1]} {part}" if lines else part
        if lines and text_width(joined, INFO_SIZE) <= room:
            lines[-1] = joined
        else:
            lines += wrapped(part, room, INFO_SIZE, 1)
    return tuple(lines)


def fitting(names: tuple[str, ...], infos: tuple[str, ...], height: float) -> tuple[str, ...]:
    """As many of the lines below the name as the cell has room for."""
    room = height - PAD_TOP - PAD_BOTTOM - len(names) * NAME_LINE
    return infos[: max(1, int(room / INFO_LINE + 0.01))]
