"""What must hold for any evidence: properties of the pure functions, and of whole reports on random packs."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from chaingraph.analysis.demand import coverage, needs
from chaingraph.analysis.gaps import Facts, Words, by_priority, gap_rows, is_gap, without_data
from chaingraph.analysis.sourcing import sourcing_rate
from chaingraph.analysis.status import Bars
from chaingraph.analysis.supply import supply
from chaingraph.config import Settings
from chaingraph.model.gap_report import LeaderSeen, Need, Supply
from chaingraph.model.numbers import money, number, percent
from chaingraph.scoring.engine import RULES, priority
from chaingraph.scoring.rules import LinkEvidence
from chaingraph.service.gaps import gaps
from chaingraph.stores.rows import (
    ChainFrame,
    ClaimRow,
    FeedRow,
    Judged,
    LinkRow,
    PresenceRow,
    RingRow,
    SurveyRow,
    WorkRow,
)
from tests.oracle.random_packs import CITIES, COUNTIES, save, some_day, write_pack

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.model.gap_report import GapReport, GapRow

# The same examples on every run, and no clock.
steady = examples(derandomize=True, deadline=None, database=None, max_examples=60)

JUST_ABOVE = 1 + 1e-9

grades = st.sampled_from("ABCD")
shares = st.floats(0, 1)
cny = st.floats(0, 1e14)
quantities = st.floats(1e-6, 1e12)
weights = st.fixed_dictionaries({name: st.floats(0.01, 100) for name in RULES})


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value, or None for unknown."""
    return st.none() | strategy


@st.composite
def evidence(draw: st.DrawFn) -> LinkEvidence:
    """Evidence of one link as the analysis can make it: no unmet value above the largest, no grade without a value."""
    largest = draw(maybe(cny))
    unmet = None if largest is None else draw(maybe(st.floats(0, largest)))
    neighbours = draw(st.integers(0, 8))
    return LinkEvidence(
        unmet_cny=unmet,
        unmet_grade=None if unmet is None else draw(grades),
        largest_unmet_cny=largest,
        criticality=draw(maybe(shares)),
        criticality_grade=draw(grades),
        locality=draw(maybe(shares)),
        locality_grade=draw(grades),
        neighbours=neighbours,
        produced_neighbours=draw(st.integers(0, neighbours)),
        adjacency_grade=draw(grades),
        need=draw(maybe(quantities)),
        need_grade=draw(grades),
        near_firms=draw(st.integers(0, 9)),
        near_firms_of_unknown_capacity=draw(st.integers(0, 9)),
        near_capacity=draw(maybe(quantities)),
        near_grade=draw(grades),
        covered_firms=draw(st.integers(1, 5)),
    )


# --- the priority -------------------------------------------------------------------------------------------


@steady
@given(evidence(), weights)
def test_the_priority_stays_between_0_and_100_and_is_the_sum_of_its_contributions(
    row: LinkEvidence, weight: dict[str, float]
) -> None:
    ranked = priority(row, weight)
    contributions = [part.contribution for part in ranked.parts if part.contribution is not None]
    if ranked.score is None:
        assert contributions == []
        assert ranked.completeness == 0
        return
    assert 0 <= ranked.score <= 100 * JUST_ABOVE
    assert math.isclose(ranked.score, math.fsum(contributions), rel_tol=1e-9)
    assert 0 < ranked.completeness <= JUST_ABOVE


@steady
@given(evidence())
def test_every_component_lies_between_0_and_1_or_is_unknown(row: LinkEvidence) -> None:
    for name, rule in RULES.items():
        value = rule(row)
        assert value is None or 0 <= value <= 1, name


@steady
@given(evidence(), weights)
def test_an_unknown_component_counts_as_little_as_one_of_weight_0(row: LinkEvidence, weight: dict[str, float]) -> None:
    ranked = priority(row, weight)
    for part in ranked.parts:
        if part.value is None:
            without = priority(row, {**weight, part.name: 0.0})
            assert without.score == ranked.score
            assert without.completeness >= ranked.completeness


