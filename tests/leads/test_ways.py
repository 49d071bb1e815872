"""Who introduces a firm, in which order leads stand, which ring they lie in: on a small pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chaingraph.service.leads.suggest import suggest_leads
from tests.leads.made import JUDGED, MAKES_CELL, ON, PAPER, REPORT, add_firm, add_project, firms_of, rated

if TYPE_CHECKING:
    from chaingraph.config import Settings
    from tests.small_pack import SmallPack


def _tie(pack: SmallPack, one: str, other: str, evidence: str = REPORT) -> None:
    """``one`` supplies ``other``."""
    name = {"celler": "电芯股份有限公司", "maker": "造车有限公司"}.get(one, f"{one}有限公司")
    text = (pack.folder / "firms/all.yaml").read_text(encoding="utf-8")
    head, found, tail = text.partition(f"    name: {name}\n")
    assert found
    entry = f"{{to: {other}, {evidence}}}"
    own, mark, rest = tail.partition("\n  - id:")
    own = (
        own.replace("    supplies: [", f"    supplies: [{entry}, ", 1)
        if "supplies:" in own
        else f"    supplies: [{entry}]\n{own}"
    )
    pack.put("firms/all.yaml", head + found + own + mark + rest)


def _way(small: Settings, as_of: str = ON) -> list[tuple[str, str, str]]:
    way = rated(small, as_of=as_of).introducer
    return [(tie.from_, tie.predicate, tie.to) for tie in way.ties] if way else []


def test_without_a_tie_nobody_introduces(small: Settings) -> None:
    assert rated(small).introducer is None


def test_the_leader_that_a_firm_supplies_introduces_it_and_each_tie_names_its_source(
    pack: SmallPack, small: Settings
) -> None:
    _tie(pack, "celler", "maker", JUDGED)
    way = rated(small).introducer
    assert way is not None
    assert (way.leader, way.grade) == ("maker", "D")
    assert [(tie.from_, tie.predicate, tie.to, tie.source) for tie in way.ties] == [
        ("maker", "supplied_by", "celler", "curators")
    ]
    assert _way(small, "2023-12-31") == []


def test_a_way_leads_over_three_ties_at_most_in_any_direction(pack: SmallPack, small: Settings) -> None:
    for key in ("one", "two", "three"):
        add_firm(pack, key)
    _tie(pack, "maker", "one")
    _tie(pack, "two", "one")
    _tie(pack, "two", "three")
    _tie(pack, "three", "celler")
    assert _way(small) == []
    _tie(pack, "two", "celler")
    assert _way(small) == [("maker", "supplies", "one"), ("one", "supplied_by", "two"), ("two", "supplies", "celler")]


def test_of_two_ways_the_shorter_comes_first_however_weak(pack: SmallPack, small: Settings) -> None:
    add_firm(pack, "one")
    _tie(pack, "maker", "one")
    _tie(pack, "one", "celler")
    _tie(pack, "celler", "maker", JUDGED)
    assert len(_way(small)) == 1


def test_of_two_as_short_the_one_whose_weakest_tie_is_better_comes_first(pack: SmallPack, small: Settings) -> None:
    for key, first, second in (("a-weak", REPORT, JUDGED), ("b-good", PAPER, PAPER)):
        add_firm(pack, key)
        _tie(pack, "maker", key, first)
        _tie(pack, key, "celler", second)
    assert [tie[2] for tie in _way(small)] == ["b-good", "celler"]


def test_of_ways_as_short_and_as_weak_the_earlier_leader_introduces(pack: SmallPack, small: Settings) -> None:
    leader = "    - {firm: maker"
    add_firm(pack, "second")
    add_firm(pack, "one")
    pack.edit(
        "chains/demo.yaml",
        leader,
        f'{leader}, region: "441200", link: car, {REPORT}}}\n' + leader.replace("maker", "second"),
    )
    _tie(pack, "maker", "one", PAPER)
    _tie(pack, "second", "one", REPORT)
    _tie(pack, "one", "celler", JUDGED)
    way = rated(small).introducer
    assert way is not None
    assert way.leader == "maker"


# --- rings, order, top --------------------------------------------------------------------------------------


@pytest.fixture
def spread(pack: SmallPack) -> SmallPack:
    """Makers of the cell at home, next door, in the province's capital, and far away."""
    for key, seat in (("local", "441283"), ("canton", "440100")):
        add_firm(pack, key, seat=seat, makes=f"{{link: cell, {PAPER}}}")
    return pack


def test_a_ring_keeps_the_firms_within_it_vetoed_ones_included(spread: SmallPack, small: Settings) -> None:
    add_project(spread, "works", "local", "441283", "signed")
    assert firms_of(small) == ["canton", "celler"]
    (near,) = suggest_leads(small, link="cell", ring="near", as_of=ON).gaps
    assert ([lead.firm for lead in near.leads], [lead.firm for lead in near.vetoed]) == (["canton"], ["local"])
    (home,) = suggest_leads(small, link="cell", ring="home", as_of=ON).gaps
    assert (home.candidates, home.leads, [lead.firm for lead in home.vetoed]) == (1, (), ["local"])


def test_the_kind_tells_who_expands_who_comes_over_and_who_is_attracted(spread: SmallPack, small: Settings) -> None:
    assert {firm: rated(small, firm).kind for firm in ("local", "canton", "celler")} == {
        "local": "expand",
        "canton": "overflow",
        "celler": "attract",
    }
    assert spread.folder.exists()


def test_of_equal_points_the_one_that_could_be_more_then_the_nearer_then_the_id_comes_first(
    pack: SmallPack, small: Settings
) -> None:
    for key in ("a-twin", "b-twin"):
        add_firm(pack, key, makes=f"{{link: cell, {PAPER}}}")
    add_firm(pack, "a-judged", makes=f"{{link: cell, confidence: 0, {PAPER}}}")
    assert firms_of(small) == ["a-twin", "b-twin", "celler", "a-judged"]


def test_top_keeps_so_many_leads_and_all_that_are_vetoed(spread: SmallPack, small: Settings) -> None:
    add_firm(spread, "weak", makes=f"{{link: cell, {JUDGED}}}")
    (gap,) = suggest_leads(small, link="cell", as_of=ON, top=1).gaps
    assert ([lead.rank for lead in gap.leads], [lead.rank for lead in gap.vetoed]) == ([1], [None])
    assert gap.candidates == 4


def test_a_making_published_later_is_not_seen(pack: SmallPack, small: Settings) -> None:
    assert firms_of(small, as_of="2023-05-31") == []
    pack.edit("firms/all.yaml", MAKES_CELL, MAKES_CELL.replace("主业", "主业, as_of: 2023-05-31"))
    assert firms_of(small, as_of="2023-05-31") == ["celler"]
