"""The made-up registry of the benchmarks, and the engines that the snapshot is measured by: they tell what it tells."""

from __future__ import annotations

import csv
import sys
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from chaingraph.model.entities import Dissolved, Firm, Makes
from chaingraph.model.evidence import Evidence
from chaingraph.model.words import GRADES
from chaingraph.packs.loader import load
from chaingraph.stores.compile import compile_snapshot
from chaingraph.stores.imported import NEVER
from chaingraph.stores.keys import days, iso
from chaingraph.stores.memory import MemoryStore
from tests.oracle.naive import Naive

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import firm_facts
import national_registry
import oracle_duckdb
import oracle_networkx
import registry_csv
import scale
from synthetic_chains import LINKS, with_chains

if TYPE_CHECKING:
    from chaingraph.config import Settings
    from chaingraph.model.graph import Graph
    from chaingraph.stores.imported import Imported

FIRMS = 2_000
DAYS = (date(2026, 4, 30), date(2026, 11, 22))
"""One day between the imports, one after them all."""

REGIONS = ("441200", "441204", "440000", "110000")


@pytest.fixture(scope="module")
def graph(seeds: Settings) -> Graph:
    return with_chains(load(seeds.packs).graph_or_raise(), 13)


@pytest.fixture(scope="module")
def registry(graph: Graph) -> Imported:
    return national_registry.national_registry(graph, FIRMS, seed=7)


def test_the_same_seed_draws_the_same_registry(graph: Graph, registry: Imported) -> None:
    again, other = (national_registry.national_registry(graph, FIRMS, seed) for seed in (7, 8))
    for column in fields(registry):
        assert np.array_equal(getattr(again, column.name), getattr(registry, column.name)), column.name
    assert list(other.ids) != list(registry.ids)


def test_a_registry_is_sorted_named_once_and_keeps_the_packs_own_firms(graph: Graph, registry: Imported) -> None:
    assert list(registry.ids) == sorted(set(registry.ids))
    assert len(registry.ids) == len(set(registry.name)) == FIRMS
    known = {key for key, inside in zip(registry.ids, registry.in_packs, strict=True) if inside}
    assert known == set(registry.ids) & set(graph.firms)
    assert known
    assert set(registry.seat) <= set(graph.regions)
    assert set(registry.makes_link) <= set(graph.links)


def test_a_few_places_and_links_have_most_of_the_firms(registry: Imported) -> None:
    for drawn in (registry.seat, registry.makes_link):
        counts = sorted((drawn.count(value) for value in set(drawn)), reverse=True)
        assert sum(counts[: len(counts) // 10]) > 0.3 * sum(counts)
    customers = np.bincount(registry.supplies_to, minlength=FIRMS)
    assert customers.max() > 10 * customers.mean()
    assert 4 < customers.mean() < 5
    assert (registry.supplies_from != registry.supplies_to).all()


def test_credit_codes_pass_the_checksum_as_it_is_written_in_the_standard(graph: Graph) -> None:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    drawn = national_registry.draw(graph, 300, 1)
    for code, known in zip(drawn.code, drawn.known, strict=True):
        if known < 0:
            total = sum(alphabet.index(sign) * 3**place for place, sign in enumerate(code[:17]))
            assert alphabet[(31 - total % 31) % 31] == code[17]


def test_synthetic_chains_bring_the_graph_to_the_number_asked_for(graph: Graph) -> None:
    assert len(graph.chains) == 13
    made = [member.link for member in graph.memberships if member.chain == "made-up-12"]
    assert len(made) == LINKS
    assert all(feed.from_ < feed.to for feed in graph.feeds if feed.from_.startswith("made-up-"))


def test_a_file_of_the_registry_holds_a_row_a_firm_under_the_headers_of_a_directory(
    graph: Graph, tmp_path: Path
) -> None:
    path = tmp_path / "名录.csv"
    registry_csv.write_csv(graph, path, 500, seed=7)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    drawn = national_registry.draw(graph, 500, 7)
    assert [row["统一社会信用代码"] for row in rows] == drawn.code
    assert [row["企业名称"] for row in rows] == national_registry.names(graph, drawn)
    assert min(len(row["经营范围"]) for row in rows) > registry_csv.LENGTH
    made = [graph.links[link] for link in drawn.links]
    for place, (firm, link) in enumerate(zip(drawn.makes_firm, drawn.makes_link, strict=True)):
        words = made[link].keywords or (made[link].name,)
        assert any(f"{word}销售" in rows[firm]["经营范围"] for word in words), place
    assert 0.6 < sum("制造；" in row["经营范围"] for row in rows) / len(rows) < 0.95


@pytest.mark.parametrize("day", DAYS)
def test_snapshot_networkx_duckdb_and_the_rules_in_words_tell_the_same(
    graph: Graph, registry: Imported, tmp_path: Path, day: date
) -> None:
    store = MemoryStore(compile_snapshot(graph, tmp_path, "made", None, registry))
    links = [link.id for link in store.chain("ev").links]
    facts = firm_facts.firm_facts(graph, registry)
    plants = firm_facts.plants(store.works(facts.links, "100000", day))
    walked, tables = oracle_networkx.firm_graph(facts), oracle_duckdb.FirmTables(facts, plants, sorted(graph.regions))
    records = _as_records(graph, registry)
    for region in REGIONS:
        reach = firm_facts.reach(graph, region)
        tables.ask(links, reach)
        told = oracle_networkx.presence(walked, plants, links, reach, days(day))
        assert tables.presence(days(day)) == told
        assert scale.told_by(store, links, region, day) == told
        naive = Naive(records, "ev", region, day)
        for link in links:
            assert {ring: firms for ring, (firms, _) in told[link].rings.items()} == {
                ring: naive.ring(link, area)[0] for ring, area in naive.rings().items()
            }
            nearest, near = naive.nearest(link), told[link].nearest
            assert (nearest is None) == (near is None)
            if nearest and near:
                assert near[:2] in nearest.tied
                assert near[2] == pytest.approx(nearest.distance_km, abs=0.051)


def _as_records(graph: Graph, registry: Imported) -> Graph:
    """The registry as records of a pack."""
    makes: dict[int, list[Makes]] = {}
    for place, firm in enumerate(registry.makes_firm.tolist()):
        told = _told(registry.makes_source[place], int(registry.makes_grade[place]), int(registry.makes_as_of[place]))
        makes.setdefault(firm, []).append(Makes(link=registry.makes_link[place], evidence=told))
    firms = {}
    for place, key in enumerate(registry.ids):
        seen = _told("registry", int(registry.seat_grade[place]), int(registry.since[place]))
        own = graph.firms.get(key) or Firm(id=key, name=registry.name[place], seat=registry.seat[place], evidence=seen)
        more: dict[str, object] = {"makes": own.makes + tuple(makes.get(place, ()))}
        if registry.gone[place] != NEVER:
            more["dissolved"] = Dissolved(evidence=_told("registry", 0, int(registry.gone[place])))
        firms[key] = own.model_copy(update=more)
    return replace(graph, firms=graph.firms | firms, sources=graph.sources | registry.sources)


def _told(source: str, grade: int, day: int) -> tuple[Evidence, ...]:
    return (Evidence(source=source, locator="名录", grade=GRADES[grade], as_of=date.fromisoformat(iso(day))),)
