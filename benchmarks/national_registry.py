"""Draws a national registry of firms as an import would state it: made up, but shaped as registries are shaped.

Nothing here is a fact: no firm, name or code is meant to exist, and the weights are judgements. What is kept from the
world: the packs' own regions and links, heavy tails everywhere, codes that pass their checksum. The same seed gives the
same registry.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from chaingraph.model.evidence import Source
from chaingraph.model.statement import NATION
from chaingraph.stores.imported import NEVER, UNDATED, Imported
from chaingraph.stores.keys import days, iso

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chaingraph.model.graph import Graph
    from chaingraph.model.words import Grade

    Ints = NDArray[np.int64]

SEAT_TAIL = 0.7
"""Zipf exponent of firms over places: the largest of 370 places gets about 6 % of all firms, a middling one 0.15 %."""

LINK_SHIFT = 10
"""Firms over links by the law of Zipf as Mandelbrot shifts it: 1 / (rank + shift).

The most usual of 560 products is made by one firm in 30; without the shift it would be one in seven.
"""

SUPPLIES = 4.5
"""Mean number of customers that a firm is known to supply."""

HEAD = (
    *("深圳市", "苏州市", "东莞市", "上海市", "宁波市", "佛山市", "广州市", "杭州市", "无锡市", "温州市"),
    *("重庆市", "天津市", "青岛市", "台州市", "常州市", "成都市", "嘉兴市", "金华市", "绍兴市", "泉州市"),
    *("武汉市", "中山市", "南通市", "北京市", "厦门市", "合肥市", "郑州市", "惠州市", "潍坊市", "西安市"),
)
"""Places with most manufacturers, in a rough order of general knowledge; the others follow in an order drawn by lot."""

SOURCES = (("registry-east", date(2026, 3, 31)), ("registry-south", date(2026, 5, 31)), ("registry", date(2026, 6, 30)))

BRAND = (
    "华中新金大东海天永恒信达安瑞祥福泰隆盛昌兴旺宏鸿伟佳美丰润源泉江河山川云龙凤飞腾翔鹏正方圆通顺利德仁义和平"
    "光明辉亮星月日晨阳春秋雅诚科创智慧联合众一百千万亿世纪元亨宝力强胜捷迅驰锐精卓越优良益嘉悦欣荣康健乐高远景程"
)
TRADES = (
    *("科技", "电子科技", "新材料科技", "精密机械", "机械制造", "五金制品", "塑胶制品", "精密模具", "汽车零部件"),
    *("电子", "电气设备", "自动化设备", "新能源科技", "金属制品", "化工", "食品", "家具", "建材", "生物科技", "实业"),
)
FORMS = ("有限公司",) * 17 + ("有限责任公司", "股份有限公司", "集团有限公司")

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SIGNS = np.frombuffer(_ALPHABET.encode(), dtype=np.uint8)
_CUT = {"西双": "西双版纳", "克孜": "克孜勒苏", "博尔": "博尔塔拉", "巴音": "巴音郭楞"}


class Draw(NamedTuple):
    """A registry in numbers, sorted by firm id. Days are day numbers.

    ``known`` is a place in the sorted ids of the packs' firms, -1 for a firm that no pack has; ``seat`` a place in
    ``seats``; ``brand`` is unique within a city.
    """

    seats: list[str]
    links: list[str]
    ids: list[str]
    code: list[str]
    known: Ints
    seat: Ints
    brand: Ints
    trade: Ints
    form: Ints
    source: Ints
    established: Ints
    capital_cny: Ints
    gone_on: Ints
    makes_firm: Ints
    makes_link: Ints


def national_registry(graph: Graph, firms: int, seed: int = 1) -> Imported:
    """The registry as a snapshot takes it in: one to three links a firm, and whom it supplies.

    Parameters
    ----------
    graph
        The packs: regions, links, and firms, half of which the registry has too.
    firms
        How many firms, those of the packs included.
    """
    drawn = draw(graph, firms, seed)
    rng = np.random.default_rng([seed, 2])
    made = len(drawn.makes_firm)
    source_ids, source_days = [key for key, _ in SOURCES], np.array([days(day) for _, day in SOURCES])
    told = source_days[drawn.source]
    gone = drawn.gone_on != NEVER
    rows = [f"第{row}行" for row in range(2, firms + 2)]
    supplier, customer = _supplies(firms, rng)
    share = np.where(rng.random(made) < 0.03, rng.integers(10_000, 1_000_001, made), -1)
    words = [graph.links[link].keywords[0] if graph.links[link].keywords else link for link in drawn.links]
    return Imported(
        sources={key: _source(key, day) for key, day in SOURCES},
        ids=drawn.ids,
        in_packs=drawn.known >= 0,
        name=names(graph, drawn),
        short_name=[""] * firms,
        other_names=drawn.code,
        since=told.astype(np.int32),
        seat=_stated_seats(drawn, rng),
        seat_grade=np.where(rng.random(firms) < 0.9, 0, 2).astype(np.int8),
        gone=np.where(gone, told, NEVER).astype(np.int32),
        gone_on=drawn.gone_on.astype(np.int32),
        gone_grade=np.zeros(firms, dtype=np.int8),
        stated=_stated(drawn, rows),
        makes_firm=drawn.makes_firm.astype(np.int32),
        makes_link=_picked(drawn.links, drawn.makes_link),
        makes_source=_picked(source_ids, drawn.source[drawn.makes_firm]),
        makes_as_of=told[drawn.makes_firm].astype(np.int32),
        makes_grade=np.where(rng.random(made) < 0.05, 1, 2).astype(np.int8),
        makes_share=share.astype(np.int32),
        makes_confidence=rng.integers(500_000, 1_000_001, made).astype(np.int32),
        makes_said=_picked(words, drawn.makes_link),
        supplies_from=supplier.astype(np.int32),
        supplies_to=customer.astype(np.int32),
        supplies_as_of=told[supplier].astype(np.int32),
        supplies_source=_picked(source_ids, drawn.source[supplier]),
        supplies_grade=np.full(len(supplier), 2, dtype=np.int8),
    )


def draw(graph: Graph, firms: int, seed: int) -> Draw:
    """Who there is, where, since when, and what it makes."""
    rng = np.random.default_rng([seed, 1])
    seats, weights = _seats(graph, rng)
    seat = rng.choice(len(seats), size=firms, p=weights)
    packs = sorted(graph.firms)
    known = np.full(firms, -1)
    both = rng.permutation(len(packs))[: min(len(packs) // 2, firms // 4)]
    known[rng.permutation(firms)[: len(both)]] = both
    home = {code: place for place, code in enumerate(seats)}
    for place in np.flatnonzero(known >= 0).tolist():
        seat[place] = home.get(graph.firms[packs[known[place]]].seat, seat[place])
    code = _credit_codes(seats, seat, seed, rng)
    ids = _ids(code, packs, known)
    for place in np.flatnonzero(known >= 0).tolist():
        code[place] = (graph.firms[packs[known[place]]].credit_code or code[place].decode()).encode()
    order = np.argsort(ids, kind="stable")
    seat, known = seat[order], known[order]
    links = sorted({member.link for member in graph.memberships})
    makes_firm, makes_link = _makes(graph, links, firms, np.random.default_rng([seed, 3]))
    started = days(date(2000, 1, 1)) + (9_500 * np.sqrt(rng.random(firms))).astype(np.int64)
    gone = rng.random(firms) < 0.08
    ended = np.where(rng.random(firms) < 0.1, UNDATED, started + (days(date(2026, 3, 1)) - started) // 2)
    return Draw(
        seats,
        links,
        [key.decode() for key in ids[order].tolist()],
        [key.decode() for key in code[order].tolist()],
        known,
        seat,
        _brands(seats, seat),
        rng.integers(0, len(TRADES) + 5, firms),
        rng.integers(0, len(FORMS), firms),
        rng.choice(len(SOURCES), size=firms, p=(0.3, 0.3, 0.4)),
        started,
        10_000 * rng.choice((10, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000), size=firms),
        np.where(gone, ended, NEVER),
        makes_firm,
        makes_link,
    )


def names(graph: Graph, drawn: Draw) -> list[str]:
    """Registered names: city, brand, trade, legal form. A firm of the packs bears the packs' name."""
    own: list[str | None] = [None] * len(drawn.links)
    for place, link in enumerate(drawn.links):
        own[place] = next((word for word in graph.links[link].keywords if len(word) <= 6), "制造")
    first = np.zeros(len(drawn.ids), dtype=np.int64)
    first[drawn.makes_firm[::-1]] = drawn.makes_link[::-1]
    cities = [_plain(graph.regions[city_of(graph, seat)].name) for seat in drawn.seats]
    packs = [graph.firms[key].name for key in sorted(graph.firms)]
    brand = _brand_names(int(drawn.brand.max()) + 1)
    made = [
        f"{cities[seat]}{brand[number]}{TRADES[trade] if trade < len(TRADES) else own[link]}{FORMS[form]}"
        for seat, number, trade, link, form in zip(
            *(column.tolist() for column in (drawn.seat, drawn.brand, drawn.trade, first, drawn.form)), strict=True
        )
    ]
    for place in np.flatnonzero(drawn.known >= 0).tolist():
        made[place] = packs[drawn.known[place]]
    return made


