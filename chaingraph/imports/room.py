"""The imports room of a workspace: what was brought in, read by firm, taken back, and merged by decisions."""

from __future__ import annotations

import heapq
import os
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.errors import NotFound, Text, UsageError
from chaingraph.workspace.database import FILE, opened, reading, transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from chaingraph.imports.records import Bringing, ImportRow, Known, ReviewRow, Stored, Verdict
    from chaingraph.imports.taking_in import TakingIn

_CACHE = "PRAGMA cache_size = -400000"
"""400 MB while a registry is written: its keys come in no order, and pages read again from the disk cost the most."""


class Standing(NamedTuple):
    """What is in force: imports, ids with the one that stands for each, statements by firm."""

    imports: list[ImportRow]
    merged: dict[str, str]
    statements: Iterator[Stored]


class Imports(NamedTuple):
    """The imports of a workspace. A workspace without its file holds none, and reading makes none."""

    path: Path

    @classmethod
    def at(cls, workspace: Path) -> Imports:
        """The imports of a workspace folder."""
        return cls(workspace / FILE)

    @property
    def there(self) -> bool:
        """Whether the file is there; one that cannot be seen is not."""
        return os.path.exists(self.path)

    def mark(self) -> str | None:
        """What changes whenever the statements in force or the merges do; None where nothing was ever imported."""
        if not self.there:
            return None
        with reading(self.path) as connection:
            rows = connection.execute(
                "SELECT * FROM (SELECT number, at FROM imports ORDER BY number DESC LIMIT 1) UNION ALL "
                "SELECT * FROM (SELECT -number, at FROM decisions WHERE shows ORDER BY number DESC LIMIT 1)"
            ).fetchall()
        return " ".join(f"{number} {at}" for number, at in rows) or None

    def listed(self) -> list[ImportRow]:
        """Every import in order, those taken back too."""
        from chaingraph.imports.import_rows import listed

        if not self.there:
            return []
        with reading(self.path) as connection:
            return listed(connection)

    def same(self, digest: str) -> ImportRow | None:
        """The import in force of the same files with the same options."""
        return next((row for row in self.listed() if row.live and row.digest == digest), None)

    def statements(self) -> Iterator[Stored]:
        """The statements in force by the firm that stands for each; of a firm those of the later day first."""
        if not self.there:
            return
        with self.standing({}) as standing:
            yield from standing.statements

    @contextmanager
    def standing(self, also: Mapping[str, str]) -> Iterator[Standing]:
        """All that is in force at one moment, whatever another process writes meanwhile; the file must be there.

        Parameters
        ----------
        also
            Ids of ours with the firms that stand for them beside those merged: a pack knows their codes by now.
        """
        from chaingraph.imports.import_rows import listed
        from chaingraph.imports.review_rows import merged
        from chaingraph.imports.statement_rows import all_statements, statements_of

        with reading(self.path) as connection, transaction(connection, "BEGIN"):
            gone = {**also, **{firm: also.get(kept, kept) for firm, kept in merged(connection).items()}}
            stream = all_statements(connection)
            if gone:
                moved = sorted(gone, key=lambda firm: (gone[firm], firm))
                rest = (one for one in stream if one.firm not in gone)
                named = (one._replace(firm=gone[one.own]) for one in statements_of(connection, moved))
                stream = heapq.merge(rest, named, key=lambda one: one.firm)
            live = [row for row in listed(connection) if row.live]
            yield Standing(live, gone, _latest_first(stream, _days(connection)))

    def firm_records(self, firm: str) -> list[Stored]:
        """The statements in force of a firm and of those that are one with it, the latest first."""
        from chaingraph.imports.review_rows import merged
        from chaingraph.imports.statement_rows import statements_of

        if not self.there:
            return []
        with reading(self.path) as connection, transaction(connection, "BEGIN"):
            gone = merged(connection)
            kept = gone.get(firm, firm)
            ids = [kept, *sorted(one for one, by in gone.items() if by == kept)]
            found = [one._replace(firm=kept) for one in statements_of(connection, ids)]
            return list(_latest_first(found, _days(connection)))

    def merged(self) -> dict[str, str]:
        """Each id that was merged, with the one that stands for it."""
        from chaingraph.imports.review_rows import merged

        if not self.there:
            return {}
        with reading(self.path) as connection:
            return merged(connection)

    def review(self, open_only: bool = True) -> list[ReviewRow]:
        """The pairs of firms that a person is asked about, whose firms are there."""
        from chaingraph.imports.review_rows import reviews

        if not self.there:
            return []
        with reading(self.path) as connection, transaction(connection, "BEGIN"):
            return [row for row in reviews(connection) if row.decided is None or not open_only]

    @contextmanager
    def taking_in(
        self, bringing: Bringing, user: str, known: Iterable[Known], place_names: Iterable[str] = ()
    ) -> Iterator[TakingIn]:
        """One transaction: all statements added in it are kept together, or nothing where an exception leaves it.

        Parameters
        ----------
        known
            The packs' firms.
        place_names
            Names of regions: firms' names begin with them.

        Raises
        ------
        UsageError
            If ``user`` is blank or no name on one line.
        WorkspaceError
            If another process writes for too long, or the file cannot be used.
        """
        from chaingraph.imports.cores import PlaceNames
        from chaingraph.imports.ground import Ground
        from chaingraph.imports.import_rows import insert_import, last_statement, next_number
        from chaingraph.imports.review_rows import merged
        from chaingraph.imports.taking_in import TakingIn

        user = _name(user)
        with opened(self.path) as connection:
            connection.execute(_CACHE)
            with transaction(connection, "BEGIN IMMEDIATE"):
                number, first = next_number(connection), last_statement(connection) + 1
                ground = Ground(connection, known, PlaceNames(place_names), merged(connection))
                taking = TakingIn(connection, number, bringing, ground)
                yield taking
                taking.flush()
                insert_import(connection, number, _now(), user, taking.bringing, taking.counts, first)

    def undo(self, number: int, user: str) -> ImportRow:
        """Takes an import back. Later ones stay, and their firms keep their ids.

        Raises
        ------
        NotFound
            If there is no import of this number.
        UsageError
            If it was taken back before.
        """
        from chaingraph.imports.import_rows import delete_what_it_brought, listed
        from chaingraph.imports.review_rows import insert_decision

        with self._deciding(user) as (connection, user, now):
            rows = listed(connection)
            row = next((row for row in rows if row.number == number), None)
            if row is None:
                live = [str(row.number) for row in rows if row.live]
                raise NotFound.named(Text("导入", "import"), str(number), (), live)
            if not row.live:
                raise UsageError(
                    Text(
                        f"第 {number} 次导入已由{row.undone_by}于 {row.undone_at} 撤销；要恢复，请重新导入原文件",
                        f"import {number} was undone by {row.undone_by} at {row.undone_at}; "
                        "import the files again to have it back",
                    )
                )
            connection.execute(_CACHE)
            delete_what_it_brought(connection, number)
            insert_decision(connection, "undone", now, user, shows=True, import_=number)
            return row._replace(undone_by=user, undone_at=now)

    def decide(self, number: int, verdict: Verdict, user: str, why: str | None = None) -> None:
        """Decides a review.

        Raises
        ------
        NotFound
            If there is no review of this number.
        UsageError
            If it is decided already, or both firms are packs'.
        """
        from chaingraph.imports.decisions import decide, pair_of

        with self._deciding(user) as (connection, user, now):
            decide(connection, pair_of(connection, number), verdict, user, now, why)

    def reopen(self, number: int, user: str, why: str | None = None) -> None:
        """Takes the decision of a review back; firms that it merged are two again.

        Raises
        ------
        NotFound
            If there is no review of this number.
        UsageError
            If it is open.
        """
        from chaingraph.imports.decisions import pair_of, reopen

        with self._deciding(user) as (connection, user, now):
            reopen(connection, pair_of(connection, number), user, now, why)

    def merge(self, firm: str, other: str, user: str, why: str | None = None) -> str:
        """Makes one firm of two, whether or not a review asks; the id that stands for both from now on.

        Raises
        ------
        NotFound
            If neither a statement nor a pack's id names one of them.
        UsageError
            If they are one already, or both are packs'.
        """
        from chaingraph.imports.decisions import decide
        from chaingraph.imports.review_rows import merged

        with self._deciding(user) as (connection, user, now):
            decide(connection, (firm, other), "same", user, now, why)
            return merged(connection).get(firm, firm)

    def unmerge(self, firm: str, other: str, user: str, why: str | None = None) -> None:
        """Takes a merge of two firms back.

        Raises
        ------
        UsageError
            If no decision merged the two.
        """
        from chaingraph.imports.decisions import reopen

        with self._deciding(user) as (connection, user, now):
            reopen(connection, (firm, other), user, now, why)

    @contextmanager
    def _deciding(self, user: str) -> Iterator[tuple[sqlite3.Connection, str, str]]:
        user = _name(user)
        with opened(self.path) as connection, transaction(connection, "BEGIN IMMEDIATE"):
            yield connection, user, _now()


def _latest_first(stream: Iterable[Stored], days: dict[int, str]) -> Iterator[Stored]:
    if len(days) < 2:
        yield from stream
        return
    for _, group in groupby(stream, key=lambda one: one.firm):
        statements = list(group)
        if len(statements) > 1:
            statements.sort(key=lambda one: (days[one.import_], one.import_), reverse=True)
        yield from statements


def _days(connection: sqlite3.Connection) -> dict[int, str]:
    """The day of each import, "" where it does not tell."""
    return {number: as_of or "" for number, as_of in connection.execute("SELECT number, as_of FROM imports")}


def _name(user: str) -> str:
    """A user's name as it is kept: on one line."""
    kept = user.strip()
    if not kept or not kept.isprintable():
        raise UsageError(
            Text(
                "用户名为空，或含有换行或控制字符：请写在一行里，只写姓名",
                "the user's name is empty, or holds a line break or control character: write it on one line",
            )
        )
    return kept


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
