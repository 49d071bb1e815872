"""The explorer over a national registry: first paint of the EV map, expanding a node, searching; server and Chromium.

`python benchmarks/explorer.py 1e5 1e6`. Everything is measured from outside, on loopback: paint by the browser itself,
the rest as whole requests. Goals at a million firms: paint at most 1 s, expand at most 150 ms, search at most 100 ms.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlsplit

import numpy as np
from national_registry import national_registry
from search import queries

from chaingraph.config import settings
from chaingraph.packs.loader import load
from chaingraph.service.workspace import open_snapshot
from chaingraph.stores.compile import compile_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.stores.imported import Imported

SIZES = (100_000, 1_000_000)
PAINT_MS, EXPAND_MS, SEARCH_MS = 1000, 150, 100
"""The goals at a million firms, for medians."""
VISITS, ASKED = 9, 15
PAGE, HITS = 30, 20
NOTE_THE_MAP = """
new MutationObserver((_, seen) => {
  if (document.querySelector("svg.map .cell")) { window.mapMs = performance.now(); seen.disconnect(); }
}).observe(document, { childList: true, subtree: true });
"""
PAINTED = "() => [performance.getEntriesByName('first-contentful-paint')[0]?.startTime, window.mapMs]"


class Line(NamedTuple):
    """What was timed, in milliseconds, and the goal for its median."""

    name: str
    taken: list[float]
    goal: int | None = None

    def __str__(self) -> str:
        middle, longest = statistics.median(self.taken), max(self.taken)
        goal = "" if self.goal is None else f"   (goal: at most {self.goal})"
        return f"{self.name:<44} {middle:8.0f} {longest:8.0f}  ms{goal}"


def main() -> None:
    """Runs each size and prints its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("firms", type=float, nargs="*", default=SIZES, metavar="FIRMS")
    for firms in map(int, parser.parse_args().firms):
        with tempfile.TemporaryDirectory(prefix="chaingraph-explorer-") as folder:
            imported = _workspace(Path(folder), firms)
            print(f"== {firms:,} firms, {len(imported.makes_firm):,} makings")
            with _server(Path(folder)) as url:
                _measure(url, imported)


def _workspace(folder: Path, firms: int) -> Imported:
    """A workspace whose snapshot holds a drawn registry, where the explorer looks for that of the packs."""
    office = settings(folder, (), environ={})
    _, name = open_snapshot(office)
    graph = load(office.packs).graph_or_raise()
    # Imports of directories tell of no supplies, so none are drawn.
    none = np.zeros(0, dtype=np.int32)
    ties = {"supplies_from": none, "supplies_to": none, "supplies_as_of": none, "supplies_source": []}
    imported = replace(national_registry(graph, firms), **ties, supplies_grade=none.astype(np.int8))
    drawn = compile_snapshot(graph, folder, "drawn", imported=imported)
    shutil.rmtree(folder / "snapshots" / name)
    os.replace(drawn, folder / "snapshots" / name)
    return imported


@contextmanager
def _server(workspace: Path) -> Iterator[str]:
    serve = ["serve", "--no-browser", "--port", "0", "--workspace", str(workspace)]
    start = time.perf_counter()
    with subprocess.Popen([sys.executable, "-m", "chaingraph", *serve], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            told = re.search(r"http://[^/]+/", server.stdout.readline())
            assert told is not None
            print(f"{'the server answers after':<44} {1000 * (time.perf_counter() - start):8.0f}           ms")
            yield told[0]
        finally:
            server.terminate()


def _measure(url: str, imported: Imported) -> None:
    first, *visits = _visits(f"{url}chains/ev", VISITS + 1)
    print(f"{'':<44} {'median':>8} {'max':>8}")
    print(Line("EV map, the first visit to a new server", [first[0]]))
    print(Line("EV map, first contentful paint", [paint for paint, _ in visits], PAINT_MS))
    print(Line("EV map, until it is in the page", [there for _, there in visits], PAINT_MS))
    asking = _Asking(url)
    link, firm = _busiest(asking)
    for name, node in (("the link with most makers", link), ("a firm", firm)):
        path = f"/api/graph/around?node={quote(node)}&most={PAGE}"
        onward = asking.json(path)["next"]
        print(Line(f"expand {name} ({node[:16]})", asking.times(path), EXPAND_MS))
        if onward:
            print(Line("  its next page", asking.times(f"{path}&after={quote(onward)}"), EXPAND_MS))
    for kind, texts in queries(imported).items():
        paths = [f"/api/search?q={quote(text)}&top={HITS}" for text in texts]
        print(Line(f"search: {kind}", [taken for path in paths for taken in asking.times(path, 3)], SEARCH_MS))


def _visits(url: str, times: int) -> list[tuple[float, float]]:
    """First paint and presence of the map, in milliseconds, in a new session each time: nothing is cached."""
    from playwright.sync_api import sync_playwright

    found = []
    with sync_playwright() as playwright:
        path = shutil.which(os.environ.get("CHAINGRAPH_CHROMIUM", "chromium"))
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for _ in range(times):
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            page = context.new_page()
            page.add_init_script(NOTE_THE_MAP)
            page.goto(url, wait_until="load")
            page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length && window.mapMs")
            paint, there = page.evaluate(PAINTED)
            found.append((paint, there))
            context.close()
        browser.close()
    return found


class _Asking:
    """Asks the server over one connection, as a browser does."""

    def __init__(self, url: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc)

    def _answer(self, path: str) -> bytes:
        self._connection.request("GET", path)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {content[:300]!r}")
        return content

    def json(self, path: str) -> Any:
        """The answer to a question."""
        return json.loads(self._answer(path))

    def times(self, path: str, times: int = ASKED) -> list[float]:
        """Milliseconds of whole requests, the answer read; the first is not counted."""
        self._answer(path)
        taken = []
        for _ in range(times):
            start = time.perf_counter()
            self._answer(path)
            taken.append(1000 * (time.perf_counter() - start))
        return taken


def _busiest(asking: _Asking) -> tuple[str, str]:
    """The link of the EV chain that most firms make, and one of those."""
    report = asking.json("/api/chains/ev/gaps")
    rows = [row for part in ("gaps", "no_data", "covered", "leader_links") for row in report[part]]
    link = max(rows, key=lambda row: row["rings"][-1]["firms"])["link"]
    around = asking.json(f"/api/graph/around?node={link}&most={PAGE}")
    return link, next(node["id"] for node in around["nodes"] if node["kind"] == "firm")


if __name__ == "__main__":
    main()