def city_of(graph: Graph, seat: str) -> str:
    """The city of a county; any other place stands for itself."""
    region = graph.regions[seat]
    return region.parent if region.level == "county" and region.parent else seat


def _seats(graph: Graph, rng: np.random.Generator) -> tuple[list[str], NDArray[np.float64]]:
    """Every place that firms sit in, with its weight: cities and cities of province rank; where the packs have a city's
    counties, these in equal parts in its stead. No place outside the mainland has credit codes."""
    ruled = {region.parent for region in graph.regions.values() if region.level == "city"}
    cities = [
        region
        for region in graph.regions.values()
        if (region.level == "city" or (region.level == "province" and region.adcode not in ruled))
        and region.adcode[0] not in "78"
    ]
    order = rng.permutation(len(cities)).tolist()
    head = {name: rank for rank, name in enumerate(HEAD)}
    ranked = sorted(range(len(cities)), key=lambda place: (head.get(cities[place].name, len(HEAD)), order[place]))
    found: list[tuple[str, float]] = []
    for rank, place in enumerate(ranked, 1):
        city = cities[place].adcode
        parts = [r.adcode for r in graph.regions.values() if r.parent == city and r.level == "county"] or [city]
        found += [(part, rank**-SEAT_TAIL / len(parts)) for part in parts]
    found.sort()
    weights = np.array([weight for _, weight in found])
    return [code for code, _ in found], weights / weights.sum()


