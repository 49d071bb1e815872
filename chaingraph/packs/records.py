"""Turns raw data of a pack file into records: fills in evidence defaults, validates, words the problems."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from chaingraph.errors import Text
from chaingraph.model.evidence import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chaingraph.model.evidence import Source
    from chaingraph.packs.yaml_file import KeyPath, PackFile

R = TypeVar("R", bound=Record)


_CITING = {"evidence", "seat_evidence"}
"""Keys whose items cite sources."""


@dataclass(frozen=True)
class Place:
    """Where a record stands: its file and its key path in it."""

    file: PackFile
    path: KeyPath

    def report(self, at: KeyPath, what: Text, mend: Text) -> None:
        """Adds a problem at ``at``, relative to the record."""
        self.file.report((*self.path, *at), what, mend)


@dataclass(frozen=True)
class Citations:
    """The sources that evidence may cite, those that were not valid, and the source of the curators' own judgement."""

    sources: Mapping[str, Source]
    curator: str
    refused: frozenset[str]

    def complete(self, raw: Any, place: Place, at: KeyPath = ()) -> Any:
        """A copy of ``raw`` with ``why`` turned into evidence, and grade and date taken from the source."""
        if isinstance(raw, list):
            return [self.complete(item, place, (*at, index)) for index, item in enumerate(raw)]
        if not isinstance(raw, dict):
            return raw
        done = {key: self.complete(value, place, (*at, key)) for key, value in raw.items() if key not in _CITING}
        if "why" in done:
            done["evidence"] = [*done.get("evidence", []), self._judgement(done.pop("why"))]
        for key in _CITING & raw.keys():
            cited = self._cited(raw[key], place, (*at, key))
            done[key] = [*cited, *done.get(key, [])] if isinstance(cited, list) else cited
        return done

    def _judgement(self, reason: Any) -> dict[str, Any]:
        curator = self.sources.get(self.curator)
        return {
            "source": self.curator,
            "locator": "编者判断",
            "grade": "D",
            "as_of": curator.date if curator else "1970-01-01",
            "note": reason,
        }

    def _cited(self, items: Any, place: Place, at: KeyPath) -> Any:
        if not isinstance(items, list):
            return items
        done = []
        for index, item in enumerate(items):
            if not isinstance(item, dict):
                return items
            source = self.sources.get(str(item.get("source")))
            if source is None and "source" in item and str(item["source"]) not in self.refused:
                close = get_close_matches(str(item["source"]), list(self.sources), 1)
                place.report(
                    (*at, index, "source"),
                    Text(f"来源“{item['source']}”不存在", f"source {item['source']!r} does not exist"),
                    Text(
                        f"改为“{close[0]}”，或在 sources 中登记" if close else "在 sources 中登记该来源",
                        f"did you mean {close[0]!r}? Or add it to sources" if close else "add it to sources",
                    ),
                )
            defaults: dict[str, Any] = {"grade": "D", "as_of": "1970-01-01"}
            if source is not None:
                defaults = {"grade": source.grade, "as_of": source.date}
            done.append({**defaults, **item})
        return done


def make(kind: type[R], raw: Any, place: Place, citations: Citations | None) -> R | None:
    """The record of ``raw``; None, with its problems reported at ``place``, if it is not valid."""
    if citations is not None:
        raw = citations.complete(raw, place)
    if not isinstance(raw, dict):
        place.report((), *_NOT_A_MAPPING)
        return None
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        found = error.errors(include_url=False)
        for item in found:
            # "At least one item" is only the echo of an item that was refused.
            if not any(other["loc"][: len(item["loc"])] == item["loc"] != other["loc"] for other in found):
                place.report(item["loc"], *_worded(item, kind))
        return None


_NOT_A_MAPPING = (
    Text("这里应是“键： 值”的一条记录", "a record of key: value pairs is expected here"),
    Text("对照 docs/pack-format.md 改写", "see docs/pack-format.md"),
)


