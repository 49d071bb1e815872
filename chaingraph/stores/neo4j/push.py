"""Pushes a snapshot to a server: batch by batch, only what differs, so that a broken push goes on where it stopped."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from chaingraph.errors import StoreError, Text
from chaingraph.stores.neo4j import LAYOUT
from chaingraph.stores.neo4j.batches import SOURCES, TIES, digest_of, rows_of_nodes, rows_of_relationships, totals_of
from chaingraph.stores.neo4j.schema import FOR_READING, FOR_WRITING, make_schema
from chaingraph.stores.neo4j.sheets import TOLD_BY_SOURCES
from chaingraph.stores.neo4j.standing import graph
from chaingraph.stores.neo4j.statements import status, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from chaingraph.stores.neo4j.graph_sheets import GraphSheets
    from chaingraph.stores.neo4j.server import Server
    from chaingraph.stores.neo4j.sheets import Batch, Pusher
    from chaingraph.stores.neo4j.statements import Statement

    Rows = Sequence[dict[str, Any]]
    Step = tuple[Statement[Any], dict[str, Any]]


class _Digest(NamedTuple):
    id: str
    digest: str


class _Held(NamedTuple):
    held: bool


class _Written(NamedTuple):
    written: int


class _Removed(NamedTuple):
    removed: int


_BEGIN: Statement[Any] = write("begin", "layout", "push", "pushed_by", "pushed_from")
_HOLD: Statement[Any] = write("hold", "push", row=_Held)
_STRAYS: Statement[Any] = write("strays")
_FINISH: Statement[Any] = write("finish", "properties")
_BATCHES = status("batches", _Digest)
_BATCH: Statement[Any] = write("batch", "id", "digest")
ENTITIES: Statement[Any] = write("entities", "batch", "label", "rows")
_SOURCES: Statement[Any] = write("sources", "batch", "rows")
_LEAVING: Statement[Any] = write("leaving", "batch", "ids")
_FORGET: Statement[Any] = write("forget", "id")
_UNTIE: Statement[Any] = write("untie", "batch")
RELATIONSHIPS = write("relationships", "rows", row=_Written)
TOLD = write("told", "rows", row=_Written)
_REMOVE = write("remove", "most", row=_Removed)

AT_ONCE = 10_000
"""So many rows go to the server in one statement."""


class Pushed(NamedTuple):
    """What a push did: how much it wrote, how much it removed, and how many of all batches were as they should be."""

    nodes: int
    relationships: int
    removed: int
    batches: int
    unchanged: int
    before: str | None
    """The hash that named what the server held before."""


def push(
    server: Server,
    sheets: GraphSheets,
    pusher: Pusher,
    progress: Callable[[str, float], None] | None = None,
    *,
    anew: bool = False,
) -> Pushed:
    """Makes the graph on the server that of a snapshot.

    Nodes come first, then relationships, and what has left goes last: a push that breaks off leaves batches that are
    whole, and the next one writes the others.

    Parameters
    ----------
    progress
        Called with a label and the share done, 0 to 1.
    anew
        Write every batch, also those that are known to be as they should be: for a graph that was changed by hand.

    Raises
    ------
    StoreError
        If the server cannot be reached or refuses.
    """
    make_schema(server, FOR_WRITING)
    there = graph(server)
    before = there.snapshot if there and there.complete else None
    ours = there is not None and (there.layout, there.pushed_from) == (LAYOUT, pusher.from_)
    if before == sheets.name and ours and not anew:
        make_schema(server, FOR_READING)
        batches = _steps(sheets.batches())
        return Pushed(0, 0, 0, batches, batches, before)
    return _Push(server, sheets, pusher, progress, anew).run(broken=before is None)._replace(before=before)


class _Moved(Exception):
    """Another push wrote while this one compared: it has to compare anew."""


class _Push:
    """One push: what the server has, and what was done so far."""

    def __init__(
        self,
        server: Server,
        sheets: GraphSheets,
        pusher: Pusher,
        progress: Callable[[str, float], None] | None,
        anew: bool,
    ) -> None:
        self._server = server
        self._sheets = sheets
        self._pusher = pusher
        self._progress = progress
        self._anew = anew
        self._name = uuid4().hex
        self._begun = self._first = False
        self._known = self._digests()
        self._batches = sheets.batches()
        self._done = self._nodes = self._relationships = self._unchanged = 0
        self._counts: Counter[str] = Counter()

    def run(self, broken: bool) -> Pushed:
        """Writes what differs; behind a ``broken`` push something may wait to be removed."""
        try:
            if broken:
                self._begin()
            return self._run()
        except _Moved:
            # The graph is ours from here on, so that this happens once.
            self._done = self._nodes = self._relationships = self._unchanged = 0
            self._counts.clear()
            return self._run()

    def _run(self) -> Pushed:
        if self._anew:
            self._write([(_STRAYS, {})])
        # A server without batches holds nothing that could leave.
        self._first = not self._known
        for batch, rows, digest in _made_ahead([SOURCES, *self._batches], self._nodes_of):
            self._write_nodes(batch, rows, digest)
        self._forget({SOURCES.id, *(batch.id for batch in self._batches)})
        for batch, rows, digest in _made_ahead(self._batches, self._relationships_of):
            self._write_relationships(batch, rows, digest)
        removed = self._remove()
        make_schema(self._server, FOR_READING)
        told = {**self._sheets.graph(), "snapshot": self._sheets.name, "totals": totals_of(self._counts)}
        told |= {"pushed_by": self._pusher.by, "pushed_from": self._pusher.from_}
        self._write([(_FINISH, {"properties": told})])
        return Pushed(self._nodes, self._relationships, removed, _steps(self._batches), self._unchanged, None)

    def _nodes_of(self, batch: Batch) -> Rows:
        return rows_of_nodes(self._sheets.sources() if batch.label == SOURCES.label else self._sheets.nodes(batch))

    def _relationships_of(self, batch: Batch) -> Rows:
        return rows_of_relationships(self._sheets.relationships(batch))

    def _digests(self) -> dict[str, str]:
        """The digests of the batches that are on the server; unknown where all are to be written."""
        return {key: "" if self._anew else digest for key, digest in self._server.rows(_BATCHES)}

    def _begin(self) -> None:
        """Keeps readers and other pushes out; not before there is something to write."""
        who = {"pushed_by": self._pusher.by, "pushed_from": self._pusher.from_}
        self._server.write(_BEGIN, layout=LAYOUT, push=self._name, **who)
        self._begun = True
        before, self._known = self._known, self._digests()
        if before != self._known:
            raise _Moved

    def _write(self, steps: Sequence[Step]) -> list[list[Any]]:
        """Writes in one transaction, if the graph is still this push's to write."""
        if not self._begun:
            self._begin()
        answers = self._server.write_together(steps, (_HOLD, {"push": self._name}))
        if answers is None:
            raise _overtaken()
        return answers

    def _advance(self, label: str) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(label, self._done / _steps(self._batches))

    def _write_nodes(self, batch: Batch, rows: Rows, digest: str) -> None:
        """Writes the nodes of a batch, and marks what it holds no more."""
        self._counts[batch.label] += len(rows)
        if self._known.get(batch.id) == digest:
            self._unchanged += 1
        else:
            steps = [_nodes(batch, part) for part in _parts(rows)]
            if not self._first:
                steps.append((_LEAVING, {"batch": batch.id, "ids": [row["id"] for row in rows]}))
            self._write([*steps, (_BATCH, {"id": batch.id, "digest": digest})])
            self._nodes += len(rows)
        self._advance(_told_of(batch))

    def _write_relationships(self, batch: Batch, rows: Rows, digest: str) -> None:
        """Writes the relationships of a batch in place of those that it had."""
        self._counts.update(row["type"] for row in rows)
        if self._known.get(batch.id + TIES) == digest:
            self._unchanged += 1
        else:
            told = [row for row in rows if row["type"] in TOLD_BY_SOURCES]
            between = [row for row in rows if row["type"] not in TOLD_BY_SOURCES]
            steps: list[Step] = [] if self._first else [(_UNTIE, {"batch": batch.id})]
            steps += [(TOLD, {"rows": part}) for part in _parts(told)]
            steps += [(RELATIONSHIPS, {"rows": part}) for part in _parts(between)]
            steps.append((_BATCH, {"id": batch.id + TIES, "digest": digest}))
            answers = self._write(steps)
            written = sum(row.written for answer in answers for row in answer if isinstance(row, _Written))
            if written != len(rows):
                raise _lacking(len(rows) - written)
            self._relationships += written
        self._advance(_told_of(batch))

    def _forget(self, batches: set[str]) -> None:
        """Forgets the batches that are no more; what was in one and is in no other leaves the graph."""
        for key in self._known:
            if key.removesuffix(TIES) not in batches:
                self._write([(_LEAVING, {"batch": key, "ids": []}), (_FORGET, {"id": key})])

    def _remove(self) -> int:
        """Removes what has left, last of all: only now has nothing a relationship to it."""
        total = 0
        while self._begun and (removed := self._write([(_REMOVE, {"most": AT_ONCE})])[0][0].removed):
            total += removed
        return total