def _credit_codes(seats: Sequence[str], seat: Ints, seed: int, rng: np.random.Generator) -> NDArray[np.bytes_]:
    """Credit codes (GB 32100-2015) as S18: 91, the office, MA and six signs of a running number, two check signs."""
    firms = len(seat)
    signs = np.zeros((firms, 18), dtype=np.int64)
    signs[:, :2] = (9, 1)
    offices = np.array([[int(sign) for sign in _office(code)] for code in seats])
    signs[:, 2:8] = offices[seat]
    # A city's firms are registered at the offices of its districts; a county has its own.
    open_end = np.array([code.endswith("00") for code in seats])[seat]
    signs[:, 7] = np.where(open_end, rng.integers(2, 7, firms), signs[:, 7])
    signs[:, 8:10] = [_ALPHABET.index(sign) for sign in "MA"]
    number = (np.arange(firms) * 48_271 + seed * 7_919) % 31**6
    for place in range(6):
        signs[:, 10 + place] = number // 31 ** (5 - place) % 31
    text = _SIGNS[signs]
    # The organisation code inside counts letters from A = 10 on without leaving any out (GB 11714).
    worth = np.where(text < 65, text.astype(np.int64) - 48, text.astype(np.int64) - 55)
    inner = (11 - worth[:, 8:16] @ np.array([3, 7, 9, 10, 5, 8, 4, 2]) % 11) % 11
    signs[:, 16] = np.where(inner == 10, _ALPHABET.index("X"), inner)
    signs[:, 17] = -(signs[:, :17] @ np.array([3**place % 31 for place in range(17)])) % 31
    return np.ascontiguousarray(_SIGNS[signs]).view("S18").ravel()


def _office(seat: str) -> str:
    """The office that registers the firms of a place; the last figure of a city's is left open."""
    return f"{seat[:2]}0100" if seat.endswith("0000") else seat


def _ids(code: NDArray[np.bytes_], packs: Sequence[str], known: Ints) -> NDArray[np.bytes_]:
    """The id that an import gives a firm: by its credit code, or the packs' own."""
    ids = np.char.add(b"uscc-", np.char.lower(code)).astype(f"S{max(23, *map(len, packs))}" if packs else "S23")
    at = np.flatnonzero(known >= 0)
    ids[at] = np.array(packs, dtype="S")[known[at]] if packs else ids[at]
    return ids


