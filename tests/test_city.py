"""The whole city in the default pack: every chain answers, and what the documents name is found."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from pypinyin import lazy_pinyin

from chaingraph import Settings, chains, gaps, search, settings, show
from chaingraph.packs.loader import load
from chaingraph.stores.names import fold

if TYPE_CHECKING:
    from chaingraph.model.graph import Graph

AS_OF = "2026-11-22"


@cache
def _graph() -> Graph:
    return load(settings().packs).graph_or_raise()


def _named_in_the_documents() -> list[tuple[str, str, str]]:
    """Kind, id and every name of each firm and park that a document names."""
    graph = _graph()
    found = {
        tuple(fact.in_.split("/")[:2])
        for document in graph.documents.values()
        for fact in document.facts
        if fact.in_.startswith(("firms/", "parks/"))
    }
    named = []
    for kind, key in sorted(found):
        entity = getattr(graph, kind)[key]
        names = {entity.name, *entity.aliases} | ({entity.short_name} if entity.short_name else set())
        named += [(kind, key, name) for name in sorted(names)]
    return named


def test_the_documents_name_firms_and_parks_enough() -> None:
    named = {(kind, key) for kind, key, _ in _named_in_the_documents()}
    assert sum(kind == "firms" for kind, _ in named) >= 25
    assert sum(kind == "parks" for kind, _ in named) >= 25


def test_searching_finds_every_firm_and_park_of_the_documents(seeds: Settings) -> None:
    def spelt(name: str) -> tuple[str, str, str]:
        syllables = [fold(part) for part in lazy_pinyin(fold(name))]
        return name, "".join(syllables), "".join(part[0] for part in syllables)

    lost = [
        (key, text)
        for _, key, name in _named_in_the_documents()
        for text in spelt(name)
        if key not in {hit.id for hit in search(seeds, text, top=None).hits}
    ]
    assert lost == []


def test_showing_the_leader_tells_its_facts_with_their_days_and_documents(seeds: Settings) -> None:
    report = show(seeds, "小鹏汽车", as_of=AS_OF)
    titles = {citation.title for fact in report.facts for citation in fact.citations}
    assert any("政府工作报告" in title for title in titles)
    assert all(citation.as_of <= AS_OF for fact in report.facts for citation in fact.citations)
    told = {(fact.predicate, fact.object) for fact in report.facts}
    assert {("leads", "ev"), ("makes", "vehicle-assembly"), ("has_project", "xpeng-zhaoqing-plant")} <= told


@pytest.mark.parametrize("chain", sorted(_graph().chains))
def test_gaps_answer_for_every_chain(seeds: Settings, chain: str) -> None:
    report = gaps(seeds, chain, as_of=AS_OF)
    assert set(report.rows) == {m.link for m in _graph().memberships if m.chain == chain}
    assert report.gaps, "nothing known of the city is missing"
    assert report.complete_low is not None
    # Links without data never rank, and every gap says why in words.
    assert all(row.rank and row.reason for row in report.gaps)
    assert not any(row.rank for row in report.no_data)


def test_the_chains_are_the_city_s_clusters_with_storage_agriculture_and_hydrogen(seeds: Settings) -> None:
    assert {chain.id for chain in chains(seeds).chains} == {
        *("ev", "electronics", "building-materials", "metals", "furniture", "food", "fine-chemicals", "biomedicine"),
        *("storage", "agriculture", "hydrogen"),
    }


def test_every_document_is_listed_with_its_facts() -> None:
    graph = _graph()
    assert {key: len(document.facts) >= 20 for key, document in graph.documents.items()} == dict.fromkeys(
        (
            *("zq-work-report-2022", "zq-interview-2021", "zq-inspection-2020", "zq-projects-first-2023"),
            "zq-jinli-2023",
        ),
        True,
    )
