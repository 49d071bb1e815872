"""``path``: how two entities are related, by which facts, as known on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chaingraph import Settings, path, show
from chaingraph.errors import NotFound, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.model.path_report import PathReport
    from tests.small_pack import SmallPack

_MORE = """\
  - id: trader
    name: 贸易有限公司
    seat: "440100"
    evidence: [{source: register, locator: 名录}]
    supplies: [{to: maker, evidence: [{source: paper, locator: 客户}]}]
    owned_by: [{firm: celler, share: 0.4, evidence: [{source: report, locator: 股东}]}]
  - id: loner
    name: 孤立有限公司
    seat: "440100"
    evidence: [{source: register, locator: 名录}]
"""


@pytest.fixture
def alone(pack: SmallPack, tmp_path: Path) -> Settings:
    """Settings over the small pack with nothing beneath it."""
    return Settings(tmp_path / "workspace", (pack.folder,))


@pytest.fixture
def related(pack: SmallPack, alone: Settings) -> Settings:
    """The small pack with a trader that ties the two firms, a platform and a policy."""
    pack.append("firms/all.yaml", _MORE)
    pack.put("parks.yaml", 'parks: [{id: zone, name: 高新区, region: "441283", why: x}]\n')
    pack.put(
        "platforms.yaml",
        'platforms: [{id: lab, name: 检测中心, region: "441283", park: zone, firm: loner, '
        "serves: [{chain: demo, why: x}], why: x}]\n",
    )
    pack.put(
        "policies.yaml",
        'policies: [{id: rule, name: 办法, region: "441200", rule: 门槛, chains: [demo], parks: [zone], why: x}]\n',
    )
    return alone


def told(report: PathReport) -> list[list[str]]:
    """Each path as the ids it leads through."""
    return [[steps[0].start.id, *(step.end.id for step in steps)] for steps in report.paths]


def test_the_shortest_path_stands_first_and_each_step_has_its_facts_and_sources(related: Settings) -> None:
    report = path(related, "celler", "maker")
    assert told(report)[0] == ["celler", "trader", "maker"]
    assert [[fact.predicate for fact in step.facts] for step in report.paths[0]] == [["owns"], ["supplies"]]
    assert report.paths[0][0].facts[0].value == 0.4
    assert report.paths[0][1].facts[0].citations[0].source == "paper"


def test_every_step_is_a_fact_that_show_tells_of_its_start(related: Settings) -> None:
    for steps in path(related, "celler", "maker", top=50).paths:
        for step in steps:
            told_by_show = show(related, step.start.id).facts
            assert step.facts
            for fact in step.facts:
                assert fact.object == step.end.id
                assert fact in told_by_show


def test_a_path_reads_the_same_from_its_other_end(related: Settings) -> None:
    there, back = told(path(related, "celler", "maker", top=50)), told(path(related, "maker", "celler", top=50))
    assert {tuple(reversed(one)) for one in there} == {tuple(one) for one in back}


def test_later_facts_are_not_seen_on_an_earlier_day(related: Settings) -> None:
    before = path(related, "trader", "maker", as_of="2023-05-31")
    assert ["trader", "maker"] not in told(before)
    assert told(path(related, "trader", "maker", as_of="2023-06-01"))[0] == ["trader", "maker"]


def test_before_anything_is_known_only_the_structure_of_chains_ties(related: Settings) -> None:
    assert told(path(related, "car", "cell", as_of="2001-01-01")) == [["car", "pack-link", "cell"]]
    assert told(path(related, "cell", "demo", as_of="2001-01-01"))[0] == ["cell", "demo"]
    assert path(related, "maker", "celler", as_of="2001-01-01").paths == ()


def test_no_path_leads_through_a_chain_a_policy_or_a_region(related: Settings) -> None:
    for start, end in (("maker", "celler"), ("plant", "cell"), ("zone", "cell"), ("loner", "maker")):
        for stops in told(path(related, start, end, top=100)):
            assert not {"demo", "rule", "441200", "441283", "440100", "440000"} & set(stops[1:-1])


def test_a_platform_and_a_park_are_led_through(related: Settings) -> None:
    assert told(path(related, "loner", "zone"))[0] == ["loner", "lab", "zone"]
    assert told(path(related, "rule", "loner"))[0] == ["rule", "zone", "lab", "loner"]


def test_a_county_inside_the_region_at_the_end_is_led_through(related: Settings) -> None:
    assert told(path(related, "zone", "肇庆市"))[0] == ["zone", "441283", "441200"]
    assert told(path(related, "肇庆市", "zone"))[0] == ["441200", "441283", "zone"]


def test_what_nothing_ties_has_no_path(pack: SmallPack, alone: Settings) -> None:
    pack.append("firms/all.yaml", _MORE)
    report = path(alone, "loner", "celler")
    assert report.paths == ()
    assert (report.start.name, report.end.name) == ("孤立有限公司", "电芯厂")


def test_claims_and_surveys_tie_no_firm_to_a_region(pack: SmallPack, alone: Settings) -> None:
    pack.put("claims.yaml", 'claims: [{region: "441283", link: cell, said: 有, why: x}]\n')
    pack.put("surveys.yaml", 'surveys: [{region: "441283", link: cell, date: 2023-01-01, found: true, why: x}]\n')
    assert path(alone, "cell", "441283").paths == ()


def test_a_firm_and_the_region_of_its_seat_are_one_step_apart_from_either_end(alone: Settings) -> None:
    assert told(path(alone, "celler", "350900"))[0] == ["celler", "350900"]
    assert told(path(alone, "350900", "celler"))[0] == ["350900", "celler"]
    assert told(path(alone, "celler", "350000"))[0] == ["celler", "350900", "350000"]


def test_the_structure_of_chains_ties_on_every_day(alone: Settings) -> None:
    assert path(alone, "car", "cell", as_of="1960-01-01").paths


def test_more_than_six_steps_are_no_path(pack: SmallPack, alone: Settings) -> None:
    links = "".join(
        f"  - {{id: step-{n}, name: 第{n}步, name_en: S{n}, stage: upstream, tier: {n + 2}, unit: 吨, why: x}}\n"
        for n in range(1, 6)
    )
    feeds = "  - {from: step-1, to: cell, why: x}\n" + "".join(
        f"  - {{from: step-{n + 1}, to: step-{n}, why: x}}\n" for n in range(1, 5)
    )
    pack.edit("chains/demo.yaml", "feeds:\n", f"{links}feeds:\n{feeds}")
    assert [len(steps) for steps in path(alone, "step-4", "car").paths] == [6]
    assert path(alone, "step-5", "car").paths == ()


def test_both_ends_the_same_entity_are_refused_under_whatever_name(related: Settings) -> None:
    for start, end in (("maker", "maker"), ("造车有限公司", "造车"), ("肇庆", "441200")):
        with pytest.raises(UsageError, match="same entity"):
            path(related, start, end)


def test_an_unknown_end_a_day_that_is_none_and_a_top_below_one_are_refused(related: Settings) -> None:
    with pytest.raises(NotFound, match="nobody"):
        path(related, "maker", "nobody")
    with pytest.raises(NotFound, match="nobody"):
        path(related, "nobody", "maker")
    with pytest.raises(UsageError, match="not a date"):
        path(related, "maker", "celler", as_of="yesterday")
    with pytest.raises(UsageError, match="at least 1"):
        path(related, "maker", "celler", top=0)


def test_ends_are_found_by_name_alias_and_listing_code_in_either_language(related: Settings) -> None:
    report = path(related, "300000.SZ", "造车", lang="en")
    assert (report.start.id, report.end.id, report.start.kind_name) == ("celler", "maker", "firm")
    assert report.paths == path(related, "celler", "maker", lang="en").paths


def test_top_keeps_so_many(related: Settings) -> None:
    whole = told(path(related, "celler", "maker", top=50))
    assert len(whole) > 1
    assert told(path(related, "celler", "maker", top=1)) == whole[:1]


def test_the_map_holds_on_every_day(related: Settings) -> None:
    """What lies in what is known from one late table; a path of an earlier day leads through it all the same."""
    assert told(path(related, "plant", "440000", as_of="2023-07-01"))[0] == ["plant", "441200", "440000"]
