"""Checks across records: references, cycles, units, evidence dates and grades, doubles. One small function a rule."""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from chaingraph.errors import Text
from chaingraph.model.evidence import Evidence, Record
from chaingraph.model.words import SOURCING_RATE, word
from chaingraph.packs import documents, industries
from chaingraph.packs.shelf import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from chaingraph.model.graph import Graph
    from chaingraph.packs.records import Place
    from chaingraph.packs.shelf import Shelf
    from chaingraph.packs.yaml_file import KeyPath

_KIND_NAMES = {
    "firms": Text("企业", "firm"),
    "links": Text("环节", "link"),
    "chains": Text("产业链", "chain"),
    "regions": Text("地区", "region"),
    "parks": Text("园区", "park"),
    "projects": Text("项目", "project"),
    "sources": Text("来源", "source"),
}

# Which field of which record refers to which kind of node.
_REFERENCES: dict[str, tuple[tuple[str, str], ...]] = {
    "chains": (("leaders.*.firm", "firms"), ("leaders.*.region", "regions"), ("leaders.*.link", "links")),
    "memberships": (("link", "links"), ("chain", "chains")),
    "feeds": (("from_", "links"), ("to", "links")),
    "firms": (
        ("seat", "regions"),
        ("makes.*.link", "links"),
        ("supplies.*.to", "firms"),
        ("supplies.*.link", "links"),
        ("owned_by.*.firm", "firms"),
    ),
    "projects": (
        ("firm", "firms"),
        ("region", "regions"),
        ("park", "parks"),
        ("part_of.project", "projects"),
        ("makes.*.link", "links"),
    ),
    "parks": (
        ("region", "regions"),
        ("part_of.park", "parks"),
        ("targets_chains.*.chain", "chains"),
        ("targets_links.*.link", "links"),
    ),
    "platforms": (("region", "regions"), ("park", "parks"), ("firm", "firms"), ("serves.*.chain", "chains")),
    "policies": (("region", "regions"), ("chains.*", "chains"), ("parks.*", "parks")),
    "regions": (("parent", "regions"),),
    "claims": (("region", "regions"), ("link", "links")),
    "surveys": (("region", "regions"), ("link", "links")),
    "negative_list": (("region", "regions"), ("firm", "firms"), ("link", "links")),
    "targets": (("region", "regions"), ("chain", "chains"), ("park", "parks"), ("link", "links")),
    "actuals": (("region", "regions"), ("chain", "chains"), ("park", "parks")),
    "documents": (("source", "sources"),),
}


def cross_check(graph: Graph, shelf: Shelf, manifest: Place) -> None:
    """Reports every problem that takes more than one record to see, at the record that should be mended."""
    _references(graph, shelf)
    _evidence(graph, shelf)
    _units(graph, shelf)
    _figures(graph, shelf)
    _cycles(shelf)
    _regions(graph, shelf)
    _empty_chains(graph, shelf)
    _parts(shelf)
    _leaders(graph, shelf)
    _doubles(shelf)
    _manifest(graph, shelf, manifest)
    documents.check(graph, shelf)
    industries.check_links(graph.industries, shelf)


def _values(record: Any, path: tuple[str, ...], at: KeyPath = ()) -> Iterator[tuple[Any, KeyPath]]:
    if record is None:
        return
    if not path:
        yield record, at
    elif path[0] == "*":
        for index, item in enumerate(record):
            yield from _values(item, path[1:], (*at, index))
    else:
        yield from _values(getattr(record, path[0]), path[1:], (*at, path[0].rstrip("_")))


def _references(graph: Graph, shelf: Shelf) -> None:
    for kind, fields in _REFERENCES.items():
        for record, place in shelf.placed(kind):
            for field, target in fields:
                for value, at in _values(record, tuple(field.split("."))):
                    known = getattr(graph, target)
                    if value not in known and value not in shelf.refused:
                        _dangling(place, at, _KIND_NAMES[target], value, list(known))


def _dangling(place: Place, at: KeyPath, kind: Text, value: str, known: list[str]) -> None:
    close = get_close_matches(value, known, 1)
    place.report(
        at,
        Text(f"{kind.zh}“{value}”不存在", f"{kind.en} {value!r} does not exist"),
        Text(
            f"改为“{close[0]}”，或先登记它" if close else "先登记它，或删去此项",
            f"did you mean {close[0]!r}? Or add it first" if close else "add it first, or delete this",
        ),
    )


def _evidences(record: Any, at: KeyPath = ()) -> Iterator[tuple[Evidence, KeyPath]]:
    if isinstance(record, Evidence):
        yield record, at
    elif isinstance(record, Record):
        for name in type(record).model_fields:
            yield from _evidences(getattr(record, name), (*at, name.rstrip("_")))
    elif isinstance(record, tuple):
        for index, item in enumerate(record):
            yield from _evidences(item, (*at, index))


