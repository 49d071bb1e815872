"""What one cell of a firm directory says: a day, an amount, a standing, a code. Empty is None, a wrong one ``Bad``."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from chaingraph.errors import Text
from chaingraph.sources.credit_code import is_credit_code, looks_like_credit_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chaingraph.model.statement import Standing

_EMPTY = r"""
- -- --- — —— – / \ . * 无 暂无 暂无数据 暂无信息 无数据 未公开 未公示 未披露 未填写 未知 不详 空 待核实
none null nan n/a #n/a na
"""
EMPTY = frozenset(("", *_EMPTY.split()))
"""What directories write where they know nothing, folded."""


class Bad(NamedTuple):
    """A cell that cannot be taken. ``once``: it is told once for each value, not once for each row."""

    kind: str
    what: Text
    mend: Text
    once: bool = False


def plain_text(text: str) -> str:
    """A cell as one reads it: half width, without spaces at its ends and the apostrophe that makes it text in Excel."""
    return normalize("NFKC", text).strip().removeprefix("'").strip()


def is_empty(text: str) -> bool:
    """Whether a cell says nothing."""
    return text in EMPTY or plain_text(text).casefold() in EMPTY


_FROM_LICENCE = Text("对照营业执照更正", "correct it from the business licence")
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+?\d+|\d{15,}\.0*", re.IGNORECASE)


def credit_code(text: str) -> str | Bad | None:
    """A credit code whose check fits.

    >>> credit_code(" 91350100m000100y43"), credit_code("9.1350100E+17").kind
    ('91350100M000100Y43', 'credit_code_rounded')
    """
    plain = re.sub(r"[\s-]", "", plain_text(text)).upper()
    if is_credit_code(plain):
        return plain
    if plain.casefold() in EMPTY:
        return None
    if _ROUNDED.fullmatch(plain):
        return Bad(
            "credit_code_rounded",
            Text("信用代码被存成数字，末几位已丢失", "the credit code was stored as a number and lost its last digits"),
            Text("从来源重新导出，该列设为文本", "export it again with the column as text"),
        )
    if looks_like_credit_code(plain):
        return Bad(
            "credit_code_checksum",
            Text("信用代码校验位不符", "the credit code fails its check"),
            _FROM_LICENCE,
        )
    if plain.isdecimal() and len(plain) == 15:
        return Bad(
            "old_registration_number",
            Text("15 位旧注册号不是统一社会信用代码", "an old registration number of 15 digits is no credit code"),
            Text("填 18 位统一社会信用代码", "give the credit code of 18 characters"),
        )
    return Bad(
        "credit_code_shape",
        Text("不是 18 位统一社会信用代码", "it is no credit code of 18 characters"),
        _FROM_LICENCE,
    )


_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s].*)?|(\d{4})(\d\d)(\d\d)")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIALS = range(18264, 73051)
"""Days from 1950 to 2099 as Excel counts them."""
_EXCEL_EPOCH = date(1899, 12, 30)
_YEARS = range(1840, 2101)


def day(text: str) -> str | Bad | None:
    """An ISO day.

    >>> day("2012年5月3日"), day("20120503"), day("41032")
    ('2012-05-03', '2012-05-03', '2012-05-03')
    """
    plain = plain_text(text)
    if plain.casefold() in EMPTY:
        return None
    if found := _DAY.fullmatch(plain):
        year, month, number = (int(part) for part in found.groups() if part)
        try:
            found_day = date(year, month, number)
        except ValueError:
            return _NO_DAY
        # 1900-01-01 is what a table shows for the number 1, not a day on which a firm was founded.
        return found_day.isoformat() if year in _YEARS and found_day != date(1900, 1, 1) else _NO_DAY
    if (serial := _SERIAL.fullmatch(plain)) and int(serial[1]) in _SERIALS:
        return (_EXCEL_EPOCH + timedelta(days=int(serial[1]))).isoformat()
    return _NO_DAY


_NO_DAY = Bad(
    "not_a_date",
    Text("不是有效的日期", "it is no valid date"),
    Text("写成 2012-05-03", "write it as 2012-05-03"),
)
_AMOUNT = re.compile(
    r"(?:人民币|rmb|cny|¥|约)*(\d+(?:\.\d+)?)(亿|千万|百万|万|千)?(?:圆|元)?(?:整)?(?:人民币|rmb|cny)?(?:圆|元)?"
)
_UNITS = {"": 1.0, "元": 1.0, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8}
_CURRENCY = re.compile(
    r"美元|美金|港元|港币|港幣|欧元|日元|日圆|英镑|新加坡|坡币|台币|臺幣|澳门|澳元|加元|加拿大|澳大利亚|韩元|韩国|瑞士|法郎"
    r"|马克|卢布|瑞典|丹麦|挪威|泰铢|林吉特|里拉|外币|usd|hkd|eur|jpy|gbp|sgd|twd|aud|cad|krw|chf|\$|€|£"
)
_YUAN = frozenset(("人民币", "人民币元", "cny", "rmb", "156", "元", "中国", "¥"))


def capital_cny(text: str, unit: str | None = None, currency: str = "") -> float | Bad | None:
    """Registered capital in yuan.

    Parameters
    ----------
    text
        The cell.
    unit
        What the header or a column beside says of the unit (万元): it holds for a number without one.
    currency
        What a column beside says of the currency.

    >>> capital_cny("5000万人民币"), capital_cny("1,000", "万元"), capital_cny("100万美元").kind
    (50000000.0, 10000000.0, 'foreign_currency')
    """
    plain = re.sub(r"[\s,，()]", "", plain_text(text)).casefold()
    if plain in EMPTY or _is_zero(plain):
        return None
    beside = plain_text(currency).casefold()
    stated = _CURRENCY.search(plain) or _CURRENCY.search((unit or "").casefold())
    if stated or (beside not in EMPTY and beside not in _YUAN):
        return Bad(
            "foreign_currency",
            Text("注册资本是外币，不作折算", "the capital is in a foreign currency, which is not converted"),
            Text("需要时填人民币金额", "give the amount in yuan if it is needed"),
        )
    found = _AMOUNT.fullmatch(plain)
    if not found:
        return Bad(
            "not_an_amount",
            Text("不是可读的金额", "it is no amount that can be read"),
            Text("写成 5000万元", "write it as 5000万元"),
        )
    scale = found[2] or ("元" if re.search("[元圆¥]", plain) else None)
    if scale is None and unit:
        scale = plain_text(unit).casefold().removesuffix("元") or "元"
    if scale not in _UNITS:
        return Bad(
            "no_unit",
            Text("金额没有单位，不作猜测", "the amount has no unit, and none is guessed"),
            Text("在表头写明单位，如 注册资本（万元）", "state the unit in the header, such as 注册资本（万元）"),
        )
    return round(float(found[1]) * _UNITS[scale], 2)


def _is_zero(plain: str) -> bool:
    return re.fullmatch(r"0+(?:\.0+)?[万亿千百]*[元圆]?(?:人民币)?", plain) is not None


_ACTIVE = """
存续 在业 开业 在营 正常 在册 迁入 迁出 确立 登记成立 在营企业 在营开业企业 开业企业 存续企业 正常营业 正常经营 在业企业
营业 存续在营开业在册 在营在册 存续在业 已开业 仍注册 核准设立 登记 正常在业 开业正常经营 正常开业
"""
_DISSOLVED = """
注销 已注销 注销企业 吊销 已吊销 吊销企业 吊销未注销 吊销已注销 吊销后注销 吊销并注销 撤销 已撤销 撤销登记 撤销未注销
撤销已注销 责令关闭 已告解散 解散 除名 被吊销 强制注销
"""
_NEITHER = "停业 歇业 清算 清算中 筹建 其他 其它 未知 异常 经营异常 停业未注销"
"""A firm that suspends its business (歇业) or is being wound up (清算) is registered still and does not trade."""
_STANDINGS: dict[str, Standing | None] = {
    **dict.fromkeys(_ACTIVE.split(), "active"),
    **dict.fromkeys(_DISSOLVED.split(), "dissolved"),
    **dict.fromkeys(_NEITHER.split()),
}
_BRACKETS = re.compile(r"[(\[【].*?[)\]】]")


def standing(text: str) -> Standing | Bad | None:
    """Whether a firm is registered and may trade.

    A revoked licence (吊销) counts as dissolved even before the firm is struck off: it may do no business any more.

    >>> standing("存续（在营、开业、在册）"), standing("吊销，未注销"), standing("歇业")
    ('active', 'dissolved', None)
    """
    plain = plain_text(text)
    if plain.casefold() in EMPTY:
        return None
    for said in (_BRACKETS.sub("", plain), plain):
        word = re.sub(r"[\s,，、;；()（）/]", "", said)
        if word in _STANDINGS:
            return _STANDINGS[word]
    return Bad(
        "unknown_status",
        Text("不认识的登记状态", "an unknown status"),
        Text("写成 存续、注销 或 吊销", "write 存续, 注销 or 吊销"),
        once=True,
    )


def is_status_word(text: str) -> bool:
    """Whether a text is a status and so no firm's name."""
    return plain_text(text) in _STANDINGS


