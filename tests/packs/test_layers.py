"""Packs layer: a later pack adds, and overrides by id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chaingraph import check, gaps, settings, show
from chaingraph.config import language
from chaingraph.errors import NotFound
from tests.small_pack import SmallPack

if TYPE_CHECKING:
    from pathlib import Path

_FIRM = """\
firms:
  - id: celler
    name: 电芯股份有限公司
    short_name: 新电芯
    seat: "440100"
    evidence: [{source: own, locator: 一}]
    makes:
      - {link: cell, evidence: [{source: own, locator: 一}]}
"""
_SOURCE = "sources:\n  - {id: own, title: 自录, publisher: 本局, date: 2024-05-01, kind: government, grade: A}\n"


@pytest.fixture
def over(tmp_path: Path) -> SmallPack:
    """A pack that overrides one firm of the small pack."""
    layer = SmallPack(tmp_path / "over")
    layer.put("pack.yaml", "name: over\n")
    layer.put("sources.yaml", _SOURCE)
    layer.put("firms/own.yaml", _FIRM)
    return layer


def test_a_later_pack_overrides_a_record_by_its_id(pack: SmallPack, over: SmallPack) -> None:
    layered = settings(packs=[pack.folder, over.folder])
    assert check(layered).problems == ()
    assert show(layered, "celler").name == "新电芯"
    cell = next(row for row in gaps(layered).no_data if row.link == "cell")
    assert cell.nearest is not None
    assert cell.nearest.region == "440100"


def test_a_later_pack_overrides_single_keys_of_manifest_and_scoring(pack: SmallPack, over: SmallPack) -> None:
    over.put("pack.yaml", 'name: over\nhome_region: "440100"\n')
    over.put("scoring.yaml", "thresholds:\n  covered_share: {value: 0.5, why: 本局口径}\n")
    layered = settings(packs=[pack.folder, over.folder])
    assert check(layered).problems == ()
    assert gaps(layered).region == "440100"


def test_a_reference_into_a_lower_layer_holds_and_one_into_nothing_does_not(pack: SmallPack, over: SmallPack) -> None:
    over.append("firms/own.yaml", "    supplies:\n      - {to: maker, evidence: [{source: own, locator: 一}]}\n")
    assert check(settings(packs=[pack.folder, over.folder])).problems == ()
    assert {p.file for p in check(settings(packs=[over.folder])).problems} == {"over/firms/own.yaml"}


def test_a_standalone_pack_hides_the_layers_below_it(pack: SmallPack) -> None:
    report = check(settings(packs=[pack.folder]))
    assert report.counts["chains"] == 1


def test_packs_and_workspace_come_from_argument_then_environment_then_default(tmp_path: Path) -> None:
    env = {"CHAINGRAPH_PACKS": f"{tmp_path / 'a'}:{tmp_path / 'b'}", "CHAINGRAPH_WORKSPACE": str(tmp_path / "w")}
    found = settings(environ=env)
    assert [path.name for path in found.packs] == ["seeds", "a", "b"]
    assert found.workspace == tmp_path / "w"
    assert settings(tmp_path / "x", [tmp_path / "c"], env) == (tmp_path / "x", (found.packs[0], tmp_path / "c"), None)
    assert settings(environ={}).workspace.name == "chaingraph"


def test_the_default_pack_named_again_is_not_laid_over_itself() -> None:
    found = settings()
    assert settings(packs=[found.packs[0]]).packs == found.packs


def test_the_language_is_the_pack_s_unless_the_environment_or_the_call_says_another(pack: SmallPack) -> None:
    assert language({}) is None
    assert language({"CHAINGRAPH_LANG": "en_US"}) == "en"
    pack.edit("pack.yaml", "language: zh", "language: en")
    assert gaps(settings(packs=[pack.folder])).lang == "en"
    assert gaps(settings(packs=[pack.folder]), lang="zh").lang == "zh"


def test_an_overlay_adds_its_units_to_those_below(pack: SmallPack, over: SmallPack) -> None:
    over.put("pack.yaml", "name: over\nunits: {座: sites}\n")
    assert check(settings(packs=[pack.folder, over.folder])).problems == ()


def test_a_shared_link_may_bring_its_own_evidence_and_a_wrong_source_there_is_a_problem(pack: SmallPack) -> None:
    pack.put(
        "chains/other.yaml",
        "chain: {id: other, name: 另链, name_en: Other, why: 演示}\n"
        "shares:\n  - {link: cell, stage: upstream, tier: 1, evidence: [{source: nobody, locator: 一}]}\n",
    )
    [problem] = check(settings(packs=[pack.folder])).problems
    assert "来源“nobody”不存在" in problem.what


def test_an_overlay_s_own_curator_and_region_source_leave_the_citations_below_alone(
    pack: SmallPack, over: SmallPack
) -> None:
    before = show(settings(packs=[pack.folder]), "pack-link").facts
    over.put("pack.yaml", "name: over\ncurator: own\nregions_source: own\n")
    layered = settings(packs=[pack.folder, over.folder])
    assert check(layered).problems == ()
    assert show(layered, "pack-link").facts == before
    assert {
        c.source for fact in show(layered, "441200").facts for c in fact.citations if fact.predicate == "registered"
    } == {"register"}


def test_a_name_that_two_entities_bear_is_refused_with_their_ids(pack: SmallPack, over: SmallPack) -> None:
    over.put(
        "firms/own.yaml",
        _FIRM.replace("id: celler", "id: other").replace("电芯股份有限公司", "另厂").replace("新电芯", "电芯厂"),
    )
    layered = settings(packs=[pack.folder, over.folder])
    with pytest.raises(NotFound, match=r"celler.*other|other.*celler"):
        show(layered, "电芯厂")
