"""``search``: in which ways a name answers, which answers come first, which typos are forgiven."""

from __future__ import annotations

import pytest

from chaingraph import Settings, search
from chaingraph.errors import UsageError
from tests.small_pack import SmallPack

_FIRMS = """\
  - id: tianma
    name: 天马微电子股份有限公司
    short_name: 天马
    name_en: Tianma Micro (No. 2)
    aliases: ["TM & 天马", 深天马]
    seat: "440100"
    evidence: [{source: register, locator: 名录}]
  - id: anbang
    name: 安邦有限公司
    seat: "440100"
    evidence: [{source: register, locator: 名录}]
    makes: [{link: cell, evidence: [{source: register, locator: 名录}]}]
"""


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The small pack with two more firms and the products of a link."""
    where = tmp_path_factory.mktemp("named")
    pack = SmallPack.write(where / "small")
    pack.append("firms/all.yaml", _FIRMS)
    pack.edit("chains/demo.yaml", "    name_en: Pack\n", "    name_en: Pack\n    keywords: [软包模组, blade]\n")
    return Settings(where / "workspace", (pack.folder,))


def ids(named: Settings, text: str, *kinds: str) -> list[str]:
    """What is found, the best first."""
    return [hit.id for hit in search(named, text, kinds=kinds).hits]


def how(named: Settings, text: str) -> dict[str, str]:
    """In which way each entity answers."""
    return {hit.id: hit.how for hit in search(named, text).hits}


@pytest.mark.parametrize(
    ("text", "id_", "way"),
    [
        ("电芯", "cell", "exact"),
        ("电芯股份有限公司", "celler", "exact"),
        ("电芯股", "celler", "prefix"),
        ("芯股份", "celler", "part"),
        ("dianxin", "cell", "pinyin"),
        ("xin", "cell", "pinyin"),
        ("dx", "cell", "initials"),
        ("dxgf", "celler", "initials"),
        ("软包模组", "pack-link", "product"),
        ("软包", "pack-link", "product"),
        ("ruanbao", "pack-link", "product"),
        ("rbmz", "pack-link", "product"),
        ("Blade", "pack-link", "product"),
        ("300000.SZ", "celler", "exact"),
        ("300000", "celler", "prefix"),
        ("441200", "441200", "exact"),
        ("肇庆", "441200", "exact"),
        ("zhaoqing", "441200", "exact"),
        ("Ｃｅｌｌ", "cell", "exact"),
        ("gUANGZHOU", "440100", "exact"),
        ("Tianma Micro (No. 2)", "tianma", "exact"),
        ("tianma micro no 2", "tianma", "exact"),
        ("TM & 天马", "tianma", "exact"),
        ("tm天马", "tianma", "exact"),
    ],
)
def test_a_name_answers_in_its_way(named: Settings, text: str, id_: str, way: str) -> None:
    assert how(named, text)[id_] == way


def test_the_whole_name_comes_before_a_beginning_and_the_shorter_name_before_the_longer(named: Settings) -> None:
    assert ids(named, "电芯") == ["cell", "celler"]
    assert how(named, "电芯") == {"cell": "exact", "celler": "prefix"}
    assert [hit.matched for hit in search(named, "电").hits] == [
        *("电芯", "电池包", "电芯厂"),
        "天马微电子股份有限公司",
    ]


def test_a_beginning_comes_before_initials_and_initials_before_a_part(named: Settings) -> None:
    ways = [hit.how for hit in search(named, "d").hits]
    assert ways.index("prefix") < ways.index("initials")
    assert ways == sorted(ways, key=["exact", "prefix", "initials", "pinyin", "part", "product"].index)


def test_a_part_of_a_syllable_is_no_syllable(named: Settings) -> None:
    assert "tianma" not in {key for key, way in how(named, "ian").items() if way == "pinyin"}
    assert how(named, "ianxin")["cell"] == "similar"
    assert how(named, "ongchang")["plant"] == "similar"
    assert how(named, "an")["anbang"] == "pinyin"
    assert "cell" not in ids(named, "an"), "dian holds an, but no syllable begins there"


def test_a_beginning_of_a_syllable_is_found_while_it_is_typed(named: Settings) -> None:
    assert "cell" in ids(named, "dianx")
    assert "cell" in ids(named, "di")


def test_several_words_narrow_and_each_must_be_answered(named: Settings) -> None:
    assert ids(named, "电芯 天马") == []
    assert ids(named, "dianxin 股份", "firm") == ["celler"]
    assert set(ids(named, "有限")) == {"maker", "celler", "tianma", "anbang"}


def test_a_word_may_be_answered_by_what_a_record_is_tied_to(named: Settings) -> None:
    # Both make cells, 安邦 is seated in Guangzhou, 电芯厂 in Ningde.
    assert ids(named, "广州 电芯", "firm") == ["anbang"]
    assert ids(named, "宁德 电芯", "firm") == ["celler"]
    assert ids(named, "福建 电芯", "firm") == ["celler"], "a province holds what lies in its cities"
    # 造车 has its plant in Zhaoqing.
    assert "plant" in ids(named, "肇庆 造车")


def test_words_of_one_name_in_its_order_are_the_name(named: Settings) -> None:
    assert how(named, "造车 工厂") == {"plant": "exact"}
    assert how(named, "zao che gong chang") == {"plant": "pinyin"}


def test_the_best_word_tells_how_a_record_answers(named: Settings) -> None:
    assert how(named, "宁德 股份") == {"celler": "part"}


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("zhaoqign", "441200"),
        ("dainxin", "cell"),
        ("guagnzhou", "440100"),
        ("zaochegongchnag", "plant"),
        ("Tainma Micro", "tianma"),
        ("电心", "cell"),
        ("店芯", "cell"),
        ("造车工场", "plant"),
        ("电芯股粉有限公司", "celler"),
        ("天马徽电子", "tianma"),
        ("电芯古份有限公词", "celler"),
    ],
)
def test_swapped_letters_and_a_wrong_character_are_forgiven(named: Settings, text: str, id_: str) -> None:
    assert ids(named, text)[0] == id_


def test_the_same_sound_answers_as_pinyin_and_another_character_as_similar(named: Settings) -> None:
    assert how(named, "电心")["cell"] == "pinyin"
    assert how(named, "天马徽电子")["tianma"] == "similar"


def test_where_something_answers_as_written_nothing_similar_is_told(named: Settings) -> None:
    assert "similar" not in how(named, "tianma").values()


@pytest.mark.parametrize("text", ["qqqq", "zz", "电汽", "xyxyxyxy", "钢铁冶炼"])
def test_what_nothing_resembles_is_not_found(named: Settings, text: str) -> None:
    report = search(named, text)
    assert (report.found, report.hits) == (0, ())


@pytest.mark.parametrize("text", ["(.*)", "\\", "^", "$", ".+", "*", "???", "，。", "%_%", "\x00", "\n("])
def test_punctuation_alone_is_refused(named: Settings, text: str) -> None:
    with pytest.raises(UsageError):
        search(named, text)


@pytest.mark.parametrize(
    ("text", "plain"), [("[dian]xin", "dianxin"), ("电.芯", "电芯"), ("^电芯$", "电芯"), ("c(e)ll", "cell")]
)
def test_characters_of_a_regular_expression_are_passed_over(named: Settings, text: str, plain: str) -> None:
    assert how(named, text) == how(named, plain)


@pytest.mark.parametrize("text", ["电芯" * 2000, "x" * 20_000, "dianxin" * 500, "电 " * 500, "a " * 500])
def test_a_very_long_query_is_answered(named: Settings, text: str) -> None:
    assert search(named, text).text == text


def test_an_id_is_no_name_and_a_region_code_is_one(named: Settings) -> None:
    assert how(named, "celler") == {"celler": "exact"}, "an id answers as a whole"
    assert "celler" not in ids(named, "celle", "firm"), "and not in part"
    assert how(named, "pack lin")["pack-link"] == "product", "a link's id says in English what it is"
    assert ids(named, "441283") == ["441283"]
    assert set(ids(named, "4412")) == {"441200", "441283"}


def test_kinds_keep_only_their_own_and_may_be_named_in_chinese(named: Settings) -> None:
    assert ids(named, "电芯", "firm") == ["celler"]
    assert ids(named, "电芯", "link") == ["cell"]
    assert ids(named, "电芯", "企业", "link") == ["cell", "celler"]
    assert ids(named, "电芯", "park") == []
    assert search(named, "电芯", kinds=["firm"]).found == 1


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u3000"])
def test_an_empty_text_is_refused(named: Settings, text: str) -> None:
    with pytest.raises(UsageError, match="what to search for"):
        search(named, text)


def test_an_unknown_kind_and_a_top_below_one_are_refused(named: Settings) -> None:
    with pytest.raises(UsageError, match="Did you mean 'firm'"):
        search(named, "电芯", kinds=["firms"])
    with pytest.raises(UsageError, match="at least 1"):
        search(named, "电芯", top=0)


def test_top_keeps_the_best_and_found_counts_all(named: Settings) -> None:
    whole = search(named, "有限", top=None)
    assert whole.found == len(whole.hits) == 4
    best = search(named, "有限", top=2)
    assert best.found == 4
    assert best.hits == whole.hits[:2]


def test_a_hit_tells_what_the_entity_is_in_the_language_asked_for(named: Settings) -> None:
    hit = search(named, "anbang", lang="zh").hits[0]
    assert (hit.kind_name, hit.name, hit.about) == ("企业", "安邦有限公司", "广州市 · 电芯")
    hit = search(named, "anbang", lang="en").hits[0]
    assert (hit.kind_name, hit.about) == ("firm", "Guangzhou · Cell")


def test_the_name_that_answered_is_told(named: Settings) -> None:
    assert [(hit.id, hit.matched) for hit in search(named, "深天马").hits] == [("tianma", "深天马")]


def test_a_name_that_equals_the_id_is_a_name(named: Settings) -> None:
    assert ids(named, "Cell", "link") == ["cell"]


def test_a_name_in_latin_letters_inside_a_chinese_one_is_a_part_not_a_sound(named: Settings) -> None:
    hit = next(hit for hit in search(named, "tm").hits if hit.id == "tianma")
    assert hit.matched == "TM & 天马"
    assert hit.how == "prefix"


def test_half_of_a_query_is_no_misspelling_of_a_name(named: Settings) -> None:
    assert ids(named, "天马 安邦") == []


def test_a_missing_a_wrong_and_a_swapped_letter_are_forgiven_once_in_four(named: Settings) -> None:
    for text in ("tianm", "tiama", "tainma", "tianna"):
        assert "tianma" in ids(named, text), text
    assert ids(named, "toonna") == []
