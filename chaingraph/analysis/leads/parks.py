"""Which park suits a lead: targets, ready land, discharge, distance to the leader, the admission bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.model.lead_report import ParkCheck, ParkFit
from chaingraph.model.numbers import money, number
from chaingraph.model.words import weakest, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chaingraph.errors import Lang
    from chaingraph.model.words import Grade
    from chaingraph.stores.lead_rows import CandidateRow
    from chaingraph.stores.listing_rows import ParkRow
    from chaingraph.stores.rows import Judged


class Wanted(NamedTuple):
    """What a lead asks of a park.

    No ``discharges``: nobody has judged them. ``near`` tells by park how many km it is to the nearest plant of a
    leader, and whose that is.
    """

    link: str
    link_name: str
    chain: str
    chain_name: str
    discharges: Sequence[tuple[str, Grade]]
    near: Mapping[str, tuple[float, str]]


class Site(NamedTuple):
    """A park in the language of the report."""

    row: ParkRow
    name: str
    region_name: str


def fits(sites: Sequence[Site], wanted: Wanted, firm: CandidateRow, lang: Lang) -> list[ParkFit]:
    """How each park suits a firm, the best first.

    A park fits where it targets the link or its chain and no check fails; what is unknown fails nothing. Of those that
    fit, one that targets the link comes before one that targets the chain, then more checks that hold, then the nearer.
    """
    rated = [_fit(site, wanted, firm, lang) for site in sites]
    link_first = {site.row.id: wanted.link not in site.row.links for site in sites}
    return sorted(
        rated,
        key=lambda fit: (
            not fit.fits,
            link_first[fit.park],
            -sum(check.holds is True for check in fit.checks),
            fit.distance_km is None,
            fit.distance_km or 0.0,
            fit.park,
        ),
    )


def lowest_bar(sites: Sequence[Site], wanted: Wanted) -> Judged | None:
    """The lowest investment bar in CNY a mu among the parks that target the link or its chain; None if none is set."""
    bars = [
        bar
        for site in sites
        if (wanted.link in site.row.links or wanted.chain in site.row.chains)
        and (bar := site.row.figures["bar_investment_cny_per_mu"])
    ]
    return min(bars, default=None)


def _fit(site: Site, wanted: Wanted, firm: CandidateRow, lang: Lang) -> ParkFit:
    zh = lang == "zh"
    checks = (
        _targets(site.row, wanted, lang),
        _land(site.row, firm, lang),
        _discharge(site.row, wanted, lang),
        _investment(site.row, firm, lang),
        _tax(site.row, lang),
    )
    near = wanted.near.get(site.row.id)
    said = [check.why for check in checks]
    if near:
        apart = f"{near[0]:.0f}" if near[0] >= 1 else "<1"
        said.insert(1, f"距{near[1]} {apart} 公里" if zh else f"{apart} km from {near[1]}")
    return ParkFit(
        park=site.row.id,
        name=site.name,
        region=site.row.region,
        region_name=site.region_name,
        distance_km=round(near[0], 1) if near else None,
        checks=checks,
        fits=checks[0].holds is True and all(check.holds is not False for check in checks),
        why=("；" if zh else "; ").join(said),
    )


def _targets(park: ParkRow, wanted: Wanted, lang: Lang) -> ParkCheck:
    zh = lang == "zh"
    if wanted.link in park.links:
        why = f"主攻本环节（{wanted.link_name}）" if zh else f"targets the link ({wanted.link_name})"
        return ParkCheck("targets", True, why, None)
    if wanted.chain in park.chains:
        why = f"主攻本链（{wanted.chain_name}）" if zh else f"targets the chain ({wanted.chain_name})"
        return ParkCheck("targets", True, why, None)
    if park.chains or park.links:
        return ParkCheck("targets", False, "主攻其他产业" if zh else "targets other industries", None)
    return ParkCheck("targets", None, "主攻方向待核实" if zh else "targets unverified", None)


def _land(park: ParkRow, firm: CandidateRow, lang: Lang) -> ParkCheck:
    zh = lang == "zh"
    ready, need = park.figures["ready_land_mu"], firm.area_mu
    unknown = word("unknown", lang)
    there = _mu(ready, lang) if ready else unknown
    wanted = _mu(need, lang) if need else unknown
    why = f"熟地{there}，以往项目用地{wanted}" if zh else f"ready land {there}, its projects took {wanted}"
    if ready is None or need is None:
        return ParkCheck("land", None, why, None)
    return ParkCheck("land", ready.value >= need.value, why, weakest(ready.grade, need.grade))


def _mu(area: Judged, lang: Lang) -> str:
    return f" {number(area.value)} 亩" if lang == "zh" else f"{number(area.value)} mu"


def _discharge(park: ParkRow, wanted: Wanted, lang: Lang) -> ParkCheck:
    zh = lang == "zh"
    if not wanted.discharges:
        return ParkCheck("discharge", None, "排放要求待核实" if zh else "what it lets out is unverified", None)
    kinds = [kind for kind, _ in wanted.discharges]
    names = ("、" if zh else ", ").join(word(kind, lang) for kind in kinds)
    known = [park.discharges.get(kind) for kind in kinds]
    grade = weakest(*(grade for _, grade in wanted.discharges), *(item[1] for item in known if item))
    if any(item is not None and not item[0] for item in known):
        refused = ("、" if zh else ", ").join(
            word(kind, lang) for kind, item in zip(kinds, known, strict=True) if item is not None and not item[0]
        )
        return ParkCheck("discharge", False, f"不接纳{refused}" if zh else f"refuses {refused}", grade)
    if all(item is not None for item in known):
        return ParkCheck("discharge", True, f"可接纳{names}" if zh else f"takes {names}", grade)
    why = f"{names}能否接纳待核实" if zh else f"whether it takes {names} is unverified"
    return ParkCheck("discharge", None, why, None)


def _investment(park: ParkRow, firm: CandidateRow, lang: Lang) -> ParkCheck:
    zh = lang == "zh"
    bar, reached = park.figures["bar_investment_cny_per_mu"], firm.intensity
    if bar is None:
        return ParkCheck("investment", None, "投资强度门槛未设" if zh else "no investment bar is set", None)
    asked = _per_mu(bar, lang)
    if reached is None:
        why = f"投资强度门槛 {asked}，企业待核实" if zh else f"investment bar {asked}, the firm's is unverified"
        return ParkCheck("investment", None, why, None)
    why = (
        f"投资强度门槛 {asked}，企业曾投 {_per_mu(reached, lang)}"
        if zh
        else f"investment bar {asked}, the firm has invested {_per_mu(reached, lang)}"
    )
    return ParkCheck("investment", reached.value >= bar.value, why, weakest(bar.grade, reached.grade))


def _tax(park: ParkRow, lang: Lang) -> ParkCheck:
    """No source tells what a firm pays a mu before it comes, so a bar that is set stays to be checked."""
    zh = lang == "zh"
    bar = park.figures["bar_tax_cny_per_mu"]
    if bar is None:
        return ParkCheck("tax", None, "亩均税收门槛未设" if zh else "no tax bar is set", None)
    asked = _per_mu(bar, lang)
    why = f"亩均税收门槛 {asked}，企业待核实" if zh else f"tax bar {asked}, the firm's is unverified"
    return ParkCheck("tax", None, why, None)


def _per_mu(figure: Judged, lang: Lang) -> str:
    return f"{money(figure.value, lang)}{'/亩' if lang == 'zh' else ' a mu'}"
