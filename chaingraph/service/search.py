"""Finds entities by name, alias, product, pinyin or initials, with room for typos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chaingraph.errors import Text, UsageError
from chaingraph.model.search_report import Hit, SearchReport
from chaingraph.model.words import word
from chaingraph.service.arguments import choice, count, day
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.stores.base import Store
    from chaingraph.stores.listing_rows import HitRow

KINDS = ("firm", "project", "park", "link", "chain", "region", "platform", "policy", "target", "actual")

_TELLING = {
    "firm": ("based_in", "makes"),
    "project": ("in_region", "by_firm", "makes"),
    "park": ("in_region", "targets"),
    "link": ("in_chain",),
    "platform": ("in_region", "serves"),
    "policy": ("applies_to",),
    "target": ("target_of",),
    "actual": ("actual_of",),
    "chain": ("led_by",),
}
"""The facts that tell best what an entity of a kind is."""

_TOLD = 3
"""How many objects of one fact are named."""


def search(
    settings: Settings,
    text: str,
    *,
    kinds: Sequence[str] = (),
    top: int | None = 20,
    as_of: str | date | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> SearchReport:
    """Entities that answer ``text``, the best first.

    Parameters
    ----------
    text
        Chinese, pinyin, initials or English; several words narrow the search, and may name what an entity is tied to,
        as its region or what it makes. A typo is forgiven where nothing answers
        as it is written.
    kinds
        Keep only these, such as "firm"; all where empty.
    top
        Keep so many; all where None.
    as_of
        The day asked for; today where None. What is known later is not found.

    Raises
    ------
    UsageError
        For an empty text, a kind or a date that is none.
    """
    if not any(character.isalnum() for character in text):
        raise UsageError(Text("请写要找的文字", "write what to search for"))
    wanted = [kind for each in kinds if (kind := choice("kind", each, KINDS))]
    count("top", top)
    store, _ = open_store(settings, progress)
    lang = spoken(lang, store)
    found, rows = store.search(text, wanted, day(as_of), top)
    return SearchReport(lang, text, found, tuple(_hit(store, row, lang) for row in rows))


def _hit(store: Store, row: HitRow, lang: Lang) -> Hit:
    record = store.entity(row.id)
    return Hit(
        id=row.id,
        kind=row.kind,
        kind_name=word(row.kind, lang),
        name=record["name"] if lang == "zh" else record["name_en"],
        matched=row.matched,
        how=row.how,
        about=_about(record, lang),
    )


def _about(record: dict[str, Any], lang: Lang) -> str:
    """The entity in a few words: where it is, what it makes or serves."""
    parts = []
    name = "object_name" if lang == "zh" else "object_name_en"
    comma = "、" if lang == "zh" else ", "
    for predicate in _TELLING.get(record["kind"], ()):
        objects = list(dict.fromkeys(fact[name] for fact in record["facts"] if fact["predicate"] == predicate))
        if objects:
            parts.append(comma.join(objects[:_TOLD]) + ("…" if len(objects) > _TOLD else ""))
    return " · ".join(parts)
