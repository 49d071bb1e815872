"""A signed lead is a project of the graph: planned from its day on, with the ledger as its source."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from chaingraph.service.gaps import gaps
from chaingraph.service.ledger.actions import accept_lead, signal_lead
from chaingraph.service.projects import projects
from chaingraph.service.show import show
from chaingraph.service.workspace import open_store
from tests.ledger.test_actions import CELLER, WANG, on, signed

if TYPE_CHECKING:
    from chaingraph.config import Settings
    from tests.small_pack import SmallPack

PROJECT = CELLER.lower()


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
