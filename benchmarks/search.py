"""Searches a national registry beside the default pack: seconds to index its names, milliseconds a query.

`python benchmarks/search.py 100000 1000000`: one table a size. Goals at a million firms: index at most 15 s, the median
of each ordinary class of queries at most 60 ms.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from national_registry import national_registry

from chaingraph.config import settings
from chaingraph.packs.loader import load
from chaingraph.stores.compile import compile_snapshot
from chaingraph.stores.memory import MemoryStore
from chaingraph.stores.names import MoreNames, index_names
from chaingraph.stores.pinyin import syllables
from chaingraph.stores.snapshot_writer import Writer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chaingraph.stores.imported import Imported

TOP = 20
TIMES = 5
SAMPLES = 8
HOSTILE = ("a", "s", "公司", "有限公司", "zhong", "g", "公司 有限", "深圳 公司", "科技 公司 有限 电子", "有限公私")


def main(sizes: Sequence[int]) -> None:
    graph = load(settings().packs).graph_or_raise()
    for firms in sizes or (100_000, 1_000_000):
        imported = national_registry(graph, firms)
        with tempfile.TemporaryDirectory() as folder:
            print(f"\n{firms:,} firms: names indexed in {_indexed(imported, Path(folder)):.1f} s", flush=True)
            start = time.perf_counter()
            snapshot = compile_snapshot(graph, Path(folder), "whole", imported=imported)
            size = sum(file.stat().st_size for file in snapshot.glob("search_*")) / 1e6
            print(f"the whole snapshot in {time.perf_counter() - start:.1f} s; the index is {size:.0f} MB", flush=True)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
            print(f"largest size of the process so far: {peak:.1f} GB")
            _timed(MemoryStore(snapshot), queries(imported))


def _indexed(imported: Imported, folder: Path) -> float:
    """Seconds to index the names of the firms alone."""
    writer = Writer(folder)
    names = [f"{name}\n{more}" for name, more in zip(imported.name, imported.other_names, strict=True)]
    start = time.perf_counter()
    index_names([], writer, MoreNames(np.arange(len(names), dtype=np.int32), names.__getitem__))
    seconds = time.perf_counter() - start
    writer.discard()
    return seconds


def queries(imported: Imported) -> dict[str, list[str]]:
    """Queries by class, drawn from names all over the registry."""
    places = np.linspace(0, len(imported.ids) - 1, SAMPLES + 2).astype(int)[1:-1].tolist()
    names = [imported.name[place] for place in places]
    sounds = [syllables(name) for name in names]
    return {
        "name in full": names,
        "beginning, 4-6 characters": [name[: 4 + number % 3] for number, name in enumerate(names)],
        "middle, 2-4 characters": [name[2 : 4 + number % 3] for number, name in enumerate(names)],
        "pinyin, 4 syllables": ["".join(sound[:4]) for sound in sounds],
        "pinyin, while typing": ["".join(sound[:3])[:-1] for sound in sounds],
        "initials, 2": ["".join(part[0] for part in sound[2:4]) for sound in sounds],
        "initials, 5": ["".join(part[0] for part in sound[:5]) for sound in sounds],
        "id": [imported.ids[place] for place in places],
        "credit code": [imported.other_names[place] for place in places],
        "another character, same sound": ["小鹏气车", "宁得时代", "比压迪", "华为计术"],
        "wrong character": [f"{name[:3]}囍{name[4:8]}" for name in names],
        "pinyin with one typo": [_swapped("".join(sound[:2])[:7], 3) for sound in sounds],
        "pinyin with two typos": [_swapped(_swapped("".join(sound[:4]), 3), 8) for sound in sounds],
        "two words": ["深圳 隔膜", "宁波 电机", "广东 电芯", "肇庆 汽车", "苏州 正极材料", "shanghai 隔膜"],
        "nothing like it": ["囍囍囍囍", "qqqqqq", "xyzxyzxyz"],
        **{f"hostile: {query}": [query] for query in HOSTILE},
    }


def _swapped(text: str, at: int) -> str:
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def _timed(store: MemoryStore, queries: dict[str, list[str]]) -> None:
    print(f"{'queries':<32} {'median':>7} {'max':>7}  ms   {'found (median)':>14}")
    for name, texts in queries.items():
        seconds, found = [], []
        for text in texts:
            store.search(text, (), date.max, TOP)
            for _ in range(TIMES):
                start = time.perf_counter()
                total, _ = store.search(text, (), date.max, TOP)
                seconds.append(1000 * (time.perf_counter() - start))
            found.append(total)
        print(
            f"{name:<32} {statistics.median(seconds):7.1f} {max(seconds):7.1f}       {statistics.median(found):14,.0f}"
        )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
