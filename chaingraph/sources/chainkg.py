"""Reads ChainKnowledgeGraph: listed companies and what they make, each product with its share of revenue where sane."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.errors import DataError, Text
from chaingraph.model.statement import Product, Statement
from chaingraph.sources.chainkg_companies import Company, listing_code, plain_short_name, read_companies
from chaingraph.sources.chainkg_files import (
    COMPANY,
    COMPANY_PRODUCT,
    NEEDED,
    Read,
    Refusals,
    count_rows,
    find_files,
    read_rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from chaingraph.model.statement import Refusal
    from chaingraph.sources.chainkg_files import Row
    from chaingraph.sources.places import Places

_MAKES = "主营产品"

_FILLER = 0.001
"""The weight that the repository gives every product it took from a business scope, where no report states a share.

Over a quarter of its rows bear it, where any other share stands in a handful; it is a filler and says nothing.
"""

_BOOKKEEPING = re.compile(r"抵[销銷减](?:数|额|金额)?$|^(?:平衡|调整)项目?$|^未分配")
"""What a segment report adds so that its sums come out: balancing items, eliminations between segments. No products."""


class Counts(NamedTuple):
    """What was read and what became of it.

    ``rows`` are the rows of each file that was read: each is a statement or a product, or a refusal of a whole row.
    ``unused`` are the rows of files that say nothing of firms. ``joined`` counts the products that met a company of
    ``company.json``; ``products`` all that stand in the statements, ``shares`` those of them with a share. ``refused``
    counts refusals by kind.
    """

    rows: dict[str, int]
    unused: dict[str, int]
    joined: int
    products: int
    shares: int
    refused: dict[str, int]


class ChainKg(NamedTuple):
    """A folder of ChainKnowledgeGraph as statements.

    ``as_of`` is the latest day on which one of its companies was listed, the nearest that the files come to a date of
    their own; ``products_as_of`` is the same over the companies that have products, which were collected earlier than
    the companies. Both are None where no row tells a day.
    """

    statements: list[Statement]
    as_of: str | None
    products_as_of: str | None
    counts: Counts


class _Made(NamedTuple):
    """A product as a row states it."""

    row: int
    share: float | None


class _Stated(NamedTuple):
    """The products of one code by name, with the first name that its rows give the company."""

    company: str
    made: dict[str, _Made]


def read_chainkg(
    folder: Path,
    places: Places,
    on_refusal: Callable[[Refusal], None],
    progress: Callable[[float], None] | None = None,
) -> ChainKg:
    """Reads the folder ``data`` of ChainKnowledgeGraph, or the repository that holds it.

    Companies and products are joined by the six digits of their codes. A share is taken where 0 < share ≤ 1. It is that
    of the line in the report that names the product: a report splits one revenue several times, by product and by
    segment, and a line that names several products gives each of them the whole. So the shares of a firm may sum to
    more than 1, and are never to be added up.

    Parameters
    ----------
    folder
        Holds ``company.json`` and ``company_product.json``.
    places
        Tells a seat by a firm's name.
    on_refusal
        Gets every row and value that was not taken.
    progress
        Told the share of bytes read, from 0 to 1.

    Returns
    -------
    ChainKg
        Statements in the order of ``company.json``, then firms that only ``company_product.json`` names.

    Raises
    ------
    DataError
        The folder or a file in it is missing, unreadable, or not in that repository's format.
    """
    files = find_files(folder)
    refusals, rows = Refusals(on_refusal), dict[str, int]()
    read = Read(sum(_size(files[name]) for name in NEEDED), progress)
    companies = read_companies(read_rows(files[COMPANY], refusals, read, rows), refusals)
    stated = _stated(read_rows(files[COMPANY_PRODUCT], refusals, read, rows), refusals)
    codes = {company.listing_code for company in companies if company.listing_code}
    statements = [_statement(company, stated.get(company.listing_code or ""), places) for company in companies]
    strangers = [(code, said) for code, said in stated.items() if code not in codes]
    statements += [_stranger(code, said, places, refusals) for code, said in strangers if said.company]
    for code, said in strangers:
        if not said.company:
            _refuse_nameless(code, said, refusals)
    return ChainKg(
        statements,
        max((company.listed for company in companies if company.listed), default=None),
        max((c.listed for c in companies if c.listed and c.listing_code in stated), default=None),
        Counts(
            rows,
            {name: count_rows(path) for name, path in files.items() if name not in NEEDED},
            sum(len(said.made) for code, said in stated.items() if code in codes),
            sum(len(statement.products) for statement in statements),
            sum(product.share is not None for statement in statements for product in statement.products),
            dict(sorted(refusals.counts.items())),
        ),
    )


def _stated(rows: Iterable[Row], refusals: Refusals) -> dict[str, _Stated]:
    """The products of each listing code in the order of their first rows; a product once, with its larger share."""
    stated: dict[str, _Stated] = {}
    for row in rows:
        at, name, code = (COMPANY_PRODUCT, row.number), row.text("product_name"), listing_code(row.text("company_code"))
        if not name:
            what = Text("缺少产品名", "the product's name is missing")
            refusals.row(at, "product_name", row.said.get("product_name"), "missing_product", what, _FILL)
        elif code is None:
            what = Text("不是沪深北交易所的证券代码", "no listing code of Shanghai, Shenzhen or Beijing")
            refusals.row(at, "company_code", row.said.get("company_code"), "listing_code", what, _FILL)
        elif row.text("rel") not in ("", _MAKES):
            what = Text(f"关系不是“{_MAKES}”", f"the relation is not {_MAKES!r}")
            mend = Text("只收主营产品关系", "no other relation is taken from this file")
            refusals.row(at, "rel", row.text("rel"), "other_relation", what, mend)
        elif _BOOKKEEPING.search(name):
            what = Text("分部报表的平衡或抵销项，不是产品", "a balancing item of a segment report, no product")
            refusals.row(at, "product_name", name, "bookkeeping", what, _NOTHING)
        else:
            said = stated.setdefault(code, _Stated(row.text("company_name"), {}))
            if row.text("company_name") and not said.company:
                stated[code] = said = said._replace(company=row.text("company_name"))
            _add(_Made(row.number, _share(row, refusals)), name, said.made, refusals)
    for code, said in stated.items():
        _drop_mixed(code, said.made, refusals)
    return stated


def _drop_mixed(code: str, made: dict[str, _Made], refusals: Refusals) -> None:
    """Takes the shares of a firm as unknown where they sum to more than those of one year can."""
    total = sum(one.share for one in made.values() if one.share is not None)
    if total <= _MOST_SHARES:
        return
    row = min(one.row for one in made.values())
    what = Text(
        f"{code} 的占比合计 {total:.0%}，混有几年的报告", f"the shares of {code} sum to {total:.0%}: of several years"
    )
    mend = Text("产品照收，占比按未知处理", "the products are taken, their shares are unknown")
    refusals.value((COMPANY_PRODUCT, row), "rel_weight", f"{total:.2f}", "shares_mixed", what, mend)
    made.update({name: one._replace(share=None) for name, one in made.items()})


def _add(made: _Made, name: str, known: dict[str, _Made], refusals: Refusals) -> None:
    """Keeps a product once: reports list a product of a renamed company twice, with one share."""
    first = known.setdefault(name, made)
    if first is made:
        return
    what = Text(f"与第 {first.row} 行为同一企业的同一产品", f"the same product of the same firm as line {first.row}")
    mend = Text("只收一次，取较大占比", "taken once, with the larger share")
    refusals.row((COMPANY_PRODUCT, made.row), "product_name", name, "duplicate_product", what, mend)
    if made.share is not None and made.share > (first.share or 0.0):
        known[name] = first._replace(share=made.share)


def _share(row: Row, refusals: Refusals) -> float | None:
    """The share of revenue, where the weight is one; a weight that is missing is unknown and no refusal."""
    weight = row.said.get("rel_weight")
    if weight is None or (isinstance(weight, str) and not row.text("rel_weight")):
        return None
    share = _number(weight)
    if share is not None and 0.0 < share <= 1.0 and share != _FILLER:
        return share
    if share is None:
        kind, what = "share_unreadable", Text("权重不是数字", "the weight is no number")
    elif share == _FILLER:
        kind = "share_filler"
        what = Text(f"权重 {_FILLER} 是占位值，不是营收占比", f"the weight {_FILLER} is a filler, no share of revenue")
    elif share == 0.0:
        kind, what = "share_zero", Text("占比为 0，无从分辨无收入与未披露", "0 may be no revenue or none that is told")
    else:
        kind, what = "share_out_of_range", Text("占比不在 0 与 1 之间", "the share is not between 0 and 1")
    mend = Text("产品照收，占比按未知处理", "the product is taken, its share is unknown")
    refusals.value((COMPANY_PRODUCT, row.number), "rel_weight", weight, kind, what, mend)
    return None


def _number(weight: object) -> float | None:
    if isinstance(weight, bool) or not isinstance(weight, (int, float, str)):
        return None
    try:
        number = float(weight)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _statement(company: Company, stated: _Stated | None, places: Places) -> Statement:
    seat, seat_by = places.find("", "", "", None, company.name, "")
    return Statement(
        file=COMPANY,
        row=company.row,
        name=company.name,
        short_name=company.short_name,
        former_names=company.names,
        listing_code=company.listing_code,
        seat=seat,
        seat_by=seat_by,
        products=_products(stated) if stated else (),
    )


def _stranger(code: str, stated: _Stated, places: Places, refusals: Refusals) -> Statement:
    """A firm that only the products know: it stands under the short name, the one name the files give it."""
    row = min(made.row for made in stated.made.values())
    what = Text(f"{COMPANY} 没有代码 {code}", f"{COMPANY} lacks the code {code}")
    mend = Text(
        "以简称收录；补全该文件后可得全称", "taken under its short name; the full name is for that file to tell"
    )
    refusals.value((COMPANY_PRODUCT, row), "company_code", code, "unknown_company", what, mend)
    name = plain_short_name(stated.company) or stated.company
    seat, seat_by = places.find("", "", "", None, name, "")
    also = (stated.company,) if stated.company != name else ()
    return Statement(COMPANY_PRODUCT, row, name, name, also, None, code, seat, seat_by, products=_products(stated))


def _refuse_nameless(code: str, stated: _Stated, refusals: Refusals) -> None:
    for name, made in stated.made.items():
        what = Text(f"“{name}”的企业（{code}）没有名称", f"the firm of {name!r} ({code}) has no name")
        refusals.row((COMPANY_PRODUCT, made.row), "company_name", None, "missing_name", what, _FILL)


def _products(stated: _Stated) -> tuple[Product, ...]:
    return tuple(Product(name, made.share) for name, made in stated.made.items())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise DataError(
            Text(f"{path.name} 无法读取：检查文件和权限", f"{path.name} cannot be read: check the file and its rights")
        ) from error


_FILL = Text("补全后重新导入", "fill it in and import again")
_MOST_SHARES = 3.0
"""What the shares of one year can sum to: once by industry, once by product, and parts of products within them. More
is of several years, and nobody can tell which share is of which. A judgement."""
_NOTHING = Text("不必修改：该行不会计为产品", "nothing is to be mended: the row is not counted as a product")
