"""What random packs draw from: places, days, citations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

CITIES = ["440100", "440600", "441200", "450100", "450300"]
COUNTIES = ["440113", "440605", "441202", "441223", "441284", "450102"]
FIRST, LAST = date(2018, 1, 1), date(2026, 6, 30)

Raw = dict[str, Any]


def some_day(rng: Random, first: date = FIRST, last: date = LAST) -> date:
    """A day between the two."""
    return first + timedelta(days=rng.randint(0, (last - first).days))


def cite(rng: Random, on: date | None = None) -> Raw:
    """A citation of a random source, dated ``on`` or on some day; its grade is at best the source's."""
    source, best = rng.choice([("paper-a", "A"), ("paper-b", "B"), ("list-c", "C")])
    grades = "ABCD"["ABCD".index(best) :]
    return {
        "source": source,
        "locator": "p. 1",
        "grade": rng.choice([best, best, *grades]),
        "as_of": (on or some_day(rng)).isoformat(),
    }
