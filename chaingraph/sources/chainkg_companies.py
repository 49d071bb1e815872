"""The companies of ChainKnowledgeGraph: codes, names and their dirt, one company a listing code."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from chaingraph.errors import Text
from chaingraph.sources.chainkg_files import COMPANY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chaingraph.sources.chainkg_files import Refusals, Row

_CODE = re.compile(r"([0-9]{6})(?:\.([A-Z]{2}))?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_NUMBERS = {"0": "SZ", "2": "SZ", "3": "SZ", "4": "BJ", "6": "SH", "8": "BJ", "9": "SH"}
"""The exchange by a code's first digit: 6 and 9 (B shares) Shanghai, 0, 2 (B shares) and 3 Shenzhen, 4 and 8 Beijing.

The number spaces of the exchanges do not overlap, so that a bare code tells its exchange. ``920`` is Beijing's too.
"""

_EXCHANGES = {"上海": "SH", "深圳": "SZ", "北京": "BJ"}

_OPENED = {
    **dict.fromkeys(("688", "689"), "2019-07-22"),
    **dict.fromkeys(("300", "301"), "2009-10-30"),
    "002": "2004-06-25",
}
"""The first day of trade on the boards whose codes begin so: the STAR market, ChiNext, Shenzhen's SME board.

A row whose company was listed before its code's board opened bears the code and the short name of another company: of
the repository's rows 23 do, nineteen of them under the codes of 龙软科技 and 映翰通.
"""

_MARKED = re.compile(r"^(?:S\*ST|SST|\*ST|ST|PT|XD|XR|DR|退市|[NCSG](?=[\u4e00-\u9fff]))|退$|\(退市\)$")
"""Passing marks of the exchanges: risk warnings, rights, a first day, a reform pending, a delisting."""

_CLASS = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:A|B股|B|-U|-W|-UW|-WD)$")
"""The class of the share, or how its votes or profits stand."""

_ALSO = re.compile(r"\s*\((?:以下)?简称\s*[::]?\s*([^()]+)\)$")


class Company(NamedTuple):
    """A company of ``company.json``. ``row`` is the line that holds; ``names`` are its other names, full and short."""

    row: int
    name: str
    short_name: str | None
    names: tuple[str, ...]
    listing_code: str | None
    listed: str | None


def listing_code(code: str) -> str | None:
    """A code with its exchange, or None where it is no code of a share listed in mainland China.

    >>> listing_code("301079"), listing_code("002958.sz"), listing_code("00700.HK")
    ('301079.SZ', '002958.SZ', None)
    """
    found = _CODE.fullmatch(normalize("NFKC", code).strip().upper())
    if not found:
        return None
    number, exchange = found[1], _NUMBERS.get(found[1][0])
    if number.startswith("920"):
        exchange = "BJ"
    return f"{number}.{exchange}" if exchange and found[2] in (None, *_EXCHANGES.values()) else None


def plain_short_name(short: str) -> str | None:
    """A short name without the class of the share; None where it bears a passing mark.

    To make room for a mark the exchange cuts the name (德豪润达 is ``*ST德豪``), and what is left is nobody's name.

    >>> plain_short_name("深天马A"), plain_short_name("TCL集团"), plain_short_name("*ST德豪")
    ('深天马', 'TCL集团', None)
    """
    return None if not short or _MARKED.search(short) else _CLASS.sub("", short)


def read_companies(rows: Iterable[Row], refusals: Refusals) -> list[Company]:
    """The companies in the order of their rows, one a listing code.

    Rows of one code with one listing day are one company that was renamed: the upper row holds, since the repository
    puts newer rows above (海尔智家 above 青岛海尔), and the others' names become names of it. Rows of one code with
    different listing days are different companies, of which nothing tells whose the code is: each keeps its full name
    and none the code.
    """
    by_code: dict[str, list[Company]] = {}
    companies: list[Company] = []
    for row in rows:
        company = _company(row, refusals)
        if company is None:
            continue
        if company.listing_code is None:
            companies.append(company)
        else:
            by_code.setdefault(company.listing_code, []).append(company)
    for code, same in by_code.items():
        if len({company.listed for company in same if company.listed}) > 1:
            what = Text(f"上市日期不同的多行同用代码 {code}", f"rows with different listing days share the code {code}")
            companies += [_without_code(company, what, "code_conflict", refusals) for company in same]
        else:
            companies.append(_renamed(same, refusals))
    return sorted(companies)


def _company(row: Row, refusals: Refusals) -> Company | None:
    at = (COMPANY, row.number)
    written = row.text("fullname")
    if not written:
        what = Text("缺少公司全称", "the company's full name is missing")
        refusals.row(at, "fullname", row.said.get("fullname"), "missing_name", what, _FILL)
        return None
    name, also = _full_name(written)
    short = row.text("name")
    plain = plain_short_name(short)
    listed = _listed(row, refusals)
    company = Company(row.number, name, plain, _others((name, plain), (also, short)), _code(row, refusals), listed)
    code = company.listing_code
    opened = _OPENED.get(code[:3], "") if code else ""
    if listed and listed < opened:
        what = Text(
            f"代码 {code} 所在板块 {opened} 才开市，而该企业 {listed} 已上市：代码和简称属于另一家企业",
            f"the board of {code} opened on {opened}, but the company was listed on {listed}: code and short name are "
            "another's",
        )
        return _without_code(company, what, "code_of_another", refusals)
    return company


def _full_name(written: str) -> tuple[str, str]:
    """A full name as the register writes it, with full-width brackets, and the short form that it may end with."""
    name = written.replace("（", "(").replace("）", ")")
    also = _ALSO.search(name)
    if also:
        name = name[: also.start()]
    return name.replace("(", "（").replace(")", "）"), also[1].strip() if also else ""


def _code(row: Row, refusals: Refusals) -> str | None:
    """The row's listing code; where its suffix or its exchange contradicts the number, the number holds."""
    at, written = (COMPANY, row.number), row.text("code")
    code = listing_code(written)
    if code is None:
        what = Text("不是沪深北交易所的证券代码", "no listing code of Shanghai, Shenzhen or Beijing")
        refusals.value(at, "code", row.said.get("code"), "listing_code", what, _FILL)
        return None
    suffix = normalize("NFKC", written).upper().partition(".")[2]
    place = row.text("location")
    exchange = _EXCHANGES.get(place[:2]) if "交易所" in place else None
    mend = Text(f"按号段取 {code}", f"{code} is taken, by the range of its number")
    if suffix and not code.endswith(suffix):
        what = Text("代码后缀与号段不符", "the code's suffix does not fit its number")
        refusals.value(at, "code", written, "exchange_conflict", what, mend)
    if exchange and not code.endswith(exchange):
        what = Text("交易所与代码不符", "the exchange does not fit the code")
        refusals.value(at, "location", place, "exchange_conflict", what, mend)
    elif place and not exchange:
        what = Text("不是交易所（该行可能错位）", "no exchange (the row may have shifted)")
        refusals.value(at, "location", place, "exchange_unknown", what, mend)
    return code