def _made_ahead(batches: Sequence[Batch], make: Callable[[Batch], Rows]) -> Iterator[tuple[Batch, Rows, str]]:
    """Each batch with its rows and their digest: those of the next are made while the server writes."""

    def made(batch: Batch) -> tuple[Batch, Rows, str]:
        rows = make(batch)
        return batch, rows, digest_of(rows)

    with ThreadPoolExecutor(1) as thread:
        ahead = [thread.submit(made, batch) for batch in batches[:1]]
        for following in batches[1:]:
            ahead.append(thread.submit(made, following))
            yield ahead.pop(0).result()
        for last in ahead:
            yield last.result()


def _steps(batches: Sequence[Batch]) -> int:
    """How many batches there are to compare: the sources, and of the others the nodes and the relationships apart."""
    return 2 * len(batches) + 1


def _told_of(batch: Batch) -> str:
    """What a batch is of, as a word of the product."""
    return "policies" if batch.label == "Policy" else f"{batch.label.lower()}s"


def _nodes(batch: Batch, rows: Rows) -> Step:
    if batch.label == SOURCES.label:
        return _SOURCES, {"batch": batch.id, "rows": rows}
    return ENTITIES, {"batch": batch.id, "label": batch.label, "rows": rows}


def _overtaken() -> StoreError:
    return StoreError(
        Text(
            "同时有另一个推送在写，这一个到此为止：等它完成后再推送一次",
            "another push has begun, so this one has stopped: let that one end, then push again",
        )
    )


def _lacking(count: int) -> StoreError:
    return StoreError(
        Text(
            f"有 {count} 条关系找不到两端的对象，已停止：推送期间有人改动了服务器上的图谱。重写全部：push --anew",
            f"{count} relationships lack an end, so the push has stopped: somebody changed the graph on the server "
            "meanwhile; to write all of it: push --anew",
        )
    )


def _parts(rows: Rows) -> Iterator[Rows]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
