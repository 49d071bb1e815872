"""Every read of a store, asked in many ways, so that the answers of two stores can be laid side by side."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from chaingraph.stores.base import Store


class Question(NamedTuple):
    """A read of a store and what it is asked with."""

    read: str
    arguments: tuple[Any, ...] = ()

    def answer(self, store: Store) -> Any:
        """The answer of a store; that something is not found is an answer too, in both languages."""
        try:
            return getattr(store, self.read)(*self.arguments)
        except NotFound as error:
            return error.text


KINDS = ("chain", "link", "park", "region")
EVERYBODY = 10**6


class Asked(NamedTuple):
    """What a graph is asked of: places and days, and what there is to name."""

    regions: Sequence[str]
    days: Sequence[date]
    firms: Sequence[str]
    entities: Sequence[str]
    texts: Sequence[str]
    pairs: Sequence[tuple[str, str]]
    most: Sequence[int] = (1, 5, EVERYBODY)


def differences(one: Store, other: Store, asked: Asked) -> list[Question]:
    """The questions that the two answer differently."""
    return [question for question in questions(one, asked) if question.answer(one) != question.answer(other)]


def questions(store: Store, asked: Asked) -> Iterator[Question]:
    """Every read; ``store`` only tells what there is to ask for."""
    links = sorted(store.names("link"))
    yield from map(Question, ("settings", "chain_ids", "merged"))
    yield from (Question("citing", (source,)) for source in (*_cited(store, asked.entities[:20]), "no such source"))
    yield from (Question("chain", (chain,)) for chain in (*store.chain_ids(), "no such chain"))
    yield from (Question("names", (kind,)) for kind in KINDS)
    yield from (Question("region", (name,)) for name in (*asked.regions, "no such place"))
    yield Question("discharges", (links,))
    for day in asked.days:
        for region in asked.regions:
            yield from _of_a_place(links, region, day, asked)
        yield Question("makers", (links, day))
        yield Question("ties", (asked.firms, day))
        yield Question("ties", (asked.firms, day, asked.firms[::2]))
        yield from (Question("paths", (start, end, day, 5)) for start, end in asked.pairs)
    yield from _of_names(asked)


def _cited(store: Store, entities: Sequence[str]) -> list[str]:
    """The sources that some entities cite."""
    facts = [fact for key in entities for fact in store.entity(key)["facts"]]
    return sorted({item["source"] for fact in facts for item in fact["evidence"]})


def _of_a_place(links: Sequence[str], region: str, day: date, asked: Asked) -> Iterator[Question]:
    for read in ("works", "claims", "surveys", "presence"):
        yield Question(read, (links, region, day))
    for read in ("targets", "actuals", "projects", "parks", "firms_here"):
        yield Question(read, (region, day))
    for most in asked.most:
        yield Question("candidates", (links, region, day, most, asked.firms[:3]))


def _of_names(asked: Asked) -> Iterator[Question]:
    yield from (Question("entity", (key,)) for key in asked.entities)
    yield from (Question("knows", (key,)) for key in (*asked.entities[:5], "no such id"))
    today = date(2026, 11, 22)
    for text in asked.texts:
        yield from (Question("search", (text, (), today, top)) for top in (3, None))
        yield Question("search", (text, ("firm",), today, 5))
        yield Question("entity", (text, "firm"))


def drawn(store: Store, rng: Random, regions: Sequence[str], days: Sequence[date], many: int) -> Asked:
    """Some of what there is: entities, firms, parts of names whole and misspelt, pairs."""
    links = sorted(store.names("link"))
    firms = sorted({firm for _, firm in store.makers(links, days[-1])})
    named = [*firms, *links, *store.chain_ids(), *store.names("park"), *store.names("region")]
    entities = rng.sample(named, min(many, len(named)))
    names = [name for key in entities for name in store.entity(key)["names"] if name]
    picked = rng.sample(names, min(many, len(names)))
    texts = [part for name in picked for part in (name, _part(name, rng), _misspelt(name, rng))]
    texts += [f"{rng.choice(picked)[:2]} {rng.choice(picked)[:2]}" for _ in range(many // 4)]
    pairs = [(rng.choice(entities), rng.choice(entities)) for _ in range(many // 2)]
    return Asked(
        regions=regions,
        days=days,
        firms=rng.sample(firms, min(many, len(firms))),
        entities=entities,
        texts=[text for text in texts if any(char.isalnum() for char in text)],
        pairs=[(start, end) for start, end in pairs if start != end],
    )


def _part(name: str, rng: Random) -> str:
    start = rng.randrange(len(name))
    return name[start : start + rng.randint(1, 6)]


def _misspelt(name: str, rng: Random) -> str:
    at = rng.randrange(len(name))
    return name[:at] + rng.choice(["", "甲", "x"]) + name[at + 1 :]
