"""Which entities tell a fact by a source: each where it is told in the first place, nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.service.workspace import open_snapshot
from chaingraph.stores.facts import FROM_THE_OTHER_END

if TYPE_CHECKING:
    from chaingraph.config import Settings
    from tests.small_pack import SmallPack


def test_a_fact_between_two_is_told_by_one_of_them(small: Settings) -> None:
    store, _ = open_snapshot(small)
    assert store.citing("register") == sorted(("celler", "maker", *store.names("region")))
    assert "cell" not in store.citing("report"), "no fact of its own cites it"
    assert store.citing("none") == []


def test_every_entity_of_the_default_pack_is_found_by_each_source_that_its_own_facts_cite(seeds: Settings) -> None:
    store, _ = open_snapshot(seeds)
    own: dict[str, set[str]] = {}
    for key in (*store.names("link"), *store.names("park"), *store.chain_ids()):
        for fact in store.entity(key)["facts"]:
            if fact["predicate"] not in FROM_THE_OTHER_END:
                for item in fact["evidence"]:
                    own.setdefault(item["source"], set()).add(key)
    assert len(own) > 20
    asked = set().union(*own.values())
    for source, keys in own.items():
        assert keys == asked.intersection(store.citing(source)), source


def test_an_id_that_only_stands_in_a_text_is_no_citation(pack: SmallPack, small: Settings) -> None:
    pack.edit("firms/all.yaml", "short_name: 电芯厂", "short_name: 电芯厂\n    aliases: [paper]")
    pack.edit("firms/all.yaml", "{link: cell, evidence: [{source: paper, locator: 主业}]}", "{link: cell, why: 判断}")
    store, _ = open_snapshot(small)
    assert "paper" in store.entity("celler")["names"]
    assert "celler" not in store.citing("paper")
