"""The store at the size of a nation: one chain and city beside networkx and duckdb, every chain and city, and by size.

Each size is drawn, compiled and asked in processes of its own, so that the peaks of memory are theirs alone. All three
engines must tell the same before any of them is timed.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import firm_facts
import oracle_networkx
from national_registry import national_registry
from oracle_duckdb import FirmTables
from synthetic_chains import with_chains
from timing import ratio, side_by_side, told, whole_process

from chaingraph.config import settings
from chaingraph.model.words import GRADES
from chaingraph.packs.loader import load
from chaingraph.service.asked import Asked
from chaingraph.service.gaps import report_on
from chaingraph.stores.compile import compile_snapshot
from chaingraph.stores.keys import days
from chaingraph.stores.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from chaingraph.model.graph import Graph
    from chaingraph.stores.base import Store

SIZES = (100_000, 1_000_000)
CHAIN, REGION, DAY = "ev", "441200", date(2026, 11, 22)
CHAINS = 20
CHECKED = (REGION, "441204", "440300", "310000", "650100")
"""Regions whose answers are compared: the home city, a county, the largest city, a city of province rank, a far one."""

NETWORKX_TIMES, DUCKDB_TIMES, PROCESS_TIMES, EXPONENT = 100, 20, 1.5, 0.7
"""The goals at a million firms; the last for the growth from the smallest size to the largest."""

GOAL_AT = 1_000_000
MOST_ELSEWHERE = 1_000_000
"""Above this size only the snapshot is asked: the networkx graph would not fit beside it."""

ROUNDS, CALLS = 11, 20


@dataclass
class Figures:
    """What one size took, in seconds: medians, but for what happens once."""

    presence: list[float]
    report: list[float]
    first: float
    cities: int
    chains: int
    total: float
    mean: float
    longest: float
    rows: int
    networkx: list[float] | None = None
    networkx_load: float | None = None
    networkx_mb: float | None = None
    duckdb: list[float] | None = None
    duckdb_load: float | None = None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=_size, default=SIZES)
    parser.add_argument("--step", choices=("compile", "ask"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps((_compile if given.step == "compile" else _ask)(given.sizes[0], given.folder)))
        return
    medians = {size: _measure(size) for size in sorted(given.sizes)}
    sizes = list(medians)
    for least, most in {(a, b) for a in sizes for b in sizes if a < b and b == sizes[-1]}:
        grown = math.log(medians[most] / medians[least]) / math.log(most / least)
        print(f"exponent of a query from {least:,} to {most:,} firms: {grown:.2f} (goal: at most {EXPONENT})")


def _size(text: str) -> int:
    return int(float(text))


def _measure(size: int) -> float:
    """Prints what one size takes; returns the median of a query."""
    with tempfile.TemporaryDirectory() as workspace:
        folder = Path(workspace) / "big"
        made = _child("compile", size, folder)
        print(f"\n== {size:,} firms, {made['makes']:,} makings, {made['supplies']:,} supplies")
        print(f"drawn in {made['drawn']:.1f} s, compiled in {made['compiled']:.1f} s", end="")
        print(f" (peak {made['peak_mb']:,.0f} MB), snapshot {made['snapshot_mb']:,.0f} MB")
        found = Figures(**_child("ask", size, folder))
        _print_engines(size, found)
        print(
            f"{found.chains} chains × {found.cities} cities, whole reports: {found.total:.0f} s in all, "
            f"{1000 * found.mean:.1f} ms mean, {1000 * found.longest:.1f} ms longest"
        )
        _whole_process(size, Path(workspace), folder)
    return statistics.median(found.presence)


def _print_engines(size: int, found: Figures) -> None:
    print(f"one chain and city ({CHAIN}, {REGION}; {found.rows:,} makings of the chain's links):")
    print(f"first answer of a new process: {1000 * found.first:.1f} ms")
    print(_fine("presence", found.presence))
    print(_fine("whole report", found.report))
    for name, seconds, load_seconds, goal in (
        ("networkx", found.networkx, found.networkx_load, NETWORKX_TIMES),
        ("duckdb in memory", found.duckdb, found.duckdb_load, DUCKDB_TIMES),
    ):
        if seconds is None:
            print(f"{name}: not asked above {MOST_ELSEWHERE:,} firms")
            continue
        print(_fine(f"presence by {name}", seconds))
        aim = f" (goal: at least {goal})" if size == GOAL_AT else ""
        print(f"  {ratio(seconds, found.presence):.0f} times as long{aim}; to load {load_seconds:.1f} s")
    if found.networkx_mb:
        print(f"  the networkx graph takes {found.networkx_mb:,.0f} MB")


def _fine(name: str, seconds: list[float]) -> str:
    low, middle, high = (1000 * value for value in (min(seconds), statistics.median(seconds), max(seconds)))
    return f"{name:<36} {low:9.2f} {middle:9.2f} {high:9.2f}  ms (min, median, max of {len(seconds)})"


def _whole_process(size: int, workspace: Path, folder: Path) -> None:
    """A whole warm `gaps` over the snapshot, put where the command looks for that of the packs."""
    gaps = [sys.executable, "-m", "chaingraph", "gaps", "--chain", CHAIN, "--workspace", str(workspace)]
    networkx = [sys.executable, "-c", "import networkx"]
    whole_process(gaps)
    (named,) = (workspace / "snapshots").iterdir()
    shutil.rmtree(named)
    os.replace(folder, named)
    found = side_by_side({"gaps": lambda: whole_process(gaps), "networkx": lambda: whole_process(networkx)}, 2 * ROUNDS)
    print(told(f"chaingraph gaps --chain {CHAIN}", found["gaps"]))
    print(told('python -c "import networkx"', found["networkx"]))
    aim = f" (goal: at most {PROCESS_TIMES})" if size == GOAL_AT else ""
    print(f"  ratio, pair by pair: {ratio(found['gaps'], found['networkx']):.2f}{aim}")


def _child(step: str, size: int, folder: Path) -> dict[str, Any]:
    command = [sys.executable, __file__, str(size), "--step", step, "--folder", str(folder)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, Any] = json.loads(told)
    return found


def _graph() -> Graph:
    return with_chains(load(settings(environ={}).packs).graph_or_raise(), CHAINS)


# --- in a process of its own ---------------------------------------------------------------------------------------


def _compile(size: int, folder: Path) -> dict[str, float]:
    graph = _graph()
    start = time.perf_counter()
    registry = national_registry(graph, size)
    drawn = time.perf_counter()
    compile_snapshot(graph, folder.parent, folder.name, None, registry)
    return {
        "drawn": drawn - start,
        "compiled": time.perf_counter() - drawn,
        "peak_mb": _peak_mb(),
        "snapshot_mb": sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6,
        "makes": len(registry.makes_firm),
        "supplies": len(registry.supplies_from),
    }


def _ask(size: int, folder: Path) -> dict[str, Any]:
    start = time.perf_counter()
    store = MemoryStore(folder)
    links = [link.id for link in store.chain(CHAIN).links]
    store.presence(links, REGION, DAY)
    first = time.perf_counter() - start
    runs: dict[str, Callable[[], object]] = {"presence": lambda: store.presence(links, REGION, DAY)}
    # Before the others are loaded: a million objects more would be walked by every collection of garbage.
    figures: dict[str, Any] = _everywhere(store)
    if size <= MOST_ELSEWHERE:
        figures |= _load_others(size, store, links, runs)
    asked = Asked(store, "", store.region(REGION), DAY, "zh")
    frame = store.chain(CHAIN)
    # As timeit does: a collection of garbage would fall on whoever happens to run.
    gc.disable()
    seconds: dict[str, Any] = side_by_side(
        {name: _timed(run, CALLS if name == "presence" else 1) for name, run in runs.items()}, ROUNDS
    )
    report = side_by_side({"report": _timed(lambda: report_on(asked, frame), CALLS)}, ROUNDS)["report"]
    gc.enable()
    return asdict(Figures(**seconds, report=report, first=first, rows=_rows(store, links), **figures))


def _timed(run: Callable[[], object], calls: int) -> Callable[[], float]:
    """Seconds of one call, as the mean of some in a row."""

    def timed() -> float:
        start = time.perf_counter()
        for _ in range(calls):
            run()
        return (time.perf_counter() - start) / calls

    return timed


def _load_others(size: int, store: Store, links: list[str], runs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Loads the other engines, holds all three to the same answers, and adds them to what is to be timed."""
    graph = _graph()
    facts = firm_facts.firm_facts(graph, national_registry(graph, size))
    plants = firm_facts.plants(store.works(facts.links, "100000", DAY))
    before, start = _now_mb(), time.perf_counter()
    walked = oracle_networkx.firm_graph(facts)
    networkx_load, networkx_mb = time.perf_counter() - start, _now_mb() - before
    start = time.perf_counter()
    tables = FirmTables(facts, plants, sorted(graph.regions))
    duckdb_load = time.perf_counter() - start
    for region in reversed(CHECKED):
        reach = firm_facts.reach(graph, region)
        tables.ask(links, reach)
        ours = told_by(store, links, region, DAY)
        for other in (oracle_networkx.presence(walked, plants, links, reach, days(DAY)), tables.presence(days(DAY))):
            differing = [link for link in links if ours[link] != other[link]]
            if differing:
                link = differing[0]
                sys.exit(f"answers differ in {region} for {len(differing)} links: {link}: {ours[link]} {other[link]}")
    runs["networkx"] = lambda: oracle_networkx.presence(walked, plants, links, reach, days(DAY))
    runs["duckdb"] = lambda: tables.presence(days(DAY))
    return {"networkx_load": networkx_load, "networkx_mb": networkx_mb, "duckdb_load": duckdb_load}


