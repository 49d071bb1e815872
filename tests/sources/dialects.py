"""Small firm lists as the directories and offices export them, to be written as workbooks or text."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import openpyxl

from chaingraph.sources.places import Places
from chaingraph.sources.registry import RegistryFile, read_registry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from chaingraph.model.statement import Refusal, Statement

    Rows = Sequence[Sequence[object]]

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
REGIONS = (
    ("100000", "中国", "country", ""),
    ("110000", "北京市", "province", "100000"),
    ("220000", "吉林省", "province", "100000"),
    ("220200", "吉林市", "city", "220000"),
    ("222400", "延边朝鲜族自治州", "city", "220000"),
    ("310000", "上海市", "province", "100000"),
    ("320000", "江苏省", "province", "100000"),
    ("320100", "南京市", "city", "320000"),
    ("320106", "鼓楼区", "county", "320100"),
    ("320300", "徐州市", "city", "320000"),
    ("320302", "鼓楼区", "county", "320300"),
    ("420000", "湖北省", "province", "100000"),
    ("422800", "恩施土家族苗族自治州", "city", "420000"),
    ("429004", "仙桃市", "city", "420000"),
    ("430000", "湖南省", "province", "100000"),
    ("430500", "邵阳市", "city", "430000"),
    ("440000", "广东省", "province", "100000"),
    ("440100", "广州市", "city", "440000"),
    ("441200", "肇庆市", "city", "440000"),
    ("441204", "高要区", "county", "441200"),
    ("441284", "四会市", "county", "441200"),
    ("460000", "海南省", "province", "100000"),
    ("460100", "海口市", "city", "460000"),
    ("152200", "兴安盟", "city", "150000"),
    ("150000", "内蒙古自治区", "province", "100000"),
    ("530000", "云南省", "province", "100000"),
    ("532900", "大理白族自治州", "city", "530000"),
    ("630000", "青海省", "province", "100000"),
    ("632500", "海南藏族自治州", "city", "630000"),
)
INDUSTRIES = {"制造业": "C", "汽车制造业": "C36", "汽车零部件及配件制造": "C3670", "电池制造": "C384"}


def credit_code(office: str = "441200", body: str = "MA4W00001") -> str:
    """A code with the check that fits."""
    start = f"91{office}{body}"
    total = sum(CHARACTERS.index(character) * 3**place for place, character in enumerate(start))
    return start + CHARACTERS[-total % 31]


GOOD, OTHER = credit_code(), credit_code(body="MA4W00002")

_QCC = """
企业名称 登记状态 法定代表人 注册资本 成立日期 统一社会信用代码 企业地址 所属省份 所属城市 所属区县 电话 企业(机构)类型
国标行业门类 国标行业大类 国标行业中类 国标行业小类 企查查行业大类 企业规模 曾用名 英文名 经营范围
"""
QCC: Rows = (
    ("企查查｜导出时间：2026-05-01", *[""] * 20),
    _QCC.split(),
    (
        *("甲汽车配件有限公司", "存续（在营、开业、在册）", "张三", "5000万元", "2012-05-03", GOOD),
        *("广东省肇庆市高要区金利镇", "广东省", "肇庆市", "高要区", "0758-1", "有限责任公司"),
        *("制造业", "汽车制造业", "汽车零部件及配件制造", "-", "汽车", "小型"),
        *("甲五金厂；甲制品有限公司（2010-01-01至2012-05-03）", "-", "汽车零部件及配件制造；货物进出口。"),
    ),
    ("数据来源：企查查", *[""] * 20),
)

_TYC = """
公司名称 经营状态 法定代表人 注册资本 成立日期 所属省份 所属市区 所属区县 统一社会信用代码 企业公示的联系电话
企业公示的联系电话（更多号码） 企业公示的地址 天眼评分 所属行业 经营范围
"""
TYC: Rows = (
    ("声明：本数据仅供参考，天眼查不作保证",),
    _TYC.split(),
    (
        *("乙电子有限公司", "在业", "李四", "1,000万人民币", "2015年6月1日", "广东", "肇庆", "四会", OTHER),
        *("-", "-", "四会市大沙镇", 77, "电池制造", "锂离子电池制造"),
    ),
    ("共 1 条",),
)

QIXIN: Rows = (
    ("企业名称", "企业状态", "注册资本（万元）", "成立时间", "社会信用代码", "省份", "城市", "行业大类", "经营范围"),
    ("丙材料有限公司", "吊销，已注销", 300, 41032, GOOD, "湖北省", "恩施州", "C36汽车制造业", "暂无"),
)

_AIQICHA = "公司名称 经营状态 注册资本 成立日期 统一社会信用代码 所属地区 所属行业 注册地址 经营范围"
AIQICHA: Rows = (
    ("批量查询数据导出（企业信息）-爱企查",),
    ("查询日期：2026年3月8日",),
    _AIQICHA.split(),
    ("丁机械有限公司", "开业", "500000000元", "20120503", GOOD, "广东省-广州市", "制造业", "广州市", "机械制造"),
)

OFFICE: Rows = (
    ("肇庆市规模以上企业名单", "", "", "", ""),
    ("", "", "", "", "截至2025年12月31日"),
    ("序号", "单位名称", "统一社会信用代码/注册号", "住 所", "行业代码"),
    (1, "戊化工厂", GOOD, "肇庆市高要区白诸镇", 2661),
    ("合计", "", "", "", "1"),
)


def workbook(path: Path, *sheets: Rows) -> Path:
    """Writes sheets of rows as an .xlsx."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    book.save(path)
    return path


def text(rows: Rows, delimiter: str = ",") -> str:
    """Rows as delimited text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def written(path: Path, rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """Writes rows as delimited text."""
    path.write_bytes(text(rows, delimiter).encode(encoding))
    return path


def read(path: Path, mapping: Mapping[str, str] | None = None) -> tuple[RegistryFile, list[Statement], list[Refusal]]:
    """The file read whole: itself, its firms, and what was refused."""
    refused: list[Refusal] = []
    file = read_registry(path, Places(REGIONS), mapping, on_refusal=refused.append, industries=INDUSTRIES)
    return file, list(file), refused


def firms(tmp_path: Path, *rows: Sequence[object], head: Sequence[str] = ()) -> tuple[list[Statement], list[Refusal]]:
    """Rows below a short header, written as text and read."""
    header = head or ("企业名称", "统一社会信用代码", "登记状态", "成立日期", "注册资本", "经营范围")
    _, statements, refused = read(written(tmp_path / "名录.csv", (header, *rows)))
    return statements, refused
