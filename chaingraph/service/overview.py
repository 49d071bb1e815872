"""All chains on one page: how complete each is, its first gaps, what is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.analysis.sourcing import pooled_rate
from chaingraph.model.overview_report import ChainOverview, OverviewReport, TopGap
from chaingraph.service.arguments import count, day
from chaingraph.service.asked import Asked
from chaingraph.service.gaps import report_on
from chaingraph.service.places import place_of
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.gap_report import GapReport


def overview(
    settings: Settings,
    *,
    region: str | None = None,
    as_of: str | date | None = None,
    top: int | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> OverviewReport:
    """Every chain in a region: local sourcing rate or completeness, the first gaps, what is unknown.

    Parameters
    ----------
    top
        How many gaps of each chain; 3 where None. The rest is as for ``gaps``, and so are the errors.
    """
    on = day(as_of)
    most = count("top", top) or 3
    store, pack = open_store(settings, progress)
    lang = spoken(lang, store)
    asked = Asked(store, pack, place_of(store, region), on, lang)
    reports = [report_on(asked, store.chain(chain)) for chain in store.chain_ids()]
    return OverviewReport(
        lang=lang,
        title=store.settings()["manifest"]["title" if lang == "zh" else "title_en"],
        region=asked.place.adcode,
        region_name=asked.place.name if lang == "zh" else asked.place.name_en,
        as_of=on.isoformat(),
        pack=pack,
        chains=tuple(_seen(report, most) for report in reports),
    )


def _seen(report: GapReport, most: int) -> ChainOverview:
    sourcing = pooled_rate(report.sourcing)
    return ChainOverview(
        chain=report.chain,
        name=report.chain_name,
        leaders=report.leaders,
        links=report.totals.links,
        gaps=report.totals.gaps,
        covered=report.totals.covered,
        no_data=report.totals.no_data,
        sourcing_low=sourcing.low,
        sourcing_high=sourcing.high,
        sourcing_grade=sourcing.grade,
        complete_low=report.complete_low,
        complete_high=report.complete_high,
        top=tuple(
            TopGap(row.link, row.name, row.move, row.status, row.priority, row.priority_grade)
            for row in report.gaps[:most]
        ),
        unknown=report.unknown,
    )
