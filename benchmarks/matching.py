"""How well words tell links: ChainKnowledgeGraph's products against what the pack says of the same listed firms.

    python benchmarks/matching.py FOLDER [--sample N] [--seed N] [--missed N] [--chain ev]

FOLDER holds ``company_product.json`` of the ChainKnowledgeGraph repository. Recall: of the links that the pack says a
listed firm makes, how many its products tell. Agreement: of the links that the products tell, how many the pack says
too; a lower bound of precision, as the pack names only some of what a firm makes. ``--sample`` prints matches drawn
over all listed firms, to be judged by eye. The last line is the speed over business scopes.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter, defaultdict
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from chaingraph.analysis.matching.match import Match, match
from chaingraph.analysis.matching.vocabulary import Vocabulary
from chaingraph.model.statement import Product, Statement
from chaingraph.packs.loader import load
from chaingraph.resources import folder as shipped

if TYPE_CHECKING:
    from chaingraph.model.graph import Graph

_CODE = re.compile(r"(\d{6})(\.[A-Z]{2})?")


def statements(folder: Path) -> dict[str, Statement]:
    """A statement a listed company, by its six digits."""
    products: dict[str, list[Product]] = defaultdict(list)
    names: dict[str, str] = {}
    with (folder / "company_product.json").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            code = _CODE.fullmatch(row["company_code"])
            if code is None:
                continue
            share = row.get("rel_weight")
            sane = isinstance(share, int | float) and 0 <= share <= 1
            products[code[1]].append(Product(row["product_name"], float(share) if sane else None))
            names[code[1]] = row["company_name"]
    return {
        code: Statement("company_product.json", row, names[code], products=tuple(held))
        for row, (code, held) in enumerate(sorted(products.items()), 1)
    }


def compare(graph: Graph, stated: dict[str, Statement], vocabulary: Vocabulary, chain: str | None, missed: int) -> None:
    """Prints recall and agreement over the pack's listed firms, and some of the links that were missed."""
    members = {one.link for one in graph.memberships if chain in (None, one.chain)}
    said = agreed = found = firms = 0
    lacking: list[str] = []
    for firm in graph.firms.values():
        statement = stated.get((firm.listing_code or "")[:6])
        if statement is None:
            continue
        firms += 1
        packs = {makes.link for makes in firm.makes} & members
        matched = {one.link for one in match(statement, vocabulary)} & members
        said, found, agreed = said + len(packs), found + len(matched), agreed + len(packs & matched)
        lacking += [
            f"{firm.short_name or firm.name} {graph.links[link].name}: {'; '.join(p.name for p in statement.products)}"
            for link in sorted(packs - matched)
        ]
    print(f"firms with a listing code and products: {firms}")
    print(f"recall: {agreed} of {said} links that the pack says ({agreed / max(1, said):.1%})")
    print(f"agreement: {agreed} of {found} links that the products tell ({agreed / max(1, found):.1%})")
    for line in random.Random(1).sample(lacking, min(missed, len(lacking))):
        print("  missed", line)


def sample(
    graph: Graph, stated: dict[str, Statement], vocabulary: Vocabulary, chain: str | None, count: int, seed: int
) -> None:
    """Prints how many firms and links are matched over all listed firms, and some matches to be judged by eye."""
    members = {one.link for one in graph.memberships if chain in (None, one.chain)}
    matches: list[tuple[str, Match]] = []
    for statement in stated.values():
        matches += [(statement.name, one) for one in match(statement, vocabulary) if one.link in members]
    print(f"listed firms: {len(stated)}, matches {len(matches)} of {len({name for name, _ in matches})} firms")
    print("links most matched:", Counter(graph.links[one.link].name for _, one in matches).most_common(12))
    for name, one in random.Random(seed).sample(matches, min(count, len(matches))):
        share = "" if one.share is None else f" {one.share:.0%}"
        print(f"  {name} | {one.said}{share} -> {graph.links[one.link].name} {one.confidence:.2f} {','.join(one.by)}")


def speed(graph: Graph, vocabulary: Vocabulary, count: int = 40_000) -> None:
    """Prints statements a second over new scopes of 200 characters: phrases by Zipf, one in thirty seen only once."""
    draw = random.Random(3)
    kinds = [*graph.industries.values()]
    weights = list(accumulate(1 / rank for rank in range(1, len(kinds) + 1)))
    draw.shuffle(kinds)
    made = []
    for row in range(count):
        scope = "一般项目："
        while len(scope) < 190:
            phrase = draw.choices(kinds, cum_weights=weights)[0].removesuffix("业")
            scope += f"{phrase}；" if draw.random() > 1 / 30 else f"{phrase}及其配套产品{row}的销售；"
        made.append(Statement("f", row, f"广东某某{row}科技有限公司", industry="C3670", scope=scope))
    begun = time.process_time()
    matched = sum(len(match(statement, vocabulary)) for statement in made)
    seconds = time.process_time() - begun
    print(f"speed: {count / seconds:,.0f} statements a second of one core, {matched} matches")


def main() -> None:
    """Runs the comparison, the sample and the timing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--missed", type=int, default=0)
    parser.add_argument("--chain")
    asked = parser.parse_args()
    graph = load([shipped("seeds")]).graph_or_raise()
    vocabulary = Vocabulary.of(graph.links.values(), graph.scoring.matching)
    stated = statements(asked.folder)
    compare(graph, stated, vocabulary, asked.chain, asked.missed)
    sample(graph, stated, vocabulary, asked.chain, asked.sample, asked.seed)
    speed(graph, vocabulary)


if __name__ == "__main__":
    main()
