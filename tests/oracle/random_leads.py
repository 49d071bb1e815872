"""What leads are read from, added to a random pack: who supplies whom, what firms plan, what parks ask and take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.oracle.random_draws import CITIES, COUNTIES, Raw, cite, some_day

if TYPE_CHECKING:
    from random import Random

DISCHARGES = ["wastewater", "waste_gas", "hazardous_waste"]


class LeadFacts:
    """The facts of one pack, drawn in the order of its records."""

    def __init__(self, rng: Random, links: list[str], firms: list[str]) -> None:
        self.rng, self.links, self.firms = rng, links, firms
        # How densely firms are tied varies from pack to pack: from none to a web.
        self.tied = rng.choice([0.0, 0.03, 0.06, 0.12])

    def add_to(self, made: dict[str, Any]) -> None:
        """Adds to the files of a pack."""
        rng = self.rng
        self._scoring(made["scoring.yaml"])
        for name, data in made.items():
            if name.startswith("chains/"):
                for link in data["links"]:
                    link["discharges"] = [{"kind": kind, "evidence": [cite(rng)]} for kind in self._some(0.25)]
        for firm in made["firms/all.yaml"]["firms"]:
            self._firm(firm)
        parks = made["parks.yaml"]["parks"]
        for park in parks:
            self._park(park)
        for project in made["projects.yaml"]["projects"]:
            self._project(project, [park["id"] for park in parks])
        made["negative_list.yaml"] = {"negative_list": self._negative_list()}

    def _some(self, share: float) -> list[str]:
        return [kind for kind in DISCHARGES if self.rng.random() < share]

    def _figure(self, values: list[float], known: float) -> Raw | None:
        rng = self.rng
        return {"value": rng.choice(values), "evidence": [cite(rng)]} if rng.random() < known else None

    def _scoring(self, scoring: Raw) -> None:
        rng = self.rng
        for weight in scoring["lead_weights"].values():
            weight["value"] = rng.choice([0.1, 0.2, 0.5, 1, 2.5])
        rules = scoring["lead_rules"]
        rules["least_sources_c"]["value"] = rng.choice([1, 2, 3])
        rules["second_tie"]["value"] = rng.choice([0, 0.3, 0.5, 1])
        rules["reach_half_km"]["value"] = rng.choice([50, 200, 700])

    def _firm(self, firm: Raw) -> None:
        rng = self.rng
        for makes in firm["makes"]:
            if rng.random() < 0.4:
                makes["revenue_share"] = rng.choice([0, 0.05, 0.25, 0.8125, 1])
            if rng.random() < 0.3:
                makes["confidence"] = rng.choice([0, 0.5, 0.75, 1])
            if rng.random() < 0.4:
                makes["evidence"].append({"source": "list-d", "locator": "x", "as_of": some_day(rng).isoformat()})
        others = [other for other in self.firms if other != firm["id"]]
        firm["supplies"] = [{"to": to, "evidence": self._cites()} for to in others if rng.random() < self.tied]
        firm["owned_by"] = [{"firm": by, "evidence": self._cites()} for by in others if rng.random() < self.tied / 2]
        if rng.random() < 0.12:
            firm["dissolved"] = {"evidence": [cite(rng)]}
            if rng.random() < 0.5:
                firm["dissolved"]["date"] = some_day(rng).isoformat()
        firm["signals"] = [
            {"date": some_day(rng).isoformat(), "said": f"动向{number}", "evidence": [cite(rng)]}
            for number in range(rng.choice([0, 0, 1, 3]))
        ]

    def _cites(self) -> list[Raw]:
        return [cite(self.rng) for _ in range(self.rng.randint(1, 2))]

    def _park(self, park: Raw) -> None:
        rng = self.rng
        if rng.random() < 0.2:
            park["targets_chains"] = []
        aimed = rng.sample(self.links, rng.randint(0, 3))
        park["targets_links"] = [{"link": link, "evidence": [cite(rng)]} for link in aimed]
        if rng.random() < 0.5:
            park["region"] = rng.choice(["441202", "441223", "441284"])
        if rng.random() < 0.5:
            park |= {"lat": round(rng.uniform(22, 24), 3), "lon": round(rng.uniform(111, 113.5), 3)}
        park["ready_land_mu"] = self._figure([0, 50, 200, 1000], 0.5)
        park["bar_investment_cny_per_mu"] = self._figure([1e6, 3e6, 5e6], 0.5)
        park["bar_tax_cny_per_mu"] = self._figure([2e5, 4e5], 0.5)
        park["discharges"] = [
            {"kind": kind, "allowed": rng.random() < 0.6, "evidence": [cite(rng)]} for kind in self._some(0.6)
        ]

    def _project(self, project: Raw, parks: list[str]) -> None:
        rng = self.rng
        project["investment_cny"] = self._figure([5e7, 4e8, 2e9], 0.5)
        project["area_mu"] = self._figure([20, 100, 400], 0.5)
        if parks and rng.random() < 0.3:
            project["park"] = rng.choice(parks)

    def _negative_list(self) -> list[Raw]:
        rng = self.rng
        found: dict[tuple[str, str], Raw] = {}
        for number in range(rng.choice([0, 1, 3])):
            kind, key = rng.choice([("firm", rng.choice(self.firms)), ("link", rng.choice(self.links))])
            region = rng.choice(["100000", "440000", "441200", "441200", *CITIES, *COUNTIES])
            until = {"until": some_day(rng).isoformat()} if rng.random() < 0.4 else {}
            found[region, key] = {
                "region": region,
                kind: key,
                "reason": f"理由{number}",
                "evidence": [cite(rng)],
                **until,
            }
        return list(found.values())
