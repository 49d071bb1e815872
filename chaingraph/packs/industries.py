"""industries.csv: the codes of GB/T 4754 and their names, and the check of the links' codes against them."""

from __future__ import annotations

import csv
import io
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from chaingraph.errors import Text
from chaingraph.packs.records import Place

if TYPE_CHECKING:
    from chaingraph.packs.shelf import Shelf
    from chaingraph.packs.yaml_file import PackFile

FILE = "industries.csv"

_CODE = re.compile(r"[A-T](\d{2,4})?")


def read_industries(file: PackFile) -> dict[str, str]:
    """The rows of one industries.csv, code to name; rows that are not valid are reported and left out.

    Parameters
    ----------
    file
        The file, its ``data`` the text.
    """
    reader = csv.reader(io.StringIO(file.data))
    names: dict[str, str] = {}
    lines: dict[str, int] = {}
    try:
        for row in reader:
            line = reader.line_num
            file.lines[(line,)] = line
            if line == 1:
                if row != ["code", "name"]:
                    Place(file, (line,)).report((), *_HEADER)
            elif row:
                _take(row, Place(file, (line,)), names, lines)
    except csv.Error as error:
        file.report((), Text(f"CSV 无法读取：{error}", f"the CSV cannot be read: {error}"), _CLOSE_QUOTES)
    return names


def _take(row: list[str], place: Place, names: dict[str, str], lines: dict[str, int]) -> None:
    """Adds one row, or reports why not."""
    code, name = (row[0].strip(), row[1].strip()) if len(row) == 2 else ("", "")
    if not code or not name:
        place.report((), *_TWO_CELLS)
    elif not _CODE.fullmatch(code):
        place.report(
            (),
            Text(f"行业代码“{code}”的写法不对", f"industry code {code!r} is not well-formed"),
            Text("写成门类字母加二至四位数字，如 C3670", "a letter and two to four digits, as C3670"),
        )
    elif code in names:
        place.report(
            (),
            Text(
                f"行业代码“{code}”重复，已在第 {lines[code]} 行",
                f"industry code {code!r} is already in line {lines[code]}",
            ),
            Text("删去一行", "delete one of the rows"),
        )
    else:
        names[code] = name
        lines[code] = place.file.line(place.path)


def check_links(industries: dict[str, str], shelf: Shelf) -> None:
    """Reports every industry code of a link that the table does not hold; without a table nothing is checked."""
    if not industries:
        return
    for link, place in shelf.placed("links"):
        for index, code in enumerate(link.gb4754):
            if code in industries:
                continue
            close = get_close_matches(code, industries, 1, 0.7)
            place.report(
                ("gb4754", index),
                Text(f"行业代码“{code}”不在 {FILE} 里", f"industry code {code!r} is not in {FILE}"),
                Text(
                    f"改为“{close[0]}”（{industries[close[0]]}），或在 {FILE} 中登记" if close else f"在 {FILE} 中登记",
                    f"did you mean {close[0]!r}? Or add it to {FILE}" if close else f"add it to {FILE}",
                ),
            )


_HEADER = (
    Text(f"{FILE} 的表头不对", f"the header of {FILE} is wrong"),
    Text("第一行写 code,name", "write code,name in the first line"),
)
_TWO_CELLS = (
    Text("这一行应有代码和名称两格", "the row must hold a code and a name"),
    Text("补上，或删去这一行；名称含半角逗号时加引号", "fill it in or delete it; quote a name with a comma"),
)
_CLOSE_QUOTES = Text("检查没有闭合的引号", "look for a quote that is not closed")
