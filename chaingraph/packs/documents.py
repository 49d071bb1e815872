"""Proves that no fact listed as taken from a document is missing from the graph: it is there and cites the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chaingraph.errors import Text
from chaingraph.packs.shelf import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chaingraph.model.entities import Taken
    from chaingraph.model.graph import Graph
    from chaingraph.packs.shelf import Shelf

_WITHOUT_ID = ("claims", "surveys")
_SECTIONS = (*NAMED, *_WITHOUT_ID)


def check(graph: Graph, shelf: Shelf) -> None:
    """Reports every listed fact that the graph does not hold, or holds without citing the document."""
    for document, place in shelf.placed("documents"):
        if document.source not in graph.sources:
            continue
        for index, fact in enumerate(document.facts):
            at = ("facts", index, "in")
            section, _, rest = fact.in_.partition("/")
            if section not in _SECTIONS or (section in _WITHOUT_ID) == bool(rest):
                place.report(
                    at,
                    Text(f"路径“{fact.in_}”不成立", f"path {fact.in_!r} is none"),
                    Text("写成 部分/编号/字段；claims 与 surveys 无编号", "write section/id/field; claims have no id"),
                )
                continue
            if rest.partition("/")[0] in shelf.refused:
                continue
            items = [item for item in _items(graph, section, rest) if _bears(item, fact)]
            if not items:
                place.report(
                    at,
                    Text(f"图中没有这条事实：{_told(fact)}", f"the graph does not hold this fact: {_told(fact)}"),
                    Text("在该处补上，或改正路径与 has", "add it there, or correct the path and has"),
                )
            elif not any(document.source in _cited(item) for item in items):
                place.report(
                    at,
                    Text(
                        f"这条事实未引用“{document.source}”：{_told(fact)}",
                        f"this fact does not cite {document.source!r}: {_told(fact)}",
                    ),
                    Text("在其 evidence 中加上该来源", "add the source to its evidence"),
                )


def _items(graph: Graph, section: str, rest: str) -> Iterator[Any]:
    """What stands at a path: the record, or each item of its field."""
    held = getattr(graph, section)
    if section in _WITHOUT_ID:
        yield from held
        return
    key, _, field = rest.partition("/")
    record = held.get(key)
    if record is None or not field:
        yield from () if record is None else (record,)
        return
    value = getattr(record, field) if field in type(record).model_fields else None
    for item in value if isinstance(value, tuple) else (value,):
        if item is not None:
            yield item if hasattr(item, "evidence") else _Plain(item, record)


class _Plain:
    """A bare value of a record (an alias, a region): the record's evidence speaks for it."""

    def __init__(self, value: Any, record: Any) -> None:
        self.value = value
        self.evidence = record.evidence


def _bears(item: Any, fact: Taken) -> bool:
    return all(_same(getattr(item, key, None), value) for key, value in fact.has.items())


def _same(held: Any, listed: bool | float | date | str) -> bool:
    """Whether two values are one; numbers are compared as such, so that a year is found."""
    return held == listed if isinstance(held, int | float) else str(held) == str(listed)


def _cited(item: Any) -> set[str]:
    return {evidence.source for evidence in item.evidence}


def _told(fact: Taken) -> str:
    return f"{fact.in_} {fact.has or ''} {fact.told}"
