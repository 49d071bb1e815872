"""Writes a snapshot as the CSV files of a first load: ``neo4j-admin database import full`` reads them offline."""

from __future__ import annotations

import os
import shlex
import shutil
import tempfile
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.errors import Text, UsageError
from chaingraph.stores.neo4j.batches import SOURCES, TIES, digest_of, rows_of_nodes, rows_of_relationships, totals_of
from chaingraph.stores.neo4j.columns import NODES, RELATIONSHIPS, kind_of
from chaingraph.stores.neo4j.sheets import LABELS, TOLD_BY_SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import IO

    from chaingraph.stores.neo4j.graph_sheets import GraphSheets
    from chaingraph.stores.neo4j.sheets import Batch, Pusher

_APART = "\x1f"
"""Between the values of a list: no text holds it."""
_BUFFER = 1 << 20
_SCRIPT = """#!/bin/sh
# 停下服务器后运行；数据库原有内容会被替换。Run it with the server stopped: what the database holds is replaced.
# neo4j-admin 不在 PATH 上时：NEO4J_ADMIN=/…/bin/neo4j-admin sh import.sh
set -e
cd "$(dirname "$0")"
exec "${{NEO4J_ADMIN:-neo4j-admin}}" {command}
"""


class Written(NamedTuple):
    """What a bulk export wrote, and what neo4j-admin is asked to load it."""

    folder: Path
    nodes: int
    relationships: int
    command: str


def write_bulk(
    sheets: GraphSheets,
    folder: Path,
    database: str,
    pusher: Pusher,
    progress: Callable[[str, float], None] | None = None,
) -> Written:
    """Writes one file a label and one a type into ``folder``, which appears whole or not at all.

    Parameters
    ----------
    folder
        A new or an empty folder.
    database
        The database that the command loads them into.
    pusher
        Who writes them.
    progress
        Called with a label and the share done, 0 to 1.

    Raises
    ------
    UsageError
        If the folder holds something or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            Text(f"{folder} 已有内容：请指定新的或空的目录", f"{folder} is not empty: name a new or an empty folder")
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        export = _Export(scratch)
        with export:
            export.graph(sheets, pusher, progress)
        command = export.command(database)
        (scratch / "import.sh").write_text(_SCRIPT.format(command=command), encoding="utf-8")
        # The user whom the server runs as must get in.
        scratch.chmod(0o777 & ~_umask())
        if folder.exists():
            folder.rmdir()
        os.replace(scratch, folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Written(folder, export.nodes, export.relationships, command)


def _umask() -> int:
    """What the user keeps others from; it can only be read by setting it."""
    kept = os.umask(0o077)
    os.umask(kept)
    return kept


def _unwritable(folder: Path, error: OSError) -> UsageError:
    reason = error.strerror or str(error)
    return UsageError(Text(f"无法写入 {folder}（{reason}）", f"cannot write {folder} ({reason})"))


class _Export:
    """The files as they grow. Use it as a context."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._files: dict[str, IO[str]] = {}
        self._multiline = False
        self._counts: Counter[str] = Counter()
        self.nodes = self.relationships = 0

    def __enter__(self) -> _Export:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def graph(self, sheets: GraphSheets, pusher: Pusher, progress: Callable[[str, float], None] | None) -> None:
        """Writes every node and every relationship."""
        for label in NODES:
            self._open(label, [f"id:ID({_space(label)})", *_typed(label, NODES[label][1:])])
        for type_ in RELATIONSHIPS:
            start = "Source" if type_ in TOLD_BY_SOURCES else "Entity"
            head = [f":START_ID({start})", ":END_ID(Entity)", *_typed(type_, RELATIONSHIPS[type_])]
            self._open(type_, head)
        self._nodes(SOURCES, rows_of_nodes(sheets.sources()))
        batches = sheets.batches()
        for done, batch in enumerate(batches, 1):
            self._nodes(batch, rows_of_nodes(sheets.nodes(batch)))
            rows = rows_of_relationships(sheets.relationships(batch))
            self._batch(batch.id + TIES, rows)
            for row in rows:
                properties = {**row["properties"], "key": row["key"]}
                self._row(row["type"], [row["start"], row["end"]], RELATIONSHIPS[row["type"]], properties)
            self._counts.update(row["type"] for row in rows)
            self.relationships += len(rows)
            if progress is not None:
                progress("files", done / len(batches))
        made = datetime.now(UTC).isoformat(timespec="seconds")
        told = {**sheets.graph(), "snapshot": sheets.name, "totals": totals_of(self._counts)}
        # Nobody reads it before its indexes are made.
        told |= {"complete": False, "pushed_at": made, "pushed_by": pusher.by, "pushed_from": pusher.from_}
        self._row("Graph", ["chaingraph"], NODES["Graph"][1:], told)

    def _nodes(self, batch: Batch, rows: list[dict[str, Any]]) -> None:
        self._batch(batch.id, rows)
        for row in rows:
            self._row(batch.label, [row["id"]], NODES[batch.label][1:], {**row["properties"], "batch": batch.id})
        self._counts[batch.label] += len(rows)
        self.nodes += len(rows)

    def _batch(self, batch: str, rows: list[dict[str, Any]]) -> None:
        self._row("Batch", [batch], ("digest",), {"digest": digest_of(rows)})

    def _open(self, name: str, head: list[str]) -> None:
        path = self._folder / f"{name.lower()}.csv"
        self._files[name] = self._stack.enter_context(path.open("w", _BUFFER, "utf-8", newline="\n"))
        self._files[name].write(",".join(head) + "\n")

    def _row(self, name: str, ends: Iterable[str], columns: tuple[str, ...], properties: dict[str, Any]) -> None:
        line = ",".join([*map(_cell, ends), *(_cell(properties.get(column)) for column in columns)])
        self._multiline = self._multiline or "\n" in line or "\r" in line
        self._files[name].write(line + "\n")

    def command(self, database: str) -> str:
        """The command that loads the files, run in their folder."""
        given = [f"--nodes={_labels(label)}={label.lower()}.csv" for label in NODES]
        given += [f"--relationships={type_}={type_.lower()}.csv" for type_ in RELATIONSHIPS]
        given += ["--array-delimiter=U+001F", "--overwrite-destination=true"]
        given += ["--multiline-fields=true"] if self._multiline else []
        return f"database import full {shlex.join(given)} {shlex.quote(database)}"


def _space(label: str) -> str:
    """The room in which the ids of a label are unique."""
    return "Entity" if label in LABELS.values() else label


def _labels(label: str) -> str:
    return f"Entity:{label}" if label in LABELS.values() else label


def _typed(table: str, names: Iterable[str]) -> list[str]:
    """The head of each column: its name and its kind."""
    return [f"{name}:{kind_of(table, name)}" for name in names]


def _cell(value: Any) -> str:
    """A value as a cell: a text in quotation marks, so that an empty one is not an unknown one."""
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    return _cell(_APART.join(map(str, value))) if isinstance(value, list) else repr(value)
