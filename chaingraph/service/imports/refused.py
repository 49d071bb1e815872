"""Refusals of an import: counted by kind with a first place each, and all of them written where that is asked for."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from chaingraph.export.files import write_atomic
from chaingraph.model.import_report import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.errors import Lang
    from chaingraph.model.statement import Refusal

REFUSED = "refused_"
"""What the names of the counts of refusals begin with."""
_HEADS = ("文件", "行", "列", "值", "类别", "问题", "如何改")


class Refusals:
    """Counts refusals.

    Parameters
    ----------
    path
        The CSV file for all of them; None where only counts are wanted.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._first: dict[str, Refusal] = {}
        self._counts: dict[str, int] = {}
        self._all: list[Refusal] = []

    def add(self, refusal: Refusal) -> None:
        """Takes a refusal down."""
        self._first.setdefault(refusal.kind, refusal)
        self._counts[refusal.kind] = self._counts.get(refusal.kind, 0) + 1
        if self.path is not None:
            self._all.append(refusal)

    def counts(self) -> dict[str, int]:
        """How many of each kind."""
        return {f"{REFUSED}{kind}": count for kind, count in sorted(self._counts.items())}

    def first(self) -> Refusal | None:
        """The first refusal, None where there is none."""
        return next(iter(self._first.values()), None)

    def told(self, lang: Lang) -> tuple[Refused, ...]:
        """Each kind with its count and first place, whole rows before values, the most frequent first."""
        rows = [
            Refused(
                kind,
                self._counts[kind],
                one.whole,
                one.file,
                one.row,
                one.field,
                one.value,
                one.what.in_(lang),
                one.mend.in_(lang),
            )
            for kind, one in self._first.items()
        ]
        return tuple(sorted(rows, key=lambda row: (not row.whole, -row.count, row.kind)))

    def write(self) -> None:
        """Writes all refusals, as UTF-8 with BOM for Excel."""
        if self.path is None:
            return
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(_HEADS)
        for one in self._all:
            cells = (one.file, one.row, one.field, one.value, one.kind, one.what.zh, one.mend.zh)
            writer.writerow(f"'{cell}" if str(cell).startswith(("=", "+", "-", "@")) else cell for cell in cells)
        write_atomic(self.path, out.getvalue().encode("utf-8-sig"))
