"""`chaingraph viz`: the map and graph of a chain as one file that works from a disk, with the network cut."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from chaingraph.cli import cli
from chaingraph.config import Neo4jAddress
from chaingraph.errors import UsageError
from chaingraph.export.script_bundle import bundle, script, style
from chaingraph.service.gaps import gaps
from chaingraph.service.ledger.actions import accept_lead
from chaingraph.service.projects import projects
from chaingraph.service.viz import viz
from tests.web.conftest import SMALL, WIDE, window
from tests.web.ledger_made import signed

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from chaingraph.config import Settings

DAY = "2026-11-22"


@pytest.fixture(scope="module")
def file(seeds: Settings, seeds_workspace: str, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001
    """The file of the EV chain."""
    path = tmp_path_factory.mktemp("viz") / "ev.html"
    path.write_bytes(viz(seeds, "ev", as_of=DAY))
    return path


def _cell(page: Page, link: str) -> None:
    page.locator(f'svg.map .cell[data-link="{link}"]').click()


@pytest.mark.parametrize("size", [WIDE, SMALL])
def test_a_reader_goes_from_the_map_to_a_link_and_to_the_graph(
    seeds: Settings, file: Path, chromium: Browser, size: tuple[int, int]
) -> None:
    report = gaps(seeds, "ev", as_of=DAY)
    top = report.gaps[0]
    with window(chromium, size) as seen:
        page = seen.page
        page.context.set_offline(True)
        page.goto(f"file://{file}")
        assert page.locator("svg.map .cell").count() == len(report.rows)
        _cell(page, top.link)
        assert page.locator("#panel h2:visible").inner_text() == top.name
        assert top.reason in page.locator("#panel").inner_text()
        page.locator('.legend [data-value="missing"]').click()
        missing = [row for row in report.rows.values() if row.status == "missing" and not row.without_data]
        assert page.locator("svg.map .cell:not(.dim)").count() == len(missing)
        page.locator("#view-map [data-clear-filter]").click()
        page.locator('#tabs [data-view="graph"]').click()
        page.locator(".graph-frame[data-ready]").wait_for()
        assert page.locator(".graph-frame").get_attribute("data-chosen") == top.link
        page.locator(".graph-find").fill("小鹏")
        page.locator(".graph-find").press("Enter")
        assert page.locator(".graph-card h3").inner_text() == "小鹏汽车"
        page.locator('#tabs [data-view="gaps"]').click()
        assert page.locator("#view-gaps tr[data-link]:visible").count() == len(report.rows)
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
        assert seen.complaints == []
        assert [url for url in seen.asked if not url.startswith((f"file://{file}", "data:", "blob:"))] == []


def test_what_is_seen_stands_in_its_address(file: Path, chromium: Browser) -> None:
    with window(chromium) as seen:
        seen.page.goto(f"file://{file}?view=graph&link=separator&status=claimed")
        seen.page.locator(".graph-frame[data-ready]").wait_for()
        assert seen.page.locator("#panel h2:visible").inner_text() == "隔膜"
        assert seen.page.locator('#view-map .key[data-value="claimed"]').get_attribute("aria-pressed") == "true"


def test_a_picture_is_saved_from_the_file(file: Path, chromium: Browser) -> None:
    with window(chromium) as seen:
        for view, start in (("map", b"<svg"), ("graph", b"<svg")):
            seen.page.goto(f"file://{file}?view={view}")
            if view == "graph":
                seen.page.locator(".graph-frame[data-ready]").wait_for()
            seen.page.locator("#export-menu summary").click()
            with seen.page.expect_download() as downloading:
                seen.page.locator('[data-picture="svg"]').click()
            assert start in downloading.value.path().read_bytes()[:200]
        seen.page.locator("#export-menu summary").click()
        with seen.page.expect_download() as downloading:
            seen.page.locator('[data-picture="png"]').click()
        assert downloading.value.path().read_bytes().startswith(b"\x89PNG")
        assert seen.complaints == []


def test_every_byte_is_ascii_and_the_same_data_make_the_same_bytes(seeds: Settings, file: Path) -> None:
    content = file.read_bytes()
    assert max(content) < 128
    assert viz(seeds, "ev", as_of=DAY) == content


def test_its_policy_lets_it_ask_nobody(file: Path) -> None:
    text = file.read_text(encoding="ascii")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert "unsafe" not in policy[1]
    assert "default-src &#39;none&#39;" in policy[1]
    assert not re.search(r'<(?:script|link|img|iframe)[^>]* (?:src|href)="(?!data:)', text)


def test_it_tells_nothing_of_the_ledger_and_links_to_no_page_of_the_server(office: Settings) -> None:
    accept_lead(office, "putailai/separator", owner="张三的负责人", user="李四的账号", despite="试")
    text = viz(office, "ev").decode("ascii")
    assert "".join(f"&#{ord(letter)};" for letter in "张三的负责人") not in text
    links = set(re.findall(r'<a\b[^>]* href="([^"]*)"', text))
    assert links
    assert {link for link in links if not link.startswith(("?", "http://", "https://"))} == set()
    assert " data-accept=" not in text


def test_a_signature_in_the_ledger_changes_no_byte_of_it(office: Settings) -> None:
    before = viz(office, "ev")
    lead = signed(office)
    assert lead.id.lower() in {project.id for project in projects(office).projects}, "here it is a project"
    assert viz(office, "ev") == before


def test_it_is_not_made_from_a_server_whose_graph_holds_what_was_signed(seeds: Settings) -> None:
    with pytest.raises(UsageError) as refused:
        viz(seeds._replace(store=Neo4jAddress("bolt://127.0.0.1:9")), "ev")
    for lang in ("zh", "en"):
        assert "--store memory" in refused.value.text.in_(lang)


def test_it_speaks_english(seeds: Settings, tmp_path: Path, chromium: Browser) -> None:
    path = tmp_path / "ev.html"
    path.write_bytes(viz(seeds, "ev", lang="en"))
    with window(chromium) as seen:
        seen.page.goto(f"file://{path}?link=separator")
        assert seen.page.locator("#panel h2:visible").inner_text() == "Separator"
        assert seen.page.locator("#tabs").inner_text().split()[:2] == ["Map", "Graph"]
        assert seen.complaints == []


def test_the_command_writes_the_file_whole_or_not_at_all(seeds: Settings, seeds_workspace: str, tmp_path: Path) -> None:
    out = tmp_path / "ev.html"
    asked = ["viz", "--chain", "ev", "--as-of", DAY, "--workspace", seeds_workspace]
    assert CliRunner().invoke(cli, [*asked, "--out", str(out)], catch_exceptions=False).exit_code == 0
    assert out.read_bytes() == viz(seeds, "ev", as_of=DAY)
    printed = CliRunner().invoke(cli, asked, catch_exceptions=False)
    assert printed.stdout_bytes == out.read_bytes()


def test_an_unknown_chain_is_told(small: Settings) -> None:
    from chaingraph.errors import NotFound

    with pytest.raises(NotFound):
        viz(small, "nothing")


# --- the bundle of our modules ---


def test_the_bundler_refuses_what_it_cannot_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from chaingraph.export import script_bundle

    monkeypatch.setattr(script_bundle, "asset_path", lambda name: tmp_path / name.removeprefix("js/"))
    for text in ('import x from "./b.js";', "export default 1;", 'import { a } from "../b.js";', "export let a = 1;"):
        (tmp_path / "a.js").write_text(text)
        with pytest.raises(ValueError, match=r"js/a\.js"):
            bundle("a.js")
    (tmp_path / "a.js").write_text('import "./b.js";')
    (tmp_path / "b.js").write_text('import "./a.js";')
    with pytest.raises(ValueError, match="circle"):
        bundle("a.js")


def test_letters_beyond_ascii_are_written_so_that_scripts_and_styles_read_the_same() -> None:
    assert script('x = "é😀</script><!--"') == 'x = "\\u00e9\\ud83d\\ude00\\x3c/script>\\x3c!--"'
    assert style('font: "微"</style>') == 'font: "\\5fae "<\\/style>'
