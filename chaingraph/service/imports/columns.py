"""What was imported, made into the columns of a snapshot: which firms there are, and what each makes by its words."""

from __future__ import annotations

import json
from array import array
from datetime import date
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from chaingraph.analysis.matching.match import match
from chaingraph.analysis.matching.vocabulary import Vocabulary
from chaingraph.imports.firm_ids import id_of_credit_code, id_of_listing_code
from chaingraph.model.evidence import Source
from chaingraph.model.statement import NATION, SeatBy
from chaingraph.service.imports.census import Census
from chaingraph.stores.imported import NEVER, UNDATED, Imported, share_stored
from chaingraph.stores.keys import days

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chaingraph.imports.records import ImportRow, Stored
    from chaingraph.imports.room import Imports
    from chaingraph.model.graph import Graph
    from chaingraph.model.statement import Statement

_C, _D = 2, 3
"""Grades as columns hold them: a directory's word and a match of texts are C; a place told by a firm's name is D."""
_SEATS = get_args(SeatBy)
"""What tells a seat, the best first."""
_TOLD_EVERY = 5_000
_DIRECTORY = "企业名录"
"""The publisher of every directory: most copy the state's register, so that two are no independent sources."""


def import_source(number: int) -> str:
    """The id of an import among the sources."""
    return f"import-{number}"


def imported_columns(
    imports: Imports, graph: Graph, progress: Callable[[str, float], None] | None = None
) -> Imported | None:
    """The columns of all imports in force; None where there is none.

    Parameters
    ----------
    progress
        Called with a label and the share of the statements done, 0 to 1.
    """
    with imports.standing(_coded(graph)) as standing:
        live = {row.number: row for row in standing.imports}
        if not live:
            return None
        total = sum(row.counts["statements"] for row in live.values())
        making = _Making(graph, live)
        done = 0
        for firm, group in groupby(standing.statements, key=lambda stored: stored.firm):
            statements = list(group)
            making.add(firm, statements)
            before, done = done, done + len(statements)
            if progress is not None and done // _TOLD_EVERY != before // _TOLD_EVERY:
                progress("matching", done / total)
        return making.columns(standing.merged)


def _coded(graph: Graph) -> dict[str, str]:
    """The ids that imports give to firms of which a pack knows the code, with the pack's own.

    A pack may have come to know a firm after it was imported: it is that firm all the same.
    """
    ids = {}
    for firm in graph.firms.values():
        if firm.credit_code:
            ids[id_of_credit_code(firm.credit_code)] = firm.id
        if firm.listing_code:
            ids[id_of_listing_code(firm.listing_code)] = firm.id
    return ids


