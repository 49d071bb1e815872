"""Writes the firms of a snapshot: those of packs and imports as one table sorted by id, and who makes what as slices.

A national registry has millions of makings, so nothing here walks them one by one save where texts are decoded.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from chaingraph.stores.cells import UNKNOWN, cells
from chaingraph.stores.imported import NEVER, Imported, share_stored
from chaingraph.stores.keys import days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chaingraph.model.entities import Firm
    from chaingraph.model.evidence import Evidence
    from chaingraph.model.graph import Graph
    from chaingraph.stores.snapshot_writer import Writer

    Ints = NDArray[np.int64]

_MAKES = ("firm", "link", "as_of", "grade", "source", "share", "confidence")
_KINDS = {
    "firm": np.int32,
    "region": np.int16,
    "as_of": np.int32,
    "grade": np.int8,
    "source": np.int16,
    "share": np.int32,
    "confidence": np.int32,
}


class FirmTable(NamedTuple):
    """Where firms stand: their ids in order, and the rows of the packs' firms and of ``Imported.ids``."""

    ids: Sequence[str]
    pack_rows: dict[str, int]
    imported_rows: NDArray[np.int32]
    own_rows: NDArray[np.int32]
    """Rows of the firms that only imports know."""


def write_firms(graph: Graph, imported: Imported | None, writer: Writer) -> FirmTable:
    """Writes the table of firms, who makes what, and who was struck off."""
    table = _table(graph, imported)
    seats = _texts(graph, imported, table, writer)
    gone = _gone(graph, imported, table, writer)
    _makes(graph, imported, table, seats, gone, writer)
    _supplies(graph, imported, table, writer)
    return table


def _table(graph: Graph, imported: Imported | None) -> FirmTable:
    packed = sorted(graph.firms)
    if imported is None:
        none = np.zeros(0, dtype=np.int32)
        return FirmTable(packed, {firm: row for row, firm in enumerate(packed)}, none, none)
    own = [firm for firm, known in zip(imported.ids, imported.in_packs.tolist(), strict=True) if not known]
    before = np.array([bisect_left(own, firm) for firm in packed], dtype=np.int64)
    pack_rows = {firm: number + int(before[number]) for number, firm in enumerate(packed)}
    own_rows = (np.arange(len(own)) + np.searchsorted(before, np.arange(len(own)), side="right")).astype(np.int32)
    rows = np.empty(len(imported.ids), dtype=np.int32)
    rows[~imported.in_packs] = own_rows
    known = np.flatnonzero(imported.in_packs).tolist()
    rows[known] = [pack_rows[imported.ids[number]] for number in known]
    return FirmTable(sorted([*packed, *own]), pack_rows, rows, own_rows)


class _Seats(NamedTuple):
    """The row of each firm's seat among the regions, and the grade of what tells it."""

    region: NDArray[np.int16]
    grade: NDArray[np.int8]


def _texts(graph: Graph, imported: Imported | None, table: FirmTable, writer: Writer) -> _Seats:
    """Writes names and seats."""
    adcodes = {code: row for row, code in enumerate(sorted(graph.regions))}
    total = len(table.ids)
    full, short, english = [""] * total, [""] * total, [""] * total
    seat, grade = np.zeros(total, dtype=np.int16), np.zeros(total, dtype=np.int8)
    for key, firm in graph.firms.items():
        row = table.pack_rows[key]
        full[row], short[row] = firm.name, firm.short_name or firm.name
        english[row] = firm.name_en or firm.short_name or firm.name
        seat[row], grade[row] = adcodes[firm.seat], _best(firm.seat_evidence or firm.evidence)
    stated = [b""] * total
    others = [""] * total
    if imported is not None:
        own = np.flatnonzero(~imported.in_packs).tolist()
        for number, row in zip(own, table.own_rows.tolist(), strict=True):
            full[row] = imported.name[number]
            short[row] = english[row] = imported.short_name[number] or imported.name[number]
        seat[table.own_rows] = [adcodes[imported.seat[number]] for number in own]
        grade[table.own_rows] = imported.seat_grade[own]
        for row, said, names in zip(table.imported_rows.tolist(), imported.stated, imported.other_names, strict=True):
            stated[row], others[row] = said, names
    writer.strings("firm_id", table.ids)
    writer.strings("firm_full_name", full)
    writer.strings("firm_name", short)
    writer.strings("firm_name_en", english)
    writer.strings("firm_stated", stated)
    writer.strings("firm_other_names", others)
    writer.column("firm_seat", seat)
    writer.column("firm_seat_grade", grade)
    writer.column("firm_own", table.own_rows)
    packed = np.zeros(total, dtype=np.bool_)
    packed[list(table.pack_rows.values())] = True
    writer.column("firm_packed", packed)
    return _Seats(seat, grade)


