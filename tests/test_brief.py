"""``brief``: one page about a target firm that needs nothing but itself and tells what is not known."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from chaingraph.cli import cli
from chaingraph.errors import NotFound
from chaingraph.export.brief import render_brief
from chaingraph.model.entity_report import Citation, Fact
from chaingraph.model.gap_report import Component
from chaingraph.model.lead_report import Introducer, Lead, LeadReport, ParkCheck, ParkFit, Tie, Veto
from chaingraph.model.ledger_report import Approval, LedgerLead, Overdue
from chaingraph.service.gaps import gaps

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph import Settings
    from chaingraph.errors import Lang

_VOID = {"meta", "br", "col"}
HOSTILE = '<script>alert("1")</script>\u202e{{ 7*7 }}' + "长" * 160


class _Page(HTMLParser):
    """Reads a page: its text, its tags with their attributes, whether each is closed, what stands beside a text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[list[str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.elements: list[list[str]] = []
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("td", "br"):
            self.words.append(" ")
        if self.open:
            self.open[-1].append(f"<{tag}>")
        if tag not in _VOID:
            self.open.append([tag])
            self.elements.append(self.open[-1])

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag, self.getpos()

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1].append(data.strip())
            if self.open[-1][0] != "style":
                self.words.append(data)

    @property
    def text(self) -> str:
        """What a reader sees, its blanks run together."""
        return re.sub(r"\s+", " ", "".join(self.words))


def _fact(predicate: str, label: str, **more: Any) -> Fact:
    cited = Citation("paper", "日报", "日报社", "2023-06-01", "https://news.test/1", "第二版", "B", "2023-06-01", None)
    told: dict[str, Any] = {
        "object": None,
        "object_kind": None,
        "object_name": None,
        "value": None,
        "unit": None,
        "date": None,
        "by": False,
        "basis": "stated",
        "used": True,
        "citations": (cited,),
    }
    return Fact(predicate=predicate, label=label, **{**told, **more})


def _park(park: str, name: str, fits: bool) -> ParkFit:
    checks = (
        ParkCheck("targets", fits, "主攻电芯" if fits else "不主攻", "A"),
        ParkCheck("land", None, "熟地待核实", None),
        ParkCheck("discharge", True, "接纳工业废水", "A"),
        ParkCheck("investment", None, "门槛未设", None),
        ParkCheck("tax", None, "门槛未设", None),
    )
    return ParkFit(park, name, "441283", "高要区", 31.4, checks, fits, "主攻电芯，距链主 31 公里")


def _report(settings: Settings, lang: Lang = "zh", **more: Any) -> LeadReport:
    """A lead on the cell of the small pack, with a park and an introducer."""
    told = gaps(settings, "demo", lang=lang, as_of="2024-06-01")
    judged = Citation("curators", "编者判断", "编者", "2024-01-01", None, "产能", "D", "2024-01-01", None)
    tie = Tie("supplies", "供货给", "celler", "电芯厂", "maker", "造车", "B", "paper", "日报", "2023-06-01")
    park = _park("zone", "高新区", True)
    lead = Lead(
        id="L-441200-celler-cell",
        rank=1,
        chain="demo",
        chain_name="演示链",
        link="cell",
        link_name="电芯",
        gap_rank=1,
        gap_priority=80.0,
        move="fill",
        status="missing",
        firm="celler",
        firm_name="电芯厂",
        full_name="电芯股份有限公司",
        kind="attract",
        seat="350900",
        seat_name="宁德市",
        nearest="350900",
        nearest_name="宁德市",
        distance_km=812.3,
        ring="nation",
        points=61.5,
        points_most=76.5,
        components=(
            Component("capability", 0.9, 0.25, 22.5, "电芯占营收 90%", "A"),
            Component("momentum", None, 0.15, None, "没有扩张动向的记录", None),
        ),
        grade="B",
        sources=2,
        source="paper",
        source_title="日报",
        source_as_of="2023-06-01",
        source_url="https://news.test/1",
        vetoes=(),
        introducer=Introducer("maker", "造车", (tie,), "B", "造车是它的客户"),
        park=park,
        stage=None,
        why="占营收九成，链主是其客户",
    )
    report = LeadReport(
        lang=lang,
        region="441200",
        region_name="肇庆市",
        as_of="2024-06-01",
        pack="0123abcd",
        lead=lead,
        leaders=told.leaders,
        gap=told.rows["cell"],
        parks=(park, _park("other", "旧园区", False)),
        facts=(
            _fact("registered", "名称", value="电芯股份有限公司"),
            _fact("makes", "生产", object="cell", object_name="电芯", value=0.9),
            _fact("signal", "扩张动向", value="拟建华南基地", date="2024-03-01", citations=(judged,)),
            _fact("unit_price_cny", "单价", value=400000000.0, unit="元/GWh"),
        ),
        unknown=("新厂要多少用地", "是否排放工业废水"),
        park_unknown=("高新区：熟地待核实",),
        ledger=None,
    )
    return replace(report, **more)


@pytest.fixture
def report(small: Settings) -> LeadReport:
    """The lead in Chinese."""
    return _report(small)


def test_the_page_tells_firm_gap_introducer_park_unknowns_and_sources_in_that_order(report: LeadReport) -> None:
    text = _Page(render_brief(report)).text
    parts = (
        *("电芯厂", "它做什么", "占营收 90%", "补什么缺口", "年需求", "缺口优先级", "为什么是它", "没有扩张动向的记录"),
        *("谁来引荐", "造车 ← 供货给 —", "落在哪个园区", "高新区（高要区），距链主 31 公里", "✓ 主攻电芯"),
        *("其他园区：✗ 旧园区（高要区，31 公里，不主攻）", "第一次谈要问企业的", "新厂要多少用地", "要问园区的"),
        *("高新区：熟地待核实", "台账", "来源", "日报社 2023-06-01 B 日报", "第二版 https://news.test/1"),
    )
    reached = 0
    for part in parts:
        assert part in text[reached:]
        reached = text.index(part, reached)


def test_what_is_unknown_reads_unverified_and_never_zero(report: LeadReport) -> None:
    momentum = Component("momentum", None, 0.15, None, "没有记录", None)
    unknown = replace(report.gap, unit_price_cny=None, price_grade=None, coverage=None, priority=None)
    lead = replace(report.lead, components=(momentum,), introducer=None, park=None)
    bare = replace(report, lead=lead, gap=unknown, parks=(), unknown=(), park_unknown=())
    text = _Page(render_brief(bare)).text
    for part in ("扩张动向 待核实 0.15 —", "单价 待核实", "覆盖率 待核实", "缺口优先级 待核实"):
        assert part in text
    for part in ("暂无已知引荐路径", "暂无合适园区", "没有待核实的项目"):
        assert part in text


def test_a_judgement_is_marked_as_one_and_each_fact_bears_its_grade_and_source(report: LeadReport) -> None:
    text = _Page(render_brief(report)).text
    assert re.search(r"扩张动向 拟建华南基地 · 2024-03-01 D 判断 ?\[2\]", text)
    assert re.search(r"生产 电芯 · 占营收 90% B ?\[1\]", text)


def test_a_source_cited_twice_is_listed_once_and_each_number_leads_to_it(report: LeadReport) -> None:
    page = _Page(render_brief(report))
    listed = [tag["id"] for name, tag in page.tags if name == "li" and "id" in tag]
    assert listed == ["s1", "s2"]
    assert {tag["href"] for name, tag in page.tags if name == "a" and str(tag["href"]).startswith("#")} == {
        "#s1",
        "#s2",
    }


def test_the_page_loads_nothing_and_links_only_to_its_sources(report: LeadReport) -> None:
    facts = (
        *report.facts,
        *(
            _fact("makes", "生产", citations=(replace(report.facts[0].citations[0], source=url, url=url),))
            for url in (
                "javascript:alert(1)",
                "file:///etc/passwd",
                "data:text/html,x",
                "HTTP://[broken",
                "//host.test",
            )
        ),
    )
    content = render_brief(replace(report, facts=facts))
    page = _Page(content)
    tags = {name for name, _ in page.tags}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "form", "base", "video", "svg"})
    assert not any(name == "src" or name.startswith("on") for _, attributes in page.tags for name in attributes)
    outside = {str(tag["href"]) for name, tag in page.tags if name == "a" and not str(tag["href"]).startswith("#")}
    assert outside == {"https://news.test/1", "HTTP://[broken"}
    assert "javascript:alert(1)" in page.text
    assert b"@import" not in content
    assert b"url(" not in content


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_hostile_name_is_text_wherever_it_stands(small: Settings, lang: Lang) -> None:
    report = _report(small, lang)
    park = _park("zone", HOSTILE, True)
    park = replace(park, region_name=HOSTILE, checks=(replace(park.checks[0], why=HOSTILE), *park.checks[1:]))
    other = replace(park, park="other", checks=(replace(park.checks[0], holds=False),), fits=False)
    tie = replace(report.lead.introducer.ties[0], from_name=HOSTILE) if report.lead.introducer else None
    assert tie is not None
    bad = replace(
        report,
        lead=replace(
            report.lead,
            firm_name=HOSTILE,
            full_name=HOSTILE,
            link_name=HOSTILE,
            why=HOSTILE,
            id=HOSTILE,
            vetoes=(Veto("dissolved", HOSTILE),),
            introducer=Introducer("maker", HOSTILE, (tie,), "B", HOSTILE),
            park=park,
        ),
        region_name=HOSTILE,
        gap=replace(report.gap, name=HOSTILE, reason=HOSTILE),
        parks=(park, other),
        facts=(_fact("makes", "生产", object_name=HOSTILE),),
        unknown=(HOSTILE,),
        park_unknown=(HOSTILE,),
    )
    page = _Page(render_brief(bad))
    assert page.open == []
    assert "script" not in {name for name, _ in page.tags}
    assert page.text.count(HOSTILE) >= 20
    assert "49" not in page.text.replace(bad.lead.source_as_of, "")
    # The mark that turns the direction of writing ends with its element, so the text must be alone in it.
    beside = [parts for parts in page.elements if parts[0] != "title" and any(HOSTILE in part for part in parts)]
    assert [parts for parts in beside if parts[1:] != [HOSTILE]] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_tag_is_closed_and_the_charset_and_the_language_are_told(small: Settings, lang: Lang) -> None:
    content = render_brief(_report(small, lang))
    page = _Page(content)
    assert page.open == []
    assert content.startswith(b"<!doctype html>")
    assert ("meta", {"charset": "utf-8"}) in page.tags
    assert ("html", {"lang": "zh-CN" if lang == "zh" else "en"}) in page.tags
    assert re.search(r"@page \{ size: A4", content.decode())