_SPLIT = re.compile(r"[;；、,，|｜\r\n]+")
_INSIDE = re.compile(r"[（(【\[]([^（()）【】\[\]]*)[）)】\]]")
_FIRM = re.compile(r"公司|集团|厂|合作社|研究院|研究所|中心|商行|经营部|[Ll]td|LTD")


def former_names(text: str) -> tuple[str, ...]:
    """The names that a cell lists: what stands in brackets is a name if it is a firm's, and a place if it is short.

    >>> former_names("甲电子有限公司；乙（肇庆）有限公司（2010-01至2015-03）")
    ('甲电子有限公司', '乙（肇庆）有限公司')
    """
    if is_empty(text):
        return ()
    names: dict[str, None] = {}
    for part in _SPLIT.split(text):
        inside = [said for said in _INSIDE.findall(part) if _FIRM.search(said)]
        outside = _INSIDE.sub(lambda found: "" if _is_aside(found[1]) else found[0], part)
        for name in (outside, *inside):
            plain = name.strip().removeprefix("曾用名").lstrip(":： ")
            if len(plain) > 3 and not is_empty(plain):
                names[plain] = None
    return tuple(names)


def _is_aside(said: str) -> bool:
    return bool(_FIRM.search(said)) or any(character.isdigit() for character in said) or "曾用" in said


