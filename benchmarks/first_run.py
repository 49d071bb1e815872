"""The first `chaingraph gaps --chain ev` in an empty workspace: reads the packs and compiles. Goal: at most 3 s."""

from __future__ import annotations

import sys
import tempfile

from timing import side_by_side, told, whole_process

GOAL_SECONDS = 3
TIMES = 5


def first_run() -> float:
    with tempfile.TemporaryDirectory() as workspace:
        return whole_process([sys.executable, "-m", "chaingraph", "gaps", "--chain", "ev", "--workspace", workspace])


def main() -> None:
    found = side_by_side({"first": first_run}, TIMES)
    print(told("first chaingraph gaps --chain ev", found["first"]))
    print(f"goal: at most {1000 * GOAL_SECONDS} ms")


if __name__ == "__main__":
    main()
