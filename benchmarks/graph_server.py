"""A Neo4j server at the size of a nation: loading row by row, by push and in bulk; gaps and leads beside the snapshot.

Each size has servers of its own, brought up by tests/neo4j_server. The server must tell the same report as the snapshot
before anything is timed. Needs what the tests on a server need: a JDK, and the jars.
"""

from __future__ import annotations

import argparse
import gc
import os
import shlex
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from national_registry import national_registry
from timing import side_by_side, told, whole_process

sys.path.insert(0, str(Path(__file__).parents[1]))

from chaingraph.config import Neo4jAddress, settings
from chaingraph.packs.loader import load
from chaingraph.service.asked import Asked, chain_of
from chaingraph.service.gaps import report_on
from chaingraph.service.leads.suggest import suggest_on
from chaingraph.service.places import place_of
from chaingraph.stores.compile import compile_snapshot
from chaingraph.stores.memory import MemoryStore
from chaingraph.stores.neo4j.batches import rows_of_nodes, rows_of_relationships
from chaingraph.stores.neo4j.bulk import write_bulk
from chaingraph.stores.neo4j.graph_sheets import GraphSheets
from chaingraph.stores.neo4j.push import ENTITIES, RELATIONSHIPS, push
from chaingraph.stores.neo4j.schema import FOR_WRITING, make_schema
from chaingraph.stores.neo4j.server import connect
from chaingraph.stores.neo4j.sheets import TOLD_BY_SOURCES, Pusher
from chaingraph.stores.neo4j.store import Neo4jStore
from chaingraph.stores.snapshot import Snapshot
from tests.neo4j_server.running import Neo4jServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.model.gap_report import GapReport
    from chaingraph.model.lead_report import LeadsReport
    from chaingraph.stores.base import Store
    from chaingraph.stores.neo4j.server import Server

SIZES = (100_000, 1_000_000)
CHAIN, DAY = "ev", date(2026, 11, 22)
PUSH_TIMES, BULK_TIMES, GAPS_SECONDS, LEADS_SECONDS = 100, 1_000, 0.3, 1.0
"""The goals at a million firms: pushed and bulk-loaded rows a second beside one row a statement; the reports."""
ONE_BY_ONE = 1_000
"""So many rows are loaded one by one: the rate does not change with their number."""
ROUNDS = 11
HEAP, PAGECACHE = "3g", "3g"
PUSHER = Pusher("benchmark", "benchmark")


class Asking(NamedTuple):
    """A gap report and the leads for it, with the seconds that each took."""

    report: GapReport
    leads: LeadsReport
    gaps_seconds: float
    leads_seconds: float


