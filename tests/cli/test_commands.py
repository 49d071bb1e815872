"""The commands over names, paths, projects, parks, targets and all chains: formats, widths, what is refused."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from chaingraph import Settings, overview, parks, path, projects, search, targets
from chaingraph.cli import cli, main
from chaingraph.cli.terminal import WIDTH, width
from chaingraph.export.text import render_json

if TYPE_CHECKING:
    from tests.small_pack import SmallPack

AS_OF = "2026-11-22"
COMMANDS: dict[str, tuple[str, ...]] = {
    "search": ("search", "新能源"),
    "search typo": ("search", "xiaopegn", "--kind", "firm"),
    "path": ("path", "小鹏汽车", "宁德时代", "--as-of", AS_OF),
    "projects": ("projects", "--as-of", AS_OF),
    "projects stuck": ("projects", "--stuck", "--chain", "ev", "--as-of", AS_OF),
    "parks": ("parks", "--as-of", AS_OF),
    "targets": ("targets", "--as-of", AS_OF),
    "gaps --all": ("gaps", "--all", "--as-of", AS_OF),
}


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), catch_exceptions=False)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_format_is_printed_in_both_languages(seeds_workspace: str, name: str, lang: str) -> None:
    def printed(form: str) -> bytes:
        done = _run(*COMMANDS[name], "--lang", lang, "--format", form, "--workspace", seeds_workspace)
        assert done.exit_code == 0, done.output
        return done.stdout_bytes

    assert printed("table").endswith(b"\n")
    assert json.loads(printed("json"))["lang"] == lang
    content = printed("csv")
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert rows
    assert {len(row) for row in rows} == {len(head)}
    lines = printed("md").decode().splitlines()
    assert lines[1].replace("|", "").split() == ["---"] * len(head)
    assert len(lines) == len(rows) + 2


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["path", "gaps --all"])
def test_the_table_fits_100_columns(seeds_workspace: str, name: str, lang: str) -> None:
    text = _run(*COMMANDS[name], "--lang", lang, "--workspace", seeds_workspace).output
    assert [line for line in text.splitlines() if width(line) > WIDTH] == []


def test_the_command_prints_the_report_that_the_call_returns(seeds: Settings, seeds_workspace: str) -> None:
    reports: dict[str, Any] = {
        "search": search(seeds, "新能源"),
        "search typo": search(seeds, "xiaopegn", kinds=["firm"]),
        "path": path(seeds, "小鹏汽车", "宁德时代", as_of=AS_OF),
        "projects": projects(seeds, as_of=AS_OF),
        "projects stuck": projects(seeds, stuck_only=True, chain="ev", as_of=AS_OF),
        "parks": parks(seeds, as_of=AS_OF),
        "targets": targets(seeds, as_of=AS_OF),
        "gaps --all": overview(seeds, as_of=AS_OF),
    }
    assert reports.keys() == COMMANDS.keys()
    for name, report in reports.items():
        done = _run(*COMMANDS[name], "--format", "json", "--workspace", seeds_workspace)
        assert done.stdout_bytes == render_json(report), name


def test_options_reach_the_call(seeds: Settings, seeds_workspace: str) -> None:
    reports: dict[str, Any] = {
        "search 电池 --kind link --kind park --top 3": search(seeds, "电池", kinds=["link", "park"], top=3),
        "search 小鹏 汽车": search(seeds, "小鹏 汽车"),
        "path 小鹏汽车 ev --top 1 --as-of 2022-01-31": path(seeds, "小鹏汽车", "ev", top=1, as_of="2022-01-31"),
        f"projects --region 441284 --stage 投产 --stuck-after 10 --as-of {AS_OF}": projects(
            seeds, region="441284", stage="投产", stuck_after=10, as_of=AS_OF
        ),
        f"projects --park zhaoqing-hitech --as-of {AS_OF}": projects(seeds, park="zhaoqing-hitech", as_of=AS_OF),
        f"parks --chain ev --region 441284 --as-of {AS_OF}": parks(seeds, chain="ev", region="441284", as_of=AS_OF),
        f"targets --year 2022 --chain ev --as-of {AS_OF}": targets(seeds, year=2022, chain="ev", as_of=AS_OF),
        f"gaps --all --top 1 --region 440600 --as-of {AS_OF}": overview(seeds, top=1, region="440600", as_of=AS_OF),
    }
    for line, report in reports.items():
        done = _run(*line.split(), "--format", "json", "--workspace", seeds_workspace)
        assert done.stdout_bytes == render_json(report), line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gaps", "--all", "--chain", "ev"), "--all and --chain exclude each other"),
        (("gaps", "--all", "--explain", "cell"), "--all and --explain exclude each other"),
        (("gaps", "--all", "--direction", "upstream"), "--all and --direction exclude each other"),
        (("gaps", "--all", "--move", "fill"), "--all and --move exclude each other"),
        (("search", " "), "write what to search for"),
        (("search", "电芯", "--kind", "frm"), "Did you mean 'firm'"),
        (("search", "电芯", "--top", "0"), "x>=1"),
        (("path", "小鹏汽车", "小鹏汽车"), "both ends are the same entity"),
        (("path", "小鹏汽车", "没有这家"), "no entity named"),
        (("projects", "--stage", "begun"), "stage cannot be 'begun'"),
        (("projects", "--park", "nowhere"), "nowhere"),
        (("parks", "--chain", "ship"), "no chain named 'ship'"),
        (("targets", "--region", "Atlantis"), "no region named 'Atlantis'"),
    ],
)
def test_what_cannot_be_answered_is_one_sentence_and_exit_code_2(
    seeds_workspace: str,
    arguments: tuple[str, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["chaingraph", *arguments, "--lang", "en", "--workspace", seeds_workspace])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_nothing_found_and_no_path_are_said_in_a_sentence(seeds_workspace: str) -> None:
    for lang, none in (("zh", "没有找到：qqqqqqqq"), ("en", "nothing found: qqqqqqqq")):
        assert none in _run("search", "qqqqqqqq", "--lang", lang, "--workspace", seeds_workspace).output
    for lang, none in (("zh", "六步之内没有已知的关系"), ("en", "nothing known ties them")):
        arguments = ("path", "小鹏汽车", "宁德时代", "--as-of", "1990-01-01", "--lang", lang)
        assert none in _run(*arguments, "--workspace", seeds_workspace).output


def test_what_a_short_list_leaves_out_is_counted(seeds: Settings, seeds_workspace: str) -> None:
    report = search(seeds, "电池", top=2)
    text = _run("search", "电池", "--top", "2", "--workspace", seeds_workspace).output
    assert f"另有 {report.found - 2} 个" in text


def test_a_park_without_a_bar_shows_a_dash_and_null(pack: SmallPack) -> None:
    pack.put("parks.yaml", 'parks: [{id: zone, name: 高新区, region: "441283", why: x}]\n')
    table = _run("parks", "--pack", str(pack.folder)).output
    row = next(line for line in table.splitlines() if "高新区" in line)
    assert row.split().count("—") >= 6
    found = json.loads(_run("parks", "--pack", str(pack.folder), "--format", "json").stdout)
    assert found["parks"][0]["bar_investment_cny_per_mu"] is None


def test_text_that_looks_like_a_formula_is_written_as_text(pack: SmallPack) -> None:
    pack.edit("projects.yaml", "name: 造车工厂", 'name: "=HYPERLINK(1)"')
    for arguments in (("projects",), ("search", "hyperlink")):
        text = _run(*arguments, "--format", "csv", "--pack", str(pack.folder)).stdout
        assert "'=HYPERLINK(1)" in text
        assert ",=HYPERLINK" not in text


def test_help_lists_every_command() -> None:
    text = _run("--help").output
    assert all(name in text for name in ("search", "path", "projects", "parks", "targets"))
