"""Random small packs that are valid: written to disk from a seeded generator, wide in what they leave unknown.

Amounts and capacities are whole or dyadic numbers, so that sums do not depend on their order. Where two facts would be
equally good (same grade and day) the rules name no winner, so none are made.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import yaml

from tests.oracle.random_draws import CITIES, COUNTIES, FIRST, LAST, Raw, cite, some_day
from tests.oracle.random_leads import LeadFacts
from tests.small_pack import LEAD_SCORING, MATCHING

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

__all__ = ["CHAINS", "CITIES", "COUNTIES", "cite", "save", "some_day", "write_pack"]

NATION = "100000"
PROVINCES = ["440000", "450000"]
REGIONS = [NATION, *PROVINCES, *CITIES, *COUNTIES]
CHAINS = ["alpha", "beta"]
UNITS = {"吨": "t", "套": "sets", "GWh": "GWh"}
STAGES = ["signed", "landed", "started", "completed", "in_production", "ended"]


def write_pack(folder: Path, rng: Random) -> Path:
    """Writes a pack into ``folder`` and returns it."""
    contents = _Pack(rng).contents()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "regions.csv").write_text(contents.pop("regions.csv"), encoding="utf-8")
    for name, data in contents.items():
        save(folder / name, data)
    return folder


def save(path: Path, data: Any) -> None:
    """Writes one YAML file of a pack."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False), encoding="utf-8")


