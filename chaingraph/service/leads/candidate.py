"""A candidate for a gap: its vetoes, its points, and the lead it makes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from chaingraph.analysis.leads.evidence import closest_tie, kind_of, lead_evidence, with_heard
from chaingraph.analysis.leads.parks import Wanted, fits, lowest_bar
from chaingraph.analysis.leads.reasons import component_reason, tie_said, why
from chaingraph.analysis.leads.vetoes import independent, publishers, vetoes
from chaingraph.model.gap_report import Component
from chaingraph.model.lead_report import Lead
from chaingraph.scoring.points import points
from chaingraph.service.leads.introduced import introducer

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from chaingraph.analysis.leads.introducers import Way
    from chaingraph.model.gap_report import GapRow
    from chaingraph.model.lead_report import ParkFit, Veto
    from chaingraph.scoring.lead_rules import LeadEvidence
    from chaingraph.scoring.points import Points
    from chaingraph.service.leads.ground import Ground
    from chaingraph.stores.lead_rows import CandidateRow


@dataclass(frozen=True)
class Candidate:
    """A firm that makes the link of a gap, rated."""

    ground: Ground
    gap: GapRow
    row: CandidateRow
    wanted: Wanted
    id: str
    evidence: LeadEvidence
    points: Points
    vetoes: tuple[Veto, ...]
    tied: str | None
    way: Way | None

    @property
    def order(self) -> tuple[float, float, float, str]:
        """The better in front: by points proven, points at most, distance, id."""
        apart = inf if self.row.distance_km is None else self.row.distance_km
        return -self.points.proven, -self.points.most, apart, self.row.firm

    def parks(self) -> list[ParkFit]:
        """How each park of the region suits it, the best first."""
        return fits(self.ground.sites, self.wanted, self.row, self.ground.asked.lang)

    def lead(self, rank: int | None, landing: bool = True) -> Lead:
        """The lead as a report shows it, at a rank among those of its gap; without ``landing`` no park is sought."""
        ground, gap, row = self.ground, self.gap, self.row
        lang, frame = ground.asked.lang, ground.frame
        zh = lang == "zh"
        nearest = ground.regions[row.nearest]
        at = ground.regions[row.here] if row.here else nearest
        state = ground.states.get(self.id)
        kind = kind_of(row)
        best = row.citations[0]
        source = ground.asked.store.sources([best.source])[best.source]
        parks = self.parks() if landing else []
        sole = gap.supply.firms == 1 and any(plant.stage == "in_production" for plant in row.plants)
        return Lead(
            id=self.id,
            rank=rank,
            chain=frame.id,
            chain_name=frame.name if zh else frame.name_en,
            link=gap.link,
            link_name=gap.name,
            gap_rank=gap.rank,
            gap_priority=gap.priority,
            move=gap.move,
            status=gap.status,
            firm=row.firm,
            firm_name=row.name if zh else row.name_en,
            full_name=row.full_name,
            kind=kind,
            seat=row.seat,
            seat_name=ground.regions[row.seat],
            nearest=row.nearest,
            nearest_name=nearest,
            distance_km=row.distance_km,
            ring=row.ring,
            points=self.points.proven,
            points_most=self.points.most,
            components=tuple(
                Component(
                    name=part.name,
                    value=part.value,
                    weight=part.weight,
                    contribution=part.contribution,
                    why=component_reason(part.name, self.evidence, row, nearest, self.tied, lang),
                    grade=part.grade,
                )
                for part in self.points.parts
            ),
            grade=best.grade,
            sources=independent(publishers(row.citations)),
            source=best.source,
            source_title=source["title"],
            source_url=source["url"],
            source_as_of=best.as_of,
            vetoes=self.vetoes,
            introducer=introducer(ground, self.way) if self.way and landing else None,
            park=parks[0] if parks and parks[0].fits else None,
            stage=state.stage if state else None,
            why=why(self.evidence, row, kind, at, self.tied, sole, lang),
        )


def candidates_of(ground: Ground, gaps: Sequence[GapRow], also: Collection[str] = ()) -> dict[str, list[Candidate]]:
    """The candidates for each of ``gaps``, by link; the firms of ``also`` among them where they make it."""
    asked, frame = ground.asked, ground.frame
    by_link = {gap.link: gap for gap in gaps}
    rules = ground.scoring["lead_rules"]
    worked = {state.firm for state in ground.states.values()}
    rows = asked.store.candidates(
        list(by_link), asked.place.adcode, asked.on, int(rules["shortlist"]), worked.union(also)
    )
    firms = sorted({row.firm for row in rows})
    ties, ways = ground.ties(firms), ground.ways(firms)
    discharges = asked.store.discharges(list(by_link))
    chain_name = frame.name if asked.lang == "zh" else frame.name_en
    wanted = {
        gap.link: Wanted(gap.link, gap.name, frame.id, chain_name, discharges[gap.link], ground.near(gap.link))
        for gap in gaps
    }
    bars = {link: lowest_bar(ground.sites, asks) for link, asks in wanted.items()}
    found: dict[str, list[Candidate]] = defaultdict(list)
    for fresh in rows:
        gap = by_link[fresh.link]
        key = ground.ids.of(fresh.firm, fresh.link)
        book = ground.book(key, fresh.firm)
        row = fresh._replace(signals=with_heard(fresh.signals, book))
        tie = closest_tie(row.firm, ties[row.firm], ground.leaders, ground.here)
        evidence = lead_evidence(row, tie, ground.leaders, bars[row.link], rules, asked.on)
        found[row.link].append(
            Candidate(
                ground=ground,
                gap=gap,
                row=row,
                wanted=wanted[row.link],
                id=key,
                evidence=evidence,
                points=points(evidence, ground.scoring["lead_weights"]),
                vetoes=vetoes(row, gap.status, book, ground.regions, rules, asked.lang),
                tied=tie_said(tie, ground.name(tie.to), asked.lang) if tie else None,
                way=ways.get(row.firm),
            )
        )
    return found