def _evidence(graph: Graph, shelf: Shelf) -> None:
    """A fact cannot be better graded than its source, nor younger than it."""
    for kind in shelf.records:
        if kind == "sources":
            continue
        for record, place in shelf.placed(kind):
            for item, at in _evidences(record):
                source = graph.sources.get(item.source)
                if source is None:
                    continue
                if item.grade < source.grade:
                    place.report(
                        at,
                        Text(
                            f"证据等级 {item.grade} 高于来源“{source.id}”的等级 {source.grade}",
                            f"grade {item.grade} is better than that of its source {source.id!r}, {source.grade}",
                        ),
                        Text(f"改为 {source.grade} 或更低", f"use {source.grade} or lower"),
                    )
                if item.as_of > source.date:
                    place.report(
                        at,
                        Text(
                            f"事实日期 {item.as_of} 晚于来源“{source.id}”的日期 {source.date}",
                            f"as_of {item.as_of} is later than its source {source.id!r}, {source.date}",
                        ),
                        Text("改正其中一个日期", "correct one of the two dates"),
                    )


def _units(graph: Graph, shelf: Shelf) -> None:
    units = list(graph.manifest.units)
    for link, place in shelf.placed("links"):
        if link.unit not in units:
            _undeclared(place, link.unit, units)
    for project, place in shelf.placed("projects"):
        for index, makes in enumerate(project.makes):
            link = graph.links.get(makes.link)
            if link is not None and makes.unit is not None and makes.unit != link.unit:
                place.report(
                    ("makes", index, "unit"),
                    Text(
                        f"单位“{makes.unit}”与环节“{link.name}”的单位“{link.unit}”不符",
                        f"unit {makes.unit!r} does not match the unit {link.unit!r} of link {link.id!r}",
                    ),
                    Text(f"把产能换算成“{link.unit}”", f"convert the capacity to {link.unit!r}"),
                )


def _figures(graph: Graph, shelf: Shelf) -> None:
    """Targets and actuals bear a declared unit, or one of two such; the local sourcing rate is in per cent."""
    units = list(graph.manifest.units)
    for kind in ("targets", "actuals"):
        for figure, place in shelf.placed(kind):
            if not set(figure.unit.split("/")) <= set(units):
                _undeclared(place, figure.unit, units)
            if figure.metric == SOURCING_RATE and figure.unit != "%":
                place.report(
                    ("unit",),
                    Text("本地配套率的单位应为 %", "the local sourcing rate is in %"),
                    Text("换算成百分数，unit 写 '%'", "convert it, and write unit: '%'"),
                )


def _undeclared(place: Place, unit: str, units: list[str]) -> None:
    close = get_close_matches(unit, units, 1)
    place.report(
        ("unit",),
        Text(f"单位“{unit}”未在 pack.yaml 的 units 中声明", f"unit {unit!r} is not in pack.yaml units"),
        Text(
            f"改为“{close[0]}”，或在 units 中声明" if close else "在 units 中声明",
            f"did you mean {close[0]!r}? Or declare it" if close else "declare it there",
        ),
    )


def _cycles(shelf: Shelf) -> None:
    """A loop of feeds that are not recycled has no answer: the loop is named."""
    import networkx as nx

    digraph: nx.DiGraph[str] = nx.DiGraph()
    places: dict[tuple[str, str], Place] = {}
    for feed, place in shelf.placed("feeds"):
        if not feed.recycled:
            digraph.add_edge(feed.from_, feed.to)
            places[feed.from_, feed.to] = place
    for component in sorted(nx.strongly_connected_components(digraph), key=sorted):
        part = digraph.subgraph(component)
        if part.number_of_edges() == 0:
            continue
        edges = nx.find_cycle(part, min(component))
        loop = " → ".join([edges[0][0], *(edge[1] for edge in edges)])
        places[edges[-1][0], edges[-1][1]].report(
            (),
            Text(f"上下游关系成环：{loop}", f"the feeds form a loop: {loop}"),
            Text(
                "改正方向；若是回收再用，写 recycled: true",
                "correct a direction; if it is recycling, write recycled: true",
            ),
        )


def _regions(graph: Graph, shelf: Shelf) -> None:
    """A region's line of parents must end."""
    parents = {region.adcode: region.parent for region in graph.regions.values()}
    for region, place in shelf.placed("regions"):
        if _leads_back(region.adcode, parents):
            place.report(
                ("parent",),
                Text(f"地区“{region.name}”的上级绕回自身", f"the parents of region {region.name!r} lead back to it"),
                Text("改正 parent", "correct the parent"),
            )


