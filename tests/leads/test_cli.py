"""What ``chaingraph leads suggest`` and ``leads explain`` print: widths, languages, formats, what is refused."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from chaingraph.cli import cli, main
from chaingraph.cli.lead_table import explanation, table
from chaingraph.cli.terminal import WIDTH, width
from chaingraph.service.leads.explain import explain_lead
from chaingraph.service.leads.suggest import suggest_leads
from tests.leads.made import ON, PAPER, REPORT, TARGETS_CHAIN, add_firm, put_parks, tell_celler

if TYPE_CHECKING:
    from chaingraph.config import Settings
    from tests.small_pack import SmallPack

AS_OF = "2026-11-22"


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["leads", *arguments], catch_exceptions=False)


def _too_wide(text: str) -> list[str]:
    """Lines that do not fit; an address stands whole on a line of its own."""
    lines = [line for line in text.splitlines() if width(line) > WIDTH]
    return [line for line in lines if not line.lstrip().startswith("http") or " " in line.strip()]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("chain", ["ev", "storage", "electronics"])
def test_the_table_and_the_explanations_fit_100_columns(seeds: Settings, chain: str, lang: str) -> None:
    report = suggest_leads(seeds, chain, as_of=AS_OF, lang=lang, top=9)  # type: ignore[arg-type]
    assert _too_wide(table(report)) == []
    for gap in report.gaps[:6]:
        for lead in (*gap.leads[:1], *gap.vetoed[:1]):
            told = explain_lead(seeds, lead.id, chain=chain, as_of=AS_OF, lang=lang)  # type: ignore[arg-type]
            assert _too_wide(explanation(told)) == []


def test_the_table_names_each_lead_with_its_id_its_introducer_and_its_park(seeds: Settings) -> None:
    report = suggest_leads(seeds, "ev", as_of=AS_OF)
    text = table(report)
    flat = "".join(line.strip() for line in text.splitlines())
    for gap in report.gaps:
        assert gap.name in text
        for lead in gap.leads:
            assert lead.id in text
            if lead.introducer:
                assert lead.introducer.why.replace(" ", "") in flat.replace(" ", "")
            if lead.park:
                assert lead.park.name in flat


def test_the_small_table_says_it_all_in_plain_words(pack: SmallPack, small: Settings) -> None:
    tell_celler(pack, f"supplies: [{{to: maker, {PAPER}}}]")
    add_firm(pack, "gone", makes=f"{{link: cell, {PAPER}}}", more=f"dissolved: {{{REPORT}}}")
    put_parks(pack, TARGETS_CHAIN)
    text = table(suggest_leads(small, link="cell", as_of=ON))
    assert "候选 2 家，否决 1 家" in text
    assert "引荐：造车 —供应商→ 电芯厂；园区：园区1" in text
    assert "主攻本链（演示链）" in text
    assert "否决：gone有限公司（已注销）" in text
    english = table(suggest_leads(small, link="cell", as_of=ON, lang="en"))
    assert "2 candidates, 1 vetoed" in english
    assert "vetoed: gone有限公司 (dissolved)" in english


def test_an_unknown_is_printed_as_such_and_never_as_zero(small: Settings) -> None:
    text = explanation(explain_lead(small, "celler/cell", as_of=ON))
    for name in ("生产能力", "供应关系", "扩张动向", "承载门槛"):
        line = next(line for line in text.splitlines() if line.startswith(name))
        assert line.split()[1:4:2] == ["待核实", "—"], line
    assert "引荐：暂无已知引荐路径" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_csv_and_markdown_carry_the_leads_of_the_report(seeds_workspace: str, seeds: Settings, lang: str) -> None:
    report = suggest_leads(seeds, "ev", as_of=AS_OF, lang=lang)  # type: ignore[arg-type]
    rows = [lead for gap in report.gaps for lead in (*gap.leads, *gap.vetoed)]
    asked = ("suggest", "--chain", "ev", "--as-of", AS_OF, "--lang", lang, "--workspace", seeds_workspace)

    found = json.loads(_run(*asked, "--format", "json").stdout)
    told = [lead for gap in found["gaps"] for lead in (*gap["leads"], *gap["vetoed"])]
    assert [(lead["id"], lead["points"]) for lead in told] == [(lead.id, lead.points) for lead in rows]

    content = _run(*asked, "--format", "csv").stdout_bytes
    assert content.startswith(b"\xef\xbb\xbf")
    head, *body = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert [line[head.index("线索编号" if lang == "zh" else "lead")] for line in body] == [lead.id for lead in rows]

    markdown = _run(*asked, "--format", "md").stdout
    assert all(lead.id in markdown for lead in rows)


@pytest.mark.parametrize("form", ["json", "csv", "md"])
def test_an_explanation_is_written_in_every_format(seeds_workspace: str, form: str) -> None:
    done = _run("explain", "恩捷股份/隔膜", "--as-of", AS_OF, "--format", form, "--workspace", seeds_workspace)
    assert done.exit_code == 0
    assert "恩捷" in done.stdout
    if form == "json":
        told = json.loads(done.stdout)
        assert told["lead"]["firm_name"] == "恩捷股份"
        assert told["unknown"]


@pytest.mark.parametrize("name", ["恩捷股份/隔膜", "恩捷股份／隔膜", " 恩捷股份 / separator ", "{id}", "{lower}"])
def test_a_lead_is_explained_by_its_names_or_by_its_id_in_any_case(seeds_workspace: str, name: str) -> None:
    def told(asked: str) -> str:
        return _run("explain", asked, "--as-of", AS_OF, "--workspace", seeds_workspace).stdout

    key = json.loads(_run("explain", "恩捷股份/隔膜", "--format", "json", "--workspace", seeds_workspace).stdout)[
        "lead"
    ]["id"]
    text = told(name.format(id=key, lower=key.lower()))
    assert key in text
    assert text == told("恩捷股份/隔膜")


def test_a_vetoed_candidate_is_explained_with_its_vetoes(pack: SmallPack, small: Settings) -> None:
    tell_celler(pack, f"dissolved: {{{REPORT}}}")
    text = explanation(explain_lead(small, "电芯厂/电芯", as_of=ON))
    assert "否决 已注销：企业已注销或吊销" in text


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (("explain", "恩捷"), "“企业/环节”", "FIRM/LINK"),
        (("explain", "LAAAAAAAAAA"), "--region", "--region"),
        (("explain", "没有的企业/隔膜"), "企业“没有的企业”", "没有的企业"),
        (("explain", "恩捷股份/没有的环节"), "环节“没有的环节”", "没有的环节"),
        (("explain", "小鹏汽车/隔膜"), "不能作线索", "it is no lead"),
        (("suggest", "--ring", "月球"), "bay_area", "bay_area"),
        (("suggest", "--ring", "provinc"), "province", "Did you mean 'province'"),
        (("suggest", "--link", "没有的环节"), "环节“没有的环节”", "没有的环节"),
        (("suggest", "--chain", "没有的链"), "ev", "ev"),
        (("suggest", "--as-of", "去年"), "2026-11-22", "2026-11-22"),
        (("suggest", "--region", "大旺产业城"), "--region", "--region"),
    ],
)
def test_what_cannot_be_answered_is_one_message_with_its_mend_and_exit_code_2(
    seeds_workspace: str,
    arguments: tuple[str, ...],
    zh: str,
    en: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for lang, mend in (("zh", zh), ("en", en)):
        line = ["chaingraph", "leads", *arguments, "--lang", lang, "--workspace", seeds_workspace]
        monkeypatch.setattr("sys.argv", line)
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        assert (ended.value.code, told.out) == (2, "")
        assert told.err.startswith("错误：" if lang == "zh" else "error: ")
        assert mend in told.err


def test_a_top_of_none_is_refused(seeds_workspace: str) -> None:
    assert _run("suggest", "--top", "0", "--workspace", seeds_workspace).exit_code == 2


@pytest.mark.parametrize("ring", ["near", "近圈"])
def test_a_ring_is_named_by_its_id_or_its_word(seeds_workspace: str, ring: str) -> None:
    done = _run("suggest", "--ring", ring, "--format", "json", "--workspace", seeds_workspace)
    assert json.loads(done.stdout)["ring"] == "near"