def _gone(graph: Graph, imported: Imported | None, table: FirmTable, writer: Writer) -> NDArray[np.int32]:
    """Writes since which day a firm is known to be struck off, on which day it was, and how well that is known."""
    gone = np.full(len(table.ids), NEVER, dtype=np.int32)
    on, grade = np.zeros_like(gone), np.zeros(len(gone), dtype=np.int8)
    if imported is not None:
        gone[table.imported_rows] = imported.gone
        on[table.imported_rows], grade[table.imported_rows] = imported.gone_on, imported.gone_grade
    writer.column("firm_gone", gone)
    writer.column("firm_gone_on", on)
    writer.column("firm_gone_grade", grade)
    for key, firm in graph.firms.items():
        if firm.dissolved:
            row = table.pack_rows[key]
            gone[row] = min(int(gone[row]), *(days(item.as_of) for item in firm.dissolved.evidence))
    return gone


def _supplies(graph: Graph, imported: Imported | None, table: FirmTable, writer: Writer) -> None:
    """Writes whom firms supply by the imports' word, sorted by the supplier, and the order by the supplied."""
    columns: dict[str, Ints] = {
        name: np.zeros(0, dtype=np.int64) for name in ("from", "to", "source", "as_of", "grade")
    }
    if imported is not None:
        numbers = {key: number for number, key in enumerate((*graph.sources, *imported.sources))}
        told: tuple[NDArray[np.integer[Any]], ...] = (
            table.imported_rows[imported.supplies_from],
            table.imported_rows[imported.supplies_to],
            np.array([numbers[source] for source in imported.supplies_source], dtype=np.int64),
            imported.supplies_as_of,
            imported.supplies_grade,
        )
        order = np.lexsort((told[1], told[0]))
        columns = {name: column[order].astype(np.int64) for name, column in zip(columns, told, strict=True)}
    for name, column in columns.items():
        writer.column(f"imported_supplies_{name}", column.astype(np.int32))
    supplied = np.argsort(columns["to"], kind="stable")
    writer.column("imported_supplied", supplied.astype(np.int32))
    writer.column("imported_supplied_to", columns["to"][supplied].astype(np.int32))


def _best(evidence: Sequence[Evidence]) -> int:
    """The best grade among the items, as a column holds it."""
    return min(ord(item.grade) for item in evidence) - ord("A")


# --- who makes what --------------------------------------------------------------------------------------------


