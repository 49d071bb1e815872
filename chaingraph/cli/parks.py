"""chaingraph parks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import as_of_option, asking, region_option, top_option
from chaingraph.cli.terminal import columns, wrap
from chaingraph.model.numbers import counted, marked, number

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask
    from chaingraph.errors import Lang
    from chaingraph.model.park_report import ParkSeen, ParksReport
    from chaingraph.model.project_report import Amount


@click.command("parks")
@region_option
@click.option("--chain", metavar="CHAIN", help="只看主攻这条链或其环节的园区。Only parks that target this chain.")
@top_option
@as_of_option
@asking
def command(
    ask: Ask,
    region: str | None,
    chain: str | None,
    top: int | None,
    as_of: str | None,
) -> None:
    """园区：主攻、用地、准入门槛、亩均排名。Parks: targets, land, admission bars, ranked by yield per mu."""
    from chaingraph.service.parks import parks

    ask.tell(parks, _table, region=region, chain=chain, top=top, as_of=as_of)


_HEADS = {
    "zh": ("#", "园区", "地区", "面积(亩)", "熟地", "亩均产出", "已达强度", "强度门槛", "税收门槛", "项目", "主攻"),
    "en": ("#", "park", "county", "mu", "ready", "yield", "invested", "inv. bar", "tax bar", "proj", "targets"),
}
_CAPS = (3, 18, 8, 9, 7, 8, 8, 8, 8, 4, 9)


def _table(report: ParksReport) -> str:
    zh = report.lang == "zh"
    head = (
        f"{report.region_name} 园区 {report.total} 个 截至 {report.as_of}"
        if zh
        else f"{report.region_name}: {counted(report.total, 'park')} as of {report.as_of}"
    )
    rows = [_row(park, report.lang) for park in report.parks]
    flush = (True, False, False, *(True,) * 7, False)
    notes = wrap(
        "注：亩均按万元/亩，已知者排名；— = 待核实，门槛 — = 未设或待核实；D = 含编者判断；“主攻”先列产业链再列环节"
        if zh
        else "per mu in CNY 10k, ranked where known; — = unverified, a bar of — is not set or unverified; "
        "D = rests on a curator's judgement; targets: chains first, then links",
        "   ",
    )
    return "\n".join([head, "", *columns(_HEADS[report.lang], rows, _CAPS, flush), "", *notes]) + "\n"


def _row(park: ParkSeen, lang: Lang) -> tuple[str, ...]:
    comma = "、" if lang == "zh" else ", "
    money = (
        *(park.yield_cny_per_mu, park.investment_cny_per_mu),
        *(park.bar_investment_cny_per_mu, park.bar_tax_cny_per_mu),
    )
    return (
        str(park.rank or "·"),
        park.name,
        park.region_name,
        *(_figure(amount, 1) for amount in (park.area_mu, park.ready_land_mu)),
        *(_figure(amount, 1e4) for amount in money),
        str(sum(park.projects.values()) or ""),
        comma.join((*park.chain_names, *park.link_names)) or "—",
    )


def _figure(amount: Amount | None, scale: float) -> str:
    return "—" if amount is None else marked(number(amount.value / scale), amount.grade)
