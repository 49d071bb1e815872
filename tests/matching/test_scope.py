"""What a business scope tells."""

from __future__ import annotations

import pytest

from chaingraph.analysis.matching.match import Match, match
from chaingraph.analysis.matching.vocabulary import Vocabulary
from chaingraph.model.statement import Statement
from tests.matching.hand_made import LINKS, weights


def _of(words: Vocabulary, scope: str, industry: str | None = None, name: str = "某某公司") -> dict[str, Match]:
    return {one.link: one for one in match(Statement("f.csv", 2, name, scope=scope, industry=industry), words)}


@pytest.mark.parametrize(
    "scope",
    [
        "汽车座椅制造",
        "汽车座椅的生产及销售",
        "生产汽车座椅",
        "研发、生产、销售：汽车座椅",
        "汽车座椅的研发、生产、销售",
        "一般项目：塑料制品销售；汽车座椅加工；货物进出口。",
        "加工、制造汽车座椅、汽车配件",
        "汽车座椅、汽车配件的制造",
        "汽车零部件（汽车座椅）制造",
    ],
)
def test_what_the_scope_says_is_made_is_a_match(words: Vocabulary, scope: str) -> None:
    assert _of(words, scope)["seat"].by == ("scope_makes",)


@pytest.mark.parametrize(
    "scope",
    [
        "汽车座椅销售",
        "销售：汽车座椅、车灯",
        "汽车座椅批发、零售、维修",
        "汽车座椅研发",
        "汽车座椅的技术服务、技术咨询",
        "货物进出口、汽车座椅租赁",
        "汽车座椅配件制造",
        "塑料制品制造（不含汽车座椅）",
        "除轮胎制造外的橡胶制品制造",
        "橡胶制品制造（不含轮胎制造）；橡胶销售",
        "影院座椅制造",
        "",
        "；；、，（）",
    ],
)
def test_what_is_sold_studied_excluded_or_another_thing_is_none_even_with_the_code(
    words: Vocabulary, scope: str
) -> None:
    assert "seat" not in _of(words, scope, "C3670")
    assert "tyre" not in _of(words, scope, "C2911")


def test_each_verb_holds_for_its_own_list(words: Vocabulary) -> None:
    found = _of(words, "汽车座椅、车灯的生产；轮胎、动力电池的销售")
    assert set(found) == {"seat", "lighting"}


def test_a_bare_word_needs_the_industry_code_beside_it(words: Vocabulary) -> None:
    assert _of(words, "汽车座椅、车灯") == {}
    assert _of(words, "汽车座椅、车灯", "C3670")["seat"].by == ("scope_names", "industry")


def test_a_short_word_that_is_made_counts_as_bare(words: Vocabulary) -> None:
    assert _of(words, "隔膜生产") == {}
    assert _of(words, "隔膜生产", "C2921")["separator"].by == ("scope_names", "industry")


def test_a_link_that_is_a_service_is_made_by_doing_it(words: Vocabulary) -> None:
    assert "scope_makes" in _of(words, "汽车维修；洗车服务")["repair"].by
    assert "repair" in _of(words, "汽车销售")


def test_remarks_on_permits_are_not_read(words: Vocabulary) -> None:
    scope = "轮胎制造（依法须经批准的项目，经相关部门批准后方可开展经营活动）"
    assert set(_of(words, scope)) == {"tyre"}
    assert _of(words, scope)["tyre"].said == "轮胎制造"


def test_a_scope_read_a_second_time_tells_the_same() -> None:
    fresh = Vocabulary.of(LINKS, weights())
    scope = "汽车座椅制造；车灯销售；轮胎、锂电池隔膜的生产"
    first = _of(fresh, scope, "C3670")
    assert set(first) == {"seat", "tyre", "separator"}
    assert _of(fresh, scope, "C3670") == first
