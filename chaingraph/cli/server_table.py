"""Lays out the reports on a Neo4j server for a terminal."""

from __future__ import annotations

import shlex
from datetime import datetime
from typing import TYPE_CHECKING

from chaingraph.cli.terminal import columns, wrap
from chaingraph.model.numbers import number

if TYPE_CHECKING:
    from chaingraph.model.server_report import BulkReport, Counted, PushReport, SchemaReport, StatusReport

_HEADS = {
    "zh": ("标签或类型", "", "服务器", "推送时", "本地"),
    "en": ("label or type", "", "server", "as pushed", "here"),
}
_CAPS = (16, 12, 12, 12, 12)
_SHORT = 12
"""So much of a hash tells one state from another."""


def pushed_table(report: PushReport) -> str:
    """What a push did."""
    zh = report.lang == "zh"
    at = f"{report.server}（{report.version}）" if zh else f"{report.server} ({report.version})"
    if report.same and not (report.nodes or report.relationships or report.removed):
        said = f"{at}已是最新：什么都没有变" if zh else f"{at} is up to date: nothing has changed"
        return "\n".join(wrap(said, "    ")) + "\n"
    nodes, relationships, removed = (number(n) for n in (report.nodes, report.relationships, report.removed))
    rewritten = report.batches - report.unchanged
    said = (
        f"已推送到 {at}：重写有变化的 {rewritten} 批（共 {report.batches} 批），"
        f"含节点 {nodes} 个、关系 {relationships} 条；移除 {removed} 个"
        if zh
        else f"Pushed to {at}: {nodes} nodes and {relationships} relationships "
        f"written anew with the {rewritten} of {report.batches} batches that had changed; {removed} removed"
    )
    return "\n".join(wrap(said, "    ")) + "\n"


def status_table(report: StatusReport) -> str:
    """What a server holds."""
    zh = report.lang == "zh"
    lines = [f"{report.server}（{report.version}）" if zh else f"{report.server} ({report.version})"]
    lines += [line for text in _state(report) for line in wrap(text, "    ")]
    if report.counts:
        rows = [_counted(one, zh) for one in report.counts]
        lines += ["", *columns(_HEADS[report.lang], rows, _CAPS, (False, False, True, True, True))]
    return "\n".join(lines) + "\n"


def _state(report: StatusReport) -> list[str]:
    zh = report.lang == "zh"
    push = "chaingraph neo4j push"
    if report.snapshot is None and report.layout is None:
        return [f"  还没有推送过：{push}" if zh else f"  Nothing was pushed yet: {push}"]
    who = report.pushed_by or "?"
    if not report.complete:
        unread = "chaingraph neo4j schema"
        return [
            f"  {who} 的推送正在进行，或中断了。中断了就接着推送：{push}；批量装载之后：{unread}"
            if zh
            else f"  A push by {who} is running, or broke off; to go on: {push}; behind a bulk load: {unread}"
        ]
    there, here = (report.snapshot or "")[:_SHORT], report.here[:_SHORT]
    day = _local(report.pushed_at)
    told = [
        f"  {who} 推送于 {day}（{report.pushed_from}），内容 {there}"
        if zh
        else f"  Pushed {day} by {who} ({report.pushed_from}), state {there}"
    ]
    if report.drift:
        told.append(
            f"  与本地不一致：本地是 {here}。推送：{push}" if zh else f"  Not what is here, which is {here}: {push}"
        )
    elif not report.changed:
        told.append("  与本地一致" if zh else "  The same as here")
    if report.changed:
        told.append(
            f"  推送之后有人改动过（数目不同）。重写全部：{push} --anew"
            if zh
            else f"  Changed since it was pushed (the counts differ); to write all of it again: {push} --anew"
        )
    if report.missing:
        names = "、".join(report.missing) if zh else ", ".join(report.missing)
        told.append(
            f"  缺少或尚未就绪的约束、索引：{names}。建立：chaingraph neo4j schema"
            if zh
            else f"  Constraints and indexes that are missing or not ready: {names}. Make them: chaingraph neo4j schema"
        )
    return told


def _local(at: str | None) -> str:
    """A moment as it stands on the server, in local time."""
    return f"{datetime.fromisoformat(f'{at[:19]}Z').astimezone():%Y-%m-%d %H:%M}" if at else "?"


def _counted(one: Counted, zh: bool) -> tuple[str, ...]:
    kind = ("关系" if zh else "relationship") if one.relationship else ("节点" if zh else "node")
    figures = (number(one.there), *("—" if many is None else number(many) for many in (one.pushed, one.here)))
    mark = " !" if one.pushed is not None and one.pushed != one.there else ""
    return one.name + mark, kind, *figures


def schema_table(report: SchemaReport) -> str:
    """What was made, and what was there."""
    zh = report.lang == "zh"
    made, before = len(report.made), len(report.before)
    said = (
        f"{report.server}：新建约束和索引 {made} 个，原有 {before} 个"
        if zh
        else f"{report.server}: {made} constraints and indexes made, {before} were there"
    )
    listed = [f"  + {name}" for name in report.made] + [f"    {name}" for name in report.before]
    return "\n".join([*wrap(said, "    "), *listed]) + "\n"


def bulk_table(report: BulkReport) -> str:
    """Where the files are, and how they are loaded."""
    zh = report.lang == "zh"
    nodes, relationships = number(report.nodes), number(report.relationships)
    lines = wrap(
        f"已写入 {report.folder}：节点 {nodes} 个，关系 {relationships} 条"
        if zh
        else f"Written to {report.folder}: {nodes} nodes, {relationships} relationships",
        "    ",
    )
    script = shlex.quote(f"{report.folder}/import.sh")
    steps = (
        (
            "装载（停下服务器，在服务器所在的机器上，数据库原有内容会被替换）：",
            f"  sh {script}",
            "启动服务器后建立约束和索引：",
            "  chaingraph neo4j schema",
        )
        if zh
        else (
            "To load them (the server stopped, on its machine; what the database holds is replaced):",
            f"  sh {script}",
            "Then start the server and make its constraints and indexes:",
            "  chaingraph neo4j schema",
        )
    )
    return "\n".join([*lines, "", *steps]) + "\n"
