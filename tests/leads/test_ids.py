"""The id of a lead: the same for ever, and no two alike; and the same answer on every machine."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import product
from typing import TYPE_CHECKING

import pytest

from chaingraph.config import settings
from chaingraph.model.lead_id import is_lead_id, lead_id
from tests.leads.made import rated, tell_celler

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.config import Settings
    from chaingraph.model.graph import Graph
    from tests.small_pack import SmallPack


def test_ids_are_pinned(small: Settings) -> None:
    assert lead_id("441200", "senior-material", "separator") == "L2JA4JY7TWI"
    assert rated(small).id == lead_id("441200", "celler", "cell") == "L3AIMUFEHOJ"


def test_no_two_of_all_firms_and_links_of_the_seeds_share_an_id(seeds_graph: Graph) -> None:
    pairs = list(product(("441200", "440600"), seeds_graph.firms, seeds_graph.links))
    ids = {lead_id(*pair) for pair in pairs}
    assert len(ids) == len(pairs)
    assert all(map(is_lead_id, ids))
    assert all(is_lead_id(key.lower()) for key in ids)


@pytest.mark.parametrize(
    "other", [("441283", "celler", "cell"), ("441200", "maker", "cell"), ("441200", "celler", "car")]
)
def test_another_region_firm_or_link_is_another_lead(other: tuple[str, str, str]) -> None:
    assert lead_id(*other) != lead_id("441200", "celler", "cell")


def test_what_changes_in_the_pack_and_the_day_leave_the_id(pack: SmallPack, small: Settings) -> None:
    before = rated(small).id
    tell_celler(pack, "aliases: [新名]")
    pack.edit("firms/all.yaml", "电芯股份有限公司", "改名股份有限公司")
    assert rated(small).id == rated(small, as_of="2030-01-01", lang="zh").id == before


def test_the_order_of_packs_leaves_ids_and_points(pack: SmallPack, tmp_path: Path) -> None:
    layers = [_layer(tmp_path / name, name) for name in ("one", "two")]
    orders = (layers, layers[::-1])
    for firm in ("celler", "one", "two"):
        seen = [rated(settings(packs=[pack.folder, *order]), firm) for order in orders]
        assert (seen[0].id, seen[0].points) == (seen[1].id, seen[1].points)


def _layer(folder: Path, firm: str) -> Path:
    folder.mkdir()
    (folder / "firms").mkdir()
    (folder / "pack.yaml").write_text(f"name: {folder.name}\n", encoding="utf-8")
    (folder / "firms" / "more.yaml").write_text(
        f'firms:\n  - id: {firm}\n    name: {firm}有限公司\n    seat: "440100"\n'
        "    evidence: [{source: register, locator: 一}]\n"
        "    makes: [{link: cell, evidence: [{source: paper, locator: 一}]}]\n",
        encoding="utf-8",
    )
    return folder


@pytest.mark.parametrize("form", ["json", "csv"])
def test_two_processes_give_the_same_bytes_whatever_the_seed_of_their_hashes(
    seeds_workspace: str, tmp_path: Path, form: str
) -> None:
    def told(seed: str) -> bytes:
        out = tmp_path / f"{seed}.{form}"
        arguments = ["leads", "suggest", "--as-of", "2026-11-22", "--format", form, "--out", str(out)]
        subprocess.run(
            [sys.executable, "-m", "chaingraph", *arguments, "--workspace", seeds_workspace],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
        return out.read_bytes()

    assert told("1") == told("4711")