def test_the_page_speaks_english_where_asked(small: Settings) -> None:
    text = _Page(render_brief(_report(small, "en"))).text
    for part in (
        "What it makes",
        "The gap it fills",
        "Who introduces us",
        "Which park",
        "ask the firm in the first talk",
    ):
        assert part in text
    assert "unverified" in text
    assert "待核实的" not in text


def test_what_the_ledger_holds_is_shown_with_what_is_overdue(report: LeadReport) -> None:
    held = LedgerLead(
        id=report.lead.id,
        region="441200",
        firm="celler",
        firm_name="电芯厂",
        link="cell",
        link_name="电芯",
        chain="demo",
        kind="attract",
        county="441283",
        county_name="高要区",
        owner="王某",
        stage="assessing",
        stage_name="研判",
        since="2024-05-20",
        progress=None,
        next_step="约见董秘",
        next_due="2024-06-10",
        reason=None,
        approvals=(Approval("county", "陈某", "2024-05-21T09:30:00+08:00"),),
        signals=(),
        created="2024-05-18",
        created_by="李某",
        changed="2024-05-20",
        changed_by="王某",
        version=4,
        overdue=(Overdue("feed_back", "反馈", "2024-05-27", 5),),
        project=None,
    )
    text = _Page(render_brief(replace(report, ledger=held))).text
    assert "研判，自 2024-05-20" in text
    assert "王某（高要区）" in text
    assert "约见董秘，限 2024-06-10" in text
    assert "审批 县选 2024-05-21 陈某" in text
    assert "反馈 应于 2024-05-27，已超 5 天" in text


