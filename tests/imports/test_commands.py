"""Imports as an analyst makes them, through the command line: what they change, and that they can be taken back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from chaingraph.cli import cli
from chaingraph.errors import ChaingraphError
from tests.sources.dialects import credit_code

if TYPE_CHECKING:
    from pathlib import Path

    from tests.small_pack import SmallPack

HEADS = "企业名称,统一社会信用代码,登记状态,注销日期,所属省份,所属城市,所属区县,国标行业小类,经营范围,曾用名"


@pytest.fixture(autouse=True)
def _worded(pack: SmallPack, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small pack's links with words and codes to match by."""
    pack.edit("chains/demo.yaml", "    aliases: [电池总成]\n", "    aliases: [电池总成]\n    gb4754: [C3841]\n")
    pack.edit(
        "chains/demo.yaml",
        "    name_en: Cell\n",
        "    name_en: Cell\n    keywords: [锂离子电芯]\n    gb4754: [C3841]\n",
    )
    pack.put("industries.csv", "code,name\nC,制造业\nC38,电气机械和器材制造业\nC3841,锂离子电池制造\n")
    pack.edit("pack.yaml", "regions_source: register\n", "regions_source: register\nindustries_source: register\n")
    monkeypatch.setenv("CHAINGRAPH_PACKS", str(pack.folder))
    monkeypatch.setenv("CHAINGRAPH_USER", "王工")


def run(*arguments: str) -> str:
    """What a command prints; an error of ours is raised."""
    found = CliRunner().invoke(cli, list(arguments), catch_exceptions=True)
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    assert found.exit_code == 0, found.output
    return found.stdout


def asked(*arguments: str) -> Any:
    """The JSON that a command answers."""
    return json.loads(run(*arguments, "--format", "json"))


def registry(folder: Path, *rows: str, name: str = "名录.csv", encoding: str = "gbk") -> str:
    """A directory's file."""
    path = folder / name
    path.write_text("\n".join([HEADS, *rows]) + "\n", encoding=encoding)
    return str(path)


def firm(name: str, number: int, **told: str) -> str:
    """A row of a firm that makes cells in Gaoyao, but for what is ``told``."""
    fields = {
        "code": credit_code(body=f"MA{number:07}"),
        "status": "存续",
        "gone": "",
        "province": "广东省",
        "city": "肇庆市",
        "county": "高要区",
        "industry": "锂离子电池制造",
        "scope": "锂离子电芯制造；货物进出口",
        "former": "",
        **told,
    }
    return ",".join([name, *fields.values()])


def cell(*more: str) -> Any:
    """The row of the link of cells in the gap report."""
    report = asked("gaps", *more)
    return next(row for part in ("gaps", "no_data", "covered") for row in report[part] if row["link"] == "cell")


def rings(row: Any) -> dict[str, int]:
    """How many firms make a link, by ring."""
    return {ring["ring"]: ring["firms"] for ring in row["rings"]}


def test_a_directory_in_gbk_makes_firms_that_gaps_and_search_and_show_know(tmp_path: Path) -> None:
    before = cell()
    report = asked("import", "registry", registry(tmp_path, firm("高要新电芯有限公司", 1)), "--as-of", "2026-05-01")
    assert report["done"]["counts"]["new_firms"] == 1
    assert [(link["link"], link["firms"]) for link in report["links"]] == [("cell", 1)]
    after = cell()
    assert rings(before)["home"] == 0
    assert rings(after)["home"] == rings(before)["home"] + 1
    assert after["seated_firms"] == [{"name": "高要新电芯有限公司", "grade": "C"}]
    assert after["evidence_level"] == "press"
    code = credit_code(body="MA0000001")
    assert [hit["name"] for hit in asked("search", "gyxdx")["hits"]] == ["高要新电芯有限公司"]
    shown = asked("show", code)
    facts = {fact["predicate"]: fact for fact in shown["facts"]}
    assert shown["id"] == f"uscc-{code.lower()}"
    assert facts["credit_code"]["value"] == code
    assert facts["based_in"]["object_name"] == "高要区"
    assert facts["makes"]["object"] == "cell"
    cited = facts["makes"]["citations"][0]
    assert (cited["grade"], cited["as_of"], cited["locator"], cited["source"]) == (
        "C",
        "2026-05-01",
        "名录.csv 第 2 行",
        "import-1",
    )


