"""What imports say of an entity as flat facts, made up out of plain values: the same for every store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.stores.facts import bare_fact
from chaingraph.stores.names import NAME, PRODUCT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_STATED = {
    "name": "registered",
    "former_names": "former_name",
    "credit_code": "credit_code",
    "listing_code": "listing_code",
    "established": "established",
    "capital_cny": "registered_capital_cny",
    "industry": "industry",
    "scale": "scale",
    "dissolved": "dissolved",
}
"""The field of a statement, and the predicate of its fact."""
_DATED = ("established",)
_UNDATED = "日期待核实"
_WHOLE = "全部"
"""Where in an import what it tells as a whole stands."""


class Object(NamedTuple):
    """The other entity of a fact."""

    id: str
    name: str
    name_en: str


class Stated(NamedTuple):
    """A statement of an import about a firm: ``fields`` as ``Imported.stated`` has them, with the name.

    ``made_locator`` is the place of what the firm makes where that is another.
    """

    source: str
    grade: str
    locator: str
    as_of: str
    fields: dict[str, Any]
    made_locator: str | None


class Made(NamedTuple):
    """That an import says that a firm makes a link."""

    link: Object
    share: float | None
    source: str
    grade: str
    as_of: str
    said: str | None


class Supply(NamedTuple):
    """That an import says that a firm supplies another, or is supplied by it."""

    predicate: str
    other: Object
    source: str
    grade: str
    as_of: str


class Census(NamedTuple):
    """That an import which holds every firm of a region tells whether a link is made there."""

    region: Object
    source: str
    grade: str
    as_of: str
    found: bool


def seat_fact(stated: Iterable[Stated], seat: Object, grade: str) -> dict[str, Any]:
    """Where a firm that no pack knows is seated: by the statements that say so."""
    evidence = [
        _evidence(said.source, said.locator, grade, said.as_of) for said in stated if said.fields.get("seat") == seat.id
    ]
    return bare_fact("based_in", evidence=evidence, **_object(seat))


def firm_facts(stated: Sequence[Stated], made: Iterable[Made], supplies: Iterable[Supply]) -> list[dict[str, Any]]:
    """The facts that imports state of a firm, in the order of the statements; what it makes; whom it supplies."""
    # Of several statements of one import the first tells where in it the makings stand.
    locators = {said.source: said.made_locator or said.locator for said in reversed(stated)}
    return [
        *(
            _stated_fact(predicate, value, _evidence(said.source, said.locator, said.grade, said.as_of))
            for said in stated
            for field, predicate in _STATED.items()
            for value in _several(said.fields.get(field))
        ),
        *(
            bare_fact(
                "makes",
                evidence=[_evidence(row.source, locators.get(row.source, ""), row.grade, row.as_of, row.said)],
                value=row.share,
                **_object(row.link),
            )
            for row in made
        ),
        *(
            bare_fact(row.predicate, evidence=[_evidence(row.source, "", row.grade, row.as_of)], **_object(row.other))
            for row in supplies
        ),
    ]


def link_facts(matched: Iterable[tuple[str, str, int]], censuses: Iterable[Census]) -> list[dict[str, Any]]:
    """How many firms each import says to make a link (source, its day, how many), and the censuses that tell of it."""
    return [
        *(
            bare_fact("matched_firms", value=count, unit="家", evidence=[_whole(source, day)])
            for source, day, count in matched
            if count
        ),
        *(
            bare_fact(
                "surveyed_in",
                evidence=[_evidence(row.source, _WHOLE, row.grade, row.as_of)],
                value="found" if row.found else "not_found",
                date=row.as_of,
                **_object(row.region),
            )
            for row in censuses
        ),
    ]


def region_facts(seated: int, imports: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """How many firms that imports alone know are seated in a region; the imports as source and day."""
    evidence = [_whole(source, day) for source, day in imports]
    return [bare_fact("imported_seats", value=seated, unit="家", evidence=evidence)] if seated else []


def names_and_products(key: str, texts: Iterable[tuple[str, int]]) -> tuple[list[str], list[str]]:
    """An entity's id with its names, and the words for what it makes, out of the texts of the name index by sort."""
    told = list(texts)
    names = dict.fromkeys([key, *(text for text, sort in told if sort == NAME)])
    return list(names), [text for text, sort in told if sort == PRODUCT]


def _stated_fact(predicate: str, value: Any, evidence: dict[str, Any]) -> dict[str, Any]:
    if predicate == "dissolved":
        return bare_fact(predicate, evidence=[evidence], value=None if value else _UNDATED, date=value or None)
    if predicate == "registered_capital_cny":
        return bare_fact(predicate, evidence=[evidence], value=float(value), unit="元")
    dated = {"date": value} if predicate in _DATED else {"value": value}
    return bare_fact(predicate, evidence=[evidence], **dated)


def _evidence(source: str, locator: str, grade: str, as_of: str, note: str | None = None) -> dict[str, Any]:
    return {"source": source, "locator": locator, "grade": grade, "as_of": as_of, "note": note}


def _whole(source: str, day: str) -> dict[str, Any]:
    return _evidence(source, _WHOLE, "C", day)


def _object(other: Object) -> dict[str, Any]:
    return {"object": other.id, "object_name": other.name, "object_name_en": other.name_en}


def _several(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]