def test_two_other_parks_are_named_and_the_rest_counted(report: LeadReport) -> None:
    others = tuple(_park(f"park-{number}", f"{number}号园", number < 3) for number in range(1, 6))
    text = _Page(render_brief(replace(report, parks=(*report.parks[:1], *others)))).text
    assert "其他园区：1号园（高要区，31 公里）；2号园（高要区，31 公里）。另有 3 个园区" in text
    assert "3号园" not in text
    assert "explain" not in text


def test_a_veto_stands_on_the_page_by_name(report: LeadReport) -> None:
    lead = replace(report.lead, vetoes=(Veto("negative_list", "列入高耗能清单"),))
    assert "不得推荐：负面清单 列入高耗能清单" in _Page(render_brief(replace(report, lead=lead))).text


def test_the_command_writes_the_page_of_a_real_lead_or_prints_it(seeds_workspace: str, tmp_path: Path) -> None:
    asked = ["brief", "sunwoda/battery-pack", "--chain", "ev", "--as-of", "2026-11-22", "--workspace", seeds_workspace]
    out = tmp_path / "brief.html"
    written = CliRunner().invoke(cli, [*asked, "--out", str(out)], catch_exceptions=False)
    printed = CliRunner().invoke(cli, asked, catch_exceptions=False)
    assert (written.exit_code, written.stdout) == (0, "")
    assert out.read_bytes() == printed.stdout_bytes
    page = _Page(out.read_bytes())
    assert page.open == []
    for part in ("欣旺达", "动力电池包", "小鹏汽车", "推荐：", "熟地", "独立来源"):
        assert part in page.text
    cited = {str(tag["href"]) for name, tag in page.tags if name == "a"}
    listed = {f"#{tag['id']}" for name, tag in page.tags if name == "li" and "id" in tag}
    assert {href for href in cited if href.startswith("#")} == listed


def test_a_lead_that_is_none_is_told_in_a_sentence_and_leaves_the_file_alone(
    seeds_workspace: str, tmp_path: Path
) -> None:
    out = tmp_path / "brief.html"
    out.write_text("before", encoding="utf-8")
    done = CliRunner().invoke(cli, ["brief", "nobody/battery-pack", "--out", str(out), "--workspace", seeds_workspace])
    assert isinstance(done.exception, NotFound)
    assert "nobody" in done.exception.text.zh
    assert out.read_text(encoding="utf-8") == "before"


def test_a_full_disk_behind_the_terminal_is_told_in_a_sentence(seeds_workspace: str) -> None:
    command = [sys.executable, "-m", "chaingraph", "brief", "sunwoda/battery-pack", "--workspace", seeds_workspace]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8")
    assert done.returncode == 2
    assert "无法输出" in done.stderr


def test_the_same_report_makes_the_same_bytes(small: Settings) -> None:
    assert render_brief(_report(small)) == render_brief(_report(small))
