"""Where a firm has its seat: by columns, code and name, and what is not taken for a place."""

from __future__ import annotations

import pytest

from chaingraph.model.region_names import plain_name, short_names
from chaingraph.sources.places import Places
from tests.sources.dialects import REGIONS, credit_code

PLACES = Places(REGIONS)


def by_columns(province: str = "", city: str = "", county: str = "", address: str = "") -> str:
    seat, told = PLACES.find(province, city, county, None, "某某公司", address)
    assert told == ("column" if seat != "100000" else "unknown")
    return seat


def by_name(name: str) -> str:
    seat, told = PLACES.find("", "", "", None, name, "")
    assert told == ("name" if seat != "100000" else "unknown")
    return seat


@pytest.mark.parametrize(
    ("cells", "seat"),
    [
        (("广东省", "肇庆市", "高要区"), "441204"),
        (("广东", "肇庆", "高要"), "441204"),
        (("广东省", "广东省肇庆市", "肇庆市高要区"), "441204"),
        (("广东省", "广州市", "天河区"), "440100"),
        (("广东省", "", ""), "440000"),
        (("北京市", "市辖区", "朝阳区"), "110000"),
        (("北京", "北京", "海淀"), "110000"),
        (("湖北省", "省直辖县级行政区划", "仙桃市"), "429004"),
        (("广东省-肇庆市-高要区", "", ""), "441204"),
        (("中国广东省", "", ""), "440000"),
        (("", "", "高要区"), "441204"),
    ],
)
def test_columns_tell_the_most_exact_region_that_is_known(cells: tuple[str, str, str], seat: str) -> None:
    assert by_columns(*cells) == seat


def test_a_county_is_only_the_one_below_its_city() -> None:
    assert by_columns("江苏省", "南京市", "鼓楼区") == "320106"
    assert by_columns("江苏省", "徐州市", "鼓楼区") == "320302"
    assert by_columns("江苏省", "", "鼓楼区") == "320000"
    assert by_columns("", "", "鼓楼区") == "100000"


@pytest.mark.parametrize(
    ("province", "city", "seat"),
    [
        ("吉林省", "延边州", "222400"),
        ("吉林省", "延边朝鲜族自治州", "222400"),
        ("湖北", "恩施", "422800"),
        ("内蒙古", "兴安盟", "152200"),
        ("内蒙古自治区", "兴安", "152200"),
    ],
)
def test_prefectures_go_by_their_short_names(province: str, city: str, seat: str) -> None:
    assert by_columns(province, city) == seat


def test_a_name_of_a_province_and_a_city_is_the_province_unless_more_is_said() -> None:
    assert by_columns("", "吉林") == "220000"
    assert by_columns("", "吉林市") == "220200"
    assert by_columns("吉林省", "吉林") == "220200"
    assert by_columns("", "海南") == "460000"
    assert by_columns("青海", "海南") == "632500"
    assert by_columns("", "海南州") == "632500"


def test_an_address_tells_what_the_columns_leave_open() -> None:
    assert by_columns(address="广东省肇庆市高要区金利镇1号") == "441204"
    assert by_columns("广东省", "肇庆市", address="广东省肇庆市四会市大沙镇") == "441284"
    assert by_columns("广东省", address="肇庆四会大沙镇") == "441284"


@pytest.mark.parametrize("address", ["北京路12号", "南京西路100号", "海口大道", "吉林村", "无"])
def test_a_street_that_is_called_by_a_city_is_not_in_that_city(address: str) -> None:
    assert by_columns(address=address) == "100000"


def test_a_district_is_not_the_city_whose_name_it_begins_with() -> None:
    assert by_columns("", "", "南京区") == "100000"


def test_the_code_tells_its_office_city_or_province_where_columns_tell_nothing() -> None:
    def seat(office: str, province: str = "") -> tuple[str, str]:
        return PLACES.find(province, "", "", credit_code(office), "某某公司", "")

    assert seat("441284") == ("441284", "code")
    assert seat("441226") == ("441200", "code")
    assert seat("310115") == ("310000", "code")
    assert seat("441200", "广东省") == ("441200", "code")
    assert seat("430500", "广东省") == ("440000", "column")
    assert seat("100000") == ("100000", "unknown")


@pytest.mark.parametrize(
    ("name", "seat"),
    [
        ("湖南华联瓷业股份有限公司", "430000"),
        ("邵阳维克液压股份有限公司", "430500"),
        ("湖南邵阳某某有限公司", "430500"),
        ("宁德时代（肇庆）新能源有限公司", "441200"),
        ("宁德时代(肇庆市)新能源有限公司", "441200"),
        ("肇庆某某（广东）有限公司", "441200"),
        ("邵阳某某（广东）有限公司", "440000"),
        ("四会富仕电子科技股份有限公司", "441284"),
        ("肇庆市高要区某某厂", "441204"),
        ("吉林某某有限公司", "220000"),
        ("吉林市某某有限公司", "220200"),
        ("海南州某某有限公司", "632500"),
        ("云南大理某某有限公司", "532900"),
        ("大理州某某有限公司", "532900"),
        ("上海区块链技术有限公司", "310000"),
    ],
)
def test_a_place_in_the_name_tells_the_seat(name: str, seat: str) -> None:
    assert by_name(name) == seat


@pytest.mark.parametrize(
    "name",
    [
        "大理石制品有限公司",
        "三河环保有限公司",
        "某某（中国）有限公司",
        "某某（集团）公司",
        "高要某某厂",
        "南京区某某店",
        "某某上海菜馆",
    ],
)
def test_a_name_that_only_looks_like_a_place_tells_nothing(name: str) -> None:
    assert by_name(name) == "100000"


def test_the_code_goes_before_the_name() -> None:
    assert PLACES.find("", "", "", credit_code("441200"), "湖南某某有限公司", "") == ("441200", "code")


def test_no_region_at_all_is_no_error() -> None:
    assert Places([]).find("广东省", "肇庆市", "", None, "肇庆某某", "") == ("100000", "unknown")


def test_regions_are_called_by_shorter_names() -> None:
    assert plain_name("广西壮族自治区") == "广西"
    assert plain_name("阿克苏地区") == "阿克苏"
    assert short_names("神农架林区") == ("神农架",)
    assert short_names("博尔塔拉蒙古自治州") == ("博尔塔拉", "博尔塔拉州")
    assert short_names("保亭黎族苗族自治县") == ("保亭", "保亭县")
    assert short_names("海西蒙古族藏族自治州")[0] == "海西"
