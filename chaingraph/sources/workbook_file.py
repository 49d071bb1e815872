"""Opens a workbook that a person hands in: only a real .xlsx of a sane size gets as far as being read."""

from __future__ import annotations

import re
import zipfile
import zlib
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree

from chaingraph.errors import DataError, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from python_calamine import CalamineWorkbook

MOST_BYTES = 32 * 2**20
MOST_UNPACKED = 256 * 2**20
MOST_CELLS = 4_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_CELL = re.compile(rb"<(?:\w+:)?(c|row)\b[^>]*?\sr=[\"']([A-Z]*)(\d+)[\"']([^>]*)>")
_FAULTY = re.compile(rb"\st=[\"']e[\"']")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def open_workbook(content: bytes, name: str) -> tuple[CalamineWorkbook, dict[str, frozenset[str]]]:
    """The workbook, and by sheet the cells that hold an error such as #REF!, which reading would show as empty.

    Raises
    ------
    DataError
        If the file is no .xlsx, is encrypted, broken or beyond the limits.
    """
    from python_calamine import CalamineWorkbook

    if len(content) > MOST_BYTES:
        raise _refused(name, Text("文件过大", "the file is too large"), _BIG)
    if content.startswith(_OLE):
        raise _refused(
            name,
            Text("文件已加密，或是旧式 .xls", "it is encrypted, or an old .xls"),
            Text("在 Excel 或 WPS 中去掉密码，另存为 .xlsx", "remove the password and save it as .xlsx"),
        )
    with _telling(name):
        with zipfile.ZipFile(BytesIO(content)) as parts:
            faulty = _looked_over(parts, name)
        book = CalamineWorkbook.from_filelike(BytesIO(content))
    return book, faulty


class Grid(NamedTuple):
    """The cells of a sheet from A1 on, row by row, and the first and last cell of what is merged, counted from 0."""

    rows: Sequence[Sequence[Any]]
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]


def read_sheet(book: CalamineWorkbook, sheet: str, name: str) -> Grid:
    """The cells of a sheet, which is not looked at before.

    Raises
    ------
    DataError
        If the sheet is broken.
    """
    with _telling(name):
        found = book.get_sheet_by_name(sheet)
        rows, merged = found.to_python(skip_empty_area=False), found.merged_cell_ranges or ()
    return Grid(rows, merged)


@contextmanager
def _telling(name: str) -> Iterator[None]:
    """Turns what reading a broken file raises into one sentence."""
    from python_calamine import CalamineError

    try:
        yield
    except (
        *(zipfile.BadZipFile, zlib.error, ElementTree.ParseError, CalamineError, KeyError, NotImplementedError),
        *(RuntimeError, ValueError, EOFError),
    ) as error:
        raise _refused(
            name,
            Text("不是可读的 .xlsx 文件", "it is no .xlsx file that can be read"),
            Text("用 Excel 或 WPS 打开并另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
        ) from error


_BIG = Text("删去多余的内容，或分几个文件导入", "take out what is not needed, or import it in parts")


def _looked_over(parts: zipfile.ZipFile, name: str) -> dict[str, frozenset[str]]:
    """Refuses what would unpack, or spread its cells, beyond the limits; tells the cells in error by sheet."""
    unpacked = 0
    for part in parts.infolist():
        # Unpacked here and compared with what it claims: a part that lies about its size is broken.
        with parts.open(part) as stream:
            while piece := stream.read(2**20):
                unpacked += len(piece)
                if unpacked > MOST_UNPACKED:
                    raise _refused(name, Text("解压后过大", "it unpacks to too much"), _BIG)
    files = {part.filename for part in parts.infolist()}
    return {sheet: _cells(parts.read(path), name) for sheet, path in _sheets(parts) if path in files}


def _sheets(parts: zipfile.ZipFile) -> list[tuple[str, str]]:
    """The name and the file of each sheet."""
    targets = {
        rel.get("Id"): (rel.get("Target") or "").removeprefix("/xl/").removeprefix("xl/")
        for rel in ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    }
    found = ElementTree.fromstring(parts.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
    return [(sheet.get("name") or "", f"xl/{targets.get(sheet.get(f'{_REL}id'), '')}") for sheet in found]


def _cells(sheet: bytes, name: str) -> frozenset[str]:
    """The addresses of the cells in error. A sheet is laid out whole, so its corners must not lie too far apart."""
    rows = columns = 1
    faulty = set()
    for tag, letters, number, rest in _CELL.findall(sheet):
        rows = max(rows, int(number))
        if tag == b"c":
            columns = max(columns, column_number(letters.decode()))
            if _FAULTY.search(rest):
                faulty.add(f"{letters.decode()}{number.decode()}")
    if rows * columns > MOST_CELLS:
        raise _refused(
            name, Text(f"表格有 {rows} 行 {columns} 列", f"a sheet has {rows} rows, {columns} columns"), _BIG
        )
    return frozenset(faulty)


def column_number(letters: str) -> int:
    """The number of a column, from 1.

    >>> column_number("A"), column_number("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    """The address of a cell, both from 0.

    >>> address(0, 0), address(9, 27)
    ('A1', 'AB10')
    """
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _refused(name: str, what: Text, mend: Text) -> DataError:
    return DataError(Text(f"{name}：{what.zh}。{mend.zh}", f"{name}: {what.en}; {mend.en}"))
