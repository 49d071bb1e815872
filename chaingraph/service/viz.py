"""A chain's map and graph as one file to send around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.errors import Text, UsageError
from chaingraph.export.single_file import ChainInAFile, render_single_file
from chaingraph.service.arguments import day
from chaingraph.service.asked import Asked, chain_of
from chaingraph.service.chain_map import map_of
from chaingraph.service.gaps import report_on
from chaingraph.service.graph.chain_graph import chain_graph_on
from chaingraph.service.link_page import LEADS_SHOWN, link_report_on
from chaingraph.service.places import place_of
from chaingraph.service.workspace import open_snapshot, spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang


def viz(
    settings: Settings,
    chain: str | None = None,
    *,
    region: str | None = None,
    as_of: str | date | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> bytes:
    """A chain's map, graph, gaps and links as an HTML page in ASCII that needs nothing but itself.

    It tells what the packs and imports know, and nothing of the ledger: it is made to be sent around.

    Parameters
    ----------
    chain, region, as_of, lang
        As for ``gaps``, and so are the errors.

    Raises
    ------
    UsageError
        If the settings name a server: the graph pushed to it holds what the ledger has signed.
    """
    on = day(as_of)
    if settings.store is not None:
        raise UsageError(
            Text(
                "这个文件不含台账，由本机的数据包和导入数据生成，不从 Neo4j 读取：请加 --store memory",
                "the file holds nothing of the ledger: it is made of the packs and imports here, not of a Neo4j "
                "server: add --store memory",
            )
        )
    store, pack = open_snapshot(settings, progress, signed=False)
    asked = Asked(store, pack, place_of(store, region), on, spoken(lang, store))
    frame = chain_of(store, chain)
    report = report_on(asked, frame)
    return render_single_file(
        ChainInAFile(
            report,
            map_of(report, frame, store.settings()["manifest"]["units"]),
            chain_graph_on(asked, frame),
            tuple(link_report_on(asked, frame, report, link, states={}, top=LEADS_SHOWN) for link in report.rows),
        )
    )
