"""The log of the ledger: read as events or as states, written in one way, a transaction at a time."""

from __future__ import annotations

import json
import os
import unicodedata
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.errors import Text, UsageError, WorkspaceError
from chaingraph.ledger.events import Draft, Event, written
from chaingraph.ledger.exports import find_frozen, find_frozen_before, insert_frozen
from chaingraph.ledger.state import LeadState, apply, replay
from chaingraph.workspace.database import FILE, opened, reading, transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from chaingraph.ledger.exports import Frozen

_USER = Text("用户名", "user's name")
_MOST_AHEAD = timedelta(days=1)
"""Computers of an office differ by minutes, time zones by hours; more is a wrong clock."""


class Ledger(NamedTuple):
    """The ledger of a workspace. A workspace without its file holds no events, and reading makes none."""

    path: Path

    @classmethod
    def at(cls, workspace: Path) -> Ledger:
        """The ledger of a workspace folder."""
        return cls(workspace / FILE)

    @property
    def there(self) -> bool:
        """Whether the file is there; one that cannot be seen is not."""
        return os.path.exists(self.path)

    def events(self, lead: str | None = None, until: date | None = None) -> list[Event]:
        """The events in their order: of one lead or of all, up to the end of a day or all."""
        if not self.there:
            return []
        with reading(self.path) as connection:
            return _events(connection, lead, until)

    def states(self, until: date | None = None) -> dict[str, LeadState]:
        """Every lead as it stood at the end of a day; as it stands now where None."""
        return replay(self.events(until=until))

    def state(self, lead: str, until: date | None = None) -> LeadState | None:
        """One lead as it stood; None where the ledger does not hold it."""
        return replay(self.events(lead, until)).get(lead)

    def signed(self) -> list[LeadState]:
        """Every lead that is signed."""
        return [state for state in self.states().values() if state.stage == "signed"]

    def signed_mark(self) -> str | None:
        """What changes with what is signed: the latest signing, correction of one, or contract that came to nothing.

        By number, lead and time; None before the first.
        """
        if not self.there:
            return None
        with reading(self.path) as connection:
            row = connection.execute(
                "SELECT number, lead, at FROM events WHERE kind = 'closed'"
                " AND 'signed' IN (json_extract(data, '$.stage'), json_extract(data, '$.from'))"
                " ORDER BY number DESC LIMIT 1"
            ).fetchone()
        return None if row is None else " ".join(map(str, row))

    def last(self, until: date | None = None) -> int:
        """The number of the last event, 0 before the first."""
        if not self.there:
            return 0
        with reading(self.path) as connection:
            return _last(connection, until)

    def frozen(self, scope: str, week: str, revision: int | None = None) -> Frozen | None:
        """The list exported for a week; its latest revision where none is asked for."""
        if not self.there:
            return None
        with reading(self.path) as connection:
            return find_frozen(connection, scope, week, revision)

    def frozen_before(self, scope: str, week: str) -> Frozen | None:
        """The list of the latest week exported before ``week``."""
        if not self.there:
            return None
        with reading(self.path) as connection:
            return find_frozen_before(connection, scope, week)

    @contextmanager
    def writing(self, user: str, now: datetime | None = None) -> Iterator[Writing]:
        """One transaction: all that is appended in it is kept together, or nothing where an exception leaves it.

        It holds the only right to write from its start, so what is decided on its states still stands when it ends.

        Raises
        ------
        UsageError
            If ``user`` is blank, or no name on one line.
        WorkspaceError
            If another process writes for too long, the file cannot be used, or the last event is more than a day
            ahead of the clock.
        """
        user = _name(user)
        with opened(self.path) as connection, transaction(connection, "BEGIN IMMEDIATE"):
            yield Writing(connection, user, now)


