"""Imports are kept, listed, taken back; decisions merge firms and can be taken back; a room keeps whole."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from chaingraph.errors import ChaingraphError, DataError, NotFound, UsageError, WorkspaceError
from chaingraph.imports.records import Bringing
from chaingraph.imports.room import Imports
from chaingraph.ledger.log import Ledger
from chaingraph.model.statement import Product
from chaingraph.workspace import database
from tests.imports.rooms import CODES, SIHUI, Room, known, stated
from tests.ledger.made import created

if TYPE_CHECKING:
    from pathlib import Path

A, B, C = CODES[:3]
UA, UB, UC = (f"uscc-{code.lower()}" for code in CODES[:3])
FULL = stated(
    "肇庆宏旺金属有限公司",
    7,
    short_name="宏旺",
    former_names=("旺厂", "老旺厂"),
    credit_code=A,
    listing_code="300001.SZ",
    seat_by="column",
    standing="dissolved",
    dissolved_on="2025-01-02",
    established="2001-02-03",
    capital_cny=5e6,
    industry="C3670",
    scale="小型",
    scope="金属制品制造；货物进出口。",
    products=(Product("隔膜", 0.25), Product("电解液", None)),
)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path / "workspace")


def test_reading_a_workspace_without_imports_makes_none(room: Room) -> None:
    imports = room.imports
    assert (imports.there, imports.mark(), imports.listed(), imports.same("d")) == (False, None, [], None)
    assert (list(imports.statements()), imports.firm_records(UA), imports.merged(), imports.review()) == (
        [],
        [],
        {},
        [],
    )
    assert not imports.path.parent.exists()


def test_a_statement_reads_back_as_it_was_stated(room: Room) -> None:
    room.take(FULL, stated("空有限公司", 8))
    stored = {one.statement.row: one for one in room.imports.statements()}
    assert stored[7].statement == FULL
    assert stored[8].statement == stated("空有限公司", 8)
    assert (stored[7].firm, stored[7].own, stored[7].import_) == (UA, UA, 1)


def test_an_import_is_listed_with_what_it_was_told_and_what_it_counted(room: Room) -> None:
    bringing = Bringing("chainkg", ("a.json", "b.json"), "xyz", "企查查", "2026-05-01", None, "441200", True, ("C36",))
    with room.imports.taking_in(bringing, " 王某 ", ()) as taking:
        taking.add(FULL)
        taking.bringing = bringing = bringing._replace(made_as_of="2025-12-31")
        taking.counts["refused"] = 3
    [row] = room.imports.listed()
    assert row[: len(bringing) + 2] == (1, *bringing, "王某")
    assert row.counts == {"statements": 1, "new_firms": 1, "of_packs": 0, "reviews": 0, "refused": 3}
    assert row.live
    assert room.imports.same("xyz") == row
    assert room.imports.same("other") is None


def test_a_firm_in_two_imports_keeps_both_statements_the_later_day_first(room: Room) -> None:
    room.take(stated("甲有限公司", 2, credit_code=A), as_of="2026-05-01")
    room.take(stated("甲有限公司", 3, credit_code=A), stated("乙有限公司", 4, credit_code=B), as_of=None)
    room.take(stated("甲有限公司", 5, credit_code=A), as_of="2025-05-01")
    room.take(stated("甲有限公司", 6, credit_code=A), stated("甲有限公司", 7, credit_code=A), as_of="2026-05-01")
    assert room.firms() == {UA: [6, 7, 2, 5, 3], UB: [4]}
    assert [one.statement.row for one in room.imports.firm_records(UA)] == [6, 7, 2, 5, 3]


def test_an_import_that_fails_leaves_nothing(room: Room) -> None:
    room.take(stated("甲有限公司", credit_code=A))
    mark, before = room.imports.mark(), list(room.imports.statements())

    def spoilt() -> None:
        with room.imports.taking_in(Bringing("registry", ("b.csv",), "e"), "王某", ()) as taking:
            taking.add(stated("乙有限公司", credit_code=B))
            taking.flush()
            raise KeyError

    with pytest.raises(KeyError):
        spoilt()
    with pytest.raises(DataError, match="row 3 holds a character"):
        room.take(stated("乙有限公司", 2), stated("乙\ud800有限公司", 3))
    assert (room.imports.mark(), list(room.imports.statements())) == (mark, before)
    assert len(room.imports.listed()) == 1


@pytest.mark.parametrize("user", ["", "  ", "王\n某"])
def test_an_import_and_a_decision_want_a_name(room: Room, user: str) -> None:
    with pytest.raises(UsageError), room.imports.taking_in(Bringing("registry", (), "e"), user, ()):
        pass
    with pytest.raises(UsageError):
        room.imports.merge(UA, UB, user)


def test_undo_restores_what_was_there_before_and_the_same_files_can_be_imported_again(room: Room) -> None:
    room.packs = (known("hongwang", "肇庆宏旺金属有限公司"),)
    room.take(FULL, stated("肇庆宏达金属有限公司", 8))
    before = repr(list(room.imports.statements())), room.asked()
    number = room.take(stated("肇庆宏达金属实业有限公司", 9), stated("甲", 10, credit_code=A), digest="e")
    after = [one._replace(import_=3) for one in room.imports.statements()], room.asked()
    undone = room.imports.undo(number, "李某")
    assert (repr(list(room.imports.statements())), room.asked()) == before
    assert not undone.live
    assert room.imports.listed()[1] == undone
    assert room.imports.same("e") is None
    again = room.take(stated("肇庆宏达金属实业有限公司", 9), stated("甲", 10, credit_code=A), digest="e")
    assert again == 3
    assert [one._replace(import_=3) for one in room.imports.statements()] == after[0]
    assert room.asked() == after[1]


def test_undo_of_an_earlier_import_leaves_the_later_ones_with_their_ids(room: Room) -> None:
    room.take(stated("甲有限公司", 2))
    [id_] = room.firms()
    room.take(stated("甲有限公司", 3, credit_code=A), stated("改名有限公司", 4, credit_code=A))
    room.imports.undo(1, "王某")
    assert room.firms() == {id_: [3, 4]}
    room.take(stated("甲有限公司", 5), stated("再改名有限公司", 6, credit_code=A))
    assert list(room.firms()) == [id_]


def test_only_an_import_in_force_can_be_undone(room: Room) -> None:
    with pytest.raises(NotFound, match="no import named '1'"):
        room.imports.undo(1, "王某")
    room.take(FULL)
    room.imports.undo(1, "王某")
    with pytest.raises(UsageError, match="undone by 王某"):
        room.imports.undo(1, "王某")


def test_the_mark_changes_with_what_a_snapshot_shows_and_with_nothing_else(room: Room) -> None:
    marks = [room.imports.mark()]

    def changed() -> bool:
        marks.append(room.imports.mark())
        return marks[-1] not in marks[:-1]

    room.take(stated("肇庆宏旺金属有限公司"), stated("肇庆宏旺金属实业有限公司", 3))
    assert changed()
    [review] = room.imports.review()
    room.imports.decide(review.number, "different", "王某")
    room.imports.reopen(review.number, "王某")
    assert not changed()
    room.imports.decide(review.number, "same", "王某")
    assert changed()
    room.imports.reopen(review.number, "王某")
    assert changed()
    room.imports.undo(1, "王某")
    assert changed()


def test_a_decision_merges_two_firms_and_both_ids_keep_working_until_it_is_taken_back(room: Room) -> None:
    room.take(stated("肇庆宏旺金属有限公司", 2))
    room.take(stated("肇庆宏旺金属实业有限公司", 3, credit_code=A), as_of="2026-06-01")
    [review] = room.imports.review()
    room.imports.decide(review.number, "same", "王某", "电话核实")
    assert room.imports.merged() == {review.other: UA}
    assert room.firms() == {UA: [3, 2]}
    assert room.imports.firm_records(review.other) == room.imports.firm_records(UA) != []
    assert room.imports.review() == []
    [decided] = room.imports.review(open_only=False)
    assert (decided.decided, decided.by, decided.at is not None) == ("same", "王某", True)
    room.take(stated("肇庆宏旺金属有限公司", 4))
    assert room.firms() == {UA: [3, 4, 2]}
    room.imports.reopen(review.number, "王某")
    assert room.imports.merged() == {}
    # The row that came while they were one is of the firm it names.
    assert room.firms() == {review.other: [4, 2], UA: [3]}
    assert room.imports.review() == [review]


def test_firms_held_to_be_two_stay_two_and_are_not_asked_again(room: Room) -> None:
    room.take(stated("肇庆宏旺金属有限公司", 2))
    room.take(stated("肇庆宏旺金属实业有限公司", 3))
    [review] = room.imports.review()
    room.imports.decide(review.number, "different", "王某")
    with pytest.raises(UsageError, match="held to be two firms by 王某"):
        room.imports.decide(review.number, "same", "李某")
    room.take(stated("肇庆宏旺金属实业有限公司", 4), stated("肇庆宏旺金属有限公司", 5))
    assert len(room.firms()) == 2
    assert room.imports.review() == []


def test_firms_are_merged_by_hand_along_a_line_and_each_merge_is_taken_back_by_itself(room: Room) -> None:
    room.take(
        *(stated(name, row, credit_code=code) for row, (name, code) in enumerate(zip("甲乙丙", CODES, strict=False)))
    )
    first = min(room.firms())
    assert room.imports.merge(UC, UB, "王某", "吸收合并") == min(UB, UC)
    assert room.imports.merge(UC, UA, "王某") == first
    assert room.imports.merged() == {id_: first for id_ in (UA, UB, UC) if id_ != first}
    assert sorted(room.firms()[first]) == [0, 1, 2]
    with pytest.raises(UsageError, match="one firm already"):
        room.imports.merge(UA, UB, "王某")
    room.imports.unmerge(UA, UC, "王某")
    assert room.firms().keys() == {UA, min(UB, UC)}
    with pytest.raises(UsageError, match="no decision"):
        room.imports.unmerge(UA, UC, "王某")


def test_a_packs_firm_stands_for_those_merged_into_it_and_two_of_packs_are_not_merged(room: Room) -> None:
    room.take(stated("甲", 2, credit_code=A))
    assert room.imports.merge("zeta", UA, "王某") == "zeta"
    assert room.firms() == {"zeta": [2]}
    with pytest.raises(UsageError, match="both firms of packs"):
        room.imports.merge(UA, "alpha", "王某")
    with pytest.raises(UsageError, match="one firm already"):
        room.imports.merge(UA, UA, "王某")
    with pytest.raises(NotFound):
        room.imports.decide(9, "same", "王某")


def test_a_firm_that_no_import_has_stated_cannot_be_merged(room: Room) -> None:
    room.take(stated("甲", 2, credit_code=A))
    with pytest.raises(NotFound, match=UB):
        room.imports.merge(UA, UB, "王某")


@pytest.mark.parametrize("table", ["imports", "reviews", "decisions"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET number = 9"])
def test_the_file_itself_refuses_to_change_what_was_decided(room: Room, table: str, change: str) -> None:
    room.take(stated("肇庆宏旺金属有限公司"), stated("肇庆宏旺金属实业有限公司", 3))
    room.imports.decide(1, "same", "王某")
    refused = pytest.raises(sqlite3.IntegrityError, match="append-only")
    with closing(sqlite3.connect(room.imports.path)) as connection, refused:
        connection.execute(change.format(table))


def test_a_workspace_with_a_ledger_from_before_imports_takes_them_and_keeps_its_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(database, "_MIGRATIONS", database._MIGRATIONS[:1])
        with Ledger.at(tmp_path).writing("王某") as writing:
            writing.append(created())
    events = Ledger.at(tmp_path).events()
    Room(tmp_path).take(FULL)
    assert len(events) == 1
    assert Ledger.at(tmp_path).events() == events
    assert Imports.at(tmp_path).mark() is not None


def test_of_two_writers_one_waits_or_is_told(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[int | ChaingraphError] = []
    inside, leave = threading.Event(), threading.Event()

    def write(name: str) -> None:
        try:
            waited.append(room.take(stated(name)))
        except ChaingraphError as error:
            waited.append(error)

    def hold() -> None:
        with room.imports.taking_in(Bringing("registry", (), "e"), "王某", ()) as taking:
            taking.add(stated("甲"))
            inside.set()
            leave.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    assert inside.wait(30)
    with monkeypatch.context() as short:
        short.setattr(database, "BUSY_SECONDS", 0.05)
        write("乙")
    other = threading.Thread(target=write, args=("丙",))
    other.start()
    leave.set()
    holder.join()
    other.join()
    assert isinstance(waited[0], WorkspaceError)
    assert waited[1:] == [2]
    assert sorted(one.statement.name for one in room.imports.statements()) == ["丙", "甲"]


def test_a_firm_of_a_county_of_the_same_city_is_near(room: Room) -> None:
    room.take(stated("甲有限公司", 2), stated("甲股份有限公司", 3, seat=SIHUI))
    assert list(room.firms().values()) == [[2, 3]]
