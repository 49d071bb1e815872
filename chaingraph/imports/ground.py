"""What is known of firms while statements are resolved: the packs', those imported before, and the batch at hand.

Everything that a firm answers to is a key: a sign for its kind, and the value. What a batch needs is read in a few
queries, so that memory does not grow with the registry.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.imports.cores import core
from chaingraph.imports.firm_ids import (
    credit_code_of,
    firm_id,
    id_of_listing_code,
    listing_code_of,
)
from chaingraph.model.firm_names import firm_name_parts

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from chaingraph.imports.cores import PlaceNames
    from chaingraph.imports.records import Known
    from chaingraph.model.statement import Statement

CODE, LISTING, NAME, FORMER, SHORT = "c", "l", "n", "f", "s"
CORE, CORE_CODED = "k", "K"
"""Cores of names of firms without and with a credit code apart: two firms with codes never resemble one another."""
CODE_OF, LISTING_OF = "@", "%"
"""The other way round: the codes of a firm whose id does not tell them."""

CROWDED = 200
"""A core that more firms share tells none apart, and is passed over. A judgement: 宏达 and 永发 stand in thousands of
names, of the packs' firms no core is shared by ten."""


_NOBODY: Sequence[Entry] = ()


class Entry(NamedTuple):
    """A firm under a key. ``said`` is the legal form with a name, the name with a core, the code with a firm."""

    firm: str
    said: str
    seat: str


class Face(NamedTuple):
    """A statement as resolution looks at it.

    ``own`` is the id of the firm if it is none that is known, ``unlisted`` the same were there no listing code;
    ``asked`` are the keys by which it may be one that is known.
    """

    statement: Statement
    plain: str
    form: str
    formers: tuple[tuple[str, str], ...]
    core: str
    own: str
    unlisted: str
    asked: tuple[str, ...]


def face_of(statement: Statement, places: PlaceNames) -> Face:
    """The face of a statement."""
    plain, form = firm_name_parts(statement.name)
    code, listing = statement.credit_code, statement.listing_code
    formers = tuple(map(firm_name_parts, statement.former_names))
    asked = [NAME + plain, FORMER + plain]
    if code is not None:
        asked.append(CODE + code)
    if listing is not None:
        asked.append(LISTING + listing)
    asked += [NAME + former for former, _ in formers]
    own = unlisted = firm_id(code, listing, plain, statement.seat)
    if listing is not None:
        unlisted = firm_id(code, None, plain, statement.seat)
    return Face(statement, plain, form, formers, core(plain, places), own, unlisted, tuple(asked))


