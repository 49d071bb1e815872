"""The gap analysis of a chain in a region: evidence rows in, rows of the report out. Pure: reads no store."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.analysis import demand
from chaingraph.analysis.reasons import component_reason, reason
from chaingraph.analysis.status import evidence_level, move, status
from chaingraph.analysis.structure import directions, shape
from chaingraph.analysis.supply import by_link, producing, supply
from chaingraph.model.gap_report import ClaimSeen, Component, GapRow, Nearest, Ring, SeatedFirm
from chaingraph.model.numbers import marked, percent
from chaingraph.model.words import weakest
from chaingraph.scoring.engine import priority
from chaingraph.scoring.rules import LinkEvidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chaingraph.analysis.status import Bars
    from chaingraph.analysis.structure import Shape
    from chaingraph.errors import Lang
    from chaingraph.model.gap_report import Need, Supply
    from chaingraph.model.words import Direction, Grade
    from chaingraph.stores.rows import ChainFrame, ClaimRow, LinkRow, PresenceRow, SurveyRow, WorkRow


class Facts(NamedTuple):
    """Everything a store says of a chain in a region on a day."""

    frame: ChainFrame
    leader_links: frozenset[str]
    works: Sequence[WorkRow]
    claims: Sequence[ClaimRow]
    surveys: Sequence[SurveyRow]
    presence: Sequence[PresenceRow]


class Words(NamedTuple):
    """How a report is worded: its language, and the name of each unit in it."""

    lang: Lang
    units: Mapping[str, str]


class _Link(NamedTuple):
    """One link on its way to a row."""

    link: LinkRow
    need: Need
    supply: Supply
    coverage: float | None
    coverage_at_least: bool
    coverage_grade: Grade | None
    value: float | None
    value_grade: Grade | None
    unmet: float | None
    unmet_grade: Grade | None
    claims: tuple[ClaimSeen, ...]
    survey: SurveyRow | None


def gap_rows(facts: Facts, weights: Mapping[str, float], bars: Bars, words: Words) -> list[GapRow]:
    """One row for every link of the chain, in the chain's order.

    Parameters
    ----------
    facts
        The evidence rows.
    weights, bars
        The pack's scoring.
    words
        Language and units of the rows.
    """
    frame = facts.frame
    names = {link.id: link.name if words.lang == "zh" else link.name_en for link in frame.links}
    latest = {survey.link: survey for survey in facts.surveys}
    works = by_link(facts.works)
    supplies = {
        link.id: supply(works.get(link.id, ()), _in_vain(latest.get(link.id)), words.lang) for link in frame.links
    }
    needs = demand.needs(frame, supplies, names)
    links = [_link(link, needs[link.id], supplies[link.id], facts.claims, latest.get(link.id)) for link in frame.links]
    largest = max((item.unmet for item in links if item.unmet is not None), default=None)
    form = shape(frame)
    sides = directions(frame, form, facts.leader_links)
    produced = frozenset(link for link, supplied in supplies.items() if producing(supplied))
    presence = {row.link: row for row in facts.presence}
    rows = []
    for item in links:
        evidence = _evidence(item, largest, form, produced, presence[item.link.id], bars)
        rows.append(
            _row(
                item,
                evidence,
                presence[item.link.id],
                sides[item.link.id],
                form,
                produced,
                weights,
                bars,
                words,
            )
        )
    return rows


def _in_vain(survey: SurveyRow | None) -> Grade | None:
    return survey.grade if survey is not None and not survey.found else None


def _link(link: LinkRow, need: Need, supplied: Supply, claims: Sequence[ClaimRow], survey: SurveyRow | None) -> _Link:
    share, at_least = demand.coverage(need, supplied)
    price = link.unit_price_cny
    value = None if need.value is None or price is None else need.value * price.value
    seen = tuple(
        ClaimSeen(
            region=c.region, said=c.said, source=c.source, source_title=c.source_title, as_of=c.as_of, grade=c.grade
        )
        for c in claims
        if c.link == link.id
    )
    value_grade = weakest(need.grade, price.grade if price else None)
    return _Link(
        link,
        need,
        supplied,
        share,
        at_least,
        weakest(need.grade, supplied.grade) if share is not None else None,
        value,
        value_grade if value is not None else None,
        demand.unmet(value, share),
        weakest(value_grade, supplied.grade) if value is not None else None,
        seen,
        survey,
    )


def _evidence(
    item: _Link,
    largest: float | None,
    form: Shape,
    produced: frozenset[str],
    presence: PresenceRow,
    bars: Bars,
) -> LinkEvidence:
    link = item.link
    near = next(ring for ring in presence.rings if ring.ring == "near")
    neighbours = form.neighbours(link.id)
    return LinkEvidence(
        unmet_cny=item.unmet,
        unmet_grade=item.unmet_grade,
        largest_unmet_cny=largest,
        criticality=link.criticality.value if link.criticality else None,
        criticality_grade=link.criticality.grade if link.criticality else None,
        locality=link.locality.value if link.locality else None,
        locality_grade=link.locality.grade if link.locality else None,
        neighbours=len(neighbours),
        produced_neighbours=len(neighbours & produced),
        adjacency_grade=form.grade.get(link.id),
        need=item.need.value,
        need_grade=item.need.grade,
        near_firms=near.firms,
        near_firms_of_unknown_capacity=near.firms_of_unknown_capacity,
        near_capacity=near.capacity,
        near_grade=near.grade,
        covered_firms=bars.covered_firms,
    )


def _row(
    item: _Link,
    evidence: LinkEvidence,
    presence: PresenceRow,
    side: Direction,
    form: Shape,
    produced: frozenset[str],
    weights: Mapping[str, float],
    bars: Bars,
    words: Words,
) -> GapRow:
    link, survey, lang = item.link, item.survey, words.lang
    found = survey is not None and survey.found
    state = status(item.supply, item.coverage, bool(item.claims) or found, bars)
    ranked = priority(evidence, weights)
    surveyed = survey.date if survey else None
    survey_grade = survey.grade if survey else None
    price = link.unit_price_cny
    cover = None if item.coverage is None else marked(percent(item.coverage), item.coverage_grade)
    seated = tuple(
        SeatedFirm(name=firm.name if lang == "zh" else firm.name_en, grade=firm.grade) for firm in presence.seated
    )
    level = evidence_level(survey is not None, bool(item.claims or item.supply.projects or seated))
    return GapRow(
        rank=None,
        link=link.id,
        name=link.name if lang == "zh" else link.name_en,
        stage=link.stage,
        tier=link.tier,
        unit=words.units[link.unit],
        direction=side,
        move=None if side == "leader" else move(link.id, state, form, produced),
        status=state,
        evidence_level=level,
        need=item.need,
        supply=item.supply,
        coverage=item.coverage,
        coverage_at_least=item.coverage_at_least,
        coverage_grade=item.coverage_grade,
        unit_price_cny=price.value if price else None,
        price_grade=price.grade if price else None,
        value_cny=item.value,
        value_grade=item.value_grade,
        claims=item.claims,
        surveyed=surveyed,
        survey_region=survey.region if survey else None,
        survey_grade=survey_grade,
        seated_firms=seated,
        seated_total=presence.seated_firms,
        rings=tuple(Ring(**r._asdict()) for r in presence.rings),
        nearest=_nearest(presence, lang),
        priority=ranked.score,
        priority_grade=ranked.grade,
        completeness=ranked.completeness,
        components=tuple(
            Component(
                name=part.name,
                value=part.value,
                weight=part.weight,
                contribution=part.contribution,
                why=component_reason(part.name, evidence, lang),
                grade=part.grade,
            )
            for part in ranked.parts
        ),
        reason=reason(
            state,
            level,
            item.supply,
            cover,
            item.claims,
            marked(surveyed or "", survey_grade),
            seated,
            presence.seated_firms,
            words.units[link.unit],
            lang,
        ),
    )


def _nearest(presence: PresenceRow, lang: Lang) -> Nearest | None:
    row = presence.nearest
    if row is None:
        return None
    return Nearest(
        firm=row.firm,
        name=row.name if lang == "zh" else row.name_en,
        region=row.region,
        region_name=row.region_name if lang == "zh" else row.region_name_en,
        distance_km=row.distance_km,
        grade=row.grade,
    )


def is_gap(row: GapRow) -> bool:
    """Whether the row counts as a gap: not covered, not the leader's own link, and somebody has looked."""
    return row.direction != "leader" and row.status != "covered" and not without_data(row)


def without_data(row: GapRow) -> bool:
    """Whether nobody has looked: missing, on no evidence. Never counted as a gap."""
    return row.direction != "leader" and row.without_data


def by_priority(rows: Sequence[GapRow]) -> list[GapRow]:
    """The rows, most urgent first; without a priority last; ties by id."""
    return sorted(rows, key=lambda row: (row.priority is None, -(row.priority or 0.0), row.link))
