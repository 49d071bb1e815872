"""The leads against the naive oracle, candidate by candidate: on random packs and on the seeds."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest

from chaingraph.config import Settings
from chaingraph.packs.loader import load
from chaingraph.service.leads.suggest import suggest_leads
from tests.oracle.naive_leads import NaiveLeads
from tests.oracle.random_packs import CHAINS, COUNTIES, some_day, write_pack
from tests.test_oracle import same

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from chaingraph.model.graph import Graph
    from chaingraph.model.lead_report import GapLeads, Lead, LeadsReport
    from tests.oracle.naive_leads import Candidate

ALL = 10_000


def told(lead: Lead) -> dict[str, Any]:
    """What the report says of a candidate, in plain values."""
    way = lead.introducer
    return {
        "kind": lead.kind,
        "ring": lead.ring,
        "distance_km": lead.distance_km,
        "grade": lead.grade,
        "sources": lead.sources,
        "vetoes": [veto.name for veto in lead.vetoes],
        "components": {part.name: part.value for part in lead.components},
        "points": lead.points,
        "points_most": lead.points_most,
        "introduced": [len(way.ties), way.grade, way.leader] if way else None,
        "park": lead.park.park if lead.park else None,
    }


def expected(candidate: Candidate) -> dict[str, Any]:
    """What the oracle says, in the same shape: where a veto stands, nobody seeks an introducer or a park."""
    if candidate.vetoes:
        return {**vars(candidate), "introduced": None, "park": None}
    return {**vars(candidate), "introduced": list(candidate.introduced) if candidate.introduced else None}


def differences(gap: GapLeads, naive: NaiveLeads) -> list[str]:
    """Every value in which the two part on a gap's candidates."""
    seen = {lead.firm: lead for lead in (*gap.leads, *gap.vetoed)}
    wanted = naive.candidates(gap.link)
    found = [f"{firm}: on one side only" for firm in seen.keys() ^ wanted.keys()]
    for firm in seen.keys() & wanted.keys():
        left, right = told(seen[firm]), expected(wanted[firm])
        found += [f"{firm}.{key}: {left[key]} ≠ {right[key]}" for key in left if not same(left[key], right[key])]
    return [f"{gap.link} {line}" for line in found]


def out_of_order(gap: GapLeads) -> list[str]:
    """What is wrong with the ranks of a gap, given the rows themselves."""
    found = []
    for rows in (gap.leads, gap.vetoed):
        far = float("inf")
        keys = [
            (-lead.points, -lead.points_most, far if lead.distance_km is None else lead.distance_km, lead.firm)
            for lead in rows
        ]
        if keys != sorted(keys):
            found.append(f"{gap.link}: the best do not come first")
    if [lead.rank for lead in gap.leads] != list(range(1, len(gap.leads) + 1)):
        found.append(f"{gap.link}: ranks do not count up from 1")
    if any(lead.vetoes for lead in gap.leads) or not all(lead.vetoes for lead in gap.vetoed):
        found.append(f"{gap.link}: a veto on the wrong side")
    if gap.candidates != len(gap.leads) + len(gap.vetoed):
        found.append(f"{gap.link}: candidates do not add up")
    return found


def compared(report: LeadsReport, naive: NaiveLeads) -> list[str]:
    """All that is wrong with a report that keeps every lead."""
    gaps = [row for row in naive.answer().rows.values() if row.section == "gaps"]
    found = [] if {gap.link for gap in report.gaps} == {row.link for row in gaps} else ["other gaps"]
    for gap in report.gaps:
        found += differences(gap, naive) + out_of_order(gap)
    return found


@pytest.mark.parametrize("seed", range(30))
def test_a_random_pack_gets_the_leads_of_the_oracle(seed: int, tmp_path: Path) -> None:
    rng = Random(1000 + seed)
    pack = write_pack(tmp_path / "pack", rng)
    graph = load([pack]).graph_or_raise()
    settings = Settings(tmp_path / "workspace", (pack,))
    for chain in CHAINS:
        for region in ("441200", rng.choice([*COUNTIES, "440000"])):
            for day in (some_day(rng, date(2020, 1, 1)), date(2026, 11, 22)):
                report = suggest_leads(settings, chain, region=region, as_of=day, top=ALL)
                found = compared(report, NaiveLeads(graph, chain, region, day))
                assert not found, (chain, region, day.isoformat(), found)


@pytest.mark.parametrize("day", ["2023-06-30", "2026-11-22"])
@pytest.mark.parametrize("region", ["441200", "440600"])
@pytest.mark.parametrize("chain", ["ev", "storage", "electronics"])
def test_the_seeds_get_the_leads_of_the_oracle(
    chain: str, region: str, day: str, seeds: Settings, seeds_graph: Graph
) -> None:
    report = suggest_leads(seeds, chain, region=region, as_of=day, top=ALL)
    assert compared(report, NaiveLeads(seeds_graph, chain, region, date.fromisoformat(day))) == []


def test_a_link_that_is_no_gap_gets_the_candidates_of_the_oracle_too(seeds: Settings, seeds_graph: Graph) -> None:
    naive = NaiveLeads(seeds_graph, "ev", "441200", date(2026, 11, 22))
    others = [row.link for row in naive.answer().rows.values() if row.section != "gaps"]
    for link in others[:8]:
        (gap,) = suggest_leads(seeds, "ev", link=link, as_of="2026-11-22", top=ALL).gaps
        assert differences(gap, naive) + out_of_order(gap) == []
