"""The graph: its JSON, and the view of it driven in a browser."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from chaingraph.analysis.graph_layout import HEIGHT, WIDTH
from chaingraph.config import Settings
from chaingraph.export.assets import asset_path
from chaingraph.service.graph.chain_graph import MOST
from chaingraph.web.app import build
from tests.web.conftest import SMALL, serving, window

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page, Route
    from starlette.testclient import TestClient

    from tests.small_pack import SmallPack
    from tests.web.conftest import Served, Watched

CHAINS = (
    *("agriculture", "biomedicine", "building-materials", "electronics", "ev", "fine-chemicals", "food", "furniture"),
    *("hydrogen", "metals", "storage"),
)


def asked(client: TestClient, path: str, **more: Any) -> dict[str, Any]:
    """The JSON of a path, which must be there."""
    answer = client.get(path, params=more)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


# --- JSON --------------------------------------------------------------------------------------------------------


def test_every_chain_of_the_pack_has_a_graph_that_a_browser_can_show(client: TestClient) -> None:
    assert asked(client, "/api/chains/ev/graph")["chain"] == "ev"
    for chain in CHAINS:
        graph = asked(client, f"/api/chains/{chain}/graph")
        places = {node["id"]: (node["x"], node["y"]) for node in graph["nodes"]}
        assert 0 < len(places) == len(graph["nodes"]) <= MOST
        assert all(edge["from_"] in places and edge["to"] in places for edge in graph["edges"])
        assert len({edge["id"] for edge in graph["edges"]}) == len(graph["edges"])
        at = list(places.values())
        assert not [
            (one, other)
            for place, one in enumerate(at)
            for other in at[:place]
            if abs(one[0] - other[0]) < WIDTH and abs(one[1] - other[1]) < HEIGHT
        ], chain


def test_the_graph_of_a_chain_tells_what_the_gap_report_tells(client: TestClient) -> None:
    nodes = {node["id"]: node for node in asked(client, "/api/chains/ev/graph")["nodes"]}
    gaps = asked(client, "/api/chains/ev/gaps")["gaps"]
    assert {row["link"]: row["status"] for row in gaps} == {row["link"]: nodes[row["link"]]["status"] for row in gaps}
    assert nodes["xpeng"]["leader"]
    assert nodes["vehicle-assembly"]["status"] == "leader"


def test_a_graph_that_would_be_too_large_counts_what_it_leaves_out(client: TestClient) -> None:
    whole = asked(client, "/api/chains/ev/graph")
    part = asked(client, "/api/chains/ev/graph", most=80)
    assert len(part["nodes"]) == 80
    assert part["more"] == len(whole["nodes"]) - 80
    assert [node["id"] for node in part["nodes"]] == [node["id"] for node in whole["nodes"][:80]]


def test_neighbours_come_page_by_page_each_once(client: TestClient) -> None:
    seen: list[str] = []
    after, left = None, -1
    while after is not None or not seen:
        page = asked(client, "/api/graph/around", node="xpeng", most=10, **({"after": after} if after else {}))
        seen += [node["id"] for node in page["nodes"][1:]]
        after, left = page["next"], page["more"]
        ends = {node["id"] for node in page["nodes"]}
        assert all(edge["from_"] in ends and edge["to"] in ends for edge in page["edges"])
    assert left == 0
    assert len(set(seen)) == len(seen)
    facts = asked(client, "/api/firms/xpeng")["facts"]
    assert set(seen) == {fact["object"] for fact in facts if fact["object"]}


def test_a_tie_told_from_both_ends_is_one_edge(client: TestClient) -> None:
    one = {edge["id"] for edge in asked(client, "/api/graph/around", node="xpeng", most=100)["edges"]}
    other = {edge["id"] for edge in asked(client, "/api/graph/around", node="bojun", most=100)["edges"]}
    assert one & other == {"bojun>supplies>xpeng"}


def test_the_path_between_two_is_a_graph_with_its_steps_told(client: TestClient) -> None:
    graph = asked(client, "/api/graph/path", start="xpeng", end="separator")
    ids = [node["id"] for node in graph["nodes"]]
    steps = graph["paths"][0]
    assert [steps[0]["start"]["id"], steps[-1]["end"]["id"]] == ["xpeng", "separator"]
    assert {step["end"]["id"] for path in graph["paths"] for step in path} < set(ids)
    assert all(step["facts"] and step["facts"][0]["citations"] for step in steps)


@pytest.mark.parametrize(
    "path",
    [
        "/api/chains/nowhere/graph",
        "/api/graph/around?node=nobody",
        "/api/graph/around?node=xpeng&most=0",
        "/api/graph/around?node=xpeng&most=101",
        "/api/graph/around?node=xpeng&after=nobody",
        "/api/graph/path?start=xpeng&end=xpeng",
        "/api/graph/path?start=xpeng",
        "/api/chains/ev/graph?most=301",
    ],
)
def test_a_question_that_has_no_answer_is_refused_in_the_envelope(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404, 422)
    assert answer.json()["error"]["message"]


# --- the library -------------------------------------------------------------------------------------------------


def test_vis_network_is_the_installed_one_and_needs_no_eval(client: TestClient) -> None:
    served = client.get("/static/vendor/vis-network.min.js")
    assert served.content == asset_path("vendor/vis-network.min.js").read_bytes()
    assert "pyvis" in asset_path("vendor/vis-network.min.js").parts
    assert not re.search(rb"\beval\(|new Function\(|innerHTML", served.content)


# --- the view ----------------------------------------------------------------------------------------------------


def opened(page: Page, url: str) -> Locator:
    """The graph view of a URL, drawn."""
    page.goto(url)
    frame = page.locator(".graph-frame[data-ready]")
    frame.wait_for()
    return frame


def count(frame: Locator, what: str = "nodes") -> int:
    """How many nodes, edges, hidden ones or nodes of a path the view shows."""
    return int(frame.get_attribute(f"data-{what}") or -1)


def find(page: Page, name: str) -> None:
    """Finds a node by the keyboard alone."""
    page.locator(".graph-find").fill(name)
    page.locator(".graph-found li").first.wait_for()
    page.keyboard.press("Enter")


def test_the_graph_of_a_chain_opens_under_our_policy(served: Served, watched: Watched) -> None:
    frame = opened(watched.page, f"{served.url}/chains/ev?view=graph")
    assert count(frame) > 72
    assert frame.locator("canvas").bounding_box()["width"] > 600  # type: ignore[index]


def test_a_page_of_neighbours_is_asked_for_once_and_taken_back_with_its_count(served: Served, watched: Watched) -> None:
    page = watched.page
    frame = opened(page, f"{served.url}/chains/ev?view=graph")
    find(page, "小鹏汽车")
    button = page.locator('.graph-card [data-do="open"]')
    for _ in range(2):
        before, told = count(frame), button.inner_text()
        # The second click comes while the first is being answered.
        button.evaluate("button => { button.click(); button.click(); }")
        page.locator(f'.graph-frame:not([data-nodes="{before}"])').wait_for()
    assert button.is_disabled(), "all are shown"
    page.get_by_role("button", name="撤销").click()
    assert (count(frame), button.inner_text()) == (before, told)
    assert "expand=xpeng&" in f"{page.url}&"
    assert len([url for url in watched.asked if "/api/graph/around" in url]) == 2


def test_a_node_taken_back_while_it_is_being_opened_stays_away(served: Served, watched: Watched) -> None:
    page = watched.page
    opened(page, f"{served.url}/chains/ev?view=graph&expand=xpeng")
    held: list[Route] = []
    page.route("**/api/graph/around?*node=sunwoda*", lambda route: held.append(route))
    find(page, "欣旺达")
    with page.expect_request("**/api/graph/around?*node=sunwoda*"):
        page.locator('.graph-card [data-do="open"]').click()
    page.get_by_role("button", name="撤销").click()
    with page.expect_response("**/api/graph/around?*node=sunwoda*"):
        held[0].continue_()
    find(page, "小鹏汽车")
    page.locator('.graph-card [data-do="open"]').click()
    page.get_by_role("button", name="再展开").wait_for()
    assert page.locator("#toasts .toast").count() == 0
    assert "sunwoda" not in page.url


def test_a_node_is_found_expanded_taken_back_hidden_and_shown_again(served: Served, watched: Watched) -> None:
    page = watched.page
    frame = opened(page, f"{served.url}/chains/ev?view=graph")
    before = count(frame)
    find(page, "小鹏汽车")
    card = page.locator(".graph-card")
    assert card.locator("h3").inner_text() == "小鹏汽车"
    card.get_by_role("button", name="展开").click()
    page.locator(f'.graph-frame:not([data-nodes="{before}"])').wait_for()
    assert count(frame) > before
    assert "expand=xpeng" in page.url
    page.get_by_role("button", name="撤销").click()
    assert count(frame) == before
    find(page, "小鹏汽车")
    card.get_by_role("button", name="隐藏").click()
    assert (count(frame), count(frame, "hidden")) == (before - 1, 1)
    page.get_by_role("button", name="全部显示").click()
    assert count(frame) == before


def test_a_click_on_a_node_chooses_it_and_a_link_is_told_of_in_the_panel(served: Served, watched: Watched) -> None:
    page = watched.page
    frame = opened(page, f"{served.url}/chains/ev?view=graph")
    find(page, "隔膜")
    page.locator("#panel h2", has_text="隔膜").wait_for()
    page.locator(".graph-card").get_by_role("button", name="关闭").click()
    assert frame.get_attribute("data-chosen") == ""
    # Who is found stands in the middle of the picture.
    box = frame.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator('.graph-frame[data-chosen="separator"]').wait_for()


def test_kinds_and_stages_are_filtered_by_the_legend(served: Served, watched: Watched) -> None:
    page = watched.page
    frame = opened(page, f"{served.url}/chains/ev?view=graph")
    whole = count(frame)
    legend = page.locator(".graph-legend")
    legend.get_by_role("button", name="环节").click()
    assert count(frame) == 72
    legend.get_by_role("button", name="下游").click()
    assert 0 < count(frame) < 20
    legend.get_by_role("button", name="环节").click()
    legend.get_by_role("button", name="下游").click()
    assert count(frame) == whole


def test_a_path_is_marked_told_with_its_evidence_and_shared_by_the_url(
    served: Served, watched: Watched, chromium: Browser
) -> None:
    page = watched.page
    frame = opened(page, f"{served.url}/chains/ev?view=graph")
    find(page, "小鹏汽车")
    page.locator('.graph-card [data-do="open"]').click()
    page.locator(".graph-said", has_text="新增").wait_for()
    find(page, "小鹏汽车")
    page.locator('.graph-card [data-do="from"]').click()
    find(page, "隔膜")
    page.locator('.graph-card [data-do="to"]').click()
    page.locator('.graph-frame:not([data-path="0"])').wait_for()
    steps = page.locator(".graph-path ol > li")
    assert steps.count() == count(frame, "path") - 1
    assert steps.first.locator(".grade").first.inner_text() in "ABCD"
    steps.first.locator("summary").click()
    assert steps.first.locator("details a").first.get_attribute("href").startswith("/sources/")  # type: ignore[union-attr]
    find(page, "轮胎")
    page.locator('.graph-card [data-do="hide"]').click()
    with window(chromium, SMALL) as other:
        again = opened(other.page, page.url)
        for what in ("nodes", "edges", "hidden", "path"):
            assert count(again, what) == count(frame, what)
        assert other.page.url == page.url
        assert other.complaints == []


def test_pinned_nodes_stay_when_the_others_are_tidied_and_in_the_url(served: Served, watched: Watched) -> None:
    page = watched.page
    frame = opened(page, f"{served.url}/chains/hydrogen?view=graph")
    find(page, "碳纤维")
    page.locator('.graph-card [data-do="pin"]').click()
    assert "pin=carbon-fibre" in page.url
    pinned = page.url
    page.get_by_role("button", name="归位").click()
    assert page.url == pinned
    opened(page, pinned)
    find(page, "碳纤维")
    page.locator(".graph-card").get_by_role("button", name="取消固定").click()
    assert "pin=" not in page.url
    assert count(frame) > 0


def test_the_picture_is_saved_as_svg_and_png(served: Served, watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    frame = opened(page, f"{served.url}/chains/hydrogen?view=graph")
    for kind in ("svg", "png"):
        with page.expect_download() as saved:
            page.locator(f'.graph-tools [data-do="{kind}"]').click()
        saved.value.save_as(tmp_path / f"graph.{kind}")
    drawing = ElementTree.parse(tmp_path / "graph.svg").getroot()
    svg = "{http://www.w3.org/2000/svg}"
    assert len(drawing.findall(f"{svg}g")) == count(frame)
    assert len(drawing.findall(f"{svg}path")) == count(frame, "edges")
    assert "碳纤维" in "".join(drawing.itertext())
    png = (tmp_path / "graph.png").read_bytes()
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(png[16:20], "big") > 1000


def test_beyond_its_cap_the_graph_refuses_to_expand_in_a_sentence(served: Served, watched: Watched) -> None:
    page = watched.page
    frame = opened(page, f"{served.url}/chains/ev?view=graph&expand=vehicle-assembly.441200*10")
    before = count(frame)
    assert MOST - 30 < before <= MOST
    find(page, "肇庆市")
    page.locator('.graph-card [data-do="open"]').click()
    page.locator(".graph-said", has_text=f"图中最多 {MOST} 个节点").wait_for()
    assert count(frame) == before


def test_a_hostile_name_is_text_in_the_picture_the_card_and_the_file(
    pack: SmallPack, watched: Watched, tmp_path: Path
) -> None:
    name = "<img src=x onerror=alert(1)>\"'&</script>\u202e" + "长" * 150
    pack.edit("firms/all.yaml", "short_name: 造车", f"short_name: {json.dumps(name)}")
    page = watched.page
    with serving(build(Settings(tmp_path / "workspace", (pack.folder,)))) as url:
        opened(page, f"{url}/chains/demo?view=graph")
        find(page, "onerror")
        assert page.locator(".graph-card h3").text_content() == name
        with page.expect_download() as saved:
            page.locator('.graph-tools [data-do="svg"]').click()
        saved.value.save_as(tmp_path / "graph.svg")
    drawing = ElementTree.parse(tmp_path / "graph.svg")
    assert not [each for each in drawing.iter() if each.tag.endswith(("img", "script", "image"))]
    assert any((title.text or "").startswith(name) for title in drawing.iter("{http://www.w3.org/2000/svg}title"))


@pytest.mark.parametrize("path", ["/firms/xpeng", "/links/separator?chain=ev"])
def test_the_neighbourhood_on_a_page_is_drawn_and_told_to_the_keyboard(
    served: Served, watched: Watched, path: str
) -> None:
    page = watched.page
    page.goto(served.url + path)
    small = page.locator(".graph.small[data-nodes]")
    small.wait_for()
    assert small.locator(".neighbours a").count() == int(small.get_attribute("data-nodes") or 0) - 1
