"""Reads a weekly workbook that officers have filled in: rows by lead, and every problem with its cell."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from chaingraph.errors import DataError, Text
from chaingraph.model.week_columns import CHECK, COLUMNS, LEADS, NOTES, REVISION, SCOPE, WEEK, Column, returned
from chaingraph.sources.workbook_file import address, open_workbook, read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from python_calamine import CalamineWorkbook

    _Range = tuple[tuple[int, int], tuple[int, int]]
    """The first and the last cell of merged cells, row and column from 0."""

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d\d)(\d\d)")
_SERIALS = range(36526, 73051)
"""Days of this century as Excel counts them, from the end of 1899: what is left of a day without its format."""
_KNOWN_BY = ("firm_name", "full_name", "link_name")
"""Columns that say which lead a row is, from both sides of those that are filled in."""
_SPACED = re.compile(r"[\s　]+")
_HEAD_ROWS = 5
"""The headers are looked for in so many rows, since somebody may put a title on top."""


class Problem(NamedTuple):
    """Something that cannot be taken over as it stands, at a cell."""

    cell: str
    lead: str | None
    what: Text
    mend: Text


class Said(NamedTuple):
    """What a cell says: a text, an ISO day, or None where it is empty or 待核实."""

    cell: str
    value: str | None


class Row(NamedTuple):
    """A lead of the sheet by its id, with the cells that officers edit, and those that say which lead it is."""

    cell: str
    id: str
    edited: Mapping[str, Said]
    known_by: Mapping[str, Said]


class WeekBook(NamedTuple):
    """A workbook as it was handed in.

    ``check`` is the fingerprint of the frozen list that it was rendered from; ``passed_over`` are headers of columns
    that are not the export's.
    """

    scope: str
    week: str
    revision: int
    check: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    passed_over: tuple[str, ...]


def read_week_workbook(content: bytes, name: str) -> WeekBook:
    """Reads the first sheet, and from the last one which export it is.

    Parameters
    ----------
    name
        What to call the file in an error.

    Raises
    ------
    DataError
        If the file cannot be read at all, is no weekly workbook, or lacks a column without which nothing can be said.
    """
    book, faulty = open_workbook(content, name)
    scope, week, revision, check = _identity(book, name)
    sheet = _sheet(book, LEADS, name)
    grid, merged = read_sheet(book, sheet, name)
    top, places, passed_over = _heads(grid, merged, name)
    reader = _Reader(faulty.get(sheet, frozenset()), places)
    rows = [row for number in range(top + 1, len(grid)) if (row := reader.row(number, grid[number]))]
    return WeekBook(scope, week, revision, check, tuple(rows), tuple(reader.problems), passed_over)


def _sheet(book: CalamineWorkbook, wanted: Text, name: str) -> str:
    for sheet in book.sheet_names:
        if sheet.strip() in wanted:
            return sheet
    known = "、".join(book.sheet_names)
    raise DataError(
        Text(
            f"{name}：没有工作表“{wanted.zh}”，只有 {known}。请交回导出的整个工作簿，不改工作表名",
            f"{name}: no sheet {wanted.en!r}, only {', '.join(book.sheet_names)}; "
            "hand in the whole workbook that was exported, its sheets named as they were",
        )
    )


def _identity(book: CalamineWorkbook, name: str) -> tuple[str, str, int, str]:
    """Which export it is: its scope, week, revision and fingerprint."""
    rows = read_sheet(book, _sheet(book, NOTES, name), name).rows
    said = {str(row[0]).strip(): str(row[1]).strip() for row in rows if len(row) > 1}
    found = [next((said[head] for head in heads if head in said), "") for heads in (SCOPE, WEEK, REVISION, CHECK)]
    revision = found[2].removesuffix(".0")
    if not found[0] or not found[3] or not re.fullmatch(r"\d{4}-W\d\d", found[1]) or not revision.isdecimal():
        raise DataError(
            Text(
                f"{name}：工作表“{NOTES.zh}”里的“{SCOPE.zh}”“{WEEK.zh}”“{REVISION.zh}”“{CHECK.zh}”四行缺失或被改动，"
                "不知是哪次导出。请从导出的工作簿抄回",
                f"{name}: of the rows {SCOPE.en!r}, {WEEK.en!r}, {REVISION.en!r}, {CHECK.en!r} of the sheet "
                f"{NOTES.en!r} one is gone or changed, so it is unknown which export this is; copy them back from the "
                "workbook that was exported",
            )
        )
    return found[0], found[1], int(revision), found[3]


def _heads(
    grid: Sequence[Sequence[Any]], merged: Iterable[_Range], name: str
) -> tuple[int, dict[str, int], tuple[str, ...]]:
    """The row of the headers, the place of each column by its field, and headers that are none of ours.

    All that is wrong with the headers is told at once.
    """
    heads = {_plain(head): column for column in COLUMNS for head in column.head}
    counts = [sum(_plain(cell) in heads for cell in row) for row in grid[:_HEAD_ROWS]]
    top = counts.index(max(counts)) if counts else 0
    places: dict[str, int] = {}
    strange: dict[str, str] = {}
    wrong: list[Text] = []
    for place, cell in enumerate(grid[top] if grid else ()):
        column = heads.get(_plain(cell))
        at = address(top, place)
        if column is None:
            if _plain(cell):
                strange[at] = str(cell).strip()
        elif column.field in places:
            first = address(top, places[column.field])
            wrong.append(
                Text(
                    f"{at} 的表头“{cell}”与 {first} 重复：请删去其中一列",
                    f"the header {cell!r} at {at} is the same as at {first}: delete one of the columns",
                )
            )
        else:
            places[column.field] = place
    # Before a header is missed that merging took away.
    _refuse_merged(merged, range(top, len(grid)), places, name)
    needed = (column for column in COLUMNS if column.editable or column.field == "id")
    wrong += [_missing(column, strange) for column in needed if column.field not in places]
    if wrong:
        raise DataError(Text(f"{name}：{'；'.join(w.zh for w in wrong)}", f"{name}: {'; '.join(w.en for w in wrong)}"))
    return top, places, tuple(f"{at} {head}" for at, head in strange.items())


def _refuse_merged(merged: Iterable[_Range], rows: range, places: Mapping[str, int], name: str) -> None:
    """Refuses merged cells of the table: all but the first of them are empty, which reads as emptied by the officer."""
    ranges = [
        f"{address(*first)}:{address(*last)}"
        for first, last in merged
        if first[0] < rows.stop
        and last[0] >= rows.start
        and any(first[1] <= place <= last[1] for place in places.values())
    ]
    if ranges:
        raise DataError(
            Text(
                f"{name}：表格里有合并单元格 {'、'.join(ranges)}，被并掉的格会当作清空。请取消合并，逐行填写",
                f"{name}: merged cells {', '.join(ranges)} in the table: those merged away would read as emptied; "
                "unmerge them and fill in each row",
            )
        )


def _missing(column: Column, strange: Mapping[str, str]) -> Text:
    """A column that is not there: renamed, where a strange header is like it, else deleted."""
    zh, en = column.head
    for at, head in strange.items():
        if get_close_matches(head, column.head, 1, 0.4) or zh in head or head in zh:
            return Text(f"{at} 的表头“{head}”应为“{zh}”：请改回", f"the header {head!r} at {at} should read {en!r}")
    told = "、".join(f"{at}“{head}”" for at, head in strange.items())
    return Text(
        f"没有“{zh}”列：已删除或改名，请补回表头" + (f"（未识别的表头：{told}）" if told else ""),
        f"the column {en!r} is gone: put it back under its header"
        + (f" (headers not known: {', '.join(f'{at} {head!r}' for at, head in strange.items())})" if told else ""),
    )


def _plain(cell: object) -> str:
    return _SPACED.sub("", str(cell)).casefold()


class _Reader:
    """Reads rows, and collects the problems it meets."""

    def __init__(self, faulty: frozenset[str], places: Mapping[str, int]) -> None:
        self._faulty = faulty
        self._places = places
        self._columns = {column.field: column for column in COLUMNS}
        self._seen: dict[str, str] = {}
        self.problems: list[Problem] = []

    def row(self, number: int, cells: Sequence[Any]) -> Row | None:
        """A row; None where it is empty or cannot be told of any lead."""
        if all(cell == "" for cell in cells):
            return None
        at = address(number, self._places["id"])
        key = str(cells[self._places["id"]]).strip().upper()
        if not key:
            if any(cells[self._places[column.field]] != "" for column in COLUMNS if column.field in self._places):
                self._problem(
                    *(at, None, Text("这一行没有线索编号", "this row has no lead id")),
                    Text(
                        "新线索请用 chaingraph leads accept 入台账，再下次导出",
                        "a new lead enters by chaingraph leads accept and is in the next export",
                    ),
                )
            return None
        if key in self._seen:
            self._problem(
                *(at, key, Text(f"{key} 出现两次：{self._seen[key]} 和 {at}", f"{key} twice: {self._seen[key]}, {at}")),
                Text("删去粘贴多出的一行", "delete the row that was pasted once more"),
            )
            return None
        self._seen[key] = at
        edited: dict[str, Said] = {}
        known_by: dict[str, Said] = {}
        for field, place in self._places.items():
            column = self._columns[field]
            if not column.editable and field not in _KNOWN_BY:
                continue
            said = self._said(key, column, address(number, place), cells[place])
            if said is not None:
                (edited if column.editable else known_by)[field] = said
        return Row(at, key, edited, known_by)

    def _said(self, key: str, column: Column, at: str, value: Any) -> Said | None:
        """What a cell says; None where that is a problem."""
        if at in self._faulty:
            what = Text(f"公式出错（“{column.head.zh}”）", f"a formula in error ({column.head.en!r})")
            self._problem(at, key, what, Text("改成文字", "write it as text"))
            return None
        text = returned(_written(value))
        if text is None:
            return Said(at, None)
        if column.kind == "date":
            day = _day(value)
            if day is None:
                what = Text(f"“{text}”不是日期", f"{text!r} is no date")
                self._problem(at, key, what, Text("写成 2026-11-30", "write it as 2026-11-30"))
                return None
            return Said(at, day)
        if column.editable and not isinstance(value, str):
            what = Text(f"“{column.head.zh}”应为文字，而不是 {text}", f"{column.head.en!r} is text, not {text}")
            self._problem(at, key, what, Text("写成文字（前面加 ' ）", "write it as text (put ' in front)"))
            return None
        return Said(at, text)

    def _problem(self, cell: str, lead: str | None, what: Text, mend: Text) -> None:
        self.problems.append(Problem(cell, lead, what, mend))


def _day(value: Any) -> str | None:
    """The ISO day that a cell means: a day, one written out, or Excel's number of a day that lost its format."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value in _SERIALS:
        return (date(1899, 12, 30) + timedelta(days=int(value))).isoformat()
    match = _DAY.fullmatch(normalize("NFKC", _written(value)))
    try:
        return date(*(int(part) for part in match.groups() if part)).isoformat() if match else None
    except ValueError:
        return None


def _written(value: Any) -> str:
    """A cell as a person would write it."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, datetime) and value == datetime.combine(value, datetime.min.time()):
        return value.date().isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
