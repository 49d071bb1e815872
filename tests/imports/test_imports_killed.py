"""kill -9 during an import, an undo or a decision: what was there before is there after, nothing is half."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.imports.rooms import Room, stated

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.imports.room import Imports

TRIALS = 16
"""Of imports, of undos and of decisions each."""
ROWS = 400
_LOOP = """
import sys
from pathlib import Path
from chaingraph.imports.records import Bringing
from chaingraph.imports.room import Imports
from chaingraph.model.statement import Statement
what, workspace, rows = sys.argv[1:]
imports, rows = Imports.at(Path(workspace)), int(rows)
imports.listed()
def bring():
    with imports.taking_in(Bringing("registry", ("b.csv",), "d"), "王某", ()) as taking:
        for row in range(rows):
            taking.add(Statement("b.csv", row, f"第{row}金属有限公司", scope="金属制品制造；" * 20))
            if row % 50 == 0:
                taking.flush()
    return taking.number
number = bring() if what == "undo" else 0
print("ready", flush=True)
while True:
    if what == "import":
        print(bring(), flush=True)
    elif what == "undo":
        print(imports.undo(number, "王某").number, flush=True)
        number = bring()
    else:
        imports.decide(1, "same", "王某")
        print("same", flush=True)
        imports.reopen(1, "王某")
        print("reopened", flush=True)
"""


def killed_in(workspace: Path, what: str, seconds: float) -> list[str]:
    """Runs the loop and kills it so many seconds after it is ready; what it had acknowledged."""
    command = [sys.executable, "-c", _LOOP, what, workspace, str(ROWS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        return process.stdout.read().split()


def whole(imports: Imports) -> dict[int, int]:
    """How many statements each import in force has, once the file was found whole."""
    with sqlite3.connect(imports.path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = {import_ for (import_,) in connection.execute("SELECT DISTINCT import FROM keys")}
    live = {row.number for row in imports.listed() if row.live}
    assert kept == live
    counts = dict.fromkeys(live, 0)
    for one in imports.statements():
        counts[one.import_] += 1
    return counts


@pytest.mark.parametrize("what", ["import", "undo"])
def test_an_import_is_there_whole_or_not_at_all(tmp_path: Path, what: str) -> None:
    room, chance = Room(tmp_path), random.Random(7)
    room.take(stated("甲有限公司"))
    began = time.monotonic()
    room.imports.undo(room.take(*(stated(f"第{row}金属有限公司", row) for row in range(ROWS))), "王某")
    # On a slow machine too some are killed amid an import, and some after one.
    longest = 4 * (time.monotonic() - began)
    acknowledged: set[int] = set()
    for _ in range(TRIALS):
        acknowledged |= {int(number) for number in killed_in(tmp_path, what, chance.uniform(0, longest))}
        counts = whole(room.imports)
        assert counts.pop(1) == 1
        assert set(counts.values()) <= {ROWS}
        listed = {row.number: row.live for row in room.imports.listed()}
        assert all(listed[number] is (what == "import") for number in acknowledged)
    assert acknowledged


def test_a_decision_that_was_acknowledged_stands(tmp_path: Path) -> None:
    room, chance = Room(tmp_path), random.Random(8)
    room.take(stated("肇庆宏旺金属有限公司"), stated("肇庆宏旺金属实业有限公司", 3))
    [review] = room.imports.review()
    seen = 0
    for _ in range(TRIALS):
        said = killed_in(tmp_path, "decide", chance.uniform(0, 0.1))
        seen += len(said)
        assert whole(room.imports) == {1: 2}
        standing = "same" if room.imports.merged() else "reopened"
        with sqlite3.connect(room.imports.path) as connection:
            kinds = [kind for (kind,) in connection.execute("SELECT kind FROM decisions ORDER BY number")]
        assert len(kinds) - seen in (0, 1), "at most the one decision that was being told"
        seen = len(kinds)
        assert kinds == (["same", "reopened"] * len(kinds))[: len(kinds)]
        assert standing == (kinds or ["reopened"])[-1]
        if standing == "same":
            room.imports.reopen(review.number, "王某")
            seen += 1
    assert seen
