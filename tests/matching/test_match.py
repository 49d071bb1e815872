"""How clues are joined: the name and the code of a firm, the bar, and what holds of any statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from chaingraph.analysis.matching.match import Match, match
from chaingraph.analysis.matching.vocabulary import Vocabulary
from chaingraph.model.statement import Product, Statement
from tests.matching.hand_made import LINKS, weights

if TYPE_CHECKING:
    from random import Random

_WORDS = Vocabulary.of(LINKS, weights())
_PRODUCTS = st.lists(
    st.builds(
        Product,
        st.sampled_from(
            ["汽车座椅", "座椅", "商用车座椅", "汽车座椅面料", "隔膜", "锂电池隔膜", "轮胎销售", "废轮胎", "车灯"]
        ),
        st.none() | st.floats(0, 1),
    ),
    max_size=5,
)
_SCOPES = st.lists(
    st.sampled_from(
        ["汽车座椅制造", "轮胎、车灯的生产", "汽车座椅", "隔膜生产", "轮胎批发", "塑料制品制造", "汽车维修"]
    ),
    max_size=5,
)
_CODES = st.none() | st.sampled_from(["C3670", "C2921", "C36", "C2911", "C3841"])
_NAMES = st.sampled_from(["某某有限公司", "肇庆汽车座椅有限公司", "某某轮胎科技股份有限公司", "某轮胎销售有限公司"])


def _found(statement: Statement, words: Vocabulary = _WORDS) -> dict[str, Match]:
    return {one.link: one for one in match(statement, words)}


@pytest.mark.parametrize(
    ("name", "links"),
    [
        ("广州汽车座椅有限公司", {"seat"}),
        ("某某轮胎科技股份有限公司", {"tyre"}),
        ("某动力电池（肇庆）有限公司", {"cell"}),
        ("肇庆汽车座椅制造有限责任公司", {"seat"}),
        ("某某轮胎集团有限公司", {"tyre"}),
        ("某某轮胎销售有限公司", set()),
        ("某某轮胎贸易有限公司", set()),
        ("某某轮胎模具有限公司", set()),
        ("某某座椅有限公司", set()),
        ("轮胎之家餐饮有限公司", set()),
    ],
)
def test_a_firm_named_after_a_link_makes_it_and_a_dealer_does_not(name: str, links: set[str]) -> None:
    assert set(_found(Statement("f", 1, name))) == links


def test_a_code_alone_tells_nothing() -> None:
    assert _found(Statement("f", 1, "某某有限公司", industry="C3670")) == {}


def test_a_code_counts_from_the_link_s_own_downwards_and_not_above_it() -> None:
    words = Vocabulary.of((LINKS[0].model_copy(update={"gb4754": ("C367",)}),), weights())
    named = Statement("f", 1, "某某有限公司", scope="汽车座椅")
    assert set(_found(named._replace(industry="C3670"), words)) == {"seat"}
    assert set(_found(named._replace(industry="C367"), words)) == {"seat"}
    assert _found(named._replace(industry="C36"), words) == {}
    assert _found(named._replace(industry="C3610"), words) == {}


def test_clues_of_different_kinds_are_joined_by_noisy_or() -> None:
    statement = Statement(
        "f", 1, "肇庆汽车座椅有限公司", industry="C3670", scope="汽车座椅制造", products=(Product("商用车座椅", 0.4),)
    )
    found = _found(statement)["seat"]
    assert found.confidence == pytest.approx(1 - 0.05 * 0.4 * 0.4 * 0.7)
    assert found.by == ("product_is", "scope_makes", "firm_name", "industry")
    assert (found.said, found.share) == ("商用车座椅", 0.4)


def test_ten_weak_phrases_weigh_no_more_than_one() -> None:
    parts = tuple(Product(f"汽车座椅{part}", None) for part in ("面料", "头枕", "滑轨", "电机", "弹簧", "发泡", "支架"))
    assert _found(Statement("f", 1, "某某有限公司", industry="C3670", products=parts)) == {}


def test_a_keyword_of_two_links_tells_both() -> None:
    both = Vocabulary.of((LINKS[0], LINKS[1].model_copy(update={"keywords": ("商用车座椅",)})), weights())
    assert set(_found(Statement("f", 1, "某", products=(Product("商用车座椅", None),)), both)) == {"seat", "lighting"}


def test_the_bar_is_the_pack_s() -> None:
    strict = Vocabulary.of(LINKS, weights(least=0.9))
    statement = Statement("f", 1, "某", products=(Product("高档汽车座椅", None),))
    assert set(_found(statement)) == {"seat"}
    assert _found(statement, strict) == {}


def test_a_pack_whose_bar_a_code_alone_would_reach_is_refused() -> None:
    with pytest.raises(ValidationError, match="many links share one industry code"):
        weights(industry=0.5, least=0.5)


def test_a_vocabulary_of_no_links_tells_nothing() -> None:
    assert match(Statement("f", 1, "轮胎有限公司", scope="轮胎制造"), Vocabulary.of((), weights())) == []


@given(_NAMES, _PRODUCTS, _SCOPES, _CODES, st.builds(Product, st.sampled_from(["汽车座椅", "轮胎", "隔膜"]), st.none()))
def test_more_clues_never_lower_a_confidence(
    name: str, products: list[Product], scope: list[str], code: str | None, more: Product
) -> None:
    less = Statement("f", 1, name, products=tuple(products), scope="；".join(scope))
    before = _found(less)
    for added in (
        less._replace(industry=code),
        less._replace(products=(*less.products, more)),
        less._replace(scope=f"{less.scope}；轮胎制造"),
    ):
        after = _found(added)
        assert all(after[key].confidence >= found.confidence for key, found in before.items())


@given(_NAMES, _PRODUCTS, _SCOPES, _CODES, st.randoms(use_true_random=False))
def test_the_order_of_products_and_clauses_changes_nothing(
    name: str, products: list[Product], scope: list[str], code: str | None, order: Random
) -> None:
    first = Statement("f", 1, name, products=tuple(products), scope="；".join(scope), industry=code)
    products, scope = products[:], scope[:]
    order.shuffle(products)
    order.shuffle(scope)
    assert match(first, _WORDS) == match(first._replace(products=tuple(products), scope="；".join(scope)), _WORDS)


@given(_NAMES, _PRODUCTS, _SCOPES, _CODES)
def test_what_is_told_reaches_the_bar_and_is_sure_of_nothing(
    name: str, products: list[Product], scope: list[str], code: str | None
) -> None:
    for one in match(Statement("f", 1, name, products=tuple(products), scope="；".join(scope), industry=code), _WORDS):
        assert 0.5 <= one.confidence < 1
        assert one.by
        assert one.said


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_read_without_an_error(scope: str, product: str) -> None:
    match(Statement("f", 1, product, scope=scope, products=(Product(product, None),)), _WORDS)
