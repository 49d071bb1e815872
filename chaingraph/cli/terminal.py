"""Text tables for a terminal: columns by display width, so that Chinese and Latin stand in line."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 100


def width(text: str) -> int:
    """How many terminal cells the text takes."""
    return sum(map(_cells, text))


def _cells(char: str) -> int:
    if east_asian_width(char) in "WF":
        return 2
    return 0 if combining(char) else 1


_MARKS = ("* D", "† D", " D", "*", "†")
"""What a reader must not lose where a cell is cut."""


def fit(text: str, cells: int) -> str:
    """The text, cut with an ellipsis to at most ``cells`` cells; a mark at its end stays."""
    if width(text) <= cells:
        return text
    for mark in _MARKS:
        if text.endswith(mark) and cells > len(mark) + 1:
            return fit(text.removesuffix(mark), cells - len(mark)) + mark
    kept, used = "", 1
    for char in text:
        used += _cells(char)
        if used > cells:
            break
        kept += char
    return kept + "…"


def pad(text: str, cells: int, right: bool = False) -> str:
    """The text filled to ``cells`` cells."""
    gap = " " * (cells - width(text))
    return gap + text if right else text + gap


def wrap(text: str, indent: str, cells: int = WIDTH) -> list[str]:
    """Lines of at most ``cells`` cells; all but the first are indented. Breaks at spaces and in Chinese."""
    lines: list[str] = []
    line = ""
    for word in _pieces(text):
        if line.strip() and width(line) + width(word.rstrip()) > cells:
            lines.append(line.rstrip())
            line = indent + word.lstrip()
        else:
            line += word
    lines.append(line.rstrip())
    return lines


_CLOSING = ",.;:)]，。；：、）”》 "
_OPENING = "([（“《"


def _pieces(text: str) -> list[str]:
    """The text cut where a line may break: after a space and around Chinese, never before closing punctuation."""
    pieces: list[str] = []
    for char in text:
        last = pieces[-1][-1] if pieces else " "
        within_word = char != " " and last != " " and _cells(char) == _cells(last) == 1
        if pieces and (within_word or char in _CLOSING or last in _OPENING):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def columns(
    heads: Sequence[str], rows: Sequence[Sequence[str]], caps: Sequence[int], right: Sequence[bool]
) -> list[str]:
    """A header line, a rule, and one line a row.

    Parameters
    ----------
    caps
        The most cells of each column; a longer text is cut with an ellipsis.
    right
        Which columns are flush right.
    """
    cells = [[fit(text, cap) for text, cap in zip(row, caps, strict=True)] for row in (heads, *rows)]
    widths = [max(width(row[column]) for row in cells) for column in range(len(caps))]

    def line(row: Sequence[str]) -> str:
        return " ".join(pad(text, wide, flush) for text, wide, flush in zip(row, widths, right, strict=True)).rstrip()

    rule = " ".join("─" * wide for wide in widths)
    return [line(cells[0]), rule, *(line(row) for row in cells[1:])]
