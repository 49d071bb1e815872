"""Every rule of ``check`` names file, line and mend, and all problems come in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chaingraph import Settings, check, settings
from chaingraph.errors import PackError
from chaingraph.service.gaps import gaps

if TYPE_CHECKING:
    from chaingraph.model.check_report import ProblemSeen
    from tests.small_pack import SmallPack


def _problems(pack: SmallPack) -> list[ProblemSeen]:
    return list(check(settings(packs=[pack.folder])).problems)


def _only(pack: SmallPack) -> ProblemSeen:
    found = _problems(pack)
    assert len(found) == 1, found
    return found[0]


def test_the_small_pack_has_no_problems_and_is_counted(small: Settings) -> None:
    report = check(small)
    assert report.problems == ()
    assert report.counts["firms"] == 2
    assert report.counts["regions"] == 7
    assert report.grades == {"A": 15, "B": 3, "D": 7}


@pytest.mark.parametrize(
    ("file", "old", "new", "what", "mend"),
    [
        ("projects.yaml", "    firm: maker", "    frm: maker", "未知的键“frm”", "firm"),
        ("projects.yaml", "    firm: maker", "    firm: makr", "企业“makr”不存在", "maker"),
        ("projects.yaml", 'region: "441200"', 'region: "441299"', "地区“441299”不存在", "4412"),
        ("projects.yaml", 'region: "441200"', "region: 441200", "应为文字", '"441200"'),
        ("projects.yaml", "link: car", "link: cars", "环节“cars”不存在", "car"),
        ("projects.yaml", "unit: 辆", "unit: 套", "单位“套”与环节“整车”的单位“辆”不符", "换算"),
        ("projects.yaml", "capacity: 100000, unit: 辆", "capacity: 100000", "go together", ""),
        ("projects.yaml", "capacity: 100000", "capacity: -5", "-5 不合规则", ""),
        ("projects.yaml", "date: 2021-05-01", "date: 2021-05-41", "不是日期", "2026-11-22"),
        ("projects.yaml", "stage: in_production", "stage: producing", "不在可选值内", "in_production"),
        ("projects.yaml", "    evidence: [{source: report, locator: 二}]\n", "", "缺少证据", "why"),
        (
            "projects.yaml",
            "date: 2021-05-01, evidence: [{source: report",
            "date: 2021-05-01, evidence: [{source: reprt",
            "来源“reprt”不存在",
            "report",
        ),
        ("firms/all.yaml", "{source: paper, locator: 主业}", "{source: paper}", "缺少必填项“locator”", "locator"),
        ("chains/demo.yaml", "unit: 套", "unit: 组", "单位“组”未在 pack.yaml", "units"),
        ("chains/demo.yaml", "criticality: {value: 0.9", "criticality: {value: 1.9", "1.9 不合规则", ""),
        ("chains/demo.yaml", "link: car, evidence", "link: card, evidence", "环节“card”不存在", "car"),
        (
            "firms/all.yaml",
            "source: paper, locator: 主业",
            "source: paper, grade: A, locator: 主业",
            "等级 A 高于来源",
            "B",
        ),
        (
            "firms/all.yaml",
            "source: paper, locator: 主业",
            "source: paper, as_of: 2025-01-01, locator: 主业",
            "晚于来源",
            "日期",
        ),
        ("firms/all.yaml", "id: celler", "id: Celler", "写法不对", "a-z0-9"),
        ("firms/all.yaml", "id: celler", "id: maker", "企业“maker”重复", "合并"),
        ("firms/all.yaml", "id: celler", "id: car", "编号“car”已用于环节", "改编号"),
        ("firms/all.yaml", "name: 电芯股份有限公司", "name: 造车有限公司", "已是企业“maker”的 name", "并入"),
        ("chains/demo.yaml", "aliases: [电池总成]", "aliases: [整车]", "名称“整车”同属环节", "一个名称"),
        ("pack.yaml", 'home_region: "441200"', 'home_region: "441900"', "地区“441900”不存在", "441"),
        ("pack.yaml", "default_chain: demo", "default_chain: dem", "产业链“dem”不存在", "demo"),
        ("pack.yaml", 'bay_area: ["440100"', 'bay_area: ["440199"', "地区“440199”不存在", "4401"),
        (
            "regions.csv",
            "441283,高要区,Gaoyao,county,441200",
            "441283,高要区,Gaoyao,county,441299",
            "地区“441299”不存在",
            "",
        ),
        ("scoring.yaml", "  pull: {value: 0.3, why: 需求}\n", "", "缺少必填项“pull”", "pull"),
        ("sources.yaml", "kind: press", "kind: presse", "不在可选值内", "press"),
    ],
)
def test_a_problem_is_named_with_file_line_and_mend(
    pack: SmallPack, file: str, old: str, new: str, what: str, mend: str
) -> None:
    line = pack.edit(file, old, new)
    problem = _only(pack)
    assert problem.file == f"small/{file}"
    assert abs(problem.line - line) <= 8
    assert problem.what.find(what) >= 0, problem.what
    assert mend in problem.mend


def test_the_line_of_a_problem_is_exact(pack: SmallPack) -> None:
    line = pack.edit("projects.yaml", "    firm: maker", "    firm: makr")
    problem = _only(pack)
    assert (problem.line, problem.field) == (line, "projects[0].firm")


def test_a_loop_of_feeds_is_named(pack: SmallPack) -> None:
    pack.append("chains/demo.yaml", "  - {from: car, to: cell, why: 错误}\n")
    assert "car → cell → pack-link → car" in _only(pack).what


def test_a_recycled_feed_closes_no_loop(pack: SmallPack) -> None:
    pack.append("chains/demo.yaml", "  - {from: car, to: cell, recycled: true, why: 回收}\n")
    assert _problems(pack) == []


def test_a_key_that_stands_twice_is_a_problem(pack: SmallPack) -> None:
    line = pack.edit("projects.yaml", "    firm: maker\n", "    firm: maker\n    firm: celler\n")
    problem = _only(pack)
    assert problem.what == "键“firm”重复"
    assert problem.line == line + 1


def test_a_section_in_the_wrong_file_and_a_file_that_no_one_reads_are_problems(pack: SmallPack) -> None:
    pack.append("sources.yaml", "firms: []\n")
    pack.put("porjects.yaml", "projects: []\n")
    pack.put("firm/extra.yaml", "firms: []\n")
    pack.put("firms/deep/extra.yaml", "firms: []\n")
    pack.put("firms.yaml", "firms: []\n")
    pack.put("notes.csv", "a,b\n")
    assert {(p.file, p.what) for p in _problems(pack)} == {
        ("small/sources.yaml", "未知的键“firms”"),
        ("small/porjects.yaml", "数据包里没有这种文件"),
        ("small/firm/extra.yaml", "数据包里没有这种文件"),
        ("small/firms/deep/extra.yaml", "数据包里没有这种文件"),
        ("small/firms.yaml", "数据包里没有这种文件"),
        ("small/notes.csv", "数据包里没有这种文件"),
    }


def test_all_problems_come_in_one_run_sorted_by_file_and_line(pack: SmallPack) -> None:
    pack.edit("projects.yaml", "    firm: maker", "    firm: makr")
    pack.edit("projects.yaml", "unit: 辆", "unit: 套")
    pack.edit("chains/demo.yaml", "unit: 套", "unit: 组")
    pack.edit("firms/all.yaml", 'seat: "350900"', "seat: 350900")
    found = _problems(pack)
    assert [p.file.partition("/")[2] for p in found] == [
        "chains/demo.yaml",
        "firms/all.yaml",
        "projects.yaml",
        "projects.yaml",
    ]
    assert [p.line for p in found if "projects" in p.file] == sorted(p.line for p in found if "projects" in p.file)


def test_text_that_is_not_utf_8_is_a_problem(pack: SmallPack) -> None:
    (pack.folder / "projects.yaml").write_bytes("projects: [] # 备注".encode("gbk"))
    assert "不是 UTF-8" in _only(pack).what


def test_a_pack_with_problems_answers_nothing_but_its_problems(pack: SmallPack, small: Settings) -> None:
    pack.edit("projects.yaml", "    firm: maker", "    firm: makr")
    with pytest.raises(PackError, match=r"projects\.yaml:4"):
        gaps(small)
    assert not (small.workspace / "snapshots").exists()


@pytest.mark.parametrize(
    "text", ["", "projects:\n", "[]\n", "- 1\n", "projects: 3\n", "projects: [3]\n", "projects: [null]\n"]
)
def test_a_file_of_any_shape_never_ends_in_a_traceback(pack: SmallPack, text: str) -> None:
    pack.put("projects.yaml", text)
    assert all(p.file == "small/projects.yaml" for p in _problems(pack))


@pytest.mark.parametrize("text", ["", "- 1\n", "name: [x]\n", "name: x\nstandalone: true\nunits: 3\n"])
def test_a_manifest_of_any_shape_never_ends_in_a_traceback(pack: SmallPack, text: str) -> None:
    pack.put("pack.yaml", text)
    assert _problems(pack)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("aliases.yaml", "projects: &a [*a]\n"),
        ("bomb.yaml", "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n"),
        ("deep.yaml", "projects: " + "[" * 200_000),
    ],
)
def test_aliases_and_endless_nesting_are_refused_at_their_line(pack: SmallPack, name: str, text: str) -> None:
    pack.put("projects.yaml", text)
    assert name
    assert {p.file for p in _problems(pack)} == {"small/projects.yaml"}


def test_parents_that_lead_back_to_a_region_are_a_problem(pack: SmallPack) -> None:
    pack.edit("regions.csv", "441200,肇庆市,Zhaoqing,city,440000", "441200,肇庆市,Zhaoqing,city,441283")
    assert {p.what for p in _problems(pack)} == {"地区“肇庆市”的上级绕回自身", "地区“高要区”的上级绕回自身"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("capacity: 100000", 'capacity: "100000"'),
        ("capacity: 100000", "capacity: true"),
        ("capacity: 100000", "capacity: .inf"),
        ("capacity: 100000", "capacity: .nan"),
        ("capacity: 100000", "capacity: 1.0e+300"),
        ("date: 2021-05-01", "date: 1672531200"),
        ("name: 造车工厂", 'name: "造车\\n工厂"'),
        ("source: report, locator: 二}]}\n    stages", "source: [report], locator: 二}]}\n    stages"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_in_a_sentence(pack: SmallPack, old: str, new: str) -> None:
    pack.edit("projects.yaml", old, new)
    assert [p.file for p in _problems(pack)]
    assert all("Input should" not in p.what for p in _problems(pack)), _problems(pack)


def test_a_broken_head_of_a_chain_does_not_hide_the_problems_of_its_links(pack: SmallPack) -> None:
    pack.edit("chains/demo.yaml", "  name_en: Demo", "  nam_en: Demo")
    pack.edit("chains/demo.yaml", "unit: 套", "unti: 套")
    assert {p.field.partition("[")[0].partition(".")[0] for p in _problems(pack)} == {"chain", "links"}


def test_a_file_that_cannot_be_read_is_a_problem_of_its_own(pack: SmallPack) -> None:
    (pack.folder / "projects.yaml").unlink()
    (pack.folder / "projects.yaml").symlink_to(pack.folder / "nowhere.yaml")
    (pack.folder / "extra.yaml").mkdir()
    assert _problems(pack) == []


def test_a_chain_without_links_is_a_problem(pack: SmallPack) -> None:
    pack.put("chains/empty.yaml", "chain: {id: empty, name: 空链, name_en: Empty, why: x}\n")
    problem = _only(pack)
    assert (problem.file, "没有环节" in problem.what) == ("small/chains/empty.yaml", True)


@pytest.mark.parametrize(
    ("unit", "metric", "what"),
    [("怪单位", "output", "未在 pack.yaml"), ("家", "local_sourcing_rate", "应为 %")],
)
def test_a_target_bears_a_declared_unit_and_a_rate_is_in_per_cent(
    pack: SmallPack, unit: str, metric: str, what: str
) -> None:
    pack.put(
        "targets.yaml",
        f'targets: [{{id: goal, region: "441200", metric: {metric}, name: 目标, at_least: 1, unit: {unit}, why: x}}]\n',
    )
    assert what in _only(pack).what


def test_a_sum_does_not_begin_after_its_last_year(pack: SmallPack) -> None:
    pack.put(
        "actuals.yaml",
        'actuals: [{id: done, region: "441200", name: 实绩, value: 1, unit: 家, year: 2021, since: 2022, why: x}]\n',
    )
    assert "since" in _only(pack).what