def _listed(row: Row, refusals: Refusals) -> str | None:
    written = row.text("time")
    if _is_past(written):
        return written
    if written:
        what = Text("不是过去的上市日期（该行可能错位）", "no past day of listing (the row may have shifted)")
        mend = Text("按未知处理，其余照收", "it counts as unknown; the rest of the row is taken")
        refusals.value((COMPANY, row.number), "time", written, "listing_day", what, mend)
    return None


def _is_past(day: str) -> bool:
    try:
        return _DAY.fullmatch(day) is not None and date.fromisoformat(day) <= date.today()
    except ValueError:
        return False


def _renamed(same: list[Company], refusals: Refusals) -> Company:
    """The company of rows that share a code: the first row's, with the other rows' names."""
    first = same[0]
    names = [name for other in same[1:] for name in (other.name, other.short_name or "", *other.names)]
    for other in same[1:]:
        what = Text(f"与第 {first.row} 行为同一代码 {first.listing_code}", f"the code is that of line {first.row}")
        mend = Text("按同一家企业处理，名称留作曾用名", "taken as one firm; the names are kept as former names")
        refusals.row((COMPANY, other.row), "code", first.listing_code, "duplicate_company", what, mend)
    listed = next((company.listed for company in same if company.listed), None)
    return first._replace(names=_others((first.name, first.short_name), (*first.names, *names)), listed=listed)


def _without_code(company: Company, what: Text, kind: str, refusals: Refusals) -> Company:
    """The company without the code and the short name, which are not known to be its own."""
    mend = Text("只收全称；可补正代码后重新导入", "the full name alone is taken; mend the code and import again")
    refusals.value((COMPANY, company.row), "code", company.listing_code, kind, what, mend)
    return company._replace(short_name=None, names=(), listing_code=None)


def _others(names: tuple[str | None, ...], also: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in also if name and name not in names))


_FILL = Text("补全后重新导入", "fill it in and import again")
