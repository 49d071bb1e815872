"""ChainKnowledgeGraph read from small folders, each with one kind of dirt."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from chaingraph.model.statement import NATION, Product, Statement
from chaingraph.sources.chainkg_companies import listing_code, plain_short_name
from tests.sources.chainkg_folder import SH, SZ, Folder, company, lines, product

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "chainkg")


def test_a_company_and_its_products_become_one_statement_whether_or_not_the_code_has_a_suffix(folder: Folder) -> None:
    folder.write([company("600123")], [product("600123.SH", "锂电池隔膜", 0.62), product("600123", "电解液", 0.3)])
    assert folder.only() == Statement(
        "company.json",
        1,
        "青岛海澄股份有限公司",
        "海澄股份",
        listing_code="600123.SH",
        seat="370200",
        seat_by="name",
        products=(Product("锂电池隔膜", 0.62), Product("电解液", 0.3)),
    )
    assert folder.refused == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("600123", "600123.SH"),
        ("900123", "900123.SH"),
        ("000123", "000123.SZ"),
        ("300123.sz", "300123.SZ"),
        ("200123", "200123.SZ"),
        ("830123", "830123.BJ"),
        ("920123", "920123.BJ"),
        ("６００１２３", "600123.SH"),
        ("600123.SZ", "600123.SH"),
        ("00700.HK", None),
        ("600123.NQ", None),
        ("510300", None),
        ("", None),
        ("六〇〇一二三", None),
    ],
)
def test_the_range_of_a_codes_number_tells_the_exchange(written: str, meant: str | None) -> None:
    assert listing_code(written) == meant


def test_an_exchange_that_contradicts_the_code_is_told_and_the_number_holds(folder: Folder) -> None:
    folder.write([company("600123", location=SZ), company("300123.SH", fullname="乙有限公司", location="")], [])
    folder.path.joinpath("company_product.json").write_text(lines([product("600123", "隔膜")]), encoding="utf-8")
    assert [statement.listing_code for statement in folder.read().statements] == ["600123.SH", "300123.SZ"]
    assert folder.kinds() == [
        ("company.json", 1, "location", "exchange_conflict", False),
        ("company.json", 2, "code", "exchange_conflict", False),
    ]


def test_a_shifted_row_loses_the_shifted_value_only(folder: Folder) -> None:
    """Row 3,439 of the real file has its listing day as location; others have the exchange as listing day."""
    rows = [company("300054.SZ", location="2010-02-11"), company("688183", fullname="乙有限公司", time=SH)]
    folder.write(rows, [product("300054.SZ", "隔膜")])
    assert [statement.listing_code for statement in folder.read().statements] == ["300054.SZ", "688183.SH"]
    assert folder.kinds() == [
        ("company.json", 1, "location", "exchange_unknown", False),
        ("company.json", 2, "time", "listing_day", False),
    ]


def test_a_renamed_company_is_one_statement_under_the_upper_name_with_the_lower_ones_as_former_names(
    folder: Folder,
) -> None:
    rows = [
        company("600690.SH", "海澄智家", "海澄智家股份有限公司"),
        company("600690", "青岛海澄", "青岛海澄股份有限公司"),
        company("600690", "海澄智家", "海澄智家股份有限公司"),
    ]
    folder.write(rows, [product("600690.SH", "电冰箱")])
    statement = folder.only()
    assert (statement.row, statement.name, statement.short_name) == (1, "海澄智家股份有限公司", "海澄智家")
    assert statement.former_names == ("青岛海澄股份有限公司", "青岛海澄")
    assert [(r.row, r.kind, r.whole) for r in folder.refused] == [
        (2, "duplicate_company", True),
        (3, "duplicate_company", True),
    ]


def test_a_company_listed_before_its_codes_board_opened_keeps_its_full_name_only(folder: Folder) -> None:
    """The real file gives the code of 京源环保 to 大连港 too, which was listed nine years before that board opened."""
    rows = [
        company("688096", "京源环保", "江苏京源环保股份有限公司", time="2020-04-09"),
        company("688096", "京源环保", "大连港股份有限公司", time="2010-12-06"),
    ]
    folder.write(rows, [product("688096", "水处理设备")])
    owner, other = folder.read().statements
    assert (owner.listing_code, len(owner.products)) == ("688096.SH", 1)
    assert (other.name, other.listing_code, other.short_name, other.products) == ("大连港股份有限公司", None, None, ())
    assert folder.kinds() == [("company.json", 2, "code", "code_of_another", False)]


def test_a_code_of_companies_with_different_listing_days_is_given_to_none(folder: Folder) -> None:
    rows = [
        company("600123", "甲", "甲有限公司", time="2001-01-02"),
        company("600123", "乙", "乙有限公司", time="2002-02-03"),
    ]
    folder.write(rows, [product("600123", "隔膜", company_name="丙")])
    statements = folder.read().statements
    assert [(s.name, s.listing_code, len(s.products)) for s in statements] == [
        ("甲有限公司", None, 0),
        ("乙有限公司", None, 0),
        ("丙", "600123.SH", 1),
    ]
    assert Counter(kind for _, _, _, kind, _ in folder.kinds()) == {"code_conflict": 2, "unknown_company": 1}


def test_a_company_without_a_readable_code_is_kept_without_one(folder: Folder) -> None:
    folder.write([company("00700.HK", location="")], [product("600123", "隔膜")])
    assert folder.read().statements[0].listing_code is None
    assert ("company.json", 1, "code", "listing_code", False) in folder.kinds()


def test_a_full_name_is_written_as_in_the_register_and_its_trailing_short_form_becomes_a_name(folder: Folder) -> None:
    rows = [
        company("002958", "青农商行", "青岛农村商业银行股份有限公司(简称:青岛农商银行)"),
        company("600877", "中国嘉陵", "中国嘉陵工业股份有限公司(集团)"),
    ]
    folder.write(rows, [product("002958", "零售业务")])
    bank, group = folder.read().statements
    assert (bank.name, bank.former_names) == ("青岛农村商业银行股份有限公司", ("青岛农商银行",))
    assert (group.name, group.former_names) == ("中国嘉陵工业股份有限公司（集团）", ())


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("*ST德豪", None),
        ("S*ST云大", None),
        ("ST天成", None),
        ("PT粤金曼", None),
        ("S山东铝", None),
        ("N海澄", None),
        ("XD贵州茅", None),
        ("退市海润", None),
        ("武锅B退", None),
        ("*ST二重(退市)", None),
        ("", None),
        ("深天马A", "深天马"),
        ("东电B股", "东电"),
        ("TCL集团", "TCL集团"),
        ("GQY视讯", "GQY视讯"),
        ("美丽生态", "美丽生态"),
        ("三六零", "三六零"),
    ],
)
def test_a_short_name_loses_the_class_of_its_share_and_is_none_where_a_passing_mark_cut_it(
    written: str, plain: str | None
) -> None:
    assert plain_short_name(written) == plain


def test_a_short_name_with_a_mark_stays_among_the_names(folder: Folder) -> None:
    folder.write([company("002005", "*ST海澄")], [product("002005", "照明")])
    assert (folder.only().short_name, folder.only().former_names) == (None, ("*ST海澄",))


def test_a_company_without_a_full_name_is_refused_and_its_products_stand_under_the_short_name(folder: Folder) -> None:
    folder.write([company("600123", fullname=" - ")], [product("600123", "隔膜", company_name="海澄A")])
    statement = folder.only()
    assert (statement.file, statement.row) == ("company_product.json", 1)
    assert (statement.name, statement.short_name, statement.former_names) == ("海澄", "海澄", ("海澄A",))
    assert (statement.listing_code, statement.seat) == ("600123.SH", NATION)
    assert folder.kinds() == [
        ("company.json", 1, "fullname", "missing_name", True),
        ("company_product.json", 1, "company_code", "unknown_company", False),
    ]


def test_products_of_a_code_that_nothing_names_are_refused(folder: Folder) -> None:
    folder.write([company("600123")], [product("600999", "隔膜", company_name=""), product("600123", "电解液")])
    assert folder.only().products == (Product("电解液", 0.5),)
    assert folder.kinds() == [("company_product.json", 1, "company_name", "missing_name", True)]


@pytest.mark.parametrize(
    ("weight", "share", "kind"),
    [
        (0.510725, 0.510725, None),
        (1, 1.0, None),
        (0.000001, 0.000001, None),
        ("0.25", 0.25, None),
        (None, None, None),
        ("", None, None),
        ("-", None, None),
        (0.001, None, "share_filler"),
        ("0.001", None, "share_filler"),
        (0.0, None, "share_zero"),
        (-0.05, None, "share_out_of_range"),
        (1.004032, None, "share_out_of_range"),
        ("一半", None, "share_unreadable"),
        (True, None, "share_unreadable"),
        ([0.5], None, "share_unreadable"),
        (float("nan"), None, "share_unreadable"),
        (float("inf"), None, "share_unreadable"),
        (10**400, None, "share_unreadable"),
    ],
)
def test_a_share_is_taken_where_it_is_one_and_the_product_in_any_case(
    folder: Folder, weight: object, share: float | None, kind: str | None
) -> None:
    folder.write([company("600123")], [product("600123", "零部件-座椅", weight)])
    assert folder.only().products == (Product("零部件-座椅", share),)
    assert folder.kinds() == ([("company_product.json", 1, "rel_weight", kind, False)] if kind else [])


def test_a_product_stated_twice_is_taken_once_with_the_larger_share(folder: Folder) -> None:
    rows = [product("600123", "隔膜", 0.2), product("600123.SH", "隔膜", 0.4), product("600123", " 隔膜 ", 0.001)]
    folder.write([company("600123")], rows)
    assert folder.only().products == (Product("隔膜", 0.4),)
    assert [(r.row, r.kind) for r in folder.refused if r.whole] == [(2, "duplicate_product"), (3, "duplicate_product")]


@pytest.mark.parametrize(
    "name", ["平衡项目", "调整项目", "分部间抵销", "内部抵销数", "分部间相互抵减", "抵銷", "未分配金额"]
)
def test_a_balancing_item_of_a_report_is_no_product(folder: Folder, name: str) -> None:
    folder.write([company("600123")], [product("600123", name, -0.1), product("600123", "回声抵消器", 0.1)])
    assert folder.only().products == (Product("回声抵消器", 0.1),)
    assert folder.kinds() == [("company_product.json", 1, "product_name", "bookkeeping", True)]


def test_rows_of_products_that_cannot_be_read_are_each_refused_with_what_is_wrong(folder: Folder) -> None:
    rows = [
        product("600123", "隔膜"),
        product("600123", "\x7f "),
        product("", "电解液"),
        product("600123", "电解液", rel="所属行业"),
        '{"company_code": "600123", "product_na',
        "[1, 2]",
        "",
        "[" * 100_000,
    ]
    folder.write([company("600123")], rows)
    assert folder.only().products == (Product("隔膜", 0.5),)
    assert [(r.row, r.field, r.kind) for r in folder.refused] == [
        (2, "product_name", "missing_product"),
        (3, "company_code", "listing_code"),
        (4, "rel", "other_relation"),
        (5, "", "broken_json"),
        (6, "", "broken_json"),
        (8, "", "broken_json"),
    ]
    assert all(r.whole and r.what.zh and r.what.en and r.mend.zh and r.mend.en for r in folder.refused)
    assert max(len(r.value) for r in folder.refused) <= 81
