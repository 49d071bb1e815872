"""Where the links of a chain stand on its map."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaingraph.analysis.map_layout import MOST_COLUMNS, STEPS, WIDTH, Placed, growth, layout

if TYPE_CHECKING:
    from chaingraph.analysis.map_layout import Box, Layout

STAGES = ("upstream", "midstream", "downstream")


def _crossed(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def _on_side(box: Box, point: tuple[float, float]) -> bool:
    x, y = point
    at_side = min(abs(x - box.x), abs(x - box.x - box.width)) < 1e-6
    return at_side and box.y < y < box.y + box.height


def _check(found: Layout, links: list[Placed], feeds: list[tuple[str, str]]) -> None:
    """What holds of every map."""
    assert set(found.cells) == {link.id for link in links}
    for link in links:
        box, lane = found.cells[link.id], found.lanes[link.stage]
        assert lane.x < box.x
        assert box.x + box.width < lane.x + lane.width
        assert lane.y < box.y
        assert box.y + box.height < lane.y + lane.height
        assert box.height == link.height
    for lane in found.lanes.values():
        assert lane.x > 0
        assert lane.x + lane.width <= found.width + 1e-6
        assert lane.y > 0
        assert lane.y + lane.height < found.height
    assert not any(_crossed(*pair) for pair in combinations(found.cells.values(), 2))
    assert set(found.curves) == {feed for feed in feeds if feed[0] != feed[1]}
    for (start, end), points in found.curves.items():
        assert _on_side(found.cells[start], points[0])
        assert _on_side(found.cells[end], points[3])


def _links(*tiers: tuple[str, int, int]) -> list[Placed]:
    return [Placed(f"{stage}{tier}-{n}", stage, tier, 60) for stage, tier, count in tiers for n in range(count)]


@st.composite
def _chains(draw: st.DrawFn) -> tuple[list[Placed], list[tuple[str, str]]]:
    links = [
        Placed(
            f"link{n}",
            draw(st.sampled_from(STAGES)),
            draw(st.integers(-4, 5)),
            draw(st.sampled_from([56.0, 72.0, 95.5])),
        )
        for n in range(draw(st.integers(1, 40)))
    ]
    ends = st.sampled_from([link.id for link in links])
    return links, draw(st.lists(st.tuples(ends, ends), unique=True, max_size=60))


@given(_chains())
def test_any_chain_fits_its_canvas_without_an_overlap(chain: tuple[list[Placed], list[tuple[str, str]]]) -> None:
    links, feeds = chain
    found = layout(links, feeds, STAGES)
    _check(found, links, feeds)
    assert found == layout(links, feeds, STAGES)


def test_lanes_stand_from_upstream_to_downstream_and_an_empty_one_is_left_out() -> None:
    links = _links(("downstream", -1, 2), ("upstream", 1, 3))
    found = layout(links, [], STAGES)
    assert list(found.lanes) == ["upstream", "downstream"]
    assert found.lanes["upstream"].x < found.lanes["downstream"].x


def test_the_deeper_tier_stands_to_the_left() -> None:
    found = layout(_links(("upstream", 1, 6), ("upstream", 2, 6), ("midstream", 0, 1)), [], STAGES)
    assert found.cells["upstream2-0"].x < found.cells["upstream1-0"].x < found.cells["midstream0-0"].x


def test_a_long_tier_takes_several_columns_rather_than_a_tall_one() -> None:
    links = _links(("upstream", 1, 40), ("midstream", 0, 1))
    found = layout(links, [], STAGES)
    columns = {box.x for box in found.cells.values()}
    assert 4 <= len(columns) <= MOST_COLUMNS
    assert found.width == WIDTH


def test_many_small_tiers_share_columns() -> None:
    links = [Placed(f"link{tier}", "upstream", tier, 60) for tier in range(30)]
    found = layout(links, [], STAGES)
    _check(found, links, [])
    assert len({box.x for box in found.cells.values()}) <= MOST_COLUMNS


def test_links_move_towards_what_they_feed_so_that_feeds_do_not_cross() -> None:
    links = _links(("upstream", 1, 5), ("midstream", 0, 5))
    feeds = [(f"upstream1-{n}", f"midstream0-{4 - n}") for n in range(5)]
    found = layout(links, feeds, STAGES)
    tops = [(found.cells[start].y, found.cells[end].y) for start, end in feeds]
    assert sorted(tops) == sorted(tops, key=lambda pair: pair[1])


def test_feeds_that_enter_one_cell_arrive_apart_in_the_order_of_where_they_come_from() -> None:
    links = _links(("upstream", 1, 4), ("midstream", 0, 1))
    feeds = [(f"upstream1-{n}", "midstream0-0") for n in range(4)]
    found = layout(links, feeds, STAGES)
    arrivals = [found.curves[feed][3][1] for feed in sorted(feeds, key=lambda feed: found.cells[feed[0]].y)]
    assert arrivals == sorted(set(arrivals))


def test_a_feed_back_leaves_on_the_left_and_enters_on_the_right() -> None:
    links = _links(("upstream", 1, 1), ("downstream", -1, 1))
    found = layout(links, [("downstream-1-0", "upstream1-0")], STAGES)
    points = found.curves["downstream-1-0", "upstream1-0"]
    assert points[0][0] == found.cells["downstream-1-0"].x
    assert points[3][0] == found.cells["upstream1-0"].x + found.cells["upstream1-0"].width


def test_a_chain_without_links_is_an_empty_canvas() -> None:
    found = layout([], [], STAGES)
    assert (found.lanes, found.cells, found.curves) == ({}, {}, {})


@pytest.mark.parametrize(
    ("unmet", "step"),
    [(0.0, 0), (9.9e7, 0), (1e8, 1), (3.1e8, 1), (3.2e8, 2), (9.9e8, 2), (1e9, 3), (1e12, 3)],
)
def test_a_cell_grows_with_the_logarithm_of_its_unmet_value(unmet: float, step: int) -> None:
    assert growth(unmet) == STEPS[step]


def test_an_unknown_unmet_value_is_not_the_smallest() -> None:
    assert growth(None) > growth(0.0)