_LISTED = re.compile(r"(?:(?P<before>SZ|SH|BJ|HK)[.:]?)?(?P<number>\d{4,6})(?:\.(?P<after>SZ|SH|SS|BJ|HK|XSHG|XSHE))?")
_EXCHANGES = {"SS": "SH", "XSHG": "SH", "XSHE": "SZ"}
_BY_NUMBER = (("SH", ("60", "68", "900")), ("SZ", ("00", "30", "200")), ("BJ", ("920",)))


def listing_code(text: str) -> str | Bad | None:
    """A listing code with its exchange; of several, the first that can be read.

    A number of six digits tells its exchange by its first digits. Those of 4 and 8 do not: they stand for the Beijing
    exchange and for the over-the-counter market alike.

    >>> listing_code("300750"), listing_code("sh600519"), listing_code("0175.HK")
    ('300750.SZ', '600519.SH', '00175.HK')
    """
    if is_empty(text):
        return None
    for part in re.split(r"[;；,，、/\s]+", plain_text(text).upper()):
        if found := _LISTED.fullmatch(part):
            number, said = found["number"], found["before"] or found["after"]
            exchange = _EXCHANGES.get(said, said) if said else _exchange(number)
            if exchange == "HK" and len(number) < 6:
                return f"{number:0>5}.HK"
            if exchange and exchange != "HK" and len(number) == 6:
                return f"{number}.{exchange}"
    return Bad(
        "listing_code",
        Text("不是带交易所的上市代码", "it is no listing code with its exchange"),
        Text("写成 300750.SZ、600519.SH 或 00175.HK", "write it as 300750.SZ, 600519.SH or 00175.HK"),
    )


def _exchange(number: str) -> str | None:
    if len(number) != 6:
        return None
    return next((exchange for exchange, starts in _BY_NUMBER if number.startswith(starts)), None)


_CODED = re.compile(r"([A-T])?(\d{2,4})(?:\.0)?(?!\d)|([A-T])(?=$|[\s.:、)_-])")
_SECTIONS = (
    *((5, "A"), (12, "B"), (43, "C"), (46, "D"), (50, "E"), (52, "F"), (60, "G"), (62, "H"), (65, "I"), (69, "J")),
    *((70, "K"), (72, "L"), (75, "M"), (79, "N"), (82, "O"), (83, "P"), (85, "Q"), (90, "R"), (96, "S"), (97, "T")),
)
"""The last division (大类) of each section (门类) of GB/T 4754-2017."""


def industry(text: str, names: Mapping[str, str]) -> str | Bad | None:
    """A code of GB/T 4754-2017, given as code, as name, or as a path of names of which the last known one counts.

    Parameters
    ----------
    names
        Codes by the names of the standard.

    >>> industry("3670", {}), industry("制造业>汽车制造业", {"汽车制造业": "C36"})
    ('C3670', 'C36')
    """
    plain = plain_text(text)
    if plain.casefold() in EMPTY:
        return None
    if found := _CODED.match(plain):
        letter, digits = found[1] or found[3], found[2]
        by_digits = _section(int(digits[:2])) if digits else letter
        if by_digits is None or (letter and letter != by_digits):
            return Bad(
                "industry_code",
                Text("不是 GB/T 4754-2017 的行业代码", "it is no industry code of GB/T 4754-2017"),
                Text("写成 C3670 或行业名称", "write it as C3670, or the industry's name"),
                once=True,
            )
        return f"{by_digits}{digits or ''}"
    for part in (plain, *reversed(re.split(r"[>/\\|;；→-]+", plain))):
        name = re.sub(r"\s", "", part)
        if code := names.get(name) or names.get(_BRACKETS.sub("", name)):
            return code
    return Bad(
        "unknown_industry",
        Text("不认识的行业名称", "an unknown name of an industry"),
        Text("用 GB/T 4754-2017 的名称或代码", "use a name or a code of GB/T 4754-2017"),
        once=True,
    )


def _section(division: int) -> str | None:
    return next((letter for last, letter in _SECTIONS if 1 <= division <= last), None)
