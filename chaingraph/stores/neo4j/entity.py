"""The record of an entity, made again of its node and its relationships: the same facts in the same order as packs'."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.stores.facts import FROM_THE_OTHER_END, bare_fact, fact_place
from chaingraph.stores.import_facts import (
    Census,
    Made,
    Object,
    Stated,
    Supply,
    firm_facts,
    link_facts,
    names_and_products,
    region_facts,
    seat_fact,
)
from chaingraph.stores.neo4j.statements import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chaingraph.stores.neo4j.server import Server
    from chaingraph.stores.regions import Regions


class _Entity(NamedTuple):
    kind: str
    name: str
    name_en: str
    full_name: str
    of_packs: bool
    seat_grade: str | None
    names: list[str]
    sorts: list[int]
    told: list[dict[str, Any]]
    own: list[list[Any]]
    other: list[list[Any]]
    stated: list[list[Any]]
    matched: list[list[Any]]
    seated: list[int]
    imports: list[list[str]]


_ENTITY = read("entity", _Entity, "key")
_EVIDENCE = ("source", "locator", "grade", "as_of", "note")
OTHER_WAY = ("OWNS",)
"""Types of relationships that the entity where they end tells, not that where they begin."""

_PREDICATES = {
    "LEADS": ("leads", "led_by"),
    "IN_CHAIN": ("in_chain", "has_link"),
    "BASED_IN": ("based_in", "seat_of"),
    "SUPPLIES": ("supplies", "supplied_by"),
    "OWNS": ("owned_by", "owns"),
    "BY": ("by_firm", "has_project"),
    "TARGETS": ("targets", "targeted_by"),
    "CLAIMS": ("claims", "claimed_in"),
    "SURVEYED": ("surveyed", "surveyed_in"),
    "BARS": ("bars", "barred"),
    "HOSTED_BY": ("hosted_by", "hosts"),
    "SERVES": ("serves", "served_by"),
    "APPLIES_TO": ("applies_to", "subject_to"),
    "TARGET_OF": ("target_of", "has_target"),
    "ACTUAL_OF": ("actual_of", "has_actual"),
}
"""By the type of a relationship the predicates of its fact, as the teller has it and as the other."""


def predicates(type_: str, teller: str, recycled: bool = False) -> tuple[str, str]:
    """The predicates of a relationship, as the entity has it that tells the fact, and as the other has it.

    Parameters
    ----------
    teller
        The kind of the entity that tells the fact: where the relationship begins, of OWNS where it ends.
    recycled
        Of FEEDS whether what is fed is recycled.
    """
    if type_ == "MAKES":
        return "makes", "made_by_project" if teller == "project" else "made_by"
    if type_ == "FEEDS":
        return ("feeds_recycled", "fed_recycled_by") if recycled else ("feeds", "fed_by")
    if type_ == "PART_OF":
        return ("within", "contains") if teller == "region" else ("part_of", "has_part")
    if type_ in ("IN", "AT"):
        return "in_region" if type_ == "IN" else "at_park", f"has_{teller}"
    return _PREDICATES[type_]


def record_of(server: Server, regions: Regions, key: str) -> dict[str, Any] | None:
    """The record of the entity with an id, with its facts; None where there is none."""
    rows = server.rows(_ENTITY, key=key)
    if not rows:
        return None
    row = rows[0]
    names, products = names_and_products(key, zip(row.names, row.sorts, strict=True))
    return {
        "kind": row.kind,
        "id": key,
        "name": row.name,
        "name_en": row.name_en,
        "names": names,
        "products": products,
        "facts": [*_packs_facts(row), *_imports_facts(row, regions)],
    }


# --- what packs tell ---------------------------------------------------------------------------------------------


class _Tie(NamedTuple):
    """A relationship seen from one of its ends."""

    type: str
    properties: dict[str, Any]
    other: Object
    kind: str
    """The kind of the other end."""

    @classmethod
    def of(cls, raw: Sequence[Any]) -> _Tie:
        type_, properties, key, kind, name, name_en = raw
        return cls(type_, properties, Object(key, name, name_en), kind)

    @property
    def imported(self) -> bool:
        return bool(self.properties.get("imported"))


def _packs_facts(row: _Entity) -> list[dict[str, Any]]:
    """The facts that packs tell, as records hold them: one a fact, with its citations in order."""
    cited: dict[tuple[str, str, int], list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    for told in row.told:
        cited[told["predicate"], "", told["place"]].append((told, {}))
    for outward, ties in ((True, row.own), (False, row.other)):
        for tie in map(_Tie.of, ties):
            if tie.imported:
                continue
            telling = outward != (tie.type in OTHER_WAY)
            pair = predicates(tie.type, row.kind if telling else tie.kind, bool(tie.properties.get("recycled")))
            predicate = pair[0 if telling else 1]
            told = {**tie.properties, "predicate": predicate}
            named = {"object": tie.other.id, "object_name": tie.other.name, "object_name_en": tie.other.name_en}
            far = tie.other.id if predicate in FROM_THE_OTHER_END else ""
            cited[predicate, far, told["place"]].append((told, {**named, **_payload(tie)}))
    facts = []
    for key in sorted(cited, key=lambda key: key[1:]):
        items = sorted(cited[key], key=lambda item: item[0]["cited"])
        told, more = items[0]
        evidence = [{name: item.get(name) for name in _EVIDENCE} for item, _ in items]
        facts.append(bare_fact(told["predicate"], **(more or _literal(told)), evidence=evidence))
    return sorted(facts, key=fact_place)


def _literal(told: dict[str, Any]) -> dict[str, Any]:
    """What a source tells of an entity itself."""
    return {
        "value": told.get("value", told.get("text")),
        "value_en": told.get("text_en"),
        "unit": told.get("unit"),
        "date": told.get("date"),
        "by": bool(told.get("by")),
    }


def _payload(tie: _Tie) -> dict[str, Any]:
    """What a fact between two entities says beside that it is so."""
    said = tie.properties
    match tie.type:
        case "LEADS" | "SUPPLIES":
            return {"value": said.get("text"), "value_en": said.get("text_en")}
        case "IN_CHAIN":
            return {"value": f"{said['stage']} {said['tier']}"}
        case "FEEDS":
            return {"value": said.get("amount"), "unit": said.get("unit")}
        case "MAKES":
            return {
                "value": said.get("capacity", said.get("revenue_share")),
                "unit": said.get("unit"),
                "basis": said.get("basis", "stated"),
            }
        case "OWNS":
            return {"value": said.get("share")}
        case "CLAIMS":
            return {"value": said["said"]}
        case "SURVEYED":
            return {"value": "found" if said["found"] else "not_found", "date": said["date"]}
        case "BARS":
            return {"value": said["reason"], "date": said.get("until")}
        case "TARGET_OF" | "ACTUAL_OF":
            return {"value": said["value"], "unit": said["unit"], "date": said.get("date")}
    return {}


# --- what imports tell -------------------------------------------------------------------------------------------


def _imports_facts(row: _Entity, regions: Regions) -> list[dict[str, Any]]:
    if row.kind == "firm":
        return _of_firm(row, regions)
    if row.kind == "link":
        return link_facts([(source, day, live) for source, day, live in row.matched], _censuses(row))
    if row.kind == "region":
        return region_facts(sum(row.seated), [(source, day) for source, day in row.imports])
    return []


def _of_firm(row: _Entity, regions: Regions) -> list[dict[str, Any]]:
    stated = [_stated(row, source, grade, said) for source, grade, said in row.stated]
    made = sorted(_imported(row.own, "MAKES"), key=_place)
    supplies = [
        Supply(predicate, tie.other, *_cited(tie))
        for predicate, ties in (("supplies", row.own), ("supplied_by", row.other))
        for tie in sorted(_imported(ties, "SUPPLIES"), key=lambda tie: (tie.other.id, _place(tie)))
    ]
    facts = firm_facts(stated, map(_made, made), supplies)
    seats = [tie.other for tie in _imported(row.own, "BASED_IN")]
    # Of a firm that is only known to be in the country nobody knows where it is.
    placed = [seat for seat in seats if regions.table["level"][regions.row[seat.id]] != "country"]
    return [*(seat_fact(stated, seat, row.seat_grade or "") for seat in placed), *facts]


def _imported(ties: Iterable[Sequence[Any]], type_: str) -> Iterator[_Tie]:
    """The relationships of a type that imports tell."""
    return (tie for tie in map(_Tie.of, ties) if tie.type == type_ and tie.imported)


def _place(tie: _Tie) -> int:
    place: int = tie.properties["place"]
    return place


def _stated(row: _Entity, source: str, grade: str, said: dict[str, Any]) -> Stated:
    fields = {"name": row.full_name, **said, "capital_cny": said.get("registered_capital_cny")}
    return Stated(source, grade, said["locator"], said["as_of"], fields, said.get("made_locator"))


def _made(tie: _Tie) -> Made:
    source, grade, day = _cited(tie)
    return Made(tie.other, tie.properties.get("revenue_share"), source, grade, day, tie.properties.get("said"))


def _censuses(row: _Entity) -> Iterable[Census]:
    for tie in sorted(_imported(row.other, "SURVEYED"), key=_place):
        yield Census(tie.other, *_cited(tie), tie.properties["found"])


def _cited(tie: _Tie) -> tuple[str, str, str]:
    """Source, grade and day of what an import tells."""
    return tie.properties["source"], tie.properties["grade"], tie.properties["as_of"]
