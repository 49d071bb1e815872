"""The sheets of the users and of the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.export.cells import Sheet, heads
from chaingraph.model.words import word

if TYPE_CHECKING:
    from chaingraph.model.account_report import AuditReport, UsersReport

_NAME = ("用户名", "name")


def users(report: UsersReport) -> Sheet:
    """One row a user."""
    titles = heads(report.lang, _NAME, ("权限", "role"), ("加入", "added"), ("变动", "changed"))
    rows = ((user.name, word(user.role, report.lang), user.created, user.changed) for user in report.users)
    return Sheet(titles, tuple(rows))


def audit(report: AuditReport) -> Sheet:
    """One row an event."""
    titles = heads(
        report.lang,
        ("序号", "no."),
        ("时间", "when"),
        ("用户", "user"),
        ("地址", "address"),
        ("操作", "action"),
        ("对象", "target"),
        ("结果", "outcome"),
    )
    rows = (
        (one.number, one.at, one.user, one.address, word(one.action, report.lang), one.target, one.outcome)
        for one in report.events
    )
    return Sheet(titles, tuple(rows))
