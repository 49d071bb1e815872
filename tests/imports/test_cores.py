"""Names without places and trades, and how much they resemble one another."""

from __future__ import annotations

import pytest

from chaingraph.imports.cores import ALIKE, PlaceNames, core, resemblance
from chaingraph.model.firm_names import plain_firm_name
from tests.imports.rooms import PLACES

NAMES = PlaceNames(PLACES)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("肇庆市宏旺汽车零部件有限公司", "宏旺"),
        ("广东省肇庆市宏旺金属实业有限公司", "宏旺"),
        ("广东肇庆宏旺科技股份有限公司", "宏旺"),
        ("肇庆科技有限公司", "科技"),
        ("佛山佛山", "佛山"),
        ("宏旺", "宏旺"),
    ],
)
def test_the_core_is_what_stands_between_place_and_trade(name: str, expected: str) -> None:
    assert core(plain_firm_name(name), NAMES) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("肇庆市宏旺金属实业有限公司", "宏旺金属有限公司"),
        ("肇庆宏旺金属有限公司", "广东肇庆宏旺金属实业有限公司"),
        ("宏旺金属（集团）有限公司", "宏旺金属实业有限公司"),
    ],
)
def test_names_that_differ_by_place_or_a_trade_word_resemble_one_another(one: str, other: str) -> None:
    assert resemblance(one, other, NAMES) == resemblance(other, one, NAMES) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("宏旺金属有限公司", "宏旺科技有限公司"),
        ("肇庆宏旺金属有限公司", "佛山宏旺金属有限公司"),
        ("宏旺金属（肇庆）有限公司", "宏旺金属有限公司"),
        ("宏旺金属（肇庆）有限公司", "宏旺金属（佛山市）有限公司"),
        ("宏旺金属有限公司", "宏旺金属有限公司分公司"),
    ],
)
def test_another_trade_another_place_or_a_branch_is_another_firm(one: str, other: str) -> None:
    assert resemblance(one, other, NAMES) < ALIKE


def test_a_place_in_brackets_counts_however_it_is_written() -> None:
    assert resemblance("宏旺金属(肇慶市)有限公司", "宏旺金属实业（肇庆）有限公司", NAMES) >= ALIKE
