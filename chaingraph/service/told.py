"""The facts of an entity as they are told on a day: with their sources, and the one in use marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chaingraph.model.entity_report import Citation, Fact
from chaingraph.model.words import PREDICATES, STRUCTURE, predicate, word
from chaingraph.service.object_kinds import ObjectKinds

if TYPE_CHECKING:
    from datetime import date

    from chaingraph.errors import Lang
    from chaingraph.stores.base import Store


def facts_of(store: Store, record: dict[str, Any], on: date, lang: Lang) -> tuple[Fact, ...]:
    """The facts of an entity's record known on a day, in the order of the predicates.

    Conflicting facts stand side by side. Citations after the day are left out, and facts that have no other; the
    structure of chains holds on every day.
    """
    day = on.isoformat()
    order = list(PREDICATES)
    raw = [_seen_on(fact, day) for fact in record["facts"]]
    known = sorted((fact for fact in raw if fact["evidence"]), key=lambda fact: order.index(fact["predicate"]))
    sources = store.sources(sorted({item["source"] for fact in known for item in fact["evidence"]}))
    units = store.settings()["manifest"]["units"]
    best = _in_use(record["kind"], known)
    kinds = ObjectKinds(store)
    return tuple(
        Fact(
            predicate=fact["predicate"],
            label=predicate(fact["predicate"], lang),
            object=fact["object"],
            object_kind=fact["object"] and kinds.of(record["kind"], fact["predicate"], fact["object"]),
            object_name=fact["object_name" if lang == "zh" else "object_name_en"],
            value=_worded(fact, lang),
            unit=unit_in(fact["unit"], units, lang),
            date=fact["date"],
            by=fact["by"],
            basis=fact["basis"],
            used=number in best,
            citations=tuple(_citation(item, sources) for item in fact["evidence"]),
        )
        for number, fact in enumerate(known)
    )


def _seen_on(fact: dict[str, Any], on: str) -> dict[str, Any]:
    """The fact with the citations of the day; a stage or a survey counts from its own date."""
    if fact["predicate"] in STRUCTURE:
        return fact
    if fact["predicate"] in ("stage", "surveyed", "surveyed_in"):
        return fact if fact["date"] <= on else {**fact, "evidence": []}
    return {**fact, "evidence": [item for item in fact["evidence"] if item["as_of"] <= on]}


def _in_use(kind: str, facts: list[dict[str, Any]]) -> set[int]:
    """Which facts are in use, where several speak of one thing.

    Of capacities of one project for one link: a known one before none, then the better grade, then the later date. Of
    datings of one stage: the better grade, then the earlier date. All other facts stand side by side.
    """
    best: dict[tuple[str, Any], tuple[tuple[bool, str, int], int]] = {}
    used = set()
    for number, fact in enumerate(facts):
        grade = min(item["grade"] for item in fact["evidence"])
        key: tuple[str, Any]
        if fact["predicate"] == "stage":
            key, rank = ("stage", fact["value"]), (False, grade, _number(fact["date"]))
        elif fact["predicate"] == "made_by_project" or (kind == "project" and fact["predicate"] == "makes"):
            latest = max(_number(item["as_of"]) for item in fact["evidence"] if item["grade"] == grade)
            key, rank = ("makes", fact["object"]), (fact["value"] is None, grade, -latest)
        else:
            used.add(number)
            continue
        if key not in best or rank < best[key][0]:
            best[key] = (rank, number)
    return used | {number for _, number in best.values()}


def _number(day: str) -> int:
    return int(day.replace("-", ""))


def _worded(fact: dict[str, Any], lang: Lang) -> Any:
    value = fact["value_en"] if lang == "en" and fact["value_en"] else fact["value"]
    if fact["predicate"] in ("in_chain", "has_link"):
        stage, tier = value.split()
        return f"{word(stage, lang)}，第 {tier} 层" if lang == "zh" else f"{word(stage, lang)}, tier {tier}"
    if fact["predicate"] in ("stage", "surveyed", "surveyed_in"):
        return word(value, lang)
    # A count is a number as every other: reports know no integers beside them.
    return float(value) if isinstance(value, int) else value


def names_in(store: Store, kind: str, lang: Lang) -> dict[str, str]:
    """The names of the entities of a kind in a language, by id."""
    return {key: names[0 if lang == "zh" else 1] for key, names in store.names(kind).items()}


def unit_in(unit: str | None, units: dict[str, str], lang: Lang) -> str | None:
    """A unit like 元/吨 in a language, part by part."""
    if unit is None or lang == "zh":
        return unit
    return "/".join({"元": "CNY", "年": "year", "亩": "mu", **units}.get(part, part) for part in unit.split("/"))


def _citation(item: dict[str, Any], sources: dict[str, dict[str, Any]]) -> Citation:
    source = sources[item["source"]]
    return Citation(
        source=item["source"],
        title=source["title"],
        publisher=source["publisher"],
        published=source["date"],
        url=source["url"],
        locator=item["locator"],
        grade=item["grade"],
        as_of=item["as_of"],
        note=item["note"],
    )
