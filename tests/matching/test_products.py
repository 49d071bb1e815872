"""What a stated product tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chaingraph.analysis.matching.match import Match, match
from chaingraph.model.statement import Product, Statement

if TYPE_CHECKING:
    from chaingraph.analysis.matching.vocabulary import Vocabulary


def _made(words: Vocabulary, *products: str | tuple[str, float | None]) -> dict[str, Match]:
    held = tuple(Product(*one) if isinstance(one, tuple) else Product(one, None) for one in products)
    found = match(Statement("f.json", 1, "某某股份", products=held), words)
    return {one.link: one for one in found}


@pytest.mark.parametrize(
    ("product", "links"),
    [
        ("汽车座椅", {"seat"}),
        ("商用车座椅", {"seat"}),
        ("汽车座椅总成", {"seat"}),
        ("汽车座椅系列产品", {"seat"}),
        ("豪华汽车座椅", {"seat"}),
        ("汽车零部件-汽车座椅", {"seat"}),
        ("锂电池隔膜(湿法)", {"separator"}),
        ("锂电池隔膜、涂层", {"separator"}),
        ("汽车座椅及车灯", {"seat", "lighting"}),
        ("LED车灯业务", {"lighting"}),
        ("新能源动力电池系统", {"pack"}),
        ("ＬＥＤ车灯", {"lighting"}),
    ],
)
def test_a_product_names_the_link_that_its_head_names(words: Vocabulary, product: str, links: set[str]) -> None:
    assert set(_made(words, product)) == links


@pytest.mark.parametrize(
    "product",
    [
        "汽车座椅摇窗马达",
        "汽车座椅配件",
        "座椅看台",
        "牛皮座椅革",
        "影院座椅",
        "轮胎模具",
        "废轮胎",
        "玩具轮胎",
        "橡胶非轮胎",
        "用于轮胎",
        "聚苯乙烯",
        "动力电池回收",
        "其他",
        "",
    ],
)
def test_a_part_a_machine_a_waste_or_another_thing_of_the_same_word_is_no_match(
    words: Vocabulary, product: str
) -> None:
    assert _made(words, product) == {}


def test_a_word_for_many_things_needs_another_clue(words: Vocabulary) -> None:
    short = Statement("f", 1, "某某股份", products=(Product("隔膜", None),))
    assert match(short, words) == []
    (found,) = match(short._replace(industry="C2921"), words)
    assert (found.link, found.by) == ("separator", ("product_short", "industry"))
    assert found.confidence == pytest.approx(1 - 0.6 * 0.7)


def test_the_name_itself_is_surer_than_a_product_that_ends_with_it(words: Vocabulary) -> None:
    assert _made(words, "汽车座椅")["seat"].confidence == pytest.approx(0.95)
    assert _made(words, "高档汽车座椅")["seat"].confidence == pytest.approx(0.85)


def test_of_several_products_of_a_link_the_largest_share_is_told_and_not_the_sum(words: Vocabulary) -> None:
    found = _made(words, ("汽车座椅", 0.2), ("商用车座椅", 0.3), ("座椅总成", 0.1))["seat"]
    assert (found.share, found.said) == (0.3, "商用车座椅")


def test_the_share_of_a_part_is_not_the_share_of_the_link(words: Vocabulary) -> None:
    found = _made(words, ("汽车座椅", None), ("汽车座椅面料", 0.6))
    assert (found["seat"].share, found["seat"].said) == (None, "汽车座椅")


def test_what_a_firm_only_sells_it_does_not_make(words: Vocabulary) -> None:
    assert _made(words, ("轮胎销售", 0.9)) == {}


def test_a_long_product_is_cut_to_sixty_characters(words: Vocabulary) -> None:
    assert _made(words, "高" * 80 + "汽车座椅")["seat"].said == "高" * 60
