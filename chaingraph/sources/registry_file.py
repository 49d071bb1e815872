"""The rows of a directory's file as text: .xlsx, or delimited text in any of the encodings that it is exported in."""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from io import StringIO
from typing import TYPE_CHECKING, Any

from chaingraph.errors import DataError, Text
from chaingraph.sources.workbook_file import MOST_BYTES, column_number, open_workbook, read_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    Progress = Callable[[float], None]
    Rows = Iterator[tuple[int, list[str]]]

_HEAD_ROWS = 20
_SAMPLE = 2**20
_BLOCK = 2**20
_LONGEST_LINE = 8 * 2**20
_MOST_DAMAGED = 0.05
"""The share of a sample's bytes beyond ASCII that may be damaged before its encoding is held to be another one."""
_BOMS = (
    *((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")),
    *((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
)
_ADDRESS = re.compile(r"([A-Z]+)(\d+)")
BROKEN = "\ud800"
"""Stands first in a row that cannot be read, before the kind of its fault and a text that tells which row it is; no
text that can be read holds this character."""


@dataclass(frozen=True)
class Table:
    """One table of a file: a sheet, or the whole of a text file.

    Parameters
    ----------
    name
        How its rows are cited: the file's name, with the sheet's where the file has several sheets with rows.
    head
        Its first rows, as text.
    rows
        Opens all its rows anew, each with its number from 1. A text file is read as it is iterated.
    faulty
        By row, the columns from 0 whose cells hold an error such as #REF!, which reading shows as empty.
    """

    name: str
    head: Sequence[Sequence[str]]
    rows: Callable[[Progress], Rows]
    faulty: Mapping[int, Sequence[int]] = field(default_factory=dict)


def open_tables(path: Path) -> list[Table]:
    """The tables of a file that has any rows.

    Raises
    ------
    DataError
        If the file cannot be read, is neither .xlsx nor text, or holds nothing.
    """
    try:
        with path.open("rb") as stream:
            sample = stream.read(_SAMPLE)
        size = path.stat().st_size
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(Text(f"{path.name}：无法读取：{reason}", f"{path.name}: cannot be read: {reason}")) from error
    if sample.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        tables = _sheets(path)
    else:
        tables = [_text_table(path, sample, size)]
    if not any(any(map(any, table.head)) for table in tables):
        raise DataError(Text(f"{path.name}：文件里没有内容", f"{path.name}: there is nothing in the file"))
    return tables


def _sheets(path: Path) -> list[Table]:
    with path.open("rb") as stream:
        # One byte more than is allowed is enough to be refused by.
        content = stream.read(MOST_BYTES + 1)
    book, faulty = open_workbook(content, path.name)
    grids = {sheet: read_sheet(book, sheet, path.name) for sheet in book.sheet_names}
    filled = {sheet: grid for sheet, grid in grids.items() if grid.rows}
    return [
        _sheet_table(
            path.name if len(filled) == 1 else f"{path.name}[{sheet}]",
            grid.rows,
            grid.merged,
            faulty.get(sheet, frozenset()),
        )
        for sheet, grid in filled.items()
    ]


def _sheet_table(name: str, cells: Sequence[Sequence[Any]], merged: Sequence[Any], faulty: frozenset[str]) -> Table:
    below = _merged_below(cells, merged)

    def rows(progress: Progress) -> Rows:
        for number, row in enumerate(cells):
            texts = [_shown(cell) for cell in row]
            for column, value in below.get(number, ()):
                texts[column] = value
            yield number + 1, texts
            if number % 1000 == 999:
                progress(number / len(cells))

    head = [row for _, row in _first(rows(lambda _: None))]
    return Table(name, head, rows, _by_row(faulty))


def _by_row(addresses: frozenset[str]) -> dict[int, list[int]]:
    by_row: dict[int, list[int]] = {}
    for letters, row in (found.groups() for found in map(_ADDRESS.fullmatch, addresses) if found):
        by_row.setdefault(int(row), []).append(column_number(letters) - 1)
    return by_row


def _merged_below(cells: Sequence[Sequence[Any]], merged: Sequence[Any]) -> dict[int, list[tuple[int, str]]]:
    """What merged cells say in the rows below their first: a province that is written once for all its firms."""
    below: dict[int, list[tuple[int, str]]] = {}
    for (top, left), (bottom, right) in merged:
        if left == right and top < bottom < len(cells) and left < len(cells[top]):
            said = _shown(cells[top][left])
            for number in range(top + 1, bottom + 1):
                below.setdefault(number, []).append((left, said))
    return below


def _shown(cell: Any) -> str:
    """A cell as text. A number too long for a table's arithmetic shows that digits of it are lost."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}" if abs(cell) < 1e15 else f"{cell:E}"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _first(rows: Rows) -> Rows:
    for row in rows:
        if row[0] > _HEAD_ROWS:
            return
        yield row


def _text_table(path: Path, sample: bytes, size: int) -> Table:
    encoding, mark = _encoding(sample, path.name)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample[mark:])
    if text.lstrip()[:200].casefold().startswith(("<html", "<!doctype", "<table", "<?xml", "{", "%pdf")):
        raise _no_table(path.name)
    lines = [line + "\n" for line in re.split(r"\r\n|\r|\n", text)][:200]
    delimiter = max((",", "\t", ";", "|"), key=lambda mark: _widest(lines, mark))

    def rows(progress: Progress) -> Rows:
        decode = _Decoder(encoding)
        return _records(_lines(path, decode, mark, size, progress), delimiter, decode)

    return Table(path.name, [row for _, row in _first(_records(iter(lines), delimiter, None))], rows)


def _widest(lines: Sequence[str], delimiter: str) -> int:
    """How many cells most of the first rows have if they are parted at ``delimiter``."""
    widths = sorted(len(row) for _, row in _first(_records(iter(lines), delimiter, None)) if row)
    return widths[len(widths) // 2] + widths[-1] if widths else 0


def _no_table(name: str) -> DataError:
    return DataError(
        Text(
            f"{name}：不是表格文件。用 Excel 或 WPS 打开，另存为 .xlsx 或 UTF-8 的 .csv",
            f"{name}: it is no table; open it in Excel or WPS and save it as .xlsx, or as .csv in UTF-8",
        )
    )


def _encoding(sample: bytes, name: str) -> tuple[str, int]:
    """The encoding of a file, and the length of the mark that it begins with."""
    for mark, encoding in _BOMS:
        if sample.startswith(mark):
            return encoding, len(mark)
    if b"\0" in sample[:4096]:
        raise _no_table(name)
    start = sample[:65536]
    # Where both lose as much, which is nothing as a rule in plain ASCII, it is read as UTF-8.
    best, lost = min(
        ((encoding, _damage(start, encoding)) for encoding in ("utf-8", "gb18030")), key=lambda found: found[1]
    )
    if lost > 1 + _MOST_DAMAGED * sum(byte > 127 for byte in start):
        raise DataError(
            Text(
                f"{name}：认不出文字编码。用 Excel 或 WPS 打开，另存为 UTF-8 的 .csv 或 .xlsx",
                f"{name}: its encoding is not known; open it in Excel or WPS and save it as .csv in UTF-8, or .xlsx",
            )
        )
    return best, 0


def _damage(sample: bytes, encoding: str) -> int:
    return codecs.getincrementaldecoder(encoding)("replace").decode(sample).count("\ufffd")


def _lines(path: Path, decode: _Decoder, mark: int, size: int, progress: Progress) -> Iterator[str]:
    """The lines of a file, each with its end; bytes that are no text come as ``BROKEN``."""
    rest, done = "", mark
    with path.open("rb") as stream:
        stream.seek(mark)
        while block := stream.read(_BLOCK):
            done += len(block)
            text = rest + decode(block, len(block) < _BLOCK)
            # The csv module takes \r\n as it is; a \r alone, as old systems end lines, it does not.
            if text.count("\r") != text.count("\r\n"):
                held = text.endswith("\r")
                text = re.sub(r"\r\n?", "\n", text[: len(text) - held]) + "\r" * held
            end = text.rfind("\n") + 1
            yield from StringIO(text[:end])
            rest = text[end:]
            if len(rest) > _LONGEST_LINE:
                raise _no_table(path.name)
            progress(done / size)
    if rest := rest + decode(b"", True):
        yield from StringIO(re.sub(r"\r\n?", "\n", rest))


class _Decoder:
    """Decodes blocks strictly as long as they let it, which is fast; from the first bad byte on with care."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self.careful = False

    def __call__(self, block: bytes, final: bool) -> str:
        if self.careful:
            return self._decoder.decode(block, final)
        state = self._decoder.getstate()
        try:
            return self._decoder.decode(block, final)
        except UnicodeDecodeError:
            self.careful = True
            self._decoder = codecs.getincrementaldecoder(self._encoding)(_MARK)
            self._decoder.setstate(state)
            return self._decoder.decode(block, final)


_MARK = "chaingraph.mark"


def _marked(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return BROKEN, error.end


codecs.register_error(_MARK, _marked)


def _records(lines: Iterator[str], delimiter: str, decode: _Decoder | None) -> Rows:
    """The rows of delimited text, numbered as Excel numbers them.

    A quotation mark that is never closed swallows what follows until the cell is longer than any may be: that row
    comes as ``BROKEN``, and the lines that it swallowed count as rows.
    """
    marks = 0

    def counted() -> Iterator[str]:
        nonlocal marks
        for line in lines:
            marks += line.count('"')
            yield line

    reader = csv.reader(counted(), delimiter=delimiter)
    number = lines_read = 0
    open_ = False
    while True:
        try:
            for row in reader:
                number += 1
                open_ = marks % 2 == 1 and reader.line_num > lines_read + 1
                if open_:
                    # Of an odd number of marks one is not closed, unless a row follows: then it stands within a text.
                    following = next(reader, None)
                    if following is None:
                        yield number, [BROKEN, "open_quote", f"{number}–{number + reader.line_num - lines_read - 1}"]
                        return
                    yield number, row
                    number, row = number + 1, following
                marks, lines_read = 0, reader.line_num
                if decode and decode.careful and any(BROKEN in cell for cell in row):
                    row = [BROKEN, "bad_bytes", " ".join(row).replace(BROKEN, "\ufffd")]
                yield number, row
            return
        except csv.Error:
            swallowed = reader.line_num - lines_read
            yield number + 1, [BROKEN, "open_quote", f"{number + 1}–{number + swallowed}"]
            number += swallowed
            lines_read = reader.line_num
