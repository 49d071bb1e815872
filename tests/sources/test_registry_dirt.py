"""The dirt of real firm lists: each is mended or refused, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.sources.dialects import GOOD, OTHER, firms, read, workbook, written

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.model.statement import Refusal

HEAD = ("企业名称", "统一社会信用代码", "登记状态", "成立日期", "注册资本", "经营范围")


def kinds(refused: list[Refusal]) -> list[tuple[str, int, bool]]:
    return [(item.kind, item.row, item.whole) for item in refused]


def test_titles_blank_rows_notes_and_a_header_again_are_no_firms(tmp_path: Path) -> None:
    rows = (
        ("某市企业名录", "", "", "", "", ""),
        HEAD,
        ("甲有限公司", GOOD, "存续", "", "", ""),
        ("", "", "", "", "", ""),
        HEAD,
        ("乙有限公司", OTHER, "存续", "", "", ""),
        ("共 2 条", "", "", "", "", ""),
        ("", "", "", "", "", "本文件由系统生成"),
        ("免责声明：以上数据仅供参考", "", "", "", "", ""),
    )
    for path in (written(tmp_path / "a.csv", rows), workbook(tmp_path / "a.xlsx", rows)):
        file, statements, refused = read(path)
        assert [(firm.name, firm.row) for firm in statements] == [("甲有限公司", 3), ("乙有限公司", 6)]
        assert kinds(refused) == [
            ("repeated_header", 5, True),
            ("note_row", 7, True),
            ("note_row", 8, True),
            ("note_row", 9, True),
        ]
        assert file.notes == ("某市企业名录", "共 2 条", "本文件由系统生成", "免责声明：以上数据仅供参考")


def test_merged_titles_and_merged_provinces_are_read_as_they_look(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("名录",), ("省份", "城市", "企业名称"), ("广东省", "肇庆市", "甲有限公司"), ("", "", "乙有限公司")):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:B4")
    book.save(tmp_path / "a.xlsx")
    _, statements, refused = read(tmp_path / "a.xlsx")
    assert [(firm.name, firm.seat) for firm in statements] == [("甲有限公司", "441200"), ("乙有限公司", "441200")]
    assert refused == []


@pytest.mark.parametrize("empty", ["", "-", "--", "暂无", "无", "/", "—", "null", " ", "未公开", "－"])
def test_what_stands_for_nothing_is_nothing(tmp_path: Path, empty: str) -> None:
    (firm,), refused = firms(tmp_path, ("甲有限公司", empty, empty, empty, empty, empty))
    assert firm[5:] == (None, None, "100000", "unknown", None, None, None, None, None, None, None, ())
    assert refused == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("9.14412E+17", "credit_code_rounded"),
        ("914412000000000000.0", "credit_code_rounded"),
        (GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1"), "credit_code_checksum"),
        ("440301103097413", "old_registration_number"),
        ("MA4W0000-1", "credit_code_shape"),
    ],
)
def test_a_wrong_code_is_refused_and_its_firm_kept(tmp_path: Path, said: str, kind: str) -> None:
    (firm,), refused = firms(tmp_path, ("甲有限公司", said, "存续", "", "", ""))
    assert (firm.name, firm.credit_code, firm.standing) == ("甲有限公司", None, "active")
    assert [(item.kind, item.whole, item.field, item.value) for item in refused] == [
        (kind, False, "统一社会信用代码", said)
    ]


@pytest.mark.parametrize("said", [f"'{GOOD}", GOOD.lower(), f" {GOOD[:8]} {GOOD[8:]}", f"{GOOD}\t"])
def test_a_code_in_another_dress_is_read(tmp_path: Path, said: str) -> None:
    (firm,), refused = firms(tmp_path, ("甲有限公司", said, "", "", "", ""))
    assert (firm.credit_code, refused) == (GOOD, [])


def test_full_width_digits_are_digits(tmp_path: Path) -> None:
    wide = "".join(chr(ord(character) + 0xFEE0) for character in GOOD)
    (firm,), refused = firms(tmp_path, ("甲有限公司", wide, "存续", "２０１２－０５－０３", "５００万元", ""))
    assert (firm.credit_code, firm.established, firm.capital_cny) == (GOOD, "2012-05-03", 5e6)
    assert refused == []


def test_a_code_that_a_workbook_holds_as_a_number_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", (HEAD, ("甲有限公司", 914412000000000012, "存续", "", "", "")))
    _, (firm,), refused = read(path)
    assert firm.credit_code is None
    assert kinds(refused) == [("credit_code_rounded", 2, False)]


def test_a_cell_with_an_error_of_a_formula_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(HEAD)
    book.worksheets[0].append(("甲有限公司", GOOD, "存续", "#REF!"))
    book.worksheets[0]["D2"].data_type = "e"
    book.save(tmp_path / "a.xlsx")
    _, (firm,), refused = read(tmp_path / "a.xlsx")
    assert firm.established is None
    assert [(item.kind, item.field, item.row) for item in refused] == [("cell_error", "成立日期", 2)]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("100万美元", "foreign_currency"),
        ("500万港元", "foreign_currency"),
        ("5000", "no_unit"),
        ("壹仟万元", "not_an_amount"),
    ],
)
def test_capital_that_is_not_yuan_for_certain_is_refused(tmp_path: Path, said: str, kind: str) -> None:
    (firm,), refused = firms(tmp_path, ("甲有限公司", GOOD, "存续", "", said, ""))
    assert firm.capital_cny is None
    assert kinds(refused) == [(kind, 2, False)]


def test_the_unit_and_the_currency_may_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    head = ("企业名称", "注册资本", "注册资本单位", "注册资本币种")
    statements, refused = firms(
        tmp_path, ("甲有限公司", "30", "万元", "人民币"), ("乙有限公司", "30", "万元", "美元"), head=head
    )
    assert [firm.capital_cny for firm in statements] == [300_000, None]
    assert kinds(refused) == [("foreign_currency", 3, False)]


@pytest.mark.parametrize("said", ["2012-02-30", "2012-05", "1900-01-01", "9999-12-31", "五月三日"])
def test_a_day_that_is_none_is_refused(tmp_path: Path, said: str) -> None:
    (firm,), refused = firms(tmp_path, ("甲有限公司", GOOD, "存续", said, "", ""))
    assert firm.established is None
    assert kinds(refused) == [("not_a_date", 2, False)]


def test_a_row_that_says_nothing_new_is_refused_and_names_the_first(tmp_path: Path) -> None:
    head = ("序号", "企业名称", "统一社会信用代码", "经营范围")
    statements, refused = firms(
        tmp_path,
        ("1", "甲有限公司", GOOD, "电池制造及销售"),
        ("2", "甲有限公司", GOOD, "电池制造及销售"),
        ("3", "乙有限公司", "", ""),
        ("4", "甲有限公司", GOOD, "电池制造、销售及回收"),
        ("5", "乙有限公司 ", "-", ""),
        head=head,
    )
    assert [firm.row for firm in statements] == [2, 4, 5]
    assert kinds(refused) == [("duplicate_row", 3, True), ("duplicate_row", 6, True)]
    assert refused[0].what.zh == "与第 2 行重复，没有新内容"
    assert refused[1].what.zh == "与第 4 行重复，没有新内容"


def test_a_row_with_a_cell_missing_or_shifted_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = [
        ",".join(HEAD),
        f"甲有限公司,存续,2012-05-03,500万元,{'电池制造' * 3}",
        f"{GOOD},存续,2012-05-03,500万元,电池制造及销售",
        f"乙有限公司,甲路1号,{GOOD},存续,2012-05-03,500万元",
        f"丙有限公司,{OTHER},存续,2012-05-03,500万元,电池,制造",
        f"丁有限公司,{GOOD},存续",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    _, statements, refused = read(path)
    assert [firm.name for firm in statements] == ["丁有限公司"]
    assert kinds(refused) == [
        ("shifted_row", 2, True),
        ("shifted_row", 3, True),
        ("shifted_row", 4, True),
        ("too_many_cells", 5, True),
    ]


def test_one_odd_cell_alone_does_not_cost_the_row(tmp_path: Path) -> None:
    (firm,), refused = firms(tmp_path, ("甲有限公司", "见附件", "存续", "2012-05", "500万元", ""))
    assert firm.capital_cny == 5e6
    assert kinds(refused) == [("credit_code_shape", 2, False), ("not_a_date", 2, False)]


def test_empty_cells_beyond_the_header_do_no_harm(tmp_path: Path) -> None:
    (firm,), refused = firms(tmp_path, ("甲有限公司", GOOD, "存续", "", "", "电池", "", ""))
    assert (firm.scope, refused) == ("电池", [])


def test_columns_without_a_header_do_no_harm(tmp_path: Path) -> None:
    rows = ((*HEAD, "", ""), ("甲有限公司", GOOD, "存续", "2012-05", "", "电池", "", "随手记的"))
    for path in (written(tmp_path / "a.csv", rows), workbook(tmp_path / "a.xlsx", rows)):
        _, (firm,), refused = read(path)
        assert firm.scope == "电池"
        assert kinds(refused) == [("not_a_date", 2, False)]
    (tmp_path / "b.csv").write_text(f"{','.join(HEAD)},,\n甲有限公司,{GOOD},存续,2012-05,,电池\n", encoding="utf-8")
    _, (firm,), refused = read(tmp_path / "b.csv")
    assert kinds(refused) == [("not_a_date", 2, False)]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("", "no_name"), ("-", "no_name"), ("12345", "not_a_name"), ("存续", "not_a_name"), ("甲" * 300, "not_a_name")],
)
def test_a_row_without_a_firms_name_is_refused(tmp_path: Path, name: str, kind: str) -> None:
    statements, refused = firms(tmp_path, (name, GOOD, "存续", "2012-05-03", "", ""))
    assert statements == []
    assert kinds(refused) == [(kind, 2, True)]


def test_a_name_is_brought_to_one_line(tmp_path: Path) -> None:
    statements, refused = firms(
        tmp_path, ("'甲（肇庆）\n有限公司\u3000", GOOD, "", "", "", ""), ("\ufeff乙有限公司", OTHER, "", "", "", "")
    )
    assert [firm.name for firm in statements] == ["甲（肇庆） 有限公司", "乙有限公司"]
    assert refused == []


def test_a_firm_whose_name_begins_like_a_note_is_a_firm(tmp_path: Path) -> None:
    statements, _ = firms(
        tmp_path, ("企查查科技股份有限公司", "", "", "", "", ""), ("声明文化有限公司", "", "", "", "", "")
    )
    assert [firm.name for firm in statements] == ["企查查科技股份有限公司", "声明文化有限公司"]


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        ("存续", "active"),
        ("在营（开业）企业", "active"),
        ("迁出", "active"),
        ("注销", "dissolved"),
        ("吊销，未注销", "dissolved"),
        ("吊销，已注销", "dissolved"),
        ("撤销", "dissolved"),
        ("歇业", None),
        ("清算", None),
    ],
)
def test_status_words_tell_whether_a_firm_may_trade(tmp_path: Path, said: str, standing: str | None) -> None:
    (firm,), refused = firms(tmp_path, ("甲有限公司", GOOD, said, "", "", ""))
    assert (firm.standing, refused) == (standing, [])


def test_an_unknown_status_is_told_once(tmp_path: Path) -> None:
    statements, refused = firms(
        tmp_path, ("甲有限公司", GOOD, "待定义", "", "", ""), ("乙有限公司", OTHER, "待定义", "", "", "")
    )
    assert [firm.standing for firm in statements] == [None, None]
    assert kinds(refused) == [("unknown_status", 2, False)]


def test_the_day_on_which_a_firm_was_struck_off_must_agree_with_its_status(tmp_path: Path) -> None:
    head = ("企业名称", "登记状态", "注销日期")
    statements, refused = firms(
        tmp_path,
        ("甲有限公司", "注销", "2020-01-02"),
        ("乙有限公司", "", "2020-01-02"),
        ("丙有限公司", "存续", "2020-01-02"),
        head=head,
    )
    assert [(firm.standing, firm.dissolved_on) for firm in statements] == [
        ("dissolved", "2020-01-02"),
        ("dissolved", "2020-01-02"),
        ("active", None),
    ]
    assert kinds(refused) == [("dissolved_date_of_active", 4, False)]


@pytest.mark.parametrize(
    ("said", "code", "told"),
    [
        ("300750", "300750.SZ", []),
        ("SH600519", "600519.SH", []),
        ("688005.SS", "688005.SH", []),
        ("1810.HK", "01810.HK", []),
        ("920002", "920002.BJ", []),
        ("830799", None, ["listing_code"]),
        ("2594", None, ["listing_code"]),
        ("XPEV", None, ["listing_code"]),
    ],
)
def test_a_listing_code_says_its_exchange_or_is_refused(
    tmp_path: Path, said: str, code: str | None, told: list[str]
) -> None:
    (firm,), refused = firms(tmp_path, ("甲股份有限公司", said), head=("企业名称", "股票代码"))
    assert (firm.listing_code, [item.kind for item in refused]) == (code, told)


def test_products_and_short_names_are_taken_as_they_are_listed(tmp_path: Path) -> None:
    head = ("企业名称", "企业简称", "主营产品")
    (firm,), _ = firms(tmp_path, ("甲股份有限公司", "甲股份", "电池、隔膜；电池"), head=head)
    assert firm.short_name == "甲股份"
    assert [(product.name, product.share) for product in firm.products] == [("电池", None), ("隔膜", None)]


def test_a_quotation_mark_that_is_never_closed_costs_only_the_rows_it_swallows(tmp_path: Path) -> None:
    lines = [
        "企业名称,经营范围",
        *(f"第{number}机械有限公司,机械设备的制造与销售{'及维修' * 30}" for number in range(2, 2002)),
    ]
    lines[10] = '"' + lines[10]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    _, statements, refused = read(path)
    assert [item.kind for item in refused] == ["open_quote"]
    first, last = (int(part) for part in refused[0].value.split("–"))
    assert (first, refused[0].row) == (11, 11)
    assert [firm.name for firm in statements if firm.row != int(firm.name[1:-6])] == []
    assert len(statements) == 2000 - (last - first + 1)


def test_an_unknown_place_is_told_once_and_the_code_tells_the_seat(tmp_path: Path) -> None:
    head = ("企业名称", "统一社会信用代码", "省份")
    statements, refused = firms(
        tmp_path, ("甲有限公司", GOOD, "开曼群岛"), ("乙有限公司", OTHER, "开曼群岛"), head=head
    )
    assert [(firm.seat, firm.seat_by) for firm in statements] == [("441200", "code")] * 2
    assert kinds(refused) == [("unknown_place", 2, False)]


def test_a_quotation_mark_that_is_open_at_the_end_of_the_file_is_refused_with_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "名录.csv"
    path.write_text('企业名称,注册资本\n肇庆甲公司,1万\n"肇庆某公司,100万\n肇庆乙公司,1万\n', encoding="utf-8")
    _, found, refused = read(path)
    assert [statement.name for statement in found] == ["肇庆甲公司"]
    assert [(one.kind, one.value) for one in refused] == [("open_quote", "3–4")]


def test_a_name_that_swallowed_other_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "名录.csv"
    path.write_text('企业名称,注册资本\n"肇庆某公司,100万\n肇庆乙公司,1万\n",2万\n肇庆甲公司,1万\n', encoding="utf-8")
    _, found, refused = read(path)
    assert [statement.name for statement in found] == ["肇庆甲公司"]
    assert [one.kind for one in refused] == ["open_quote"]
