"""Compiles a graph to a snapshot: chains in topological order, makes-rows sorted by (link, city), entity records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from chaingraph.model.entities import PartOf
from chaingraph.stores.facts import PARK_FIGURES, entity_records
from chaingraph.stores.firm_columns import write_firms
from chaingraph.stores.keys import days
from chaingraph.stores.name_keys import write_names
from chaingraph.stores.paths import imported_ties, index_paths
from chaingraph.stores.rows import TargetRow
from chaingraph.stores.snapshot_writer import Writer, unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from chaingraph.model.entities import Actual, Chain, Park, Project, Target
    from chaingraph.model.evidence import Evidence, Figure, Share
    from chaingraph.model.graph import Graph
    from chaingraph.model.words import Grade
    from chaingraph.stores.imported import Imported


def compile_snapshot(
    graph: Graph,
    snapshots: Path,
    name: str,
    progress: Callable[[str, float], None] | None = None,
    imported: Imported | None = None,
) -> Path:
    """Writes the snapshot of ``graph`` and of what was ``imported`` into ``snapshots`` and returns its folder.

    Raises
    ------
    WorkspaceError
        If the folder cannot be written.
    """
    writer = Writer(snapshots)
    steps: list[tuple[str, Callable[[Graph, Imported | None, Writer], None]]] = [
        ("settings", _settings),
        ("regions", _regions),
        ("chains", _chains),
        ("projects", _projects),
        ("parks", _parks),
        ("signs", _signs),
        ("firms", _firms),
    ]
    try:
        for done, (label, step) in enumerate(steps, 1):
            step(graph, imported, writer)
            if progress is not None:
                progress(label, done / len(steps))
        return writer.publish(name)
    except OSError as error:
        writer.discard()
        raise unusable(snapshots, error) from error
    except BaseException:
        writer.discard()
        raise


def best_grade(evidence: Sequence[Evidence]) -> Grade:
    """The best grade among the items."""
    return min(item.grade for item in evidence)


def _dates(evidence: Sequence[Evidence]) -> list[tuple[int, Grade]]:
    """Day and grade of each citation."""
    return [(days(item.as_of), item.grade) for item in evidence]


def _cited(evidence: Sequence[Evidence]) -> list[tuple[int, Grade, str]]:
    """Day, grade and source of each citation."""
    return [(days(item.as_of), item.grade, item.source) for item in evidence]


def _dated(figure: Figure | None) -> tuple[float, list[tuple[int, Grade]]] | None:
    return None if figure is None else (figure.value, _dates(figure.evidence))


def _judged(figure: Figure | Share | None) -> tuple[float, Grade] | None:
    return None if figure is None else (figure.value, best_grade(figure.evidence))


def _settings(graph: Graph, imported: Imported | None, writer: Writer) -> None:
    writer.table(
        "settings",
        {
            "manifest": graph.manifest.model_dump(mode="json"),
            "scoring": {
                part: {key: figure["value"] for key, figure in values.items()}
                for part, values in graph.scoring.model_dump(mode="json").items()
            },
        },
    )
    sources = {**graph.sources, **(imported.sources if imported else {})}
    writer.table("sources", {key: source.model_dump(mode="json") for key, source in sources.items()})
    writer.table("censuses", [list(census) for census in (imported.surveys if imported else ())])
    writer.table("imports", list(imported.sources) if imported else [])
    writer.table("merged", imported.merged if imported else {})
    targets = [_figure(target) for target in graph.targets.values()]
    writer.table("targets", [[target[field] for field in (*TargetRow._fields[:-1], "evidence")] for target in targets])
    writer.table("actuals", [_figure(actual) for actual in graph.actuals.values()])


def _figure(figure: Target | Actual) -> dict[str, Any]:
    return {
        **figure.model_dump(mode="json"),
        "name_en": figure.name_en or figure.name,
        "evidence": _dates(figure.evidence),
    }


def _regions(graph: Graph, imported: Imported | None, writer: Writer) -> None:  # noqa: ARG001
    regions = sorted(graph.regions.values(), key=lambda region: region.adcode)
    writer.table(
        "regions",
        {
            field: [getattr(region, field) for region in regions]
            for field in ("adcode", "name", "name_en", "level", "parent")
        },
    )
    writer.column("region_lat", np.array([region.lat for region in regions]))
    writer.column("region_lon", np.array([region.lon for region in regions]))


def _chains(graph: Graph, imported: Imported | None, writer: Writer) -> None:  # noqa: ARG001
    import networkx as nx

    digraph: nx.DiGraph[str] = nx.DiGraph()
    digraph.add_nodes_from(sorted(graph.links))
    digraph.add_edges_from((feed.from_, feed.to) for feed in graph.feeds if not feed.recycled)
    order = {link: place for place, link in enumerate(nx.lexicographical_topological_sort(digraph))}
    writer.table("chain_ids", sorted(graph.chains))
    for chain in graph.chains.values():
        writer.table(f"chains/{chain.id}", _chain_frame(graph, chain, order))


def _chain_frame(graph: Graph, chain: Chain, order: dict[str, int]) -> dict[str, Any]:
    members = sorted(
        (member for member in graph.memberships if member.chain == chain.id),
        key=lambda member: order[member.link],
    )
    inside = {member.link for member in members}
    links = []
    for member in members:
        link = graph.links[member.link]
        figures = (_judged(link.unit_price_cny), _judged(link.criticality), _judged(link.locality))
        links.append([link.id, link.name, link.name_en, link.unit, member.stage, member.tier, *figures])
    feeds = [
        [feed.from_, feed.to, feed.amount, feed.recycled, best_grade(feed.evidence)]
        for feed in sorted(graph.feeds, key=lambda feed: (feed.from_, feed.to))
        if feed.from_ in inside and feed.to in inside
    ]
    leaders = []
    for leader in chain.leaders:
        firm = graph.firms[leader.firm]
        name = firm.short_name or firm.name
        leaders.append([firm.id, name, firm.name_en or name, leader.region, leader.link, *_first(leader.evidence)])
    return {
        "id": chain.id,
        "name": chain.name,
        "name_en": chain.name_en,
        "links": links,
        "feeds": feeds,
        "leaders": leaders,
    }


def _first(evidence: Sequence[Evidence]) -> tuple[str, str]:
    """The best grade, and the first day that any of the items speaks of."""
    return best_grade(evidence), min(item.as_of for item in evidence).isoformat()


def _projects(graph: Graph, imported: Imported | None, writer: Writer) -> None:
    writer.table(
        "projects",
        [_project(graph, project) for project in sorted(graph.projects.values(), key=lambda p: p.id)],
    )
    titles = {key: source.title for key, source in graph.sources.items()}
    writer.table(
        "claims",
        [
            [
                c.region,
                c.link,
                c.said,
                [[days(e.as_of), e.grade, e.source, titles[e.source]] for e in c.evidence],
            ]
            for c in graph.claims
        ],
    )
    writer.table(
        "surveys",
        [
            *([s.region, s.link, days(s.date), s.found, best_grade(s.evidence)] for s in graph.surveys),
            *(list(census[:5]) for census in (imported.surveys if imported else ())),
        ],
    )


def _project(graph: Graph, project: Project) -> dict[str, Any]:
    firm = graph.firms[project.firm] if project.firm else None
    return {
        "id": project.id,
        "name": project.name,
        "name_en": project.name_en or project.name,
        "firm": project.firm,
        "firm_name": (firm.short_name or firm.name) if firm else None,
        "firm_name_en": (firm.name_en or firm.short_name or firm.name) if firm else None,
        "region": project.region,
        "since": min([days(e.as_of) for e in project.evidence] + [days(s.date) for s in project.stages]),
        "stages": [[s.stage, days(s.date), s.by, best_grade(s.evidence)] for s in project.stages],
        "makes": [
            [m.link, m.capacity, m.basis, [[days(e.as_of), e.grade, e.note] for e in m.evidence]] for m in project.makes
        ],
    }


def _parks(graph: Graph, imported: Imported | None, writer: Writer) -> None:  # noqa: ARG001
    """What lists of projects and parks tell beyond what projects make: nothing that a gap report reads."""
    writer.table(
        "sites",
        {
            project.id: {
                "park": project.park,
                "part_of": _part(project),
                "investment_cny": _dated(project.investment_cny),
                "area_mu": _dated(project.area_mu),
                "makes": _made(project),
            }
            for project in graph.projects.values()
        },
    )
    writer.table(
        "parks",
        [
            {
                "id": park.id,
                **dict(zip(("name", "name_en"), _short(park), strict=True)),
                "region": park.region,
                "part_of": _part(park),
                "figures": {field: _dated(getattr(park, field)) for field in PARK_FIGURES},
                "chains": [(target.chain, _dates(target.evidence)) for target in park.targets_chains],
                "links": [(target.link, _dates(target.evidence)) for target in park.targets_links],
                "discharges": [(taken.kind, taken.allowed, _dates(taken.evidence)) for taken in park.discharges],
                "lat": park.lat,
                "lon": park.lon,
                "evidence": _dates(park.evidence),
            }
            for park in sorted(graph.parks.values(), key=lambda park: park.id)
        ],
    )
    named = {
        "link": {link.id: [link.name, link.name_en] for link in graph.links.values()},
        "chain": {chain.id: [chain.name, chain.name_en] for chain in graph.chains.values()},
        "region": {region.adcode: [region.name, region.name_en] for region in graph.regions.values()},
        "park": {park.id: _short(park) for park in graph.parks.values()},
    }
    for kind, names in named.items():
        writer.table(f"{kind}_names", names)


def _made(project: Project) -> dict[str, list[tuple[int, Grade, str]]]:
    """The citations that a project makes each of its links."""
    made: dict[str, list[tuple[int, Grade, str]]] = {}
    for makes in project.makes:
        made.setdefault(makes.link, []).extend(_cited(makes.evidence))
    return made


def _part(record: Park | Project) -> tuple[str, list[tuple[int, Grade]]] | None:
    """The whole that a park or a project is a part of, and since when that is known."""
    if record.part_of is None:
        return None
    whole = record.part_of.park if isinstance(record.part_of, PartOf) else record.part_of.project
    return whole, _dates(record.part_of.evidence)


def _short(park: Park) -> list[str]:
    """The name of a park as tables print it, in both languages."""
    name = park.short_name or park.name
    return [name, park.name_en or name]


def _signs(graph: Graph, imported: Imported | None, writer: Writer) -> None:  # noqa: ARG001
    """What speaks for or against a firm as a lead: nothing that a gap report reads."""
    firms = graph.firms.values()
    writer.table(
        "signals",
        {
            firm.id: [[days(s.date), s.said, s.said_en or s.said, _dates(s.evidence)] for s in firm.signals]
            for firm in firms
            if firm.signals
        },
    )
    writer.table(
        "dissolved",
        {
            firm.id: [days(gone.date) if gone.date else None, _dates(gone.evidence)]
            for firm in firms
            if (gone := firm.dissolved)
        },
    )
    writer.table(
        "negative_list",
        [
            [n.region, n.firm, n.link, n.reason, days(n.until) if n.until else None, _dates(n.evidence)]
            for n in graph.negative_list
        ],
    )
    writer.table(
        "discharges",
        {
            link.id: [[d.kind, best_grade(d.evidence)] for d in link.discharges]
            for link in graph.links.values()
            if link.discharges
        },
    )


def _firms(graph: Graph, imported: Imported | None, writer: Writer) -> None:
    """The table of firms, and the records that names lead to: those of the packs, then the firms of imports alone."""
    table = write_firms(graph, imported, writer)
    records = entity_records(graph)
    writer.strings("record", [json.dumps(record, ensure_ascii=False) for record in records])
    writer.strings("record_name", [f"{record['kind']}\t{record['id']}\t{record['name']}" for record in records])
    rows = {(record["kind"], record["id"]): row for row, record in enumerate(records)}
    place = np.empty(len(table.ids), dtype=np.int32)
    place[table.own_rows] = len(records) + np.arange(len(table.own_rows))
    for firm, row in table.pack_rows.items():
        place[row] = rows["firm", firm]
    writer.column("firm_record", place)
    write_names(records, imported, place[table.imported_rows], writer)
    ties = None
    if imported is not None:
        ties = imported_ties(imported, place[table.imported_rows], rows)
    index_paths(records, writer, ties, len(records) + len(table.own_rows))
