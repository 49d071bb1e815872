"""A source, and everything in the graph that cites it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chaingraph.errors import NotFound, Text
from chaingraph.model.source_report import MatchedLink, SourceReport, Told
from chaingraph.model.words import word
from chaingraph.service.arguments import count, day
from chaingraph.service.told import facts_of, names_in
from chaingraph.service.workspace import open_store, spoken
from chaingraph.stores.facts import FROM_THE_OTHER_END

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.stores.base import Store


def source_page(
    settings: Settings,
    source: str,
    *,
    top: int | None = 50,
    as_of: str | date | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> SourceReport:
    """A source by id, with the entities that tell a fact by it, in the order of their ids.

    Parameters
    ----------
    top
        Keep so many entities, and of an import so many links; all where None. ``cited`` counts all
        entities.

    Raises
    ------
    NotFound
        For an unknown id.
    UsageError
        For a date that is none.
    """
    on = day(as_of)
    count("top", top)
    store, _ = open_store(settings, progress)
    lang = spoken(lang, store)
    record = _record(store, source)
    citing = store.citing(source)
    told = [entity for entity in (_told(store, key, source, on, lang) for key in citing) if entity.facts]
    return SourceReport(
        id=source,
        title=record["title"],
        publisher=record["publisher"],
        published=record["date"],
        kind=record["kind"],
        grade=record["grade"],
        url=record["url"],
        note=record["note"],
        lang=lang,
        as_of=on.isoformat(),
        cited=len(told),
        told=tuple(told[:top]),
        # What packs cite is no import.
        matched=() if citing else _matched(store, source, lang)[:top],
    )


def _record(store: Store, source: str) -> dict[str, Any]:
    try:
        return store.sources([source])[source]
    except KeyError:
        raise NotFound(
            Text(
                f"没有来源“{source}”：编号见事实后面的来源",
                f"no source {source!r}: facts name the sources that they cite",
            )
        ) from None


def _told(store: Store, key: str, source: str, on: date, lang: Lang) -> Told:
    """What an entity tells by a source, each fact once: where its other end tells it, it is left to that."""
    record = store.entity(key)
    facts = []
    for fact in facts_of(store, record, on, lang):
        own = tuple(item for item in fact.citations if item.source == source)
        if own and fact.predicate not in FROM_THE_OTHER_END:
            facts.append(replace(fact, citations=own))
    name = record["name" if lang == "zh" else "name_en"]
    return Told(key, record["kind"], word(record["kind"], lang), name, tuple(facts))


def _matched(store: Store, source: str, lang: Lang) -> tuple[MatchedLink, ...]:
    """The links of which an import says that firms make them."""
    by_link = store.matched(source).by_link
    names = names_in(store, "link", lang)
    most = sorted(by_link.items(), key=lambda item: (-item[1], item[0]))
    return tuple(MatchedLink(link, names[link], firms) for link, firms in most)