@steady
@given(evidence(), weights, st.sampled_from(["criticality", "locality"]))
def test_forgetting_a_component_is_the_same_as_giving_it_weight_0(
    row: LinkEvidence, weight: dict[str, float], name: str
) -> None:
    assume(any(rule(row) is not None for other, rule in RULES.items() if other != name))
    forgotten = priority(row._replace(**{name: None}), weight).score
    weightless = priority(row, {**weight, name: 0.0}).score
    assert forgotten is not None
    assert weightless is not None
    assert math.isclose(forgotten, weightless, rel_tol=1e-9, abs_tol=1e-9)


@steady
@given(evidence(), weights, st.floats(0.01, 100))
def test_only_the_ratios_of_the_weights_matter(row: LinkEvidence, weight: dict[str, float], factor: float) -> None:
    one, other = priority(row, weight), priority(row, {name: value * factor for name, value in weight.items()})
    assert (one.score is None) == (other.score is None)
    assert math.isclose(one.score or 0, other.score or 0, rel_tol=1e-9, abs_tol=1e-9)
    assert math.isclose(one.completeness, other.completeness, rel_tol=1e-9)


@steady
@given(evidence(), weights, shares, shares)
def test_a_more_critical_link_never_ranks_lower(
    row: LinkEvidence, weight: dict[str, float], one: float, other: float
) -> None:
    less, more = (priority(row._replace(criticality=value), weight).score for value in sorted([one, other]))
    assert less <= more * JUST_ABOVE


@steady
@given(evidence(), quantities, quantities, quantities)
def test_more_capacity_near_never_makes_a_link_scarcer(
    row: LinkEvidence, need: float, near: float, more: float
) -> None:
    before, after = (
        RULES["scarcity"](row._replace(need=need, near_capacity=capacity)) for capacity in (near, near + more)
    )
    assert after <= before


@steady
@given(evidence(), st.floats(0.01, 1e14))
def test_the_largest_unmet_value_of_a_chain_pulls_with_1(row: LinkEvidence, largest: float) -> None:
    assert RULES["pull"](row._replace(unmet_cny=largest, largest_unmet_cny=largest)) == 1


# --- supply, need, coverage ---------------------------------------------------------------------------------

LINKS = [f"link-{place}" for place in range(7)]
FIRMS = ["one", "two", "three", "four"]


def work(link: str, project: str, firm: str | None, stage: Any, capacity: float | None) -> WorkRow:
    """A project's making of a link."""
    return WorkRow(
        link=link,
        project=project,
        project_name=project,
        project_name_en=project,
        firm=firm,
        firm_name=firm,
        firm_name_en=firm,
        region="441200",
        stage=stage,
        stage_date=None,
        by=False,
        capacity=capacity,
        capacity_as_of=None if capacity is None else "2024-01-01",
        basis="stated",
        capacity_note=None,
        grade="B",
    )


def made_here(link: str, capacity: float | None) -> Supply:
    """The supply of one plant, or of none."""
    return supply([] if capacity is None else [work(link, "plant", "one", "in_production", capacity)], None, "zh")


works = st.builds(
    work,
    st.sampled_from(LINKS),
    st.uuids().map(str),
    maybe(st.sampled_from(FIRMS)),
    st.sampled_from([None, "signed", "completed", "in_production", "in_production", "ended"]),
    maybe(quantities),
)


@steady
@given(st.lists(works, max_size=8), st.booleans(), st.randoms(use_true_random=False))
def test_supply_does_not_depend_on_the_order_of_the_projects(found: list[WorkRow], searched: bool, rng: Random) -> None:
    one = supply(found, searched, "zh")
    other = supply(rng.sample(found, len(found)), searched, "zh")
    assert math.isclose(one.value or 0, other.value or 0, rel_tol=1e-9)
    assert math.isclose(one.largest_share or 0, other.largest_share or 0, rel_tol=1e-9)
    close = {"value": None, "planned": None, "largest_share": None}
    assert replace(one, **close) == replace(other, **close)


