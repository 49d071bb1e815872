"""`chaingraph import registry` of a big CSV, each command a process of its own: rows a second and the peak of memory.

``python benchmarks/import_rate.py [ROWS]``. What follows an import is timed too: the first report, which compiles the
snapshot anew; a warm one beside ``python -c "import networkx"``; the same file once more; taking the import back.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, NamedTuple

from timing import ratio, side_by_side, told, whole_process

ROWS = 1_000_000
GOAL_MB = 1_500
GOAL_PROCESS = 1.5
TIMES = 21


class Ran(NamedTuple):
    """A command that has ended well."""

    seconds: float
    peak_mb: float
    said: str


def main() -> None:
    rows = int(float(sys.argv[1])) if sys.argv[1:] else ROWS
    with tempfile.TemporaryDirectory() as folder:
        path, workspace = Path(folder) / "registry.csv", Path(folder) / "workspace"
        # In a process of its own: the system counts to a child what its parent held when it was started.
        subprocess.run(
            [sys.executable, str(Path(__file__).with_name("registry_csv.py")), str(path), str(rows)], check=True
        )
        _measure(path, workspace, rows)


def _measure(path: Path, workspace: Path, rows: int) -> None:
    report = ("gaps", "--chain", "ev")
    before = _run(workspace, *report)
    taken = _run(workspace, "import", "registry", str(path))
    print(taken.said)
    _tell("import registry", taken, f", {rows / taken.seconds:,.0f} rows/s (goal: at most {GOAL_MB:,} MB)")
    size = sum(file.stat().st_size for file in workspace.rglob("workspace.sqlite*")) / 1e6
    print(f"{'':<36} the workspace's database: {size:,.0f} MB")
    _tell("first report after it", _run(workspace, *report))
    command = _command(workspace, *report)
    networkx = [sys.executable, "-c", "import networkx"]
    found = side_by_side({"gaps": lambda: whole_process(command), "networkx": lambda: whole_process(networkx)}, TIMES)
    print(told("warm chaingraph gaps --chain ev", found["gaps"]))
    print(told('python -c "import networkx"', found["networkx"]))
    share = ratio(found["gaps"], found["networkx"])
    print(f"{'':<36} ratio, pair by pair: {share:.2f} (goal: at most {GOAL_PROCESS})")
    _tell("the same file again", _run(workspace, "import", "registry", str(path)))
    _tell("imports undo 1", _run(workspace, "imports", "undo", "1"))
    after = _run(workspace, *report)
    _tell("first report after that", after)
    if after.said != before.said:
        sys.exit("the report after taking the import back is not the report before it")


def _tell(name: str, ran: Ran, more: str = "") -> None:
    print(f"{name:<36} {ran.seconds:8.1f} s, peak {ran.peak_mb:,.0f} MB{more}")


def _command(workspace: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "chaingraph", *arguments, "--workspace", str(workspace)]


def _run(workspace: Path, *arguments: str) -> Ran:
    """Runs a command in a process of its own, whose peak of memory the system tells when it ends."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        child = subprocess.Popen(
            _command(workspace, *arguments),
            stdout=out,
            stderr=err,
            env={**os.environ, "CHAINGRAPH_USER": "benchmark"},
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        said, wrong = (_read(file) for file in (out, err))
    if child.returncode:
        sys.exit(f"{' '.join(arguments)} ended with {child.returncode}:\n{wrong}")
    return Ran(seconds, usage.ru_maxrss / 1024, said)


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode().strip()


if __name__ == "__main__":
    main()
