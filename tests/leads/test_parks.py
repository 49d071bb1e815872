"""Which park suits a lead: on a small pack, one check each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chaingraph.service.leads.explain import explain_lead
from tests.leads.made import (
    ON,
    PAPER,
    REPORT,
    TARGETS_CHAIN,
    TARGETS_LINK,
    add_project,
    figure,
    put_parks,
    rated,
)

if TYPE_CHECKING:
    from chaingraph.config import Settings
    from tests.small_pack import SmallPack


def _checks(small: Settings, as_of: str = ON) -> dict[str, bool | None]:
    """The checks of the first park."""
    report = explain_lead(small, "celler/cell", as_of=as_of, lang="en")
    park = next(park for park in report.parks if park.park == "park-1")
    return {check.name: check.holds for check in park.checks}


def _best(small: Settings) -> str | None:
    park = rated(small).park
    return park.park if park else None


def test_where_no_park_is_known_the_lead_has_none(small: Settings) -> None:
    assert _best(small) is None


def test_a_park_that_sets_no_bar_leaves_every_check_but_the_target_unknown(pack: SmallPack, small: Settings) -> None:
    put_parks(pack, TARGETS_CHAIN)
    assert _checks(small) == {"targets": True, "land": None, "discharge": None, "investment": None, "tax": None}
    assert _best(small) == "park-1"


@pytest.mark.parametrize("keys", ["", f"targets_links: [{{link: car, {REPORT}}}]"])
def test_a_park_that_targets_neither_the_link_nor_the_chain_fits_nobody(
    pack: SmallPack, small: Settings, keys: str
) -> None:
    put_parks(pack, keys)
    assert _checks(small)["targets"] is (False if keys else None)
    assert _best(small) is None


@pytest.mark.parametrize(("ready", "holds"), [(99, False), (100, True)])
def test_ready_land_is_held_against_the_median_land_of_the_firms_projects(
    pack: SmallPack, small: Settings, ready: float, holds: bool
) -> None:
    put_parks(pack, f"{TARGETS_CHAIN}\n{figure('ready_land_mu', ready)}")
    assert _checks(small)["land"] is None
    for number, area in enumerate((10, 100, 4000)):
        add_project(pack, f"works-{number}", "celler", "350900", more=figure("area_mu", area))
    assert _checks(small)["land"] is holds
    assert _best(small) == ("park-1" if holds else None)


def test_a_park_that_refuses_what_the_link_lets_out_does_not_fit(pack: SmallPack, small: Settings) -> None:
    put_parks(pack, f"{TARGETS_CHAIN}\ndischarges: [{{kind: wastewater, allowed: true, {REPORT}}}]")
    assert _checks(small)["discharge"] is None
    kinds = [f"{{kind: {kind}, why: 工艺}}" for kind in ("wastewater", "waste_gas")]
    pack.edit(
        "chains/demo.yaml", "    why: 电池包的主体", f"    why: 电池包的主体\n    discharges: [{', '.join(kinds)}]"
    )
    assert _checks(small)["discharge"] is None
    pack.edit("parks.yaml", "discharges: [", f"discharges: [{{kind: waste_gas, allowed: false, {PAPER}}}, ")
    assert _checks(small)["discharge"] is False
    assert _best(small) is None
    assert _checks(small, "2023-06-01")["discharge"] is False
    pack.edit("parks.yaml", "allowed: false", "allowed: true")
    assert _checks(small)["discharge"] is True


@pytest.mark.parametrize(("bar", "holds"), [(2e6, True), (2.5e6, False)])
def test_an_investment_bar_is_held_against_what_the_firm_has_put_into_a_mu(
    pack: SmallPack, small: Settings, bar: float, holds: bool
) -> None:
    put_parks(pack, f"{TARGETS_CHAIN}\n{figure('bar_investment_cny_per_mu', bar)}")
    assert _checks(small)["investment"] is None
    add_project(pack, "works", "celler", "350900", more=figure("investment_cny", 2e8) + "\n" + figure("area_mu", 100))
    assert _checks(small)["investment"] is holds
    assert _best(small) == ("park-1" if holds else None)


def test_a_tax_bar_stays_to_be_checked_and_bars_nobody(pack: SmallPack, small: Settings) -> None:
    put_parks(pack, f"{TARGETS_CHAIN}\n{figure('bar_tax_cny_per_mu', 3e5)}")
    assert _checks(small)["tax"] is None
    assert _best(small) == "park-1"


def test_a_park_for_the_link_comes_before_a_nearer_one_for_the_chain(pack: SmallPack, small: Settings) -> None:
    near, far = "lat: 23.05\nlon: 112.47", "lat: 23.9\nlon: 112.9"
    put_parks(pack, f"{TARGETS_CHAIN}\n{near}", f"{TARGETS_LINK}\n{far}")
    assert _best(small) == "park-2"


def test_of_two_alike_the_one_nearer_to_the_leaders_plant_is_named_with_the_distance(
    pack: SmallPack, small: Settings
) -> None:
    put_parks(pack, f"{TARGETS_CHAIN}\nlat: 23.9\nlon: 112.9", f"{TARGETS_CHAIN}\nlat: 23.05\nlon: 112.57")
    park = rated(small).park
    assert park is not None
    assert park.park == "park-2"
    assert park.distance_km == pytest.approx(10.2, abs=0.05)
    assert "10 km" in park.why


def test_a_target_published_later_is_not_seen(pack: SmallPack, small: Settings) -> None:
    later = "evidence: [{source: curators, locator: 一}]"
    put_parks(pack, f"targets_chains: [{{chain: demo, {later}}}]")
    assert _checks(small)["targets"] is True
    assert _checks(small, "2023-12-31")["targets"] is None
