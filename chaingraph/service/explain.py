"""One link of a gap report, with the facts that its numbers rest on."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from chaingraph.errors import NotFound, Text
from chaingraph.model.entity_report import GapExplanation
from chaingraph.service.gaps import gaps
from chaingraph.service.show import show

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.entity_report import Fact
    from chaingraph.model.gap_report import GapReport, GapRow


def explain(
    settings: Settings,
    link: str,
    chain: str | None = None,
    *,
    region: str | None = None,
    as_of: str | date | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> GapExplanation:
    """One link of the gap report, with the facts that its numbers rest on.

    Parameters
    ----------
    link
        Id or name of a link of the chain. The rest is as for ``gaps``, and so are the errors.

    Raises
    ------
    NotFound
        If the chain has no such link.
    """
    report = gaps(settings, chain, region=region, as_of=as_of, lang=lang, progress=progress)
    row = _row_named(report, settings, link)
    entity = show(settings, row.link, as_of=report.as_of, lang=report.lang)
    consumers = {term.link for term in row.need.terms}
    projects = {project.id for project in row.supply.projects}
    claimed = {claim.source for claim in row.claims}

    def concerns(fact: Fact) -> bool:
        match fact.predicate:
            case "unit_price_cny" | "criticality" | "locality":
                return True
            case "feeds":
                return fact.object in consumers
            case "made_by_project":
                return fact.object in projects
            case "claimed_in":
                return any(citation.source in claimed for citation in fact.citations)
            case _:
                return fact.predicate == "surveyed_in" and fact.date == row.surveyed

    return GapExplanation(
        chain=report.chain,
        chain_name=report.chain_name,
        region=report.region,
        region_name=report.region_name,
        as_of=report.as_of,
        lang=report.lang,
        row=row,
        facts=tuple(fact for fact in entity.facts if concerns(fact)),
    )


def _row_named(report: GapReport, settings: Settings, link: str) -> GapRow:
    """The row of a link by id, or by its name in either language or an alias."""
    rows = {row.link: row for row in (*report.gaps, *report.no_data, *report.covered, *report.leader_links)}
    if link not in rows:
        try:
            named = show(settings, link, as_of=report.as_of).id
        except NotFound:
            named = link
        if named not in rows:
            known = [name for row in rows.values() for name in (row.name, row.link)]
            close = [*(name for name in known if link in name), *get_close_matches(link, known, 5, 0.4)]
            raise NotFound.named(Text("环节", "link"), link, list(dict.fromkeys(close)))
        link = named
    return rows[link]
