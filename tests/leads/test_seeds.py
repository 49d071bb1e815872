"""What leads of the default pack must be: rules, not figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chaingraph.service.leads.explain import explain_lead
from chaingraph.service.leads.suggest import suggest_leads

if TYPE_CHECKING:
    from chaingraph.config import Settings
    from chaingraph.model.graph import Graph
    from chaingraph.model.lead_report import Lead, LeadsReport

AS_OF = "2026-11-22"
CHAINS = ["ev", "storage", "electronics", "metals"]


@pytest.fixture(scope="module")
def report(seeds: Settings) -> LeadsReport:
    """All leads of the chain of cars."""
    return suggest_leads(seeds, "ev", as_of=AS_OF, top=1000)


def _sources(graph: Graph, lead: Lead) -> dict[str, str]:
    """The best grade by source of what says that the firm makes the link, by the day."""
    by_firm = [makes for makes in graph.firms[lead.firm].makes if makes.link == lead.link]
    by_site = [
        makes
        for project in graph.projects.values()
        for makes in project.makes
        if project.firm == lead.firm and makes.link == lead.link
    ]
    best: dict[str, str] = {}
    for makes in (*by_firm, *by_site):
        for item in makes.evidence:
            if item.as_of <= date.fromisoformat(AS_OF):
                best[item.source] = min(item.grade, best.get(item.source, "D"))
    return best


def test_each_of_the_first_five_gaps_has_a_lead_that_makes_the_link_by_a_record_better_than_a_judgement(
    report: LeadsReport, seeds_graph: Graph
) -> None:
    for gap in report.gaps[:5]:
        assert gap.leads, gap.link
        for lead in gap.leads:
            assert lead.link == gap.link
            assert min(_sources(seeds_graph, lead).values()) <= "C", lead.firm


def test_each_lead_has_all_components_an_introducer_or_none_and_a_park_with_the_reason_or_none(
    report: LeadsReport,
) -> None:
    for lead in (lead for gap in report.gaps for lead in gap.leads):
        assert [part.name for part in lead.components] == [
            *("capability", "relation", "reach", "momentum", "scale", "proof")
        ]
        assert all(part.why for part in lead.components)
        assert sum(part.contribution or 0 for part in lead.components) == pytest.approx(lead.points)
        assert lead.why
        if lead.introducer:
            assert lead.introducer.ties[-1].to == lead.firm
            assert lead.introducer.ties[0].from_ == lead.introducer.leader
            assert lead.introducer.grade == max(tie.grade for tie in lead.introducer.ties)
        if lead.park:
            assert lead.park.fits
            assert lead.park.why
            assert lead.park.checks[0].holds is True
            assert all(check.holds is not False for check in lead.park.checks)


@pytest.mark.parametrize("chain", CHAINS)
def test_no_lead_rests_on_a_judgement_alone_and_the_source_it_cites_says_so(
    chain: str, seeds: Settings, seeds_graph: Graph
) -> None:
    for gap in suggest_leads(seeds, chain, as_of=AS_OF, top=1000).gaps:
        for lead in (*gap.leads, *gap.vetoed):
            said = _sources(seeds_graph, lead)
            assert lead.source in said, lead.firm
            assert lead.source_title == seeds_graph.sources[lead.source].title
            if not lead.vetoes:
                assert lead.grade <= "C"
                assert lead.grade == min(said.values())
                assert lead.sources >= 1


def test_no_firm_stands_twice_for_one_gap_and_no_id_for_two_leads(report: LeadsReport) -> None:
    pairs = [(gap.link, lead.firm) for gap in report.gaps for lead in (*gap.leads, *gap.vetoed)]
    ids = {lead.id for gap in report.gaps for lead in (*gap.leads, *gap.vetoed)}
    assert len(set(pairs)) == len(pairs) == len(ids)


def test_the_leads_of_a_chain_are_those_of_its_gap_report_in_its_order(report: LeadsReport, seeds: Settings) -> None:
    from chaingraph import gaps

    assert [(gap.rank, gap.link) for gap in report.gaps] == [
        (row.rank, row.link) for row in gaps(seeds, "ev", as_of=AS_OF).gaps
    ]


def test_a_day_in_the_past_sees_no_source_of_later(seeds: Settings) -> None:
    then = "2023-06-30"
    for gap in suggest_leads(seeds, "ev", as_of=then, top=1000).gaps:
        for lead in (*gap.leads, *gap.vetoed):
            assert lead.source_as_of <= then
            ties = lead.introducer.ties if lead.introducer else ()
            assert all(tie.as_of <= then for tie in ties)


def test_an_explanation_rates_as_the_list_does_and_cites_each_fact(report: LeadsReport, seeds: Settings) -> None:
    for gap in report.gaps[:5]:
        for lead in (*gap.leads[:2], *gap.vetoed[:1]):
            told = explain_lead(seeds, lead.id, chain="ev", as_of=AS_OF)
            assert (told.lead.id, told.lead.points) == (lead.id, lead.points)
            # The list seeks no park for what it vetoes; an explanation does.
            if not lead.vetoes:
                assert (told.lead.park, told.lead.introducer) == (lead.park, lead.introducer)
            assert [veto.name for veto in told.lead.vetoes] == [veto.name for veto in lead.vetoes]
            assert told.gap.link == gap.link
            assert told.facts
            assert all(citation.title for fact in told.facts for citation in fact.citations)
            # A bar that no park has set is not something to ask the firm.
            open_parts = [part.why for part in lead.components if part.value is None and part.name != "scale"]
            assert set(open_parts) <= set(told.unknown)
