"""The weekly workbook of 10,000 leads. Goal: at most 1.5 s, and at most 60 MB beyond the interpreter."""

from __future__ import annotations

import gc
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from timing import told

ROWS = 10_000
TIMES = 5
GOAL_SECONDS = 1.5
GOAL_MB = 60
ROOT = Path(__file__).parent.parent


def main() -> None:
    if sys.argv[1:]:
        _once(sys.argv[1])
        return
    bare = [_run("bare") for _ in range(TIMES)]
    made = [_run("made") for _ in range(TIMES)]
    rendered = [_run("rendered") for _ in range(TIMES)]
    memory = statistics.median(mb for _, mb in rendered) - statistics.median(mb for _, mb in bare)
    rows = statistics.median(mb for _, mb in made) - statistics.median(mb for _, mb in bare)
    print(told(f"a workbook of {ROWS:,} leads", [seconds for seconds, _ in rendered]))
    print(
        f"peak beyond the interpreter: {memory:.0f} MB, of which the report itself {rows:.0f} MB (goal: {GOAL_MB} MB)"
    )
    print(f"goal: at most {GOAL_SECONDS} s")


def _run(what: str) -> tuple[float, float]:
    """Seconds, and the peak of the process in MB."""
    command = [sys.executable, __file__, what]
    told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    seconds, peak = told.stdout.split()
    return float(seconds), float(peak)


def _once(what: str) -> None:
    # As the command line does.
    gc.set_threshold(500_000)
    seconds = 0.0
    if what != "bare":
        from tests.week.made import CHECK, lead, week

        report = week(*(lead(number, why=f"第 {number} 条：主营电芯；已供货") for number in range(1, ROWS + 1)))
        if what == "rendered":
            start = time.perf_counter()
            from chaingraph.export.workbook import render_workbook

            render_workbook(report, CHECK)
            seconds = time.perf_counter() - start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
