"""A whole warm `chaingraph gaps --chain ev` beside `python -c "import networkx"`. Goal: at most 1.2 times that."""

from __future__ import annotations

import sys
import tempfile

from timing import ratio, side_by_side, told, whole_process

GOAL = 1.2
TIMES = 21


def main() -> None:
    with tempfile.TemporaryDirectory() as workspace:
        gaps = [sys.executable, "-m", "chaingraph", "gaps", "--chain", "ev", "--workspace", workspace]
        networkx = [sys.executable, "-c", "import networkx"]
        found = side_by_side({"gaps": lambda: whole_process(gaps), "networkx": lambda: whole_process(networkx)}, TIMES)
    print(told("chaingraph gaps --chain ev", found["gaps"]))
    print(told('python -c "import networkx"', found["networkx"]))
    print(f"ratio, pair by pair: {ratio(found['gaps'], found['networkx']):.2f} (goal: at most {GOAL})")


if __name__ == "__main__":
    main()
