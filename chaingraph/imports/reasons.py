"""Why two firms may be one: the sentence that the review queue shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.errors import Text

if TYPE_CHECKING:
    from chaingraph.imports.records import Doubt

_WHY: dict[Doubt, Text] = {
    "same_code": Text(
        "“{mine}”与“{theirs}”代码相同，却先后各有一个编号",
        "{mine!r} and {theirs!r} bear one code, yet each has an id of its own",
    ),
    "code_and_name": Text(
        "“{mine}”按代码是一家企业，按名称却是“{theirs}”",
        "by its code {mine!r} is one firm, by its name it is {theirs!r}",
    ),
    "other_code": Text(
        "“{mine}”与“{theirs}”同名，信用代码不同（{code}，{their_code}）",
        "{mine!r} and {theirs!r} are one name with two credit codes ({code}, {their_code})",
    ),
    "other_listing": Text(
        "“{mine}”与“{theirs}”同名，股票代码不同（{code}，{their_code}）",
        "{mine!r} and {theirs!r} are one name with two listing codes ({code}, {their_code})",
    ),
    "other_name": Text(
        "“{mine}”的股票代码是“{theirs}”的，名称却不是",
        "the listing code of {mine!r} is that of {theirs!r}, the name is not",
    ),
    "several": Text(
        "“{mine}”的名称不止一家企业有，“{theirs}”是其中之一",
        "several firms bear the name {mine!r}; {theirs!r} is one",
    ),
    "not_full": Text(
        "“{mine}”与“{theirs}”只差组织形式，其中一个不是登记全称，两地不矛盾",
        "{mine!r} and {theirs!r} differ by the legal form alone, one is no full registered name, "
        "and their places do not contradict",
    ),
    "group": Text(
        "“{mine}”与“{theirs}”只差“集团”二字：集团与其成员往往是两家",
        "{mine!r} and {theirs!r} differ by the word group alone: a group and its member are often two firms",
    ),
    "short_name": Text(
        "“{mine}”与“{theirs}”的简称或别名相同，两地不矛盾",
        "{mine!r} bears the short name or an alias of {theirs!r}, and their places do not contradict",
    ),
    "former_name": Text(
        "“{mine}”与“{theirs}”一家的曾用名是另一家的名称",
        "a former name of one of {mine!r} and {theirs!r} is the name of the other",
    ),
    "alike": Text(
        "“{mine}”与“{theirs}”字号相同，名称相近，两地不矛盾",
        "{mine!r} and {theirs!r} share the core of their names, resemble one another, and their places do not "
        "contradict",
    ),
}


def why(kind: Doubt, told: dict[str, str]) -> Text:
    """The sentence for a doubt. ``told`` holds both names, and both codes where the doubt is about them."""
    return Text(_WHY[kind].zh.format(**told), _WHY[kind].en.format(**told))