def main() -> None:
    """Runs each size and prints its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("firms", type=float, nargs="*", default=SIZES, metavar="FIRMS")
    for firms in map(int, parser.parse_args().firms):
        with _scratch() as folder:
            _run(firms, folder)


def _run(firms: int, folder: Path) -> None:
    snapshot = _snapshot(firms, folder)
    sheets = GraphSheets(Snapshot(snapshot))
    environment = {"CHAINGRAPH_NEO4J_USER": Neo4jServer.user, "CHAINGRAPH_NEO4J_PASSWORD": Neo4jServer.password}
    os.environ.update(environment)
    with Neo4jServer.start(folder / "pushed", heap=HEAP, pagecache=PAGECACHE) as running:
        with connect(Neo4jAddress(running.uri)) as server:
            make_schema(server, FOR_WRITING)
            single = _one_by_one(server, sheets)
            rate = _pushed(server, sheets, single)
            _reads(server, running, snapshot)
        print(f"server: Neo4j {running.version}; pushing was {rate:.0f} × one by one (goal: at least {PUSH_TIMES})")
    shutil.rmtree(folder / "pushed")
    _in_bulk(sheets, folder, single)


def _snapshot(firms: int, folder: Path) -> Path:
    graph = load(settings(packs=(), environ={}).packs).graph_or_raise()
    # Imports of directories tell of no supplies, so none are drawn.
    none = np.zeros(0, dtype=np.int32)
    ties = {"supplies_from": none, "supplies_to": none, "supplies_as_of": none, "supplies_source": []}
    imported = replace(national_registry(graph, firms), **ties, supplies_grade=none.astype(np.int8))
    makings = len(imported.makes_firm)
    print(f"== {firms:,} firms, {makings:,} makings")
    return compile_snapshot(graph, folder / "workspace" / "snapshots", "drawn", imported=imported)


def _one_by_one(server: Server, sheets: GraphSheets) -> float:
    """Rows a second, a statement and a transaction each, as the batches hold them: nodes first."""
    batch = next(batch for batch in sheets.batches() if batch.label == "Firm")
    nodes = rows_of_nodes(sheets.nodes(batch))[: ONE_BY_ONE // 2]
    known = {row["id"] for row in nodes}
    ties = [row for row in rows_of_relationships(sheets.relationships(batch)) if row["start"] in known]
    ends = {row["end"] for row in ties} - known
    server.write(ENTITIES, batch="", label="Region", rows=[{"id": key, "properties": {"id": key}} for key in ends])
    between = [row for row in ties if row["type"] not in TOLD_BY_SOURCES][: ONE_BY_ONE // 2]
    start = time.perf_counter()
    for row in nodes:
        server.write(ENTITIES, batch=batch.id, label="Firm", rows=[row])
    for row in between:
        server.write(RELATIONSHIPS, rows=[row])
    rate = (len(nodes) + len(between)) / (time.perf_counter() - start)
    print(f"one row a statement: {rate:,.0f} rows/s ({len(nodes) + len(between):,} rows)")
    return rate


def _pushed(server: Server, sheets: GraphSheets, single: float) -> float:
    start = time.perf_counter()
    done = push(server, sheets, PUSHER)
    took = time.perf_counter() - start
    rows = done.nodes + done.relationships
    print(f"push: {rows:,} rows in {took:,.0f} s, {rows / took:,.0f} rows/s, indexes included")
    start = time.perf_counter()
    again = push(server, sheets, PUSHER)
    took_again = time.perf_counter() - start
    print(f"push again: {again.nodes + again.relationships} rows written, {took_again:,.0f} s to compare")
    return rows / took / single


def _in_bulk(sheets: GraphSheets, folder: Path, single: float) -> None:
    start = time.perf_counter()
    written = write_bulk(sheets, folder / "files", "neo4j", PUSHER)
    rows, took = written.nodes + written.relationships, time.perf_counter() - start
    print(f"bulk files: {rows:,} rows in {took:,.0f} s, {rows / took:,.0f} rows/s")
    server = Neo4jServer.prepared(folder / "loaded", heap=HEAP, pagecache=PAGECACHE)
    start = time.perf_counter()
    server.admin(*absolute(written.command, folder / "files"))
    load = time.perf_counter() - start
    print(
        f"bulk load: {load:,.0f} s, {rows / load:,.0f} rows/s, {rows / load / single:,.0f} × one by one "
        f"(goal: at least {BULK_TIMES:,}); files and load together {rows / (took + load) / single:,.0f} ×"
    )


def absolute(command: str, folder: Path) -> list[str]:
    """The arguments of the command of a bulk export, its files named by absolute paths."""
    parts = [argument.rpartition("=") for argument in shlex.split(command)]
    return [
        f"{option}={folder / value}" if value.endswith(".csv") else option + mark + value
        for option, mark, value in parts
    ]


def _reads(server: Server, running: Neo4jServer, snapshot: Path) -> None:
    """Gaps and leads on the server beside the snapshot: stores opened anew, the server warm."""
    there, here = _asked(Neo4jStore(server)), _asked(MemoryStore(snapshot))
    if (there.report, there.leads) != (here.report, here.leads):
        raise SystemExit("the server and the snapshot do not tell the same")
    taken: dict[str, list[float]] = {name: [] for name in ("gaps", "leads", "gaps here", "leads here")}
    gc.collect()
    for _ in range(ROUNDS):
        there, here = _asked(Neo4jStore(server)), _asked(MemoryStore(snapshot))
        for name, seconds in zip(
            taken,
            (there.gaps_seconds, there.leads_seconds, here.gaps_seconds, here.leads_seconds),
            strict=True,
        ):
            taken[name].append(seconds)
    print(told(f"gaps --chain {CHAIN} on the server", taken["gaps"]), f"(goal: {1000 * GAPS_SECONDS:.0f})")
    print(told("  of the snapshot", taken["gaps here"]))
    print(told("leads suggest on the server", taken["leads"]), f"(goal: {1000 * LEADS_SECONDS:.0f})")
    print(told("  of the snapshot", taken["leads here"]))
    command = [str(Path(sys.executable).with_name("chaingraph")), "gaps", "--chain", CHAIN, "--as-of", str(DAY)]
    whole = side_by_side({"whole": lambda: whole_process([*command, "--store", running.uri])}, ROUNDS)["whole"]
    print(told("chaingraph gaps, the whole command", whole))


def _asked(store: Store) -> Asking:
    asked = Asked(store, "", place_of(store, None), DAY, "zh")
    frame = chain_of(store, CHAIN)
    start = time.perf_counter()
    report = report_on(asked, frame)
    between = time.perf_counter()
    leads = suggest_on(asked, frame, report, states={})
    return Asking(report, leads, between - start, time.perf_counter() - between)


@contextmanager
def _scratch() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="chaingraph-server-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
