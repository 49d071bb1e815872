"""An import while it goes on: statements are resolved and written batch by batch, in one transaction."""

from __future__ import annotations

import gc
import json
from typing import TYPE_CHECKING

from chaingraph.errors import DataError, Text
from chaingraph.imports.firm_ids import of_a_pack
from chaingraph.imports.ground import face_of
from chaingraph.imports.resolution import resolve
from chaingraph.imports.statement_rows import INSERT, row_of

if TYPE_CHECKING:
    import sqlite3
    from typing import Any

    from chaingraph.imports.ground import Face, Ground
    from chaingraph.imports.records import Bringing
    from chaingraph.imports.resolution import Candidate
    from chaingraph.model.statement import Statement

BATCH = 10_000
"""Statements resolved at once: enough that a query a batch costs little, some tens of megabytes."""


class TakingIn:
    """An open import. ``bringing`` may be told more of while its files are read.

    ``counts`` is kept with it: what is counted elsewhere (refusals by kind) may be added. Its own counts are
    ``statements``, ``new_firms``, ``of_packs`` (statements of firms that packs know) and ``reviews`` (pairs of firms
    laid before a person).
    """

    def __init__(self, connection: sqlite3.Connection, number: int, bringing: Bringing, ground: Ground) -> None:
        self.number = number
        self.bringing = bringing
        self.counts = {"statements": 0, "new_firms": 0, "of_packs": 0, "reviews": 0}
        self._connection = connection
        self._ground = ground
        self._waiting: list[Statement] = []

    def add(self, statement: Statement) -> None:
        """Takes in a statement."""
        self._waiting.append(statement)
        if len(self._waiting) == BATCH:
            self.flush()

    def flush(self) -> None:
        """Resolves and writes what waits.

        Raises
        ------
        DataError
            If a text cannot be written down.
        """
        waiting, self._waiting = self._waiting, []
        collects = gc.isenabled()
        # A batch is a hundred thousand tuples and no cycle: looking through them again and again costs a quarter.
        gc.disable()
        try:
            self._write([face_of(statement, self._ground.places) for statement in waiting])
        except UnicodeEncodeError as error:
            bad = next((statement for statement in waiting if _unwritable(statement)), waiting[0])
            raise DataError(
                Text(
                    f"{bad.file} 第 {bad.row} 行含有无法保存的字符：请在原文件中删去后重新导入，什么都没有写入",
                    f"{bad.file}, row {bad.row} holds a character that cannot be kept: take it out of the file and "
                    "import again, nothing was written",
                )
            ) from error
        finally:
            if collects:
                gc.enable()

    def _write(self, faces: list[Face]) -> None:
        ground, number = self._ground, self.number
        ground.load(faces)
        statements, keys, reviews = [], [], []
        for face in faces:
            there = {own for own in (face.own, face.unlisted) if ground.there(own) is not None}
            firm, candidates, listed = resolve(face, ground)
            if of_a_pack(firm):
                self.counts["of_packs"] += 1
            elif firm in (face.own, face.unlisted) and firm not in there:
                self.counts["new_firms"] += 1
            reviews += [self._review(face, firm, candidate) for candidate in candidates]
            own = ground.unmerged(face, firm)
            statements.append(row_of(number, own, face.statement))
            keys += [
                (value, own, number, entry.said, entry.seat) for value, entry in ground.learn(face, own, listed=listed)
            ]
        self.counts["statements"] += len(faces)
        execute = self._connection.executemany
        execute(INSERT, statements)
        keys.sort()
        execute("INSERT OR IGNORE INTO keys (value, firm, import, said, seat) VALUES (?, ?, ?, ?, ?)", keys)
        if reviews:
            written = execute(
                "INSERT OR IGNORE INTO reviews (import, firm, other, kind, score, told) VALUES (?, ?, ?, ?, ?, ?)",
                reviews,
            )
            self.counts["reviews"] += written.rowcount

    def _review(self, face: Face, firm: str, candidate: Candidate) -> tuple[Any, ...]:
        mine = face.statement
        told = {"mine": mine.name, "theirs": self._ground.name(candidate.other)}
        if candidate.doubt == "other_code":
            told["code"] = mine.credit_code or ""
            told["their_code"] = "、".join(sorted(self._ground.codes(candidate.other)))
        elif candidate.doubt == "other_listing":
            told["code"] = mine.listing_code or ""
            told["their_code"] = "、".join(sorted(self._ground.listings(candidate.other)))
        text = json.dumps(told, ensure_ascii=False)
        return (self.number, firm, candidate.other, candidate.doubt, candidate.score, text)


def _unwritable(statement: Statement) -> bool:
    try:
        json.dumps(statement, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False
