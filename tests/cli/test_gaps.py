"""What ``chaingraph gaps`` prints: widths, marks, formats, files."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from chaingraph import Settings, gaps, settings
from chaingraph.cli import cli
from chaingraph.cli.gap_table import explanation, table
from chaingraph.cli.terminal import WIDTH, columns, fit, pad, width, wrap
from chaingraph.export.files import _umask
from chaingraph.service.explain import explain

if TYPE_CHECKING:
    from pathlib import Path

    from tests.small_pack import SmallPack

AS_OF = "2026-11-22"


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), catch_exceptions=False)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("chain", ["ev", "storage"])
def test_the_table_fits_100_columns(seeds: Settings, chain: str, lang: str) -> None:
    text = table(gaps(seeds, chain, as_of=AS_OF, lang=lang, top=60))  # type: ignore[arg-type]
    assert [line for line in text.splitlines() if width(line) > WIDTH] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_link_name_is_cut_in_the_chinese_table_and_no_cell_loses_its_number(seeds: Settings, lang: str) -> None:
    report = gaps(seeds, "ev", as_of=AS_OF, lang=lang)  # type: ignore[arg-type]
    text = table(report)
    for row in report.gaps:
        if lang == "zh":
            assert row.name in text
        if row.need.value is not None and row.need.value == round(row.need.value):
            assert f"{row.need.value:,.0f} {row.unit}" in text


def test_every_number_that_rests_on_a_judgement_bears_the_d_mark(seeds: Settings) -> None:
    report = gaps(seeds, "ev", as_of=AS_OF)
    lines = table(report).splitlines()
    for row in report.gaps:
        line = next(line for line in lines if line.split()[:2] == [str(row.rank), row.name])
        if row.need.value is not None:
            assert (f"{row.unit} D" in line) == (row.need.grade == "D"), line
        assert row.priority_grade == "D"
        assert line.endswith(" D")


def test_every_d_graded_number_of_an_explanation_bears_the_mark(seeds: Settings) -> None:
    text = explanation(explain(seeds, "隔膜", "ev", as_of=AS_OF))
    need = next(line for line in text.splitlines() if line.startswith("年需求"))
    term = next(line for line in text.splitlines() if "× 1,600" in line)
    assert need.endswith(" D")
    assert term.endswith(" D")
    assert "[D]" in text


def test_the_explanation_lets_a_reader_recompute_the_need_by_hand(seeds: Settings) -> None:
    text = explanation(explain(seeds, "separator", "ev", as_of=AS_OF))
    assert "10（2022 年目标值） × 1,600 万平方米 = 16,000 万平方米" in text


def test_json_is_the_report_model(seeds_workspace: str, seeds: Settings) -> None:
    done = _run("gaps", "--format", "json", "--as-of", AS_OF, "--workspace", seeds_workspace)
    found = json.loads(done.stdout)
    report = gaps(seeds, as_of=AS_OF)
    assert [row["link"] for row in found["gaps"]] == [row.link for row in report.gaps]
    assert found["totals"]["no_data"] == report.totals.no_data


def test_csv_opens_in_excel_with_one_row_a_link(seeds_workspace: str, seeds: Settings, tmp_path: Path) -> None:
    target = tmp_path / "缺口.csv"
    _run("gaps", "--format", "csv", "--out", str(target), "--as-of", AS_OF, "--workspace", seeds_workspace)
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["部分", "排名", "环节", "编号"]
    assert len(rows) - 1 == gaps(seeds, as_of=AS_OF).totals.links
    assert list(tmp_path.glob(".*")) == []


def test_text_that_looks_like_a_formula_is_written_as_text(pack: SmallPack) -> None:
    pack.edit("chains/demo.yaml", "name: 电池包", 'name: "=HYPERLINK(1)"')
    done = _run("gaps", "--format", "csv", "--pack", str(pack.folder))
    assert "'=HYPERLINK(1)" in done.stdout
    assert ",=HYPERLINK" not in done.stdout


def test_markdown_has_one_line_a_link_and_says_what_is_unverified(seeds_workspace: str) -> None:
    text = _run("gaps", "--format", "md", "--as-of", AS_OF, "--workspace", seeds_workspace).stdout
    lines = text.splitlines()
    assert {line.count(" | ") for line in lines if not line.startswith("| ---")} == {27}
    assert "待核实" in text


def test_filters_keep_ranks_and_totals(seeds: Settings) -> None:
    whole = gaps(seeds, "ev", as_of=AS_OF)
    part = gaps(seeds, "ev", as_of=AS_OF, direction="upstream", move="strengthen", top=3)
    assert part.totals == whole.totals
    assert part.sourcing == whole.sourcing
    assert [row.rank for row in part.gaps] == [
        r.rank for r in whole.gaps if r.direction == "upstream" and r.move == "strengthen"
    ][:3]


def test_every_command_prints_in_both_languages_and_all_formats(seeds_workspace: str) -> None:
    for arguments in (("gaps", "--explain", "隔膜"), ("chains",), ("show", "小鹏汽车"), ("check",)):
        for lang in ("zh", "en"):
            for form in ("table", "json", "csv", "md"):
                done = _run(*arguments, "--lang", lang, "--format", form, "--workspace", seeds_workspace)
                assert done.exit_code == 0, (arguments, lang, form, done.output)
                assert done.stdout


def test_help_lists_every_command() -> None:
    text = _run("--help").output
    assert all(name in text for name in ("gaps", "chains", "show", "check"))


def test_chinese_counts_two_cells_and_a_cut_text_keeps_its_width() -> None:
    assert width("环节ab") == 6
    assert fit("智能驾驶域控制器", 9) == "智能驾驶…"
    assert pad("环节", 6) == "环节  "
    assert pad("9", 3, right=True) == "  9"
    assert columns(("甲", "b"), [("一", "10")], (4, 4), (False, True)) == ["甲  b", "── ──", "一 10"]


def test_wrapping_breaks_at_spaces_and_between_chinese_but_never_before_a_comma() -> None:
    lines = wrap("一二三，四五六 seven eight，九十", "  ", 10)
    assert all(width(line) <= 10 for line in lines)
    assert not any(line.strip().startswith("，") for line in lines)
    assert "".join(line.strip() for line in lines).replace(" ", "") == "一二三，四五六seveneight，九十"


def test_every_project_or_claim_that_rests_on_a_judgement_bears_the_mark_in_the_reason(seeds: Settings) -> None:
    report = gaps(seeds, "ev", as_of=AS_OF)
    seen = 0
    for row in (*report.gaps, *report.covered):
        for project in row.supply.projects:
            name = project.name if project.name in row.reason else project.firm_name
            if project.grade == "D" and name and name in row.reason:
                assert f"{name} D" in row.reason, row.reason
                seen += 1
    assert seen >= 3


def test_where_every_fact_is_a_judgement_every_number_bears_the_mark(pack: SmallPack) -> None:
    """All evidence of the small pack set to grade D, with a survey and a target beside it."""
    for name in ("report", "paper", "register"):
        text = (pack.folder / "sources.yaml").read_text(encoding="utf-8")
        line = next(line for line in text.splitlines() if f"id: {name}," in line)
        pack.edit("sources.yaml", line, re.sub(r"grade: .", "grade: D", line))
    pack.put(
        "surveys.yaml",
        'surveys: [{region: "441200", link: cell, date: 2023-01-01, found: false, why: 听说}]\n',
    )
    pack.put(
        "targets.yaml",
        'targets:\n  - {id: goal, region: "441200", chain: demo, metric: local_sourcing_rate, name: 率, at_least: 40,'
        " unit: '%', year: 2025, why: 听说}\n",
    )
    report = gaps(settings(packs=[pack.folder]), as_of="2024-06-01")
    text = table(report)
    for said in ("造车 D", "100,000 辆 D", "5 GWh D", "0 GWh D", "0% D", "宁德 819 D", "2023-01-01 D", "≥40% D"):
        assert said in text, (said, text)


def test_a_file_written_again_keeps_its_rights_and_a_new_one_follows_the_umask(
    seeds_workspace: str, tmp_path: Path
) -> None:
    target = tmp_path / "gaps.json"
    arguments = ("gaps", "--format", "json", "--out", str(target), "--workspace", seeds_workspace)
    _run(*arguments)
    assert target.stat().st_mode & 0o777 == 0o666 & ~_umask()
    target.chmod(0o640)
    _run(*arguments)
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_leader_s_own_capacity_stands_apart_from_what_others_make_of_its_link(
    pack: SmallPack, tmp_path: Path
) -> None:
    pack.append(
        "projects.yaml",
        """\
  - id: rival
    name: 对手工厂
    firm: celler
    region: "441200"
    makes: [{link: car, capacity: 7, unit: 辆, basis: planned, evidence: [{source: report, locator: 三}]}]
    stages: [{stage: in_production, date: 2021-06-01, evidence: [{source: report, locator: 三}]}]
    evidence: [{source: report, locator: 三}]
""",
    )
    text = table(gaps(Settings(tmp_path, (pack.folder,)), as_of="2024-01-01", lang="en"))
    assert "Car 100,000 vehicles (by 2 firms here: 100,007 vehicles*)" in text


def test_a_mark_at_the_end_of_a_cell_stays_where_it_is_cut() -> None:
    assert fit("800,000 平方米* D", 14) == "800,000 平…* D"
    assert fit("in production D", 9) == "in pro… D"
    assert fit("Shanghai", 5) == "Shan…"