_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Pack:
    """One random pack in the making."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        # How much is known varies from pack to pack: all of it, most of it, half.
        self.known = rng.choice([0.5, 0.85, 1.0])
        self.links = [f"link-{number}" for number in range(rng.randint(9, 15))]
        self.units = {link: rng.choice(list(UNITS)) for link in self.links}
        self.firms = [f"firm-{number}" for number in range(rng.randint(6, 16))]
        shuffled = rng.sample(self.links, len(self.links))
        shared, cut = shuffled[: rng.randint(2, 5)], rng.randint(6, len(shuffled) - 2)
        self.own = {"alpha": shuffled[: max(cut, len(shared))], "beta": shuffled[max(cut, len(shared)) :]}
        self.shared = {"alpha": [], "beta": shared}
        self.feeds = self._feeds()

    def contents(self) -> dict[str, Any]:
        rng = self.rng
        made: dict[str, Any] = {
            "pack.yaml": self._manifest(),
            "scoring.yaml": self._scoring(),
            "sources.yaml": {"sources": _sources()},
            "regions.csv": self._regions(),
            **{f"chains/{chain}.yaml": self._chain(chain) for chain in CHAINS},
            "firms/all.yaml": {"firms": [self._firm(firm, number) for number, firm in enumerate(self.firms)]},
            "parks.yaml": {"parks": [self._park(number) for number in range(rng.randint(0, 3))]},
            "projects.yaml": {"projects": [self._project(number) for number in range(rng.randint(8, 40))]},
            "claims.yaml": {"claims": [self._claim(number) for number in range(rng.randint(0, 6))]},
            "surveys.yaml": {"surveys": self._surveys()},
        }
        # Drawn last, so that what a gap report reads of a seed does not depend on what leads read.
        LeadFacts(rng, self.links, self.firms).add_to(made)
        return made

    def _manifest(self) -> Raw:
        rng = self.rng
        return {
            "name": "random",
            "title": "随机",
            "title_en": "Random",
            "home_region": "441200",
            "default_chain": "alpha",
            "language": "zh",
            "curator": "curators",
            "regions_source": "paper-a",
            "standalone": True,
            "units": UNITS,
            "rings": {
                "near_km": {"value": rng.choice([60, 100, 150]), "why": "some reach"},
                "bay_area": rng.sample(CITIES, 2),
            },
        }

    def _scoring(self) -> Raw:
        rng = self.rng
        names = ("pull", "scarcity", "criticality", "locality", "adjacency")
        return {
            "weights": {name: {"value": rng.choice([0.1, 0.15, 0.2, 0.3, 1, 2.5]), "why": "random"} for name in names},
            "thresholds": {
                "covered_share": {"value": rng.choice([0.3, 0.5, 0.8, 1]), "why": "random"},
                "covered_firms": {"value": rng.choice([1, 2, 3]), "why": "random"},
                "dominant_share": {"value": rng.choice([0.4, 0.7, 1]), "why": "random"},
            },
            "stuck_days": {
                stage: {"value": 180, "why": "random"} for stage in ("signed", "landed", "started", "completed")
            },
            **yaml.safe_load(LEAD_SCORING),
            **yaml.safe_load(MATCHING),
        }

    def _regions(self) -> str:
        rng = self.rng
        lines = ["adcode,name,name_en,level,parent,lat,lon"]
        for code in REGIONS:
            level = (
                "country"
                if code == NATION
                else "province"
                if code in PROVINCES
                else "city"
                if code in CITIES
                else "county"
            )
            parent = {"country": "", "province": NATION, "city": f"{code[:2]}0000", "county": f"{code[:4]}00"}[level]
            where = f"{rng.uniform(21.5, 25):.4f},{rng.uniform(108, 114.5):.4f}"
            lines.append(f"{code},地区{code},Region {code},{level},{parent},{where}")
        return "\n".join(lines) + "\n"

    def _feeds(self) -> dict[str, list[Raw]]:
        """Feeds downstream in the order of the links; recycled ones go any way."""
        rng = self.rng
        feeds: dict[str, list[Raw]] = {chain: [] for chain in CHAINS}
        density = rng.uniform(0.2, 0.6)
        for here, link in enumerate(self.links):
            for there, other in enumerate(self.links):
                forward = here < there and rng.random() < density
                recycled = here != there and not forward and rng.random() < 0.04
                if not forward and not recycled:
                    continue
                feed: Raw = {"from": link, "to": other, "evidence": [cite(rng)]}
                if rng.random() < self.known:
                    feed["amount"] = rng.choice([0.25, 0.5, 1, 2, 3, 20])
                if recycled:
                    feed["recycled"] = True
                feeds[rng.choice(CHAINS)].append(feed)
        return feeds

    def _chain(self, chain: str) -> Raw:
        rng = self.rng
        members = [*self.own[chain], *self.shared[chain]]
        leaders = [
            {
                "firm": rng.choice(self.firms),
                "region": rng.choice(["441200", "441200", *CITIES, *COUNTIES]),
                "link": rng.choice(rng.choice([members, sorted(members, key=self.links.index)[-2:]])),
                "evidence": [cite(rng)],
            }
            for _ in range(rng.choice([0, 1, 1, 2]))
        ]
        return {
            "chain": {
                "id": chain,
                "name": f"链{chain}",
                "name_en": chain,
                "leaders": leaders,
                "evidence": [cite(rng)],
            },
            "links": [self._link(link) for link in self.own[chain]],
            "shares": [{"link": link, **self._seat(), "why": "x"} for link in self.shared[chain]],
            "feeds": self.feeds[chain],
        }

    def _seat(self) -> Raw:
        return {"stage": self.rng.choice(["upstream", "midstream", "downstream"]), "tier": self.rng.randint(-1, 4)}

    def _link(self, link: str) -> Raw:
        rng = self.rng
        raw: Raw = {"id": link, "name": f"环节{link}", "name_en": link, **self._seat(), "unit": self.units[link]}
        if rng.random() < self.known:
            raw["unit_price_cny"] = {"value": rng.choice([0, 10, 250, 4000, 32000, 1000000]), "why": "random"}
        for judged in ("criticality", "locality"):
            if rng.random() < 0.7:
                raw[judged] = {"value": round(rng.random(), 2), "why": "random"}
        return {**raw, "evidence": [cite(rng)]}

    def _firm(self, firm: str, number: int) -> Raw:
        rng = self.rng
        made = rng.sample(self.links, rng.randint(0, 4))
        return {
            "id": firm,
            "name": f"企业{number}有限公司",
            "seat": rng.choice([*CITIES, *COUNTIES, *COUNTIES, "440000"]),
            "makes": [{"link": link, "evidence": [cite(rng) for _ in range(rng.randint(1, 3))]} for link in made],
            "evidence": [cite(rng)],
        }

    def _park(self, number: int) -> Raw:
        rng = self.rng
        chain = {"chain": rng.choice(CHAINS), "evidence": [cite(rng)]}
        return {
            "id": f"park-{number}",
            "name": f"园区{number}",
            "region": rng.choice(COUNTIES),
            "targets_chains": [chain],
            "evidence": [cite(rng)],
        }

    def _project(self, number: int) -> Raw:
        rng = self.rng
        raw: Raw = {
            "id": f"project-{number}",
            "name": f"项目{number}",
            "region": rng.choice([*CITIES, *COUNTIES, *["441200", "441284"] * 5]),
        }
        if rng.random() < 0.85:
            raw["firm"] = rng.choice(self.firms)
        makes = [entry for link in rng.sample(self.links, rng.randint(1, 3)) for entry in self._project_makes(link)]
        return {**raw, "makes": makes, "stages": self._stages(), "evidence": [cite(rng)]}

    def _project_makes(self, link: str) -> list[Raw]:
        """One to three facts of one link, no two as of the same day."""
        rng = self.rng
        entries = []
        days = rng.sample(range((LAST - FIRST).days), 6)
        for _ in range(rng.choice([1, 1, 1, 2, 3])):
            cited = [cite(rng, FIRST + timedelta(days=days.pop())) for _ in range(rng.choice([1, 1, 2]))]
            entry: Raw = {"link": link, "evidence": cited}
            if rng.random() < self.known:
                entry |= {"capacity": rng.choice([1, 5, 10, 40, 250, 10000]), "unit": self.units[link]}
                if rng.random() < 0.3:
                    entry["basis"] = rng.choice(["planned", "target"])
            entries.append(entry)
        return entries

    def _stages(self) -> list[Raw]:
        rng = self.rng
        if rng.random() < 0.1:
            return []
        reached = STAGES[: rng.choice([1, 2, 3, *[4] * 9, 5])]
        kept = [stage for stage in reached[:-1] if rng.random() < 0.6] + reached[-1:]
        dates = sorted(some_day(rng, last=date(2024, 12, 31)) for _ in kept)
        if rng.random() < 0.1:
            rng.shuffle(dates)
        stages = list(zip(kept, dates, strict=True))
        if rng.random() < 0.2:
            stages.append((rng.choice(kept), some_day(rng)))
        return [
            {"stage": stage, "date": on.isoformat(), "by": rng.random() < 0.3, "evidence": [cite(rng)]}
            for stage, on in stages
        ]

    def _claim(self, number: int) -> Raw:
        rng = self.rng
        cited = [cite(rng) for _ in range(rng.randint(1, 2))]
        place = rng.choice(["441200", *CITIES, *COUNTIES])
        return {"region": place, "link": rng.choice(self.links), "said": f"说法{number}", "evidence": cited}

    def _surveys(self) -> list[Raw]:
        """Surveys of few links, so that one often overtakes another; no two on the same day."""
        rng = self.rng
        links = rng.sample(self.links, 3)
        on = rng.sample(range((LAST - FIRST).days), rng.randint(0, 9))
        return [
            {
                "region": rng.choice(["441200", "441200", "440000", *CITIES, *COUNTIES]),
                "link": rng.choice(links),
                "date": (FIRST + timedelta(days=day)).isoformat(),
                "found": rng.random() < 0.4,
                "evidence": [cite(rng)],
            }
            for day in on
        ]


def _sources() -> list[Raw]:
    """Two of them have one publisher."""
    known = [
        ("paper-a", "government", "A", "office"),
        ("paper-b", "press", "B", "office"),
        ("list-c", "directory", "C", "lister"),
        ("list-d", "directory", "C", "another lister"),
        ("curators", "curator", "D", "curators"),
    ]
    return [
        {"id": key, "title": key, "publisher": publisher, "date": "2026-12-31", "kind": kind, "grade": grade}
        for key, kind, grade, publisher in known
    ]
