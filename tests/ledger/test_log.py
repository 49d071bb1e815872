"""The log on disk: append-only, in order, and hard to lose."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from chaingraph.errors import UsageError, WorkspaceError
from chaingraph.ledger.events import Draft
from chaingraph.ledger.exports import Frozen
from chaingraph.ledger.log import Ledger
from chaingraph.workspace import database
from tests.ledger.made import LEAD, created

if TYPE_CHECKING:
    from pathlib import Path

CHINA = timezone(timedelta(hours=8))
NOTE = Draft("noted", LEAD, {"text": "已联系"})


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.at(tmp_path / "workspace")


def at(hour: int, day: int = 2, zone: timezone = CHINA) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=zone)


def write(ledger: Ledger, *drafts: Draft, now: datetime | None = None) -> None:
    with ledger.writing("王某", now) as writing:
        for draft in drafts:
            writing.append(draft)


def test_reading_a_workspace_without_a_ledger_makes_none(ledger: Ledger) -> None:
    assert (ledger.events(), ledger.states(), ledger.signed(), ledger.last()) == ([], {}, [], 0)
    assert ledger.state(LEAD) is None
    assert ledger.frozen("all", "2026-W47") is ledger.frozen_before("all", "2026-W47") is None
    assert not ledger.path.parent.exists()


def test_what_is_written_reads_back_in_order_by_lead_and_by_day(ledger: Ledger) -> None:
    write(ledger, created(), created("LBBBBBBBBBB"), now=at(9))
    write(ledger, NOTE, now=at(9, 3))
    assert [(event.number, event.kind, event.at) for event in ledger.events(LEAD)] == [
        (1, "created", "2026-11-02T09:00:00+08:00"),
        (3, "noted", "2026-11-03T09:00:00+08:00"),
    ]
    assert [event.number for event in ledger.events(until=date(2026, 11, 2))] == [1, 2]
    assert ledger.states(date(2026, 11, 2))[LEAD].progress is None
    assert ledger.states()[LEAD].progress == "已联系"
    assert (ledger.last(), ledger.last(date(2026, 11, 2)), ledger.last(date(2026, 11, 1))) == (3, 2, 0)


@pytest.mark.parametrize("table", ["events", "exports"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET at = ''"])
def test_the_file_itself_refuses_to_change_what_was_written(ledger: Ledger, table: str, change: str) -> None:
    with ledger.writing("王某") as writing:
        writing.append(created())
        writing.freeze(Frozen("all", "2026-W47", 1, 1, b"{}"))
    connection = sqlite3.connect(ledger.path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(change.format(table))
    connection.close()


def test_an_exception_leaves_nothing_of_its_transaction(ledger: Ledger) -> None:
    write(ledger, created())

    def spoilt() -> None:
        with ledger.writing("王某") as writing:
            writing.append(NOTE)
            writing.freeze(Frozen("all", "2026-W47", 1, 1, b"{}"))
            assert writing.last == 2
            raise RuntimeError

    with pytest.raises(RuntimeError):
        spoilt()
    assert ledger.last() == 1
    assert ledger.frozen("all", "2026-W47") is None
    write(ledger, NOTE)
    assert ledger.last() == 2, "numbers have no holes"


def test_the_states_of_a_transaction_follow_what_it_writes(ledger: Ledger) -> None:
    with ledger.writing("王某") as writing:
        assert writing.states == {}
        writing.append(created())
        writing.append(NOTE)
        assert writing.states[LEAD].progress == "已联系"
        assert writing.state(LEAD) == writing.states[LEAD]
        assert writing.last == 2


def test_the_log_s_clock_never_runs_back_neither_by_the_hour_nor_by_the_day(ledger: Ledger) -> None:
    write(ledger, created(), now=at(9, 3))
    write(ledger, NOTE, now=at(9, 2))
    assert ledger.events()[-1].at == "2026-11-03T09:00:00+08:00"
    write(ledger, NOTE, now=at(2, 3, UTC))
    assert ledger.events()[-1].at == "2026-11-03T02:00:00+00:00"
    write(ledger, NOTE, now=at(22, 2, timezone(timedelta(hours=-8))))
    assert ledger.events()[-1].at == "2026-11-03T06:00:00+00:00", "later, yet still the day before in the far west"


def test_nothing_is_written_behind_an_event_from_the_day_after_tomorrow(ledger: Ledger) -> None:
    write(ledger, created(), now=datetime(2027, 11, 3, 9, tzinfo=CHINA))
    with pytest.raises(WorkspaceError) as error:
        write(ledger, NOTE, now=at(9))
    for said in ("event 1 ", "2027-11-03T09:00:00+08:00", "2026-11-02T09:00:00+08:00", "Check the computer's date"):
        assert said in error.value.text.en
    assert "第 1 号" in error.value.text.zh
    assert ledger.last() == 1
    write(ledger, NOTE, now=datetime(2027, 11, 2, 9, tzinfo=CHINA))
    assert ledger.events()[-1].at == "2027-11-03T09:00:00+08:00", "a day apart is still one day's work"


def test_a_time_without_an_offset_is_local(ledger: Ledger) -> None:
    write(ledger, created(), now=datetime(2026, 11, 2, 9))
    assert datetime.fromisoformat(ledger.events()[0].at) == datetime(2026, 11, 2, 9).astimezone()


def test_an_event_needs_somebody_s_name(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="must not be empty"), ledger.writing("  "):
        pass
    assert not ledger.path.exists()


@pytest.mark.parametrize("user", ["王某\n李四", "王\t某", "王\x7f某", "王\u2028某", "王\x85某"])
def test_a_name_stands_on_one_line(ledger: Ledger, user: str) -> None:
    with pytest.raises(UsageError, match="write it on one line"), ledger.writing(user):
        pass
    assert not ledger.path.exists()
    with ledger.writing(" 王　某\n") as writing:
        assert writing.append(created()).user == "王　某", "blanks around it are no part of it"


def test_an_exported_week_is_kept_in_its_revisions(ledger: Ledger) -> None:
    with ledger.writing("王某") as writing:
        for week, revision in (("2026-W45", 1), ("2026-W45", 2), ("2026-W47", 1)):
            writing.freeze(Frozen("all", week, revision, 0, f"{week} {revision} 周".encode()))
        assert writing.frozen("all", "2026-W47") is not None
    latest, first = ledger.frozen("all", "2026-W45"), ledger.frozen("all", "2026-W45", 1)
    assert latest is not None
    assert first is not None
    assert (latest.revision, latest.content.decode(), first.revision) == (2, "2026-W45 2 周", 1)
    before = ledger.frozen_before("all", "2026-W47")
    assert before is not None
    assert (before.week, before.revision) == ("2026-W45", 2)
    assert ledger.frozen_before("all", "2026-W45") is ledger.frozen("ev", "2026-W45") is None
    with pytest.raises(WorkspaceError), ledger.writing("王某") as writing:
        writing.freeze(Frozen("all", "2026-W47", 1, 0, b"again"))


def test_a_file_that_is_not_ours_or_from_a_newer_version_is_refused(ledger: Ledger) -> None:
    ledger.path.parent.mkdir()
    ledger.path.write_text("这不是数据库" * 999, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"cannot use .*sqlite: file is not a database"):
        ledger.events()
    ledger.path.unlink()
    foreign = sqlite3.connect(ledger.path)
    foreign.execute("CREATE TABLE notes (text)")
    foreign.close()
    with pytest.raises(WorkspaceError, match="is no workspace file of chaingraph"):
        write(ledger, created())
    ledger.path.unlink()
    write(ledger, created())
    newer = sqlite3.connect(ledger.path)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(WorkspaceError, match="newer version"):
        ledger.events()


def close_to_writers(folder: Path) -> Path:
    """Keeps SQLite from making its index beside the file, as a folder that cannot be written does, even for root."""
    index = folder / "workspace.sqlite-shm"
    index.symlink_to(folder / "none" / "here")
    return index


def test_a_ledger_that_cannot_be_written_is_read_and_a_writer_is_told(ledger: Ledger) -> None:
    write(ledger, created())
    close_to_writers(ledger.path.parent)
    with pytest.raises(WorkspaceError, match=r"cannot write .* another --workspace"):
        write(ledger, NOTE)
    assert [event.kind for event in ledger.events()] == ["created"]
    assert (ledger.last(), ledger.signed_mark(), ledger.frozen("all", "2026-W47")) == (1, None, None)


def test_what_stands_beside_an_unwritable_file_is_never_passed_over(ledger: Ledger) -> None:
    write(ledger, created())
    with closing(sqlite3.connect(ledger.path)) as reader:
        # Somebody reads, so the next event stays in the log beside the file.
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events").fetchone()
        write(ledger, NOTE)
        with closing(database.open_read_only(ledger.path)) as connection:
            assert connection.execute("SELECT count(*) FROM events").fetchone() == (2,)
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                connection.execute("DELETE FROM exports")
        other = Ledger.at(ledger.path.with_name("copy"))
        other.path.parent.mkdir()
        for end in ("", "-wal"):
            shutil.copy(f"{ledger.path}{end}", f"{other.path}{end}")
    index = close_to_writers(other.path.parent)
    with pytest.raises(WorkspaceError, match="cannot write"):
        other.events()
    index.unlink()
    assert other.last() == 2


def test_a_read_only_file_is_found_by_its_path_whatever_stands_in_it(tmp_path: Path) -> None:
    ledger = Ledger.at(tmp_path / "招商 50%#?")
    write(ledger, created())
    with closing(database.open_read_only(ledger.path)) as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (1,)
    ledger.path.write_bytes(b"")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.open_read_only(ledger.path)


def test_a_writer_that_waits_too_long_is_told_so(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    write(ledger, created())
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with ledger.writing("王某") as writing:
        writing.append(NOTE)
        failed: list[WorkspaceError] = []

        def other() -> None:
            try:
                write(ledger, NOTE)
            except WorkspaceError as error:
                failed.append(error)

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        assert "another process is writing" in failed[0].text.en
        assert ledger.last() == 1, "readers do not wait"
    assert ledger.last() == 2


def _append(workspace: Path, user: str, count: int) -> None:
    for number in range(count):
        with Ledger.at(workspace).writing(user) as writing:
            writing.append(Draft("noted", LEAD, {"text": f"{user} {number}"}))


def test_two_processes_that_write_at_once_lose_nothing(ledger: Ledger) -> None:
    workspace = ledger.path.parent
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_append, args=(workspace, user, 50)) for user in ("甲", "乙")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    events = ledger.events()
    assert [event.number for event in events] == list(range(1, 101))
    for user in ("甲", "乙"):
        assert [event.data["text"] for event in events if event.user == user] == [f"{user} {n}" for n in range(50)]
