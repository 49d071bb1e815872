"""Projects from signing to production: where each stands, the four conversion rates, which are stuck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.analysis.conversion import conversions, rest
from chaingraph.errors import Text, UsageError
from chaingraph.model.project_report import Amount, ProjectSeen, ProjectsReport, Rate, StageSeen
from chaingraph.model.words import PROJECT_STAGES, word
from chaingraph.service.arguments import choice, count, day
from chaingraph.service.places import everywhere, park_of, place_of
from chaingraph.service.told import names_in
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.stores.base import Store
    from chaingraph.stores.listing_rows import ProjectRow, ReachedRow
    from chaingraph.stores.rows import Judged


def projects(
    settings: Settings,
    *,
    region: str | None = None,
    park: str | None = None,
    chain: str | None = None,
    stage: str | None = None,
    stuck_only: bool = False,
    stuck_after: int | None = None,
    top: int | None = None,
    as_of: str | date | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> ProjectsReport:
    """The projects of a region, the longest resting first.

    Parameters
    ----------
    region
        Adcode or name; the pack's home region where None.
    park
        Id or name of a park: only projects in it or in a part of it, wherever it is where no region is asked for.
    chain
        Id or name: only projects that make a link of it.
    stage
        Only projects that are in this stage, or "unknown". Rates and counts are worked out before.
    stuck_only
        Only projects that have rested in their stage longer than they may.
    stuck_after
        Days a project may rest in any stage; the packs' own for each stage where None.
    top
        Keep so many; all where None.

    Raises
    ------
    NotFound
        For an unknown region, park or chain.
    UsageError
        For a stage or a date that is none, or a park outside the region.
    """
    on = day(as_of)
    stage = choice("stage", stage, (*PROJECT_STAGES, "unknown"))
    count("stuck_after", stuck_after)
    count("top", top)
    store, _ = open_store(settings, progress)
    lang = spoken(lang, store)
    place = place_of(store, region)
    rows = store.projects(place.adcode, on)
    whole = None
    if park is not None:
        whole, inside = park_of(store, park, on)
        there = store.region(whole.region)
        if region is None:
            place, rows = there, store.projects(everywhere(store), on)
        elif place.adcode not in there.line and there.adcode not in place.line:
            raise UsageError(
                Text(f"园区“{whole.name}”在{there.name}，不在{place.name}", f"park {whole.id} is in {there.name_en}")
            )
        rows = [row for row in rows if row.park in inside]
    frame = None if chain is None else store.chain(chain)
    if frame is not None:
        links = {link.id for link in frame.links}
        rows = [row for row in rows if links.intersection(row.links)]
    packs_own: dict[str, float] = store.settings()["scoring"]["stuck_days"]
    limits = {key: stuck_after or int(days) for key, days in packs_own.items()}
    telling = _Telling(store, lang, limits, on)
    seen = sorted((telling.project(row) for row in rows), key=_longest_first)
    kept = [
        project
        for project in seen
        if (stage is None or stage == (project.stage.stage if project.stage else "unknown"))
        and (project.stuck or not stuck_only)
    ]
    invested = _invested(rows)
    return ProjectsReport(
        lang=lang,
        region=place.adcode,
        region_name=place.name if lang == "zh" else place.name_en,
        as_of=on.isoformat(),
        chain=frame.id if frame else None,
        park=whole.id if whole else None,
        park_name=(whole.name if lang == "zh" else whole.name_en) if whole else None,
        stage=stage,
        stuck_only=stuck_only,
        stuck_after=stuck_after,
        total=len(seen),
        kept=len(kept),
        stage_unknown=sum(project.stage is None for project in seen),
        stuck=sum(project.stuck for project in seen),
        investment_cny=_sum(invested),
        investment_known=len(invested),
        rates=tuple(
            Rate(rate.stage, word(f"{rate.stage}_rate", lang), rate.reached, rate.signed, rate.share, rate.grade)
            for rate in conversions(rows)
        ),
        projects=tuple(kept[:top]),
    )


def _invested(rows: Sequence[ProjectRow]) -> list[Judged]:
    """The known investments of projects that have not ended; a part counts in its whole where that is known."""
    counted = {row.id: row for row in rows if row.investment_cny and not (row.stage and row.stage.stage == "ended")}
    return [row.investment_cny for row in counted.values() if row.investment_cny and row.part_of not in counted]


def _sum(amounts: Sequence[Judged]) -> Amount | None:
    """The sum with its weakest grade; None of nothing."""
    grades = [amount.grade for amount in amounts]
    return Amount(sum(amount.value for amount in amounts), max(grades)) if grades else None


def _longest_first(project: ProjectSeen) -> tuple[bool, int, str]:
    return project.days is None, -(project.days or 0), project.id


class _Telling:
    """Tells project rows in a language, on a day."""

    def __init__(self, store: Store, lang: Lang, limits: Mapping[str, int], on: date) -> None:
        self._lang = lang
        self._limits = limits
        self._on = on
        self._links, self._regions, self._parks = (names_in(store, kind, lang) for kind in ("link", "region", "park"))

    def project(self, row: ProjectRow) -> ProjectSeen:
        """A project as a report shows it."""
        resting = rest(row, self._limits, self._on)
        zh = self._lang == "zh"
        return ProjectSeen(
            id=row.id,
            name=row.name if zh else row.name_en,
            firm=row.firm,
            firm_name=row.firm_name if zh else row.firm_name_en,
            region=row.region,
            region_name=self._regions[row.region],
            park=row.park,
            park_name=self._parks[row.park] if row.park else None,
            links=row.links,
            link_names=tuple(self._links[link] for link in row.links),
            investment_cny=amount(row.investment_cny),
            area_mu=amount(row.area_mu),
            stage=self._stage(row.stage) if row.stage else None,
            reached=tuple(self._stage(reached) for reached in row.reached),
            days=resting.days if resting else None,
            limit_days=resting.limit if resting else None,
            stuck=resting is not None and resting.stuck,
        )

    def _stage(self, reached: ReachedRow) -> StageSeen:
        name = word(reached.stage, self._lang)
        return StageSeen(reached.stage, name, reached.date, reached.by, reached.grade)


def amount(judged: Judged | None) -> Amount | None:
    """A number with its grade, as a report shows it."""
    return None if judged is None else Amount(judged.value, judged.grade)
