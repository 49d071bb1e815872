"""Pages of firms, parks, projects, regions and the rest, and of sources: facts, grades, citations, the same as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from chaingraph import accept_lead, projects, show, suggest_leads
from chaingraph.cli import cli
from chaingraph.errors import NotFound
from chaingraph.service.imports.taking import import_registry
from chaingraph.service.search import KINDS
from chaingraph.service.source_page import source_page
from chaingraph.service.workspace import open_store
from chaingraph.web.api.entities import ROOMS
from chaingraph.web.app import build
from tests.sources.dialects import credit_code
from tests.web.conftest import asking

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from chaingraph.config import Settings
    from tests.small_pack import SmallPack
    from tests.web.conftest import Served, Watched

DAY = "2026-11-22"
ONE_OF_EACH = {
    "firms": "xpeng",
    "parks": "xpeng-supplier-park",
    "projects": "xpeng-zhaoqing-plant",
    "regions": "441200",
    "platforms": "zq-auto-parts-metrology",
    "policies": "",
    "targets": "zq-2022-xpeng-capacity",
    "actuals": "zq-xpeng-10000",
}


@pytest.fixture
def each(office: Settings) -> dict[str, str]:
    """An entity of every kind, by room."""
    found = {}
    store, _ = open_store(office)
    for key in store.citing("chaingraph-curators") + store.citing("zq-work-report-2022"):
        found.setdefault(store.entity(key)["kind"], key)
    return {
        room: key if (key := ONE_OF_EACH[room]) and store.knows(key) else found[kind] for room, kind in ROOMS.items()
    }


def test_every_kind_has_a_page_and_json_that_the_command_prints(
    client: TestClient, office: Settings, each: dict[str, str]
) -> None:
    for room, key in each.items():
        answer = client.get(f"/api/{room}/{key}?as_of={DAY}")
        printed = CliRunner().invoke(
            cli, ["show", key, "--as-of", DAY, "--format", "json"], env={"CHAINGRAPH_WORKSPACE": str(office.workspace)}
        )
        assert answer.content == printed.stdout_bytes, room
        text = client.get(f"/{room}/{key}?as_of={DAY}").text
        report = show(office, key, as_of=DAY)
        assert f"<h1><bdi>{report.name}</bdi></h1>" in text
        for fact in report.facts:
            assert fact.label in text
    assert set(ROOMS.values()) | {"link", "chain"} == set(KINDS)


def test_an_entity_asked_under_another_kind_is_not_found(client: TestClient) -> None:
    assert client.get("/api/parks/xpeng").status_code == 404
    assert client.get("/api/parks/xpeng").json()["error"]["code"] == "not_found"
    assert client.get("/firms/ev").status_code == 404
    assert client.get("/firms/小鹏汽车").status_code == 200, "a name will do"


def test_each_fact_bears_its_grade_and_its_citation_leads_to_its_source(client: TestClient, office: Settings) -> None:
    text = client.get("/firms/xpeng").text
    report = show(office, "xpeng")
    for fact in report.facts:
        for citation in fact.citations:
            assert f'href="/sources/{citation.source}"' in text
            assert citation.locator.replace('"', "&#34;") in text
    assert 'class="grade A"' in text
    assert 'class="grade D"' in text


def test_a_relation_leads_to_the_page_of_the_other_entity(
    client: TestClient, office: Settings, each: dict[str, str]
) -> None:
    store, _ = open_store(office)
    seen = set()
    for key in each.values():
        for fact in show(office, key).facts:
            assert (fact.object is None) == (fact.object_kind is None)
            if fact.object:
                assert store.entity(fact.object)["kind"] == fact.object_kind, (key, fact.predicate)
                seen.add(fact.object_kind)
    assert seen >= {"firm", "park", "project", "region", "chain", "link", "target", "actual", "policy"}
    assert 'href="/links/vehicle-assembly"' in client.get("/firms/xpeng").text
    assert 'href="/policies/' in client.get("/regions/441200").text


def test_the_kind_of_what_a_fact_names_is_told_of_every_record(office: Settings, pack: SmallPack) -> None:
    for settings in (office, office._replace(packs=(pack.folder,))):
        store, _ = open_store(settings)
        for key in store.citing("curators") + store.citing("report") + store.citing("chaingraph-curators"):
            for fact in show(settings, key).facts:
                if fact.object:
                    assert store.entity(fact.object)["kind"] == fact.object_kind, (key, fact.predicate)


def test_a_superseded_fact_is_folded_and_said_to_be_so(served: Served, watched: Watched) -> None:
    key = _with_superseded(served.settings)
    watched.page.goto(f"{served.url}/projects/{key}")
    folded = watched.page.locator("details.more", has_text="未采用")
    expect(folded.locator("li").first).to_be_hidden()
    folded.first.locator("summary").first.click()
    expect(folded.locator("li").first).to_be_visible()


def _with_superseded(office: Settings) -> str:
    found = (project.id for project in projects(office).projects)
    return next(key for key in found if not all(fact.used for fact in show(office, key).facts))


def test_a_firm_shows_its_leads_in_the_ledger(client: TestClient, office: Settings) -> None:
    first = next(gap for gap in suggest_leads(office, "ev").gaps if gap.leads).leads[0]
    assert "台账中的线索" not in client.get(f"/firms/{first.firm}").text
    accept_lead(office, first.id, user="tester")
    text = client.get(f"/firms/{first.firm}").text
    assert "台账中的线索" in text
    assert f'href="/leads/{first.id}"' in text


def test_an_entity_has_a_picture_of_its_neighbours(served: Served, watched: Watched) -> None:
    watched.page.goto(f"{served.url}/firms/xpeng")
    expect(watched.page.locator(".graph.small canvas")).to_be_visible()


def test_a_source_tells_what_cites_it(client: TestClient, office: Settings) -> None:
    report = source_page(office, "zq-projects-first-2023")
    store, _ = open_store(office)
    assert report.cited == len(store.citing(report.id)) == len(report.told)
    for told in report.told:
        own = {fact.predicate for fact in show(office, told.id).facts if _cites(fact, report.id)}
        assert {fact.predicate for fact in told.facts} <= own
        assert told.facts
    text = client.get(f"/sources/{report.id}").text
    assert f"<h1><bdi>{report.title}</bdi></h1>" in text
    for told in report.told:
        assert told.name in text
    assert client.get(f"/api/sources/{report.id}").json()["cited"] == report.cited
    assert client.get("/sources/none").status_code == 404


def test_a_source_is_counted_and_cut_by_what_cites_it_on_the_day_asked_for(office: Settings) -> None:
    store, _ = open_store(office)
    whole, first = (source_page(office, "chaingraph-curators", top=top, as_of="2020-01-01") for top in (None, 5))
    assert 5 < whole.cited == len(whole.told) < len(store.citing(whole.id))
    assert (first.cited, first.told) == (whole.cited, whole.told[:5])


def _cites(fact: object, source: str) -> bool:
    return any(item.source == source for item in fact.citations)  # type: ignore[attr-defined]


@pytest.fixture
def imported(pack: SmallPack, office: Settings, tmp_path: Path) -> Settings:
    """The small pack with one firm of a register beside it, a maker of cells."""
    pack.edit("chains/demo.yaml", "    name_en: Cell\n", "    name_en: Cell\n    keywords: [锂离子电芯]\n")
    register = tmp_path / "register.csv"
    register.write_text(
        "企业名称,统一社会信用代码,所属省份,所属城市,所属区县,经营范围\n"
        f"高要新电芯有限公司,{credit_code(body='MA0000001')},广东省,肇庆市,高要区,锂离子电芯制造\n"
    )
    small = office._replace(packs=(pack.folder,))
    import_registry(small, [register], user="tester", as_of="2026-05-01")
    return small


def test_a_count_of_imported_firms_is_a_number_as_every_other(imported: Settings) -> None:
    with asking(build(imported)) as client:
        facts = {
            fact["predicate"]: fact["value"]
            for room in ("regions/441200", "regions/441283")
            for fact in client.get(f"/api/{room}").json()["facts"]
        }
        assert facts["imported_seats"] == 1.0
        assert client.get("/regions/441200").status_code == 200
    counted = [fact for fact in show(imported, "cell").facts if fact.predicate == "matched_firms"]
    assert [fact.value for fact in counted] == [1.0]


def test_a_register_tells_how_many_firms_make_each_link(imported: Settings) -> None:
    report = source_page(imported, "import-1")
    assert (report.cited, report.told) == (0, ())
    assert [(row.link, row.firms) for row in report.matched] == [("cell", 1)]
    assert source_page(imported, "report").matched == (), "what a pack cites is no import"
    with asking(build(imported)) as client:
        assert 'href="/links/cell"' in client.get("/sources/import-1").text


def test_every_fact_that_cites_a_source_is_told_of_it_once(pack: SmallPack, office: Settings) -> None:
    small = office._replace(packs=(pack.folder,))
    report = source_page(small, "report", top=None)
    told = [(entity.id, fact.predicate, fact.object) for entity in report.told for fact in entity.facts]
    assert len(told) == len(set(told))
    assert ("maker", "leads", "demo") in told
    assert ("demo", "led_by", "maker") not in told, "the firm tells it"
    with pytest.raises(NotFound, match="no source"):
        source_page(small, "nowhere")


def test_the_address_of_a_source_is_a_link_that_tells_nothing_of_us(client: TestClient, office: Settings) -> None:
    store, _ = open_store(office)
    cited = {citation.source for fact in show(office, "xpeng").facts for citation in fact.citations if citation.url}
    key = min(cited)
    url = store.sources([key])[key]["url"]
    text = client.get(f"/sources/{key}").text
    assert f'<a href="{url}" rel="noopener noreferrer"' in text.replace("&amp;", "&")


def test_an_address_that_is_no_web_address_is_only_text(pack: SmallPack, office: Settings) -> None:
    pack.edit("sources.yaml", "grade: B}", 'grade: B, url: "javascript:alert(1)"}')
    with asking(build(office._replace(packs=(pack.folder,)))) as client:
        text = client.get("/sources/paper").text
    assert "javascript:alert(1)" in text
    assert 'href="javascript' not in text