def _makes(
    graph: Graph,
    imported: Imported | None,
    table: FirmTable,
    seats: _Seats,
    gone: NDArray[np.int32],
    writer: Writer,
) -> None:
    """One row for each firm, link and citation, sorted by (link, region, firm): a read is a slice."""
    links = sorted(graph.links)
    sources = [*graph.sources, *(imported.sources if imported else ())]
    rows, said = _rows(graph, imported, table, links, sources)
    regions = len(graph.regions)
    region = seats.region[rows["firm"]].astype(np.int64)
    key = (rows["link"] * regions + region) * len(table.ids) + rows["firm"]
    order = np.argsort(key, kind="stable")
    key, region = key[order], region[order]
    rows = {name: column[order] for name, column in rows.items()}
    writer.table("link_ids", links)
    writer.table("source_ids", sources)
    writer.column("makes_start", np.searchsorted(rows["link"], np.arange(len(links) + 1)))
    for name, kind in _KINDS.items():
        writer.column(f"makes_{name}", (region if name == "region" else rows[name]).astype(kind))
    writer.strings("makes_said", [said[row] for row in order.tolist()])
    outside = np.flatnonzero(rows["source"] >= len(graph.sources))
    by_firm = outside[np.argsort(rows["firm"][outside], kind="stable")]
    writer.column("imported_makes", by_firm.astype(np.int32))
    writer.column("imported_makes_firm", rows["firm"][by_firm].astype(np.int32))
    pairs = _pairs(key, rows, seats.grade.astype(np.int64), gone.astype(np.int64), writer)
    _now(pairs, rows, region, (len(links), regions), writer)
    _plants(graph, table, links, seats.region, key, regions, writer)


def _rows(
    graph: Graph, imported: Imported | None, table: FirmTable, links: list[str], sources: list[str]
) -> tuple[dict[str, Ints], list[str]]:
    """Every citation of a making: its columns, and the source's word where it gives one."""
    link_rows, source_rows = ({key: row for row, key in enumerate(keys)} for keys in (links, sources))
    packed = [
        (
            table.pack_rows[firm.id],
            link_rows[makes.link],
            days(item.as_of),
            ord(item.grade) - ord("A"),
            source_rows[item.source],
            share_stored(makes.revenue_share),
            share_stored(makes.confidence),
        )
        for firm in sorted(graph.firms.values(), key=_by_id)
        for makes in firm.makes
        for item in makes.evidence
    ]
    grid = np.array(packed, dtype=np.int64).reshape(-1, len(_MAKES))
    columns = dict(zip(_MAKES, grid.T, strict=True))
    said = [""] * len(grid)
    if imported is None:
        return columns, said
    more = {
        "firm": table.imported_rows[imported.makes_firm],
        "link": [link_rows[link] for link in imported.makes_link],
        "as_of": imported.makes_as_of,
        "grade": imported.makes_grade,
        "source": [source_rows[source] for source in imported.makes_source],
        "share": imported.makes_share,
        "confidence": imported.makes_confidence,
    }
    joined = {name: np.concatenate([columns[name], np.asarray(more[name], dtype=np.int64)]) for name in _MAKES}
    return joined, [*said, *imported.makes_said]


def _by_id(firm: Firm) -> str:
    return firm.id


_Profile = tuple[tuple[tuple[int, int], ...], int, int]
"""Days and grades of the citations of a making, the grade of the seat, the day of the striking off."""


class _Pairs(NamedTuple):
    """Each firm and link once: the first row of its citations, and the profile of what is known of it.

    By profile ``grade`` is what is known in the end, and ``last`` the day from which on that holds.
    """

    first: Ints
    profile: Ints
    grade: NDArray[np.int8]
    last: Ints


