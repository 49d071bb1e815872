"""Statements as rows of SQLite, written and read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from chaingraph.imports.records import Stored
from chaingraph.model.statement import Product, Statement

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

_COLUMNS = ", ".join(Statement._fields)
_FORMERS = Statement._fields.index("former_names")
_PRODUCTS = Statement._fields.index("products")
INSERT = f"INSERT INTO statements (import, firm, {_COLUMNS}) VALUES (?, ?{', ?' * len(Statement._fields)})"
# Told which index to take, SQLite reads them in the firms' order instead of sorting a registry in a file of its own.
_BY_FIRM = f"SELECT firm, import, {_COLUMNS} FROM statements INDEXED BY statements_of_a_firm"


def row_of(import_: int, firm: str, statement: Statement) -> tuple[Any, ...]:
    """The values of ``INSERT``."""
    values: list[Any] = [import_, firm, *statement]
    values[_FORMERS + 2] = json.dumps(statement.former_names, ensure_ascii=False) if statement.former_names else None
    values[_PRODUCTS + 2] = json.dumps(statement.products, ensure_ascii=False) if statement.products else None
    return tuple(values)


def all_statements(connection: sqlite3.Connection) -> Iterator[Stored]:
    """All statements by the firms' ids, those of a firm in the order they were written."""
    return map(_stored, connection.execute(f"{_BY_FIRM} ORDER BY firm, number"))


def statements_of(connection: sqlite3.Connection, firms: Iterable[str]) -> Iterator[Stored]:
    """The statements of some firms, one firm after the other."""
    for firm in firms:
        rows = connection.execute(f"{_BY_FIRM} WHERE firm = ? ORDER BY number", (firm,))
        yield from map(_stored, rows)


def _stored(row: tuple[Any, ...]) -> Stored:
    firm, import_, *values = row
    formers, products = values[_FORMERS], values[_PRODUCTS]
    values[_FORMERS] = () if formers is None else tuple(json.loads(formers))
    values[_PRODUCTS] = () if products is None else tuple(Product._make(product) for product in json.loads(products))
    return Stored(firm, firm, import_, Statement._make(values))
