"""How two entities are related: the shortest explanations first, each step with its facts and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chaingraph.errors import Text, UsageError
from chaingraph.model.path_report import PathReport, Step, Stop
from chaingraph.model.words import word
from chaingraph.service.arguments import count, day
from chaingraph.service.told import facts_of
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.stores.base import Store
    from chaingraph.stores.listing_rows import StepRow


def path(
    settings: Settings,
    start: str,
    end: str,
    *,
    top: int = 5,
    as_of: str | date | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> PathReport:
    """The ways in which two entities are related, over at most six steps.

    A path leads through firms, links, projects, parks and platforms. Regions, chains, policies and figures stand at its
    ends only: that two firms share a city explains nothing.

    Parameters
    ----------
    start, end
        Entities by id, name, alias or listing code.
    top
        Keep so many paths.

    Raises
    ------
    NotFound
        For an unknown name.
    UsageError
        If both are one entity, or the day is none.
    """
    on = day(as_of)
    most = count("top", top) or 1
    store, _ = open_store(settings, progress)
    lang = spoken(lang, store)
    ends = [store.entity(name) for name in (start, end)]
    if ends[0]["id"] == ends[1]["id"]:
        raise UsageError(Text("两端是同一个对象", "both ends are the same entity"))
    telling = _Telling(store, on, lang)
    found = store.paths(ends[0]["id"], ends[1]["id"], on, most)
    return PathReport(
        lang=lang,
        as_of=on.isoformat(),
        start=telling.stop(ends[0]["id"]),
        end=telling.stop(ends[1]["id"]),
        paths=tuple(tuple(telling.step(row) for row in steps) for steps in found),
    )


_INVERSE = {"made_by": "makes", "seat_of": "based_in"}
"""What a link or a region has of a firm, and what the firm has of it."""


def _said(fact: dict[str, Any], ties: list[dict[str, Any]]) -> bool:
    """Whether a fact is among those of the other end already."""
    return any((tie["predicate"], tie["evidence"]) == (fact["predicate"], fact["evidence"]) for tie in ties)


class _Telling:
    """Tells steps; reads each entity once."""

    def __init__(self, store: Store, on: date, lang: Lang) -> None:
        self._store = store
        self._on = on
        self._lang = lang
        self._records: dict[str, dict[str, Any]] = {}

    def _record(self, key: str) -> dict[str, Any]:
        if key not in self._records:
            self._records[key] = self._store.entity(key)
        return self._records[key]

    def _named(self, key: str) -> dict[str, Any]:
        """The names of an entity as those of a fact's object."""
        record = self._record(key)
        return {"object_name": record["name"], "object_name_en": record["name_en"]}

    def stop(self, key: str) -> Stop:
        """An entity on the path."""
        record = self._record(key)
        name = record["name"] if self._lang == "zh" else record["name_en"]
        return Stop(key, record["kind"], word(record["kind"], self._lang), name)

    def step(self, row: StepRow) -> Step:
        """A step with its facts."""
        record = self._record(row.from_)
        ties = [f for f in record["facts"] if f["object"] == row.to and f["predicate"] in row.predicates]
        # Links and regions only count the firms that imports tell of: the firm's own facts say it, turned round.
        turned = {_INVERSE[predicate]: predicate for predicate in row.predicates if predicate in _INVERSE}
        for fact in self._record(row.to)["facts"] if turned else ():
            told = {**fact, "predicate": turned.get(fact["predicate"]), "object": row.to}
            if fact["object"] == row.from_ and told["predicate"] and not _said(told, ties):
                ties.append({**told, **self._named(row.to)})
        facts = facts_of(self._store, {**record, "facts": ties}, self._on, self._lang)
        return Step(
            self.stop(row.from_),
            self.stop(row.to),
            tuple(sorted(facts, key=lambda fact: row.predicates.index(fact.predicate))),
        )