def _pairs(key: Ints, rows: dict[str, Ints], seat_grade: Ints, gone: Ints, writer: Writer) -> _Pairs:
    """Writes the profiles: days and grades of the citations, the seat's grade, since when the firm is struck off.

    They are few, and a count of firms on any day needs no more than how many of each there are.
    """
    first = np.flatnonzero(np.diff(key, prepend=-1))
    stop = np.append(first[1:], len(key))
    firm = rows["firm"][first]
    when, grade = rows["as_of"][first], rows["grade"][first]
    seat, ends = seat_grade[firm], gone[firm]
    # One citation is the rule: those are told apart by numbers, the others by their lists.
    single = stop - first == 1
    _, rank = _numbered(ends)
    told = (((when - np.iinfo(np.int32).min) * 4 + grade) * 4 + seat) * (len(ends) + 1) + rank
    sample, number = _numbered(told[single])
    profile = np.empty(len(first), dtype=np.int64)
    profile[single] = number
    profiles: list[_Profile] = [
        (((int(when[pair]), int(grade[pair])),), int(seat[pair]), int(ends[pair]))
        for pair in np.flatnonzero(single)[sample].tolist()
    ]
    numbers: dict[_Profile, int] = {}
    for pair in np.flatnonzero(~single).tolist():
        cited = slice(int(first[pair]), int(stop[pair]))
        items = tuple(sorted(zip(rows["as_of"][cited].tolist(), rows["grade"][cited].tolist(), strict=True)))
        shape = (items, int(seat[pair]), int(ends[pair]))
        if shape not in numbers:
            numbers[shape] = len(profiles)
            profiles.append(shape)
        profile[pair] = numbers[shape]
    starts = np.concatenate([[0], np.cumsum([len(items) for items, _, _ in profiles])])[:-1]
    writer.column("profile_start", starts.astype(np.int64))
    writer.column("profile_as_of", np.array([day for items, _, _ in profiles for day, _ in items], dtype=np.int32))
    writer.column("profile_grade", np.array([mark for items, _, _ in profiles for _, mark in items], dtype=np.int8))
    writer.column("profile_seat", np.array([mark for _, mark, _ in profiles], dtype=np.int8))
    writer.column("profile_gone", np.array([day for _, _, day in profiles], dtype=np.int32))
    writer.column("makes_profile", np.repeat(profile, stop - first).astype(np.int32))
    best = [UNKNOWN if ends != NEVER else max(mark, min(g for _, g in items)) for items, mark, ends in profiles]
    last = [max(max(day for day, _ in items), ends if ends != NEVER else 0) for items, _, ends in profiles]
    return _Pairs(first, profile, np.array(best, dtype=np.int8), np.array(last, dtype=np.int64))


def _numbered(values: Ints) -> tuple[Ints, Ints]:
    """Where each distinct value stands first, and the number of each value among the distinct ones."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    begins = np.diff(ordered, prepend=ordered[0] - 1) != 0 if len(ordered) else np.zeros(0, dtype=np.bool_)
    number = np.empty(len(values), dtype=np.int64)
    number[order] = np.cumsum(begins) - 1
    return order[begins], number


def _now(pairs: _Pairs, rows: dict[str, Ints], region: Ints, shape: tuple[int, int], writer: Writer) -> None:
    """Writes the cells as the last day knows them, from which on no more becomes known: most questions are of today.

    ``shape``: how many links and regions there are.
    """
    since = max(pairs.last.max(initial=0), 0)
    cell = rows["link"][pairs.first] * shape[1] + region[pairs.first]
    firm = rows["firm"][pairs.first].astype(np.int32)
    found = cells(cell, pairs.grade[pairs.profile], firm, shape[0] * shape[1])
    writer.table("now_since", int(since))
    writer.column("now_makers", found.makers.astype(np.int32).reshape(shape))
    writer.column("now_weakest", found.weakest.reshape(shape))
    writer.column("now_best", found.best.reshape(*shape, -1))


def _plants(
    graph: Graph,
    table: FirmTable,
    links: list[str],
    seats: NDArray[np.int16],
    key: Ints,
    regions: int,
    writer: Writer,
) -> None:
    """Writes, for the firms of projects, which making of theirs is what the project makes."""
    found: dict[str, dict[str, int]] = {}
    for project in graph.projects.values():
        for makes in project.makes if project.firm else ():
            row = table.pack_rows[project.firm or ""]
            wanted = (bisect_left(links, makes.link) * regions + int(seats[row])) * len(table.ids) + row
            at = int(np.searchsorted(key, wanted))
            if at < len(key) and key[at] == wanted:
                found.setdefault(makes.link, {})[project.firm or ""] = at
    writer.table("plants_at", found)
