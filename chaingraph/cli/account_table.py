"""Lays out the users and the audit for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.cli.terminal import columns
from chaingraph.model.words import word

if TYPE_CHECKING:
    from chaingraph.model.account_report import AuditReport, AuditRow, UsersReport

_USERS = {"zh": ("用户名", "权限", "加入", "变动"), "en": ("name", "role", "added", "changed")}
_USERS_CAPS = (40, 10, 16, 16)
_AUDIT = {
    "zh": ("序号", "时间", "用户", "地址", "操作", "对象", "结果"),
    "en": ("no.", "when", "user", "address", "action", "target", "outcome"),
}
_AUDIT_CAPS = (7, 19, 12, 15, 20, 15, 7)


def users_table(report: UsersReport) -> str:
    """The users, and who was changed just now."""
    zh = report.lang == "zh"
    if not report.users:
        return (
            "还没有用户：图谱只在本机打开，不用登录。加入第一个（管理员）：chaingraph users add 姓名\n"
            if zh
            else "No users: the explorer opens on this computer alone. Add the first (an admin): "
            "chaingraph users add NAME\n"
        )
    rows = [
        (
            user.name + (" *" if user.name == report.changed else ""),
            word(user.role, report.lang),
            _minute(user.created),
            _minute(user.changed),
        )
        for user in report.users
    ]
    lines = columns(_USERS[report.lang], rows, _USERS_CAPS, (False,) * 4)
    if report.changed is not None:
        there = any(user.name == report.changed for user in report.users)
        done = ("* 刚刚变动" if zh else "* changed just now") if there else ("已移除：" if zh else "Removed: ")
        lines += ["", done if there else done + report.changed]
    return "\n".join(lines) + "\n"


def audit_table(report: AuditReport) -> str:
    """The events, the latest first."""
    zh = report.lang == "zh"
    if not report.events:
        return "没有记录\n" if zh else "Nothing is recorded\n"
    right = (True, False, False, False, False, False, True)
    lines = columns(_AUDIT[report.lang], [_row(event, zh) for event in report.events], _AUDIT_CAPS, right)
    if report.more:
        lines += ["", "更早的请用 --user、--since 或 --top" if zh else "For what is earlier: --user, --since or --top"]
    return "\n".join(lines) + "\n"


def _row(event: AuditRow, zh: bool) -> tuple[str, ...]:
    at = event.at[:19].replace("T", " ")
    user = event.user or ("未登录" if zh else "nobody")
    address = event.address or ("命令行" if zh else "shell")
    return (
        str(event.number),
        at,
        user,
        address,
        word(event.action, "zh" if zh else "en"),
        event.target,
        str(event.outcome),
    )


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")
