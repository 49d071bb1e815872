"""A signed lead is a project of the graph: planned from its day on, with the ledger as its source."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from chaingraph.errors import UsageError
from chaingraph.service.gaps import gaps
from chaingraph.service.ledger.actions import accept_lead, note_lead, signal_lead, stage_lead
from chaingraph.service.ledger.board import show_lead
from chaingraph.service.projects import projects
from chaingraph.service.show import show
from chaingraph.service.workspace import open_store
from tests.ledger.test_actions import CELLER, WANG, on, signed

if TYPE_CHECKING:
    from chaingraph.config import Settings
    from chaingraph.model.project_report import ProjectSeen
    from tests.small_pack import SmallPack

PROJECT = CELLER.lower()
PARKS = """\
parks:
  - {id: hitech, name: 高新区, region: "441284", evidence: [{source: report, locator: 四}]}
  - {id: cluster, name: 集聚区, region: "441200", evidence: [{source: report, locator: 四}]}
  - {id: far, name: 外地园, region: "440100", evidence: [{source: report, locator: 四}]}
"""


def with_parks(pack: SmallPack) -> None:
    """A second county, a park in it, one that spans the city, and one of another city."""
    pack.append("regions.csv", "441284,四会市,Sihui,county,441200,23.33,112.73\n")
    pack.put("parks.yaml", PARKS)


def told(settings: Settings, day: int, **of: Any) -> tuple[str, ...]:
    """What the answer to a further signing remarks."""
    return stage_lead(settings, CELLER, "signed", **of, **WANG, now=on(day)).notes


def project_of(settings: Settings) -> ProjectSeen | None:
    return next((one for one in projects(settings, as_of="2026-11-30").projects if one.id == PROJECT), None)


def test_a_signed_lead_is_a_project_from_its_day_on(small: Settings) -> None:
    signed(small)
    before, after = (
        {project.id: project for project in projects(small, as_of=day).projects} for day in ("2026-11-19", "2026-11-20")
    )
    assert PROJECT not in before
    project = after[PROJECT]
    assert (project.name, project.firm, project.region) == ("电芯厂 电芯 项目", "celler", "441283")
    assert project.stage is not None
    assert (project.stage.stage, project.stage.date, project.stage.grade) == ("signed", "2026-11-20", "A")
    assert project.investment_cny is not None
    assert (project.investment_cny.value, project.investment_cny.grade) == (2e8, "A")
    assert projects(small, region="高要区", as_of="2026-11-20").total == 1


def test_its_link_is_planned_from_that_day_on(small: Settings) -> None:
    signed(small)
    statuses = {}
    for day in ("2026-11-19", "2026-11-20"):
        report = gaps(small, as_of=day)
        rows = {row.link: row for row in (*report.gaps, *report.no_data, *report.covered)}
        statuses[day] = rows["cell"].status
    assert statuses == {"2026-11-19": "missing", "2026-11-20": "planned"}


def test_each_of_its_facts_cites_the_ledger_by_the_lead_s_id(small: Settings) -> None:
    signed(small)
    facts = show(small, PROJECT, as_of="2026-11-20").facts
    assert {(item.title, item.locator, item.grade) for fact in facts for item in fact.citations} == {
        ("招商台账", CELLER, "A")
    }


def test_a_project_of_the_packs_with_the_same_id_wins(pack: SmallPack, small: Settings) -> None:
    signed(small)
    own = f"  - {{id: {PROJECT}, name: 本包所载, region: '441200', evidence: [{{source: report, locator: 三}}]}}\n"
    pack.append("projects.yaml", own)
    assert {project.name for project in projects(small).projects} == {"造车工厂", "本包所载"}


def test_what_the_packs_no_longer_hold_is_unknown_and_its_region_keeps_the_project(
    pack: SmallPack, small: Settings
) -> None:
    signed(small)
    text = (pack.folder / "firms/all.yaml").read_text(encoding="utf-8")
    pack.put("firms/all.yaml", text[: text.index("  - id: celler")])
    project = next(project for project in projects(small).projects if project.id == PROJECT)
    assert project.firm is None


def test_only_a_signature_makes_a_new_snapshot(small: Settings) -> None:
    _, bare = open_store(small)
    accept_lead(small, CELLER, **WANG, now=on(1))
    assert open_store(small)[1] == bare
    small.workspace.joinpath("workspace.sqlite").unlink()
    signed(small)
    _, with_project = open_store(small)
    assert with_project != bare
    signal_lead(small, CELLER, "追加投资", **WANG, now=on(21))
    assert open_store(small)[1] == with_project


def test_a_signing_says_what_it_lacks_and_a_further_one_completes_the_project(pack: SmallPack, small: Settings) -> None:
    with_parks(pack)
    signed(small)
    names = {open_store(small)[1]}
    assert told(small, 21) == ()
    assert open_store(small)[1] in names, "nothing was told, nothing changed"
    lacks = f"签约项目还缺园区、用地，补充：chaingraph leads stage {CELLER} signed --park 园区 --area-mu 30"
    assert told(small, 22, area_mu="") == (lacks,)
    names.add(open_store(small)[1])
    assert told(small, 22, park="集聚区", investment_cny="12亿", area_mu="３０亩", date="2026-11-19") == ()
    names.add(open_store(small)[1])
    project, seen = project_of(small), show_lead(small, CELLER).lead
    assert project is not None
    assert seen is not None
    assert seen.project is not None
    assert (seen.project.park_name, seen.project.investment_cny, seen.project.area_mu) == ("集聚区", 1.2e9, 30)
    assert project.investment_cny is not None
    assert project.stage is not None
    assert (project.park, project.region, project.investment_cny.value) == ("cluster", "441283", 1.2e9)
    assert project.stage.date == seen.project.date == "2026-11-19"
    note_lead(small, CELLER, "已开工", **WANG, now=on(23))
    assert open_store(small)[1] in names
    assert len(names) == 3
    then = show_lead(small, CELLER, as_of="2026-11-21").lead
    assert then is not None
    assert then.project is not None
    assert (then.project.park, then.project.area_mu) == (None, 30)


def test_a_project_is_where_its_park_is(pack: SmallPack, small: Settings) -> None:
    with_parks(pack)
    signed(small)
    assert told(small, 21, park="高新区") == ("承接县区是高要区，园区在四会市：项目记在四会市",)
    project = project_of(small)
    assert project is not None
    assert (project.park, project.region) == ("hitech", "441284")
    with pytest.raises(UsageError, match="not in Zhaoqing"):
        told(small, 22, park="外地园")
    assert told(small, 22, park="") != ()
    project = project_of(small)
    assert project is not None
    assert (project.park, project.region) == (None, "441283")


def test_a_broken_contract_takes_its_project_out_of_the_graph(small: Settings) -> None:
    signed(small)
    assert project_of(small) is not None
    stage_lead(small, CELLER, "lost", reason="毁约", **WANG, now=on(25))
    assert project_of(small) is None
    lead = show_lead(small, CELLER, as_of="2026-11-25").lead
    assert lead is not None
    assert (lead.stage, lead.reason, lead.project) == ("lost", "毁约", None)


@pytest.mark.parametrize("wrong", ["12亿美元", "十二亿", "-3万", "1e400亿", "12"])
def test_an_investment_that_is_no_amount_in_cny_is_refused(small: Settings, wrong: str) -> None:
    signed(small)
    with pytest.raises(UsageError):
        told(small, 21, investment_cny=wrong)


def test_gaps_imports_sqlite_only_where_there_is_a_ledger(small: Settings) -> None:
    gaps(small)
    code = (
        "import sys; from chaingraph.config import settings; from chaingraph.service.gaps import gaps; "
        f"gaps(settings({str(small.workspace)!r}, [{str(small.packs[-1])!r}])); print('sqlite3' in sys.modules)"
    )

    def imported() -> str:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    assert imported() == "False"
    accept_lead(small, CELLER, **WANG)
    assert imported() == "True"
