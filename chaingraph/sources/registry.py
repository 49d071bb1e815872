"""Reads a firm directory's file (企业名录): statements one by one, and every row or value that is not taken."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.errors import DataError, Text
from chaingraph.sources.registry_file import BROKEN, open_tables
from chaingraph.sources.registry_heading import check_headers, find_heading, no_heading
from chaingraph.sources.registry_mapping import check_mapping
from chaingraph.sources.registry_notes import exported_on, publisher
from chaingraph.sources.registry_rows import TableReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from chaingraph.model.statement import Refusal, Statement
    from chaingraph.sources.places import Places
    from chaingraph.sources.registry_file import Progress

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


class Columns(NamedTuple):
    """How the headers of a file were read: by header the field that it tells, and what was passed over.

    ``unused`` are headers that are known and tell nothing that an import takes, ``unknown`` those that nobody knows.
    """

    read: Mapping[str, str]
    unused: tuple[str, ...]
    unknown: tuple[str, ...]


def read_registry(
    path: Path,
    places: Places,
    mapping: Mapping[str, str] | None = None,
    *,
    on_refusal: Callable[[Refusal], None],
    industries: Mapping[str, str] = _NO_NAMES,
    progress: Progress | None = None,
) -> RegistryFile:
    """Opens a firm directory's file and finds its headers. Its rows are read as the result is iterated.

    Parameters
    ----------
    path
        An .xlsx, or delimited text in UTF-8, UTF-16 with a mark, or GBK.
    places
        The regions that seats are looked for in.
    mapping
        The header in the file of each field that its headers do not tell; see ``read_mapping``.
    on_refusal
        Told of every row and value that is not taken.
    industries
        Codes of GB/T 4754-2017 by name.
    progress
        Told the share of the file that is read, from 0 to 1.

    Raises
    ------
    DataError
        If the file cannot be read, or no column of firm names is found in it.
    """
    fields = check_mapping(mapping or {}, path.name)
    tables = open_tables(path)
    found = [(table, heading) for table in tables if (heading := find_heading(table.head, fields))]
    if not found:
        seen = [row for table in tables for row in table.head if row[:1] != [BROKEN]]
        raise no_heading(path.name, seen, fields)
    check_headers(fields, [heading for _, heading in found], path.name)
    readers = [TableReader(table, heading, places, industries, on_refusal) for table, heading in found]
    taken = {table.name for table, _ in found}
    passed = tuple(table.name for table in tables if table.name not in taken)
    return RegistryFile(path.name, readers, passed, progress or (lambda _: None))


class RegistryFile:
    """A firm directory's file, opened.

    Parameters
    ----------
    name
        The file's name.
    columns
        How its headers were read.
    passed
        Sheets without a column of firm names, which are passed over.
    """

    def __init__(self, name: str, readers: Sequence[TableReader], passed: tuple[str, ...], progress: Progress) -> None:
        self.name = name
        self.passed = passed
        self.columns = Columns(
            {head: field for reader in readers for field, head in reader.heading.heads.items()},
            tuple(dict.fromkeys(head for reader in readers for head in reader.heading.unused)),
            tuple(dict.fromkeys(head for reader in readers for head in reader.heading.unknown)),
        )
        self._readers = readers
        self._progress = progress

    @property
    def notes(self) -> tuple[str, ...]:
        """Titles, watermarks and notes met so far; those below the firms once all rows have been read."""
        return tuple(note for reader in self._readers for note in reader.notes)

    @property
    def publisher(self) -> str | None:
        """The directory that the file comes from, where it can be told: 企查查, 天眼查, 启信宝 or 爱企查."""
        headers = (*self.columns.read, *self.columns.unused, *self.columns.unknown)
        return publisher(self.name, headers, self.notes)

    @property
    def as_of(self) -> str | None:
        """The day on which the file says that it was exported, ISO; None if it does not, or not yet."""
        return exported_on(self.notes)

    def __iter__(self) -> Iterator[Statement]:
        """The firms, row by row.

        Raises
        ------
        DataError
            If the file can no longer be read.
        """
        share = 1 / len(self._readers)
        try:
            for number, reader in enumerate(self._readers):
                yield from reader.statements(partial(self._part_read, number * share, share))
        except OSError as error:
            reason = error.strerror or str(error)
            raise DataError(
                Text(f"{self.name}：读到一半无法继续：{reason}", f"{self.name}: cannot be read on: {reason}")
            ) from error
        self._progress(1.0)

    def _part_read(self, before: float, share: float, part: float) -> None:
        self._progress(before + part * share)