class _Making:
    """Gathers the columns, a firm at a time in the order of their ids."""

    def __init__(self, graph: Graph, live: dict[int, ImportRow]) -> None:
        self._graph = graph
        self._vocabulary = Vocabulary.of(graph.links.values(), graph.scoring.matching)
        self._sources = {number: _source(row) for number, row in live.items()}
        self._kinds = {number: row.kind for number, row in live.items()}
        self._ids = {number: source.id for number, source in self._sources.items()}
        self._days = {number: days(source.date) for number, source in self._sources.items()}
        self._made_days = {
            number: days(date.fromisoformat(row.made_as_of)) if row.made_as_of else self._days[number]
            for number, row in live.items()
        }
        self._census = Census(graph, [row for row in live.values() if row.complete])
        self._text: dict[str, list[str]] = {name: [] for name in ("ids", "name", "short_name", "other_names", "seat")}
        self._stated_of: list[bytes] = []
        self._phrases: dict[str, str] = {}
        self._number = {name: array("q") for name in ("in_packs", "since", "seat_grade", "gone", "gone_on")}
        self._makes: dict[str, Any] = {name: [] for name in ("link", "source", "said")}
        self._makes |= {name: array("q") for name in ("firm", "as_of", "share", "confidence")}

    def add(self, firm: str, statements: Sequence[Stored]) -> None:
        """Takes in a firm by its statements, the latest first."""
        said = [stored.statement for stored in statements]
        best = min(said, key=lambda statement: _SEATS.index(statement.seat_by))
        known = best.seat in self._graph.regions and best.seat != NATION
        gone, gone_on = self._gone(statements)
        text, number = self._text, self._number
        names = [said[0].name, next((one.short_name for one in said if one.short_name), None) or ""]
        for key, value in zip(text, (firm, *names, _other_names(firm, names, statements)), strict=False):
            text[key].append(value)
        text["seat"].append(best.seat if known else NATION)
        # Of a firm that a pack knows the pack's name stands in the table.
        known_as = None if firm in self._graph.firms else names[0]
        said_of = [self._stated(stored, known_as) for stored in statements]
        self._stated_of.append(json.dumps(said_of, ensure_ascii=False, separators=(",", ":")).encode())
        number["in_packs"].append(firm in self._graph.firms)
        number["since"].append(min(self._days[stored.import_] for stored in statements))
        number["seat_grade"].append(_C if known and best.seat_by in ("column", "code") else _D)
        number["gone"].append(gone)
        number["gone_on"].append(gone_on)
        for stored in statements:
            self._match(stored, best.seat, gone != NEVER)

    def _gone(self, statements: Sequence[Stored]) -> tuple[int, int]:
        """Since when the firm is known to be struck off, and when it was: the latest word on it counts."""
        told = [stored for stored in statements if stored.statement.standing is not None]
        gone = list(takewhile(lambda stored: stored.statement.standing == "dissolved", told))
        if not gone:
            return NEVER, UNDATED
        on = next((stored.statement.dissolved_on for stored in gone if stored.statement.dissolved_on), None)
        since = min(self._days[stored.import_] for stored in gone)
        return since, UNDATED if on is None else days(date.fromisoformat(on))

    def _match(self, stored: Stored, seat: str, gone: bool) -> None:
        makes = self._makes
        for found in match(stored.statement, self._vocabulary):
            makes["firm"].append(len(self._text["ids"]) - 1)
            makes["link"].append(found.link)
            makes["source"].append(self._ids[stored.import_])
            makes["as_of"].append(self._made_days[stored.import_])
            makes["share"].append(share_stored(found.share))
            makes["confidence"].append(share_stored(found.confidence))
            # The phrases of the standard scopes come again and again: each is kept once.
            makes["said"].append(self._phrases.setdefault(found.said, found.said))
            if not gone:
                self._census.found(seat, found.link)

    def _stated(self, stored: Stored, name: str | None) -> list[Any]:
        """What a statement says beside; its name only where it is not the one in the table."""
        one = stored.statement
        fields = {
            "name": None if one.name == name else one.name,
            "former_names": list(one.former_names),
            "credit_code": one.credit_code,
            "listing_code": one.listing_code,
            "established": one.established,
            "capital_cny": one.capital_cny,
            "industry": _industry(one, self._graph),
            "scale": one.scale,
        }
        told = {field: value for field, value in fields.items() if value not in (None, [])}
        if one.standing == "dissolved":
            told["dissolved"] = one.dissolved_on or ""
        if one.seat_by != "unknown":
            told["seat"] = one.seat
        locator = f"{one.file} 第 {one.row} 行"
        made = [f"company_product.json {one.listing_code}"] if self._kinds[stored.import_] == "chainkg" else []
        return [self._ids[stored.import_], locator, self._days[stored.import_], told, *made]

    def columns(self, merged: dict[str, str]) -> Imported:
        """The columns of all that was added."""
        text, number, makes = self._text, self._number, self._makes
        total = len(makes["link"])
        none = np.zeros(0, dtype=np.int32)
        return Imported(
            sources={source.id: source for source in self._sources.values()},
            **text,
            stated=self._stated_of,
            in_packs=np.array(number["in_packs"], dtype=np.bool_),
            since=np.array(number["since"], dtype=np.int32),
            seat_grade=np.array(number["seat_grade"], dtype=np.int8),
            gone=np.array(number["gone"], dtype=np.int32),
            gone_on=np.array(number["gone_on"], dtype=np.int32),
            gone_grade=np.full(len(text["ids"]), _C, dtype=np.int8),
            makes_firm=np.array(makes["firm"], dtype=np.int32),
            makes_link=makes["link"],
            makes_source=makes["source"],
            makes_as_of=np.array(makes["as_of"], dtype=np.int32),
            makes_grade=np.full(total, _C, dtype=np.int8),
            makes_share=np.array(makes["share"], dtype=np.int32),
            makes_confidence=np.array(makes["confidence"], dtype=np.int32),
            makes_said=makes["said"],
            supplies_from=none,
            supplies_to=none,
            supplies_as_of=none,
            supplies_source=[],
            supplies_grade=np.zeros(0, dtype=np.int8),
            surveys=[(*survey[:5], self._ids[survey[5]]) for survey in self._census.surveys()],
            merged=merged,
        )


def _source(row: ImportRow) -> Source:
    """An import as a source: a directory's word."""
    day = date.fromisoformat(row.as_of or row.at[:10])
    said = f"（{row.publisher}）" if row.publisher else ""
    return Source(
        id=import_source(row.number),
        title=f"第 {row.number} 次导入：{'、'.join(row.files)}{said}",
        publisher=_DIRECTORY if row.kind == "registry" else row.publisher or _DIRECTORY,
        date=day,
        kind="directory",
        grade="C",
    )


def _other_names(firm: str, names: Sequence[str], statements: Sequence[Stored]) -> str:
    """What else a firm answers to, one a line."""
    found: dict[str, None] = {}
    for stored in statements:
        one = stored.statement
        for name in (one.name, one.short_name, *one.former_names, one.credit_code, one.listing_code, stored.own):
            if name and name != firm and name not in names:
                found[name.replace("\n", " ")] = None
    return "\n".join(found)


def _industry(statement: Statement, graph: Graph) -> str | None:
    code = statement.industry
    return None if code is None else f"{code} {graph.industries.get(code, '')}".rstrip()