def test_what_an_import_says_is_not_known_before_its_day(tmp_path: Path) -> None:
    run("import", "registry", registry(tmp_path, firm("高要新电芯有限公司", 1)), "--as-of", "2026-05-01")
    assert rings(cell("--as-of", "2026-04-30"))["home"] == 0
    assert rings(cell("--as-of", "2026-05-01"))["home"] == 1


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    file = registry(tmp_path, firm("高要新电芯有限公司", 1))
    first = asked("import", "registry", file)
    gaps = run("gaps", "--format", "json")
    again = asked("import", "registry", file)
    assert (first["unchanged"], again["unchanged"]) == (False, True)
    assert again["done"]["number"] == first["done"]["number"]
    assert run("gaps", "--format", "json") == gaps
    assert len(asked("imports")["imports"]) == 1


def test_undo_brings_back_what_was_there_before(tmp_path: Path) -> None:
    before = json.loads(run("gaps", "--format", "json"))
    run("import", "registry", registry(tmp_path, firm("高要新电芯有限公司", 1)))
    assert rings(cell())["home"] == 1
    listed = asked("imports", "undo", "1")["imports"]
    assert [(one["number"], one["undone_by"]) for one in listed] == [(1, "王工")]
    after = json.loads(run("gaps", "--format", "json"))
    assert {**after, "pack": None} == {**before, "pack": None}


def test_a_firm_whose_words_fall_below_the_bar_is_kept_but_makes_nothing(tmp_path: Path) -> None:
    rows = [
        firm("高要百货有限公司", 1, scope="百货销售"),
        firm("高要贸易有限公司", 2, scope="锂离子电芯销售", industry=""),
    ]
    report = asked("import", "registry", registry(tmp_path, *rows))
    assert report["makers"] == 0
    assert rings(cell())["home"] == 0
    assert asked("show", "高要百货有限公司")["name"] == "高要百货有限公司"


def test_a_firm_struck_off_is_marked_and_makes_nothing_any_more(tmp_path: Path) -> None:
    rows = [firm("高要旧电芯有限公司", 1, status="注销", gone="2025-03-01")]
    run("import", "registry", registry(tmp_path, *rows), "--as-of", "2026-05-01")
    row = cell()
    assert rings(row)["home"] == 0
    assert row["seated_firms"] == []
    gone = [fact for fact in asked("show", "高要旧电芯有限公司")["facts"] if fact["predicate"] == "dissolved"]
    assert [fact["date"] for fact in gone] == ["2025-03-01"]
    leads = asked("leads", "suggest", "--link", "cell")["gaps"][0]["vetoed"]
    assert "dissolved" in [veto["name"] for lead in leads if "旧电芯" in lead["full_name"] for veto in lead["vetoes"]]


def test_a_census_tells_what_a_region_lacks(tmp_path: Path) -> None:
    assert cell("--region", "高要区")["evidence_level"] == "none"
    file = registry(tmp_path, firm("高要百货有限公司", 1, scope="百货销售", industry=""))
    report = asked("import", "registry", file, "--region", "高要区", "--complete", "--as-of", "2026-05-01")
    assert report["done"]["region"] == "高要区"
    row = cell("--region", "高要区")
    assert (row["evidence_level"], row["status"], row["surveyed"]) == ("census", "missing", "2026-05-01")
    assert cell("--region", "高要区", "--as-of", "2026-04-30")["evidence_level"] == "none"
    # The county is not the city.
    assert cell()["evidence_level"] == "none"


def test_a_census_that_finds_a_maker_says_so(tmp_path: Path) -> None:
    file = registry(tmp_path, firm("高要新电芯有限公司", 1))
    run("import", "registry", file, "--region", "高要区", "--complete")
    row = cell("--region", "高要区")
    assert (row["evidence_level"], row["status"]) == ("census", "claimed")


def test_a_census_of_another_industry_tells_nothing_of_a_link(tmp_path: Path) -> None:
    file = registry(tmp_path, firm("高要百货有限公司", 1, scope="百货销售", industry=""))
    run("import", "registry", file, "--region", "高要区", "--complete", "--industry", "C38")
    assert cell("--region", "高要区")["evidence_level"] == "census"
    run("imports", "undo", "1")
    with pytest.raises(ChaingraphError, match="no industry code 'C99'"):
        run("import", "registry", file, "--region", "高要区", "--complete", "--industry", "C99")


def test_complete_needs_a_region_and_a_region_needs_complete(tmp_path: Path) -> None:
    file = registry(tmp_path, firm("高要新电芯有限公司", 1))
    for wrong in (("--complete",), ("--region", "高要区")):
        with pytest.raises(ChaingraphError, match="go together"):
            run("import", "registry", file, *wrong)


def test_a_file_without_a_firm_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ChaingraphError, match="not one firm could be read"):
        run("import", "registry", registry(tmp_path, ",,存续"))
    assert asked("imports")["imports"] == []