def _makes(graph: Graph, links: Sequence[str], firms: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Firm and link of each making, sorted by firm: the first link by Zipf over all, others mostly of its chain."""
    chain_of: dict[str, str] = {}
    for member in graph.memberships:
        chain_of.setdefault(member.link, member.chain)
    # Links of one chain stand side by side, so that a chain is a stretch of the cumulated weight.
    row = {link: place for place, link in enumerate(links)}
    by_chain = sorted(links, key=lambda link: (chain_of[link], link))
    # Drawn before anything that depends on the number of firms: a product is as usual in a small registry as in a big.
    weight = np.empty(len(links))
    weight[rng.permutation(len(links))] = 1 / (np.arange(1, len(links) + 1) + LINK_SHIFT)
    upto = np.concatenate(([0.0], np.cumsum(weight / weight.sum())))
    chains = np.array([chain_of[link] for link in by_chain])
    start, stop = upto[np.searchsorted(chains, chains)], upto[np.searchsorted(chains, chains, "right")]
    count = rng.choice((1, 2, 3), size=firms, p=(0.6, 0.28, 0.12))
    first = np.searchsorted(upto, rng.random(firms), "right") - 1
    firm, link = [np.arange(firms)], [first]
    for place in (2, 3):
        more = np.flatnonzero(count >= place)
        near = rng.random(len(more)) < 0.7
        low, high = np.where(near, start[first[more]], 0.0), np.where(near, stop[first[more]], 1.0)
        firm.append(more)
        link.append(np.searchsorted(upto, low + rng.random(len(more)) * (high - low), "right") - 1)
    at = np.minimum(np.concatenate(link), len(links) - 1)
    key = np.concatenate(firm) * len(links) + np.array([row[link] for link in by_chain])[at]
    key.sort()
    key = key[np.diff(key, prepend=-1) != 0]
    return key // len(links), key % len(links)


def _supplies(firms: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Supplier and customer of each edge, by copying: an edge leads to anybody, or where an earlier edge leads.

    Copying gives preferential attachment: whom many supply is met more often. Each edge points to an earlier one or to
    itself; following the pointers all at once, doubling the stride, ends in a few rounds.
    """
    edges = rng.poisson(SUPPLIES * firms)
    pointer = (rng.random(edges) * np.arange(edges)).astype(np.int64)
    root = rng.random(edges) < 0.4
    pointer[root] = np.flatnonzero(root)
    while True:
        further = pointer[pointer]
        if (further == pointer).all():
            break
        pointer = further
    supplier, customer = rng.integers(0, firms, edges), rng.integers(0, firms, edges)[pointer]
    key = (supplier * firms + customer)[supplier != customer]
    key.sort()
    key = key[np.diff(key, prepend=-1) != 0]
    return key // firms, key % firms


def _brands(seats: Sequence[str], seat: Ints) -> Ints:
    """A number for each firm that no other of its city has."""
    city = np.array([int(code[:4]) for code in seats])[seat]
    order = np.argsort(city, kind="stable")
    start = np.flatnonzero(np.diff(city[order], prepend=-1))
    number = np.empty(len(seat), dtype=np.int64)
    number[order] = np.arange(len(seat)) - np.repeat(start, np.diff(np.append(start, len(seat))))
    return number


def _brand_names(count: int) -> list[str]:
    """So many brands, all different: of two characters first, then of three, in no order that the eye sees."""
    signs = len(BRAND)
    two = min(count, signs**2)
    found = [BRAND[n // signs] + BRAND[n % signs] for n in (np.arange(two) * 7_919 % signs**2).tolist()]
    more = np.arange(count - two) * 104_729 % signs**3
    return found + [BRAND[n // signs**2] + BRAND[n // signs % signs] + BRAND[n % signs] for n in more.tolist()]


def _plain(city: str) -> str:
    """A city's name as firms put it before theirs."""
    if "自治" in city:
        return _CUT.get(city[:2], city[:2])
    return next((city.removesuffix(end) for end in ("地区", "市", "盟", "县") if city.endswith(end)), city)


def _stated(drawn: Draw, rows: Sequence[str]) -> list[bytes]:
    source = [f'[["{key}","' for key, _ in SOURCES]
    day = [f'",{days(when)},{{"credit_code":"' for _, when in SOURCES]
    dates = {number: iso(number) for number in np.unique(drawn.established).tolist()}
    return [
        f'{source[by]}{row}{day[by]}{code}","established":"{dates[since]}","capital_cny":{capital}}}]]'.encode()
        for by, row, code, since, capital in zip(
            drawn.source.tolist(),
            rows,
            drawn.code,
            drawn.established.tolist(),
            drawn.capital_cny.tolist(),
            strict=True,
        )
    ]


def _stated_seats(drawn: Draw, rng: np.random.Generator) -> list[str]:
    """Seats as an import tells them: of a firm in fifty only the province is known, of one in a hundred the country."""
    provinces = [f"{seat[:2]}0000" for seat in drawn.seats]
    told = rng.choice(3, size=len(drawn.ids), p=(0.97, 0.02, 0.01))
    places = np.where(told == 2, 2 * len(provinces), drawn.seat + told * len(provinces))
    return _picked([*drawn.seats, *provinces, NATION], places)


def _picked(values: Sequence[str], places: Ints) -> list[str]:
    """The value at each place: references to one text, not copies of it."""
    found: list[str] = np.array(values, dtype=object)[places].tolist()
    return found


def _source(key: str, day: date) -> Source:
    grade: Grade = "C"
    told: dict[str, Any] = {"title": f"合成企业名录 {key}", "publisher": "benchmarks", "kind": "directory"}
    return Source(id=key, date=day, grade=grade, **told)
