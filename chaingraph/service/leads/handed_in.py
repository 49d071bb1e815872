"""A workbook that is handed in: its bytes, and the frozen list that it was exported from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.errors import Text, UsageError
from chaingraph.export.week_text import fingerprint, read_week_json
from chaingraph.model.week_columns import shown

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.ledger.log import Ledger
    from chaingraph.model.week_report import WeekReport
    from chaingraph.sources.week_workbook import WeekBook


def content_of(path: Path) -> bytes:
    """The bytes of a file. Raises UsageError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        name = shown(str(path))
        raise UsageError(Text(f"无法读取 {name}：{reason}", f"cannot read {name}: {reason}")) from error


def frozen_of(ledger: Ledger, book: WeekBook) -> WeekReport:
    """The frozen list that a workbook was exported from.

    Raises
    ------
    UsageError
        If this workspace never exported it, or holds another list of that week.
    """
    frozen = ledger.frozen(book.scope, book.week, book.revision)
    if frozen is None:
        raise UsageError(
            Text(
                f"这个工作区没有导出过 {book.week}（{book.scope}，版本 {book.revision}）："
                "请在导出它的工作区导入（--workspace）",
                f"this workspace never exported {book.week} ({book.scope}, revision {book.revision}): "
                "import it where it was exported (--workspace)",
            )
        )
    if fingerprint(frozen.content) != book.check:
        raise UsageError(
            Text(
                f"这个文件不是按本工作区现有的 {book.week}（版本 {book.revision}）导出的：来自另一个工作区，"
                "或该周在恢复备份后重新导出过。请在导出它的工作区导入（--workspace），或用重新导出的文件填写",
                f"this file was not exported from the {book.week} (revision {book.revision}) of this workspace: "
                "it is of another one, or the week was exported anew after a backup was restored; "
                "import it where it was exported (--workspace), or fill in the file as it is exported now",
            )
        )
    return read_week_json(frozen.content)
