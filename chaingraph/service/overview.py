"""All chains on one page: how complete each is, its first gaps, its leads in work; the year's targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.analysis.sourcing import pooled_rate
from chaingraph.model.overview_report import ChainOverview, OverviewReport, TopGap
from chaingraph.service.arguments import count, day
from chaingraph.service.asked import Asked, default_first
from chaingraph.service.gaps import report_on
from chaingraph.service.ledger.in_work import leads_in_work, of_chain
from chaingraph.service.places import place_of
from chaingraph.service.targets import of_the_year
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.gap_report import GapReport
    from chaingraph.service.ledger.in_work import InWork


def overview(
    settings: Settings,
    *,
    region: str | None = None,
    as_of: str | date | None = None,
    top: int | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> OverviewReport:
    """Every chain in a region: local sourcing rate or completeness, the first gaps, the leads in work; the targets.

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
    leads = leads_in_work(settings.workspace, asked)
    chains = []
    for frame in map(store.chain, store.chain_ids()):
        own = of_chain(leads, frame.id, {link.id for link in frame.links})
        chains.append(_seen(report_on(asked, frame), own, most))
    year, targets = of_the_year(asked)
    return OverviewReport(
        lang=lang,
        title=store.settings()["manifest"]["title" if lang == "zh" else "title_en"],
        region=asked.place.adcode,
        region_name=asked.place.name if lang == "zh" else asked.place.name_en,
        as_of=on.isoformat(),
        pack=pack,
        chains=tuple(chains),
        leads_open=len(leads),
        leads_overdue=sum(lead.overdue for lead in leads),
        targets_year=year,
        targets=targets,
    )


def foremost(settings: Settings, report: OverviewReport) -> tuple[ChainOverview, ...]:
    """The chains of a report for whom it matters which is seen first: the default, those with a leader, the others."""
    store, _ = open_store(settings)
    order = default_first(store)
    return tuple(sorted(report.chains, key=lambda chain: (chain.chain != order[0], not chain.leaders, chain.chain)))


def _seen(report: GapReport, leads: list[InWork], most: int) -> ChainOverview:
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
        leads_open=len(leads),
        leads_overdue=sum(lead.overdue for lead in leads),
    )