class Ground:
    """Firms by key.

    Parameters
    ----------
    known
        The packs' firms.
    merged
        Ids that were merged, each with the one that stands for it.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        known: Iterable[Known],
        places: PlaceNames,
        merged: dict[str, str],
    ) -> None:
        self.places = places
        self._connection = connection
        self._merged = merged
        self._gone: dict[str, list[str]] = {}
        for gone, kept in merged.items():
            self._gone.setdefault(kept, []).append(gone)
        self._packs: dict[str, list[Entry]] = {}
        self._found: dict[str, list[Entry]] = {}
        self._there: set[str] = set()
        self._crowded: set[str] = set()
        self._pack_names: dict[str, str] = {}
        self._batch_names: dict[str, str] = {}
        self._listed: dict[str, set[str]] = {}
        for firm in known:
            self._add_pack(firm)

    def load(self, faces: Sequence[Face]) -> None:
        """Reads what a batch may ask for, and forgets the batch before."""
        self._found, self._batch_names = {}, {}
        values: list[str] = []
        cores = set()
        for face in faces:
            values += face.asked
            cores.add(CORE + face.core)
            if face.statement.credit_code is None:
                cores.add(CORE_CODED + face.core)
        self._read(values)
        self._read(cores - self._crowded)
        for value in cores:
            if len(self._found.get(value, ())) > CROWDED:
                self._crowded.add(value)
        owns = [own for face in faces for own in _derived(face)]
        rows = self._connection.execute(
            "SELECT DISTINCT firm FROM statements WHERE firm IN (SELECT value FROM json_each(?))", (json.dumps(owns),)
        )
        self._there = {firm for (firm,) in rows}

    def at(self, value: str) -> Sequence[Entry]:
        """The firms under a key, each once, under the id that stands for it."""
        entries = self._found.get(value, _NOBODY)
        if value in self._packs:
            entries = [*self._packs[value], *entries]
        if len(entries) < 2 and not self._merged:
            return entries
        once: dict[tuple[str, str], Entry] = {}
        for entry in entries:
            firm = self._merged.get(entry.firm, entry.firm)
            once.setdefault((firm, entry.said), entry._replace(firm=firm))
        return list(once.values())

    def crowd(self, value: str) -> Sequence[Entry]:
        """The firms with a core; none where too many share it."""
        if value in self._crowded:
            return _NOBODY
        entries = self.at(value)
        return _NOBODY if len(entries) > CROWDED else entries

    def unheard(self, face: Face) -> bool:
        """Whether nobody has a code or a name of the statement: so it is with most rows of a first registry."""
        return (
            self._there.isdisjoint(_derived(face))
            and self._found.keys().isdisjoint(face.asked)
            and self._packs.keys().isdisjoint(face.asked)
        )

    def there(self, own: str) -> str | None:
        """The id that stands for a firm of ours, None where no statement is of it."""
        return self._merged.get(own, own) if own in self._there else None

    def unmerged(self, face: Face, firm: str) -> str:
        """Of the firms that are one with ``firm`` the one that a statement is of: a merge may be taken back."""
        if firm not in self._gone:
            return firm
        told = (*(own for own in _derived(face) if own in self._there), *self._under(face.asked))
        return next((own for own in told if own == firm or self._merged.get(own) == firm), firm)

    def _under(self, values: Iterable[str]) -> Iterator[str]:
        """The firms under keys, as they were before merges."""
        for value in values:
            yield from (entry.firm for entry in (*self._packs.get(value, ()), *self._found.get(value, ())))

    def name(self, firm: str) -> str:
        """The name of a firm that is known: the pack's, else the one it was first stated under."""
        name = self._pack_names.get(firm) or self._batch_names.get(firm)
        if name is None:
            query = "SELECT name FROM statements WHERE firm = ? ORDER BY number LIMIT 1"
            row = self._connection.execute(query, (firm,)).fetchone()
            name = firm if row is None else row[0]
        return name

    def codes(self, firm: str) -> set[str]:
        """The credit codes that a firm is known by, and those of the firms merged into it."""
        return self._known_by(CODE_OF, firm, credit_code_of)

    def listings(self, firm: str) -> set[str]:
        """The listing codes that a firm is known by, and those of the firms merged into it."""
        return self._known_by(LISTING_OF, firm, listing_code_of)

    def listed_here(self, listing: str) -> set[str]:
        """The plain names under which this import has stated a listing code so far."""
        return self._listed.get(listing, set())

    def learn(self, face: Face, firm: str, *, listed: bool) -> list[tuple[str, Entry]]:
        """Takes in under which keys a statement's firm is found from now on; by its listing code where ``listed``."""
        statement = face.statement
        code, listing, seat = statement.credit_code, statement.listing_code, statement.seat
        keys = [
            (NAME + face.plain, Entry(firm, face.form, seat)),
            ((CORE if code is None else CORE_CODED) + face.core, Entry(firm, statement.name, seat)),
        ]
        keys += [(FORMER + plain, Entry(firm, form, seat)) for plain, form in face.formers]
        if code is not None and code != credit_code_of(firm):
            self.codes(firm)
            keys += [(CODE + code, Entry(firm, "", "")), (CODE_OF + firm, Entry(firm, code, ""))]
        if listing is not None and listed:
            names = (plain for plain, form in ((face.plain, face.form), *face.formers) if form)
            self._listed.setdefault(listing, set()).update(names)
            if firm != id_of_listing_code(listing):
                self.listings(firm)
                keys += [(LISTING + listing, Entry(firm, "", "")), (LISTING_OF + firm, Entry(firm, listing, ""))]
        self._there.add(firm)
        self._batch_names.setdefault(firm, statement.name)
        for value, entry in keys:
            self._found.setdefault(value, []).append(entry)
        return keys

    def _known_by(self, sign: str, firm: str, derived: Callable[[str], str | None]) -> set[str]:
        told = set()
        for one in (firm, *self._gone.get(firm, ())):
            code = derived(one)
            if code is not None:
                told.add(code)
            value = sign + one
            if value not in self._found:
                self._found[value] = []
                self._read([value])
            told.update(entry.said for entry in (*self._packs.get(value, ()), *self._found[value]))
        return told

    def _read(self, values: Iterable[str]) -> None:
        rows = self._connection.execute(
            "SELECT DISTINCT value, firm, said, seat FROM keys WHERE value IN (SELECT value FROM json_each(?))",
            (json.dumps(list(values), ensure_ascii=False),),
        )
        found = self._found
        for value, *rest in rows:
            found.setdefault(value, []).append(Entry(*rest))

    def _add_pack(self, firm: Known) -> None:
        def add(value: str, said: str) -> None:
            self._packs.setdefault(value, []).append(Entry(firm.id, said, firm.seat))

        self._pack_names[firm.id] = firm.name
        if firm.credit_code is not None:
            add(CODE + firm.credit_code, "")
            add(CODE_OF + firm.id, firm.credit_code)
        if firm.listing_code is not None:
            add(LISTING + firm.listing_code, "")
            add(LISTING_OF + firm.id, firm.listing_code)
        cores = set()
        for name in (firm.name, *firm.names):
            plain, form = firm_name_parts(name)
            # What is no full name only ever makes a candidate.
            add((NAME if form or name == firm.name else SHORT) + plain, form)
            cores.add((core(plain, self.places), name))
        for value, name in sorted(cores):
            add((CORE if firm.credit_code is None else CORE_CODED) + value, name)


def _derived(face: Face) -> tuple[str, ...]:
    """The ids under which the firm of a statement may stand already."""
    listing = face.statement.listing_code
    return (face.own,) if listing is None else (face.own, face.unlisted, id_of_listing_code(listing))