class Writing:
    """An open transaction of the ledger.

    Parameters
    ----------
    now
        The time that its events bear; the clock's where None. The log's clock never runs back.
    """

    def __init__(self, connection: sqlite3.Connection, user: str, now: datetime | None) -> None:
        self._connection = connection
        self._user = user
        row = connection.execute("SELECT number, at FROM events ORDER BY number DESC LIMIT 1").fetchone()
        self._now = _not_before(now or datetime.now(), row)

    @property
    def now(self) -> datetime:
        """The time that events written here bear."""
        return self._now

    @cached_property
    def states(self) -> dict[str, LeadState]:
        """Every lead as it stands, with what was appended here."""
        return replay(_events(self._connection, None, None))

    def state(self, lead: str) -> LeadState | None:
        """One lead as it stands: the others are not read."""
        return replay(self.events(lead)).get(lead)

    def events(self, lead: str) -> list[Event]:
        """The events of one lead, with what was appended here."""
        return _events(self._connection, lead, None)

    @property
    def last(self) -> int:
        """The number of the last event, 0 before the first."""
        return _last(self._connection, None)

    def append(self, draft: Draft) -> Event:
        """Writes an event."""
        at = self._now.isoformat(timespec="seconds")
        row = (at, self._user, draft.kind, draft.lead, json.dumps(draft.data, ensure_ascii=False, sort_keys=True))
        number = self._connection.execute(
            "INSERT INTO events (at, user, kind, lead, data) VALUES (?, ?, ?, ?, ?)", row
        ).lastrowid
        event = Event(number or 0, at, self._user, draft.kind, draft.lead, draft.data)
        if "states" in self.__dict__:
            apply(self.states, event)
        return event

    def freeze(self, frozen: Frozen) -> None:
        """Keeps an exported list."""
        insert_frozen(self._connection, frozen, self._now.isoformat(timespec="seconds"))

    def frozen(self, scope: str, week: str, revision: int | None = None) -> Frozen | None:
        """The list exported for a week, as the transaction sees it."""
        return find_frozen(self._connection, scope, week, revision)


def _events(connection: sqlite3.Connection, lead: str | None, until: date | None) -> list[Event]:
    query, values = "SELECT number, at, user, kind, lead, data FROM events", []
    conditions = []
    if lead is not None:
        conditions.append("lead = ?")
        values.append(lead)
    if until is not None:
        conditions.append("substr(at, 1, 10) <= ?")
        values.append(until.isoformat())
    if conditions:
        query += " WHERE " + " AND ".join(conditions)
    rows = connection.execute(query + " ORDER BY number", values)
    return [Event._make((*row[:5], json.loads(row[5]))) for row in rows]


def _last(connection: sqlite3.Connection, until: date | None) -> int:
    end = "9999-12-31" if until is None else until.isoformat()
    row = connection.execute("SELECT max(number) FROM events WHERE substr(at, 1, 10) <= ?", (end,)).fetchone()
    return row[0] or 0


def _name(user: str) -> str:
    """A user's name as the log keeps it: on one line."""
    user = written(user, _USER)
    bad = next((char for char in user if unicodedata.category(char) in ("Cc", "Zl", "Zp")), None)
    if bad is not None:
        raise UsageError(
            Text(
                f"{_USER.zh}含有换行或控制字符 U+{ord(bad):04X}：请写在一行里，只写姓名",
                f"the {_USER.en} holds a line break or control character (U+{ord(bad):04X}): write it on one line",
            )
        )
    return user


def _not_before(now: datetime, last: tuple[int, str] | None) -> datetime:
    """``now`` with its offset, or the time of the last event where that is later: neither hour nor day runs back.

    Raises
    ------
    WorkspaceError
        If the last event is so far ahead that one of the two clocks was wrong: events written now would bear its day,
        and nobody would see them before.
    """
    now = now.astimezone() if now.tzinfo is None else now
    now = now.replace(microsecond=0)
    if last is None:
        return now
    number, at = last
    before = datetime.fromisoformat(at)
    if before - now > _MOST_AHEAD:
        raise WorkspaceError(
            Text(
                f"台账第 {number} 号事件记于 {at}，本机时钟是 {now.isoformat()}，相差一天以上：什么都没有写入。"
                "请核对电脑的日期和时间；时钟无误，就是那条事件的时间错了：请等到那时之后再写，或恢复备份",
                f"event {number} of the ledger bears the time {at}, yet the clock says {now.isoformat()}, more than a "
                "day before: nothing was written. Check the computer's date and time; if they are right, the event's "
                "time is wrong: wait until it has passed, or restore a backup",
            )
        )
    now = max(now, before)
    # West of where the last event was written it may still be the day before.
    return now.astimezone(before.tzinfo) if now.date() < before.date() else now
