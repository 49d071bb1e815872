"""Random packs with a crowd of firms, and what of them an import could tell as well."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from chaingraph.stores.imported import NEVER, UNDATED, Imported, share_stored
from chaingraph.stores.keys import days

if TYPE_CHECKING:
    from random import Random

    from chaingraph.model.entities import Firm
    from chaingraph.model.graph import Graph


def crowded(graph: Graph, rng: Random) -> Graph:
    """The graph with firms more that nothing names: seats, makings and ends as other firms have them."""
    others = sorted(graph.firms.values(), key=lambda firm: firm.id)
    makings = [makes for firm in others for makes in firm.makes]
    firms = dict(graph.firms)
    for number in range(40):
        like = rng.choice(others)
        made = {makes.link: makes for makes in rng.choices(makings, k=rng.randint(1, 3))} if makings else {}
        bare = {"supplies": (), "owned_by": (), "signals": (), "listing_code": None, "credit_code": None}
        own = {"id": f"more-{number:02}", "name": f"另一{number}有限公司", "seat": rng.choice(sorted(graph.regions))}
        firm = like.model_copy(update={**bare, **own, "short_name": None, "aliases": (), "makes": tuple(made.values())})
        firms[firm.id] = firm
    return replace(graph, firms=firms)


def moved_to_imports(graph: Graph, rng: Random) -> tuple[Graph, Imported]:
    """The graph without what an import tells now: firms that nothing else names, and some makings of the others."""
    named = {leader.firm for chain in graph.chains.values() for leader in chain.leaders}
    named |= {project.firm for project in graph.projects.values() if project.firm}
    named |= {tie.to for firm in graph.firms.values() for tie in firm.supplies}
    named |= {owner.firm for firm in graph.firms.values() for owner in firm.owned_by}
    named |= {kept.firm for kept in graph.negative_list if kept.firm}
    free = {
        key
        for key, firm in graph.firms.items()
        if key not in named and not (firm.supplies or firm.owned_by or firm.signals) and rng.random() < 0.8
    }
    told: list[tuple[Firm, list[Any]]] = []
    firms = {}
    for key, firm in sorted(graph.firms.items()):
        moved = [makes for makes in firm.makes if key in free or rng.random() < 0.4]
        if key not in free:
            firms[key] = firm.model_copy(update={"makes": tuple(m for m in firm.makes if m not in moved)})
        if key in free or moved:
            told.append((firm, moved))
    return replace(graph, firms=firms), imported_of(told, set(firms))


def imported_of(told: list[tuple[Firm, list[Any]]], packed: set[str]) -> Imported:
    rows = [
        (number, makes, item) for number, (_, moved) in enumerate(told) for makes in moved for item in makes.evidence
    ]
    gone = [firm.dissolved if firm.id not in packed else None for firm, _ in told]
    none = np.zeros(0, dtype=np.int32)
    return Imported(
        sources={},
        ids=[firm.id for firm, _ in told],
        in_packs=np.array([firm.id in packed for firm, _ in told], dtype=np.bool_),
        name=[firm.name for firm, _ in told],
        short_name=[firm.short_name or "" for firm, _ in told],
        other_names=["\n".join(firm.aliases) for firm, _ in told],
        since=np.array([min(days(item.as_of) for item in firm.evidence) for firm, _ in told], dtype=np.int32),
        seat=[firm.seat for firm, _ in told],
        seat_grade=np.array([min(ord(e.grade) for e in firm.seat_evidence or firm.evidence) - 65 for firm, _ in told]),
        gone=np.array([min(days(e.as_of) for e in d.evidence) if d else NEVER for d in gone], dtype=np.int32),
        gone_on=np.array([days(d.date) if d and d.date else UNDATED for d in gone], dtype=np.int32),
        gone_grade=np.array([min(ord(e.grade) for e in d.evidence) - 65 if d else 0 for d in gone], dtype=np.int8),
        stated=[b"" for _ in told],
        makes_firm=np.array([number for number, _, _ in rows], dtype=np.int32),
        makes_link=[makes.link for _, makes, _ in rows],
        makes_source=[item.source for _, _, item in rows],
        makes_as_of=np.array([days(item.as_of) for _, _, item in rows], dtype=np.int32),
        makes_grade=np.array([ord(item.grade) - 65 for _, _, item in rows], dtype=np.int8),
        makes_share=np.array([share_stored(makes.revenue_share) for _, makes, _ in rows], dtype=np.int32),
        makes_confidence=np.array([share_stored(makes.confidence) for _, makes, _ in rows], dtype=np.int32),
        makes_said=["" for _ in rows],
        supplies_from=none,
        supplies_to=none,
        supplies_as_of=none,
        supplies_source=[],
        supplies_grade=np.zeros(0, dtype=np.int8),
    )


def as_imports(graph: Graph, imported: Imported, rng: Random) -> Imported:
    """The same told by imports of their own, which state more of the firms: names, codes, seats, ends; and supplies."""
    sources = {
        f"import-{key}": source.model_copy(update={"id": f"import-{key}"}) for key, source in graph.sources.items()
    }
    firms = len(imported.ids)
    made = [f"import-{source}" for source in imported.makes_source]
    pairs = sorted({(rng.randrange(firms), rng.randrange(firms)) for _ in range(firms)} if firms else ())
    ties = [(here, there) for here, there in pairs if here != there]
    by = [rng.choice(sorted(sources)) for _ in ties]
    return replace(
        imported,
        sources=sources,
        other_names=[
            "\n".join(filter(None, (names, f"曾用{number}有限公司" if number % 3 == 0 else "")))
            for number, names in enumerate(imported.other_names)
        ],
        stated=[_stated(imported, number, sorted(sources), rng) for number in range(firms)],
        makes_source=made,
        makes_share=np.array([rng.choice([-1, -1, 250_000]) for _ in made], dtype=np.int32),
        makes_confidence=np.array([rng.choice([500_000, 600_000, 950_000]) for _ in made], dtype=np.int32),
        makes_said=[rng.choice(["", "电芯", "电机控制器"]) for _ in made],
        supplies_from=np.array([here for here, _ in ties], dtype=np.int32),
        supplies_to=np.array([there for _, there in ties], dtype=np.int32),
        supplies_as_of=np.array([days(sources[source].date) for source in by], dtype=np.int32),
        supplies_source=by,
        supplies_grade=np.full(len(ties), 2, dtype=np.int8),
        surveys=[
            (
                rng.choice(sorted(graph.regions)),
                rng.choice(sorted(graph.links)),
                20_000,
                rng.random() < 0.5,
                "C",
                source,
            )
            for source in sorted(sources)
        ],
        merged={f"gone-{number}": key for number, key in enumerate(imported.ids) if number % 7 == 0},
    )


def _stated(imported: Imported, number: int, sources: list[str], rng: Random) -> bytes:
    """What one or two imports state of a firm."""
    told = []
    for source in rng.sample(sources, rng.randint(1, 2)):
        fields: dict[str, Any] = {"seat": imported.seat[number], "credit_code": f"91441200MA{number:08}"}
        if rng.random() < 0.5:
            fields |= {"established": "2011-05-06", "capital_cny": 1_000_000.0, "scale": "中型"}
        if imported.gone[number] != NEVER:
            fields["dissolved"] = rng.choice(["", "2024-01-31"])
        if rng.random() < 0.3:
            fields["former_names"] = [f"曾用{number}有限公司"]
        told.append([source, f"名录.xlsx 第 {number + 2} 行", 19_900 + number, fields])
    return json.dumps(told, ensure_ascii=False).encode()
