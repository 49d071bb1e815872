"""industries.csv: the table of industry codes, and the links' codes against it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from chaingraph.packs.loader import load
from chaingraph.resources import folder
from tests.small_pack import SmallPack

if TYPE_CHECKING:
    from pathlib import Path

_TABLE = "code,name\nC36,汽车制造业\nC367,汽车零部件及配件制造\nC3670,汽车零部件及配件制造\n"


@pytest.fixture
def table(pack: SmallPack) -> SmallPack:
    """The small pack with a table of three codes."""
    pack.put("industries.csv", _TABLE)
    pack.edit("pack.yaml", "regions_source: register", "regions_source: register\nindustries_source: register")
    return pack


def _problems(pack: SmallPack) -> list[str]:
    return [problem.in_("en") for problem in load([pack.folder]).problems]


def test_the_graph_holds_the_names_of_the_codes(table: SmallPack) -> None:
    assert load([table.folder]).graph_or_raise().industries["C3670"] == "汽车零部件及配件制造"


def test_a_later_pack_renames_a_code_and_adds_one(table: SmallPack, tmp_path: Path) -> None:
    over = SmallPack(tmp_path / "over")
    over.put("pack.yaml", "name: over\n")
    over.put("industries.csv", "code,name\nC36,汽车业\nC37,其他运输设备制造业\n")
    industries = load([table.folder, over.folder]).graph_or_raise().industries
    assert (industries["C36"], industries["C37"], len(industries)) == ("汽车业", "其他运输设备制造业", 4)


def test_a_link_s_code_that_the_table_lacks_is_a_problem_at_the_link(table: SmallPack) -> None:
    line = table.edit("chains/demo.yaml", "unit: 辆, why: 终点}", "unit: 辆, gb4754: [C3671], why: 终点}")
    (problem,) = _problems(table)
    assert f"chains/demo.yaml:{line} " in problem
    assert "'C3671' is not in industries.csv" in problem
    assert "did you mean 'C367" in problem


def test_without_a_table_the_links_codes_are_not_checked(pack: SmallPack) -> None:
    pack.edit("chains/demo.yaml", "unit: 辆, why: 终点}", "unit: 辆, gb4754: [C3671], why: 终点}")
    assert _problems(pack) == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("3670,汽车零部件", "'3670' is not well-formed"),
        ("C3,汽车", "'C3' is not well-formed"),
        ("Z36,汽车", "'Z36' is not well-formed"),
        ("C36,汽车", "'C36' is already in line 2"),
        ("C38,", "must hold a code and a name"),
        ("C38", "must hold a code and a name"),
        ("C38,甲,乙", "must hold a code and a name"),
    ],
)
def test_a_row_that_is_wrong_is_a_problem_at_its_line(table: SmallPack, row: str, told: str) -> None:
    table.append("industries.csv", f"{row}\n")
    (problem,) = _problems(table)
    assert "industries.csv:5" in problem
    assert told in problem


def test_a_table_with_another_header_is_a_problem(table: SmallPack) -> None:
    table.put("industries.csv", "代码,名称\nC36,汽车制造业\n")
    assert any("the header of industries.csv is wrong" in problem for problem in _problems(table))


def test_a_table_without_a_source_is_a_problem(pack: SmallPack) -> None:
    pack.put("industries.csv", _TABLE)
    (problem,) = _problems(pack)
    assert "industries.csv has no source" in problem


def test_the_default_pack_holds_the_whole_of_gb_t_4754_2017() -> None:
    industries = load([folder("seeds")]).graph_or_raise().industries
    levels = {1: "section", 3: "division", 4: "group", 5: "class"}
    assert Counter(levels[len(code)] for code in industries) == {
        "section": 20,
        "division": 97,
        "group": 473,
        "class": 1381,
    }
    assert all(code[:-1] in industries for code in industries if len(code) > 3)
    assert all(code[0] in industries for code in industries)
