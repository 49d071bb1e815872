"""Makes statements of the rows of one table, and tells what of them is not taken."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from chaingraph.errors import Text
from chaingraph.model.statement import Product, Refusal, Statement
from chaingraph.sources import registry_values as values
from chaingraph.sources.credit_code import is_credit_code, looks_like_credit_code
from chaingraph.sources.registry_file import BROKEN
from chaingraph.sources.registry_heading import plain_header
from chaingraph.sources.registry_notes import is_note, is_total, is_unmatched
from chaingraph.sources.registry_values import Bad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from chaingraph.sources.places import Places
    from chaingraph.sources.registry_file import Progress, Table
    from chaingraph.sources.registry_heading import Heading

_NAMES = range(4, 100)
"""Lengths of names that nobody looks at twice."""
_LONGEST_NAME = 200
_LONGEST_SHOWN = 80
_MOST_KEPT = 200_000
_MOST_NOTES = 100
_WHO_AND_WHERE = (
    *("name", "credit_code", "province", "city", "county", "address"),
    *("status", "dissolved_on", "established", "listing_code"),
)
_WHAT = ("short_name", "former_names", "scale", "products", "scope")
_CAPITAL = ("capital_cny", "capital_unit", "capital_currency")
_INDUSTRY = ("industry_small", "industry_middle", "industry_large", "industry_section", "industry")
_BARE_NUMBER = re.compile(r"[\d\s.,/:-]+")


class Memo(dict[Any, Any]):
    """What a function makes of a cell, kept while there is room: most columns repeat themselves."""

    def __init__(self, parse: Callable[[Any], Any]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, key: Any) -> Any:
        if len(self) >= _MOST_KEPT:
            self.clear()
        value = self[key] = self._parse(key)
        return value


class TableReader:
    """Reads one table.

    Parameters
    ----------
    table, heading
        The table, and its header row.
    places, industries
        What tells seats and industries.
    on_refusal
        Told of each row and value that is not taken.
    """

    def __init__(
        self,
        table: Table,
        heading: Heading,
        places: Places,
        industries: Mapping[str, str],
        on_refusal: Callable[[Refusal], None],
    ) -> None:
        self.heading = heading
        self._titles = [cell.strip() for row in table.head[: heading.row] for cell in row if cell.strip()]
        self.notes = list(self._titles)
        self._table = table
        self._places = places
        self._on_refusal = on_refusal
        self._head = [plain_header(cell) for cell in table.head[heading.row]]
        self._named = max(column + 1 for column, head in enumerate(self._head) if head)
        self._told: set[tuple[str, str]] = set()
        # A column that the table lacks is read from a cell added to the end of each row, which is empty.
        self._pick, self._pick_what, self._pick_capital, self._pick_industry = (
            itemgetter(*(heading.places.get(field, heading.width) for field in fields))
            for fields in (_WHO_AND_WHERE, _WHAT, _CAPITAL, _INDUSTRY)
        )
        self._days = Memo(values.day)
        self._standings = Memo(values.standing)
        self._former = Memo(values.former_names)
        self._listed = Memo(values.listing_code)
        self._products = Memo(_products)
        self._short = Memo(lambda text: None if values.is_empty(text) else values.plain_text(text))
        self._capitals = Memo(lambda cells: values.capital_cny(cells[0], cells[1].strip() or heading.unit, cells[2]))
        self._industries = Memo(lambda cells: _most_exact(cells, industries))

    def statements(self, progress: Progress) -> Iterator[Statement]:
        """The firms of the table. A row that says just what one above it says is refused."""
        first_said: dict[int, int] = {}
        self.notes = list(self._titles)
        self._told.clear()
        width, top, faulty = self.heading.width, self.heading.row + 1, self._table.faulty
        for row, cells in self._table.rows(progress):
            if row <= top:
                continue
            if row in faulty:
                self._tell_errors(row, faulty[row])
            if (len(cells) != width or cells[0] == BROKEN) and not self._fits(row, cells):
                continue
            cells.append("")
            statement = self._statement(row, cells)
            if statement is None:
                continue
            first = first_said.setdefault(hash(statement[2:]), row)
            if first == row:
                yield statement
            else:
                self._refuse_duplicate(row, statement.name, first)

    def _statement(self, row: int, cells: list[str]) -> Statement | None:
        """What a row says, or None where it is no firm's or is refused. Runs for each row of a national registry."""
        name, code_cell, province, city, county, address, status, gone, since, listed = self._pick(cells)
        name = name.strip()
        code: Any = code_cell if is_credit_code(code_cell) else values.credit_code(code_cell)
        if (code.__class__ is not str or len(name) not in _NAMES or name[0].isdigit()) and not self._is_firm(
            row, cells, name
        ):
            return None
        if not name.isprintable() or name[0] == "'":
            if "\n" in name and _SEPARATED.search(name):
                self._refuse(row, "name", "", _UNREADABLE["open_quote"], whole=True)
                return None
            name = _one_line(name)
        standing, gone_on, established = self._standings[status], self._days[gone], self._days[since]
        capital, industry = self._capitals[self._pick_capital(cells)], self._industries[self._pick_industry(cells)]
        listing = self._listed[listed]
        found = (code, standing, gone_on, established, capital, listing, industry)
        if Bad in map(type, found):
            if self._is_shifted(cells, short=False):
                self._refuse_shifted(row)
                return None
            code, standing, gone_on, established, capital, listing, industry = self._without_bad(row, cells, found)
        if gone_on:
            standing, gone_on = self._struck_off(row, standing, status, gone, gone_on)
        seat, seat_by = self._places.find(province, city, county, code, name, address)
        if seat_by != "column" and (province or city or county):
            self._tell_unknown_place(row, province, city, county)
        short, former, scale, products, scope = self._pick_what(cells)
        if len(scope) < 8 and values.is_empty(scope):
            scope = None
        return Statement(
            *(self._table.name, row, name, self._short[short], self._former[former], code, listing, seat, seat_by),
            *(standing, gone_on, established, capital, industry, self._short[scale], scope, self._products[products]),
        )

    def _fits(self, row: int, cells: list[str]) -> bool:
        """Brings a row to the width of the header where that is safe; else refuses it."""
        width = self.heading.width
        if cells and cells[0] == BROKEN:
            self._refuse(row, "", cells[2], _UNREADABLE[cells[1]], whole=True)
            return False
        if len(cells) > width:
            if any(cell.strip() for cell in cells[width:]) and not self._is_aside(row, cells):
                self._refuse(row, "", "", _TOO_MANY, whole=True)
                return False
            del cells[width:]
        short = len(cells) < self._named
        cells.extend([""] * (width - len(cells)))
        if short and self._is_shifted([*cells, ""], short=True):
            self._refuse_shifted(row)
            return False
        return True

    def _is_aside(self, row: int, cells: Sequence[str]) -> bool:
        """Whether a row is empty, a note, or the header again; notes are kept and told."""
        said = [cell.strip() for cell in cells if cell.strip()]
        if not said:
            return True
        if [plain_header(cell) for cell in cells[: self.heading.width]] == self._head:
            self._refuse(row, "", said[0], _HEADER_AGAIN, whole=True)
            return True
        alone = len(said) == 1 and self.heading.width > 2 and not cells[self.heading.places["name"]].strip()
        if alone or is_total(said[0]) or (len(said) < 4 and is_note(said[0])):
            if len(self.notes) < _MOST_NOTES:
                self.notes.append(" ".join(said))
            self._refuse(row, "", said[0], _NOTE, whole=True)
            return True
        return False

    def _is_firm(self, row: int, cells: list[str], name: str) -> bool:
        """Looks closer at a row without a good code or with a name of odd length; refuses it if it is no firm's."""
        if self._is_aside(row, cells[:-1]):
            return False
        fault = _not_a_name(name)
        if fault is None:
            return True
        if fault is not _UNMATCHED and self._is_shifted(cells, short=fault is _NO_NAME):
            self._refuse_shifted(row)
        else:
            self._refuse(row, "name", name, fault, whole=True)
        return False

    def _is_shifted(self, cells: Sequence[str], *, short: bool) -> bool:
        """Whether cells stand under the wrong headers.

        In a row with a cell too few one cell that does not fit is enough; else two must not, one of which would fit
        beside.
        """
        places = self.heading.places
        typed = [(places[field], parse) for field, parse in _TYPED.items() if field in places]
        wrong = [(at, parse) for at, parse in typed if cells[at].strip() and _misfit(parse(cells[at]))]
        if short or not wrong:
            return bool(wrong)
        if len(wrong) + (_not_a_name(cells[places["name"]].strip()) is not None) < 2:
            return False
        return any(
            0 <= at + step < self.heading.width and not isinstance(parse(cells[at + step]), Bad | None)
            for step in (1, -1)
            for at, parse in wrong
        )

    def _without_bad(self, row: int, cells: Sequence[str], found: tuple[Any, ...]) -> list[Any]:
        """The values of a row with the bad ones told and left out."""
        fields = ("credit_code", "status", "dissolved_on", "established", "capital_cny", "listing_code", "industry")
        kept = []
        for field, value in zip(fields, found, strict=True):
            if isinstance(value, Bad):
                column = (
                    next((f for f in _INDUSTRY if f in self.heading.places), field) if field == "industry" else field
                )
                self._refuse(row, column, cells[self.heading.places[column]], value, whole=False)
            kept.append(None if isinstance(value, Bad) else value)
        return kept

    def _struck_off(self, row: int, standing: Any, status: str, gone: str, gone_on: str) -> tuple[Any, str | None]:
        if standing is None and values.is_empty(status):
            return "dissolved", gone_on
        if standing == "active":
            self._refuse(row, "dissolved_on", gone, _ACTIVE_AND_GONE, whole=False)
            return standing, None
        return standing, gone_on

    def _tell_errors(self, row: int, columns: Sequence[int]) -> None:
        for field, column in self.heading.places.items():
            if column in columns:
                self._refuse(row, field, "#", _CELL_ERROR, whole=False)

    def _tell_unknown_place(self, row: int, province: str, city: str, county: str) -> None:
        said = " ".join(cell.strip() for cell in (province, city, county) if not values.is_empty(cell))
        if said and not self._places.knows(province, city, county):
            field = next(field for field in ("province", "city", "county") if field in self.heading.places)
            self._refuse(row, field, said, _UNKNOWN_PLACE, whole=False)

    def _refuse_shifted(self, row: int) -> None:
        self._refuse(row, "", "", _SHIFTED, whole=True)

    def _refuse_duplicate(self, row: int, name: str, first: int) -> None:
        what = Text(f"与第 {first} 行重复，没有新内容", f"it repeats row {first} and says nothing new")
        self._refuse(row, "name", name, Bad("duplicate_row", what, Text("删去重复行", "delete it")), whole=True)

    def _refuse(self, row: int, field: str, value: str, bad: Bad, *, whole: bool) -> None:
        """Tells a refusal. Of a row only the name is quoted: its other cells may hold a person's name or telephone."""
        if bad.once:
            if (bad.kind, value) in self._told:
                return
            self._told.add((bad.kind, value))
        shown = value if len(value) <= _LONGEST_SHOWN else value[:_LONGEST_SHOWN] + "…"
        head = self.heading.heads.get(field, field)
        self._on_refusal(Refusal(self._table.name, row, head, shown, bad.kind, whole, bad.what, bad.mend))


