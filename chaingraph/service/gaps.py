"""What a region lacks around its chain leaders: the gap report of a chain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from chaingraph.analysis.gaps import Facts, Words, by_priority, gap_rows, is_gap, without_data
from chaingraph.analysis.sourcing import completeness, sourcing_rate
from chaingraph.analysis.status import Bars
from chaingraph.analysis.supply import supply
from chaingraph.model.gap_report import GapReport, GapRow, TargetSeen, Totals
from chaingraph.model.numbers import counted
from chaingraph.model.words import SOURCING_RATE, Move
from chaingraph.service.arguments import choice, count, day
from chaingraph.service.asked import Asked, chain_of
from chaingraph.service.leaders import leaders_here
from chaingraph.service.places import place_of
from chaingraph.service.workspace import open_store, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.gap_report import LeaderSeen, Supply
    from chaingraph.stores.base import Store
    from chaingraph.stores.rows import ChainFrame, RegionRow

SIDES = ("upstream", "downstream")
MOVES: tuple[str, ...] = get_args(Move)


def gaps(
    settings: Settings,
    chain: str | None = None,
    *,
    region: str | None = None,
    as_of: str | date | None = None,
    direction: str | None = None,
    move: str | None = None,
    top: int | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> GapReport:
    """The gaps of a chain in a region, most urgent first.

    Parameters
    ----------
    settings
        Packs and workspace.
    chain
        Id or name; the pack's default chain where None.
    region
        Adcode or name; the pack's home region where None.
    as_of
        The day asked for; today where None. Evidence dated later is not seen; a stage or a survey counts from its own
        date, whenever its source appeared.
    direction, move
        Keep only these rows ("upstream" or "downstream"; "strengthen", "fill", "extend" or "build").
        Totals and rates are worked out before.
    top
        Keep so many gaps and so many links without data.
    lang
        Language of names and reasons; the pack's own where None.

    Raises
    ------
    UsageError
        For a date that is none, a direction or a move that is none.
    NotFound
        For an unknown chain or region.
    PackError
        If a pack has problems.
    """
    on = day(as_of)
    direction = choice("direction", direction, SIDES)
    move = choice("move", move, MOVES)
    count("top", top)
    store, pack = open_store(settings, progress)
    lang = spoken(lang, store)
    frame = chain_of(store, chain)
    asked = Asked(store, pack, place_of(store, region), on, lang)
    return report_on(asked, frame, direction, move, top)


def report_on(
    asked: Asked, frame: ChainFrame, direction: str | None = None, move: str | None = None, top: int | None = None
) -> GapReport:
    """The gap report of one chain over an open store."""
    store, pack, place, on, lang = asked
    leaders = leaders_here(asked, frame)
    facts = _facts(store, frame, place, leaders, on)
    rows = _rows(store, facts, lang)
    leaders = tuple(replace(leader, own=_own(facts, leader, lang)) for leader in leaders)
    rates = tuple(sourcing_rate(frame, leader, rows) for leader in leaders)
    complete = completeness(rows)
    ranked = [replace(row, rank=n) for n, row in enumerate(by_priority([r for r in rows if is_gap(r)]), 1)]

    def kept(wanted: Iterable[GapRow]) -> tuple[GapRow, ...]:
        found = [
            row for row in wanted if (not direction or row.direction == direction) and (not move or row.move == move)
        ]
        return tuple(found[:top])

    return GapReport(
        chain=frame.id,
        chain_name=frame.name if lang == "zh" else frame.name_en,
        region=place.adcode,
        region_name=place.name if lang == "zh" else place.name_en,
        as_of=on.isoformat(),
        lang=lang,
        pack=pack,
        leaders=leaders,
        gaps=kept(ranked),
        no_data=kept(by_priority([row for row in rows if without_data(row)])),
        covered=kept(row for row in rows if row.status == "covered" and row.direction != "leader"),
        leader_links=tuple(row for row in rows if row.direction == "leader"),
        sourcing=rates,
        complete_low=complete[0],
        complete_high=complete[1],
        targets=tuple(
            TargetSeen(
                name=t.name if lang == "zh" else t.name_en,
                link=t.link,
                at_least=t.at_least,
                unit=t.unit,
                year=t.year,
                expired=t.year < on.year,
                grade=t.grade,
            )
            for t in store.targets(place.adcode, on)
            if t.metric == SOURCING_RATE and t.year and (t.chain, t.region) == (frame.id, place.adcode)
        ),
        totals=_totals(rows),
        unknown=tuple(_unknown(rows, lang)),
    )


def _facts(store: Store, frame: ChainFrame, place: RegionRow, leaders: Sequence[LeaderSeen], on: date) -> Facts:
    links = [link.id for link in frame.links]
    return Facts(
        frame,
        frozenset(leader.link for leader in leaders),
        store.works(links, place.adcode, on),
        store.claims(links, place.adcode, on),
        store.surveys(links, place.adcode, on),
        store.presence(links, place.adcode, on),
    )


def _own(facts: Facts, leader: LeaderSeen, lang: Lang) -> Supply:
    """What the leader itself makes of its link here."""
    return supply([work for work in facts.works if (work.link, work.firm) == (leader.link, leader.firm)], None, lang)


def _rows(store: Store, facts: Facts, lang: Lang) -> list[GapRow]:
    scoring, units = store.settings()["scoring"], store.settings()["manifest"]["units"]
    bars = scoring["thresholds"]
    return gap_rows(
        facts,
        scoring["weights"],
        Bars(bars["covered_share"], int(bars["covered_firms"]), bars["dominant_share"]),
        Words(lang, {unit: unit if lang == "zh" else english for unit, english in units.items()}),
    )


def _totals(rows: Sequence[GapRow]) -> Totals:
    found = [row for row in rows if is_gap(row)]
    return Totals(
        links=len(rows),
        gaps=len(found),
        covered=sum(row.status == "covered" and row.direction != "leader" for row in rows),
        no_data=sum(without_data(row) for row in rows),
        leader_links=sum(row.direction == "leader" for row in rows),
        by_status=_counted(row.status for row in found),
        by_move=_counted(row.move for row in found if row.move is not None),
    )


def _counted(values: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return dict(sorted(counts.items()))


def _unknown(rows: Sequence[GapRow], lang: Lang) -> Iterable[str]:
    """What the report does not know, in sentences."""
    zh = lang == "zh"
    sep = "、" if zh else ", "
    idle = [row.name for row in rows if row.direction == "leader" and not row.supply.value]
    if idle:
        yield (f"链主产能待核实：{sep.join(idle)}" if zh else f"leader's capacity unverified: {sep.join(idle)}")
    blind = sum(without_data(row) for row in rows)
    if blind:
        yield (
            f"{blind} 个环节尚无资料，不计入缺口"
            if zh
            else f"{counted(blind, 'link')} without data, not counted as gaps"
        )
    capacity = sum(row.supply.firms > 0 and row.supply.value is None for row in rows)
    if capacity:
        yield (
            f"{capacity} 个在产环节产能待核实"
            if zh
            else f"{counted(capacity, 'link')} produced here at an unverified capacity"
        )
    need = sum(row.need.value is None for row in rows)
    if need:
        yield (
            f"{need} 个环节需求待核实（无量化用量或下游产能）"
            if zh
            else f"{counted(need, 'link')} without a quantified need"
        )
    priced = sum(row.need.value is not None and row.unit_price_cny is None for row in rows)
    if priced:
        yield f"{priced} 个环节单价待核实" if zh else f"{counted(priced, 'link')} without a unit price"
