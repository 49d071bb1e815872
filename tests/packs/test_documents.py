"""``documents.yaml`` and the newer kinds: what is listed must be in the graph, what is referred to must exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chaingraph import Settings, check, show
from chaingraph.cli import main
from chaingraph.packs.loader import load
from tests.small_pack import SmallPack

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.model.check_report import ProblemSeen

_CITE = "evidence: [{source: report, locator: 三}]"
_MORE = {
    "parks.yaml": f"""\
parks:
  - {{id: zone, name: 高新区, region: "441283", {_CITE}}}
  - id: east
    name: 东区
    region: "441283"
    part_of: {{park: zone, {_CITE}}}
    {_CITE}
""",
    "platforms.yaml": f"""\
platforms:
  - id: lab
    name: 检测中心
    region: "441283"
    park: zone
    firm: maker
    serves:
      - {{chain: demo, {_CITE}}}
    {_CITE}
""",
    "policies.yaml": f"""\
policies:
  - id: rule
    name: 准入办法
    region: "441200"
    rule: 每亩不低于三百万
    chains: [demo]
    parks: [zone]
    {_CITE}
""",
    "targets.yaml": f"""\
targets:
  - {{id: goal, region: "441200", chain: demo, park: zone, link: car, name: 产值, at_least: 100, unit: 亿元, {_CITE}}}
""",
    "actuals.yaml": f"""\
actuals:
  - {{id: done, region: "441200", chain: demo, park: zone, name: 产值, value: 90, unit: 亿元, year: 2021, {_CITE}}}
""",
    "projects/more.yaml": f"""\
projects:
  - id: second
    name: 二期
    region: "441200"
    park: east
    stages: [{{stage: landed, date: 2021-01-01, {_CITE}}}]
    {_CITE}
""",
    "claims.yaml": f"""\
claims: [{{region: "441200", link: cell, said: 已有电芯, {_CITE}}}]
""",
    "surveys.yaml": f"""\