def _leads_back(start: str, above: Mapping[str, str | None]) -> bool:
    """Whether the line upwards from ``start`` comes back to it."""
    seen, key = {start}, above.get(start)
    while key is not None and key not in seen:
        seen.add(key)
        key = above.get(key)
    return key == start


def _empty_chains(graph: Graph, shelf: Shelf) -> None:
    """A chain has links."""
    held = {member.chain for member in graph.memberships}
    for chain, place in shelf.placed("chains"):
        if chain.id not in held:
            place.report(
                (),
                Text(f"产业链“{chain.id}”没有环节", f"chain {chain.id!r} has no links"),
                Text("在 links 或 shares 中加入环节", "add links, or shares of other chains' links"),
            )


def _parts(shelf: Shelf) -> None:
    """A park or a project is no part of itself, by whatever way round."""
    for kind, field in (("parks", "park"), ("projects", "project")):
        whole = {part.id: getattr(part.part_of, field) for part, _ in shelf.placed(kind) if part.part_of}
        for part, place in shelf.placed(kind):
            if _leads_back(part.id, whole):
                place.report(
                    ("part_of",),
                    Text(f"“{part.name}”的所属绕回自身", f"the wholes of {part.id!r} lead back to it"),
                    Text("改正 part_of", "correct part_of"),
                )


def _leaders(graph: Graph, shelf: Shelf) -> None:
    members = {(m.chain, m.link) for m in graph.memberships}
    for chain, place in shelf.placed("chains"):
        for index, leader in enumerate(chain.leaders):
            if leader.link in graph.links and (chain.id, leader.link) not in members:
                place.report(
                    ("leaders", index, "link"),
                    Text(
                        f"链主环节“{leader.link}”不在产业链“{chain.id}”里",
                        f"the leader's link {leader.link!r} is not in chain {chain.id!r}",
                    ),
                    Text("在 links 或 shares 中加入它", "add it to links or shares"),
                )


def _doubles(shelf: Shelf) -> None:
    """Two firms with one registered name, listing code or credit code are one firm."""
    for field in ("name", "listing_code", "credit_code"):
        first: dict[str, str] = {}
        for firm, place in shelf.placed("firms"):
            value = getattr(firm, field)
            if value is None:
                continue
            other = first.setdefault(value, firm.id)
            if other != firm.id:
                place.report(
                    (field,),
                    Text(
                        f"“{value}”已是企业“{other}”的 {field}",
                        f"{value!r} is already the {field} of {other!r}",
                    ),
                    Text(f"并入“{other}”，或改正", f"merge into {other!r}, or correct it"),
                )
    kinds: dict[str, str] = {}
    for kind in NAMED:
        for record, place in shelf.placed(kind):
            other = kinds.setdefault(record.id, kind)
            if other != kind:
                place.report(
                    ("id",),
                    Text(f"编号“{record.id}”已用于{word(other, 'zh')}", f"id {record.id!r} is already used in {other}"),
                    Text("改编号：一个编号只归一个对象", "change it: an id belongs to one entity"),
                )
    links: dict[str, list[str]] = defaultdict(list)
    for link, place in shelf.placed("links"):
        for name in {link.name, *link.aliases}:
            links[name].append(link.id)
            if len(links[name]) > 1:
                place.report(
                    (),
                    Text(
                        f"名称“{name}”同属环节 {'、'.join(links[name])}",
                        f"name {name!r} belongs to {' and '.join(links[name])}",
                    ),
                    Text("一个名称只归一个环节", "a name belongs to one link only"),
                )


def _manifest(graph: Graph, shelf: Shelf, place: Place) -> None:
    """The home region, the default chain and the rings must exist."""
    rings = graph.manifest.rings.bay_area
    wanted: list[tuple[KeyPath, str, str]] = [
        (("home_region",), "regions", graph.manifest.home_region),
        (("default_chain",), "chains", graph.manifest.default_chain),
        *((("rings", "bay_area", index), "regions", code) for index, code in enumerate(rings)),
    ]
    if graph.manifest.industries_source is not None:
        wanted.append((("industries_source",), "sources", graph.manifest.industries_source))
    elif graph.industries:
        place.report((), *_NO_INDUSTRIES_SOURCE)
    for at, kind, value in wanted:
        known = getattr(graph, kind)
        if value not in known and value not in shelf.refused:
            _dangling(place, at, _KIND_NAMES[kind], value, list(known))


_NO_INDUSTRIES_SOURCE = (
    Text("industries.csv 没有来源", "industries.csv has no source"),
    Text("在 pack.yaml 中写 industries_source", "write industries_source in pack.yaml"),
)
