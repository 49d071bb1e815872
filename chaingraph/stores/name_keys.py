"""Writes what names lead to which record: by a key of the whole name here, by parts and sounds in the name index."""

from __future__ import annotations

from array import array
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from chaingraph.stores.keys import name_key
from chaingraph.stores.names import MoreNames, index_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from chaingraph.stores.imported import Imported
    from chaingraph.stores.snapshot_writer import Writer


def write_names(
    records: Sequence[dict[str, Any]], imported: Imported | None, rows: NDArray[np.int32], writer: Writer
) -> None:
    """Writes both indexes; ``rows`` are the records of the firms of ``imported``."""
    _write_keys(records, imported, rows, writer)
    more = None if imported is None else MoreNames(rows, partial(_joined, imported))
    index_names(records, writer, more)


def _write_keys(
    records: Sequence[dict[str, Any]], imported: Imported | None, rows: NDArray[np.int32], writer: Writer
) -> None:
    """Writes the keys of whole names, with the record of each; what that takes is free again before the index."""
    keys, owners = array("q"), array("i")
    for row, record in enumerate(records):
        for name in record["names"]:
            keys.append(name_key(name))
            owners.append(row)
    if imported is not None:
        for number, row in enumerate(rows.tolist()):
            for name in (imported.ids[number], *_names(imported, number)):
                keys.append(name_key(name))
                owners.append(row)
    key, owner = np.array(keys, dtype=np.int64), np.array(owners, dtype=np.int32)
    order = np.lexsort((owner, key))
    key, owner = key[order], owner[order]
    first = np.flatnonzero((np.diff(key, prepend=-1) != 0) | (np.diff(owner, prepend=-1) != 0))
    writer.column("name_key", key[first])
    writer.column("name_record", owner[first])


def _joined(imported: Imported, number: int) -> str:
    return "\n".join(_names(imported, number))


def _names(imported: Imported, number: int) -> Iterator[str]:
    """The names of a firm: of one that a pack knows those that the imports add."""
    if not imported.in_packs[number]:
        yield imported.name[number]
        if imported.short_name[number]:
            yield imported.short_name[number]
    if imported.other_names[number]:
        yield from imported.other_names[number].split("\n")
