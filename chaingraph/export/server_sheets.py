"""The sheets of a Neo4j server: what was pushed, what stands there, the files of a first load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.export.cells import Sheet, heads

if TYPE_CHECKING:
    from chaingraph.model.server_report import BulkReport, PushReport, SchemaReport, StatusReport

_SERVER = ("服务器", "server")
_SNAPSHOT = ("内容", "snapshot")
_NODES = ("节点", "nodes")
_RELATIONSHIPS = ("关系", "relationships")


def pushed(report: PushReport) -> Sheet:
    """One row: what a push did."""
    titles = heads(
        report.lang,
        _SERVER,
        ("版本", "version"),
        _SNAPSHOT,
        _NODES,
        _RELATIONSHIPS,
        ("移除", "removed"),
        ("批次", "batches"),
        ("未变批次", "unchanged"),
        ("与推送前相同", "the same as before"),
    )
    done = (report.nodes, report.relationships, report.removed, report.batches, report.unchanged, report.same)
    return Sheet(titles, ((report.server, report.version, report.snapshot, *done),))


def status(report: StatusReport) -> Sheet:
    """One row a label or a type."""
    titles = heads(
        report.lang,
        ("标签或类型", "label or type"),
        ("是关系", "relationship"),
        ("服务器", "server"),
        ("推送时", "as pushed"),
        ("本地", "here"),
    )
    rows = ((one.name, one.relationship, one.there, one.pushed, one.here) for one in report.counts)
    return Sheet(titles, tuple(rows))


def schema(report: SchemaReport) -> Sheet:
    """One row a constraint or an index."""
    titles = heads(report.lang, ("约束或索引", "constraint or index"), ("本次建立", "made now"))
    rows = [(name, True) for name in report.made] + [(name, False) for name in report.before]
    return Sheet(titles, tuple(rows))


def bulk(report: BulkReport) -> Sheet:
    """One row: the files and their command."""
    titles = heads(report.lang, ("目录", "folder"), _SNAPSHOT, _NODES, _RELATIONSHIPS, ("装载命令", "command"))
    return Sheet(titles, ((report.folder, report.snapshot, report.nodes, report.relationships, report.command),))
