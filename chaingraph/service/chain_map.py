"""The map of a chain (产业链图谱): the rows of its gap report, placed on a canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.analysis.demand import unmet
from chaingraph.analysis.map_layout import Placed, growth, layout
from chaingraph.export.map_text import LEAST_HEIGHT
from chaingraph.export.shown_gaps import STAGES
from chaingraph.model.map_report import ChainMapReport, Lane, MapCell, MapFeed
from chaingraph.model.shown_status import status_of
from chaingraph.model.words import word
from chaingraph.service.arguments import day
from chaingraph.service.asked import Asked, chain_of
from chaingraph.service.gaps import report_on
from chaingraph.service.places import place_of
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from datetime import date

    from chaingraph.analysis.map_layout import Box
    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.gap_report import GapReport, GapRow
    from chaingraph.stores.rows import ChainFrame


class MappedGaps(NamedTuple):
    """The gap report of a chain and the map drawn of it."""

    gap_report: GapReport
    chain_map: ChainMapReport


def chain_map(
    settings: Settings,
    chain: str | None = None,
    *,
    region: str | None = None,
    as_of: str | date | None = None,
    lang: Lang | None = None,
) -> ChainMapReport:
    """Every link of a chain as a cell of a map, every feed as a curve.

    Parameters
    ----------
    chain, region, as_of, lang
        As for ``gaps``, and so are the errors.
    """
    return mapped_gaps(settings, chain, region=region, as_of=as_of, lang=lang).chain_map


def mapped_gaps(
    settings: Settings,
    chain: str | None = None,
    *,
    region: str | None = None,
    as_of: str | date | None = None,
    lang: Lang | None = None,
) -> MappedGaps:
    """The gap report and the map of it, worked out once."""
    on = day(as_of)
    store, pack = open_store(settings)
    asked = Asked(store, pack, place_of(store, region), on, spoken(lang, store))
    frame = chain_of(store, chain)
    report = report_on(asked, frame)
    units: dict[str, str] = store.settings()["manifest"]["units"]
    return MappedGaps(report, map_of(report, frame, units))


def default_chain(settings: Settings) -> str:
    """The id of the chain that is shown to who asks for none."""
    store, _ = open_store(settings)
    return chain_of(store, None).id


def map_of(report: GapReport, frame: ChainFrame, units: dict[str, str]) -> ChainMapReport:
    """The map of a gap report; ``units`` are the English names of units."""
    rows = [report.rows[link.id] for link in frame.links]
    short = {row.link: _unmet(row) for row in rows}
    feeds = {(feed.from_, feed.to): feed for feed in frame.feeds}
    placed = layout(
        [Placed(row.link, row.stage, row.tier, LEAST_HEIGHT + growth(short[row.link])) for row in rows],
        list(feeds),
        STAGES,
    )
    of = {link.id: link.unit for link in frame.links}
    return ChainMapReport(
        chain=report.chain,
        chain_name=report.chain_name,
        region=report.region,
        region_name=report.region_name,
        as_of=report.as_of,
        lang=report.lang,
        pack=report.pack,
        leaders=report.leaders,
        totals=report.totals,
        width=placed.width,
        height=placed.height,
        lanes=tuple(Lane(stage, word(stage, report.lang), box.x, box.width) for stage, box in placed.lanes.items()),
        cells=tuple(_cell(row, short[row.link], placed.cells[row.link]) for row in rows),
        feeds=tuple(
            MapFeed(
                from_=feed.from_,
                to=feed.to,
                amount=feed.amount,
                unit=of[feed.from_] if report.lang == "zh" else units[of[feed.from_]],
                recycled=feed.recycled,
                grade=feed.grade,
                points=placed.curves[edge],
            )
            for edge, feed in feeds.items()
            if edge in placed.curves
        ),
    )


def _unmet(row: GapRow) -> float | None:
    """What is not met here, at most; unknown of a covered link, of which nobody knows how far."""
    if row.status == "covered" and row.coverage is None:
        return None
    return unmet(row.value_cny, row.coverage)


def _km(row: GapRow) -> float | None:
    return row.nearest.distance_km if row.nearest else None


def _cell(row: GapRow, short: float | None, box: Box) -> MapCell:
    return MapCell(
        link=row.link,
        name=row.name,
        stage=row.stage,
        tier=row.tier,
        status=status_of(row),
        direction=row.direction,
        move=row.move,
        rank=row.rank,
        priority=row.priority,
        value_cny=row.value_cny,
        unmet_cny=short,
        unmet_at_most=short is not None and row.coverage is None,
        firms=None if row.without_data else row.supply.firms,
        nearest_km=_km(row),
        x=box.x,
        y=box.y,
        width=box.width,
        height=box.height,
    )
