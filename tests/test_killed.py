"""kill -9 during an acceptance, an export or an import: nothing acknowledged is lost, no half is left of any."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import openpyxl

from chaingraph.ledger.log import Ledger
from tests.week.office import FIRMS, Office, filled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TRIALS = 33
"""Of exports and of imports each; with those of acceptances a hundred in all."""
FIRMS_HERE = 120
_LOOP = """
import sys
from pathlib import Path
from chaingraph.config import settings
from chaingraph.service.leads.export import export_leads
from chaingraph.service.leads.importing import import_leads
from chaingraph.service.ledger.actions import accept_lead
what, workspace, pack, out, *files = sys.argv[1:]
own = settings(workspace, [pack], environ={})
# Once without writing, so that what follows is not the time that modules take to load.
if what != "accept":
    export_leads(own, user="科长", out=out)
for file in files[:1] if what == "import" else ():
    import_leads(own, file, user="王某", dry_run=True)
print("ready", flush=True)
if what == "accept":
    for firm in files:
        print(accept_lead(own, f"{firm}/cell", user="王某", owner="李某").lead.id, flush=True)
if what == "export":
    while True:
        export_leads(own, user="科长", out=out, revise=True)
for file in files:
    import_leads(own, file, user="王某")
    print("done", flush=True)
"""


def killed_in(office: Office, what: str, seconds: float, files: Sequence[Path | str] = ()) -> list[str]:
    """Runs the loop and kills it so many seconds after it is ready; what it had acknowledged."""
    command = [sys.executable, "-c", _LOOP, what, office.settings.workspace, office.pack.folder, office.folder, *files]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        return process.stdout.read().split()


def whole(office: Office) -> None:
    with sqlite3.connect(office.settings.workspace / "workspace.sqlite") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_no_acknowledged_acceptance_is_lost_when_it_is_killed(tmp_path: Path) -> None:
    office = Office.opened(tmp_path)
    firms = [f"celler-{number}" for number in range(FIRMS_HERE)]
    for number, firm in enumerate(firms):
        office.pack.append("firms/all.yaml", FIRMS.format(id=firm, name=f"芯厂{number}", link="cell"))
    office.export("2026-11-16")
    chance = random.Random(4)
    acknowledged: set[str] = set()
    for _ in range(TRIALS + 1):
        held = {state.firm for state in office.states().values()}
        acknowledged |= set(killed_in(office, "accept", chance.uniform(0, 0.3), [f for f in firms if f not in held]))
        whole(office)
        states = office.states()
        assert acknowledged <= states.keys()
        assert {state.owner for state in states.values()} <= {"李某"}, "an acceptance writes both its events or none"
    assert len(acknowledged) > TRIALS / 3


def test_an_export_that_is_killed_leaves_whole_workbooks_and_a_whole_ledger(tmp_path: Path) -> None:
    office = Office.opened(tmp_path)
    chance = random.Random(5)
    office.export("2026-11-16")
    for _ in range(TRIALS):
        killed_in(office, "export", chance.uniform(0.05, 0.4))
        whole(office)
        for file in office.folder.glob("[!.]*.xlsx"):
            assert openpyxl.load_workbook(file).worksheets[0]["A1"].value == "序号"
            file.unlink()
    ledger = Ledger.at(office.settings.workspace)
    exported = [event for event in ledger.events() if event.kind == "exported"]
    assert len(exported) > 2
    for event in exported:
        assert ledger.frozen(event.data["scope"], event.data["week"], event.data["revision"]) is not None


def test_an_import_that_is_killed_is_in_the_ledger_whole_or_not_at_all(tmp_path: Path) -> None:
    office = Office.opened(tmp_path)
    chance = random.Random(6)
    file, week = office.export("2026-11-16")
    leads = [lead.id for lead in week.leads]
    ledger = Ledger.at(office.settings.workspace)
    acknowledged = 0
    for trial in range(TRIALS):
        files = [
            filled(file, f"{trial}-{turn}", {lead: {"stage": "线索", "progress": f"{trial}-{turn}"} for lead in leads})
            for turn in range(8)
        ]
        acknowledged += len(killed_in(office, "import", chance.uniform(0.02, 0.2), files))
        whole(office)
        assert len({state.progress for state in office.states().values()}) <= 1
    imported = [event for event in ledger.events() if event.kind == "imported"]
    assert acknowledged <= len(imported) <= acknowledged + TRIALS
    assert imported
    for event in imported:
        assert event.number == event.data["last"] + 1
