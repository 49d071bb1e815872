"""What a region is called beside its full name: as people say it, and as directories and addresses shorten it."""

from __future__ import annotations

import re

_SUFFIXES = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "地区", "林区", "省", "市", "区", "县")
_PEOPLES = (
    *("蒙古", "藏", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白", "土家", "哈尼", "哈萨克", "傣", "黎"),
    *("傈僳", "佤", "畲", "拉祜", "水", "东乡", "纳西", "景颇", "柯尔克孜", "土", "达斡尔", "仫佬", "羌", "布朗", "回"),
    *("撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米", "塔吉克", "怒", "鄂温克", "德昂", "保安", "裕固", "独龙"),
    *("鄂伦春", "各"),
)
_OF_PEOPLES = re.compile(rf"^(.{{2,}}?)(?:(?:{'|'.join(_PEOPLES)})族|蒙古|哈萨克|柯尔克孜)+自治([州县旗])$")
_LEAGUE = re.compile(r"^(.{2,})盟$")


def plain_name(region: str) -> str:
    """A region's name as people say it: 广东 for 广东省, 广西 for 广西壮族自治区.

    >>> plain_name("大兴安岭地区")
    '大兴安岭'
    """
    for suffix in _SUFFIXES:
        if region.endswith(suffix) and len(region) > len(suffix) + 1:
            return region.removesuffix(suffix)
    return region


def short_names(region: str) -> tuple[str, ...]:
    """Every shorter name of a region, the bare one first.

    A bare name may be that of another region too: 海南 is the province before it is the prefecture.

    >>> short_names("恩施土家族苗族自治州"), short_names("兴安盟"), short_names("肇庆市")
    (('恩施', '恩施州'), ('兴安',), ('肇庆',))
    """
    if found := _OF_PEOPLES.match(region):
        return found[1], found[1] + found[2]
    if found := _LEAGUE.match(region):
        return (found[1],)
    plain = plain_name(region)
    return (plain,) if plain != region else ()
