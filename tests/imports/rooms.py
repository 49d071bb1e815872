"""A room to fill in tests: statements and packs' firms in few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chaingraph.imports.records import Bringing, Known
from chaingraph.imports.room import Imports
from chaingraph.model.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CODES = ("914412001234567890", "91441200AAAAAAAAA1", "91441200BBBBBBBBB2", "91441200CCCCCCCCC3")
ZHAOQING, SIHUI, FOSHAN = "441200", "441284", "440600"
PLACES = ("广东省", "肇庆市", "四会市", "佛山市", "上海市")


def stated(name: str, row: int = 2, seat: str = ZHAOQING, **values: Any) -> Statement:
    """A row of a registry."""
    return Statement("名录.csv", row, name, seat=seat, **values)


def known(id_: str, name: str, *names: str, seat: str = ZHAOQING, **codes: str) -> Known:
    """A firm of a pack."""
    return Known(id_, name, names, seat=seat, **codes)


class Room:
    """The imports of a workspace, and the packs that imports are resolved against."""

    def __init__(self, workspace: Path, *packs: Known) -> None:
        self.imports = Imports.at(workspace)
        self.packs: Sequence[Known] = packs

    def take(self, *statements: Statement, as_of: str | None = "2026-05-01", digest: str = "d") -> int:
        """Imports statements; the import's number."""
        bringing = Bringing("registry", ("名录.csv",), digest, as_of=as_of)
        with self.imports.taking_in(bringing, "王某", self.packs, PLACES) as taking:
            for statement in statements:
                taking.add(statement)
        return taking.number

    def firms(self) -> dict[str, list[int]]:
        """The rows in force by firm."""
        rows: dict[str, list[int]] = {}
        for one in self.imports.statements():
            rows.setdefault(one.firm, []).append(one.statement.row)
        return rows

    def asked(self) -> list[tuple[str, str, str]]:
        """The open reviews: both firms, and the reason in Chinese."""
        return [(row.firm, row.other, row.why.zh) for row in self.imports.review()]