def told_by(store: Store, links: list[str], region: str, day: date) -> dict[str, oracle_networkx.Told]:
    """The store's answer in the terms of the other engines."""
    found = {}
    for row in store.presence(links, region, day):
        rings = {ring.ring: (ring.firms, ring.grade and GRADES.index(ring.grade)) for ring in row.rings}
        near = row.nearest
        nearest = near and (near.firm, near.region, near.distance_km, GRADES.index(near.grade))
        found[row.link] = oracle_networkx.Told(rings, nearest)
    return found


def _rows(store: MemoryStore, links: list[str]) -> int:
    """How many makings of these links the snapshot holds."""
    bounds, all_links = store._snapshot.column("makes_start"), store._snapshot.table("link_ids")
    places = [all_links.index(link) for link in links]
    return int(sum(bounds[place + 1] - bounds[place] for place in places))


def _everywhere(store: MemoryStore) -> dict[str, Any]:
    """The whole report of every chain in every city, those of province rank among them."""
    frames = [store.chain(chain) for chain in store.chain_ids()]
    table = store._regions.table
    ruled = {parent for parent, level in zip(table["parent"], table["level"], strict=True) if level == "city"}
    cities = [
        code
        for code, level in zip(table["adcode"], table["level"], strict=True)
        if level == "city" or (level == "province" and code not in ruled)
    ]
    seconds = []
    for city in cities:
        asked = Asked(store, "", store.region(city), DAY, "zh")
        for frame in frames:
            start = time.perf_counter()
            report_on(asked, frame)
            seconds.append(time.perf_counter() - start)
    return {
        "cities": len(cities),
        "chains": len(frames),
        "total": sum(seconds),
        "mean": statistics.mean(seconds),
        "longest": max(seconds),
    }


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _now_mb() -> float:
    """What the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


if __name__ == "__main__":
    main()
