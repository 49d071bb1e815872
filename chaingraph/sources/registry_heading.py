"""Finds the header row of a firm directory's table, and which field of a firm each of its columns tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from chaingraph.errors import DataError, Text
from chaingraph.sources.registry_headers import HEADERS, UNUSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_BRACKETS = re.compile(r"[(\[{【「〔<].*?[)\]}】」〕>]")
_DRESS = re.compile(r"[\s*:'\"_·.、#-]+")
_UNIT = re.compile(r"亿元?|万元?|元")
_FOREIGN = re.compile(r"美元|美金|港元|港币|欧元|日元|usd|hkd|eur|jpy|外币")
_MOST_ROWS = 20


class Heading(NamedTuple):
    """The header row of a table.

    ``row`` counts from 0; ``places`` gives for each field the column that tells it, ``heads`` its header as the file
    has it. ``unit`` is the unit of the capital that its header states (万元), else None. ``unused`` are headers that
    are known and tell nothing of use, ``unknown`` those that nobody knows.
    """

    row: int
    places: Mapping[str, int]
    heads: Mapping[str, str]
    width: int
    unit: str | None
    unused: tuple[str, ...]
    unknown: tuple[str, ...]


def plain_header(header: str) -> str:
    """A header without what varies from file to file: spaces, width, brackets and what stands in them, stars.

    >>> plain_header(" *注册资本（万元）"), plain_header("企业(机构)类型")
    ('注册资本', '企业类型')
    """
    folded = _folded(header)
    return _BRACKETS.sub("", folded) or folded


def _folded(header: str) -> str:
    return _DRESS.sub("", normalize("NFKC", header).casefold())


_FIELDS = {
    plain_header(header): (field, rank) for field, headers in HEADERS.items() for rank, header in enumerate(headers)
}
_UNUSED = {plain_header(header) for header in UNUSED}


def field_of(called: str) -> str | None:
    """The field of a name or of a usual header; None if there is none."""
    return called if called in HEADERS else _FIELDS.get(plain_header(called), (None,))[0]


def find_heading(rows: Sequence[Sequence[str]], mapping: Mapping[str, str]) -> Heading | None:
    """The header row among the first rows of a table: the one that tells the most fields, a firm's name among them.

    Parameters
    ----------
    rows
        The first rows, as text.
    mapping
        The header in the file of each field that is named by hand.
    """
    best: Heading | None = None
    for number, row in enumerate(rows[:_MOST_ROWS]):
        if any(row):
            heading = _heading(number, row, mapping)
            if "name" in heading.places and (best is None or len(heading.places) > len(best.places)):
                best = heading
    return best


def _heading(number: int, row: Sequence[str], mapping: Mapping[str, str]) -> Heading:
    exactly = {_folded(header): field for field, header in mapping.items()}
    roughly = {plain_header(header): field for field, header in mapping.items()}
    ranked: dict[str, tuple[int, int]] = {}
    unused: list[str] = []
    unknown: list[str] = []
    for column, header in enumerate(row):
        plain = plain_header(header)
        field, rank = _FIELDS.get(plain, ("", 0))
        if named := exactly.get(_folded(header)):
            field, rank = named, -2
        elif named := roughly.get(plain):
            field, rank = named, -1
        if not field:
            if header.strip():
                (unused if plain in _UNUSED else unknown).append(header.strip())
        elif field not in ranked or rank < ranked[field][0]:
            if field in ranked:
                unused.append(row[ranked[field][1]].strip())
            ranked[field] = (rank, column)
        else:
            unused.append(header.strip())
    places = {field: column for field, (_, column) in ranked.items()}
    heads = {field: row[column].strip() for field, column in places.items()}
    return Heading(number, places, heads, len(row), _unit(heads.get("capital_cny", "")), tuple(unused), tuple(unknown))


def _unit(header: str) -> str | None:
    folded = normalize("NFKC", header).casefold()
    if foreign := _FOREIGN.search(folded):
        return foreign[0]
    found = _UNIT.search(folded.removeprefix("注册资本").removeprefix("注册资金"))
    return found[0] if found else None


def no_heading(name: str, rows: Iterable[Sequence[str]], mapping: Mapping[str, str]) -> DataError:
    """The error for a file in whose first rows no header row was found: what was seen, and how to name its columns."""
    rows = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    widest: Sequence[str] = max(rows, key=len, default=())
    shown = [cell if len(cell) < 20 else cell[:20] + "…" for cell in widest[:12]]
    zh, en = "、".join(shown) or "（空）", ", ".join(shown) or "(nothing)"
    if "name" in mapping:
        what = Text(f"没有“{mapping['name']}”这一列", f"no column is headed {mapping['name']!r}")
        mend = Text("在对照文件中写文件里的表头", "write the header that the file has into the mapping file")
    else:
        what = Text("前 20 行没有带企业名称列的表头", "no header row with a column of firm names in the first 20 rows")
        mend = Text(
            "若表头另有叫法，写一个对照文件（YAML，每行“企业名称: 文件中的表头”），用 --mapping 给出",
            "if it is headed otherwise, hand in a mapping file with --mapping "
            "(YAML, a line each: `企业名称: the file's header`)",
        )
    return DataError(Text(f"{name}：{what.zh}，看到的是：{zh}。{mend.zh}", f"{name}: {what.en}, only: {en}; {mend.en}"))


def check_headers(mapping: Mapping[str, str], headings: Sequence[Heading], name: str) -> None:
    """Refuses a mapping that names a header which no table of the file has.

    Raises
    ------
    DataError
        If it does, with the headers that there are.
    """
    for field, header in mapping.items():
        told = {plain_header(heading.heads[field]) for heading in headings if field in heading.heads}
        if plain_header(header) not in told:
            seen = [seen for found in headings for seen in (*found.heads.values(), *found.unused, *found.unknown)]
            raise DataError(
                Text(
                    f"{name}：对照文件中的表头“{header}”不在文件里。文件的表头是：{'、'.join(seen)}",
                    f"{name}: the mapping's header {header!r} is not in the file. Its headers: {', '.join(seen)}",
                )
            )
