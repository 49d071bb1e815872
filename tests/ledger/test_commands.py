"""The commands of the ledger: a lead's life typed in, what is printed, how an error leaves."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from chaingraph.cli import cli
from chaingraph.cli.terminal import WIDTH, width
from chaingraph.errors import UsageError
from tests.ledger.test_actions import CELLER, signed

if TYPE_CHECKING:
    from chaingraph.config import Settings


def run(settings: Settings, *arguments: str) -> Result:
    words = ["leads", *arguments, "--pack", str(settings.packs[-1])]
    return CliRunner().invoke(cli, words, catch_exceptions=False)


def printed(settings: Settings, *arguments: str) -> str:
    done = run(settings, *arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_lead_s_life_typed_in(small: Settings) -> None:
    who = ("--user", "王某")
    plan = ("--next", "拜访", "--due", "2099-01-31")
    assert "电芯厂 电芯，招引，高要区" in printed(small, "accept", "celler/cell", "--county", "高要区", *who)
    assert "责任人：李四" in printed(small, "assign", CELLER, "--owner", "李四", *who)
    assert "线索 → 研判" in printed(small, "stage", CELLER, "assessing", *plan, *who)
    assert "已通电话" in printed(small, "note", CELLER, "已通电话", *who)
    assert "新建产线" in printed(small, "signal", CELLER, "新建产线", *who)
    assert "县选" in printed(small, "approve", CELLER, "--by", "县选", *who)
    assert "没有改动" in printed(small, "approve", CELLER, "--by", "county", *who)
    assert "2099-01-31 拜访" in printed(small, "show", CELLER)
    assert "2099-01-31" in printed(small, "list"), "another year is written out"
    assert "研判 → 剔除，只在本省扩产" in printed(small, "drop", CELLER, "--reason", "只在本省扩产", *who)
    assert CELLER not in printed(small, "list")
    assert CELLER in printed(small, "list", "--all")
    assert len(printed(small, "history").splitlines()) == 2 + 8


def test_an_empty_ledger_says_how_to_begin(small: Settings) -> None:
    assert "leads accept" in printed(small, "list")
    assert "No events by 2026-11-01" in printed(small, "history", "--lang", "en", "--as-of", "2026-11-01")


def test_before_its_first_lead_the_ledger_says_since_when_it_has_leads(small: Settings) -> None:
    signed(small)
    assert "第一条 2026-11-02 入台账" in printed(small, "list", "--as-of", "2026-11-01")
    assert "12-31 拜访" in printed(small, "list", "--as-of", "2026-11-07")
    assert "2026-12-31" not in printed(small, "list", "--as-of", "2026-11-07"), "this year goes without saying"


def test_what_was_signed_is_shown_completed_and_kept_in_columns(small: Settings) -> None:
    signed(small)
    assert "签约 2026-11-20；园区 待核实；投资 2 亿元；用地 30 亩" in printed(small, "show", CELLER)
    done = printed(small, "stage", CELLER, "signed", "--investment-cny", "12亿", "--user", "王某")
    assert "签约：补充或更正，2026-11-20，12 亿元，30 亩" in done
    assert "注意：签约项目还缺园区" in done
    with pytest.raises(UsageError, match="in CNY"):
        run(small, "stage", CELLER, "signed", "--investment-cny", "12", "--user", "王某")
    text = printed(small, "list", "--all", "--format", "csv").lstrip("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["签约日期"], row["园区"], row["用地（亩）"]) == ("2026-11-20", "", "30")
    assert "| 2026-11-20 | 待核实 | 1200000000 | 30 |" in printed(small, "list", "--all", "--format", "md")


def test_a_refusal_is_a_usage_error_and_a_missing_reason_too(small: Settings) -> None:
    printed(small, "accept", CELLER, "--user", "王某")
    with pytest.raises(UsageError, match="the next is assessing"):
        run(small, "stage", CELLER, "talking", "--user", "王某")
    assert run(small, "drop", CELLER).exit_code == 2
    with pytest.raises(UsageError, match="county, city"):
        run(small, "approve", CELLER, "--by", "province")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("asked", [("list", "--all"), ("show", CELLER), ("history",), ("history", CELLER)])
def test_every_format_in_both_languages_within_100_columns(small: Settings, asked: tuple[str, ...], lang: str) -> None:
    signed(small)
    table = printed(small, *asked, "--lang", lang)
    assert [line for line in table.splitlines() if width(line) > WIDTH] == []
    assert json.loads(printed(small, *asked, "--lang", lang, "--format", "json"))["lang"] == lang
    head, *rows = csv.reader(io.StringIO(printed(small, *asked, "--lang", lang, "--format", "csv").lstrip("\ufeff")))
    assert rows
    assert {len(row) for row in rows} == {len(head)}


def test_a_change_is_told_in_json_too(small: Settings) -> None:
    told = json.loads(printed(small, "accept", CELLER, "--user", "王某", "--format", "json"))
    assert (told["lead"]["id"], told["events"][0]["user"], told["similar"]) == (CELLER, "王某", [])