@steady
@given(st.lists(works, max_size=8), st.booleans())
def test_supply_is_unknown_or_zero_or_what_producing_projects_make(found: list[WorkRow], searched: bool) -> None:
    made = supply(found, searched, "zh")
    producing = [row for row in found if row.stage == "in_production"]
    if not producing:
        assert made.value == (0 if searched else None)
        assert made.firms == 0
        assert made.largest_share is None
    else:
        assert made.firms >= 1
        assert (made.value is None) == all(row.capacity is None for row in producing)
        assert made.largest_share is None or 1 / made.firms <= made.largest_share * JUST_ABOVE <= JUST_ABOVE**2
    assert not (made.at_least and made.value is None)


@st.composite
def needs_known(draw: st.DrawFn) -> Need:
    """A need as the analysis can make it."""
    value = draw(maybe(quantities))
    return Need(value, value is not None and draw(st.booleans()), False, None, ())


@steady
@given(needs_known(), maybe(st.just(0.0) | quantities), st.booleans(), quantities)
def test_coverage_lies_between_0_and_1_and_never_falls_with_more_supply(
    need: Need, made: float | None, partial: bool, more: float
) -> None:
    def covered(value: float | None) -> float | None:
        return coverage(need, replace(made_here("link", value), value=value, at_least=partial and bool(value)))[0]

    share = covered(made)
    if need.value is None or made is None:
        assert share is None
        return
    assert share is None or 0 <= share <= 1
    raised = covered(made + more)
    if share is not None and raised is not None:
        assert raised >= share
    if need.at_least:
        assert raised is None, "of an open-ended need no covered share is known"


@st.composite
def frames(draw: st.DrawFn) -> ChainFrame:
    """A chain whose links feed only later links, save the recycled feeds."""
    ids = LINKS[: draw(st.integers(2, len(LINKS)))]
    judged = maybe(st.builds(Judged, shares, grades))
    priced = maybe(st.builds(Judged, st.floats(0, 1e7), grades))
    tiers = st.integers(-1, 3)
    rows = tuple(
        LinkRow(link, link, link, "吨", "upstream", draw(tiers), draw(priced), draw(judged), draw(judged))
        for link in ids
    )
    amounts = maybe(st.sampled_from([0.25, 0.5, 1.0, 2.0, 3.0, 20.0]))
    feeds = [
        FeedRow(one, other, draw(amounts), False, draw(grades))
        for here, one in enumerate(ids)
        for other in ids[here + 1 :]
        if draw(st.booleans())
    ]
    back = [FeedRow(ids[-1], ids[0], draw(amounts), True, draw(grades))] if draw(st.booleans()) else []
    return ChainFrame("chain", "链", "chain", rows, (*feeds, *back), ())


def needed(frame: ChainFrame, made: dict[str, float]) -> dict[str, Need]:
    """The needs of a chain where ``made`` is produced and of nothing else anything is known."""
    supplies = {link.id: made_here(link.id, made.get(link.id)) for link in frame.links}
    return needs(frame, supplies, {link.id: link.id for link in frame.links})


@steady
@given(frames(), quantities, st.floats(0.01, 100))
def test_need_grows_in_proportion_to_what_the_leader_makes(frame: ChainFrame, made: float, factor: float) -> None:
    leader = frame.links[-1].id
    one, other = needed(frame, {leader: made}), needed(frame, {leader: made * factor})
    for link in one:
        assert (one[link].value is None) == (other[link].value is None)
        if one[link].value is not None:
            assert math.isclose(one[link].value * factor, other[link].value, rel_tol=1e-9)


@steady
@given(frames(), quantities)
def test_recycled_feeds_and_feeds_without_amount_add_nothing_to_the_need(frame: ChainFrame, made: float) -> None:
    quantified = frame._replace(feeds=tuple(f for f in frame.feeds if f.amount is not None and not f.recycled))
    leader = frame.links[-1].id
    # A feed of unknown amount makes the need a floor; that is told, and changes no number.
    numbers = ({link: need.value for link, need in needed(f, {leader: made}).items()} for f in (frame, quantified))
    assert next(numbers) == next(numbers)


