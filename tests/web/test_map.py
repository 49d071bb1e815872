"""The chain's page: its map, the selection and filters in its URL, its pictures; the map's JSON and SVG."""

from __future__ import annotations

import struct
from itertools import combinations
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.web.conftest import SMALL, window

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from starlette.testclient import TestClient

    from tests.web.conftest import Served, Watched

SVG = "{http://www.w3.org/2000/svg}"
DAY = "2026-11-22"


def _opened(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector('svg.map .cell[tabindex="0"]', state="attached")


def test_every_chain_of_the_pack_has_all_its_links_on_its_map(client: TestClient) -> None:
    chains = client.get("/api/chains").json()["chains"]
    assert len(chains) == 11
    for chain in chains:
        for lang in ("zh", "en"):
            report = client.get(f"/api/chains/{chain['id']}?lang={lang}").json()
            assert len(report["cells"]) == chain["links"]
            assert len(report["feeds"]) == chain["feeds"]
            for one, other in combinations(report["cells"], 2):
                assert (
                    one["x"] + one["width"] <= other["x"]
                    or other["x"] + other["width"] <= one["x"]
                    or one["y"] + one["height"] <= other["y"]
                    or other["y"] + other["height"] <= one["y"]
                )


def test_the_svg_draws_the_cells_of_the_json(client: TestClient) -> None:
    report = client.get(f"/api/chains/hydrogen?as_of={DAY}").json()
    answer = client.get(f"/api/chains/hydrogen/map.svg?as_of={DAY}")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert f"map-hydrogen-441200-{DAY}.svg" in answer.headers["content-disposition"]
    root = ET.fromstring(answer.content)
    drawn = [group for group in root.iter(f"{SVG}g") if group.get("class") == "cell"]
    told = [f"translate({cell['x']:.1f} {cell['y']:.1f})".replace(".0", "") for cell in report["cells"]]
    assert [group.get("transform") for group in drawn] == told
    titles = [(group.find(f"{SVG}title").text or "").split("，")[0] for group in drawn]  # type: ignore[union-attr]
    assert titles == [cell["name"] for cell in report["cells"]]


def test_chains_leads_to_the_default_chain_and_keeps_what_is_asked(client: TestClient) -> None:
    answer = client.get("/chains?view=graph&lang=en", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/chains/ev?view=graph&lang=en")
    answer = client.get("/chains?chain=storage&region=&lang=en", follow_redirects=False)
    assert answer.headers["location"] == "/chains/storage?lang=en"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/chains/nowhere", 404),
        ("/chains/ev?link=nowhere", 404),
        ("/chains/ev?region=nowhere", 404),
        ("/chains/ev?as_of=yesterday", 400),
        ("/chains/ev?view=pie", 400),
        ("/api/chains/nowhere", 404),
        ("/api/chains/nowhere/map.svg", 404),
        ("/chains?chain=../../x", 404),
    ],
)
def test_what_is_not_there_is_told_and_nothing_breaks(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_a_shared_url_shows_the_link_without_a_script(client: TestClient) -> None:
    text = client.get("/chains/ev?link=seat").text
    assert '<article class="link-panel" data-link="seat"' in text


def test_a_click_selects_a_link_and_escape_lets_it_go(served: Served, watched: Watched) -> None:
    page = watched.page
    _opened(page, f"{served.url}/chains/ev")
    page.click('.cell[data-link="body-stamping"]')
    page.wait_for_selector('.link-panel[data-link="body-stamping"]')
    assert page.url.endswith("?link=body-stamping")
    assert page.get_attribute('.cell[data-link="body-stamping"]', "aria-pressed") == "true"
    page.go_back()
    page.wait_for_selector('.cell[data-link="body-stamping"][aria-pressed="false"]')
    page.go_forward()
    page.wait_for_selector('.cell[data-link="body-stamping"][aria-pressed="true"]')
    page.focus('.cell[data-link="body-stamping"]')
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel .gap-list")
    assert "link=" not in page.url


def test_the_map_goes_by_the_keyboard(served: Served, watched: Watched) -> None:
    page = watched.page
    _opened(page, f"{served.url}/chains/ev?link=seat")
    page.focus('.cell[data-link="seat"]')
    page.keyboard.press("ArrowDown")
    below = page.evaluate("document.activeElement.dataset.link")
    assert below != "seat"
    seat, other = (page.locator(f'.cell[data-link="{link}"]').bounding_box() for link in ("seat", below))
    assert seat is not None
    assert other is not None
    assert other["y"] > seat["y"]
    page.keyboard.press("Enter")
    page.wait_for_selector(f'.link-panel[data-link="{below}"]')
    assert page.url.endswith(f"link={below}")
    assert page.locator('.cell[tabindex="0"]').count() == 1


def test_the_legend_filters_map_and_list_and_stands_in_the_url(served: Served, watched: Watched) -> None:
    page = watched.page
    _opened(page, f"{served.url}/chains/ev")
    page.click('.key[data-filter="status"][data-value="missing"]')
    page.click('.key[data-filter="status"][data-value="thin"]')
    assert page.url.endswith("?status=missing%2Cthin")

    def seen() -> tuple[set[str], set[str]]:
        cells = page.locator(".cell:not(.dim)").evaluate_all("all => all.map(each => each.dataset.status)")
        rows = page.locator("#panel tr[data-link]:not([hidden])").evaluate_all("all => all.map(e => e.dataset.status)")
        return set(cells), set(rows)

    assert seen() == ({"missing", "thin"}, {"missing", "thin"})
    assert page.locator('.cell[data-status="no_data"] .face[opacity]').count() > 0
    page.reload()
    page.wait_for_selector('.key[data-value="missing"][aria-pressed="true"]')
    assert seen() == ({"missing", "thin"}, {"missing", "thin"})
    page.click("#view-map [data-clear-filter]")
    assert page.locator(".cell.dim").count() == 0
    assert "status" not in page.url


def test_a_hovered_link_shows_whom_it_feeds(served: Served, watched: Watched) -> None:
    page = watched.page
    _opened(page, f"{served.url}/chains/ev")
    feed = page.locator('.feeds path[data-from="seat"][data-to="vehicle-assembly"]')
    before = feed.get_attribute("stroke-width")
    page.hover('.cell[data-link="seat"]')
    page.wait_for_selector(".feeds path[data-was-stroke]", state="attached")
    assert feed.get_attribute("stroke-width") != before
    page.hover(".legend")
    page.wait_for_selector(".feeds path[data-was-stroke]", state="detached")
    assert feed.get_attribute("stroke-width") == before


def test_pictures_of_what_is_seen_are_real(served: Served, watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    _opened(page, f"{served.url}/chains/ev?link=seat&status=planned&as_of={DAY}")
    found: dict[str, bytes] = {}
    for kind in ("svg", "png"):
        page.click("#export-menu summary")
        with page.expect_download() as loading:
            page.click(f"[data-picture={kind}]")
        assert loading.value.suggested_filename == f"map-ev-441200-{DAY}.{kind}"
        loading.value.save_as(tmp_path / kind)
        found[kind] = (tmp_path / kind).read_bytes()
    root = ET.fromstring(found["svg"])
    width, height = (float(root.attrib[side]) for side in ("width", "height"))
    assert [side for side in root.attrib if side.startswith("data-")] == []
    faded = [group for group in root.iter(f"{SVG}g") if group.get("opacity")]
    assert len(faded) > 40
    assert found["png"][:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", found["png"][16:24]) == (round(2 * width), round(2 * height))


def test_zoom_fits_the_whole_map_and_the_width_again(served: Served, watched: Watched) -> None:
    page = watched.page
    _opened(page, f"{served.url}/chains/ev")

    def box() -> dict[str, float]:
        return page.evaluate(
            "(({width, height}) => ({width, height}))(document.querySelector('svg.map').getBoundingClientRect())"
        )  # type: ignore[no-any-return]

    first = box()
    page.click("[data-zoom=whole]")
    room = page.locator("#map-scroll").bounding_box()
    assert room is not None
    assert box()["height"] <= room["height"]
    page.click("[data-zoom=in]")
    page.click("[data-zoom=width]")
    assert box() == first


def test_another_chain_keeps_region_and_view(served: Served, watched: Watched) -> None:
    page = watched.page
    _opened(page, f"{served.url}/chains/ev?region=441204&view=gaps&link=seat")
    page.select_option("#asking select", "storage")
    page.wait_for_url("**/chains/storage?region=441204&view=gaps")
    page.fill("#asking .region", "肇庆市")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chains/storage?region=%E8%82%87%E5%BA%86%E5%B8%82&view=gaps")


def test_the_share_button_offers_the_url(served: Served, chromium: Browser) -> None:
    with window(chromium) as seen:
        page = seen.page
        _opened(page, f"{served.url}/chains/ev?status=thin")
        # As on an address without https, where a browser has no clipboard for pages.
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        page.click("#share")
        assert page.input_value("#share-box input") == page.url
        assert seen.complaints == []


def test_the_page_fits_a_small_screen(served: Served, chromium: Browser) -> None:
    with window(chromium, SMALL) as seen:
        page = seen.page
        _opened(page, f"{served.url}/chains/ev?lang=en")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= SMALL[0]
        for selector in ("#share", "#print", "#export-menu summary", "#tabs"):
            box = page.locator(selector).bounding_box()
            assert box is not None, selector
            assert box["x"] + box["width"] <= SMALL[0], selector
        page.click("#fold-panel")
        assert not page.locator("#panel").is_visible()
        page.click('.cell[data-link="seat"]')
        page.wait_for_selector("#panel .link-panel")
        assert seen.complaints == []
