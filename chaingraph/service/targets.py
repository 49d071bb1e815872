"""Published targets and how far they are reached: by what sources report, or by our own rate."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from chaingraph.analysis.progress import actual_of, share_reached, state_of
from chaingraph.analysis.sourcing import pooled_rate
from chaingraph.model.target_report import Reached, TargetProgress, TargetsReport
from chaingraph.model.words import SOURCING_RATE
from chaingraph.service.arguments import count, day
from chaingraph.service.asked import Asked
from chaingraph.service.gaps import report_on
from chaingraph.service.places import place_of
from chaingraph.service.told import names_in, unit_in
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.words import Grade
    from chaingraph.stores.listing_rows import ActualRow
    from chaingraph.stores.rows import TargetRow


def targets(
    settings: Settings,
    *,
    region: str | None = None,
    chain: str | None = None,
    year: int | None = None,
    top: int | None = None,
    as_of: str | date | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> TargetsReport:
    """The targets set for a region and what is below it, the latest year first, each with its progress.

    Parameters
    ----------
    region
        Adcode or name; the pack's home region where None.
    chain, year
        Keep only the targets of this chain or year.
    top
        Keep so many targets and so many other actuals; all where None. ``counts`` counts all targets.

    Raises
    ------
    NotFound
        For an unknown region or chain.
    UsageError
        For a date that is none.
    """
    on = day(as_of)
    count("top", top)
    store, pack = open_store(settings, progress)
    lang = spoken(lang, store)
    place = place_of(store, region)
    wanted = None if chain is None else store.chain(chain).id
    rows = [
        row
        for row in store.targets(place.adcode, on)
        if (wanted is None or row.chain == wanted) and (year is None or row.year == year)
    ]
    actuals = store.actuals(place.adcode, on)
    teller = _Teller(Asked(store, pack, place, on, lang), actuals)
    seen = teller.targets(rows)
    others = [
        teller.reached(row)
        for row in sorted(actuals, key=lambda row: (-row.year, row.id))
        if row.id not in teller.used and wanted in (None, row.chain) and year in (None, row.year)
    ]
    return TargetsReport(
        lang=lang,
        region=place.adcode,
        region_name=place.name if lang == "zh" else place.name_en,
        as_of=on.isoformat(),
        year=year,
        counts=dict(sorted(Counter(target.state for target in seen).items())),
        targets=tuple(seen[:top]),
        others=tuple(others[:top]),
    )


def of_the_year(asked: Asked) -> tuple[int | None, tuple[TargetProgress, ...]]:
    """The latest year not after the day that targets were published for, and these; None and nothing without any."""
    rows = asked.store.targets(asked.place.adcode, asked.on)
    year = max((row.year for row in rows if row.year and row.year <= asked.on.year), default=None)
    if year is None:
        return None, ()
    teller = _Teller(asked, asked.store.actuals(asked.place.adcode, asked.on))
    return year, tuple(teller.targets(row for row in rows if row.year == year))


class _Teller:
    """Tells targets; ``used`` are the actuals that one was measured by."""

    def __init__(self, asked: Asked, actuals: list[ActualRow]) -> None:
        self._asked = asked
        self._actuals = actuals
        self._regions, self._chains, self._parks = (
            names_in(asked.store, kind, asked.lang) for kind in ("region", "chain", "park")
        )
        self.used: set[str] = set()

    def _unit(self, unit: str) -> str:
        units = self._asked.store.settings()["manifest"]["units"]
        return unit_in(unit, units, self._asked.lang) or unit

    def targets(self, rows: Iterable[TargetRow]) -> list[TargetProgress]:
        """Targets with their progress, the latest year first."""
        return [self.target(row) for row in sorted(rows, key=lambda row: (-(row.year or 0), row.region, row.id))]

    def target(self, row: TargetRow) -> TargetProgress:
        """A target with its progress."""
        actual = actual_of(row, self._actuals)
        low = high = actual.value if actual else None
        grade = actual.grade if actual else None
        if actual:
            self.used.add(actual.id)
        measured = row.metric == SOURCING_RATE and row.chain is not None and actual is None
        if measured and row.chain is not None:
            low, high, grade = self._rate(row, row.chain)
        return TargetProgress(
            id=row.id,
            name=row.name if self._asked.lang == "zh" else row.name_en,
            region=row.region,
            region_name=self._regions[row.region],
            chain=row.chain,
            chain_name=self._chains[row.chain] if row.chain else None,
            park=row.park,
            park_name=self._parks[row.park] if row.park else None,
            year=row.year,
            at_least=row.at_least,
            unit=self._unit(row.unit),
            grade=row.grade,
            low=low,
            high=high,
            share=share_reached(row, low) if low is not None and low == high else None,
            actual=actual.id if actual else None,
            actual_grade=grade,
            measured=measured,
            state=state_of(row, low, high, self._asked.on),
        )

    def _rate(self, row: TargetRow, chain: str) -> tuple[float | None, float | None, Grade | None]:
        """The local sourcing rate in per cent, both ends: in the target's region, for its link or all leaders.

        A past year's is worked out as of its last day.
        """
        store = self._asked.store
        last = date(row.year, 12, 31) if row.year else self._asked.on
        asked = self._asked._replace(place=store.region(row.region), on=min(last, self._asked.on))
        report = report_on(asked, store.chain(chain))
        rate = pooled_rate(rate for rate in report.sourcing if row.link in (None, rate.leader.link))
        if rate.low is None or rate.high is None:
            return None, None, None
        return 100 * rate.low, 100 * rate.high, rate.grade

    def reached(self, row: ActualRow) -> Reached:
        """An actual as a report shows it."""
        return Reached(
            id=row.id,
            name=row.name if self._asked.lang == "zh" else row.name_en,
            region_name=self._regions[row.region],
            chain_name=self._chains[row.chain] if row.chain else None,
            park_name=self._parks[row.park] if row.park else None,
            since=row.since,
            year=row.year,
            value=row.value,
            unit=self._unit(row.unit),
            grade=row.grade,
        )