surveys: [{{region: "441200", link: cell, date: 2022-01-05, found: false, {_CITE}}}]
""",
}


@pytest.fixture
def full(pack: SmallPack) -> SmallPack:
    """The small pack with a record of every newer kind."""
    for name, text in _MORE.items():
        pack.put(name, text)
    return pack


def problems(pack: SmallPack) -> list[ProblemSeen]:
    """The problems of the pack alone."""
    return list(check(Settings(pack.folder / "unused", (pack.folder,))).problems)


def only(pack: SmallPack) -> ProblemSeen:
    """The one problem of the pack."""
    found = problems(pack)
    assert len(found) == 1, found
    return found[0]


def listed(pack: SmallPack, *facts: str, source: str = "report") -> None:
    """Lists facts as taken from a source, the first in line 4."""
    lines = "".join(f"      - {{told: 原文, at: 第二段, {fact}}}\n" for fact in facts)
    pack.put("documents.yaml", f"documents:\n  - source: {source}\n    facts:\n{lines}")


@pytest.mark.parametrize(
    "fact",
    [
        "in: chains/demo",
        "in: chains/demo/leaders, has: {firm: maker, link: car}",
        "in: firms/maker/makes, has: {link: car}",
        "in: projects/plant",
        "in: projects/plant, has: {firm: maker, region: '441200'}",
        "in: projects/plant/makes, has: {link: car, capacity: 100000, unit: 辆}",
        "in: projects/plant/stages, has: {stage: in_production, date: 2021-05-01, by: false}",
        "in: projects/second/stages, has: {stage: landed}",
        "in: projects/second, has: {park: east}",
        "in: parks/east/part_of, has: {park: zone}",
        "in: platforms/lab/serves, has: {chain: demo}",
        "in: platforms/lab, has: {firm: maker}",
        "in: policies/rule, has: {rule: 每亩不低于三百万}",
        "in: policies/rule/chains, has: {value: demo}",
        "in: targets/goal, has: {at_least: 100, unit: 亿元}",
        "in: actuals/done, has: {value: 90, year: 2021}",
        "in: claims, has: {link: cell, said: 已有电芯}",
        "in: surveys, has: {link: cell, found: false, date: 2022-01-05}",
    ],
)
def test_a_listed_fact_that_is_there_and_cites_the_document_passes(full: SmallPack, fact: str) -> None:
    listed(full, fact)
    assert problems(full) == []


@pytest.mark.parametrize(
    ("fact", "what"),
    [
        ("in: projects/nothing", "图中没有这条事实"),
        ("in: links/nothing/aliases", "图中没有这条事实"),
        ("in: projects/plant/park", "图中没有这条事实"),
        ("in: projects/plant/investment_cny", "图中没有这条事实"),
        ("in: projects/plant/nothing", "图中没有这条事实"),
        ("in: projects/plant/model_dump", "图中没有这条事实"),
        ("in: targets/goal, has: {year: 2019}", "图中没有这条事实"),
        ("in: projects/plant/makes, has: {capacity: 100001}", "图中没有这条事实"),
        ("in: projects/plant/makes, has: {link: car, nothing: 1}", "图中没有这条事实"),
        ("in: projects/plant/stages, has: {stage: in_production, by: true}", "图中没有这条事实"),
        ("in: projects/plant, has: {firm: celler}", "图中没有这条事实"),
        ("in: claims, has: {said: 已有电池包}", "图中没有这条事实"),
        ("in: surveys, has: {link: cell, found: true}", "图中没有这条事实"),
        ("in: firms/celler/makes, has: {link: cell}", "未引用“report”"),
        ("in: firms/celler", "未引用“report”"),
        ("in: links/cell/unit_price_cny, has: {value: 400000000}", "未引用“report”"),
        ("in: links/pack-link/aliases, has: {value: 电池总成}", "未引用“report”"),
        ("in: firms", "路径“firms”不成立"),
        ("in: claims/cell", "路径“claims/cell”不成立"),
        ("in: surveys/cell/link", "路径“surveys/cell/link”不成立"),
        ("in: feeds/car", "路径“feeds/car”不成立"),
        ("in: regions/441200", "路径“regions/441200”不成立"),
        ("in: sources/report", "路径“sources/report”不成立"),
        ("in: project/plant", "路径“project/plant”不成立"),
    ],
)
def test_a_listed_fact_that_is_not_there_is_one_problem_at_its_line(full: SmallPack, fact: str, what: str) -> None:
    listed(full, "in: projects/plant", fact)
    problem = only(full)
    assert (problem.file, problem.line, problem.field) == ("small/documents.yaml", 5, "documents[0].facts[1].in")
    assert what in problem.what
    assert problem.mend


@pytest.mark.parametrize("path", ["Projects/plant", "projects/plant/makes/car", "projects/", "/plant", "claims//link"])
def test_a_path_of_another_shape_is_a_problem(full: SmallPack, path: str) -> None:
    listed(full, f"in: {path}")
    problem = only(full)
    assert (problem.file, problem.line) == ("small/documents.yaml", 4)
    assert "写法不对" in problem.what


def test_the_values_of_has_must_stand_in_one_item_together(full: SmallPack) -> None:
    full.edit("projects.yaml", "    stages:\n", "      - {link: cell, capacity: 3, unit: GWh, why: x}\n    stages:\n")
    listed(full, "in: projects/plant/makes, has: {link: car, capacity: 3}")
    assert "图中没有" in only(full).what


def test_a_fact_that_is_there_twice_need_cite_the_document_once(full: SmallPack) -> None:
    full.edit(
        "projects.yaml",
        "    stages:\n",
        "      - {link: car, capacity: 9, unit: 辆, evidence: [{source: paper, locator: 一}]}\n    stages:\n",
    )
    listed(full, "in: projects/plant/makes, has: {link: car}", source="paper")
    assert problems(full) == []


def test_a_fact_without_words_place_or_path_is_a_problem(full: SmallPack) -> None:
    full.put("documents.yaml", "documents:\n  - source: report\n    facts:\n      - {told: 原文, in: projects/plant}\n")
    assert "缺少必填项“at”" in only(full).what


def test_a_document_whose_source_is_none_is_named(full: SmallPack) -> None:
    full.put("documents.yaml", "documents:\n  - {source: reprt, facts: []}\n")
    problem = only(full)
    assert (problem.line, problem.field) == (2, "documents[0].source")
    assert "来源“reprt”不存在" in problem.what


def test_a_document_listed_twice_is_a_problem(full: SmallPack) -> None:
    full.put("documents.yaml", "documents:\n  - {source: report, facts: []}\n  - {source: report, facts: []}\n")
    assert "重复" in only(full).what


def test_check_ends_with_code_2_and_prints_file_and_line(
    full: SmallPack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    listed(full, "in: projects/nothing")
    monkeypatch.setattr("sys.argv", ["chaingraph", "check", str(full.folder)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "small/documents.yaml:4" in capsys.readouterr().out


# --- the newer kinds ---


def test_the_newer_kinds_and_a_folder_of_projects_are_read(full: SmallPack) -> None:
    graph = load([full.folder]).graph_or_raise()
    assert graph.platforms["lab"].serves[0].chain == "demo"
    assert graph.policies["rule"].parks == ("zone",)
    assert graph.targets["goal"].link == "car"
    assert graph.actuals["done"].value == 90
    assert set(graph.projects) == {"plant", "second"}
    assert graph.projects["second"].stages[0].stage == "landed"
    part_of = graph.parks["east"].part_of
    assert part_of is not None
    assert part_of.park == "zone"


def test_the_newer_kinds_are_counted(full: SmallPack) -> None:
    listed(full, "in: projects/plant")
    counts = check(Settings(full.folder / "unused", (full.folder,))).counts
    kinds = ("projects", "parks", "platforms", "policies", "targets", "actuals", "claims", "surveys", "documents")
    assert {kind: counts[kind] for kind in kinds} == {**dict.fromkeys(kinds, 1), "projects": 2, "parks": 2}


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        ("platforms.yaml", "park: zone", "park: zome", "园区“zome”不存在"),
        ("platforms.yaml", "firm: maker", "firm: makr", "企业“makr”不存在"),
        ("platforms.yaml", 'region: "441283"', 'region: "441299"', "地区“441299”不存在"),
        ("platforms.yaml", "chain: demo", "chain: dem", "产业链“dem”不存在"),
        ("policies.yaml", 'region: "441200"', 'region: "441299"', "地区“441299”不存在"),
        ("policies.yaml", "chains: [demo]", "chains: [dem]", "产业链“dem”不存在"),
        ("policies.yaml", "parks: [zone]", "parks: [zome]", "园区“zome”不存在"),
        ("targets.yaml", "chain: demo", "chain: dem", "产业链“dem”不存在"),
        ("targets.yaml", "park: zone", "park: zome", "园区“zome”不存在"),
        ("targets.yaml", "link: car", "link: cars", "环节“cars”不存在"),
        ("actuals.yaml", 'region: "441200"', 'region: "441299"', "地区“441299”不存在"),
        ("actuals.yaml", "chain: demo", "chain: dem", "产业链“dem”不存在"),
        ("actuals.yaml", "park: zone", "park: zome", "园区“zome”不存在"),
        ("parks.yaml", "park: zone", "park: zome", "园区“zome”不存在"),
        ("projects/more.yaml", "park: east", "park: eats", "园区“eats”不存在"),
        ("projects/more.yaml", "stage: landed", "stage: landd", "不在可选值内"),
        ("actuals.yaml", "year: 2021, ", "", "缺少必填项“year”"),
        ("actuals.yaml", "value: 90", "value: '90'", "不合规则"),
        ("policies.yaml", "    rule: 每亩不低于三百万\n", "", "缺少必填项“rule”"),
        ("platforms.yaml", "id: lab", "id: maker", "编号“maker”已用于"),
        ("actuals.yaml", "id: done", "id: goal", "编号“goal”已用于"),
    ],
)
def test_a_problem_of_a_newer_kind_is_named_with_file_and_line(
    full: SmallPack, file: str, old: str, new: str, what: str
) -> None:
    line = full.edit(file, old, new)
    problem = only(full)
    assert problem.file == f"small/{file}"
    assert abs(problem.line - line) <= 3
    assert what in problem.what


def test_a_project_that_stands_in_two_files_is_a_problem(full: SmallPack) -> None:
    full.edit("projects/more.yaml", "id: second", "id: plant")
    problem = only(full)
    assert "重复" in problem.what


def test_a_platform_a_policy_and_an_actual_are_shown_with_their_ties(full: SmallPack) -> None:
    alone = Settings(full.folder.parent / "workspace", (full.folder,))

    def told(name: str) -> set[tuple[str, str | None]]:
        return {(fact.predicate, fact.object) for fact in show(alone, name).facts}

    assert told("lab") >= {("in_region", "441283"), ("at_park", "zone"), ("hosted_by", "maker"), ("serves", "demo")}
    assert told("rule") >= {("applies_to", "441200"), ("applies_to", "demo"), ("applies_to", "zone"), ("rule", None)}
    assert told("done") >= {("actual_of", "441200"), ("actual_of", "demo"), ("actual_of", "zone")}
    assert told("zone") >= {
        ("has_part", "east"),
        ("has_platform", "lab"),
        ("subject_to", "rule"),
        ("has_target", "goal"),
    }


def test_every_fact_that_the_seeds_list_is_in_the_graph(seeds: Settings) -> None:
    assert [problem for problem in check(seeds).problems if problem.file.endswith("documents.yaml")] == []


def test_an_upper_pack_may_list_facts_of_the_pack_below(full: SmallPack, tmp_path: Path) -> None:
    upper = SmallPack(tmp_path / "upper")
    upper.put("pack.yaml", "name: upper\n")
    listed(upper, "in: projects/plant", "in: projects/nothing")
    found = check(Settings(tmp_path / "unused", (full.folder, upper.folder))).problems
    assert [(problem.file, problem.line) for problem in found] == [("upper/documents.yaml", 5)]


def test_a_record_that_is_refused_or_a_source_that_is_none_is_one_problem(full: SmallPack) -> None:
    listed(full, "in: projects/plant", "in: projects/second", source="reprt")
    assert "reprt" in only(full).what
    listed(full, "in: projects/plant")
    full.edit("projects.yaml", "    firm: maker\n", "    frm: maker\n")
    assert "frm" in only(full).what


def test_parks_that_are_parts_of_each_other_are_named(full: SmallPack) -> None:
    full.edit("parks.yaml", "name: 高新区, ", "name: 高新区, part_of: {park: east, why: x}, ")
    assert all("绕回自身" in problem.what for problem in problems(full))
    assert len(problems(full)) == 2
