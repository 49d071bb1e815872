"""A pack whose every text is hostile: each page shows it as text, runs nothing of it, and keeps its layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chaingraph.config import settings
from chaingraph.export.map_svg import map_svg_file
from chaingraph.service.chain_map import chain_map
from chaingraph.service.ledger.actions import accept_lead, note_lead
from chaingraph.service.ledger.board import list_leads
from chaingraph.service.viz import viz
from chaingraph.web.app import build
from tests.hostile_pack import ALL_AT_ONCE, HOSTILE, write_hostile
from tests.web.all_pages import Asked, urls
from tests.web.conftest import SMALL, serving, window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from chaingraph.config import Settings
    from tests.web.conftest import Watched

LONGEST = 150
"""So many characters of an owner's name and of a note are taken."""


@pytest.fixture
def hostile(tmp_path: Path) -> Settings:
    """An office over the hostile pack, with leads in its ledger whose owner, user, note and reason are hostile too."""
    office = settings(tmp_path / "workspace", [write_hostile(tmp_path / "hostile").folder], environ={})
    worst = ALL_AT_ONCE[:LONGEST]
    accept_lead(office, "packer/pack-link", owner=worst, user=worst)
    note_lead(office, "packer/pack-link", worst, user=worst)
    accept_lead(office, "celler/cell", owner="X" * LONGEST, despite=worst, user=worst)
    return office


def _asked(office: Settings) -> Asked:
    """The ids and words of the hostile pack."""
    links, texts = ["pack-link", "car", "cell"], [ALL_AT_ONCE[:LONGEST], *HOSTILE[:3], "造车"]
    values = {
        "chains": ["demo"],
        "links": links,
        "leads": [lead.id for lead in list_leads(office).leads],
        "firms": ["maker", "packer", "celler", "rival"],
        "parks": ["yard"],
        "projects": ["plant"],
        "regions": ["441200", "441283"],
        "platforms": ["lab"],
        "policies": ["rules"],
        "targets": ["aim"],
        "actuals": ["got"],
        "sources": ["report", "paper", "register", "curators"],
    }
    ends = [("packer", "maker"), *((text, "maker") for text in texts)]
    queries = {
        "/chains/{chain}": [{"view": "graph"}, {"view": "gaps"}, *({"link": link} for link in links)],
        "/leads": [{"view": "board"}, {"owner": texts[0]}],
        "/search": [{"q": text} for text in texts],
        "/path": [{"start": start, "end": end} for start, end in ends],
        "/": [{"region": texts[0]}],
    }
    pairs = ["/leads/packer/pack-link", "/leads/rival/pack-link"]
    return Asked(values, queries, {"/leads/{firm}/{link}": pairs})


def test_no_text_of_a_pack_is_run_and_no_page_grows_wider_than_its_window(hostile: Settings, chromium: Browser) -> None:
    wrong: list[str] = []
    with serving(build(hostile)) as host, window(chromium, SMALL) as seen:
        seen.page.on("dialog", lambda dialog: (wrong.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
        for url in urls(_asked(hostile)):
            wrong += [f"{url}: {what}" for what in _looked_at(seen, host + url)]
    assert wrong == [], "\n".join(wrong)


def test_the_files_to_send_around_run_no_text_either(hostile: Settings, chromium: Browser, tmp_path: Path) -> None:
    wrong: list[str] = []
    files = {"demo.html": viz(hostile, "demo"), "map.svg": map_svg_file(chain_map(hostile, "demo"))}
    with window(chromium, SMALL) as seen:
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
            for query in ("", "?view=graph&link=pack-link", "?view=gaps"):
                wrong += [f"{name}{query}: {what}" for what in _looked_at(seen, f"file://{tmp_path / name}{query}")]
            if name.endswith(".html"):
                assert ALL_AT_ONCE[:20] in seen.page.locator("#panel").inner_text()
    assert wrong == [], "\n".join(wrong)


def _looked_at(seen: Watched, url: str) -> Iterator[str]:
    """What is wrong with a page."""
    seen.complaints.clear()
    answer = seen.page.goto(url, wait_until="networkidle")
    assert answer is not None
    if answer.status >= 500:
        yield f"status {answer.status}"
    hit = seen.page.evaluate("window.__hit")
    if hit is not None:
        yield f"ran a text of the pack ({hit})"
    if url.endswith(".svg") or not seen.page.locator("main").count():
        # A picture, or a piece of a page, which has its looks from the page around it.
        return
    wide, room = seen.page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    if wide > room:
        yield f"is {wide} wide in a window of {room}"
    # The browser tells of every answer that is an error; the page itself is asked about above.
    yield from (told for told in seen.complaints if answer.ok or "Failed to load resource" not in told)
