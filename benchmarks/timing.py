"""Times whole processes side by side: in turn, so that a machine that drifts drifts for both; medians and ratios."""

from __future__ import annotations

import statistics
import subprocess
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def whole_process(command: Sequence[str]) -> float:
    """Seconds that a command takes from start to exit. Raises CalledProcessError if it fails."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def side_by_side(runs: dict[str, Callable[[], float]], times: int) -> dict[str, list[float]]:
    """The seconds of each run, taken in turn ``times`` times after one round that is not counted."""
    for run in runs.values():
        run()
    found: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(times):
        for name, run in runs.items():
            found[name].append(run())
    return found


def told(name: str, seconds: Sequence[float]) -> str:
    """One line: minimum, median, maximum in milliseconds."""
    low, middle, high = (1000 * value for value in (min(seconds), statistics.median(seconds), max(seconds)))
    return f"{name:<36} {low:7.0f} {middle:7.0f} {high:7.0f}  ms (min, median, max of {len(seconds)})"


def ratio(first: Sequence[float], second: Sequence[float]) -> float:
    """The median of the ratios pair by pair."""
    return statistics.median(a / b for a, b in zip(first, second, strict=True))