def test_several_files_are_one_import(tmp_path: Path) -> None:
    one = registry(tmp_path, firm("高要新电芯有限公司", 1), name="一.csv")
    two = registry(tmp_path, firm("高要再电芯有限公司", 2), name="二.csv", encoding="utf-8-sig")
    report = asked("import", "registry", one, two)
    assert report["done"]["files"] == ["一.csv", "二.csv"]
    assert rings(cell())["home"] == 2


def test_every_refusal_can_be_had_as_a_file(tmp_path: Path) -> None:
    wrong = credit_code(body="MA0000001")[:-1] + "A"
    out = tmp_path / "refused.csv"
    report = asked(
        "import", "registry", registry(tmp_path, firm("高要新电芯有限公司", 1, code=wrong)), "--refused", str(out)
    )
    assert [one["kind"] for one in report["refused"]] == ["credit_code_checksum"]
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].startswith(f"名录.csv,2,统一社会信用代码,{wrong},credit_code_checksum,")


def test_a_row_of_a_firm_of_the_pack_adds_to_it(tmp_path: Path) -> None:
    row = firm("电芯股份有限公司", 1, city="宁德市", province="福建省", county="", former="老电芯有限公司")
    report = asked("import", "registry", registry(tmp_path, row))
    assert (report["done"]["counts"]["of_packs"], report["done"]["counts"]["new_firms"]) == (1, 0)
    assert {asked("show", name)["id"] for name in ("老电芯有限公司", credit_code(body="MA0000001"), "celler")} == {
        "celler"
    }
    assert rings(cell())["nation"] == 1


def test_two_firms_that_may_be_one_wait_for_a_person_and_can_be_parted_again(tmp_path: Path) -> None:
    run("import", "registry", registry(tmp_path, firm("高要新电芯有限公司", 1)))
    run("import", "registry", registry(tmp_path, firm("高要新电芯有限公司", 2), name="又.csv"))
    first, second = (f"uscc-{credit_code(body=f'MA{number:07}').lower()}" for number in (1, 2))
    (doubt,) = asked("review")["doubtful"]
    assert {doubt["firm"], doubt["other"]} == {first, second}
    assert rings(cell())["home"] == 2
    run("review", "same", str(doubt["number"]), "--why", "换发执照")
    assert asked("review")["open"] == 0
    assert rings(cell())["home"] == 1
    assert asked("show", first)["id"] == asked("show", second)["id"] == doubt["other"]
    run("review", "reopen", str(doubt["number"]))
    assert rings(cell())["home"] == 2
    assert (asked("show", first)["id"], asked("show", second)["id"]) == (first, second)


def test_a_lead_keeps_its_id_when_its_firm_is_merged_into_another(tmp_path: Path) -> None:
    row = firm("另一电芯有限公司", 1, province="福建省", city="宁德市", county="")
    run("import", "registry", registry(tmp_path, row))
    mine = f"uscc-{credit_code(body='MA0000001').lower()}"
    run("leads", "accept", f"{mine}/cell", "--despite", "已见面")
    (held,) = asked("leads", "list")["leads"]
    run("review", "merge", mine, "celler", "--why", "同一老板")
    rated = asked("leads", "suggest", "--link", "cell")["gaps"][0]
    told = {lead["firm"]: lead["id"] for lead in (*rated["leads"], *rated["vetoed"])}
    assert told["celler"] == held["id"]
    assert asked("leads", "explain", held["id"])["lead"]["firm"] == "celler"


def test_the_tables_of_imports_read_in_both_languages(tmp_path: Path) -> None:
    file = registry(tmp_path, firm("高要新电芯有限公司", 1, code="91441200MA00000XX"))
    chinese = run("import", "registry", file)
    assert "第 1 次导入：名录.csv" in chinese
    assert "未采用" in chinese
    english = run("import", "registry", file, "--lang", "en")
    assert "is import 1" in english
    assert "企业名录" in run("imports")
    assert "registry" in run("imports", "--lang", "en")
    assert "0 对" in run("review")
    for line in (chinese + english).splitlines():
        assert len(line.encode("gbk", "replace")) <= 100


def test_a_way_to_an_imported_firm_is_told_with_its_source_from_either_end(tmp_path: Path) -> None:
    run("import", "registry", registry(tmp_path, firm("高要新电芯有限公司", 1), firm("高要再电芯有限公司", 2)))
    for start, end in (
        ("高要新电芯有限公司", "高要再电芯有限公司"),
        ("cell", "高要新电芯有限公司"),
        ("高要区", "高要新电芯有限公司"),
    ):
        assert "第 1 次导入" in run("path", start, end)
        paths = asked("path", start, end)["paths"]
        assert paths
        assert all(step["facts"] for path in paths for step in path)


