"""Builds small folders in the format of ChainKnowledgeGraph and reads them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from chaingraph.sources.chainkg import ChainKg, read_chainkg
from chaingraph.sources.places import Places

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.model.statement import Refusal, Statement

PLACES = Places(
    [
        ("100000", "中国", "country", ""),
        ("370000", "山东省", "province", "100000"),
        ("370200", "青岛市", "city", "370000"),
        ("440000", "广东省", "province", "100000"),
    ]
)
SH, SZ = "上海证券交易所", "深圳证券交易所"


def company(code: str, name: str = "海澄股份", fullname: str = "青岛海澄股份有限公司", **more: str) -> dict[str, Any]:
    """A row of company.json; its exchange as the real file words it."""
    location = SH if code.startswith(("6", "9")) else SZ
    return {"name": name, "fullname": fullname, "code": code, "location": location, "time": "2020-05-06"} | more


def product(code: str, name: str, weight: object = 0.5, **more: object) -> dict[str, Any]:
    """A row of company_product.json."""
    row = {
        "company_code": code,
        "product_name": name,
        "rel_weight": weight,
        "rel": "主营产品",
        "company_name": "海澄股份",
    }
    return row | more


def lines(rows: list[Any]) -> str:
    return "".join(f"{row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)}\n" for row in rows)


class Folder:
    """A folder in that repository's format, and what was refused when it was read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.refused: list[Refusal] = []

    def write(self, companies: list[Any], products: list[Any]) -> Folder:
        self.path.mkdir(exist_ok=True)
        (self.path / "company.json").write_text(lines(companies), encoding="utf-8")
        (self.path / "company_product.json").write_text(lines(products), encoding="utf-8")
        return self

    def read(self) -> ChainKg:
        self.refused.clear()
        return read_chainkg(self.path, PLACES, self.refused.append)

    def only(self) -> Statement:
        (statement,) = self.read().statements
        return statement

    def kinds(self) -> list[tuple[str, int, str, str, bool]]:
        return [(r.file, r.row, r.field, r.kind, r.whole) for r in self.refused]
