"""Settings, chains and regions as they stand on the server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from chaingraph.errors import StoreError, Text
from chaingraph.stores.neo4j import LAYOUT
from chaingraph.stores.neo4j.statements import read
from chaingraph.stores.regions import Regions
from chaingraph.stores.rows import ChainFrame, FeedRow, Judged, LeaderRow, LinkRow

if TYPE_CHECKING:
    from chaingraph.stores.neo4j.server import Server


class _Settings(NamedTuple):
    layout: int | None
    complete: bool | None
    push: str | None
    pushed_by: str | None
    snapshot: str | None
    manifest: str | None
    scoring: str | None


class _Id(NamedTuple):
    id: str


class _Chain(NamedTuple):
    name: str
    name_en: str
    links: list[list[Any]]
    figures: list[list[Any]]
    feeds: list[list[Any]]
    leaders: list[list[Any]]


class _Region(NamedTuple):
    adcode: str
    name: str
    name_en: str
    level: str
    parent: str | None
    lat: float
    lon: float


_SETTINGS = read("settings", _Settings)
_CHAIN_IDS = read("chain_ids", _Id)
_CHAIN = read("chain", _Chain, "chain")
_REGION = read("region", _Region)
_FIGURES = ("unit_price_cny", "criticality", "locality")


class Pushed(NamedTuple):
    """What was pushed to a server: the hash that names it, and the settings of its packs."""

    snapshot: str
    settings: dict[str, Any]


def pushed(server: Server) -> Pushed:
    """What the server holds.

    Raises
    ------
    StoreError
        If nothing was pushed to it, or not all, or by another version of chaingraph.
    """
    rows = server.rows(_SETTINGS)
    if not rows:
        raise _push(Text("还没有图谱", "holds no graph yet"), server)
    row = rows[0]
    if row.layout != LAYOUT:
        raise _push(Text("的图谱是另一个版本推送的", "holds a graph that another version pushed"), server)
    if not row.complete or not (row.snapshot and row.manifest and row.scoring):
        raise _unready(row.pushed_by if row.push else None, server)
    return Pushed(row.snapshot, {"manifest": json.loads(row.manifest), "scoring": json.loads(row.scoring)})


def _unready(pusher: str | None, server: Server) -> StoreError:
    """The error for a graph that is being pushed by somebody, or was loaded in bulk and has no indexes yet."""
    if pusher is None:
        mend = "chaingraph neo4j schema"
        return StoreError(
            Text(
                f"{server.address} 的图谱还没有索引：请先运行 {mend}",
                f"the graph of {server.address} has no indexes yet: run {mend} first",
            )
        )
    return StoreError(
        Text(
            f"{server.address} 的图谱没有推送完：{pusher} 正在推送，或推送中断了。请稍候再试；"
            f"一直如此，请 {pusher} 再运行一次 chaingraph neo4j push",
            f"the push of {pusher} to {server.address} is not through: it is running, or broke off. Try again later; "
            f"if it stays so, {pusher} runs chaingraph neo4j push again",
        )
    )


def _push(what: Text, server: Server) -> StoreError:
    mend = "chaingraph neo4j push"
    return StoreError(
        Text(f"{server.address} {what.zh}：请先运行 {mend}", f"{server.address} {what.en}: run {mend} first")
    )


def chain_ids(server: Server) -> list[str]:
    """The ids of all chains, sorted."""
    return sorted(row.id for row in server.rows(_CHAIN_IDS))


def chain_frame(server: Server, chain: str) -> ChainFrame:
    """A chain by its id."""
    row = next(iter(server.rows(_CHAIN, chain=chain)), None)
    if row is None:
        raise changed()
    judged = {(link, figure): Judged(value, grade) for link, figure, value, grade in row.figures}
    return ChainFrame(
        chain,
        row.name,
        row.name_en,
        tuple(LinkRow(*link, *(judged.get((link[0], figure)) for figure in _FIGURES)) for link in row.links),
        tuple(FeedRow(*feed) for feed in row.feeds),
        tuple(LeaderRow(*leader) for leader in row.leaders),
    )


def changed() -> StoreError:
    """The error for a graph of which something is gone that was there a moment ago."""
    return StoreError(
        Text(
            "查询期间服务器上的图谱有了变化：请再查一次",
            "the graph on the server has changed while it was read: ask again",
        )
    )


def regions(server: Server) -> Regions:
    """All regions."""
    rows = sorted(server.rows(_REGION))
    columns = dict(zip(_Region._fields, map(list, zip(*rows, strict=True)), strict=True))
    lat, lon = (np.array(columns.pop(axis), dtype=np.float64) for axis in ("lat", "lon"))
    return Regions(columns, lat, lon)