def test_a_pack_that_comes_to_know_an_imported_firm_makes_one_of_the_two(tmp_path: Path, pack: SmallPack) -> None:
    run("import", "registry", registry(tmp_path, firm("高要新电芯有限公司", 1)))
    code = credit_code(body="MA0000001")
    pack.append(
        "firms/all.yaml",
        f'  - {{id: new-cells, name: 高要新电芯有限公司, credit_code: {code}, seat: "441283", '
        "evidence: [{source: register, locator: 名录}]}\n",
    )
    assert asked("show", code)["id"] == asked("show", "高要新电芯有限公司")["id"] == "new-cells"
    assert asked("show", f"uscc-{code.lower()}")["id"] == "new-cells"
    assert rings(cell())["home"] == 1


def test_a_signed_lead_of_an_imported_firm_is_a_project_of_that_firm(tmp_path: Path) -> None:
    run("import", "registry", registry(tmp_path, firm("广州新电芯有限公司", 1, city="广州市", county="")))
    mine = f"uscc-{credit_code(body='MA0000001').lower()}"
    run("leads", "accept", f"{mine}/cell", "--despite", "已见面")
    run("leads", "assign", f"{mine}/cell", "--owner", "王工", "--county", "高要区")
    for side in ("county", "city"):
        run("leads", "approve", f"{mine}/cell", "--by", side)
    for stage in ("assessing", "talking", "signing", "signed"):
        run("leads", "stage", f"{mine}/cell", stage, "--next", "再谈", "--due", "2099-01-01")
    (project,) = [one for one in asked("projects")["projects"] if one["firm_name"] == "广州新电芯有限公司"]
    assert project["firm"] == mine
    assert "has_project" in {fact["predicate"] for fact in asked("show", mine)["facts"]}


def test_two_words_of_a_striking_off_count_from_the_first(tmp_path: Path) -> None:
    for year in (2023, 2024):
        row = firm("高要旧电芯有限公司", 1, status="注销")
        run("import", "registry", registry(tmp_path, row, name=f"{year}.csv"), "--as-of", f"{year}-03-01")
    assert rings(cell("--as-of", "2023-06-01"))["home"] == 0


def test_a_seat_is_cited_to_the_row_that_tells_it(tmp_path: Path) -> None:
    run("import", "registry", registry(tmp_path, firm("高要新电芯有限公司", 1), name="a.csv"), "--as-of", "2023-03-01")
    bare = firm("高要新电芯有限公司", 1, province="", city="", county="")
    run("import", "registry", registry(tmp_path, bare, name="b.csv"), "--as-of", "2024-03-01")
    (seat,) = [fact for fact in asked("show", "高要新电芯有限公司")["facts"] if fact["predicate"] == "based_in"]
    assert "a.csv 第 2 行" in [cited["locator"] for cited in seat["citations"]]
    assert [cited["source"] for cited in seat["citations"]] == ["import-1"]


def test_a_day_after_today_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ChaingraphError, match="after today"):
        run("import", "registry", registry(tmp_path, firm("高要新电芯有限公司", 1)), "--as-of", "2999-01-01")


def test_a_name_that_a_pack_firm_bears_stays_its_own(tmp_path: Path) -> None:
    row = firm("电芯厂", 1, code="", province="福建省", city="宁德市", county="")
    run("import", "registry", registry(tmp_path, row))
    assert asked("show", "电芯厂")["id"] == "celler"


def test_a_census_can_be_traced_to_its_import(tmp_path: Path) -> None:
    file = registry(tmp_path, firm("高要百货有限公司", 1, scope="百货销售", industry=""))
    run("import", "registry", file, "--region", "高要区", "--complete", "--as-of", "2026-05-01")
    surveyed = [fact for fact in asked("show", "cell")["facts"] if fact["predicate"] == "surveyed_in"]
    assert [(fact["object_name"], fact["citations"][0]["source"]) for fact in surveyed] == [("高要区", "import-1")]
    assert "第 1 次导入" in run("gaps", "--region", "高要区", "--explain", "cell")


def test_the_brief_of_a_firm_of_unknown_distance_says_so(tmp_path: Path) -> None:
    row = firm("某新电芯有限公司", 1, province="广东省", city="", county="", code="")
    run("import", "registry", registry(tmp_path, row))
    out = tmp_path / "brief.html"
    run("brief", "某新电芯有限公司/cell", "--out", str(out))
    assert "距离待核实" in out.read_text(encoding="utf-8")