def _misfit(value: object) -> bool:
    """Whether a cell is not even of its column's kind. A wrong check or a foreign currency is of the kind."""
    return isinstance(value, Bad) and value.kind in _MISFITS


_MISFITS = frozenset(("credit_code_shape", "unknown_status", "not_a_date", "not_an_amount"))
_TYPED: dict[str, Callable[[str], Any]] = {
    "credit_code": values.credit_code,
    "status": values.standing,
    "dissolved_on": values.day,
    "established": values.day,
    "capital_cny": values.capital_cny,
}


def _not_a_name(name: str) -> Bad | None:
    if values.is_empty(name):
        return _NO_NAME
    if is_unmatched(name):
        return _UNMATCHED
    plain = values.plain_text(name)
    odd = len(plain) < 2 or len(plain) > _LONGEST_NAME or _BARE_NUMBER.fullmatch(plain) or plain.startswith("#")
    return _NOT_A_NAME if odd or values.is_status_word(name) or looks_like_credit_code(plain.upper()) else None


def _one_line(name: str) -> str:
    """A name without line ends, hidden characters and the apostrophe that makes it text in Excel."""
    seen = "".join(character if character.isprintable() else " " for character in name.replace("\u200b", ""))
    return " ".join(seen.removeprefix("'").split())


