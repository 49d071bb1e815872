"""The command line and Python call one service; regions, days and names are understood alike."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner
from pydantic import TypeAdapter

import chaingraph
from chaingraph import Settings, chains, gaps, show
from chaingraph.cli import cli
from chaingraph.errors import NotFound, UsageError
from chaingraph.model.gap_report import GapReport
from chaingraph.service.explain import explain

AS_OF = "2026-11-22"


def test_the_public_names_are_these() -> None:
    assert chaingraph.__all__ == [
        "ChaingraphError",
        "Settings",
        "accept_lead",
        "add_user",
        "approve_lead",
        "around",
        "assign_lead",
        "audit",
        "between",
        "brief",
        "chain_graph",
        "chain_map",
        "chains",
        "check",
        "decide_review",
        "drop_lead",
        "explain",
        "explain_lead",
        "export_leads",
        "gaps",
        "import_chainkg",
        "import_leads",
        "import_registry",
        "lead_history",
        "link_page",
        "list_imports",
        "list_leads",
        "list_users",
        "make_schema",
        "merge_firms",
        "note_lead",
        "overview",
        "parks",
        "path",
        "projects",
        "push_graph",
        "remove_user",
        "review",
        "search",
        "server_status",
        "set_password",
        "set_role",
        "settings",
        "show",
        "show_lead",
        "signal_lead",
        "source_page",
        "stage_lead",
        "suggest_leads",
        "targets",
        "undo_import",
        "viz",
        "write_bulk",
    ]
    assert all(getattr(chaingraph, name) is not None for name in chaingraph.__all__)
    with pytest.raises(AttributeError):
        _ = chaingraph.nothing  # type: ignore[attr-defined]


def test_the_command_line_and_python_give_the_same_answer(seeds: Settings, seeds_workspace: str) -> None:
    arguments = ["gaps", "--chain", "storage", "--region", "高要区", "--as-of", AS_OF, "--move", "build", "--top", "4"]
    done = CliRunner().invoke(cli, [*arguments, "--format", "json", "--workspace", seeds_workspace])
    report = gaps(seeds, "storage", region="441204", as_of=date(2026, 11, 22), move="build", top=4)
    assert json.loads(done.stdout) == json.loads(TypeAdapter(GapReport).dump_json(report))


@pytest.mark.parametrize("name", ["441200", "肇庆市", "肇庆", "Zhaoqing", "zhaoqing"])
def test_a_region_is_found_by_code_or_name(seeds: Settings, name: str) -> None:
    assert gaps(seeds, region=name, as_of=AS_OF).region == "441200"


@pytest.mark.parametrize("name", ["ev", "新能源汽车", "新能源汽车及零部件", "EV"])
def test_a_chain_is_found_by_id_name_or_alias(seeds: Settings, name: str) -> None:
    assert gaps(seeds, name, as_of=AS_OF).chain == "ev"


def test_a_county_sees_only_its_own_projects_but_the_city_s_leaders(seeds: Settings) -> None:
    county = gaps(seeds, "ev", region="高要区", as_of=AS_OF)
    assert {leader.firm for leader in county.leaders} == {"xpeng", "catl"}
    assert all(row.supply.firms == 0 for row in county.leader_links)
    rings = {ring.ring for ring in county.gaps[0].rings}
    assert rings == {"home", "county", "city", "near", "bay_area", "province", "nation"}


def test_a_city_without_a_leader_says_so_and_takes_the_product_for_the_centre(seeds: Settings) -> None:
    report = gaps(seeds, "ev", region="佛山市", as_of=AS_OF)
    assert report.leaders == ()
    assert report.sourcing == ()
    sides = {row.link: row.direction for row in (*report.gaps, *report.no_data)}
    assert sides["tyre"] == "upstream"
    assert sides["after-market"] == "downstream"


def test_rings_only_grow_from_the_city_to_the_nation(seeds: Settings) -> None:
    for row in gaps(seeds, "ev", as_of=AS_OF).gaps:
        firms = {ring.ring: ring.firms for ring in row.rings}
        assert firms["home"] == firms["city"] <= firms["near"] <= firms["nation"]
        assert firms["city"] <= firms["bay_area"] <= firms["nation"]
        assert firms["province"] <= firms["nation"]


def test_an_explanation_cites_the_facts_beneath_its_numbers(seeds: Settings) -> None:
    found = explain(seeds, "separator", "ev", as_of=AS_OF)
    told = {fact.predicate for fact in found.facts}
    assert {"unit_price_cny", "criticality", "locality", "feeds", "claimed_in", "made_by_project"} <= told
    assert all(fact.citations for fact in found.facts)
    by_name = [
        explain(seeds, name, "ev", as_of=AS_OF, lang="en").row.link for name in ("隔膜", "Separator", "锂电隔膜")
    ]
    assert by_name == ["separator"] * 3


def test_show_leaves_out_what_was_not_known_on_the_day(seeds: Settings) -> None:
    now, then = show(seeds, "catl", as_of=AS_OF), show(seeds, "catl", as_of="2021-06-01")
    assert len(then.facts) < len(now.facts)
    assert all(citation.as_of <= "2021-06-01" for fact in then.facts for citation in fact.citations)


def test_chains_are_listed_with_their_leaders(seeds: Settings) -> None:
    found = {chain.id: chain for chain in chains(seeds).chains}
    assert len(found) == 11
    assert found["ev"].links == found["ev"].upstream + found["ev"].midstream + found["ev"].downstream
    assert [leader.firm for leader in found["storage"].leaders] == ["catl"]


def test_the_same_question_gives_the_same_answer_byte_for_byte(seeds_workspace: str) -> None:
    arguments = ["gaps", "--as-of", AS_OF, "--workspace", seeds_workspace]
    first, second = (CliRunner().invoke(cli, arguments).stdout for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", ["广西", "香港", "内蒙古", "广东", "端州"])
def test_a_region_answers_to_its_short_name(seeds: Settings, name: str) -> None:
    assert name in gaps(seeds, region=name, as_of=AS_OF).region_name


def test_a_name_of_two_regions_is_refused_with_their_codes(seeds: Settings) -> None:
    with pytest.raises(NotFound, match="320500"):
        gaps(seeds, region="Suzhou", as_of=AS_OF)


def test_a_top_below_one_and_an_empty_name_are_refused(seeds: Settings) -> None:
    with pytest.raises(UsageError):
        gaps(seeds, top=0)
    for wrong in ({"chain": ""}, {"region": ""}):
        with pytest.raises(NotFound):
            gaps(seeds, **wrong)  # type: ignore[arg-type]
