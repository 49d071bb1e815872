"""Another city's pack over the default one: its leaders, projects, parks and targets answer beside the chains below."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaingraph import Settings, check, gaps, overview, parks, path, projects, search, settings, targets

AS_OF = "2026-11-22"
HUIZHOU = "441300"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings(tmp_path_factory.mktemp("city"), [Path(__file__).parent / "huizhou"])


def test_the_pack_lays_over_the_default_one_without_a_problem(city: Settings) -> None:
    report = check(city)
    assert report.problems == ()
    assert report.packs == ("seeds", "huizhou")


def test_the_home_region_is_the_city_s_own_and_the_other_city_still_answers(city: Settings, seeds: Settings) -> None:
    assert gaps(city, "ev", as_of=AS_OF).region == HUIZHOU
    above, below = (gaps(s, "ev", region="441200", as_of=AS_OF) for s in (city, seeds))
    assert [row.status for row in above.rows.values()] == [row.status for row in below.rows.values()]


def test_gaps_tell_what_the_documents_of_the_city_say(city: Settings) -> None:
    report = gaps(city, "ev", region=HUIZHOU, as_of=AS_OF)
    assert report.leaders == ()
    cells = report.rows["battery-cell"]
    assert cells.supply.firms >= 3
    assert cells.supply.at_least
    housing = report.rows["cell-structural-part"]
    assert (housing.status, housing.move) == ("planned", "fill")
    assert "kedali" in {project.firm for project in housing.supply.projects}
    # What nobody has looked for there is no gap, whatever the other city has.
    assert report.rows["vehicle-assembly"].without_data


def test_the_neighbouring_city_s_firms_stand_in_the_rings(city: Settings, seeds: Settings) -> None:
    near = gaps(seeds, "electronics", region="441200", as_of=AS_OF).rows["display-module"].rings
    with_city = gaps(city, "electronics", region="441200", as_of=AS_OF).rows["display-module"].rings
    assert (
        next(r for r in with_city if r.ring == "bay_area").firms > next(r for r in near if r.ring == "bay_area").firms
    )


def test_every_list_answers_for_the_city(city: Settings) -> None:
    assert {chain.chain for chain in overview(city, as_of=AS_OF).chains} >= {"ev", "storage", "electronics"}
    assert projects(city, as_of=AS_OF).total >= 10
    ranked = parks(city, as_of=AS_OF).parks
    assert ranked[0].id == "zhongkai-hitech"
    assert ranked[0].rank == 1
    assert {target.state for target in targets(city, as_of=AS_OF).targets} >= {"short", "open", "unknown"}
    assert search(city, "zkgxq").hits[0].id == "zhongkai-hitech"
    assert path(city, "eve-energy", HUIZHOU, as_of=AS_OF).paths