def _products(text: str) -> tuple[Product, ...]:
    if values.is_empty(text):
        return ()
    names = (part.strip() for part in re.split(r"[;；、,，|\r\n]+", text))
    return tuple(Product(name, None) for name in dict.fromkeys(names) if not values.is_empty(name))


def _most_exact(cells: tuple[str, ...], industries: Mapping[str, str]) -> str | Bad | None:
    """The longest code that the columns of industry tell, from the smallest class on; else what is wrong with one."""
    found = [values.industry(cell, industries) for cell in cells if cell]
    codes = [code for code in found if isinstance(code, str)]
    if codes:
        return max(codes, key=len)
    return next((bad for bad in found if bad is not None), None)


_SEPARATED = re.compile(r"[,;\t|]")
"""A name of several lines with what separates cells is several rows, held together by a quotation mark."""

_UNREADABLE = {
    "bad_bytes": Bad(
        "bad_bytes",
        Text("该行有不属于文件编码的字节", "the row has bytes that are no text in the file's encoding"),
        Text("从来源重新导出，或改正该行", "export it again, or mend the row"),
    ),
    "open_quote": Bad(
        "open_quote",
        Text("引号没有成对，这几行无法分开", "a quotation mark is not closed, so these rows cannot be told apart"),
        Text("补上或删去多余的引号", "close the quotation mark or take it out"),
    ),
}
_TOO_MANY = Bad(
    "too_many_cells",
    Text("单元格比表头多", "the row has more cells than the header"),
    Text("给含分隔符的内容加上引号", "put the text that holds a delimiter in quotation marks"),
)
_SHIFTED = Bad(
    "shifted_row",
    Text("单元格与表头错位", "its cells do not stand under their headers"),
    Text("补上缺的单元格", "put in the cell that is missing"),
)
_HEADER_AGAIN = Bad(
    "repeated_header",
    Text("表头在中间又出现了一次", "it is the header again"),
    Text("无需处理", "nothing is to be done"),
)
_NOTE = Bad(
    "note_row", Text("是说明文字，不是企业", "it is a note and no firm"), Text("无需处理", "nothing is to be done")
)
_NO_NAME = Bad("no_name", Text("没有企业名称", "it has no firm's name"), Text("补上企业名称", "give the firm's name"))
_NOT_A_NAME = Bad("not_a_name", Text("不是企业名称", "it is no firm's name"), Text("更正企业名称", "correct the name"))
_UNMATCHED = Bad(
    "unmatched",
    Text("来源没有匹配到企业", "the directory matched no firm"),
    Text("用工商全称重新查询", "ask again by the registered name"),
)
_ACTIVE_AND_GONE = Bad(
    "dissolved_date_of_active",
    Text("状态为存续却有注销或吊销日期", "it is active and yet has a day on which it was struck off"),
    Text("核对登记状态", "check its status"),
)
_CELL_ERROR = Bad(
    "cell_error",
    Text("单元格是公式错误", "the cell holds an error of a formula"),
    Text("改正公式或填入内容", "mend the formula or fill the cell"),
)
_UNKNOWN_PLACE = Bad(
    "unknown_place",
    Text("不认识的地区", "an unknown place"),
    Text("写省、市、区县的全称", "write the full names of province, city and county"),
    once=True,
)
