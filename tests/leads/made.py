"""Leads of the small pack, and the facts that tests add to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chaingraph.service.leads.suggest import suggest_leads

if TYPE_CHECKING:
    from chaingraph.config import Settings
    from chaingraph.model.lead_report import Lead
    from tests.small_pack import SmallPack

ON = "2024-06-01"
REPORT = "evidence: [{source: report, locator: 一}]"
PAPER = "evidence: [{source: paper, locator: 一}]"
JUDGED = "evidence: [{source: curators, locator: 一}]"
MAKES_CELL = "      - {link: cell, evidence: [{source: paper, locator: 主业}]}"


def rated(small: Settings, firm: str = "celler", link: str = "cell", **asked: Any) -> Lead:
    """A firm as a candidate for a link, vetoed or not."""
    (gap,) = suggest_leads(small, link=link, top=1000, **{"as_of": ON, "lang": "en", **asked}).gaps
    return next(lead for lead in (*gap.leads, *gap.vetoed) if lead.firm == firm)


def firms_of(small: Settings, link: str = "cell", **asked: Any) -> list[str]:
    """The firms that are leads for a link, the best first."""
    (gap,) = suggest_leads(small, link=link, top=1000, **{"as_of": ON, **asked}).gaps
    return [lead.firm for lead in gap.leads]


def value(lead: Lead, name: str) -> float | None:
    """A component's value."""
    return next(part.value for part in lead.components if part.name == name)


def vetoed(lead: Lead) -> list[str]:
    """The names of the vetoes of a candidate."""
    return [veto.name for veto in lead.vetoes]


def add_firm(pack: SmallPack, key: str, *, seat: str = "350900", makes: str = "", more: str = "") -> None:
    """Another firm; ``makes`` are the entries of its list, ``more`` further keys, a line each."""
    text = f'  - id: {key}\n    name: {key}有限公司\n    seat: "{seat}"\n    {REPORT}\n'
    if makes:
        text += f"    makes: [{makes}]\n"
    pack.append("firms/all.yaml", text + "".join(f"    {line}\n" for line in more.splitlines()))


def tell_celler(pack: SmallPack, *lines: str) -> None:
    """More keys of the firm that makes cells."""
    pack.edit("firms/all.yaml", MAKES_CELL, MAKES_CELL + "".join(f"\n    {line}" for line in lines))


def add_project(
    pack: SmallPack,
    key: str,
    firm: str,
    region: str,
    stage: str = "in_production",
    *,
    link: str = "cell",
    day: str = "2022-01-01",
    more: str = "",
) -> None:
    """A project that makes a link."""
    cited = "[{source: report, locator: 二}]"
    pack.append(
        "projects.yaml",
        f'  - id: {key}\n    name: {key}厂\n    firm: {firm}\n    region: "{region}"\n'
        f"    makes: [{{link: {link}, evidence: {cited}}}]\n"
        f"    stages: [{{stage: {stage}, date: {day}, evidence: {cited}}}]\n"
        f"    evidence: {cited}\n" + "".join(f"    {line}\n" for line in more.splitlines()),
    )


def put_parks(pack: SmallPack, *parks: str) -> None:
    """Parks of the home region, each the keys of one beside id, name, region and evidence."""
    pack.put(
        "parks.yaml",
        "parks:\n"
        + "".join(
            f'  - id: park-{number}\n    name: 园区{number}\n    region: "441283"\n    {REPORT}\n'
            + "".join(f"    {line}\n" for line in keys.splitlines())
            for number, keys in enumerate(parks, 1)
        ),
    )


TARGETS_CHAIN = f"targets_chains: [{{chain: demo, {REPORT}}}]"
TARGETS_LINK = f"targets_links: [{{link: cell, {REPORT}}}]"


def figure(key: str, number: float) -> str:
    """A line of a park or a project that holds a figure."""
    return f"{key}: {{value: {number}, {REPORT}}}"
