"""An entity with all its facts and their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.model.entity_report import EntityReport
from chaingraph.model.words import word
from chaingraph.service.arguments import day
from chaingraph.service.told import facts_of
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang


def show(
    settings: Settings,
    name: str,
    *,
    kind: str | None = None,
    as_of: str | date | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> EntityReport:
    """An entity by id, name, alias or listing code.

    Parameters
    ----------
    kind
        Only an entity of this kind, such as "firm"; of any where None.
    as_of
        The day asked for; today where None. Citations after it are left out, and facts that have no other;
        the structure of chains holds on every day.

    Raises
    ------
    NotFound
        For an unknown name, with similar ones.
    UsageError
        For a date that is none.
    """
    on = day(as_of)
    store, _ = open_store(settings, progress)
    lang = spoken(lang, store)
    record = store.entity(name, kind)
    shown = record["name" if lang == "zh" else "name_en"]
    return EntityReport(
        id=record["id"],
        kind=record["kind"],
        kind_name=word(record["kind"], lang),
        name=shown,
        names=tuple(dict.fromkeys(other for other in record["names"] if other not in (shown, record["id"]))),
        lang=lang,
        as_of=on.isoformat(),
        facts=facts_of(store, record, on, lang),
    )
