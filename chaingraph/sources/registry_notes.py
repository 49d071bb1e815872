"""What stands in a directory's file beside its firms: titles, watermarks and closing notes, and what they tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from chaingraph.sources.registry_values import day

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOTE = re.compile(
    r"数据来源|资料来源|来源[:：]|[（(]?共计?\s*[\d,，]+\s*[条家户个]|合计|总计|小计|免责|声明|特别提示|温馨提示|说明|注[:：\d]"
    r"|备注[:：]|以上(?:数据|信息|内容)|以下(?:数据|信息|内容)|本(?:数据|报告|文件|表|名单)|(?:导出|查询|下载|更新|统计|打印|制表)"
    r"(?:时间|日期|人|单位|于|条件)|第\s*\d+\s*页|数据(?:更新|截止|截至)|截[至止]|(?:审核|填报|填表|制表)(?:人|单位)?[:：]|\*"
    r"|企查查|天眼查|启信宝|爱企查|https?://|www\."
)
_TOTAL = re.compile(r"(?:合\s*计|总\s*计|小\s*计|共\s*计)[:：]?")
_UNMATCHED = re.compile(r"未(?:能)?(?:匹配|查询|查|找)到.*|匹配失败|无匹配结果|查无此企业")
_PUBLISHERS = (
    *(("企查查", re.compile(r"企查查|qcc\.com|qichacha")), ("天眼查", re.compile(r"天眼查|tianyancha"))),
    *(("启信宝", re.compile(r"启信宝|qixin\.com")), ("爱企查", re.compile(r"爱企查|aiqicha"))),
)
_OWN_HEADERS = (
    *(("企查查", re.compile(r"^企查查|^企查分$")), ("天眼查", re.compile(r"^天眼|^企业公示的|^公司信息获取的链接"))),
    *(("启信宝", re.compile(r"^启信")), ("爱企查", re.compile(r"^爱企查"))),
)
_EXPORTED = re.compile(
    r"(?:导出|查询|下载|更新|统计|截[至止]|采集|生成)(?:时间|日期|到|于)?\s*[:：]?\s*"
    r"(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\d{8}(?!\d))"
)


def is_note(text: str) -> bool:
    """Whether a text that stands alone in its row is a note and no firm's name."""
    plain = text.strip()
    # 声明科技有限公司 would be a firm; 数据来源：某某有限公司 is none.
    return _NOTE.match(plain) is not None and (not plain.endswith("公司") or re.search("[:：]", plain) is not None)


def is_total(text: str) -> bool:
    """Whether a row that begins with the text adds up the others."""
    return _TOTAL.fullmatch(text.strip()) is not None


def is_unmatched(name: str) -> bool:
    """Whether a directory wrote, in place of a firm's name, that it found none."""
    return _UNMATCHED.fullmatch(name) is not None


def publisher(file: str, headers: Iterable[str], notes: Iterable[str]) -> str | None:
    """The directory that a file comes from: by its notes, its headers, its file name, in this order; None if unknown.

    Notes go first since a file renamed keeps them.
    """
    for patterns, texts in ((_PUBLISHERS, notes), (_OWN_HEADERS, headers), (_PUBLISHERS, (file,))):
        for text in texts:
            folded = normalize("NFKC", text).strip().casefold()
            if found := next((who for who, pattern in patterns if pattern.search(folded)), None):
                return found
    return None


def exported_on(notes: Iterable[str]) -> str | None:
    """The day on which a file says that it was exported, ISO; None if it does not."""
    for text in notes:
        if found := _EXPORTED.search(normalize("NFKC", text)):
            stated = day(found[1])
            if isinstance(stated, str):
                return stated
    return None
