"""Listed firms out of ChainKnowledgeGraph as leads for the gaps of the default pack: with product and revenue share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from chaingraph.config import settings
from chaingraph.service.imports.taking import import_chainkg
from chaingraph.service.leads.suggest import suggest_leads
from chaingraph.service.show import show
from tests.shared_data import CHAINKG, needs_chainkg

if TYPE_CHECKING:
    from chaingraph.config import Settings
    from chaingraph.model.import_report import TakenReport
    from chaingraph.model.lead_report import Lead

pytestmark = needs_chainkg


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A workspace over the default pack."""
    return settings(tmp_path_factory.mktemp("office"), environ={})


@pytest.fixture(scope="module")
def taken(office: Settings) -> TakenReport:
    """The folder, imported."""
    return import_chainkg(office, CHAINKG, user="王工", lang="zh")


@pytest.fixture(scope="module")
def leads(office: Settings, taken: TakenReport) -> list[Lead]:  # noqa: ARG001
    """Every lead of the EV chain after the import."""
    report = suggest_leads(office, "ev", top=100, lang="zh")
    return [lead for gap in report.gaps for lead in gap.leads]


@pytest.fixture(scope="module")
def products() -> dict[str, dict[str, float]]:
    """What the file itself says: the largest share of each product of a code."""
    found: dict[str, dict[str, float]] = {}
    with (CHAINKG / "company_product.json").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            shares = found.setdefault(row["company_code"], {})
            name = row["product_name"]
            shares[name] = max(row["rel_weight"], shares.get(name, 0.0))
    return found


def test_listed_firms_that_no_pack_knows_become_leads(leads: list[Lead]) -> None:
    assert sum(lead.firm.startswith("listed-") for lead in leads) > 50


def test_a_lead_names_its_product_and_share_as_the_file_states_them(
    office: Settings, leads: list[Lead], products: dict[str, dict[str, float]]
) -> None:
    told = [lead for lead in leads if lead.firm.startswith("listed-") and "占营收" in lead.why]
    assert len(told) > 50
    for lead in told:
        product = lead.why.partition("“")[2].partition("”")[0]
        _, code, market = lead.firm.split("-")
        share = products[f"{code}.{market.upper()}"][product]
        written = f"{100 * share:.1f}%" if share >= 0.001 else "<0.1%"
        assert f"“{product}”占营收 {written}（截至 2019-12-26）" in lead.why
    known = {fact.value for fact in show(office, told[0].firm).facts if fact.predicate == "registered"}
    assert told[0].full_name in known


def test_firms_of_the_pack_gain_their_shares(leads: list[Lead], taken: TakenReport) -> None:
    assert taken.done.counts["of_packs"] > 300
    gained = [lead for lead in leads if not lead.firm.startswith("listed-") and "截至 2019-12-26" in lead.why]
    assert len(gained) > 5


def test_a_firm_of_which_no_place_is_known_is_told_without_a_distance(leads: list[Lead]) -> None:
    nowhere = [lead for lead in leads if lead.distance_km is None]
    assert nowhere
    assert all("距离待核实" in lead.why and lead.ring in ("province", "nation") for lead in nowhere)


def test_the_report_counts_what_was_refused(taken: TakenReport) -> None:
    refused = {one.kind: one.count for one in taken.refused}
    with (CHAINKG / "company_product.json").open(encoding="utf-8") as lines:
        weights = [json.loads(line)["rel_weight"] for line in lines]
    outside = sum(weight < 0 or weight > 1 for weight in weights)
    # Of a product that is named twice, and of lines that are no product, the weight is not asked.
    assert 0 < refused["share_out_of_range"] <= outside
    assert taken.done.counts["statements"] > 4_500