def _worded(item: Any, kind: type[Record]) -> tuple[Text, Text]:
    """What is wrong and the mend, for one error of pydantic."""
    key = str(item["loc"][-1]) if item["loc"] else ""
    match item["type"]:
        case "extra_forbidden":
            allowed = sorted(_keys_at(kind, item["loc"][:-1]))
            close = get_close_matches(key, allowed, 1)
            return (
                Text(f"未知的键“{key}”", f"unknown key {key!r}"),
                Text(
                    f"改为“{close[0]}”，或删去" if close else f"可用的键：{'、'.join(allowed)}",
                    f"did you mean {close[0]!r}?" if close else f"allowed keys: {', '.join(allowed)}",
                ),
            )
        case "missing" if key == "evidence":
            return (
                Text("缺少证据", "evidence is missing"),
                Text(
                    "写 evidence: [{source, locator}]，或编者判断写 why:",
                    "write evidence: [{source, locator}], or why: for a judgement",
                ),
            )
        case "missing":
            return (
                Text(f"缺少必填项“{key}”", f"required key {key!r} is missing"),
                Text(f"补上“{key}”", f"add {key!r}"),
            )
        case "string_type":
            return (
                Text(f"应为文字，却是 {item['input']!r}", f"text is expected, not {item['input']!r}"),
                Text('加引号，如 "441200"', 'put it in quotes, as "441200"'),
            )
        case "string_pattern_mismatch":
            pattern = item["ctx"]["pattern"]
            return (
                Text(f"“{item['input']}”的写法不对", f"{item['input']!r} is not well-formed"),
                Text(f"应符合 {pattern}", f"it must match {pattern}"),
            )
        case "literal_error":
            return (
                Text(f"“{item['input']}”不在可选值内", f"{item['input']!r} is not one of the allowed values"),
                Text(f"可选：{item['ctx']['expected']}", f"allowed: {item['ctx']['expected']}"),
            )
        case "date_from_datetime_parsing" | "date_type" | "date_parsing" | "date_from_datetime_inexact":
            return (
                Text(f"“{item['input']}”不是日期", f"{item['input']!r} is not a date"),
                Text("写成 2026-11-22", "write it as 2026-11-22"),
            )
    worded = _RULES.get(item["type"])
    if worded is not None:
        limits = {key: value for key, value in item.get("ctx", {}).items() if isinstance(value, int | float)}
        rule = Text(worded.zh.format(**limits), worded.en.format(**limits))
        shown = _brief(item["input"])
        return (
            Text(f"{shown} 不合规则", f"{shown} is refused"),
            Text(f"应{rule.zh}", f"it must be {rule.en}"),
        )
    message = item["msg"].removeprefix("Value error, ")
    return (
        Text(
            f"值 {_brief(item['input'])} 不合规则：{message}",
            f"value {_brief(item['input'])} is refused: {message}",
        ),
        Text("按规则改正", "correct it"),
    )


_RULES = {
    "float_type": Text("为数字，不加引号", "a number, without quotes"),
    "float_parsing": Text("为数字", "a number"),
    "int_type": Text("为整数，不加引号", "a whole number, without quotes"),
    "int_parsing": Text("为整数", "a whole number"),
    "int_from_float": Text("为整数", "a whole number"),
    "bool_type": Text("为 true 或 false", "true or false"),
    "bool_parsing": Text("为 true 或 false", "true or false"),
    "finite_number": Text("为有限的数", "finite"),
    "greater_than": Text("大于 {gt}", "above {gt}"),
    "greater_than_equal": Text("不小于 {ge}", "at least {ge}"),
    "less_than_equal": Text("不大于 {le}", "at most {le}"),
    "tuple_type": Text("为列表，每条以“- ”开头", "a list"),
    "dict_type": Text("为“键: 值”", "key: value pairs"),
    "model_type": Text("为一条记录（键: 值）", "a record of key: value pairs"),
    "too_short": Text("至少有一条", "at least one entry"),
    "string_too_short": Text("不为空", "not empty"),
}
"""What a value must be, by pydantic's type of error."""


def _brief(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _keys_at(kind: type[Record], path: KeyPath) -> set[str]:
    """The keys that the model at ``path`` below ``kind`` knows."""
    for part in path:
        if isinstance(part, int):
            continue
        field = next((f for name, f in kind.model_fields.items() if part in (name, f.alias)), None)
        inner = _model_of(field.annotation) if field else None
        if inner is None:
            return set()
        kind = inner
    return {f.alias or name for name, f in kind.model_fields.items()} | (
        {"why"} if "evidence" in kind.model_fields else set()
    )


def _model_of(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_of(inner)
        if found:
            return found
    return None
