"""The default pack: clean, sourced, and saying what the documents say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chaingraph import Settings, check, gaps, show
from chaingraph.model.evidence import Evidence, Record
from chaingraph.packs.loader import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.model.graph import Graph

AS_OF = "2026-11-22"
HOME = ("xpeng", "catl")


@pytest.fixture(scope="module")
def graph(seeds: Settings) -> Graph:
    return load(seeds.packs).graph_or_raise()


def _facts(graph: Graph) -> Iterator[Record]:
    for kind in ("regions", "chains", "links", "firms", "parks", "projects", "targets"):
        yield from getattr(graph, kind).values()
    for kind in ("memberships", "feeds", "claims", "surveys"):
        yield from getattr(graph, kind)


def _records(value: object) -> Iterator[Record]:
    if isinstance(value, Record):
        yield value
        for name in type(value).model_fields:
            yield from _records(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _records(item)


def test_the_pack_has_no_problems(seeds: Settings) -> None:
    assert check(seeds).problems == ()


def test_every_fact_has_a_source_and_every_judgement_a_reason(graph: Graph) -> None:
    bare = []
    for fact in _facts(graph):
        for record in _records(fact):
            if "evidence" in type(record).model_fields:
                bare += [] if getattr(record, "evidence") else [record]  # noqa: B009
            if isinstance(record, Evidence):
                assert record.source in graph.sources
                assert record.grade != "D" or record.note or record.source != "chaingraph-curators", record
    assert bare == []


def test_every_source_can_be_looked_up(graph: Graph) -> None:
    """By its address; or it is a filing, one of the documents, or our own judgement."""
    blind = [
        source.id
        for source in graph.sources.values()
        if source.url is None and source.kind not in ("filing", "curator", "register") and source.note is None
    ]
    assert blind == []


def test_no_source_is_dated_in_the_future(graph: Graph) -> None:
    assert [s.id for s in graph.sources.values() if s.date > date(2026, 11, 22)] == []


def test_ev_and_storage_are_complete_and_share_their_battery_links(graph: Graph) -> None:
    members = {chain: {m.link for m in graph.memberships if m.chain == chain} for chain in graph.chains}
    assert len(members["ev"]) >= 60
    assert len(members["storage"]) >= 30
    assert {"battery-cell", "separator", "cathode-material", "bms"} <= members["ev"] & members["storage"]


CLUSTERS = (
    *("electronics", "building-materials", "metals", "furniture", "food", "fine-chemicals", "biomedicine"),
    *("agriculture", "hydrogen"),
)


@pytest.mark.parametrize("chain", CLUSTERS)
def test_every_cluster_has_20_to_40_links_with_feeds_and_20_firms_on_a_source(graph: Graph, chain: str) -> None:
    links = {m.link for m in graph.memberships if m.chain == chain}
    assert 20 <= len(links) <= 40
    inside = [feed for feed in graph.feeds if feed.from_ in links and feed.to in links]
    assert {end for feed in inside for end in (feed.from_, feed.to)} == links
    assert sum(feed.amount is not None for feed in inside) >= len(inside) / 4
    firms = [
        firm.id
        for firm in graph.firms.values()
        if any(m.link in links and any(item.grade != "D" for item in m.evidence) for m in firm.makes)
    ]
    assert len(firms) >= 20


def test_the_leaders_of_the_clusters_are_those_that_the_documents_name(graph: Graph) -> None:
    leaders = {chain.id: {leader.firm for leader in chain.leaders} for chain in graph.chains.values()}
    assert leaders["electronics"] == {"fenghua", "aoshikang"}
    assert leaders["agriculture"] == {"yueteng", "xinlinghang"}
    assert leaders["food"] == {"dali-foods", "genki-forest"}
    # No document names one, and none was made up.
    assert leaders["fine-chemicals"] == leaders["hydrogen"] == set()


def test_every_link_can_be_matched_and_judged(graph: Graph) -> None:
    assert [
        link.id for link in graph.links.values() if not (link.keywords and link.criticality and link.locality)
    ] == []
    coded = [link.id for link in graph.links.values() if link.gb4754]
    assert len(coded) >= 0.95 * len(graph.links)


def test_no_link_stands_downstream_of_what_it_feeds(graph: Graph) -> None:
    tier = {(m.chain, m.link): m.tier for m in graph.memberships}
    wrong = [
        (chain, feed.from_, feed.to)
        for feed in graph.feeds
        if not feed.recycled
        for chain in graph.chains
        if (chain, feed.from_) in tier and (chain, feed.to) in tier and tier[chain, feed.from_] < tier[chain, feed.to]
    ]
    assert wrong == []


def test_the_pool_holds_150_firms_elsewhere_each_making_a_link_on_a_source(graph: Graph) -> None:
    elsewhere = [
        firm
        for firm in graph.firms.values()
        if not firm.seat.startswith("4412")
        and any(item.grade != "D" for makes in firm.makes for item in makes.evidence)
    ]
    assert len(elsewhere) >= 150


def test_every_link_of_ev_and_storage_has_two_firms(graph: Graph) -> None:
    makers: dict[str, set[str]] = {link: set() for link in graph.links}
    for firm in graph.firms.values():
        for makes in firm.makes:
            makers[makes.link].add(firm.id)
    links = {m.link for m in graph.memberships if m.chain in ("ev", "storage")}
    assert {link for link in links if len(makers[link]) < 2} == set()


def test_a_supply_relation_is_never_a_judgement(graph: Graph) -> None:
    judged = [
        (firm.id, supplies.to)
        for firm in graph.firms.values()
        for supplies in firm.supplies
        if all(item.grade == "D" for item in supplies.evidence)
    ]
    assert judged == []
    assert {s.to for firm in graph.firms.values() for s in firm.supplies} >= set(HOME)


def test_guangdong_and_zhaoqing_stand_where_they_are(graph: Graph) -> None:
    cities = [r for r in graph.regions.values() if r.parent == "440000"]
    assert len(cities) == 21
    assert all(20 < r.lat < 25.6 and 109.6 < r.lon < 117.4 for r in cities)
    assert len([r for r in graph.regions.values() if r.parent == "441200"]) == 8
    assert len([r for r in graph.regions.values() if r.level == "city"]) >= 330


def test_needs_can_be_recomputed_by_hand_from_the_leaders(seeds: Settings) -> None:
    """150,000 vehicles and 10 GWh, with the amounts of the pack."""
    report = gaps(seeds, "ev", as_of=AS_OF)
    own = {row.link: row.supply.value for row in report.leader_links}
    assert own == {"vehicle-assembly": 150_000, "battery-cell": 10}
    need = {row.link: row.need for row in (*report.gaps, *report.no_data, *report.covered)}
    assert need["tyre"].value == 4 * 150_000
    assert need["seat"].value == 150_000
    assert need["separator"].value == 1600 * 10
    for link in ("tyre", "separator", "electrolyte", "lidar"):
        assert need[link].value == pytest.approx(sum(t.amount * (t.run or 0) for t in need[link].terms))
    assert [term.run_is for term in need["tyre"].terms] == ["supply"]
    assert {row.link: row.need for row in report.leader_links}["battery-cell"].value == pytest.approx(9.75)


@pytest.mark.parametrize("link", ["traction-motor", "tyre", "chassis-structure", "sensor", "lighting"])
def test_a_link_with_a_claim_is_not_missing(seeds: Settings, link: str) -> None:
    report = gaps(seeds, "ev", as_of=AS_OF)
    row = next(row for row in report.gaps if row.link == link)
    assert row.status in ("claimed", "thin", "covered")
    assert row.move == "strengthen"
    assert row.claims[0].source == "zq-projects-first-2023"


def test_a_link_that_nobody_looked_for_is_no_data_and_no_gap(seeds: Settings) -> None:
    report = gaps(seeds, "ev", as_of=AS_OF)
    silent = {row.link for row in report.no_data}
    assert {"lidar", "auto-glass", "copper-foil"} <= silent
    assert all(row.status == "missing" and row.evidence_level == "none" for row in report.no_data)
    assert all(row.rank is None and row.coverage is None for row in report.no_data)
    assert report.totals.gaps == len(report.gaps)
    assert sum(report.totals.by_status.values()) == report.totals.gaps
    totals = report.totals
    assert totals.gaps + totals.no_data + totals.covered + totals.leader_links == totals.links


def test_the_graph_answers_as_it_stood(seeds: Settings) -> None:
    early = gaps(seeds, "ev", as_of="2022-01-31")
    plants = {row.link: row for row in early.leader_links}
    assert plants["vehicle-assembly"].supply.value == 150_000
    assert plants["battery-cell"].supply.value is None
    assert [p.stage for p in plants["battery-cell"].supply.projects if p.id == "catl-zhaoqing-phase1"] == ["started"]
    assert all(row.claims == () for row in (*early.gaps, *early.no_data))
    before = gaps(seeds, "ev", as_of="2019-01-01")
    assert before.leaders == ()
    assert all(row.need.value is None for row in before.no_data if row.link == "tyre")


def test_the_leaders_and_the_documents_are_shown_with_dates(seeds: Settings) -> None:
    facts = show(seeds, "小鹏汽车").facts
    assert {"led_by", "leads"} & {fact.predicate for fact in facts}
    cited = {citation.source for fact in facts for citation in fact.citations}
    assert {"zq-work-report-2022", "zq-projects-first-2023"} <= cited
    plant = show(seeds, "xpeng-zhaoqing-plant").facts
    capacities = [(fact.value, fact.basis, fact.used) for fact in plant if fact.predicate == "makes" and fact.value]
    assert capacities.count((150_000, "target", True)) == 1
    assert [used for value, _, used in capacities if value != 150_000] == [False] * (len(capacities) - 1)


def test_the_local_sourcing_rate_is_an_interval_beside_its_target(seeds: Settings) -> None:
    report = gaps(seeds, "ev", as_of=AS_OF)
    for rate in report.sourcing:
        assert rate.low is not None
        assert rate.high is not None
        assert 0 <= rate.low <= rate.high <= 1
    assert [(goal.at_least, goal.year) for goal in report.targets] == [(40, 2025)]
