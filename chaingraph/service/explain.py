"""One link of a gap report, with the facts that its numbers rest on."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from chaingraph.errors import NotFound, Text
from chaingraph.model.entity_report import GapExplanation
from chaingraph.service.arguments import day
from chaingraph.service.gaps import gaps
from chaingraph.service.told import facts_of
from chaingraph.service.workspace import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.entity_report import Fact
    from chaingraph.model.gap_report import GapReport, GapRow
    from chaingraph.stores.base import Store


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
    on = day(as_of)
    report = gaps(settings, chain, region=region, as_of=on, lang=lang, progress=progress)
    store, _ = open_store(settings)
    return explanation_of(store, report, row_named(report, store, link), on)


def explanation_of(store: Store, report: GapReport, row: GapRow, on: date) -> GapExplanation:
    """A row of a report, with the facts that its numbers rest on."""
    return GapExplanation(
        chain=report.chain,
        chain_name=report.chain_name,
        region=report.region,
        region_name=report.region_name,
        as_of=report.as_of,
        lang=report.lang,
        row=row,
        facts=facts_beneath(store, report, row, on),
    )


def facts_beneath(store: Store, report: GapReport, row: GapRow, on: date) -> tuple[Fact, ...]:
    """The facts that the numbers and words of a row rest on: of its link, and of the projects beneath it."""
    facts = [fact for fact in facts_of(store, store.entity(row.link), on, report.lang) if _concerns(fact, row)]
    links = {row.link, *(term.link for term in row.need.terms)}
    for project in _projects_beneath(report, row):
        record = store.entity(project)
        name = record["name"] if report.lang == "zh" else record["name_en"]
        facts += [
            replace(fact, label=f"{name} · {fact.label}")
            for fact in facts_of(store, record, on, report.lang)
            if fact.predicate == "stage" or (fact.predicate == "makes" and fact.object in links)
        ]
    return tuple(facts)


def _concerns(fact: Fact, row: GapRow) -> bool:
    """Whether a fact of the link stands beneath a number or a word of its row."""
    match fact.predicate:
        case "unit_price_cny" | "criticality" | "locality":
            return True
        case "feeds":
            return fact.object in {term.link for term in row.need.terms}
        case "made_by_project":
            return fact.object in {project.id for project in row.supply.projects}
        case "claimed_in":
            return (fact.object, fact.value) in {(claim.region, claim.said) for claim in row.claims}
        case _:
            return fact.predicate == "surveyed_in" and fact.date == row.surveyed and fact.object == row.survey_region


def _projects_beneath(report: GapReport, row: GapRow) -> list[str]:
    """The projects whose making or capacity the row rests on: its own, and those that run its consumers."""
    rows = report.rows
    running = [rows[term.link] for term in row.need.terms if term.run_is == "supply"]
    return list(dict.fromkeys(project.id for other in (row, *running) for project in other.supply.projects))


def row_named(report: GapReport, store: Store, link: str) -> GapRow:
    """The row of a link by id, or by its name in either language or an alias."""
    rows = report.rows
    if link not in rows:
        try:
            named = store.entity(link, "link")["id"]
        except NotFound:
            named = link
        if named not in rows:
            known = [name for row in rows.values() for name in (row.name, row.link)]
            close = [*(name for name in known if link in name), *get_close_matches(link, known, 5, 0.4)]
            raise NotFound.named(Text("环节", "link"), link, list(dict.fromkeys(close)))
        link = named
    return rows[link]