@steady
@given(frames(), quantities)
def test_a_need_is_the_sum_of_its_known_terms(frame: ChainFrame, made: float) -> None:
    for need in needed(frame, {frame.links[-1].id: made}).values():
        products = [term.product for term in need.terms if term.product is not None]
        assert (need.value is None) == (not products)
        assert math.isclose(need.value or 0, math.fsum(products), rel_tol=1e-9)
        assert need.at_least or need.value is None or len(products) == len(need.terms)


# --- rows, ranks, rates -------------------------------------------------------------------------------------


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Everything a store could say of a random chain."""
    frame = draw(frames())
    ids = [link.id for link in frame.links]
    some = st.sampled_from(ids)
    claim = st.builds(
        lambda link, grade: ClaimRow(link, "441200", "有", "paper", "日报", "2023-01-01", grade), some, grades
    )
    survey = st.builds(lambda link, found: SurveyRow(link, "441200", "2023-01-01", found, "A"), some, st.booleans())
    made = st.floats(1e-3, 1e6)
    presence = []
    for link in ids:
        firms = draw(st.integers(0, 5))
        capacity = draw(maybe(made)) if firms else None
        presence.append(
            PresenceRow(link, (RingRow("near", firms, firms, capacity, "C" if firms else None),), None, (), 0)
        )
    return Facts(
        frame,
        frozenset(draw(st.lists(some, max_size=2))),
        [row for row in draw(st.lists(works, max_size=10)) if row.link in ids],
        draw(st.lists(claim, max_size=3)),
        draw(st.lists(survey, max_size=3)),
        presence,
    )


BARS = Bars(0.8, 3, 0.7)


def rows_of(known: Facts, weight: dict[str, float], bars: Bars = BARS) -> list[GapRow]:
    """The rows of random facts."""
    return gap_rows(known, weight, bars, Words("zh", {"吨": "吨"}))


@steady
@given(facts(), weights)
def test_every_link_is_in_exactly_one_part_of_the_report(known: Facts, weight: dict[str, float]) -> None:
    rows = rows_of(known, weight)
    assert [row.link for row in rows] == [link.id for link in known.frame.links]
    for row in rows:
        leader, covered = row.direction == "leader", row.status == "covered" and row.direction != "leader"
        assert [leader, covered, is_gap(row), without_data(row)].count(True) == 1
        assert leader == (row.link in known.leader_links)
        assert (row.move is None) == (leader or row.status == "covered")


@steady
@given(facts(), weights)
def test_a_link_is_covered_or_thin_exactly_where_something_produces(known: Facts, weight: dict[str, float]) -> None:
    producing = {row.link for row in known.works if row.stage == "in_production"}
    for row in rows_of(known, weight):
        assert (row.status in ("covered", "thin")) == (row.link in producing)
        assert row.evidence_level != "none" or row.status == "missing"


@steady
@given(facts(), weights, shares, shares)
def test_raising_the_bar_never_covers_a_link_that_was_not(
    known: Facts, weight: dict[str, float], one: float, other: float
) -> None:
    low, high = sorted([one, other])
    easy = rows_of(known, weight, Bars(low, 3, 0.7))
    hard = rows_of(known, weight, Bars(high, 3, 0.7))
    assert {row.link for row in hard if row.status == "covered"} <= {
        row.link for row in easy if row.status == "covered"
    }


@steady
@given(facts(), weights)
def test_ranking_sorts_by_priority_with_the_unknown_last(known: Facts, weight: dict[str, float]) -> None:
    rows = rows_of(known, weight)
    ranked = by_priority(rows)
    assert sorted(row.link for row in ranked) == sorted(row.link for row in rows)
    scores = [-math.inf if row.priority is None else row.priority for row in ranked]
    assert scores == sorted(scores, reverse=True)
    assert ranked == by_priority(rows[::-1]), "ties must not depend on the order of the rows"


@steady
@given(facts(), weights)
def test_the_sourcing_rate_is_an_interval_within_0_and_1(known: Facts, weight: dict[str, float]) -> None:
    rows = rows_of(known, weight)
    last = known.frame.links[-1].id
    rate = sourcing_rate(known.frame, LeaderSeen("one", "one", last, last, "441200", "A"), rows)
    total = sum(item.value_cny or 0 for item in rate.inputs)
    assert (rate.low is None) == (rate.high is None) == (total == 0)
    if rate.low is not None and rate.high is not None:
        assert 0 <= rate.low <= rate.high * JUST_ABOVE <= JUST_ABOVE**2
        known_all = all(item.coverage is not None for item in rate.inputs if item.value_cny)
        assert not known_all or math.isclose(rate.low, rate.high)


# --- numbers for people -------------------------------------------------------------------------------------

finite = st.floats(allow_nan=False, allow_infinity=False)


@steady
@given(finite, st.sampled_from(["zh", "en"]))
def test_no_finite_number_is_too_odd_to_be_written(value: float, lang: Any) -> None:
    assert number(value)
    assert money(value, lang).split()
    assert percent(value).endswith("%")


@steady
@given(st.floats(1e-4, 1e15) | st.floats(-1e15, -1e-4))
def test_a_written_number_reads_back_to_four_figures(value: float) -> None:
    assert math.isclose(float(number(value).replace(",", "")), value, rel_tol=5.1e-4)


UNITS_OF_MONEY = {"亿元": 1e8, "万元": 1e4, "元": 1, "bn": 1e9, "m": 1e6}


@steady
@given(st.floats(1, 1e15), st.sampled_from(["zh", "en"]))
def test_written_money_reads_back_to_four_figures(value: float, lang: Any) -> None:
    text, *unit = money(value, lang).removeprefix("CNY ").split()
    scale = UNITS_OF_MONEY[unit[0]] if unit else 1
    assert math.isclose(float(text.replace(",", "")) * scale, value, rel_tol=5.1e-4)


def test_a_tiny_number_is_written_with_its_digits() -> None:
    assert float(number(1.5e-11)) == 1.5e-11


def test_a_number_that_rounds_up_to_a_thousand_is_grouped_like_one() -> None:
    assert number(999.96) == "1,000"


# --- reports of random packs --------------------------------------------------------------------------------

DAY = date(2023, 6, 30)


def answers(pack: Path, workspace: Path, lang: Any = "zh") -> list[GapReport]:
    """Reports on one day, without the hash of the pack."""
    settings = Settings(workspace, (pack,))
    return [
        replace(gaps(settings, chain, region=region, as_of=DAY, lang=lang), pack="")
        for chain in ("alpha", "beta")
        for region in ("441200", "441284", "440000")
    ]


def changed(pack: Path, name: str, section: str, edit: Any) -> None:
    """Hands the list of a section to ``edit`` and writes the file again."""
    data = yaml.safe_load((pack / name).read_text(encoding="utf-8"))
    edit(data[section])
    save(pack / name, data)


def dated(rng: Random, grade: str = "A") -> tuple[str, dict[str, Any]]:
    """A day after the one asked for, the day itself excluded, and a citation as of it."""
    on = some_day(rng, DAY + timedelta(days=1), date(2026, 12, 1)).isoformat()
    return on, {"source": "paper-a", "locator": "later", "grade": grade, "as_of": on}


def add_later_facts(pack: Path, rng: Random) -> None:
    """New facts of every dated kind about what the pack knows, each dated after ``DAY``."""
    links = {
        link["id"]: link["unit"]
        for chain in ("alpha", "beta")
        for link in yaml.safe_load((pack / f"chains/{chain}.yaml").read_text(encoding="utf-8"))["links"]
    }
    places = [*CITIES, *COUNTIES]

    def later_makes() -> dict[str, Any]:
        link = rng.choice(list(links))
        return {"link": link, "capacity": rng.choice([1, 7, 900]), "unit": links[link], "evidence": [dated(rng)[1]]}

    def later_stage() -> dict[str, Any]:
        on, cited = dated(rng)
        return {"stage": rng.choice(["in_production", "ended"]), "date": on, "evidence": [cited]}

    def projects(raw: list[dict[str, Any]]) -> None:
        for project in raw:
            # A better-graded capacity of a link it makes already, and a link it does not.
            project["makes"] += [{**later_makes(), **_same_link(project, links)}, later_makes()]
            project["stages"].append(later_stage())
        raw.extend(
            {
                "id": f"later-project-{later}",
                "name": f"后来项目{later}",
                "firm": "firm-0",
                "region": rng.choice(places),
                "makes": [later_makes()],
                "stages": [later_stage()],
                "evidence": [dated(rng)[1]],
            }
            for later in range(8)
        )

    def firms(raw: list[dict[str, Any]]) -> None:
        for firm in raw:
            firm["makes"].append({"link": rng.choice(list(links)), "evidence": [dated(rng)[1]]})
        raw.append(
            {
                "id": "a-later-firm",
                "name": "后来企业",
                "seat": "441200",
                "makes": [{"link": link, "evidence": [dated(rng)[1]]} for link in links],
                "evidence": [dated(rng)[1]],
            }
        )

    def claims(raw: list[dict[str, Any]]) -> None:
        for claim in raw:
            claim["evidence"].append(dated(rng)[1])
        raw.extend({"region": "441200", "link": link, "said": "后来", "evidence": [dated(rng)[1]]} for link in links)

    def surveys(raw: list[dict[str, Any]]) -> None:
        for link in links:
            on, cited = dated(rng)
            found = rng.random() < 0.5
            raw.append({"region": "440000", "link": link, "date": on, "found": found, "evidence": [cited]})

    changed(pack, "projects.yaml", "projects", projects)
    changed(pack, "firms/all.yaml", "firms", firms)
    changed(pack, "claims.yaml", "claims", claims)
    changed(pack, "surveys.yaml", "surveys", surveys)


def _same_link(project: dict[str, Any], links: dict[str, str]) -> dict[str, Any]:
    link = project["makes"][0]["link"]
    return {"link": link, "unit": links[link]}


@pytest.mark.parametrize("seed", range(100, 108))
def test_facts_dated_after_the_day_change_nothing(seed: int, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack", Random(seed))
    before = answers(pack, tmp_path / "workspace")
    add_later_facts(pack, Random(seed))
    assert answers(pack, tmp_path / "workspace") == before


def test_the_later_facts_do_change_later_reports(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack", Random(100))
    settings = Settings(tmp_path / "workspace", (pack,))
    before = gaps(settings, "alpha", as_of="2026-12-31")
    add_later_facts(pack, Random(100))
    assert replace(gaps(settings, "alpha", as_of="2026-12-31"), pack="") != replace(before, pack="")


@pytest.mark.parametrize("seed", range(200, 206))
def test_the_order_of_records_in_the_files_changes_nothing(seed: int, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack", Random(seed))
    before = answers(pack, tmp_path / "workspace")
    rng = Random(seed)
    for name, section in (
        ("projects.yaml", "projects"),
        ("firms/all.yaml", "firms"),
        ("surveys.yaml", "surveys"),
        ("chains/alpha.yaml", "links"),
        ("chains/alpha.yaml", "feeds"),
        ("chains/beta.yaml", "shares"),
    ):
        changed(pack, name, section, rng.shuffle)
    assert answers(pack, tmp_path / "workspace") == before


@pytest.mark.parametrize("seed", range(300, 304))
def test_the_language_changes_words_and_no_number(seed: int, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack", Random(seed))

    def numbers(report: GapReport) -> list[Any]:
        rows = [*report.gaps, *report.no_data, *report.covered, *report.leader_links]
        return [(r.link, r.rank, r.status, r.supply.value, r.need.value, r.coverage, r.priority) for r in rows]

    chinese, english = (answers(pack, tmp_path / "workspace", lang) for lang in ("zh", "en"))
    assert [numbers(report) for report in chinese] == [numbers(report) for report in english]
    assert chinese != english
