"""Firm lists of each directory are read, and what they are headed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chaingraph.errors import DataError
from chaingraph.sources.places import Places
from chaingraph.sources.registry import read_registry
from chaingraph.sources.registry_mapping import read_mapping
from tests.sources.dialects import (
    AIQICHA,
    GOOD,
    OFFICE,
    OTHER,
    QCC,
    QIXIN,
    TYC,
    firms,
    read,
    text,
    workbook,
    written,
)

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.model.statement import Refusal


def refusal(path: Path, mapping: dict[str, str] | None = None) -> str:
    with pytest.raises(DataError) as caught:
        read(path, mapping)
    return caught.value.text.zh


def test_an_export_of_qichacha_is_read_in_full(tmp_path: Path) -> None:
    file, (firm,), refused = read(workbook(tmp_path / "导出.xlsx", QCC))
    assert (file.publisher, file.as_of) == ("企查查", "2026-05-01")
    assert (firm.file, firm.row, firm.name) == ("导出.xlsx", 3, "甲汽车配件有限公司")
    assert firm.former_names == ("甲五金厂", "甲制品有限公司")
    assert (firm.credit_code, firm.seat, firm.seat_by) == (GOOD, "441204", "column")
    assert (firm.standing, firm.established, firm.capital_cny) == ("active", "2012-05-03", 50_000_000)
    assert (firm.industry, firm.scale, firm.scope) == ("C3670", "小型", "汽车零部件及配件制造；货物进出口。")
    assert [item.kind for item in refused] == ["note_row"]
    assert file.columns.read["国标行业中类"] == "industry_middle"
    assert set(file.columns.unused) == {"法定代表人", "电话", "企业(机构)类型", "英文名", "企查查行业大类"}
    assert file.columns.unknown == ()


def test_an_export_of_tianyancha_is_read_in_full(tmp_path: Path) -> None:
    file, (firm,), refused = read(workbook(tmp_path / "导出.xlsx", TYC))
    assert (file.publisher, file.as_of) == ("天眼查", None)
    assert (firm.credit_code, firm.seat, firm.standing) == (OTHER, "441284", "active")
    assert (firm.established, firm.capital_cny, firm.industry) == ("2015-06-01", 10_000_000, "C384")
    assert [(item.kind, item.row) for item in refused] == [("note_row", 4)]


def test_an_export_of_qixinbao_has_the_unit_in_the_header_and_days_as_numbers(tmp_path: Path) -> None:
    file, (firm,), refused = read(workbook(tmp_path / "启信宝_名单.xlsx", QIXIN))
    assert file.publisher == "启信宝"
    assert (firm.standing, firm.established, firm.capital_cny) == ("dissolved", "2012-05-03", 3_000_000)
    assert (firm.seat, firm.industry, firm.scope) == ("422800", "C36", None)
    assert refused == []


def test_an_export_of_aiqicha_has_titles_above_and_places_in_one_column(tmp_path: Path) -> None:
    file, (firm,), refused = read(workbook(tmp_path / "名单.xlsx", AIQICHA))
    assert (file.publisher, file.as_of) == ("爱企查", "2026-03-08")
    assert (firm.seat, firm.capital_cny, firm.established, firm.industry) == ("440100", 5e8, "2012-05-03", "C")
    assert refused == []


def test_a_list_of_an_office_has_no_publisher_and_its_day_beside_the_title(tmp_path: Path) -> None:
    file, (firm,), refused = read(workbook(tmp_path / "规上企业.xlsx", OFFICE))
    assert (file.publisher, file.as_of) == (None, "2025-12-31")
    assert (firm.name, firm.credit_code, firm.industry, firm.seat) == ("戊化工厂", GOOD, "C2661", "441204")
    assert [item.kind for item in refused] == ["note_row"]


def test_the_directory_is_told_by_headers_of_its_own_or_by_the_files_name(tmp_path: Path) -> None:
    assert read(written(tmp_path / "a.csv", TYC[1:3]))[0].publisher == "天眼查"
    assert read(written(tmp_path / "a.csv", QCC[1:3]))[0].publisher == "企查查"
    assert read(written(tmp_path / "批量查询-【爱企查】-1.csv", AIQICHA[2:]))[0].publisher == "爱企查"
    assert read(written(tmp_path / "a.csv", AIQICHA[2:]))[0].publisher is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_says_the_same_in_every_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    _, (expected,), _ = read(workbook(tmp_path / "a.xlsx", QCC))
    _, (firm,), refused = read(written(tmp_path / "a.csv", QCC, encoding, delimiter))
    assert firm[1:] == expected[1:]
    assert [item.kind for item in refused] == ["note_row"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_any_system_ends_them(tmp_path: Path, ends: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text(AIQICHA).replace("\r\n", ends).encode("gbk"))
    file, statements, refused = read(path)
    assert ([firm.name for firm in statements], refused) == (["丁机械有限公司"], [])
    assert file.as_of == "2026-03-08"


def test_a_bad_byte_refuses_its_row_and_not_the_file(tmp_path: Path) -> None:
    rows = [["企业名称", "经营范围"], *([f"第{number}机械有限公司", "机械制造"] for number in range(1, 50))]
    path = tmp_path / "a.csv"
    for encoding in ("gbk", "utf-8"):
        content = text(rows).encode(encoding)
        broken = content.replace("第7机械".encode(encoding), "第7机".encode(encoding) + b"\xff")
        assert broken != content
        path.write_bytes(broken)
        _, statements, refused = read(path)
        assert len(statements) == 48
        assert [(item.kind, item.row, item.whole) for item in refused] == [("bad_bytes", 8, True)]


def test_every_sheet_with_firms_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    file, statements, _ = read(workbook(tmp_path / "a.xlsx", QCC, (("说明",), ("本表仅供参考",)), TYC))
    assert [(firm.file, firm.row) for firm in statements] == [("a.xlsx[表1]", 3), ("a.xlsx[表3]", 3)]
    assert file.passed == ("a.xlsx[表2]",)


def test_a_file_that_is_read_twice_says_the_same_twice(tmp_path: Path) -> None:
    refused: list[Refusal] = []
    path = written(tmp_path / "a.csv", (*QCC, ["乙有限公司", "待定义", *[""] * 19]))
    file = read_registry(path, Places(()), on_refusal=refused.append)
    first, notes, told = list(file), file.notes, list(refused)
    refused.clear()
    assert (list(file), file.notes, refused) == (first, notes, told)
    assert {item.kind for item in told} >= {"note_row", "unknown_status"}


def test_a_mapping_need_not_fit_every_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", (["企业名称", "干什么的"], ["甲有限公司", "做电池的"]), QCC)
    _, statements, _ = read(path, {"经营范围": "干什么的"})
    assert [firm.scope for firm in statements] == ["做电池的", "汽车零部件及配件制造；货物进出口。"]


def test_headers_are_known_whatever_their_dress(tmp_path: Path) -> None:
    head = (" *企业 名称 ", "统一社会\n信用代码", "注册资金(亿元)", "登记状态：", "ｃｉｔｙ")
    statements, _ = firms(tmp_path, ("甲有限公司", GOOD, "1.5", "存续", "x"), head=head)
    assert (statements[0].credit_code, statements[0].capital_cny) == (GOOD, 1.5e8)


def test_of_two_columns_for_a_field_the_better_one_counts(tmp_path: Path) -> None:
    head = ("原文件导入名称", "系统匹配企业名称", "纳税人识别号", "统一社会信用代码")
    statements, refused = firms(
        tmp_path, ("甲公司", "甲实业有限公司", "-", GOOD), ("乙", "未匹配到相关企业", "", ""), head=head
    )
    assert [(firm.name, firm.credit_code) for firm in statements] == [("甲实业有限公司", GOOD)]
    assert [item.kind for item in refused] == ["unmatched"]


def test_the_most_exact_class_of_industry_counts(tmp_path: Path) -> None:
    head = ("企业名称", "国标行业门类", "国标行业大类", "行业代码")
    statements, refused = firms(
        tmp_path,
        ("甲有限公司", "制造业", "汽车制造业", "3670"),
        ("乙有限公司", "制造业", "汽车制造业", "-"),
        ("丙有限公司", "制造业", "没听过的行业", ""),
        ("丁有限公司", "", "没听过的行业", ""),
        ("戊有限公司", "", "没听过的行业", ""),
        ("己有限公司", "", "制造业/汽车制造业", "C5112"),
        head=head,
    )
    assert [firm.industry for firm in statements] == ["C3670", "C36", "C", None, None, "C36"]
    assert [(item.kind, item.value) for item in refused] == [("unknown_industry", "没听过的行业")]


def test_a_mapping_file_names_what_no_header_tells(tmp_path: Path) -> None:
    mapping = tmp_path / "对照.yaml"
    mapping.write_text("企业名称: 客户名\nscope: 干什么的\n注册资本: 本金（万元）\n", encoding="utf-8")
    path = written(tmp_path / "a.csv", (("客户名", "干什么的", "本金（万元）"), ("甲有限公司", "做电池", "5")))
    file, (firm,), _ = read(path, read_mapping(mapping))
    assert (firm.name, firm.scope, firm.capital_cny) == ("甲有限公司", "做电池", 50_000)
    assert file.columns.read == {"客户名": "name", "干什么的": "scope", "本金（万元）": "capital_cny"}


def test_a_mapping_goes_before_what_a_header_is_taken_for(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", (("企业名称", "集团名称"), ("甲分厂有限公司", "甲集团有限公司")))
    _, (firm,), _ = read(path, {"企业名称": "集团名称"})
    assert firm.name == "甲集团有限公司"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("企业姓名: 客户名\n", "没有叫“企业姓名”的字段"),
        ("企业名称: [a]\n", "“企业名称”后面要写文件中的表头"),
        ("企业名称\n", "不是对照文件"),
        ("{", "不是对照文件"),
        ("", "不是对照文件"),
        ("[" * 5000, "不是对照文件"),
        ("x" * 70_000, "不是对照文件"),
    ],
)
def test_a_mapping_file_that_cannot_be_used_is_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "对照.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_mapping(path)
    assert said in caught.value.text.zh


def test_a_mapping_to_a_header_that_is_not_there_lists_those_that_are(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", (("企业名称", "乙栏"), ("甲有限公司", "")))
    assert "“丙栏”不在文件里。文件的表头是：企业名称、乙栏" in refusal(path, {"经营范围": "丙栏"})
    path = written(tmp_path / "b.csv", (("甲栏", "乙栏"), ("甲有限公司", "")))
    assert refusal(path, {"企业名称": "丙栏"}).startswith("b.csv：没有“丙栏”这一列，看到的是：甲栏、乙栏。")


def test_a_file_without_a_column_of_names_says_what_it_has_and_how_to_name_it(tmp_path: Path) -> None:
    said = refusal(written(tmp_path / "a.csv", (("客户名", "电话"), ("甲有限公司", "1"))))
    assert said.startswith("a.csv：前 20 行没有带企业名称列的表头，看到的是：客户名、电话。")
    assert "企业名称: 文件中的表头" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件里没有内容"),
        (b"\n\n,,\n", "文件里没有内容"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "另存为 .xlsx"),
        (b"PK\x03\x04broken", "不是可读的 .xlsx 文件"),
        (b"<html><table><tr><td>\xe5</td></tr></table>", "不是表格文件"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "不是表格文件"),
        (b"\xff\xff\x80\xff," * 500, "认不出文字编码"),
    ],
)
def test_what_is_no_table_is_refused_with_its_mend(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert said in refusal(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "无法读取" in refusal(tmp_path / "没有.csv")


def test_progress_rises_to_one(tmp_path: Path) -> None:
    shares: list[float] = []
    rows = [["企业名称"], *([f"第{number}机械制造有限公司"] for number in range(80_000))]
    path = written(tmp_path / "a.csv", rows)
    file = read_registry(path, Places(()), on_refusal=lambda _: None, progress=shares.append)
    assert sum(1 for _ in file) == 80_000
    assert len(shares) > 2
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
