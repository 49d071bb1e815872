"""The chains of the packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.model.chain_report import ChainSeen, ChainsReport
from chaingraph.service.arguments import day
from chaingraph.service.leaders import leaders_of
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.stores.rows import ChainFrame


def chains(
    settings: Settings,
    *,
    as_of: str | date | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> ChainsReport:
    """Every chain with the number of its links and feeds, and the leaders known on a day; today where None."""
    on = day(as_of)
    store, _ = open_store(settings, progress)
    lang = spoken(lang, store)
    title: str = store.settings()["manifest"]["title" if lang == "zh" else "title_en"]
    return ChainsReport(
        lang=lang, title=title, chains=tuple(_seen(store.chain(chain), on, lang) for chain in store.chain_ids())
    )


def _seen(frame: ChainFrame, on: date, lang: Lang) -> ChainSeen:
    stages = [link.stage for link in frame.links]
    return ChainSeen(
        id=frame.id,
        name=frame.name if lang == "zh" else frame.name_en,
        links=len(frame.links),
        upstream=stages.count("upstream"),
        midstream=stages.count("midstream"),
        downstream=stages.count("downstream"),
        feeds=len(frame.feeds),
        quantified_feeds=sum(feed.amount is not None for feed in frame.feeds),
        leaders=leaders_of(frame, on, lang),
    )
