"""How the numbers of a weekly list came about, for its last sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.analysis.week import MOVED
from chaingraph.model.numbers import percent
from chaingraph.model.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from chaingraph.service.asked import Asked


def notes(asked: Asked, first: int, top: int) -> Iterator[tuple[str, str]]:
    """How the numbers of the list came about: its day and length, the weights, the grades, the clocks."""
    zh = asked.lang == "zh"
    scoring = asked.store.settings()["scoring"]
    yield ("数据日期", asked.on.isoformat()) if zh else ("data as of", asked.on.isoformat())
    yield (
        (
            "入选范围",
            f"台账中未销号的线索与上次导出后（首次导出则为本周内）销号的线索；各链前 {first} 个缺口各取前 {top} 家建议",
        )
        if zh
        else (
            "what is listed",
            "open leads of the ledger and those closed since the last list (before the first: within the week); "
            f"for the first {first} gaps of each chain the first {top} suggestions",
        )
    )
    yield (
        ("排序", "先按产业链（默认链在前），再按缺口排名，再按线索得分")
        if zh
        else ("order", "by the chain (the default chain first), the rank of the gap, the points of the lead")
    )
    yield (
        (
            "本周变化",
            f"上升、下降：跟进中的线索解除或新增否决，否则得分变动至少 {MOVED:g} 分，否则缺口优先级变动至少 "
            f"{MOVED:g} 分；序号变动只供对照",
        )
        if zh
        else (
            "changes of the week",
            "up and down: a veto of a lead that is worked is gone or new, else the points changed by at least "
            f"{MOVED:g}, else the priority of the gap did; "
            "the numbers of the rows stand there to compare",
        )
    )
    yield ("缺口优先级权重" if zh else "weights of the priority"), _weights(scoring["weights"], asked)
    yield ("线索得分权重" if zh else "weights of the points"), _weights(scoring["lead_weights"], asked)
    clocks = scoring["clocks"]
    told = (
        f"{word(name.removesuffix('_days'), asked.lang)} {days:g} {'天' if zh else 'd'}"
        for name, days in clocks.items()
    )
    yield ("时限" if zh else "clocks"), ("、" if zh else ", ").join(told)


def _weights(weights: Mapping[str, float], asked: Asked) -> str:
    whole = sum(weights.values())
    told: Iterable[str] = (f"{word(name, asked.lang)} {percent(value / whole)}" for name, value in weights.items())
    return ("、" if asked.lang == "zh" else ", ").join(told)
